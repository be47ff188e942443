/* Where questions to the embeddings server go, and what its answers and refusals mean. */
#include "hooks/embeddings.h"
#include "unit/hooks/peer.h"

#include <stdio.h>

static struct settings *settings_of(struct arena *arena, const char *url)
{
    struct settings *s = settings_default(arena);
    assert_non_null(s);
    s->embeddings_url = url;
    s->embeddings_model = "m";
    return s;
}

static void the_path_is_added_where_it_is_missing(void **state)
{
    (void)state;
    static const char *const urls[][2] = {
        {"http://127.0.0.1:8081", "http://127.0.0.1:8081/v1/embeddings"},
        {"http://127.0.0.1:8081/", "http://127.0.0.1:8081/v1/embeddings"},
        {"https://ai.example.com/v1", "https://ai.example.com/v1/embeddings"},
        {"https://ai.example.com/openai/v1/", "https://ai.example.com/openai/v1/embeddings"},
        {"http://127.0.0.1:3000/embeddings", "http://127.0.0.1:3000/embeddings"},
        {"http://127.0.0.1/api/v1/embeddings/", "http://127.0.0.1/api/v1/embeddings"},
    };
    struct arena *arena = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        const struct embeddings *e = embeddings_of(settings_of(arena, urls[i][0]), NULL, arena);
        assert_non_null(e);
        assert_string_equal(e->url, urls[i][1]);
        assert_null(e->authorization);
    }
    assert_null(embeddings_of(settings_of(arena, ""), NULL, arena));
    assert_string_equal(embeddings_of(settings_of(arena, "http://x"), "key", arena)->authorization,
                        "Authorization: Bearer key");
    arena_free(arena);
}

/* Asks a peer that answers so; the words of a failure in `why`. */
static int asked(const char *answer, size_t size, struct arena *arena, bool *ret_again, char why[EMBEDDINGS_WHY_BYTES])
{
    struct peer p = {0};
    char url[64];
    float *vectors;
    size_t got;
    const char *text = "ciao";
    struct fetcher *fetcher = fetcher_new();
    peer_start(&p, answer);
    snprintf(url, sizeof url, "http://127.0.0.1:%d", p.port);
    struct settings *s = settings_of(arena, url);
    struct fetch *f = embeddings_request(embeddings_of(s, NULL, arena), &text, 1, size, 5000);
    assert_non_null(f);
    fetch_wait(fetcher, f);
    why[0] = '\0';
    int result = embeddings_take(f, 1, size, arena, &vectors, &got, why);
    *ret_again = embeddings_again(f);
    fetch_free(f);
    fetcher_free(fetcher);
    peer_stop(&p);
    assert_non_null(strstr(p.heard, "POST /v1/embeddings HTTP/1.1\r\n"));
    assert_non_null(strstr(p.heard, "{\"model\":\"m\",\"input\":[\"ciao\"]}"));
    return result;
}

static void answers_and_refusals(void **state)
{
    (void)state;
    static const struct {
        const char *answer, *why;
        size_t size;
        bool again;
    } cases[] = {
        {"HTTP/1.0 200 OK\r\n\r\n{\"data\":[{\"index\":0,\"embedding\":[1,2]}]}", NULL, 0, true},
        {"HTTP/1.0 200 OK\r\n\r\n{\"data\":[{\"index\":0,\"embedding\":[1,2]}]}", NULL, 2, true},
        {"HTTP/1.0 200 OK\r\n\r\n{\"data\":[{\"index\":0,\"embedding\":[1,2]}]}", "size", 3, true},
        {"HTTP/1.0 200 OK\r\n\r\noh", "cannot be used: it is not JSON", 0, true},
        {"HTTP/1.0 404 No\r\n\r\n{\"error\":{\"message\":\"no model m\"}}", "it answers 404: no model m", 0, false},
        {"HTTP/1.0 401 No\r\n\r\n", "it answers 401", 0, false},
        {"HTTP/1.0 429 Slow\r\n\r\n", "it answers 429", 0, true},
        {"HTTP/1.0 503 Busy\r\n\r\n<html>", "it answers 503", 0, true},
        {"HTTP/1.0 307 There\r\nLocation: http://169.254.169.254/\r\n\r\n", "it answers 307", 0, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new(4 << 20);
        char why[EMBEDDINGS_WHY_BYTES];
        bool again;
        int result = asked(cases[i].answer, cases[i].size, arena, &again, why);
        assert_int_equal(result, cases[i].why == NULL ? 0 : -1);
        if (cases[i].why != NULL && strstr(why, cases[i].why) == NULL)
            fail_msg("“%s” is not “%s”", why, cases[i].why);
        if (again != cases[i].again)
            fail_msg("%s", cases[i].answer);
        arena_free(arena);
    }
}

static void a_source_is_a_model_and_a_size(void **state)
{
    (void)state;
    assert_true(embeddings_source("m", 384) == embeddings_source("m", 384));
    assert_true(embeddings_source("m", 384) != embeddings_source("m", 768));
    assert_true(embeddings_source("m", 384) != embeddings_source("n", 384));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_path_is_added_where_it_is_missing),
        cmocka_unit_test(answers_and_refusals),
        cmocka_unit_test(a_source_is_a_model_and_a_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
