/* Card numbers and their like that no form asked for are stored nowhere; those that one asked for are. What a flow has
 * collected, and where the visitor is, goes with the hand-off. */
#include "hall_test.h"

static const char settings[] = "languages: [it]\n";
static const char iban[] = "intent: rimborso\ntitle: \"Rimborso\"\npatterns: [\"voglio un rimborso\"]\n"
                           "slots:\n"
                           "  iban: {type: regex, match: \"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}\", ask: \"Quale IBAN?\"}\n"
                           "  motivo: {type: text, ask: \"Perché?\"}\n"
                           "  codice: {type: text, ask: \"Il codice fiscale?\"}\n"
                           "steps: [{say: \"Grazie: {iban}, {motivo}, {codice}.\"}]\n";

static const char order[] = "intent: ordine\ntitle: \"Ordine\"\npatterns: [\"dove sta il mio ordine\"]\n"
                            "slots:\n"
                            "  numero: {type: regex, match: \"[A-Z]{2}-[0-9]{4}\", ask: \"Quale ordine?\"}\n"
                            "  colore: {type: text, ask: \"Di che colore?\"}\n"
                            "steps: [{handoff: true, note: \"Ordine {numero} non trovato\"}]\n";

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    const struct source sources[] = {
        {"knowledge/it/tutto.md", hall_test_knowledge, sizeof hall_test_knowledge - 1},
        {"intents/it/ordine.yaml", order, sizeof order - 1},
        {"intents/it/rimborso.yaml", iban, sizeof iban - 1},
        {"sportello.yaml", settings, sizeof settings - 1},
    };
    snprintf(f->folder, sizeof f->folder, "/tmp/sportello-fill-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    f->clock = clock_manual(1800000000000);
    f->edition = hall_test_edition_of(sources, 4);
    hall_test_open(f);
    *state = f;
    hello(f, 1, NULL, 0);
    return 0;
}

/* Whether the bytes stand in the database or its log. */
static bool is_stored(const struct fixture *f, const char *text)
{
    static const char *const names[] = {"sportello.db", "sportello.db-wal"};
    bool found = false;
    for (size_t i = 0; i < 2; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", f->folder, names[i]);
        FILE *file = fopen(path, "rb");
        if (file == NULL)
            continue;
        char *bytes = malloc(16 << 20);
        size_t size = fread(bytes, 1, 16 << 20, file);
        found = found || memmem(bytes, size, text, strlen(text)) != NULL;
        free(bytes);
        fclose(file);
    }
    return found;
}

static void told(struct fixture *f, const char *cid, const char *text)
{
    say(f, 1, cid, text);
    pump(f);
}

static void a_number_that_nobody_asked_for_is_stored_nowhere(void **state)
{
    struct fixture *f = *state;
    told(f, "c1", "la mia carta 4111 1111 1111 1111 viene rifiutata");
    told(f, "c2", "il bonifico va su IT60X0542811101000000123456 ?");
    told(f, "c3", "sono RSSMRA85T10A562S e non capite niente");
    say(f, 1, "c4", "insomma");
    say(f, 1, "c5", "5500005555555559");
    pump(f);
    hall_visitor(
        f->hall, 1,
        &(struct frame){.kind = FRAME_PICK, .cid = "p", .option = "say:4000056655665556", .title = "4000056655665556"});
    pump(f);
    hall_visitor(f->hall, 1, &(struct frame){.kind = FRAME_HUMAN, .cid = "h"});
    pump(f);
    hall_visitor(f->hall, 1,
                 &(struct frame){.kind = FRAME_MESSAGE,
                                 .cid = "m",
                                 .text = "carta 4242424242424242",
                                 .name = "Ugo",
                                 .contact = "ugo@example.org"});
    pump(f);
    static const char *const never[] = {"4111 1111 1111",   "IT60X0542811101000000123456",
                                        "RSSMRA85T10A562S", "5500005555555559",
                                        "4000056655665556", "4242424242424242",
                                        "4111111111111111"};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (is_stored(f, never[i]))
            fail_msg("%s is stored", never[i]);
    assert_true(is_stored(f, "la mia carta \xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2 1111 viene rifiutata"));
    assert_true(is_stored(f, "ugo@example.org"));
}

static void what_the_form_asks_for_is_kept_and_nothing_else(void **state)
{
    struct fixture *f = *state;
    told(f, "c1", "voglio un rimborso");
    assert_got(f, 1, "Quale IBAN?", 0);
    told(f, "c2", "IT60X0542811101000000123456, e la carta era 4111111111111111");
    assert_got(f, 1, "Perché?", 0);
    told(f, "c3", "ho pagato due volte con 5500005555555559");
    told(f, "c4", " RSSMRA85T10A562S ");
    assert_got(f, 1, "Grazie: IT60X0542811101000000123456", 0);
    assert_got(f, 1, "RSSMRA85T10A562S", 0);
    assert_true(is_stored(f, "IT60X0542811101000000123456"));
    assert_false(is_stored(f, "4111111111111111"));
    assert_false(is_stored(f, "5500005555555559"));
    /* The form is over. */
    told(f, "c5", "e su IT54W8000000292100645211111 ?");
    assert_false(is_stored(f, "IT54W8000000292100645211111"));
}

static void a_form_that_has_run_out_asks_for_nothing(void **state)
{
    struct fixture *f = *state;
    told(f, "c1", "voglio un rimborso");
    f->clock.manual_ms += 61 * 60 * 1000;
    told(f, "c2", "IT60X0542811101000000123456");
    assert_false(is_stored(f, "IT60X0542811101000000123456"));
}

static struct store_ticket *handed_off(struct fixture *f)
{
    struct store_ticket *job = store_job_new(&store_ticket_kind, sizeof *job, NULL, NULL);
    job->id = 1001;
    store_run(f->store, &job->job);
    assert_int_equal(job->count, 1);
    return job;
}

static void what_a_flow_has_collected_goes_with_the_hand_off(void **state)
{
    struct fixture *f = *state;
    hall_visitor(f->hall, 2,
                 &(struct frame){.kind = FRAME_HELLO, .lang = "it", .page = "/ordini", .title = "I miei ordini"});
    say(f, 2, "c1", "dove sta il mio ordine");
    pump(f);
    say(f, 2, "c2", "AB-1234");
    pump(f);
    say(f, 2, "c3", "blu\ncon\tfiori");
    pump(f);
    struct store_ticket *job = handed_off(f);
    assert_string_equal(job->tickets[0].slots, "numero\tAB-1234\ncolore\tblu con fiori\n");
    assert_non_null(strstr(job->tickets[0].text, "Ordine AB-1234 non trovato"));
    assert_string_equal(job->tickets[0].page, "/ordini");
    assert_string_equal(job->tickets[0].page_title, "I miei ordini");
    store_job_free(&job->job);
}

static void what_was_tried_has_its_source(void **state)
{
    struct fixture *f = *state;
    told(f, "c1", "quanto costa la spedizione?");
    hall_visitor(f->hall, 1, &(struct frame){.kind = FRAME_HUMAN, .cid = "h"});
    pump(f);
    struct store_ticket *job = handed_off(f);
    assert_non_null(strstr(job->tickets[0].tried, "\tQuanto costa la spedizione?\tknowledge/it/tutto.md:1\n"));
    assert_string_equal(job->tickets[0].slots, "");
    store_job_free(&job->job);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, hall_test_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_number_that_nobody_asked_for_is_stored_nowhere),
        TEST(what_the_form_asks_for_is_kept_and_nothing_else),
        TEST(a_form_that_has_run_out_asks_for_nothing),
        TEST(what_a_flow_has_collected_goes_with_the_hand_off),
        TEST(what_was_tried_has_its_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
