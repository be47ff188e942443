/* An image has its meanings, or does without, and is the same as ever for questions that come without. */
#include "invented.h"
#include "understand/sense_build.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { ARENA_BYTES = 16 << 20 };

/* Passes on to the vectors, and cannot any more from one call on. */
struct failing {
    const struct meaning_maker *inner;
    size_t calls, good_calls;
};

static int make(void *context, const char *lang, const char *const *texts, size_t count, float *ret)
{
    struct failing *f = context;
    assert_in_range(count, 1, MEANING_BATCH);
    if (f->calls++ >= f->good_calls)
        return -1;
    return f->inner->make(f->inner->context, lang, texts, count, ret);
}

static struct meaning_maker maker(struct failing *f)
{
    return (struct meaning_maker){f->inner->source + 1, f->inner->size, make, f};
}

/* Whether two indexes say the same of every text of the site and of some others, asked without a meaning. */
static void says_the_same(const struct invented *s, const struct index *a, const struct index *b)
{
    struct arena *arena = arena_new(ARENA_BYTES);
    for (size_t i = 0; i < 4 * INVENTED_ENTRIES; i++) {
        char text[INVENTED_TEXT];
        struct understanding u, v;
        arena_reset(arena);
        invented_text(i % 2 ? INVENTED_WORD_ITSELF : INVENTED_SYNONYM, i % INVENTED_ENTRIES, 3 + i, text);
        if (i % 3 == 0)
            text[strlen(text) / 2] = 'x';
        assert_int_equal(understand(a, text, NULL, arena, &u), 0);
        assert_int_equal(understand(b, text, NULL, arena, &v), 0);
        assert_true(u.in_scope == v.in_scope && u.count == v.count && u.close == v.close);
        for (size_t k = 0; k < u.count; k++)
            assert_memory_equal(&u.candidates[k], &v.candidates[k], sizeof u.candidates[k]);
    }
    arena_free(arena);
    (void)s;
}

static void without_a_meaning_all_is_as_before(void **state)
{
    struct invented *s = invented_new();
    struct failing f = {&s->maker, 0, SIZE_MAX};
    const struct meaning_maker embedded = maker(&f);
    struct buf image, plain;
    struct index *x = invented_index(s, &s->maker, &embedded, &image), *without = invented_index(s, NULL, NULL, &plain);
    assert_int_equal(x->kinds, 3);
    assert_int_equal(without->kinds, 0);
    says_the_same(s, x, without);
    index_close(x);
    index_close(without);
    buf_free(&image);
    buf_free(&plain);
    invented_free(s);
    (void)state;
}

static void a_maker_that_fails_leaves_its_kind_out(void **state)
{
    struct invented *s = invented_new();
    struct failing f = {&s->maker, 0, SIZE_MAX};
    const struct meaning_maker embedded = maker(&f);
    struct buf image, plain, only;
    struct index *x = invented_index(s, &s->maker, &embedded, &image), *without = invented_index(s, NULL, NULL, &plain);
    struct index *words = invented_index(s, &s->maker, NULL, &only);
    size_t calls = f.calls;
    index_close(x);
    buf_free(&image);
    assert_in_range(calls, 2, 10);
    for (size_t good = 0; good < calls; good++) {
        f = (struct failing){&s->maker, 0, good};
        x = invented_index(s, NULL, &embedded, &image);
        assert_non_null(x);
        assert_int_equal(x->kinds, 0);
        assert_int_equal(f.calls, good + 1); /* it is not asked again */
        assert_int_equal(image.size, plain.size);
        says_the_same(s, x, without);
        index_close(x);
        buf_free(&image);
        f = (struct failing){&s->maker, 0, good};
        x = invented_index(s, &s->maker, &embedded, &image);
        assert_int_equal(x->kinds, 1 << MEANING_WORDS);
        assert_int_equal(image.size, only.size);
        assert_memory_equal(image.data, only.data, only.size);
        index_close(x);
        buf_free(&image);
    }
    index_close(without);
    index_close(words);
    buf_free(&plain);
    buf_free(&only);
    invented_free(s);
    (void)state;
}

static void the_same_gives_the_same_and_keeps_its_source(void **state)
{
    struct invented *s = invented_new();
    struct buf a, b;
    struct index *x = invented_index(s, &s->maker, NULL, &a), *y = invented_index(s, &s->maker, NULL, &b);
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.data, b.data, a.size);
    assert_true(meaning_source(&x->meanings[MEANING_WORDS]) == s->maker.source);
    assert_int_equal(meaning_size(&x->meanings[MEANING_WORDS]), INVENTED_SIZE);
    index_close(x);
    index_close(y);
    buf_free(&a);
    buf_free(&b);
    invented_free(s);
    (void)state;
}

/* Whatever bytes of the sections or of what the header says of them change: refused, or it stays inside. */
static void a_damaged_section_is_refused_or_harmless(void **state)
{
    struct invented *s = invented_new();
    struct arena *arena = arena_new(ARENA_BYTES);
    struct buf image;
    struct index *x = invented_index(s, &s->maker, NULL, &image);
    struct image_header *h = (struct image_header *)image.data;
    float vector[INVENTED_SIZE];
    struct understand_options o = invented_options(s, s->texts[0][0], vector);
    const size_t at = h->sections[SECTION_MEANINGS].at, size = h->sections[SECTION_MEANINGS].count;
    size_t opened = 0, rounds = 2000;
    uint64_t chance = 3;
    index_close(x);
    for (size_t round = 0; round < rounds; round++) {
        chance = hash_mix(chance + 1);
        size_t place = round % 4 == 0 ? offsetof(struct image_header, models) +
                                            chance % (sizeof *h - offsetof(struct image_header, models))
                                      : at + chance % (round % 4 == 1 ? 256 : size);
        image.data[place] ^= (char)(1 << (chance >> 32) % 8);
        x = index_open(image.data, image.size);
        struct understanding u;
        arena_reset(arena);
        if (x != NULL)
            assert_int_equal(understand(x, s->texts[0][0], &o, arena, &u), 0);
        opened += x != NULL;
        index_close(x);
        image.data[place] ^= (char)(1 << (chance >> 32) % 8);
    }
    assert_in_range(opened, 1, rounds - 1);
    ((char *)image.data)[at] ^= 1; /* its magic */
    assert_null(index_open(image.data, image.size));
    ((char *)image.data)[at] ^= 1;
    h->scales[MEANING_WORDS].high = h->scales[MEANING_WORDS].low;
    assert_null(index_open(image.data, image.size));
    buf_free(&image);
    arena_free(arena);
    invented_free(s);
    (void)state;
}

static void a_phrasing_asks_as_if_it_were_not_there(void **state)
{
    struct invented *s = invented_new();
    struct arena *arena = arena_new(ARENA_BYTES);
    struct buf plain;
    struct index *x = invented_index(s, NULL, NULL, &plain);
    s->phrasings[2][0] = "xyzzy"; /* no vector: the others' numbers must not slip */
    const struct index_options options = {.makers[MEANING_WORDS] = &s->maker};
    struct sense_build *b = sense_build_new(x, s->entries, &options, &(struct advance){0});
    assert_non_null(b);
    assert_int_equal(sense_build_outside(b, NULL, 0), 0);
    for (uint32_t d = 0; d < x->head->docs; d++) {
        const struct image_doc *doc = &x->docs[d];
        struct sense hidden, asked;
        float vector[INVENTED_SIZE], with, without;
        arena_reset(arena);
        assert_int_equal(sense_build_doc(b, d, arena, &hidden), 0);
        if (doc->entry == 2 && doc->phrasing == 0) {
            assert_int_equal(hidden.kinds, 0);
            continue;
        }
        struct understand_options o = invented_options(s, s->phrasings[doc->entry][doc->phrasing], vector);
        assert_int_equal(sense_of(x, &o, arena, &asked), 0);
        meaning_scores(&x->meanings[MEANING_WORDS], asked.asked[MEANING_WORDS], &doc->entry, 1, &with);
        meaning_scores(&x->meanings[MEANING_WORDS], hidden.asked[MEANING_WORDS], &doc->entry, 1, &without);
        assert_true(with > 0.99f && without < 0.97f && without > 0);
    }
    sense_build_free(b);
    index_close(x);
    buf_free(&plain);
    arena_free(arena);
    invented_free(s);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_meaning_all_is_as_before),
        cmocka_unit_test(a_maker_that_fails_leaves_its_kind_out),
        cmocka_unit_test(the_same_gives_the_same_and_keeps_its_source),
        cmocka_unit_test(a_damaged_section_is_refused_or_harmless),
        cmocka_unit_test(a_phrasing_asks_as_if_it_were_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
