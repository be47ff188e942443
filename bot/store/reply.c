/* An agent's answer to a message, and the way back of the visitor who gets it. See delivery.h. */
#include "store/delivery.h"
#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum { SEQ_OF_CID, SET, LINK, VISITOR_OF, FIRST_TOKEN, IS_OF, ADD_TOKEN, DROP_TOKENS, STATEMENTS };

enum { TOKENS_MAX = 20 }; /* further ones of a visitor; the oldest go */

static const char *const sql[STATEMENTS] = {
    [SEQ_OF_CID] = "SELECT e.seq FROM event e JOIN ticket t ON t.conversation = e.conversation "
                   "WHERE t.id = ?1 AND e.cid = ?2",
    [SET] = "UPDATE ticket SET state = iif(?3, 'closed', state), owner = iif(?4 < 0, owner, nullif(?4, 0)), "
            "cause = coalesce(?5, cause), changed_ms = ?6, closed_ms = iif(?3, ?6, closed_ms), "
            "undelivered = 0 "
            "WHERE id = ?1 AND instr(?7, ',' || state || ',') > 0 AND (?2 = 0 OR owner IS NULL OR owner = ?2)",
    [LINK] = "INSERT INTO return_link (token_hash, visitor, expires_ms) "
             "SELECT ?1, visitor, ?3 FROM conversation WHERE id = ?2",
    [VISITOR_OF] = "SELECT visitor FROM return_link WHERE token_hash = ?1 AND expires_ms > ?2",
    [FIRST_TOKEN] = "SELECT token_hash FROM visitor WHERE id = ?1",
    [IS_OF] = "SELECT count(*) FROM (SELECT 1 FROM visitor WHERE id = ?1 AND token_hash = ?2 "
              "UNION ALL SELECT 1 FROM visitor_token WHERE visitor = ?1 AND token_hash = ?2)",
    [ADD_TOKEN] = "INSERT INTO visitor_token (token_hash, visitor, made_ms) VALUES (?1, ?2, ?3)",
    [DROP_TOKENS] = "DELETE FROM visitor_token WHERE visitor = ?1 AND token_hash NOT IN "
                    "(SELECT token_hash FROM visitor_token WHERE visitor = ?1 ORDER BY made_ms DESC LIMIT ?2)",
};
const struct db_statements reply_statements = {DB_REPLY, STATEMENTS, sql};

/* Where one of the reply's events is stored already, 0 = nowhere. */
static int64_t stored_already(struct db *db, const struct store_reply *j)
{
    int64_t seq = 0;
    for (size_t i = 0; i < j->event_count && seq == 0; i++)
        if (j->events[i].cid != NULL)
            seq = db_number(db, &reply_statements, SEQ_OF_CID, 0,
                            DB_VALUES(db_int(j->ticket_id), db_text(j->events[i].cid)));
    return seq;
}

static enum store_result run_reply(struct db *db, struct store_job *job)
{
    struct store_reply *j = (struct store_reply *)job;
    if ((j->cause != NULL && strlen(j->cause) > STORE_FIELD_BYTES) ||
        (j->delivery != NULL && !delivery_fits(j->delivery)))
        return STORE_REFUSED;
    if ((j->ret_first_seq = stored_already(db, j)) != 0)
        return ticket_read(db, j->ticket_id, job->arena, &j->ticket) ? STORE_DUPLICATE : STORE_MISSING;
    int moved = db_change(db, &reply_statements, SET,
                          DB_VALUES(db_int(j->ticket_id), db_int(j->owner_is), db_int(j->close), db_int(j->owner),
                                    db_text_or_null(j->cause), db_int(db->now_ms),
                                    db_text(states_listed(job->arena, j->from))));
    if (!ticket_read(db, j->ticket_id, job->arena, &j->ticket))
        return STORE_MISSING;
    if (moved == 0)
        return STORE_REFUSED;
    if (j->delivery != NULL)
        delivery_add(db, j->delivery);
    if (j->link_hash != NULL)
        db_change(db, &reply_statements, LINK,
                  DB_VALUES(db_blob(j->link_hash, TOKEN_HASH_BYTES), db_int(j->ticket.conversation),
                            db_int(db->now_ms + RETURN_LINK_DAYS * INT64_C(86400000))));
    return event_append(db, j->ticket.conversation, j->events, j->event_count, j->ticket_id, &j->ret_first_seq,
                        &j->ticket.last_seq);
}
const struct store_job_kind store_reply_kind = {
    .name = "reply", .size = sizeof(struct store_reply), .writes = true, .run = run_reply};

static enum store_result run_return(struct db *db, struct store_job *job)
{
    struct store_return *j = (struct store_return *)job;
    static const unsigned char none[TOKEN_HASH_BYTES];
    int64_t visitor = db_number(db, &reply_statements, VISITOR_OF, 0,
                                DB_VALUES(db_blob(j->link_hash, TOKEN_HASH_BYTES), db_int(db->now_ms)));
    if (visitor == 0)
        return STORE_MISSING;
    struct db_value id = db_int(visitor);
    for (sqlite3_stmt *row = db_query(db, &reply_statements, FIRST_TOKEN, DB_VALUES(id)); db_next(db, row);)
        if (sqlite3_column_bytes(row, 0) == TOKEN_HASH_BYTES)
            memcpy(j->ret_hash, sqlite3_column_blob(row, 0), TOKEN_HASH_BYTES);
    j->ret_visitor = visitor;
    j->ret_own = memcmp(j->own_hash, none, sizeof none) != 0 &&
                 db_number(db, &reply_statements, IS_OF, 0, DB_VALUES(id, db_blob(j->own_hash, TOKEN_HASH_BYTES))) > 0;
    if (!j->ret_own && memcmp(j->new_hash, none, sizeof none) != 0) {
        db_change(db, &reply_statements, ADD_TOKEN,
                  DB_VALUES(db_blob(j->new_hash, TOKEN_HASH_BYTES), id, db_int(db->now_ms)));
        db_change(db, &reply_statements, DROP_TOKENS, DB_VALUES(id, db_int(TOKENS_MAX)));
    }
    return STORE_OK;
}
const struct store_job_kind store_return_kind = {
    .name = "return", .size = sizeof(struct store_return), .writes = true, .run = run_return};
