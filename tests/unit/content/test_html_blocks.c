/* Html_blocks: pages' HTML as the Markdown that an editor would write. */
#include "content_test.h"

#include "content/answer_write.h"
#include "content/block_html.h"
#include "content/html_blocks.h"

static const struct {
    const char *html, *markdown;
} cases[] = {
    {"<p>Uno</p><p>due<br>tre</p>", "Uno\n\ndue\\\ntre"},
    {"Uno\n\n\ndue", "Uno\n\ndue"},
    {"Costa 6 € & basta", "Costa 6 € & basta"},
    {"<p>a<strong>b </strong>c<em> d</em></p>", "a**b** c *d*"},
    {"<p><b>Nota:</b>testo, <i>c</i><b>d</b></p>", "**Nota:** testo, *c* **d**"},
    {"<strong><p>Uno</p><p>due</p></strong>", "**Uno**\n\n**due**"},
    {"<p><a href='/x'>qui <b>e</b></a></p>", "[qui **e**](https://a.example/x)"},
    {"<a href='javascript:x'>no</a>", "no"},
    {"<ul><li>uno</li><li>due<ul><li>tre</li></ul></li></ul>", "- uno\n- due\n  - tre"},
    {"<ol><li><p>a</p><p>b</p></li><li>c</li></ol>", "1. a\n\n   b\n\n2. c"},
    {"<ul></ul><blockquote><p>x</p></blockquote>", "> x"},
    {"<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"},
    {"<table><caption>t</caption><tr><th>A</th><th>B</th></tr><tr><td><p>1</p></td><td>2</td></tr></table>",
     "**A** · **B**\\\n1 · 2"},
    {"<img src='a.png' alt='Una foto'><img src='b.png' alt=''><img src='data:x' alt='dato'>",
     "![Una foto](https://a.example/faq/a.png)dato"},
    {"<pre>a  b\n c</pre><p><code>x y</code></p>", "```\na  b\n c\n```\n\n`x y`"},
    {"<h2>Titolo</h2><p>testo</p><hr>", "### Titolo\n\ntesto"},
    {"<script>x</script><style>y</style><nav>z</nav><footer>w</footer><p aria-hidden='true'>v</p>", ""},
    {"<p>&nbsp;</p><p> </p>", ""},
    {"<dl><dt>Chi?</dt><dd>Noi.</dd></dl>", "**Chi?**\n\nNoi."},
    {"<div>a<div>b</div>c</div>", "a\n\nb\n\nc"},
    {"<p>1. non una lista</p><p># né titolo</p><p>- né punto</p>",
     "1\\. non una lista\n\n\\# né titolo\n\n\\- né punto"},
    {"<p>a<br><br>b<br></p>", "a\\\n\\\nb"},
    {"<p>un <b></b> due</p>", "un due"},
    {"<p>a<span data-gesture=\"nod\"></span> <b>b</b>, {nod}</p>", "a{nod} **b**\\, \\{nod\\}"},
    {"<p>a <span data-gesture=\"jump\">b</span></p>", "a b"},
};

static void html_becomes_markdown(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *markdown = html_markdown_of(f->arena, cases[i].html, "https://a.example/faq/");
        if (strcmp(markdown, cases[i].markdown) != 0)
            fail_msg("%s\ngave\n%s\nnot\n%s", cases[i].html, markdown, cases[i].markdown);
    }
}

static const struct block *blocks_of(struct fixture *f, const char *html)
{
    struct span text = {html, strlen(html)};
    xmlDoc *doc = markup_html("page", text, f->problems);
    const struct block *blocks = html_blocks(f->arena, xmlDocGetRootElement(doc), NULL, "https://a.example/faq/");
    xmlFreeDoc(doc);
    return blocks;
}

/* Whatever pieces a page is made of: its blocks are written so that they read back, and as HTML they come back. */
static void any_mixture_reads_back(void **state)
{
    struct fixture *f = *state;
    static const char *const pieces[] = {
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<ul><li>",
        "<li>",
        "</ul>",
        "<ol><li>",
        "</ol>",
        "<br>",
        "parola",
        " ",
        "**",
        "_",
        "1. ",
        "- ",
        "# ",
        "`",
        "<code>c</code>",
        "<a href='/x'>",
        "</a>",
        "&lt;b&gt;",
        "[x](y)",
        "<blockquote>",
        "</blockquote>",
        "<h3>",
        "</h3>",
        "<hr>",
        "<pre>p\n  q</pre>",
        "è",
        "!",
        "\\",
        "<div>",
        "</div>",
        "<img src='i.png' alt='a [b]'>",
        "<table><tr><td>",
        "</td><td>",
        "</table>",
        "&amp;",
        "~~~",
        "<dt>",
        "&nbsp;",
    };
    unsigned seed = 5, inexact = 0, html_differs = 0;
    enum { COUNT = 3000, PIECES = sizeof pieces / sizeof *pieces };
    for (size_t i = 0; i < COUNT; i++) {
        struct buf page, html;
        bool exact = false;
        buf_init(&page, 1 << 16);
        for (int k = 0; k < 14; k++) {
            seed = seed * 1103515245u + 12345u;
            buf_puts(&page, pieces[(seed >> 8) % PIECES]);
        }
        buf_puts(&page, " z");
        const struct block *blocks = blocks_of(f, page.data);
        assert_non_null(blocks);
        const char *markdown = answer_write(f->arena, blocks, &exact);
        assert_int_equal(exact, answer_reads_as(f->arena, markdown, blocks));
        inexact += !exact;
        buf_init(&html, 1 << 18);
        block_html(blocks, &html);
        html_differs += !block_equal(blocks_of(f, html.data), blocks);
        buf_free(&page);
        buf_free(&html);
    }
    /* Markdown has no word for some things: a link in nothing, a break at a mark's edge. */
    print_message("of %d: %u inexact as Markdown, %u different as HTML\n", COUNT, inexact, html_differs);
    assert_true(inexact * 20 < COUNT && html_differs * 20 < COUNT);
}

static void words_are_one_line(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(html_words_of(f->arena, "<h3><button>Quanto  costa?<svg>x</svg></button>\n</h3>"),
                        "Quanto costa?");
    assert_string_equal(html_words_of(f->arena, "L&#39;olio &egrave; buono?"), "L'olio è buono?");
    assert_string_equal(html_words_of(f->arena, "a<br>b"), "a b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(html_becomes_markdown), TEST(any_mixture_reads_back),
                                       TEST(words_are_one_line)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
