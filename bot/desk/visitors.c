/* What visitors do to their tickets: a turn made or changed one, they went, came back, spoke, left. */
#include "desk/room.h"

#include <stdlib.h>
#include <string.h>

static const char erased_cause[] = "erased";

struct refresh {
    struct store_ticket job;
    bool online; /* of the visitor, as far as known meanwhile */
    struct refresh *next;
};

static void forget(struct desk *d, const struct refresh *gone)
{
    struct refresh **at = &d->refreshes;
    while (*at != NULL && *at != gone)
        at = &(*at)->next;
    if (*at != NULL)
        *at = gone->next;
}

static bool was_parked_for(const struct seat *s, enum desk_cause cause)
{
    return strcmp(s->ticket.cause, desk_cause_name(cause)) == 0;
}

/* Who was absent is back by being here, who was silent by saying something. */
bool visitors_is_back(const struct seat *s)
{
    return was_parked_for(s, CAUSE_VISITOR_SILENT) ? s->said_ms > s->answered_ms : s->online;
}

void visitors_bring_back(struct desk *d, struct seat *s)
{
    if (s->ticket.state == TICKET_PARKED && s->moving == 0)
        submit_move(d, s, CAUSE_VISITOR_BACK, 0, NULL, NULL);
}

static void set_online(struct desk *d, struct seat *s, bool online)
{
    if (s->online && !online)
        s->offline_ms = room_now(d);
    s->online = online;
}

/* What is told of a ticket that was erased: nothing of what it said. */
static void empty(struct ticket *t)
{
    const char **const texts[] = {&t->question, &t->corrected,  &t->page,  &t->tried, &t->name,    &t->contact,
                                  &t->text,     &t->page_title, &t->slots, &t->tags,  &t->identity};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = "";
    t->notes = 0;
    t->due_ms = 0;
}

static void gone(struct desk *d, struct seat *s, const char *cause)
{
    struct ticket closed = s->ticket;
    enum ticket_state before = closed.state;
    struct pace *pace = s->lane->pace;
    char *strings = s->strings; /* kept until it is told */
    s->strings = NULL;
    seat_drop(d, s);
    closed.state = TICKET_CLOSED;
    closed.cause = cause;
    if (strcmp(cause, erased_cause) == 0)
        empty(&closed);
    closed.position = 0;
    if (before == TICKET_CLAIMED)
        pace_ask(d, pace);
    d->listener.moved(d->listener.context, CAUSE_LEFT, before, &closed, 0, NULL, 0);
    d->listener.agents(d->listener.context);
    free(strings);
}

/* A ticket that is open no more, and was not closed by the desk, was closed by the visitor. */
void visitors_left(struct desk *d, struct seat *s)
{
    gone(d, s, "visitor");
}

void desk_erased(struct desk *d, int64_t conversation)
{
    struct seat *next;
    for (struct seat *s = map_get(d->by_conversation, &conversation, sizeof conversation); s != NULL; s = next) {
        next = s->sibling;
        gone(d, s, erased_cause);
    }
    assign_work(d);
}

static bool listed(const struct store_ticket *j, int64_t id)
{
    for (size_t i = 0; i < j->count; i++) {
        if (j->tickets[i].id == id && j->tickets[i].state != TICKET_CLOSED)
            return true;
    }
    return false;
}

static void drop_unlisted(struct desk *d, const struct store_ticket *j)
{
    struct seat *next;
    for (struct seat *s = map_get(d->by_conversation, &j->conversation, sizeof j->conversation); s != NULL; s = next) {
        next = s->sibling;
        if (!listed(j, s->ticket.id))
            visitors_left(d, s);
    }
}

static void take_over(struct desk *d, const struct refresh *r, const struct ticket *t)
{
    const struct seat *known = seat_find(d, t->id);
    bool changed = known == NULL || known->ticket.state != t->state || known->ticket.changed_ms != t->changed_ms;
    bool fresh;
    struct seat *s = seat_apply(d, t, &fresh);
    if (s == NULL)
        return;
    if (fresh) {
        s->online = r->online;
        s->offline_ms = room_now(d);
    }
    if (changed && d->listener.queued != NULL)
        d->listener.queued(d->listener.context, &s->ticket);
    positions_tell(d, s);
    if (r->job.conversation != 0)
        visitors_bring_back(d, s);
}

static void refresh_answered(struct store_job *job)
{
    struct desk *d = job->context;
    struct refresh *r = (struct refresh *)job;
    if (!d->freed)
        forget(d, r);
    if (!room_answered(job))
        return;
    if (job->result == STORE_OK) {
        struct seat *asked_for = r->job.id != 0 ? seat_find(d, r->job.id) : NULL;
        if (r->job.conversation != 0)
            drop_unlisted(d, &r->job);
        else if (asked_for != NULL && !listed(&r->job, r->job.id))
            visitors_left(d, asked_for);
        for (size_t i = 0; i < r->job.count; i++)
            take_over(d, r, &r->job.tickets[i]);
    }
    store_job_free(job);
    assign_work(d);
}

void visitors_refresh(struct desk *d, int64_t conversation, int64_t id)
{
    struct refresh *r = store_job_new(&store_ticket_kind, sizeof *r, refresh_answered, d);
    if (r == NULL)
        return;
    r->job.conversation = conversation;
    r->job.id = id;
    r->online = true;
    if (room_submit(d, &r->job.job) != 0)
        return;
    r->next = d->refreshes;
    d->refreshes = r;
}

void desk_enqueued(struct desk *d, int64_t conversation)
{
    visitors_refresh(d, conversation, 0);
}

void desk_left(struct desk *d, int64_t conversation)
{
    visitors_refresh(d, conversation, 0);
}

void desk_visitor_online(struct desk *d, int64_t conversation, bool online)
{
    for (struct refresh *r = d->refreshes; r != NULL; r = r->next) {
        if (r->job.conversation == conversation)
            r->online = online;
    }
    struct seat *s = seat_of(d, conversation);
    if (s == NULL)
        return;
    set_online(d, s, online);
    if (s->ticket.state == TICKET_PARKED && visitors_is_back(s))
        visitors_bring_back(d, s);
}

void desk_visitor_said(struct desk *d, int64_t conversation)
{
    struct seat *s = seat_of(d, conversation);
    if (s == NULL)
        return;
    s->said_ms = room_now(d);
    s->asked = false;
    visitors_bring_back(d, s);
}

void desk_agent_said(struct desk *d, int64_t conversation)
{
    struct seat *s = seat_of(d, conversation);
    if (s == NULL)
        return;
    s->answered_ms = room_now(d);
    s->asked = false;
}
