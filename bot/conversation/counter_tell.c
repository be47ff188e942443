/* What agents are told: the queue, tickets that change, who is there, and what did not work. */
#include "conversation/counter.h"

#include <stdio.h>
#include <string.h>

enum { CARDS_MAX = 2000, AGENTS_MAX = 500 };

void counter_each(struct hall *h, int64_t user, void (*tell)(struct hall *, struct agent *, const void *),
                  const void *what)
{
    size_t at = 0;
    struct agent *a;
    while ((a = map_next(h->agents, &at, NULL, NULL)) != NULL) {
        if (a->greeted && !a->editor && (user == 0 || a->user == user))
            tell(h, a, what);
    }
}

void counter_card(struct hall *h, const struct agent *a, const struct ticket *t, struct counter_card *ret)
{
    const struct settings *s = hall_settings(h);
    const struct department *d = settings_department(s, t->department);
    const struct conversation *c = conversation_of_id(h, t->conversation);
    ret->card = (struct desk_card){
        .ticket = t,
        .department_name = d != NULL ? settings_text(s, &d->name, a->lang) : t->department,
        .mine = t->owner != 0 && t->owner == a->user,
        .visitor_online = c != NULL && c->client_count > 0,
        .lookers = ret->lookers,
    };
    ret->card.looker_count = counter_lookers(h, a, t->id, ret->lookers);
    if (desk_handover_of(h->desk, t->id, &ret->handover)) {
        ret->card.transfer_to = ret->handover.to;
        ret->card.transfer_name = ret->handover.to_name;
        ret->card.transfer_until_ms = ret->handover.until_ms;
    }
}

/* --- a ticket -------------------------------------------------------------------------------- */

static void tell_gone(struct hall *h, struct agent *a, const struct ticket *t)
{
    struct conversation *c = conversation_of_id(h, t->conversation);
    struct desk_card card = {.ticket = t, .gone = true};
    if (c != NULL)
        client_list_remove(c->watchers, &c->watcher_count, a->client);
    if (a->looking == t->id || a->typing == t->id)
        counter_look_away(h, a);
    hall_send(h, a->client, &(struct outgoing){.kind = OUT_DESK_TICKET, .cards = &card, .card_count = 1});
}

static void tell_ticket(struct hall *h, struct agent *a, const void *what)
{
    const struct ticket *t = what;
    struct counter_card card;
    if (!counter_sees(h, a, t)) {
        if (counter_saw(h, a, t))
            tell_gone(h, a, t);
        return;
    }
    counter_card(h, a, t, &card);
    hall_send(h, a->client, &(struct outgoing){.kind = OUT_DESK_TICKET, .cards = &card.card, .card_count = 1});
}

void counter_ticket(struct hall *h, const struct ticket *t)
{
    if (t->event > h->newest_event)
        h->newest_event = t->event;
    counter_each(h, 0, tell_ticket, t);
    if (t->state == TICKET_CLOSED)
        counter_forget(h, t);
    else
        counter_remember(h, t);
}

void counter_changed(struct hall *h, const struct ticket *t)
{
    desk_ticket_changed(h->desk, t);
    const struct ticket *now = desk_ticket(h->desk, t->id);
    if (now != NULL)
        counter_ticket(h, now);
}

/* --- the queue and who is there ---------------------------------------------------------------- */

static int64_t picture_of(const struct hall *h, int64_t user)
{
    size_t at = 0;
    const struct agent *a;
    while ((a = map_next(h->agents, &at, NULL, NULL)) != NULL) {
        if (a->user == user)
            return a->picture;
    }
    return 0;
}

const char *counter_portrait(const struct hall *h, const char *agent_name, char ret_path[PORTRAIT_PATH_BYTES])
{
    size_t at = 0;
    const struct agent *a;
    ret_path[0] = '\0';
    while (agent_name != NULL && (a = map_next(h->agents, &at, NULL, NULL)) != NULL) {
        if (a->picture != 0 && strcmp(a->name, agent_name) == 0) {
            snprintf(ret_path, PORTRAIT_PATH_BYTES, "agents/%lld?v=%lld", (long long)a->user, (long long)a->picture);
            break;
        }
    }
    return ret_path;
}

static size_t list_agents(const struct hall *h, struct desk_agent *agents)
{
    size_t people = agents != NULL ? desk_agents(h->desk, agents, AGENTS_MAX) : 0;
    people = people < AGENTS_MAX ? people : AGENTS_MAX;
    for (size_t i = 0; i < people; i++)
        agents[i].picture = picture_of(h, agents[i].id);
    return people;
}

/* Tickets the agent sees, in order of their places; where there are too many the agent's own come before others. */
static size_t list_cards(struct hall *h, const struct agent *a, struct desk_card *cards)
{
    size_t all = desk_tickets(h->desk, NULL, 0), own = 0, count = 0;
    const struct ticket **tickets = arena_array(h->scratch, all + 1, sizeof *tickets);
    if (tickets == NULL)
        return 0;
    desk_tickets(h->desk, tickets, all);
    for (size_t i = 0; i < all; i++) {
        counter_remember(h, tickets[i]);
        own += tickets[i]->owner == a->user;
    }
    size_t others = own < CARDS_MAX ? CARDS_MAX - own : 0;
    for (size_t i = 0; i < all && count < CARDS_MAX; i++) {
        bool mine = tickets[i]->owner == a->user;
        if (!counter_sees(h, a, tickets[i]) || (!mine && others == 0))
            continue;
        struct counter_card *card = arena_alloc(h->scratch, sizeof *card);
        if (card == NULL)
            break;
        counter_card(h, a, tickets[i], card);
        cards[count++] = card->card;
        others -= !mine;
    }
    return count;
}

void counter_tell_queue(struct hall *h, const struct agent *a)
{
    arena_reset(h->scratch);
    struct desk_card *cards = arena_array(h->scratch, CARDS_MAX, sizeof *cards);
    struct desk_agent *agents = arena_array(h->scratch, AGENTS_MAX, sizeof *agents);
    if (cards == NULL || agents == NULL)
        return;
    struct outgoing out = {.kind = OUT_DESK_QUEUE, .cards = cards, .agents = agents};
    if (!a->editor) {
        out.card_count = list_cards(h, a, cards);
        out.agent_count = list_agents(h, agents);
    }
    hall_send(h, a->client, &out);
}

static void tell_agents(struct hall *h, struct agent *a, const void *what)
{
    hall_send(h, a->client, what);
}

void counter_agents(struct hall *h)
{
    arena_reset(h->scratch);
    struct desk_agent *agents = arena_array(h->scratch, AGENTS_MAX, sizeof *agents);
    struct outgoing out = {.kind = OUT_DESK_AGENTS, .agents = agents, .agent_count = list_agents(h, agents)};
    counter_each(h, 0, tell_agents, &out);
}

/* --- offers and refusals ------------------------------------------------------------------------ */

struct offer {
    const struct ticket *ticket;
    int seconds;
};

static void tell_offer(struct hall *h, struct agent *a, const void *what)
{
    const struct offer *offer = what;
    hall_send(h, a->client,
              &(struct outgoing){.kind = OUT_DESK_OFFER, .ticket = offer->ticket->id, .seconds = offer->seconds});
}

void counter_offered(void *context, int64_t user, const struct ticket *t, int seconds)
{
    counter_each(context, user, tell_offer, &(struct offer){t, seconds});
}

void counter_refuse(struct hall *h, const struct agent *a, int64_t ticket, const char *why, const char *cid)
{
    struct outgoing out = {.kind = OUT_ERROR, .code = why, .ticket = ticket, .cid = cid};
    char key[64];
    snprintf(key, sizeof key, "error_%s", why);
    out.message = dialogue_text(key, a->lang);
    hall_send(h, a->client, &out);
}

struct refusal {
    int64_t ticket;
    const char *why, *cid;
};

static void tell_refusal(struct hall *h, struct agent *a, const void *what)
{
    const struct refusal *r = what;
    counter_refuse(h, a, r->ticket, r->why, r->cid);
}

void counter_refused(void *context, int64_t user, int64_t ticket, const char *why, const char *cid)
{
    counter_each(context, user, tell_refusal, &(struct refusal){ticket, why, cid});
}

static void tell_done(struct hall *h, struct agent *a, const void *cid)
{
    counter_ack(h, a, cid);
}

void counter_done(void *context, int64_t user, const char *cid)
{
    counter_each(context, user, tell_done, cid);
}

void counter_ack(struct hall *h, const struct agent *a, const char *cid)
{
    hall_send(h, a->client, &(struct outgoing){.kind = OUT_ACK, .cid = cid});
}
