/* Tickets: reading their rows, and what is read from many of them. Moves are in queue.c. */
#include "store/ticket.h"

#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum { BY_ID, OF_CONVERSATION, ALL_OPEN, POSITIONS, HANDLING, STATEMENTS };

/* What people have put to it, and its last step. */
#define WORK_COLUMNS                                                                                                   \
    "coalesce((SELECT group_concat(g.tag, char(10)) FROM ticket_tag g WHERE g.ticket = t.id), ''), "                   \
    "coalesce((SELECT ',' || group_concat(i.user, ',') || ',' FROM ticket_invite i WHERE i.ticket = t.id), ''), "      \
    "(SELECT count(*) FROM ticket_note n WHERE n.ticket = t.id), "                                                     \
    "coalesce((SELECT max(s.id) FROM ticket_event s WHERE s.ticket = t.id), 0), t.undelivered, "
#define TICKET_COLUMNS                                                                                                 \
    "SELECT t.id, t.conversation, t.enqueue_seq, t.state, t.queued_as, t.department, t.lang, t.question, t.why, "      \
    "t.corrected, t.page, t.tried, t.name, t.contact, t.text, t.cause, t.owner, u.name, t.created_ms, t.changed_ms, "  \
    "t.claimed_ms, t.closed_ms, c.last_seq, t.due_ms, t.slots, t.page_title, t.identity, t.outside, " WORK_COLUMNS
#define TICKET_TABLES "FROM ticket t JOIN conversation c ON c.id = t.conversation LEFT JOIN user u ON u.id = t.owner "
#define ONE_POSITION                                                                                                   \
    "CASE WHEN t.state IN ('waiting', 'callback', 'offered') AND (t.state <> 'callback' OR t.owner IS NULL) THEN "     \
    "(SELECT count(*) FROM queue_waiting q "                                                                           \
    "WHERE q.department = t.department AND q.lang = t.lang AND q.enqueue_seq <= t.enqueue_seq) ELSE 0 END "
#define ALL_POSITIONS                                                                                                  \
    "SELECT id, row_number() OVER (PARTITION BY department, lang ORDER BY enqueue_seq) AS position, enqueue_seq "      \
    "FROM queue_waiting"

static const char *const sql[STATEMENTS] = {
    [BY_ID] = TICKET_COLUMNS ONE_POSITION TICKET_TABLES "WHERE t.id = ?1",
    [OF_CONVERSATION] = TICKET_COLUMNS ONE_POSITION TICKET_TABLES
    "WHERE t.conversation = ?1 AND t.state <> 'closed' ORDER BY t.enqueue_seq LIMIT ?2",
    [ALL_OPEN] = TICKET_COLUMNS "p.position " TICKET_TABLES "LEFT JOIN (" ALL_POSITIONS ") p ON p.id = t.id "
                                "WHERE t.state <> 'closed' ORDER BY t.enqueue_seq LIMIT ?1",
    [POSITIONS] = ALL_POSITIONS " ORDER BY enqueue_seq LIMIT ?1",
    [HANDLING] = ("SELECT count(*), coalesce(avg(handled_ms), 0) / 1000.0 FROM (SELECT handled_ms FROM ticket "
                  "WHERE department = ?1 AND handled_ms IS NOT NULL ORDER BY closed_ms DESC LIMIT ?2)"),
};
const struct db_statements ticket_statements = {DB_TICKET, STATEMENTS, sql};

static const char *const state_names[TICKET_STATES] = {
    [TICKET_WAITING] = "waiting", [TICKET_OFFERED] = "offered",   [TICKET_CLAIMED] = "claimed",
    [TICKET_PARKED] = "parked",   [TICKET_CALLBACK] = "callback", [TICKET_MESSAGE] = "message",
    [TICKET_CLOSED] = "closed",
};

bool ticket_in_departments(const char *departments, const char *department)
{
    size_t length = strlen(department);
    for (const char *at = departments; *at != '\0';) {
        size_t size = strcspn(at, ",");
        if (size == length && length > 0 && memcmp(at, department, size) == 0)
            return true;
        at += size + (at[size] == ',');
    }
    return departments[0] == '\0';
}

const char *ticket_state_name(enum ticket_state state)
{
    return state_names[state];
}

enum ticket_state ticket_state_of(const char *name)
{
    enum ticket_state state = TICKET_WAITING;
    while (state < TICKET_CLOSED && strcmp(state_names[state], name) != 0)
        state++;
    return state;
}

const char *states_listed(struct arena *arena, unsigned states)
{
    const char *list = ",";
    for (enum ticket_state s = 0; s < TICKET_STATES && list != NULL; s++)
        if ((states & 1u << s) != 0)
            list = arena_printf(arena, "%s%s,", list, ticket_state_name(s));
    return list != NULL ? list : ",";
}

static void read_row(sqlite3_stmt *row, struct arena *arena, struct ticket *t)
{
    t->id = sqlite3_column_int64(row, 0);
    t->conversation = sqlite3_column_int64(row, 1);
    t->enqueue_seq = sqlite3_column_int64(row, 2);
    t->state = ticket_state_of(db_column_text(row, 3, arena));
    t->callback = strcmp(db_column_text(row, 4, arena), "callback") == 0;
    const char **const texts[] = {&t->department, &t->lang, &t->question, &t->why,  &t->corrected, &t->page,
                                  &t->tried,      &t->name, &t->contact,  &t->text, &t->cause};
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++)
        *texts[i] = db_column_text(row, 5 + i, arena);
    t->owner = sqlite3_column_int64(row, 16);
    t->owner_name = db_column_text(row, 17, arena);
    t->created_ms = sqlite3_column_int64(row, 18);
    t->changed_ms = sqlite3_column_int64(row, 19);
    t->claimed_ms = sqlite3_column_int64(row, 20);
    t->closed_ms = sqlite3_column_int64(row, 21);
    t->last_seq = sqlite3_column_int64(row, 22);
    t->due_ms = sqlite3_column_int64(row, 23);
    t->slots = db_column_text(row, 24, arena);
    t->page_title = db_column_text(row, 25, arena);
    t->identity = db_column_text(row, 26, arena);
    t->outside = db_column_text(row, 27, arena);
    t->tags = db_column_text(row, 28, arena);
    t->invited = db_column_text(row, 29, arena);
    t->notes = sqlite3_column_int64(row, 30);
    t->event = sqlite3_column_int64(row, 31);
    t->undelivered = sqlite3_column_int64(row, 32);
    t->position = sqlite3_column_int64(row, 33);
}

bool ticket_read(struct db *db, int64_t id, struct arena *arena, struct ticket *ret)
{
    bool found = false;
    sqlite3_stmt *row = db_query(db, &ticket_statements, BY_ID, DB_VALUES(db_int(id)));
    while (db_next(db, row)) {
        found = true;
        read_row(row, arena, ret);
    }
    return found;
}

static enum store_result read_all(struct db *db, sqlite3_stmt *row, struct arena *arena, struct ticket **ret_tickets,
                                  size_t *ret_count)
{
    struct ticket *tickets = NULL;
    size_t count = 0;
    while (db_next(db, row)) {
        tickets = db_grown(arena, tickets, count, sizeof *tickets);
        if (tickets == NULL) {
            db_end(row);
            return STORE_UNAVAILABLE;
        }
        read_row(row, arena, &tickets[count++]);
    }
    *ret_tickets = tickets;
    *ret_count = count;
    return STORE_OK;
}

static enum store_result run_queue(struct db *db, struct store_job *job)
{
    struct store_queue *j = (struct store_queue *)job;
    size_t limit = j->limit < STORE_LIST_MAX ? j->limit : STORE_LIST_MAX;
    sqlite3_stmt *row = db_query(db, &ticket_statements, ALL_OPEN, DB_VALUES(db_int((int64_t)limit)));
    return read_all(db, row, job->arena, &j->tickets, &j->count);
}
const struct store_job_kind store_queue_kind = {.name = "queue", .size = sizeof(struct store_queue), .run = run_queue};

static enum store_result run_ticket(struct db *db, struct store_job *job)
{
    struct store_ticket *j = (struct store_ticket *)job;
    sqlite3_stmt *row;
    if (j->id != 0)
        row = db_query(db, &ticket_statements, BY_ID, DB_VALUES(db_int(j->id)));
    else
        row = db_query(db, &ticket_statements, OF_CONVERSATION,
                       DB_VALUES(db_int(j->conversation), db_int(STORE_LIST_MAX)));
    return read_all(db, row, job->arena, &j->tickets, &j->count);
}
const struct store_job_kind store_ticket_kind = {
    .name = "ticket", .size = sizeof(struct store_ticket), .run = run_ticket};

static enum store_result run_positions(struct db *db, struct store_job *job)
{
    struct store_positions *j = (struct store_positions *)job;
    sqlite3_stmt *row = db_query(db, &ticket_statements, POSITIONS, DB_VALUES(db_int(STORE_LIST_MAX)));
    j->count = 0;
    while (db_next(db, row)) {
        j->rows = db_grown(job->arena, j->rows, j->count, sizeof *j->rows);
        if (j->rows == NULL) {
            db_end(row);
            return STORE_UNAVAILABLE;
        }
        j->rows[j->count].ticket = sqlite3_column_int64(row, 0);
        j->rows[j->count++].position = sqlite3_column_int64(row, 1);
    }
    return STORE_OK;
}
const struct store_job_kind store_positions_kind = {
    .name = "positions", .size = sizeof(struct store_positions), .run = run_positions};

static enum store_result run_handling(struct db *db, struct store_job *job)
{
    struct store_handling *j = (struct store_handling *)job;
    size_t limit = j->limit < STORE_LIST_MAX ? j->limit : STORE_LIST_MAX;
    sqlite3_stmt *row =
        db_query(db, &ticket_statements, HANDLING, DB_VALUES(db_text(j->department), db_int((int64_t)limit)));
    while (db_next(db, row)) {
        j->ret_samples = (size_t)sqlite3_column_int64(row, 0);
        j->ret_mean_seconds = sqlite3_column_double(row, 1);
    }
    return STORE_OK;
}
const struct store_job_kind store_handling_kind = {
    .name = "handling", .size = sizeof(struct store_handling), .run = run_handling};
