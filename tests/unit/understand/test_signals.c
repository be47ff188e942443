/* A word's signals are its stem, its letters and its meanings; a pair's are with and without order. */
#include "understand/signals.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static size_t signals(const struct thesaurus *t, const char *word, bool stop, struct signal ret[SIGNALS_OF_WORD])
{
    return signals_of_word("en", t, word, strlen(word), stop, ret);
}

static size_t count_kind(const struct signal *s, size_t count, enum signal_kind kind)
{
    size_t of_kind = 0;
    for (size_t i = 0; i < count; i++)
        of_kind += s[i].kind == kind;
    return of_kind;
}

static void a_word_has_its_features_the_stem_first(void **state)
{
    struct signal s[SIGNALS_OF_WORD];
    uint32_t features[FEATURES_MAX];
    size_t count = signals(NULL, "delivery", false, s);
    assert_int_equal(count, features_of("en", "delivery", 8, false, features));
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(s[i].key, features[i]);
        assert_int_equal(s[i].kind, SIGNAL_FEATURE);
        assert_true(s[i].weight > 0 && s[i].weight <= s[0].weight);
    }
    (void)state;
}

/* A table of two words: both in set 7, the second in a broader one, too. */
static void words_of_one_meaning_share_its_set(void **state)
{
    struct thesaurus_stem stems[] = {
        {.key = thesaurus_key("car", 3), .count = 1, .sets = {{.id = 7, .rank = 0}}},
        {.key = thesaurus_key("van", 3),
         .count = 3,
         .sets = {{.id = 3, .rank = 0}, {.id = 7, .rank = 1}, {9, 0, true}}},
    };
    struct buf table;
    buf_init(&table, 1 << 16);
    assert_int_equal(thesaurus_write(&table, "en", stems, 2, 10), 0);
    struct thesaurus *t = thesaurus_open(table.data, table.size, "en");
    assert_non_null(t);
    struct signal car[SIGNALS_OF_WORD], van[SIGNALS_OF_WORD], stop[SIGNALS_OF_WORD];
    size_t cars = signals(t, "car", false, car), vans = signals(t, "van", false, van);
    assert_int_equal(count_kind(car, cars, SIGNAL_SET), 1);
    assert_int_equal(count_kind(van, vans, SIGNAL_SET), 3);
    const struct signal *own = &car[cars - 1], *rarer = NULL, *usual = &van[vans - 3], *broad = &van[vans - 1];
    for (size_t i = 0; i < vans; i++)
        rarer = van[i].key == own->key ? &van[i] : rarer;
    assert_non_null(rarer);
    assert_true(rarer->weight < own->weight); /* its second sense */
    assert_true(usual->key != own->key && usual->weight > rarer->weight);
    assert_true(broad->weight < usual->weight);
    /* A function word has letters, but no meaning. */
    assert_int_equal(signals(t, "car", true, stop), cars - 1);
    assert_int_equal(count_kind(stop, cars - 1, SIGNAL_SET), 0);
    thesaurus_free(t);
    buf_free(&table);
    (void)state;
}

static void neighbours_are_known_with_and_without_order(void **state)
{
    struct signal a[SIGNALS_OF_PAIR], b[SIGNALS_OF_PAIR];
    assert_int_equal(signals_of_pair(11, 22, 1, a), 2);
    assert_int_equal(signals_of_pair(22, 11, 1, b), 2);
    assert_int_equal(a[0].key, b[0].key);
    assert_int_not_equal(a[1].key, b[1].key);
    assert_int_not_equal(a[0].key, a[1].key);
    assert_int_not_equal(a[0].key, b[1].key);
    assert_true(a[0].kind == SIGNAL_PAIR && a[1].kind == SIGNAL_PAIR);
    /* The same word twice. */
    assert_int_equal(signals_of_pair(11, 11, 1, a), 2);
    assert_int_not_equal(a[0].key, a[1].key);
    (void)state;
}

static void words_further_apart_are_known_without_order(void **state)
{
    struct signal near[SIGNALS_OF_PAIR], far[SIGNALS_OF_PAIR], back[SIGNALS_OF_PAIR], other[SIGNALS_OF_PAIR];
    signals_of_pair(11, 22, 1, near);
    for (size_t distance = 2; distance <= SIGNALS_REACH; distance++) {
        assert_int_equal(signals_of_pair(11, 22, distance, far), 1);
        assert_int_equal(signals_of_pair(22, 11, distance, back), 1);
        assert_int_equal(far[0].key, back[0].key);
        assert_int_equal(far[0].key, near[0].key);
        assert_int_equal(signals_of_pair(11, 23, distance, other), 1);
        assert_int_not_equal(far[0].key, other[0].key);
    }
    (void)state;
}

enum { FRAME_MOST = 16 };

/* The keys of a frame; words of content are below 100. */
static size_t frame_of(const uint32_t *keys, size_t words, uint32_t ret[FRAME_MOST])
{
    struct signals_frame f = signals_frame();
    struct signal s[SIGNALS_OF_FRAME];
    size_t count = 0;
    for (size_t i = 0; i <= words; i++) {
        size_t more = i < words ? signals_of_frame(&f, keys[i], keys[i] >= 100, s) : signals_of_frame_end(&f, s);
        for (size_t k = 0; k < more; k++) {
            assert_true(s[k].kind == SIGNAL_FRAME && s[k].weight > 0 && count < FRAME_MOST);
            ret[count++] = s[k].key;
        }
    }
    return count;
}

static void a_frame_knows_function_words_and_their_order_alone(void **state)
{
    uint32_t frame[FRAME_MOST], other[FRAME_MOST];
    /* how do I pay my bill; … see my last two orders; do how I pay my bill; how do I pay */
    size_t count = frame_of((uint32_t[]){100, 101, 102, 7, 103, 8}, 6, frame);
    assert_int_equal(count, 13); /* a pair and a row of three at each word and the end, but for the first */
    assert_int_equal(frame_of((uint32_t[]){100, 101, 102, 9, 103, 10, 11, 12}, 8, other), count);
    assert_memory_equal(frame, other, count * sizeof *frame);
    assert_int_equal(frame_of((uint32_t[]){101, 100, 102, 7, 103, 8}, 6, other), count);
    assert_memory_not_equal(frame, other, count * sizeof *frame);
    assert_int_not_equal(frame_of((uint32_t[]){100, 101, 102, 7}, 4, other), count);
    assert_int_equal(frame_of(NULL, 0, other), 1);
    (void)state;
}

static void the_next_word_pairs_with_those_before_it(void **state)
{
    struct signals_before before = {0};
    struct signal got[SIGNALS_OF_PAIRS], one[SIGNALS_OF_PAIR];
    const uint32_t keys[] = {11, 22, 33, 44, 55};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        size_t reach = i < SIGNALS_REACH ? i : SIGNALS_REACH, count = signals_of_next(&before, keys[i], got), at = 0;
        for (size_t d = 1; d <= reach; d++) {
            size_t pair = signals_of_pair(keys[i - d], keys[i], d, one);
            for (size_t k = 0; k < pair; k++, at++)
                assert_memory_equal(&got[at], &one[k], sizeof one[k]);
        }
        assert_int_equal(count, at);
    }
    (void)state;
}

static void the_longest_word_fits(void **state)
{
    struct signal s[SIGNALS_OF_WORD];
    char word[400];
    memset(word, 'x', sizeof word);
    assert_in_range(signals_of_word("it", thesaurus_of("it"), word, sizeof word, false, s), 2, SIGNALS_OF_WORD);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_has_its_features_the_stem_first),
        cmocka_unit_test(words_of_one_meaning_share_its_set),
        cmocka_unit_test(neighbours_are_known_with_and_without_order),
        cmocka_unit_test(words_further_apart_are_known_without_order),
        cmocka_unit_test(a_frame_knows_function_words_and_their_order_alone),

        cmocka_unit_test(the_next_word_pairs_with_those_before_it),
        cmocka_unit_test(the_longest_word_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
