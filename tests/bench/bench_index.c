/* How long building an index and looking up in it take, beside plain work of the processor done
 * at the same moment: a look-up is told in microseconds and in units of folding nothing but
 * hashing 16 kB, so that figures of two machines can be compared.
 *
 *   bench_index [ENTRIES …]     default 120 500 5000 100000
 *
 * Entries are generated: words of letters by a seeded generator, chosen by Zipf's law, questions
 * of 4 to 11 words, answers of 20 to 60. Questions asked are those of entries with a word left
 * out, a letter lost in another, or a strange word put in. */
#include "base/arena.h"
#include "base/hash.h"
#include "understand/index.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WORDS = 30000, LOOK_UPS = 2000, TEXT_BYTES = 1024, HASHED_BYTES = 16384 };

static uint64_t seed = 42;
static char words[WORDS][16];
static double zipf[WORDS];

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

static void make_words(void)
{
    static const char *const starts[] = {"b", "c", "d", "f",  "g",  "l",  "m",  "n",  "p",  "r",
                                         "s", "t", "v", "st", "pr", "tr", "sp", "gl", "qu", "z"};
    static const char *const vowels[] = {"a", "e", "i", "o", "u", "ia", "io", "an", "en", "or"};
    double sum = 0;
    for (size_t w = 0; w < WORDS; w++) {
        size_t syllables = w < 50 ? 1 : 2 + chance() % 3;
        for (size_t s = 0; s < syllables && strlen(words[w]) < 11; s++) {
            strncat(words[w], starts[chance() % 20], 3);
            strncat(words[w], vowels[chance() % 10], 3);
        }
        zipf[w] = sum += 1 / (double)(w + 3);
    }
    for (size_t w = 0; w < WORDS; w++)
        zipf[w] /= sum;
}

static const char *choose_word(void)
{
    double at = (double)(chance() >> 11) / (double)(1ull << 53);
    size_t low = 0, high = WORDS - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (zipf[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return words[low];
}

static char *make_text(struct arena *arena, size_t least, size_t most)
{
    char text[TEXT_BYTES] = "";
    size_t count = least + chance() % (most - least + 1), used = 0;
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i ? " " : "", choose_word());
    return arena_strdup(arena, text);
}

static void ask_badly(const char *question, char *ret)
{
    size_t used = 0, left_out = chance() % 5, hurt = chance() % 5;
    for (size_t i = 0; *question != '\0'; i++) {
        size_t size = strcspn(question, " ");
        if (i != left_out)
            used += (size_t)snprintf(ret + used, TEXT_BYTES - used, "%.*s ",
                                     (int)(i == hurt && size > 4 ? size - 1 : size), question);
        question += size + (question[size] == ' ');
    }
    ret[used] = '\0';
    if (chance() % 4 == 0)
        snprintf(ret + used, TEXT_BYTES - used, "xyloph");
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Median cost of hashing 16 kB now, on this machine. */
static double yardstick(void)
{
    static char bytes[HASHED_BYTES];
    double took[51];
    uint64_t sink = 0;
    for (size_t i = 0; i < 51; i++) {
        double start = now_us();
        sink += hash_bytes(bytes, sizeof bytes);
        took[i] = now_us() - start;
        bytes[i] = (char)sink;
    }
    qsort(took, 51, sizeof *took, by_number);
    return took[25];
}

static int bench(size_t count)
{
    struct arena *arena = arena_new((size_t)1 << 32), *turn = arena_new(1 << 24);
    struct index_entry *entries = arena_array(arena, count, sizeof *entries);
    for (size_t i = 0; i < count; i++) {
        const char **phrasings = arena_array(arena, 2, sizeof *phrasings);
        phrasings[0] = make_text(arena, 4, 11);
        phrasings[1] = make_text(arena, 4, 8);
        entries[i] = (struct index_entry){phrasings, 1 + i % 2, make_text(arena, 20, 60), choose_word()};
    }
    struct buf image;
    buf_init(&image, (size_t)1 << 31);
    double start = now_us();
    if (index_build("it", entries, count, NULL, &image) < 0)
        return 1;
    double built = now_us() - start;
    struct index *x = index_open(image.data, image.size);
    if (x == NULL)
        return 1;
    static double took[LOOK_UPS];
    size_t right = 0;
    double unit = yardstick();
    for (size_t i = 0; i < LOOK_UPS; i++) {
        char text[TEXT_BYTES];
        struct understanding u;
        size_t entry = chance() % count;
        ask_badly(entries[entry].phrasings[0], text);
        arena_reset(turn);
        start = now_us();
        if (understand(x, text, NULL, turn, &u) < 0)
            return 1;
        took[i] = now_us() - start;
        right += u.count > 0 && u.candidates[0].entry == entry;
    }
    qsort(took, LOOK_UPS, sizeof *took, by_number);
    double median = took[LOOK_UPS / 2], p99 = took[LOOK_UPS * 99 / 100];
    printf("%7zu entries: build %8.1f ms, image %6.1f MB; look-up median %6.1f us (%5.1f x hashing 16 kB), "
           "p99 %6.1f us, %4.1f %% found\n",
           count, built / 1e3, (double)image.size / 1e6, median, median / unit, p99, 100.0 * (double)right / LOOK_UPS);
    index_close(x);
    buf_free(&image);
    arena_free(arena);
    arena_free(turn);
    return 0;
}

int main(int count, char **arguments)
{
    static const size_t usual[] = {120, 500, 5000, 100000};
    int failed = 0;
    make_words();
    for (int i = 1; i < count; i++)
        failed |= bench(strtoul(arguments[i], NULL, 10));
    for (size_t i = 0; count < 2 && i < sizeof usual / sizeof *usual; i++)
        failed |= bench(usual[i]);
    return failed;
}
