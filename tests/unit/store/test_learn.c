/* Learning: what was not answered well is kept and counted, outlives its conversation, and is settled by an editor
 * alone. */
#include "unit/store/fixture.h"

#include <sqlite3.h>

static struct learn_note note_of(enum learn_outcome outcome, const char *text, const char *entry)
{
    return (struct learn_note){.outcome = outcome,
                               .source = LEARN_BY_VISITOR,
                               .text = text,
                               .fold = text,
                               .lang = "it",
                               .entry = entry,
                               .confidence = 0.5,
                               .edition = 1,
                               .event = 1};
}

/* A turn of visitor 1: what was said, the reply it is about, and what is noted. The reply's seq. */
static int64_t noted_turn(const struct learn_note *note, bool *ret_missed)
{
    struct store_turn *t = said(1, NULL, "said");
    t->event_count = 2;
    t->events = arena_array(t->job.arena, 2, sizeof *t->events);
    t->events[0] = (struct event){.kind = EVENT_MESSAGE, .from = FROM_VISITOR, .body = "q", .body_size = 1};
    t->events[1] = (struct event){.kind = EVENT_MESSAGE, .from = FROM_BOT, .body = "a", .body_size = 1};
    t->note = note;
    run_for(store, t, STORE_OK);
    int64_t seq = t->ret_last_seq;
    if (ret_missed != NULL)
        *ret_missed = t->ret_missed;
    store_job_free(&t->job);
    return seq;
}

static int64_t noted(enum learn_outcome outcome, const char *text, const char *entry)
{
    struct learn_note note = note_of(outcome, text, entry);
    return noted_turn(&note, NULL);
}

static void rate(int64_t seq, int value)
{
    struct store_rate *r = NEW_JOB(store_rate);
    r->conversation = 1;
    r->seq = seq;
    r->value = value;
    run_for(store, r, STORE_OK);
    store_job_free(&r->job);
}

static struct store_learn_list *listed(bool settled)
{
    struct store_learn_list *l = NEW_JOB(store_learn_list);
    l->settled = settled;
    run_for(store, l, STORE_OK);
    return l;
}

/* "outcome entry×count …" of the only question that is listed; "" = none is. */
static const char *told(void)
{
    static char text[400];
    struct store_learn_list *l = listed(true);
    text[0] = '\0';
    assert_true(l->count <= 1);
    for (size_t i = 0; l->count > 0 && i < l->rows[0].count_count; i++) {
        const struct learn_count *c = &l->rows[0].counts[i];
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s %s×%d", i > 0 ? ", " : "", learn_outcome_name(c->outcome),
                 c->entry, (int)c->count);
    }
    store_job_free(&l->job);
    return text;
}

static void settle(int64_t id, enum learn_state state, const char *wording, enum store_result expected, size_t count)
{
    struct store_learn_settle *s = NEW_JOB(store_learn_settle);
    s->id = id;
    s->state = state;
    s->entry = "entry:a";
    s->wording = wording;
    s->why = "x";
    s->edition = 1;
    run_for(store, s, expected);
    if (expected == STORE_OK)
        assert_int_equal(s->ret_count, count);
    store_job_free(&s->job);
}

static void the_same_question_is_counted(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++)
        noted(LEARN_UNANSWERED, "dove siete", NULL);
    noted(LEARN_OFFERED, "dove siete", "entry:a");
    assert_string_equal(told(), "unanswered ×3, offered entry:a×1");
    struct learn_note english = note_of(LEARN_UNANSWERED, "dove siete", "");
    english.lang = "en";
    noted_turn(&english, NULL);
    struct store_learn_list *l = listed(false);
    assert_int_equal(l->count, 2);
    assert_int_equal(l->ret_open, 2);
    assert_string_equal(l->rows[0].text, "dove siete");
    assert_string_equal(l->rows[1].lang, "en");
    assert_true(l->rows[0].counts[0].confidence == 0.5);
    store_job_free(&l->job);
}

static void an_answer_is_kept_only_when_it_did_not_help(void **state)
{
    (void)state;
    int64_t seq = noted(LEARN_ANSWERED, "quanto costa", "entry:costo");
    assert_string_equal(told(), "");
    rate(seq, 1);
    assert_string_equal(told(), "");
    rate(seq, -1);
    rate(seq, -1);
    assert_string_equal(told(), "thumb_down entry:costo×1");
    rate(seq, 1);
    assert_string_equal(told(), "");
    rate(seq, -1);
    assert_string_equal(told(), "thumb_down entry:costo×1");
}

static void a_pick_is_for_the_question_before_it(void **state)
{
    (void)state;
    noted(LEARN_OFFERED, "si paga molto", "entry:orari");
    int64_t seq = noted(LEARN_PICKED, NULL, "entry:costo");
    assert_string_equal(told(), "offered entry:orari×1, picked entry:costo×1");
    rate(seq, 1);
    assert_string_equal(told(), "helpful entry:costo×1, offered entry:orari×1, picked entry:costo×1");
    rate(seq, -1);
    assert_string_equal(told(), "offered entry:orari×1, refused entry:costo×1");
    rate(seq, 1);
    assert_string_equal(told(), "helpful entry:costo×1, offered entry:orari×1, picked entry:costo×1");
    noted(LEARN_REFUSED, NULL, NULL);
    assert_non_null(strstr(told(), "refused ×1"));
}

static void a_pick_after_a_thumb_down_is_for_what_was_asked(void **state)
{
    (void)state;
    int64_t seq = noted(LEARN_ANSWERED, "quanto costa", "entry:costo");
    rate(seq, -1);
    noted(LEARN_PICKED, NULL, "entry:resi");
    assert_string_equal(told(), "picked entry:resi×1, thumb_down entry:costo×1");
}

static void without_a_question_nothing_is_noted_and_the_turn_stands(void **state)
{
    (void)state;
    assert_int_equal(noted(LEARN_PICKED, NULL, "entry:costo"), 2);
    assert_string_equal(told(), "");
    struct learn_note huge = note_of(LEARN_UNANSWERED, "x", "");
    char *text = calloc(1, LEARN_TEXT_BYTES + 2);
    memset(text, 'x', LEARN_TEXT_BYTES + 1);
    huge.text = huge.fold = text;
    struct store_turn *t = said(1, NULL, "x");
    t->note = &huge;
    run_for(store, t, STORE_REFUSED);
    store_job_free(&t->job);
    free(text);
}

static void execute(const char *sql)
{
    char path[128];
    sqlite3 *db;
    snprintf(path, sizeof path, "%s/sportello.db", folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA foreign_keys = ON", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void the_question_outlives_its_conversation(void **state)
{
    (void)state;
    noted(LEARN_OFFERED, "si paga molto", "entry:orari");
    noted(LEARN_ANSWERED, "dove siete", "entry:dove");
    execute("DELETE FROM event; DELETE FROM conversation;");
    assert_string_equal(told(), "offered entry:orari×1");
    char path[128];
    sqlite3 *db;
    sqlite3_stmt *row;
    snprintf(path, sizeof path, "%s/sportello.db", folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT count(*) FROM question_trace", -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(row, 0), 0);
    sqlite3_finalize(row);
    sqlite3_close(db);
}

/* Schema 004 keeps traces by event, and takes those of before along. */
static void a_thumb_on_a_message_of_an_older_database_counts(void **state)
{
    (void)state;
    noted(LEARN_ANSWERED, "dove siete", "entry:dove");
    int64_t seq = noted(LEARN_ANSWERED, "quanto costa", "entry:costo");
    noted(LEARN_ANSWERED, "chi siete", "entry:chi");
    execute(
        "ALTER TABLE question_trace RENAME TO newer;"
        "CREATE TABLE question_trace (conversation INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE, "
        "seq INTEGER NOT NULL, outcome TEXT NOT NULL, question INTEGER NOT NULL DEFAULT 0, lang TEXT NOT NULL, "
        "fold TEXT NOT NULL, text TEXT NOT NULL, entry TEXT NOT NULL, confidence REAL NOT NULL, "
        "edition INTEGER NOT NULL, thumb INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (conversation, seq)) "
        "STRICT, WITHOUT ROWID;"
        "INSERT INTO question_trace SELECT e.conversation, e.seq, t.outcome, t.question, t.lang, t.fold, t.text, "
        "t.entry, t.confidence, t.edition, t.thumb FROM newer t JOIN event e ON e.id = t.event;"
        "DROP TABLE newer; DELETE FROM migration WHERE number = 4");
    store_close(store);
    store = scratch_store(folder);
    rate(seq, -1);
    assert_string_equal(told(), "thumb_down entry:costo×1");
    struct learn_note last = note_of(LEARN_OFFERED, NULL, "entry:orari"); /* about the newest one's question */
    last.fold = NULL;
    noted_turn(&last, NULL);
    struct store_learn_list *l = listed(false);
    assert_int_equal(l->count, 2);
    assert_string_equal(l->rows[1].text, "chi siete");
    store_job_free(&l->job);
}

static void past_the_ceiling_it_is_said_and_nothing_is_lost(void **state)
{
    (void)state;
    bool missed = true;
    struct learn_note note = note_of(LEARN_UNANSWERED, "uno", "");
    noted_turn(&note, &missed);
    assert_false(missed);
    execute("UPDATE question_count SET open = 100000");
    noted_turn(&note, &missed);
    assert_false(missed); /* it is there already: it is counted */
    note = note_of(LEARN_UNANSWERED, "due", "");
    noted_turn(&note, &missed);
    assert_true(missed);
    struct store_learn_list *l = listed(true);
    assert_int_equal(l->count, 1);
    assert_int_equal(l->ret_missed, 1);
    assert_true(l->ret_missed_ms > 0);
    store_job_free(&l->job);
    settle(1, LEARN_REFUSED_BY_EDITOR, "", STORE_OK, 1);
    noted_turn(&note, &missed);
    assert_false(missed);
}

static void a_group_is_settled_as_one_and_once(void **state)
{
    (void)state;
    noted(LEARN_UNANSWERED, "uno", "");
    noted(LEARN_UNANSWERED, "due", "");
    noted(LEARN_UNANSWERED, "tre", "");
    noted(LEARN_UNANSWERED, "quattro", "");
    static const struct learn_membership rows[] = {{1, 1}, {2, 1}, {3, 3}};
    struct store_learn_group *g = NEW_JOB(store_learn_group);
    g->rows = rows;
    g->count = 3;
    run_for(store, g, STORE_OK);
    /* Groups stay as they are. */
    static const struct learn_membership again[] = {{2, 3}};
    g->rows = again;
    g->count = 1;
    run_for(store, g, STORE_OK);
    store_job_free(&g->job);
    settle(1, LEARN_ACCEPTED, "uno!", STORE_OK, 2);
    settle(1, LEARN_ACCEPTED, "uno!", STORE_REFUSED, 0);
    settle(2, LEARN_ACCEPTED, "due!", STORE_OK, 1); /* closed along with 1: may give its own wording, once */
    settle(2, LEARN_ACCEPTED, "due!", STORE_REFUSED, 0);
    settle(2, LEARN_REFUSED_BY_EDITOR, "", STORE_REFUSED, 0);
    settle(99, LEARN_ACCEPTED, "x", STORE_MISSING, 0);
    struct store_learn_list *l = listed(false);
    assert_int_equal(l->count, 2);
    assert_int_equal(l->ret_open, 2);
    assert_int_equal(l->rows[0].id, 3);
    assert_int_equal(l->rows[1].leader, 0);
    store_job_free(&l->job);
    l = NEW_JOB(store_learn_list);
    l->leader = 1;
    run_for(store, l, STORE_OK);
    assert_int_equal(l->count, 2);
    assert_string_equal(l->rows[0].wording, "uno!");
    assert_int_equal(l->rows[0].state, LEARN_ACCEPTED);
    store_job_free(&l->job);
}

static void what_was_accepted_in_vain_is_open_again(void **state)
{
    (void)state;
    noted(LEARN_UNANSWERED, "uno", "");
    settle(1, LEARN_ACCEPTED, "uno!", STORE_OK, 1);
    noted(LEARN_UNANSWERED, "uno", ""); /* still the edition it was accepted in: it could not know */
    struct store_learn_list *l = listed(false);
    assert_int_equal(l->count, 0);
    store_job_free(&l->job);
    struct learn_note later = note_of(LEARN_UNANSWERED, "uno", "");
    later.edition = 2;
    noted_turn(&later, NULL);
    l = listed(false);
    assert_int_equal(l->count, 1);
    assert_int_equal(l->ret_open, 1);
    store_job_free(&l->job);
}

static void long_lists_come_in_pages(void **state)
{
    (void)state;
    char text[32];
    for (int i = 0; i < 25; i++) {
        snprintf(text, sizeof text, "domanda %d", i);
        noted(LEARN_UNANSWERED, text, "");
    }
    int64_t after = 0;
    size_t seen = 0, pages = 0;
    do {
        struct store_learn_list *l = NEW_JOB(store_learn_list);
        l->after = after;
        l->limit = 10;
        run_for(store, l, STORE_OK);
        seen += l->count;
        after = l->ret_last;
        pages++;
        store_job_free(&l->job);
    } while (after != 0);
    assert_int_equal(seen, 25);
    assert_int_equal(pages, 3);
}

static void others_may_note_too(void **state)
{
    (void)state;
    struct store_learn_note *n = NEW_JOB(store_learn_note);
    n->note = note_of(LEARN_PICKED, "dove siete", "entry:dove");
    n->note.source = LEARN_BY_AGENT;
    run_for(store, n, STORE_OK);
    assert_int_equal(n->ret_question, 1);
    n->note.text = n->note.fold = NULL;
    n->conversation = 7;
    run_for(store, n, STORE_MISSING);
    store_job_free(&n->job);
    struct store_learn_list *l = listed(false);
    assert_int_equal(l->rows[0].counts[0].source, LEARN_BY_AGENT);
    store_job_free(&l->job);
}

static void files_are_remembered_as_they_were_seen(void **state)
{
    (void)state;
    static const struct learn_file files[] = {{"a.md", 1}, {"b.md", UINT64_MAX}};
    struct store_learn_files *f = NEW_JOB(store_learn_files);
    f->file.path = "b.md";
    run_for(store, f, STORE_MISSING);
    f->files = files;
    f->count = 2;
    run_for(store, f, STORE_OK);
    f->count = 0;
    run_for(store, f, STORE_OK);
    assert_true(f->file.hash == UINT64_MAX);
    store_job_free(&f->job);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_same_question_is_counted),
        TEST(an_answer_is_kept_only_when_it_did_not_help),
        TEST(a_pick_is_for_the_question_before_it),
        TEST(a_pick_after_a_thumb_down_is_for_what_was_asked),
        TEST(without_a_question_nothing_is_noted_and_the_turn_stands),
        TEST(the_question_outlives_its_conversation),
        TEST(a_thumb_on_a_message_of_an_older_database_counts),
        TEST(past_the_ceiling_it_is_said_and_nothing_is_lost),
        TEST(a_group_is_settled_as_one_and_once),
        TEST(what_was_accepted_in_vain_is_open_again),
        TEST(long_lists_come_in_pages),
        TEST(others_may_note_too),
        TEST(files_are_remembered_as_they_were_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
