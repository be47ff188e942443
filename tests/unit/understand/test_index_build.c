/* An index of real questions finds them again, and an image is the same every time. */
#include "text/token.h"
#include "understand/index.h"
#include "unit/understand/faq_csv.h"
#include "unit/understand/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void the_same_gives_the_same(void **state)
{
    struct shop *a = shop_new(), *b = shop_new();
    assert_int_equal(a->image.size, b->image.size);
    assert_memory_equal(a->image.data, b->image.data, a->image.size);
    shop_free(a);
    shop_free(b);
    (void)state;
}

static void limits_are_kept(void **state)
{
    static const char *const text = "ciao";
    const struct index_entry good = {&text, 1, "", ""}, none = {&text, 0, "", ""};
    struct buf small;
    buf_init(&small, 100);
    assert_int_equal(index_build("it", &good, 1, NULL, &small), -1);
    buf_free(&small);
    buf_init(&small, 1 << 20);
    assert_int_equal(index_build("it", &none, 1, NULL, &small), -1);
    assert_int_equal(index_build("a-very-long-language", &good, 1, NULL, &small), -1);
    assert_int_equal(small.size, 0);
    buf_free(&small);
    (void)state;
}

static void count_progress(void *context, double share)
{
    double *last = context;
    assert_true(share >= *last && share <= 1);
    *last = share;
}

static void progress_is_told(void **state)
{
    static const char *const text = "ciao";
    const struct index_entry entry = {&text, 1, "", ""};
    struct buf out;
    double last = 0;
    buf_init(&out, 1 << 20);
    const struct index_options options = {.progress = count_progress, .context = &last};
    assert_int_equal(index_build("it", &entry, 1, &options, &out), 0);
    assert_true(last == 1);
    buf_free(&out);
    (void)state;
}

/* What was told, and how often while the classifiers were trained: behind the reading, before the end. */
struct told {
    double last;
    size_t training, late;
};

static void note_training(void *context, double share)
{
    struct told *t = context;
    assert_true(share >= t->last && share <= 1);
    t->training += share > 0.6 && share < 1;
    t->late += share > 0.9 && share < 1;
    t->last = share;
}

static void training_is_told(void **state)
{
    struct shop *s = shop_new();
    struct told told = {0};
    struct buf out;
    buf_init(&out, 64 << 20);
    const struct index_options options = {.progress = note_training, .context = &told};
    assert_int_equal(index_build("it", s->entries, SHOP_ENTRIES, &options, &out), 0);
    assert_true(told.last == 1);
    assert_true(told.training >= SHOP_ENTRIES);
    assert_true(told.late >= 2);
    assert_int_equal(out.size, s->image.size);
    assert_memory_equal(out.data, s->image.data, out.size);
    buf_free(&out);
    shop_free(s);
    (void)state;
}

/* Without accents, and with the middle letter of the longest word left out. */
static void spoil(const char *text, char *ret)
{
    struct token_reader r = token_reader(text, strlen(text));
    size_t longest = 0, at = 0, i = 0;
    struct token t;
    for (; token_next(&r, &t); i++)
        if (t.length > longest) {
            longest = t.length;
            at = i;
        }
    r = token_reader(text, strlen(text));
    for (i = 0; token_next(&r, &t); i++)
        for (size_t k = 0; k <= t.length; k++)
            if (i != at || k != t.length / 2)
                *ret++ = k < t.length ? t.word[k] : ' ';
    *ret = '\0';
}

static double share_found(const struct index *x, const struct faq *f, struct arena *arena, bool spoilt)
{
    size_t found = 0;
    for (size_t i = 0; i < f->count; i++) {
        char text[8192];
        struct understanding u;
        const char *question = f->entries[i].phrasings[0];
        snprintf(text, sizeof text, "%s", question);
        if (spoilt)
            spoil(question, text);
        arena_reset(arena);
        assert_int_equal(understand(x, text, NULL, arena, &u), 0);
        found += u.count > 0 && strcmp(f->entries[u.candidates[0].entry].phrasings[0], question) == 0;
    }
    return (double)found / (double)f->count;
}

static void real_questions_are_found_again(void **state)
{
    struct arena *arena = arena_new(SHOP_ARENA_BYTES), *turn = arena_new(SHOP_ARENA_BYTES);
    static const char *const langs[] = {"it", "en"};
    for (size_t l = 0; l < 2; l++) {
        struct faq *f = faq_read(arena, langs[l]);
        struct buf image;
        if (f == NULL) {
            print_message("the FAQ of SHARED/data/io-faq is not there\n");
            arena_free(arena);
            arena_free(turn);
            skip();
        }
        buf_init(&image, 64 << 20);
        assert_int_equal(index_build(langs[l], f->entries, f->count, NULL, &image), 0);
        struct index *x = index_open(image.data, image.size);
        assert_non_null(x);
        assert_true(share_found(x, f, turn, false) >= 0.99);
        assert_true(share_found(x, f, turn, true) >= 0.95);
        index_close(x);
        buf_free(&image);
    }
    arena_free(arena);
    arena_free(turn);
    (void)state;
}

static void what_is_foreign_to_real_questions_gets_no_answer(void **state)
{
    static const char *const foreign[] = {"asdf qwer zxcv",
                                          "che squadra gioca stasera",
                                          "converti 40 miglia in chilometri",
                                          "come si fa il tiramisù",
                                          "che cos'è",
                                          "come faccio a",
                                          "ho fame",
                                          "x"};
    struct arena *arena = arena_new(SHOP_ARENA_BYTES);
    struct faq *f = faq_read(arena, "it");
    struct buf image;
    if (f == NULL) {
        arena_free(arena);
        skip();
    }
    buf_init(&image, 64 << 20);
    assert_int_equal(index_build("it", f->entries, f->count, NULL, &image), 0);
    struct index *x = index_open(image.data, image.size);
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        struct understanding u;
        assert_int_equal(understand(x, foreign[i], NULL, arena, &u), 0);
        if (u.count > 0 && u.candidates[0].confidence >= 0.5f)
            fail_msg("“%s” is answered at %.2f", foreign[i], (double)u.candidates[0].confidence);
    }
    index_close(x);
    buf_free(&image);
    arena_free(arena);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_gives_the_same),
        cmocka_unit_test(limits_are_kept),
        cmocka_unit_test(progress_is_told),
        cmocka_unit_test(training_is_told),
        cmocka_unit_test(real_questions_are_found_again),
        cmocka_unit_test(what_is_foreign_to_real_questions_gets_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
