/* A section of meanings: what is near is found, whatever the size, and nonsense is refused. */
#include "understand/meaning_format.h"
#include "vectors_test.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A maker for texts "SEED NEAR": the direction of SEED, and a little of NEAR's. */
static uint64_t next(uint64_t *seed)
{
    *seed += 0x9e3779b97f4a7c15u;
    uint64_t x = (*seed ^ (*seed >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static void direction(const char *text, size_t size, float *ret)
{
    char *end;
    uint64_t first = strtoull(text, &end, 10), second = strtoull(end, NULL, 10);
    for (size_t i = 0; i < size; i++)
        ret[i] = (float)(next(&first) >> 40) / (1 << 23) - 1 +
                 (second > 0 ? 0.4f * ((float)(next(&second) >> 40) / (1 << 23) - 1) : 0);
}

struct fake {
    size_t size, calls, most, fail_at;
};

static int make(void *context, const char *lang, const char *const *texts, size_t count, float *ret)
{
    struct fake *f = context;
    assert_string_equal(lang, "it");
    f->most = count > f->most ? count : f->most;
    if (++f->calls == f->fail_at)
        return -1;
    for (size_t i = 0; i < count; i++)
        if (texts[i][0] != '-')
            direction(texts[i], f->size, ret + i * f->size);
    return 0;
}

static struct meaning_maker maker(struct fake *f)
{
    return (struct meaning_maker){.source = 42, .size = f->size, .make = make, .context = f};
}

/* Entry i has the texts "i+1 1000+k", k < i % 3 + 1; every tenth has none that means anything. */
static struct index_entry *make_entries(struct arena *arena, size_t count)
{
    struct index_entry *entries = arena_array(arena, count, sizeof *entries);
    for (size_t i = 0; i < count; i++) {
        size_t phrasings = i % 3 + 1;
        const char **texts = arena_array(arena, phrasings, sizeof *texts);
        for (size_t k = 0; k < phrasings; k++)
            texts[k] = i % 10 == 9 ? "-" : arena_printf(arena, "%zu %zu", i + 1, 1000000 + i * 3 + k);
        entries[i] = (struct index_entry){texts, phrasings, "", ""};
    }
    return entries;
}

static void open_section(const struct buf *b, size_t from, size_t count, struct meaning *ret)
{
    assert_int_equal(b->size % 8, 0);
    assert_int_equal(meaning_open(b->data + from, b->size - from, count, ret), 0);
}

static void finds_each_entry(size_t count, size_t size, double least)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    struct fake f = {.size = size};
    struct meaning_maker m = maker(&f);
    const struct index_entry *entries = make_entries(arena, count);
    struct meaning s;
    struct meaning_query q;
    struct buf out;
    buf_init(&out, (size_t)1 << 30);
    assert_int_equal(meaning_build(&m, "it", entries, count, NULL, NULL, &out), 0);
    assert_int_equal(f.most, count * 2 < MEANING_BATCH ? f.most : MEANING_BATCH);
    open_section(&out, 0, count, &s);
    assert_int_equal(meaning_source(&s), 42);
    assert_int_equal(meaning_size(&s), size);
    float *vector = calloc(size, sizeof *vector);
    size_t asked = 0, right = 0;
    for (size_t i = 0; i < count; i += count / 200 + 1) {
        char text[32];
        uint32_t best[5];
        float cosines[5], scores[1];
        if (i % 10 == 9)
            continue;
        snprintf(text, sizeof text, "%zu 77", i + 1);
        direction(text, size, vector);
        meaning_ask(&s, vector, &q);
        assert_true(meaning_best(&s, &q, 5, best, cosines) <= 5);
        for (int k = 1; k < 5; k++)
            assert_true(cosines[k] <= cosines[k - 1]);
        meaning_scores(&s, &q, &best[0], 1, scores);
        assert_true(scores[0] == cosines[0]);
        right += best[0] == i;
        asked++;
    }
    assert_true(asked > 0);
    if ((double)right < least * (double)asked)
        fail_msg("%zu of %zu", right, asked);
    free(vector);
    buf_free(&out);
    arena_free(arena);
}

static void the_nearest_entry_is_found(void **state)
{
    finds_each_entry(8, 5, 0.7); /* five dimensions are few */
    finds_each_entry(500, 100, 1);
    (void)state;
}

static void of_many_entries_too(void **state)
{
    /* Directions drawn evenly have no groups to speak of: the hardest case. */
    finds_each_entry(MEANING_SCANNED + 4000, 64, 0.95);
    (void)state;
}

static void cosines_are_what_they_are_without_quantising(void **state)
{
    enum { COUNT = 60, SIZE = 300 };
    struct arena *arena = arena_new(1 << 24);
    struct fake f = {.size = SIZE};
    struct meaning_maker m = maker(&f);
    const struct index_entry *entries = make_entries(arena, COUNT);
    struct buf out;
    struct meaning s;
    struct meaning_query q;
    static float truth[SIZE], vector[SIZE], scores[COUNT];
    buf_init(&out, 1 << 24);
    assert_int_equal(meaning_build(&m, "it", entries, COUNT, NULL, NULL, &out), 0);
    open_section(&out, 0, COUNT, &s);
    direction("5 6", SIZE, vector);
    meaning_ask(&s, vector, &q);
    meaning_scores(&s, &q, NULL, COUNT, scores);
    for (size_t e = 0; e < COUNT; e++) {
        float best = MEANING_NONE;
        for (size_t k = 0; k < entries[e].phrasing_count && e % 10 != 9; k++) {
            direction(entries[e].phrasings[k], SIZE, truth);
            float c =
                cosine_of(vector, truth, SIZE) / sqrtf(cosine_of(vector, vector, SIZE) * cosine_of(truth, truth, SIZE));
            best = c > best ? c : best;
        }
        assert_true(fabsf(scores[e] - best) < 0.003f);
        assert_true((meaning_centroid(&s, &q, (uint32_t)e) == MEANING_NONE) == (e % 10 == 9));
    }
    uint32_t some[] = {7, 9, 3};
    float three[3];
    meaning_scores(&s, &q, some, 3, three);
    assert_true(three[0] == scores[7] && three[1] == MEANING_NONE && three[2] == scores[3]);
    buf_free(&out);
    arena_free(arena);
    (void)state;
}

static void a_text_without_meaning_is_near_to_nothing(void **state)
{
    struct arena *arena = arena_new(1 << 20);
    struct fake f = {.size = 6};
    struct meaning_maker m = maker(&f);
    struct buf out;
    struct meaning s;
    struct meaning_query q;
    uint32_t best[3];
    float cosines[3], bad[2][6] = {{0}, {1, NAN, 0, 0, 0, 0}};
    buf_init(&out, 1 << 20);
    assert_int_equal(meaning_build(&m, "it", make_entries(arena, 10), 10, NULL, NULL, &out), 0);
    open_section(&out, 0, 10, &s);
    for (int i = 0; i < 2; i++) {
        meaning_ask(&s, bad[i], &q);
        assert_int_equal(meaning_best(&s, &q, 3, best, cosines), 0);
        meaning_scores(&s, &q, NULL, 3, cosines);
        assert_true(cosines[0] == MEANING_NONE && cosines[2] == MEANING_NONE);
        assert_true(meaning_centroid(&s, &q, 0) == MEANING_NONE);
    }
    buf_free(&out);
    arena_free(arena);
    (void)state;
}

static void an_opening_entry_is_near_by_words_it_lacks(void **state)
{
    struct vectors *v = open_text(shop_vec);
    struct meaning_maker m = vectors_maker(v);
    static const char *const phrasings[] = {"Quali sono gli orari di chiusura?", "orari di apertura",
                                            "Quanto costa la spedizione?", "Posso pagare con la carta?"};
    static const struct index_entry entries[] = {
        {&phrasings[2], 1, "", ""}, {&phrasings[0], 2, "", ""}, {&phrasings[3], 1, "", ""}};
    struct buf out;
    struct meaning s;
    struct meaning_query q;
    float vector[4], cosines[3];
    uint32_t best[3];
    buf_init(&out, 1 << 20);
    assert_int_equal(meaning_build(&m, "it", entries, 3, NULL, NULL, &out), 0);
    open_section(&out, 0, 3, &s);
    assert_int_equal(meaning_source(&s), vectors_source(v));
    static const char asked[] = "A che ora abbassate la saracinesca?";
    assert_true(vectors_text(v, "it", asked, strlen(asked), vector));
    meaning_ask(&s, vector, &q);
    assert_int_equal(meaning_best(&s, &q, 3, best, cosines), 3);
    assert_int_equal(best[0], 1);
    assert_true(cosines[0] > cosines[1] + 0.2f);
    buf_free(&out);
    vectors_close(v);
    (void)state;
}

static void hostile_bytes_are_refused_or_harmless(void **state)
{
    enum { COUNT = 12 };
    struct arena *arena = arena_new(1 << 20);
    struct fake f = {.size = 6};
    struct meaning_maker m = maker(&f);
    struct buf out;
    struct meaning s;
    struct meaning_query q;
    static const float vector[16] = {1, 2, 3, 4, 5, 6}; /* as many as a row has, whatever a header says */
    float scores[COUNT];
    uint32_t best[COUNT];
    buf_init(&out, 1 << 20);
    assert_int_equal(meaning_build(&m, "it", make_entries(arena, COUNT), COUNT, NULL, NULL, &out), 0);
    assert_int_equal(meaning_open(out.data, out.size, COUNT + 1, &s), -1);
    for (size_t cut = 0; cut < out.size; cut++)
        assert_int_equal(meaning_open(out.data, cut, COUNT, &s), -1);
    size_t opened = 0, refused = 0;
    for (size_t at = 0; at < out.size; at++)
        for (int bit = 0; bit < 8; bit++) {
            out.data[at] ^= (char)(1 << bit);
            if (meaning_open(out.data, out.size, COUNT, &s) == 0) {
                opened++;
                meaning_ask(&s, vector, &q);
                meaning_scores(&s, &q, NULL, COUNT, scores);
                for (size_t i = 0; i < meaning_best(&s, &q, COUNT, best, scores); i++)
                    assert_true(best[i] < COUNT);
            } else {
                refused++;
            }
            out.data[at] ^= (char)(1 << bit);
        }
    assert_true(opened > 0 && refused > 0);
    buf_free(&out);
    arena_free(arena);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_entry_is_found),
        cmocka_unit_test(of_many_entries_too),
        cmocka_unit_test(cosines_are_what_they_are_without_quantising),
        cmocka_unit_test(a_text_without_meaning_is_near_to_nothing),
        cmocka_unit_test(an_opening_entry_is_near_by_words_it_lacks),
        cmocka_unit_test(hostile_bytes_are_refused_or_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
