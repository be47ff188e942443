/* Markup: what is refused before anybody walks a tree, and where links lead. */
#include "content_test.h"

#include "base/buf.h"
#include "content/markup.h"

static xmlDoc *parse(struct fixture *f, bool html, const char *text)
{
    struct span span = {text, strlen(text)};
    return html ? markup_html("page", span, f->problems) : markup_xml("feed", span, f->problems);
}

static const char *nested(struct fixture *f, const char *tag, size_t times)
{
    struct buf text;
    buf_init(&text, MARKUP_BYTES * 2);
    for (size_t i = 0; i < times; i++)
        buf_puts(&text, tag);
    const char *copy = arena_strndup(f->arena, text.data, text.size);
    buf_free(&text);
    return copy;
}

static void refuses(struct fixture *f, bool html, const char *text, const char *told)
{
    assert_null(parse(f, html, text));
    if (strstr(printed(f), told) == NULL)
        fail_msg("%s in\n%s", told, printed(f));
}

static void a_doctype_stops_xml(void **state)
{
    struct fixture *f = *state;
    refuses(f, false, "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "it has a DOCTYPE");
    refuses(f, false, "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "it has a DOCTYPE");
    refuses(f, false, "<a>\n<b></a>", "feed:2:");
    refuses(f, false, "<a>&nbsp;</a>", "nbsp");
    refuses(f, false, "", "");
    xmlDoc *doc = parse(f, false, "<a><![CDATA[1 < 2]]></a>");
    assert_non_null(doc);
    assert_string_equal(markup_text(f->arena, xmlDocGetRootElement(doc)), "1 < 2");
    xmlFreeDoc(doc);
}

static void nesting_and_tags_have_a_ceiling(void **state)
{
    struct fixture *f = *state;
    xmlDoc *doc = parse(f, true, nested(f, "<div>", 150));
    assert_non_null(doc);
    xmlFreeDoc(doc);
    refuses(f, true, nested(f, "<div>", MARKUP_DEPTH + 5), "elements in one another");
    refuses(f, true, nested(f, "<div>", 100000), "elements in one another");
    refuses(f, true, nested(f, "<", MARKUP_TAGS + 1), "tags; split it");
}

static void addresses_are_absolute_or_none(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *address, *base, *whole; /* NULL = none */
    } cases[] = {
        {"https://a.example/x", "", "https://a.example/x"},
        {"x y.html", "https://a.example/b/c", "https://a.example/b/x%20y.html"},
        {"../x?y=1#z", "https://a.example/b/c/", "https://a.example/b/x?y=1#z"},
        {"//b.example/x", "https://a.example/", "https://b.example/x"},
        {"#z", "https://a.example/b", "https://a.example/b#z"},
        {"mailto:a@b.example", "https://a.example/", "mailto:a@b.example"},
        {" tel:+39051 ", "", "tel:+39051"},
        {"javascript:alert(1)", "https://a.example/", NULL},
        {"data:text/html,x", "https://a.example/", NULL},
        {"x.html", "", NULL},
        {"#z", "", NULL},
        {"", "https://a.example/", NULL},
        {NULL, "https://a.example/", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *whole = markup_address(f->arena, cases[i].address, cases[i].base);
        if (cases[i].whole == NULL)
            assert_null(whole);
        else
            assert_string_equal(whole != NULL ? whole : "", cases[i].whole);
    }
}

static void words_of_attributes(void **state)
{
    struct fixture *f = *state;
    xmlDoc *doc = parse(f, false, "<a t='https://schema.org/Question schema:Thing'/>");
    xmlNode *a = xmlDocGetRootElement(doc);
    assert_true(markup_has_word(f->arena, a, "t", "Question"));
    assert_true(markup_has_word(f->arena, a, "t", "thing"));
    assert_false(markup_has_word(f->arena, a, "t", "Quest"));
    assert_false(markup_has_word(f->arena, a, "u", "Question"));
    xmlFreeDoc(doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(a_doctype_stops_xml), TEST(nesting_and_tags_have_a_ceiling),
                                       TEST(addresses_are_absolute_or_none), TEST(words_of_attributes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
