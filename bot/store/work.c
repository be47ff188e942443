/* What the people of the desk put to tickets, and what is looked up about one: see work.h. */
#include "store/work.h"

#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum {
    SEEN,
    NOTE_OF_CID,
    ADD_NOTE,
    NOTES_OF,
    IS_OPEN,
    DROP_TAGS,
    ADD_TAG,
    SET_DUE,
    CAN_BE_INVITED,
    INVITE,
    IS_INVITED,
    SET_PAGE,
    SET_CONVERSATION_PAGE,
    NEWEST_EVENT,
    MISSED,
    IDENTITY_OF,
    EARLIER,
    STATEMENTS
};

#define NOTE_COLUMNS                                                                                                   \
    "SELECT n.id, n.at_ms, n.user, u.name, n.text FROM ticket_note n LEFT JOIN user u ON u.id = n.user "

static const char *const sql[STATEMENTS] = {
    /* ?2 departments as ",a,b,"; "" = all. */
    [SEEN] = "SELECT 1 FROM ticket t WHERE id = ?1 AND (?2 = '' OR instr(?2, ',' || department || ',') > 0 "
             "OR owner = ?3 OR EXISTS (SELECT 1 FROM ticket_invite i WHERE i.ticket = ?1 AND i.user = ?3))",
    [NOTE_OF_CID] = NOTE_COLUMNS "WHERE n.ticket = ?1 AND n.user = ?2 AND n.cid = ?3",
    [ADD_NOTE] = "INSERT INTO ticket_note (ticket, user, cid, text, at_ms) SELECT ?1, ?2, ?3, ?4, ?5 "
                 "WHERE (SELECT count(*) FROM ticket_note WHERE ticket = ?1) < ?6",
    [NOTES_OF] = NOTE_COLUMNS "WHERE n.ticket = ?1 ORDER BY n.id LIMIT ?2",
    [IS_OPEN] = "SELECT conversation FROM ticket WHERE id = ?1 AND state <> 'closed'",
    [DROP_TAGS] = "DELETE FROM ticket_tag WHERE ticket = ?1",
    [ADD_TAG] = "INSERT OR IGNORE INTO ticket_tag (ticket, tag) VALUES (?1, ?2)",
    [SET_DUE] = "UPDATE ticket SET due_ms = ?2 WHERE id = ?1",
    [CAN_BE_INVITED] = "SELECT 1 FROM user WHERE id = ?1 AND NOT disabled AND role <> 'editor'",
    [INVITE] = "INSERT OR IGNORE INTO ticket_invite (ticket, user) SELECT ?1, ?2 "
               "WHERE (SELECT count(*) FROM ticket_invite WHERE ticket = ?1) < ?3",
    [IS_INVITED] = "SELECT 1 FROM ticket_invite WHERE ticket = ?1 AND user = ?2",
    [SET_PAGE] = "UPDATE ticket SET page = ?2, page_title = ?3 WHERE id = ?1",
    [SET_CONVERSATION_PAGE] = "UPDATE conversation SET page = ?2 WHERE id = ?1",
    [NEWEST_EVENT] = "SELECT coalesce(max(id), 0) FROM ticket_event",
    /* Of each ticket that was ?1's as a chat at some step after ?2: its last step. Who closed or handed back a chat
     * is its owner, except where the visitor left or the desk closed it. */
    [MISSED] =
        "SELECT e.ticket, e.cause, coalesce(u.name, '') FROM ticket_event e "
        "JOIN ticket t ON t.id = e.ticket LEFT JOIN user u ON u.id = e.owner AND e.cause <> 'visitor' "
        "WHERE e.id IN (SELECT max(l.id) FROM ticket_event l WHERE l.ticket IN "
        "  (SELECT w.ticket FROM ticket_event w WHERE w.id > ?2 AND w.owner_before = ?1 AND w.before = 'claimed') "
        "  GROUP BY l.ticket) "
        "AND NOT (t.owner IS ?1 AND t.state <> 'closed') "
        "AND NOT (e.state = 'closed' AND e.owner = ?1 AND e.cause <> 'visitor') "
        "ORDER BY e.id DESC LIMIT ?3",
    [IDENTITY_OF] = "SELECT identity FROM ticket WHERE id = ?1",
    [EARLIER] =
        "SELECT t.id, t.created_ms, t.question, t.state, t.cause, coalesce(u.name, '') FROM ticket t "
        "LEFT JOIN user u ON u.id = t.owner WHERE t.id < ?1 AND (t.conversation IN "
        "  (SELECT c.id FROM conversation c WHERE c.visitor = (SELECT o.visitor FROM ticket m "
        "   JOIN conversation o ON o.id = m.conversation WHERE m.id = ?1)) "
        " OR t.id IN (SELECT s.id FROM ticket s WHERE s.identity = ?2 AND s.identity <> '')) "
        "AND (?4 = '' OR instr(?4, ',' || t.department || ',') > 0 OR t.owner = ?5) ORDER BY t.id DESC LIMIT ?3",
};
const struct db_statements work_statements = {DB_WORK, STATEMENTS, sql};

/* The departments as ",a,b,"; "" = all; NULL without memory. */
static const char *department_list(const struct work_sight *sight, struct arena *arena)
{
    bool all = sight->departments == NULL || *sight->departments == '\0';
    return all ? "" : arena_printf(arena, ",%s,", sight->departments);
}

static bool seen(struct db *db, int64_t ticket, const struct work_sight *sight, struct arena *arena)
{
    const char *list = department_list(sight, arena);
    return list != NULL &&
           db_number(db, &work_statements, SEEN, 0, DB_VALUES(db_int(ticket), db_text(list), db_int(sight->user))) != 0;
}

/* --- notes -------------------------------------------------------------------------------------- */

static void read_note(sqlite3_stmt *row, struct arena *arena, struct work_note *n)
{
    n->id = sqlite3_column_int64(row, 0);
    n->at_ms = sqlite3_column_int64(row, 1);
    n->user = sqlite3_column_int64(row, 2);
    n->name = db_column_text(row, 3, arena);
    n->text = db_column_text(row, 4, arena);
}

static bool note_of_cid(struct db *db, struct store_note_add *j)
{
    bool found = false;
    sqlite3_stmt *row = db_query(db, &work_statements, NOTE_OF_CID,
                                 DB_VALUES(db_int(j->ticket), db_int(j->sight.user), db_text(j->cid)));
    while (db_next(db, row)) {
        found = true;
        read_note(row, j->job.arena, &j->note);
    }
    return found;
}

static enum store_result run_note_add(struct db *db, struct store_job *job)
{
    struct store_note_add *j = (struct store_note_add *)job;
    if (strlen(j->text) > WORK_NOTE_BYTES || strlen(j->cid) > STORE_FIELD_BYTES)
        return STORE_REFUSED;
    if (!seen(db, j->ticket, &j->sight, job->arena))
        return STORE_MISSING;
    if (note_of_cid(db, j))
        return STORE_DUPLICATE;
    int added = db_change(db, &work_statements, ADD_NOTE,
                          DB_VALUES(db_int(j->ticket), db_int(j->sight.user), db_text(j->cid), db_text(j->text),
                                    db_int(db->now_ms), db_int(WORK_NOTES_MAX)));
    bool there = added == 1 && note_of_cid(db, j) && ticket_read(db, j->ticket, job->arena, &j->row);
    return there ? STORE_OK : STORE_REFUSED;
}
const struct store_job_kind store_note_add_kind = {
    .name = "note", .size = sizeof(struct store_note_add), .writes = true, .run = run_note_add};

static enum store_result run_notes(struct db *db, struct store_job *job)
{
    struct store_notes *j = (struct store_notes *)job;
    sqlite3_stmt *row = db_query(db, &work_statements, NOTES_OF, DB_VALUES(db_int(j->ticket), db_int(WORK_NOTES_MAX)));
    j->count = 0;
    while (db_next(db, row)) {
        j->notes = db_grown(job->arena, j->notes, j->count, sizeof *j->notes);
        if (j->notes == NULL) {
            db_end(row);
            return STORE_UNAVAILABLE;
        }
        read_note(row, job->arena, &j->notes[j->count++]);
    }
    return STORE_OK;
}
const struct store_job_kind store_notes_kind = {.name = "notes", .size = sizeof(struct store_notes), .run = run_notes};

/* --- one thing of a ticket ------------------------------------------------------------------------- */

static enum store_result set_tags(struct db *db, const struct store_work *j)
{
    if (j->tag_count > WORK_TAGS)
        return STORE_REFUSED;
    db_change(db, &work_statements, DROP_TAGS, DB_VALUES(db_int(j->ticket_id)));
    for (size_t i = 0; i < j->tag_count; i++) {
        if (strlen(j->tags[i]) > WORK_TAG_BYTES)
            return STORE_REFUSED;
        db_change(db, &work_statements, ADD_TAG, DB_VALUES(db_int(j->ticket_id), db_text(j->tags[i])));
    }
    return STORE_OK;
}

static enum store_result invite(struct db *db, struct store_work *j)
{
    struct db_value ticket = db_int(j->ticket_id), user = db_int(j->invited);
    if (db_number(db, &work_statements, CAN_BE_INVITED, 0, DB_VALUES(user)) == 0)
        return STORE_MISSING;
    db_change(db, &work_statements, INVITE, DB_VALUES(ticket, user, db_int(WORK_INVITED_MAX)));
    return db_number(db, &work_statements, IS_INVITED, 0, DB_VALUES(ticket, user)) != 0 ? STORE_OK : STORE_REFUSED;
}

static enum store_result set_page(struct db *db, const struct store_work *j, int64_t conversation)
{
    if (strlen(j->page) > TICKET_FIELD_BYTES || (j->title != NULL && strlen(j->title) > TICKET_FIELD_BYTES))
        return STORE_REFUSED;
    db_change(db, &work_statements, SET_PAGE, DB_VALUES(db_int(j->ticket_id), db_text(j->page), db_text(j->title)));
    db_change(db, &work_statements, SET_CONVERSATION_PAGE, DB_VALUES(db_int(conversation), db_text(j->page)));
    return STORE_OK;
}

static enum store_result act(struct db *db, struct store_work *j, int64_t conversation)
{
    switch (j->act) {
    case WORK_SET_TAGS:
        return set_tags(db, j);
    case WORK_SET_DUE:
        db_change(db, &work_statements, SET_DUE, DB_VALUES(db_int(j->ticket_id), db_int(j->due_ms)));
        return STORE_OK;
    case WORK_INVITE:
        return invite(db, j);
    case WORK_SET_PAGE:
        return set_page(db, j, conversation);
    }
    return STORE_REFUSED;
}

static enum store_result run_work(struct db *db, struct store_job *job)
{
    struct store_work *j = (struct store_work *)job;
    int64_t conversation = db_number(db, &work_statements, IS_OPEN, 0, DB_VALUES(db_int(j->ticket_id)));
    if (conversation == 0)
        return STORE_MISSING;
    enum store_result result = act(db, j, conversation);
    if (result == STORE_OK && !ticket_read(db, j->ticket_id, job->arena, &j->ticket))
        return STORE_MISSING;
    return result;
}
const struct store_job_kind store_work_kind = {
    .name = "work", .size = sizeof(struct store_work), .writes = true, .run = run_work};

/* --- looking back ------------------------------------------------------------------------------------ */

static enum store_result run_missed(struct db *db, struct store_job *job)
{
    struct store_missed *j = (struct store_missed *)job;
    j->count = 0;
    j->ret_newest = db_number(db, &work_statements, NEWEST_EVENT, 0, NULL, 0);
    if (j->after < 0)
        return STORE_OK;
    j->rows = arena_array(job->arena, WORK_MISSED_MAX, sizeof *j->rows);
    if (j->rows == NULL)
        return STORE_UNAVAILABLE;
    sqlite3_stmt *row =
        db_query(db, &work_statements, MISSED, DB_VALUES(db_int(j->user), db_int(j->after), db_int(WORK_MISSED_MAX)));
    while (db_next(db, row))
        j->rows[j->count++] = (struct work_missed){.ticket = sqlite3_column_int64(row, 0),
                                                   .cause = db_column_text(row, 1, job->arena),
                                                   .name = db_column_text(row, 2, job->arena)};
    for (size_t i = 0; i < j->count / 2; i++) {
        struct work_missed newest = j->rows[i];
        j->rows[i] = j->rows[j->count - 1 - i];
        j->rows[j->count - 1 - i] = newest;
    }
    return STORE_OK;
}
const struct store_job_kind store_missed_kind = {
    .name = "missed", .size = sizeof(struct store_missed), .run = run_missed};

static const char *identity_of(struct db *db, int64_t ticket, struct arena *arena)
{
    const char *identity = "";
    sqlite3_stmt *row = db_query(db, &work_statements, IDENTITY_OF, DB_VALUES(db_int(ticket)));
    while (db_next(db, row))
        identity = db_column_text(row, 0, arena);
    return identity;
}

static enum store_result run_earlier(struct db *db, struct store_job *job)
{
    struct store_earlier *j = (struct store_earlier *)job;
    j->count = 0;
    if (!seen(db, j->ticket, &j->sight, job->arena))
        return STORE_MISSING;
    j->identity = identity_of(db, j->ticket, job->arena);
    j->rows = arena_array(job->arena, WORK_EARLIER_MAX, sizeof *j->rows);
    const char *list = department_list(&j->sight, job->arena);
    if (j->rows == NULL || list == NULL)
        return STORE_UNAVAILABLE;
    sqlite3_stmt *row = db_query(db, &work_statements, EARLIER,
                                 DB_VALUES(db_int(j->ticket), db_text(j->identity), db_int(WORK_EARLIER_MAX),
                                           db_text(list), db_int(j->sight.user)));
    while (db_next(db, row))
        j->rows[j->count++] = (struct work_earlier){.ticket = sqlite3_column_int64(row, 0),
                                                    .at_ms = sqlite3_column_int64(row, 1),
                                                    .question = db_column_text(row, 2, job->arena),
                                                    .state = ticket_state_of(db_column_text(row, 3, job->arena)),
                                                    .cause = db_column_text(row, 4, job->arena),
                                                    .owner = db_column_text(row, 5, job->arena)};
    return STORE_OK;
}
const struct store_job_kind store_earlier_kind = {
    .name = "earlier", .size = sizeof(struct store_earlier), .run = run_earlier};
