/* An edition's own phrasings move the confidence, always in the same way. */
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

static struct confidence_model fitted(struct shop *s, struct training *t)
{
    struct confidence_model m;
    assert_int_equal(calibrate(s->index, s->entries, t, &m), 0);
    return m;
}

static void is_fitted_and_repeatable(void **state)
{
    struct shop *s = shop_new();
    struct training *t = training_new(s->index, NULL), *again = training_new(s->index, NULL);
    struct confidence_model a = fitted(s, t), b = fitted(s, again);
    assert_memory_equal(&a, &b, sizeof a);
    assert_memory_equal(&a, &s->index->head->model, sizeof a);
    assert_true(memcmp(&a, &confidence_prior, sizeof a) != 0);
    training_free(t);
    training_free(again);
    shop_free(s);
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
    const struct confidence_model *m = &x->head->model, *prior = &confidence_prior_unclassified;
    assert_true(memcmp(m, prior, sizeof *m) != 0);
    for (size_t i = CONFIDENCE_SCOPE_SIZE - 3; i < CONFIDENCE_SCOPE_SIZE; i++)
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
        assert_true(x->head->model.scope[i] == confidence_prior_unclassified.scope[i]);
    arena_free(arena);
    index_close(x);
    buf_free(&image);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_fitted_and_repeatable),
        cmocka_unit_test(without_a_classifier_it_has_a_prior_of_its_own),
        cmocka_unit_test(a_site_without_entries_keeps_the_prior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
