/* What a language lacks is named, so that somebody can make it. */
#include "text/tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void names_what_is_absent_or_damaged(void **state)
{
    char folder[] = "/tmp/tables-XXXXXX", path[64], said[200];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/negatives.it.txt", folder);
    FILE *f = fopen(path, "w");
    assert_true(f != NULL && fputs("cut in the midd", f) >= 0 && fclose(f) == 0);
    assert_int_equal(setenv("SPORTELLO_SHARE", folder, 1), 0);
    assert_int_equal(tables_missing("it", said, sizeof said), 3);
    assert_string_equal(said, "background.it.tab (absent), negatives.it.txt (damaged), thesaurus.it.tab (absent)");
    assert_int_equal(tables_missing("it", said, 10), 3);
    assert_string_equal(said, "backgroun");
    assert_int_equal(tables_missing("en", said, sizeof said), 4); /* has one more */
    assert_string_equal(said, "background.en.tab (absent), negatives.en.txt (absent), thesaurus.en.tab (absent), "
                              "kinship.en.tab (absent)");
    assert_int_equal(tables_missing("xx", said, sizeof said), 0); /* none are made for it */
    assert_string_equal(said, "");
    assert_int_equal(remove(path), 0);
    assert_int_equal(remove(folder), 0);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_what_is_absent_or_damaged)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
