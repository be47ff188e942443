/* Meanings find what shares no word with the question, and mean nothing where they are another model's. */
#include "invented.h"
#include "understand/sense.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { QUESTIONS = 30, ARENA_BYTES = 16 << 20 };
static const double offer = 0.3; /* below, a question is refused */

/* How many of the questions by synonyms find their entry, and find it for sure enough to be offered. */
static size_t find_synonyms(const struct invented *s, const struct index *x, bool with, struct arena *arena)
{
    size_t found = 0;
    for (size_t i = 0; i < QUESTIONS; i++) {
        char text[INVENTED_TEXT];
        float vector[INVENTED_SIZE];
        struct understanding u;
        size_t entry = i % INVENTED_ENTRIES;
        arena_reset(arena);
        invented_text(INVENTED_SYNONYM, entry, 1 + i / INVENTED_ENTRIES, text);
        struct understand_options o = invented_options(s, text, vector);
        assert_int_equal(understand(x, text, with ? &o : NULL, arena, &u), 0);
        found += u.count > 0 && u.candidates[0].entry == entry && u.candidates[0].confidence >= offer;
    }
    return found;
}

static void synonyms_are_found_by_meaning_only(void **state)
{
    struct invented *s = invented_new();
    struct arena *arena = arena_new(ARENA_BYTES);
    struct buf image;
    struct index *x = invented_index(s, &s->maker, NULL, &image);
    assert_non_null(x);
    assert_in_range(find_synonyms(s, x, false, arena), 0, QUESTIONS / 10);
    assert_in_range(find_synonyms(s, x, true, arena), QUESTIONS * 9 / 10, QUESTIONS);
    index_close(x);
    buf_free(&image);
    arena_free(arena);
    invented_free(s);
    (void)state;
}

static void what_is_out_of_scope_is_refused_still(void **state)
{
    struct invented *s = invented_new();
    struct arena *arena = arena_new(ARENA_BYTES);
    struct buf image;
    struct index *x = invented_index(s, &s->maker, NULL, &image);
    size_t refused = 0;
    for (size_t i = 0; i < QUESTIONS; i++) {
        char text[INVENTED_TEXT];
        float vector[INVENTED_SIZE];
        struct understanding u;
        arena_reset(arena);
        invented_text(INVENTED_STRANGE_WORD, i % (INVENTED_STRANGE / 4), i, text);
        struct understand_options o = invented_options(s, text, vector);
        assert_non_null(o.meanings[MEANING_WORDS]);
        assert_int_equal(understand(x, text, &o, arena, &u), 0);
        refused += u.count == 0 || u.candidates[0].confidence < offer;
    }
    assert_in_range(refused, QUESTIONS - 1, QUESTIONS);
    index_close(x);
    buf_free(&image);
    arena_free(arena);
    invented_free(s);
    (void)state;
}

static void another_source_and_no_meaning_are_left_aside(void **state)
{
    struct invented *s = invented_new();
    struct arena *arena = arena_new(ARENA_BYTES);
    struct buf image, plain;
    struct index *x = invented_index(s, &s->maker, NULL, &image), *without = invented_index(s, NULL, NULL, &plain);
    float vector[INVENTED_SIZE], zeros[INVENTED_SIZE] = {0};
    struct understand_options good = invented_options(s, s->texts[3][0], vector), other = good, empty = good;
    struct sense sense;
    other.sources[MEANING_WORDS]++;
    empty.meanings[MEANING_WORDS] = zeros;
    sense_of(x, &good, arena, &sense);
    assert_int_equal(sense.kinds, 1 << MEANING_WORDS);
    const struct understand_options *const none[] = {NULL, &other, &empty};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(sense_of(x, none[i], arena, &sense), 0);
        assert_int_equal(sense.kinds, 0);
    }
    sense_of(without, &good, arena, &sense);
    assert_int_equal(sense.kinds, 0);
    index_close(x);
    index_close(without);
    buf_free(&image);
    buf_free(&plain);
    arena_free(arena);
    invented_free(s);
    (void)state;
}

static void a_hidden_entry_is_not_among_the_nearest(void **state)
{
    struct invented *s = invented_new();
    struct arena *arena = arena_new(ARENA_BYTES);
    struct buf image;
    struct index *x = invented_index(s, &s->maker, NULL, &image);
    float vector[INVENTED_SIZE];
    struct understand_options o = invented_options(s, s->texts[3][0], vector);
    const struct question_mask hidden = {3, IMAGE_NONE};
    struct sense sense;
    uint32_t best[SENSE_BEST];
    sense_of(x, &o, arena, &sense);
    assert_int_equal(sense_best(x, &sense, NULL, best), SENSE_BEST);
    assert_int_equal(best[0], 3);
    assert_true(sense_nearness(x, &sense, 3) > 1);
    assert_int_equal(sense_best(x, &sense, &hidden, best), SENSE_BEST);
    for (size_t i = 0; i < SENSE_BEST; i++) {
        assert_int_not_equal(best[i], 3);
        assert_true(sense_nearness(x, &sense, best[i]) < 1 && sense_nearness(x, &sense, best[i]) >= 0);
    }
    index_close(x);
    buf_free(&image);
    arena_free(arena);
    invented_free(s);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(synonyms_are_found_by_meaning_only),
        cmocka_unit_test(what_is_out_of_scope_is_refused_still),
        cmocka_unit_test(another_source_and_no_meaning_are_left_aside),
        cmocka_unit_test(a_hidden_entry_is_not_among_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
