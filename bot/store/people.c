/* One-time codes, pictures and what a log-in asks: see people.h. */
#include "store/people.h"

#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum {
    LOGIN,
    LOGIN_DEVICE,
    LOGIN_ADDRESS,
    STEP_USE,
    RECOVER,
    CODES_LEFT,
    BEGIN,
    BEGUN,
    CONFIRM,
    CODES_DROP,
    CODE_ADD,
    SECRET,
    PICTURE,
    PICTURE_SET,
    PICTURE_DROP,
    PICTURE_VERSION,
    STATEMENTS
};
static const char *const sql[STATEMENTS] = {
    [LOGIN] = "SELECT " USER_COLUMNS ", u.totp_secret FROM user u WHERE u.name = ?1",
    [LOGIN_DEVICE] = "SELECT id FROM device WHERE user = ?1 AND hash = ?2",
    [LOGIN_ADDRESS] = "SELECT 1 FROM device WHERE user = ?1 AND address = ?2 LIMIT 1",
    [STEP_USE] = "UPDATE user SET totp_step = ?2 WHERE id = ?1 AND totp_step < ?2 AND totp_secret IS NOT NULL",
    [RECOVER] = "DELETE FROM recovery_code WHERE user = ?1 AND hash = ?2",
    [CODES_LEFT] = "SELECT count(*) FROM recovery_code WHERE user = ?1",
    [BEGIN] = "UPDATE user SET totp_begun = ?2 WHERE id = ?1",
    [BEGUN] = "SELECT totp_begun FROM user WHERE id = ?1 AND totp_begun IS NOT NULL",
    [CONFIRM] = "UPDATE user SET totp_secret = totp_begun, totp_begun = NULL, totp_step = ?3 "
                "WHERE id = ?1 AND totp_begun = ?2",
    [CODES_DROP] = "DELETE FROM recovery_code WHERE user = ?1",
    [CODE_ADD] = "INSERT INTO recovery_code (user, hash) VALUES (?1, ?2)",
    [SECRET] = "SELECT totp_secret FROM user WHERE id = ?1",
    [PICTURE] = "SELECT p.type, p.bytes, u.picture_version FROM user_picture p JOIN user u ON u.id = p.user "
                "WHERE p.user = ?1 AND u.disabled = 0",
    [PICTURE_SET] = "INSERT INTO user_picture (user, type, bytes) VALUES (?1, ?2, ?3) "
                    "ON CONFLICT (user) DO UPDATE SET type = excluded.type, bytes = excluded.bytes",
    [PICTURE_DROP] = "DELETE FROM user_picture WHERE user = ?1",
    [PICTURE_VERSION] = "UPDATE user SET picture_version = iif(?2, max(picture_version + 1, ?3), 0) WHERE id = ?1 "
                        "RETURNING picture_version",
};
const struct db_statements people_statements = {DB_PEOPLE, STATEMENTS, sql};

/* True where the column holds a secret. */
static bool read_secret(sqlite3_stmt *row, int column, unsigned char ret[TOTP_SECRET_BYTES])
{
    const void *bytes = sqlite3_column_blob(row, column);
    if (bytes == NULL || sqlite3_column_bytes(row, column) != TOTP_SECRET_BYTES)
        return false;
    memcpy(ret, bytes, TOTP_SECRET_BYTES);
    return true;
}

static enum store_result run_login(struct db *db, struct store_job *job)
{
    struct store_login *j = (struct store_login *)job;
    bool found = false;
    sqlite3_stmt *row = db_query(db, &people_statements, LOGIN, DB_VALUES(db_text(j->name)));
    while (db_next(db, row)) {
        found = true;
        user_row(row, job->arena, &j->user);
        read_secret(row, USER_COLUMN_COUNT, j->ret_secret);
    }
    /* Asked for nobody, too: a name that somebody has must not be told by the time. */
    struct db_value user = db_int(j->user.id);
    if (j->device != NULL)
        j->ret_device =
            db_number(db, &people_statements, LOGIN_DEVICE, 0, DB_VALUES(user, db_blob(j->device, TOKEN_HASH_BYTES)));
    j->ret_address_known =
        db_number(db, &people_statements, LOGIN_ADDRESS, 0, DB_VALUES(user, db_text(j->address))) != 0;
    return found ? STORE_OK : STORE_MISSING;
}
const struct store_job_kind store_login_kind = {.name = "login", .size = sizeof(struct store_login), .run = run_login};

/* --- one-time codes ---------------------------------------------------------------------------------- */

static struct db_value code(const struct store_totp *j, size_t at)
{
    return db_blob(j->codes[at], TOKEN_HASH_BYTES);
}

/* One statement both looks and takes: of several that come with the same code one is the first. */
static enum store_result totp_use(struct db *db, struct store_totp *j)
{
    int used = db_change(db, &people_statements, STEP_USE, DB_VALUES(db_int(j->user), db_int(j->step)));
    return used > 0 ? STORE_OK : STORE_REFUSED;
}

static enum store_result totp_recover(struct db *db, struct store_totp *j)
{
    if (db_change(db, &people_statements, RECOVER, DB_VALUES(db_int(j->user), code(j, 0))) <= 0)
        return STORE_REFUSED;
    j->ret_codes_left = db_number(db, &people_statements, CODES_LEFT, 0, DB_VALUES(db_int(j->user)));
    audit_add(db, &j->by, "recovery_code", "");
    return STORE_OK;
}

static enum store_result totp_begin(struct db *db, struct store_totp *j)
{
    int changed =
        db_change(db, &people_statements, BEGIN, DB_VALUES(db_int(j->user), db_blob(j->secret, sizeof j->secret)));
    return changed == 0 ? STORE_MISSING : STORE_OK;
}

static enum store_result totp_begun(struct db *db, struct store_totp *j)
{
    bool found = false;
    sqlite3_stmt *row = db_query(db, &people_statements, BEGUN, DB_VALUES(db_int(j->user)));
    while (db_next(db, row))
        found = read_secret(row, 0, j->secret);
    return found ? STORE_OK : STORE_MISSING;
}

static enum store_result totp_confirm(struct db *db, struct store_totp *j)
{
    if (db_change(db, &people_statements, CONFIRM,
                  DB_VALUES(db_int(j->user), db_blob(j->secret, sizeof j->secret), db_int(j->step))) == 0)
        return STORE_REFUSED;
    db_change(db, &people_statements, CODES_DROP, DB_VALUES(db_int(j->user)));
    for (size_t i = 0; i < RECOVERY_CODES; i++)
        db_change(db, &people_statements, CODE_ADD, DB_VALUES(db_int(j->user), code(j, i)));
    audit_add(db, &j->by, "totp_on", "");
    return STORE_OK;
}

static enum store_result run_totp(struct db *db, struct store_job *job)
{
    static enum store_result (*const acts[])(struct db *, struct store_totp *) = {
        [TOTP_USE] = totp_use,     [TOTP_RECOVER] = totp_recover, [TOTP_BEGIN] = totp_begin,
        [TOTP_BEGUN] = totp_begun, [TOTP_CONFIRM] = totp_confirm,
    };
    struct store_totp *j = (struct store_totp *)job;
    return acts[j->act](db, j);
}

static bool totp_writes(const struct store_job *job)
{
    return ((const struct store_totp *)job)->act != TOTP_BEGUN;
}
const struct store_job_kind store_totp_kind = {
    .name = "totp", .size = sizeof(struct store_totp), .writes_now = totp_writes, .run = run_totp};

static enum store_result run_account(struct db *db, struct store_job *job)
{
    struct store_account *j = (struct store_account *)job;
    bool found = false;
    sqlite3_stmt *row = db_query(db, &people_statements, SECRET, DB_VALUES(db_int(j->user)));
    while (db_next(db, row)) {
        found = true;
        j->ret_totp = read_secret(row, 0, j->secret);
    }
    j->ret_codes_left = db_number(db, &people_statements, CODES_LEFT, 0, DB_VALUES(db_int(j->user)));
    return found ? STORE_OK : STORE_MISSING;
}
const struct store_job_kind store_account_kind = {
    .name = "account", .size = sizeof(struct store_account), .run = run_account};

/* --- pictures ------------------------------------------------------------------------------------------ */

static enum store_result picture_set(struct db *db, struct store_picture *j)
{
    struct db_value user = db_int(j->user), there = db_int(j->size > 0);
    if (j->size > PICTURE_BYTES_MAX)
        return STORE_REFUSED;
    j->ret_version = db_number(db, &people_statements, PICTURE_VERSION, -1, DB_VALUES(user, there, db_int(db->now_ms)));
    if (j->ret_version < 0)
        return STORE_MISSING;
    if (j->size > 0)
        db_change(db, &people_statements, PICTURE_SET, DB_VALUES(user, db_text(j->type), db_blob(j->bytes, j->size)));
    else
        db_change(db, &people_statements, PICTURE_DROP, DB_VALUES(user));
    audit_add(db, &j->by, "picture", j->size > 0 ? "new" : "none");
    return STORE_OK;
}

static enum store_result run_picture(struct db *db, struct store_job *job)
{
    struct store_picture *j = (struct store_picture *)job;
    bool found = false;
    if (j->set)
        return picture_set(db, j);
    sqlite3_stmt *row = db_query(db, &people_statements, PICTURE, DB_VALUES(db_int(j->user)));
    while (db_next(db, row)) {
        found = true;
        j->type = db_column_text(row, 0, job->arena);
        j->bytes = db_column_bytes(row, 1, job->arena, &j->size);
        j->ret_version = sqlite3_column_int64(row, 2);
    }
    return found ? STORE_OK : STORE_MISSING;
}

static bool picture_writes(const struct store_job *job)
{
    return ((const struct store_picture *)job)->set;
}
const struct store_job_kind store_picture_kind = {
    .name = "picture", .size = sizeof(struct store_picture), .writes_now = picture_writes, .run = run_picture};
