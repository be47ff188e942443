/* The rows that the numbers of live.h are made of. */
#include "store/families.h"
#include "store/kind.h"
#include "store/live.h"
#include "store/live_sql.h"

#include <string.h>

/* Every name of rows: its statement, and what that is to pick. */
static const struct {
    const char *name;
    size_t statement;
    const char *which;
} kinds[] = {
    {"conversations", LIVE_SQL_ROWS_CONVERSATIONS, ""},
    {"contained", LIVE_SQL_ROWS_CONVERSATIONS, "contained"},
    {"asked", LIVE_SQL_ROWS_EVENTS, ",answer,offer,rephrase,handoff,"},
    {"answered", LIVE_SQL_ROWS_EVENTS, ",answer,"},
    {"offered", LIVE_SQL_ROWS_EVENTS, ",offer,"},
    {"rephrased", LIVE_SQL_ROWS_EVENTS, ",rephrase,"},
    {"passed_on", LIVE_SQL_ROWS_EVENTS, ",handoff,"},
    {"handed_over", LIVE_SQL_ROWS_TICKETS, "handed_over"},
    {"callbacks", LIVE_SQL_ROWS_TICKETS, "callbacks"},
    {"messages", LIVE_SQL_ROWS_TICKETS, "messages"},
    {"abandoned", LIVE_SQL_ROWS_TICKETS, "abandoned"},
    {"joined", LIVE_SQL_ROWS_TICKETS, "joined"},
    {"told", LIVE_SQL_ROWS_TICKETS, "told"},
    {"told_over", LIVE_SQL_ROWS_TICKETS, "told_over"},
    {"handled", LIVE_SQL_ROWS_TICKETS, "handled"},
    {"handed_after", LIVE_SQL_ROWS_TICKETS, "handed_after"},
    {"rated", LIVE_SQL_ROWS_RATED, ""},
    {"thumbs_up", LIVE_SQL_ROWS_THUMBS, "up"},
    {"thumbs_down", LIVE_SQL_ROWS_THUMBS, "down"},
    {"waiting", LIVE_SQL_ROWS_OPEN, "waiting"},
    {"open_callbacks", LIVE_SQL_ROWS_OPEN, "open_callbacks"},
    {"parked", LIVE_SQL_ROWS_OPEN, "parked"},
    {"with_agents", LIVE_SQL_ROWS_OPEN, "with_agents"},
    {"open_messages", LIVE_SQL_ROWS_OPEN, "open_messages"},
    {"overdue", LIVE_SQL_ROWS_OPEN, "overdue"},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

const char *live_rows_name(size_t at)
{
    return at < KINDS ? kinds[at].name : NULL;
}

static void read_thing(sqlite3_stmt *row, struct arena *arena, struct live_thing *t)
{
    *t = (struct live_thing){.id = sqlite3_column_int64(row, 0),
                             .conversation = sqlite3_column_int64(row, 1),
                             .ticket = sqlite3_column_int64(row, 2),
                             .at_ms = sqlite3_column_int64(row, 3),
                             .value = sqlite3_column_int64(row, 4),
                             .department = db_column_text(row, 5, arena),
                             .text = db_column_text(row, 6, arena),
                             .owner_name = db_column_text(row, 7, arena),
                             .entry = db_column_text(row, 8, arena),
                             .state = db_column_text(row, 9, arena)};
}

static enum store_result run_rows(struct db *db, struct store_job *job)
{
    struct store_live_rows *j = (struct store_live_rows *)job;
    size_t kind = 0, limit = j->limit > 0 && j->limit < LIVE_ROWS_MAX ? j->limit : LIVE_ROWS_MAX;
    while (kind < KINDS && strcmp(kinds[kind].name, j->what) != 0)
        kind++;
    if (kind == KINDS)
        return STORE_REFUSED;
    j->things = arena_array(job->arena, limit, sizeof *j->things);
    if (j->things == NULL)
        return STORE_UNAVAILABLE;
    bool moment_ended = kinds[kind].statement == LIVE_SQL_ROWS_CONVERSATIONS;
    /* One row more than asked for tells whether there are more. */
    sqlite3_stmt *row =
        db_query(db, &live_statements, kinds[kind].statement,
                 DB_VALUES(db_int(j->from_ms), db_int(j->to_ms), db_text(j->department), db_text(j->entry),
                           db_int(j->before), db_int(moment_ended ? db->now_ms - LIVE_ENDED_MS : db->now_ms),
                           db_text(kinds[kind].which), db_int((int64_t)limit + 1)));
    while (db_next(db, row)) {
        j->ret_more = j->count == limit;
        if (j->ret_more) {
            db_end(row);
            break;
        }
        read_thing(row, job->arena, &j->things[j->count++]);
    }
    return STORE_OK;
}
const struct store_job_kind store_live_rows_kind = {
    .name = "live_rows", .size = sizeof(struct store_live_rows), .run = run_rows};
