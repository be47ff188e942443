/* Accepting, as far as DATA goes: see learn.h. */
#include "cli/learn.h"

#include "cli/learn_draft.h"

#include "base/hash.h"
#include "cli/publish.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* --- what is to be accepted ---------------------------------------------------------------------- */

static bool may_be_accepted(const struct call *call, const struct learn_question *q)
{
    if (q->state == LEARN_OPEN || (q->state == LEARN_ACCEPTED && q->wording[0] == '\0'))
        return true;
    fprintf(call->err, "sportello learn: question %lld is settled already: %s%s\n", (long long)q->id,
            q->state == LEARN_ACCEPTED ? "accepted for " : "refused", q->state == LEARN_ACCEPTED ? q->entry : "");
    return false;
}

/* The latest answer that an agent proposed for it as a new entry, "" = none. */
static const char *draft_of(const struct learn_question *q)
{
    for (size_t i = 0; i < q->taught_count; i++)
        if (q->taught[i].entry[0] == '\0')
            return q->taught[i].answer;
    return "";
}

int learn_settle_plan(struct call *call, int64_t number)
{
    struct learn_list list;
    const struct learn_question *q = NULL;
    call->all = true; /* what was settled is named as such */
    if (learn_list_read(call, false, &list) < 0)
        return EXIT_SHORT;
    const struct learn_group *group = learn_list_find(&list, number);
    for (size_t i = 0; group != NULL && i < group->count; i++)
        if (group->members[i]->id == number)
            q = group->members[i];
    bool good = q != NULL && may_be_accepted(call, q);
    if (q == NULL)
        fprintf(call->err, "sportello learn: there is no question %lld; see sportello learn list\n", (long long)number);
    if (good) {
        fprintf(call->out, "%s\t%s\t%s\n", q->lang, group->proposal != NULL ? group->proposal : "", q->text);
        learn_draft_escape(draft_of(q), call->out);
        fputc('\n', call->out);
    }
    learn_list_free(&list);
    return good ? EXIT_GOOD : EXIT_SHORT;
}

/* --- the file as it was seen ------------------------------------------------------------------------ */

/* The hash of the file in the live edition; false where it is not in it. */
static bool published_hash(struct call *call, const char *path, uint64_t *ret)
{
    int64_t edition = published_number(call->data, "live");
    struct store_edition_sources *job = edition > 0 ? data_job(&store_edition_sources_kind, sizeof *job) : NULL;
    bool found = false;
    if (job == NULL)
        return false;
    job->number = edition;
    data_do(call->owned, &job->job);
    for (size_t i = 0; job->job.result == STORE_OK && i < job->count && !found; i++) {
        found = strcmp(job->sources[i].path, path) == 0;
        if (found)
            *ret = hash_bytes(job->sources[i].bytes, job->sources[i].size);
    }
    store_job_free(&job->job);
    return found;
}

int learn_settle_seen(struct call *call, const char *path)
{
    struct store_learn_files *job = data_job(&store_learn_files_kind, sizeof *job);
    if (job == NULL)
        return EXIT_SHORT;
    job->file.path = path;
    data_do(call->owned, &job->job);
    bool seen = job->job.result == STORE_OK;
    uint64_t hash = job->file.hash;
    store_job_free(&job->job);
    if (!seen && !published_hash(call, path, &hash)) {
        fprintf(call->err, "sportello learn: %s is in no edition yet: run sportello publish first\n", path);
        return EXIT_SHORT;
    }
    fprintf(call->out, "%016" PRIx64 "\n", hash);
    return EXIT_GOOD;
}

/* --- what was written -------------------------------------------------------------------------------- */

/* What was written is what the editor has seen from now on. */
static void see_written(struct call *call, const char *path)
{
    struct store_learn_files *job = call->hash != NULL ? data_job(&store_learn_files_kind, sizeof *job) : NULL;
    if (job == NULL)
        return;
    const struct learn_file file = {path, strtoull(call->hash, NULL, 16)};
    job->files = &file;
    job->count = 1;
    data_do(call->owned, &job->job);
    store_job_free(&job->job);
}

static void note_act(struct call *call, int64_t number, const char *path)
{
    struct store_audit *job = data_job(&store_audit_kind, sizeof *job);
    if (job == NULL)
        return;
    job->act = "learn_accept";
    job->detail = arena_printf(job->job.arena, "question %lld, %s, %s", (long long)number, call->entry, path);
    data_do(call->owned, &job->job);
    store_job_free(&job->job);
}

int learn_settle(struct call *call, int64_t number, const char *path)
{
    struct store_learn_settle *job =
        call->entry != NULL && call->wording != NULL ? data_job(&store_learn_settle_kind, sizeof *job) : NULL;
    if (job == NULL)
        return EXIT_USAGE;
    see_written(call, path);
    job->id = number;
    job->state = LEARN_ACCEPTED;
    job->entry = call->entry;
    job->wording = call->wording;
    job->edition = published_number(call->data, "live");
    data_do(call->owned, &job->job);
    enum store_result result = job->job.result;
    size_t count = job->ret_count;
    store_job_free(&job->job);
    if (result == STORE_OK) {
        note_act(call, number, path);
        fprintf(call->out, "settled: %zu question%s\n", count, count == 1 ? "" : "s");
    } else if (result == STORE_REFUSED) {
        fprintf(call->err, "sportello learn: question %lld is settled already\n", (long long)number);
    } else {
        fprintf(call->err, "sportello learn: the wording stands in the file, but this could not be noted: %s\n",
                data_result_text(result));
    }
    return result == STORE_OK ? EXIT_GOOD : EXIT_SHORT;
}
