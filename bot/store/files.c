/* What is known of files: see files.h. */
#include "store/files.h"

#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum {
    VISITOR,
    ADD_VISITOR,
    OPEN_OF_VISITOR,
    THERE,
    BYTES_OF_CHAT,
    TOTAL,
    COUNT,
    ADD,
    DROP_OLDEST,
    FIND,
    GET,
    SEND,
    EXPIRE_UNSENT,
    EXPIRE,
    GONE,
    GONE_COUNT,
    FORGET,
    KNOWN,
    ERASE,
    STATEMENTS
};

#define COLUMNS "f.id, f.name, f.media, f.size, f.width, f.height, f.conversation, f.seq, f.user, f.made_ms"
/* Every token of a visitor, who is a number here. */
#define TOKENS(visitor)                                                                                                \
    "(SELECT token_hash FROM visitor WHERE id = " visitor                                                              \
    " UNION ALL SELECT token_hash FROM visitor_token WHERE visitor = " visitor ")"

static const char *const sql[STATEMENTS] = {
    [VISITOR] = VISITOR_BY_TOKEN,
    [ADD_VISITOR] = "INSERT INTO visitor (token_hash, created_ms) VALUES (?1, ?2)",
    [OPEN_OF_VISITOR] = "SELECT id FROM conversation WHERE visitor = ?1 AND who <> 3",
    [THERE] = "SELECT id FROM conversation WHERE id = ?1",
    [BYTES_OF_CHAT] = "SELECT coalesce((SELECT sum(size) FROM file WHERE conversation = ?1), 0) + "
                      "coalesce((SELECT sum(size) FROM file WHERE token_hash = ?2 AND seq IS NULL), 0)",
    [TOTAL] = "SELECT bytes FROM file_total",
    [COUNT] = "SELECT count(*) FROM file",
    [ADD] = "INSERT INTO file (id, token_hash, user, conversation, name, media, size, width, height, made_ms) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [DROP_OLDEST] =
        "DELETE FROM file WHERE id IN (SELECT id FROM file WHERE seq IS NULL AND token_hash IS ?1 AND user IS ?2 AND "
        "(?2 IS NULL OR conversation = ?3) ORDER BY made_ms DESC, id LIMIT -1 OFFSET ?4)",
    [FIND] = "SELECT " COLUMNS " FROM file f WHERE f.id = ?1 AND iif(?2 <> 0, f.user = ?2 AND f.conversation = ?4, "
             "f.token_hash = ?3 OR f.token_hash IN "
             "(SELECT v.token_hash FROM visitor v JOIN conversation c ON c.visitor = v.id WHERE c.id = ?4 UNION ALL "
             "SELECT t.token_hash FROM visitor_token t JOIN conversation c ON c.visitor = t.visitor WHERE c.id = ?4 "
             "UNION ALL SELECT v.token_hash FROM visitor v JOIN visitor_token t ON t.visitor = v.id "
             "WHERE t.token_hash = ?3))",
    [GET] = "SELECT " COLUMNS " FROM file f WHERE f.id = ?1 AND f.seq IS NOT NULL",
    [SEND] = "UPDATE file SET conversation = ?2, seq = ?3 WHERE id = ?1 AND seq IS NULL AND "
             "iif(?4 <> 0, user = ?4 AND conversation = ?2, token_hash IN " TOKENS("?5") ")",
    [EXPIRE_UNSENT] = "DELETE FROM file WHERE id IN (SELECT id FROM file WHERE seq IS NULL AND made_ms < ?1 LIMIT ?2)",
    [EXPIRE] = "DELETE FROM file WHERE id IN (SELECT id FROM file WHERE made_ms < ?1 LIMIT ?2)",
    [GONE] = "SELECT id FROM file_gone LIMIT ?1",
    [GONE_COUNT] = "SELECT count(*) FROM file_gone",
    [FORGET] = "DELETE FROM file_gone WHERE id = ?1",
    [KNOWN] = "SELECT 1 FROM file WHERE id = ?1",
    [ERASE] = "DELETE FROM file WHERE conversation = ?1 OR (seq IS NULL AND token_hash IN " TOKENS(
        "(SELECT visitor FROM conversation WHERE id = ?1)") ")",
};
const struct db_statements files_statements = {DB_FILES, STATEMENTS, sql};

bool file_is_id(const char *text)
{
    return text != NULL && strlen(text) == FILE_ID_BYTES && strspn(text, "0123456789abcdef") == FILE_ID_BYTES;
}

static int64_t number(struct db *db, size_t which)
{
    return db_number(db, &files_statements, which, 0, NULL, 0);
}

static bool fits(const struct file_row *row)
{
    return file_is_id(row->id) && row->name != NULL && row->name[0] != '\0' && strlen(row->name) <= FILE_NAME_MOST &&
           row->media != NULL && strlen(row->media) <= FILE_MEDIA_MOST && row->size > 0;
}

/* --- coming ----------------------------------------------------------------------------------------- */

/* The visitor's open conversation, 0 = none. Who uploads a file before saying anything is a visitor from then on, so
 * that the token is still theirs after a crash. */
static int64_t open_of(struct db *db, struct db_value token)
{
    int64_t visitor = db_number(db, &files_statements, VISITOR, 0, DB_VALUES(token));
    if (visitor == 0)
        db_change(db, &files_statements, ADD_VISITOR, DB_VALUES(token, db_int(db->now_ms)));
    return visitor != 0 ? db_number(db, &files_statements, OPEN_OF_VISITOR, 0, DB_VALUES(db_int(visitor))) : 0;
}

static enum store_result run_add(struct db *db, struct store_job *job)
{
    struct store_file_add *j = (struct store_file_add *)job;
    struct file_row *row = &j->row;
    bool agent = row->user != 0;
    struct db_value token = agent ? db_text_or_null(NULL) : db_blob(j->token_hash, sizeof j->token_hash);
    j->ret_why = FILE_REFUSED_NOT;
    if (!fits(row))
        return STORE_REFUSED;
    int64_t chat =
        agent ? db_number(db, &files_statements, THERE, 0, DB_VALUES(db_int(row->conversation))) : open_of(db, token);
    if (agent && chat == 0)
        return STORE_MISSING;
    int64_t there = db_number(db, &files_statements, BYTES_OF_CHAT, 0, DB_VALUES(db_int(chat), token));
    if (there + row->size > j->chat_bytes)
        j->ret_why = FILE_CHAT_FULL;
    else if (number(db, TOTAL) + row->size > j->all_bytes)
        j->ret_why = FILE_ALL_FULL;
    if (j->ret_why != FILE_REFUSED_NOT)
        return STORE_REFUSED;
    struct db_value user = db_id(row->user), conversation = db_id(agent ? chat : 0);
    row->made_ms = db->now_ms;
    db_change(db, &files_statements, ADD,
              DB_VALUES(db_text(row->id), token, user, conversation, db_text(row->name), db_text(row->media),
                        db_int(row->size), db_int(row->width), db_int(row->height), db_int(db->now_ms)));
    db_change(db, &files_statements, DROP_OLDEST, DB_VALUES(token, user, conversation, db_int(FILES_UNSENT_MAX)));
    return STORE_OK;
}
const struct store_job_kind store_file_add_kind = {
    .name = "file_add", .size = sizeof(struct store_file_add), .writes = true, .run = run_add};

bool files_send(struct db *db, const struct store_turn *j, int64_t seq)
{
    for (size_t i = 0; i < j->file_count; i++) {
        int changed = db_change(db, &files_statements, SEND,
                                DB_VALUES(db_text(j->files[i]), db_int(j->conversation), db_int(seq),
                                          db_int(j->events[0].user), db_int(j->ret_visitor)));
        if (changed != 1)
            return false;
    }
    return true;
}

/* --- reading ---------------------------------------------------------------------------------------- */

static void read_row(sqlite3_stmt *row, struct arena *arena, struct file_row *ret)
{
    *ret = (struct file_row){.id = db_column_text(row, 0, arena),
                             .name = db_column_text(row, 1, arena),
                             .media = db_column_text(row, 2, arena),
                             .size = sqlite3_column_int64(row, 3),
                             .width = sqlite3_column_int(row, 4),
                             .height = sqlite3_column_int(row, 5),
                             .conversation = sqlite3_column_int64(row, 6),
                             .seq = sqlite3_column_int64(row, 7),
                             .user = sqlite3_column_int64(row, 8),
                             .made_ms = sqlite3_column_int64(row, 9)};
}

static enum store_result run_find(struct db *db, struct store_job *job)
{
    struct store_files_find *j = (struct store_files_find *)job;
    if (j->id_count > FILES_OF_MESSAGE)
        return STORE_REFUSED;
    j->count = 0;
    j->rows = arena_array(job->arena, FILES_OF_MESSAGE, sizeof *j->rows);
    if (j->rows == NULL)
        return STORE_UNAVAILABLE;
    for (size_t i = 0; i < j->id_count; i++) {
        sqlite3_stmt *row = db_query(db, &files_statements, FIND,
                                     DB_VALUES(db_text(j->ids[i]), db_int(j->user),
                                               db_blob(j->token_hash, sizeof j->token_hash), db_int(j->conversation)));
        while (db_next(db, row))
            read_row(row, job->arena, &j->rows[j->count++]);
    }
    return STORE_OK;
}
const struct store_job_kind store_files_find_kind = {
    .name = "files_find", .size = sizeof(struct store_files_find), .run = run_find};

static enum store_result run_get(struct db *db, struct store_job *job)
{
    struct store_file_get *j = (struct store_file_get *)job;
    bool found = false;
    sqlite3_stmt *row = db_query(db, &files_statements, GET, DB_VALUES(db_text(j->id)));
    while (db_next(db, row)) {
        found = true;
        read_row(row, job->arena, &j->row);
    }
    return found ? STORE_OK : STORE_MISSING;
}
const struct store_job_kind store_file_get_kind = {
    .name = "file_get", .size = sizeof(struct store_file_get), .run = run_get};

static enum store_result run_known(struct db *db, struct store_job *job)
{
    struct store_files_known *j = (struct store_files_known *)job;
    for (size_t i = 0; i < j->id_count && i < FILES_AT_ONCE; i++)
        j->known[i] = db_number(db, &files_statements, KNOWN, 0, DB_VALUES(db_text(j->ids[i]))) != 0;
    return STORE_OK;
}
const struct store_job_kind store_files_known_kind = {
    .name = "files_known", .size = sizeof(struct store_files_known), .run = run_known};

static enum store_result run_total(struct db *db, struct store_job *job)
{
    struct store_files_total *j = (struct store_files_total *)job;
    j->ret_bytes = number(db, TOTAL);
    j->ret_count = number(db, COUNT);
    j->ret_gone = number(db, GONE_COUNT);
    return STORE_OK;
}
const struct store_job_kind store_files_total_kind = {
    .name = "files_total", .size = sizeof(struct store_files_total), .run = run_total};

/* --- going ------------------------------------------------------------------------------------------ */

static enum store_result run_expire(struct db *db, struct store_job *job)
{
    struct store_files_expire *j = (struct store_files_expire *)job;
    const struct db_value most = db_int(FILES_AT_ONCE);
    int unsent = db_change(db, &files_statements, EXPIRE_UNSENT, DB_VALUES(db_int(j->unsent_before_ms), most));
    int old = db_change(db, &files_statements, EXPIRE, DB_VALUES(db_int(j->before_ms), most));
    j->ret_count = unsent >= 0 && old >= 0 ? (size_t)unsent + (size_t)old : 0;
    return STORE_OK;
}
const struct store_job_kind store_files_expire_kind = {
    .name = "files_expire", .size = sizeof(struct store_files_expire), .writes = true, .run = run_expire};

static enum store_result run_gone(struct db *db, struct store_job *job)
{
    struct store_files_gone *j = (struct store_files_gone *)job;
    for (size_t i = 0; i < j->id_count; i++)
        db_change(db, &files_statements, FORGET, DB_VALUES(db_text(j->ids[i])));
    j->count = 0;
    j->rows = arena_array(job->arena, FILES_AT_ONCE, sizeof *j->rows);
    if (j->rows == NULL)
        return STORE_UNAVAILABLE;
    sqlite3_stmt *row = db_query(db, &files_statements, GONE, DB_VALUES(db_int(FILES_AT_ONCE)));
    while (db_next(db, row))
        j->rows[j->count++] = db_column_text(row, 0, job->arena);
    return STORE_OK;
}

static bool gone_writes(const struct store_job *job)
{
    return ((const struct store_files_gone *)job)->id_count > 0;
}
const struct store_job_kind store_files_gone_kind = {
    .name = "files_gone", .size = sizeof(struct store_files_gone), .writes_now = gone_writes, .run = run_gone};

void files_erase(struct db *db, int64_t conversation)
{
    db_change(db, &files_statements, ERASE, DB_VALUES(db_int(conversation)));
}

static enum store_result run_erase(struct db *db, struct store_job *job)
{
    files_erase(db, ((struct store_files_erase *)job)->conversation);
    return STORE_OK;
}
const struct store_job_kind store_files_erase_kind = {
    .name = "files_erase", .size = sizeof(struct store_files_erase), .writes = true, .run = run_erase};
