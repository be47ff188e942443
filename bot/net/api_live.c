/* The live view: see api_live.h. */
#include "net/api_live.h"

#include "desk/desk.h"
#include "net/api_site.h"
#include "net/core.h"
#include "net/days.h"
#include "net/report.h"
#include "store/live.h"
#include "wire/json.h"

#include <string.h>

enum { ANSWER_BYTES = 8 << 20, AGENTS_MAX = 500, DAYS = 30, ROWS = 50 };

/* The entry's title in the asker's language, in another one, or its id where the live edition has none. */
static const char *title_of(const struct api_call *call, const char *id)
{
    const struct view *view = edition_view(call->server->edition);
    const struct settings *settings = call->server->settings;
    uint32_t entry = view_find(view, VIEW_ARTICLE, api_site_lang(call), id);
    for (size_t i = 0; entry == VIEW_NONE && i < settings->languages.count; i++)
        entry = view_find(view, VIEW_ARTICLE, settings->languages.items[i], id);
    return entry != VIEW_NONE ? view_entry(view, entry).title : id;
}

/* --- now -------------------------------------------------------------------------------------------------- */

static void put_queue(const struct api_call *call, const struct store_live_queue *queue, struct buf *json)
{
    json_open(json, "queue", '[');
    for (size_t i = 0; i < queue->count; i++) {
        const struct live_queue *q = &queue->rows[i];
        json_open(json, NULL, '{');
        api_site_department(call, q->department, json);
        json_number(json, "waiting", q->waiting);
        json_number(json, "longest", q->longest_ms);
        json_number(json, "open_callbacks", q->callbacks);
        json_number(json, "parked", q->parked);
        json_number(json, "with_agents", q->with_agents);
        json_number(json, "open_messages", q->messages);
        json_number(json, "overdue", q->overdue);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_agents(const struct api_call *call, struct buf *json)
{
    static struct desk_agent agents[AGENTS_MAX];
    size_t count = desk_agents(hall_desk(call->server->hall), agents, AGENTS_MAX);
    json_open(json, "agents", '[');
    for (size_t i = 0; i < count && i < AGENTS_MAX; i++) {
        json_open(json, NULL, '{');
        json_text(json, "name", agents[i].name);
        json_text(json, "presence", presence_name(agents[i].presence));
        json_number(json, "chats", agents[i].chats);
        json_number(json, "capacity", agents[i].capacity);
        json_close(json, '}');
    }
    json_close(json, ']');
}

/* --- the numbers -------------------------------------------------------------------------------------------- */

static void put_definitions(struct buf *json)
{
    static const char *const units[] = {
        [LIVE_COUNT] = "count", [LIVE_MS] = "ms", [LIVE_MINUTES] = "minutes", [LIVE_MARK] = "mark"};
    json_open(json, "numbers", '[');
    for (size_t i = 0; i < LIVE_NUMBERS; i++) {
        json_open(json, NULL, '{');
        json_text(json, "name", live_numbers[i].name);
        json_text(json, "unit", units[live_numbers[i].unit]);
        json_bool(json, "by_department", live_numbers[i].by_department);
        json_text(json, "rows", live_numbers[i].rows);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_values(const struct live_row *row, bool of_department, struct buf *json)
{
    json_open(json, "values", '{');
    for (size_t i = 0; i < LIVE_NUMBERS; i++) {
        const struct live_definition *number = &live_numbers[i];
        if (of_department && !number->by_department)
            continue;
        if (row->value[i] < 0)
            json_nothing(json, number->name);
        else if (number->unit == LIVE_MARK || number->unit == LIVE_MINUTES)
            json_decimal(json, number->name, row->value[i], 1);
        else
            json_number(json, number->name, (int64_t)(row->value[i] + 0.5));
    }
    json_close(json, '}');
}

static void put_entry(const struct api_call *call, const struct live_entry *entry, struct buf *json)
{
    json_open(json, NULL, '{');
    json_text(json, "entry", entry->entry);
    json_text(json, "title", title_of(call, entry->entry));
    json_number(json, "answered", entry->answered);
    json_number(json, "thumbs_up", entry->thumbs_up);
    json_number(json, "thumbs_down", entry->thumbs_down);
    json_number(json, "handed_after", entry->handed_after);
    json_close(json, '}');
}

static void put_numbers(const struct api_call *call, const struct store_live *live, struct buf *json)
{
    char day[DAY_TEXT_BYTES];
    put_definitions(json);
    json_open(json, "days", '[');
    for (size_t i = 0; i < live->day_count; i++) {
        json_open(json, NULL, '{');
        day_text(day_of(hall_zone(call->server->hall), live->days[i]), day);
        json_text(json, "day", day);
        put_values(&live->rows[i], false, json);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_open(json, "all", '{');
    put_values(&live->all, false, json);
    json_close(json, '}');
    json_open(json, "departments", '[');
    for (size_t i = 0; i < live->department_count; i++) {
        json_open(json, NULL, '{');
        api_site_department(call, live->departments[i].department, json);
        put_values(&live->departments[i], true, json);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_open(json, "entries", '[');
    for (size_t i = 0; i < live->entry_count; i++)
        put_entry(call, &live->entries[i], json);
    json_close(json, ']');
}

/* --- live ------------------------------------------------------------------------------------------------- */

static void counted(struct store_job *job)
{
    struct api_call *call = job->context;
    struct store_live_queue *queue = call->context;
    struct buf json;
    if (job->result != STORE_OK) {
        store_job_free(&queue->job);
        store_job_free(job);
        api_refuse(call, 503, "busy");
        return;
    }
    buf_init(&json, ANSWER_BYTES);
    json_open(&json, NULL, '{');
    json_number(&json, "at", clock_wall_ms(call->server->config.clock));
    put_queue(call, queue, &json);
    put_agents(call, &json);
    put_numbers(call, (const struct store_live *)job, &json);
    json_close(&json, '}');
    store_job_free(&queue->job);
    store_job_free(job);
    api_answer(call, &json);
}

/* The moments that the last `count` days begin, and the next one. */
static int64_t *last_days(const struct api_call *call, int64_t count, struct arena *arena)
{
    const struct zone *zone = hall_zone(call->server->hall);
    int64_t today = day_of(zone, clock_wall_ms(call->server->config.clock));
    int64_t *days = arena_array(arena, (size_t)count + 1, sizeof *days);
    for (int64_t i = 0; days != NULL && i <= count; i++)
        days[i] = day_begins(zone, today - count + 1 + i);
    return days;
}

static void queue_read(struct store_job *job)
{
    struct api_call *call = job->context;
    int64_t days = DAYS;
    api_number(call, "days", 1, DAYS, DAYS, &days);
    struct store_live *live =
        job->result == STORE_OK ? store_job_new(&store_live_kind, sizeof *live, counted, call) : NULL;
    if (live != NULL) {
        live->days = last_days(call, days, live->job.arena);
        live->day_count = (size_t)days;
        call->context = job;
    }
    if (live != NULL && live->days != NULL && report_submit(call->server, &live->job) == 0)
        return;
    if (live != NULL)
        store_job_free(&live->job);
    store_job_free(job);
    api_refuse(call, 503, "busy");
}

void api_live(struct api_call *call)
{
    int64_t days;
    if (!api_number(call, "days", 1, DAYS, DAYS, &days)) {
        api_refuse(call, 400, "bad_field");
        return;
    }
    struct store_live_queue *job = api_job(call, &store_live_queue_kind, sizeof *job, queue_read);
    if (job != NULL)
        api_submit_report(call, &job->job);
}

/* --- rows -------------------------------------------------------------------------------------------------- */

static void put_thing(const struct api_call *call, const struct live_thing *thing, struct buf *json)
{
    json_open(json, NULL, '{');
    json_number(json, "conversation", thing->conversation);
    json_number_if(json, "ticket", thing->ticket);
    json_number(json, "at", thing->at_ms);
    json_number_if(json, "value", thing->value);
    if (*thing->department != '\0')
        api_site_department(call, thing->department, json);
    json_text(json, "text", thing->text);
    json_text_if(json, "owner", thing->owner_name);
    if (*thing->entry != '\0') {
        json_text(json, "entry", thing->entry);
        json_text(json, "title", title_of(call, thing->entry));
    }
    json_text_if(json, "state", thing->state);
    json_close(json, '}');
}

static void listed(struct store_job *job)
{
    const struct store_live_rows *list = (const struct store_live_rows *)job;
    struct api_call *call = job->context;
    bool refused = job->result == STORE_REFUSED;
    struct buf json;
    if (job->result != STORE_OK) {
        store_job_free(job);
        api_refuse(call, refused ? 400 : 503, refused ? "bad_field" : "busy");
        return;
    }
    buf_init(&json, ANSWER_BYTES);
    json_open(&json, NULL, '{');
    json_open(&json, "rows", '[');
    for (size_t i = 0; i < list->count; i++)
        put_thing(call, &list->things[i], &json);
    json_close(&json, ']');
    if (list->ret_more && list->count > 0)
        json_number(&json, "before", list->things[list->count - 1].id);
    api_end(job, &json);
}

void api_live_rows(struct api_call *call)
{
    const char *what = api_param(call, "what"), *text = api_param(call, "day");
    int64_t day, before;
    bool has_day = text != NULL && *text != '\0';
    if (what == NULL || !api_number(call, "before", 1, INT64_MAX, 0, &before) || (has_day && !day_read(text, &day))) {
        api_refuse(call, 400, "bad_field");
        return;
    }
    struct store_live_rows *job = api_job(call, &store_live_rows_kind, sizeof *job, listed);
    int64_t *days = job != NULL ? last_days(call, DAYS, job->job.arena) : NULL;
    if (days == NULL) {
        store_job_free(job != NULL ? &job->job : NULL);
        api_refuse(call, 503, "busy");
        return;
    }
    const struct zone *zone = hall_zone(call->server->hall);
    job->what = what;
    job->from_ms = has_day ? day_begins(zone, day) : days[0];
    job->to_ms = has_day ? day_begins(zone, day + 1) : days[DAYS];
    job->department = api_param(call, "department");
    job->entry = api_param(call, "entry");
    job->before = before;
    job->limit = ROWS;
    api_submit_report(call, &job->job);
}
