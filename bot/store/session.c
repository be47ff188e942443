/* Sessions of the desk, by the hash of their token, and the browsers that people have logged in with. */
#include "store/families.h"
#include "store/kind.h"
#include "store/people.h"

#include <string.h>

/* A browser that nobody has logged in with for so long is a stranger again. */
enum { DEVICE_DAYS = 180 };

enum { MAKE, FIND, TOUCH, DROP, USER_OF, DROP_OTHERS, EXPIRE, LIST, DEVICE, DEVICES_TRIM, STATEMENTS };
static const char *const sql[STATEMENTS] = {
    [MAKE] = "INSERT INTO session (token_hash, user, expires_ms, made_ms, seen_ms, address) "
             "VALUES (?1, ?2, ?3, ?4, ?4, ?5)",
    [FIND] = "SELECT " USER_COLUMNS ", s.expires_ms, s.seen_ms FROM session s JOIN user u ON u.id = s.user "
             "WHERE s.token_hash = ?1 AND s.expires_ms > ?2 AND s.seen_ms > ?3 AND u.disabled = 0",
    [TOUCH] = "UPDATE session SET seen_ms = ?2 WHERE token_hash = ?1",
    [DROP] = "DELETE FROM session WHERE token_hash = ?1",
    [USER_OF] = "SELECT user FROM session WHERE token_hash = ?1",
    [DROP_OTHERS] = "DELETE FROM session WHERE user = ?1 AND token_hash <> ?2",
    [EXPIRE] = "DELETE FROM session WHERE expires_ms <= ?1",
    [LIST] = "SELECT made_ms, seen_ms, expires_ms, address, token_hash = ?4 FROM session "
             "WHERE user = ?1 AND expires_ms > ?2 AND seen_ms > ?3 ORDER BY made_ms DESC LIMIT 100",
    [DEVICE] = "INSERT INTO device (hash, user, address, seen_ms) VALUES (?1, ?2, ?3, ?4) "
               "ON CONFLICT (user, hash) DO UPDATE SET address = excluded.address, seen_ms = excluded.seen_ms",
    [DEVICES_TRIM] = "DELETE FROM device WHERE seen_ms < ?2 OR (user = ?1 AND id NOT IN "
                     "(SELECT id FROM device WHERE user = ?1 ORDER BY seen_ms DESC, id DESC LIMIT ?3))",
};
const struct db_statements session_statements = {DB_SESSION, STATEMENTS, sql};

static struct db_value token(const struct store_session *j)
{
    return db_blob(j->token_hash, sizeof j->token_hash);
}

/* The moment since which it must have been seen. */
static int64_t seen_since(const struct db *db, int64_t idle_ms)
{
    return idle_ms > 0 ? db->now_ms - idle_ms : -1;
}

static enum store_result make(struct db *db, struct store_session *j)
{
    const int64_t old = db->now_ms - DEVICE_DAYS * INT64_C(86400000);
    if (j->address != NULL && strlen(j->address) > STORE_FIELD_BYTES)
        return STORE_REFUSED;
    db_change(db, &session_statements, EXPIRE, DB_VALUES(db_int(db->now_ms)));
    db_change(db, &session_statements, MAKE,
              DB_VALUES(token(j), db_int(j->user_id), db_int(j->expires_ms), db_int(db->now_ms), db_text(j->address)));
    if (j->device == NULL)
        return STORE_OK;
    db_change(
        db, &session_statements, DEVICE,
        DB_VALUES(db_blob(j->device, TOKEN_HASH_BYTES), db_int(j->user_id), db_text(j->address), db_int(db->now_ms)));
    db_change(db, &session_statements, DEVICES_TRIM,
              DB_VALUES(db_int(j->user_id), db_int(old), db_int(STORE_DEVICES_MAX)));
    return STORE_OK;
}

static enum store_result find(struct db *db, struct store_session *j)
{
    bool found = false;
    sqlite3_stmt *row = db_query(db, &session_statements, FIND,
                                 DB_VALUES(token(j), db_int(db->now_ms), db_int(seen_since(db, j->idle_ms))));
    while (db_next(db, row)) {
        found = true;
        user_row(row, j->job.arena, &j->user);
        j->user_id = j->user.id;
        j->expires_ms = sqlite3_column_int64(row, USER_COLUMN_COUNT);
        j->ret_seen_ms = sqlite3_column_int64(row, USER_COLUMN_COUNT + 1);
    }
    return found ? STORE_OK : STORE_MISSING;
}

static enum store_result touch(struct db *db, struct store_session *j)
{
    enum store_result result = find(db, j);
    if (result == STORE_OK)
        db_change(db, &session_statements, TOUCH, DB_VALUES(token(j), db_int(db->now_ms)));
    return result;
}

static enum store_result drop(struct db *db, struct store_session *j)
{
    j->user_id = db_number(db, &session_statements, USER_OF, 0, DB_VALUES(token(j)));
    j->ret_dropped = db_change(db, &session_statements, DROP, DB_VALUES(token(j)));
    return j->ret_dropped == 0 ? STORE_MISSING : STORE_OK;
}

static enum store_result drop_others(struct db *db, struct store_session *j)
{
    j->ret_dropped = db_change(db, &session_statements, DROP_OTHERS, DB_VALUES(db_int(j->user_id), token(j)));
    return STORE_OK;
}

static enum store_result run_session(struct db *db, struct store_job *job)
{
    static enum store_result (*const acts[])(struct db *, struct store_session *) = {
        [SESSION_MAKE] = make,
        [SESSION_FIND] = find,
        [SESSION_DROP] = drop,
        [SESSION_TOUCH] = touch,
        [SESSION_DROP_OTHERS] = drop_others,
    };
    struct store_session *j = (struct store_session *)job;
    return acts[j->act](db, j);
}

static bool session_writes(const struct store_job *job)
{
    return ((const struct store_session *)job)->act != SESSION_FIND;
}
const struct store_job_kind store_session_kind = {
    .name = "session", .size = sizeof(struct store_session), .writes_now = session_writes, .run = run_session};

static enum store_result run_list(struct db *db, struct store_job *job)
{
    struct store_sessions *j = (struct store_sessions *)job;
    struct session_row *rows = NULL;
    size_t count = 0;
    sqlite3_stmt *row = db_query(db, &session_statements, LIST,
                                 DB_VALUES(db_int(j->user), db_int(db->now_ms), db_int(seen_since(db, j->idle_ms)),
                                           db_blob(j->token_hash, sizeof j->token_hash)));
    for (; db_next(db, row); count++) {
        rows = db_grown(job->arena, rows, count, sizeof *rows);
        if (rows == NULL) {
            db_end(row);
            return STORE_UNAVAILABLE;
        }
        rows[count] = (struct session_row){.made_ms = sqlite3_column_int64(row, 0),
                                           .seen_ms = sqlite3_column_int64(row, 1),
                                           .expires_ms = sqlite3_column_int64(row, 2),
                                           .address = db_column_text(row, 3, job->arena),
                                           .own = sqlite3_column_int(row, 4) != 0};
    }
    j->rows = rows;
    j->count = count;
    return STORE_OK;
}
const struct store_job_kind store_sessions_kind = {
    .name = "sessions", .size = sizeof(struct store_sessions), .run = run_list};
