/* Flows go through an image and come back with the readers of their slots. */
#include "edition/edition.h"
#include "edition/flows.h"
#include "edition/image.h"
#include "entity/entity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char order[] = "\xef\xbb\xbfintent: ordine\n"
                            "examples: [\"dov'è l'ordine [AB-1234](numero)\"]\n"
                            "patterns: [\"* pacco *\"]\n"
                            "slots:\n"
                            "  numero: {type: regex, match: \"[A-Z]{2}-[0-9]{4}\", ask: \"Quale?\"}\n"
                            "  citta: {type: choice, choices: {to: Torino}, ask: \"Dove?\"}\n"
                            "  giorno: {type: date, ask: \"Quando?\"}\n"
                            "steps:\n"
                            "  - say: \"{numero} {citta} {giorno}\"\n";

#define TEXT(path, text)                                                                                               \
    {                                                                                                                  \
        path, text, sizeof text - 1                                                                                    \
    }

static const char settings[] = "languages: [it]\n";
static const char greeting[] = "intent: saluto\nexamples: [ciao]\nsay: Ciao\n";
static const char thanks[] = "intent: grazie\ntitle: Grazie\npatterns: [\"grazie [mille]\"]\nsay: Prego\n";
static const char faq[] =
    "## Quanto costa? {#costo}\n\nSei euro.\n\n## E all'estero? {#estero follows=costo}\n\nDieci.\n";
static const struct source sources[] = {TEXT("intents/it/grazie.yaml", thanks), TEXT("intents/it/ordine.yaml", order),
                                        TEXT("intents/it/saluto.yaml", greeting), TEXT("knowledge/it/faq.md", faq),
                                        TEXT("sportello.yaml", settings)};

static struct buf image;

static void compile(const struct source *from, size_t count, size_t errors)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    struct problems *problems = problems_new();
    struct site *site = site_from_sources(arena, from, count, "2026-11-22", problems);
    assert_non_null(site);
    assert_int_equal(problems_count(problems, SEVERITY_ERROR), 0);
    buf_init(&image, EDITION_IMAGE_BYTES);
    assert_int_equal(edition_compile(site, &image, problems, NULL), 0);
    assert_int_equal(problems_count(problems, SEVERITY_ERROR), errors);
    problems_free(problems);
    arena_free(arena);
}

static struct edition *open_edition(void)
{
    const char *why = "";
    compile(sources, sizeof sources / sizeof *sources, 0);
    struct edition *e = edition_from_image(&image, &why);
    if (e == NULL)
        fail_msg("%s", why);
    return e;
}

static void a_flow_comes_back_as_it_was_written(void **state)
{
    (void)state;
    struct edition *e = open_edition();
    const struct view *v = edition_view(e);
    uint32_t at = view_find(v, VIEW_INTENT, "it", "ordine");
    const struct flow *flow = view_flow(v, at);
    assert_non_null(flow);
    assert_int_equal(flow->slot_count, 3);
    assert_int_equal(flow->step_count, 1);
    assert_int_equal(flow->mark_count, 1);
    assert_string_equal(flow->by_number[1]->place.file, "intents/it/ordine.yaml");
    assert_int_equal(flow->by_number[1]->place.line, 9);
    assert_null(view_flow(v, view_find(v, VIEW_INTENT, "it", "saluto")));
    assert_null(view_flow(v, view_find(v, VIEW_ARTICLE, "it", "costo")));
    edition_unpin(e);
    buf_free(&image);
}

static void slots_read_values(void **state)
{
    (void)state;
    static const struct entity_now now = {2026, 11, 22, 10, 0};
    static const struct {
        const char *text, *value;
    } said[] = {{"il numero è ab 1234", "AB-1234"}, {"a Torino", "to"}, {"24/12/2026", "2026-12-24"}};
    struct edition *e = open_edition();
    const struct view *v = edition_view(e);
    struct arena *arena = arena_new(1 << 20);
    uint32_t at = view_find(v, VIEW_INTENT, "it", "ordine");
    for (int slot = 0; slot < 3; slot++) {
        struct entity_found found;
        const char *why;
        assert_int_equal(entity_read(view_slot(v, at, slot), said[slot].text, &now, arena, &found, &why), ENTITY_FOUND);
        assert_string_equal(found.value, said[slot].value);
    }
    assert_null(view_slot(v, at, 3));
    assert_null(view_slot(v, at, -1));
    arena_free(arena);
    edition_unpin(e);
    buf_free(&image);
}

static void intents_with_patterns_are_listed(void **state)
{
    (void)state;
    struct edition *e = open_edition();
    const struct view *v = edition_view(e);
    const uint32_t *entries;
    assert_int_equal(view_patterned(v, "it", &entries), 2);
    assert_string_equal(view_entry(v, entries[0]).id, "grazie");
    assert_string_equal(view_entry(v, entries[1]).id, "ordine");
    assert_int_equal(view_patterned(v, "en", &entries), 0);
    edition_unpin(e);
    buf_free(&image);
}

static void an_entry_knows_what_it_follows(void **state)
{
    (void)state;
    struct edition *e = open_edition();
    const struct view *v = edition_view(e);
    assert_true(view_follows(v, view_find(v, VIEW_ARTICLE, "it", "estero"), "costo"));
    assert_false(view_follows(v, view_find(v, VIEW_ARTICLE, "it", "estero"), "estero"));
    assert_false(view_follows(v, view_find(v, VIEW_ARTICLE, "it", "costo"), "estero"));
    assert_false(view_follows(v, view_find(v, VIEW_INTENT, "it", "ordine"), "costo"));
    edition_unpin(e);
    buf_free(&image);
}

static void a_flow_made_to_hurt_is_refused(void **state)
{
    (void)state;
    const char *why = "";
    compile(sources, sizeof sources / sizeof *sources, 0);
    struct edition_header *h = (struct edition_header *)image.data;
    struct image_flow *flows = (struct image_flow *)(image.data + h->sections[EDITION_FLOWS].at);
    assert_int_equal(h->sections[EDITION_FLOWS].count, 2);
    const struct image_flow good = flows[1];
    /* Beyond the end, an article, twice the same, no such text, another intent's text. */
    const struct image_flow bad[] = {{UINT32_MAX, good.text},
                                     {0, good.text},
                                     {flows[0].entry, good.text},
                                     {good.entry, UINT32_MAX - 1},
                                     {good.entry, flows[0].text}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        flows[1] = bad[i];
        h->checksum = edition_image_checksum(h, h + 1, image.size - sizeof *h);
        assert_null(edition_from_image(&image, &why));
    }
    flows[1] = good;
    char *slots = strstr(image.data + h->sections[EDITION_STRINGS].at + good.text, "slots:");
    memcpy(slots, "stots:", 6);
    h->checksum = edition_image_checksum(h, h + 1, image.size - sizeof *h);
    assert_null(edition_from_image(&image, &why)); /* a file with mistakes */
    buf_free(&image);
}

static void an_expression_that_is_none_is_an_error(void **state)
{
    (void)state;
    static const char bad[] = "intent: a\nexamples: [a]\nslots:\n  x: {type: regex, match: \"(a\", ask: \"?\"}\n"
                              "steps:\n  - say: \"{x}\"\n";
    static const struct source from[] = {TEXT("intents/it/a.yaml", bad), TEXT("sportello.yaml", settings)};
    compile(from, 2, 1);
    buf_free(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flow_comes_back_as_it_was_written), cmocka_unit_test(slots_read_values),
        cmocka_unit_test(intents_with_patterns_are_listed),    cmocka_unit_test(an_entry_knows_what_it_follows),
        cmocka_unit_test(a_flow_made_to_hurt_is_refused),      cmocka_unit_test(an_expression_that_is_none_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
