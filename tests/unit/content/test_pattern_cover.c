/* Pattern_cover: which patterns take everything that another takes. */
#include "content_test.h"

#include "content/pattern_cover.h"

static const struct slot slots[] = {{.name = "nome", .type = SLOT_TEXT}, {.name = "data", .type = SLOT_DATE}};
static const struct flow flow = {.slots = slots, .slot_count = 2}, other_flow = {.slots = slots, .slot_count = 2};

static bool covers(struct fixture *f, const char *wide, const char *narrow)
{
    struct pattern_of w = {pattern_read(f->arena, "a", 1, 1, wide, f->problems), &flow};
    struct pattern_of n = {pattern_read(f->arena, "a", 1, 1, narrow, f->problems), &flow};
    uint64_t needed, all, unused;
    assert_non_null(w.pattern);
    assert_non_null(n.pattern);
    bool result = pattern_covers(&w, &n);
    pattern_words(w.pattern, &needed, &unused);
    pattern_words(n.pattern, &unused, &all);
    if (result)
        assert_int_equal(needed & ~all, 0); /* the quick look never hides a pair */
    return result;
}

static void what_covers_what(void **state)
{
    static const struct {
        const char *wide, *narrow;
        bool covers;
    } rows[] = {
        {"* ordine *", "dove * ordine", true},
        {"dove * ordine", "* ordine *", false},
        {"Città", "citta", true},
        {"a (b|c)", "a b", true},
        {"a b", "a (b|c)", false},
        {"(a|b|c) d", "(c|a) d", true},
        {"[a] b", "b", true},
        {"b", "[a] b", false},
        {"* a * b *", "* a * c * b *", true},
        {"* a * b *", "* b * a *", false},
        {"* a b *", "* a * b *", false},
        {"* a * b *", "* a b *", true},
        {"* (a b|c) *", "x a b", true},
        {"l'ordine *", "l ordine mio", true},
        {"~ordini", "ordini", true},
        {"~ordini", "~ordini", true},
        {"ordini", "~ordini", false},
        {"* x *", "x {data}", true},
        {"x {data}", "x {data}", true},
        {"x {data}", "x domani", false},
        {"x {nome}", "x {data}", true},
        {"x {nome}", "x domani mattina", true},
        {"x {nome}", "x *", false},
        {"x {nome}", "x", false},
        {"x {nome}", "x 1 2 3 4 5 6 7 8", true},
        {"x {nome}", "x 1 2 3 4 5 6 7 8 9", false},
        {"* (a|b) *", "* (a|b|c) *", false},
        {"(a [b]|c) *", "a b c", true},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (covers(f, rows[i].wide, rows[i].narrow) != rows[i].covers)
            fail_msg("“%s” over “%s”", rows[i].wide, rows[i].narrow);
}

static void slots_of_another_intent_are_others(void **state)
{
    struct fixture *f = *state;
    const struct pattern_node *p = pattern_read(f->arena, "a", 1, 1, "x {data}", f->problems);
    assert_true(pattern_covers(&(struct pattern_of){p, &flow}, &(struct pattern_of){p, &flow}));
    assert_false(pattern_covers(&(struct pattern_of){p, &flow}, &(struct pattern_of){p, &other_flow}));
}

static void too_much_is_given_up(void **state)
{
    struct fixture *f = *state;
    char text[PATTERN_BYTES + 1] = "";
    for (int i = 0; i < 60; i++)
        strcat(text, "x{nome}");
    assert_false(covers(f, text, text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(what_covers_what), TEST(slots_of_another_intent_are_others),
                                       TEST(too_much_is_given_up)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
