/* Webhooks under way and visitors' values: see call.h. */
#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum { PUT, DROP, FORGET, ALL, ONE, KEEP, VALUES_OF, STATEMENTS };

static const char *const sql[STATEMENTS] = {
    [PUT] = "INSERT INTO call (conversation, id, at_ms, body) VALUES (?1, ?2, ?3, ?4) "
            "ON CONFLICT (conversation) DO UPDATE SET id = excluded.id, at_ms = excluded.at_ms, body = excluded.body",
    [DROP] = "DELETE FROM call WHERE conversation = ?1 AND id = ?2",
    [FORGET] = "DELETE FROM call WHERE conversation IN (SELECT id FROM conversation WHERE who = 3)",
    [ALL] = "SELECT conversation, at_ms, id, body FROM call ORDER BY at_ms LIMIT ?1",
    [ONE] = "SELECT conversation, at_ms, id, body FROM call WHERE conversation = ?1",
    [KEEP] = "INSERT INTO visitor_value (visitor, name, value, changed_ms) SELECT ?1, ?2, ?3, ?4 "
             "WHERE (SELECT count(*) FROM visitor_value WHERE visitor = ?1 AND name <> ?2) < ?5 "
             "ON CONFLICT (visitor, name) DO UPDATE SET value = excluded.value, changed_ms = excluded.changed_ms",
    [VALUES_OF] = "SELECT name, value FROM visitor_value WHERE visitor = ?1 ORDER BY name LIMIT ?2",
};
const struct db_statements call_statements = {DB_CALL, STATEMENTS, sql};

bool call_fits(const struct store_turn *j)
{
    const struct call_new *c = j->call;
    if (c != NULL && (strlen(c->id) > CALL_ID_BYTES || strlen(c->body) > CALL_BODY_BYTES))
        return false;
    for (size_t i = 0; i < j->value_count; i++)
        if (strlen(j->values[i].name) > VISITOR_NAME_BYTES || strlen(j->values[i].value) > VISITOR_VALUE_BYTES)
            return false;
    return j->value_count <= VISITOR_VALUES_MAX;
}

bool call_ended(struct db *db, const struct store_turn *j)
{
    return j->ended_call == NULL ||
           db_change(db, &call_statements, DROP, DB_VALUES(db_int(j->conversation), db_text(j->ended_call))) == 1;
}

void call_keep(struct db *db, const struct store_turn *j)
{
    if (j->call != NULL)
        db_change(db, &call_statements, PUT,
                  DB_VALUES(db_int(j->conversation), db_text(j->call->id), db_int(db->now_ms), db_text(j->call->body)));
    for (size_t i = 0; i < j->value_count; i++)
        db_change(db, &call_statements, KEEP,
                  DB_VALUES(db_int(j->ret_visitor), db_text(j->values[i].name), db_text(j->values[i].value),
                            db_int(db->now_ms), db_int(VISITOR_VALUES_MAX)));
}

int call_values(struct db *db, int64_t visitor, struct arena *arena, const struct visitor_value **ret,
                size_t *ret_count)
{
    struct visitor_value *list = arena_array(arena, VISITOR_VALUES_MAX, sizeof *list);
    size_t count = 0;
    sqlite3_stmt *row =
        list != NULL ? db_query(db, &call_statements, VALUES_OF, DB_VALUES(db_int(visitor), db_int(VISITOR_VALUES_MAX)))
                     : NULL;
    while (row != NULL && db_next(db, row))
        list[count++] = (struct visitor_value){db_column_text(row, 0, arena), db_column_text(row, 1, arena)};
    *ret = list;
    *ret_count = count;
    return list != NULL ? 0 : -1;
}

static struct call_row read_call(sqlite3_stmt *row, struct arena *arena)
{
    return (struct call_row){sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1), db_column_text(row, 2, arena),
                             db_column_text(row, 3, arena)};
}

int call_of(struct db *db, int64_t conversation, struct arena *arena, const struct call_row **ret)
{
    sqlite3_stmt *row = db_query(db, &call_statements, ONE, DB_VALUES(db_int(conversation)));
    struct call_row *call = NULL;
    bool failed = false;
    while (db_next(db, row)) {
        call = arena_alloc(arena, sizeof *call);
        failed = call == NULL;
        if (call != NULL)
            *call = read_call(row, arena);
    }
    *ret = call;
    return failed ? -1 : 0;
}

static enum store_result run_calls(struct db *db, struct store_job *job)
{
    struct store_calls *j = (struct store_calls *)job;
    j->rows = arena_array(job->arena, STORE_CALLS_MAX, sizeof *j->rows);
    if (j->rows == NULL)
        return STORE_REFUSED;
    db_change(db, &call_statements, FORGET, NULL, 0);
    sqlite3_stmt *row = db_query(db, &call_statements, ALL, DB_VALUES(db_int(STORE_CALLS_MAX)));
    while (db_next(db, row))
        j->rows[j->count++] = read_call(row, job->arena);
    return STORE_OK;
}
const struct store_job_kind store_calls_kind = {
    .name = "calls", .size = sizeof(struct store_calls), .writes = true, .run = run_calls};
