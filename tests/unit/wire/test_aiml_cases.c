/* Cases of AIML: read from their file, or refused with the reason. */
#include "wire/aiml_cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

static void cases_are_read(void **state)
{
    (void)state;
    static const char text[] =
        "[{\"suite\":\"s\",\"class\":\"C\",\"test\":\"t\",\"aiml\":[\"a.aiml\",\"b.aiml\"],\"steps\":["
        "{\"in\":\"x\",\"out\":\"y\"},{\"in\":\"z\",\"out\":null,\"one_of\":[\"1\",\"2\"]}]}]";
    struct arena *arena = arena_new(1 << 20);
    const struct aiml_case *cases;
    const char *why;
    size_t count;
    assert_int_equal(aiml_cases_read(text, strlen(text), arena, &cases, &count, &why), 0);
    assert_int_equal(count, 1);
    assert_string_equal(cases[0].suite, "s");
    assert_string_equal(cases[0].test, "t");
    assert_int_equal(cases[0].file_count, 2);
    assert_string_equal(cases[0].files[1], "b.aiml");
    assert_int_equal(cases[0].step_count, 2);
    assert_string_equal(cases[0].steps[0].outs[0], "y");
    assert_int_equal(cases[0].steps[1].out_count, 2);
    assert_string_equal(cases[0].steps[1].outs[1], "2");
    arena_free(arena);
}

static void what_is_wrong_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why;
    } wrong[] = {
        {"", "line"},
        {"{}", "a list of cases is expected"},
        {"[{}]", "case 1: \"test\" and \"steps\""},
        {"[{\"test\":\"t\",\"steps\":[]}]", "case 1: a list of texts is expected"},
        {"[{\"test\":\"t\",\"aiml\":[1],\"steps\":[]}]", "case 1: a list of texts has something else"},
        {"[{\"test\":\"t\",\"aiml\":[],\"steps\":[{}]}]", "case 1: a step without \"in\""},
        {"[{\"test\":\"t\",\"aiml\":[],\"steps\":[{\"in\":\"x\",\"one_of\":[]}]}]", "case 1: a step with an empty"},
        {"[{\"test\":\"t\",\"test\":\"u\"}]", "duplicate"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct arena *arena = arena_new(1 << 20);
        const struct aiml_case *cases;
        const char *why = "";
        size_t count;
        assert_int_equal(aiml_cases_read(wrong[i].text, strlen(wrong[i].text), arena, &cases, &count, &why), -1);
        if (strstr(why, wrong[i].why) == NULL)
            fail_msg("%s: %s", wrong[i].text, why);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_are_read),
        cmocka_unit_test(what_is_wrong_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
