/* Wording_add: a table of files before and after. Besides what the table says, reading back is checked here once
 * more and independently of the writer. */
#include "content_test.h"

#include "content/markdown.h"
#include "content/wording_add.h"

static const struct {
    const char *what, *before, *wording, *after; /* after NULL = it is refused */
} cases[] = {
    {"behind the last wording", "## A? {#a}\n- uno\n- due\n\nSì.\n", "tre", "## A? {#a}\n- uno\n- due\n- tre\n\nSì.\n"},
    {"a list is begun", "## A? {#a}\n\nSì.\n", "tre", "## A? {#a}\n- tre\n\nSì.\n"},
    {"a list is begun right above the answer", "## A? {#a}\nSì.\n", "tre", "## A? {#a}\n- tre\n\nSì.\n"},
    {"Windows line ends stay", "## A? {#a}\r\n- uno\r\n\r\nSì.\r\n", "tre",
     "## A? {#a}\r\n- uno\r\n- tre\r\n\r\nSì.\r\n"},
    {"Windows line ends for a new list", "## A? {#a}\r\nSì.\r\n", "tre", "## A? {#a}\r\n- tre\r\n\r\nSì.\r\n"},
    {"old Macintosh line ends", "## A? {#a}\r- uno\r\rSì.\r", "tre", "## A? {#a}\r- uno\r- tre\r\rSì.\r"},
    {"no line end at the end", "## A? {#a}\n- uno\n\nSì.", "tre", "## A? {#a}\n- uno\n- tre\n\nSì."},
    {"a byte order mark stays", "\xEF\xBB\xBF## A? {#a}\n- uno\n\nSì.\n", "tre",
     "\xEF\xBB\xBF## A? {#a}\n- uno\n- tre\n\nSì.\n"},
    {"the list's own mark", "## A? {#a}\n\n  *   uno\n\nSì.\n", "tre", "## A? {#a}\n\n  *   uno\n  *   tre\n\nSì.\n"},
    {"empty lines within the list", "## A? {#a}\n\n+ uno\n\n+ due\n\nSì.\n", "tre",
     "## A? {#a}\n\n+ uno\n\n+ due\n+ tre\n\nSì.\n"},
    {"a rule says that the list is the answer", "## A? {#a}\n\n---\n\n- uno\n- due\n", "tre",
     "## A? {#a}\n- tre\n\n---\n\n- uno\n- due\n"},
    {"a rule behind the wordings", "## A? {#a}\n- zero\n\n---\n\n- uno\n- due\n", "tre",
     "## A? {#a}\n- zero\n- tre\n\n---\n\n- uno\n- due\n"},
    {"a rule without an empty line", "## A? {#a}\n---\n- uno\n", "tre", "## A? {#a}\n- tre\n---\n- uno\n"},
    {"an answer that would slip into the list", "## A? {#a}\n\n    codice\n", "tre",
     "## A? {#a}\n- tre\n\n---\n\n    codice\n"},
    {"a comment under the question", "## A? {#a}\n<!-- nota -->\n\nSì.\n", "tre",
     "## A? {#a}\n- tre\n<!-- nota -->\n\nSì.\n"},
    {"a comment behind a wording", "## A? {#a}\n- uno <!-- nota -->\n\nSì.\n", "tre",
     "## A? {#a}\n- uno <!-- nota -->\n- tre\n\nSì.\n"},
    {"a comment that goes on over the next lines", "## A? {#a}\n- uno\n<!-- nota\n- altro\n-->\n\nSì.\n", "tre",
     "## A? {#a}\n- uno\n- tre\n<!-- nota\n- altro\n-->\n\nSì.\n"},
    {"only this entry of many",
     "---\ntopic: t\n---\n# Titolo\n\n## Z {#z}\n- z\n\nZ.\n\n## A? {#a}\n- uno\n\nSì.\n\n- [Z](#z)\n\n## Y "
     "{#y}\n\nY.\n",
     "tre",
     "---\ntopic: t\n---\n# Titolo\n\n## Z {#z}\n- z\n\nZ.\n\n## A? {#a}\n- uno\n- tre\n\nSì.\n\n- [Z](#z)\n\n## Y "
     "{#y}\n\nY.\n"},
    {"an id made from the question", "## A\n\nSì.\n", "tre", "## A\n- tre\n\nSì.\n"},
    {"buttons that are the answer", "## A? {#a}\n\n---\n\n- [Z](https://z.example)\n", "tre",
     "## A? {#a}\n- tre\n\n---\n\n- [Z](https://z.example)\n"},
    {"a wording with marks", "## A? {#a}\n- uno\n\nSì.\n", "quanto *costa* _questo_?",
     "## A? {#a}\n- uno\n- quanto \\*costa\\* \\_questo\\_\\?\n\nSì.\n"},
    {"a wording like a list", "## A? {#a}\n- uno\n\nSì.\n", "1. cosa", "## A? {#a}\n- uno\n- 1\\. cosa\n\nSì.\n"},
    {"a wording like a heading", "## A? {#a}\n\nSì.\n", "# cosa", "## A? {#a}\n- \\# cosa\n\nSì.\n"},
    {"a wording like a rule", "## A? {#a}\n- uno\n\nSì.\n", "---", "## A? {#a}\n- uno\n- \\-\\-\\-\n\nSì.\n"},
    {"a wording with HTML", "## A? {#a}\n- uno\n\nSì.\n", "cos'è <b>?",
     "## A? {#a}\n- uno\n- cos\\'è \\<b\\>\\?\n\nSì.\n"},
    {"a wording like a comment", "## A? {#a}\n- uno\n\nSì.\n", "<!-- x",
     "## A? {#a}\n- uno\n- \\<\\!\\-\\- x\n\nSì.\n"},
    {"a wording like a link", "## A? {#a}\n- uno\n\nSì.\n", "[a](b)", "## A? {#a}\n- uno\n- \\[a\\]\\(b\\)\n\nSì.\n"},
    {"a wording that a reference of the file makes a link",
     "## A? {#a}\n- uno\n\nSì, [foo].\n\n[foo]: https://foo.example\n", "cos'è [foo]",
     "## A? {#a}\n- uno\n- cos\\'è \\[foo\\]\n\nSì, [foo].\n\n[foo]: https://foo.example\n"},
    {"an entity", "## A? {#a}\n- uno\n\nSì.\n", "&amp; poi", "## A? {#a}\n- uno\n- \\&amp\\; poi\n\nSì.\n"},
    {"a backslash at the end", "## A? {#a}\n- uno\n\nSì.\n", "uno\\", "## A? {#a}\n- uno\n- uno\\\n\nSì.\n"},
    {"a wording of two lines is none", "## A? {#a}\n- uno\n\nSì.\n", "uno\n\n## B", NULL},
    {"an empty wording is none", "## A? {#a}\n- uno\n\nSì.\n", "", NULL},
    {"a comment that begins behind a wording and swallows the rest",
     "## A? {#a}\n- uno <!-- nota\n  continua -->\n\nSì.\n", "tre", NULL},
    {"no such entry", "## B? {#b}\n- uno\n\nSì.\n", "tre", NULL},
    {"a `## ` in a code block is no question", "## A? {#a}\n- uno\n\n```\n## A? {#c}\n```\n", "tre",
     "## A? {#a}\n- uno\n- tre\n\n```\n## A? {#c}\n```\n"},
};

static struct collect read_all(struct fixture *f, const char *text)
{
    struct collect c = {.arena = f->arena, .problems = f->problems, .today = ""};
    struct span span;
    assert_int_equal(lines_check("a.md", text, strlen(text), f->problems, &span), 0);
    markdown_read(&c, "a.md", "it", span);
    return c;
}

/* Each entry as it was, the one with the id with a wording more. */
static void assert_one_more(struct fixture *f, const char *before, const char *after, const char *id,
                            const char *wording)
{
    struct collect a = read_all(f, before), b = read_all(f, after);
    assert_int_equal(a.article_count, b.article_count);
    for (size_t i = 0; i < a.article_count; i++) {
        const struct article *x = &a.articles[i], *y = &b.articles[i];
        bool this = strcmp(x->id, id) == 0;
        assert_string_equal(x->id, y->id);
        assert_string_equal(x->question, y->question);
        assert_string_equal(x->answer_text, y->answer_text);
        assert_true(block_equal(x->answer, y->answer));
        assert_int_equal(x->option_count, y->option_count);
        assert_int_equal(x->wording_count + this, y->wording_count);
        for (size_t k = 0; k < x->wording_count; k++)
            assert_string_equal(x->wordings[k].text, y->wordings[k].text);
        if (this)
            assert_string_equal(y->wordings[x->wording_count].text, wording);
    }
}

static void files_before_and_after(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct wording_add add = {{cases[i].before, strlen(cases[i].before)}, "a", cases[i].wording, NULL, 0};
        struct buf out;
        buf_init(&out, 1 << 20);
        int result = wording_add_markdown(&add, f->arena, &out);
        if (result != (cases[i].after != NULL ? 0 : -1))
            fail_msg("%s: %d, %s", cases[i].what, result, add.ret_why);
        if (cases[i].after == NULL) {
            assert_non_null(add.ret_why);
            assert_int_equal(out.size, 0);
        } else if (strcmp(out.data, cases[i].after) != 0) {
            fail_msg("%s:\n%s", cases[i].what, out.data);
        } else {
            assert_one_more(f, cases[i].before, out.data, "a", cases[i].wording);
        }
        buf_free(&out);
    }
}

static void the_most_wordings_are_said_with_the_line(void **state)
{
    struct fixture *f = *state;
    struct buf text, out;
    buf_init(&text, 1 << 20);
    buf_init(&out, 1 << 20);
    buf_puts(&text, "\n## A? {#a}\n");
    for (int i = 0; i < SITE_WORDINGS; i++)
        buf_printf(&text, "- modo %d\n", i);
    buf_puts(&text, "\nSì.\n");
    struct wording_add add = {{text.data, text.size}, "a", "tre", NULL, 0};
    assert_int_equal(wording_add_markdown(&add, f->arena, &out), -1);
    assert_non_null(strstr(add.ret_why, "as many wordings"));
    assert_int_equal(add.ret_line, 2);
    buf_free(&text);
    buf_free(&out);
}

/* A hundred wordings one after the other, also nasty ones: each time exactly one more. */
static void many_one_after_the_other(void **state)
{
    struct fixture *f = *state;
    static const char *const pieces[] = {"quanto", "*",  "_a_",  "`x`", "[b]", "<c>",  "# d", "- e",
                                         "1)",     "\\", "&lt;", "!",   "~~~", "{#q}", "è"};
    char *file = strdup("## A? {#a}\n\nSì.\n\n## B {#b}\n\nNo.\n");
    unsigned chance = 1;
    for (int i = 0; i < 100; i++) {
        char wording[200] = "";
        for (int k = 0; k < 4; k++) {
            chance = chance * 1103515245 + 12345;
            const char *piece = pieces[chance / 65536 % (sizeof pieces / sizeof *pieces)];
            size_t used = strlen(wording);
            snprintf(wording + used, sizeof wording - used, "%s%s", k > 0 ? " " : "", piece);
        }
        struct wording_add add = {{file, strlen(file)}, "a", wording, NULL, 0};
        struct buf out;
        buf_init(&out, 1 << 20);
        if (wording_add_markdown(&add, f->arena, &out) != 0)
            fail_msg("%s: %s", wording, add.ret_why);
        assert_one_more(f, file, out.data, "a", wording);
        free(file);
        file = buf_take(&out, NULL);
    }
    free(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_before_and_after),
        TEST(the_most_wordings_are_said_with_the_line),
        TEST(many_one_after_the_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
