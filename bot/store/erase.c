/* What goes with a visitor's chats, table by table: see erase.h. */
#include "store/erase.h"

#include "store/families.h"
#include "store/kind.h"

#include <stdio.h>
#include <string.h>

enum {
    VISITOR,
    VISITOR_OF_TICKET,
    TOKEN,
    REQUESTED,
    REMEMBER,
    FORGET_REQUESTS,
    CONVERSATIONS,
    TRACED,
    SAID,
    LANGS,
    QUESTION,
    IS_LONELY,
    LEAD_ANEW,
    DROP_QUESTION,
    CLOSE_QUESTION,
    TICKETS,
    EMPTY_TICKETS,
    NOBODY,
    EMPTY_CONVERSATION,
    DROP_CONVERSATION,
    RESET_VISITOR,
    WANT_SCRUB,
    SCRUBBED,
    SCRUB,
    DROP_DELIVERIES, /* from here on: rows of a conversation, by ?1 */
    DROP_NOTES,
    DROP_TAGS,
    DROP_INVITES,
    DROP_SATISFACTION,
    DROP_CALL,
    DROP_EVENTS, /* ratings and traces go with them */
    DROPS_END,
    DROP_VALUES = DROPS_END, /* of a visitor, by ?1 */
    DROP_LINKS,
    STATEMENTS
};

#define OF_TICKETS "WHERE ticket IN (SELECT id FROM ticket WHERE conversation = ?1)"

static const char *const sql[STATEMENTS] = {
    [VISITOR] = VISITOR_BY_TOKEN,
    /* A moment of 0: the nobody that erased tickets belong to. */
    [VISITOR_OF_TICKET] = "SELECT v.id FROM ticket t JOIN conversation c ON c.id = t.conversation "
                          "JOIN visitor v ON v.id = c.visitor WHERE t.id = ?1 AND v.created_ms <> 0",
    [TOKEN] = "SELECT token_hash FROM visitor WHERE id = ?1",
    [REQUESTED] = "SELECT 1 FROM erasure WHERE request = ?1",
    [REMEMBER] = "INSERT INTO erasure (request, at_ms) VALUES (?1, ?2)",
    [FORGET_REQUESTS] = "DELETE FROM erasure WHERE at_ms < ?1",
    [CONVERSATIONS] = "SELECT id FROM conversation WHERE visitor = ?1 ORDER BY id",
    [TRACED] = "SELECT DISTINCT t.question FROM event e CROSS JOIN question_trace t ON t.event = e.id "
               "WHERE e.conversation = ?1 AND t.question <> 0",
    [SAID] = "SELECT (SELECT group_concat(j.value, ' ') FROM json_tree(CAST(e.body AS TEXT), '$.blocks') j "
             "WHERE j.key = 'text' AND j.type = 'text') FROM event e "
             "WHERE e.conversation = ?1 AND e.kind = 0 AND e.source_from = 0 AND json_valid(CAST(e.body AS TEXT))",
    [LANGS] = "SELECT DISTINCT lang FROM question",
    [QUESTION] = "SELECT id FROM question WHERE lang = ?1 AND fold = ?2",
    [IS_LONELY] = "SELECT state = 'open' FROM question WHERE id = ?1 AND state <> 'accepted' "
                  "AND NOT EXISTS (SELECT 1 FROM question_trace WHERE question = ?1 AND question <> 0)",
    [LEAD_ANEW] = "UPDATE question SET leader = (SELECT min(o.id) FROM question o WHERE o.leader = ?1 AND o.id <> ?1) "
                  "WHERE leader = ?1 AND id <> ?1",
    [DROP_QUESTION] = "DELETE FROM question WHERE id = ?1",
    [CLOSE_QUESTION] = "UPDATE question_count SET open = open - 1",
    [TICKETS] = "SELECT count(*) FROM ticket WHERE conversation = ?1",
    [EMPTY_TICKETS] =
        "UPDATE ticket SET state = 'closed', cause = iif(state = 'closed', cause, 'erased'), "
        "closed_ms = iif(state = 'closed', closed_ms, ?2), changed_ms = iif(state = 'closed', changed_ms, ?2), "
        "handled_ms = iif(state = 'claimed', ?2 - claimed_ms, handled_ms), question = '', corrected = '', page = '', "
        "page_title = '', tried = '', name = '', contact = '', text = '', slots = '', identity = '', consent = '', "
        "due_ms = 0, undelivered = 0 WHERE conversation = ?1",
    [NOBODY] = "INSERT INTO visitor (token_hash, created_ms) VALUES (randomblob(32), 0)",
    [EMPTY_CONVERSATION] = "UPDATE conversation SET visitor = ?2, who = 3, page = '', memory = '', edition = 0, "
                           "last_seq = 0, changed_ms = ?3 WHERE id = ?1",
    [DROP_CONVERSATION] = "DELETE FROM conversation WHERE id = ?1",
    [RESET_VISITOR] = "UPDATE visitor SET created_ms = ?2 WHERE id = ?1",
    [WANT_SCRUB] = "UPDATE scrub SET wanted = wanted + 1",
    [SCRUBBED] = "UPDATE scrub SET done = max(done, ?1)",
    [SCRUB] = "SELECT wanted, done FROM scrub",
    [DROP_DELIVERIES] = "DELETE FROM delivery " OF_TICKETS,
    [DROP_NOTES] = "DELETE FROM ticket_note " OF_TICKETS,
    [DROP_TAGS] = "DELETE FROM ticket_tag " OF_TICKETS,
    [DROP_INVITES] = "DELETE FROM ticket_invite " OF_TICKETS,
    [DROP_SATISFACTION] = "DELETE FROM satisfaction WHERE conversation = ?1",
    [DROP_CALL] = "DELETE FROM call WHERE conversation = ?1",
    [DROP_EVENTS] = "DELETE FROM event WHERE conversation = ?1",
    [DROP_VALUES] = "DELETE FROM visitor_value WHERE visitor = ?1",
    [DROP_LINKS] = "DELETE FROM return_link WHERE visitor = ?1",
};
const struct db_statements erase_statements = {DB_ERASE, STATEMENTS, sql};

struct ids {
    int64_t *list;
    size_t count;
};

static void add_id(struct arena *arena, struct ids *ids, int64_t id)
{
    int64_t *list = id != 0 ? db_grown(arena, ids->list, ids->count, sizeof *list) : NULL;
    if (list == NULL)
        return; /* without memory the arena has failed, and the job with it */
    ids->list = list;
    list[ids->count++] = id;
}

/* --- questions ------------------------------------------------------------------------------------------- */

static void add_asked(struct db *db, struct store_erase *j, const char *words, struct ids *questions)
{
    const char *fold = words != NULL && j->fold != NULL ? j->fold(j->job.arena, words) : NULL;
    for (size_t i = 0; fold != NULL && i < j->lang_count; i++)
        add_id(j->job.arena, questions,
               db_number(db, &erase_statements, QUESTION, 0, DB_VALUES(db_text(j->langs[i]), db_text(fold))));
}

/* Those that messages of the conversation were about; what an agent taught has no trace, but the same words. */
static void find_questions(struct db *db, struct store_erase *j, int64_t conversation, struct ids *questions)
{
    struct arena *arena = j->job.arena;
    sqlite3_stmt *row = db_query(db, &erase_statements, TRACED, DB_VALUES(db_int(conversation)));
    while (db_next(db, row))
        add_id(arena, questions, sqlite3_column_int64(row, 0));
    for (row = db_query(db, &erase_statements, SAID, DB_VALUES(db_int(conversation))); db_next(db, row);)
        add_asked(db, j, db_column_text_or_null(row, 0, arena), questions);
}

/* Once the traces of this visitor are gone. */
static void drop_question(struct db *db, int64_t question)
{
    struct db_value id = db_int(question);
    int64_t open = db_number(db, &erase_statements, IS_LONELY, -1, DB_VALUES(id));
    if (open < 0)
        return;
    db_change(db, &erase_statements, LEAD_ANEW, DB_VALUES(id));
    db_change(db, &erase_statements, DROP_QUESTION, DB_VALUES(id));
    if (open > 0)
        db_change(db, &erase_statements, CLOSE_QUESTION, NULL, 0);
}

/* --- conversations --------------------------------------------------------------------------------------- */

/* What its tickets leave behind belongs to nobody; *nobody is made when it is needed. */
static void drop_conversation(struct db *db, struct store_erase *j, int64_t conversation, int64_t *nobody)
{
    struct db_value id = db_int(conversation), now = db_int(db->now_ms);
    files_erase(db, conversation); /* while it is known whose it is */
    for (int drop = DROP_DELIVERIES; drop < DROPS_END; drop++)
        db_change(db, &erase_statements, (size_t)drop, DB_VALUES(id));
    int64_t tickets = db_number(db, &erase_statements, TICKETS, 0, DB_VALUES(id));
    j->ret_tickets += (size_t)tickets;
    if (tickets == 0) {
        db_change(db, &erase_statements, DROP_CONVERSATION, DB_VALUES(id));
        return;
    }
    db_change(db, &erase_statements, EMPTY_TICKETS, DB_VALUES(id, now));
    search_forget(db, conversation); /* after it: a ticket that closes asks to be indexed */
    if (*nobody == 0) {
        db_change(db, &erase_statements, NOBODY, NULL, 0);
        *nobody = sqlite3_last_insert_rowid(db->sqlite);
    }
    db_change(db, &erase_statements, EMPTY_CONVERSATION, DB_VALUES(id, db_int(*nobody), now));
}

/* Who asks by a ticket knows neither the token nor the site's languages. */
static void complete(struct db *db, struct store_erase *j, int64_t visitor)
{
    const char **langs = NULL;
    sqlite3_stmt *row = db_query(db, &erase_statements, TOKEN, DB_VALUES(db_int(visitor)));
    while (db_next(db, row)) {
        if (sqlite3_column_bytes(row, 0) == TOKEN_HASH_BYTES)
            memcpy(j->token_hash, sqlite3_column_blob(row, 0), TOKEN_HASH_BYTES);
    }
    if (j->lang_count > 0)
        return;
    for (row = db_query(db, &erase_statements, LANGS, NULL, 0); db_next(db, row);) {
        const char **grown = db_grown(j->job.arena, langs, j->lang_count, sizeof *langs);
        if (grown == NULL)
            continue; /* the arena has failed, and the job with it */
        langs = grown;
        langs[j->lang_count++] = db_column_text_or_null(row, 0, j->job.arena);
    }
    j->langs = langs;
}

static void write_audit(struct db *db, const struct store_erase *j)
{
    char detail[80];
    snprintf(detail, sizeof detail, "%zu conversations, %zu tickets", j->count, j->ret_tickets);
    audit_add(db, &j->by, j->ticket != 0 ? "chat_erased" : "chat_erased_by_visitor", detail);
}

static void erase_visitor(struct db *db, struct store_erase *j, int64_t visitor)
{
    struct ids conversations = {0}, questions = {0};
    int64_t nobody = 0;
    complete(db, j, visitor);
    sqlite3_stmt *row = db_query(db, &erase_statements, CONVERSATIONS, DB_VALUES(db_int(visitor)));
    while (db_next(db, row))
        add_id(j->job.arena, &conversations, sqlite3_column_int64(row, 0));
    for (size_t i = 0; i < conversations.count; i++)
        find_questions(db, j, conversations.list[i], &questions);
    j->conversations = conversations.list;
    j->count = conversations.count;
    for (size_t i = 0; i < conversations.count; i++)
        drop_conversation(db, j, conversations.list[i], &nobody);
    for (size_t i = 0; i < questions.count; i++)
        drop_question(db, questions.list[i]);
    db_change(db, &erase_statements, DROP_VALUES, DB_VALUES(db_int(visitor)));
    db_change(db, &erase_statements, DROP_LINKS, DB_VALUES(db_int(visitor)));
    db_change(db, &erase_statements, RESET_VISITOR, DB_VALUES(db_int(visitor), db_int(db->now_ms)));
    db_change(db, &erase_statements, WANT_SCRUB, NULL, 0);
    if (j->count > 0)
        write_audit(db, j);
}

static enum store_result run_erase(struct db *db, struct store_job *job)
{
    static const unsigned char none[ERASE_REQUEST_BYTES];
    struct store_erase *j = (struct store_erase *)job;
    bool named = memcmp(j->request, none, sizeof none) != 0;
    struct db_value request = db_blob(j->request, sizeof j->request);
    j->conversations = NULL;
    j->count = j->ret_tickets = 0;
    if (named && db_number(db, &erase_statements, REQUESTED, 0, DB_VALUES(request)) != 0)
        return STORE_DUPLICATE;
    int64_t visitor =
        j->ticket != 0
            ? db_number(db, &erase_statements, VISITOR_OF_TICKET, 0, DB_VALUES(db_int(j->ticket)))
            : db_number(db, &erase_statements, VISITOR, 0, DB_VALUES(db_blob(j->token_hash, sizeof j->token_hash)));
    if (visitor == 0 && j->ticket != 0)
        return STORE_MISSING;
    if (visitor != 0)
        erase_visitor(db, j, visitor);
    db_change(db, &erase_statements, FORGET_REQUESTS,
              DB_VALUES(db_int(db->now_ms - ERASE_REMEMBER_DAYS * INT64_C(86400000))));
    if (named && visitor != 0)
        db_change(db, &erase_statements, REMEMBER, DB_VALUES(request, db_int(db->now_ms)));
    return STORE_OK;
}
const struct store_job_kind store_erase_kind = {
    .name = "erase", .size = sizeof(struct store_erase), .writes = true, .run = run_erase};

/* --- scrubbing ------------------------------------------------------------------------------------------- */

static bool scrub_writes(const struct store_job *job)
{
    return ((const struct store_scrub *)job)->done != 0;
}

static enum store_result run_scrub(struct db *db, struct store_job *job)
{
    struct store_scrub *j = (struct store_scrub *)job;
    if (j->done != 0)
        db_change(db, &erase_statements, SCRUBBED, DB_VALUES(db_int(j->done)));
    for (sqlite3_stmt *row = db_query(db, &erase_statements, SCRUB, NULL, 0); db_next(db, row);) {
        j->ret_wanted = sqlite3_column_int64(row, 0);
        j->ret_done = sqlite3_column_int64(row, 1);
    }
    return STORE_OK;
}
const struct store_job_kind store_scrub_kind = {
    .name = "scrub", .size = sizeof(struct store_scrub), .writes_now = scrub_writes, .run = run_scrub};
