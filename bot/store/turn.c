/* A turn: what was said, the conversation's state from then on and the hand-off, all or nothing.
 * The steps are the functions below, in the order of run_turn. */
#include "store/families.h"
#include "store/kind.h"
#include "store/said.h"

#include <string.h>

enum {
    VISITOR,
    ADD_VISITOR,
    NEWEST,
    HEAD,
    SEQ_OF_CID,
    EARLIER_OF_CID,
    NEWEST_CIDS,
    OPEN,
    SET,
    SET_SAID,
    ADD_DETAILS,
    NEXT_PLACE,
    ADD_TICKET,
    LEAVE,
    STATEMENTS
};
static const char *const sql[STATEMENTS] = {
    [VISITOR] = VISITOR_BY_TOKEN,
    [ADD_VISITOR] = "INSERT INTO visitor (token_hash, created_ms) VALUES (?1, ?2)",
    [NEWEST] = "SELECT id FROM conversation WHERE visitor = ?1 ORDER BY id DESC LIMIT 1",
    /* All that a turn asks of its conversation before it changes anything, in one look. */
    [HEAD] = "SELECT visitor, who, last_seq, "
             "(?2 < 0 OR ?2 = who) AND coalesce(?3 = lang, 1) AND coalesce(?4 = page, 1) AND (?5 = 0 OR ?5 = edition), "
             "(SELECT t.id FROM ticket t WHERE t.conversation = ?1 AND t.state NOT IN ('message', 'closed')), "
             "said FROM conversation WHERE id = ?1",
    /* From the newest back, event by event: asked only where there is a reason to. */
    [SEQ_OF_CID] = "SELECT seq FROM event WHERE conversation = ?1 AND cid = ?2 ORDER BY seq DESC LIMIT 1",
    /* In a conversation that is over by now. */
    [EARLIER_OF_CID] = "SELECT c.id, e.seq FROM conversation c JOIN event e ON e.conversation = c.id AND e.cid = ?2 "
                       "WHERE c.visitor = ?1 AND c.id < ?3 ORDER BY c.id DESC LIMIT 1",
    [NEWEST_CIDS] = "SELECT cid FROM (SELECT cid, seq FROM event WHERE conversation = ?1 AND cid IS NOT NULL "
                    "AND source_from <> ?2 ORDER BY seq DESC LIMIT ?3) ORDER BY seq",
    [OPEN] = "INSERT INTO conversation (visitor, created_ms, changed_ms) VALUES (?1, ?2, ?2)",
    [SET] = "UPDATE conversation SET who = iif(?2 < 0, who, ?2), lang = coalesce(?3, lang), page = coalesce(?4, page), "
            "memory = coalesce(?5, memory), edition = iif(?6 = 0, edition, ?6), changed_ms = ?7, "
            "last_seq = ?8, said = ?9 WHERE id = ?1",
    /* Where the rest stays as it is, as in nearly every turn: no index has a column of these. */
    [SET_SAID] = "UPDATE conversation SET memory = coalesce(?2, memory), changed_ms = ?3, last_seq = ?4, said = ?5 "
                 "WHERE id = ?1",
    [ADD_DETAILS] =
        "UPDATE ticket SET "
        "state = iif(state IN ('waiting', 'parked') AND ?2 IN ('callback', 'message'), ?2, state), "
        "queued_as = iif(?2 = 'callback', 'callback', queued_as), cause = iif(?2 IN ('callback', 'message'), 'asked', "
        "cause), "
        "name = iif(?3 = '', name, ?3), contact = iif(?4 = '', contact, ?4), "
        "consent = iif(?8 = '', consent, ?8), "
        "text = CASE WHEN ?5 = '' THEN text WHEN text = '' THEN ?5 ELSE text || char(10) || ?5 END, changed_ms = ?6 "
        "WHERE id = ?1 AND length(CAST(text AS BLOB)) + length(CAST(?5 AS BLOB)) < ?7",
    [NEXT_PLACE] = "UPDATE queue_counter SET last = last + 1 RETURNING last",
    [ADD_TICKET] =
        "INSERT INTO ticket (conversation, enqueue_seq, state, queued_as, department, lang, question, why, corrected, "
        "page, tried, name, contact, text, created_ms, changed_ms, slots, page_title, identity, consent) "
        "VALUES (?1, ?2, ?3, iif(?3 = 'callback', 'callback', 'waiting'), ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
        "?14, ?14, ?15, ?16, ?17, ?18)",
    [LEAVE] = "UPDATE ticket SET state = 'closed', cause = 'visitor', closed_ms = ?2, changed_ms = ?2, "
              "handled_ms = iif(state = 'claimed', ?2 - claimed_ms, NULL) "
              "WHERE conversation = ?1 AND state NOT IN ('message', 'closed')",
};
const struct db_statements turn_statements = {DB_TURN, STATEMENTS, sql};

static bool fits(const char *text, size_t ceiling)
{
    return text == NULL || strlen(text) <= ceiling;
}

static bool ticket_fits(const struct ticket_new *t)
{
    const char *const fields[] = {t->department, t->lang,    t->why,        t->corrected, t->page,
                                  t->name,       t->contact, t->page_title, t->identity,  t->consent};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (!fits(fields[i], TICKET_FIELD_BYTES))
            return false;
    }
    bool enters = t->state == TICKET_WAITING || t->state == TICKET_CALLBACK || t->state == TICKET_MESSAGE;
    return enters && fits(t->question, TICKET_QUESTION_BYTES) && fits(t->tried, TICKET_TRIED_BYTES) &&
           fits(t->text, TICKET_TEXT_BYTES) && fits(t->slots, TICKET_SLOTS_BYTES);
}

/* What is sent again in the same turn would be stored twice. */
static bool cids_differ(const struct event *events, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = 0; events[i].cid != NULL && k < i; k++)
            if (events[k].cid != NULL && strcmp(events[i].cid, events[k].cid) == 0)
                return false;
    return true;
}

static bool turn_fits(const struct store_turn *j)
{
    return events_fit(j->events, j->event_count) && cids_differ(j->events, j->event_count) &&
           fits(j->lang, STORE_FIELD_BYTES) && fits(j->page, STORE_FIELD_BYTES) &&
           fits(j->memory, STORE_MEMORY_BYTES) && (j->ticket == NULL || ticket_fits(j->ticket)) &&
           (j->note == NULL || learn_fits(j->note)) && call_fits(j);
}

/* A conversation as the turn finds it. */
struct head {
    int64_t visitor, last_seq, ticket; /* ticket: the live one, 0 = none */
    int who;
    bool as_it_is; /* the turn names no other state, language, page or edition */
    bool marked;   /* `said` is known */
    struct said said;
};

static bool read_head(struct db *db, const struct store_turn *j, int64_t conversation, struct head *ret)
{
    bool found = false;
    sqlite3_stmt *row = db_query(db, &turn_statements, HEAD,
                                 DB_VALUES(db_int(conversation), db_int(j->who), db_text_or_null(j->lang),
                                           db_text_or_null(j->page), db_int(j->edition)));
    while (db_next(db, row)) {
        found = true;
        *ret = (struct head){.visitor = sqlite3_column_int64(row, 0),
                             .who = sqlite3_column_int(row, 1),
                             .last_seq = sqlite3_column_int64(row, 2),
                             .as_it_is = sqlite3_column_int(row, 3) != 0,
                             .ticket = sqlite3_column_int64(row, 4)};
        const void *marks = sqlite3_column_blob(row, 5);
        ret->marked = sqlite3_column_type(row, 5) == SQLITE_BLOB &&
                      said_read(&ret->said, marks, (size_t)sqlite3_column_bytes(row, 5));
    }
    return found;
}

/* A thumb has the assistant's event, with the visitor's cid. */
static bool is_visitors(const struct event *e)
{
    return e->cid != NULL && e->from != FROM_AGENT;
}

/* The marks outlive their conversation: a page may be away while another ends it and begins the next. */
static int64_t stored_earlier(struct db *db, int64_t *conversation, const struct head *head, const char *cid)
{
    int64_t seq = 0;
    sqlite3_stmt *row = db_query(db, &turn_statements, EARLIER_OF_CID,
                                 DB_VALUES(db_int(head->visitor), db_text(cid), db_int(*conversation)));
    while (db_next(db, row)) {
        *conversation = sqlite3_column_int64(row, 0);
        seq = sqlite3_column_int64(row, 1);
    }
    return seq;
}

static bool stored_already(struct db *db, struct store_turn *j, int64_t conversation, const struct head *head)
{
    for (size_t i = 0; i < j->event_count; i++) {
        const struct event *e = &j->events[i];
        bool marks_tell = head->marked && is_visitors(e);
        if (e->cid == NULL || (marks_tell && !said_perhaps(&head->said, e->cid)))
            continue;
        int64_t where = conversation;
        int64_t seq = db_number(db, &turn_statements, SEQ_OF_CID, 0, DB_VALUES(db_int(where), db_text(e->cid)));
        if (seq == 0 && marks_tell)
            seq = stored_earlier(db, &where, head, e->cid);
        if (seq == 0)
            continue;
        j->conversation = where;
        j->ret_first_seq = seq;
        j->ret_duplicate = i;
        return true;
    }
    return false;
}

/* Finds the visitor by token and the conversation it means: the one named, else the newest. */
static int64_t find_conversation(struct db *db, struct store_turn *j)
{
    static const unsigned char nobody[TOKEN_HASH_BYTES];
    if (memcmp(j->token_hash, nobody, sizeof nobody) != 0)
        j->ret_visitor =
            db_number(db, &turn_statements, VISITOR, 0, DB_VALUES(db_blob(j->token_hash, sizeof j->token_hash)));
    if (j->conversation != 0)
        return j->conversation;
    return j->ret_visitor != 0 ? db_number(db, &turn_statements, NEWEST, 0, DB_VALUES(db_int(j->ret_visitor))) : 0;
}

static void open_conversation(struct db *db, struct store_turn *j)
{
    if (j->ret_visitor == 0) {
        db_change(db, &turn_statements, ADD_VISITOR,
                  DB_VALUES(db_blob(j->token_hash, sizeof j->token_hash), db_int(db->now_ms)));
        j->ret_visitor = sqlite3_last_insert_rowid(db->sqlite);
    }
    db_change(db, &turn_statements, OPEN, DB_VALUES(db_int(j->ret_visitor), db_int(db->now_ms)));
    j->conversation = sqlite3_last_insert_rowid(db->sqlite);
    j->ret_last_seq = 0;
}

/* Settles j->conversation: STORE_OK, or why the turn may not be. */
static enum store_result enter_conversation(struct db *db, struct store_turn *j, struct head *ret)
{
    int64_t named = j->conversation, found = find_conversation(db, j);
    struct head head = {.who = STORE_WHO_BOT};
    bool exists = found != 0 && read_head(db, j, found, &head);
    if (named != 0 && !exists)
        return STORE_MISSING;
    if (exists && j->ret_visitor != 0 && head.visitor != j->ret_visitor)
        return STORE_REFUSED;
    if (exists && stored_already(db, j, found, &head))
        return STORE_DUPLICATE;
    bool closed = exists && head.who == STORE_WHO_CLOSED;
    if (named != 0 && closed)
        return STORE_REFUSED;
    if (!exists || closed) {
        /* Marks that are of no use are not taken along. */
        struct said said = exists && head.marked ? head.said : (struct said){.size = 0};
        head = (struct head){.who = STORE_WHO_BOT, .marked = true, .said = said};
        open_conversation(db, j);
    } else {
        j->conversation = found;
        j->ret_visitor = head.visitor;
        j->ret_last_seq = head.last_seq;
    }
    *ret = head;
    return j->if_who >= 0 && head.who != j->if_who ? STORE_REFUSED : STORE_OK;
}

static void add_ticket(struct db *db, struct store_turn *j)
{
    const struct ticket_new *t = j->ticket;
    int64_t place = db_number(db, &turn_statements, NEXT_PLACE, 0, NULL, 0);
    db_change(db, &turn_statements, ADD_TICKET,
              DB_VALUES(db_int(j->conversation), db_int(place), db_text(ticket_state_name(t->state)),
                        db_text(t->department), db_text(t->lang), db_text(t->question), db_text(t->why),
                        db_text(t->corrected), db_text(t->page), db_text(t->tried), db_text(t->name),
                        db_text(t->contact), db_text(t->text), db_int(db->now_ms), db_text(t->slots),
                        db_text(t->page_title), db_text(t->identity), db_text(t->consent)));
    j->ret_ticket = sqlite3_last_insert_rowid(db->sqlite);
}

static enum store_result hand_off(struct db *db, struct store_turn *j, int64_t live)
{
    const struct ticket_new *t = j->ticket;
    j->ret_ticket = live;
    if (t != NULL && j->ret_ticket == 0) {
        add_ticket(db, j);
    } else if (t != NULL) {
        int changed = db_change(db, &turn_statements, ADD_DETAILS,
                                DB_VALUES(db_int(j->ret_ticket), db_text(ticket_state_name(t->state)), db_text(t->name),
                                          db_text(t->contact), db_text(t->text), db_int(db->now_ms),
                                          db_int(TICKET_TEXT_BYTES), db_text(t->consent)));
        if (changed == 0)
            return STORE_REFUSED;
    }
    if (j->close_ticket)
        db_change(db, &turn_statements, LEAVE, DB_VALUES(db_int(j->conversation), db_int(db->now_ms)));
    return STORE_OK;
}

/* A note without a question to be about is no reason to refuse what was said. */
static void learn(struct db *db, struct store_turn *j)
{
    int64_t question = 0;
    int about = j->note->event;
    int64_t event = about >= 0 && (size_t)about < j->event_count ? event_id(db, (size_t)about, j->event_count) : 0;
    j->ret_missed = learn_keep(db, j->conversation, event, j->note, &question) == STORE_OK && question == 0 &&
                    j->note->outcome != LEARN_ANSWERED;
}

/* The marks of what is there from now on, this turn's events among them. Only the visitor's, so that an agent who
 * writes much does not push them out. */
static void mark_said(struct db *db, const struct store_turn *j, struct head *head)
{
    struct said *said = &head->said;
    if (!head->marked) {
        said->size = 0;
        sqlite3_stmt *row = db_query(db, &turn_statements, NEWEST_CIDS,
                                     DB_VALUES(db_int(j->conversation), db_int(FROM_AGENT), db_int(SAID_KEPT)));
        while (db_next(db, row))
            said_add(said, (const char *)sqlite3_column_text(row, 0));
        return;
    }
    for (size_t i = 0; i < j->event_count; i++)
        if (is_visitors(&j->events[i]))
            said_add(said, j->events[i].cid);
}

static void move_on(struct db *db, const struct store_turn *j, struct head *head)
{
    struct db_value conversation = db_int(j->conversation), now = db_int(db->now_ms), last = db_int(j->ret_last_seq);
    mark_said(db, j, head);
    struct db_value said = db_blob(head->said.marks, head->said.size);
    if (head->as_it_is)
        db_change(db, &turn_statements, SET_SAID, DB_VALUES(conversation, db_text_or_null(j->memory), now, last, said));
    else
        db_change(db, &turn_statements, SET,
                  DB_VALUES(conversation, db_int(j->who), db_text_or_null(j->lang), db_text_or_null(j->page),
                            db_text_or_null(j->memory), db_int(j->edition), now, last, said));
}

static enum store_result take_turn(struct db *db, struct store_turn *j)
{
    if (!turn_fits(j))
        return STORE_REFUSED;
    struct head head;
    enum store_result result = enter_conversation(db, j, &head);
    if (result == STORE_OK && !call_ended(db, j))
        result = STORE_MISSING;
    if (result == STORE_OK)
        result = hand_off(db, j, head.ticket);
    if (result != STORE_OK)
        return result;
    int64_t last = j->ret_last_seq;
    events_insert(db, j->conversation, last, j->events, j->event_count, j->ret_ticket);
    j->ret_first_seq = j->event_count > 0 ? last + 1 : 0;
    j->ret_no_file = !files_send(db, j, j->ret_first_seq);
    if (j->ret_no_file)
        return STORE_REFUSED;
    j->ret_last_seq = last + (int64_t)j->event_count;
    if (j->note != NULL)
        learn(db, j);
    call_keep(db, j);
    move_on(db, j, &head);
    return STORE_OK;
}

/* What is undone must not be told: the ids of a refused turn name nothing. */
static enum store_result run_turn(struct db *db, struct store_job *job)
{
    struct store_turn *j = (struct store_turn *)job;
    int64_t named = j->conversation;
    enum store_result result = take_turn(db, j);
    if (db->error != 0 || (result != STORE_OK && result != STORE_DUPLICATE)) {
        j->conversation = named;
        j->ret_visitor = j->ret_first_seq = j->ret_last_seq = j->ret_ticket = 0;
    }
    return result;
}
const struct store_job_kind store_turn_kind = {
    .name = "turn", .size = sizeof(struct store_turn), .writes = true, .run = run_turn};
