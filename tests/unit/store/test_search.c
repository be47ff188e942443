/* Closed chats are found by what people wrote in them, within one's departments; what was erased is gone. */
#include "unit/store/fixture.h"

#include "store/reader.h"
#include "store/search.h"

#include <sqlite3.h>

static struct reader *reader;

static int open_both(void **state)
{
    setup(state);
    test_clock.manual_ms = 1000000;
    reader = reader_new(folder, &test_clock, 1000);
    return 0;
}

static int close_both(void **state)
{
    reader_free(reader);
    return teardown(state);
}

/* A body as wire/ writes it, with the words in two blocks. */
static const char *body_of(struct arena *arena, const char *from, const char *words)
{
    return arena_printf(
        arena,
        "{\"from\":\"%s\",\"blocks\":[{\"type\":\"paragraph\",\"children\":[{\"type\":\"text\",\"text\":"
        "\"%s\"}]},{\"type\":\"image\",\"src\":\"https://x.example/hidden.png\"}]}",
        from, words);
}

static void says(int visitor, enum event_from from, const char *words)
{
    struct store_turn *t = said(visitor, NULL, "");
    t->events[0].from = from;
    t->events[0].body = body_of(t->job.arena, event_from_name(from), words);
    t->events[0].body_size = strlen(t->events[0].body);
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
}

static void closes(int64_t ticket)
{
    struct store_move *m = NEW_JOB(store_move);
    test_clock.manual_ms += 1000;
    m->ticket_id = ticket;
    m->from = 1u << TICKET_CLAIMED | 1u << TICKET_WAITING | 1u << TICKET_MESSAGE;
    m->to = TICKET_CLOSED;
    m->owner = -1;
    m->who = STORE_WHO_BOT;
    m->cause = "solved";
    run_for(store, m, STORE_OK);
    store_job_free(&m->job);
}

static void taken_by(int64_t user)
{
    struct store_assign *a = NEW_JOB(store_assign);
    a->user = user;
    a->to = TICKET_CLAIMED;
    a->capacity = 100;
    a->who = STORE_WHO_AGENT;
    run_for(store, a, STORE_OK);
    store_job_free(&a->job);
}

/* A chat of the visitor's words and an agent's, closed at once. */
static int64_t chat(int visitor, const char *department, const char *name, const char *asks, const char *answer)
{
    test_clock.manual_ms += 1000;
    says(visitor, FROM_VISITOR, asks);
    struct store_turn *t = asked(visitor, TICKET_WAITING, department, "it");
    ((struct ticket_new *)t->ticket)->name = name;
    run_for(store, t, STORE_OK);
    int64_t ticket = t->ret_ticket;
    store_job_free(&t->job);
    says(visitor, FROM_AGENT, answer);
    closes(ticket);
    return ticket;
}

static void index_all(void)
{
    struct store_search_index *i;
    bool more = true;
    while (more) {
        i = NEW_JOB(store_search_index);
        i->limit = 2;
        run_for(store, i, STORE_OK);
        more = i->ret_more;
        store_job_free(&i->job);
    }
}

static struct store_search *search_for(const char *words)
{
    struct store_search *s = NEW_JOB(store_search);
    s->words = words;
    return s;
}

/* The numbers found, newest first, are these; ends with 0. */
static void finds(struct store_search *s, const int64_t *tickets)
{
    reader_run(reader, &s->job);
    assert_int_equal(s->job.result, STORE_OK);
    for (size_t i = 0; i < s->count; i++)
        assert_int_equal(s->hits[i].ticket, tickets[i]);
    assert_int_equal(tickets[s->count], 0);
    store_job_free(&s->job);
}
#define FINDS(search, ...) finds(search, (const int64_t[]){__VA_ARGS__})

static void words_find_chats_without_accents_and_from_their_beginning(void **state)
{
    (void)state;
    int64_t a = chat(1, "shop", "", "Il caffè è già arrivato?", "Sì, domani"),
            b = chat(2, "shop", "", "Un tè", "Certo");
    index_all();
    FINDS(search_for("caffe"), a, 0);
    FINDS(search_for("CAFFÈ"), a, 0);
    FINDS(search_for("arriv domani"), a, 0);
    FINDS(search_for("te"), b, 0); /* two letters stand for themselves: not "tè…" of anything */
    FINDS(search_for("certo"), b, 0);
    FINDS(search_for("caffe certo"), 0);
    FINDS(search_for("hidden"), 0); /* addresses of pictures are no words of people */
    FINDS(search_for("from visitor blocks paragraph"), 0);
    FINDS(search_for("person please"), b, a, 0); /* a body that is none of ours is taken as it is */
}

static void what_was_said_is_indexed_once_it_is_closed(void **state)
{
    (void)state;
    says(1, FROM_VISITOR, "ombrello");
    int64_t ticket = asked_now(store, 1, TICKET_WAITING, "shop", "it");
    index_all();
    FINDS(search_for("ombrello"), 0);
    FINDS(search_for(""), 0);
    closes(ticket);
    FINDS(search_for(""), ticket, 0); /* found by its filters at once */
    index_all();
    FINDS(search_for("ombrello"), ticket, 0);
    struct store_search_index *i = NEW_JOB(store_search_index);
    run_for(store, i, STORE_OK); /* a limit of 0: looks */
    assert_false(i->ret_more);
    assert_int_equal(i->ret_done, 0);
    store_job_free(&i->job);
}

static void noted(int64_t ticket, int64_t user, const char *cid, const char *text)
{
    struct store_note_add *n = NEW_JOB(store_note_add);
    n->ticket = ticket;
    n->sight = (struct work_sight){user, ""};
    n->cid = cid;
    n->text = text;
    run_for(store, n, STORE_OK);
    store_job_free(&n->job);
}

static void what_is_noted_is_found_also_when_it_is_noted_after_the_end(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna");
    says(1, FROM_VISITOR, "ombrello");
    int64_t ticket = asked_now(store, 1, TICKET_WAITING, "shop", "it");
    noted(ticket, anna, "n1", "paga sempre tardi");
    closes(ticket);
    index_all();
    FINDS(search_for("ombrello tardi"), ticket, 0);
    noted(ticket, anna, "n2", "richiamata: era la garanzia");
    index_all();
    FINDS(search_for("garanzia"), ticket, 0);
    FINDS(search_for("ombrello tardi garanzia"), ticket, 0);
    struct store_transcript *t = NEW_JOB(store_transcript);
    t->ticket = ticket;
    reader_run(reader, &t->job);
    assert_int_equal(t->note_count, 2);
    assert_string_equal(t->notes[0].text, "paga sempre tardi");
    assert_string_equal(t->notes[1].name, "anna");
    store_job_free(&t->job);
}

static void each_chat_of_a_conversation_has_its_own_words(void **state)
{
    (void)state;
    int64_t a = chat(1, "shop", "", "martello", "eccolo"), b = chat(1, "shop", "", "trapano", "eccola");
    index_all();
    FINDS(search_for("martello"), a, 0);
    FINDS(search_for("trapano"), b, 0);
    FINDS(search_for("eccol"), b, a, 0);
}

/* Whatever is written, it is words: never the index's own language, and never an error. */
static void nothing_that_is_written_is_read_as_signs(void **state)
{
    (void)state;
    static const char *const hostile[] = {"\"",
                                          "\"\"",
                                          "\" OR \"",
                                          "a\" OR number : \"1",
                                          "NEAR(a b)",
                                          "words : x",
                                          "{name words} : x",
                                          "-x",
                                          "^x",
                                          "x*",
                                          "AND",
                                          "OR",
                                          "NOT",
                                          "(",
                                          ")",
                                          "a AND",
                                          "+",
                                          "…",
                                          "– —",
                                          "' OR 1=1 --",
                                          "%",
                                          "\x02\x03",
                                          "l'ordine",
                                          "«ciao»",
                                          "😀",
                                          "#",
                                          "##",
                                          "a:b:c",
                                          "x NOT y",
                                          "\"a\" \"b"};
    int64_t ticket = chat(1, "shop", "", "l'ordine e x", "OR y");
    index_all();
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        struct store_search *s = search_for(hostile[i]);
        reader_run(reader, &s->job);
        assert_int_equal(s->job.result, STORE_OK);
        store_job_free(&s->job);
        s = search_for(NULL);
        s->name = hostile[i];
        reader_run(reader, &s->job);
        assert_int_equal(s->job.result, STORE_OK);
        store_job_free(&s->job);
    }
    FINDS(search_for("l'ordine"), ticket, 0);
    FINDS(search_for("OR"), ticket, 0);
    FINDS(search_for("x NOT y"), 0);
    char longest[SEARCH_WORDS_BYTES + 2];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    struct store_search *s = search_for(longest);
    reader_run(reader, &s->job);
    assert_int_equal(s->job.result, STORE_REFUSED);
    store_job_free(&s->job);
}

static void filters_narrow_and_departments_hide(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna");
    says(1, FROM_VISITOR, "sega");
    asked_now(store, 1, TICKET_WAITING, "shop", "it");
    taken_by(anna);
    int64_t a = 1001;
    closes(a);
    int64_t after_a = test_clock.manual_ms;
    int64_t b = chat(2, "repairs", "Zoë Bianchi", "sega", "sì"), c = chat(3, "shop", "Ugo", "sega", "no");
    index_all();
    struct store_search *s = search_for("sega");
    s->allowed = "repairs,invoices";
    FINDS(s, b, 0);
    s = search_for("");
    s->allowed = "shop";
    FINDS(s, c, a, 0);
    s = search_for("sega");
    s->department = "shop";
    FINDS(s, c, a, 0);
    s = search_for("sega");
    s->agent = "Anna";
    FINDS(s, a, 0);
    s = search_for("sega");
    s->name = "zoe";
    FINDS(s, b, 0);
    FINDS(search_for("bianchi sega"), b, 0);
    FINDS(search_for("1003"), c, 0);
    FINDS(search_for("#1003 sega"), c, 0);
    FINDS(search_for("100"), 0);
    s = search_for("sega");
    s->from_ms = after_a + 1;
    FINDS(s, c, b, 0);
    s = search_for("sega");
    s->to_ms = after_a + 1;
    FINDS(s, a, 0);
}

static void pages_go_on_from_the_last_one_and_excerpts_mark_the_words(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++)
        chat(i + 1, "shop", "", "una vite lunga da legno", "abbiamo <b>viti</b> di ogni lunghezza");
    index_all();
    struct store_search *s = search_for("vite");
    s->limit = 3;
    reader_run(reader, &s->job);
    assert_int_equal(s->count, 3);
    assert_true(s->ret_more);
    assert_int_equal(s->hits[2].ticket, 1003);
    assert_int_equal(s->hits[0].piece_count, 3);
    assert_string_equal(s->hits[0].pieces[0].text, "una ");
    assert_false(s->hits[0].pieces[0].mark);
    assert_string_equal(s->hits[0].pieces[1].text, "vite");
    assert_true(s->hits[0].pieces[1].mark);
    store_job_free(&s->job);
    s = search_for("vite");
    s->limit = 3;
    s->before = 1003;
    reader_run(reader, &s->job);
    assert_int_equal(s->count, 2);
    assert_false(s->ret_more);
    store_job_free(&s->job);
}

static void a_transcript_is_of_its_ticket_and_of_ones_departments(void **state)
{
    (void)state;
    chat(1, "repairs", "", "martello", "eccolo");
    int64_t b = chat(1, "shop", "", "trapano", "eccola");
    struct store_transcript *t = NEW_JOB(store_transcript);
    t->ticket = b;
    t->allowed = "shop";
    reader_run(reader, &t->job);
    assert_int_equal(t->job.result, STORE_OK);
    assert_int_equal(t->event_count, 3);
    assert_non_null(strstr(t->events[0].body, "trapano"));
    assert_string_equal(t->row.department, "shop");
    store_job_free(&t->job);
    t = NEW_JOB(store_transcript);
    t->ticket = b;
    t->allowed = "repairs";
    reader_run(reader, &t->job);
    assert_int_equal(t->job.result, STORE_MISSING);
    store_job_free(&t->job);
    t = NEW_JOB(store_transcript);
    t->conversation = 1;
    reader_run(reader, &t->job);
    assert_int_equal(t->job.result, STORE_OK);
    assert_int_equal(t->event_count, 6);
    store_job_free(&t->job);
    t = NEW_JOB(store_transcript);
    t->conversation = 99;
    reader_run(reader, &t->job);
    assert_int_equal(t->job.result, STORE_MISSING);
    store_job_free(&t->job);
}

static void a_long_transcript_is_read_on_from_its_last_event(void **state)
{
    (void)state;
    enum { SAID = TRANSCRIPT_EVENTS_MAX + 20 };
    for (int i = 0; i < SAID; i++)
        says(1, FROM_VISITOR, "ancora");
    int64_t last = 0;
    size_t pages = 0, count = 0;
    bool more = true;
    while (more) {
        struct store_transcript *t = NEW_JOB(store_transcript);
        t->conversation = 1;
        t->after = last;
        reader_run(reader, &t->job);
        assert_int_equal(t->job.result, STORE_OK);
        for (size_t i = 0; i < t->event_count; i++)
            assert_int_equal(t->events[i].seq, ++last);
        count += t->event_count;
        more = t->ret_more;
        pages++;
        store_job_free(&t->job);
    }
    assert_int_equal(pages, 2);
    assert_int_equal(count, SAID);
}

static void choices_are_who_had_chats(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna");
    user_now(store, "ugo");
    asked_now(store, 1, TICKET_WAITING, "shop", "it");
    taken_by(anna);
    closes(1001);
    struct store_search_choices *c = NEW_JOB(store_search_choices);
    reader_run(reader, &c->job);
    assert_int_equal(c->job.result, STORE_OK);
    assert_int_equal(c->agent_count, 1);
    assert_string_equal(c->agents[0], "anna");
    store_job_free(&c->job);
}

static bool file_has(const char *name, const char *word)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return false;
    static char bytes[8 << 20];
    size_t size = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    assert_true(size < sizeof bytes);
    return memmem(bytes, size, word, strlen(word)) != NULL;
}

static void what_is_erased_leaves_no_trace_in_the_file(void **state)
{
    (void)state;
    static const char secret[] = "quarzomirtillo";
    chat(1, "shop", "", secret, "sì");
    for (int i = 2; i < 40; i++)
        chat(i, "shop", "", "una domanda come tante", "quarta risposta");
    index_all();
    FINDS(search_for(secret), 1001, 0);
    struct store_search_forget *f = NEW_JOB(store_search_forget);
    f->conversation = 1;
    run_for(store, f, STORE_OK);
    store_job_free(&f->job);
    FINDS(search_for(secret), 0);
    /* What the index was made of goes too, as whoever erases the conversation would do. */
    char path[512];
    const char *why = "";
    snprintf(path, sizeof path, "%s/sportello.db", folder);
    sqlite3 *sqlite;
    assert_int_equal(sqlite3_open(path, &sqlite), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(sqlite, "PRAGMA secure_delete = ON; DELETE FROM event WHERE conversation = 1", NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(sqlite);
    assert_true(file_has("sportello.db", secret) || file_has("sportello.db-wal", secret)); /* else this tests nothing */
    assert_int_equal(store_search_scrub(folder, &why), 0);
    assert_false(file_has("sportello.db", secret));
    assert_false(file_has("sportello.db-wal", secret));
    assert_false(file_has("sportello.db", "mirtillo"));
    FINDS(search_for("quarta tante 1005"), 1005, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_both, close_both)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(words_find_chats_without_accents_and_from_their_beginning),
        TEST(what_was_said_is_indexed_once_it_is_closed),
        TEST(each_chat_of_a_conversation_has_its_own_words),
        TEST(nothing_that_is_written_is_read_as_signs),
        TEST(filters_narrow_and_departments_hide),
        TEST(pages_go_on_from_the_last_one_and_excerpts_mark_the_words),
        TEST(what_is_noted_is_found_also_when_it_is_noted_after_the_end),
        TEST(a_long_transcript_is_read_on_from_its_last_event),
        TEST(a_transcript_is_of_its_ticket_and_of_ones_departments),
        TEST(choices_are_who_had_chats),
        TEST(what_is_erased_leaves_no_trace_in_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
