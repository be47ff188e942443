/* Answer: Markdown becomes blocks or text, never anything else. */
#include "content_test.h"

#include "content/answer.h"

static const struct block *blocks(struct fixture *f, const char *markdown)
{
    struct collect c = {.arena = f->arena, .problems = f->problems};
    const struct answer_source source = {
        .collect = &c, .file = "a.md", .lang = "it", .text = {markdown, strlen(markdown)}, .line = 1};
    return answer_read(&source);
}

/* "paragraph(text:ciao strong(text:x))" */
static void add_shape(struct buf *out, const struct block *b)
{
    for (bool first = true; b != NULL; b = b->next, first = false) {
        buf_printf(out, "%s%s", first ? "" : " ", block_kind_name(b->kind));
        if (b->level > 0)
            buf_printf(out, "%d", b->level);
        if (b->text != NULL)
            buf_printf(out, ":%s", b->text);
        if (b->target != NULL)
            buf_printf(out, "=%s", b->target);
        if (b->child != NULL) {
            buf_putc(out, '(');
            add_shape(out, b->child);
            buf_putc(out, ')');
        }
    }
}

static void assert_shape(struct fixture *f, const char *markdown, const char *expected)
{
    struct buf shape;
    buf_init(&shape, 1 << 20);
    add_shape(&shape, blocks(f, markdown));
    assert_string_equal(shape.data, expected);
    buf_free(&shape);
}

static void makes_typed_trees(void **state)
{
    struct fixture *f = *state;
    assert_shape(f, "a *b* `c`\nd", "paragraph(text:a  emphasis(text:b) text:  code:c text: d)");
    assert_shape(f, "# A\n\n#### B", "heading3(text:A) heading4(text:B)");
    assert_shape(f, "1. a\n2. b", "list1(item(paragraph(text:a)) item(paragraph(text:b)))");
    assert_shape(f, "- a\n\n  b", "list(item(paragraph(text:a) paragraph(text:b)))");
    assert_shape(f, "> a\n\n***\n\n    x\n    y", "quote(paragraph(text:a)) rule code_lines:x\ny");
    assert_shape(f, "[a](https://b.it) <mailto:c@d.it>",
                 "paragraph(link=https://b.it(text:a) text:  link=mailto:c@d.it(text:mailto:c@d.it))");
    assert_shape(f, "![alt *x*](https://b.it/p.png)", "paragraph(image:alt x=https://b.it/p.png)");
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR) + problems_count(f->problems, SEVERITY_WARNING), 0);
}

static void shows_as_text_what_a_page_must_not_run(void **state)
{
    struct fixture *f = *state;
    assert_shape(f, "[a](javascript:alert(1)) <ioit://b>", "paragraph(text:a ioit://b)");
    assert_shape(f, "![x](data:image/png;base64,AA)", "paragraph(text:x)");
    assert_int_equal(problems_count(f->problems, SEVERITY_WARNING), 0);
    assert_shape(f, "a <script>b</script>", "paragraph(text:a <script>b</script>)");
    assert_shape(f, "<div>\na\n</div>", "paragraph(text:<div> break text:a break text:</div>)");
    assert_shape(f, "a <!-- b --> c", "paragraph(text:a  c)");
    assert_int_equal(problems_count(f->problems, SEVERITY_WARNING), 3);
}

/* The words, and `|` where a gesture stands. */
static void gestures_are_no_words(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *markdown, *shape, *text;
    } cases[] = {
        {"Ciao {wave} come va?", "paragraph(text:Ciao gesture:wave text: come va?)", "Ciao come va?"},
        {"{saluta} Ciao", "paragraph(gesture:wave text:Ciao)", "Ciao"},
        {"Sì {NOD}, certo", "paragraph(text:Sì gesture:nod text:, certo)", "Sì, certo"},
        {"Sì {sì}", "paragraph(text:Sì gesture:nod)", "Sì"},
        {"Ma{no}ma", "paragraph(text:Ma gesture:shake text:ma)", "Mama"},
        {"{look} {pausa} a", "paragraph(gesture:look gesture:pause text:a)", "a"},
        {"a {nod} {nod} b", "paragraph(text:a gesture:nod gesture:nod text: b)", "a b"},
        {"**a {nod}** b", "paragraph(strong(text:a gesture:nod) text: b)", "a b"},
        {"a {nod}\nb", "paragraph(text:a gesture:nod text: b)", "a b"},
        {"- {nod} a\n- b", "list(item(paragraph(gesture:nod text:a)) item(paragraph(text:b)))", "- a\n- b"},
        {"a \\{nod}", "paragraph(text:a {nod})", "a {nod}"},
        {"`{nod}` {nod} b", "paragraph(code:{nod} gesture:nod text: b)", "{nod} b"},
        {"\\{nod\\} {nod} b", "paragraph(text:{nod} gesture:nod text: b)", "{nod} b"},
        {"    {nod}", "code_lines:{nod}", "{nod}"},
        {"[a](https://b.it/{nod}) \\{nod}", "paragraph(link=https://b.it/{nod}(text:a) text: {nod})", "a {nod}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_shape(f, cases[i].markdown, cases[i].shape);
        assert_string_equal(answer_text(f->arena, blocks(f, cases[i].markdown)), cases[i].text);
    }
    assert_string_equal(printed(f), "");
}

static void an_answer_of_gestures_alone_says_nothing(void **state)
{
    struct fixture *f = *state;
    assert_null(blocks(f, "{wave}\n\n**{nod}**"));
    assert_non_null(blocks(f, "{wave} ![x](https://a.example/x.png)"));
    assert_string_equal(printed(f), "");
}

static void the_third_gesture_is_named(void **state)
{
    struct fixture *f = *state;
    assert_shape(f, "{nod} a {nod}\n\nè {nod} b", "paragraph(gesture:nod text:a gesture:nod) paragraph(text:è b)");
    assert_non_null(strstr(printed(f), "a.md:3:3: error: “{nod}” is one gesture too many"));
}

static void a_gesture_that_is_none_is_named_with_the_nearest(void **state)
{
    struct fixture *f = *state;
    assert_shape(f, "a\n\nè {wav} \\{nodd}", "paragraph(text:a) paragraph(text:è {wav} {nodd})");
    assert_non_null(strstr(printed(f), "a.md:3:3: warning: “{wav}” is no gesture"));
    assert_non_null(strstr(printed(f), "did you mean “wave”?"));
    assert_null(strstr(printed(f), "nodd"));
}

static size_t depth(const struct block *b)
{
    size_t most = 0;
    for (; b != NULL; b = b->next) {
        size_t here = 1 + depth(b->child);
        most = here > most ? here : most;
    }
    return most;
}

static void flattens_what_is_too_deep(void **state)
{
    struct fixture *f = *state;
    const struct block *b = blocks(f, "- a\n  - b\n    - c\n      - **d** [e](https://x.it)\n");
    assert_true(depth(b) <= BLOCK_DEPTH_MAX);
    const char *text = answer_text(f->arena, b);
    for (const char *word = "abcde"; *word != '\0'; word++)
        assert_non_null(strchr(text, *word));
    assert_non_null(strstr(text, "https://x.it"));
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 0);
    char quotes[3000];
    memset(quotes, '>', sizeof quotes - 2);
    memcpy(quotes + sizeof quotes - 2, "x", 2);
    blocks(f, quotes);
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 1);
}

static void refuses_what_is_too_long(void **state)
{
    struct fixture *f = *state;
    char *text = arena_alloc(f->arena, ANSWER_BYTES + 2);
    memset(text, 'a', ANSWER_BYTES + 1);
    assert_null(blocks(f, text));
    assert_non_null(strstr(printed(f), "a.md:1:1: error: longer than 64 KiB"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(makes_typed_trees),          TEST(shows_as_text_what_a_page_must_not_run),
        TEST(gestures_are_no_words),      TEST(an_answer_of_gestures_alone_says_nothing),
        TEST(the_third_gesture_is_named), TEST(a_gesture_that_is_none_is_named_with_the_nearest),
        TEST(flattens_what_is_too_deep),  TEST(refuses_what_is_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
