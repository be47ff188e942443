/* Search and transcripts: see api_search.h. */
#include "net/api_search.h"

#include "net/api_site.h"
#include "net/core.h"
#include "net/days.h"
#include "store/search.h"
#include "wire/json.h"

#include <string.h>

enum { ANSWER_BYTES = 8 << 20, PAGE = 30 };

/* Where a job has failed: frees it and refuses the call. Nothing was to be saved, so that is no word for a reader. */
static bool failed(struct store_job *job)
{
    struct api_call *call = job->context;
    enum store_result result = job->result;
    if (result == STORE_OK)
        return false;
    store_job_free(job);
    if (result == STORE_REFUSED)
        api_refuse(call, 400, "too_long");
    else if (result == STORE_UNAVAILABLE)
        api_refuse(call, 503, "busy");
    else
        api_refuse_result(call, result);
    return true;
}

/* "a,b" as a list. */
static void put_list(const char *name, const char *list, struct arena *arena, struct buf *json)
{
    json_open(json, name, '[');
    while (*list != '\0') {
        size_t size = strcspn(list, ",");
        const char *item = arena_strndup(arena, list, size);
        json_text(json, NULL, item != NULL ? item : "");
        list += size + (list[size] == ',');
    }
    json_close(json, ']');
}

/* --- search --------------------------------------------------------------------------------------------- */

static void put_hit(const struct api_call *call, const struct search_hit *hit, struct arena *arena, struct buf *json)
{
    json_open(json, NULL, '{');
    json_number(json, "ticket", hit->ticket);
    json_number(json, "at", hit->created_ms);
    json_number(json, "closed", hit->closed_ms);
    api_site_department(call, hit->department, json);
    json_text(json, "lang", hit->lang);
    json_text_if(json, "name", hit->name);
    json_text_if(json, "owner", hit->owner_name);
    json_text(json, "question", hit->question);
    json_text_if(json, "cause", hit->cause);
    put_list("tags", hit->tags, arena, json);
    json_open(json, "excerpt", '[');
    for (size_t i = 0; i < hit->piece_count; i++) {
        json_open(json, NULL, '{');
        json_text(json, "text", hit->pieces[i].text);
        json_true_if(json, "mark", hit->pieces[i].mark);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}

static void searched(struct store_job *job)
{
    const struct store_search *found = (const struct store_search *)job;
    struct api_call *call = job->context;
    struct buf json;
    if (failed(job) || !api_begin(job, &json, ANSWER_BYTES))
        return;
    json_open(&json, "chats", '[');
    for (size_t i = 0; i < found->count; i++)
        put_hit(call, &found->hits[i], job->arena, &json);
    json_close(&json, ']');
    if (found->ret_more && found->count > 0)
        json_number(&json, "before", found->hits[found->count - 1].ticket);
    api_end(job, &json);
}

/* A day of the query as a moment, its begin or its end. False = it is no day. */
static bool day_param(const struct api_call *call, const char *name, int later, int64_t *ret_ms)
{
    const char *text = api_param(call, name);
    int64_t day;
    *ret_ms = 0;
    if (text == NULL || *text == '\0')
        return true;
    if (!day_read(text, &day))
        return false;
    *ret_ms = day_begins(hall_zone(call->server->hall), day + later);
    return true;
}

void api_search(struct api_call *call)
{
    int64_t from, to, before;
    if (!day_param(call, "from", 0, &from) || !day_param(call, "to", 1, &to) ||
        !api_number(call, "before", 1, INT64_MAX, 0, &before)) {
        api_refuse(call, 400, "bad_field");
        return;
    }
    struct store_search *job = api_job(call, &store_search_kind, sizeof *job, searched);
    if (job == NULL)
        return;
    /* Strings lie in the call's arena, which outlives the job. */
    job->allowed = api_departments(call);
    job->words = api_param(call, "q");
    job->name = api_param(call, "name");
    job->tag = api_param(call, "tag");
    job->department = api_param(call, "department");
    job->agent = api_param(call, "agent");
    job->from_ms = from;
    job->to_ms = to;
    job->before = before;
    job->limit = PAGE;
    api_submit_report(call, &job->job);
}

/* --- what to choose from ----------------------------------------------------------------------------------- */

static void chosen(struct store_job *job)
{
    const struct store_search_choices *choices = (const struct store_search_choices *)job;
    struct api_call *call = job->context;
    struct buf json;
    if (failed(job) || !api_begin(job, &json, ANSWER_BYTES))
        return;
    api_site_departments(call, &json);
    json_open(&json, "agents", '[');
    for (size_t i = 0; i < choices->agent_count; i++)
        json_text(&json, NULL, choices->agents[i]);
    json_close(&json, ']');
    json_open(&json, "tags", '[');
    for (size_t i = 0; i < choices->tag_count; i++)
        json_text(&json, NULL, choices->tags[i]);
    json_close(&json, ']');
    api_end(job, &json);
}

void api_search_choices(struct api_call *call)
{
    struct store_search_choices *job = api_job(call, &store_search_choices_kind, sizeof *job, chosen);
    if (job == NULL)
        return;
    job->allowed = api_departments(call);
    api_submit_report(call, &job->job);
}

/* --- transcripts ----------------------------------------------------------------------------------------- */

/* As an agent's frames have it (docs/protocol.md): the body is spliced in as the store kept it. */
static void put_event(const struct event *event, struct buf *json)
{
    json_open(json, NULL, '{');
    json_text(json, "type", event->kind == EVENT_STATE ? "state" : "message");
    json_number(json, "seq", event->seq);
    json_number(json, "at", event->at_ms);
    if (event->kind == EVENT_MESSAGE && event->from == FROM_BOT) {
        json_share(json, "confidence", event->confidence);
        json_text_if(json, "source", event->source);
        json_number_if(json, "edition", event->edition);
    }
    json_splice(json, event->body, event->body_size);
    json_close(json, '}');
}

static void put_ticket(const struct api_call *call, const struct ticket *t, struct buf *json)
{
    json_number(json, "ticket", t->id);
    json_text(json, "state", ticket_state_name(t->state));
    api_site_department(call, t->department, json);
    json_number(json, "at", t->created_ms);
    json_number_if(json, "closed", t->closed_ms);
    json_text(json, "question", t->question);
    json_text_if(json, "why", t->why);
    json_text_if(json, "cause", t->cause);
    json_text_if(json, "owner", t->owner_name);
    json_text_if(json, "name", t->name);
    json_text_if(json, "contact", t->contact);
    json_text_if(json, "page", t->page);
}

static void put_notes(const struct store_transcript *read, struct buf *json)
{
    json_open(json, "notes", '[');
    for (size_t i = 0; i < read->note_count; i++) {
        json_open(json, NULL, '{');
        json_number(json, "id", read->notes[i].id);
        json_number(json, "at", read->notes[i].at_ms);
        json_text(json, "name", read->notes[i].name);
        json_text(json, "text", read->notes[i].text);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void transcribed(struct store_job *job)
{
    const struct store_transcript *read = (const struct store_transcript *)job;
    struct api_call *call = job->context;
    struct buf json;
    if (failed(job) || !api_begin(job, &json, ANSWER_BYTES))
        return;
    json_number(&json, "conversation", read->conversation);
    json_text(&json, "lang", read->lang != NULL ? read->lang : "");
    if (read->row.id != 0)
        put_ticket(call, &read->row, &json);
    if (read->note_count > 0)
        put_notes(read, &json);
    json_open(&json, "events", '[');
    for (size_t i = 0; i < read->event_count; i++)
        put_event(&read->events[i], &json);
    json_close(&json, ']');
    json_true_if(&json, "more", read->ret_more);
    api_end(job, &json);
}

void api_transcript(struct api_call *call)
{
    int64_t ticket, conversation, after;
    if (!api_number(call, "after", 1, INT64_MAX, 0, &after) || !api_number(call, "ticket", 1, INT64_MAX, 0, &ticket) ||
        !api_number(call, "conversation", 1, INT64_MAX, 0, &conversation) || (ticket == 0) == (conversation == 0)) {
        api_refuse(call, 400, "bad_field");
        return;
    }
    /* What the assistant and a visitor said to one another belongs to no department. */
    if (ticket == 0 && !api_is_admin(call)) {
        api_refuse(call, 403, "forbidden");
        return;
    }
    struct store_transcript *job = api_job(call, &store_transcript_kind, sizeof *job, transcribed);
    if (job == NULL)
        return;
    job->allowed = api_departments(call);
    job->ticket = ticket;
    job->conversation = conversation;
    job->after = after;
    api_submit_report(call, &job->job);
}
