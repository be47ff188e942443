/* What a large bot of AIML costs: reading and compiling its files, finding a category, a whole answer.
 *
 *   bench_aiml [FOLDER [QUESTIONS.tsv]]     default $SHARED/aiml/alice and the questions of $SHARED's intents
 *
 * The questions are everyday ones that were never meant for this bot, and the bot's own patterns, a word put where a
 * wildcard stands. Limits: 0.5 s of CPU and 150 MB to load, 5 µs to find a category at the median, 200 at worst. */
#include "aiml/match.h"
#include "base/file.h"
#include "bench/bench.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { QUESTIONS_MAX = 8000, QUESTION_BYTES = 200, OWN = 5000, ROUNDS = 3, PATH_BYTES = 1000, REPLY_BYTES = 64 << 20 };

static char questions[QUESTIONS_MAX][QUESTION_BYTES];
static size_t question_count;

static struct source *read_folder(const char *folder, size_t *ret_count)
{
    char **names;
    size_t count = 0;
    if (file_list(folder, ".aiml", &names, &count) < 0 || count == 0)
        return NULL;
    struct source *s = calloc(count, sizeof *s);
    for (size_t i = 0; s != NULL && i < count; i++) {
        char path[PATH_BYTES * 2], *kept = NULL;
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        s[i].bytes = file_read(path, SITE_FILE_BYTES, &s[i].size);
        if (s[i].bytes == NULL || asprintf(&kept, "aiml/%s", names[i]) < 0)
            exit(1);
        s[i].path = kept;
    }
    file_list_free(names, count);
    *ret_count = count;
    return s;
}

static void read_questions(const char *path)
{
    char line[QUESTION_BYTES];
    FILE *f = fopen(path, "re");
    while (f != NULL && question_count < QUESTIONS_MAX - OWN && fgets(line, sizeof line, f) != NULL) {
        line[strcspn(line, "\t\n")] = '\0';
        memcpy(questions[question_count++], line, sizeof line);
    }
    if (f != NULL)
        fclose(f);
}

/* Some of its own patterns, in small letters. */
static void own_questions(const struct aiml *a)
{
    for (size_t i = 0; i < OWN && question_count < QUESTIONS_MAX; i++) {
        const char *p = aiml_category(a, bench_chance() % aiml_categories(a)).pattern;
        char *q = questions[question_count++];
        size_t n = 0;
        for (; *p != '\0' && n + 10 < QUESTION_BYTES; p++) {
            if (strchr("*_#^", *p) != NULL)
                n += (size_t)snprintf(q + n, 8, "today");
            else
                q[n++] = (char)tolower((unsigned char)*p);
        }
        q[n] = '\0';
    }
}

static struct aiml *load(const char *folder, struct buf *image)
{
    struct rusage before, after;
    size_t files, categories;
    getrusage(RUSAGE_SELF, &before);
    double start = bench_cpu_us();
    struct source *s = read_folder(folder, &files);
    struct problems *problems = problems_new();
    if (s == NULL || problems == NULL || aiml_compile(s, files, problems, image, &categories) < 0)
        exit(1);
    double compiled = bench_cpu_us();
    struct aiml *a = aiml_open(image->data, image->size);
    double opened = bench_cpu_us();
    getrusage(RUSAGE_SELF, &after);
    printf("%zu files, %zu categories, %zu errors, %zu warnings, image %.1f MB\n", files, categories,
           problems_count(problems, SEVERITY_ERROR), problems_count(problems, SEVERITY_WARNING),
           (double)image->size / 1e6);
    bench_figure("reading and compiling", (compiled - start) / 1e6, "s", 0.5);
    bench_figure("  and opening the image", (opened - compiled) / 1e6, "s", BENCH_NONE);
    bench_figure("  memory at its peak", (double)(after.ru_maxrss - before.ru_maxrss) / 1e3, "MB", 150);
    for (size_t i = 0; i < files; i++) {
        free((char *)s[i].bytes);
        free((char *)s[i].path);
    }
    free(s);
    problems_free(problems);
    return a;
}

/* The best of some rounds for each question, so that another process's turn is not taken for the worst case. */
static void least(double *took, size_t i, double us)
{
    took[i] = took[i] == 0 || us < took[i] ? us : took[i];
}

static void report(const char *what, double *took, double median, double worst)
{
    bench_figure(what, bench_quantile(took, question_count, 0.5), "µs", median);
    bench_figure("  p99", took[question_count * 99 / 100], "µs", BENCH_NONE);
    bench_figure("  worst", took[question_count - 1], "µs", worst);
}

static void measure(const struct aiml *a, struct arena *arena)
{
    static double finding[QUESTIONS_MAX], answering[QUESTIONS_MAX];
    const struct aiml_memory nothing = {0};
    size_t matched = 0, said = 0;
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < question_count; i++) {
            struct heard part[PARTS] = {[PART_THAT] = match_nothing(), [PART_TOPIC] = match_nothing()};
            struct match m = {0};
            struct match_scratch scratch = {.steps = AIML_STEPS};
            arena_reset(arena);
            double start = bench_cpu_us();
            match_hear(a, questions[i], strlen(questions[i]), arena, &part[PART_PATTERN]);
            match_find(a, part, &scratch, arena, &m);
            least(finding, i, bench_cpu_us() - start);
            struct aiml_heard heard = {
                .text = questions[i], .lang = "en", .now = {2026, 11, 22, 12, 0, 0}, .chance = i};
            struct aiml_reply reply;
            arena_reset(arena);
            start = bench_cpu_us();
            if (aiml_answer(a, &heard, &nothing, arena, &reply) < 0)
                exit(1);
            least(answering, i, bench_cpu_us() - start);
            matched += m.category != 0 && round == 0;
            said += *reply.text != '\0' && round == 0;
        }
    printf("%zu questions, %zu have a category, %zu an answer\n", question_count, matched, said);
    report("finding the category, median", finding, 5, 200);
    report("a whole answer, with all categories it asks for, median", answering, BENCH_NONE, BENCH_NONE);
}

int main(int argc, char **argv)
{
    const char *shared = getenv("SHARED") != NULL ? getenv("SHARED") : "../shared";
    char folder[PATH_BYTES], asked[PATH_BYTES];
    struct buf image;
    snprintf(folder, sizeof folder, "%s/data/aiml/alice", shared);
    snprintf(asked, sizeof asked, "%s/data/intents/clinc150/valid.tsv", shared);
    const char *from = argc > 1 ? argv[1] : folder;
    char **names;
    size_t count = 0;
    if (file_list(from, ".aiml", &names, &count) == 0)
        file_list_free(names, count);
    if (count == 0) {
        printf("skipped: no .aiml files in %s (SHARED=DIR names the folder of the test data)\n", from);
        return 0;
    }
    buf_init(&image, (size_t)1 << 30);
    struct aiml *a = load(from, &image);
    struct arena *arena = arena_new(REPLY_BYTES);
    if (a == NULL || arena == NULL)
        return 1;
    read_questions(argc > 2 ? argv[2] : asked);
    own_questions(a);
    measure(a, arena);
    arena_free(arena);
    aiml_free(a);
    buf_free(&image);
    return 0;
}
