/* Bytes from outside become text. */
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void what_is_text_stays_and_the_rest_is_mended(void **state)
{
    static const struct {
        const char *bytes, *text;
    } rows[] = {
        {"", ""},
        {"perché", "perché"},
        {"\xf0\x9f\x91\x8d", "\xf0\x9f\x91\x8d"},
        {"perch\xe9", "perch\xef\xbf\xbd"},
        {"a\tb", "a\tb"},
        {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
        {"a\x01z", "a\xef\xbf\xbdz"},
    };
    struct arena *arena = arena_new(1 << 16);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *text = utf8_mend(arena, rows[i].bytes, strlen(rows[i].bytes));
        if (text == NULL || strcmp(text, rows[i].text) != 0)
            fail_msg("row %zu: got “%s”", i, text != NULL ? text : "nothing");
    }
    arena_free(arena);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_text_stays_and_the_rest_is_mended)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
