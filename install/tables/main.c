/* Makes the language tables of one language from text that packages of the system bring.
 *   language-tables LANG FOLDER FILE…
 * A file's name tells how it is read: ….FORMAT.PACKAGE. The tables go to FOLDER/, where each
 * appears whole or not at all. The same files give the same bytes. docs/understanding.md tells
 * what becomes of them. */
#include "base/buf.h"
#include "base/file.h"
#include "tables/corpus.h"
#include "tables/formats.h"
#include "tables/glosses.h"
#include "tables/synonyms.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCE_BYTES = 256 << 20, TABLE_BYTES = 64 << 20, PATH_BYTES = 4096, NEGATIVES = 4000 };

static const struct format {
    const char *name;
    void (*sentences)(struct corpus *, const char *bytes, size_t size);
    void (*words)(struct synonyms *, const char *bytes, size_t size);
    void (*said_of_words)(struct glosses *, const char *bytes, size_t size);
} formats[] = {
    {"wordnet", format_wordnet, format_wordnet_data, format_wordnet_glosses},
    {"wordnet-index", NULL, format_wordnet_index, NULL},
    {"wordnet-count", NULL, format_wordnet_count, NULL},
    {"mythes", NULL, format_mythes, NULL},
    {"fortune", format_fortune, NULL, NULL},
    {"roff", format_roff, NULL, NULL},
    {"prose", format_prose, NULL, NULL},
};

struct language {
    const char *name;
    struct corpus *corpus;
    struct synonyms *synonyms;
    struct glosses *glosses;
};

static const struct format *format_named(const char *name, size_t size)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strlen(formats[i].name) == size && memcmp(formats[i].name, name, size) == 0)
            return &formats[i];
    return NULL;
}

/* …/LANG.FORMAT.PACKAGE */
static int read_source(const struct language *l, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    const char *format = strchr(name, '.') != NULL ? strchr(name, '.') + 1 : "";
    const struct format *f = format_named(format, strcspn(format, "."));
    if (f == NULL) {
        fprintf(stderr, "%s: its name has no format that install/tables/main.c lists\n", path);
        return -1;
    }
    size_t size;
    char *bytes = file_read(path, SOURCE_BYTES, &size);
    if (bytes == NULL) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return -1;
    }
    uint32_t before = corpus_documents(l->corpus);
    if (f->sentences != NULL)
        f->sentences(l->corpus, bytes, size);
    if (f->words != NULL)
        f->words(l->synonyms, bytes, size);
    if (f->said_of_words != NULL)
        f->said_of_words(l->glosses, bytes, size);
    free(bytes);
    printf("  %s: %u sentences%s\n", name, corpus_documents(l->corpus) - before, f->words != NULL ? ", synonyms" : "");
    fflush(stdout);
    return 0;
}

/* FOLDER/NAME.LANG.tab, or nothing where the table is empty. */
static int write_table(const struct language *l, const char *folder, const char *name, const struct buf *b)
{
    char path[PATH_BYTES];
    int length = snprintf(path, sizeof path, "%s/%s.%s.tab", folder, name, l->name);
    if (b->size == 0)
        return 0;
    return (size_t)length < sizeof path ? file_write_atomic(path, b->data, b->size, 0644) : -1;
}

static int write_thesaurus(const struct language *l, const char *folder)
{
    size_t stems, sets;
    struct buf b;
    buf_init(&b, TABLE_BYTES);
    int result = synonyms_write(l->synonyms, &b, &stems, &sets);
    if (result == 0)
        result = write_table(l, folder, "thesaurus", &b);
    buf_free(&b);
    if (result == 0)
        printf("  %s: %zu stems in %zu sets of synonyms\n", l->name, stems, sets);
    return result;
}

static int write_kinship(const struct language *l, const char *folder)
{
    size_t stems;
    struct buf b;
    buf_init(&b, TABLE_BYTES);
    int result = glosses_write(l->glosses, &b, &stems);
    if (result == 0)
        result = write_table(l, folder, "kinship", &b);
    buf_free(&b);
    if (result == 0)
        printf("  %s: %zu stems with their kin\n", l->name, stems);
    return result;
}

static int make(const struct language *l, const char *folder, char **files, int count)
{
    for (int i = 0; i < count; i++)
        if (read_source(l, files[i]) < 0)
            return -1;
    errno = ENOMEM;
    if (corpus_write(l->corpus, folder, NEGATIVES) < 0 || write_thesaurus(l, folder) < 0 ||
        write_kinship(l, folder) < 0) {
        fprintf(stderr, "%s: %s\n", folder, strerror(errno));
        return -1;
    }
    printf("  %s: %u different sentences (%zu short and plain), %zu features\n", l->name, corpus_documents(l->corpus),
           corpus_candidates(l->corpus), corpus_features(l->corpus));
    return 0;
}

int main(int count, char **words)
{
    if (count < 4) {
        fputs("usage: language-tables LANG FOLDER FILE…\n", stderr);
        return 2;
    }
    struct language l = {words[1], corpus_new(words[1]), synonyms_new(words[1]), glosses_new(words[1])};
    int result = make(&l, words[2], words + 3, count - 3);
    corpus_free(l.corpus);
    synonyms_free(l.synonyms);
    glosses_free(l.glosses);
    return result == 0 ? 0 : 1;
}
