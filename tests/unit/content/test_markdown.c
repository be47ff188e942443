/* Markdown: knowledge files become entries. */
#include "content_test.h"

#include "content/markdown.h"

static struct collect read(struct fixture *f, const char *text)
{
    struct collect c = {.arena = f->arena, .problems = f->problems, .today = "2026-11-22"};
    markdown_read(&c, "knowledge/it/orari.md", "it", (struct span){text, strlen(text)});
    return c;
}

static const char *all_problems(struct fixture *f)
{
    return printed(f);
}

static void reads_a_whole_entry(void **state)
{
    struct fixture *f = *state;
    struct collect c = read(f, "---\ntopic: spedizioni\nreview: 2027-03-31\n---\n# Spedizioni\n\n"
                               "## Quanto costa la *spedizione*? {#costo-spedizione}\n"
                               "- quanto pago di spedizione\n- la consegna è gratis?\n\n"
                               "In Italia costa **6,50 €**.\n\n### Estero\n\nDi più.\n\n"
                               "- [In quanto tempo arriva?](#tempi)\n- [Dov'è il mio ordine?](intent:stato)\n"
                               "- [Parla con una persona](agent:negozio)\n- [Sito](https://example.com)\n");
    assert_string_equal(all_problems(f), "");
    assert_int_equal(c.article_count, 1);
    const struct article *a = &c.articles[0];
    assert_string_equal(a->id, "costo-spedizione");
    assert_string_equal(a->question, "Quanto costa la spedizione?");
    assert_string_equal(a->topic, "spedizioni");
    assert_string_equal(a->review, "2027-03-31");
    assert_int_equal(a->place.line, 7);
    assert_int_equal(a->wording_count, 2);
    assert_string_equal(a->wordings[1].text, "la consegna è gratis?");
    assert_int_equal(a->wordings[1].place.line, 9);
    assert_int_equal(a->wordings[1].place.column, 3);
    assert_string_equal(a->answer_text, "In Italia costa 6,50 €.\n\nEstero\n\nDi più.");
    assert_int_equal(a->option_count, 4);
    assert_int_equal(a->options[0].kind, OPTION_ENTRY);
    assert_string_equal(a->options[2].target, "negozio");
    assert_string_equal(a->options[3].target, "https://example.com");
    assert_string_equal(a->options[3].title, "Sito");
    assert_int_equal(a->options[1].place.line, 18);
    assert_int_equal(c.link_count, 3);
}

static void rules_say_what_is_answer(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *entry, *answer;
        size_t wordings, buttons;
    } cases[] = {
        {"- a\n\nb\n", "b", 1, 0},
        {"---\n- a\n\nb\n", "- a\n\nb", 0, 0},
        {"- w\n\n---\n\n- a\n", "- a", 1, 0},
        {"b\n\n- [x](https://x.it)\n", "b", 0, 1},
        {"b\n\n---\n\n- [x](https://x.it)\n", "b\n\n- x", 0, 0},
        {"b\n\n- [x](https://x.it)\n\n---\n", "b\n\n- x", 0, 0},
        {"---\n\n- [x](https://x.it)\n", "- x", 0, 0},
        {"---\n\n- a\n\n---\n\n- [x](https://x.it)\n", "- a\n\n- x", 0, 0},
        {"b\n\n---\n\nc\n", "b\n\n---\n\nc", 0, 0},
        {"b\n\n---\n\n---\n", "b\n\n---", 0, 0},
        {"---\n\n---\n\n---\n", "---", 0, 0},
        {"1. a\n2. b\n", "1. a\n2. b", 0, 0},
        {"b\n\n- [x](ioit://x)\n", "b\n\n- x", 0, 0},
        {"b\n\n- see [x](https://x.it)\n", "b\n\n- see x", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct collect c = read(f, arena_printf(f->arena, "## Q\n%s", cases[i].entry));
        if (c.article_count != 1 || strcmp(c.articles[0].answer_text, cases[i].answer) != 0 ||
            c.articles[0].wording_count != cases[i].wordings || c.articles[0].option_count != cases[i].buttons)
            fail_msg("%s", cases[i].entry);
    }
    assert_string_equal(all_problems(f), "");
}

static void finds_ids_at_the_end_of_the_line_only(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *heading, *question, *id;
    } cases[] = {
        {"## Ciao {#x}", "Ciao", "x"},
        {"## Ciao {#x} ##", "Ciao", "x"},
        {"##  Ciao{#x}  ", "Ciao", "x"},
        {"## {#a} b {#c}", "{#a} b", "c"},
        {"## Ciao \\{#x}", "Ciao {#x}", "ciao-x"},
        {"## Ciao {x}", "Ciao {x}", "ciao-x"},
        {"## _a {#b_}", "_a", "b_"},
        {"## Cos'è C#", "Cos'è C#", "cos-e-c"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct collect c = read(f, arena_printf(f->arena, "%s\n\nx\n", cases[i].heading));
        assert_int_equal(c.article_count, 1);
        assert_string_equal(c.articles[0].question, cases[i].question);
        assert_string_equal(c.articles[0].id, cases[i].id);
    }
}

static void code_and_comments_hold_no_questions(void **state)
{
    struct fixture *f = *state;
    struct collect c =
        read(f, "## A\n\n```\n## B\n```\n\n~~~~\n## C\n~~~\n## D\n~~~~\n\n<!--\n## E\n-->\n\n## F\n\nx\n");
    assert_int_equal(c.article_count, 2);
    assert_string_equal(c.articles[0].answer_text, "## B\n\n## C\n~~~\n## D");
    assert_string_equal(c.articles[1].question, "F");
    assert_int_equal(c.articles[1].place.line, 17);
    assert_string_equal(all_problems(f), "");
}

static void the_topic_is_the_files_name_by_default(void **state)
{
    struct fixture *f = *state;
    struct collect c = read(f, "## A\n\nx\n");
    assert_string_equal(c.articles[0].topic, "orari");
    assert_null(c.articles[0].review);
}

static void an_entry_has_its_limits(void **state)
{
    struct fixture *f = *state;
    struct buf text;
    buf_init(&text, 1 << 20);
    buf_puts(&text, "## A\n");
    for (int i = 0; i <= SITE_WORDINGS; i++)
        buf_printf(&text, "- w%d\n", i);
    buf_puts(&text, "\nx\n\n## ");
    for (int i = 0; i <= SITE_TEXT_BYTES; i++)
        buf_putc(&text, 'q');
    buf_puts(&text, "\n\nx\n");
    read(f, text.data);
    buf_free(&text);
    assert_non_null(strstr(printed(f), "501 wordings; an entry may have 500"));
    assert_non_null(strstr(printed(f), "a question of more than 4096 bytes"));
}

static void moods_are_of_a_file_or_of_an_entry(void **state)
{
    struct fixture *f = *state;
    struct collect c = read(f, "---\nmood: warm\n---\n## A? {#a mood=sorry follows=b, c}\n\na\n\n## B? {#b}\n\nb\n\n"
                               "## C? {#c follows=a mood=glad}\n\nc\n");
    assert_string_equal(all_problems(f), "");
    assert_string_equal(c.articles[0].mood, "sorry");
    assert_int_equal(c.articles[0].follow_count, 2);
    assert_string_equal(c.articles[0].follows[1], "c");
    assert_string_equal(c.articles[1].mood, "warm");
    assert_string_equal(c.articles[2].mood, "glad");
    assert_string_equal(c.articles[2].question, "C?");
    assert_string_equal(c.articles[2].follows[0], "a");
    c = read(f, "---\nmood: gald\n---\n## A? {#a mood=sory}\n\na\n\n## B? {#b tone=x}\n\nb\n");
    assert_non_null(strstr(all_problems(f), "orari.md:2:7: error: “mood” must be one of neutral, warm, glad, sorry, "
                                            "serious; did you mean “glad”?"));
    assert_non_null(strstr(all_problems(f), "orari.md:4:16: error: “sory” is no mood"));
    assert_non_null(strstr(all_problems(f), "orari.md:8:11: error: “tone=x” means nothing here"));
    assert_null(c.articles[0].mood);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(moods_are_of_a_file_or_of_an_entry),
        TEST(reads_a_whole_entry),
        TEST(rules_say_what_is_answer),
        TEST(finds_ids_at_the_end_of_the_line_only),
        TEST(code_and_comments_hold_no_questions),
        TEST(the_topic_is_the_files_name_by_default),
        TEST(an_entry_has_its_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
