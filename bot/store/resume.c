/* Conversations as they are resumed: by the visitor's token or by id. */
#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum { VISITOR, FIRST_TOKEN, ANY, BY_VISITOR, BY_ID, SET_WHO, STATEMENTS };

#define ROW_COLUMNS                                                                                                    \
    "SELECT c.id, c.visitor, c.last_seq, c.edition, c.who, c.lang, c.memory, c.page, t.id, t.owner, u.name, "          \
    "v.token_hash FROM conversation c JOIN visitor v ON v.id = c.visitor LEFT JOIN ticket t ON t.id = "                \
    "(SELECT id FROM ticket WHERE conversation = c.id AND state <> 'closed' ORDER BY state = 'message', id DESC) "     \
    "LEFT JOIN user u ON u.id = t.owner "

static const char *const sql[STATEMENTS] = {
    [VISITOR] = VISITOR_BY_TOKEN,
    [FIRST_TOKEN] = "SELECT token_hash FROM visitor WHERE id = ?1",
    [ANY] = "SELECT 1 FROM conversation WHERE visitor = ?1 LIMIT 1",
    [BY_VISITOR] = ROW_COLUMNS "WHERE c.visitor = ?1 AND c.who <> 3",
    [BY_ID] = ROW_COLUMNS "WHERE c.id = ?1",
    [SET_WHO] = "UPDATE conversation SET who = ?2, changed_ms = ?3 WHERE id = ?1 AND who NOT IN (3, ?2)",
};
const struct db_statements resume_statements = {DB_CONVERSATION, STATEMENTS, sql};

/* A closed conversation stays closed. */
void resume_set_who(struct db *db, int64_t conversation, int who)
{
    if (who >= 0)
        db_change(db, &resume_statements, SET_WHO, DB_VALUES(db_int(conversation), db_int(who), db_int(db->now_ms)));
}

static void read_row(sqlite3_stmt *row, struct arena *arena, struct conversation_row *c)
{
    c->id = sqlite3_column_int64(row, 0);
    c->visitor = sqlite3_column_int64(row, 1);
    c->last_seq = sqlite3_column_int64(row, 2);
    c->edition = sqlite3_column_int64(row, 3);
    c->who = sqlite3_column_int(row, 4);
    c->lang = db_column_text(row, 5, arena);
    c->memory = db_column_text(row, 6, arena);
    c->page = db_column_text(row, 7, arena);
    c->ticket = sqlite3_column_int64(row, 8);
    c->owner = sqlite3_column_int64(row, 9);
    c->owner_name = db_column_text(row, 10, arena);
    if (sqlite3_column_bytes(row, 11) == TOKEN_HASH_BYTES)
        memcpy(c->token_hash, sqlite3_column_blob(row, 11), TOKEN_HASH_BYTES);
}

static void read_first_token(struct db *db, struct store_load *j)
{
    sqlite3_stmt *row = db_query(db, &resume_statements, FIRST_TOKEN, DB_VALUES(db_int(j->ret_visitor)));
    while (db_next(db, row))
        if (sqlite3_column_bytes(row, 0) == TOKEN_HASH_BYTES)
            memcpy(j->row.token_hash, sqlite3_column_blob(row, 0), TOKEN_HASH_BYTES);
}

static enum store_result run_load(struct db *db, struct store_job *job)
{
    struct store_load *j = (struct store_load *)job;
    sqlite3_stmt *row;
    if (j->conversation != 0) {
        row = db_query(db, &resume_statements, BY_ID, DB_VALUES(db_int(j->conversation)));
    } else {
        j->ret_visitor =
            db_number(db, &resume_statements, VISITOR, 0, DB_VALUES(db_blob(j->token_hash, sizeof j->token_hash)));
        row = db_query(db, &resume_statements, BY_VISITOR, DB_VALUES(db_int(j->ret_visitor)));
    }
    bool found = false;
    while (db_next(db, row)) {
        found = true;
        read_row(row, job->arena, &j->row);
        j->ret_visitor = j->row.visitor;
    }
    if (!found && j->ret_visitor != 0) {
        read_first_token(db, j);
        /* A visitor is made with the first conversation: where there is none, they were erased. */
        j->ret_erased = db_number(db, &resume_statements, ANY, 0, DB_VALUES(db_int(j->ret_visitor))) == 0;
    }
    if (j->ret_visitor != 0 && call_values(db, j->ret_visitor, job->arena, &j->values, &j->value_count) < 0)
        return STORE_REFUSED;
    if (found && call_of(db, j->row.id, job->arena, &j->call) < 0)
        return STORE_REFUSED;
    return found ? STORE_OK : STORE_MISSING;
}
const struct store_job_kind store_load_kind = {.name = "load", .size = sizeof(struct store_load), .run = run_load};
