/* Site_flows: many at once; what each check says is told by the cases in tests/content. */
#include "content_test.h"

#include "content/intent.h"
#include "content/site_flows.h"

/* Sixty intents that all lead to each other, with and without a question: told, and told soon. */
static void many_circles_take_no_time(void **state)
{
    struct fixture *f = *state;
    struct collect c = {.arena = f->arena, .problems = f->problems};
    struct settings *settings = settings_default(f->arena);
    for (int i = 0; i < 60; i++) {
        struct buf text;
        buf_init(&text, 1 << 20);
        buf_printf(&text, "intent: a%d\nexamples: [a%d]\nsteps:\n", i, i);
        if (i != 7)
            buf_puts(&text, "  - confirm: Vado?\n");
        for (int k = 0; k < 60; k++)
            buf_printf(&text, "  - if: open\n    goto: a%d\n", k);
        char *kept = arena_strndup(f->arena, text.data, text.size);
        intent_read(&c, "a.yaml", "it", (struct span){kept, text.size});
        buf_free(&text);
    }
    assert_int_equal(site_flows_errors(&c, settings), 0);
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 1); /* a7 leads to itself */
    assert_int_equal(site_flows_warnings(&c, settings), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(many_circles_take_no_time)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
