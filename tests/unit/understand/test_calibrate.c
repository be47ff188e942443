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

static struct confidence_model fitted(struct shop *s, struct training *t)
{
    struct confidence_model m[CONFIDENCE_MODELS];
    struct sense_build *senses = sense_build_new(s->index, s->entries, NULL);
    assert_int_equal(calibrate(s->index, s->entries, t, senses, m), 0);
    sense_build_free(senses);
    return m[0];
}

static void is_fitted_and_repeatable(void **state)
{
    struct shop *s = shop_new();
    struct training *t = training_new(s->index, NULL), *again = training_new(s->index, NULL);
    struct confidence_model a = fitted(s, t), b = fitted(s, again);
    assert_memory_equal(&a, &b, sizeof a);
    assert_memory_equal(&a, &s->index->head->models[0], sizeof a);
    assert_true(memcmp(&a, &confidence_prior, sizeof a) != 0);
    training_free(t);
    training_free(again);
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
    assert_true(good->scope[10] > bad->scope[10] && good->first[9] > bad->first[9] + 0.5);
    index_close(x);
    index_close(y);
    buf_free(&image);
    buf_free(&other);
    invented_free(s);
    (void)state;
}

/* A single entry needs no classifier. Its inputs of claims are 0, so that their weights stay. */
static void without_a_classifier_it_has_a_prior_of_its_own(void **state)
{
    enum { PHRASINGS = 30 };
    char texts[PHRASINGS][200];
    const char *phrasings[PHRASINGS];
    for (size_t i = 0; i < PHRASINGS; i++) {
        snprintf(texts[i], sizeof texts[i], "quando è il corso numero %zu di %s", i, shop_answers[i % SHOP_ENTRIES]);
        phrasings[i] = texts[i];
    }
    const struct index_entry entry = {phrasings, PHRASINGS, "Sabato alle 9.", "corsi"};
    struct buf image;
    buf_init(&image, 1 << 20);
    assert_int_equal(index_build("it", &entry, 1, NULL, &image), 0);
    struct index *x = index_open(image.data, image.size);
    assert_non_null(x);
    assert_null(x->classifier);
    const struct confidence_model *m = &x->head->models[0], *prior = &confidence_prior_unclassified;
    assert_true(memcmp(m, prior, sizeof *m) != 0);
    for (size_t i = 7; i < 10; i++)
        assert_true(m->scope[i] == prior->scope[i]);
    index_close(x);
    buf_free(&image);
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
        cmocka_unit_test(without_a_classifier_it_has_a_prior_of_its_own),
        cmocka_unit_test(a_site_without_entries_keeps_the_prior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
