/* Browsers to be told: see push.h. */
#include "store/push.h"

#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum { ADD, TRIM, DROP, OF_USER, SERVING, PRESENCE, STATEMENTS };

/* Lists of a user are "a,b"; "" = all. */
#define SERVES(column, value) "(u." column " = '' OR instr(',' || u." column " || ',', ',' || " value " || ',') > 0)"
#define ROWS                                                                                                           \
    "SELECT p.id, p.user, p.endpoint, p.p256dh, p.auth, p.lang, p.presence FROM push p "                               \
    "JOIN user u ON u.id = p.user JOIN session s ON s.token_hash = p.session "                                         \
    "WHERE u.disabled = 0 AND s.expires_ms > ?1 AND "

static const char *const sql[STATEMENTS] = {
    [ADD] = "INSERT INTO push (user, session, endpoint, p256dh, auth, lang, created_ms) "
            "SELECT user, token_hash, ?2, ?3, ?4, ?5, ?6 FROM session WHERE token_hash = ?1 "
            "ON CONFLICT (endpoint) DO UPDATE SET user = excluded.user, session = excluded.session, "
            "p256dh = excluded.p256dh, auth = excluded.auth, lang = excluded.lang",
    [TRIM] = "DELETE FROM push WHERE user = (SELECT user FROM session WHERE token_hash = ?1) AND endpoint <> ?2 "
             "AND id NOT IN (SELECT id FROM push WHERE user = (SELECT user FROM session WHERE token_hash = ?1) "
             "AND endpoint <> ?2 ORDER BY id DESC LIMIT ?3 - 1)",
    [DROP] = "DELETE FROM push WHERE endpoint = ?1 AND (?2 = 0 OR user = ?2)",
    [OF_USER] = ROWS "p.user = ?2 ORDER BY p.id LIMIT ?3",
    [SERVING] = ROWS
    "u.role <> 'editor' AND " SERVES("departments", "?2") " AND " SERVES("languages", "?3") " ORDER BY p.id LIMIT ?4",
    [PRESENCE] = "UPDATE push SET presence = ?2 WHERE user = ?1 AND presence <> ?2",
};
const struct db_statements push_statements = {DB_PUSH, STATEMENTS, sql};

static bool fits(const struct push_row *r)
{
    return r->endpoint != NULL && r->p256dh != NULL && r->auth != NULL && r->lang != NULL &&
           strlen(r->endpoint) <= PUSH_ENDPOINT_BYTES && strlen(r->p256dh) <= 100 && strlen(r->auth) <= 32 &&
           strlen(r->lang) <= 16;
}

static enum store_result run_add(struct db *db, struct store_job *job)
{
    const struct store_push_add *j = (const struct store_push_add *)job;
    const struct push_row *r = &j->row;
    struct db_value session = db_blob(j->session, sizeof j->session);
    if (!fits(r))
        return STORE_REFUSED;
    int added = db_change(db, &push_statements, ADD,
                          DB_VALUES(session, db_text(r->endpoint), db_text(r->p256dh), db_text(r->auth),
                                    db_text(r->lang), db_int(db->now_ms)));
    if (added <= 0)
        return STORE_MISSING;
    db_change(db, &push_statements, TRIM, DB_VALUES(session, db_text(r->endpoint), db_int(PUSH_USER_MAX)));
    return STORE_OK;
}
const struct store_job_kind store_push_add_kind = {
    .name = "push_add", .size = sizeof(struct store_push_add), .writes = true, .run = run_add};

static enum store_result run_drop(struct db *db, struct store_job *job)
{
    const struct store_push_drop *j = (const struct store_push_drop *)job;
    int dropped = db_change(db, &push_statements, DROP, DB_VALUES(db_text(j->endpoint), db_int(j->user)));
    return dropped == 0 ? STORE_MISSING : STORE_OK;
}
const struct store_job_kind store_push_drop_kind = {
    .name = "push_drop", .size = sizeof(struct store_push_drop), .writes = true, .run = run_drop};

static enum store_result run_list(struct db *db, struct store_job *job)
{
    struct store_push_list *j = (struct store_push_list *)job;
    struct arena *arena = job->arena;
    sqlite3_stmt *row =
        j->user != 0
            ? db_query(db, &push_statements, OF_USER,
                       DB_VALUES(db_int(db->now_ms), db_int(j->user), db_int(PUSH_USER_MAX)))
            : db_query(db, &push_statements, SERVING,
                       DB_VALUES(db_int(db->now_ms), db_text(j->department), db_text(j->lang), db_int(PUSH_LIST_MAX)));
    while (db_next(db, row)) {
        j->rows = db_grown(arena, j->rows, j->count, sizeof *j->rows);
        if (j->rows == NULL) {
            db_end(row);
            return STORE_REFUSED;
        }
        j->rows[j->count++] = (struct push_row){.id = sqlite3_column_int64(row, 0),
                                                .user = sqlite3_column_int64(row, 1),
                                                .endpoint = db_column_text(row, 2, arena),
                                                .p256dh = db_column_text(row, 3, arena),
                                                .auth = db_column_text(row, 4, arena),
                                                .lang = db_column_text(row, 5, arena),
                                                .presence = sqlite3_column_int(row, 6)};
    }
    return STORE_OK;
}
const struct store_job_kind store_push_list_kind = {
    .name = "push_list", .size = sizeof(struct store_push_list), .run = run_list};

static enum store_result run_presence(struct db *db, struct store_job *job)
{
    const struct store_push_presence *j = (const struct store_push_presence *)job;
    db_change(db, &push_statements, PRESENCE, DB_VALUES(db_int(j->user), db_int(j->presence)));
    return STORE_OK;
}
const struct store_job_kind store_push_presence_kind = {
    .name = "push_presence", .size = sizeof(struct store_push_presence), .writes = true, .run = run_presence};
