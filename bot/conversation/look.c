/* Second looks: turns that pause while somebody on another thread finds out more about what was said.
 *
 * A paused turn is kept here, not in the store: what it answers is not acknowledged yet. The conversation counts it
 * as a job, so that it stays in memory, and as its turn, so that nothing overtakes it. */
#include "conversation/turn.h"

#include <stdlib.h>

struct look {
    uint64_t number, key; /* of the conversation */
    struct heard_item *items;
    struct edition *edition; /* pinned */
    int64_t until_ms;
    struct look *next;
};

void hall_show_typing(struct hall *h, const struct conversation *c)
{
    for (uint16_t i = 0; i < c->client_count; i++)
        hall_send(h, c->clients[i], &(struct outgoing){.kind = OUT_TYPING, .from = FROM_BOT});
}

int look_begin(struct hall *h, struct conversation *c, struct heard_item *items, const struct second_look *wanted)
{
    int patience_ms = 0;
    struct look *l = h->looker.begin != NULL ? malloc(sizeof *l) : NULL;
    if (l == NULL)
        return -1;
    *l = (struct look){.number = ++h->next_look, .key = c->key, .items = items, .next = h->looks};
    if (h->looker.begin(h->looker.context, l->number, wanted, &patience_ms) < 0) {
        free(l);
        return -1;
    }
    l->edition = edition_pin(h->edition);
    l->until_ms = clock_mono_ms(h->clock) + patience_ms;
    h->looks = l;
    h->counts.second_looks++;
    h->under_way++;
    c->jobs++;
    c->turning = true;
    items->looked = true;
    hall_show_typing(h, c);
    return 0;
}

static void free_look(struct look *l)
{
    turn_free_items(l->items);
    edition_unpin(l->edition);
    free(l);
}

/* Takes the look out of the list. NULL = it has ended. */
static struct look *take(struct hall *h, uint64_t number)
{
    for (struct look **at = &h->looks; *at != NULL; at = &(*at)->next) {
        struct look *l = *at;
        if (l->number != number)
            continue;
        *at = l->next;
        return l;
    }
    return NULL;
}

void hall_looked(struct hall *h, uint64_t number, const struct understand_options *found)
{
    static const struct understand_options nothing = {0};
    struct look *l = take(h, number);
    if (l == NULL)
        return;
    struct conversation *c = conversation_of_key(h, l->key);
    struct heard_item *items = l->items;
    l->items = NULL;
    h->counts.second_looks_without += found == NULL;
    h->under_way--;
    c->jobs--;
    c->turning = false;
    turn_after_look(h, c, items, l->edition, found != NULL ? found : &nothing);
    conversation_release(h, c);
    free_look(l);
}

/* Gives the looker its last word, then goes on without. */
static void end(struct hall *h, uint64_t number)
{
    h->looker.end(h->looker.context, number);
    hall_looked(h, number, NULL);
}

void look_tick(struct hall *h)
{
    int64_t now = clock_mono_ms(h->clock);
    /* Ending one frees only itself; those that it lets begin stand before it. */
    for (struct look *l = h->looks, *next; l != NULL; l = next) {
        next = l->next;
        if (now >= l->until_ms)
            end(h, l->number);
    }
}

void look_end(struct hall *h, const struct conversation *c)
{
    for (const struct look *l = h->looks; l != NULL; l = l->next) {
        if (l->key == c->key) {
            end(h, l->number);
            return;
        }
    }
}

void hall_look_with(struct hall *h, const struct hall_looker *looker)
{
    h->looker = *looker;
}

void hall_stop_looking(struct hall *h)
{
    h->looker.begin = NULL;
    while (h->looks != NULL)
        end(h, h->looks->number);
}

void look_free_all(struct hall *h)
{
    while (h->looks != NULL) {
        struct look *l = h->looks;
        h->looks = l->next;
        free_look(l);
    }
}
