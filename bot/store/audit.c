/* Who did what: lines that are only ever added, and read from the newest on. */
#include "store/families.h"
#include "store/kind.h"
#include "store/people.h"

#include <string.h>

enum { TRIM_EVERY = 1000 };

enum { ADD, TRIM, LIST, STATEMENTS };
static const char *const sql[STATEMENTS] = {
    [ADD] = "INSERT INTO audit (at_ms, user, act, detail, address) VALUES (?1, ?2, ?3, ?4, ?5)",
    [TRIM] = "DELETE FROM audit WHERE id <= ?1",
    [LIST] = ("SELECT a.id, a.at_ms, a.user, coalesce(u.name, ''), a.act, a.detail, a.address FROM audit a "
              "LEFT JOIN user u ON u.id = a.user WHERE a.id < ?1 ORDER BY a.id DESC LIMIT ?2"),
};
const struct db_statements audit_statements = {DB_AUDIT, STATEMENTS, sql};

void audit_add(struct db *db, const struct audit_by *by, const char *act, const char *detail)
{
    db_change(db, &audit_statements, ADD,
              DB_VALUES(db_int(db->now_ms), db_int(by->user), db_text(act), db_text(detail), db_text(by->address)));
    int64_t id = db->error == 0 ? sqlite3_last_insert_rowid(db->sqlite) : 0;
    if (id > AUDIT_LINES_MAX && id % TRIM_EVERY == 0)
        db_change(db, &audit_statements, TRIM, DB_VALUES(db_int(id - AUDIT_LINES_MAX)));
}

static bool short_enough(const char *text)
{
    return text == NULL || strlen(text) <= STORE_FIELD_BYTES;
}

static enum store_result run_audit(struct db *db, struct store_job *job)
{
    struct store_audit *j = (struct store_audit *)job;
    if (j->act == NULL || !short_enough(j->act) || !short_enough(j->detail) || !short_enough(j->address))
        return STORE_REFUSED;
    audit_add(db, &(struct audit_by){j->user, j->address}, j->act, j->detail);
    return STORE_OK;
}
const struct store_job_kind store_audit_kind = {
    .name = "audit", .size = sizeof(struct store_audit), .writes = true, .run = run_audit};

static enum store_result run_list(struct db *db, struct store_job *job)
{
    struct store_audit_list *j = (struct store_audit_list *)job;
    size_t limit = j->limit < AUDIT_PAGE_MAX ? j->limit : AUDIT_PAGE_MAX, count = 0;
    int64_t before = j->before > 0 ? j->before : INT64_MAX;
    struct audit_row *rows = arena_alloc(job->arena, (limit + 1) * sizeof *rows);
    if (rows == NULL)
        return STORE_UNAVAILABLE;
    sqlite3_stmt *row = db_query(db, &audit_statements, LIST, DB_VALUES(db_int(before), db_int((int64_t)limit + 1)));
    for (; db_next(db, row); count++)
        rows[count] = (struct audit_row){.id = sqlite3_column_int64(row, 0),
                                         .at_ms = sqlite3_column_int64(row, 1),
                                         .user = sqlite3_column_int64(row, 2),
                                         .name = db_column_text(row, 3, job->arena),
                                         .act = db_column_text(row, 4, job->arena),
                                         .detail = db_column_text(row, 5, job->arena),
                                         .address = db_column_text(row, 6, job->arena)};
    j->ret_more = count > limit;
    j->rows = rows;
    j->count = count < limit ? count : limit;
    return STORE_OK;
}
const struct store_job_kind store_audit_list_kind = {
    .name = "audit_list", .size = sizeof(struct store_audit_list), .run = run_list};
