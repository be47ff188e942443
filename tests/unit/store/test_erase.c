/* Erase: of a visitor's chats nothing is left in any file; of tickets only what numbers need; others keep theirs. */
#include "unit/store/fixture.h"

#include "store/erase.h"
#include "store/search.h"

#include <sqlite3.h>

/* Whatever a person wrote has this in it. */
#define SECRET "quarzomirtillo"

static sqlite3 *open_raw(void)
{
    char path[512];
    sqlite3 *sqlite;
    snprintf(path, sizeof path, "%s/sportello.db", folder);
    assert_int_equal(sqlite3_open(path, &sqlite), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sqlite, "PRAGMA secure_delete = ON", NULL, NULL, NULL), SQLITE_OK);
    return sqlite;
}

static void raw(const char *sql)
{
    sqlite3 *sqlite = open_raw();
    char *why = NULL;
    if (sqlite3_exec(sqlite, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", sql, why);
    sqlite3_close(sqlite);
}

static int64_t number(const char *sql)
{
    sqlite3 *sqlite = open_raw();
    sqlite3_stmt *row;
    assert_int_equal(sqlite3_prepare_v2(sqlite, sql, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(row, 0);
    sqlite3_finalize(row);
    sqlite3_close(sqlite);
    return value;
}

static bool file_has(const char *name, const char *word)
{
    char path[512];
    size_t size;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    char *bytes = file_read(path, (size_t)64 << 20, &size);
    bool found = bytes != NULL && memmem(bytes, size, word, strlen(word)) != NULL;
    free(bytes);
    return found;
}

static bool anywhere(const char *word)
{
    return file_has("sportello.db", word) || file_has("sportello.db-wal", word);
}

static const char *fold_of(struct arena *arena, const char *text)
{
    return arena_strdup(arena, text);
}

static const char *const langs[] = {"en", "it"};

static struct store_erase *erase(int visitor)
{
    struct store_erase *e = NEW_JOB(store_erase);
    token_of(visitor, e->token_hash);
    e->fold = fold_of;
    e->langs = langs;
    e->lang_count = 2;
    return e;
}

static size_t erase_now(int visitor)
{
    struct store_erase *e = erase(visitor);
    run_for(store, e, STORE_OK);
    size_t count = e->count;
    store_job_free(&e->job);
    return count;
}

static void asks(int visitor, const char *words, bool noted)
{
    struct store_turn *t = said(visitor, NULL, "");
    static const struct learn_note note = {.outcome = LEARN_UNANSWERED, .lang = "it", .entry = ""};
    struct learn_note *n = arena_alloc(t->job.arena, sizeof *n);
    t->events[0].body = arena_printf(
        t->job.arena, "{\"blocks\":[{\"type\":\"paragraph\",\"children\":[{\"type\":\"text\",\"text\":\"%s\"}]}]}",
        words);
    t->events[0].body_size = strlen(t->events[0].body);
    *n = note;
    n->text = n->fold = words;
    t->note = noted ? n : NULL;
    t->memory = words;
    t->page = visitor == 1 ? "https://example.org/" SECRET : "";
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
}

/* Everything that may hold words of the visitor 1 does: two chats, of which one is open, with one ticket each. */
static void fill(void)
{
    int64_t anna = user_now(store, "Anna");
    assert_int_equal(anna, 1);
    asks(1, "dove abita " SECRET, true);
    int64_t first = asked_now(store, 1, TICKET_WAITING, "shop", "it");
    raw("UPDATE ticket SET state = 'closed', closed_ms = 1000000, cause = 'solved', owner = 1, handled_ms = 60000");
    raw("UPDATE conversation SET who = 3");
    asks(1, "e ora " SECRET " due", true);
    int64_t second = asked_now(store, 1, TICKET_WAITING, "shop", "it");
    assert_int_equal(first + 1, second);
    struct store_search_index *i = NEW_JOB(store_search_index);
    i->limit = 10;
    run_for(store, i, STORE_OK);
    store_job_free(&i->job);
    raw("UPDATE ticket SET question = '" SECRET "', corrected = '" SECRET "', page = '" SECRET "', tried = '" SECRET
        "', name = '" SECRET "', contact = '" SECRET "', text = '" SECRET "', slots = '" SECRET
        "', page_title = '" SECRET "', identity = '" SECRET "'");
    raw("INSERT INTO ticket_note (ticket, user, at_ms, cid, text) VALUES (1001, 1, 1, 'n', '" SECRET "');"
        "INSERT INTO ticket_tag VALUES (1002, '" SECRET "'); INSERT INTO ticket_invite VALUES (1002, 1);"
        "INSERT INTO satisfaction VALUES (1, 1001, 1, 4, '" SECRET "', 1);"
        "INSERT INTO rating VALUES (1, 1, -1, 1);"
        "INSERT INTO call VALUES (2, 'c', 1, '" SECRET "');"
        "INSERT INTO visitor_value VALUES (1, 'visitor.name', '" SECRET "', 1);"
        "INSERT INTO return_link VALUES (randomblob(32), 1, 9);"
        "INSERT INTO delivery (kind, target, ref, ticket, next_ms, made_ms, body) "
        "VALUES ('mail', '" SECRET "', 'r', 1002, 1, 1, CAST('" SECRET "' AS BLOB))");
    /* An agent taught what a third message asked: it has no trace. */
    asks(1, SECRET " tre", false);
    raw("INSERT INTO question (lang, fold, text, first_ms, last_ms) VALUES ('it', '" SECRET " tre', '" SECRET
        " tre', 1, 1); UPDATE question_count SET open = open + 1");
}

static void of_a_visitors_chats_nothing_is_left(void **state)
{
    (void)state;
    const char *why = "";
    fill();
    asks(2, "una domanda di altri", true);
    assert_true(anywhere(SECRET));
    assert_int_equal(number("SELECT open FROM question_count"), 4);
    assert_int_equal(erase_now(1), 2);
    /* What is left is left only in the log and the index. */
    assert_int_equal(store_search_scrub(folder, &why), 0);
    assert_false(anywhere(SECRET));
    assert_false(anywhere("mirtillo"));
    assert_int_equal(number("SELECT open FROM question_count"), 1);
    assert_int_equal(number("SELECT count(*) FROM question"), 1);
    assert_int_equal(number("SELECT count(*) FROM event"), 1);
    assert_int_equal(number("SELECT count(*) FROM return_link"), 0);
}

static void of_tickets_the_numbers_stay_and_nobody_can_be_found(void **state)
{
    (void)state;
    fill();
    int64_t steps = number("SELECT count(*) FROM ticket_event");
    test_clock.manual_ms += 5000;
    erase_now(1);
    assert_int_equal(number("SELECT count(*) FROM ticket WHERE state = 'closed' AND department = 'shop'"), 2);
    assert_int_equal(number("SELECT handled_ms FROM ticket WHERE id = 1001 AND cause = 'solved' AND owner = 1"), 60000);
    assert_int_equal(number("SELECT closed_ms - created_ms FROM ticket WHERE id = 1002 AND cause = 'erased'"), 5000);
    assert_int_equal(number("SELECT count(*) FROM ticket_event"), steps + 1);
    assert_int_equal(number("SELECT count(*) FROM ticket_count WHERE closed_ms > 0"), 2);
    /* Their chats belong to no browser. */
    assert_int_equal(number("SELECT count(*) FROM conversation c JOIN visitor v ON v.id = c.visitor "
                            "WHERE v.created_ms = 0 AND c.who = 3 AND c.memory = '' AND c.page = ''"),
                     2);
    assert_int_equal(number("SELECT count(*) FROM conversation WHERE visitor = 1"), 0);
    assert_int_equal(number("SELECT count(*) FROM audit WHERE act = 'chat_erased_by_visitor' "
                            "AND detail = '2 conversations, 2 tickets'"),
                     1);
}

static void the_next_word_begins_anew(void **state)
{
    (void)state;
    asks(1, "prima", false);
    assert_int_equal(erase_now(1), 1);
    assert_int_equal(number("SELECT count(*) FROM conversation"), 0);
    asks(1, "dopo", false);
    assert_int_equal(number("SELECT last_seq FROM conversation WHERE visitor = 1"), 1);
    assert_int_equal(erase_now(77), 0);
}

static void a_request_is_carried_out_once(void **state)
{
    (void)state;
    asks(1, "prima", false);
    for (int i = 0; i < 2; i++) {
        struct store_erase *e = erase(1);
        e->request[0] = 7;
        run_for(store, e, i == 0 ? STORE_OK : STORE_DUPLICATE);
        assert_int_equal(e->count, i == 0 ? 1 : 0);
        store_job_free(&e->job);
        asks(1, "dopo", false);
    }
    assert_int_equal(number("SELECT count(*) FROM event"), 2);
    /* It is forgotten after some days. */
    test_clock.manual_ms += (ERASE_REMEMBER_DAYS + 1) * INT64_C(86400000);
    erase_now(2);
    assert_int_equal(number("SELECT count(*) FROM erasure"), 0);
}

static void a_question_that_others_asked_stays(void **state)
{
    (void)state;
    asks(1, "la stessa domanda", true);
    asks(2, "la stessa domanda", true);
    asks(1, "solo mia", true);
    asks(1, "accettata", true);
    raw("UPDATE question SET leader = 2 WHERE id IN (1, 2)");
    raw("UPDATE question SET state = 'accepted' WHERE text = 'accettata'; UPDATE question_count SET open = open - 1");
    erase_now(1);
    assert_int_equal(number("SELECT count(*) FROM question WHERE text = 'la stessa domanda' AND leader = 1"), 1);
    assert_int_equal(number("SELECT count(*) FROM question WHERE text = 'accettata'"), 1);
    assert_int_equal(number("SELECT count(*) FROM question"), 2);
    assert_int_equal(number("SELECT open FROM question_count"), 1);
}

static void an_operator_names_a_ticket(void **state)
{
    (void)state;
    unsigned char hash[TOKEN_HASH_BYTES];
    token_of(1, hash);
    asks(1, "dove abita " SECRET, true);
    /* What an agent taught: no trace leads to it, only its words. */
    raw("UPDATE question_trace SET question = 0");
    int64_t ticket = asked_now(store, 1, TICKET_MESSAGE, "shop", "it");
    for (int i = 0; i < 2; i++) {
        struct store_erase *e = erase(5);
        e->ticket = ticket;
        e->langs = NULL;
        e->lang_count = 0;
        run_for(store, e, i == 0 ? STORE_OK : STORE_MISSING);
        assert_int_equal(memcmp(e->token_hash, hash, sizeof hash) == 0, i == 0);
        store_job_free(&e->job);
    }
    assert_int_equal(number("SELECT count(*) FROM question"), 0);
    assert_int_equal(number("SELECT count(*) FROM event"), 0);
    assert_int_equal(number("SELECT count(*) FROM ticket WHERE cause = 'erased' AND question = ''"), 1);
    assert_int_equal(number("SELECT count(*) FROM audit WHERE act = 'chat_erased'"), 1);
}

static void scrubbing_is_wanted_until_it_is_done(void **state)
{
    (void)state;
    struct store_scrub *s = NEW_JOB(store_scrub);
    run_for(store, s, STORE_OK);
    assert_int_equal(s->ret_wanted, s->ret_done);
    asks(1, "prima", false);
    erase_now(1);
    run_for(store, s, STORE_OK);
    assert_int_equal(s->ret_wanted, s->ret_done + 1);
    s->done = s->ret_wanted;
    asks(1, "dopo", false);
    erase_now(1); /* meanwhile */
    run_for(store, s, STORE_OK);
    assert_int_equal(s->ret_wanted, s->ret_done + 1);
    store_job_free(&s->job);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(of_a_visitors_chats_nothing_is_left),
        TEST(of_tickets_the_numbers_stay_and_nobody_can_be_found),
        TEST(the_next_word_begins_anew),
        TEST(a_request_is_carried_out_once),
        TEST(a_question_that_others_asked_stays),
        TEST(an_operator_names_a_ticket),
        TEST(scrubbing_is_wanted_until_it_is_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
