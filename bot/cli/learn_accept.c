/* Accepting a wording: it is written into the site's file, then noted in the store. Whatever is killed in between is
 * mended by accepting again: a wording that stands there already is only noted. */
#include "cli/learn.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "cli/publish.h"
#include "cli/sitefiles.h"
#include "content/example_add.h"
#include "content/ident.h"
#include "content/wording_add.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct accept {
    struct call *call;
    struct sitefiles files;
    const struct learn_question *question;
    const char *wording;
    const char *name;              /* "entry:ID" or "intent:ID" */
    const char *id;                /* its id alone */
    const struct article *article; /* one of the two */
    const struct intent *intent;
    struct place place;
    const struct source *source; /* the file as it was read */
    int64_t edition;             /* the live one, 0 = none */
};

__attribute__((format(printf, 2, 3))) static int refuse(const struct accept *a, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    fputs("sportello learn: ", a->call->err);
    vfprintf(a->call->err, format, values);
    fputc('\n', a->call->err);
    va_end(values);
    return -1;
}

/* --- what is to be written ------------------------------------------------------------------------- */

/* One line of text that says something. */
static int check_wording(struct accept *a)
{
    char folded[SITE_TEXT_BYTES];
    const char *given = a->call->wording != NULL ? a->call->wording : a->question->text;
    struct span trimmed = lines_trim((struct span){given, strlen(given)});
    for (size_t at = 0; at < trimmed.size;) {
        size_t length = utf8_length(trimmed.text + at, trimmed.size - at);
        if (length == 0 || (unsigned char)trimmed.text[at] < ' ' || trimmed.text[at] == 0x7f)
            return refuse(a, "a wording is one line of text in UTF-8");
        at += length;
    }
    a->wording = arena_strndup(a->files.arena, trimmed.text, trimmed.size);
    if (a->wording == NULL)
        return refuse(a, "no memory");
    if (trimmed.size > SITE_TEXT_BYTES)
        return refuse(a, "a wording has at most %d bytes", SITE_TEXT_BYTES);
    if (ident_fold(a->wording, folded, sizeof folded) == 0)
        return refuse(a, "“%s” has no letter or digit, so it is no wording; give one with --wording", a->wording);
    return 0;
}

/* The entry that is meant: --entry, or what visitors picked. */
static int choose_entry(struct accept *a, const struct learn_group *group)
{
    const char *name = a->call->entry != NULL ? a->call->entry : group != NULL ? group->proposal : NULL;
    if (name == NULL)
        return refuse(a, "nobody picked an answer for question %lld; say which one it is for with --entry ID",
                      (long long)a->question->id);
    const struct site *s = a->files.site;
    bool entry = strncmp(name, "entry:", 6) == 0, intent = strncmp(name, "intent:", 7) == 0;
    a->id = name + (entry ? 6 : intent ? 7 : 0);
    for (size_t i = 0; !intent && i < s->article_count && a->article == NULL; i++)
        if (strcmp(s->articles[i].id, a->id) == 0 && strcmp(s->articles[i].lang, a->question->lang) == 0)
            a->article = &s->articles[i];
    for (size_t i = 0; !entry && a->article == NULL && i < s->intent_count && a->intent == NULL; i++)
        if (strcmp(s->intents[i].id, a->id) == 0 && strcmp(s->intents[i].lang, a->question->lang) == 0)
            a->intent = &s->intents[i];
    if (a->article == NULL && a->intent == NULL)
        return refuse(a, "the site has no entry or intent “%s” in the language “%s”", a->id, a->question->lang);
    a->place = a->article != NULL ? a->article->place : a->intent->place;
    a->name = arena_printf(a->files.arena, "%s%s", a->article != NULL ? "entry:" : "intent:", a->id);
    return a->name != NULL ? 0 : refuse(a, "no memory");
}

/* 1 = it stands in the chosen entry already, 0 = nowhere, -1 = elsewhere (said). */
static int stands_where(const struct accept *a, const char *folded, const char *text, const char *id,
                        const struct place *place, bool chosen)
{
    char other[SITE_TEXT_BYTES];
    if (ident_fold(text, other, sizeof other) == 0 || strcmp(other, folded) != 0)
        return 0;
    if (chosen)
        return 1;
    return refuse(a, "“%s” stands already in “%s” (%s:%d); visitors who ask it could get either", text, id, place->file,
                  place->line);
}

/* The checker's rule about what is said twice. */
static int look_for_it(const struct accept *a)
{
    const struct site *s = a->files.site;
    char folded[SITE_TEXT_BYTES];
    int found = 0;
    ident_fold(a->wording, folded, sizeof folded);
    for (size_t i = 0; i < s->article_count && found == 0; i++) {
        const struct article *x = &s->articles[i];
        if (strcmp(x->lang, a->question->lang) != 0)
            continue;
        found = stands_where(a, folded, x->question, x->id, &x->place, x == a->article);
        for (size_t k = 0; k < x->wording_count && found == 0; k++)
            found = stands_where(a, folded, x->wordings[k].text, x->id, &x->wordings[k].place, x == a->article);
    }
    for (size_t i = 0; i < s->intent_count && found == 0; i++) {
        const struct intent *x = &s->intents[i];
        if (strcmp(x->lang, a->question->lang) != 0)
            continue;
        for (size_t k = 0; k < x->example_count && found == 0; k++)
            found = stands_where(a, folded, x->examples[k].text, x->id, &x->examples[k].place, x == a->intent);
    }
    return found;
}

/* --- the file ---------------------------------------------------------------------------------------- */

static const struct source *source_of(const struct source *sources, size_t count, const char *path)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(sources[i].path, path) == 0)
            return &sources[i];
    return NULL;
}

/* The hash of the file in the live edition; false where it is in none. */
static bool published_hash(const struct accept *a, uint64_t *ret)
{
    struct store_edition_sources *job = a->edition > 0 ? data_job(&store_edition_sources_kind, sizeof *job) : NULL;
    const struct source *found = NULL;
    if (job != NULL) {
        job->number = a->edition;
        data_do(a->call->owned, &job->job);
        for (size_t i = 0; job->job.result == STORE_OK && i < job->count && found == NULL; i++) {
            if (strcmp(job->sources[i].path, a->place.file) != 0)
                continue;
            found = a->source;
            *ret = hash_bytes(job->sources[i].bytes, job->sources[i].size);
        }
    }
    store_job_free(job != NULL ? &job->job : NULL);
    return found != NULL;
}

/* The file must be as the last listing saw it or, where none did, as it was published. */
static int check_unchanged(const struct accept *a)
{
    struct store_learn_files *job = data_job(&store_learn_files_kind, sizeof *job);
    uint64_t hash = 0;
    if (job == NULL)
        return refuse(a, "no memory");
    job->file.path = a->place.file;
    data_do(a->call->owned, &job->job);
    bool seen = job->job.result == STORE_OK;
    hash = job->file.hash;
    store_job_free(&job->job);
    if (!seen && !published_hash(a, &hash))
        return refuse(a, "%s has not been looked at yet: run sportello learn list first", a->place.file);
    if (hash != hash_bytes(a->source->bytes, a->source->size))
        return refuse(a, "%s has changed meanwhile: look again with sportello learn list, then accept", a->place.file);
    return 0;
}

/* What was written is what the editor has seen from now on. */
static void see_written(const struct accept *a, const struct buf *bytes)
{
    struct store_learn_files *job = data_job(&store_learn_files_kind, sizeof *job);
    const struct learn_file file = {a->place.file, hash_bytes(bytes->data, bytes->size)};
    if (job == NULL)
        return;
    job->files = &file;
    job->count = 1;
    data_do(a->call->owned, &job->job);
    store_job_free(&job->job);
}

static int replace(const struct accept *a, const struct buf *bytes)
{
    const char *path = arena_printf(a->files.arena, "%s/%s", a->call->site, a->place.file);
    int result = path != NULL ? file_replace(path, a->source->bytes, a->source->size, bytes->data, bytes->size) : -1;
    if (result > 0)
        return refuse(a, "%s has changed meanwhile: look again with sportello learn list, then accept", a->place.file);
    if (result < 0)
        return refuse(a, "%s cannot be written: %s", a->place.file, strerror(errno));
    see_written(a, bytes);
    return 0;
}

static int write_wording(struct accept *a)
{
    struct wording_add add = {.file = {a->source->bytes, a->source->size}, .id = a->id, .wording = a->wording};
    struct buf bytes;
    buf_init(&bytes, SITE_FILE_BYTES);
    int (*put)(struct wording_add *, struct arena *, struct buf *) =
        a->article != NULL ? wording_add_markdown : example_add;
    int result = put(&add, a->files.arena, &bytes);
    if (result < 0)
        refuse(a, "%s:%d: %s", a->place.file, add.ret_line > 0 ? add.ret_line : a->place.line, add.ret_why);
    else
        result = replace(a, &bytes);
    buf_free(&bytes);
    return result;
}

/* --- afterwards ------------------------------------------------------------------------------------ */

static void note_act(const struct accept *a)
{
    struct store_audit *job = data_job(&store_audit_kind, sizeof *job);
    if (job == NULL)
        return;
    job->act = "learn accept";
    job->detail =
        arena_printf(job->job.arena, "question %lld, %s, %s", (long long)a->question->id, a->name, a->place.file);
    data_do(a->call->owned, &job->job);
    store_job_free(&job->job);
}

static int settle(const struct accept *a, size_t *ret_count)
{
    struct store_learn_settle *job = data_job(&store_learn_settle_kind, sizeof *job);
    if (job == NULL)
        return refuse(a, "no memory");
    job->id = a->question->id;
    job->state = LEARN_ACCEPTED;
    job->entry = a->name;
    job->wording = a->wording;
    job->edition = a->edition;
    data_do(a->call->owned, &job->job);
    enum store_result result = job->job.result;
    *ret_count = job->ret_count;
    store_job_free(&job->job);
    return result == STORE_OK
               ? 0
               : refuse(a, "the wording stands in the file, but this could not be noted: %s", data_result_text(result));
}

/* Reads the whole site again: what the checker says of the file it wrote to is told. */
static void check_again(const struct accept *a)
{
    struct sitefiles again;
    size_t count = 0;
    if (sitefiles_read(a->call, &again) < 0)
        return;
    const struct problem *list = problems_sorted(again.problems, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].file, a->place.file) == 0 || list[i].severity == SEVERITY_ERROR)
            fprintf(a->call->err, "%s:%d:%d: %s: %s\n", list[i].file, list[i].line, list[i].column,
                    severity_name(list[i].severity), list[i].message);
    bool good = problems_count(again.problems, SEVERITY_ERROR) == 0;
    fputs(good ? "publish to make it live: sportello publish\n"
               : "the site has errors, mend them before you publish: sportello check\n",
          a->call->out);
    sitefiles_free(&again);
}

static void tell(const struct accept *a, bool written, size_t count)
{
    FILE *out = a->call->out;
    if (written)
        fprintf(out, "%s:%d: “%s” is now a wording of “%s”", a->place.file, a->place.line, a->wording, a->id);
    else
        fprintf(out, "%s:%d: “%s” is a wording of “%s” already", a->place.file, a->place.line, a->wording, a->id);
    if (count > 1)
        fprintf(out, "; %zu questions like it are settled with it", count);
    fputc('\n', out);
}

static int accept_it(struct accept *a, const struct learn_group *group)
{
    size_t count = 0;
    if (check_wording(a) < 0 || choose_entry(a, group) < 0)
        return -1;
    a->source = source_of(a->files.site->sources, a->files.site->source_count, a->place.file);
    if (a->source == NULL)
        return refuse(a, "%s is gone", a->place.file);
    int there = look_for_it(a);
    if (there < 0 || (there == 0 && (check_unchanged(a) < 0 || write_wording(a) < 0)))
        return -1;
    if (settle(a, &count) < 0)
        return -1;
    note_act(a);
    tell(a, there == 0, count);
    check_again(a);
    return 0;
}

/* --- the question ------------------------------------------------------------------------------------ */

static bool may_be_accepted(const struct accept *a)
{
    const struct learn_question *q = a->question;
    if (q->state == LEARN_OPEN || (q->state == LEARN_ACCEPTED && q->wording[0] == '\0'))
        return true;
    refuse(a, "question %lld is settled already: %s%s", (long long)q->id,
           q->state == LEARN_ACCEPTED ? "accepted for " : "refused", q->state == LEARN_ACCEPTED ? q->entry : "");
    return false;
}

int learn_accept(struct call *call, int64_t number)
{
    struct accept a = {.call = call, .edition = published_number(call->data, "live")};
    struct learn_list list;
    int result = -1;
    call->all = true; /* what was settled is named as such */
    call->lang = NULL;
    if (learn_list_read(call, false, &list) < 0)
        return EXIT_SHORT;
    const struct learn_group *group = learn_list_find(&list, number);
    for (size_t i = 0; group != NULL && i < group->count; i++)
        if (group->members[i]->id == number)
            a.question = group->members[i];
    if (a.question == NULL) {
        fprintf(call->err, "sportello learn: there is no question %lld; see sportello learn list\n", (long long)number);
    } else if (may_be_accepted(&a) && sitefiles_read(call, &a.files) == 0) {
        if (a.files.site == NULL)
            problems_print(a.files.problems, call->err);
        else
            result = accept_it(&a, group);
        sitefiles_free(&a.files);
    }
    learn_list_free(&list);
    return result == 0 ? EXIT_GOOD : EXIT_SHORT;
}
