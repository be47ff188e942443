/* From entries to files, compared with what is there: see import.h. */
#include "content/import.h"

#include "base/file.h"
#include "base/map.h"
#include "content/diff.h"
#include "content/ident.h"
#include "content/site.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ARENA_BYTES = 1 << 30, TOPICS_MAX = 5000 };

/* One file to be. */
struct target {
    const char *topic, *review, *name; /* "spedizioni", "2027-03-31" or "", "spedizioni.md" */
    struct buf text;
    size_t entries;
    char *present; /* what stands there; NULL = no file */
    size_t present_size;
    char *beside; /* what is written and waits to take its place; NULL = nothing */
};

struct import {
    struct arena *arena, *scratch;
    struct problems *problems;
    const char *source, *folder;
    FILE *out;
    struct target *targets;
    size_t count;
    struct map *by_topic, *by_name; /* by_topic: topic and review date */
};

static const char *path_of(const struct import *m, const struct target *t)
{
    const char *path = arena_printf(m->arena, "%s/%s", m->folder, t->name);
    return path != NULL ? path : "";
}

/* A file name that no other topic has. */
static const char *choose_name(const struct import *m, const char *topic)
{
    const char *slug = ident_slug(m->arena, topic);
    const char *name = slug != NULL ? arena_printf(m->arena, "%s.md", slug) : NULL;
    for (int n = 2; name != NULL && map_get_str(m->by_name, name) != NULL; n++)
        name = arena_printf(m->arena, "%s-%d.md", slug, n);
    return name;
}

/* A topic that YAML reads as it stands needs no quotes. */
static void add_front_matter(struct buf *out, const char *topic, const char *review)
{
    static const char *const words[] = {"true", "false", "yes", "no", "on", "off", "null"};
    bool plain = ident_valid(topic, strlen(topic)) && strspn(topic, "0123456789._-") < strlen(topic);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        plain &= strcasecmp(topic, words[i]) != 0;
    buf_puts(out, plain ? "---\ntopic: " : "---\ntopic: \"");
    for (const unsigned char *p = (const unsigned char *)topic; *p != '\0'; p++) {
        if (*p < ' ' || *p == 0x7F)
            buf_printf(out, "\\x%02X", *p);
        else
            buf_printf(out, *p == '"' || *p == '\\' ? "\\%c" : "%c", *p);
    }
    buf_puts(out, plain ? "\n" : "\"\n");
    if (review[0] != '\0')
        buf_printf(out, "review: %s\n", review);
    buf_puts(out, "---\n");
}

static struct target *find_target(struct import *m, const char *topic, const char *review, int line)
{
    /* No topic has a line break in it. */
    const char *key = arena_printf(m->arena, "%s\n%s", topic, review);
    struct target *t = key != NULL ? map_get_str(m->by_topic, key) : NULL;
    if (t != NULL || key == NULL)
        return t;
    if (m->count == TOPICS_MAX) {
        problem_add(m->problems, SEVERITY_ERROR, m->source, line, 0, "more than %d topics", TOPICS_MAX);
        return NULL;
    }
    t = &m->targets[m->count];
    t->topic = topic;
    t->review = review;
    t->name = choose_name(m, topic);
    buf_init(&t->text, SITE_FILE_BYTES);
    m->count++;
    if (t->name == NULL || map_put_str(m->by_topic, key, t) < 0 || map_put_str(m->by_name, t->name, t) < 0)
        return NULL;
    add_front_matter(&t->text, topic, review);
    return t;
}

static int add_entry(struct import *m, const struct import_entry *e)
{
    struct target *t = find_target(m, e->topic[0] != '\0' ? e->topic : "faq", e->review, e->line);
    if (t == NULL)
        return -1;
    enum markdown_written how;
    buf_putc(&t->text, '\n');
    if (markdown_write(&t->text, &e->entry, m->scratch, &how) < 0) {
        problem_add(m->problems, SEVERITY_ERROR, m->source, e->line, 0,
                    t->text.failed ? "the topic is too large for one file; use more topics"
                                   : "this entry cannot be written as Markdown; shorten or simplify its answer");
        return -1;
    }
    if (how == MARKDOWN_PLAIN)
        problem_add(m->problems, SEVERITY_WARNING, m->source, e->line, 0,
                    "the answer's marks could not be kept and are written as plain text; look at “%s”", e->entry.id);
    t->entries++;
    return 0;
}

/* Reads what is in the folder. 1 if any file differs. */
static int compare(struct import *m)
{
    int differs = 0;
    for (size_t i = 0; i < m->count; i++) {
        struct target *t = &m->targets[i];
        t->present = file_read(path_of(m, t), SITE_FILE_BYTES, &t->present_size);
        if (t->present == NULL && errno != ENOENT && errno != ENOTDIR) {
            problem_add(m->problems, SEVERITY_ERROR, path_of(m, t), 0, 0, "%s", strerror(errno));
            return -1;
        }
        differs |= t->present != NULL &&
                   (t->present_size != t->text.size || memcmp(t->present, t->text.data, t->text.size) != 0);
    }
    return differs;
}

static int print_differences(struct import *m)
{
    for (size_t i = 0; i < m->count; i++) {
        struct target *t = &m->targets[i];
        struct span present = {t->present != NULL ? t->present : "", t->present_size};
        if (diff_print(m->out, path_of(m, t), present, (struct span){t->text.data, t->text.size}) < 0)
            return -1;
    }
    return 1;
}

static bool is_new(const struct target *t)
{
    return t->present == NULL || t->present_size != t->text.size || memcmp(t->present, t->text.data, t->text.size) != 0;
}

static int fail_writing(struct import *m, const struct target *t)
{
    problem_add(m->problems, SEVERITY_ERROR, path_of(m, t), 0, 0, "cannot write: %s", strerror(errno));
    return -1;
}

/* Every new text in a file of its own beside the one that it replaces: a disk that is full is noticed here. */
static int stage(struct import *m)
{
    for (size_t i = 0; i < m->count; i++) {
        struct target *t = &m->targets[i];
        if (is_new(t) && file_stage(path_of(m, t), t->text.data, t->text.size, 0644, &t->beside) < 0)
            return fail_writing(m, t);
    }
    return 0;
}

static int put_in_place(struct import *m)
{
    for (size_t i = 0; i < m->count; i++) {
        struct target *t = &m->targets[i];
        if (t->beside == NULL)
            continue;
        if (file_commit(path_of(m, t), t->beside) < 0)
            return fail_writing(m, t);
        free(t->beside);
        t->beside = NULL;
        fprintf(m->out, "%s: %zu %s\n", path_of(m, t), t->entries, t->entries == 1 ? "entry" : "entries");
    }
    return 0;
}

/* All of them or none; a signal that would end the program waits until they stand. */
static int write_files(struct import *m)
{
    sigset_t deadly, before;
    if (m->count > 0 && file_make_folders(m->folder, 0755) < 0) {
        problem_add(m->problems, SEVERITY_ERROR, m->folder, 0, 0, "%s", strerror(errno));
        return -1;
    }
    sigemptyset(&deadly);
    sigaddset(&deadly, SIGINT);
    sigaddset(&deadly, SIGTERM);
    sigaddset(&deadly, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &deadly, &before);
    int result = stage(m) == 0 ? put_in_place(m) : -1;
    for (size_t i = 0; i < m->count; i++) {
        if (m->targets[i].beside != NULL)
            unlink(m->targets[i].beside);
        free(m->targets[i].beside);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return result;
}

static int run(struct import *m, const struct import_list *list, enum import_mode mode)
{
    size_t before = problems_count(m->problems, SEVERITY_ERROR);
    for (size_t i = 0; i < list->count; i++)
        if (add_entry(m, &list->entries[i]) < 0 && m->count == TOPICS_MAX)
            break;
    if (problems_count(m->problems, SEVERITY_ERROR) > before)
        return -1;
    if (arena_failed(m->arena)) {
        problem_add(m->problems, SEVERITY_ERROR, m->source, 0, 0, "larger than what may be imported at once; split it");
        return -1;
    }
    int differs = compare(m);
    if (differs < 0)
        return -1;
    return differs == 1 && mode == IMPORT_PLAIN ? print_differences(m) : write_files(m);
}

int import_write(const struct import_list *list, const char *folder, enum import_mode mode, FILE *out)
{
    struct import m = {.problems = list->problems, .source = list->source, .folder = folder, .out = out};
    if (list->count == 0) {
        problem_add(m.problems, SEVERITY_ERROR, m.source, 0, 0, "%s to import%s",
                    list->tolerant ? "no question" : "no row", list->lang != NULL ? " in this language" : "");
        return -1;
    }
    m.arena = arena_new(ARENA_BYTES);
    m.scratch = arena_new(ARENA_BYTES);
    m.targets = calloc(TOPICS_MAX, sizeof *m.targets);
    m.by_topic = map_new(TOPICS_MAX);
    m.by_name = map_new(TOPICS_MAX);
    int result = -1;
    if (m.arena != NULL && m.scratch != NULL && m.targets != NULL && m.by_topic != NULL && m.by_name != NULL)
        result = run(&m, list, mode);
    for (size_t i = 0; i < m.count; i++) {
        buf_free(&m.targets[i].text);
        free(m.targets[i].present);
    }
    map_free(m.by_name);
    map_free(m.by_topic);
    free(m.targets);
    arena_free(m.scratch);
    arena_free(m.arena);
    return result;
}
