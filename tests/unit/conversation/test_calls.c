/* Webhooks of flows: stored before they are called, heard in order, left by nobody who wants a person, and taken up by
 * the next start under the same id. */
#include "hall_test.h"

#include <signal.h>
#include <sys/resource.h>

enum { CALLS_MAX = 16 };

/* A caller that does nothing by itself: tests answer for it. */
struct fake {
    struct fixture *f;
    uint64_t numbers[CALLS_MAX];
    char ids[CALLS_MAX][80];
    size_t begun, ended;
    char webhook[64], intent[64], numero[64], visitor[64];
    int64_t at_seconds;
    bool safe, refuses;
};

static struct fake fake;

static int begin(void *context, const struct settings *s, const struct hall_call *c)
{
    struct fake *k = context;
    assert_non_null(s);
    if (k->refuses)
        return -1;
    assert_true(k->begun < CALLS_MAX);
    snprintf(k->ids[k->begun], sizeof k->ids[0], "%s", c->id);
    k->numbers[k->begun++] = c->number;
    snprintf(k->webhook, sizeof k->webhook, "%s", c->webhook);
    snprintf(k->intent, sizeof k->intent, "%s", c->intent);
    snprintf(k->visitor, sizeof k->visitor, "%s", c->visitor != NULL ? c->visitor : "-");
    for (size_t i = 0; i < c->send_count; i++)
        if (strcmp(c->sends[i].name, "numero") == 0)
            snprintf(k->numero, sizeof k->numero, "%s", c->sends[i].value);
    k->at_seconds = c->at_seconds;
    k->safe = c->safe;
    return 0;
}

static void end(void *context, uint64_t number)
{
    (void)number;
    ((struct fake *)context)->ended++;
}

static const char settings[] = "languages: [it]\nidentity_secret: sito\n"
                               "webhooks: {ordini: {url: \"https://shop.example/x\", secret: s}}\n";

#define FLOW(SAYS)                                                                                                     \
    "intent: stato\nexamples: [\"dov'è il mio ordine\"]\n"                                                            \
    "slots:\n  numero: {type: regex, match: \"[A-Z]{2}-[0-9]{4}\", ask: \"Che numero?\"}\n"                            \
    "steps:\n  - call: {webhook: ordini, into: o, safe: true, else: [{say: \"Ora non riesco a vedere.\"}]}\n"          \
    "  - say: \"" SAYS " {o.stato}.\"\n"

static const char two_calls[] = "intent: doppio\ntitle: \"Doppio\"\npatterns: [\"fai due cose\"]\n"
                                "steps:\n  - call: {webhook: ordini, send: {a: \"1\"}, into: a, else: "
                                "[{call: {webhook: ordini, send: {a: \"2\"}, into: b, else: [{say: \"Niente.\"}]}}, "
                                "{say: \"Al secondo {b.x}.\"}]}\n  - say: \"Al primo {a.x}.\"\n";
static const char members[] = "intent: soci\ntitle: \"Soci\"\npatterns: [\"area soci\"]\nidentity: true\n"
                              "stranger: [{say: \"Prima entra nel sito.\"}]\n"
                              "steps: [{say: \"Ciao {visitor.id}.\"}]\n";

static struct edition *edition_with(const char *flow, int64_t number)
{
    const struct source sources[] = {
        {"knowledge/it/tutto.md", hall_test_knowledge, sizeof hall_test_knowledge - 1},
        {"intents/it/doppio.yaml", two_calls, sizeof two_calls - 1},
        {"intents/it/soci.yaml", members, sizeof members - 1},
        {"intents/it/stato.yaml", flow, strlen(flow)},
        {"sportello.yaml", settings, sizeof settings - 1},
    };
    struct edition *e = hall_test_edition_of(sources, sizeof sources / sizeof *sources);
    edition_set_number(e, number);
    return e;
}

static void call_with_fake(struct fixture *f)
{
    fake = (struct fake){.f = f};
    hall_call_with(f->hall, &(struct hall_caller){&fake, begin, end});
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    snprintf(f->folder, sizeof f->folder, "/tmp/sportello-calls-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    f->clock = clock_manual(1800000000000);
    f->edition = edition_with(FLOW("L'ordine è"), 1);
    hall_test_open(f);
    *state = f;
    call_with_fake(f);
    hello(f, 1, NULL, 0);
    return 0;
}

/* Asks for the order and gives its number, so that the webhook is called. */
static void ask_for_order(struct fixture *f)
{
    say(f, 1, "c1", "dov'è il mio ordine?");
    pump(f);
    assert_got(f, 1, "Che numero?", 0);
    say(f, 1, "c2", "AB-1234");
    pump(f);
}

static void answer(struct fixture *f, size_t call, bool ok)
{
    static const struct variable values[] = {{"stato", "in viaggio"}, {"x", "posto"}};
    hall_called(f->hall, fake.numbers[call], ok, ok ? values : NULL, ok ? 2 : 0);
    pump(f);
}

static size_t stored_calls(struct fixture *f)
{
    struct store_calls *j = store_job_new(&store_calls_kind, sizeof *j, NULL, NULL);
    store_run(f->store, &j->job);
    size_t count = j->count;
    store_job_free(&j->job);
    return count;
}

static void it_is_called_after_its_commit_and_its_answer_is_said(void **state)
{
    struct fixture *f = *state;
    say(f, 1, "c1", "dov'è il mio ordine?");
    pump(f);
    say(f, 1, "c2", "AB-1234");
    assert_int_equal(fake.begun, 0);
    pump(f);
    assert_int_equal(fake.begun, 1);
    assert_int_equal(stored_calls(f), 1);
    assert_string_equal(fake.webhook, "ordini");
    assert_string_equal(fake.intent, "stato");
    assert_string_equal(fake.numero, "AB-1234");
    assert_string_equal(fake.visitor, "-");
    assert_true(fake.safe);
    assert_int_equal(fake.at_seconds, 1800000000);
    assert_got(f, 1, "\"ack\",\"cid\":\"c2\"", 0);
    assert_got(f, 1, "{\"type\":\"typing\",\"from\":\"bot\"}", 0);
    assert_int_equal(hall_under_way(f->hall), 1);
    answer(f, 0, true);
    assert_got(f, 1, "in viaggio", 0);
    assert_int_equal(stored_calls(f), 0);
    assert_int_equal(hall_under_way(f->hall), 0);
    size_t before = f->count;
    answer(f, 0, true); /* once more is nothing */
    assert_int_equal(f->count, before);
}

static void what_is_written_meanwhile_waits_in_order(void **state)
{
    struct fixture *f = *state;
    ask_for_order(f);
    size_t from = f->count;
    say(f, 1, "c3", "a che ora aprite?");
    pump(f);
    assert_int_equal(f->count, from);
    answer(f, 0, true);
    assert_got(f, 1, "in viaggio", from);
    assert_got(f, 1, "dalle 8 alle 19", from);
    assert_true(got(f, 1, "in viaggio", from) != NULL && strstr(got(f, 1, "in viaggio", from), "\"ack\"") == NULL);
}

static void a_failed_call_takes_the_way_out(void **state)
{
    struct fixture *f = *state;
    ask_for_order(f);
    answer(f, 0, false);
    assert_got(f, 1, "Ora non riesco a vedere.", 0);
    assert_int_equal(stored_calls(f), 0);
}

static void one_that_cannot_be_called_takes_the_way_out(void **state)
{
    struct fixture *f = *state;
    fake.refuses = true;
    ask_for_order(f);
    assert_got(f, 1, "Ora non riesco a vedere.", 0);
    assert_int_equal(stored_calls(f), 0);
    assert_int_equal(hall_under_way(f->hall), 0);
}

static void without_anybody_online_and_gone_the_answer_is_there_on_return(void **state)
{
    struct fixture *f = *state;
    char token[64];
    token_of(f, 1, token);
    ask_for_order(f);
    hall_visitor_gone(f->hall, 1);
    answer(f, 0, true);
    hello(f, 2, token, 0);
    assert_got(f, 2, "in viaggio", 0);
}

static void a_wish_for_a_person_ends_the_waiting(void **state)
{
    struct fixture *f = *state;
    agent_in(f, 50, 7, "Anna");
    ask_for_order(f);
    size_t from = f->count;
    hall_visitor(f->hall, 1, &(struct frame){.kind = FRAME_HUMAN, .cid = "h"});
    pump(f);
    assert_int_equal(fake.ended, 1);
    assert_got(f, 1, "Ora non riesco a vedere.", from);
    assert_got(f, 1, "\"who\":\"waiting\"", from);
    size_t before = f->count;
    answer(f, 0, true); /* too late */
    assert_int_equal(f->count, before);
}

static void a_wish_for_a_person_does_not_wait_for_the_next_call_either(void **state)
{
    struct fixture *f = *state;
    agent_in(f, 50, 7, "Anna");
    say(f, 1, "c1", "fai due cose");
    pump(f);
    assert_int_equal(fake.begun, 1);
    hall_visitor(f->hall, 1, &(struct frame){.kind = FRAME_PICK, .cid = "h", .option = "agent:", .title = "Persona"});
    pump(f);
    assert_int_equal(fake.begun, 1); /* the second was never made */
    assert_got(f, 1, "Niente.", 0);
    assert_int_equal(stored_calls(f), 0);
}

static void a_second_call_follows_the_first(void **state)
{
    struct fixture *f = *state;
    say(f, 1, "c1", "fai due cose");
    pump(f);
    answer(f, 0, false);
    assert_int_equal(fake.begun, 2);
    assert_string_not_equal(fake.ids[0], fake.ids[1]);
    assert_int_equal(stored_calls(f), 1);
    answer(f, 1, true);
    assert_got(f, 1, "Al secondo posto.", 0);
    assert_int_equal(hall_under_way(f->hall), 0);
}

static void a_person_who_joins_ends_it_in_silence(void **state)
{
    struct fixture *f = *state;
    say(f, 1, "c0", "ciao");
    pump(f);
    hall_visitor(f->hall, 1, &(struct frame){.kind = FRAME_HUMAN, .cid = "h"});
    pump(f);
    assert_got(f, 1, "\"who\":\"waiting\"", 0);
    ask_for_order(f);
    assert_int_equal(fake.begun, 1);
    size_t from = f->count;
    agent_in(f, 50, 7, "Anna");
    hall_agent(f->hall, 50, &(struct frame){.kind = FRAME_DESK_NEXT});
    pump(f);
    assert_got(f, 1, "\"who\":\"agent\"", from);
    assert_int_equal(fake.ended, 1);
    assert_not_got(f, 1, "Ora non riesco", from);
    assert_int_equal(stored_calls(f), 0);
    say(f, 1, "c9", "buongiorno Anna");
    pump(f);
    assert_got(f, 1, "\"cid\":\"c9\"", from);
}

static void a_goodbye_leaves_no_call_behind(void **state)
{
    struct fixture *f = *state;
    ask_for_order(f);
    hall_visitor(f->hall, 1, &(struct frame){.kind = FRAME_BYE, .cid = "b"});
    pump(f);
    assert_int_equal(fake.ended, 1);
    assert_int_equal(stored_calls(f), 0);
    assert_int_equal(hall_under_way(f->hall), 0);
    size_t from = f->count;
    say(f, 1, "n1", "a che ora aprite?");
    pump(f);
    assert_got(f, 1, "dalle 8 alle 19", from);
}

/* A full disk: files may not grow. */
static void an_answer_that_cannot_be_stored_is_tried_again(void **state)
{
    struct fixture *f = *state;
    struct rlimit before, none;
    ask_for_order(f);
    size_t from = f->count;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    none = before;
    none.rlim_cur = 1;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
    answer(f, 0, true);
    hall_tick(f->hall);
    pump(f);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_not_got(f, 1, "in viaggio", from);
    pass_seconds(f, 5);
    assert_int_equal(got_count(f, 1, "in viaggio", from), 1);
    assert_int_equal(stored_calls(f), 0);
}

static void a_chat_that_is_closed_leaves_no_call_behind(void **state)
{
    struct fixture *f = *state;
    say(f, 1, "c0", "ciao");
    pump(f);
    hall_visitor(f->hall, 1, &(struct frame){.kind = FRAME_HUMAN, .cid = "h"});
    pump(f);
    ask_for_order(f);
    agent_in(f, 50, 7, "Anna");
    hall_agent(f->hall, 50, &(struct frame){.kind = FRAME_DESK_NEXT});
    pump(f);
    hall_agent(f->hall, 50, &(struct frame){.kind = FRAME_DESK_CLOSE, .ticket = 1001, .cid = "x", .cause = "solved"});
    size_t from = f->count;
    pump(f);
    hall_called(f->hall, fake.numbers[0], true, NULL, 0);
    pump(f);
    assert_int_equal(hall_under_way(f->hall), 0);
    assert_int_equal(stored_calls(f), 0);
    say(f, 1, "n1", "a che ora aprite?");
    pump(f);
    assert_got(f, 1, "dalle 8 alle 19", from);
}

/* --- over a restart ------------------------------------------------------------------------------- */

/* As kill -9: nothing is ended, and the next life finds what is in the store. */
static void restart(struct fixture *f)
{
    hall_stop_calling(f->hall);
    hall_test_close(f);
    hall_test_open(f);
    call_with_fake(f);
    assert_int_equal(hall_take_up_calls(f->hall), 0);
}

static void a_restart_calls_again_under_the_same_id(void **state)
{
    struct fixture *f = *state;
    char id[80], token[64];
    token_of(f, 1, token);
    ask_for_order(f);
    snprintf(id, sizeof id, "%s", fake.ids[0]);
    restart(f);
    f->clock.manual_ms += 5000;
    pump(f);
    assert_int_equal(fake.begun, 1);
    assert_string_equal(fake.ids[0], id);
    assert_int_equal(fake.at_seconds, 1800000005);
    assert_string_equal(fake.numero, "AB-1234");
    hello(f, 2, token, 0);
    assert_got(f, 2, "{\"type\":\"typing\",\"from\":\"bot\"}", 0);
    size_t from = f->count;
    say(f, 2, "c3", "a che ora aprite?");
    pump(f);
    assert_not_got(f, 2, "c3", from);
    answer(f, 0, true);
    assert_got(f, 2, "in viaggio", from);
    assert_got(f, 2, "dalle 8 alle 19", from);
    assert_int_equal(fake.begun, 1);
    assert_int_equal(stored_calls(f), 0);
}

/* The visitor is back before the calls have been read, and loads the same chat by the token. */
static void a_visitor_who_is_quicker_than_the_start_gets_the_answer_once(void **state)
{
    struct fixture *f = *state;
    char token[64];
    token_of(f, 1, token);
    ask_for_order(f);
    restart(f);
    hall_visitor(f->hall, 2, &(struct frame){.kind = FRAME_HELLO, .lang = "it", .token = token});
    pump(f);
    assert_int_equal(fake.begun, 1);
    assert_got(f, 2, "\"type\":\"welcome\"", 0);
    size_t from = f->count;
    answer(f, 0, true);
    assert_int_equal(got_count(f, 2, "in viaggio", from), 1);
    say(f, 2, "c4", "a che ora aprite?");
    pump(f);
    assert_got(f, 2, "dalle 8 alle 19", from);
    assert_int_equal(hall_under_way(f->hall), 0);
}

/* The same with every order in which the two loads may be answered: the visitor asks after the calls were found. */
static void a_visitor_who_comes_between_gets_the_answer_once(void **state)
{
    struct fixture *f = *state;
    char token[64];
    token_of(f, 1, token);
    ask_for_order(f);
    restart(f);
    store_pump(f->store); /* the calls are found, and the chat's load is on its way */
    hall_visitor(f->hall, 2, &(struct frame){.kind = FRAME_HELLO, .lang = "it", .token = token});
    hall_visitor(f->hall, 3, &(struct frame){.kind = FRAME_HELLO, .lang = "it", .token = token});
    pump(f);
    assert_int_equal(fake.begun, 1);
    size_t from = f->count;
    answer(f, 0, true);
    assert_int_equal(got_count(f, 2, "in viaggio", from), 1);
    assert_int_equal(got_count(f, 3, "in viaggio", from), 1);
    hall_visitor(f->hall, 2, &(struct frame){.kind = FRAME_HUMAN, .cid = "h"});
    pump(f);
    assert_got(f, 3, "\"ticket\"", from);
}

static void one_of_more_than_an_hour_ago_takes_the_way_out(void **state)
{
    struct fixture *f = *state;
    char token[64];
    token_of(f, 1, token);
    ask_for_order(f);
    restart(f);
    f->clock.manual_ms += 3600 * 1000 + 1;
    pump(f);
    assert_int_equal(fake.begun, 0);
    assert_int_equal(stored_calls(f), 0);
    hello(f, 2, token, 3);
    assert_got(f, 2, "\"from\":\"bot\"", 0);
    say(f, 2, "c3", "a che ora aprite?");
    pump(f);
    assert_got(f, 2, "dalle 8 alle 19", 0);
}

static void the_end_of_the_server_leaves_new_calls_to_the_next(void **state)
{
    struct fixture *f = *state;
    char token[64];
    token_of(f, 1, token);
    say(f, 1, "c1", "dov'è il mio ordine?");
    pump(f);
    say(f, 1, "c2", "AB-1234"); /* on its way to the store when the server is told to end */
    hall_stop_calling(f->hall);
    pump(f);
    assert_int_equal(fake.begun, 0);
    assert_not_got(f, 1, "Ora non riesco", 0);
    assert_int_equal(hall_under_way(f->hall), 0);
    hall_test_close(f);
    hall_test_open(f);
    call_with_fake(f);
    hall_take_up_calls(f->hall);
    pump(f);
    assert_int_equal(fake.begun, 1);
    answer(f, 0, true);
    hello(f, 2, token, 0);
    assert_got(f, 2, "in viaggio", 0);
}

/* --- editions ---------------------------------------------------------------------------------------- */

static void publish(struct fixture *f, const char *flow)
{
    struct edition *e = edition_with(flow, edition_number(f->edition) + 1);
    hall_publish(f->hall, e);
    edition_unpin(f->edition);
    f->edition = e;
}

/* The answer could not be kept at all: the flow must not wait for it for ever. */
static void a_call_that_is_lost_takes_the_way_out_with_the_next_message(void **state)
{
    struct fixture *f = *state;
    ask_for_order(f);
    struct store_turn *t = store_job_new(&store_turn_kind, sizeof *t, NULL, NULL);
    t->conversation = 1;
    t->who = t->if_who = -1;
    t->ended_call = fake.ids[0];
    store_run(f->store, &t->job);
    assert_int_equal(t->job.result, STORE_OK);
    store_job_free(&t->job);
    size_t from = f->count;
    answer(f, 0, true); /* the store has nobody who waits for it */
    assert_int_equal(f->count, from);
    assert_int_equal(hall_under_way(f->hall), 0);
    say(f, 1, "c3", "allora?");
    pump(f);
    assert_got(f, 1, "Ora non riesco a vedere.", from);
}

static void a_flow_finishes_on_its_own_edition_and_the_next_begins_on_the_new(void **state)
{
    struct fixture *f = *state;
    say(f, 1, "c1", "dov'è il mio ordine?");
    pump(f);
    publish(f, FLOW("NUOVO"));
    say(f, 1, "c2", "AB-1234");
    pump(f);
    publish(f, FLOW("NUOVISSIMO"));
    answer(f, 0, true);
    assert_got(f, 1, "è in viaggio", 0);
    assert_not_got(f, 1, "NUOV", 0);
    say(f, 1, "c3", "dov'è il mio ordine?");
    pump(f);
    say(f, 1, "c4", "AB-1234");
    pump(f);
    answer(f, 1, true);
    assert_got(f, 1, "NUOVISSIMO in viaggio", 0);
}

/* Its page was loaded anew in between, or the server started again: the edition is the one of the flow all the same. */
static void a_flow_finds_its_edition_again(void **state)
{
    struct fixture *f = *state;
    char token[64];
    token_of(f, 1, token);
    say(f, 1, "c1", "dov'è il mio ordine?");
    pump(f);
    hall_visitor_gone(f->hall, 1);
    pump(f);
    edition_pin(f->edition);
    struct edition *first = f->edition;
    publish(f, FLOW("NUOVO"));
    hello(f, 2, token, 0);
    say(f, 2, "c2", "non so");
    pump(f);
    hall_visitor_gone(f->hall, 2);
    restart(f);
    hall_keep_edition(f->hall, first);
    hello(f, 3, token, 0);
    say(f, 3, "c3", "AB-1234");
    pump(f);
    answer(f, 0, true);
    assert_got(f, 3, "è in viaggio", 0);
    assert_not_got(f, 3, "NUOVO", 0);
    edition_unpin(first);
}

static void without_its_edition_the_visitor_is_told(void **state)
{
    struct fixture *f = *state;
    char token[64];
    token_of(f, 1, token);
    say(f, 1, "c1", "dov'è il mio ordine?");
    pump(f);
    publish(f, FLOW("NUOVO"));
    restart(f);
    hello(f, 3, token, 0);
    size_t from = f->count;
    say(f, 3, "c3", "AB-1234");
    pump(f);
    assert_int_equal(fake.begun, 0);
    assert_got(f, 3, "\"from\":\"bot\"", from);
    assert_got(f, 3, "intent:stato", from);
}

/* --- signed-in visitors ------------------------------------------------------------------------------ */

static const char secret[] = "sedici-byte-almeno";
/* HMAC-SHA256 over "v1.bWFyaWE.1800003600", computed with openssl. */
static const char maria[] = "v1.bWFyaWE.1800003600.an5huGxPU8fBiKFBk0iO8BEc027sMEXnFUF2SNfE1yA";

static const char *members_area(struct fixture *f, uint64_t client, const char *token, const char *cid)
{
    size_t from = f->count;
    hall_visitor(f->hall, client, &(struct frame){.kind = FRAME_HELLO, .lang = "it", .identity = token});
    pump(f);
    say(f, client, cid, "area soci");
    pump(f);
    return got(f, client, "Ciao maria", from) != NULL             ? "maria"
           : got(f, client, "Prima entra nel sito", from) != NULL ? "stranger"
                                                                  : "?";
}

static void only_who_is_signed_in_gets_into_what_is_reserved(void **state)
{
    struct fixture *f = *state;
    hall_identity(f->hall, secret);
    assert_string_equal(members_area(f, 10, maria, "m1"), "maria");
    assert_string_equal(members_area(f, 11, NULL, "m2"), "stranger");
    char forged[sizeof maria];
    memcpy(forged, maria, sizeof maria);
    forged[4] = 'X';
    assert_string_equal(members_area(f, 12, forged, "m3"), "stranger");
    f->clock.manual_ms += 3600 * 1000;
    assert_string_equal(members_area(f, 13, maria, "m4"), "stranger");
    say(f, 10, "m5", "area soci"); /* who was signed in is so no longer */
    pump(f);
    assert_got(f, 10, "Prima entra nel sito", 0);
    hall_identity(f->hall, NULL);
    assert_string_equal(members_area(f, 14, maria, "m6"), "stranger");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, hall_test_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(it_is_called_after_its_commit_and_its_answer_is_said),
        TEST(what_is_written_meanwhile_waits_in_order),
        TEST(a_failed_call_takes_the_way_out),
        TEST(one_that_cannot_be_called_takes_the_way_out),
        TEST(without_anybody_online_and_gone_the_answer_is_there_on_return),
        TEST(a_wish_for_a_person_ends_the_waiting),
        TEST(a_wish_for_a_person_does_not_wait_for_the_next_call_either),
        TEST(a_second_call_follows_the_first),
        TEST(a_person_who_joins_ends_it_in_silence),
        TEST(a_goodbye_leaves_no_call_behind),
        TEST(an_answer_that_cannot_be_stored_is_tried_again),
        TEST(a_chat_that_is_closed_leaves_no_call_behind),
        TEST(a_restart_calls_again_under_the_same_id),
        TEST(a_visitor_who_is_quicker_than_the_start_gets_the_answer_once),
        TEST(a_visitor_who_comes_between_gets_the_answer_once),
        TEST(one_of_more_than_an_hour_ago_takes_the_way_out),
        TEST(the_end_of_the_server_leaves_new_calls_to_the_next),
        TEST(a_call_that_is_lost_takes_the_way_out_with_the_next_message),
        TEST(a_flow_finishes_on_its_own_edition_and_the_next_begins_on_the_new),
        TEST(a_flow_finds_its_edition_again),
        TEST(without_its_edition_the_visitor_is_told),
        TEST(only_who_is_signed_in_gets_into_what_is_reserved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
