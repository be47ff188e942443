/* The agents' side of the counter: their connections and what their frames do. Who may do
 * what to a ticket is the desk's and the store's to decide; here it is asked and told. */
#include "conversation/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CARDS_MAX = 2000, AGENTS_MAX = 500 };

struct agent *counter_agent(const struct hall *h, uint64_t client)
{
    return map_get(h->agents, &client, sizeof client);
}

static struct desk_card card_for(struct hall *h, const struct agent *a, const struct ticket *t)
{
    const struct settings *s = hall_settings(h);
    const struct department *d = settings_department(s, t->department);
    const struct conversation *c = conversation_of_id(h, t->conversation);
    return (struct desk_card){
        .ticket = t,
        .department_name = d != NULL ? settings_text(s, &d->name, a->lang) : t->department,
        .mine = t->owner != 0 && t->owner == a->user,
        .visitor_online = c != NULL && c->client_count > 0,
    };
}

/* Calls `tell` for every agent's connection that has said hello; for one user's only if `user` is not 0. */
static void each_agent(struct hall *h, int64_t user, void (*tell)(struct hall *, const struct agent *, const void *),
                       const void *what)
{
    size_t at = 0;
    const struct agent *a;
    while ((a = map_next(h->agents, &at, NULL, NULL)) != NULL) {
        if (a->greeted && (user == 0 || a->user == user))
            tell(h, a, what);
    }
}

static void tell_ticket(struct hall *h, const struct agent *a, const void *what)
{
    struct desk_card card = card_for(h, a, what);
    hall_send(h, a->client, &(struct outgoing){.kind = OUT_DESK_TICKET, .cards = &card, .card_count = 1});
}

void counter_ticket(struct hall *h, const struct ticket *t)
{
    each_agent(h, 0, tell_ticket, t);
}

static void tell_queue(struct hall *h, const struct agent *a, const void *what)
{
    (void)what;
    arena_reset(h->scratch);
    const struct ticket **tickets = arena_array(h->scratch, CARDS_MAX, sizeof *tickets);
    struct desk_card *cards = arena_array(h->scratch, CARDS_MAX, sizeof *cards);
    struct desk_agent *agents = arena_array(h->scratch, AGENTS_MAX, sizeof *agents);
    if (tickets == NULL || cards == NULL || agents == NULL)
        return;
    size_t count = desk_tickets(h->desk, tickets, CARDS_MAX);
    count = count < CARDS_MAX ? count : CARDS_MAX;
    for (size_t i = 0; i < count; i++)
        cards[i] = card_for(h, a, tickets[i]);
    size_t people = desk_agents(h->desk, agents, AGENTS_MAX);
    hall_send(h, a->client,
              &(struct outgoing){.kind = OUT_DESK_QUEUE,
                                 .cards = cards,
                                 .card_count = count,
                                 .agents = agents,
                                 .agent_count = people < AGENTS_MAX ? people : AGENTS_MAX});
}

static void tell_agents(struct hall *h, const struct agent *a, const void *what)
{
    (void)what;
    arena_reset(h->scratch);
    struct desk_agent *agents = arena_array(h->scratch, AGENTS_MAX, sizeof *agents);
    if (agents == NULL)
        return;
    size_t people = desk_agents(h->desk, agents, AGENTS_MAX);
    hall_send(h, a->client,
              &(struct outgoing){
                  .kind = OUT_DESK_AGENTS, .agents = agents, .agent_count = people < AGENTS_MAX ? people : AGENTS_MAX});
}

void counter_agents(struct hall *h)
{
    each_agent(h, 0, tell_agents, NULL);
}

struct offer {
    const struct ticket *ticket;
    int seconds;
};

static void tell_offer(struct hall *h, const struct agent *a, const void *what)
{
    const struct offer *offer = what;
    struct desk_card card = card_for(h, a, offer->ticket);
    hall_send(h, a->client,
              &(struct outgoing){.kind = OUT_DESK_OFFER, .cards = &card, .card_count = 1, .seconds = offer->seconds});
}

void counter_offered(void *context, int64_t user, const struct ticket *t, int seconds)
{
    each_agent(context, user, tell_offer, &(struct offer){t, seconds});
}

/* The ticket says that it is offered to a colleague, so whoever sees it sees that. */
void counter_transfer_offered(void *context, int64_t to_user, const struct ticket *t, const char *from_name,
                              const char *note, int seconds)
{
    (void)to_user, (void)from_name, (void)note, (void)seconds;
    counter_ticket(context, t);
}

void counter_transferred(void *context, int64_t from_user, int64_t to_user, const struct ticket *t, const char *to_name,
                         int value)
{
    (void)from_user, (void)to_user, (void)to_name, (void)value;
    counter_ticket(context, t);
}

struct refusal {
    int64_t ticket;
    const char *why, *cid;
};

static void tell_refusal(struct hall *h, const struct agent *a, const void *what)
{
    const struct refusal *r = what;
    struct outgoing out = {.kind = OUT_ERROR, .code = r->why, .ticket = r->ticket, .cid = r->cid};
    char key[64];
    snprintf(key, sizeof key, "error_%s", r->why);
    out.message = dialogue_text(key, a->lang);
    hall_send(h, a->client, &out);
}

void counter_refused(void *context, int64_t user, int64_t ticket, const char *why, const char *cid)
{
    each_agent(context, user, tell_refusal, &(struct refusal){ticket, why, cid});
}

/* --- what agents send ----------------------------------------------------------------------- */

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
                                 .capacity = s->agent_capacity});
    tell_queue(h, a, NULL);
    notify_presence(h, a->user);
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

static void hand_back(struct hall *h, struct agent *a, const struct frame *f)
{
    desk_hand_back(h->desk, a->user, f->ticket, f->note, f->cid);
}

static void close_ticket(struct hall *h, struct agent *a, const struct frame *f)
{
    desk_close(h->desk, a->user, f->ticket, f->cause, f->cid);
}

static void refuse(struct hall *h, const struct agent *a, const struct frame *f, const char *why)
{
    tell_refusal(h, a, &(struct refusal){f->ticket, why, f->cid});
}

static void look(struct hall *h, struct agent *a, const struct frame *f)
{
    const struct ticket *t = desk_ticket(h->desk, f->ticket);
    struct conversation *c = t != NULL ? conversation_want(h, t->conversation) : NULL;
    if (c == NULL) {
        refuse(h, a, f, "not_found");
        return;
    }
    if (client_list_add(&c->watchers, &c->watcher_count, a->client, CONVERSATION_WATCHERS) < 0) {
        refuse(h, a, f, "busy");
        conversation_release(h, c);
        return;
    }
    if (c->loaded)
        deliver_missed(h, c, a->client, f->after, true);
    else
        deliver_load(h, c);
}

/* The agent's own chat, or NULL after telling why not. */
static struct conversation *own_chat(struct hall *h, const struct agent *a, const struct frame *f)
{
    const struct ticket *t = desk_ticket(h->desk, f->ticket);
    if (t == NULL || t->state != TICKET_CLAIMED || t->owner != a->user) {
        refuse(h, a, f, "not_yours");
        return NULL;
    }
    struct conversation *c = conversation_want(h, t->conversation);
    if (c != NULL && !c->loaded)
        deliver_load(h, c);
    return c;
}

static void say(struct hall *h, struct agent *a, const struct frame *f)
{
    struct conversation *c = own_chat(h, a, f);
    if (c != NULL && single_agent_said(h, c, a, f->cid, f->text) < 0)
        refuse(h, a, f, "busy");
}

static void typing(struct hall *h, struct agent *a, const struct frame *f)
{
    const struct conversation *c = own_chat(h, a, f);
    for (uint16_t i = 0; c != NULL && i < c->client_count; i++)
        hall_send(h, c->clients[i], &(struct outgoing){.kind = OUT_TYPING, .from = FROM_AGENT});
}

static void (*const acts[FRAME_KINDS])(struct hall *, struct agent *, const struct frame *) = {
    [FRAME_DESK_PRESENCE] = presence, [FRAME_DESK_NEXT] = next,      [FRAME_DESK_ACCEPT] = accept_offer,
    [FRAME_DESK_DECLINE] = decline,   [FRAME_DESK_OPEN] = look,      [FRAME_DESK_SAY] = say,
    [FRAME_DESK_TYPING] = typing,     [FRAME_DESK_BACK] = hand_back, [FRAME_DESK_CLOSE] = close_ticket,
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
    if (!a->greeted)
        hello(h, a, f);
    else if (acts[f->kind] != NULL)
        acts[f->kind](h, a, f);
}

void hall_agent_in(struct hall *h, uint64_t client, const struct user *user)
{
    struct agent *a = calloc(1, sizeof *a);
    if (a == NULL)
        return;
    a->client = client;
    a->user = user->id;
    a->name = strdup(user->name);
    a->role = strdup(user->role);
    snprintf(a->lang, sizeof a->lang, "%s", hall_settings(h)->languages.items[0]);
    if (a->name == NULL || a->role == NULL || map_put(h->agents, &client, sizeof client, a) < 0) {
        free(a->name);
        free(a->role);
        free(a);
        return;
    }
    desk_agent_in(h->desk, user);
}

void hall_agent_alive(struct hall *h, uint64_t client)
{
    const struct agent *a = counter_agent(h, client);
    if (a != NULL)
        desk_agent_alive(h->desk, a->user);
}

/* Takes the client off all it looks at. A release would disturb the walk, so it comes after it;
 * what is left over when the list is full is released when its next job or client ends. */
static void stop_watching(struct hall *h, uint64_t client)
{
    struct conversation *idle[AGENT_WATCHES];
    size_t at = 0, count = 0;
    struct conversation *c;
    while ((c = map_next(h->by_id, &at, NULL, NULL)) != NULL) {
        if (client_list_remove(c->watchers, &c->watcher_count, client) && count < AGENT_WATCHES)
            idle[count++] = c;
    }
    for (size_t i = 0; i < count; i++)
        conversation_release(h, idle[i]);
}

void hall_agent_gone(struct hall *h, uint64_t client)
{
    struct agent *a = map_remove(h->agents, &client, sizeof client);
    if (a == NULL)
        return;
    stop_watching(h, client);
    desk_agent_out(h->desk, a->user);
    free(a->name);
    free(a->role);
    free(a);
}
