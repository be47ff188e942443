/* Block_html: every kind of block, and nothing that a text could smuggle in. */
#include "content_test.h"

#include "content/answer.h"
#include "content/block_html.h"

static void html_of_every_kind(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *markdown, *html;
    } cases[] = {
        {"a **b** *c* `d`", "<p>a <strong>b</strong> <em>c</em> <code>d</code></p>"},
        {"a {nod} b", "<p>a<span data-gesture=\"nod\"></span> b</p>"},
        {"a\\\nb", "<p>a<br>b</p>"},
        {"#### t\n\n---", "<h4>t</h4><hr>"},
        {"- a\n- b\n\n  c", "<ul><li>a</li><li><p>b</p><p>c</p></li></ul>"},
        {"1. a\n   - b", "<ol><li><p>a</p><ul><li>b</li></ul></li></ol>"},
        {"> q", "<blockquote><p>q</p></blockquote>"},
        {"```\n<x>\n```", "<pre><code>&lt;x&gt;</code></pre>"},
        {"[t](https://a.example/?a=1&b=2)", "<p><a href=\"https://a.example/?a=1&amp;b=2\">t</a></p>"},
        {"![\"a\"](https://a.example/i.png)", "<p><img src=\"https://a.example/i.png\" alt=\"&quot;a&quot;\"></p>"},
        {"\\<script\\>&amp;</p>", "<p>&lt;script&gt;&amp;&lt;/p&gt;</p>"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out;
        struct collect c = {.arena = f->arena, .problems = f->problems};
        const struct answer_source source = {.collect = &c,
                                             .file = "a.md",
                                             .lang = "it",
                                             .text = {cases[i].markdown, strlen(cases[i].markdown)},
                                             .line = 1};
        buf_init(&out, 1 << 16);
        block_html(answer_read(&source), &out);
        assert_string_equal(out.data, cases[i].html);
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(html_of_every_kind)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
