/* Answers to messages by e-mail: who sends them stores them, too; here they are asked for and told. */
#include "conversation/counter.h"

void hall_reply_with(struct hall *h, const struct hall_replier *replier)
{
    h->replier = *replier;
}

void counter_reply(struct hall *h, struct agent *a, const struct frame *f)
{
    const struct hall_reply reply = {.client = a->client,
                                     .user = a->user,
                                     .agent_name = a->name,
                                     .ticket = desk_ticket(h->desk, f->ticket),
                                     .cid = f->cid,
                                     .text = f->text};
    if (h->replier.begin == NULL)
        counter_refuse(h, a, f->ticket, "no_mail", f->cid);
    else if (h->replier.begin(h->replier.context, &reply) < 0)
        counter_refuse(h, a, f->ticket, "busy", f->cid);
}

static void spread(struct hall *h, const struct ticket *t, const struct event *events, size_t count)
{
    struct conversation *c = conversation_of_id(h, t->conversation);
    if (c == NULL || !c->loaded || count == 0)
        return;
    deliver_events(h, c, events, count, NULL);
    c->last_seq = events[count - 1].seq;
}

void hall_replied(struct hall *h, const struct hall_replied *r)
{
    const struct agent *a = counter_agent(h, r->client);
    if (r->why != NULL) {
        if (a != NULL)
            counter_refuse(h, a, r->ticket->id, r->why, r->cid);
        return;
    }
    spread(h, r->ticket, r->events, r->event_count);
    desk_ticket_changed(h->desk, r->ticket);
    counter_ticket(h, r->ticket);
    if (a != NULL)
        hall_send(
            h, a->client,
            &(struct outgoing){.kind = OUT_ACK, .cid = r->cid, .seq = r->event_count > 0 ? r->events[0].seq : r->seq});
}
