/* Slips undone by the words of the language at large. Needs the language tables. */
#include "text/background.h"
#include "text/fold.h"
#include "understand/tongue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void mends(const char *lang, const char *word, enum typo_slip least, const char *expected)
{
    struct token_reader reader = token_reader(word, strlen(word));
    struct token t;
    char meant[TOKEN_BYTES + 1];
    assert_true(token_next(&reader, &t));
    size_t size = tongue_mend(lang, &t, least, meant);
    meant[size] = '\0';
    if (strcmp(meant, expected) != 0)
        fail_msg("“%s” is read as “%s”, not “%s”", word, meant, expected);
}

static void fingers_slips_are_undone(void **state)
{
    (void)state;
    if (background_of("en") == NULL || background_of("it") == NULL) {
        puts("skipped: there are no language tables");
        skip();
    }
    mends("en", "exhivition", TYPO_NONE, "exhibition");
    mends("en", "meannig", TYPO_NONE, "meaning");
    mends("en", "meaningg", TYPO_NONE, "meaning");
    mends("en", "incehs", TYPO_NONE, "inches");
    /* Italian has no table of kin: nothing would be gained. */
    mends("it", "bicicleta", TYPO_NONE, "");
}

static void what_is_none_stays(void **state)
{
    (void)state;
    static const char *const words[] = {
        "qxzvw", "wqqprt", "abc", "zzzzzzzzzzzzzzzzzzzzzzzz", "caffe1", "\xc3\xa6\xc3\xb8zz"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        mends("en", words[i], TYPO_NONE, "");
    /* A neighbour's key is not believed of a name; no language, no words. */
    mends("en", "exhivition", TYPO_PLAIN, "");
    mends("xx", "exhivition", TYPO_NONE, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fingers_slips_are_undone),
        cmocka_unit_test(what_is_none_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
