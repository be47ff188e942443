/* Faq_json_write: entries as JSON for others; a page that is safe in a script and reads back. */
#include "../content/import_test.h"

#include "content/answer_write.h"
#include "content/markdown.h"
#include "wire/faq_json.h"
#include "wire/faq_json_write.h"

static const char file[] =
    "---\ntopic: t\nreview: 2027-01-02\n---\n## A \\<b\\> \"c\"? {#a follows=b}\n- w\n\nUno </script> **due** & tre\n\n"
    "- x\n- y\n\n* [B](#b)\n* [P](agent:)\n* [S](https://a.example/?x=1&y=2)\n\n## B? "
    "{#b}\n\n![i](https://a.example/i.png)\n";

static size_t rows_of(struct fixture *f, struct export_row **ret)
{
    struct collect c = {.arena = f->arena, .problems = problems_new()};
    size_t count;
    markdown_read(&c, "f.md", "it", (struct span){file, strlen(file)});
    struct site site = {.articles = c.articles, .article_count = c.article_count};
    assert_int_equal(export_rows(f->arena, &site, NULL, f->problems, ret, &count), 0);
    problems_free(c.problems);
    return count;
}

static void a_list_of_entries(void **state)
{
    struct fixture *f = *state;
    struct export_row *rows;
    struct buf out;
    size_t count = rows_of(f, &rows);
    buf_init(&out, 1 << 20);
    faq_json_list(rows, count, &out);
    assert_string_equal(
        out.data,
        "[\n{\"id\":\"a\",\"lang\":\"it\",\"topic\":\"t\",\"review\":\"2027-01-02\",\"question\":\"A "
        "<b> \\\"c\\\"?\",\"wordings\":"
        "[\"w\"],\"follows\":[\"b\"],\"answer\":\"Uno </script> **due** & tre\\n\\n- x\\n- y\",\"html\":\"<p>Uno "
        "&lt;/script&gt; <strong>due</strong> "
        "&amp; "
        "tre</p><ul><li>x</li><li>y</li></"
        "ul>\",\"buttons\":[{\"title\":\"B\",\"to\":\"#b\"},{\"title\":\"P\",\"to\":\"agent:\"},"
        "{\"title\":\"S\",\"to\":\"https://a.example/?x=1&y=2\"}]},\n"
        "{\"id\":\"b\",\"lang\":\"it\",\"topic\":\"t\",\"review\":\"2027-01-02\",\"question\":\"B?\","
        "\"wordings\":[],\"follows\":[],\"answer\":"
        "\"![i](https://a.example/i.png)\",\"html\":\"<p><img src=\\\"https://a.example/i.png\\\" "
        "alt=\\\"i\\\"></p>\",\"buttons\":[]}\n]\n");
    buf_clear(&out);
    faq_json_list(rows, 0, &out);
    assert_string_equal(out.data, "[]\n");
    buf_free(&out);
}

static void a_page_reads_back_and_ends_no_script(void **state)
{
    struct fixture *f = *state;
    struct export_row *rows;
    struct buf out;
    struct import_list list;
    size_t count = rows_of(f, &rows);
    buf_init(&out, 1 << 20);
    faq_json_page(rows, count, "it", &out);
    assert_null(strpbrk(out.data, "<>&"));
    assert_non_null(strstr(out.data, "\"@type\":\"FAQPage\",\"inLanguage\":\"it\""));
    open_list(f, &list, NULL);
    const struct html_context context = {"t", ""};
    faq_json_ld(&list, &context, (struct span){out.data, out.size});
    assert_int_equal(list.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(list.entries[i].entry.id, rows[i].article->id);
        assert_true(answer_reads_as(f->arena, list.entries[i].entry.answer, rows[i].article->answer));
    }
    import_list_close(&list);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(a_list_of_entries), TEST(a_page_reads_back_and_ends_no_script)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
