/* Block: trees as text, compared. */
#include "content_test.h"

#include "content/answer.h"

static const struct block *blocks(struct fixture *f, const char *markdown)
{
    struct collect c = {.arena = f->arena, .problems = f->problems};
    const struct answer_source source = {
        .collect = &c, .file = "a.md", .lang = "it", .text = {markdown, strlen(markdown)}, .line = 1};
    return answer_read(&source);
}

static void prints_plain_words(void **state)
{
    struct fixture *f = *state;
    const struct block *b = blocks(
        f,
        "Uno **due** [tre](https://a.it)\\\nquattro\n\n- a\n- b\n  1. c\n  2. d\n\n> cita\n\n```\nx\ny\n```\n\n---\n");
    assert_string_equal(answer_text(f->arena, b),
                        "Uno due tre\nquattro\n\n- a\n- b\n  1. c\n  2. d\n\ncita\n\nx\ny\n\n---");
}

static void compares_shapes_and_words(void **state)
{
    struct fixture *f = *state;
    assert_true(block_equal(blocks(f, "a **b**"), blocks(f, "a __b__")));
    assert_false(block_equal(blocks(f, "a **b**"), blocks(f, "a *b*")));
    assert_false(block_equal(blocks(f, "a"), blocks(f, "a\n\nb")));
    assert_false(block_equal(blocks(f, "[a](https://a.it)"), blocks(f, "[a](https://b.it)")));
    assert_true(block_equal(block_paragraph(f->arena, "x"), blocks(f, "x")));
}

static void names_every_kind(void **state)
{
    (void)state;
    for (int kind = 0; kind < BLOCK_KINDS; kind++)
        assert_non_null(block_kind_name((enum block_kind)kind));
    assert_string_equal(block_kind_name(BLOCK_CODE_LINES), "code_lines");
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(prints_plain_words), TEST(compares_shapes_and_words),
                                       TEST(names_every_kind)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
