/* What agents teach: see taught.h. */
#include "store/taught.h"

#include "store/families.h"
#include "store/kind.h"
#include "store/learn_sql.h"

#include <string.h>

enum { THERE, PUT, STATEMENTS };
static const char *const sql[STATEMENTS] = {
    [THERE] = "SELECT 1 FROM taught WHERE question = (SELECT id FROM question WHERE lang = ?1 AND fold = ?2) "
              "AND user = ?3 AND entry = ''",
    [PUT] = "INSERT INTO taught VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET answer = excluded.answer, "
            "at_ms = excluded.at_ms",
};
const struct db_statements taught_statements = {DB_TAUGHT, STATEMENTS, sql};

static bool fits(const struct store_teach *j, bool draft)
{
    return learn_fits(&j->note) && j->note.text != NULL && j->note.text[0] != '\0' && j->note.lang != NULL &&
           learn_text_fits(j->answer, LEARN_ANSWER_BYTES) && (!draft || (j->answer != NULL && j->answer[0] != '\0'));
}

static enum store_result run_teach(struct db *db, struct store_job *job)
{
    struct store_teach *j = (struct store_teach *)job;
    struct learn_note *n = &j->note;
    bool draft = n->entry == NULL || n->entry[0] == '\0';
    if (!fits(j, draft))
        return STORE_REFUSED;
    n->outcome = draft ? LEARN_TAUGHT : LEARN_PICKED;
    n->source = LEARN_BY_AGENT;
    struct db_value user = db_int(j->user);
    bool again =
        draft && db_number(db, &taught_statements, THERE, 0, DB_VALUES(db_text(n->lang), db_text(n->fold), user)) != 0;
    if (again)
        j->ret_question =
            db_number(db, &learn_statements, LEARN_SQL_FIND, 0, DB_VALUES(db_text(n->lang), db_text(n->fold)));
    enum store_result result = again ? STORE_OK : learn_keep(db, 0, 0, n, &j->ret_question);
    if (result == STORE_OK && j->ret_question != 0)
        db_change(db, &taught_statements, PUT,
                  DB_VALUES(db_int(j->ret_question), user, db_text(n->entry), db_text(draft ? j->answer : ""),
                            db_int(db->now_ms)));
    return result;
}
const struct store_job_kind store_teach_kind = {
    .name = "teach", .size = sizeof(struct store_teach), .writes = true, .run = run_teach};
