/* The words of a body, as they were said. */
#include "wire/message.h"
#include "wire/spoken.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *spoken(struct arena *a, const char *body)
{
    return spoken_text(body, strlen(body), a);
}

static void words_come_out_as_they_went_in(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct buf body;
    buf_init(&body, 1 << 16);
    struct said said = {.from = FROM_VISITOR, .blocks = block_paragraph(a, "dov'è \"il\" mio\n<b>pacco</b>?")};
    assert_int_equal(message_codec.message(&said, &body), 0);
    assert_string_equal(spoken_text(body.data, body.size, a), "dov'è \"il\" mio\n<b>pacco</b>?");
    buf_free(&body);
    assert_string_equal(spoken(a,
                               "{\"blocks\":[{\"type\":\"paragraph\",\"children\":[{\"type\":\"text\",\"text\":\"a\"},"
                               "{\"type\":\"break\"},{\"type\":\"strong\",\"children\":[{\"type\":\"text\",\"text\":"
                               "\"b\"}]}]},{\"type\":\"list\",\"children\":[{\"type\":\"item\",\"text\":\"c\"},"
                               "{\"type\":\"item\",\"text\":\"d\"}]}]}"),
                        "a\nb\n\nc\nd");
    arena_free(a);
}

static void what_is_no_body_says_nothing(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    static const char *const none[] = {"", "{", "[]", "null", "{\"blocks\":5}", "{\"blocks\":[5,[],{\"text\":5}]}"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_string_equal(spoken(a, none[i]), "");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_come_out_as_they_went_in),
                                       cmocka_unit_test(what_is_no_body_says_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
