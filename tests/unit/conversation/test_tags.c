/* Tags as an agent types them become labels that compare equal. */
#include "conversation/tags.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    return arena == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const struct {
    const char *text, *tags; /* tags with '|' between; NULL = refused */
} cases[] = {
    {NULL, ""},
    {"", ""},
    {" , ,, ", ""},
    {"Reso", "reso"},
    {"  Reso difettoso ,URGENTE", "reso difettoso|urgente"},
    {"a\t \n b", "a b"},
    {"reso,RESO, Reso ", "reso"},
    {"CITT\xc3\x80, \xc2\xa0x\xc2\xa0", "citt\xc3\xa0|x"},
    {"<script>alert(1)</script>", "<script>alert(1)</script>"},
    {"1,2,3,4,5,6,7,8,9,10", "1|2|3|4|5|6|7|8|9|10"},
    {"1,2,3,4,5,6,7,8,9,10,10,1", "1|2|3|4|5|6|7|8|9|10"},
    {"1,2,3,4,5,6,7,8,9,10,11", NULL},
    {"0123456789012345678901234567890123456789", "0123456789012345678901234567890123456789"},
    {"01234567890123456789012345678901234567890", NULL},
    {"a\xff"
     "b",
     NULL},
};

static void tags_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *tags[WORK_TAGS];
        char joined[512] = "";
        size_t count = 0;
        int result = tags_read(arena, cases[i].text, tags, &count);
        assert_int_equal(result, cases[i].tags != NULL ? 0 : -1);
        for (size_t k = 0; k < count; k++)
            snprintf(joined + strlen(joined), sizeof joined - strlen(joined), "%s%s", k > 0 ? "|" : "", tags[k]);
        if (result == 0)
            assert_string_equal(joined, cases[i].tags);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tags_are_read)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
