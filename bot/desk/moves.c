/* Which moves there are: the one table. A move that is not a row here is not made. */
#include "desk/desk.h"

#define BIT(state) (1u << (state))

enum {
    QUEUED = BIT(TICKET_WAITING) | BIT(TICKET_CALLBACK),
    APPOINTED = BIT(TICKET_MESSAGE) | BIT(TICKET_CALLBACK),
    LIVE = QUEUED | BIT(TICKET_OFFERED) | BIT(TICKET_CLAIMED) | BIT(TICKET_PARKED),
};

const struct desk_move ticket_moves[CAUSE_COUNT] = {
    [CAUSE_TAKEN] = {.from = QUEUED, .to = TICKET_CLAIMED},
    [CAUSE_OFFERED] = {.from = QUEUED, .to = TICKET_OFFERED},
    [CAUSE_ACCEPTED] = {.from = BIT(TICKET_OFFERED), .to = TICKET_CLAIMED, .needs_owner = true},
    [CAUSE_DECLINED] = {.from = BIT(TICKET_OFFERED), .to = TICKET_WAITING, .needs_owner = true, .drops_owner = true},
    [CAUSE_VISITOR_GONE] = {.from = BIT(TICKET_WAITING) | BIT(TICKET_OFFERED) | BIT(TICKET_CLAIMED),
                            .to = TICKET_PARKED,
                            .drops_owner = true},
    [CAUSE_VISITOR_SILENT] = {.from = BIT(TICKET_CLAIMED), .to = TICKET_PARKED, .drops_owner = true},
    [CAUSE_VISITOR_BACK] = {.from = BIT(TICKET_PARKED), .to = TICKET_WAITING, .drops_owner = true},
    [CAUSE_LEASE_LOST] = {.from = BIT(TICKET_CLAIMED), .to = TICKET_WAITING, .needs_owner = true, .drops_owner = true},
    [CAUSE_HANDED_BACK] = {.from = BIT(TICKET_CLAIMED), .to = TICKET_CLOSED, .needs_owner = true, .to_bot = true},
    [CAUSE_CLOSED] = {.from = BIT(TICKET_CLAIMED) | BIT(TICKET_MESSAGE) | BIT(TICKET_CALLBACK),
                      .to = TICKET_CLOSED,
                      .needs_owner = true, /* where it has one */
                      .to_bot = true},
    [CAUSE_LEFT] = {.from = LIVE, .to = TICKET_CLOSED},
    [CAUSE_NIGHT] = {.from = BIT(TICKET_PARKED), .to = TICKET_MESSAGE, .drops_owner = true, .to_bot = true},
    [CAUSE_TRANSFERRED] = {.from = BIT(TICKET_CLAIMED),
                           .to = TICKET_CLAIMED,
                           .stays = true,
                           .needs_owner = true, /* who gives it */
                           .takes_owner = true},
    [CAUSE_REROUTED] = {.from = BIT(TICKET_CLAIMED), .to = TICKET_WAITING, .needs_owner = true, .drops_owner = true},
    [CAUSE_OWNED] = {.from = APPOINTED, .stays = true, .needs_owner = true /* the one before */, .takes_owner = true},
    [CAUSE_RELEASED] = {.from = APPOINTED, .stays = true, .needs_owner = true, .drops_owner = true},
    /* Whose it was keeps it, if they still take tickets: the store looks. */
    [CAUSE_UNDELIVERED] = {.from = BIT(TICKET_CLOSED), .to = TICKET_MESSAGE},
};

static const char *const names[CAUSE_COUNT] = {
    [CAUSE_TAKEN] = "taken",
    [CAUSE_OFFERED] = "offered",
    [CAUSE_ACCEPTED] = "accepted",
    [CAUSE_DECLINED] = "declined",
    [CAUSE_VISITOR_GONE] = "visitor_gone",
    [CAUSE_VISITOR_SILENT] = "visitor_silent",
    [CAUSE_VISITOR_BACK] = "visitor_back",
    [CAUSE_LEASE_LOST] = "lease_lost",
    [CAUSE_HANDED_BACK] = "handed_back",
    [CAUSE_CLOSED] = "closed",
    [CAUSE_LEFT] = "left",
    [CAUSE_NIGHT] = "night",
    [CAUSE_TRANSFERRED] = "transferred",
    [CAUSE_REROUTED] = "rerouted",
    [CAUSE_OWNED] = "owned",
    [CAUSE_RELEASED] = "released",
    [CAUSE_UNDELIVERED] = "undelivered",
};

const char *desk_cause_name(enum desk_cause cause)
{
    return names[cause];
}
