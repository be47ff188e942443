/* Writes a site to publish: generated entries (questions.h), or labelled phrasings as entries.
 *
 *   site DIR ENTRIES [WORDINGS]    0 wordings = one or two
 *   site DIR --labelled FILE.tsv   text<TAB>label a line; a label is an entry
 *
 * DIR must not be there. Prints questions to ask of it, one a line; of labelled phrasings every thirtieth. */
#include "bench/bench.h"
#include "bench/questions.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { ENTRIES_A_FILE = 200, PATH_BYTES = 4096, ASKED = 300, LABELS_MAX = 10000, ONE_IN = 30 };

static const char *folder;

static FILE *begin(const char *path, size_t number)
{
    char full[PATH_BYTES];
    snprintf(full, sizeof full, path, folder, number);
    FILE *file = fopen(full, "we");
    if (file == NULL) {
        perror(full);
        exit(1);
    }
    return file;
}

static void make_folders(const char *lang)
{
    char path[PATH_BYTES];
    const char *const parts[] = {"%s", "%s/knowledge", "%s/knowledge/%s"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        snprintf(path, sizeof path, parts[i], folder, lang);
        if (mkdir(path, 0700) != 0) {
            perror(path);
            exit(1);
        }
    }
    FILE *file = begin("%s/sportello.yaml", 0);
    fprintf(file, "name: Misura\nlanguages: [%s]\n", lang);
    fclose(file);
}

/* With a capital, so that it reads as an editor writes. */
static void put_question(FILE *file, const char *start, const char *text, const char *end)
{
    fprintf(file, "%s%c%s%s", start, toupper((unsigned char)*text), text + 1, end);
}

static void generated(size_t count, size_t wordings)
{
    struct arena *arena = arena_new((size_t)1 << 33);
    struct questions_subject *subjects;
    FILE *file = NULL;
    questions_prepare();
    make_folders("it");
    struct index_entry *entries = questions_entries(arena, count, wordings, &subjects);
    for (size_t e = 0; e < count; e++) {
        char id[64];
        if (e % ENTRIES_A_FILE == 0) {
            if (file != NULL)
                fclose(file);
            file = begin("%s/knowledge/it/part-%zu.md", e / ENTRIES_A_FILE);
        }
        snprintf(id, sizeof id, "? {#entry-%zu}\n", e);
        put_question(file, "## ", entries[e].phrasings[0], id);
        for (size_t i = 1; i < entries[e].phrasing_count; i++)
            fprintf(file, "- %s\n", entries[e].phrasings[i]);
        put_question(file, "\n", entries[e].answer, ".\n\n");
    }
    if (file != NULL)
        fclose(file);
    for (size_t i = 0; i < ASKED; i++) {
        char text[QUESTIONS_TEXT];
        questions_ask(&subjects[bench_chance() % count], text);
        puts(text);
    }
    arena_free(arena);
}

/* Lines of a label stand together in such files or not: each label has a file of its own, appended to. */
static void labelled(const char *path)
{
    static char labels[LABELS_MAX][64];
    char line[QUESTIONS_TEXT];
    size_t count = 0, number = 0;
    FILE *from = fopen(path, "re");
    if (from == NULL) {
        perror(path);
        exit(1);
    }
    make_folders("en");
    while (fgets(line, sizeof line, from) != NULL) {
        char *label = strchr(line, '\t'), full[PATH_BYTES];
        size_t known = 0;
        if (label == NULL || count == LABELS_MAX)
            continue;
        *label++ = '\0';
        label[strcspn(label, "\r\n")] = '\0';
        while (known < count && strcmp(labels[known], label) != 0)
            known++;
        snprintf(full, sizeof full, "%s/knowledge/en/label-%zu.md", folder, known);
        FILE *file = fopen(full, "ae");
        if (file == NULL) {
            perror(full);
            exit(1);
        }
        if (known == count) {
            snprintf(labels[count++], sizeof *labels, "%s", label);
            for (char *c = label; *c != '\0'; c++)
                *c = isalnum((unsigned char)*c) ? *c : ' ';
            put_question(file, "## ", label, "\n");
        }
        fprintf(file, "- %s\n", line);
        fclose(file);
        if (number++ % ONE_IN == 0)
            puts(line);
    }
    for (size_t i = 0; i < count; i++) {
        char full[PATH_BYTES];
        snprintf(full, sizeof full, "%s/knowledge/en/label-%zu.md", folder, i);
        FILE *file = fopen(full, "ae");
        fprintf(file, "\nThis is what we say about %zu.\n", i);
        fclose(file);
    }
    fclose(from);
}

int main(int count, char **arguments)
{
    if (count < 3) {
        fputs("site DIR ENTRIES [WORDINGS] | site DIR --labelled FILE.tsv\n", stderr);
        return 2;
    }
    folder = arguments[1];
    if (strcmp(arguments[2], "--labelled") == 0 && count > 3)
        labelled(arguments[3]);
    else
        generated(strtoul(arguments[2], NULL, 10), count > 3 ? strtoul(arguments[3], NULL, 10) : 0);
    return 0;
}
