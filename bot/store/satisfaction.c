/* Satisfaction: see satisfaction.h. */
#include "store/satisfaction.h"

#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum { NEWEST, PUT, TICKET, STATEMENTS };
static const char *const sql[STATEMENTS] = {
    [NEWEST] = "SELECT max(id) FROM conversation WHERE visitor = (" VISITOR_BY_TOKEN ")",
    [PUT] = "INSERT INTO satisfaction (conversation, ticket, user, value, text, at_ms) "
            "SELECT ?1, coalesce(max(t.id), 0), coalesce(t.owner, 0), ?2, ?3, ?4 "
            "FROM ticket t WHERE t.conversation = ?1 AND t.claimed_ms > 0 "
            "ON CONFLICT (conversation) DO UPDATE SET value = excluded.value, text = excluded.text, "
            "at_ms = excluded.at_ms, ticket = excluded.ticket, user = excluded.user",
    [TICKET] = "SELECT ticket FROM satisfaction WHERE conversation = ?1",
};
const struct db_statements satisfaction_statements = {DB_SATISFACTION, STATEMENTS, sql};

static enum store_result run_satisfy(struct db *db, struct store_job *job)
{
    struct store_satisfy *j = (struct store_satisfy *)job;
    if (j->value < 1 || j->value > 5 || (j->text != NULL && strlen(j->text) > SATISFACTION_TEXT_BYTES))
        return STORE_REFUSED;
    j->ret_conversation =
        db_number(db, &satisfaction_statements, NEWEST, 0, DB_VALUES(db_blob(j->token_hash, sizeof j->token_hash)));
    if (j->ret_conversation == 0)
        return STORE_MISSING;
    struct db_value conversation = db_int(j->ret_conversation);
    db_change(db, &satisfaction_statements, PUT,
              DB_VALUES(conversation, db_int(j->value), db_text(j->text), db_int(db->now_ms)));
    j->ret_ticket = db_number(db, &satisfaction_statements, TICKET, 0, DB_VALUES(conversation));
    return STORE_OK;
}
const struct store_job_kind store_satisfy_kind = {
    .name = "satisfy", .size = sizeof(struct store_satisfy), .writes = true, .run = run_satisfy};
