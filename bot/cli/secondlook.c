/* Second looks of commands: see secondlook.h. */
#include "cli/secondlook.h"

#include "hooks/respell.h"
#include "hooks/second.h"

#include <time.h>

void secondlook_open(struct secondlook *look, const struct call *call, const struct settings *settings)
{
    *look =
        (struct secondlook){.clock = clock_system(), .breaker = {.most = SECOND_FAILURES, .pause_ms = SECOND_PAUSE_MS}};
    siteembeddings_open(&look->site, call, settings); /* without, where it fails */
}

void secondlook_close(struct secondlook *look)
{
    siteembeddings_close(&look->site, NULL);
}

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void ask_server(struct secondlook *look, const char *text, struct arena *arena, struct understand_options *ret)
{
    const struct embeddings *server = look->site.server;
    float *vector;
    size_t size;
    if (server == NULL || !breaker_allows(&look->breaker, clock_mono_ms(&look->clock))) {
        snprintf(look->why, sizeof look->why, "%s",
                 server == NULL ? "the settings name no server" : "the server has failed several times");
        return;
    }
    struct fetch *f = embeddings_request(server, &text, 1, 0, server->timeout_ms);
    if (f != NULL) {
        fetch_wait(look->site.fetcher, f);
        look->meaning = embeddings_take(f, 1, 0, arena, &vector, &size, look->why) == 0;
    }
    fetch_free(f);
    breaker_note(&look->breaker, clock_mono_ms(&look->clock), look->meaning);
    if (look->meaning) {
        ret->meanings[MEANING_EMBEDDED] = vector;
        ret->sources[MEANING_EMBEDDED] = embeddings_source(server->model, size);
        ret->sizes[MEANING_EMBEDDED] = size;
    }
}

int secondlook_step(struct secondlook *look, const struct view *view, const struct dialogue_memory *memory,
                    const struct heard *heard, struct arena *arena, struct outcome *ret)
{
    int result = dialogue_step(view, memory, heard, arena, ret);
    if (look == NULL)
        return result;
    look->taken = result == 0 && ret->wants_second_look;
    if (!look->taken)
        return result;
    struct understand_options found = {0};
    struct heard again = *heard;
    const struct second_look *wanted = &ret->second_look;
    double from = now_us();
    look->why[0] = '\0';
    look->meaning = false;
    if (wanted->meaning)
        ask_server(look, wanted->text, arena, &found);
    found.respellings = respell(wanted->lang, wanted->misspelt, wanted->misspelt_count, arena, &found.respelling_count);
    look->respellings = found.respelling_count;
    look->us = now_us() - from;
    again.second = &found;
    return dialogue_step(view, memory, &again, arena, ret);
}

void secondlook_explain(const struct secondlook *look, FILE *out)
{
    if (look == NULL || !look->taken)
        return;
    fprintf(out, "second look: %.1f ms", look->us / 1000);
    if (look->meaning || look->why[0] != '\0')
        fprintf(out, " · %s%s", look->meaning ? "meaning from the embeddings server" : "no meaning: ", look->why);
    if (look->respellings > 0)
        fprintf(out, " · %zu respellings", look->respellings);
    fputc('\n', out);
}
