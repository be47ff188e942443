/* The statements of live.h. Every number is counted from an index that is sorted by time, so that the price is that of
 * the days that are asked for. */
#include "store/live_sql.h"

#include "store/families.h"

/* A ticket that a person joined after a range had been told. */
#define TOLD              "(c.told_ms > 0 AND c.joined_ms > 0)"
#define WAITED_SINCE_TOLD "(c.joined_ms - c.told_ms - c.parked_ms)"
#define TOLD_OVER         "(" TOLD " AND " WAITED_SINCE_TOLD " > c.told_high * 60000)"
#define JOINED            "(c.joined_ms > 0 AND c.made_as = 'waiting')"
#define WAITED            "(c.joined_ms - c.made_ms - c.parked_ms)"
/* ?3 = a moment: what was quiet since then has ended. */
#define CONTAINED                                                                                                      \
    "((c.who = 3 OR c.changed_ms < ?3) AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.conversation = c.id))"

/* Rows: ?1 and ?2 from, to, ?3 department, ?4 entry, ?5 before, ?6 a moment as above, ?7 which, ?8 limit. */
#define BODY_TEXT                                                                                                      \
    "(SELECT CASE WHEN json_valid(CAST(p.body AS TEXT)) THEN (SELECT group_concat(j.value, ' ') "                      \
    "FROM json_tree(CAST(p.body AS TEXT), '$.blocks') j WHERE j.key = 'text' AND j.type = 'text') "                    \
    "ELSE CAST(p.body AS TEXT) END FROM event p WHERE "
#define SAID_BEFORE                                                                                                    \
    BODY_TEXT "p.conversation = e.conversation AND p.seq < e.seq AND p.kind = 0 AND p.source_from = 0 "                \
              "ORDER BY p.seq DESC LIMIT 1)"
#define NEWEST_TICKET(conversation)                                                                                    \
    "coalesce((SELECT max(k.id) FROM ticket k WHERE k.conversation = " conversation "), 0)"
#define BEFORE(id) "(?5 = 0 OR " id " < ?5)"
#define TICKET_ROW                                                                                                     \
    "t.id, t.conversation, t.id, t.created_ms, iif(c.joined_ms > 0, " WAITED ", 0), t.department, t.question, "        \
    "coalesce(u.name, ''), c.after_entry, t.state FROM ticket_count c CROSS JOIN ticket t ON t.id = c.ticket "         \
    "LEFT JOIN user u ON u.id = t.owner "

static const char *const sql[LIVE_SQL_STATEMENTS] = {
    /* Of what began from ?1 to before ?2: a day at a time, so that nothing has to be sorted. */
    [LIVE_SQL_REPLIES] = "SELECT sum(e.outcome = 'answer'), sum(e.outcome = 'offer'), sum(e.outcome = 'rephrase'), "
                         "sum(e.outcome = 'handoff') FROM event e INDEXED BY event_outcome "
                         "WHERE e.at_ms >= ?1 AND e.at_ms < ?2 AND e.outcome IS NOT NULL",
    [LIVE_SQL_CONVERSATIONS] = "SELECT count(*), sum" CONTAINED " FROM conversation c INDEXED BY conversation_created "
                               "WHERE c.created_ms >= ?1 AND c.created_ms < ?2",
    [LIVE_SQL_TICKETS] =
        "SELECT c.department, sum(c.made_as = 'waiting'), sum(c.made_as = 'callback'), sum(c.made_as = 'message'), "
        "sum(c.left_ms > 0), sum" JOINED ", sum(c.handled_ms > 0), sum(c.handled_ms), sum" TOLD ", sum(" TOLD
        " * c.told_low), sum(" TOLD " * c.told_high), sum(" TOLD " * " WAITED_SINCE_TOLD "), sum" TOLD_OVER
        " FROM ticket_count c INDEXED BY ticket_count_made WHERE c.made_ms >= ?1 AND c.made_ms < ?2 GROUP BY 1",
    [LIVE_SQL_WAITS] = "SELECT c.department, " WAITED " FROM ticket_count c INDEXED BY ticket_count_made "
                       "WHERE c.made_ms >= ?1 AND c.made_ms < ?2 AND " JOINED,
    [LIVE_SQL_RATED] =
        "SELECT coalesce(c.department, ''), count(*), sum(s.value) FROM satisfaction s "
        "LEFT JOIN ticket_count c ON c.ticket = s.ticket WHERE s.at_ms >= ?1 AND s.at_ms < ?2 GROUP BY 1",
    [LIVE_SQL_ENTRIES] =
        "WITH answered AS (SELECT e.entry, count(*) AS n FROM event e INDEXED BY event_outcome "
        "WHERE e.at_ms >= ?1 AND e.at_ms < ?2 AND e.outcome = 'answer' AND e.entry IS NOT NULL GROUP BY 1), "
        "thumbs AS (SELECT e.entry, sum(r.value > 0) AS up, sum(r.value < 0) AS down FROM rating r "
        "INDEXED BY rating_at CROSS JOIN event e ON e.conversation = r.conversation AND e.seq = r.seq "
        "WHERE r.at_ms >= ?1 AND r.at_ms < ?2 GROUP BY 1), "
        "handed AS (SELECT c.after_entry AS entry, count(*) AS n FROM ticket_count c INDEXED BY ticket_count_made "
        "WHERE c.made_ms >= ?1 AND c.made_ms < ?2 AND c.made_as <> 'message' GROUP BY 1) "
        "SELECT a.entry, a.n, coalesce(t.up, 0), coalesce(t.down, 0), coalesce(h.n, 0) FROM answered a "
        "LEFT JOIN thumbs t USING (entry) LEFT JOIN handed h USING (entry) ORDER BY a.n DESC, a.entry LIMIT ?3",
    [LIVE_SQL_QUEUE] =
        "SELECT t.department, sum(t.state IN ('waiting', 'offered') AND t.queued_as = 'waiting'), "
        "sum(t.queued_as = 'callback' AND t.state IN ('callback', 'offered')), "
        "coalesce(min(iif(t.state IN ('waiting', 'offered') AND t.queued_as = 'waiting', t.created_ms, NULL)), 0), "
        "sum(t.state = 'parked'), sum(t.state = 'claimed'), sum(t.state = 'message'), "
        "sum(t.state IN ('message', 'callback') AND t.due_ms > 0 AND t.due_ms < ?1) "
        "FROM ticket t WHERE t.state <> 'closed' GROUP BY 1 ORDER BY 1",
    [LIVE_SQL_TOLD] = "UPDATE ticket_count SET told_ms = ?2, told_low = ?3, told_high = ?4 "
                      "WHERE ticket = ?1 AND told_ms = 0 AND joined_ms = 0",
    [LIVE_SQL_ROWS_EVENTS] = "SELECT e.id, e.conversation, " NEWEST_TICKET(
        "e.conversation") ", e.at_ms, 0, '', " SAID_BEFORE ", '', coalesce(e.entry, ''), e.outcome FROM (SELECT f.id "
                          "FROM event f INDEXED BY event_outcome "
                          "WHERE f.at_ms >= ?1 AND f.at_ms < ?2 AND f.outcome IS NOT NULL AND instr(?7, ',' || "
                          "f.outcome || ',') > 0 "
                          "AND (?4 = '' OR f.entry = ?4) AND " BEFORE(
                              "f.id") " ORDER BY f.id DESC LIMIT ?8) x "
                                      "JOIN event e ON e.id = x.id ORDER BY e.id DESC",
    [LIVE_SQL_ROWS_CONVERSATIONS] = "SELECT e.id, e.id, " NEWEST_TICKET(
        "e.id") ", e.created_ms, 0, '', " BODY_TEXT
                "p.conversation = e.id AND p.kind = 0 AND p.source_from = 0 ORDER BY p.seq LIMIT 1), '', '', "
                "CASE e.who WHEN 3 THEN 'closed' WHEN 2 THEN 'claimed' WHEN 1 THEN 'waiting' ELSE '' END "
                "FROM (SELECT c.id FROM conversation c INDEXED BY conversation_created "
                "WHERE c.created_ms >= ?1 AND c.created_ms < ?2 AND " BEFORE(
                    "c.id") " AND (?7 = '' OR ((c.who = 3 OR c.changed_ms < ?6) AND NOT EXISTS (SELECT 1 FROM ticket t "
                            "WHERE t.conversation = c.id))) ORDER BY c.id DESC LIMIT ?8) x JOIN conversation e ON e.id "
                            "= x.id "
                            "ORDER BY e.id DESC",
    [LIVE_SQL_ROWS_TICKETS] =
        "SELECT " TICKET_ROW "WHERE c.made_ms >= ?1 AND c.made_ms < ?2 AND (?3 = '' OR c.department = ?3) "
        "AND (?4 = '' OR c.after_entry = ?4) AND " BEFORE(
            "c.ticket") " AND CASE ?7 WHEN 'handed_over' THEN c.made_as = 'waiting' WHEN 'callbacks' THEN c.made_as = "
                        "'callback' "
                        "WHEN 'messages' THEN c.made_as = 'message' WHEN 'abandoned' THEN c.left_ms > 0 WHEN 'joined' "
                        "THEN " JOINED " WHEN 'told' THEN " TOLD " WHEN 'told_over' THEN " TOLD_OVER
                        " WHEN 'handled' THEN c.handled_ms > 0 "
                        "WHEN 'handed_after' THEN c.made_as <> 'message' ELSE 0 END ORDER BY c.ticket DESC LIMIT ?8",
    [LIVE_SQL_ROWS_OPEN] =
        "SELECT " TICKET_ROW ""
        "WHERE t.state <> 'closed' AND (?3 = '' OR t.department = ?3) AND " BEFORE(
            "t.id") " AND CASE ?7 WHEN 'waiting' THEN t.state IN ('waiting', 'offered') AND t.queued_as = 'waiting' "
                    "WHEN 'open_callbacks' THEN t.queued_as = 'callback' AND t.state IN ('callback', 'offered') "
                    "WHEN 'parked' THEN t.state = 'parked' WHEN 'with_agents' THEN t.state = 'claimed' "
                    "WHEN 'open_messages' THEN t.state = 'message' WHEN 'overdue' THEN t.state IN ('message', "
                    "'callback') "
                    "AND t.due_ms > 0 AND t.due_ms < ?6 ELSE 0 END ORDER BY t.id DESC LIMIT ?8",
    [LIVE_SQL_ROWS_RATED] =
        "SELECT s.conversation, s.conversation, s.ticket, s.at_ms, s.value, coalesce(c.department, ''), s.text, "
        "coalesce(u.name, ''), '', '' FROM satisfaction s LEFT JOIN ticket_count c ON c.ticket = s.ticket "
        "LEFT JOIN user u ON u.id = (SELECT t.owner FROM ticket t WHERE t.id = s.ticket) "
        "WHERE s.at_ms >= ?1 AND s.at_ms < ?2 AND (?3 = '' OR c.department = ?3) AND " BEFORE(
            "s.conversation") " ORDER BY s.conversation DESC LIMIT ?8",
    [LIVE_SQL_ROWS_THUMBS] = "SELECT e.id, e.conversation, " NEWEST_TICKET(
        "e.conversation") ", r.at_ms, r.value, '', " SAID_BEFORE
                          ", '', coalesce(e.entry, ''), coalesce(e.outcome, '') FROM rating r INDEXED BY rating_at "
                          "CROSS JOIN event e "
                          "ON e.conversation = r.conversation AND e.seq = r.seq WHERE r.at_ms >= ?1 AND r.at_ms < ?2 "
                          "AND (?4 = '' OR e.entry = ?4) AND " BEFORE("e.id") " AND r.value = iif(?7 = 'up', 1, -1) "
                                                                              "ORDER BY e.id DESC LIMIT ?8",
};
const struct db_statements live_statements = {DB_LIVE, LIVE_SQL_STATEMENTS, sql};
