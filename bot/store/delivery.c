/* Deliveries: made, read when they are due, and what came of them. See delivery.h. */
#include "store/delivery.h"

#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum {
    MOVE_CURSOR,
    WAITING_OF,
    ADD,
    DUE,
    NEXT_DUE,
    ENDED,
    AGAIN,
    POSTPONE,
    ONE,
    PAGE,
    COUNTS,
    MARKED,
    MEND,
    RETRY,
    RETRY_DEAD,
    STATEMENTS
};

#define COLUMNS                                                                                                        \
    "SELECT id, uid, kind, target, ref, coalesce(ticket, 0), state, tries, next_ms, made_ms, ended_ms, last_error, "   \
    "answer, "
/* What is due too long from now was put off by a clock that has been set back since. */
#define TOO_FAR "172800000"

static const char *const sql[STATEMENTS] = {
    [MOVE_CURSOR] = "UPDATE outlet_cursor SET event = ?3 WHERE consumer = ?1 AND event = ?2",
    [WAITING_OF] = "SELECT count(*) FROM delivery WHERE state = 'waiting' AND kind = ?1 AND target = ?2",
    [ADD] =
        "INSERT INTO delivery (kind, target, ref, ticket, next_ms, made_ms, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
        "ON CONFLICT (kind, target, ref) DO NOTHING",
    [DUE] = COLUMNS "body FROM delivery d WHERE state = 'waiting' AND (next_ms <= ?1 OR next_ms > ?1 + " TOO_FAR ") "
                    "AND NOT EXISTS (SELECT 1 FROM delivery e WHERE e.state = 'waiting' AND e.kind = d.kind "
                    "AND e.target = d.target AND e.id < d.id AND (e.next_ms <= ?1 OR e.next_ms > ?1 + " TOO_FAR ")) "
                    "ORDER BY next_ms, id LIMIT ?2",
    [NEXT_DUE] = "SELECT min(next_ms) FROM delivery WHERE state = 'waiting' AND next_ms > ?1",
    [ENDED] = "UPDATE delivery SET state = ?2, tries = tries + 1, last_error = ?3, answer = ?4, ended_ms = ?5, "
              "body = iif(?2 = 'sent', x'', body) WHERE id = ?1 AND state = 'waiting'",
    [AGAIN] =
        "UPDATE delivery SET tries = tries + 1, last_error = ?2, next_ms = ?3 WHERE id = ?1 AND state = 'waiting'",
    [POSTPONE] = "UPDATE delivery SET next_ms = ?2 WHERE id = ?1 AND state = 'waiting'",
    [ONE] = COLUMNS "body FROM delivery WHERE id = ?1",
    [PAGE] =
        COLUMNS "iif(?4, x'', body) FROM delivery WHERE (?1 = 0 OR id < ?1) AND instr(?2, ',' || state || ',') > 0 "
                "ORDER BY id DESC LIMIT ?3",
    [COUNTS] = "SELECT count(*) FROM delivery WHERE state = ?1",
    [MARKED] = "SELECT t.id FROM delivery d JOIN ticket t ON t.id = d.ticket WHERE d.id = ?1 AND t.undelivered = ?1",
    [MEND] = "UPDATE ticket SET undelivered = 0 WHERE id = ?1",
    [RETRY] = "UPDATE delivery SET state = 'waiting', tries = 0, next_ms = ?2, ended_ms = 0 "
              "WHERE id = ?1 AND state <> 'sent'",
    [RETRY_DEAD] = "UPDATE delivery SET state = 'waiting', tries = 0, next_ms = ?1, ended_ms = 0 WHERE state = 'dead'",
};
const struct db_statements delivery_statements = {DB_DELIVERY, STATEMENTS, sql};

static const char *const state_names[] = {
    [DELIVERY_WAITING] = "waiting", [DELIVERY_SENT] = "sent", [DELIVERY_DEAD] = "dead"};
enum { STATES = sizeof state_names / sizeof *state_names };

const char *delivery_state_name(enum delivery_state state)
{
    return state_names[state];
}

/* --- making ------------------------------------------------------------------------------------- */

static bool within(const char *text, size_t least, size_t most)
{
    size_t size = text != NULL ? strlen(text) : 0;
    return size >= least && size <= most;
}

bool delivery_fits(const struct delivery_new *d)
{
    return within(d->kind, 1, DELIVERY_KIND_BYTES) && within(d->target, 1, DELIVERY_TARGET_BYTES) &&
           within(d->ref, 1, DELIVERY_REF_BYTES) && d->body_size <= DELIVERY_BODY_BYTES && d->delay_ms >= 0;
}

int delivery_add(struct db *db, const struct delivery_new *d)
{
    return db_change(db, &delivery_statements, ADD,
                     DB_VALUES(db_text(d->kind), db_text(d->target), db_text(d->ref), db_id(d->ticket),
                               db_int(db->now_ms + d->delay_ms), db_int(db->now_ms), db_blob(d->body, d->body_size)));
}

static bool is_full(struct db *db, const struct delivery_new *d)
{
    return db_number(db, &delivery_statements, WAITING_OF, 0, DB_VALUES(db_text(d->kind), db_text(d->target))) >=
           DELIVERY_QUEUE_MAX;
}

static enum store_result run_post(struct db *db, struct store_job *job)
{
    struct store_post *j = (struct store_post *)job;
    j->ret_made = 0;
    j->ret_full = false;
    if (j->count > DELIVERY_POST_MAX)
        return STORE_REFUSED;
    for (size_t i = 0; i < j->count; i++) {
        if (!delivery_fits(&j->deliveries[i]))
            return STORE_REFUSED;
        j->ret_full = j->ret_full || is_full(db, &j->deliveries[i]);
    }
    if (j->ret_full)
        return STORE_REFUSED;
    if (j->consumer != NULL && db_change(db, &delivery_statements, MOVE_CURSOR,
                                         DB_VALUES(db_text(j->consumer), db_int(j->from), db_int(j->to))) != 1)
        return STORE_REFUSED;
    for (size_t i = 0; i < j->count; i++)
        j->ret_made += delivery_add(db, &j->deliveries[i]) > 0;
    return STORE_OK;
}
const struct store_job_kind store_post_kind = {
    .name = "post", .size = sizeof(struct store_post), .writes = true, .run = run_post};

/* --- reading ------------------------------------------------------------------------------------ */

static enum delivery_state state_of(const char *name)
{
    size_t state = 0;
    while (state < STATES - 1 && strcmp(state_names[state], name) != 0)
        state++;
    return (enum delivery_state)state;
}

static void read_row(sqlite3_stmt *row, struct arena *arena, struct delivery *d)
{
    d->id = sqlite3_column_int64(row, 0);
    d->uid = db_column_text(row, 1, arena);
    d->kind = db_column_text(row, 2, arena);
    d->target = db_column_text(row, 3, arena);
    d->ref = db_column_text(row, 4, arena);
    d->ticket = sqlite3_column_int64(row, 5);
    d->state = state_of(db_column_text(row, 6, arena));
    d->tries = sqlite3_column_int(row, 7);
    d->next_ms = sqlite3_column_int64(row, 8);
    d->made_ms = sqlite3_column_int64(row, 9);
    d->ended_ms = sqlite3_column_int64(row, 10);
    d->last_error = db_column_text(row, 11, arena);
    d->answer = db_column_text(row, 12, arena);
    d->body = db_column_bytes(row, 13, arena, &d->body_size);
}

static enum store_result read_all(struct db *db, sqlite3_stmt *row, struct arena *arena, struct delivery **ret,
                                  size_t *ret_count)
{
    struct delivery *rows = NULL;
    size_t count = 0;
    while (db_next(db, row)) {
        rows = db_grown(arena, rows, count, sizeof *rows);
        if (rows == NULL) {
            db_end(row);
            return STORE_UNAVAILABLE;
        }
        read_row(row, arena, &rows[count++]);
    }
    *ret = rows;
    *ret_count = count;
    return STORE_OK;
}

static enum store_result run_due(struct db *db, struct store_job *job)
{
    struct store_due *j = (struct store_due *)job;
    struct db_value now = db_int(db->now_ms);
    j->ret_next_ms = db_number(db, &delivery_statements, NEXT_DUE, 0, DB_VALUES(now));
    sqlite3_stmt *row = db_query(db, &delivery_statements, DUE, DB_VALUES(now, db_int(DELIVERY_DUE_MAX)));
    return read_all(db, row, job->arena, &j->rows, &j->count);
}
const struct store_job_kind store_due_kind = {.name = "due", .size = sizeof(struct store_due), .run = run_due};

static const char *state_list(unsigned states, char ret[64])
{
    ret[0] = ',';
    ret[1] = '\0';
    for (unsigned s = 0; s < STATES; s++)
        if (states == 0 || (states & 1u << s) != 0) {
            strncat(ret, state_names[s], 16);
            strncat(ret, ",", 2);
        }
    return ret;
}

static int64_t count_of(struct db *db, enum delivery_state state)
{
    return db_number(db, &delivery_statements, COUNTS, 0, DB_VALUES(db_text(state_names[state])));
}

static enum store_result run_deliveries(struct db *db, struct store_job *job)
{
    struct store_deliveries *j = (struct store_deliveries *)job;
    char states[64];
    size_t limit = j->limit < DELIVERY_PAGE_MAX ? j->limit : DELIVERY_PAGE_MAX;
    j->ret_waiting = count_of(db, DELIVERY_WAITING);
    j->ret_dead = count_of(db, DELIVERY_DEAD);
    sqlite3_stmt *row = j->id != 0 ? db_query(db, &delivery_statements, ONE, DB_VALUES(db_int(j->id)))
                                   : db_query(db, &delivery_statements, PAGE,
                                              DB_VALUES(db_int(j->before), db_text(state_list(j->states, states)),
                                                        db_int((int64_t)limit), db_int(j->without_body)));
    enum store_result result = read_all(db, row, job->arena, &j->rows, &j->count);
    return result == STORE_OK && j->id != 0 && j->count == 0 ? STORE_MISSING : result;
}
const struct store_job_kind store_deliveries_kind = {
    .name = "deliveries", .size = sizeof(struct store_deliveries), .run = run_deliveries};

/* --- what came of it ---------------------------------------------------------------------------- */

/* At most so many bytes, cut between characters. */
static struct db_value cut(const char *text, size_t most)
{
    struct db_value v = db_text(text);
    if (v.size > most) {
        v.size = most;
        while (v.size > 0 && ((unsigned char)text[v.size] & 0xc0) == 0x80)
            v.size--;
    }
    return v;
}

int delivery_end(struct db *db, int64_t id, int state, const char *error, const char *answer)
{
    return db_change(db, &delivery_statements, ENDED,
                     DB_VALUES(db_int(id), db_text(state_names[state]), cut(error, DELIVERY_WHY_BYTES),
                               cut(answer, DELIVERY_ANSWER_BYTES), db_int(db->now_ms)));
}

/* What had been given up has arrived after all: the ticket whose mark goes with it, 0 = none. */
static int64_t mend(struct db *db, struct db_value id)
{
    int64_t ticket = db_number(db, &delivery_statements, MARKED, 0, DB_VALUES(id));
    if (ticket != 0)
        db_change(db, &delivery_statements, MEND, DB_VALUES(db_int(ticket)));
    return ticket;
}

static enum store_result run_delivered(struct db *db, struct store_job *job)
{
    struct store_delivered *j = (struct store_delivered *)job;
    struct db_value id = db_int(j->id), error = cut(j->error, DELIVERY_WHY_BYTES);
    int changed;
    j->ret_mended = 0;
    if (j->state != DELIVERY_WAITING)
        changed = delivery_end(db, j->id, j->state, j->error, j->answer);
    else if (j->postponed)
        changed = db_change(db, &delivery_statements, POSTPONE, DB_VALUES(id, db_int(j->next_ms)));
    else
        changed = db_change(db, &delivery_statements, AGAIN, DB_VALUES(id, error, db_int(j->next_ms)));
    if (changed > 0 && j->state == DELIVERY_SENT)
        j->ret_mended = mend(db, id);
    return changed == 0 ? STORE_MISSING : STORE_OK;
}
const struct store_job_kind store_delivered_kind = {
    .name = "delivered", .size = sizeof(struct store_delivered), .writes = true, .run = run_delivered};

static enum store_result run_retry(struct db *db, struct store_job *job)
{
    struct store_delivery_retry *j = (struct store_delivery_retry *)job;
    struct db_value id = db_int(j->id), now = db_int(db->now_ms);
    int changed = j->id != 0 ? db_change(db, &delivery_statements, RETRY, DB_VALUES(id, now))
                             : db_change(db, &delivery_statements, RETRY_DEAD, DB_VALUES(now));
    j->ret_count = changed > 0 ? (size_t)changed : 0;
    if (changed != 0)
        return STORE_OK;
    if (j->id == 0)
        return STORE_MISSING;
    bool there = false;
    for (sqlite3_stmt *row = db_query(db, &delivery_statements, ONE, DB_VALUES(id)); db_next(db, row);)
        there = true;
    return there ? STORE_REFUSED : STORE_MISSING;
}
const struct store_job_kind store_delivery_retry_kind = {
    .name = "delivery-retry", .size = sizeof(struct store_delivery_retry), .writes = true, .run = run_retry};
