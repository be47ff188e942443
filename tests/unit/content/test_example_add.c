/* Example_add: a table of intents before and after. */
#include "content_test.h"

#include "content/example_add.h"
#include "content/intent.h"

static const struct {
    const char *what, *before, *example, *after; /* after NULL = it is refused */
} cases[] = {
    {"in brackets", "intent: a\nexamples: [\"uno\", \"due\"]\nsay: Sì.\n", "tre",
     "intent: a\nexamples: [\"uno\", \"tre\", \"due\"]\nsay: Sì.\n"},
    {"in brackets, only one", "intent: a\nexamples: [\"u\\\"no\"]\nsay: Sì.\n", "tre",
     "intent: a\nexamples: [\"u\\\"no\", \"tre\"]\nsay: Sì.\n"},
    {"in brackets, single quotes", "intent: a\nexamples: ['l''uno']\nsay: Sì.\n", "tre",
     "intent: a\nexamples: ['l''uno', \"tre\"]\nsay: Sì.\n"},
    {"in brackets without quotes", "intent: a\nexamples: [uno ]\nsay: Sì.\n", "tre",
     "intent: a\nexamples: [uno, \"tre\" ]\nsay: Sì.\n"},
    {"in brackets over lines", "intent: a\nexamples: [\n  uno,\n  # nota\n  due,\n]\nsay: Sì.\n", "tre",
     "intent: a\nexamples: [\n  uno,\n  # nota\n  \"tre\", due,\n]\nsay: Sì.\n"},
    {"a block", "intent: a\nexamples:\n  - uno\n  - due\nsay: Sì.\n", "tre",
     "intent: a\nexamples:\n  - uno\n  - \"tre\"\n  - due\nsay: Sì.\n"},
    {"a block without indent", "intent: a\nexamples:\n- uno # nota\n- due\nsay: Sì.\n", "tre", NULL},
    {"a block with one item", "intent: a\nexamples:\n  -   \"uno\" # nota\nsay: Sì.\n", "tre",
     "intent: a\nexamples:\n  -   \"uno\" # nota\n  -   \"tre\"\nsay: Sì.\n"},
    {"a block at the end of a file without a line end", "intent: a\nsay: Sì.\nexamples:\n  - uno", "tre",
     "intent: a\nsay: Sì.\nexamples:\n  - uno\n  - \"tre\""},
    {"Windows line ends", "intent: a\r\nexamples:\r\n  - uno\r\n  - due\r\nsay: Sì.\r\n", "tre",
     "intent: a\r\nexamples:\r\n  - uno\r\n  - \"tre\"\r\n  - due\r\nsay: Sì.\r\n"},
    {"a text over several lines, then another", "intent: a\nexamples:\n  - uno\n    e mezzo\n  - due\nsay: Sì.\n",
     "tre", "intent: a\nexamples:\n  - uno\n    e mezzo\n  - \"tre\"\n  - due\nsay: Sì.\n"},
    {"only a text over several lines", "intent: a\nexamples:\n  - uno\n    e mezzo\nsay: Sì.\n", "tre", NULL},
    {"signs that need quotes", "intent: a\nexamples: [uno]\nsay: Sì.\n", "è \"vero\": #1 \\ {x}",
     "intent: a\nexamples: [uno, \"è \\\"vero\\\": #1 \\\\ {x}\"]\nsay: Sì.\n"},
    {"accents before the place", "intent: a\nexamples: [\"è così\", \"più\"]\nsay: Sì.\n", "tre",
     "intent: a\nexamples: [\"è così\", \"tre\", \"più\"]\nsay: Sì.\n"},
    {"what no example may be", "intent: a\nexamples: [uno]\nsay: Sì.\n", "[x](y)", NULL},
    {"a flow with a marked value",
     "intent: a\nexamples: [\"uno [7](n)\"]\nslots: {n: {type: number, ask: Quale?}}\nsteps:\n  - say: \"{n}\"\n",
     "tre",
     "intent: a\nexamples: [\"uno [7](n)\", \"tre\"]\nslots: {n: {type: number, ask: Quale?}}\nsteps:\n  - say: "
     "\"{n}\"\n"},
    {"a mark that a visitor wrote",
     "intent: a\nexamples: [uno]\nslots: {n: {type: number, ask: Quale?}}\nsteps:\n  - say: \"{n}\"\n", "due [7](n)",
     NULL},
    {"another intent", "intent: b\nexamples: [uno]\nsay: Sì.\n", "tre", NULL},
};

static void files_before_and_after(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct wording_add add = {{cases[i].before, strlen(cases[i].before)}, "a", cases[i].example, NULL, 0};
        struct buf out;
        buf_init(&out, 1 << 20);
        int result = example_add(&add, f->arena, &out);
        if (result != (cases[i].after != NULL ? 0 : -1))
            fail_msg("%s: %d, %s", cases[i].what, result, result == 0 ? out.data : add.ret_why);
        if (cases[i].after != NULL && strcmp(out.data, cases[i].after) != 0)
            fail_msg("%s:\n%s", cases[i].what, out.data);
        if (cases[i].after == NULL)
            assert_true(out.size == 0 && add.ret_why != NULL);
        buf_free(&out);
    }
}

static void a_list_that_does_not_take_it_is_named_by_line(void **state)
{
    struct fixture *f = *state;
    static const char text[] = "intent: a\nexamples:\n  - uno\n    e mezzo\nsay: Sì.\n";
    struct wording_add add = {{text, sizeof text - 1}, "a", "tre", NULL, 0};
    struct buf out;
    buf_init(&out, 1 << 20);
    assert_int_equal(example_add(&add, f->arena, &out), -1);
    assert_int_equal(add.ret_line, 3);
    assert_non_null(strstr(add.ret_why, "by hand"));
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_before_and_after),
        TEST(a_list_that_does_not_take_it_is_named_by_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
