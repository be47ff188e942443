/* Batches of texts, one after another: see maker.h. */
#include "hooks/maker.h"

#include "wire/embedding.h"

#include <stdio.h>
#include <string.h>

enum { BATCH_ARENA_BYTES = 16 << 20, QUESTIONS_TIME = 32 };

static int batch_ms(const struct embedding_maker *m)
{
    int ms = m->config.server->timeout_ms * QUESTIONS_TIME;
    return ms < MAKER_LEAST_MS ? MAKER_LEAST_MS : ms > MAKER_MOST_MS ? MAKER_MOST_MS : ms;
}

static int no_memory(struct embedding_maker *m)
{
    snprintf(m->why, sizeof m->why, "there is not enough memory");
    return -1;
}

/* One batch, once. *ret_again = another try may help. */
static int ask_once(struct embedding_maker *m, const char *const *texts, size_t count, float **ret_vectors,
                    size_t *ret_size, bool *ret_again)
{
    struct fetch *f = embeddings_request(m->config.server, texts, count, m->maker.size, batch_ms(m));
    *ret_again = false;
    if (f == NULL)
        return no_memory(m);
    m->requests++;
    fetch_wait(m->config.fetcher, f);
    arena_reset(m->arena);
    int result = embeddings_take(f, count, m->maker.size, m->arena, ret_vectors, ret_size, m->why);
    *ret_again = embeddings_again(f);
    m->late = f->result == FETCH_LATE;
    m->cancelled = f->result == FETCH_CANCELLED;
    fetch_free(f);
    return result;
}

static int ask(struct embedding_maker *m, const char *const *texts, size_t count, float **ret_vectors, size_t *ret_size)
{
    int pause = MAKER_PAUSE_MS;
    bool again = true;
    m->late = false;
    /* A server that hangs would cost its whole time at each try. */
    for (int i = 0; again && i < MAKER_TRIES - m->late; i++) {
        if (i > 0) {
            m->config.pause(m->config.context, pause);
            pause *= 4;
        }
        if (ask_once(m, texts, count, ret_vectors, ret_size, &again) == 0)
            return 0;
    }
    m->failed = true;
    return -1;
}

/* Servers refuse texts that are empty or blank: they have no meaning. */
static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

/* The batch's vectors go to where their texts stand. */
static int make_batch(struct embedding_maker *m, const char *const *texts, const size_t *places, size_t count,
                      float *ret)
{
    float *vectors;
    size_t size;
    if (ask(m, texts, count, &vectors, &size) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        memcpy(ret + places[i] * size, vectors + i * size, size * sizeof *ret);
    m->texts += count;
    return 0;
}

static int make(void *context, const char *lang, const char *const *texts, size_t count, float *ret)
{
    struct embedding_maker *m = context;
    const char *batch[EMBEDDING_TEXTS_MAX];
    size_t places[EMBEDDING_TEXTS_MAX], filled = 0;
    (void)lang;
    /* Once it has failed it is not asked for the next language either. */
    for (size_t i = 0; i < count && !m->failed; i++) {
        if (is_blank(texts[i])) {
            memset(ret + i * m->maker.size, 0, m->maker.size * sizeof *ret);
        } else {
            batch[filled] = texts[i];
            places[filled++] = i;
        }
        if (filled == 0 || (filled < EMBEDDING_TEXTS_MAX && i + 1 < count))
            continue;
        if (make_batch(m, batch, places, filled, ret) == 0 && m->config.progress != NULL)
            m->config.progress(m->config.context, i + 1, count);
        filled = 0;
    }
    return m->failed ? -1 : 0;
}

int embedding_maker_open(struct embedding_maker *m, const struct maker_config *config)
{
    static const char *const probe[] = {"ok"};
    float *vectors;
    size_t size;
    *m = (struct embedding_maker){.config = *config};
    m->arena = arena_new(BATCH_ARENA_BYTES);
    if (m->arena == NULL) {
        m->failed = true;
        return no_memory(m);
    }
    if (ask(m, probe, 1, &vectors, &size) < 0)
        return -1;
    m->maker = (struct meaning_maker){
        .source = embeddings_source(config->server->model, size), .size = size, .make = make, .context = m};
    return 0;
}

void embedding_maker_close(struct embedding_maker *m)
{
    arena_free(m->arena);
    m->arena = NULL;
}
