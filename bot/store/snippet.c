/* Agents' own canned replies: see snippet.h. */
#include "store/snippet.h"

#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum { LIST, COUNT, TAKEN, ADD, CHANGE, DROP, STATEMENTS };
static const char *const sql[STATEMENTS] = {
    [LIST] = "SELECT id, name, text, changed_ms FROM snippet WHERE user = ?1 ORDER BY name LIMIT ?2",
    [COUNT] = "SELECT count(*) FROM snippet WHERE user = ?1",
    [TAKEN] = "SELECT id FROM snippet WHERE user = ?1 AND name = ?2 AND id <> ?3",
    [ADD] = "INSERT INTO snippet (user, name, text, changed_ms) VALUES (?1, ?2, ?3, ?4)",
    [CHANGE] = "UPDATE snippet SET name = ?3, text = ?4, changed_ms = ?5 WHERE user = ?1 AND id = ?2",
    [DROP] = "DELETE FROM snippet WHERE user = ?1 AND id = ?2",
};
const struct db_statements snippet_statements = {DB_SNIPPET, STATEMENTS, sql};

static enum store_result run_list(struct db *db, struct store_job *job)
{
    struct store_snippets *j = (struct store_snippets *)job;
    j->count = 0;
    j->rows = arena_array(job->arena, SNIPPETS_MAX, sizeof *j->rows);
    if (j->rows == NULL)
        return STORE_UNAVAILABLE;
    sqlite3_stmt *row = db_query(db, &snippet_statements, LIST, DB_VALUES(db_int(j->user), db_int(SNIPPETS_MAX)));
    while (db_next(db, row))
        j->rows[j->count++] = (struct snippet){.id = sqlite3_column_int64(row, 0),
                                               .name = db_column_text(row, 1, job->arena),
                                               .text = db_column_text(row, 2, job->arena),
                                               .changed_ms = sqlite3_column_int64(row, 3)};
    return STORE_OK;
}
const struct store_job_kind store_snippets_kind = {
    .name = "snippets", .size = sizeof(struct store_snippets), .run = run_list};

static bool fits(const struct snippet *s)
{
    return s->name != NULL && s->name[0] != '\0' && strlen(s->name) <= SNIPPET_NAME_BYTES && s->text != NULL &&
           s->text[0] != '\0' && strlen(s->text) <= SNIPPET_TEXT_BYTES;
}

static enum store_result run_save(struct db *db, struct store_job *job)
{
    struct store_snippet_save *j = (struct store_snippet_save *)job;
    struct snippet *s = &j->snippet;
    struct db_value user = db_int(j->user), id = db_int(s->id);
    if (j->remove)
        return db_change(db, &snippet_statements, DROP, DB_VALUES(user, id)) == 1 ? STORE_OK : STORE_MISSING;
    if (!fits(s) || db_number(db, &snippet_statements, TAKEN, 0, DB_VALUES(user, db_text(s->name), id)) != 0 ||
        (s->id == 0 && db_number(db, &snippet_statements, COUNT, 0, DB_VALUES(user)) >= SNIPPETS_MAX))
        return STORE_REFUSED;
    s->changed_ms = db->now_ms;
    if (s->id == 0) {
        db_change(db, &snippet_statements, ADD,
                  DB_VALUES(user, db_text(s->name), db_text(s->text), db_int(s->changed_ms)));
        s->id = sqlite3_last_insert_rowid(db->sqlite);
        return STORE_OK;
    }
    return db_change(db, &snippet_statements, CHANGE,
                     DB_VALUES(user, id, db_text(s->name), db_text(s->text), db_int(s->changed_ms))) == 1
               ? STORE_OK
               : STORE_MISSING;
}
const struct store_job_kind store_snippet_save_kind = {
    .name = "snippet_save", .size = sizeof(struct store_snippet_save), .writes = true, .run = run_save};
