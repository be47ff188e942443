/* Questions to learn from: see learn.h. Noting (which a visitor's turn or thumb does) stands first, then the
 * editor's side. */
#include "store/families.h"
#include "store/kind.h"

#include <string.h>

enum {
    FIND,
    ADD,
    SEEN,
    REOPEN,
    COUNT,
    UNCOUNT,
    DROP_EMPTY,
    OPEN_COUNT,
    CHANGE_OPEN,
    MISS,
    ADD_TRACE,
    LAST_TRACE,
    TRACE_AT,
    SET_TRACE,
    ONE,
    LIST,
    MEMBERS,
    NOTES,
    COUNTERS,
    GROUP,
    STATE_OF,
    SETTLE_ONE,
    SETTLE_GROUP,
    SEE_FILE,
    FILE_SEEN,
    STATEMENTS
};
#define ROW "SELECT id, leader, lang, text, fold, state, entry, wording, why, first_ms, last_ms, settled_ms, edition "
static const char *const sql[STATEMENTS] = {
    [FIND] = "SELECT id FROM question WHERE lang = ?1 AND fold = ?2",
    [ADD] = "INSERT INTO question (lang, fold, text, first_ms, last_ms) VALUES (?1, ?2, ?3, ?4, ?4)",
    [SEEN] = "UPDATE question SET last_ms = ?2 WHERE id = ?1",
    [REOPEN] = "UPDATE question SET state = 'open' WHERE id = ?1 AND state = 'accepted' AND ?2 > edition",
    [COUNT] = "INSERT INTO question_note VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET "
              "count = count + 1, confidence = excluded.confidence, edition = excluded.edition, "
              "last_ms = excluded.last_ms",
    [UNCOUNT] = "UPDATE question_note SET count = count - 1 "
                "WHERE question = ?1 AND outcome = ?2 AND source = ?3 AND entry = ?4",
    [DROP_EMPTY] = "DELETE FROM question_note WHERE question = ?1 AND count <= 0",
    [OPEN_COUNT] = "SELECT open FROM question_count",
    [CHANGE_OPEN] = "UPDATE question_count SET open = open + ?1",
    [MISS] = "UPDATE question_count SET missed = missed + 1, missed_ms = ?1",
    /* Never there already: the event was given its seq in this transaction. OR REPLACE would copy every page it
       changes. */
    [ADD_TRACE] = "INSERT INTO question_trace VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0)",
    [LAST_TRACE] = "SELECT seq, outcome, question, lang, fold, text, entry, confidence, edition, thumb "
                   "FROM question_trace WHERE conversation = ?1 ORDER BY seq DESC LIMIT 1",
    [TRACE_AT] = "SELECT seq, outcome, question, lang, fold, text, entry, confidence, edition, thumb "
                 "FROM question_trace WHERE conversation = ?1 AND seq = ?2",
    [SET_TRACE] = "UPDATE question_trace SET question = ?3, thumb = ?4 WHERE conversation = ?1 AND seq = ?2",
    [ONE] = ROW "FROM question WHERE id = ?1",
    [LIST] = ROW "FROM question WHERE id > ?1 AND (?2 OR state = 'open') ORDER BY id LIMIT ?3",
    [MEMBERS] = ROW "FROM question WHERE leader = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
    [NOTES] = "SELECT outcome, source, entry, count, last_ms, edition, confidence FROM question_note "
              "WHERE question = ?1 ORDER BY count DESC, outcome, source, entry",
    [COUNTERS] = "SELECT open, missed, missed_ms FROM question_count",
    [GROUP] = "UPDATE question SET leader = ?2 WHERE id = ?1 AND leader = 0",
    [STATE_OF] = "SELECT state, wording, leader FROM question WHERE id = ?1",
    [SETTLE_ONE] = "UPDATE question SET state = ?2, entry = ?3, wording = ?4, why = ?5, edition = ?6, settled_ms = ?7 "
                   "WHERE id = ?1",
    [SETTLE_GROUP] = "UPDATE question SET state = ?2, entry = ?3, why = ?4, edition = ?5, settled_ms = ?6 "
                     "WHERE leader = ?1 AND state = 'open'",
    [SEE_FILE] = "INSERT INTO question_file VALUES (?1, ?2) ON CONFLICT DO UPDATE SET hash = excluded.hash "
                 "WHERE hash <> excluded.hash",
    [FILE_SEEN] = "SELECT hash FROM question_file WHERE path = ?1",
};
const struct db_statements learn_statements = {DB_LEARN, STATEMENTS, sql};

static const char *const outcome_names[LEARN_OUTCOMES] = {
    [LEARN_ANSWERED] = "answered", [LEARN_UNANSWERED] = "unanswered", [LEARN_OFFERED] = "offered",
    [LEARN_REFUSED] = "refused",   [LEARN_THUMB_DOWN] = "thumb_down", [LEARN_PICKED] = "picked",
    [LEARN_HELPFUL] = "helpful",
};
static const char *const source_names[LEARN_SOURCES] = {
    [LEARN_BY_VISITOR] = "visitor", [LEARN_BY_AGENT] = "agent", [LEARN_BY_EDITOR] = "editor"};
static const char *const state_names[] = {
    [LEARN_OPEN] = "open", [LEARN_ACCEPTED] = "accepted", [LEARN_REFUSED_BY_EDITOR] = "refused"};

const char *learn_outcome_name(enum learn_outcome outcome)
{
    return outcome_names[outcome];
}

const char *learn_source_name(enum learn_source source)
{
    return source_names[source];
}

/* The number of a name that this file wrote; 0 for one of a later program. */
static int number_of(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return 0;
}

/* --- noting --------------------------------------------------------------------------------- */

/* A question as it is written down: its number where it is kept already, else its words. */
struct asked {
    int64_t seq, question; /* question: 0 = not kept */
    enum learn_outcome outcome;
    const char *lang, *fold, *text, *entry;
    double confidence;
    int64_t edition;
    int thumb;
};

static bool fits(const char *text, size_t ceiling)
{
    return text == NULL || strlen(text) <= ceiling;
}

bool learn_fits(const struct learn_note *n)
{
    return fits(n->text, LEARN_TEXT_BYTES) && fits(n->fold, LEARN_TEXT_BYTES) && fits(n->lang, STORE_FIELD_BYTES) &&
           fits(n->entry, STORE_FIELD_BYTES) && (n->text == NULL) == (n->fold == NULL);
}

/* The number of the question, made if there is room; 0 = there is none. */
static int64_t keep_question(struct db *db, const struct asked *a)
{
    if (a->question != 0)
        return a->question;
    int64_t id = db_number(db, &learn_statements, FIND, 0, DB_VALUES(db_text(a->lang), db_text(a->fold)));
    if (id != 0)
        return id;
    if (db_number(db, &learn_statements, OPEN_COUNT, 0, NULL, 0) >= LEARN_OPEN_MAX) {
        db_change(db, &learn_statements, MISS, DB_VALUES(db_int(db->now_ms)));
        return 0;
    }
    db_change(db, &learn_statements, ADD,
              DB_VALUES(db_text(a->lang), db_text(a->fold), db_text(a->text), db_int(db->now_ms)));
    id = sqlite3_last_insert_rowid(db->sqlite);
    db_change(db, &learn_statements, CHANGE_OPEN, DB_VALUES(db_int(1)));
    return id;
}

static void count_note(struct db *db, int64_t question, enum learn_outcome outcome, enum learn_source source,
                       const struct asked *a)
{
    db_change(db, &learn_statements, COUNT,
              DB_VALUES(db_int(question), db_text(outcome_names[outcome]), db_text(source_names[source]),
                        db_text(a->entry), db_real(a->confidence), db_int(a->edition), db_int(db->now_ms)));
    db_change(db, &learn_statements, SEEN, DB_VALUES(db_int(question), db_int(db->now_ms)));
    if (db_change(db, &learn_statements, REOPEN, DB_VALUES(db_int(question), db_int(a->edition))) > 0)
        db_change(db, &learn_statements, CHANGE_OPEN, DB_VALUES(db_int(1)));
}

static void uncount_note(struct db *db, int64_t question, enum learn_outcome outcome, const char *entry)
{
    db_change(db, &learn_statements, UNCOUNT,
              DB_VALUES(db_int(question), db_text(outcome_names[outcome]), db_text(source_names[LEARN_BY_VISITOR]),
                        db_text(entry)));
    db_change(db, &learn_statements, DROP_EMPTY, DB_VALUES(db_int(question)));
}

/* Reads a row of LAST_TRACE or TRACE_AT; false = there is none. Strings in the arena. */
static bool read_trace(struct db *db, sqlite3_stmt *row, struct arena *arena, struct asked *ret)
{
    bool found = false;
    while (db_next(db, row)) {
        found = true;
        *ret = (struct asked){
            .seq = sqlite3_column_int64(row, 0),
            .outcome = (enum learn_outcome)number_of(outcome_names, LEARN_OUTCOMES, db_column_text(row, 1, arena)),
            .question = sqlite3_column_int64(row, 2),
            .lang = db_column_text(row, 3, arena),
            .fold = db_column_text(row, 4, arena),
            .text = db_column_text(row, 5, arena),
            .entry = db_column_text(row, 6, arena),
            .confidence = sqlite3_column_double(row, 7),
            .edition = sqlite3_column_int64(row, 8),
            .thumb = sqlite3_column_int(row, 9),
        };
    }
    return found && !arena_failed(arena);
}

/* The trace keeps the words only as long as they are kept nowhere else. */
static void add_trace(struct db *db, int64_t conversation, int64_t seq, const struct asked *a)
{
    bool kept = a->question != 0;
    db_change(db, &learn_statements, ADD_TRACE,
              DB_VALUES(db_int(conversation), db_int(seq), db_text(outcome_names[a->outcome]), db_int(a->question),
                        db_text(a->lang), db_text(kept ? "" : a->fold), db_text(kept ? "" : a->text), db_text(a->entry),
                        db_real(a->confidence), db_int(a->edition)));
}

enum { TRACE_BYTES = 64 << 10 };

enum store_result learn_keep(struct db *db, int64_t conversation, int64_t seq, const struct learn_note *n,
                             int64_t *ret_question)
{
    struct arena *arena = n->text == NULL ? arena_new(TRACE_BYTES) : NULL;
    struct asked a = {.lang = n->lang, .fold = n->fold, .text = n->text};
    enum store_result result = STORE_OK;
    int64_t question = 0;
    if (n->text == NULL &&
        (arena == NULL ||
         !read_trace(db, db_query(db, &learn_statements, LAST_TRACE, DB_VALUES(db_int(conversation))), arena, &a)))
        result = STORE_MISSING;
    if (result == STORE_OK) {
        a.outcome = n->outcome;
        a.entry = n->entry != NULL ? n->entry : "";
        a.confidence = n->confidence;
        a.edition = n->edition;
        if (n->outcome != LEARN_ANSWERED)
            question = a.question = keep_question(db, &a);
        if (question != 0)
            count_note(db, question, n->outcome, n->source, &a);
        if (seq != 0)
            add_trace(db, conversation, seq, &a);
        *ret_question = question;
    }
    arena_free(arena);
    return result;
}

/* What a thumb means for the question, by what the message was: an answer that did not help is to be learnt from; a
 * picked one that did not help was not what was meant; one that helped is confirmed. */
static void weigh_thumb(struct db *db, const struct asked *a, int64_t question, int thumb, bool undo)
{
    static const struct {
        enum learn_outcome message;
        int thumb;
        enum learn_outcome counts, instead_of; /* LEARN_ANSWERED = of nothing */
    } rows[] = {
        {LEARN_ANSWERED, -1, LEARN_THUMB_DOWN, LEARN_ANSWERED},
        {LEARN_PICKED, -1, LEARN_REFUSED, LEARN_PICKED},
        {LEARN_PICKED, 1, LEARN_HELPFUL, LEARN_ANSWERED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].message != a->outcome || rows[i].thumb != thumb)
            continue;
        enum learn_outcome gains = undo ? rows[i].instead_of : rows[i].counts;
        enum learn_outcome loses = undo ? rows[i].counts : rows[i].instead_of;
        if (loses != LEARN_ANSWERED)
            uncount_note(db, question, loses, a->entry);
        if (gains != LEARN_ANSWERED)
            count_note(db, question, gains, LEARN_BY_VISITOR, a);
    }
}

void learn_rated(struct db *db, int64_t conversation, int64_t seq, int value)
{
    struct arena *arena = arena_new(TRACE_BYTES);
    struct asked a;
    if (arena != NULL &&
        read_trace(db, db_query(db, &learn_statements, TRACE_AT, DB_VALUES(db_int(conversation), db_int(seq))), arena,
                   &a) &&
        a.thumb != value) {
        int64_t question = a.question;
        if (question == 0 && value < 0 && a.outcome == LEARN_ANSWERED)
            question = keep_question(db, &a);
        if (question != 0) {
            weigh_thumb(db, &a, question, a.thumb, true);
            weigh_thumb(db, &a, question, value, false);
        }
        db_change(db, &learn_statements, SET_TRACE,
                  DB_VALUES(db_int(conversation), db_int(seq), db_int(question), db_int(value)));
    }
    arena_free(arena);
}

static enum store_result run_note(struct db *db, struct store_job *job)
{
    struct store_learn_note *j = (struct store_learn_note *)job;
    return learn_fits(&j->note) ? learn_keep(db, j->conversation, 0, &j->note, &j->ret_question) : STORE_REFUSED;
}
const struct store_job_kind store_learn_note_kind = {
    .name = "learn_note", .size = sizeof(struct store_learn_note), .writes = true, .run = run_note};

/* --- the editor's side -------------------------------------------------------------------------- */

static void read_question(sqlite3_stmt *row, struct arena *arena, struct learn_question *ret)
{
    *ret = (struct learn_question){
        .id = sqlite3_column_int64(row, 0),
        .leader = sqlite3_column_int64(row, 1),
        .lang = db_column_text(row, 2, arena),
        .text = db_column_text(row, 3, arena),
        .fold = db_column_text(row, 4, arena),
        .state = (enum learn_state)number_of(state_names, 3, db_column_text(row, 5, arena)),
        .entry = db_column_text(row, 6, arena),
        .wording = db_column_text(row, 7, arena),
        .why = db_column_text(row, 8, arena),
        .first_ms = sqlite3_column_int64(row, 9),
        .last_ms = sqlite3_column_int64(row, 10),
        .settled_ms = sqlite3_column_int64(row, 11),
        .edition = sqlite3_column_int64(row, 12),
    };
}

static void read_notes(struct db *db, struct arena *arena, struct learn_question *q)
{
    sqlite3_stmt *row = db_query(db, &learn_statements, NOTES, DB_VALUES(db_int(q->id)));
    while (db_next(db, row)) {
        struct learn_count *counts = db_grown(arena, q->counts, q->count_count, sizeof *counts);
        if (counts == NULL)
            continue; /* the arena has failed, and the job with it */
        q->counts = counts;
        counts[q->count_count++] = (struct learn_count){
            .outcome = (enum learn_outcome)number_of(outcome_names, LEARN_OUTCOMES, db_column_text(row, 0, arena)),
            .source = (enum learn_source)number_of(source_names, LEARN_SOURCES, db_column_text(row, 1, arena)),
            .entry = db_column_text(row, 2, arena),
            .count = sqlite3_column_int64(row, 3),
            .last_ms = sqlite3_column_int64(row, 4),
            .edition = sqlite3_column_int64(row, 5),
            .confidence = sqlite3_column_double(row, 6),
        };
    }
}

static void read_counters(struct db *db, struct store_learn_list *j)
{
    sqlite3_stmt *row = db_query(db, &learn_statements, COUNTERS, NULL, 0);
    while (db_next(db, row)) {
        j->ret_open = sqlite3_column_int64(row, 0);
        j->ret_missed = sqlite3_column_int64(row, 1);
        j->ret_missed_ms = sqlite3_column_int64(row, 2);
    }
}

/* A question whose notes were all taken back (a thumb that was turned) is not listed. */
static enum store_result run_list(struct db *db, struct store_job *job)
{
    struct store_learn_list *j = (struct store_learn_list *)job;
    size_t limit = j->limit > 0 && j->limit < LEARN_PAGE_MAX ? j->limit : LEARN_PAGE_MAX, read = 0;
    int64_t most = (int64_t)limit;
    sqlite3_stmt *row =
        j->id != 0 ? db_query(db, &learn_statements, ONE, DB_VALUES(db_int(j->id)))
        : j->leader != 0
            ? db_query(db, &learn_statements, MEMBERS, DB_VALUES(db_int(j->leader), db_int(j->after), db_int(most)))
            : db_query(db, &learn_statements, LIST, DB_VALUES(db_int(j->after), db_int(j->settled), db_int(most)));
    j->count = 0;
    j->rows = arena_array(job->arena, limit, sizeof *j->rows);
    if (j->rows == NULL) {
        db_end(row);
        return STORE_UNAVAILABLE;
    }
    int64_t last = 0;
    for (; db_next(db, row); read++) {
        struct learn_question *q = &j->rows[j->count];
        read_question(row, job->arena, q);
        read_notes(db, job->arena, q);
        last = q->id;
        j->count += q->count_count > 0 || j->id != 0;
    }
    j->ret_last = read == limit ? last : 0;
    read_counters(db, j);
    return j->id != 0 && j->count == 0 ? STORE_MISSING : STORE_OK;
}
const struct store_job_kind store_learn_list_kind = {
    .name = "learn_list", .size = sizeof(struct store_learn_list), .run = run_list};

static enum store_result run_group(struct db *db, struct store_job *job)
{
    struct store_learn_group *j = (struct store_learn_group *)job;
    if (j->count > STORE_LIST_MAX)
        return STORE_REFUSED;
    for (size_t i = 0; i < j->count && db->error == 0; i++)
        db_change(db, &learn_statements, GROUP, DB_VALUES(db_int(j->rows[i].question), db_int(j->rows[i].leader)));
    return STORE_OK;
}
const struct store_job_kind store_learn_group_kind = {
    .name = "learn_group", .size = sizeof(struct store_learn_group), .writes = true, .run = run_group};

/* The question's group and whether it was open; -1 = it may not be settled so. */
static enum store_result may_settle(struct db *db, struct store_learn_settle *j, int64_t *ret_leader, bool *ret_open)
{
    enum store_result result = STORE_MISSING;
    sqlite3_stmt *row = db_query(db, &learn_statements, STATE_OF, DB_VALUES(db_int(j->id)));
    while (db_next(db, row)) {
        const char *state = db_column_text(row, 0, j->job.arena), *wording = db_column_text(row, 1, j->job.arena);
        *ret_leader = sqlite3_column_int64(row, 2);
        *ret_open = strcmp(state, state_names[LEARN_OPEN]) == 0;
        /* What was settled along with its group may still give a wording of its own. */
        bool along = strcmp(state, state_names[LEARN_ACCEPTED]) == 0 && wording[0] == '\0';
        result = *ret_open || (along && j->state == LEARN_ACCEPTED) ? STORE_OK : STORE_REFUSED;
    }
    return result;
}

static enum store_result run_settle(struct db *db, struct store_job *job)
{
    struct store_learn_settle *j = (struct store_learn_settle *)job;
    int64_t leader = 0;
    bool open = false;
    if (!fits(j->entry, STORE_FIELD_BYTES) || !fits(j->wording, STORE_BODY_BYTES) || !fits(j->why, STORE_FIELD_BYTES) ||
        j->state == LEARN_OPEN)
        return STORE_REFUSED;
    enum store_result result = may_settle(db, j, &leader, &open);
    if (result != STORE_OK)
        return result;
    struct db_value state = db_text(state_names[j->state]), now = db_int(db->now_ms);
    db_change(db, &learn_statements, SETTLE_ONE,
              DB_VALUES(db_int(j->id), state, db_text(j->entry), db_text(j->wording), db_text(j->why),
                        db_int(j->edition), now));
    int others =
        leader == 0
            ? 0
            : db_change(db, &learn_statements, SETTLE_GROUP,
                        DB_VALUES(db_int(leader), state, db_text(j->entry), db_text(j->why), db_int(j->edition), now));
    j->ret_count = 1 + (size_t)(others > 0 ? others : 0);
    db_change(db, &learn_statements, CHANGE_OPEN, DB_VALUES(db_int(-(others > 0 ? others : 0) - (open ? 1 : 0))));
    return STORE_OK;
}
const struct store_job_kind store_learn_settle_kind = {
    .name = "learn_settle", .size = sizeof(struct store_learn_settle), .writes = true, .run = run_settle};

static bool files_write(const struct store_job *job)
{
    return ((const struct store_learn_files *)job)->count > 0;
}

static enum store_result run_files(struct db *db, struct store_job *job)
{
    struct store_learn_files *j = (struct store_learn_files *)job;
    if (j->count > STORE_SOURCES_MAX)
        return STORE_REFUSED;
    for (size_t i = 0; i < j->count && db->error == 0; i++)
        db_change(db, &learn_statements, SEE_FILE,
                  DB_VALUES(db_text(j->files[i].path), db_int((int64_t)j->files[i].hash)));
    if (j->count > 0)
        return STORE_OK;
    bool found = false;
    sqlite3_stmt *row = db_query(db, &learn_statements, FILE_SEEN, DB_VALUES(db_text(j->file.path)));
    while (db_next(db, row)) {
        found = true;
        j->file.hash = (uint64_t)sqlite3_column_int64(row, 0);
    }
    return found ? STORE_OK : STORE_MISSING;
}
const struct store_job_kind store_learn_files_kind = {.name = "learn_files",
                                                      .size = sizeof(struct store_learn_files),
                                                      .writes = true,
                                                      .writes_now = files_write,
                                                      .run = run_files};
