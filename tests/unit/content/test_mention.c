/* Mention: what is escaped is told from what is meant, and has its place. */
#include "content_test.h"

#include "content/mention.h"

static void finds_in_order_what_is_meant(void **state)
{
    struct fixture *f = *state;
    static const char text[] = "# {a}\n\n{a} \\{a} \\\\{a} {a\\} {b}\nè {a}\n";
    struct collect c = {.arena = f->arena, .problems = f->problems};
    const struct answer_source source = {
        .collect = &c, .file = "a.md", .lang = "it", .text = {text, strlen(text)}, .line = 10};
    cmark_node *document = answer_parse(source.text);
    struct mentions m = mentions_of(&source, cmark_node_last_child(document));
    struct place first = mentions_place(&source, mentions_next(&m, "a", 1));
    assert_int_equal(first.line, 12);
    assert_int_equal(first.column, 1);
    assert_null(mentions_next(&m, "a", 1));
    assert_non_null(mentions_next(&m, "a", 1)); /* the backslash itself is escaped */
    assert_null(mentions_next(&m, "a", 1));
    mentions_skip(&m, "{b}");
    struct place last = mentions_place(&source, mentions_next(&m, "a", 1));
    assert_int_equal(last.line, 13);
    assert_int_equal(last.column, 3);
    assert_null(mentions_next(&m, "a", 1));
    cmark_node_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(finds_in_order_what_is_meant)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
