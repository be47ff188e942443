/* Answers that could not be delivered: see undelivered.h. */
#include "store/undelivered.h"

#include "store/delivery.h"
#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum { TICKET_OF, LATER, NOTE, MOVE, MARK, STATEMENTS };

static const char *const sql[STATEMENTS] = {
    [TICKET_OF] = "SELECT t.id FROM delivery d JOIN ticket t ON t.id = d.ticket WHERE d.id = ?1",
    [LATER] = "SELECT count(*) FROM delivery d JOIN delivery l ON l.ticket = d.ticket AND l.kind = d.kind "
              "AND l.target = d.target AND l.id > d.id AND l.state <> 'dead' WHERE d.id = ?1",
    /* A delivery that is tried once more may be given up once more. */
    [NOTE] = "INSERT INTO ticket_note (ticket, user, cid, text, at_ms) "
             "VALUES (?1, NULL, 'undelivered:' || ?2 || ':' || ?4, ?3, ?4)",
    /* Before the marking: the step that is written down is of the row as it was. */
    [MOVE] = "UPDATE ticket SET state = ?3, cause = ?4, changed_ms = ?5, closed_ms = 0, "
             "owner = (SELECT u.id FROM user u WHERE u.id = ticket.owner AND NOT u.disabled AND u.role <> 'editor') "
             "WHERE id = ?1 AND instr(?2, ',' || state || ',') > 0 AND cause <> ?6",
    [MARK] = "UPDATE ticket SET undelivered = ?2 WHERE id = ?1 AND state <> 'closed'",
};
const struct db_statements undelivered_statements = {DB_UNDELIVERED, STATEMENTS, sql};

static bool move(struct db *db, const struct store_undelivered *j, struct db_value ticket)
{
    const char *states = states_listed(j->job.arena, j->from);
    return db_change(db, &undelivered_statements, MOVE,
                     DB_VALUES(ticket, db_text(states), db_text(ticket_state_name(j->to)), db_text(j->cause),
                               db_int(db->now_ms), db_text(j->unless))) > 0;
}

static enum store_result run_undelivered(struct db *db, struct store_job *job)
{
    struct store_undelivered *j = (struct store_undelivered *)job;
    struct db_value id = db_int(j->id);
    if (strlen(j->note) > WORK_NOTE_BYTES || strlen(j->cause) > STORE_FIELD_BYTES)
        return STORE_REFUSED;
    int64_t ticket = db_number(db, &undelivered_statements, TICKET_OF, 0, DB_VALUES(id));
    if (ticket == 0 || !ticket_read(db, ticket, job->arena, &j->ticket) ||
        delivery_end(db, j->id, DELIVERY_DEAD, j->error, NULL) == 0)
        return STORE_MISSING;
    j->ret_before = j->ticket.state;
    j->ret_moved = false;
    db_change(db, &undelivered_statements, NOTE, DB_VALUES(db_int(ticket), id, db_text(j->note), db_int(db->now_ms)));
    j->ret_note = (struct work_note){
        .id = sqlite3_last_insert_rowid(db->sqlite), .at_ms = db->now_ms, .name = "", .text = j->note};
    if (db_number(db, &undelivered_statements, LATER, 0, DB_VALUES(id)) == 0) {
        j->ret_moved = move(db, j, db_int(ticket));
        db_change(db, &undelivered_statements, MARK, DB_VALUES(db_int(ticket), id));
    }
    return ticket_read(db, ticket, job->arena, &j->ticket) ? STORE_OK : STORE_MISSING;
}
const struct store_job_kind store_undelivered_kind = {
    .name = "undelivered", .size = sizeof(struct store_undelivered), .writes = true, .run = run_undelivered};
