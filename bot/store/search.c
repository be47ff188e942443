/* The index of closed chats: see search.h. Statements and the index here; what people look for is read in
 * search_words.c. */
#include "store/search.h"

#include "store/families.h"
#include "store/kind.h"
#include "store/search_sql.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS                                                                                                        \
    "SELECT t.id, t.conversation, t.created_ms, t.closed_ms, t.department, t.lang, t.name, coalesce(u.name, ''), "     \
    "t.question, t.cause, (SELECT group_concat(g.tag, ',') FROM ticket_tag g WHERE g.ticket = t.id), "
/* ?1 words, ?2 before, ?3 allowed and ?4 department, ?5 agent, ?6 and ?7 closed from, to, ?8 tag, ?9 limit. */
#define FILTERS                                                                                                        \
    "(?3 = '' OR instr(',' || ?3 || ',', ',' || t.department || ',') > 0) AND (?4 = '' OR t.department = ?4) "         \
    "AND (?5 = '' OR u.name = ?5) AND t.closed_ms >= ?6 AND (?7 = 0 OR t.closed_ms < ?7) "                             \
    "AND (?8 = '' OR EXISTS (SELECT 1 FROM ticket_tag g WHERE g.ticket = t.id AND g.tag = ?8)) "
/* Where the chat of ticket t begins: behind the end of the conversation's ticket before it. */
#define BEGINS                                                                                                         \
    "(SELECT coalesce(max(p.closed_ms), 0) FROM ticket p WHERE p.conversation = t.conversation AND p.id < t.id)"
/* A body that is none of ours is taken as it is. */
#define BODY_WORDS                                                                                                     \
    "CASE WHEN json_valid(CAST(e.body AS TEXT)) THEN (SELECT group_concat(j.value, ' ') FROM "                         \
    "json_tree(CAST(e.body AS TEXT), '$.blocks') j WHERE j.key = 'text' AND j.type = 'text') "                         \
    "ELSE CAST(e.body AS TEXT) END"

static const char *const sql[SEARCH_SQL_STATEMENTS] = {
    [SEARCH_SQL_FIND] = COLUMNS
    "snippet(search_words, -1, char(2), char(3), '…', 24) FROM search_words s CROSS JOIN ticket t ON t.id = s.rowid "
    "LEFT JOIN user u ON u.id = t.owner WHERE search_words MATCH ?1 AND s.rowid < ?2 AND t.state = 'closed' "
    "AND " FILTERS "ORDER BY s.rowid DESC LIMIT ?9",
    [SEARCH_SQL_LIST] = COLUMNS "?1 FROM ticket t LEFT JOIN user u ON u.id = t.owner "
                                "WHERE t.state = 'closed' AND t.id < ?2 AND " FILTERS "ORDER BY t.id DESC LIMIT ?9",
    [SEARCH_SQL_AGENTS] = "SELECT u.name FROM user u WHERE EXISTS (SELECT 1 FROM ticket t WHERE t.owner = u.id "
                          "AND t.state = 'closed') ORDER BY u.name LIMIT ?1",
    [SEARCH_SQL_TAGS] =
        "SELECT DISTINCT g.tag FROM ticket_tag g JOIN ticket t ON t.id = g.ticket "
        "WHERE (?2 = '' OR instr(',' || ?2 || ',', ',' || t.department || ',') > 0) ORDER BY g.tag LIMIT ?1",
    [SEARCH_SQL_SPAN] = "SELECT " BEGINS ", t.closed_ms FROM ticket t WHERE t.id = ?1",
    [SEARCH_SQL_LANG] = "SELECT lang FROM conversation WHERE id = ?1",
    [SEARCH_SQL_DUE] = "SELECT ticket FROM search_due ORDER BY ticket DESC LIMIT ?1",
    [SEARCH_SQL_ADD] =
        "INSERT OR REPLACE INTO search_words (rowid, number, name, words) SELECT t.id, t.id, t.name, "
        "replace(replace(coalesce((SELECT substr(group_concat(x.words, char(10)), 1, ?2) FROM (SELECT " BODY_WORDS
        " AS words FROM event e WHERE e.conversation = t.conversation AND e.kind = 0 AND e.source_from IN (0, 2) "
        "AND e.at_ms > " BEGINS " AND e.at_ms <= t.closed_ms ORDER BY e.seq) x), '') || coalesce((SELECT char(10) || "
        "substr(group_concat(y.text, char(10)), 1, ?2) FROM (SELECT n.text FROM ticket_note n WHERE n.ticket = t.id "
        "ORDER BY n.id) y), ''), char(2), ''), char(3), '') "
        "FROM ticket t WHERE t.id = ?1",
    [SEARCH_SQL_DONE] = "DELETE FROM search_due WHERE ticket = ?1",
    [SEARCH_SQL_FORGET] = "DELETE FROM search_words WHERE rowid IN (SELECT id FROM ticket WHERE conversation = ?1)",
    [SEARCH_SQL_NOT_DUE] = "DELETE FROM search_due WHERE ticket IN (SELECT id FROM ticket WHERE conversation = ?1)",
};
const struct db_statements search_statements = {DB_SEARCH, SEARCH_SQL_STATEMENTS, sql};

/* --- the index ---------------------------------------------------------------------------------- */

static bool index_writes(const struct store_job *job)
{
    return ((const struct store_search_index *)job)->limit > 0;
}

static enum store_result run_index(struct db *db, struct store_job *job)
{
    struct store_search_index *j = (struct store_search_index *)job;
    int64_t due[SEARCH_PAGE_MAX + 1];
    size_t limit = j->limit < SEARCH_PAGE_MAX ? j->limit : SEARCH_PAGE_MAX, count = 0;
    sqlite3_stmt *row = db_query(db, &search_statements, SEARCH_SQL_DUE, DB_VALUES(db_int((int64_t)limit + 1)));
    while (db_next(db, row))
        due[count++] = sqlite3_column_int64(row, 0);
    j->ret_more = count > limit;
    j->ret_done = count < limit ? count : limit;
    for (size_t i = 0; i < j->ret_done; i++) {
        db_change(db, &search_statements, SEARCH_SQL_ADD, DB_VALUES(db_int(due[i]), db_int(SEARCH_CHAT_BYTES)));
        db_change(db, &search_statements, SEARCH_SQL_DONE, DB_VALUES(db_int(due[i])));
    }
    return STORE_OK;
}
const struct store_job_kind store_search_index_kind = {
    .name = "search_index", .size = sizeof(struct store_search_index), .writes_now = index_writes, .run = run_index};

static enum store_result run_forget(struct db *db, struct store_job *job)
{
    search_forget(db, ((const struct store_search_forget *)job)->conversation);
    return STORE_OK;
}
const struct store_job_kind store_search_forget_kind = {
    .name = "search_forget", .size = sizeof(struct store_search_forget), .writes = true, .run = run_forget};

void search_forget(struct db *db, int64_t conversation)
{
    db_change(db, &search_statements, SEARCH_SQL_FORGET, DB_VALUES(db_int(conversation)));
    db_change(db, &search_statements, SEARCH_SQL_NOT_DUE, DB_VALUES(db_int(conversation)));
}

/* --- leaving nothing of what was taken out -------------------------------------------------------- */

/* A piece is so many pages: milliseconds, for which the store's thread waits. */
static const char first_piece[] = "INSERT INTO search_words (search_words, rank) VALUES ('merge', -64)";
static const char next_piece[] = "INSERT INTO search_words (search_words, rank) VALUES ('merge', 64)";
enum { PIECES_MAX = 1000000 };

/* FTS5 says by the count of changes whether a piece found something to do: the statement itself is one. */
static int merge_all(sqlite3 *sqlite)
{
    for (int i = 0; i < PIECES_MAX; i++) {
        sqlite3_int64 before = sqlite3_total_changes64(sqlite);
        if (sqlite3_exec(sqlite, i == 0 ? first_piece : next_piece, NULL, NULL, NULL) != SQLITE_OK)
            return -1;
        if (i > 0 && sqlite3_total_changes64(sqlite) - before < 2)
            return 0;
    }
    return -1;
}

int store_search_scrub(const char *folder, const char **ret_why)
{
    char *path = db_path(folder, "sportello.db");
    sqlite3 *sqlite = NULL;
    *ret_why = "no memory";
    if (path != NULL)
        sqlite = db_connect(path, SQLITE_OPEN_READWRITE, ret_why);
    free(path);
    if (sqlite == NULL)
        return -1;
    int log = 0, folded = 0, result = merge_all(sqlite);
    if (result == 0 && sqlite3_wal_checkpoint_v2(sqlite, NULL, SQLITE_CHECKPOINT_TRUNCATE, &log, &folded) != SQLITE_OK)
        result = -1;
    if (result != 0)
        *ret_why = db_why("what was erased is not gone from the index yet: %s", sqlite3_errmsg(sqlite));
    sqlite3_close(sqlite);
    return result;
}
