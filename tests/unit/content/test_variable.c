/* Variable: names, and where texts mention them. */
#include "content_test.h"

#include "content/variable.h"

static void names_end_where_they_end(void **state)
{
    (void)state;
    assert_int_equal(variable_size("numero è"), 6);
    assert_int_equal(variable_size("o.righe.1.titolo."), 16);
    assert_int_equal(variable_size("nome-cognome- x"), 12);
    assert_int_equal(variable_size("città,"), 6);
    assert_int_equal(variable_size("1a"), 0);
    assert_int_equal(variable_size("-a"), 0);
    assert_int_equal(variable_size("“a”"), 0);
    assert_int_equal(variable_size(""), 0);
    assert_int_equal(variable_size("a\xff"), 1);
    assert_true(variable_is_plain("nome_2"));
    assert_false(variable_is_plain("o.x"));
    assert_false(variable_is_plain("a "));
}

static void braces_around_names_are_found(void **state)
{
    (void)state;
    const char *text = "{a} { b } {c.d} {1} {{e} {f", *at = text, *name;
    size_t size;
    assert_ptr_equal(variable_next(&at, &name, &size), text);
    assert_true(size == 1 && *name == 'a');
    assert_ptr_equal(variable_next(&at, &name, &size), text + 10);
    assert_true(size == 3 && memcmp(name, "c.d", 3) == 0);
    assert_ptr_equal(variable_next(&at, &name, &size), text + 21);
    assert_true(size == 1 && *name == 'e');
    assert_null(variable_next(&at, &name, &size));
}

static void some_are_built_in(void **state)
{
    (void)state;
    assert_true(variable_is_built_in("now.hour"));
    assert_true(variable_is_built_in("visitor.qualsiasi"));
    assert_false(variable_is_built_in("now.minute"));
    for (size_t i = 0; variable_built_in(i) != NULL; i++)
        assert_true(variable_is_built_in(variable_built_in(i)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_end_where_they_end),
                                       cmocka_unit_test(braces_around_names_are_found),
                                       cmocka_unit_test(some_are_built_in)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
