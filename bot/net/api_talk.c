/* A ticket and its last words: see api_talk.h. */
#include "net/api_talk.h"

#include "wire/spoken.h"

#include <string.h>

/* What one call reads: the ticket first, then the events. */
struct reading {
    void (*next)(struct api_call *, const struct api_talk *);
    int64_t until;
    const void *context;
    struct store_job *ticket_job; /* while the events are read */
    const struct ticket *ticket;
};

static void events_read(struct store_job *job)
{
    const struct store_events *events = (const struct store_events *)job;
    struct api_call *call = job->context;
    const struct reading *r = call->context;
    struct store_job *ticket_job = r->ticket_job;
    if (job->result == STORE_OK) {
        const struct api_talk talk = {r->ticket, events->events, events->event_count, r->context};
        r->next(call, &talk);
    } else {
        api_refuse_result(call, job->result);
    }
    store_job_free(ticket_job);
    store_job_free(job);
}

static void ticket_read(struct store_job *job)
{
    const struct store_ticket *got = (const struct store_ticket *)job;
    struct api_call *call = job->context;
    struct reading *r = call->context;
    bool seen = job->result == STORE_OK && got->count > 0 && api_sees(call, &got->tickets[0]);
    struct store_events *events = seen ? store_job_new(&store_events_kind, sizeof *events, events_read, call) : NULL;
    if (events == NULL) {
        if (seen)
            api_refuse(call, 503, "busy");
        else
            api_refuse_result(call, job->result == STORE_OK ? STORE_MISSING : job->result);
        store_job_free(job);
        return;
    }
    r->ticket = &got->tickets[0];
    r->ticket_job = job;
    int64_t until = r->until > 0 && r->until < r->ticket->last_seq ? r->until : r->ticket->last_seq;
    events->conversation = r->ticket->conversation;
    events->after = until > STORE_EVENTS_MAX ? until - STORE_EVENTS_MAX : 0;
    events->limit = (size_t)(until - events->after);
    if (!arena_failed(events->job.arena) && store_submit(call->server->config.store, &events->job) == 0)
        return;
    store_job_free(&events->job);
    store_job_free(job);
    api_refuse(call, 503, "busy");
}

void api_talk_read(struct api_call *call, int64_t ticket, int64_t until,
                   void (*next)(struct api_call *, const struct api_talk *), const void *context)
{
    struct reading *r = arena_alloc(call->arena, sizeof *r);
    struct store_ticket *job = r != NULL ? store_job_new(&store_ticket_kind, sizeof *job, ticket_read, call) : NULL;
    if (job == NULL) {
        api_refuse(call, 503, "busy");
        return;
    }
    *r = (struct reading){.next = next, .until = until, .context = context};
    call->context = r;
    job->id = ticket;
    api_submit(call, &job->job);
}

static const char *words_of(const struct api_call *call, const struct event *e)
{
    const char *text = spoken_text(e->body, e->body_size, call->arena);
    return text != NULL && text[strspn(text, " \t\n")] != '\0' ? text : NULL;
}

/* Where the ticket was handed off; 0 = before all that was read, or not at all. */
static int64_t handed_off(const struct api_talk *talk)
{
    for (size_t i = 0; i < talk->count; i++)
        if (talk->events[i].kind == EVENT_STATE && talk->events[i].ticket == talk->ticket->id)
            return talk->events[i].seq;
    return 0;
}

const char *api_talk_question(const struct api_call *call, const struct api_talk *talk, int64_t before)
{
    int64_t begin = handed_off(talk);
    for (size_t i = talk->count; i-- > 0;) {
        const struct event *e = &talk->events[i];
        bool asks = e->kind == EVENT_MESSAGE && e->from == FROM_VISITOR && (before == 0 || e->seq < before);
        const char *words = asks ? words_of(call, e) : NULL;
        /* The last words before the hand-off are mostly those that wished for a person. */
        if (words != NULL && e->seq < begin)
            return talk->ticket->question[0] != '\0' ? talk->ticket->question : NULL;
        if (words != NULL)
            return words;
    }
    return NULL;
}

const char *api_talk_reply(const struct api_call *call, const struct api_talk *talk, int64_t seq)
{
    for (size_t i = 0; i < talk->count; i++) {
        const struct event *e = &talk->events[i];
        if (e->seq == seq && e->kind == EVENT_MESSAGE && e->from == FROM_AGENT)
            return words_of(call, e);
    }
    return NULL;
}
