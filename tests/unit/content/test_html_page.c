/* Html_page: which of a page's ways of showing questions is read, and what comes of it. */
#include "import_test.h"

#include "content/html_page.h"

/* Stands for the reader of JSON-LD, which is on another floor. */
static void fake_json(struct import_list *list, const struct html_context *context, struct span json)
{
    if (memmem(json.text, json.size, "Question", 8) == NULL)
        return;
    const struct import_item item = {.topic = context->topic, .question = "Da JSON?", .answer = context->base};
    import_list_add(list, &item);
}

static void page_gives(struct fixture *f, const char *html, const char *used, const char *entries)
{
    struct import_list list;
    open_list(f, &list, NULL);
    const char *reader = html_page_read(&list, (struct span){html, strlen(html)}, "https://a.example/faq/", fake_json);
    if (used == NULL)
        assert_null(reader);
    else
        assert_non_null(strstr(reader != NULL ? reader : "", used));
    assert_string_equal(entries_of(f, &list), entries);
    import_list_close(&list);
}

static void json_ld_comes_first(void **state)
{
    page_gives(*state,
               "<title>T</title><base href='/b/'><script type='application/ld+json'>{}</script>"
               "<script type='application/ld+json; charset=utf-8'>Question</script>"
               "<details><summary>Da details?</summary>no</details>",
               "JSON-LD", "T/da-json: Da JSON? = https://a.example/b/\n");
}

static void microdata_and_rdfa(void **state)
{
    page_gives(
        *state,
        "<h1>Aiuto</h1><div itemscope itemtype='https://schema.org/FAQPage'>"
        "<div itemscope itemprop='mainEntity' itemtype='https://schema.org/Question' id='q1'>"
        "<h3 itemprop='name'>Uno?</h3><div itemscope itemprop='acceptedAnswer' "
        "itemtype='https://schema.org/Answer'><div itemprop='text' aria-hidden='true'><p>Sì, <b>uno</b>.</p></div>"
        "</div></div><div itemtype='http://schema.org/Question'><meta itemprop='name' content='Due?'>"
        "<p itemprop='acceptedAnswer'>due</p></div><div itemtype='http://schema.org/Question'>"
        "<p itemprop='name'>Senza?</p></div></div>",
        "microdata", "Aiuto/q1: Uno? = Sì, **uno**.\nAiuto/due: Due? = due\n");
    page_gives(*state,
               "<div vocab='https://schema.org/' typeof='FAQPage'><div property='mainEntity' typeof='Question'>"
               "<p property='name'>Tre?</p><div property='acceptedAnswer' typeof='Answer'><p property='text'>tre</p>"
               "</div></div></div>",
               "RDFa", "/tre: Tre? = tre\n");
}

static void details_and_summary(void **state)
{
    page_gives(
        *state,
        "<h1>FAQ</h1><nav><details><summary>Menu?</summary>x</details></nav><details id='a'><summary><h3>Uno?</h3>"
        "</summary><p>uno</p></details><h2>Altro</h2><details><summary>Gruppo</summary><details><summary>Due?"
        "</summary>due</details></details><details><summary>Vuota?</summary></details>",
        "details", "FAQ/a: Uno? = uno\nGruppo/due: Due? = due\n");
    assert_non_null(strstr(printed(*state), "“Vuota?” is left out: the answer is empty"));
}

static void headings_and_text(void **state)
{
    page_gives(
        *state,
        "<body><h1>FAQ</h1><h2>Cerca</h2><p>nel sito</p><main><h2>Resi</h2><div><h3 id='x'>Uno? <a>#</a></h3></div>"
        "<div><p>uno</p><h4>Come</h4><p>così</p></div><h3>Due?</h3><h3>Tre?</h3><ul><li>tre</li></ul></main>"
        "<h3>Fuori?</h3><p>no</p>",
        "headings", "Resi/x: Uno? = uno//#### Come//così\nResi/tre: Tre? = - tre\n");
    page_gives(*state, "<h2>Orari</h2><p>9-18</p><h2>Dove</h2><p>qui</p>", "headings",
               "/orari: Orari = 9-18\n/dove: Dove = qui\n");
    page_gives(*state, "<p>niente</p>", NULL, "");
}

static void a_page_in_another_language_is_told(void **state)
{
    struct fixture *f = *state;
    struct import_list list;
    const char *html = "<html lang='en-GB'><h2>Hours?</h2><p>9-6</p>";
    open_list(f, &list, "it");
    assert_non_null(html_page_read(&list, (struct span){html, strlen(html)}, "", fake_json));
    assert_int_equal(list.count, 1);
    assert_non_null(strstr(printed(f), "it is brought along as “it”"));
    import_list_close(&list);
}

static void what_is_too_long_is_told(void **state)
{
    struct fixture *f = *state;
    enum { SIZE = 2 << 20 };
    char *html = arena_alloc(f->arena, SIZE);
    memcpy(html, "<h2>Uno?</h2><p>x</p><h2>Due?</h2><p>", 37);
    memset(html + 37, 'x', SIZE - 38);
    page_gives(f, html, "headings", "/uno: Uno? = x\n");
    assert_non_null(strstr(printed(f), "“Due?” is left out: an answer of more than 16 KiB"));
}

static void doubles_are_taken_once(void **state)
{
    page_gives(*state,
               "<h2>Uno?</h2><p>a</p><h2>Uno?</h2><p>a</p><h2>Uno?</h2><p>b</p><h2 id='1 2'>Due?</h2><p>c</p>"
               "<h2 id=x>Tre?</h2><p>d</p><h2 id=x>Quattro?</h2><p>e</p>",
               "headings", "/uno: Uno? = a\n/uno-2: Uno? = b\n/due: Due? = c\n/x: Tre? = d\n/quattro: Quattro? = e\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(json_ld_comes_first),
        TEST(microdata_and_rdfa),
        TEST(details_and_summary),
        TEST(headings_and_text),
        TEST(doubles_are_taken_once),
        TEST(what_is_too_long_is_told),
        TEST(a_page_in_another_language_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
