/* What word vectors cost: converting a file, a text's meaning, and the nearest entries.
 *
 *   bench_vectors [WORDS [DIMENSIONS]]     default 50000 300; what 2 million words would take is told too
 *
 * Words are letters by a seeded generator, values have four decimals as fastText prints them. */
#include "base/hash.h"
#include "bench/bench.h"
#include "understand/meaning.h"
#include "understand/vectors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LOOK_UPS = 20000, QUERY_WORDS = 10, PUBLIC_WORDS = 2000000, NEAREST = 201, NEAREST_BYTES = 80 };

static size_t make_word(uint64_t number, char *ret)
{
    size_t size = 0;
    for (uint64_t n = hash_mix(number + 1); size < 4 || (number >> (size * 4)) > 0; n /= 26)
        ret[size++] = (char)('a' + n % 26);
    size += (size_t)sprintf(ret + size, "%llu", (unsigned long long)number);
    return size;
}

static FILE *make_file(size_t words, size_t size)
{
    FILE *f = tmpfile();
    if (f == NULL)
        exit(1);
    fprintf(f, "%zu %zu\n", words, size);
    for (size_t w = 0; w < words; w++) {
        char line[65536];
        size_t used = make_word(w, line);
        for (size_t i = 0; i < size; i++) {
            uint64_t x = bench_chance();
            used += (size_t)snprintf(line + used, sizeof line - used, " %s0.%04d", x & 1 ? "-" : "",
                                     (int)((x >> 8) % 2000));
        }
        line[used++] = '\n';
        fwrite(line, 1, used, f);
    }
    fflush(f);
    rewind(f);
    return f;
}

static struct vectors *convert(size_t words, size_t size)
{
    FILE *from = make_file(words, size), *to = tmpfile();
    struct vectors_report r;
    struct stat text, quantised;
    const char *why = "";
    double start = bench_cpu_us();
    if (to == NULL || vectors_convert(fileno(from), fileno(to), NULL, NULL, &r) < 0)
        exit(1);
    double took = bench_cpu_us() - start;
    fstat(fileno(from), &text);
    fstat(fileno(to), &quantised);
    bench_figure("converting word vectors", (double)text.st_size / took, "MB/s", BENCH_NONE);
    bench_figure("  2 million words would take", took / 1e6 * PUBLIC_WORDS / (double)words, "s", BENCH_NONE);
    bench_figure("  … and lie in", (double)quantised.st_size / 1e6 * PUBLIC_WORDS / (double)words, "MB", BENCH_NONE);
    struct vectors *v = vectors_open(&(struct vectors_part){"", fileno(to)}, 1, &why);
    fclose(from);
    fclose(to);
    return v;
}

static void make_text(size_t words, char *ret)
{
    size_t used = 0;
    for (int i = 0; i < QUERY_WORDS; i++) {
        used += make_word(bench_chance() % words, ret + used);
        ret[used++] = ' ';
    }
    ret[used] = '\0';
}

static void bench_texts(const struct vectors *v, size_t words, size_t size)
{
    static double took[LOOK_UPS];
    float *vector = calloc(size, sizeof *vector);
    for (size_t i = 0; i < LOOK_UPS; i++) {
        char text[1024];
        make_text(words, text);
        double start = bench_cpu_us();
        vectors_text(v, "it", text, strlen(text), vector);
        took[i] = bench_cpu_us() - start;
    }
    bench_figure("a question of 10 words as a vector, median", bench_quantile(took, LOOK_UPS, 0.5), "µs", 10);
    bench_figure("a question of 10 words as a vector, p99", bench_quantile(took, LOOK_UPS, 0.99), "µs", BENCH_NONE);
    free(vector);
}

static void bench_nearest(const struct vectors *v, size_t words, size_t entries)
{
    struct meaning_maker maker = vectors_maker(v);
    char(*texts)[256] = calloc(entries, sizeof *texts);
    const char **phrasings = calloc(entries, sizeof *phrasings);
    struct index_entry *list = calloc(entries, sizeof *list);
    float *vector = calloc(maker.size, sizeof *vector);
    struct meaning m;
    struct buf out;
    buf_init(&out, (size_t)1 << 31);
    for (size_t e = 0; e < entries; e++) {
        make_text(words, texts[e]);
        phrasings[e] = texts[e];
        list[e] = (struct index_entry){&phrasings[e], 1, "", ""};
    }
    double start = bench_cpu_us();
    if (meaning_build(&maker, "it", list, entries, NULL, NULL, &out) < 0 ||
        meaning_open(out.data, out.size, entries, &m) < 0)
        exit(1);
    double built = bench_cpu_us() - start, took[NEAREST];
    size_t right = 0;
    for (size_t i = 0; i < NEAREST; i++) {
        struct meaning_query q;
        uint32_t best[8];
        float cosines[8];
        size_t e = bench_chance() % entries, lost = strcspn(texts[e], " ") + 1; /* asked without its first word */
        vectors_text(v, "it", texts[e] + lost, strlen(texts[e] + lost), vector);
        start = bench_cpu_us();
        meaning_ask(&m, vector, &q);
        size_t found = meaning_best(&m, &q, 8, best, cosines);
        took[i] = bench_cpu_us() - start;
        right += found > 0 && best[0] == e;
    }
    char what[NEAREST_BYTES];
    snprintf(what, sizeof what, "the 8 nearest of %zu entries, median", entries);
    bench_figure(what, bench_quantile(took, NEAREST, 0.5), "µs", 1000);
    bench_figure("  made in", built / 1e6, "s", BENCH_NONE);
    bench_figure("  found", 100.0 * (double)right / NEAREST, "%", BENCH_NONE);
    buf_free(&out);
    free(texts);
    free(phrasings);
    free(list);
    free(vector);
}

int main(int count, char **arguments)
{
    static const size_t entries[] = {120, 500, 5000, 16384, 100000};
    size_t words = count > 1 ? strtoul(arguments[1], NULL, 10) : 50000;
    size_t size = count > 2 ? strtoul(arguments[2], NULL, 10) : 300;
    struct vectors *v = convert(words, size);
    if (v == NULL)
        return 1;
    bench_texts(v, words, size);
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        bench_nearest(v, words, entries[i]);
    vectors_close(v);
    return 0;
}
