/* Chats that change hands, and messages and callbacks that become somebody's. Whether it may be is the desk's to say.
 */
#include "conversation/counter.h"

#include <string.h>

static bool has_text(const char *text)
{
    return text != NULL && text[0] != '\0';
}

static void to_colleague(struct hall *h, struct agent *a, const struct frame *f)
{
    struct desk_handover offer;
    desk_transfer(h->desk, a->user, f->ticket, f->user, f->text, f->cid);
    bool offered = desk_handover_of(h->desk, f->ticket, &offer) && offer.to == f->user && offer.from == a->user;
    if (offered && has_text(f->text))
        counter_keep_note(h, a, f->ticket, f->cid, f->text); /* the colleague has it with the offer in any case */
    if (offered)
        counter_ack(h, a, f->cid);
}

static void to_department(struct hall *h, struct agent *a, const struct frame *f)
{
    const struct department *d = settings_department(hall_settings(h), f->department);
    bool other = d != NULL && strcmp(d->id, f->department) == 0 &&
                 strcmp(d->id, desk_ticket(h->desk, f->ticket)->department) != 0;
    if (other && has_text(f->text) && counter_keep_note(h, a, f->ticket, f->cid, f->text) < 0)
        counter_refuse(h, a, f->ticket, "busy", f->cid);
    else
        desk_reroute(h->desk, a->user, f->ticket, f->department, f->text, f->cid);
}

void counter_transfer(struct hall *h, struct agent *a, const struct frame *f)
{
    if ((f->user != 0) == (f->department != NULL))
        counter_refuse(h, a, f->ticket, "bad_field", f->cid);
    else if (f->user != 0)
        to_colleague(h, a, f);
    else
        to_department(h, a, f);
}

void counter_transfer_answer(struct hall *h, struct agent *a, const struct frame *f)
{
    desk_transfer_answer(h->desk, a->user, f->ticket, f->value > 0, NULL);
}

void counter_own(struct hall *h, struct agent *a, const struct frame *f)
{
    const struct ticket *t = desk_ticket(h->desk, f->ticket);
    if (f->value > 0 && t->owner == a->user)
        counter_ticket(h, t); /* asked for again */
    else if (f->value > 0)
        desk_own(h->desk, a->user, f->ticket, NULL);
    else
        desk_release(h->desk, a->user, f->ticket, NULL);
}

/* --- what the desk tells of it ------------------------------------------------------------------ */

static void tell(struct hall *h, struct agent *a, const void *what)
{
    hall_send(h, a->client, what);
}

/* The ticket first: the colleague may see it only from now on. */
void counter_transfer_offered(void *context, int64_t to_user, const struct ticket *t, const char *from_name,
                              const char *note, int seconds)
{
    struct hall *h = context;
    counter_ticket(h, t);
    counter_each(
        h, to_user, tell,
        &(struct outgoing){
            .kind = OUT_DESK_TRANSFER_OFFER, .ticket = t->id, .name = from_name, .text = note, .seconds = seconds});
}

void counter_transferred(void *context, int64_t from_user, int64_t to_user, const struct ticket *t, const char *to_name,
                         int value)
{
    struct hall *h = context;
    (void)to_user;
    if (value != 0)
        counter_each(
            h, from_user, tell,
            &(struct outgoing){.kind = OUT_DESK_TRANSFERRED, .ticket = t->id, .name = to_name, .value = value});
    counter_ticket(h, t);
}
