/* Reading, grouping and settling questions to learn from: see learn.h. */
#include "store/families.h"
#include "store/kind.h"
#include "store/learn_sql.h"

#include <string.h>

static void read_question(sqlite3_stmt *row, struct arena *arena, struct learn_question *ret)
{
    *ret = (struct learn_question){
        .id = sqlite3_column_int64(row, 0),
        .leader = sqlite3_column_int64(row, 1),
        .lang = db_column_text(row, 2, arena),
        .text = db_column_text(row, 3, arena),
        .fold = db_column_text(row, 4, arena),
        .state = (enum learn_state)learn_number_of(learn_state_names, LEARN_STATES, db_column_text(row, 5, arena)),
        .entry = db_column_text(row, 6, arena),
        .wording = db_column_text(row, 7, arena),
        .why = db_column_text(row, 8, arena),
        .first_ms = sqlite3_column_int64(row, 9),
        .last_ms = sqlite3_column_int64(row, 10),
        .settled_ms = sqlite3_column_int64(row, 11),
        .edition = sqlite3_column_int64(row, 12),
    };
}

static void read_notes(struct db *db, struct arena *arena, struct learn_question *q)
{
    sqlite3_stmt *row = db_query(db, &learn_statements, LEARN_SQL_NOTES, DB_VALUES(db_int(q->id)));
    while (db_next(db, row)) {
        struct learn_count *counts = db_grown(arena, q->counts, q->count_count, sizeof *counts);
        if (counts == NULL)
            continue; /* the arena has failed, and the job with it */
        q->counts = counts;
        counts[q->count_count++] = (struct learn_count){
            .outcome =
                (enum learn_outcome)learn_number_of(learn_outcome_names, LEARN_OUTCOMES, db_column_text(row, 0, arena)),
            .source =
                (enum learn_source)learn_number_of(learn_source_names, LEARN_SOURCES, db_column_text(row, 1, arena)),
            .entry = db_column_text(row, 2, arena),
            .count = sqlite3_column_int64(row, 3),
            .last_ms = sqlite3_column_int64(row, 4),
            .edition = sqlite3_column_int64(row, 5),
            .confidence = sqlite3_column_double(row, 6),
        };
    }
}

static void read_taught(struct db *db, struct arena *arena, struct learn_question *q)
{
    sqlite3_stmt *row =
        db_query(db, &learn_statements, LEARN_SQL_TAUGHT, DB_VALUES(db_int(q->id), db_int(LEARN_TAUGHT_MAX)));
    while (db_next(db, row)) {
        struct learn_taught *taught = db_grown(arena, q->taught, q->taught_count, sizeof *taught);
        if (taught == NULL)
            continue; /* as above */
        q->taught = taught;
        taught[q->taught_count++] = (struct learn_taught){.user = db_column_text(row, 0, arena),
                                                          .entry = db_column_text(row, 1, arena),
                                                          .answer = db_column_text(row, 2, arena),
                                                          .at_ms = sqlite3_column_int64(row, 3)};
    }
}

static void read_counters(struct db *db, struct store_learn_list *j)
{
    sqlite3_stmt *row = db_query(db, &learn_statements, LEARN_SQL_COUNTERS, NULL, 0);
    while (db_next(db, row)) {
        j->ret_open = sqlite3_column_int64(row, 0);
        j->ret_missed = sqlite3_column_int64(row, 1);
        j->ret_missed_ms = sqlite3_column_int64(row, 2);
    }
}

/* A question whose notes were all taken back (a thumb that was turned) is not listed. */
static enum store_result run_list(struct db *db, struct store_job *job)
{
    struct store_learn_list *j = (struct store_learn_list *)job;
    size_t limit = j->limit > 0 && j->limit < LEARN_PAGE_MAX ? j->limit : LEARN_PAGE_MAX, read = 0;
    int64_t most = (int64_t)limit;
    sqlite3_stmt *row = j->id != 0       ? db_query(db, &learn_statements, LEARN_SQL_ONE, DB_VALUES(db_int(j->id)))
                        : j->leader != 0 ? db_query(db, &learn_statements, LEARN_SQL_MEMBERS,
                                                    DB_VALUES(db_int(j->leader), db_int(j->after), db_int(most)))
                                         : db_query(db, &learn_statements, LEARN_SQL_LIST,
                                                    DB_VALUES(db_int(j->after), db_int(j->settled), db_int(most)));
    j->count = 0;
    j->rows = arena_array(job->arena, limit, sizeof *j->rows);
    if (j->rows == NULL) {
        db_end(row);
        return STORE_UNAVAILABLE;
    }
    int64_t last = 0;
    for (; db_next(db, row); read++) {
        struct learn_question *q = &j->rows[j->count];
        read_question(row, job->arena, q);
        read_notes(db, job->arena, q);
        read_taught(db, job->arena, q);
        last = q->id;
        j->count += q->count_count > 0 || j->id != 0;
    }
    j->ret_last = read == limit ? last : 0;
    read_counters(db, j);
    return j->id != 0 && j->count == 0 ? STORE_MISSING : STORE_OK;
}
const struct store_job_kind store_learn_list_kind = {
    .name = "learn_list", .size = sizeof(struct store_learn_list), .run = run_list};

static enum store_result run_group(struct db *db, struct store_job *job)
{
    struct store_learn_group *j = (struct store_learn_group *)job;
    if (j->count > STORE_LIST_MAX)
        return STORE_REFUSED;
    for (size_t i = 0; i < j->count && db->error == 0; i++)
        db_change(db, &learn_statements, LEARN_SQL_GROUP,
                  DB_VALUES(db_int(j->rows[i].question), db_int(j->rows[i].leader)));
    return STORE_OK;
}
const struct store_job_kind store_learn_group_kind = {
    .name = "learn_group", .size = sizeof(struct store_learn_group), .writes = true, .run = run_group};

/* The question's group and whether it was open; -1 = it may not be settled so. */
static enum store_result may_settle(struct db *db, struct store_learn_settle *j, int64_t *ret_leader, bool *ret_open)
{
    enum store_result result = STORE_MISSING;
    sqlite3_stmt *row = db_query(db, &learn_statements, LEARN_SQL_STATE_OF, DB_VALUES(db_int(j->id)));
    while (db_next(db, row)) {
        const char *state = db_column_text(row, 0, j->job.arena), *wording = db_column_text(row, 1, j->job.arena);
        *ret_leader = sqlite3_column_int64(row, 2);
        *ret_open = strcmp(state, learn_state_names[LEARN_OPEN]) == 0;
        /* What was settled along with its group may still give a wording of its own. */
        bool along = strcmp(state, learn_state_names[LEARN_ACCEPTED]) == 0 && wording[0] == '\0';
        result = *ret_open || (along && j->state == LEARN_ACCEPTED) ? STORE_OK : STORE_REFUSED;
    }
    return result;
}

static enum store_result run_settle(struct db *db, struct store_job *job)
{
    struct store_learn_settle *j = (struct store_learn_settle *)job;
    int64_t leader = 0;
    bool open = false;
    if (!learn_text_fits(j->entry, STORE_FIELD_BYTES) || !learn_text_fits(j->wording, STORE_BODY_BYTES) ||
        !learn_text_fits(j->why, STORE_FIELD_BYTES) || j->state == LEARN_OPEN)
        return STORE_REFUSED;
    enum store_result result = may_settle(db, j, &leader, &open);
    if (result != STORE_OK)
        return result;
    struct db_value state = db_text(learn_state_names[j->state]), now = db_int(db->now_ms);
    db_change(db, &learn_statements, LEARN_SQL_SETTLE_ONE,
              DB_VALUES(db_int(j->id), state, db_text(j->entry), db_text(j->wording), db_text(j->why),
                        db_int(j->edition), now));
    int others =
        leader == 0
            ? 0
            : db_change(db, &learn_statements, LEARN_SQL_SETTLE_GROUP,
                        DB_VALUES(db_int(leader), state, db_text(j->entry), db_text(j->why), db_int(j->edition), now));
    j->ret_count = 1 + (size_t)(others > 0 ? others : 0);
    db_change(db, &learn_statements, LEARN_SQL_CHANGE_OPEN,
              DB_VALUES(db_int(-(others > 0 ? others : 0) - (open ? 1 : 0))));
    return STORE_OK;
}
const struct store_job_kind store_learn_settle_kind = {
    .name = "learn_settle", .size = sizeof(struct store_learn_settle), .writes = true, .run = run_settle};

static bool files_write(const struct store_job *job)
{
    return ((const struct store_learn_files *)job)->count > 0;
}

static enum store_result run_files(struct db *db, struct store_job *job)
{
    struct store_learn_files *j = (struct store_learn_files *)job;
    if (j->count > STORE_SOURCES_MAX)
        return STORE_REFUSED;
    for (size_t i = 0; i < j->count && db->error == 0; i++)
        db_change(db, &learn_statements, LEARN_SQL_SEE_FILE,
                  DB_VALUES(db_text(j->files[i].path), db_int((int64_t)j->files[i].hash)));
    if (j->count > 0)
        return STORE_OK;
    bool found = false;
    sqlite3_stmt *row = db_query(db, &learn_statements, LEARN_SQL_FILE_SEEN, DB_VALUES(db_text(j->file.path)));
    while (db_next(db, row)) {
        found = true;
        j->file.hash = (uint64_t)sqlite3_column_int64(row, 0);
    }
    return found ? STORE_OK : STORE_MISSING;
}
const struct store_job_kind store_learn_files_kind = {.name = "learn_files",
                                                      .size = sizeof(struct store_learn_files),
                                                      .writes = true,
                                                      .writes_now = files_write,
                                                      .run = run_files};
