/* Events of conversations: the one place that gives out `seq`, and the paged reading of what a
 * client missed. */
#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum { HEAD, ADD, ADVANCE, AFTER, RATE, RATED, STATEMENTS };
static const char *const sql[STATEMENTS] = {
    [HEAD] = "SELECT last_seq FROM conversation WHERE id = ?1",
    [ADD] = "INSERT INTO event (conversation, seq, kind, source_from, cid, body, at_ms, user, confidence, source, "
            "entry, edition, fallback, ticket, outcome) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    [ADVANCE] = "UPDATE conversation SET last_seq = ?2, changed_ms = ?3 WHERE id = ?1",
    [AFTER] = "SELECT seq, kind, source_from, cid, body, at_ms, user, confidence, source, entry, edition, fallback, "
              "ticket FROM event WHERE conversation = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
    [RATE] = "INSERT INTO rating (conversation, seq, value, at_ms) VALUES (?1, ?2, ?3, ?4) "
             "ON CONFLICT (conversation, seq) DO UPDATE SET value = excluded.value, at_ms = excluded.at_ms",
    [RATED] = "SELECT 1 FROM event WHERE conversation = ?1 AND seq = ?2 AND source_from = ?3 AND kind = ?4",
};
const struct db_statements event_statements = {DB_EVENT, STATEMENTS, sql};

const char *event_from_name(enum event_from from)
{
    static const char *const names[] = {"visitor", "bot", "agent", "system"};
    return names[from];
}

static bool too_long(const char *text, size_t ceiling)
{
    return text != NULL && strlen(text) > ceiling;
}

static bool event_fits(const struct event *e)
{
    return e->body_size <= STORE_BODY_BYTES && !too_long(e->cid, STORE_FIELD_BYTES) &&
           !too_long(e->source, STORE_FIELD_BYTES) && !too_long(e->entry, STORE_FIELD_BYTES) &&
           !too_long(e->outcome, STORE_FIELD_BYTES);
}

static void add(struct db *db, int64_t conversation, const struct event *e)
{
    db_change(db, &event_statements, ADD,
              DB_VALUES(db_int(conversation), db_int(e->seq), db_int(e->kind), db_int(e->from), db_text_or_null(e->cid),
                        db_blob(e->body, e->body_size), db_int(e->at_ms), db_id(e->user), db_real(e->confidence),
                        db_text_or_null(e->source), db_text_or_null(e->entry), db_int(e->edition), db_int(e->fallback),
                        db_int(e->ticket), db_text_or_null(e->outcome)));
}

bool events_fit(const struct event *events, size_t count)
{
    if (count > STORE_TURN_EVENTS)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!event_fits(&events[i]))
            return false;
    }
    return true;
}

void events_insert(struct db *db, int64_t conversation, int64_t last, struct event *events, size_t count,
                   int64_t ticket)
{
    for (size_t i = 0; i < count; i++) {
        events[i].seq = last + 1 + (int64_t)i;
        events[i].at_ms = db->now_ms;
        events[i].ticket = events[i].kind == EVENT_STATE ? ticket : 0;
        add(db, conversation, &events[i]);
    }
}

int64_t event_id(struct db *db, size_t at, size_t count)
{
    return sqlite3_last_insert_rowid(db->sqlite) - (int64_t)(count - 1 - at);
}

enum store_result event_append(struct db *db, int64_t conversation, struct event *events, size_t count, int64_t ticket,
                               int64_t *ret_first_seq, int64_t *ret_last_seq)
{
    if (!events_fit(events, count))
        return STORE_REFUSED;
    int64_t last = db_number(db, &event_statements, HEAD, -1, DB_VALUES(db_int(conversation)));
    if (last < 0)
        return STORE_MISSING;
    events_insert(db, conversation, last, events, count, ticket);
    *ret_first_seq = count > 0 ? last + 1 : 0;
    *ret_last_seq = last + (int64_t)count;
    db_change(db, &event_statements, ADVANCE,
              DB_VALUES(db_int(conversation), db_int(*ret_last_seq), db_int(db->now_ms)));
    return STORE_OK;
}

static void read_event(sqlite3_stmt *row, struct arena *arena, struct event *e)
{
    e->seq = sqlite3_column_int64(row, 0);
    e->kind = sqlite3_column_int(row, 1);
    e->from = sqlite3_column_int(row, 2);
    e->cid = db_column_text_or_null(row, 3, arena);
    e->body = db_column_bytes(row, 4, arena, &e->body_size);
    e->at_ms = sqlite3_column_int64(row, 5);
    e->user = sqlite3_column_int64(row, 6);
    e->confidence = sqlite3_column_double(row, 7);
    e->source = db_column_text_or_null(row, 8, arena);
    e->entry = db_column_text_or_null(row, 9, arena);
    e->edition = sqlite3_column_int64(row, 10);
    e->fallback = sqlite3_column_int(row, 11) != 0;
    e->ticket = sqlite3_column_int64(row, 12);
}

static enum store_result run_events(struct db *db, struct store_job *job)
{
    struct store_events *j = (struct store_events *)job;
    size_t limit = j->limit < STORE_EVENTS_MAX ? j->limit : STORE_EVENTS_MAX;
    j->event_count = 0;
    j->ret_more = false;
    if (db_number(db, &event_statements, HEAD, -1, DB_VALUES(db_int(j->conversation))) < 0)
        return STORE_MISSING;
    j->events = arena_array(job->arena, limit + 1, sizeof *j->events);
    if (j->events == NULL)
        return STORE_UNAVAILABLE;
    /* One row more than asked for tells whether there are more. */
    sqlite3_stmt *row = db_query(db, &event_statements, AFTER,
                                 DB_VALUES(db_int(j->conversation), db_int(j->after), db_int((int64_t)limit + 1)));
    while (db_next(db, row)) {
        if (j->event_count == limit)
            j->ret_more = true;
        else
            read_event(row, job->arena, &j->events[j->event_count++]);
    }
    return STORE_OK;
}
const struct store_job_kind store_events_kind = {
    .name = "events", .size = sizeof(struct store_events), .run = run_events};

static enum store_result run_rate(struct db *db, struct store_job *job)
{
    struct store_rate *j = (struct store_rate *)job;
    struct db_value conversation = db_int(j->conversation), seq = db_int(j->seq);
    if (db_number(db, &event_statements, RATED, 0,
                  DB_VALUES(conversation, seq, db_int(FROM_BOT), db_int(EVENT_MESSAGE))) == 0)
        return STORE_MISSING;
    db_change(db, &event_statements, RATE, DB_VALUES(conversation, seq, db_int(j->value), db_int(db->now_ms)));
    learn_rated(db, j->conversation, j->seq, j->value);
    return STORE_OK;
}
const struct store_job_kind store_rate_kind = {
    .name = "rate", .size = sizeof(struct store_rate), .writes = true, .run = run_rate};
