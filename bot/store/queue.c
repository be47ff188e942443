/* What changes tickets: the turn of the next one, and moves from state to state. Each is one
 * UPDATE whose condition is the rule, so that two who want the same ticket cannot both get it. */
#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum { NEXT, ASSIGN, LOAD, MOVE, STATEMENTS };

/* ?1 departments and ?2 languages as ",a,b,"; "" = all. */
#define FIRST_IN_TURN                                                                                                  \
    "SELECT id FROM queue_waiting WHERE state IN ('waiting', 'callback') "                                             \
    "AND (?1 = '' OR instr(?1, ',' || department || ',') > 0) AND (?2 = '' OR instr(?2, ',' || lang || ',') > 0) "     \
    "ORDER BY enqueue_seq LIMIT 1"
#define CHATS_OF "(SELECT count(*) FROM ticket WHERE owner = ?3 AND state IN ('offered', 'claimed'))"

static const char *const sql[STATEMENTS] = {
    [NEXT] = FIRST_IN_TURN,
    [ASSIGN] =
        "UPDATE ticket SET state = ?4, owner = ?3, changed_ms = ?5, cause = iif(?4 = 'claimed', 'taken', 'offered'), "
        "claimed_ms = iif(?4 = 'claimed', ?5, claimed_ms) "
        "WHERE id = (" FIRST_IN_TURN ") AND state IN ('waiting', 'callback') AND " CHATS_OF " < ?6 "
        "AND (?7 = 0 OR id = ?7) RETURNING id",
    [LOAD] = "SELECT " CHATS_OF " + 0 * length(?1 || ?2)",
    /* ?2 = the states it may come from as ",waiting,parked,". */
    [MOVE] = "UPDATE ticket SET state = iif(?3 = 'waiting', queued_as, ?3), owner = iif(?5 < 0, owner, nullif(?5, 0)), "
             "cause = coalesce(?6, cause), department = coalesce(?8, department), changed_ms = ?7, "
             "claimed_ms = iif(?3 = 'claimed' AND state <> 'claimed', ?7, claimed_ms), "
             "closed_ms = iif(?3 = 'closed', ?7, 0), "
             "handled_ms = iif(?3 = 'closed' AND state = 'claimed', ?7 - claimed_ms, handled_ms), "
             "undelivered = iif(?3 = 'closed', 0, undelivered) "
             "WHERE id = ?1 AND (?3 <> 'closed' OR undelivered IN (0, ?9)) AND instr(?2, ',' || state || ',') > 0 AND "
             "(?4 = 0 OR coalesce(owner, -1) = ?4)",
};
const struct db_statements queue_statements = {DB_QUEUE, STATEMENTS, sql};

/* ",a,b,", or "" where there are none. */
static const char *joined(struct arena *arena, const char *const *items, size_t count)
{
    size_t size = 2;
    for (size_t i = 0; i < count; i++)
        size += strlen(items[i]) + 1;
    char *text = arena_alloc(arena, size), *end = text;
    if (text == NULL)
        return "";
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(items[i]);
        *end++ = ',';
        memcpy(end, items[i], length);
        end += length;
    }
    if (count > 0)
        *end++ = ',';
    return text;
}

/* Why nothing was assigned. */
static enum store_result why_not(struct db *db, struct store_assign *j, struct db_value departments,
                                 struct db_value languages)
{
    int64_t next = db_number(db, &queue_statements, NEXT, 0, DB_VALUES(departments, languages));
    if (next == 0)
        return STORE_MISSING;
    int64_t load = db_number(db, &queue_statements, LOAD, 0, DB_VALUES(departments, languages, db_int(j->user)));
    if (load < j->capacity)
        j->ret_other = next;
    return STORE_REFUSED;
}

static enum store_result run_assign(struct db *db, struct store_job *job)
{
    struct store_assign *j = (struct store_assign *)job;
    if (j->to != TICKET_OFFERED && j->to != TICKET_CLAIMED)
        return STORE_REFUSED;
    struct db_value departments = db_text(joined(job->arena, j->departments, j->department_count));
    struct db_value languages = db_text(joined(job->arena, j->languages, j->language_count));
    int64_t id = db_number(db, &queue_statements, ASSIGN, 0,
                           DB_VALUES(departments, languages, db_int(j->user), db_text(ticket_state_name(j->to)),
                                     db_int(db->now_ms), db_int(j->capacity), db_int(j->expect)));
    if (id == 0)
        return why_not(db, j, departments, languages);
    if (!ticket_read(db, id, job->arena, &j->ticket))
        return STORE_MISSING;
    if (j->to != TICKET_CLAIMED)
        return STORE_OK;
    resume_set_who(db, j->ticket.conversation, j->who);
    return event_append(db, j->ticket.conversation, j->events, j->event_count, id, &j->ret_first_seq,
                        &j->ticket.last_seq);
}
const struct store_job_kind store_assign_kind = {
    .name = "assign", .size = sizeof(struct store_assign), .writes = true, .run = run_assign};

static const char *state_list(struct arena *arena, unsigned states)
{
    const char *names[TICKET_STATES];
    size_t count = 0;
    for (enum ticket_state s = 0; s < TICKET_STATES; s++) {
        if (states & 1u << s)
            names[count++] = ticket_state_name(s);
    }
    return joined(arena, names, count);
}

static enum store_result run_move(struct db *db, struct store_job *job)
{
    struct store_move *j = (struct store_move *)job;
    if ((j->cause != NULL && strlen(j->cause) > STORE_FIELD_BYTES) ||
        (j->department != NULL && strlen(j->department) > STORE_FIELD_BYTES))
        return STORE_REFUSED;
    int moved = db_change(db, &queue_statements, MOVE,
                          DB_VALUES(db_int(j->ticket_id), db_text(state_list(job->arena, j->from)),
                                    db_text(ticket_state_name(j->to)), db_int(j->owner_is), db_int(j->owner),
                                    db_text_or_null(j->cause), db_int(db->now_ms), db_text_or_null(j->department),
                                    db_int(j->undelivered)));
    if (!ticket_read(db, j->ticket_id, job->arena, &j->ticket))
        return STORE_MISSING;
    if (moved == 0)
        return STORE_REFUSED;
    resume_set_who(db, j->ticket.conversation, j->who);
    return event_append(db, j->ticket.conversation, j->events, j->event_count, j->ticket_id, &j->ret_first_seq,
                        &j->ticket.last_seq);
}
const struct store_job_kind store_move_kind = {
    .name = "move", .size = sizeof(struct store_move), .writes = true, .run = run_move};
