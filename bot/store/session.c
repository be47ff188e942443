/* Sessions of the desk, by the hash of their token. */
#include "store/families.h"
#include "store/kind.h"

enum { MAKE, FIND, DROP, EXPIRE, STATEMENTS };
static const char *const sql[STATEMENTS] = {
    [MAKE] = "INSERT INTO session (token_hash, user, expires_ms) VALUES (?1, ?2, ?3)",
    [FIND] = "SELECT " USER_COLUMNS ", s.expires_ms FROM session s JOIN user u ON u.id = s.user "
             "WHERE s.token_hash = ?1 AND s.expires_ms > ?2 AND u.disabled = 0",
    [DROP] = "DELETE FROM session WHERE token_hash = ?1",
    [EXPIRE] = "DELETE FROM session WHERE expires_ms <= ?1",
};
const struct db_statements session_statements = {DB_SESSION, STATEMENTS, sql};

static enum store_result make(struct db *db, struct store_session *j)
{
    db_change(db, &session_statements, EXPIRE, DB_VALUES(db_int(db->now_ms)));
    db_change(db, &session_statements, MAKE,
              DB_VALUES(db_blob(j->token_hash, sizeof j->token_hash), db_int(j->user_id), db_int(j->expires_ms)));
    return STORE_OK;
}

static enum store_result find(struct db *db, struct store_session *j)
{
    bool found = false;
    sqlite3_stmt *row = db_query(db, &session_statements, FIND,
                                 DB_VALUES(db_blob(j->token_hash, sizeof j->token_hash), db_int(db->now_ms)));
    while (db_next(db, row)) {
        found = true;
        user_row(row, j->job.arena, &j->user);
        j->user_id = j->user.id;
        j->expires_ms = sqlite3_column_int64(row, 8);
    }
    return found ? STORE_OK : STORE_MISSING;
}

static enum store_result drop(struct db *db, struct store_session *j)
{
    int dropped = db_change(db, &session_statements, DROP, DB_VALUES(db_blob(j->token_hash, sizeof j->token_hash)));
    return dropped == 0 ? STORE_MISSING : STORE_OK;
}

static enum store_result run_session(struct db *db, struct store_job *job)
{
    static enum store_result (*const acts[])(struct db *, struct store_session *) = {
        [SESSION_MAKE] = make, [SESSION_FIND] = find, [SESSION_DROP] = drop};
    struct store_session *j = (struct store_session *)job;
    return acts[j->act](db, j);
}

static bool session_writes(const struct store_job *job)
{
    return ((const struct store_session *)job)->act != SESSION_FIND;
}
const struct store_job_kind store_session_kind = {
    .name = "session", .size = sizeof(struct store_session), .writes_now = session_writes, .run = run_session};
