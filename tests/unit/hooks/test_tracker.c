/* Tickets in Request Tracker, against a server that answers as it does: made where they are not there, found where they
 * are, closed with their transcript, and left for later where it is down. */
#include "hooks/tracker.h"
#include "unit/hooks/peer.h"
#include "unit/store/help.h"

#include "base/log.h"

#include <sodium.h>

#define ANSWER(status, size, body) "HTTP/1.1 " status "\r\nContent-Length: " size "\r\n\r\n" body
static const char none[] = ANSWER("200 OK", "12", "{\"items\":[]}");
static const char found[] =
    ANSWER("200 OK", "57", "{\"items\":[{\"id\":\"12\",\"Subject\":\"[sportello 1001] ciao\"}]}");
static const char other[] =
    ANSWER("200 OK", "57", "{\"items\":[{\"id\":\"12\",\"Subject\":\"x [sportello 1001] c\"}]} ");
static const char made[] = ANSWER("201 Created", "11", "{\"id\":\"12\"}");
static const char done[] = ANSWER("200 OK", "2", "[]");
static const char locked[] = ANSWER("401 No", "0", "");
static const char wrong[] = ANSWER("400 Bad", "0", "");

struct bench {
    char folder[64], url[64], listed[32];
    const char *host, *secret;
    struct store *store;
    struct fetcher *fetcher;
    struct outlet *outlet;
    struct tracker *tracker;
    struct settings settings;
    int pipe[2]; /* a byte for each wake */
    int numbers;
    int64_t delivery, ticket;
    char outside[32], lang[8];
};

static void wake(void *context)
{
    (void)!write(((struct bench *)context)->pipe[1], "x", 1);
}

static void wake_in(void *context, int ms)
{
    (void)context, (void)ms;
}

static double chance(void *context)
{
    (void)context;
    return 0.5;
}

static const char *secret(void *context, const char *name, struct arena *arena)
{
    assert_string_equal(name, "rt");
    return arena_strdup(arena, ((struct bench *)context)->secret);
}

static int number(void *context, int64_t delivery, int64_t ticket, const char *lang, const char *outside)
{
    struct bench *b = context;
    b->numbers++;
    b->delivery = delivery;
    b->ticket = ticket;
    snprintf(b->lang, sizeof b->lang, "%s", lang);
    snprintf(b->outside, sizeof b->outside, "%s", outside);
    return 0;
}

static void settle(struct bench *b)
{
    while (store_pump(b->store) > 0)
        continue;
}

static void stepped(void *context)
{
    outlet_stepped(((struct bench *)context)->outlet);
}

static void set_up(struct bench *b, int port)
{
    static const char *const languages[] = {"it"};
    static const struct department departments[] = {{.id = "team", .name.in = {"Team"}, .rt_queue = "Ordini"}};
    struct outlet_source source;
    *b = (struct bench){.fetcher = fetcher_new(), .secret = "1-14-abc"};
    log_set_level(LOG_LEVEL_ERROR);
    test_clock = clock_manual(1000000);
    assert_int_equal(pipe(b->pipe), 0);
    snprintf(b->folder, sizeof b->folder, "%s", scratch_folder());
    snprintf(b->listed, sizeof b->listed, "127.0.0.1:%d", port);
    snprintf(b->url, sizeof b->url, "http://127.0.0.1:%d", port);
    b->host = b->listed;
    b->settings = (struct settings){.public_url = "",
                                    .rt_url = b->url,
                                    .rt_secret = "rt",
                                    .rt_queue = "General",
                                    .languages = {(const char **)(uintptr_t)languages, 1},
                                    .departments = departments,
                                    .department_count = 1,
                                    .webhook_hosts = {&b->host, 1}};
    b->store = scratch_store(b->folder);
    b->outlet = outlet_new(&(struct outlet_config){
        .clock = &test_clock, .store = b->store, .context = b, .wake_in = wake_in, .chance = chance});
    b->tracker = tracker_new(&(struct tracker_config){.clock = &test_clock,
                                                      .fetcher = b->fetcher,
                                                      .outlet = b->outlet,
                                                      .context = b,
                                                      .wake = wake,
                                                      .secret = secret,
                                                      .number = number});
    assert_non_null(b->tracker);
    assert_int_equal(tracker_settings(b->tracker, &b->settings, &source, 1), 1);
    store_on_steps(b->store, stepped, b);
    assert_int_equal(outlet_sources(b->outlet, &source, 1), 0);
    settle(b);
}

static void tear_down(struct bench *b)
{
    fetcher_stop(b->fetcher);
    store_close(b->store);
    tracker_free(b->tracker);
    outlet_free(b->outlet);
    fetcher_free(b->fetcher);
    scratch_remove(b->folder);
    close(b->pipe[0]);
    close(b->pipe[1]);
}

static void hand_off(struct bench *b)
{
    struct store_turn *t = asked(1, TICKET_WAITING, "team", "it");
    t->job.done = store_job_free;
    assert_int_equal(store_submit(b->store, &t->job), 0);
    settle(b);
}

static void end_chat(struct bench *b)
{
    struct store_turn *t = said(1, "fine", "addio");
    t->who = STORE_WHO_CLOSED;
    t->close_ticket = true;
    t->job.done = store_job_free;
    assert_int_equal(store_submit(b->store, &t->job), 0);
    settle(b);
}

static void move_ticket(struct bench *b, enum ticket_state from, enum ticket_state to, const char *cause)
{
    struct store_move *m = store_job_new(&store_move_kind, sizeof *m, store_job_free, NULL);
    m->ticket_id = b->ticket;
    m->from = 1u << from;
    m->to = to;
    m->cause = cause;
    m->who = -1;
    assert_int_equal(store_submit(b->store, &m->job), 0);
    settle(b);
}

/* Lets so many answers come. */
static void answers(struct bench *b, int count)
{
    char byte;
    while (count-- > 0) {
        assert_int_equal(read(b->pipe[0], &byte, 1), 1);
        tracker_pump(b->tracker);
        settle(b);
    }
}

static void kept(struct bench *b)
{
    tracker_numbered(b->tracker, b->delivery, true);
    settle(b);
}

/* The delivery as it stands. */
static void expect(struct bench *b, int64_t id, enum delivery_state state, const char *answer, const char *error)
{
    struct store_deliveries *j = store_job_new(&store_deliveries_kind, sizeof *j, nothing_done, NULL);
    j->id = id;
    run_for(b->store, j, STORE_OK);
    assert_int_equal(j->rows[0].state, state);
    assert_string_equal(j->rows[0].answer, answer);
    if (strstr(j->rows[0].last_error, error) == NULL)
        fail_msg("%s is not %s", j->rows[0].last_error, error);
    store_job_free(&j->job);
}

static void one_that_is_not_there_is_made_and_its_number_kept(void **state)
{
    (void)state;
    static const char *const script[] = {none, made};
    struct peer p = {.script = script, .script_size = 2};
    struct bench b;
    peer_start(&p, none);
    set_up(&b, p.port);
    hand_off(&b);
    answers(&b, 2);
    assert_int_equal(p.heard_count, 2);
    assert_memory_equal(p.heard, "POST /REST/2.0/ticket HTTP/1.1\r\n", 31);
    assert_non_null(strstr(p.heard, "Authorization: token 1-14-abc\r\n"));
    assert_non_null(strstr(p.heard, "\"Queue\":\"Ordini\",\"Subject\":\"[sportello 1001] "));
    assert_int_equal(b.numbers, 1);
    assert_int_equal(b.ticket, 1001);
    assert_string_equal(b.outside, "RT-12");
    assert_string_equal(b.lang, "it");
    expect(&b, b.delivery, DELIVERY_WAITING, "", "");
    kept(&b);
    expect(&b, b.delivery, DELIVERY_SENT, "RT-12", "");
    tear_down(&b);
    peer_stop(&p);
}

static void one_that_is_there_is_not_made_again(void **state)
{
    (void)state;
    static const char *const script[] = {found};
    struct peer p = {.script = script, .script_size = 1};
    struct bench b;
    peer_start(&p, found);
    set_up(&b, p.port);
    b.secret = "sportello:parola";
    hand_off(&b);
    answers(&b, 1);
    assert_memory_equal(p.heard, "GET /REST/2.0/tickets?query=Subject%20STARTSWITH%20", 50);
    assert_non_null(strstr(p.heard, "Authorization: Basic c3BvcnRlbGxvOnBhcm9sYQ==\r\n"));
    kept(&b);
    assert_int_equal(p.heard_count, 1);
    expect(&b, b.delivery, DELIVERY_SENT, "RT-12", "");
    tear_down(&b);
    peer_stop(&p);
}

static void one_that_only_mentions_the_mark_is_another(void **state)
{
    (void)state;
    static const char *const script[] = {other, made};
    struct peer p = {.script = script, .script_size = 2};
    struct bench b;
    peer_start(&p, other);
    set_up(&b, p.port);
    hand_off(&b);
    answers(&b, 2);
    assert_memory_equal(p.heard, "POST ", 5);
    tear_down(&b);
    peer_stop(&p);
}

static void a_number_that_cannot_be_kept_is_tried_again(void **state)
{
    (void)state;
    static const char *const script[] = {none, made, found};
    struct peer p = {.script = script, .script_size = 3};
    struct bench b;
    peer_start(&p, none);
    set_up(&b, p.port);
    hand_off(&b);
    answers(&b, 2);
    tracker_numbered(b.tracker, b.delivery + 1, true); /* another's */
    tracker_numbered(b.tracker, b.delivery, false);
    settle(&b);
    expect(&b, b.delivery, DELIVERY_WAITING, "", "number");
    test_clock.manual_ms += 20000;
    outlet_pump(b.outlet);
    settle(&b);
    answers(&b, 1);
    assert_int_equal(b.numbers, 2);
    kept(&b);
    expect(&b, b.delivery, DELIVERY_SENT, "RT-12", "");
    tear_down(&b);
    peer_stop(&p);
}

/* The end waits until the ticket is there: then transcript and end, the transcript once. */
static void the_end_of_a_chat_attaches_and_resolves(void **state)
{
    (void)state;
    for (int attached = 0; attached < 2; attached++) {
        const char *const script[] = {found, found, attached ? found : none, done, done};
        struct peer p = {.script = script, .script_size = 5};
        struct bench b;
        peer_start(&p, found);
        set_up(&b, p.port);
        hand_off(&b);
        answers(&b, 1);
        kept(&b);
        end_chat(&b);
        answers(&b, attached ? 3 : 4);
        assert_memory_equal(p.heard, "PUT /REST/2.0/ticket/12 HTTP/1.1\r\n", 33);
        assert_non_null(strstr(p.heard, "{\"Status\":\"resolved\"}"));
        assert_int_equal(p.heard_count, attached ? 4 : 5);
        expect(&b, b.delivery + 1, DELIVERY_SENT, "RT-12", "");
        tear_down(&b);
        peer_stop(&p);
    }
}

/* Its last answer could not be delivered: theirs is open again, with nothing made twice, and ends again after that. */
static void one_that_is_open_again_is_open_there_too(void **state)
{
    (void)state;
    static const char *const script[] = {found, found, none, done, done, found, done, found, found, done};
    struct peer p = {.script = script, .script_size = 10};
    struct bench b;
    peer_start(&p, found);
    set_up(&b, p.port);
    hand_off(&b);
    answers(&b, 1);
    kept(&b);
    end_chat(&b);
    answers(&b, 4);
    move_ticket(&b, TICKET_CLOSED, TICKET_MESSAGE, "undelivered");
    answers(&b, 2);
    assert_memory_equal(p.heard, "PUT /REST/2.0/ticket/12 HTTP/1.1\r\n", 33);
    assert_non_null(strstr(p.heard, "{\"Status\":\"open\"}"));
    expect(&b, b.delivery + 2, DELIVERY_SENT, "RT-12", "");
    assert_int_equal(b.numbers, 1);
    move_ticket(&b, TICKET_MESSAGE, TICKET_CLOSED, "answered");
    answers(&b, 3);
    assert_non_null(strstr(p.heard, "{\"Status\":\"resolved\"}"));
    expect(&b, b.delivery + 3, DELIVERY_SENT, "RT-12", "");
    tear_down(&b);
    peer_stop(&p);
}

static void what_is_refused_is_put_off_or_dead(void **state)
{
    (void)state;
    static const struct {
        const char *answer, *why;
        enum delivery_state state;
    } cases[] = {{locked, "rt.secret", DELIVERY_WAITING},
                 {wrong, "400", DELIVERY_DEAD},
                 {done, "not Request Tracker", DELIVERY_WAITING}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const script[] = {cases[i].answer};
        struct peer p = {.script = script, .script_size = 1};
        struct bench b;
        peer_start(&p, cases[i].answer);
        set_up(&b, p.port);
        hand_off(&b);
        answers(&b, 1);
        assert_int_equal(b.numbers, 0);
        expect(&b, 1, cases[i].state, "", cases[i].why);
        tear_down(&b);
        peer_stop(&p);
    }
}

static void without_a_server_there_is_no_source(void **state)
{
    (void)state;
    struct bench b;
    struct outlet_source source;
    set_up(&b, 1);
    b.settings.rt_url = "";
    assert_int_equal(tracker_settings(b.tracker, &b.settings, &source, 1), 0);
    tear_down(&b);
}

int main(void)
{
    assert_true(sodium_init() >= 0);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_that_is_not_there_is_made_and_its_number_kept),
        cmocka_unit_test(one_that_is_there_is_not_made_again),
        cmocka_unit_test(one_that_only_mentions_the_mark_is_another),
        cmocka_unit_test(a_number_that_cannot_be_kept_is_tried_again),
        cmocka_unit_test(the_end_of_a_chat_attaches_and_resolves),
        cmocka_unit_test(one_that_is_open_again_is_open_there_too),
        cmocka_unit_test(what_is_refused_is_put_off_or_dead),
        cmocka_unit_test(without_a_server_there_is_no_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
