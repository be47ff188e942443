/* The numbers of the desk: see live.h. */
#include "store/live.h"

#include "base/buf.h"
#include "store/families.h"
#include "store/kind.h"
#include "store/live_sql.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const struct live_definition live_numbers[LIVE_NUMBERS] = {
    [LIVE_CONVERSATIONS] = {"conversations", LIVE_COUNT, false, "conversations"},
    [LIVE_CONTAINED] = {"contained", LIVE_COUNT, false, "contained"},
    [LIVE_ASKED] = {"asked", LIVE_COUNT, false, "asked"},
    [LIVE_ANSWERED] = {"answered", LIVE_COUNT, false, "answered"},
    [LIVE_OFFERED] = {"offered", LIVE_COUNT, false, "offered"},
    [LIVE_REPHRASED] = {"rephrased", LIVE_COUNT, false, "rephrased"},
    [LIVE_PASSED_ON] = {"passed_on", LIVE_COUNT, false, "passed_on"},
    [LIVE_HANDED_OVER] = {"handed_over", LIVE_COUNT, true, "handed_over"},
    [LIVE_CALLBACKS] = {"callbacks", LIVE_COUNT, true, "callbacks"},
    [LIVE_MESSAGES] = {"messages", LIVE_COUNT, true, "messages"},
    [LIVE_ABANDONED] = {"abandoned", LIVE_COUNT, true, "abandoned"},
    [LIVE_JOINED] = {"joined", LIVE_COUNT, true, "joined"},
    [LIVE_WAITED_MEDIAN] = {"waited_median", LIVE_MS, true, "joined"},
    [LIVE_WAITED_P90] = {"waited_p90", LIVE_MS, true, "joined"},
    [LIVE_TOLD] = {"told", LIVE_COUNT, true, "told"},
    [LIVE_TOLD_LOW] = {"told_low", LIVE_MINUTES, true, "told"},
    [LIVE_TOLD_HIGH] = {"told_high", LIVE_MINUTES, true, "told"},
    [LIVE_TOLD_WAITED] = {"told_waited", LIVE_MS, true, "told"},
    [LIVE_TOLD_OVER] = {"told_over", LIVE_COUNT, true, "told_over"},
    [LIVE_HANDLED] = {"handled", LIVE_COUNT, true, "handled"},
    [LIVE_HANDLING] = {"handling", LIVE_MS, true, "handled"},
    [LIVE_RATED] = {"rated", LIVE_COUNT, true, "rated"},
    [LIVE_SATISFACTION] = {"satisfaction", LIVE_MARK, true, "rated"},
};

/* A mean is the sum of its number over the count of another; told apart, they can be added up by day. */
static const struct {
    enum live_number mean, over;
} means[] = {
    {LIVE_TOLD_LOW, LIVE_TOLD},    {LIVE_TOLD_HIGH, LIVE_TOLD},     {LIVE_TOLD_WAITED, LIVE_TOLD},
    {LIVE_HANDLING, LIVE_HANDLED}, {LIVE_SATISFACTION, LIVE_RATED},
};

static void finish(struct live_row *row)
{
    for (size_t i = 0; i < sizeof means / sizeof *means; i++) {
        double over = row->value[means[i].over];
        row->value[means[i].mean] = over > 0 ? row->value[means[i].mean] / over : -1;
    }
}

static void begin(struct live_row *row, const char *department)
{
    *row = (struct live_row){.department = department};
    row->value[LIVE_WAITED_MEDIAN] = row->value[LIVE_WAITED_P90] = -1;
}

/* The department's row, made where it is new; NULL = there are too many. */
static struct live_row *row_of(struct store_live *j, const char *department)
{
    for (size_t i = 0; i < j->department_count; i++) {
        if (strcmp(j->departments[i].department, department) == 0)
            return &j->departments[i];
    }
    if (j->department_count == LIVE_DEPARTMENTS_MAX)
        return NULL;
    j->departments = db_grown(j->job.arena, j->departments, j->department_count, sizeof *j->departments);
    if (j->departments == NULL)
        return NULL;
    begin(&j->departments[j->department_count], department);
    return &j->departments[j->department_count++];
}

/* Adds what was counted of a day and, where it is one's, of a department. */
static void add(struct store_live *j, int64_t day, const char *department, enum live_number number, double value)
{
    if (day < 0 || (size_t)day >= j->day_count)
        return;
    j->rows[day].value[number] += value;
    j->all.value[number] += value;
    struct live_row *row = department != NULL && *department != '\0' ? row_of(j, department) : NULL;
    if (row != NULL)
        row->value[number] += value;
}

/* --- what is counted -------------------------------------------------------------------------------- */

static void count_replies(struct db *db, struct store_live *j, struct db_value days)
{
    static const struct {
        const char *outcome;
        enum live_number number;
    } kinds[] = {
        {"answer", LIVE_ANSWERED}, {"offer", LIVE_OFFERED}, {"rephrase", LIVE_REPHRASED}, {"handoff", LIVE_PASSED_ON}};
    sqlite3_stmt *row = db_query(db, &live_statements, LIVE_SQL_REPLIES, DB_VALUES(days));
    while (db_next(db, row)) {
        const char *outcome = db_column_text(row, 1, j->job.arena);
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
            if (strcmp(kinds[i].outcome, outcome) != 0)
                continue;
            add(j, sqlite3_column_int64(row, 0), NULL, kinds[i].number, sqlite3_column_double(row, 2));
            add(j, sqlite3_column_int64(row, 0), NULL, LIVE_ASKED, sqlite3_column_double(row, 2));
        }
    }
}

static void count_conversations(struct db *db, struct store_live *j, struct db_value days)
{
    sqlite3_stmt *row =
        db_query(db, &live_statements, LIVE_SQL_CONVERSATIONS, DB_VALUES(days, db_int(db->now_ms - LIVE_ENDED_MS)));
    while (db_next(db, row)) {
        add(j, sqlite3_column_int64(row, 0), NULL, LIVE_CONVERSATIONS, sqlite3_column_double(row, 1));
        add(j, sqlite3_column_int64(row, 0), NULL, LIVE_CONTAINED, sqlite3_column_double(row, 2));
    }
}

/* Statements whose columns are the day, the department, and then numbers in this order. */
static void count_columns(struct db *db, struct store_live *j, struct db_value days, size_t statement,
                          const enum live_number *numbers, int count)
{
    sqlite3_stmt *row = db_query(db, &live_statements, statement, DB_VALUES(days));
    while (db_next(db, row)) {
        const char *department = db_column_text(row, 1, j->job.arena);
        for (int i = 0; i < count; i++)
            add(j, sqlite3_column_int64(row, 0), department, numbers[i], sqlite3_column_double(row, 2 + i));
    }
}

static void set_waits(struct live_row *row, sqlite3_stmt *from)
{
    row->value[LIVE_WAITED_MEDIAN] = sqlite3_column_double(from, 1);
    row->value[LIVE_WAITED_P90] = sqlite3_column_double(from, 2);
}

/* Ranks cannot be added up: by day, by department, and of all are three questions. */
static void count_waits(struct db *db, struct store_live *j, struct db_value days, struct db_value all)
{
    sqlite3_stmt *row = db_query(db, &live_statements, LIVE_SQL_WAITS, DB_VALUES(days, db_int(0)));
    while (db_next(db, row)) {
        if ((size_t)sqlite3_column_int64(row, 0) < j->day_count)
            set_waits(&j->rows[sqlite3_column_int64(row, 0)], row);
    }
    row = db_query(db, &live_statements, LIVE_SQL_WAITS, DB_VALUES(all, db_int(0)));
    while (db_next(db, row))
        set_waits(&j->all, row);
    row = db_query(db, &live_statements, LIVE_SQL_WAITS, DB_VALUES(all, db_int(1)));
    while (db_next(db, row)) {
        struct live_row *department = row_of(j, db_column_text(row, 0, j->job.arena));
        if (department != NULL)
            set_waits(department, row);
    }
}

static void count_entries(struct db *db, struct store_live *j)
{
    j->entries = arena_array(j->job.arena, LIVE_ENTRIES_MAX, sizeof *j->entries);
    sqlite3_stmt *row =
        db_query(db, &live_statements, LIVE_SQL_ENTRIES,
                 DB_VALUES(db_int(j->days[0]), db_int(j->days[j->day_count]), db_int(LIVE_ENTRIES_MAX)));
    while (j->entries != NULL && db_next(db, row))
        j->entries[j->entry_count++] = (struct live_entry){.entry = db_column_text(row, 0, j->job.arena),
                                                           .answered = sqlite3_column_int64(row, 1),
                                                           .thumbs_up = sqlite3_column_int64(row, 2),
                                                           .thumbs_down = sqlite3_column_int64(row, 3),
                                                           .handed_after = sqlite3_column_int64(row, 4)};
}

/* --- the jobs ----------------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct live_row *)a)->department, ((const struct live_row *)b)->department);
}

static const char *days_text(struct store_live *j)
{
    struct buf text;
    buf_init(&text, 64 * (LIVE_DAYS_MAX + 1));
    buf_putc(&text, '[');
    for (size_t i = 0; i < j->day_count; i++)
        buf_printf(&text, "%s[%" PRId64 ",%" PRId64 "]", i > 0 ? "," : "", j->days[i], j->days[i + 1]);
    buf_putc(&text, ']');
    const char *copy = arena_strdup(j->job.arena, text.data);
    buf_free(&text);
    return copy;
}

static enum store_result run_live(struct db *db, struct store_job *job)
{
    static const enum live_number of_tickets[] = {LIVE_HANDED_OVER, LIVE_CALLBACKS, LIVE_MESSAGES,    LIVE_ABANDONED,
                                                  LIVE_JOINED,      LIVE_HANDLED,   LIVE_HANDLING,    LIVE_TOLD,
                                                  LIVE_TOLD_LOW,    LIVE_TOLD_HIGH, LIVE_TOLD_WAITED, LIVE_TOLD_OVER};
    static const enum live_number of_ratings[] = {LIVE_RATED, LIVE_SATISFACTION};
    struct store_live *j = (struct store_live *)job;
    if (j->day_count == 0 || j->day_count > LIVE_DAYS_MAX)
        return STORE_REFUSED;
    struct db_value days = db_text(days_text(j));
    struct db_value all =
        db_text(arena_printf(job->arena, "[[%" PRId64 ",%" PRId64 "]]", j->days[0], j->days[j->day_count]));
    j->rows = arena_array(job->arena, j->day_count, sizeof *j->rows);
    if (j->rows == NULL)
        return STORE_UNAVAILABLE;
    begin(&j->all, "");
    for (size_t i = 0; i < j->day_count; i++)
        begin(&j->rows[i], "");
    count_replies(db, j, days);
    count_conversations(db, j, days);
    count_columns(db, j, days, LIVE_SQL_TICKETS, of_tickets, sizeof of_tickets / sizeof *of_tickets);
    count_columns(db, j, days, LIVE_SQL_RATED, of_ratings, sizeof of_ratings / sizeof *of_ratings);
    count_waits(db, j, days, all);
    count_entries(db, j);
    finish(&j->all);
    for (size_t i = 0; i < j->day_count; i++)
        finish(&j->rows[i]);
    for (size_t i = 0; i < j->department_count; i++)
        finish(&j->departments[i]);
    if (j->department_count > 1)
        qsort(j->departments, j->department_count, sizeof *j->departments, by_name);
    return STORE_OK;
}
const struct store_job_kind store_live_kind = {.name = "live", .size = sizeof(struct store_live), .run = run_live};

static enum store_result run_queue(struct db *db, struct store_job *job)
{
    struct store_live_queue *j = (struct store_live_queue *)job;
    sqlite3_stmt *row = db_query(db, &live_statements, LIVE_SQL_QUEUE, DB_VALUES(db_int(db->now_ms)));
    while (db_next(db, row)) {
        j->rows = db_grown(job->arena, j->rows, j->count, sizeof *j->rows);
        if (j->rows == NULL || j->count == LIVE_DEPARTMENTS_MAX) {
            db_end(row);
            return j->rows == NULL ? STORE_UNAVAILABLE : STORE_OK;
        }
        int64_t oldest = sqlite3_column_int64(row, 3);
        j->rows[j->count++] = (struct live_queue){.department = db_column_text(row, 0, job->arena),
                                                  .waiting = sqlite3_column_int64(row, 1),
                                                  .callbacks = sqlite3_column_int64(row, 2),
                                                  .longest_ms = oldest > 0 ? db->now_ms - oldest : 0,
                                                  .parked = sqlite3_column_int64(row, 4),
                                                  .with_agents = sqlite3_column_int64(row, 5),
                                                  .messages = sqlite3_column_int64(row, 6),
                                                  .overdue = sqlite3_column_int64(row, 7)};
    }
    return STORE_OK;
}
const struct store_job_kind store_live_queue_kind = {
    .name = "live_queue", .size = sizeof(struct store_live_queue), .run = run_queue};

static enum store_result run_told(struct db *db, struct store_job *job)
{
    const struct store_told *j = (const struct store_told *)job;
    db_change(db, &live_statements, LIVE_SQL_TOLD,
              DB_VALUES(db_int(j->ticket), db_int(db->now_ms), db_int(j->low), db_int(j->high)));
    return STORE_OK;
}
const struct store_job_kind store_told_kind = {
    .name = "told", .size = sizeof(struct store_told), .writes = true, .run = run_told};
