/* Makes the language tables of one language from text that packages of the system bring.
 *   language-tables LANG FOLDER FILE…
 * A file's name tells how it is read: ….FORMAT.PACKAGE. The tables go to FOLDER/, where each
 * appears whole or not at all. The same files give the same bytes. docs/understanding.md tells
 * what becomes of them. */
#include "base/file.h"
#include "tables/corpus.h"
#include "tables/formats.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCE_BYTES = 256 << 20, NEGATIVES = 4000 };

static const struct {
    const char *name;
    void (*read)(struct corpus *, const char *bytes, size_t size);
} formats[] = {
    {"wordnet", format_wordnet},
    {"fortune", format_fortune},
    {"roff", format_roff},
    {"prose", format_prose},
};

/* …/en.FORMAT.PACKAGE */
static int read_source(struct corpus *c, const char *path)
{
    const char *name = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path;
    const char *format = name + strcspn(name, ".") + 1;
    size_t size, length = strcspn(format, "."), i = 0;
    while (i < sizeof formats / sizeof *formats &&
           (strlen(formats[i].name) != length || strncmp(formats[i].name, format, length) != 0))
        i++;
    if (i == sizeof formats / sizeof *formats) {
        fprintf(stderr, "%s: \"%.*s\" is no format that install/tables/main.c lists\n", path, (int)length, format);
        return -1;
    }
    char *bytes = file_read(path, SOURCE_BYTES, &size);
    if (bytes == NULL) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return -1;
    }
    uint32_t before = corpus_documents(c);
    formats[i].read(c, bytes, size);
    printf("  %s: %u sentences\n", name, corpus_documents(c) - before);
    fflush(stdout);
    free(bytes);
    return 0;
}

int main(int count, char **words)
{
    if (count < 4) {
        fputs("usage: language-tables LANG FOLDER FILE…\n", stderr);
        return 2;
    }
    const char *lang = words[1], *folder = words[2];
    struct corpus *c = corpus_new(lang);
    int result = 0;
    for (int i = 3; i < count && result == 0; i++)
        result = read_source(c, words[i]);
    if (result == 0 && (result = corpus_write(c, folder, NEGATIVES)) < 0)
        fprintf(stderr, "%s: %s\n", folder, strerror(errno));
    if (result == 0)
        printf("  %s: %u different sentences (%zu short and plain), %zu features\n", lang, corpus_documents(c),
               corpus_candidates(c), corpus_features(c));
    corpus_free(c);
    return result == 0 ? 0 : 1;
}
