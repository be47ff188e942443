/* Beginning in the middle of a flow. */
#include "unit/dialogue/flow_site.h"
#include "unit/dialogue/flow_sources.h"

static const struct source sources[] = {
    TEXT("intents/it/corso.yaml", flow_booking),     TEXT("intents/it/persona.yaml", flow_person),
    TEXT("intents/it/reclamo.yaml", flow_complaint), TEXT("intents/it/saluto.yaml", flow_greeting),
    TEXT("knowledge/it/faq.md", flow_faq),           TEXT("sportello.yaml", flow_settings)};

static struct edition *edition;

/* What dialogue_place says, NULL = it went well; then what was said next. */
static const char *place(struct flow_world *w, const char *intent, const char *asking, const struct variable *slots,
                         size_t count)
{
    const char *why = "";
    flow_world_open(w, edition);
    int result = dialogue_place(edition_view(edition), "it", intent, asking, slots, count, &w->world.heard.now,
                                w->world.arena, &w->world.memory, &why);
    return result == 0 ? NULL : why;
}

static void it_goes_on_as_if_that_had_been_asked(void **state)
{
    static const struct variable words[] = {{"corso", "legno"}, {"giorno", "il 24/3"}, {"persone", "3"}};
    struct flow_world w;
    assert_null(place(&w, "corso", "email", words, 3));
    hear(&w.world, HEARD_TEXT, "maria@example.com");
    assert_string_equal(w.world.out.asking, "nome");
    assert_string_equal(value_of(w.world.out.slot_values, w.world.out.slot_count, "giorno"), "2027-03-24");
    assert_string_equal(value_of(w.world.out.slots, w.world.out.slot_count, "corso"), "Falegnameria");
    flow_world_close(&w);
    assert_null(place(&w, "corso", "confirm", words, 3));
    hear(&w.world, HEARD_TEXT, "sì");
    assert_string_equal(w.world.out.call->webhook, "corsi");
    flow_world_close(&w);
    /* A question that a step puts. */
    assert_null(place(&w, "reclamo", "quando", NULL, 0));
    hear(&w.world, HEARD_TEXT, "ieri");
    assert_string_equal(w.world.out.asking, "testo");
    flow_world_close(&w);
    (void)state;
}

static void what_there_is_not_is_said(void **state)
{
    static const struct variable unknown[] = {{"colore", "rosso"}};
    static const struct {
        const char *intent, *asking;
        size_t count;
        const char *why;
    } rows[] = {
        {"niente", "x", 0, "there is no such intent"},
        {"saluto", "x", 0, "the intent has no steps"},
        {"corso", "x", 0, "the intent does not ask for that"},
        {"corso", "email", 1, "the intent has no slot of that name"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct flow_world w;
        assert_string_equal(place(&w, rows[i].intent, rows[i].asking, unknown, rows[i].count), rows[i].why);
        flow_world_close(&w);
    }
    (void)state;
}

static int open_all(void **state)
{
    (void)state;
    edition = flow_edition(sources, sizeof sources / sizeof *sources, 0);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    edition_unpin(edition);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_goes_on_as_if_that_had_been_asked),
        cmocka_unit_test(what_there_is_not_is_said),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
