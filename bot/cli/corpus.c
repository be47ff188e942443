/* Tab-separated corpora: see corpus.h. */
#include "cli/corpus.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/map.h"
#include "content/lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Names in words, and paths: less than the files themselves. */
enum { STORE_BYTES = 1 << 30, STORE_FILES = 3 * CORPUS_FILES };

struct corpus_store {
    struct map *numbers; /* label → its ordinal + 1 */
    struct arena *arena;
    char *bytes[STORE_FILES]; /* of the files: the texts lie in them */
    size_t file_count;
};

/* One file while it is read. */
struct reader {
    struct corpus *corpus;
    struct corpus_part *part;
    const char *file;
    struct problems *problems;
    int line;
    /* Takes one line, which ends with a NUL. -1 = no use in going on. */
    int (*take)(struct reader *, char *text, size_t size);
};

#define COMPLAIN(r, severity, ...) problem_add((r)->problems, severity, (r)->file, (r)->line, 0, __VA_ARGS__)

struct corpus *corpus_new(void)
{
    struct corpus *c = calloc(1, sizeof *c);
    struct corpus_store *s = calloc(1, sizeof *s);
    if (c != NULL && s != NULL) {
        c->store = s;
        s->numbers = map_new(CORPUS_LABELS);
        s->arena = arena_new(STORE_BYTES);
        if (s->numbers != NULL && s->arena != NULL)
            return c;
        corpus_free(c);
        return NULL;
    }
    free(s);
    free(c);
    return NULL;
}

void corpus_free(struct corpus *c)
{
    if (c == NULL)
        return;
    for (size_t i = 0; i < c->store->file_count; i++)
        free(c->store->bytes[i]);
    map_free(c->store->numbers);
    arena_free(c->store->arena);
    free(c->store);
    free(c->labels);
    free(c->train.lines);
    free(c->test.lines);
    free(c);
}

/* Room for one more element. */
static int grow(void **list, size_t count, size_t *room, size_t element)
{
    if (count < *room)
        return 0;
    size_t wanted = *room > 0 ? *room * 2 : 256;
    void *grown = realloc(*list, wanted * element);
    if (grown == NULL)
        return -1;
    *list = grown;
    *room = wanted;
    return 0;
}

static bool is_out_of_scope(const char *name)
{
    return strcmp(name, "oos") == 0 || strcmp(name, "None") == 0;
}

/* The ordinal of a label, new or known; `name` lives as long as the corpus. -1 past the ceiling. */
static int number_of(struct reader *r, const char *name, uint32_t *ret)
{
    struct corpus *c = r->corpus;
    uintptr_t known = (uintptr_t)map_get_str(c->store->numbers, name);
    if (known != 0) {
        *ret = (uint32_t)(known - 1);
        return 0;
    }
    if (grow((void **)&c->labels, c->label_count, &c->label_room, sizeof *c->labels) < 0 ||
        map_put_str(c->store->numbers, name, (void *)(uintptr_t)(c->label_count + 1)) < 0) {
        COMPLAIN(r, SEVERITY_ERROR, "more than %d labels, or no memory for them; use fewer", CORPUS_LABELS);
        return -1;
    }
    *ret = (uint32_t)c->label_count;
    c->labels[c->label_count++] =
        (struct corpus_label){.name = name, .out_of_scope = is_out_of_scope(name), .answer = ""};
    return 0;
}

static char *trim(char *text)
{
    struct span s = lines_trim((struct span){text, strlen(text)});
    char *start = text + (s.text - text);
    start[s.size] = '\0';
    return start;
}

static int take_line(struct reader *r, char *text, size_t size)
{
    (void)size;
    char *tab = strchr(text, '\t');
    if (tab == NULL) {
        COMPLAIN(r, SEVERITY_ERROR, "no tab; a line is a text, one tab and its label");
        return 0;
    }
    *tab = '\0';
    char *label = tab + 1, *more = strchr(label, '\t');
    if (more != NULL) {
        COMPLAIN(r, SEVERITY_ERROR, "more than one tab; a line is a text, one tab and its label");
        return 0;
    }
    label = trim(label);
    if (label[0] == '\0') {
        COMPLAIN(r, SEVERITY_ERROR, "no label behind the tab; write one, or oos if no entry answers this");
        return 0;
    }
    if (r->part == &r->corpus->train && trim(text)[0] == '\0') {
        COMPLAIN(r, SEVERITY_WARNING, "no text before the tab; there is nothing to learn, so the line is left out");
        return 0;
    }
    struct corpus_part *p = r->part;
    if (p->count >= CORPUS_LINES) {
        COMPLAIN(r, SEVERITY_ERROR, "more than %d lines; take a part of them", CORPUS_LINES);
        return -1;
    }
    uint32_t number;
    if (number_of(r, label, &number) < 0)
        return -1;
    if (grow((void **)&p->lines, p->count, &p->room, sizeof *p->lines) < 0) {
        COMPLAIN(r, SEVERITY_ERROR, "no memory for so many lines; take a part of them");
        return -1;
    }
    p->lines[p->count++] = (struct corpus_line){text, number};
    return 0;
}

/* Cuts the next cell off a line. */
static char *next_cell(char **rest)
{
    char *cell = *rest != NULL ? *rest : (char *)"", *tab = strchr(cell, '\t');
    *rest = NULL;
    if (tab != NULL) {
        *tab = '\0';
        *rest = tab + 1;
    }
    return cell[0] != '\0' ? trim(cell) : cell;
}

static int take_entry(struct reader *r, char *text, size_t size)
{
    (void)size;
    char *rest = text;
    const char *id = next_cell(&rest), *question = next_cell(&rest), *answer = next_cell(&rest);
    if (r->line == 1 && strcmp(id, "id") == 0 && strcmp(question, "question") == 0)
        return 0;
    if (id[0] == '\0' || question[0] == '\0') {
        COMPLAIN(r, SEVERITY_ERROR, "no %s; a line is an id, a question and its answer with tabs between",
                 id[0] == '\0' ? "id" : "question");
        return 0;
    }
    if (is_out_of_scope(id)) {
        COMPLAIN(r, SEVERITY_ERROR, "“%s” is the label of what no entry answers; give the entry another id", id);
        return 0;
    }
    uint32_t number;
    if (number_of(r, id, &number) < 0)
        return -1;
    struct corpus_label *l = &r->corpus->labels[number];
    if (l->question != NULL) {
        COMPLAIN(r, SEVERITY_ERROR, "the id “%.80s” was given in %s:%d already; give each entry its own", id, l->file,
                 l->line);
        return 0;
    }
    l->question = question;
    l->answer = answer;
    l->file = r->file;
    l->line = r->line;
    return 0;
}

static void take_lines(struct reader *r, const struct span *all)
{
    struct span rest = *all, line;
    size_t empty = 0;
    int first_empty = 0, result = 0;
    for (r->line = 1; result == 0 && lines_next(&rest, &line); r->line++) {
        char *text = (char *)line.text;
        if (lines_trim(line).size == 0 && memchr(line.text, '\t', line.size) == NULL) {
            first_empty = empty++ == 0 ? r->line : first_empty;
            continue;
        }
        text[line.size] = '\0'; /* its end, or the NUL behind the file: lines_next is past it */
        result = r->take(r, text, line.size);
    }
    if (empty > 0)
        problem_add(r->problems, SEVERITY_WARNING, r->file, first_empty, 0,
                    empty > 1 ? "an empty line, the first of %zu; they are skipped" : "an empty line; it is skipped",
                    empty);
}

static void read_file(struct reader *r)
{
    struct corpus_store *s = r->corpus->store;
    size_t size;
    char *bytes = file_read(r->file, CORPUS_FILE_BYTES, &size);
    if (bytes == NULL) {
        if (errno == EFBIG)
            problem_add(r->problems, SEVERITY_ERROR, r->file, 0, 0, "larger than %d MB; take a part of it",
                        CORPUS_FILE_BYTES >> 20);
        else
            problem_add(r->problems, SEVERITY_ERROR, r->file, 0, 0, "%s", strerror(errno));
        return;
    }
    s->bytes[s->file_count++] = bytes;
    struct span text;
    if (lines_check(r->file, bytes, size, r->problems, &text) < 0)
        return;
    if (text.size == 0)
        problem_add(r->problems, SEVERITY_ERROR, r->file, 0, 0, "the file is empty");
    take_lines(r, &text);
}

/* Reads each of the files named, with commas between. */
static int read_list(struct reader *r, const char *paths)
{
    size_t before = problems_count(r->problems, SEVERITY_ERROR);
    struct corpus_store *s = r->corpus->store;
    char *rest = arena_strdup(s->arena, paths);
    for (char *path; rest != NULL && (path = strsep(&rest, ",")) != NULL;) {
        if (path[0] == '\0')
            continue;
        if (s->file_count == STORE_FILES) {
            problem_add(r->problems, SEVERITY_ERROR, path, 0, 0, "more than %d files; join them", STORE_FILES);
            break;
        }
        r->file = path;
        read_file(r);
    }
    return arena_failed(s->arena) || problems_count(r->problems, SEVERITY_ERROR) > before ? -1 : 0;
}

int corpus_read(struct corpus *c, struct corpus_part *part, const char *paths, struct problems *problems)
{
    struct reader r = {.corpus = c, .part = part, .problems = problems, .take = take_line};
    return read_list(&r, paths);
}

int corpus_read_answers(struct corpus *c, const char *paths, struct problems *problems)
{
    struct reader r = {.corpus = c, .problems = problems, .take = take_entry};
    return read_list(&r, paths);
}

const char *corpus_words(struct corpus *c, const char *name)
{
    char *words = arena_strdup(c->store->arena, name);
    for (char *at = words; at != NULL && *at != '\0'; at++)
        if (strchr("_-.", *at) != NULL)
            *at = ' ';
    return words != NULL ? trim(words) : NULL;
}
