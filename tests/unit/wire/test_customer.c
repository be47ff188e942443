/* Customers' cards: whole or not at all, and nothing in them that runs. */
#include "wire/customer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(4 << 20);
    return arena != NULL ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static int read_text(const char *text, struct customer *ret, const char **ret_why)
{
    return customer_read(text, strlen(text), arena, ret, ret_why);
}

static void a_card_is_read_and_written_as_it_was(void **state)
{
    (void)state;
    static const char text[] =
        "{\"name\":\"Maria\",\"lines\":[{\"label\":\"Dal\",\"value\":\"2019\"}],\"orders\":[{\"id\":"
        "\"OL-1\",\"state\":\"spedito\",\"date\":\"2027-03-01\",\"url\":\"https://a.example/1\"},{"
        "\"id\":\"OL-2\",\"state\":\"\"}],\"notes\":\"Fattura\"}";
    struct customer c;
    struct buf out;
    const char *why;
    buf_init(&out, 10000);
    assert_int_equal(read_text(text, &c, &why), 0);
    assert_true(customer_known(&c));
    assert_int_equal(customer_write(&c, &out), 0);
    assert_string_equal(out.data, text);
    buf_free(&out);
}

static void what_is_not_said_is_empty(void **state)
{
    (void)state;
    static const char *const texts[] = {"", " \n", "{}",
                                        "{\"name\":null,\"lines\":null,\"orders\":[],\"more\":{\"a\":1}}"};
    struct customer c;
    const char *why;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(read_text(texts[i], &c, &why), 0);
        assert_false(customer_known(&c));
    }
}

static void what_is_wrong_makes_it_none(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "[]",
        "nonsense",
        "{\"name\":1}",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"lines\":{}}",
        "{\"lines\":[1]}",
        "{\"lines\":[{\"label\":\"a\",\"value\":true}]}",
        "{\"orders\":\"none\"}",
        "{\"orders\":[{\"id\":\"a\",\"url\":\"javascript:alert(1)\"}]}",
        "{\"orders\":[{\"id\":\"a\",\"url\":\"https:///x\"}]}",
        "{\"orders\":[{\"id\":\"a\",\"url\":\"https://a b\"}]}",
        "{\"orders\":[{\"id\":\"a\",\"url\":\"data:text/html,x\"}]}",
        "{\"a\":[[[[[[[[1]]]]]]]]}",
    };
    struct customer c = {.name = "untouched"};
    const char *why;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(read_text(texts[i], &c, &why), -1);
        assert_true(why[0] != '\0');
    }
    assert_string_equal(c.name, "untouched");
}

/* One more than a ceiling is refused, the ceiling itself is not. */
static void every_ceiling_holds(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after;
        int most;
    } texts[] = {
        {"{\"name\":\"", "\"}", CUSTOMER_NAME_BYTES},
        {"{\"notes\":\"", "\"}", CUSTOMER_NOTES_BYTES},
        {"{\"lines\":[{\"label\":\"", "\"}]}", CUSTOMER_NAME_BYTES},
        {"{\"lines\":[{\"value\":\"", "\"}]}", CUSTOMER_VALUE_BYTES},
        {"{\"orders\":[{\"state\":\"", "\"}]}", CUSTOMER_NAME_BYTES},
    };
    static char fill[CUSTOMER_NOTES_BYTES + 2];
    struct customer c;
    const char *why;
    memset(fill, 'x', sizeof fill);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        for (int more = 0; more <= 1; more++) {
            const char *text =
                arena_printf(arena, "%s%.*s%s", texts[i].before, texts[i].most + more, fill, texts[i].after);
            assert_int_equal(read_text(text, &c, &why), more == 0 ? 0 : -1);
        }
    }
}

static void lists_have_a_ceiling(void **state)
{
    (void)state;
    struct customer c;
    const char *why;
    for (int more = 0; more <= 1; more++) {
        struct buf text;
        buf_init(&text, 10000);
        buf_puts(&text, "{\"orders\":[{}");
        for (int i = 1; i < CUSTOMER_ORDERS_MAX + more; i++)
            buf_puts(&text, ",{}");
        buf_puts(&text, "]}");
        assert_int_equal(customer_read(text.data, text.size, arena, &c, &why), more == 0 ? 0 : -1);
        buf_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_card_is_read_and_written_as_it_was),
        cmocka_unit_test(what_is_not_said_is_empty),
        cmocka_unit_test(what_is_wrong_makes_it_none),
        cmocka_unit_test(every_ceiling_holds),
        cmocka_unit_test(lists_have_a_ceiling),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
