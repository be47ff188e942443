/* Import_list: items judged, cleaned and told apart. */
#include "import_test.h"

static void give(struct import_list *list, const char *id, const char *question, const char *answer)
{
    const struct import_item item = {.line = 7, .id = id, .topic = " a\n b ", .question = question, .answer = answer};
    import_list_add(list, &item);
}

static void control_signs_are_spaces(void **state)
{
    struct fixture *f = *state;
    struct import_list list;
    static const char *const wordings[] = {"x\x0by\x7f", " \t", "z"};
    const struct option option = {.kind = OPTION_ENTRY, .target = "b", .title = "Vai\x01 qui"};
    const struct import_item item = {.question = "\x02Uno\x0c due?\n",
                                     .answer = "a\x0b"
                                               "b\r\nc\x1f",
                                     .wordings = wordings,
                                     .wording_count = 3,
                                     .options = &option,
                                     .option_count = 1};
    open_list(f, &list, NULL);
    import_list_add(&list, &item);
    assert_string_equal(entries_of(f, &list), "/uno-due: Uno due? | x y | z = a b/c  [Vai qui>b]\n");
    import_list_close(&list);
}

static void tolerant_lists_mend_what_strict_ones_refuse(void **state)
{
    struct fixture *f = *state;
    struct import_list list;
    open_list(f, &list, NULL);
    give(&list, "a b", "Uno?", "1");
    give(&list, "x", "Due?", "2");
    give(&list, "x", "Tre?", "3");
    give(&list, "x", "Due?", "2");  /* a double */
    give(&list, NULL, "Uno?", "1"); /* another */
    give(&list, NULL, "", "4");
    give(&list, NULL, "Vuota?", " \n");
    assert_string_equal(entries_of(f, &list), "a b/uno: Uno? = 1\na b/x: Due? = 2\na b/tre: Tre? = 3\n");
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 0);
    assert_int_equal(problems_count(f->problems, SEVERITY_WARNING), 2);
    import_list_close(&list);
    assert_int_equal(import_list_open(&list, f->arena, "source", NULL, false, f->problems), 0);
    give(&list, "a b", "Uno?", "1");
    give(&list, "x", "Due?", "2");
    give(&list, "x", "Tre?", "3");
    give(&list, NULL, "Uno?", "1");
    give(&list, NULL, "Uno?", "1");
    assert_string_equal(entries_of(f, &list), "a b/x: Due? = 2\na b/uno: Uno? = 1\na b/uno-2: Uno? = 1\n");
    assert_non_null(strstr(printed(f), "source:7: error: the id cannot be one"));
    assert_non_null(strstr(printed(f), "source:7: error: the id “x” is already that of the row in line 7"));
    import_list_close(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(control_signs_are_spaces),
                                       TEST(tolerant_lists_mend_what_strict_ones_refuse)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
