/* Noting what visitors asked and did: see learn.h. */
#include "store/families.h"
#include "store/kind.h"
#include "store/learn_sql.h"

#include <string.h>

/* A question as it is written down: its number where it is kept already, else its words. */
struct asked {
    int64_t event, question; /* question: 0 = not kept */
    enum learn_outcome outcome;
    const char *lang, *fold, *text, *entry;
    double confidence;
    int64_t edition;
    int thumb;
};

bool learn_fits(const struct learn_note *n)
{
    return learn_text_fits(n->text, LEARN_TEXT_BYTES) && learn_text_fits(n->fold, LEARN_TEXT_BYTES) &&
           learn_text_fits(n->lang, STORE_FIELD_BYTES) && learn_text_fits(n->entry, STORE_FIELD_BYTES) &&
           (n->text == NULL) == (n->fold == NULL);
}

/* The number of the question, made if there is room; 0 = there is none. */
static int64_t keep_question(struct db *db, const struct asked *a)
{
    if (a->question != 0)
        return a->question;
    int64_t id = db_number(db, &learn_statements, LEARN_SQL_FIND, 0, DB_VALUES(db_text(a->lang), db_text(a->fold)));
    if (id != 0)
        return id;
    if (db_number(db, &learn_statements, LEARN_SQL_OPEN_COUNT, 0, NULL, 0) >= LEARN_OPEN_MAX) {
        db_change(db, &learn_statements, LEARN_SQL_MISS, DB_VALUES(db_int(db->now_ms)));
        return 0;
    }
    db_change(db, &learn_statements, LEARN_SQL_ADD,
              DB_VALUES(db_text(a->lang), db_text(a->fold), db_text(a->text), db_int(db->now_ms)));
    id = sqlite3_last_insert_rowid(db->sqlite);
    db_change(db, &learn_statements, LEARN_SQL_CHANGE_OPEN, DB_VALUES(db_int(1)));
    return id;
}

static void count_note(struct db *db, int64_t question, enum learn_outcome outcome, enum learn_source source,
                       const struct asked *a)
{
    db_change(db, &learn_statements, LEARN_SQL_COUNT,
              DB_VALUES(db_int(question), db_text(learn_outcome_names[outcome]), db_text(learn_source_names[source]),
                        db_text(a->entry), db_real(a->confidence), db_int(a->edition), db_int(db->now_ms)));
    db_change(db, &learn_statements, LEARN_SQL_SEEN, DB_VALUES(db_int(question), db_int(db->now_ms)));
    if (db_change(db, &learn_statements, LEARN_SQL_REOPEN, DB_VALUES(db_int(question), db_int(a->edition))) > 0)
        db_change(db, &learn_statements, LEARN_SQL_CHANGE_OPEN, DB_VALUES(db_int(1)));
}

static void uncount_note(struct db *db, int64_t question, enum learn_outcome outcome, const char *entry)
{
    db_change(db, &learn_statements, LEARN_SQL_UNCOUNT,
              DB_VALUES(db_int(question), db_text(learn_outcome_names[outcome]),
                        db_text(learn_source_names[LEARN_BY_VISITOR]), db_text(entry)));
    db_change(db, &learn_statements, LEARN_SQL_DROP_EMPTY, DB_VALUES(db_int(question)));
}

/* Reads a row of LAST_TRACE or TRACE_AT; false = there is none. Strings in the arena. */
static bool read_trace(struct db *db, sqlite3_stmt *row, struct arena *arena, struct asked *ret)
{
    bool found = false;
    while (db_next(db, row)) {
        found = true;
        *ret = (struct asked){
            .event = sqlite3_column_int64(row, 0),
            .outcome =
                (enum learn_outcome)learn_number_of(learn_outcome_names, LEARN_OUTCOMES, db_column_text(row, 1, arena)),
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
static void add_trace(struct db *db, int64_t event, const struct asked *a)
{
    bool kept = a->question != 0;
    db_change(db, &learn_statements, LEARN_SQL_ADD_TRACE,
              DB_VALUES(db_int(event), db_text(learn_outcome_names[a->outcome]), db_int(a->question), db_text(a->lang),
                        db_text(kept ? "" : a->fold), db_text(kept ? "" : a->text), db_text(a->entry),
                        db_real(a->confidence), db_int(a->edition)));
}

enum { TRACE_BYTES = 64 << 10 };

enum store_result learn_keep(struct db *db, int64_t conversation, int64_t event, const struct learn_note *n,
                             int64_t *ret_question)
{
    struct arena *arena = n->text == NULL ? arena_new(TRACE_BYTES) : NULL;
    struct asked a = {.lang = n->lang, .fold = n->fold, .text = n->text};
    enum store_result result = STORE_OK;
    int64_t question = 0;
    if (n->text == NULL &&
        (arena == NULL ||
         !read_trace(db, db_query(db, &learn_statements, LEARN_SQL_LAST_TRACE, DB_VALUES(db_int(conversation))), arena,
                     &a)))
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
        if (event != 0)
            add_trace(db, event, &a);
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
        read_trace(db,
                   db_query(db, &learn_statements, LEARN_SQL_TRACE_AT, DB_VALUES(db_int(conversation), db_int(seq))),
                   arena, &a) &&
        a.thumb != value) {
        int64_t question = a.question;
        if (question == 0 && value < 0 && a.outcome == LEARN_ANSWERED)
            question = keep_question(db, &a);
        if (question != 0) {
            weigh_thumb(db, &a, question, a.thumb, true);
            weigh_thumb(db, &a, question, value, false);
        }
        db_change(db, &learn_statements, LEARN_SQL_SET_TRACE,
                  DB_VALUES(db_int(a.event), db_int(question), db_int(value)));
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
