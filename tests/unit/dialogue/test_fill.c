/* Values in place of names. */
#include "dialogue/fill.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct slot_choice choices[] = {{.value = "to", .title = "Torino città"}};
static const struct slot slots[] = {{.name = "giorno", .type = SLOT_DATE},
                                    {.name = "città", .type = SLOT_CHOICE, .choices = choices, .choice_count = 1},
                                    {.name = "costo", .type = SLOT_MONEY},
                                    {.name = "vuoto", .type = SLOT_TEXT}};
static const struct flow flow = {.slots = slots, .slot_count = 4};
static const struct variable facts[] = {{"visitor.nome", "Maria"}, {"page", "https://example.com/a b"}};

struct fixture {
    struct arena *arena;
    struct heard heard;
    struct step step;
    struct talk talk;
    struct names names;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new(8 << 20);
    f->heard = (struct heard){.now = heard_time_at(1803895200, 0), .facts = facts, .fact_count = 2};
    f->heard.help = (struct help){.open = true, .online = 1};
    f->step = (struct step){.heard = &f->heard, .arena = f->arena, .lang = "it"};
    f->talk.arena = f->arena;
    talk_set(&f->talk, TALK_SLOT_PREFIX "giorno", "2026-12-24");
    talk_set(&f->talk, TALK_SLOT_PREFIX "città", "to");
    talk_set(&f->talk, TALK_SLOT_PREFIX "costo", "12.50 EUR");
    talk_set(&f->talk, "o.righe.1.titolo", "*viti* & {giorno}");
    talk_set(&f->talk, "giorno", "hidden by the slot");
    f->names = (struct names){&f->step, &f->talk, &flow};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    arena_free(f->arena);
    free(f);
    return 0;
}

static void names_are_filled_in(void **state)
{
    static const struct {
        const char *text, *said, *canonical;
    } rows[] = {
        {"niente", "niente", "niente"},
        {"", "", ""},
        {"{giorno}", "giovedì 24 dicembre 2026", "2026-12-24"},
        {"a {città}!", "a Torino città!", "a to!"},
        {"{costo}", "12,50 €", "12.50 EUR"},
        {"{vuoto}-{nessuno}", "-", "-"},
        {"{o.righe.1.titolo}", "*viti* & {giorno}", "*viti* & {giorno}"}, /* once, and as text */
        {"{visitor.nome} {lang}", "Maria it", "Maria it"},
        {"{now.date} {now.time}", "lunedì 1 marzo 2027 10:00", "2027-03-01 10:00"},
        {"{now.hour} {now.weekday} {open}", "10 1 true", "10 1 true"},
        {"{ } {1} {} {a b} {", "{ } {1} {} {a b} {", "{ } {1} {} {a b} {"},
        {"{{giorno}}", "{giovedì 24 dicembre 2026}", "{2026-12-24}"},
        {"perché {città} è", "perché Torino città è", "perché to è"},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *said = fill_text(&f->names, rows[i].text, true), *plain = fill_text(&f->names, rows[i].text, false);
        if (strcmp(said, rows[i].said) != 0 || strcmp(plain, rows[i].canonical) != 0)
            fail_msg("“%s”: said “%s”, canonical “%s”", rows[i].text, said, plain);
    }
}

static void addresses_are_encoded(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(fill_address(&f->names, "https://example.com/?q={o.righe.1.titolo}&d={giorno}"),
                        "https://example.com/?q=%2Aviti%2A%20%26%20%7Bgiorno%7D&d=2026-12-24");
    assert_string_equal(fill_address(&f->names, "https://example.com/?p={page}"),
                        "https://example.com/?p=https%3A%2F%2Fexample.com%2Fa%20b");
}

static void blocks_are_copied_whole(void **state)
{
    struct fixture *f = *state;
    struct block text = {.kind = BLOCK_TEXT, .text = "{città}"};
    struct block link = {.kind = BLOCK_LINK, .target = "https://example.com/{città}", .child = &text};
    struct block before = {.kind = BLOCK_TEXT, .text = "a ", .next = &link};
    struct block line = {.kind = BLOCK_PARAGRAPH, .child = &before};
    const struct block *copy = fill_blocks(&f->names, &line);
    assert_string_equal(copy->child->text, "a ");
    assert_string_equal(copy->child->next->target, "https://example.com/to");
    assert_string_equal(copy->child->next->child->text, "Torino città");
    assert_null(copy->next);
    assert_string_equal(text.text, "{città}");
}

static void what_grows_too_large_is_cut_between_values(void **state)
{
    static char value[TALK_VALUE_BYTES + 1], text[200];
    struct fixture *f = *state;
    memset(value, 'x', TALK_VALUE_BYTES);
    talk_set(&f->talk, "v", value);
    for (size_t i = 0; i < 20; i++)
        memcpy(text + 3 * i, "{v}", 4);
    size_t size = strlen(fill_text(&f->names, text, true));
    assert_true(size >= TALK_VALUE_BYTES && size <= 32 << 10 && size % TALK_VALUE_BYTES == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_are_filled_in, set_up, tear_down),
        cmocka_unit_test_setup_teardown(addresses_are_encoded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(blocks_are_copied_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_grows_too_large_is_cut_between_values, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
