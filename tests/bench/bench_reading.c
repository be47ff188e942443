/* How long reading the words of a message takes, before anything is looked up: an everyday
 * question, misspelt ones, and the strangest texts that may come in (each time a new one, so
 * that nothing is remembered).
 *
 *   bench_reading       from the repository's root: the words are those of knowledge/it
 *
 * Limits: a question of ten known words 1.5 us, a misspelt word 3 us more, any message 1 ms. */
#include "base/arena.h"
#include "bench/bench.h"
#include "understand/reading.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ENTRIES_MAX = 400, PHRASINGS_MAX = 24, LINE_BYTES = 4096, TEXT_BYTES = 8192, ROUNDS = 3000, WHAT_BYTES = 80 };

static struct index_entry entries[ENTRIES_MAX];
static size_t entry_count;
/* Roughly what the site's reader makes of an article: headings ask, lists ask too, the rest answers. */
static void read_article(const char *path, struct arena *arena)
{
    char line[LINE_BYTES];
    FILE *file = fopen(path, "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        bool heading = strncmp(line, "## ", 3) == 0, other = strncmp(line, "- ", 2) == 0;
        if (heading && entry_count < ENTRIES_MAX)
            entries[entry_count++] = (struct index_entry){arena_array(arena, PHRASINGS_MAX, sizeof(char *)), 0, "", ""};
        if (entry_count == 0)
            continue;
        struct index_entry *e = &entries[entry_count - 1];
        line[strcspn(line, "{\n")] = '\0';
        if ((heading || other) && e->phrasing_count < PHRASINGS_MAX)
            ((const char **)e->phrasings)[e->phrasing_count++] = arena_strdup(arena, line + 2);
        else
            e->answer = arena_printf(arena, "%s\n%s", e->answer, line);
    }
    if (file != NULL)
        fclose(file);
}

static size_t put_letters(char *ret, size_t at, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ret[at++] = (char)('a' + bench_chance() % 26);
    return at;
}

/* Words of random letters. */
static void make_gibberish(char *ret)
{
    size_t at = 0;
    while (at + 20 < TEXT_BYTES / 2) {
        at = put_letters(ret, at, 8 + bench_chance() % 10);
        ret[at++] = ' ';
    }
    ret[at] = '\0';
}

static void make_one_word(char *ret)
{
    ret[put_letters(ret, 0, TEXT_BYTES - 1)] = '\0';
}

/* Words of four letters a hair's breadth from many others. */
static void make_near_words(char *ret)
{
    size_t at = 0;
    while (at + 8 < TEXT_BYTES) {
        ret[at++] = "cdmps"[bench_chance() % 5];
        ret[at++] = "aeio"[bench_chance() % 4];
        ret[at++] = "nrstz"[bench_chance() % 5];
        ret[at++] = "aeioxw"[bench_chance() % 6];
        ret[at++] = ' ';
    }
    ret[at] = '\0';
}

static void make_points(char *ret, const char *point, size_t size)
{
    size_t at = 0;
    while (at + size + 1 < TEXT_BYTES) {
        memcpy(ret + at, point, size);
        at += size;
        if (bench_chance() % 7 == 0)
            ret[at++] = ' ';
    }
    ret[at] = '\0';
}

static void make_hebrew(char *ret)
{
    char letter[8] = {'\xd7', (char)(0x90 + bench_chance() % 27)};
    make_points(ret, letter, 2);
}

static void make_joiners(char *ret)
{
    char joined[8] = "a\xe2\x80\x8d";
    make_points(ret, joined, 4);
}

static void make_emoji(char *ret)
{
    char face[8] = {'\xf0', '\x9f', '\x98', (char)(0x80 + bench_chance() % 64)};
    make_points(ret, face, 4);
}

static void make_numbers(char *ret)
{
    size_t at = 0;
    while (at + 20 < TEXT_BYTES / 2)
        at += (size_t)snprintf(ret + at, 20, "%u ", (unsigned)bench_chance());
}

static int measure(const struct index *x, struct arena *arena, const char *name, const char *text,
                   void (*make)(char *ret), double limit)
{
    static double took[ROUNDS];
    static char made[TEXT_BYTES + 16];
    const struct reading_options plain = {.hide_lonely = false};
    struct reading r = {.count = 0};
    for (size_t i = 0; i < ROUNDS; i++) {
        if (make != NULL)
            make(made);
        arena_reset(arena);
        double start = bench_cpu_us();
        if (reading_of(x, make != NULL ? made : text, &plain, arena, &r) < 0)
            return 1;
        took[i] = bench_cpu_us() - start;
    }
    char what[WHAT_BYTES];
    snprintf(what, sizeof what, "reading: %.28s (%zu words), median", name, r.count);
    bench_figure(what, bench_quantile(took, ROUNDS, 0.5), "µs", limit);
    bench_figure("  p99", took[ROUNDS * 99 / 100], "µs", BENCH_NONE);
    return 0;
}

int main(void)
{
    static const struct {
        const char *name, *text;
        void (*make)(char *ret);
        double limit;
    } rows[] = {
        {"nothing", "", NULL, BENCH_NONE},
        {"ten known words", "quanto costa la spedizione a casa e come posso pagare", NULL, 1.5},
        {"one of them misspelt", "quanto costa la spedixione a casa e come posso pagare", NULL, 4.5},
        {"two of them misspelt", "quanto costa la spedixione a casa e come posso pafare", NULL, BENCH_NONE},
        {"one far from any", "quanto costa la sprdixzione a casa e come posso pagare", NULL, BENCH_NONE},
        {"one of another form", "quanto costa la spedizione a casa e come posso restituirrete", NULL, BENCH_NONE},
        {"one unknown, in dictionary", "quanto costa la spedizione a casa e come posso navigare", NULL, BENCH_NONE},
        {"texting", "qnt costa la spedizione a casa e cm posso pagare x favore", NULL, BENCH_NONE},
        {"no space", "quantocosta laspedizione a casa e come posso pagare", NULL, BENCH_NONE},
        {"gibberish", NULL, make_gibberish, 1000},
        {"one word of 8 kB", NULL, make_one_word, 1000},
        {"short words near others", NULL, make_near_words, 1000},
        {"right to left", NULL, make_hebrew, 1000},
        {"zero-width joiners", NULL, make_joiners, 1000},
        {"emoji", NULL, make_emoji, 1000},
        {"numbers", NULL, make_numbers, 1000},
    };
    struct arena *arena = arena_new((size_t)1 << 24), *turn = arena_new(1 << 20);
    struct buf image;
    glob_t files;
    int failed = 0;
    if (glob("knowledge/it/*.md", 0, NULL, &files) != 0) {
        fprintf(stderr, "bench_reading: no knowledge/it here; start it from the repository's root\n");
        return 1;
    }
    for (size_t i = 0; i < files.gl_pathc; i++)
        read_article(files.gl_pathv[i], arena);
    globfree(&files);
    buf_init(&image, (size_t)1 << 30);
    struct index *x =
        index_build("it", entries, entry_count, NULL, &image) == 0 ? index_open(image.data, image.size) : NULL;
    if (x == NULL)
        return 1;
    printf("%zu entries, %u words, image %.2f MB\n", entry_count, x->head->words, (double)image.size / 1e6);
    for (size_t i = 0; i < sizeof rows / sizeof *rows && !failed; i++)
        failed = measure(x, turn, rows[i].name, rows[i].text, rows[i].make, rows[i].limit);
    index_close(x);
    buf_free(&image);
    arena_free(arena);
    arena_free(turn);
    return failed;
}
