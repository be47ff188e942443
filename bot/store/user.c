/* Users: the people of the desk. */
#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum { TAKEN, ADD, BY_NAME, BY_ID, ALL, SET, TOTP_OFF, CODES_OFF, DROP_SESSIONS, OTHER_ADMIN, STATEMENTS };
static const char *const sql[STATEMENTS] = {
    [TAKEN] = "SELECT id FROM user WHERE name = ?1",
    [ADD] = "INSERT INTO user (name, role, password_hash, departments, languages, disabled, created_ms, "
            "capacity, email) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [BY_NAME] = "SELECT " USER_COLUMNS " FROM user u WHERE u.name = ?1",
    [BY_ID] = "SELECT " USER_COLUMNS " FROM user u WHERE u.id = ?1",
    [ALL] = "SELECT " USER_COLUMNS " FROM user u ORDER BY u.name LIMIT ?1",
    [SET] = "UPDATE user SET password_hash = coalesce(?2, password_hash), disabled = iif(?3 < 0, disabled, ?3 <> 0), "
            "capacity = iif(?4 < 0, capacity, ?4), role = coalesce(?5, role), "
            "departments = coalesce(?6, departments), languages = coalesce(?7, languages), "
            "email = coalesce(?8, email) WHERE id = ?1",
    [TOTP_OFF] = "UPDATE user SET totp_secret = NULL, totp_begun = NULL WHERE id = ?1",
    [CODES_OFF] = "DELETE FROM recovery_code WHERE user = ?1",
    [DROP_SESSIONS] = "DELETE FROM session WHERE user = ?1 AND token_hash <> ?2",
    [OTHER_ADMIN] = "SELECT 1 FROM user WHERE role = 'admin' AND disabled = 0 AND id <> ?1 LIMIT 1",
};
const struct db_statements user_statements = {DB_USER, STATEMENTS, sql};

void user_row(sqlite3_stmt *row, struct arena *arena, struct user *u)
{
    u->id = sqlite3_column_int64(row, 0);
    u->name = db_column_text(row, 1, arena);
    u->role = db_column_text(row, 2, arena);
    u->password_hash = db_column_text(row, 3, arena);
    u->departments = db_column_text(row, 4, arena);
    u->languages = db_column_text(row, 5, arena);
    u->disabled = sqlite3_column_int(row, 6) != 0;
    u->created_ms = sqlite3_column_int64(row, 7);
    u->capacity = sqlite3_column_int(row, 8);
    u->email = db_column_text(row, 9, arena);
    u->picture_version = sqlite3_column_int64(row, 10);
    u->totp = sqlite3_column_int(row, 11) != 0;
}

static bool user_fits(const struct user *u)
{
    const char *const fields[] = {u->name, u->role, u->password_hash, u->departments, u->languages, u->email};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (fields[i] != NULL && strlen(fields[i]) > STORE_FIELD_BYTES)
            return false;
    }
    return u->name != NULL && *u->name != '\0' && u->role != NULL && u->password_hash != NULL;
}

static enum store_result run_add(struct db *db, struct store_job *job)
{
    struct store_user_add *j = (struct store_user_add *)job;
    struct user *u = &j->user;
    if (!user_fits(u) || db_number(db, &user_statements, TAKEN, 0, DB_VALUES(db_text(u->name))) != 0)
        return STORE_REFUSED;
    db_change(db, &user_statements, ADD,
              DB_VALUES(db_text(u->name), db_text(u->role), db_text(u->password_hash), db_text(u->departments),
                        db_text(u->languages), db_int(u->disabled), db_int(db->now_ms), db_int(u->capacity),
                        db_text(u->email)));
    u->id = sqlite3_last_insert_rowid(db->sqlite);
    u->created_ms = db->now_ms;
    audit_add(db, &j->by, "user_add", arena_printf(job->arena, "%s: %s", u->name, u->role));
    return STORE_OK;
}
const struct store_job_kind store_user_add_kind = {
    .name = "user_add", .size = sizeof(struct store_user_add), .writes = true, .run = run_add};

static enum store_result list_users(struct db *db, struct store_user_get *j)
{
    size_t count = 0;
    struct user *users = NULL;
    sqlite3_stmt *row = db_query(db, &user_statements, ALL, DB_VALUES(db_int(STORE_LIST_MAX)));
    for (; db_next(db, row); count++) {
        users = db_grown(j->job.arena, users, count, sizeof *users);
        if (users == NULL) {
            db_end(row);
            return STORE_UNAVAILABLE;
        }
        user_row(row, j->job.arena, &users[count]);
    }
    j->users = users;
    j->count = count;
    return STORE_OK;
}

static enum store_result run_get(struct db *db, struct store_job *job)
{
    struct store_user_get *j = (struct store_user_get *)job;
    if (j->list)
        return list_users(db, j);
    sqlite3_stmt *row = j->name != NULL ? db_query(db, &user_statements, BY_NAME, DB_VALUES(db_text(j->name)))
                                        : db_query(db, &user_statements, BY_ID, DB_VALUES(db_int(j->id)));
    bool found = false;
    while (db_next(db, row)) {
        found = true;
        user_row(row, job->arena, &j->user);
    }
    return found ? STORE_OK : STORE_MISSING;
}
const struct store_job_kind store_user_get_kind = {
    .name = "user_get", .size = sizeof(struct store_user_get), .run = run_get};

/* --- changes ------------------------------------------------------------------------------------------ */

static bool set_fits(const struct store_user_set *j)
{
    const char *const fields[] = {j->password_hash, j->role, j->departments, j->languages, j->email};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (fields[i] != NULL && strlen(fields[i]) > STORE_FIELD_BYTES)
            return false;
    }
    return true;
}

/* Notes what is different from now on: "anna: agent > editor". */
static void note_text(struct db *db, const struct store_user_set *j, const struct user *before, const char *act,
                      const char *old, const char *now)
{
    if (now == NULL || strcmp(old, now) == 0)
        return;
    char *detail =
        arena_printf(j->job.arena, "%s: %s > %s", before->name, *old != '\0' ? old : "-", *now != '\0' ? now : "-");
    audit_add(db, &j->by, act, detail);
}

static void note_changes(struct db *db, const struct store_user_set *j, const struct user *before)
{
    note_text(db, j, before, "user_role", before->role, j->role);
    note_text(db, j, before, "user_departments", before->departments, j->departments);
    note_text(db, j, before, "user_languages", before->languages, j->languages);
    note_text(db, j, before, "user_email", before->email, j->email);
    if (j->capacity >= 0 && j->capacity != before->capacity)
        audit_add(db, &j->by, "user_capacity",
                  arena_printf(j->job.arena, "%s: %d > %d", before->name, before->capacity, j->capacity));
    if (j->disabled >= 0 && (j->disabled != 0) != before->disabled)
        audit_add(db, &j->by, j->disabled != 0 ? "user_disable" : "user_enable", before->name);
    if (j->password_hash != NULL)
        audit_add(db, &j->by, "user_password", before->name);
    if (j->totp_off && before->totp)
        audit_add(db, &j->by, "totp_off", before->name);
}

/* Whether nobody could give rights any more. */
static bool last_admin(struct db *db, const struct store_user_set *j, const struct user *before)
{
    bool was = strcmp(before->role, "admin") == 0 && !before->disabled;
    bool stays = (j->role == NULL || strcmp(j->role, "admin") == 0) && j->disabled <= 0;
    return was && !stays && db_number(db, &user_statements, OTHER_ADMIN, 0, DB_VALUES(db_int(j->id))) == 0;
}

static enum store_result run_set(struct db *db, struct store_job *job)
{
    struct store_user_set *j = (struct store_user_set *)job;
    struct user before = {.id = 0};
    if (!set_fits(j))
        return STORE_REFUSED;
    sqlite3_stmt *row = db_query(db, &user_statements, BY_ID, DB_VALUES(db_int(j->id)));
    while (db_next(db, row))
        user_row(row, job->arena, &before);
    if (before.id == 0)
        return STORE_MISSING;
    j->ret_last_admin = last_admin(db, j, &before);
    if (j->ret_last_admin)
        return STORE_REFUSED;
    db_change(db, &user_statements, SET,
              DB_VALUES(db_int(j->id), db_text_or_null(j->password_hash), db_int(j->disabled), db_int(j->capacity),
                        db_text_or_null(j->role), db_text_or_null(j->departments), db_text_or_null(j->languages),
                        db_text_or_null(j->email)));
    if (j->totp_off) {
        db_change(db, &user_statements, TOTP_OFF, DB_VALUES(db_int(j->id)));
        db_change(db, &user_statements, CODES_OFF, DB_VALUES(db_int(j->id)));
    }
    if (j->password_hash != NULL || j->disabled > 0)
        db_change(db, &user_statements, DROP_SESSIONS,
                  DB_VALUES(db_int(j->id), db_blob(j->keep, j->keep != NULL ? TOKEN_HASH_BYTES : 0)));
    note_changes(db, j, &before);
    return STORE_OK;
}
const struct store_job_kind store_user_set_kind = {
    .name = "user_set", .size = sizeof(struct store_user_set), .writes = true, .run = run_set};
