/* Steps of tickets as those are told of them who want to know: cursors, and what lies behind them. See delivery.h. */
#include "store/delivery.h"
#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum { NEWEST, CURSOR, ENTER, NAMES, LEAVE, FORGET_ENDED, FORGET_LINKS, BEHIND, SAID, STATEMENTS };
static const char *const sql[STATEMENTS] = {
    [NEWEST] = "SELECT coalesce(max(id), 0) FROM ticket_event",
    [CURSOR] = "SELECT event FROM outlet_cursor WHERE consumer = ?1",
    [ENTER] = "INSERT INTO outlet_cursor (consumer, event) SELECT ?1, coalesce((SELECT max(id) FROM ticket_event), 0) "
              "WHERE true ON CONFLICT (consumer) DO NOTHING",
    [NAMES] = "SELECT consumer FROM outlet_cursor",
    [LEAVE] = "DELETE FROM outlet_cursor WHERE consumer = ?1",
    [FORGET_ENDED] = "DELETE FROM delivery WHERE state = ?1 AND ended_ms < ?2",
    [FORGET_LINKS] = "DELETE FROM return_link WHERE expires_ms < ?1",
    [BEHIND] =
        "SELECT e.id, e.at_ms, e.state, e.cause, e.department, e.before, e.owner, e.owner_before, u.name, e.ticket "
        "FROM ticket_event e LEFT JOIN user u ON u.id = e.owner WHERE e.id > ?1 ORDER BY e.id LIMIT ?2",
    /* The messages up to a moment, newest first. */
    [SAID] = "SELECT seq, source_from, body, at_ms FROM event WHERE conversation = ?1 AND kind = ?2 AND at_ms <= ?3 "
             "ORDER BY seq DESC LIMIT ?4",
};
const struct db_statements steps_statements = {DB_STEPS, STATEMENTS, sql};

int64_t steps_newest(struct db *db)
{
    return db_number(db, &steps_statements, NEWEST, 0, NULL, 0);
}

/* --- who is told -------------------------------------------------------------------------------- */

static bool is_named(const struct store_consumers *j, const char *name)
{
    for (size_t i = 0; i < j->count; i++)
        if (strcmp(j->names[i], name) == 0)
            return true;
    return false;
}

static void forget_old(struct db *db)
{
    const int64_t day = INT64_C(86400000);
    db_change(db, &steps_statements, FORGET_ENDED,
              DB_VALUES(db_text(delivery_state_name(DELIVERY_SENT)), db_int(db->now_ms - DELIVERY_SENT_DAYS * day)));
    db_change(db, &steps_statements, FORGET_ENDED,
              DB_VALUES(db_text(delivery_state_name(DELIVERY_DEAD)), db_int(db->now_ms - DELIVERY_DEAD_DAYS * day)));
    db_change(db, &steps_statements, FORGET_LINKS, DB_VALUES(db_int(db->now_ms)));
}

static enum store_result run_consumers(struct db *db, struct store_job *job)
{
    struct store_consumers *j = (struct store_consumers *)job;
    const char *gone[DELIVERY_CONSUMERS_MAX];
    size_t gone_count = 0;
    if (j->count > DELIVERY_CONSUMERS_MAX)
        return STORE_REFUSED;
    for (size_t i = 0; i < j->count; i++)
        if (strlen(j->names[i]) > DELIVERY_REF_BYTES)
            return STORE_REFUSED;
    sqlite3_stmt *row = db_query(db, &steps_statements, NAMES, NULL, 0);
    while (db_next(db, row)) {
        const char *name = db_column_text(row, 0, job->arena);
        if (!is_named(j, name) && gone_count < DELIVERY_CONSUMERS_MAX)
            gone[gone_count++] = name;
    }
    for (size_t i = 0; i < gone_count; i++)
        db_change(db, &steps_statements, LEAVE, DB_VALUES(db_text(gone[i])));
    for (size_t i = 0; i < j->count; i++)
        db_change(db, &steps_statements, ENTER, DB_VALUES(db_text(j->names[i])));
    forget_old(db);
    return STORE_OK;
}
const struct store_job_kind store_consumers_kind = {
    .name = "consumers", .size = sizeof(struct store_consumers), .writes = true, .run = run_consumers};

/* --- what they are told ------------------------------------------------------------------------- */

/* The last messages up to the step, put the right way round. */
static int read_said(struct db *db, struct arena *arena, struct ticket_step *s)
{
    struct event *all = arena_array(arena, STEP_SAID_MAX, sizeof *all);
    size_t at = STEP_SAID_MAX, bytes = 0;
    if (all == NULL)
        return -1;
    sqlite3_stmt *row = db_query(
        db, &steps_statements, SAID,
        DB_VALUES(db_int(s->ticket.conversation), db_int(EVENT_MESSAGE), db_int(s->at_ms), db_int(STEP_SAID_MAX + 1)));
    while (!s->said_cut && db_next(db, row)) {
        bytes += (size_t)sqlite3_column_bytes(row, 2);
        s->said_cut = at == 0 || bytes > STEP_SAID_BYTES;
        if (s->said_cut)
            break;
        struct event *e = &all[--at];
        e->seq = sqlite3_column_int64(row, 0);
        e->kind = EVENT_MESSAGE;
        e->from = (enum event_from)sqlite3_column_int(row, 1);
        e->body = db_column_bytes(row, 2, arena, &e->body_size);
        e->at_ms = sqlite3_column_int64(row, 3);
    }
    db_end(row);
    s->said = all + at;
    s->said_count = STEP_SAID_MAX - at;
    return 0;
}

static void read_step(sqlite3_stmt *row, struct arena *arena, struct ticket_step *s)
{
    s->id = sqlite3_column_int64(row, 0);
    s->at_ms = sqlite3_column_int64(row, 1);
    s->state = db_column_text(row, 2, arena);
    s->cause = db_column_text(row, 3, arena);
    s->department = db_column_text(row, 4, arena);
    s->before = db_column_text(row, 5, arena);
    s->owner = sqlite3_column_int64(row, 6);
    s->owner_before = sqlite3_column_int64(row, 7);
    s->owner_name = db_column_text(row, 8, arena);
    s->ticket.id = sqlite3_column_int64(row, 9);
}

static enum store_result run_steps(struct db *db, struct store_job *job)
{
    struct store_steps *j = (struct store_steps *)job;
    size_t limit = j->limit < STEPS_MAX ? j->limit : STEPS_MAX;
    j->count = 0;
    j->ret_from = db_number(db, &steps_statements, CURSOR, -1, DB_VALUES(db_text(j->consumer)));
    if (j->ret_from < 0)
        return STORE_MISSING;
    j->steps = arena_array(job->arena, limit + 1, sizeof *j->steps);
    if (j->steps == NULL)
        return STORE_UNAVAILABLE;
    sqlite3_stmt *row = db_query(db, &steps_statements, BEHIND, DB_VALUES(db_int(j->ret_from), db_int((int64_t)limit)));
    while (db_next(db, row))
        read_step(row, job->arena, &j->steps[j->count++]);
    for (size_t i = 0; i < j->count; i++) {
        struct ticket_step *s = &j->steps[i];
        if (!ticket_read(db, s->ticket.id, job->arena, &s->ticket))
            return STORE_UNAVAILABLE;
        if (j->with_said && strcmp(s->state, "closed") == 0 && read_said(db, job->arena, s) < 0)
            return STORE_UNAVAILABLE;
    }
    return STORE_OK;
}
const struct store_job_kind store_steps_kind = {.name = "steps", .size = sizeof(struct store_steps), .run = run_steps};
