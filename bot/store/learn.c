/* The statements and names of questions to learn from: see learn.h. What visitors do is in learn_note.c, what editors
 * do in learn_edit.c. */
#include "store/learn_sql.h"

#include "store/families.h"

#include <string.h>

#define ROW "SELECT id, leader, lang, text, fold, state, entry, wording, why, first_ms, last_ms, settled_ms, edition "
#define TRACE                                                                                                          \
    "SELECT t.event, t.outcome, t.question, t.lang, t.fold, t.text, t.entry, t.confidence, t.edition, t.thumb "        \
    "FROM event e CROSS JOIN question_trace t ON t.event = e.id "
static const char *const sql[LEARN_SQL_STATEMENTS] = {
    [LEARN_SQL_FIND] = "SELECT id FROM question WHERE lang = ?1 AND fold = ?2",
    [LEARN_SQL_ADD] = "INSERT INTO question (lang, fold, text, first_ms, last_ms) VALUES (?1, ?2, ?3, ?4, ?4)",
    [LEARN_SQL_SEEN] = "UPDATE question SET last_ms = ?2 WHERE id = ?1",
    [LEARN_SQL_REOPEN] = "UPDATE question SET state = 'open' WHERE id = ?1 AND state = 'accepted' AND ?2 > edition",
    [LEARN_SQL_COUNT] = "INSERT INTO question_note VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET "
                        "count = count + 1, confidence = excluded.confidence, edition = excluded.edition, "
                        "last_ms = excluded.last_ms",
    [LEARN_SQL_UNCOUNT] = "UPDATE question_note SET count = count - 1 "
                          "WHERE question = ?1 AND outcome = ?2 AND source = ?3 AND entry = ?4",
    [LEARN_SQL_DROP_EMPTY] = "DELETE FROM question_note WHERE question = ?1 AND count <= 0",
    [LEARN_SQL_OPEN_COUNT] = "SELECT open FROM question_count",
    [LEARN_SQL_CHANGE_OPEN] = "UPDATE question_count SET open = open + ?1",
    [LEARN_SQL_MISS] = "UPDATE question_count SET missed = missed + 1, missed_ms = ?1",
    /* Never there already: the event was added in this transaction. OR REPLACE would copy every page it changes. */
    [LEARN_SQL_ADD_TRACE] = "INSERT INTO question_trace VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0)",
    /* CROSS: from the conversation's newest event back to the first that has one. */
    [LEARN_SQL_LAST_TRACE] = TRACE "WHERE e.conversation = ?1 ORDER BY e.seq DESC LIMIT 1",
    [LEARN_SQL_TRACE_AT] = TRACE "WHERE e.conversation = ?1 AND e.seq = ?2",
    [LEARN_SQL_SET_TRACE] = "UPDATE question_trace SET question = ?2, thumb = ?3 WHERE event = ?1",
    [LEARN_SQL_ONE] = ROW "FROM question WHERE id = ?1",
    [LEARN_SQL_LIST] = ROW "FROM question WHERE id > ?1 AND (?2 OR state = 'open') ORDER BY id LIMIT ?3",
    [LEARN_SQL_MEMBERS] = ROW "FROM question WHERE leader = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
    [LEARN_SQL_NOTES] = "SELECT outcome, source, entry, count, last_ms, edition, confidence FROM question_note "
                        "WHERE question = ?1 ORDER BY count DESC, outcome, source, entry",
    [LEARN_SQL_TAUGHT] = "SELECT u.name, t.entry, t.answer, t.at_ms FROM taught t JOIN user u ON u.id = t.user "
                         "WHERE t.question = ?1 ORDER BY t.at_ms DESC, t.user, t.entry LIMIT ?2",
    [LEARN_SQL_COUNTERS] = "SELECT open, missed, missed_ms FROM question_count",
    [LEARN_SQL_GROUP] = "UPDATE question SET leader = ?2 WHERE id = ?1 AND leader = 0",
    [LEARN_SQL_STATE_OF] = "SELECT state, wording, leader FROM question WHERE id = ?1",
    [LEARN_SQL_SETTLE_ONE] =
        "UPDATE question SET state = ?2, entry = ?3, wording = ?4, why = ?5, edition = ?6, settled_ms = ?7 "
        "WHERE id = ?1",
    [LEARN_SQL_SETTLE_GROUP] = "UPDATE question SET state = ?2, entry = ?3, why = ?4, edition = ?5, settled_ms = ?6 "
                               "WHERE leader = ?1 AND state = 'open'",
    [LEARN_SQL_SEE_FILE] = "INSERT INTO question_file VALUES (?1, ?2) ON CONFLICT DO UPDATE SET hash = excluded.hash "
                           "WHERE hash <> excluded.hash",
    [LEARN_SQL_FILE_SEEN] = "SELECT hash FROM question_file WHERE path = ?1",
};
const struct db_statements learn_statements = {DB_LEARN, LEARN_SQL_STATEMENTS, sql};

const char *const learn_outcome_names[LEARN_OUTCOMES] = {
    [LEARN_ANSWERED] = "answered", [LEARN_UNANSWERED] = "unanswered", [LEARN_OFFERED] = "offered",
    [LEARN_REFUSED] = "refused",   [LEARN_THUMB_DOWN] = "thumb_down", [LEARN_PICKED] = "picked",
    [LEARN_HELPFUL] = "helpful",   [LEARN_TAUGHT] = "taught",
};
const char *const learn_source_names[LEARN_SOURCES] = {
    [LEARN_BY_VISITOR] = "visitor", [LEARN_BY_AGENT] = "agent", [LEARN_BY_EDITOR] = "editor"};
const char *const learn_state_names[LEARN_STATES] = {
    [LEARN_OPEN] = "open", [LEARN_ACCEPTED] = "accepted", [LEARN_REFUSED_BY_EDITOR] = "refused"};

const char *learn_outcome_name(enum learn_outcome outcome)
{
    return learn_outcome_names[outcome];
}

const char *learn_source_name(enum learn_source source)
{
    return learn_source_names[source];
}

int learn_number_of(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return 0;
}

bool learn_text_fits(const char *text, size_t ceiling)
{
    return text == NULL || strlen(text) <= ceiling;
}
