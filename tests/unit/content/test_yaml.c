/* Yaml: trees with places, and what is refused. */
#include "content_test.h"

#include "content/yaml.h"

static const struct yaml_value *tree(struct fixture *f, const char *text)
{
    return yaml_tree(f->arena, "a.yaml", 1, text, strlen(text), f->problems);
}

static void keeps_places_in_code_points(void **state)
{
    struct fixture *f = *state;
    const struct yaml_value *v = yaml_find(tree(f, "è: {perché: [uno, \"due\"]}\n"), "è");
    assert_int_equal(v->column, 4);
    v = yaml_find(v, "perché");
    assert_int_equal(v->key_column, 5);
    assert_int_equal(v->count, 2);
    assert_int_equal(v->child->next->column, 19);
    assert_true(v->child->next->quoted);
}

static void notices_texts_cut_by_comments(void **state)
{
    struct fixture *f = *state;
    const struct yaml_value *root =
        tree(f, "# top\nà: uffiçio # 3\nb: \"x\" # fine\nc: |\n  a # b\nd: x#y\ne: [a, b # c\n ]\n");
    assert_int_equal(yaml_find(root, "à")->cut_column, 12);
    assert_int_equal(yaml_find(root, "b")->cut_column, 0);
    assert_string_equal(yaml_find(root, "c")->text, "a # b\n");
    assert_string_equal(yaml_find(root, "d")->text, "x#y");
    assert_int_equal(yaml_find(root, "e")->child->next->cut_column, 10);
}

static void reads_nothing_as_an_empty_map(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(tree(f, "")->kind, YAML_MAP);
    assert_int_equal(tree(f, "# only a comment\n")->count, 0);
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 0);
}

static void refuses_what_is_not_used_here(void **state)
{
    struct fixture *f = *state;
    static const char *const texts[] = {"a: &x 1\n",      "a: *x\n",
                                        "a: !!int 1\n",   "a: 1\n---\nb: 2\n",
                                        "[a]: 1\n",       "? {a: 1}\n: 2\n",
                                        "a: \"x\\0y\"\n", "a: [\n",
                                        "a: 'b\n",        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (tree(f, texts[i]) != NULL)
            fail_msg("%s", texts[i]);
        assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), i + 1);
    }
}

static void has_a_ceiling(void **state)
{
    struct fixture *f = *state;
    size_t size = (YAML_VALUES_MAX + 10) * 2;
    char *text = arena_alloc(f->arena, size + 1);
    for (size_t i = 0; i < size; i += 2)
        memcpy(text + i, i == 0 ? "[a" : ",a", 2);
    assert_null(tree(f, text));
    assert_non_null(strstr(printed(f), "too many values"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keeps_places_in_code_points),
        TEST(notices_texts_cut_by_comments),
        TEST(reads_nothing_as_an_empty_map),
        TEST(refuses_what_is_not_used_here),
        TEST(has_a_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
