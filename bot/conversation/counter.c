/* The agents' side of the counter: the table of what their frames need and do. */
#include "conversation/counter.h"

#include <stdio.h>
#include <string.h>

enum { APPOINTED = 1 << TICKET_MESSAGE | 1 << TICKET_CALLBACK };

/* --- what a frame needs ------------------------------------------------------------------------ */

enum need {
    NEED_NOTHING,     /* the act itself, or the store, decides */
    NEED_SIGHT,       /* an open ticket that the agent sees */
    NEED_CHAT,        /* one's own chat */
    NEED_OFFER,       /* a ticket that is offered to one */
    NEED_HANDOVER,    /* a colleague's chat that is offered to one */
    NEED_APPOINTMENT, /* a message or callback that the agent sees */
    NEED_WORK,        /* … that is no colleague's */
    NEED_END,         /* one's own chat, or what NEED_WORK asks */
    NEED_MESSAGE,     /* a message that is no colleague's */
};

static bool is_work(const struct ticket *t, const struct agent *a, unsigned states)
{
    return (states & 1u << t->state) != 0 && (t->owner == 0 || t->owner == a->user);
}

/* Whether what is needed is there; `t` is seen. */
static bool has(const struct hall *h, const struct agent *a, const struct ticket *t, enum need need)
{
    bool chat = t->state == TICKET_CLAIMED && t->owner == a->user;
    struct desk_handover handover;
    switch (need) {
    case NEED_NOTHING:
    case NEED_SIGHT:
        return true;
    case NEED_CHAT:
        return chat;
    case NEED_OFFER:
        return t->state == TICKET_OFFERED && t->owner == a->user;
    case NEED_HANDOVER:
        return desk_handover_of(h->desk, t->id, &handover) && handover.to == a->user;
    case NEED_APPOINTMENT:
        return (APPOINTED & 1u << t->state) != 0;
    case NEED_WORK:
        return is_work(t, a, APPOINTED);
    case NEED_END:
        return chat || is_work(t, a, APPOINTED);
    case NEED_MESSAGE:
        return is_work(t, a, 1u << TICKET_MESSAGE);
    }
    return false;
}

/* NULL, or why not. A ticket that is not seen is not there; whether one that is not one's own is there makes no
 * difference to the answer. */
static const char *why_not(const struct hall *h, const struct agent *a, int64_t ticket, enum need need)
{
    const struct ticket *t = need != NEED_NOTHING ? desk_ticket(h->desk, ticket) : NULL;
    if (need == NEED_NOTHING || (t != NULL && counter_sees(h, a, t) && has(h, a, t, need)))
        return NULL;
    return need == NEED_SIGHT ? "not_found" : "not_yours";
}

/* --- small acts ------------------------------------------------------------------------------------ */

static void hello(struct hall *h, struct agent *a, const struct frame *f)
{
    const struct settings *s = hall_settings(h);
    int known = settings_language(s, f->lang);
    snprintf(a->lang, sizeof a->lang, "%s", s->languages.items[known < 0 ? 0 : known]);
    a->greeted = true;
    struct user user = {.id = a->user, .name = a->name, .role = a->role};
    hall_send(h, a->client,
              &(struct outgoing){.kind = OUT_DESK_WELCOME,
                                 .user = &user,
                                 .lang = a->lang,
                                 .settings = s,
                                 .presence = desk_presence_of(h->desk, a->user),
                                 .capacity = a->capacity > 0 ? a->capacity : s->agent_capacity,
                                 .newest_event = h->newest_event});
    counter_tell_queue(h, a);
    if (a->editor)
        return;
    /* What was offered before its hello it did not hear. */
    desk_agent_offers(h->desk, a->user);
    notify_presence(h, a->user);
    if (f->after_event > 0)
        counter_missed(h, a, f->after_event);
}

static void presence(struct hall *h, struct agent *a, const struct frame *f)
{
    enum presence p;
    if (presence_from_name(f->state, &p) < 0 || p == PRESENCE_OFFLINE || desk_agent_presence(h->desk, a->user, p) < 0)
        hall_error(h, a->client, "bad_field", "error_bad_field", a->lang, NULL);
    else
        notify_presence(h, a->user);
}

static void next(struct hall *h, struct agent *a, const struct frame *f)
{
    (void)f;
    desk_take_next(h->desk, a->user);
}

static void accept_offer(struct hall *h, struct agent *a, const struct frame *f)
{
    desk_accept(h->desk, a->user, f->ticket);
}

static void decline(struct hall *h, struct agent *a, const struct frame *f)
{
    desk_decline(h->desk, a->user, f->ticket);
}

/* --- the table --------------------------------------------------------------------------------------- */

static const struct {
    enum need need;
    counter_act *run;
} acts[FRAME_KINDS] = {
    [FRAME_DESK_PRESENCE] = {NEED_NOTHING, presence},
    [FRAME_DESK_NEXT] = {NEED_NOTHING, next},
    [FRAME_DESK_ACCEPT] = {NEED_OFFER, accept_offer},
    [FRAME_DESK_DECLINE] = {NEED_OFFER, decline},
    [FRAME_DESK_OPEN] = {NEED_SIGHT, counter_open},
    [FRAME_DESK_SAY] = {NEED_CHAT, counter_say},
    [FRAME_DESK_TYPING] = {NEED_SIGHT, counter_typing},
    [FRAME_DESK_BACK] = {NEED_CHAT, counter_back},
    [FRAME_DESK_CLOSE] = {NEED_END, counter_close},
    [FRAME_DESK_NOTE] = {NEED_NOTHING, counter_note},
    [FRAME_DESK_TAGS] = {NEED_SIGHT, counter_tags},
    [FRAME_DESK_TRANSFER] = {NEED_CHAT, counter_transfer},
    [FRAME_DESK_TRANSFER_ANSWER] = {NEED_HANDOVER, counter_transfer_answer},
    [FRAME_DESK_INVITE] = {NEED_SIGHT, counter_invite},
    [FRAME_DESK_OWN] = {NEED_APPOINTMENT, counter_own},
    [FRAME_DESK_DUE] = {NEED_WORK, counter_due},
    [FRAME_DESK_REPLY] = {NEED_MESSAGE, counter_reply},
    [FRAME_DESK_LOOK] = {NEED_NOTHING, counter_look},
};

void hall_agent(struct hall *h, uint64_t client, const struct frame *f)
{
    struct agent *a = counter_agent(h, client);
    if (a == NULL)
        return;
    desk_agent_alive(h->desk, a->user);
    if (a->greeted == (f->kind == FRAME_DESK_HELLO)) {
        hall_error(h, client, "wrong_order", "error_wrong_order", a->lang, f->cid);
        return;
    }
    if (!a->greeted) {
        hello(h, a, f);
        return;
    }
    if (acts[f->kind].run == NULL)
        return;
    const char *why = a->editor ? "forbidden" : why_not(h, a, f->ticket, acts[f->kind].need);
    if (why != NULL)
        counter_refuse(h, a, f->ticket, why, f->cid);
    else
        acts[f->kind].run(h, a, f);
}
