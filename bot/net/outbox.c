/* Frames that wait to be written: see outbox.h. */
#include "net/outbox.h"

#include <stdlib.h>
#include <string.h>

struct outbox_frame {
    struct outbox_frame *next;
    size_t size;
    unsigned char bytes[]; /* OUTBOX_PRE spare ones first */
};

void outbox_init(struct outbox *box, size_t *total)
{
    *box = (struct outbox){.total = total};
}

int outbox_push(struct outbox *box, const char *bytes, size_t size, size_t ceiling, size_t total_ceiling)
{
    if (size > ceiling || box->bytes > ceiling - size || size > total_ceiling || *box->total > total_ceiling - size)
        return -1;
    struct outbox_frame *frame = malloc(sizeof *frame + OUTBOX_PRE + size);
    if (frame == NULL)
        return -1;
    frame->next = NULL;
    frame->size = size;
    memcpy(frame->bytes + OUTBOX_PRE, bytes, size);
    if (box->last != NULL)
        box->last->next = frame;
    else
        box->first = frame;
    box->last = frame;
    box->bytes += size;
    *box->total += size;
    return 0;
}

unsigned char *outbox_head(const struct outbox *box, size_t *ret_size)
{
    if (box->first == NULL)
        return NULL;
    *ret_size = box->first->size;
    return box->first->bytes + OUTBOX_PRE;
}

void outbox_pop(struct outbox *box)
{
    struct outbox_frame *frame = box->first;
    box->first = frame->next;
    if (box->first == NULL)
        box->last = NULL;
    box->bytes -= frame->size;
    *box->total -= frame->size;
    free(frame);
}

const char *outbox_each(const struct outbox *box, const struct outbox_frame **at, size_t *ret_size)
{
    const struct outbox_frame *frame = *at != NULL ? (*at)->next : box->first;
    if (frame == NULL)
        return NULL;
    *at = frame;
    *ret_size = frame->size;
    return (const char *)frame->bytes + OUTBOX_PRE;
}

void outbox_clear(struct outbox *box)
{
    while (box->first != NULL)
        outbox_pop(box);
}
