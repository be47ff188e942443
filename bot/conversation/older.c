/* Editions that flows still run on: those that were live when the flows began. */
#include "conversation/internal.h"

/* The one that was kept first goes where there are too many: a flow on it begins anew. */
void hall_keep_edition(struct hall *h, struct edition *edition)
{
    for (size_t i = 0; i < h->older_count; i++)
        if (edition_number(h->older[i]) == edition_number(edition))
            return;
    if (h->older_count == HALL_OLDER) {
        edition_unpin(h->older[0]);
        for (size_t i = 1; i < HALL_OLDER; i++)
            h->older[i - 1] = h->older[i];
        h->older_count--;
    }
    h->older[h->older_count++] = edition_pin(edition);
}

void older_free(struct hall *h)
{
    while (h->older_count > 0)
        edition_unpin(h->older[--h->older_count]);
}

void older_loaded(struct hall *h, struct conversation *c, int64_t number)
{
    struct dialogue_memory memory;
    edition_unpin(c->edition);
    c->edition = NULL;
    if (number == edition_number(h->edition) || c->memory == NULL)
        return;
    dialogue_memory_read(c->memory, &memory);
    arena_reset(h->scratch);
    for (size_t i = 0; i < h->older_count && dialogue_in_flow(&memory, h->scratch); i++)
        if (edition_number(h->older[i]) == number) {
            c->edition = edition_pin(h->older[i]);
            return;
        }
}
