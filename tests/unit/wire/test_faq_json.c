/* Faq_json: JSON-LD, NLP.js and Botpress, as they are and as they should not be. */
#include "../content/import_test.h"

#include "wire/faq_json.h"

static const char *read_ld(struct fixture *f, const char *json)
{
    struct import_list list;
    const struct html_context context = {"T", "https://a.example/faq"};
    open_list(f, &list, NULL);
    faq_json_ld(&list, &context, (struct span){json, strlen(json)});
    const char *entries = entries_of(f, &list);
    import_list_close(&list);
    return entries;
}

static void json_ld_in_all_its_shapes(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *json, *entries;
    } cases[] = {
        {"{\"@type\":\"FAQPage\",\"mainEntity\":[{\"@type\":\"Question\",\"name\":\"Uno?\",\"acceptedAnswer\":{\"@"
         "type\":"
         "\"Answer\",\"text\":\"<p>S\\u00ec, <a href='/x'>qui</a></p>\"}}]}",
         "T/uno: Uno? = Sì, [qui](https://a.example/x)\n"},
        {"{\"@graph\":[{\"@type\":[\"WebPage\",\"FAQPage\"],\"mainEntity\":[{\"@id\":\"https://a.example/#q-1\"}]},"
         "{\"@type\":\"Question\",\"@id\":\"https://a.example/"
         "#q-1\",\"name\":\"L&#39;uno?\",\"acceptedAnswer\":[{\"text\":"
         "\"uno\\ndue\"}]}]}",
         "T/q-1: L'uno? = uno\\/due\n"},
        {"[{\"@type\":\"https://schema.org/"
         "Question\",\"name\":{\"@value\":\"Uno?\"},\"suggestedAnswer\":{\"text\":[\"x\"]}},"
         "{\"@type\":\"schema:Question\",\"text\":\"Due?\",\"acceptedAnswer\":\"y\"}]",
         "T/uno: Uno? = x\nT/due: Due? = y\n"},
        {"{\"@type\":\"Question\",\"@id\":\"#a b\",\"name\":\"Uno?\",\"acceptedAnswer\":{\"text\":7}}", ""},
        {"{\"@type\":\"NoQuestion\",\"name\":\"Uno?\",\"acceptedAnswer\":{\"text\":\"x\"}}", ""},
        {"[null,true,\"x\",{\"@type\":[]}]", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(read_ld(f, cases[i].json), cases[i].entries);
    assert_string_equal(printed(f), "");
}

static void bad_json_ld_is_a_warning(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(read_ld(f, "{\"a\":1,\"a\":2}"), "");
    assert_string_equal(read_ld(f, "{\"a\":"), "");
    assert_string_equal(read_ld(f, "{\"a\":\"\\u0000\"}"), "");
    char deep[FAQ_JSON_DEPTH * 2 + 3];
    memset(deep, '[', sizeof deep);
    deep[sizeof deep - 1] = '\0';
    assert_string_equal(read_ld(f, deep), "");
    assert_int_equal(problems_count(f->problems, SEVERITY_WARNING), 4);
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 0);
    assert_non_null(strstr(printed(f), "nested too deep"));
}

static const char *read_with(struct fixture *f, int (*read)(struct import_list *, struct span), const char *lang,
                             const char *json, int result)
{
    struct import_list list;
    open_list(f, &list, lang);
    assert_int_equal(read(&list, (struct span){json, strlen(json)}), result);
    const char *entries = entries_of(f, &list);
    import_list_close(&list);
    return entries;
}

static void nlpjs_intents(void **state)
{
    struct fixture *f = *state;
    const char *json =
        "{\"name\":\"C\",\"locale\":\"it-IT\",\"data\":[{\"intent\":\"negozio.orari\",\"utterances\":[\"Quando "
        "aprite?\","
        "\"orari\",\"aprite a @giorno\",\"%giorno% siete aperti?\",\"scrivo a a@b.it\"],\"answers\":[\"Ciao {{nome}}\","
        "\"Alle 9.\",{\"answer\":\"Alle "
        "nove.\",\"opts\":\"x\"}]},{\"intent\":\"None\",\"utterances\":[\"bla\"],\"answers\":"
        "[\"x\"]},{\"intent\":\"muto\",\"utterances\":[\"x\"]}],\"entities\":{\"giorno\":{}}}";
    assert_string_equal(read_with(f, faq_json_nlpjs, "it", json, 0),
                        "negozio/negozio.orari: Quando aprite? | orari | scrivo a a@b.it = Alle 9.\n");
    assert_non_null(strstr(printed(f), "its entities are left out"));
    assert_non_null(strstr(printed(f), "“negozio.orari”: 2 of its utterances name an entity"));
    assert_non_null(strstr(printed(f), "“negozio.orari” has 2 answers"));
    assert_non_null(strstr(printed(f), "“muto” is left out: it has no answer"));
    assert_string_equal(read_with(f, faq_json_nlpjs, "en", json, 0), "");
    read_with(f, faq_json_nlpjs, NULL, "{\"data\":7}", -1);
    read_with(f, faq_json_nlpjs, NULL, "{\n\"a\":,}", -1);
    assert_non_null(strstr(printed(f), "is it a corpus of NLP.js?"));
    assert_non_null(strstr(printed(f), "source:2:"));
}

static void botpress_questions(void **state)
{
    struct fixture *f = *state;
    const char *json =
        "{\"qnas\":[{\"id\":\"ab_uno\",\"data\":{\"action\":\"text\",\"contexts\":[\"resi\"],\"enabled\":true,"
        "\"answers\":"
        "{\"it\":[\"uno\"],\"en\":[\"one\",\"eins\"]},\"questions\":{\"it\":[\"Uno?\",\"Un?\"],\"en\":[\"One?\"]}}},"
        "{\"id\":\"off\",\"data\":{\"enabled\":false,\"answers\":{},\"questions\":{\"it\":[\"x\"]}}},"
        "{\"id\":\"e\",\"data\":{\"answers\":{\"it\":[\"#!builtin_text-x\"]},\"questions\":{\"it\":[\"Elemento?\"]}}},"
        "{\"id\":\"f\",\"data\":{\"action\":\"redirect\",\"questions\":{\"it\":[\"Altrove?\"]}}}],\"contentElements\":["
        "]}";
    assert_string_equal(read_with(f, faq_json_botpress, "it", json, 0), "resi/ab_uno: Uno? | Un? = uno\n");
    assert_non_null(strstr(printed(f), "“off” is left out: it is switched off"));
    assert_non_null(strstr(printed(f), "“Elemento?” is left out: its answer is an element of Botpress"));
    assert_non_null(strstr(printed(f), "“Altrove?” is left out: it has no answer"));
    assert_string_equal(read_with(f, faq_json_botpress, "en", json, 0), "resi/ab_uno: One? = one\n");
    read_with(f, faq_json_botpress, NULL, json, 0);
    assert_non_null(strstr(printed(f), "the questions are in several languages (it, en)"));
    assert_string_equal(
        read_with(
            f, faq_json_botpress, NULL,
            "[{\"id\":\"u\",\"questions\":[\"Uno?\"],\"answer\":\"uno\",\"category\":\"c\",\"contexts\":[\"global\"]}]",
            0),
        "c/u: Uno? = uno\n");
    read_with(f, faq_json_botpress, NULL, "{\"x\":[]}", -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(json_ld_in_all_its_shapes), TEST(bad_json_ld_is_a_warning),
                                       TEST(nlpjs_intents), TEST(botpress_questions)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
