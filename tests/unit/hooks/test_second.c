/* A second look asks the server and the dictionary at once, and tells what there is; clock and answers are the
 * test's. */
#include "hooks/embeddings.h"
#include "hooks/second.h"
#include "unit/hooks/peer.h"

#include <semaphore.h>
#include <stdio.h>

#define GOOD "HTTP/1.0 200 OK\r\n\r\n{\"data\":[{\"index\":0,\"embedding\":[1,2]}]}"
#define BUSY "HTTP/1.0 503 Busy\r\n\r\n"

struct world {
    struct peer peer;
    struct fetcher *fetcher;
    struct workers *workers;
    struct second *second;
    struct clock clock;
    struct arena *arena;
    struct settings *settings;
    char url[64];
    sem_t woken;
    size_t looked, without;
    uint64_t last;
    float meaning[2];
    uint64_t source;
    char instead[64];
};

static void wake(void *context)
{
    sem_post(&((struct world *)context)->woken);
}

static void looked(void *context, uint64_t look, const struct understand_options *found)
{
    struct world *w = context;
    w->looked++;
    w->last = look;
    w->without += found == NULL;
    w->source = found != NULL ? found->sources[MEANING_EMBEDDED] : 0;
    if (w->source != 0)
        memcpy(w->meaning, found->meanings[MEANING_EMBEDDED], sizeof w->meaning);
    w->instead[0] = '\0';
    if (found != NULL && found->respelling_count > 0)
        snprintf(w->instead, sizeof w->instead, "%s", found->respellings[0].instead);
}

static void set_up(struct world *w, const char *const *script, size_t count)
{
    static const struct worker_kind kinds[] = {{"spell", 1, 4}};
    *w = (struct world){.peer = {.script = script, .script_size = count}, .clock = clock_manual(1000)};
    sem_init(&w->woken, 0, 0);
    peer_start(&w->peer, "");
    w->fetcher = fetcher_new();
    w->workers = workers_new(kinds, 1, wake, w);
    w->arena = arena_new(1 << 20);
    w->settings = settings_default(w->arena);
    snprintf(w->url, sizeof w->url, "http://127.0.0.1:%d", w->peer.port);
    w->settings->embeddings_url = w->url;
    w->settings->embeddings_model = "m";
    w->settings->embeddings_timeout_ms = 10000;
    const struct second_config config = {.clock = &w->clock,
                                         .fetcher = w->fetcher,
                                         .workers = w->workers,
                                         .spell_kind = 0,
                                         .context = w,
                                         .wake = wake,
                                         .looked = looked};
    w->second = second_new(&config);
    assert_non_null(w->second);
    second_server(w->second, w->settings, NULL);
}

static void tear_down(struct world *w)
{
    fetcher_free(w->fetcher);
    workers_free(w->workers);
    second_free(w->second);
    peer_stop(&w->peer);
    arena_free(w->arena);
    sem_destroy(&w->woken);
}

/* Takes what comes back until `count` looks have been told of. */
static void await(struct world *w, size_t count)
{
    while (w->looked < count) {
        sem_wait(&w->woken);
        workers_pump(w->workers);
        second_pump(w->second);
    }
}

static const struct second_look meaning = {.text = "quando aprite?", .lang = "it", .meaning = true};
static const struct second_look misspelt = {
    .text = "spedizzione", .lang = "it", .misspelt = {"spedizzione"}, .misspelt_count = 1};

static void a_meaning_comes_back_with_its_source(void **state)
{
    (void)state;
    struct world w;
    int ms = 0;
    const char *const script[] = {GOOD};
    set_up(&w, script, 1);
    assert_int_equal(second_begin(w.second, 7, &meaning, &ms), 0);
    assert_true(ms > 10000 && ms < 12000);
    await(&w, 1);
    assert_int_equal(w.last, 7);
    assert_true(w.source == embeddings_source("m", 2));
    assert_float_equal(w.meaning[1], 2, 0);
    second_end(w.second, 7); /* it has ended: nothing happens */
    assert_int_equal(w.looked, 1);
    tear_down(&w);
}

static void misspelt_words_come_back_mended(void **state)
{
    (void)state;
    struct world w;
    int ms = 0;
    const char *const script[] = {BUSY};
    set_up(&w, script, 1);
    assert_int_equal(second_begin(w.second, 1, &misspelt, &ms), 0);
    assert_true(ms < 3000);
    await(&w, 1);
    assert_string_equal(w.instead, "spedizione");
    /* Both at once: what one cannot the other may. */
    struct second_look both = misspelt;
    both.meaning = true;
    assert_int_equal(second_begin(w.second, 2, &both, &ms), 0);
    await(&w, 2);
    assert_string_equal(w.instead, "spedizione");
    assert_true(w.source == 0);
    assert_int_equal(w.peer.heard_count, 1);
    tear_down(&w);
}

static void a_server_that_fails_is_left_alone_then_tried_once(void **state)
{
    (void)state;
    struct world w;
    int ms = 0;
    const char *const script[] = {BUSY, BUSY, BUSY, BUSY, BUSY, GOOD};
    set_up(&w, script, 6);
    for (uint64_t i = 1; i <= SECOND_FAILURES; i++) {
        assert_int_equal(second_begin(w.second, i, &meaning, &ms), 0);
        await(&w, i);
    }
    assert_int_equal(w.without, SECOND_FAILURES);
    assert_int_equal(second_begin(w.second, 10, &meaning, &ms), -1);
    w.clock.manual_ms += SECOND_PAUSE_MS;
    assert_int_equal(second_begin(w.second, 11, &meaning, &ms), 0);
    assert_int_equal(second_begin(w.second, 12, &meaning, &ms), -1);
    await(&w, SECOND_FAILURES + 1);
    assert_int_equal(w.last, 11);
    assert_true(w.source != 0);
    struct buf text;
    buf_init(&text, 1 << 16);
    second_metrics(w.second, &text);
    assert_non_null(strstr(text.data, "sportello_embeddings_requests_total{result=\"unusable\"} 5\n"));
    assert_non_null(strstr(text.data, "sportello_embeddings_requests_total{result=\"ok\"} 1\n"));
    assert_non_null(strstr(text.data, "sportello_embeddings_pauses_total 1\n"));
    assert_non_null(strstr(text.data, "sportello_embeddings_paused 0\n"));
    buf_free(&text);
    tear_down(&w);
}

static void no_more_than_the_limit_at_a_time(void **state)
{
    (void)state;
    struct world w;
    int ms = 0;
    set_up(&w, NULL, 0); /* silent */
    for (uint64_t i = 1; i <= SECOND_MOST; i++)
        assert_int_equal(second_begin(w.second, i, &meaning, &ms), 0);
    assert_int_equal(second_begin(w.second, 1000, &meaning, &ms), -1);
    /* Whose time is over is told of at once; its place is free when the request has come back. */
    second_end(w.second, 3);
    assert_int_equal(w.looked, 1);
    assert_int_equal(w.last, 3);
    assert_int_equal(w.without, 1);
    while (second_begin(w.second, 1001, &meaning, &ms) < 0) {
        sem_wait(&w.woken);
        second_pump(w.second);
    }
    assert_int_equal(w.looked, 1);
    tear_down(&w);
    assert_int_equal(w.looked, 1);
}

static void without_a_server_there_is_nothing_to_begin(void **state)
{
    (void)state;
    struct world w;
    int ms = 0;
    set_up(&w, NULL, 0);
    second_server(w.second, settings_default(w.arena), NULL);
    assert_int_equal(second_begin(w.second, 1, &meaning, &ms), -1);
    tear_down(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_meaning_comes_back_with_its_source),
        cmocka_unit_test(misspelt_words_come_back_mended),
        cmocka_unit_test(a_server_that_fails_is_left_alone_then_tried_once),
        cmocka_unit_test(no_more_than_the_limit_at_a_time),
        cmocka_unit_test(without_a_server_there_is_nothing_to_begin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
