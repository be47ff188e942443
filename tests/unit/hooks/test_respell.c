/* What a dictionary suggests is taken only where few slips lead there. */
#include "hooks/respell.h"

#include "text/spell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool suggested(const char *lang, const char *word, const char *instead)
{
    struct arena *arena = arena_new(1 << 16);
    size_t count;
    const struct respelling *all = respell(lang, &word, 1, arena, &count);
    bool found = false;
    assert_true((all == NULL) == (count == 0));
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(all[i].word, word);
        found = found || instead == NULL || strcmp(all[i].instead, instead) == 0;
    }
    arena_free(arena);
    return found;
}

static void slips_are_counted_without_accents_and_case(void **state)
{
    assert_true(respell_near("perche", "perché"));
    assert_true(respell_near("PERCHE", "perché"));
    assert_true(respell_near("buongiorno", "buon giorno"));
    assert_true(respell_near("caza", "casa"));
    assert_false(respell_near("caza", "cassa"));
    assert_false(respell_near("ordni", "ardano"));
    assert_true(respell_near("ordni", "ordini"));
    assert_true(respell_near("spedzone", "spedizione"));
    assert_true(respell_near("fattra", "fattura"));
    assert_false(respell_near("fattra", "frattura cosa"));
    assert_false(respell_near("sammies", "ammessa"));
    assert_false(respell_near("", "ammessa"));
    (void)state;
}

static void far_suggestions_are_left_out(void **state)
{
    if (!spell_knows("it"))
        skip();
    assert_true(suggested("it", "spedizzione", "spedizione"));
    assert_false(suggested("it", "sammies", "ammessa"));
    assert_false(suggested("it", "spedizione", NULL));
    (void)state;
}

static void several_words_come_in_their_order(void **state)
{
    if (!spell_knows("it"))
        skip();
    const char *const words[] = {"spedizzione", "sammies", "garanziia"};
    struct arena *arena = arena_new(1 << 16);
    size_t count, last = 0;
    const struct respelling *all = respell("it", words, 3, arena, &count);
    assert_non_null(all);
    for (size_t i = 0; i < count; i++) {
        size_t which = strcmp(all[i].word, words[0]) == 0 ? 0 : 2;
        assert_string_equal(all[i].word, words[which]);
        assert_true(which >= last);
        last = which;
    }
    assert_int_equal(last, 2);
    arena_free(arena);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_are_counted_without_accents_and_case),
        cmocka_unit_test(far_suggestions_are_left_out),
        cmocka_unit_test(several_words_come_in_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
