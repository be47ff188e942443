/* Requests to the embeddings server, and what their answers mean: see embeddings.h. */
#include "hooks/embeddings.h"

#include "base/hash.h"
#include "wire/embedding.h"

#include <stdio.h>
#include <string.h>

enum { REQUEST_BYTES = 1 << 20 };

static bool ends_in(const char *text, const char *end)
{
    size_t size = strlen(text), wanted = strlen(end);
    return size >= wanted && strcmp(text + size - wanted, end) == 0;
}

static const char *whole_url(const char *url, struct arena *arena)
{
    size_t size = strlen(url);
    while (size > 0 && url[size - 1] == '/')
        size--;
    char *bare = arena_strndup(arena, url, size);
    if (bare == NULL || ends_in(bare, "/embeddings"))
        return bare;
    return arena_printf(arena, "%s%s", bare, ends_in(bare, "/v1") ? "/embeddings" : "/v1/embeddings");
}

const struct embeddings *embeddings_of(const struct settings *s, const char *secret, struct arena *arena)
{
    if (s->embeddings_url[0] == '\0' || s->embeddings_model[0] == '\0')
        return NULL;
    struct embeddings *e = arena_alloc(arena, sizeof *e);
    if (e == NULL)
        return NULL;
    e->url = whole_url(s->embeddings_url, arena);
    e->model = arena_strdup(arena, s->embeddings_model);
    e->authorization = secret != NULL ? arena_printf(arena, "Authorization: Bearer %s", secret) : NULL;
    e->timeout_ms = s->embeddings_timeout_ms;
    return e->url != NULL && e->model != NULL && (secret == NULL || e->authorization != NULL) ? e : NULL;
}

struct fetch *embeddings_request(const struct embeddings *e, const char *const *texts, size_t count, size_t size,
                                 int timeout_ms)
{
    const char *headers[] = {"Content-Type: application/json", "Accept: application/json", e->authorization};
    struct fetch *f = NULL;
    struct buf body;
    buf_init(&body, REQUEST_BYTES);
    if (count <= EMBEDDING_TEXTS_MAX && embedding_write(e->model, texts, count, &body) == 0) {
        const struct fetch_request r = {
            .method = "POST",
            .url = e->url,
            .headers = headers,
            .header_count = e->authorization != NULL ? 3 : 2,
            .body = body.data,
            .body_size = body.size,
            .timeout_ms = timeout_ms,
            .answer_bytes = embedding_answer_bytes(count, size),
            .reach = REACH_LOOPBACK | REACH_PRIVATE | REACH_PUBLIC,
            .plain = REACH_LOOPBACK | REACH_PRIVATE,
        };
        f = fetch_new(&r);
    }
    buf_free(&body);
    return f;
}

int embeddings_take(const struct fetch *f, size_t count, size_t size, struct arena *arena, float **ret_vectors,
                    size_t *ret_size, char ret_why[EMBEDDINGS_WHY_BYTES])
{
    const char *why = "";
    if (f->result != FETCH_OK) {
        snprintf(ret_why, EMBEDDINGS_WHY_BYTES, "%s", f->why);
        return -1;
    }
    if (f->status != 200) {
        char said[EMBEDDING_WHY_BYTES + 1];
        embedding_error(f->body.data, f->body.size, said);
        snprintf(ret_why, EMBEDDINGS_WHY_BYTES, "it answers %d%s%s", f->status, said[0] != '\0' ? ": " : "", said);
        return -1;
    }
    if (embedding_read(f->body.data, f->body.size, count, size, arena, ret_vectors, ret_size, &why) == 0)
        return 0;
    snprintf(ret_why, EMBEDDINGS_WHY_BYTES, "its answer cannot be used: %s", why);
    return -1;
}

bool embeddings_again(const struct fetch *f)
{
    if (f->result == FETCH_OK)
        return f->status == 408 || f->status == 429 || f->status >= 500 || f->status == 200;
    return f->result == FETCH_UNREACHABLE || f->result == FETCH_LATE || f->result == FETCH_BROKEN;
}

uint64_t embeddings_source(const char *model, size_t size)
{
    uint64_t wide = size;
    return hash_more(hash_bytes(model, strlen(model)), &wide, sizeof wide);
}
