/* The notice board's rows: see notice.h. */
#include "store/notice.h"

#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum { LIST, TEXTS, DEPARTMENT, LIVE, ADD, CHANGE, DROP, DROP_TEXTS, ADD_TEXT, DROP_OLD, STATEMENTS };
static const char *const sql[STATEMENTS] = {
    [LIST] = "SELECT n.id, n.from_ms, n.until_ms, n.changed_ms, n.user, coalesce(u.name, ''), n.department "
             "FROM notice n LEFT JOIN user u ON u.id = n.user WHERE n.until_ms > ?1 "
             "ORDER BY n.until_ms DESC, n.id DESC LIMIT ?2",
    [TEXTS] = "SELECT lang, line, text, wordings FROM notice_text WHERE notice = ?1 ORDER BY lang LIMIT ?2",
    [DEPARTMENT] = "SELECT department FROM notice WHERE id = ?1",
    [LIVE] = "SELECT count(*) FROM notice WHERE until_ms > ?1 AND id <> ?2",
    [ADD] = "INSERT INTO notice (user, department, from_ms, until_ms, changed_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
    [CHANGE] = "UPDATE notice SET user = ?2, department = ?3, from_ms = ?4, until_ms = ?5, changed_ms = ?6 "
               "WHERE id = ?1",
    [DROP] = "DELETE FROM notice WHERE id = ?1",
    [DROP_TEXTS] = "DELETE FROM notice_text WHERE notice = ?1",
    [ADD_TEXT] = "INSERT INTO notice_text (notice, lang, line, text, wordings) VALUES (?1, ?2, ?3, ?4, ?5)",
    [DROP_OLD] = "DELETE FROM notice WHERE until_ms <= ?1 AND id NOT IN "
                 "(SELECT id FROM notice ORDER BY until_ms DESC, id DESC LIMIT ?2)",
};
const struct db_statements notice_statements = {DB_NOTICE, STATEMENTS, sql};

/* --- reading ------------------------------------------------------------------------------------- */

static void read_texts(struct db *db, struct arena *arena, struct notice_row *n)
{
    struct notice_text *texts = arena_array(arena, NOTICE_LANGS_MAX, sizeof *texts);
    if (texts == NULL)
        return;
    sqlite3_stmt *row = db_query(db, &notice_statements, TEXTS, DB_VALUES(db_int(n->id), db_int(NOTICE_LANGS_MAX)));
    while (db_next(db, row))
        texts[n->text_count++] = (struct notice_text){db_column_text(row, 0, arena), db_column_text(row, 1, arena),
                                                      db_column_text(row, 2, arena), db_column_text(row, 3, arena)};
    n->texts = texts;
}

static enum store_result run_list(struct db *db, struct store_job *job)
{
    struct store_notices *j = (struct store_notices *)job;
    j->count = 0;
    j->rows = arena_array(job->arena, NOTICES_KEPT, sizeof *j->rows);
    if (j->rows == NULL)
        return STORE_UNAVAILABLE;
    sqlite3_stmt *row =
        db_query(db, &notice_statements, LIST, DB_VALUES(db_int(j->live ? db->now_ms : -1), db_int(NOTICES_KEPT)));
    while (db_next(db, row))
        j->rows[j->count++] = (struct notice_row){.id = sqlite3_column_int64(row, 0),
                                                  .from_ms = sqlite3_column_int64(row, 1),
                                                  .until_ms = sqlite3_column_int64(row, 2),
                                                  .changed_ms = sqlite3_column_int64(row, 3),
                                                  .user = sqlite3_column_int64(row, 4),
                                                  .user_name = db_column_text(row, 5, job->arena),
                                                  .department = db_column_text(row, 6, job->arena)};
    for (size_t i = 0; i < j->count; i++)
        read_texts(db, job->arena, &j->rows[i]);
    return STORE_OK;
}
const struct store_job_kind store_notices_kind = {
    .name = "notices", .size = sizeof(struct store_notices), .run = run_list};

/* --- writing ------------------------------------------------------------------------------------- */

static size_t lines_of(const char *text)
{
    size_t count = text[0] != '\0';
    for (; *text != '\0'; text++)
        count += *text == '\n';
    return count;
}

static bool text_fits(const struct notice_text *t)
{
    return t->lang[0] != '\0' && strlen(t->lang) <= STORE_FIELD_BYTES && t->line[0] != '\0' &&
           strlen(t->line) <= NOTICE_LINE_BYTES && strchr(t->line, '\n') == NULL &&
           strlen(t->text) <= NOTICE_TEXT_BYTES && strlen(t->wordings) <= NOTICE_WORDINGS_BYTES &&
           lines_of(t->wordings) <= NOTICE_WORDINGS_MAX;
}

static bool fits(const struct notice_row *n)
{
    if (n->text_count == 0 || n->text_count > NOTICE_LANGS_MAX || n->until_ms <= n->from_ms || n->from_ms < 0 ||
        strlen(n->department) > STORE_FIELD_BYTES)
        return false;
    for (size_t i = 0; i < n->text_count; i++)
        if (!text_fits(&n->texts[i]))
            return false;
    return true;
}

/* Whether there is such a notice, and it is of a department that the user may touch. */
static bool may_touch(struct db *db, const struct store_notice_save *j)
{
    bool found = false;
    sqlite3_stmt *row = db_query(db, &notice_statements, DEPARTMENT, DB_VALUES(db_int(j->row.id)));
    while (db_next(db, row)) {
        const char *department = db_column_text(row, 0, j->job.arena);
        found = department[0] == '\0' || ticket_in_departments(j->departments, department);
    }
    return found;
}

static enum store_result run_save(struct db *db, struct store_job *job)
{
    struct store_notice_save *j = (struct store_notice_save *)job;
    struct notice_row *n = &j->row;
    if (n->id != 0 && !may_touch(db, j))
        return STORE_MISSING;
    if (j->remove)
        return db_change(db, &notice_statements, DROP, DB_VALUES(db_int(n->id))) == 1 ? STORE_OK : STORE_MISSING;
    if (!fits(n) ||
        db_number(db, &notice_statements, LIVE, 0, DB_VALUES(db_int(db->now_ms), db_int(n->id))) >= NOTICES_MAX)
        return STORE_REFUSED;
    struct db_value user = db_int(n->user), department = db_text(n->department), from = db_int(n->from_ms),
                    until = db_int(n->until_ms), now = db_int(n->changed_ms = db->now_ms);
    if (n->id == 0) {
        db_change(db, &notice_statements, ADD, DB_VALUES(user, department, from, until, now));
        n->id = sqlite3_last_insert_rowid(db->sqlite);
    } else {
        db_change(db, &notice_statements, CHANGE, DB_VALUES(db_int(n->id), user, department, from, until, now));
        db_change(db, &notice_statements, DROP_TEXTS, DB_VALUES(db_int(n->id)));
    }
    for (size_t i = 0; i < n->text_count; i++) {
        const struct notice_text *t = &n->texts[i];
        db_change(db, &notice_statements, ADD_TEXT,
                  DB_VALUES(db_int(n->id), db_text(t->lang), db_text(t->line), db_text(t->text), db_text(t->wordings)));
    }
    db_change(db, &notice_statements, DROP_OLD, DB_VALUES(now, db_int(NOTICES_KEPT)));
    return STORE_OK;
}
const struct store_job_kind store_notice_save_kind = {
    .name = "notice_save", .size = sizeof(struct store_notice_save), .writes = true, .run = run_save};
