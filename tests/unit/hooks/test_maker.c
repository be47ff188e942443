/* An edition's texts go to the server in batches; pauses are the test's, so nothing waits. */
#include "hooks/maker.h"
#include "unit/hooks/peer.h"
#include "wire/embedding.h"

#include <stdio.h>

#define HEAD "HTTP/1.0 200 OK\r\n\r\n"
#define BUSY "HTTP/1.0 503 Busy\r\n\r\n"

static const char probe_answer[] = HEAD "{\"data\":[{\"index\":0,\"embedding\":[9,9]}]}";

struct world {
    struct peer peer;
    struct fetcher *fetcher;
    struct embeddings server;
    char url[64];
    int pauses[16];
    size_t pause_count, done, all;
    struct embedding_maker maker;
};

static void note_pause(void *context, int ms)
{
    struct world *w = context;
    w->pauses[w->pause_count++] = ms;
}

static void note_progress(void *context, size_t done, size_t all)
{
    struct world *w = context;
    w->done = done;
    w->all = all;
}

static int open_maker(struct world *w, const char *const *script, size_t count)
{
    *w = (struct world){.peer = {.script = script, .script_size = count}, .fetcher = fetcher_new()};
    peer_start(&w->peer, "");
    snprintf(w->url, sizeof w->url, "http://127.0.0.1:%d/v1/embeddings", w->peer.port);
    w->server = (struct embeddings){.url = w->url, .model = "m", .timeout_ms = 800};
    const struct maker_config config = {
        .server = &w->server, .fetcher = w->fetcher, .pause = note_pause, .progress = note_progress, .context = w};
    return embedding_maker_open(&w->maker, &config);
}

static void close_maker(struct world *w)
{
    embedding_maker_close(&w->maker);
    fetcher_free(w->fetcher);
    peer_stop(&w->peer);
}

/* An answer of `count` vectors of two numbers: their index, and `mark`. */
static char *vectors(size_t count, int mark)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    buf_puts(&b, HEAD "{\"data\":[");
    for (size_t i = 0; i < count; i++)
        buf_printf(&b, "%s{\"index\":%zu,\"embedding\":[%zu,%d]}", i > 0 ? "," : "", i, i, mark);
    buf_puts(&b, "]}");
    return buf_take(&b, NULL);
}

static int make(struct world *w, const char *const *texts, size_t count, float *ret)
{
    return w->maker.maker.make(w->maker.maker.context, "it", texts, count, ret);
}

static void texts_go_in_batches_and_blank_ones_not_at_all(void **state)
{
    (void)state;
    enum { TEXTS = EMBEDDING_TEXTS_MAX + 4 };
    struct world w;
    char *full = vectors(EMBEDDING_TEXTS_MAX, 1), *rest = vectors(2, 2);
    const char *const script[] = {probe_answer, full, rest};
    const char *texts[TEXTS];
    float made[TEXTS * 2];
    for (size_t i = 0; i < TEXTS; i++)
        texts[i] = i == 1 ? "" : i == TEXTS - 1 ? " \n" : "quanto costa?";
    for (size_t i = 0; i < TEXTS * 2; i++)
        made[i] = -1;
    assert_int_equal(open_maker(&w, script, 3), 0);
    assert_int_equal(w.maker.maker.size, 2);
    assert_true(w.maker.maker.source == embeddings_source("m", 2));
    assert_int_equal(make(&w, texts, TEXTS, made), 0);
    close_maker(&w);
    assert_int_equal(w.maker.requests, 3);
    assert_int_equal(w.maker.texts, TEXTS - 2);
    assert_int_equal(w.done, TEXTS);
    assert_int_equal(w.all, TEXTS);
    assert_float_equal(made[0], 0, 0); /* the first of the first batch */
    assert_float_equal(made[1], 1, 0);
    assert_float_equal(made[2] + made[3], 0, 0); /* blank */
    assert_float_equal(made[4], 1, 0);           /* the second */
    assert_float_equal(made[EMBEDDING_TEXTS_MAX * 2], EMBEDDING_TEXTS_MAX - 1, 0);
    assert_float_equal(made[(EMBEDDING_TEXTS_MAX + 1) * 2 + 1], 2, 0);
    assert_float_equal(made[TEXTS * 2 - 1], 0, 0);
    free(full);
    free(rest);
}

static void what_fails_is_tried_again_after_longer_pauses(void **state)
{
    (void)state;
    struct world w;
    char *one = vectors(1, 3);
    const char *const script[] = {probe_answer, BUSY, HEAD "garbage", one};
    const char *text = "ciao";
    float made[2];
    assert_int_equal(open_maker(&w, script, 4), 0);
    assert_int_equal(make(&w, &text, 1, made), 0);
    close_maker(&w);
    assert_int_equal(w.pause_count, 2);
    assert_int_equal(w.pauses[0], MAKER_PAUSE_MS);
    assert_int_equal(w.pauses[1], MAKER_PAUSE_MS * 4);
    assert_float_equal(made[1], 3, 0);
    assert_false(w.maker.failed);
    free(one);
}

static void what_goes_on_failing_ends_it_for_all_languages(void **state)
{
    (void)state;
    struct world w;
    const char *const script[] = {probe_answer, BUSY};
    const char *text = "ciao";
    float made[2];
    assert_int_equal(open_maker(&w, script, 2), 0);
    assert_int_equal(make(&w, &text, 1, made), -1);
    assert_true(w.maker.failed);
    assert_non_null(strstr(w.maker.why, "503"));
    assert_int_equal(w.maker.requests, 1 + MAKER_TRIES);
    assert_int_equal(make(&w, &text, 1, made), -1);
    assert_int_equal(w.maker.requests, 1 + MAKER_TRIES);
    close_maker(&w);
}

static void a_refusal_is_not_asked_twice(void **state)
{
    (void)state;
    struct world w;
    const char *const script[] = {"HTTP/1.0 401 No\r\n\r\n{\"error\":\"no such key\"}"};
    assert_int_equal(open_maker(&w, script, 1), -1);
    assert_string_equal(w.maker.why, "it answers 401: no such key");
    assert_int_equal(w.pause_count, 0);
    close_maker(&w);
}

static void another_size_in_the_middle_is_refused(void **state)
{
    (void)state;
    struct world w;
    const char *const script[] = {probe_answer, HEAD "{\"data\":[{\"index\":0,\"embedding\":[1,2,3]}]}"};
    const char *text = "ciao";
    float made[2];
    assert_int_equal(open_maker(&w, script, 2), 0);
    assert_int_equal(make(&w, &text, 1, made), -1);
    assert_non_null(strstr(w.maker.why, "size"));
    close_maker(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_go_in_batches_and_blank_ones_not_at_all),
        cmocka_unit_test(what_fails_is_tried_again_after_longer_pauses),
        cmocka_unit_test(what_goes_on_failing_ends_it_for_all_languages),
        cmocka_unit_test(a_refusal_is_not_asked_twice),
        cmocka_unit_test(another_size_in_the_middle_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
