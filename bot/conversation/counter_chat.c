/* The chat itself, from the agent's side: looking in, saying something, handing back, closing. */
#include "conversation/counter.h"

void counter_open(struct hall *h, struct agent *a, const struct frame *f)
{
    const struct ticket *t = desk_ticket(h->desk, f->ticket);
    struct conversation *c = conversation_want(h, t->conversation);
    if (c == NULL || client_list_add(&c->watchers, &c->watcher_count, a->client, CONVERSATION_WATCHERS) < 0) {
        counter_refuse(h, a, f->ticket, "busy", NULL);
        if (c != NULL)
            conversation_release(h, c);
        return;
    }
    if (c->loaded)
        deliver_missed(h, c, a->client, f->after, true);
    else
        deliver_load(h, c);
    counter_send_notes(h, a->client, f->ticket);
}

void counter_say(struct hall *h, struct agent *a, const struct frame *f)
{
    struct conversation *c = conversation_want(h, desk_ticket(h->desk, f->ticket)->conversation);
    if (c != NULL && !c->loaded)
        deliver_load(h, c);
    /* What is said meanwhile stays behind the files that are being looked up. */
    bool looks = c != NULL && (f->files != NULL || c->finding > 0);
    if (c == NULL || (looks ? files_agent_says(h, c, a, f) : single_agent_said(h, c, a, f->cid, f->text, NULL, 0)) < 0)
        counter_refuse(h, a, f->ticket, "busy", f->cid);
    else if (a->typing == f->ticket)
        counter_stop_typing(h, a);
}

/* The note is for colleagues: whoever gets the visitor next finds it. */
void counter_back(struct hall *h, struct agent *a, const struct frame *f)
{
    if (f->note != NULL && f->note[0] != '\0' && counter_keep_note(h, a, f->ticket, f->cid, f->note) < 0)
        counter_refuse(h, a, f->ticket, "busy", f->cid);
    else
        desk_hand_back(h->desk, a->user, f->ticket, f->note, f->cid);
}

void counter_close(struct hall *h, struct agent *a, const struct frame *f)
{
    const struct ticket *t = desk_ticket(h->desk, f->ticket);
    /* Who sends an answer and closes has not seen yet that it does not arrive. */
    if (t != NULL && t->undelivered != 0 && t->undelivered != f->undelivered)
        counter_refuse(h, a, f->ticket, "undelivered", f->cid);
    else
        desk_close(h->desk, a->user, f->ticket, f->cause, f->cid);
}
