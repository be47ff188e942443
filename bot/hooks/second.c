/* Second looks under way, and the state of the server they ask: see second.h. */
#include "hooks/second.h"

#include "base/log.h"
#include "hooks/breaker.h"
#include "hooks/embeddings.h"
#include "hooks/respell.h"

#include <stdlib.h>
#include <string.h>

enum { TASK_BYTES = 1 << 20, SERVER_BYTES = 64 << 10, SLACK_MS = 500 };

/* One look. */
struct task {
    struct job job; /* first: the spelling */
    struct second *second;
    struct task *next;
    uint64_t look;
    struct arena *arena;   /* the loop's */
    struct arena *spelled; /* the worker's, while it is at it */
    uintptr_t fetch;       /* number of the request */
    bool asked, spelling;  /* due: the server's answer, the dictionary's */
    bool ended;            /* nobody waits for it */
    bool found;
    const char *lang, *model, *misspelt[MISSPELT_MAX];
    size_t misspelt_count;
    const struct respelling *respellings; /* the worker's, until it is done */
    size_t respelling_count;
    struct understand_options options;
};

/* How requests ended; one more than the results: an answer that cannot be used. */
enum { ENDED_UNUSABLE = FETCH_CANCELLED + 1, ENDS };

struct second {
    struct second_config config;
    struct mailbox *answers;
    struct arena *arena; /* of the server */
    const struct embeddings *server;
    struct breaker breaker;
    struct task *tasks;
    size_t count;
    uint64_t ends[ENDS], refused;
};

struct second *second_new(const struct second_config *config)
{
    struct second *s = calloc(1, sizeof *s);
    if (s == NULL)
        return NULL;
    s->config = *config;
    s->breaker = (struct breaker){.most = SECOND_FAILURES, .pause_ms = SECOND_PAUSE_MS};
    s->answers = mailbox_new(SECOND_MOST, config->wake, config->context);
    s->arena = arena_new(SERVER_BYTES);
    if (s->answers != NULL && s->arena != NULL)
        return s;
    mailbox_free(s->answers);
    arena_free(s->arena);
    free(s);
    return NULL;
}

void second_server(struct second *s, const struct settings *settings, const char *secret)
{
    arena_reset(s->arena);
    s->server = embeddings_of(settings, secret, s->arena);
    /* Perhaps another server: what the last one did says nothing of it. */
    s->breaker.open = s->breaker.trying = false;
    s->breaker.failures = 0;
}

/* --- tasks ------------------------------------------------------------------------------------------- */

static struct task *find(const struct second *s, uint64_t look)
{
    struct task *t = s->tasks;
    while (t != NULL && t->look != look)
        t = t->next;
    return t;
}

static struct task *task_new(struct second *s, uint64_t look, const struct second_look *wanted)
{
    struct task *t = s->count < SECOND_MOST ? calloc(1, sizeof *t) : NULL;
    if (t == NULL)
        return NULL;
    *t = (struct task){.second = s, .look = look, .next = s->tasks};
    t->arena = arena_new(TASK_BYTES);
    t->spelled = arena_new(TASK_BYTES);
    t->lang = t->arena != NULL ? arena_strdup(t->arena, wanted->lang) : NULL;
    for (; t->lang != NULL && t->misspelt_count < wanted->misspelt_count; t->misspelt_count++) {
        char *copy = arena_strdup(t->arena, wanted->misspelt[t->misspelt_count]);
        if (copy == NULL)
            break;
        t->misspelt[t->misspelt_count] = copy;
    }
    s->tasks = t;
    s->count++;
    return t;
}

static void task_free(struct task *t)
{
    struct second *s = t->second;
    struct task **at = &s->tasks;
    while (*at != t)
        at = &(*at)->next;
    *at = t->next;
    s->count--;
    arena_free(t->arena);
    arena_free(t->spelled);
    free(t);
}

static void tell(struct task *t)
{
    struct second *s = t->second;
    if (t->ended)
        return;
    t->ended = true;
    s->config.looked(s->config.context, t->look, t->found ? &t->options : NULL);
}

/* A part has come back: when it was the last, the look is done. */
static void came_back(struct task *t)
{
    if (t->asked || t->spelling)
        return;
    tell(t);
    task_free(t);
}

/* --- the dictionary ------------------------------------------------------------------------------------ */

static void run_spelling(struct job *job)
{
    struct task *t = (struct task *)job;
    t->respellings = respell(t->lang, t->misspelt, t->misspelt_count, t->spelled, &t->respelling_count);
}

static void spelling_done(struct job *job)
{
    struct task *t = (struct task *)job;
    if (job->ran && t->respelling_count > 0) {
        t->options.respellings = t->respellings;
        t->options.respelling_count = t->respelling_count;
        t->found = true;
    }
    t->spelling = false;
    came_back(t);
}

static void begin_spelling(struct task *t)
{
    struct second *s = t->second;
    if (t->misspelt_count == 0 || t->spelled == NULL)
        return;
    t->job.run = run_spelling;
    t->job.done = spelling_done;
    t->spelling = workers_submit(s->config.workers, s->config.spell_kind, &t->job) == 0;
}

/* --- the server ------------------------------------------------------------------------------------------ */

static void begin_meaning(struct task *t, const char *text)
{
    struct second *s = t->second;
    if (s->server == NULL || !breaker_allows(&s->breaker, clock_mono_ms(s->config.clock)))
        return;
    struct fetch *f = embeddings_request(s->server, &text, 1, 0, s->server->timeout_ms);
    t->model = arena_strdup(t->arena, s->server->model); /* the server may be another when it answers */
    if (f != NULL && t->model != NULL) {
        f->id = t->look;
        t->asked = fetch_send(s->config.fetcher, f, s->answers, &t->fetch) == 0;
    }
    if (!t->asked) {
        fetch_free(f);
        breaker_forget(&s->breaker);
    }
}

static void note(struct second *s, bool good, const char *why)
{
    enum breaker_change change = breaker_note(&s->breaker, clock_mono_ms(s->config.clock), good);
    if (change == BREAKER_OPENED)
        log_line(LOG_LEVEL_WARNING, "embeddings_paused", "why", why, "seconds", log_number(SECOND_PAUSE_MS / 1000),
                 "mend", "see to the server of understanding.embeddings; until then words alone decide", NULL);
    else if (change == BREAKER_CLOSED)
        log_line(LOG_LEVEL_INFO, "embeddings_back", NULL);
}

/* The answer to one text: its vector lies in the task's arena then. */
static void take_meaning(struct task *t, const struct fetch *f)
{
    struct second *s = t->second;
    char why[EMBEDDINGS_WHY_BYTES] = "";
    float *vector;
    size_t size;
    t->asked = false;
    if (f->result == FETCH_CANCELLED) {
        s->ends[FETCH_CANCELLED]++;
        breaker_forget(&s->breaker);
        return;
    }
    bool good = embeddings_take(f, 1, 0, t->arena, &vector, &size, why) == 0;
    s->ends[f->result == FETCH_OK && !good ? ENDED_UNUSABLE : f->result]++;
    note(s, good, why);
    if (!good)
        return;
    t->options.meanings[MEANING_EMBEDDED] = vector;
    t->options.sources[MEANING_EMBEDDED] = embeddings_source(t->model, size);
    t->options.sizes[MEANING_EMBEDDED] = size;
    t->found = true;
}

void second_pump(struct second *s)
{
    void *item;
    while (mailbox_take(s->answers, &item, 1) == 1) {
        struct fetch *f = item;
        struct task *t = find(s, f->id);
        take_meaning(t, f);
        fetch_free(f);
        came_back(t);
    }
}

/* --- looks ------------------------------------------------------------------------------------------------- */

int second_begin(void *context, uint64_t look, const struct second_look *wanted, int *ret_ms)
{
    struct second *s = context;
    struct task *t = task_new(s, look, wanted);
    if (t == NULL) {
        s->refused++;
        return -1;
    }
    if (t->lang != NULL && wanted->meaning)
        begin_meaning(t, wanted->text);
    if (t->lang != NULL)
        begin_spelling(t);
    if (!t->asked && !t->spelling) {
        task_free(t);
        return -1;
    }
    int spelling_ms = t->spelling ? SECOND_SPELL_MS : 0, asking_ms = t->asked ? s->server->timeout_ms : 0;
    *ret_ms = (spelling_ms > asking_ms ? spelling_ms : asking_ms) + SLACK_MS;
    return 0;
}

void second_end(void *context, uint64_t look)
{
    struct second *s = context;
    struct task *t = find(s, look);
    if (t == NULL || t->ended)
        return;
    if (t->asked)
        fetch_cancel(s->config.fetcher, t->fetch);
    tell(t);
}

void second_free(struct second *s)
{
    if (s == NULL)
        return;
    for (struct task *t = s->tasks; t != NULL; t = t->next)
        t->ended = true;
    second_pump(s);
    while (s->tasks != NULL)
        task_free(s->tasks);
    mailbox_free(s->answers);
    arena_free(s->arena);
    free(s);
}

void second_metrics(const struct second *s, struct buf *out)
{
    buf_puts(out, "# HELP sportello_embeddings_requests_total Questions put to the embeddings server.\n"
                  "# TYPE sportello_embeddings_requests_total counter\n");
    for (int i = 0; i < ENDS; i++)
        buf_printf(out, "sportello_embeddings_requests_total{result=\"%s\"} %llu\n",
                   i == ENDED_UNUSABLE ? "unusable" : fetch_result_name((enum fetch_result)i),
                   (unsigned long long)s->ends[i]);
    buf_printf(out,
               "# HELP sportello_embeddings_pauses_total Times the embeddings server was left alone for failing.\n"
               "# TYPE sportello_embeddings_pauses_total counter\nsportello_embeddings_pauses_total %llu\n"
               "# HELP sportello_embeddings_paused 1 while the embeddings server is left alone.\n"
               "# TYPE sportello_embeddings_paused gauge\nsportello_embeddings_paused %d\n"
               "# HELP sportello_second_looks_refused_total Second looks not taken because too many were under way.\n"
               "# TYPE sportello_second_looks_refused_total counter\nsportello_second_looks_refused_total %llu\n",
               (unsigned long long)s->breaker.opened, s->breaker.open, (unsigned long long)s->refused);
}
