/* Feed: RSS of three kinds and Atom, and what is no feed. */
#include "import_test.h"

#include "content/feed.h"

static void feed_gives(struct fixture *f, const char *xml, const char *kind, const char *entries)
{
    struct import_list list;
    open_list(f, &list, NULL);
    const char *name = feed_read(&list, (struct span){xml, strlen(xml)}, "https://a.example/feed");
    assert_string_equal(name != NULL ? name : "none", kind);
    assert_string_equal(entries_of(f, &list), entries);
    import_list_close(&list);
}

static void rss(void **state)
{
    feed_gives(
        *state,
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
        "<title>Notizie</title><link>https://a.example/</link><item><title>Aperti &amp;amp; pronti?</title>"
        "<link>/uno</link><category>Orari</category><category>Altro</category><guid>https://a.example/?p=1</guid>"
        "<description>breve</description><content:encoded><![CDATA[<p>Sì, <b>sempre</b>.</p>]]></content:encoded>"
        "</item><item><title>Due</title><guid>due-guid</guid><description>&lt;p&gt;due&lt;/p&gt;</description></item>"
        "<item><title>Vuota</title></item></channel></rss>",
        "an RSS feed",
        "Orari/aperti-pronti: Aperti & pronti? = Sì, **sempre**. [Aperti & pronti?>https://a.example/uno]\n"
        "Notizie/due-guid: Due = due\n");
    feed_gives(*state,
               "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
               "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>T</title></channel><item><title>Uno</title>"
               "<description>uno</description><dc:subject>S</dc:subject></item></rdf:RDF>",
               "an RSS 1.0 feed", "S/uno: Uno = uno\n");
}

static void atom(void **state)
{
    feed_gives(
        *state,
        "<feed xmlns='http://www.w3.org/2005/Atom'><title type='html'>N &amp;lt;3</title><entry>"
        "<title type='text'>1 &lt; 2</title><link rel='edit' href='/e'/><link href='https://a.example/1'/>"
        "<category term='t' label='Tema'/><id>tag:a.example,2026:1</id><summary>s</summary><content type='xhtml'>"
        "<div xmlns='http://www.w3.org/1999/xhtml'><p>uno <em>due</em></p></div></content></entry></feed>",
        "an Atom feed", "Tema/1-2: 1 < 2 = uno *due* [1 < 2>https://a.example/1]\n");
}

static void what_is_no_feed(void **state)
{
    struct fixture *f = *state;
    feed_gives(f, "<html><body/></html>", "none", "");
    assert_non_null(strstr(printed(f), "“html” is neither an RSS nor an Atom feed"));
    feed_gives(f, "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss><channel/></rss>", "none", "");
    assert_non_null(strstr(printed(f), "it has a DOCTYPE"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(rss), TEST(atom), TEST(what_is_no_feed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
