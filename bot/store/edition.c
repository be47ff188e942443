/* Editions: their numbers, notes and sources, and which one is live. The bytes of a source are
 * kept once, however many editions have it. */
#include "store/families.h"
#include "store/kind.h"

#include "base/hash.h"

#include <string.h>

enum {
    ADD,
    FIND_SOURCE,
    ADD_SOURCE,
    LINK_SOURCE,
    UNLIVE,
    LIVE,
    LIST,
    USED,
    EXISTS,
    SOURCES,
    PRUNABLE,
    PRUNE,
    PRUNE_SOURCES,
    STATEMENTS
};
static const char *const sql[STATEMENTS] = {
    [ADD] = "INSERT INTO edition (made_ms, site_hash, note) VALUES (?1, ?2, ?3)",
    [FIND_SOURCE] = "SELECT id FROM source WHERE checksum = ?1 AND bytes = ?2",
    [ADD_SOURCE] = "INSERT INTO source (checksum, bytes) VALUES (?1, ?2)",
    [LINK_SOURCE] = "INSERT INTO edition_source (edition, path, source) VALUES (?1, ?2, ?3)",
    [UNLIVE] = "UPDATE edition SET live = 0 WHERE live = 1",
    [LIVE] = "UPDATE edition SET live = 1 WHERE number = ?1",
    [LIST] = "SELECT e.number, e.made_ms, e.site_hash, e.note, e.live, "
             "(SELECT count(*) FROM edition_source s WHERE s.edition = e.number) "
             "FROM edition e ORDER BY e.number DESC LIMIT ?1",
    [USED] = "SELECT number FROM edition e WHERE live = 0 AND EXISTS "
             "(SELECT 1 FROM conversation c WHERE c.edition = e.number AND c.who <> 3 AND c.changed_ms > ?1) "
             "ORDER BY number DESC LIMIT ?2",
    [EXISTS] = "SELECT 1 FROM edition WHERE number = ?1",
    [SOURCES] = "SELECT l.path, s.bytes FROM edition_source l JOIN source s ON s.id = l.source "
                "WHERE l.edition = ?1 ORDER BY l.path LIMIT ?2",
    [PRUNABLE] = "SELECT number FROM edition e WHERE live = 0 "
                 "AND number NOT IN (SELECT number FROM edition ORDER BY number DESC LIMIT ?1) "
                 "AND NOT EXISTS (SELECT 1 FROM conversation c WHERE c.edition = e.number AND c.who <> 3) "
                 "ORDER BY number LIMIT ?2",
    [PRUNE] = "DELETE FROM edition WHERE number = ?1",
    [PRUNE_SOURCES] = "DELETE FROM source WHERE id NOT IN (SELECT source FROM edition_source)",
};
const struct db_statements edition_statements = {DB_EDITION, STATEMENTS, sql};

static void add_source(struct db *db, int64_t edition, const struct store_source *s)
{
    struct db_value checksum = db_int((int64_t)hash_bytes(s->bytes, s->size)), bytes = db_blob(s->bytes, s->size);
    int64_t id = db_number(db, &edition_statements, FIND_SOURCE, 0, DB_VALUES(checksum, bytes));
    if (id == 0) {
        db_change(db, &edition_statements, ADD_SOURCE, DB_VALUES(checksum, bytes));
        id = sqlite3_last_insert_rowid(db->sqlite);
    }
    db_change(db, &edition_statements, LINK_SOURCE, DB_VALUES(db_int(edition), db_text(s->path), db_int(id)));
}

static void make_live(struct db *db, int64_t number)
{
    db_change(db, &edition_statements, UNLIVE, NULL, 0);
    db_change(db, &edition_statements, LIVE, DB_VALUES(db_int(number)));
}

static enum store_result run_add(struct db *db, struct store_job *job)
{
    struct store_edition_add *j = (struct store_edition_add *)job;
    if (j->source_count > STORE_SOURCES_MAX || (j->note != NULL && strlen(j->note) > STORE_FIELD_BYTES))
        return STORE_REFUSED;
    db_change(db, &edition_statements, ADD,
              DB_VALUES(db_int(db->now_ms), db_int((int64_t)j->site_hash), db_text(j->note)));
    int64_t number = sqlite3_last_insert_rowid(db->sqlite);
    for (size_t i = 0; i < j->source_count; i++) {
        const struct store_source *s = &j->sources[i];
        if (s->size > STORE_SOURCE_BYTES || strlen(s->path) > STORE_FIELD_BYTES)
            return STORE_REFUSED;
        add_source(db, number, s);
    }
    make_live(db, number);
    j->ret_number = number;
    return STORE_OK;
}
const struct store_job_kind store_edition_add_kind = {
    .name = "edition_add", .size = sizeof(struct store_edition_add), .writes = true, .run = run_add};

static enum store_result run_list(struct db *db, struct store_job *job)
{
    struct store_edition_list *j = (struct store_edition_list *)job;
    sqlite3_stmt *row = db_query(db, &edition_statements, LIST, DB_VALUES(db_int(STORE_LIST_MAX)));
    j->count = 0;
    while (db_next(db, row)) {
        j->rows = db_grown(job->arena, j->rows, j->count, sizeof *j->rows);
        if (j->rows == NULL) {
            db_end(row);
            return STORE_UNAVAILABLE;
        }
        struct edition_row *e = &j->rows[j->count++];
        e->number = sqlite3_column_int64(row, 0);
        e->made_ms = sqlite3_column_int64(row, 1);
        e->site_hash = (uint64_t)sqlite3_column_int64(row, 2);
        e->note = db_column_text(row, 3, job->arena);
        e->live = sqlite3_column_int(row, 4) != 0;
        e->source_count = (size_t)sqlite3_column_int64(row, 5);
    }
    return STORE_OK;
}
const struct store_job_kind store_edition_list_kind = {
    .name = "edition_list", .size = sizeof(struct store_edition_list), .run = run_list};

static enum store_result run_used(struct db *db, struct store_job *job)
{
    struct store_editions_used *j = (struct store_editions_used *)job;
    sqlite3_stmt *row =
        db_query(db, &edition_statements, USED, DB_VALUES(db_int(j->since_ms), db_int(STORE_EDITIONS_USED)));
    while (db_next(db, row))
        j->numbers[j->count++] = sqlite3_column_int64(row, 0);
    return STORE_OK;
}
const struct store_job_kind store_editions_used_kind = {
    .name = "editions used", .size = sizeof(struct store_editions_used), .run = run_used};

static bool edition_exists(struct db *db, int64_t number)
{
    return db_number(db, &edition_statements, EXISTS, 0, DB_VALUES(db_int(number))) == 1;
}

static enum store_result run_sources(struct db *db, struct store_job *job)
{
    struct store_edition_sources *j = (struct store_edition_sources *)job;
    j->count = 0;
    if (!edition_exists(db, j->number))
        return STORE_MISSING;
    sqlite3_stmt *row =
        db_query(db, &edition_statements, SOURCES, DB_VALUES(db_int(j->number), db_int(STORE_SOURCES_MAX)));
    while (db_next(db, row)) {
        j->sources = db_grown(job->arena, j->sources, j->count, sizeof *j->sources);
        if (j->sources == NULL) {
            db_end(row);
            return STORE_UNAVAILABLE;
        }
        struct store_source *s = &j->sources[j->count++];
        s->path = db_column_text(row, 0, job->arena);
        s->bytes = db_column_bytes(row, 1, job->arena, &s->size);
    }
    return STORE_OK;
}
const struct store_job_kind store_edition_sources_kind = {
    .name = "edition_sources", .size = sizeof(struct store_edition_sources), .run = run_sources};

static enum store_result run_choose(struct db *db, struct store_job *job)
{
    struct store_edition_choose *j = (struct store_edition_choose *)job;
    if (!edition_exists(db, j->number))
        return STORE_MISSING;
    make_live(db, j->number);
    return STORE_OK;
}
const struct store_job_kind store_edition_choose_kind = {
    .name = "edition_choose", .size = sizeof(struct store_edition_choose), .writes = true, .run = run_choose};

static enum store_result run_prune(struct db *db, struct store_job *job)
{
    struct store_edition_prune *j = (struct store_edition_prune *)job;
    sqlite3_stmt *row =
        db_query(db, &edition_statements, PRUNABLE, DB_VALUES(db_int((int64_t)j->keep), db_int(STORE_LIST_MAX)));
    j->count = 0;
    while (db_next(db, row)) {
        j->numbers = db_grown(job->arena, j->numbers, j->count, sizeof *j->numbers);
        if (j->numbers == NULL) {
            db_end(row);
            return STORE_UNAVAILABLE;
        }
        j->numbers[j->count++] = sqlite3_column_int64(row, 0);
    }
    for (size_t i = 0; i < j->count; i++)
        db_change(db, &edition_statements, PRUNE, DB_VALUES(db_int(j->numbers[i])));
    if (j->count > 0)
        db_change(db, &edition_statements, PRUNE_SOURCES, NULL, 0);
    return STORE_OK;
}
const struct store_job_kind store_edition_prune_kind = {
    .name = "edition_prune", .size = sizeof(struct store_edition_prune), .writes = true, .run = run_prune};
