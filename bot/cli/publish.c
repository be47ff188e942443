/* Makes numbered editions of a site: see publish.h. */
#include "cli/publish.h"

#include "base/file.h"
#include "cli/dialogues.h"
#include "cli/sitefiles.h"
#include "cli/sitevectors.h"
#include "cli/voicing.h"
#include "content/flow.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, USED_MS = FLOW_EXPIRES_MAX * 60 * 1000 /* no flow waits for longer */ };

static void editions_folder(const char *data, char ret_path[PATH_BYTES])
{
    snprintf(ret_path, PATH_BYTES, "%s/editions", data);
}

void publish_note_live(const char *data, int64_t number)
{
    char path[PATH_BYTES + 16], text[32];
    snprintf(path, sizeof path, "%s/editions/live", data);
    int length = snprintf(text, sizeof text, "%lld\n", (long long)number);
    /* A note for lookers; the store knows. */
    if (file_write_atomic(path, text, (size_t)length, 0600) < 0)
        unlink(path);
}

int64_t published_number(const char *data, const char *which)
{
    char path[PATH_BYTES];
    char *text = NULL;
    if (strcmp(which, "live") == 0) {
        snprintf(path, sizeof path, "%s/editions/live", data);
        text = file_read(path, 64, NULL);
        which = text != NULL ? text : "";
    }
    char *end;
    long long number = strtoll(which, &end, 10);
    if (end == which || (*end != '\0' && *end != '\n') || number < 0)
        number = 0;
    free(text);
    return number;
}

/* Drops old editions; their images go with them. What cannot be removed is only in the way. */
static void prune(struct call *call, int keep)
{
    struct store_edition_prune *job = data_job(&store_edition_prune_kind, sizeof *job);
    if (job == NULL)
        return;
    job->keep = (size_t)keep;
    data_do(call->owned, &job->job);
    for (size_t i = 0; job->job.result == STORE_OK && i < job->count; i++) {
        char path[PATH_BYTES + 32];
        snprintf(path, sizeof path, "%s/editions/%lld.img", call->data, (long long)job->numbers[i]);
        unlink(path);
    }
    store_job_free(&job->job);
}

static void note_live(struct call *call, const char *act, int64_t number)
{
    char detail[40];
    snprintf(detail, sizeof detail, "edition %lld", (long long)number);
    data_audit(call->owned, act, detail);
}

/* The next number, or -1 after saying why. The sources stand in the site's arena. */
static int64_t store_edition(struct call *call, const struct site *site)
{
    struct store_edition_add *job = data_job(&store_edition_add_kind, sizeof *job);
    struct store_source *sources =
        job != NULL ? arena_array(job->job.arena, site->source_count, sizeof *sources) : NULL;
    if (sources == NULL) {
        store_job_free(job != NULL ? &job->job : NULL);
        fputs("sportello publish: no memory\n", call->err);
        return -1;
    }
    for (size_t i = 0; i < site->source_count; i++)
        sources[i] = (struct store_source){site->sources[i].path, site->sources[i].bytes, site->sources[i].size};
    job->sources = sources;
    job->source_count = site->source_count;
    job->site_hash = site->hash;
    job->note = call->note != NULL ? call->note : "";
    data_do(call->owned, &job->job);
    int64_t number = job->job.result == STORE_OK ? job->ret_number : -1;
    if (number < 0)
        fprintf(call->err, "sportello publish: not stored: %s\n", data_result_text(job->job.result));
    store_job_free(&job->job);
    if (number > 0)
        note_live(call, "publish", number);
    return number;
}

static struct edition *write_and_open(struct call *call, const struct sitefiles *s, int64_t number)
{
    const struct buf *image = &s->image;
    char folder[PATH_BYTES];
    const char *why = "";
    editions_folder(call->data, folder);
    if (file_make_folders(folder, 0700) < 0 || edition_write(folder, number, image) < 0) {
        fprintf(call->err, "sportello: cannot write the image of edition %lld: %s\n", (long long)number,
                strerror(errno));
        return NULL;
    }
    struct edition *e = edition_open(folder, number, &why);
    if (e == NULL)
        fprintf(call->err, "sportello: edition %lld does not open: %s\n", (long long)number, why);
    else
        edition_use_vectors(e, s->vectors);
    return e;
}

/* 0 if they pass or --force; differences are printed. */
static int run_dialogues(struct call *call, const struct edition *e, const struct sitefiles *s)
{
    struct dialogues_result result = {0};
    struct secondlook look;
    secondlook_open(&look, call, view_settings(edition_view(e)));
    dialogues_run_all(edition_view(e), &look, s->site, s->problems, call->out, &result);
    secondlook_close(&look);
    if (result.failed == 0)
        return 0;
    fprintf(call->err, "%zu of %zu dialogues fail%s\n", result.failed, result.failed + result.passed,
            call->force ? "; published all the same (--force)" : "");
    return call->force ? 0 : -1;
}

static int finish(struct call *call, struct sitefiles *s)
{
    struct edition *draft = sitefiles_edition(call, s);
    if (draft == NULL || run_dialogues(call, draft, s) < 0) {
        edition_unpin(draft);
        return EXIT_SHORT;
    }
    edition_unpin(draft);
    int64_t number = store_edition(call, s->site);
    if (number < 0)
        return EXIT_SHORT;
    call->ret_edition = write_and_open(call, s, number);
    if (call->ret_edition == NULL)
        return EXIT_SHORT;
    publish_note_live(call->data, number);
    voicing_prepare(call, edition_view(call->ret_edition));
    prune(call, s->site->settings->keep_editions);
    fprintf(call->out, "edition %lld is live: %zu entries, %zu intents\n", (long long)number, s->site->article_count,
            s->site->intent_count);
    return EXIT_GOOD;
}

int publish_site(struct call *call)
{
    struct sitefiles s;
    if (sitefiles_read(call, &s) < 0)
        return EXIT_SHORT;
    int code = EXIT_SHORT;
    bool compiled = sitefiles_compile(call, &s) == 0;
    problems_print(s.problems, call->err);
    if (compiled)
        code = finish(call, &s);
    if (code != EXIT_GOOD)
        fputs("not published: the live edition stays as it is\n", call->err);
    sitefiles_free(&s);
    return code;
}

/* Newest first; NULL after saying why. */
static struct store_edition_list *list_editions(struct call *call)
{
    struct store_edition_list *job = data_job(&store_edition_list_kind, sizeof *job);
    if (job == NULL)
        return NULL;
    data_do(call->owned, &job->job);
    if (job->job.result == STORE_OK)
        return job;
    fprintf(call->err, "sportello: the editions cannot be read: %s\n", data_result_text(job->job.result));
    store_job_free(&job->job);
    return NULL;
}

/* Compiles an edition again from the sources the store has kept. */
static struct edition *remake(struct call *call, int64_t number)
{
    struct store_edition_sources *job = data_job(&store_edition_sources_kind, sizeof *job);
    struct sitefiles s = {.arena = arena_new(SITEFILES_ARENA), .problems = problems_new(), .kept = true};
    struct edition *e = NULL;
    char today[16];
    sitefiles_today(today);
    buf_init(&s.image, EDITION_IMAGE_BYTES);
    if (job == NULL || s.arena == NULL || s.problems == NULL)
        goto done;
    job->number = number;
    data_do(call->owned, &job->job);
    struct source *sources = arena_array(s.arena, job->count, sizeof *sources);
    if (job->job.result != STORE_OK || sources == NULL) {
        fprintf(call->err, "sportello: edition %lld: %s\n", (long long)number, data_result_text(job->job.result));
        goto done;
    }
    for (size_t i = 0; i < job->count; i++)
        sources[i] = (struct source){job->sources[i].path, job->sources[i].bytes, job->sources[i].size};
    s.site = site_from_sources(s.arena, sources, job->count, today, s.problems);
    bool compiled = sitefiles_compile(call, &s) == 0;
    /* Also what is new since it was published: an embeddings server that is down leaves it without. */
    problems_print(s.problems, call->err);
    if (compiled)
        e = write_and_open(call, &s, number);
done:
    sitefiles_free(&s);
    store_job_free(job != NULL ? &job->job : NULL);
    return e;
}

struct edition *publish_open(struct call *call, int64_t number)
{
    char folder[PATH_BYTES];
    const char *why = "";
    editions_folder(call->data, folder);
    struct edition *e = edition_open(folder, number, &why);
    if (e != NULL && sitevectors_use(call, e) == 0)
        return e;
    if (e != NULL)
        why = "its word vectors have changed";
    edition_unpin(e);
    fprintf(call->err, "sportello: the image of edition %lld is made again (%s)\n", (long long)number, why);
    return remake(call, number);
}

struct edition *publish_open_live(struct call *call)
{
    struct store_edition_list *list = list_editions(call);
    struct edition *e = NULL;
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        if (!list->rows[i].live)
            continue;
        e = publish_open(call, list->rows[i].number);
        if (e != NULL)
            publish_note_live(call->data, list->rows[i].number);
    }
    store_job_free(list != NULL ? &list->job : NULL);
    return e;
}

void publish_open_used(struct call *call, void (*take)(void *context, struct edition *), void *context)
{
    struct store_editions_used *used = data_job(&store_editions_used_kind, sizeof *used);
    char folder[PATH_BYTES];
    if (used == NULL)
        return;
    used->since_ms = clock_wall_ms(&call->owned->clock) - USED_MS;
    data_do(call->owned, &used->job);
    editions_folder(call->data, folder);
    for (size_t i = used->job.result == STORE_OK ? used->count : 0; i-- > 0;) {
        const char *why = "";
        struct edition *e = edition_open(folder, used->numbers[i], &why);
        if (e != NULL && sitevectors_use(call, e) == 0)
            take(context, e);
        edition_unpin(e);
    }
    store_job_free(&used->job);
}

bool publish_needed(struct call *call)
{
    uint64_t hash;
    struct store_edition_list *list = list_editions(call);
    bool needed = list != NULL && list->count == 0;
    struct arena *arena = list != NULL && list->count > 0 ? arena_new(SITEFILES_ARENA) : NULL;
    if (arena != NULL)
        needed = site_hash(arena, call->site, &hash) < 0 || hash != list->rows[0].site_hash;
    arena_free(arena);
    store_job_free(list != NULL ? &list->job : NULL);
    return needed;
}

static int run_publish(struct call *call)
{
    return publish_site(call);
}

const struct command command_publish = {
    .name = "publish",
    .arguments = "[--force] [--note TEXT]",
    .summary = "makes a new edition of the site and puts it live",
    .help = "Errors in the site or failing dialogues leave the live edition as it is (--force publishes in\n"
            "spite of dialogues). A running server swaps without a pause.",
    .options = "force note quiet",
    .owns = true,
    .run = run_publish,
};

static int run_rollback(struct call *call)
{
    int64_t number = published_number(call->data, call->argv[0]);
    struct edition *e = number > 0 ? publish_open(call, number) : NULL;
    struct store_edition_choose *job = e != NULL ? data_job(&store_edition_choose_kind, sizeof *job) : NULL;
    if (job == NULL) {
        fprintf(call->err, "sportello rollback: there is no edition %s; see sportello editions\n", call->argv[0]);
        edition_unpin(e);
        return EXIT_SHORT;
    }
    job->number = number;
    data_do(call->owned, &job->job);
    enum store_result result = job->job.result;
    store_job_free(&job->job);
    if (result != STORE_OK) {
        fprintf(call->err, "sportello rollback: %s\n", data_result_text(result));
        edition_unpin(e);
        return EXIT_SHORT;
    }
    publish_note_live(call->data, number);
    note_live(call, "rollback", number);
    call->ret_edition = e;
    fprintf(call->out, "edition %lld is live\n", (long long)number);
    return EXIT_GOOD;
}

const struct command command_rollback = {
    .name = "rollback",
    .arguments = "N",
    .summary = "puts an earlier edition live again",
    .help = "It stays live over restarts, until something new is published.",
    .options = "quiet",
    .least = 1,
    .most = 1,
    .owns = true,
    .run = run_rollback,
};
