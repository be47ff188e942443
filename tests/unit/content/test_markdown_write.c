/* Markdown_write: whatever is written reads back as it was. The reading is checked here once more
 * and independently of the writer: in one file, between other entries. */
#include "content_test.h"

#include "content/answer.h"
#include "content/markdown.h"
#include "content/markdown_write.h"

static struct arena *scratch;

static struct collect read_all(struct fixture *f, const char *text)
{
    struct collect c = {.arena = f->arena, .problems = f->problems};
    markdown_read(&c, "a.md", "it", (struct span){text, strlen(text)});
    return c;
}

static const struct block *meaning(struct fixture *f, const char *answer)
{
    struct collect c = {.arena = f->arena, .problems = f->problems};
    const struct answer_source source = {
        .collect = &c, .file = "a.md", .lang = "it", .text = {answer, strlen(answer)}, .line = 1, .line_breaks = true};
    return answer_read(&source);
}

/* Writes each as an entry of one file and compares what is read from it. */
static void assert_round_trip(struct fixture *f, const struct markdown_entry *entries, size_t count, bool exact)
{
    struct buf out;
    buf_init(&out, 1 << 24);
    buf_puts(&out, "---\ntopic: t\n---\n");
    for (size_t i = 0; i < count; i++) {
        enum markdown_written how;
        buf_putc(&out, '\n');
        if (markdown_write(&out, &entries[i], scratch, &how) < 0 || (exact && how != MARKDOWN_EXACT))
            fail_msg("not written exactly: %s", entries[i].answer);
    }
    struct collect c = read_all(f, out.data);
    assert_int_equal(c.article_count, count);
    for (size_t i = 0; i < count; i++) {
        const struct article *a = &c.articles[i];
        assert_string_equal(a->id, entries[i].id);
        assert_string_equal(a->question, entries[i].question);
        assert_int_equal(a->option_count, 0);
        assert_int_equal(a->wording_count, entries[i].wording_count);
        for (size_t k = 0; k < a->wording_count; k++)
            assert_string_equal(a->wordings[k].text, entries[i].wordings[k]);
        if (exact && !block_equal(a->answer, meaning(f, entries[i].answer)))
            fail_msg("%s", entries[i].answer);
    }
    buf_free(&out);
}

static void words_that_a_button_says_are_kept(void **state)
{
    struct fixture *f = *state;
    static const struct option options[] = {{.kind = OPTION_SAY, .target = "sì grazie", .title = "Sì"},
                                            {.kind = OPTION_SAY, .target = "no", .title = "No"}};
    const struct markdown_entry entry = {
        .id = "a", .question = "Vuoi?", .answer = "x", .options = options, .option_count = 2};
    struct buf out;
    enum markdown_written how;
    buf_init(&out, 1 << 20);
    assert_int_equal(markdown_write(&out, &entry, scratch, &how), 0);
    struct collect c = read_all(f, out.data);
    assert_int_equal(c.articles[0].option_count, 2);
    assert_int_equal(c.articles[0].options[0].kind, OPTION_SAY);
    assert_string_equal(c.articles[0].options[0].target, "sì grazie");
    assert_string_equal(c.articles[0].options[1].target, "no");
    buf_free(&out);
}

static void what_an_entry_follows_is_kept(void **state)
{
    struct fixture *f = *state;
    static const char *const follows[] = {"costo_di-spedizione", "tempi"};
    const struct markdown_entry entry = {
        .id = "estero", .question = "E all'_estero_?", .answer = "x", .follows = follows, .follow_count = 2};
    struct buf out;
    enum markdown_written how;
    buf_init(&out, 1 << 20);
    assert_int_equal(markdown_write(&out, &entry, scratch, &how), 0);
    struct collect c = read_all(f, out.data);
    assert_string_equal(c.articles[0].id, "estero");
    assert_string_equal(c.articles[0].question, entry.question);
    assert_int_equal(c.articles[0].follow_count, 2);
    assert_string_equal(c.articles[0].follows[0], follows[0]);
    assert_string_equal(c.articles[0].follows[1], follows[1]);
    buf_free(&out);
}

static void questions_keep_every_sign(void **state)
{
    struct fixture *f = *state;
    static const char *const questions[] = {
        "Quanto costa?",
        "Cos'è {#id}",
        "a {#x} {#y}",
        "# titolo ##",
        "*a* _b_ `c` [d](e) ![f](g)",
        "<b>x</b> & &amp;",
        "C:\\nuovo \\{#x}",
        "1. uno",
        "- due > tre",
        "~ | \" ' $ % ^ = + @ / ? ! ( ) . ,",
        "a_b_c",
        "https://example.com",
        "{",
        "}",
        "{#}",
        "<https://a.it>",
        "a \\",
        "\\",
        "perché “così” — €",
        "---",
    };
    enum { COUNT = sizeof questions / sizeof *questions };
    struct markdown_entry entries[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        entries[i] = (struct markdown_entry){.id = arena_printf(f->arena, "n%zu", i),
                                             .question = questions[i],
                                             .answer = "x",
                                             .wordings = questions,
                                             .wording_count = COUNT};
    assert_round_trip(f, entries, COUNT, true);
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR) + problems_count(f->problems, SEVERITY_WARNING), 0);
}

static void answers_keep_their_meaning(void **state)
{
    struct fixture *f = *state;
    static const char *const answers[] = {
        "Testo semplice.",
        "- una lista\n- in testa\n\npoi testo",
        "- solo una lista",
        "1. uno\n2. due",
        "testo\n\n- [a](https://a.it)\n- [b](https://b.it)",
        "- [a](https://a.it)\n- [b](https://b.it)",
        "testo\n\n---\n\n- [a](https://a.it)",
        "---",
        "testo\n\n---",
        "---\n\ntesto\n\n---\n\naltro",
        "testo\n---\naltro",
        "# Uno\n\n## Due\n\n### Tre\n\ntesto",
        "Uno\n===\n\ntesto",
        "riga\naltra riga\n ancora\\\nfine",
        "> citazione\n> su due righe",
        "```\n## non una domanda\n```",
        "```\nmai chiuso\n## x",
        "    codice\n    ancora",
        "testo {#id}\n## Domanda {#id2}\n- x\n\nrisposta",
        "vedi [qui](ioit://x), <b>qui</b> e [rif]\n\n[rif]: https://r.it",
        "a | b\n--- | ---\n1 | 2",
        "1- tocca;\n2- premi '**Qui**';",
        "- a\n\n  b\n- c\n  - d\n    - e",
        "* a\n\n- b\n\n+ c",
        "&amp; &euro; \\* \\# \\\\",
        "![alt](https://x.it/p.png)",
    };
    enum { COUNT = sizeof answers / sizeof *answers };
    struct markdown_entry entries[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        entries[i] = (struct markdown_entry){
            .id = arena_printf(f->arena, "n%zu", i), .question = "Domanda?", .answer = answers[i]};
    assert_round_trip(f, entries, COUNT, true);
}

/* Answers put together of pieces that mean something in Markdown, in any order. */
static void any_mixture_reads_back(void **state)
{
    struct fixture *f = *state;
    static const char *const pieces[] = {
        "a",     "b ",    "*",
        "**",    "_",     "`",
        "```\n", "[",     "](https://x.it)",
        "](#y)", "# ",    "## ",
        "> ",    "- ",    "1. ",
        "\n",    "\n\n",  "---\n",
        "===\n", "  \n",  "\\",
        "<b>",   "<!--",  "-->",
        "    ",  "\t",    "|",
        "&amp;", "{#x}",  "~~~\n",
        "***",   "\\\n",  "<https://a.it>",
        "![",    "ioit:", ")",
    };
    unsigned seed = 11;
    enum { COUNT = 1500, PIECES = sizeof pieces / sizeof *pieces };
    struct markdown_entry *entries = arena_array(f->arena, COUNT, sizeof *entries);
    for (size_t i = 0; i < COUNT; i++) {
        struct buf answer;
        buf_init(&answer, 4096);
        for (int k = 0; k < 20; k++) {
            seed = seed * 1103515245u + 12345u;
            buf_puts(&answer, pieces[(seed >> 8) % PIECES]);
        }
        buf_puts(&answer, "z");
        entries[i] = (struct markdown_entry){.id = arena_printf(f->arena, "n%zu", i),
                                             .question = "Domanda?",
                                             .answer = arena_strndup(f->arena, answer.data, answer.size)};
        buf_free(&answer);
    }
    assert_round_trip(f, entries, COUNT, false);
}

int main(void)
{
    scratch = arena_new((size_t)256 << 20);
    const struct CMUnitTest tests[] = {TEST(words_that_a_button_says_are_kept), TEST(what_an_entry_follows_is_kept),
                                       TEST(questions_keep_every_sign), TEST(answers_keep_their_meaning),
                                       TEST(any_mixture_reads_back)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(scratch);
    return failed;
}
