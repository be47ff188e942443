/* Accepting a wording. The file is written by the process of whoever asks: the site is the editor's, and a server has
 * no right to write there. Then the owner of DATA notes it (learn_settle). Whatever is killed in between is mended by
 * accepting again: a wording that stands there already is only noted. */
#include "cli/learn.h"
#include "cli/learn_draft.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "cli/sitefiles.h"
#include "content/example_add.h"
#include "content/ident.h"
#include "content/wording_add.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct accept {
    struct call *call;
    struct sitefiles files;
    char *plan; /* what the owner of DATA said of the question; the next four point into it */
    const char *lang, *text, *proposal;
    const char *draft; /* an agent's answer, "" = none */
    const char *wording;
    const char *name;              /* "entry:ID" or "intent:ID" */
    const char *id;                /* its id alone */
    const struct article *article; /* one of the two */
    const struct intent *intent;
    struct place place;
    const struct source *source; /* the file as it was read */
    uint64_t hash;               /* of the file from now on */
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
    const char *given = a->call->wording != NULL ? a->call->wording : a->text;
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
static int choose_entry(struct accept *a)
{
    const char *name = a->call->entry != NULL ? a->call->entry : a->proposal;
    if (name == NULL || name[0] == '\0')
        return refuse(a, "nobody picked an answer for question %s; say which one it is for with --entry ID",
                      a->call->argv[1]);
    const struct site *s = a->files.site;
    bool entry = strncmp(name, "entry:", 6) == 0, intent = strncmp(name, "intent:", 7) == 0;
    a->id = name + (entry ? 6 : intent ? 7 : 0);
    for (size_t i = 0; !intent && i < s->article_count && a->article == NULL; i++)
        if (strcmp(s->articles[i].id, a->id) == 0 && strcmp(s->articles[i].lang, a->lang) == 0)
            a->article = &s->articles[i];
    for (size_t i = 0; !entry && a->article == NULL && i < s->intent_count && a->intent == NULL; i++)
        if (strcmp(s->intents[i].id, a->id) == 0 && strcmp(s->intents[i].lang, a->lang) == 0)
            a->intent = &s->intents[i];
    if (a->article == NULL && a->intent == NULL)
        return refuse(a, "the site has no entry or intent “%s” in the language “%s”", a->id, a->lang);
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
        if (strcmp(x->lang, a->lang) != 0)
            continue;
        found = stands_where(a, folded, x->question, x->id, &x->place, x == a->article);
        for (size_t k = 0; k < x->wording_count && found == 0; k++)
            found = stands_where(a, folded, x->wordings[k].text, x->id, &x->wordings[k].place, x == a->article);
    }
    for (size_t i = 0; i < s->intent_count && found == 0; i++) {
        const struct intent *x = &s->intents[i];
        if (strcmp(x->lang, a->lang) != 0)
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

/* The file must be as the last listing saw it or, where none did, as it was published. */
static int check_unchanged(const struct accept *a)
{
    const char *const words[] = {"seen", a->place.file, NULL};
    char *text = learn_self_text(a->call, words), *end;
    if (text == NULL)
        return -1;
    uint64_t hash = strtoull(text, &end, 16);
    bool same = end != text && hash == a->hash;
    free(text);
    return same ? 0
                : refuse(a, "%s has changed meanwhile: look again with sportello learn list, then accept",
                         a->place.file);
}

static int replace(struct accept *a, const struct buf *bytes)
{
    const char *path = arena_printf(a->files.arena, "%s/%s", a->call->site, a->place.file);
    int result = path != NULL ? file_replace(path, a->source->bytes, a->source->size, bytes->data, bytes->size) : -1;
    if (result > 0)
        return refuse(a, "%s has changed meanwhile: look again with sportello learn list, then accept", a->place.file);
    if (result < 0)
        return refuse(a, "%s cannot be written: %s", a->place.file, strerror(errno));
    a->hash = hash_bytes(bytes->data, bytes->size);
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

/* What is left for the owner of DATA: `settle NUMBER FILE` with the entry, the wording and the file's hash. */
static void hand_on(const struct accept *a)
{
    static char settle[] = "settle", path[STORE_FIELD_BYTES], entry[STORE_FIELD_BYTES], hash[20];
    static char wording[SITE_TEXT_BYTES + 1], *words[4];
    snprintf(path, sizeof path, "%s", a->place.file);
    snprintf(entry, sizeof entry, "%s", a->name);
    snprintf(wording, sizeof wording, "%s", a->wording);
    snprintf(hash, sizeof hash, "%016" PRIx64, a->hash);
    words[0] = settle;
    words[1] = a->call->argv[1];
    words[2] = path;
    a->call->argv = words;
    a->call->argc = 3;
    a->call->entry = entry;
    a->call->wording = wording;
    a->call->hash = hash;
}

/* An agent's answer becomes an entry of its own where no other is named for the question. */
static bool is_new_entry(const struct accept *a)
{
    return a->call->to != NULL ||
           (a->draft[0] != '\0' && a->call->entry == NULL && (a->proposal == NULL || a->proposal[0] == '\0'));
}

static int accept_draft(struct accept *a)
{
    struct learn_draft d = {.lang = a->lang, .title = a->wording, .answer = a->draft};
    if (a->draft[0] == '\0' || a->call->entry != NULL)
        return refuse(a, a->call->entry != NULL ? "--to is for a new entry: leave --entry away"
                                                : "no agent has proposed an answer to it; --to is for a new entry");
    a->place.file = d.path = learn_draft_path(a->call, a->lang, a->files.arena);
    if (d.path == NULL || look_for_it(a) < 0)
        return -1;
    d.source = a->source = source_of(a->files.site->sources, a->files.site->source_count, d.path);
    a->hash = d.source != NULL ? hash_bytes(d.source->bytes, d.source->size) : 0;
    if ((d.source != NULL && check_unchanged(a) < 0) || learn_draft_write(a->call, &a->files, &d) < 0)
        return -1;
    a->hash = d.ret_hash;
    a->name = arena_printf(a->files.arena, "entry:%s", d.ret_id);
    if (a->name == NULL)
        return refuse(a, "no memory");
    fprintf(a->call->out, "%s:%d: “%s” is now an entry, with the answer of an agent: read it before you publish\n",
            d.path, d.ret_line, a->wording);
    check_again(a);
    hand_on(a);
    return 0;
}

static int accept_it(struct accept *a)
{
    if (check_wording(a) < 0)
        return -1;
    if (is_new_entry(a))
        return accept_draft(a);
    if (choose_entry(a) < 0)
        return -1;
    a->source = source_of(a->files.site->sources, a->files.site->source_count, a->place.file);
    if (a->source == NULL)
        return refuse(a, "%s is gone", a->place.file);
    a->hash = hash_bytes(a->source->bytes, a->source->size);
    int there = look_for_it(a);
    if (there < 0 || (there == 0 && (check_unchanged(a) < 0 || write_wording(a) < 0)))
        return -1;
    fprintf(a->call->out, "%s:%d: “%s” is %s a wording of “%s”\n", a->place.file, a->place.line, a->wording,
            there == 0 ? "now" : "already", a->id);
    check_again(a);
    hand_on(a);
    return 0;
}

/* Editors take turns: the site's folder is locked while one writes. */
static int lock_site(const struct call *call)
{
    int fd = open(call->site, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0 && flock(fd, LOCK_EX) == 0)
        return fd;
    fprintf(call->err, "sportello learn: %s: %s\n", call->site, strerror(errno));
    if (fd >= 0)
        close(fd);
    return -1;
}

/* The fields of what `plan` says: language, proposal, text; on a second line the draft. */
static int read_plan(struct accept *a)
{
    const char *const words[] = {"plan", a->call->argv[1], NULL};
    a->plan = learn_self_text(a->call, words);
    char *proposal = a->plan != NULL ? strchr(a->plan, '\t') : NULL;
    char *text = proposal != NULL ? strchr(proposal + 1, '\t') : NULL;
    if (text == NULL)
        return -1; /* said by the one who was asked */
    *proposal++ = *text++ = '\0';
    char *draft = text + strcspn(text, "\n");
    draft += *draft == '\n';
    text[strcspn(text, "\n")] = '\0';
    learn_draft_unescape(draft);
    a->draft = draft;
    a->lang = a->plan;
    a->proposal = proposal;
    a->text = text;
    return 0;
}

int learn_accept(struct call *call)
{
    struct accept a = {.call = call};
    int result = -1, lock = lock_site(call);
    if (lock < 0)
        return EXIT_SHORT;
    if (read_plan(&a) == 0 && sitefiles_read(call, &a.files) == 0) {
        if (a.files.site == NULL)
            problems_print(a.files.problems, call->err);
        else
            result = accept_it(&a);
        sitefiles_free(&a.files);
    }
    free(a.plan);
    fflush(call->out);
    close(lock);
    return result == 0 ? EXIT_GOOD : EXIT_SHORT;
}
