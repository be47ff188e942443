/* The numbers of the desk: see live.h. */
#include "store/live.h"

#include "store/families.h"
#include "store/kind.h"
#include "store/live_sql.h"

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
static void add(struct store_live *j, size_t day, const char *department, enum live_number number, double value)
{
    j->rows[day].value[number] += value;
    j->all.value[number] += value;
    struct live_row *row = department != NULL && *department != '\0' ? row_of(j, department) : NULL;
    if (row != NULL)
        row->value[number] += value;
}

/* --- what is counted -------------------------------------------------------------------------------- */

#define DAY(j, day) db_int((j)->days[day]), db_int((j)->days[(day) + 1])

static void count_replies(struct db *db, struct store_live *j, size_t day)
{
    static const enum live_number kinds[] = {LIVE_ANSWERED, LIVE_OFFERED, LIVE_REPHRASED, LIVE_PASSED_ON};
    sqlite3_stmt *row = db_query(db, &live_statements, LIVE_SQL_REPLIES, DB_VALUES(DAY(j, day)));
    while (db_next(db, row)) {
        for (int i = 0; i < (int)(sizeof kinds / sizeof *kinds); i++) {
            add(j, day, NULL, kinds[i], sqlite3_column_double(row, i));
            add(j, day, NULL, LIVE_ASKED, sqlite3_column_double(row, i));
        }
    }
}

static void count_conversations(struct db *db, struct store_live *j, size_t day)
{
    sqlite3_stmt *row = db_query(db, &live_statements, LIVE_SQL_CONVERSATIONS,
                                 DB_VALUES(DAY(j, day), db_int(db->now_ms - LIVE_ENDED_MS)));
    while (db_next(db, row)) {
        add(j, day, NULL, LIVE_CONVERSATIONS, sqlite3_column_double(row, 0));
        add(j, day, NULL, LIVE_CONTAINED, sqlite3_column_double(row, 1));
    }
}

/* Statements whose columns are the department and then numbers in this order. */
static void count_columns(struct db *db, struct store_live *j, size_t day, size_t statement,
                          const enum live_number *numbers, int count)
{
    sqlite3_stmt *row = db_query(db, &live_statements, statement, DB_VALUES(DAY(j, day)));
    while (db_next(db, row)) {
        const char *department = db_column_text(row, 0, j->job.arena);
        for (int i = 0; i < count; i++)
            add(j, day, department, numbers[i], sqlite3_column_double(row, 1 + i));
    }
}

/* --- waits: ranks cannot be added up, so all of them are sorted once ----------------------------------- */

struct wait {
    int64_t ms;
    struct live_row *of[3]; /* the day's, the department's (or NULL), and all */
};

/* Of a row: how many waits there are, and how many have been passed in rising order. */
struct rank {
    const struct live_row *row;
    size_t count, passed;
};

static int by_length(const void *a, const void *b)
{
    const struct wait *x = a, *y = b;
    return (x->ms > y->ms) - (x->ms < y->ms);
}

static struct rank *rank_of(struct rank *ranks, size_t *count, const struct live_row *row)
{
    size_t i = 0;
    while (i < *count && ranks[i].row != row)
        i++;
    if (i == *count)
        ranks[(*count)++] = (struct rank){.row = row};
    return &ranks[i];
}

/* Nearest rank: the value at ⌈count / 2⌉, and at ⌈0.9 count⌉. */
static void set_ranks(struct wait *waits, size_t count)
{
    struct rank ranks[LIVE_DAYS_MAX + LIVE_DEPARTMENTS_MAX + 1];
    size_t rank_count = 0;
    for (size_t i = 0; i < count * 3; i++) {
        if (waits[i / 3].of[i % 3] != NULL)
            rank_of(ranks, &rank_count, waits[i / 3].of[i % 3])->count++;
    }
    for (size_t i = 0; i < count * 3; i++) {
        struct live_row *row = waits[i / 3].of[i % 3];
        struct rank *rank = row != NULL ? rank_of(ranks, &rank_count, row) : NULL;
        if (rank == NULL)
            continue;
        rank->passed++;
        if (rank->passed == (rank->count + 1) / 2)
            row->value[LIVE_WAITED_MEDIAN] = (double)waits[i / 3].ms;
        if (rank->passed == (rank->count * 9 + 9) / 10)
            row->value[LIVE_WAITED_P90] = (double)waits[i / 3].ms;
    }
}

/* After the tickets, so that every department has its row and none moves any more. */
static void count_waits(struct db *db, struct store_live *j)
{
    struct wait *waits = NULL;
    size_t count = 0;
    for (size_t day = 0; day < j->day_count; day++) {
        sqlite3_stmt *row = db_query(db, &live_statements, LIVE_SQL_WAITS, DB_VALUES(DAY(j, day)));
        while (db_next(db, row)) {
            waits = db_grown(j->job.arena, waits, count, sizeof *waits);
            if (waits == NULL) {
                db_end(row);
                return;
            }
            const char *department = (const char *)sqlite3_column_text(row, 0);
            struct live_row *of = NULL;
            for (size_t i = 0; i < j->department_count && of == NULL && department != NULL; i++) {
                if (strcmp(j->departments[i].department, department) == 0)
                    of = &j->departments[i];
            }
            waits[count++] = (struct wait){sqlite3_column_int64(row, 1), {&j->rows[day], of, &j->all}};
        }
    }
    if (count > 0) {
        qsort(waits, count, sizeof *waits, by_length);
        set_ranks(waits, count);
    }
}

/* --- entries ---------------------------------------------------------------------------------------------- */

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

static enum store_result run_live(struct db *db, struct store_job *job)
{
    static const enum live_number of_tickets[] = {LIVE_HANDED_OVER, LIVE_CALLBACKS, LIVE_MESSAGES,    LIVE_ABANDONED,
                                                  LIVE_JOINED,      LIVE_HANDLED,   LIVE_HANDLING,    LIVE_TOLD,
                                                  LIVE_TOLD_LOW,    LIVE_TOLD_HIGH, LIVE_TOLD_WAITED, LIVE_TOLD_OVER};
    static const enum live_number of_ratings[] = {LIVE_RATED, LIVE_SATISFACTION};
    struct store_live *j = (struct store_live *)job;
    if (j->day_count == 0 || j->day_count > LIVE_DAYS_MAX)
        return STORE_REFUSED;
    j->rows = arena_array(job->arena, j->day_count, sizeof *j->rows);
    if (j->rows == NULL)
        return STORE_UNAVAILABLE;
    begin(&j->all, "");
    for (size_t i = 0; i < j->day_count; i++)
        begin(&j->rows[i], "");
    for (size_t day = 0; day < j->day_count; day++) {
        count_replies(db, j, day);
        count_conversations(db, j, day);
        count_columns(db, j, day, LIVE_SQL_TICKETS, of_tickets, sizeof of_tickets / sizeof *of_tickets);
        count_columns(db, j, day, LIVE_SQL_RATED, of_ratings, sizeof of_ratings / sizeof *of_ratings);
    }
    count_waits(db, j);
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
