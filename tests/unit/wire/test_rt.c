/* What is said with Request Tracker, and what it says: as it says it, and as it should not. */
#include "wire/rt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void a_ticket_begins_its_subject_with_the_mark(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 10000);
    const struct rt_ticket t = {.queue = "General",
                                .requestor = "a@b.example",
                                .ticket = 1007,
                                .subject = "Dov'è\nil \"pacco\"?",
                                .content = "x"};
    assert_int_equal(rt_write_ticket(&t, &out), 0);
    assert_string_equal(out.data, "{\"Queue\":\"General\",\"Subject\":\"[sportello 1007] Dov'è il \\\"pacco\\\"?\","
                                  "\"Requestor\":\"a@b.example\",\"Content\":\"x\",\"ContentType\":\"text/plain\"}");
    buf_free(&out);
}

static void a_long_subject_is_cut_between_characters(void **state)
{
    (void)state;
    for (int shift = 0; shift < 2; shift++) {
        char subject[600] = "";
        struct buf out;
        buf_init(&out, 10000);
        if (shift)
            strcat(subject, "x");
        for (int i = 0; i < 200; i++)
            strcat(subject, "è");
        const struct rt_ticket t = {.queue = "G", .requestor = "", .ticket = 1, .subject = subject, .content = ""};
        assert_int_equal(rt_write_ticket(&t, &out), 0);
        const char *end = strstr(out.data, "\",\"Content\"");
        assert_non_null(end);
        assert_memory_equal(end - 2, "è", 2);
        buf_free(&out);
    }
}

static void a_comment_carries_a_file(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 10000);
    assert_int_equal(rt_write_comment("La conversazione", 1007, "ciao è", 7, &out), 0);
    assert_string_equal(
        out.data, "{\"Content\":\"La conversazione\",\"ContentType\":\"text/plain\",\"Attachments\":[{\"FileName\":"
                  "\"sportello-1007.txt\",\"FileType\":\"text/plain\",\"FileContent\":\"Y2lhbyDDqA==\"}]}");
    buf_free(&out);
    buf_init(&out, 50);
    assert_int_equal(rt_write_comment("x", 1, "y", 1, &out), -1);
    buf_free(&out);
}

static void what_was_made_is_a_number(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "[]",
                                        "{}",
                                        "{\"id\":0}",
                                        "{\"id\":-1}",
                                        "{\"id\":\"\"}",
                                        "{\"id\":1.5}",
                                        "{\"id\":\"1x\"}",
                                        "{\"id\":\"9999999999999999\"}",
                                        "{\"id\":1,\"id\":2}",
                                        "nonsense"};
    int64_t id = 5;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(rt_read_made(wrong[i], strlen(wrong[i]), &id), -1);
    assert_int_equal(id, 5);
    static const char text[] = "{\"type\":\"ticket\",\"id\":\"12\"}", number[] = "{\"id\":13}";
    assert_int_equal(rt_read_made(text, sizeof text - 1, &id), 0);
    assert_int_equal(id, 12);
    assert_int_equal(rt_read_made(number, sizeof number - 1, &id), 0);
    assert_int_equal(id, 13);
}

static void only_a_subject_that_begins_with_the_mark_is_found(void **state)
{
    (void)state;
    static const char found[] =
        "{\"items\":[{\"id\":\"3\",\"Subject\":\"x [sportello 1007]\"},{\"id\":\"4\",\"Subject\":"
        "\"[sportello 1007] y\"}],\"total\":2}";
    static const char none[] = "{\"items\":[]}", odd[] = "{\"items\":{}}", without[] = "{\"total\":0}";
    int64_t id = -1;
    assert_int_equal(rt_read_found(found, sizeof found - 1, "[sportello 1007]", &id), 0);
    assert_int_equal(id, 4);
    assert_int_equal(rt_read_found(found, sizeof found - 1, "", &id), 0);
    assert_int_equal(id, 3);
    assert_int_equal(rt_read_found(none, sizeof none - 1, "", &id), 0);
    assert_int_equal(id, 0);
    assert_int_equal(rt_read_found(odd, sizeof odd - 1, "", &id), -1);
    assert_int_equal(rt_read_found(without, sizeof without - 1, "", &id), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ticket_begins_its_subject_with_the_mark),
        cmocka_unit_test(a_long_subject_is_cut_between_characters),
        cmocka_unit_test(a_comment_carries_a_file),
        cmocka_unit_test(what_was_made_is_a_number),
        cmocka_unit_test(only_a_subject_that_begins_with_the_mark_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
