/* Who has a ticket on the screen, and who is writing there: colleagues see it, so that two do not do the same. */
#include "conversation/counter.h"

enum { TYPING_MS = 6000 };

/* Adds a name, each user once: `users` are those of the names. */
static size_t add_name(const struct agent *a, const char **names, int64_t *users, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (users[i] == a->user)
            return count;
    }
    if (count == CARD_LOOKERS)
        return count;
    names[count] = a->name;
    users[count] = a->user;
    return count + 1;
}

static size_t list_others(const struct hall *h, const struct agent *me, int64_t ticket, bool typing, const char **names)
{
    int64_t users[CARD_LOOKERS];
    size_t at = 0, count = 0;
    const struct agent *a;
    while ((a = map_next(h->agents, &at, NULL, NULL)) != NULL) {
        if (a->user != me->user && (typing ? a->typing : a->looking) == ticket)
            count = add_name(a, names, users, count);
    }
    return count;
}

size_t counter_lookers(const struct hall *h, const struct agent *me, int64_t ticket, const char *ret[CARD_LOOKERS])
{
    return list_others(h, me, ticket, false, ret);
}

static void tell_lookers(struct hall *h, struct agent *a, const void *what)
{
    const struct ticket *t = what;
    const char *names[CARD_LOOKERS], *typing[CARD_LOOKERS];
    if (!counter_sees(h, a, t))
        return;
    hall_send(h, a->client,
              &(struct outgoing){.kind = OUT_DESK_LOOKERS,
                                 .ticket = t->id,
                                 .names = names,
                                 .name_count = list_others(h, a, t->id, false, names),
                                 .typing = typing,
                                 .typing_count = list_others(h, a, t->id, true, typing)});
}

static void tell_all(struct hall *h, int64_t ticket)
{
    const struct ticket *t = ticket != 0 ? desk_ticket(h->desk, ticket) : NULL;
    if (t != NULL)
        counter_each(h, 0, tell_lookers, t);
}

void counter_look(struct hall *h, struct agent *a, const struct frame *f)
{
    const struct ticket *t = f->ticket != 0 ? desk_ticket(h->desk, f->ticket) : NULL;
    int64_t before = a->looking;
    if (f->ticket != 0 && (t == NULL || !counter_sees(h, a, t))) {
        counter_refuse(h, a, f->ticket, "not_found", NULL);
        return;
    }
    if (before == f->ticket)
        return;
    a->looking = f->ticket;
    tell_all(h, before);
    tell_all(h, f->ticket);
}

void counter_stop_typing(struct hall *h, struct agent *a)
{
    int64_t before = a->typing;
    a->typing = 0;
    tell_all(h, before);
}

void counter_look_away(struct hall *h, struct agent *a)
{
    int64_t looking = a->looking, typing = a->typing;
    a->looking = a->typing = 0;
    tell_all(h, looking);
    if (typing != looking)
        tell_all(h, typing);
}

void counter_typing(struct hall *h, struct agent *a, const struct frame *f)
{
    const struct ticket *t = desk_ticket(h->desk, f->ticket);
    bool own = t->state == TICKET_CLAIMED && t->owner == a->user;
    const struct conversation *c = own ? conversation_of_id(h, t->conversation) : NULL;
    for (uint16_t i = 0; c != NULL && i < c->client_count; i++)
        hall_send(h, c->clients[i], &(struct outgoing){.kind = OUT_TYPING, .from = FROM_AGENT});
    int64_t before = a->typing;
    a->typing = f->ticket;
    a->typing_until_ms = clock_mono_ms(h->clock) + TYPING_MS;
    if (before == f->ticket)
        return;
    tell_all(h, before);
    tell_all(h, f->ticket);
}

void counter_tick(struct hall *h)
{
    size_t at = 0;
    struct agent *a;
    int64_t now = clock_mono_ms(h->clock);
    while ((a = map_next(h->agents, &at, NULL, NULL)) != NULL) {
        if (a->typing != 0 && now >= a->typing_until_ms)
            counter_stop_typing(h, a);
    }
}
