/* Users: the people of the desk. */
#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum { TAKEN, ADD, BY_NAME, BY_ID, ALL, SET, DROP_SESSIONS, STATEMENTS };
static const char *const sql[STATEMENTS] = {
    [TAKEN] = "SELECT id FROM user WHERE name = ?1",
    [ADD] = "INSERT INTO user (name, role, password_hash, departments, languages, disabled, created_ms) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [BY_NAME] = "SELECT " USER_COLUMNS " FROM user u WHERE u.name = ?1",
    [BY_ID] = "SELECT " USER_COLUMNS " FROM user u WHERE u.id = ?1",
    [ALL] = "SELECT " USER_COLUMNS " FROM user u ORDER BY u.name LIMIT ?1",
    [SET] = "UPDATE user SET password_hash = coalesce(?2, password_hash), disabled = iif(?3 < 0, disabled, ?3 <> 0) "
            "WHERE id = ?1",
    [DROP_SESSIONS] = "DELETE FROM session WHERE user = ?1",
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
}

static bool user_fits(const struct user *u)
{
    const char *const fields[] = {u->name, u->role, u->password_hash, u->departments, u->languages};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (fields[i] != NULL && strlen(fields[i]) > STORE_FIELD_BYTES)
            return false;
    }
    return u->name != NULL && *u->name != '\0' && u->role != NULL && u->password_hash != NULL;
}

static enum store_result run_add(struct db *db, struct store_job *job)
{
    struct user *u = &((struct store_user_add *)job)->user;
    if (!user_fits(u) || db_number(db, &user_statements, TAKEN, 0, DB_VALUES(db_text(u->name))) != 0)
        return STORE_REFUSED;
    db_change(db, &user_statements, ADD,
              DB_VALUES(db_text(u->name), db_text(u->role), db_text(u->password_hash), db_text(u->departments),
                        db_text(u->languages), db_int(u->disabled), db_int(db->now_ms)));
    u->id = sqlite3_last_insert_rowid(db->sqlite);
    u->created_ms = db->now_ms;
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

static enum store_result run_set(struct db *db, struct store_job *job)
{
    struct store_user_set *j = (struct store_user_set *)job;
    if (j->password_hash != NULL && strlen(j->password_hash) > STORE_FIELD_BYTES)
        return STORE_REFUSED;
    int changed = db_change(db, &user_statements, SET,
                            DB_VALUES(db_int(j->id), db_text_or_null(j->password_hash), db_int(j->disabled)));
    db_change(db, &user_statements, DROP_SESSIONS, DB_VALUES(db_int(j->id)));
    return changed == 0 ? STORE_MISSING : STORE_OK;
}
const struct store_job_kind store_user_set_kind = {
    .name = "user_set", .size = sizeof(struct store_user_set), .writes = true, .run = run_set};
