/* An edition's own phrasings move the confidence, always in the same way. */
#include "invented.h"
#include "understand/calibrate.h"
#include "understand/confidence.h"
#include "unit/understand/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct understand_options explained = {.explain = true};

/* Sees nothing but the second word, which tells nothing. */
static int make_misled(void *context, const char *lang, const char *const *texts, size_t count, float *ret)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < INVENTED_SIZE; k++)
            ret[i * INVENTED_SIZE + k] =
                (float)(hash_mix(hash_bytes(strchrnul(texts[i], ' '), 3) + k) >> 40) / (1 << 23) - 1;
    (void)context, (void)lang;
    return 0;
}

static const struct advance nobody = {0};

static void is_fitted_and_repeatable(void **state)
{
    struct shop *s = shop_new();
    struct confidence_model a[CONFIDENCE_MODELS], b[CONFIDENCE_MODELS];
    struct training *training = training_new(s->index, NULL);
    struct sense_build *senses = sense_build_new(s->index, s->entries, NULL, &nobody);
    assert_int_equal(calibrate(s->index, s->entries, training, senses, &nobody, a), 0);
    assert_int_equal(calibrate(s->index, s->entries, training, senses, &nobody, b), 0);
    assert_memory_equal(a, b, sizeof a);
    assert_memory_equal(a, s->index->head->models, sizeof a);
    /* Without the classifier each phrasing is tried, which is enough to move it. */
    assert_int_equal(calibrate(s->index, s->entries, NULL, senses, &nobody, b), 0);
    assert_true(memcmp(&b[0], &confidence_prior_unclassified, sizeof b[0]) != 0);
    training_free(training);
    sense_build_free(senses);
    shop_free(s);
    (void)state;
}

/* Where a meaning is worth much it gets a large share, where it misleads hardly any. */
static void the_share_follows_what_the_meaning_is_worth(void **state)
{
    struct invented *s = invented_new();
    struct buf image, other;
    for (size_t e = 0; e < INVENTED_ENTRIES; e++) /* each entry has one wording that only its meaning leads to */
        invented_text(INVENTED_SYNONYM, e, 1, s->texts[e][1]);
    struct index *x = invented_index(s, NULL, &s->maker, &image);
    const struct meaning_maker misled = {7, INVENTED_SIZE, make_misled, NULL};
    struct index *y = invented_index(s, NULL, &misled, &other);
    const struct confidence_model *good = &x->head->models[2], *bad = &y->head->models[2];
    assert_true(good->share >= 0.5 && bad->share < 0.2);
    assert_true(good->scope[10] > bad->scope[10] && good->first[9] > bad->first[9] + 0.1);
    index_close(x);
    index_close(y);
    buf_free(&image);
    buf_free(&other);
    invented_free(s);
    (void)state;
}

static void a_site_without_entries_keeps_the_prior(void **state)
{
    struct buf image;
    buf_init(&image, 1 << 20);
    assert_int_equal(index_build("it", NULL, 0, NULL, &image), 0);
    struct index *x = index_open(image.data, image.size);
    struct understanding u;
    struct arena *arena = arena_new(SHOP_ARENA_BYTES);
    assert_non_null(x);
    assert_int_equal(understand(x, "ciao a tutti", &explained, arena, &u), 0);
    assert_true(u.count == 0 && u.in_scope == 0);
    for (size_t i = 0; i < CONFIDENCE_SCOPE_SIZE; i++)
        assert_true(x->head->models[0].scope[i] == confidence_prior_unclassified.scope[i]);
    arena_free(arena);
    index_close(x);
    buf_free(&image);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_fitted_and_repeatable),
        cmocka_unit_test(the_share_follows_what_the_meaning_is_worth),
        cmocka_unit_test(a_site_without_entries_keeps_the_prior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
