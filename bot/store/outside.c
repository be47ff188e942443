/* Numbers in other systems: see outside.h. */
#include "store/outside.h"

#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum { SET, WHO, STATEMENTS };

static const char *const sql[STATEMENTS] = {
    [SET] = "UPDATE ticket SET outside = ?2 WHERE id = ?1 AND outside = ''",
    [WHO] = "SELECT who FROM conversation WHERE id = ?1",
};
const struct db_statements outside_statements = {DB_OUTSIDE, STATEMENTS, sql};

static enum store_result run_outside(struct db *db, struct store_job *job)
{
    struct store_outside *j = (struct store_outside *)job;
    int64_t last;
    if (j->outside == NULL || j->outside[0] == '\0' || strlen(j->outside) > OUTSIDE_BYTES)
        return STORE_REFUSED;
    int set = db_change(db, &outside_statements, SET, DB_VALUES(db_int(j->ticket_id), db_text(j->outside)));
    if (!ticket_read(db, j->ticket_id, job->arena, &j->ticket))
        return STORE_MISSING;
    if (set == 0)
        return STORE_DUPLICATE;
    int64_t who = db_number(db, &outside_statements, WHO, STORE_WHO_CLOSED, DB_VALUES(db_int(j->ticket.conversation)));
    if (who == STORE_WHO_CLOSED || j->event_count == 0)
        return STORE_OK;
    return event_append(db, j->ticket.conversation, j->events, j->event_count, 0, &j->ret_first_seq, &last);
}
const struct store_job_kind store_outside_kind = {
    .name = "outside", .size = sizeof(struct store_outside), .writes = true, .run = run_outside};
