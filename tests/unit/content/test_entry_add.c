/* Entry_add: a table of files before and after. */
#include "content_test.h"

#include "content/entry_add.h"

static const struct {
    const char *what, *before, *question, *answer, *after; /* after NULL = it is refused */
} cases[] = {
    {"a new file", "", "Affilate?", "Sì.", "## Affilate? {#x}\n\nSì.\n"},
    {"behind the last entry", "## A? {#a}\n\nSì.\n", "B", "No.\n\nMai.",
     "## A? {#a}\n\nSì.\n\n## B {#x}\n\nNo.\n\nMai.\n"},
    {"no line end at the end", "## A? {#a}\n\nSì.", "B", "No.", "## A? {#a}\n\nSì.\n\n## B {#x}\n\nNo.\n"},
    {"a list as an answer", "", "B", "- uno\n- due", "## B {#x}\n\n---\n\n- uno\n- due\n"},
    {"an open code block would swallow it", "## A? {#a}\n\n```\ncodice\n", "B", "No.", NULL},
    {"an open comment would swallow it", "## A? {#a}\n\nSì.\n\n<!-- nota\n", "B", "No.", NULL},
    {"its id is there already", "## A? {#x}\n\nSì.\n", "B", "No.", NULL},
    {"without an answer", "", "B", "", NULL},
};

static void files_have_one_entry_more(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new(16 << 20);
        struct entry_add add = {.file = {cases[i].before, strlen(cases[i].before)},
                                .id = "x",
                                .question = cases[i].question,
                                .answer = cases[i].answer};
        struct buf out;
        buf_init(&out, 1 << 20);
        int result = entry_add_markdown(&add, arena, &out);
        const char *got = out.data != NULL ? out.data : "";
        if ((result == 0) != (cases[i].after != NULL) || (result == 0 && strcmp(got, cases[i].after) != 0))
            fail_msg("%s: %d (%s)\n%s", cases[i].what, result, result < 0 ? add.ret_why : "", got);
        buf_free(&out);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(files_have_one_entry_more)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
