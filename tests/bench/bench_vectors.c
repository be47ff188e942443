/* What word vectors cost: converting a file, a text's meaning, and the nearest entries.
 *
 *   bench_vectors [WORDS [DIMENSIONS]]     default 50000 300; what 2 million words would take is told too
 *
 * Words are letters by a seeded generator, values have four decimals as fastText prints them. */
#include "base/hash.h"
#include "understand/meaning.h"
#include "understand/vectors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_UPS = 20000, QUERY_WORDS = 10, PUBLIC_WORDS = 2000000 };

static uint64_t seed = 42;

static uint64_t chance(void)
{
    return seed = hash_mix(seed + 0x9e3779b97f4a7c15u);
}

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

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
            uint64_t x = chance();
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
    double start = now_us();
    if (to == NULL || vectors_convert(fileno(from), fileno(to), NULL, NULL, &r) < 0)
        exit(1);
    double took = now_us() - start;
    fstat(fileno(from), &text);
    fstat(fileno(to), &quantised);
    printf("converting %zu words x %zu: %.2f s, %.0f MB/s, %.0f MB become %.0f MB; of %d words: %.0f s, %.0f MB\n",
           words, size, took / 1e6, (double)text.st_size / took, (double)text.st_size / 1e6,
           (double)quantised.st_size / 1e6, PUBLIC_WORDS, took / 1e6 * PUBLIC_WORDS / (double)words,
           (double)quantised.st_size / 1e6 * PUBLIC_WORDS / (double)words);
    struct vectors *v = vectors_open(&(struct vectors_part){"", fileno(to)}, 1, &why);
    fclose(from);
    fclose(to);
    return v;
}

static void make_text(size_t words, char *ret)
{
    size_t used = 0;
    for (int i = 0; i < QUERY_WORDS; i++) {
        used += make_word(chance() % words, ret + used);
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
        double start = now_us();
        vectors_text(v, "it", text, strlen(text), vector);
        took[i] = now_us() - start;
    }
    qsort(took, LOOK_UPS, sizeof *took, by_number);
    printf("a text of %d words: median %.1f us, p99 %.1f us (bound: 10)\n", QUERY_WORDS, took[LOOK_UPS / 2],
           took[LOOK_UPS * 99 / 100]);
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
    double start = now_us();
    if (meaning_build(&maker, "it", list, entries, NULL, NULL, &out) < 0 ||
        meaning_open(out.data, out.size, entries, &m) < 0)
        exit(1);
    double built = now_us() - start, took[201];
    size_t right = 0;
    for (size_t i = 0; i < 201; i++) {
        struct meaning_query q;
        uint32_t best[8];
        float cosines[8];
        size_t e = chance() % entries, lost = strcspn(texts[e], " ") + 1; /* asked without its first word */
        vectors_text(v, "it", texts[e] + lost, strlen(texts[e] + lost), vector);
        start = now_us();
        meaning_ask(&m, vector, &q);
        size_t found = meaning_best(&m, &q, 8, best, cosines);
        took[i] = now_us() - start;
        right += found > 0 && best[0] == e;
    }
    qsort(took, 201, sizeof *took, by_number);
    printf(
        "%7zu entries: made in %.2f s, %.1f MB; the 8 nearest: median %.0f us, p99 %.0f us (bound: 1000), %zu of 201 "
        "found\n",
        entries, built / 1e6, (double)out.size / 1e6, took[100], took[198], right);
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
