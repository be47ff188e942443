/* What a message must have for a pattern: that nothing which fits is passed over is tried against the matcher itself,
 * in unit/dialogue/test_match.c. */
#include "edition/need.h"

#include "base/problem.h"
#include "text/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static uint64_t bits_of(const char *text)
{
    struct token_reader reader = token_reader(text, strlen(text));
    uint64_t bits = 0;
    for (struct token t; token_next(&reader, &t);)
        bits |= need_bit(t.word, t.length);
    return bits;
}

static struct needed need_read(struct arena *arena, const char *pattern)
{
    struct problems *problems = problems_new();
    const struct pattern_node *root = pattern_read(arena, "a.yaml", 1, 1, pattern, problems);
    problems_free(problems);
    assert_non_null(root);
    return need_of(root);
}

static void a_pattern_is_passed_over_where_its_words_are_not_there(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *text;
        bool met;
    } rows[] = {
        {"grazie", "Grazie!!", true},
        {"grazie", "prego", false},
        {"* (dove|quando) * ordine *", "dove si trova l’ordine", true},
        {"* (dove|quando) * ordine *", "dove si trova il pacco", false},
        {"* (dove|quando) * ordine *", "il mio ordine", false},
        {"* dov'è *", "DOV’E’ il pacco", true},
        {"* dov'è *", "dove il pacco", false},
        {"[per favore] chiamami", "chiamami", true},
        {"[per favore] chiamami", "per favore", false},
        {"(buon giorno|ciao [a tutti]) mondo", "ciao mondo", true},
        {"(buon giorno|ciao [a tutti]) mondo", "mondo", false},
        {"* a * b * c * d *", "a b c d", true}, /* of four words three are asked for */
        {"~ordini", "prego", true},             /* any form of it, which is not looked into */
        {"{numero}", "prego", true},
        {"[ordine|numero] {numero}", "prego", true},
        {"* (ordine|{numero}) *", "prego", true},
    };
    struct arena *arena = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct needed need = need_read(arena, rows[i].pattern);
        assert_true(need.count <= NEED_SETS);
        if (need_met(&need, bits_of(rows[i].text)) != rows[i].met)
            fail_msg("“%s” on “%s”: expected %d", rows[i].pattern, rows[i].text, rows[i].met);
    }
    arena_free(arena);
}

/* What the fewest messages have is what tells most. */
static void the_smallest_sets_are_kept(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    struct needed need = need_read(arena, "(a|b|c|d|e) (f|g|h) uno (i|k) due tre");
    assert_int_equal(need.count, NEED_SETS);
    assert_true(need_met(&need, bits_of("uno due tre")));
    assert_true((need.sets[0] | need.sets[1] | need.sets[2]) == bits_of("uno due tre"));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pattern_is_passed_over_where_its_words_are_not_there),
        cmocka_unit_test(the_smallest_sets_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
