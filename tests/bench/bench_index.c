/* How long building an index and looking up in it take, from one site to the largest.
 *
 *   bench_index                    the rows of table[]; from the repository's root
 *   bench_index ENTRIES [WORDINGS] one size (0 = one or two wordings an entry)
 *
 * What is asked is never what an entry has word for word: see questions.h. Of the demo site it is what visitors say in
 * tests/dialogues. A look-up is `understand`: from the folded text to candidates with their confidence. Its time is the
 * thread's CPU; opening is told by wall clock, since it reads the disk. */
#include "bench/bench.h"
#include "bench/questions.h"
#include "edition/edition.h"
#include "text/spell.h"

#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

enum { LOOK_UPS = 4000, WHAT_BYTES = 120, NAME_BYTES = 64, LINES_MAX = 2000, ROUNDS = 10 };

/* Limits: BENCH_NONE = none. */
struct size {
    size_t entries, wordings; /* 0 wordings = one or two */
    double built_s, median_us, p99_us, image_mb, open_s;
};

static const struct size table[] = {
    {.entries = 50, .wordings = 5, .image_mb = 2},
    {.entries = 500, .wordings = 5, .built_s = 3, .median_us = 50, .p99_us = 250},
    {.entries = 150, .wordings = 100, .built_s = 60},
    {.entries = 5000, .built_s = 15},
    {.entries = 100000, .open_s = 0.5},
    {.entries = 1000000, .median_us = 2000}, /* half a minute and 1.5 GB */
};

static void row(const char *name, const char *what, double value, const char *unit, double limit)
{
    char text[WHAT_BYTES];
    snprintf(text, sizeof text, "%.60s: %.50s", name, what);
    bench_figure(text, value, unit, limit);
}

/* Writes the image to a file that the system then forgets, maps and opens it: as after a start of the machine. */
static void bench_open(const char *name, const struct buf *image, double limit)
{
    char path[] = "build/bench/index-XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0 || write(fd, image->data, image->size) != (ssize_t)image->size || fsync(fd) != 0) {
        perror(path);
        exit(1);
    }
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    double start = bench_wall_us();
    void *bytes = mmap(NULL, image->size, PROT_READ, MAP_PRIVATE, fd, 0);
    struct index *x = bytes != MAP_FAILED ? index_open(bytes, image->size) : NULL;
    row(name, "index opened from the disk, wall clock", (bench_wall_us() - start) / 1e6, "s", limit);
    index_close(x);
    munmap(bytes, image->size);
    close(fd);
    unlink(path);
}

static void bench_look_ups(const char *name, const struct index *x, const struct questions_subject *subjects,
                           const struct size *s)
{
    static double took[LOOK_UPS];
    struct arena *turn = arena_new(1 << 24);
    size_t right = 0;
    for (size_t i = 0; i < LOOK_UPS; i++) {
        char text[QUESTIONS_TEXT];
        struct understanding u;
        size_t entry = bench_chance() % s->entries;
        questions_ask(&subjects[entry], text);
        arena_reset(turn);
        double start = bench_cpu_us();
        if (understand(x, text, NULL, turn, &u) < 0)
            exit(1);
        took[i] = bench_cpu_us() - start;
        right += u.count > 0 && u.candidates[0].entry == entry;
    }
    row(name, "look-up, median", bench_quantile(took, LOOK_UPS, 0.5), "µs", s->median_us);
    row(name, "look-up, p99", bench_quantile(took, LOOK_UPS, 0.99), "µs", s->p99_us);
    row(name, "  found first", 100.0 * (double)right / LOOK_UPS, "%", BENCH_NONE);
    arena_free(turn);
}

static void bench_size(const struct size *s)
{
    char name[NAME_BYTES];
    struct arena *arena = arena_new((size_t)1 << 34);
    struct questions_subject *subjects;
    struct rusage usage;
    struct index_entry *entries = questions_entries(arena, s->entries, s->wordings, &subjects);
    struct buf image;
    snprintf(name, sizeof name, s->wordings > 0 ? "%zu × %zu" : "%zu × 1–2", s->entries, s->wordings);
    buf_init(&image, (size_t)1 << 33);
    double start = bench_cpu_us(), wall = bench_wall_us();
    if (index_build("it", entries, s->entries, NULL, &image) < 0) {
        printf("%s: the index cannot be built\n", name);
        exit(1);
    }
    row(name, "index built: CPU of its thread", (bench_cpu_us() - start) / 1e6, "s", BENCH_NONE);
    row(name, "index built: wall clock", (bench_wall_us() - wall) / 1e6, "s", s->built_s);
    row(name, "image", (double)image.size / 1e6, "MB", s->image_mb);
    bench_open(name, &image, s->open_s);
    struct index *x = index_open(image.data, image.size);
    bench_look_ups(name, x, subjects, s);
    getrusage(RUSAGE_SELF, &usage);
    if (s->entries >= 100000)
        row(name, "most memory so far", (double)usage.ru_maxrss / 1e6, "GB", BENCH_NONE);
    index_close(x);
    buf_free(&image);
    arena_free(arena);
}

/* What visitors say in the demo site's dialogues of a language. */
static size_t read_dialogues(const char *pattern, struct arena *arena, const char **ret)
{
    char line[QUESTIONS_TEXT];
    size_t count = 0;
    glob_t found;
    if (glob(pattern, 0, NULL, &found) != 0)
        return 0;
    for (size_t i = 0; i < found.gl_pathc; i++) {
        FILE *file = fopen(found.gl_pathv[i], "re");
        while (file != NULL && count < LINES_MAX && fgets(line, sizeof line, file) != NULL) {
            line[strcspn(line, "\n")] = '\0';
            if (strncmp(line, "visitor: ", 9) == 0)
                ret[count++] = arena_strdup(arena, line + 9);
        }
        if (file != NULL)
            fclose(file);
    }
    globfree(&found);
    return count;
}

static void bench_demo(void)
{
    static double took[LINES_MAX * ROUNDS];
    static const char *lines[LINES_MAX];
    struct arena *arena = arena_new((size_t)1 << 30), *turn = arena_new(1 << 24);
    struct problems *problems = problems_new();
    struct site *site = site_read(arena, ".", "2026-01-01", problems);
    const char *why = "the site cannot be read";
    struct buf image;
    buf_init(&image, EDITION_IMAGE_BYTES);
    struct edition *e =
        site != NULL && edition_compile(site, &image, problems, NULL) == 0 ? edition_from_image(&image, &why) : NULL;
    if (e == NULL) {
        printf("demo site: %s\n", why);
        exit(1);
    }
    size_t count = read_dialogues("tests/dialogues/it/*.chat", arena, lines), all = 0;
    for (size_t round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < count; i++) {
            struct understanding u;
            arena_reset(turn);
            double start = bench_cpu_us();
            if (view_understand(edition_view(e), "it", lines[i], NULL, turn, &u) < 0)
                exit(1);
            took[all++] = bench_cpu_us() - start;
        }
    row("demo site", "look-up, median", bench_quantile(took, all, 0.5), "µs", 12);
    row("demo site", "look-up, p99", bench_quantile(took, all, 0.99), "µs", BENCH_NONE);
    row("demo site", "image of the edition", (double)image.size / 1e6, "MB", BENCH_NONE);
    edition_unpin(e);
    problems_free(problems);
    buf_free(&image);
    arena_free(arena);
    arena_free(turn);
}

int main(int count, char **arguments)
{
    questions_prepare();
    spell_prepare("it");
    bench_yardstick();
    if (count > 1) {
        struct size one = {.entries = strtoul(arguments[1], NULL, 10)};
        one.wordings = count > 2 ? strtoul(arguments[2], NULL, 10) : 0;
        for (size_t i = 0; i < sizeof table / sizeof *table; i++)
            if (table[i].entries == one.entries && table[i].wordings == one.wordings)
                one = table[i];
        bench_size(&one);
        return 0;
    }
    bench_demo();
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        bench_size(&table[i]);
    return 0;
}
