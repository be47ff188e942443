/* The embeddings server of a site: see siteembeddings.h. */
#include "cli/siteembeddings.h"

#include "cli/progress.h"
#include "net/server.h"

#include <time.h>

enum { SERVER_BYTES = 64 << 10 };

const char *siteembeddings_secret(const char *data, const struct settings *settings, struct arena *arena)
{
    return settings->embeddings_secret[0] != '\0' ? server_secret(data, settings->embeddings_secret, arena) : NULL;
}

int siteembeddings_open(struct siteembeddings *e, const struct call *call, const struct settings *settings)
{
    *e = (struct siteembeddings){.call = call, .settings = settings, .fetcher = call->fetcher};
    if (settings->embeddings_url[0] == '\0')
        return 0;
    e->arena = arena_new(SERVER_BYTES);
    if (e->arena == NULL)
        return -1;
    if (e->fetcher == NULL)
        e->fetcher = e->own = fetcher_new();
    if (e->fetcher != NULL)
        e->server = embeddings_of(settings, siteembeddings_secret(call->data, settings, e->arena), e->arena);
    return e->server != NULL ? 0 : -1;
}

static void wait_ms(void *context, int ms)
{
    const struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    (void)context;
    nanosleep(&pause, NULL);
}

static void show_progress(void *context, size_t done, size_t all)
{
    progress_line(context, "embedding … %zu of %zu texts", done, all);
}

const struct meaning_maker *siteembeddings_maker(struct siteembeddings *e)
{
    if (e->server == NULL)
        return NULL;
    const struct maker_config config = {.server = e->server,
                                        .fetcher = e->fetcher,
                                        .pause = wait_ms,
                                        .progress = show_progress,
                                        .context = (void *)e->call};
    e->opened = true;
    progress_line(e->call, "asking the embeddings server …");
    return embedding_maker_open(&e->maker, &config) == 0 ? &e->maker.maker : NULL;
}

static void warn(const struct siteembeddings *e, struct problems *problems)
{
    if (e->maker.cancelled) {
        problem_add(problems, SEVERITY_ERROR, "sportello.yaml", e->settings->embeddings_line, 0,
                    "the embeddings were interrupted (%s); publish again", e->maker.why);
        return;
    }
    problem_add(problems, SEVERITY_WARNING, "sportello.yaml", e->settings->embeddings_line, 0,
                "made without embeddings, by the words alone: the server %s: %s; see to it, then publish again",
                e->server->url, e->maker.why);
}

/* A secret that is named and missing is what the server will complain of. */
static void warn_secret(const struct siteembeddings *e, struct problems *problems)
{
    if (e->settings->embeddings_secret[0] != '\0' && e->server->authorization == NULL)
        problem_add(problems, SEVERITY_WARNING, "sportello.yaml", e->settings->embeddings_line, 0,
                    "the secret “%s” of the embeddings server is missing; put it into DATA/secrets/%s (mode 0600)",
                    e->settings->embeddings_secret, e->settings->embeddings_secret);
}

bool siteembeddings_failed(const struct siteembeddings *e)
{
    return e->opened && e->maker.failed;
}

void siteembeddings_close(struct siteembeddings *e, struct problems *problems)
{
    if (e->opened && problems != NULL) {
        warn_secret(e, problems);
        if (e->maker.failed)
            warn(e, problems);
    }
    if (e->opened)
        embedding_maker_close(&e->maker);
    fetcher_free(e->own);
    arena_free(e->arena);
    *e = (struct siteembeddings){0};
}
