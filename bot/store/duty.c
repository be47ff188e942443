/* Whom to tell of messages while nobody is online, and of which: see delivery.h. */
#include "store/delivery.h"
#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum { LAST, PEOPLE, TICKETS, STATEMENTS };

/* ?1 a department; `departments` is "a,b". */
#define SERVES "instr(',' || replace(departments, ' ', '') || ',', ',' || ?1 || ',') > 0"

static const char *const sql[STATEMENTS] = {
    [LAST] = "SELECT coalesce(max(ended_ms), 0) FROM delivery WHERE kind = ?1 AND target = ?2 AND state = 'sent' "
             "AND answer = 'mailed'",
    [PEOPLE] = "SELECT email FROM user WHERE disabled = 0 AND email <> '' AND "
               "((role = 'agent' AND (departments = '' OR " SERVES ")) OR (role = 'admin' AND " SERVES ")) "
               "GROUP BY email ORDER BY min(id) LIMIT ?2",
    [TICKETS] = "SELECT id, queued_as, lang, question, text, name FROM ticket WHERE department = ?1 AND owner IS NULL "
                "AND state IN ('message', 'callback') AND changed_ms > ?2 ORDER BY id LIMIT ?3",
};
const struct db_statements duty_statements = {DB_DUTY, STATEMENTS, sql};

static enum store_result run_duty(struct db *db, struct store_job *job)
{
    struct store_duty *j = (struct store_duty *)job;
    struct db_value department = db_text(j->department);
    j->addresses = arena_array(job->arena, DUTY_PEOPLE_MAX, sizeof *j->addresses);
    j->tickets = arena_array(job->arena, DUTY_TICKETS_MAX, sizeof *j->tickets);
    if (j->addresses == NULL || j->tickets == NULL)
        return STORE_UNAVAILABLE;
    j->address_count = j->ticket_count = 0;
    j->ret_more = false;
    j->ret_last_ms = db_number(db, &duty_statements, LAST, 0, DB_VALUES(db_text(j->kind), department));
    sqlite3_stmt *row = db_query(db, &duty_statements, PEOPLE, DB_VALUES(department, db_int(DUTY_PEOPLE_MAX)));
    while (db_next(db, row))
        j->addresses[j->address_count++] = db_column_text(row, 0, job->arena);
    row = db_query(db, &duty_statements, TICKETS,
                   DB_VALUES(department, db_int(j->ret_last_ms), db_int(DUTY_TICKETS_MAX + 1)));
    while (db_next(db, row)) {
        j->ret_more = j->ticket_count == DUTY_TICKETS_MAX;
        if (j->ret_more)
            continue;
        struct ticket *t = &j->tickets[j->ticket_count++];
        t->id = sqlite3_column_int64(row, 0);
        t->callback = strcmp(db_column_text(row, 1, job->arena), "callback") == 0;
        t->lang = db_column_text(row, 2, job->arena);
        t->question = db_column_text(row, 3, job->arena);
        t->text = db_column_text(row, 4, job->arena);
        t->name = db_column_text(row, 5, job->arena);
    }
    return STORE_OK;
}
const struct store_job_kind store_duty_kind = {.name = "duty", .size = sizeof(struct store_duty), .run = run_duty};
