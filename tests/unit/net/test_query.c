/* Parameters behind the '?', decoded or refused. */
#include "net/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void a_parameter_is_found_by_its_name_and_decoded(void **state)
{
    static const struct {
        const char *query, *value; /* of "q"; NULL = there is none */
    } rows[] = {
        {"q=two+words", "two words"},
        {"before=7&q=a%26b%2Bc", "a&b+c"},
        {"q=%C3%a8", "è"},
        {"q=first&q=second", "first"},
        {"q=", ""},
        {"", NULL},
        {"q", NULL},
        {"qq=1&Q=2", NULL},
        {"a=q=1", NULL},
        {"&&q=1&&", "1"},
        {"q=a=b", "a=b"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *value = query_param(rows[i].query, "q", *state);
        if (rows[i].value == NULL)
            assert_null(value);
        else
            assert_string_equal(value, rows[i].value);
    }
}

static void what_is_malformed_is_no_parameter(void **state)
{
    static const char *const queries[] = {"q=%", "q=%4", "q=%4g", "q=a%00b", "q=%zz", "q=%&x=41", "q=%G0", "q=% 1"};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        assert_null(query_param(queries[i], "q", *state));
}

static void a_value_has_a_ceiling(void **state)
{
    char query[2 + QUERY_VALUE_BYTES + 2] = "q=";
    memset(query + 2, 'a', QUERY_VALUE_BYTES);
    query[2 + QUERY_VALUE_BYTES] = '\0';
    assert_int_equal(strlen(query_param(query, "q", *state)), QUERY_VALUE_BYTES);
    strcat(query, "a");
    assert_null(query_param(query, "q", *state));
}

static void a_number_lies_within_its_range(void **state)
{
    (void)state;
    int64_t number = 0;
    assert_true(query_number("7", 7, 7, &number));
    assert_int_equal(number, 7);
    assert_true(query_number("-3", -5, 5, &number));
    assert_int_equal(number, -3);
    static const char *const none[] = {"", "-", "8x", "1-2", " 1", "+1", "0", "11", "1234567890123456789"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_false(query_number(none[i], 1, 10, &number));
        assert_int_equal(number, -3);
    }
}

static int setup(void **state)
{
    *state = arena_new(1 << 20);
    return *state != NULL ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_parameter_is_found_by_its_name_and_decoded, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_malformed_is_no_parameter, setup, teardown),
        cmocka_unit_test_setup_teardown(a_value_has_a_ceiling, setup, teardown),
        cmocka_unit_test(a_number_lies_within_its_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
