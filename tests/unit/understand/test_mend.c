/* What is refused is mended, in one way after the other, and never for ever. */
#include "text/spell.h"
#include "understand/mend.h"
#include "unit/understand/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const texts[] = {"la fattura", "le chiavi universali", "il pacco non arriva", "grazie"};

static struct token token_of(const char *word)
{
    struct token t = {.size = strlen(word), .length = strlen(word)};
    memcpy(t.word, word, t.length);
    return t;
}

static void mends_to(struct mender *m, const char *word, const char *wanted)
{
    char mended[MEND_BYTES] = "";
    struct token t = token_of(word);
    size_t size = mend_word(m, &t, false, mended);
    if (size != strlen(wanted) || memcmp(mended, wanted, size) != 0)
        fail_msg("%s became %.*s", word, (int)size, mended);
}

static void each_way_mends(void **state)
{
    if (!spell_knows("it"))
        skip();
    static const struct respelling all[] = {{"phaktura", "fattoria"}, {"phaktura", "fattura"}};
    struct words w = words_new("it", texts, 4);
    struct mender m = mender_of(w.index, all, 2, false);
    mends_to(&m, "phaktura", "fattura");
    mends_to(&m, "kiavi", "chiavi");
    mends_to(&m, "graaazie", "grazie");
    mends_to(&m, "fatttura", "fattura");
    mends_to(&m, "fsttura", "fattura");
    mends_to(&m, "lafattura", "la fattura");
    mends_to(&m, "unoversali", "universali");
    mends_to(&m, "univrersalii", "universali");
    mends_to(&m, "zzyzzyx", "");
    mends_to(&m, "fattur4", "");
    mends_to(&m, "", "");
    char mended[MEND_BYTES];
    struct token name = token_of("fsttura"), plain = token_of("fatura");
    assert_int_equal(mend_word(&m, &name, true, mended), 0);
    assert_int_equal(mend_word(&m, &plain, true, mended), 7);
    words_free(&w);
    (void)state;
}

static void the_work_is_bounded(void **state)
{
    struct words w = words_new("it", texts, 4);
    struct mender m = mender_of(w.index, NULL, 0, false);
    for (size_t i = 0; i < 4; i++)
        mends_to(&m, "zzyzzyxzzy", "");
    mends_to(&m, "univrersalii", ""); /* dear */
    mends_to(&m, "fsttura", "fattura");
    for (size_t i = 0; i < 100; i++)
        mends_to(&m, "zzyzzyx", "");
    assert_false(mend_goes_on(&m));
    mends_to(&m, "fsttura", "");
    m = mender_of(w.index, NULL, 0, false);
    for (size_t i = 0; i < 24; i++)
        mends_to(&m, "fsttura", "fattura");
    mends_to(&m, "fsttura", "");
    words_free(&w);
    (void)state;
}

static void a_forgotten_accent_is_good(void **state)
{
    if (!spell_knows("it"))
        skip();
    struct words w = words_new("it", texts, 4);
    struct mender m = mender_of(w.index, NULL, 0, false);
    struct token t = token_of("citta");
    assert_true(mend_is_good(&m, "citta", 5, &t));
    t = token_of("caffe");
    assert_true(mend_is_good(&m, "caffe", 5, &t));
    t = token_of("cittx");
    assert_false(mend_is_good(&m, "cittx", 5, &t));
    words_free(&w);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_way_mends),
        cmocka_unit_test(the_work_is_bounded),
        cmocka_unit_test(a_forgotten_accent_is_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
