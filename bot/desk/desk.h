/* Desk: the fair queue, the agents' presence and the clocks of both.
 *
 * The store holds the tickets; the desk decides when something is to happen to one (an agent has
 * room, an offer ran out, a visitor went silent, a lease was lost, closing time) and submits the
 * atomic move that does it. ticket_moves[] is the one table of moves. The desk knows users and
 * tickets, no connections and no words: what happened goes to the listener.
 * Fairness: the desk decides on a mirror of the open tickets; the store carries a decision out only
 * if it is that ticket's turn, otherwise it is made again. An agent who declines an offer or lets it
 * run out is offered nothing for as long as an offer lasts, so that others come first.
 * A callback waits as CALLBACK and is not parked when its visitor goes. A visitor parked for silence
 * comes back by saying something, one parked for absence by coming online.
 * A parked ticket becomes a message when its department closes, at midnight where it never does.
 * Push or pull is a department's setting. In one that pulls nobody is offered, unless somebody of one that
 * pushes stands behind whom the same agent serves: then the earlier of the two is offered first.
 * A chat may be handed to a colleague: an offer with a clock, kept in memory only; the chat stays with its owner
 * until the colleague accepts. It ends when either goes away, the ticket changes, or the time is over.
 * Messages and callbacks may have an owner: an appointment, which takes no slot and stands in no line.
 * Time: desk_tick once a second and the injected clock; nothing else waits.
 * Threads: the loop. */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include "base/clock.h"
#include "content/settings.h"
#include "store/store.h"
#include "store/work.h"

#include <stdbool.h>
#include <stdint.h>

struct desk;

enum presence { PRESENCE_OFFLINE, PRESENCE_ONLINE, PRESENCE_NO_MORE, PRESENCE_AWAY };
/* "offline", "online", "no_more", "away"; the reverse gives -1 for another word. */
const char *presence_name(enum presence);
int presence_from_name(const char *name, enum presence *ret);

/* Why a ticket moved: rows of ticket_moves[]. */
enum desk_cause {
    CAUSE_TAKEN,          /* waiting|callback → claimed: an agent took the next */
    CAUSE_OFFERED,        /* waiting|callback → offered: pushed to an agent */
    CAUSE_ACCEPTED,       /* offered → claimed */
    CAUSE_DECLINED,       /* offered → waiting: declined, or nobody answered in time */
    CAUSE_VISITOR_GONE,   /* waiting|offered|claimed → parked: offline for too long */
    CAUSE_VISITOR_SILENT, /* claimed → parked: silent for too long */
    CAUSE_VISITOR_BACK,   /* parked → waiting, at its own seq */
    CAUSE_LEASE_LOST,     /* claimed → waiting: the agent did not come back within the grace */
    CAUSE_HANDED_BACK,    /* claimed → closed: back to the assistant */
    CAUSE_CLOSED,         /* claimed|message|callback → closed by an agent */
    CAUSE_LEFT,           /* any open → closed: the visitor ended the chat */
    CAUSE_NIGHT,          /* parked → message: closing time */
    CAUSE_TRANSFERRED,    /* claimed → claimed: a colleague accepted it from its owner */
    CAUSE_REROUTED,       /* claimed → waiting in another department, at its own seq */
    CAUSE_OWNED,          /* message|callback: an agent made it theirs; a callback leaves the line */
    CAUSE_RELEASED,       /* message|callback: nobody's again; a callback is in line again, at its own seq */
    CAUSE_UNDELIVERED,    /* closed → message: the letter with the answer was given up. The only way out of closed */
    CAUSE_COUNT
};
const char *desk_cause_name(enum desk_cause);

struct desk_move {
    unsigned from; /* bits 1 << ticket_state */
    enum ticket_state to;
    bool stays;       /* in the state it is in: `to` means nothing */
    bool needs_owner; /* only the owner may */
    bool takes_owner; /* it belongs to whoever asked for the move from then on */
    bool drops_owner;
    bool to_bot; /* the conversation goes back to the assistant */
};
extern const struct desk_move ticket_moves[CAUSE_COUNT];

/* Ready-made bodies for events, made by who knows words and JSON; all are valid until the call returns. */
struct desk_words {
    void *context;
    /* Fills at most two events (a state and a system message) for a move, in `arena`; returns how many. */
    size_t (*events)(void *context, enum desk_cause, const struct ticket *before, const char *lang,
                     const char *agent_name, const char *note, struct arena *, struct event ret_events[2]);
};

struct desk_listener {
    void *context;
    /* After the commit. `before` is the state it came from; events were appended from first_seq on. */
    void (*moved)(void *context, enum desk_cause, enum ticket_state before, const struct ticket *, int64_t first_seq,
                  const struct event *, size_t event_count);
    void (*offered)(void *context, int64_t user, const struct ticket *, int seconds);
    /* A waiting ticket's place or range changed (only then). */
    void (*position)(void *context, const struct ticket *, bool ranged, int wait_low, int wait_high);
    /* The visitor of a claimed ticket has been silent: ask. */
    void (*silent)(void *context, const struct ticket *);
    /* The agent who has this ticket is out of reach (lost) or back. */
    void (*reach)(void *context, const struct ticket *, bool lost);
    /* Presence or load of somebody changed. */
    void (*agents)(void *context);
    /* A colleague is offered a chat, now or (after coming back) still; NULL or "" = no note. May be NULL. */
    void (*transfer_offered)(void *context, int64_t to_user, const struct ticket *, const char *from_name,
                             const char *note, int seconds);
    /* What became of it, for the giver and the colleague: 1 = accepted, -1 = declined, run out or the colleague went
     * away, 0 = the ticket changed or the giver went away. May be NULL. */
    void (*transferred)(void *context, int64_t from_user, int64_t to_user, const struct ticket *, const char *to_name,
                        int value);
    /* What an agent asked for did not happen: "nothing_waits", "no_room", "not_yours", "not_saved"; of a transfer
     * also "they_are_away", "they_are_full", "they_do_not_serve", "no_department". */
    void (*refused)(void *context, int64_t user, int64_t ticket, const char *why, const char *cid);
    /* What an agent asked for under a client id is committed; after `moved`. May be NULL. */
    void (*done)(void *context, int64_t user, const char *cid);
    /* What came of desk_undelivered, after `moved` if it moved: false = the store could not write it, ask again. The
     * ticket as it is and the note it got; both NULL where there was nothing to tell any more. May be NULL. */
    void (*undelivered)(void *context, int64_t delivery, bool kept, const struct ticket *, const struct work_note *);
    /* A turn of the visitor made or changed this ticket (desk_enqueued was told). May be NULL. */
    void (*queued)(void *context, const struct ticket *);
};

struct desk *desk_new(struct store *, const struct clock *, const struct settings *, const struct desk_words *,
                      const struct desk_listener *);
/* At any time: what is still under way comes to nothing. */
void desk_free(struct desk *);
/* New settings from a new edition; they must outlive their use. */
void desk_settings(struct desk *, const struct settings *);
/* Reads all open tickets: at start, before anything else. Claimed ones wait for their agents within
 * the grace. Asynchronous; desk_ready tells when. */
int desk_load(struct desk *);
bool desk_ready(const struct desk *);
/* Once a second. */
void desk_tick(struct desk *);

/* Agents. A user may have several pages open; reachable while any of them answers pings. */
void desk_agent_in(struct desk *, const struct user *); /* a page connected */
void desk_agent_offers(struct desk *, int64_t user); /* tells again what is offered: for a page that hears only now */
void desk_agent_changed(struct desk *, const struct user *);         /* departments, languages, capacity, name */
void desk_agent_out(struct desk *, int64_t user);                    /* a page disconnected */
void desk_agent_alive(struct desk *, int64_t user);                  /* any frame or protocol pong */
int desk_agent_presence(struct desk *, int64_t user, enum presence); /* -1 = not in */

enum presence desk_presence_of(const struct desk *, int64_t user);

struct desk_agent {
    int64_t id;
    const char *name;
    enum presence presence;
    int chats, capacity;
    int64_t picture; /* its version, 0 = none; filled by the floor above */
};
/* Those who are not offline; returns how many there are. */
size_t desk_agents(const struct desk *, struct desk_agent *ret, size_t room);

/* What agents do. All asynchronous: `moved` or `refused` follows. `cid`, if given, comes back. */
void desk_take_next(struct desk *, int64_t user);
void desk_accept(struct desk *, int64_t user, int64_t ticket);
void desk_decline(struct desk *, int64_t user, int64_t ticket);
void desk_hand_back(struct desk *, int64_t user, int64_t ticket, const char *note, const char *cid);
void desk_close(struct desk *, int64_t user, int64_t ticket, const char *cause, const char *cid);
/* Offers a chat of one's own to a colleague who is online, has room and serves it; a second offer takes the place of
 * the first. The answer is the colleague's. */
void desk_transfer(struct desk *, int64_t user, int64_t ticket, int64_t to_user, const char *note, const char *cid);
void desk_transfer_answer(struct desk *, int64_t user, int64_t ticket, bool yes, const char *cid);
/* A chat of one's own goes back to the queue in another department. */
void desk_reroute(struct desk *, int64_t user, int64_t ticket, const char *department, const char *note,
                  const char *cid);
/* A message or callback that is nobody's, or a colleague's who is not in, becomes the user's; and nobody's again. */
void desk_own(struct desk *, int64_t user, int64_t ticket, const char *cid);
void desk_release(struct desk *, int64_t user, int64_t ticket, const char *cid);

/* The offer to a colleague that a ticket is under. Strings are valid until the next call. */
struct desk_handover {
    int64_t from, to; /* users */
    const char *from_name, *to_name, *note;
    int64_t until_ms; /* wall clock */
};
bool desk_handover_of(const struct desk *, int64_t ticket, struct desk_handover *ret);

/* An answer could not be delivered: its delivery ends, its ticket gets the note and, where it was closed, is a message
 * again (CAUSE_UNDELIVERED), all in one transaction: see store/undelivered.h. One that was closed as spam stays closed.
 * listener.undelivered follows. -1 = not now. */
struct desk_undelivered {
    int64_t delivery;
    const char *error, *note;
};
int desk_undelivered(struct desk *, const struct desk_undelivered *);

/* What visitors do: the conversation floor tells. */
/* A turn made or changed a ticket: look again. The visitor of a new ticket counts as online, unless
 * desk_visitor_online says otherwise after this call. */
void desk_enqueued(struct desk *, int64_t conversation);
void desk_visitor_online(struct desk *, int64_t conversation, bool online);
void desk_visitor_said(struct desk *, int64_t conversation);
void desk_agent_said(struct desk *, int64_t conversation);
void desk_left(struct desk *, int64_t conversation); /* its ticket was closed by the visitor's turn */
/* All that the conversation said is gone, and its tickets are closed, with the cause "erased". */
void desk_erased(struct desk *, int64_t conversation);

/* The open ticket of a conversation, or with this id, as last seen; NULL = none. Valid until the next call. */
const struct ticket *desk_ticket_of(const struct desk *, int64_t conversation);
const struct ticket *desk_ticket(const struct desk *, int64_t id);
/* What people put to a ticket has changed its row (no move): the mirror takes it over. */
void desk_ticket_changed(struct desk *, const struct ticket *);
/* Open tickets in order of enqueue_seq; returns how many there are. */
size_t desk_tickets(const struct desk *, const struct ticket **ret, size_t room);
/* How many tickets are in a state. */
size_t desk_count(const struct desk *, enum ticket_state);

/* Whether people can help now. wait_* in seconds: the formula is in desk/range.h. */
struct desk_help {
    bool open;   /* within the department's hours, and somebody who begins to wait now has a chance before they end */
    bool beyond; /* within its hours, but the wait may last beyond them: then there is no range */
    int online;  /* agents of the department and language who take chats */
    bool ranged; /* enough data */
    int wait_low, wait_high;
};
/* The same at the place of a ticket that waits; all zero where there is none. */
struct desk_help desk_help_at(const struct desk *, int64_t ticket);
/* For a newcomer now (position = behind all who wait). "" = default department. */
struct desk_help desk_help(const struct desk *, const char *department, const char *lang);

#endif
