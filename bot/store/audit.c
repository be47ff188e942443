/* Who did what: lines that are only ever added. */
#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum { ADD, STATEMENTS };
static const char *const sql[STATEMENTS] = {
    [ADD] = "INSERT INTO audit (at_ms, user, act, detail) VALUES (?1, ?2, ?3, ?4)",
};
const struct db_statements audit_statements = {DB_AUDIT, STATEMENTS, sql};

static enum store_result run_audit(struct db *db, struct store_job *job)
{
    struct store_audit *j = (struct store_audit *)job;
    if (j->act == NULL || strlen(j->act) > STORE_FIELD_BYTES ||
        (j->detail != NULL && strlen(j->detail) > STORE_FIELD_BYTES))
        return STORE_REFUSED;
    db_change(db, &audit_statements, ADD,
              DB_VALUES(db_int(db->now_ms), db_int(j->user), db_text(j->act), db_text(j->detail)));
    return STORE_OK;
}
const struct store_job_kind store_audit_kind = {
    .name = "audit", .size = sizeof(struct store_audit), .writes = true, .run = run_audit};
