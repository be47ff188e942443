/* Reads a FAQ kept as `id;lang;topic;question;answer` into index entries, for tests and
 * benchmarks. Everything lies in the arena. */
#ifndef TESTS_FAQ_CSV_H
#define TESTS_FAQ_CSV_H

#include "base/arena.h"
#include "base/file.h"
#include "understand/index.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

enum { FAQ_MAX = 1000, FAQ_COLUMNS = 5 };

struct faq {
    struct index_entry entries[FAQ_MAX];
    size_t count;
    struct arena *arena;
    const char *columns[FAQ_COLUMNS];
    size_t column, row;
};

static void faq_field(void *bytes, size_t size, void *context)
{
    struct faq *f = context;
    if (f->column < FAQ_COLUMNS)
        f->columns[f->column++] = bytes != NULL ? arena_strndup(f->arena, bytes, size) : "";
}

static void faq_row(int end, void *context)
{
    struct faq *f = context;
    (void)end;
    if (f->row++ > 0 && f->column == FAQ_COLUMNS && f->count < FAQ_MAX) {
        const char **question = arena_alloc(f->arena, sizeof *question);
        *question = f->columns[3];
        f->entries[f->count++] = (struct index_entry){question, 1, f->columns[4], f->columns[2]};
    }
    f->column = 0;
}

/* NULL where SHARED has no io-faq in this language. */
static struct faq *faq_read(struct arena *arena, const char *lang)
{
    const char *shared = getenv("SHARED");
    char path[512];
    size_t size;
    snprintf(path, sizeof path, "%s/data/io-faq/%s.csv", shared != NULL ? shared : "../shared", lang);
    char *bytes = file_read(path, 16 << 20, &size);
    if (bytes == NULL)
        return NULL;
    struct faq *f = arena_alloc(arena, sizeof *f);
    struct csv_parser parser;
    f->arena = arena;
    csv_init(&parser, CSV_APPEND_NULL);
    csv_set_delim(&parser, ';');
    csv_parse(&parser, bytes, size, faq_field, faq_row, f);
    csv_fini(&parser, faq_field, faq_row, f);
    csv_free(&parser);
    free(bytes);
    return f;
}

#endif
