/* Input: what a page may show, and that what such an input gives is understood in both languages. */
#include "dialogue/input.h"
#include "entity/entity.h"
#include "unit/content/content_test.h"

static const struct heard_time now = {.year = 2026, .month = 11, .day = 22, .hour = 10, .weekday = 6};

static const struct outcome_input *input(struct fixture *f, struct slot slot)
{
    const struct outcome_input *in = input_for(&slot, "it", &now, f->arena);
    assert_non_null(in);
    return in;
}

static void every_type_has_one(void **state)
{
    struct fixture *f = *state;
    for (int t = 0; t < SLOT_TYPES; t++)
        assert_non_null(input(f, (struct slot){.type = (enum slot_type)t})->type);
    assert_string_equal(input(f, (struct slot){.type = SLOT_EMAIL})->autocomplete, "email");
    assert_string_equal(input(f, (struct slot){.type = SLOT_PHONE})->type, "tel");
    assert_null(input(f, (struct slot){.type = SLOT_DATE})->min);
}

static void bounds_are_told(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(input(f, (struct slot){.type = SLOT_DATE, .when = 1})->min, "2026-11-22");
    assert_string_equal(input(f, (struct slot){.type = SLOT_MOMENT, .when = -1})->max, "2026-11-22");
    const struct outcome_input *in = input(
        f, (struct slot){.type = SLOT_NUMBER, .has_least = true, .least = 1.5, .has_most = true, .most = 1000000});
    assert_string_equal(in->min, "1.5");
    assert_string_equal(in->max, "1000000");
    assert_string_equal(in->decimal, ",");
    assert_null(in->step);
    const struct slot money = {.type = SLOT_MONEY};
    assert_string_equal(input_for(&money, "en", &now, f->arena)->decimal, ".");
    assert_string_equal(input_for(&money, "en", &now, f->arena)->step, "0.01");
}

static void choices_too_many_for_buttons_are_listed(void **state)
{
    struct fixture *f = *state;
    struct slot_choice choices[FLOW_CHOICES_MAX];
    for (int i = 0; i < FLOW_CHOICES_MAX; i++)
        choices[i] = (struct slot_choice){.value = "v", .title = arena_printf(f->arena, "Titolo %d", i)};
    struct slot slot = {.type = SLOT_CHOICE, .choices = choices, .choice_count = DIALOGUE_OPTIONS_MAX};
    assert_int_equal(input(f, slot)->choice_count, 0);
    slot.choice_count = FLOW_CHOICES_MAX;
    assert_int_equal(input(f, slot)->choice_count, FLOW_CHOICES_MAX);
    assert_string_equal(input(f, slot)->choices[FLOW_CHOICES_MAX - 1], "Titolo 49");
}

/* What browsers give for these inputs, a number's full stop replaced by the sign that was told. */
static void what_inputs_give_is_understood(void **state)
{
    struct fixture *f = *state;
    static const struct {
        enum entity_type type;
        const char *it, *en, *value;
    } answers[] = {
        {ENTITY_DATE, "2026-12-24", NULL, "2026-12-24"},
        {ENTITY_DATE, "1999-01-05", NULL, "1999-01-05"},
        {ENTITY_TIME, "09:05", NULL, "09:05"},
        {ENTITY_TIME, "03:00", NULL, "03:00"},
        {ENTITY_TIME, "15:30:00", NULL, "15:30"},
        {ENTITY_MOMENT, "2026-12-24T15:00", NULL, "2026-12-24T15:00"},
        {ENTITY_MOMENT, "2026-12-24T03:05", NULL, "2026-12-24T03:05"},
        {ENTITY_MOMENT, "2026-12-24 15:00", NULL, "2026-12-24T15:00"},
        {ENTITY_NUMBER, "1,234", "1.234", "1.234"},
        {ENTITY_NUMBER, "1234567", NULL, "1234567"},
        {ENTITY_NUMBER, "-3", NULL, "-3"},
        {ENTITY_MONEY, "1250,50", "1250.50", "1250.50 EUR"},
        {ENTITY_EMAIL, "maria.rossi@example.com", NULL, "maria.rossi@example.com"},
        {ENTITY_PHONE, "+39 333 1234567", NULL, "+393331234567"},
        {ENTITY_PHONE, "3331234567", NULL, "+393331234567"},
    };
    const struct entity_now at = {2026, 11, 22, 10, 0};
    for (size_t i = 0; i < 2 * sizeof answers / sizeof *answers; i++) {
        const struct entity_spec spec = {.type = answers[i / 2].type};
        char why[ENTITY_WHY_BYTES];
        bool english = i % 2 == 1;
        const char *text = english && answers[i / 2].en != NULL ? answers[i / 2].en : answers[i / 2].it, *refused;
        struct entity *reader = entity_new(&spec, english ? "en" : "it", why);
        struct entity_found found = {.value = "nothing"};
        assert_non_null(reader);
        if (entity_read(reader, text, &at, f->arena, &found, &refused) != ENTITY_FOUND ||
            strcmp(found.value, answers[i / 2].value) != 0)
            fail_msg("%s in %s: %s", text, english ? "en" : "it", found.value);
        entity_free(reader);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(every_type_has_one), TEST(bounds_are_told),
                                       TEST(choices_too_many_for_buttons_are_listed),
                                       TEST(what_inputs_give_is_understood)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
