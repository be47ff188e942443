/* Memory is kept as a line of text and comes back the same; broken text is a fresh start. */
#include "dialogue/dialogue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* All that is in use; what lies behind a text or a count is anything. */
static void assert_same(const struct dialogue_memory *a, const struct dialogue_memory *b)
{
    assert_int_equal(a->rephrased, b->rephrased);
    assert_int_equal(a->told_passing, b->told_passing);
    assert_int_equal(a->turns, b->turns);
    assert_int_equal(a->asked, b->asked);
    assert_string_equal(a->last_entry, b->last_entry);
    assert_string_equal(a->question, b->question);
    assert_string_equal(a->lang, b->lang);
    assert_string_equal(a->aiml, b->aiml);
    assert_string_equal(a->talk, b->talk);
    assert_int_equal(a->shown_count, b->shown_count);
    for (int i = 0; i < a->shown_count; i++)
        assert_string_equal(a->shown[i], b->shown[i]);
    assert_int_equal(a->option_count, b->option_count);
    for (int i = 0; i < a->option_count; i++) {
        assert_string_equal(a->options[i].id, b->options[i].id);
        assert_string_equal(a->options[i].title, b->options[i].title);
    }
}

static void comes_back_the_same(void **state)
{
    struct dialogue_memory m = {.rephrased = 1, .told_passing = true, .turns = 7, .shown_count = 2}, back;
    snprintf(m.last_entry, sizeof m.last_entry, "%s", "costo-spedizione");
    snprintf(m.shown[0], sizeof m.shown[0], "%s", "entry:a");
    snprintf(m.shown[1], sizeof m.shown[1], "%s", "intent:b\\c");
    snprintf(m.question, sizeof m.question, "%s", "riga\tuno\nriga due \\ perché");
    snprintf(m.lang, sizeof m.lang, "%s", "it");
    struct buf out;
    buf_init(&out, 65536);
    dialogue_memory_write(&m, &out);
    assert_null(strchr(out.data, '\n'));
    memset(&back, 0xaa, sizeof back);
    dialogue_memory_read(out.data, &back);
    assert_same(&m, &back);
    buf_free(&out);
    (void)state;
}

static void broken_text_is_a_start(void **state)
{
    static const char *const broken[] = {"",   "2\t0\t0\t0\tit\t\t", "1\tx\t0\t0\t\t\t", "1\t0\t9\t0\t\t\t", "1\t0",
                                         "{}", "1\t-4\t0\t0\t\t\t"};
    const struct dialogue_memory none = {0};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct dialogue_memory m;
        memset(&m, 0xaa, sizeof m);
        dialogue_memory_read(broken[i], &m);
        assert_same(&m, &none);
    }
    (void)state;
}

static void what_is_too_long_is_cut(void **state)
{
    struct buf out;
    struct dialogue_memory m;
    buf_init(&out, 1 << 20);
    buf_puts(&out, "3\t0\t0\t0\t0\tlonglonglonglang\t");
    for (int i = 0; i < 5000; i++)
        buf_putc(&out, 'e');
    buf_puts(&out, "\tq\t\t\t0");
    for (int i = 0; i < 100; i++)
        buf_puts(&out, "\tentry:x");
    dialogue_memory_read(out.data, &m);
    assert_int_equal(strlen(m.last_entry), DIALOGUE_ID_BYTES - 1);
    assert_int_equal(m.shown_count, DIALOGUE_SHOWN_MAX);
    buf_free(&out);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back_the_same),
        cmocka_unit_test(broken_text_is_a_start),
        cmocka_unit_test(what_is_too_long_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
