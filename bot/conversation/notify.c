/* What agents whose page is closed may want to know; who tells them is elsewhere (hall_notify_with). */
#include "conversation/internal.h"

void hall_notify_with(struct hall *h, const struct hall_notifier *notifier)
{
    h->notifier = *notifier;
}

bool hall_agent_here(const struct hall *h, int64_t user)
{
    size_t at = 0;
    const struct agent *a;
    while ((a = map_next(h->agents, &at, NULL, NULL)) != NULL) {
        if (a->user == user)
            return true;
    }
    return false;
}

void notify_ticket(struct hall *h, const struct ticket *t)
{
    if (h->notifier.waiting != NULL && (t->state == TICKET_WAITING || t->state == TICKET_CALLBACK))
        h->notifier.waiting(h->notifier.context, t);
}

void notify_said(struct hall *h, const struct conversation *c)
{
    const struct ticket *t = desk_ticket_of(h->desk, c->id);
    if (h->notifier.said != NULL && t != NULL && t->state == TICKET_CLAIMED && !hall_agent_here(h, t->owner))
        h->notifier.said(h->notifier.context, t);
}

void notify_presence(struct hall *h, int64_t user)
{
    if (h->notifier.presence != NULL)
        h->notifier.presence(h->notifier.context, user, desk_presence_of(h->desk, user));
}
