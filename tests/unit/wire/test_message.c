/* Frames are read by the table, the table agrees with docs/protocol.md, and whatever is wrong has its code. */
#include "wire/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/wire/page.h"

static struct arena *arena;
static struct frame frame;
static const struct message_row *row;
static const char *detail;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    return arena == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const char *reads(enum message_role role, const char *json)
{
    return message_read(role, json, strlen(json), arena, &frame, &row, &detail);
}

static size_t words_in(const char *cell)
{
    size_t marks = 0;
    for (const char *c = cell; *c != '\0'; c++)
        marks += *c == ' ';
    return marks / 2;
}

static void agrees(const char *heading, enum message_role role)
{
    struct page_row rows[32];
    size_t count = page_table(heading, rows, 32), in_table = 0;
    assert_true(count > 5);
    for (size_t i = 0; i < message_count; i++) {
        const struct message_row *here = &message_table[i];
        const struct page_row *there = NULL;
        size_t fields = 0;
        if (here->role != role)
            continue;
        in_table++;
        for (size_t k = 0; k < count; k++)
            there = page_has(rows[k].types, here->name, "") ? &rows[k] : there;
        if (there == NULL)
            fail_msg("%s is not under '%s'", here->name, heading);
        for (const struct message_field *f = here->fields; f->name != NULL; f++, fields++) {
            bool required = f->required && f->unless == 0;
            if (!page_has(there->fields, f->name, required ? "" : "?"))
                fail_msg("%s.%s is not on the page, or not as %s", here->name, f->name,
                         required ? "required" : "optional");
        }
        if (fields != words_in(there->fields))
            fail_msg("%s: the page names other fields: %s", here->name, there->fields);
    }
    assert_int_equal(in_table, count);
}

static void the_page_and_the_table_agree(void **state)
{
    (void)state;
    agrees("## Visitor to server", ROLE_VISITOR);
    agrees("## Agent to server", ROLE_AGENT);
}

static void reads_every_field(void **state)
{
    (void)state;
    assert_null(reads(ROLE_VISITOR, "{\"type\":\"hello\",\"lang\":\"it\",\"token\":\"abc\",\"after\":7,\"page\":\"/x\","
                                    "\"identity\":\"v1.x.1.y\",\"consent\":true,\"new\":\"ignored\"}"));
    assert_int_equal(frame.kind, FRAME_HELLO);
    assert_true(row->first);
    assert_string_equal(frame.lang, "it");
    assert_string_equal(frame.token, "abc");
    assert_int_equal(frame.after, 7);
    assert_string_equal(frame.page, "/x");
    assert_null(reads(ROLE_VISITOR, "{\"type\":\"rate\",\"cid\":\"a-Z_9\",\"seq\":3,\"value\":-1}"));
    assert_int_equal(frame.seq, 3);
    assert_int_equal(frame.value, -1);
    assert_null(reads(ROLE_AGENT, "{\"cid\":\"1\",\"type\":\"say\",\"ticket\":12,\"text\":\"perch\xc3\xa9 no?\"}"));
    assert_int_equal(frame.kind, FRAME_DESK_SAY);
    assert_int_equal(frame.ticket, 12);
    assert_string_equal(frame.text, "perch\xc3\xa9 no?");
    assert_null(reads(ROLE_VISITOR, "{\"type\":\"say\",\"cid\":\"1\",\"text\":\"\\u00e8 \\ud83d\\ude00\"}"));
    assert_string_equal(frame.text, "\xc3\xa8 \xf0\x9f\x98\x80");
}

static void control_characters_are_dropped_from_words(void **state)
{
    (void)state;
    assert_null(reads(ROLE_VISITOR,
                      "{\"type\":\"say\",\"cid\":\"1\",\"text\":\"a\\r\\nb\\tc\\u0007\\u001b[2J\\u0085d\\u007f\"}"));
    assert_string_equal(frame.text, "a\nb\tc[2Jd");
    assert_string_equal(reads(ROLE_VISITOR, "{\"type\":\"pick\",\"cid\":\"1\",\"option\":\"entry:\\u0007\"}"),
                        "bad_field");
    assert_string_equal(detail, "option");
}

static const struct {
    const char *json, *code;
} wrong[] = {
    {"", "bad_frame"},
    {"{", "bad_frame"},
    {"[]", "bad_frame"},
    {"\"say\"", "bad_frame"},
    {"{\"type\":\"say\"} x", "bad_frame"},
    {"{\"type\":\"bye\",\"cid\":\"1\",\"cid\":\"1\"}", "bad_frame"},
    {"{\"type\":\"bye\",\"cid\":\"1\",\"x\":{\"a\":1,\"a\":2}}", "bad_frame"},
    {"{\"type\":\"bye\",\"cid\":\"1\",\"x\":[[[[[[[[]]]]]]]]}", "bad_frame"},
    {"{\"type\":\"say\",\"cid\":\"1\",\"text\":\"\\ud800\"}", "bad_frame"},
    {"{\"type\":\"say\",\"cid\":\"1\",\"text\":\"a\\u0000b\"}", "bad_frame"},
    {"{\"type\":\"say\",\"cid\":\"1\",\"text\":\"\xff\"}", "bad_frame"},
    {"{\"type\":\"resume\",\"after\":99999999999999999999999}", "bad_frame"},
    {"{\"type\":\"dance\"}", "unknown_type"},
    {"{\"type\":\"next\"}", "unknown_type"},
    {"{\"type\":7}", "bad_field"},
    {"{}", "bad_field"},
    {"{\"type\":\"hello\"}", "bad_field"},
    {"{\"type\":\"hello\",\"lang\":null}", "bad_field"},
    {"{\"type\":\"hello\",\"lang\":\"it\",\"after\":-1}", "bad_field"},
    {"{\"type\":\"hello\",\"lang\":\"it\",\"after\":1.0}", "bad_field"},
    {"{\"type\":\"hello\",\"lang\":\"it\",\"after\":9007199254740993}", "bad_field"},
    {"{\"type\":\"hello\",\"lang\":[\"it\"]}", "bad_field"},
    {"{\"type\":\"hello\",\"lang\":\"seventeen-letters\"}", "too_long"},
    {"{\"type\":\"say\",\"cid\":\"\",\"text\":\"x\"}", "bad_field"},
    {"{\"type\":\"say\",\"cid\":\"a b\",\"text\":\"x\"}", "bad_field"},
    {"{\"type\":\"say\",\"cid\":\"\xc3\xa9\",\"text\":\"x\"}", "bad_field"},
    {"{\"type\":\"say\",\"cid\":\"1\",\"text\":\" \\n \"}", "bad_field"},
    {"{\"type\":\"say\",\"cid\":\"1\",\"text\":\"\\u0001\"}", "bad_field"},
    {"{\"type\":\"rate\",\"cid\":\"1\",\"seq\":1,\"value\":0}", "bad_field"},
    {"{\"type\":\"rate\",\"cid\":\"1\",\"seq\":1,\"value\":2}", "bad_field"},
    {"{\"type\":\"rate\",\"cid\":\"1\",\"seq\":0,\"value\":1}", "bad_field"},
};

static void whatever_is_wrong_has_its_code(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *code = reads(ROLE_VISITOR, wrong[i].json);
        if (code == NULL || strcmp(code, wrong[i].code) != 0)
            fail_msg("%s: expected %s, got %s", wrong[i].json, wrong[i].code, code != NULL ? code : "no error");
        assert_non_null(detail);
    }
}

static const char *say_of(size_t bytes, size_t *ret_size)
{
    struct buf json;
    buf_init(&json, 1 << 20);
    buf_puts(&json, "{\"type\":\"say\",\"cid\":\"c1\",\"text\":\"");
    for (size_t i = 0; i < bytes; i++)
        buf_putc(&json, 'x');
    buf_puts(&json, "\"}");
    char *text = arena_strndup(arena, json.data, json.size);
    *ret_size = json.size;
    buf_free(&json);
    return text;
}

static void every_length_has_its_limit(void **state)
{
    (void)state;
    size_t size;
    const char *json = say_of(FRAME_TEXT_BYTES, &size);
    assert_null(message_read(ROLE_VISITOR, json, size, arena, &frame, &row, &detail));
    json = say_of(FRAME_TEXT_BYTES + 1, &size);
    assert_string_equal(message_read(ROLE_VISITOR, json, size, arena, &frame, &row, &detail), "too_long");
    assert_string_equal(detail, "text");
    assert_string_equal(frame.cid, "c1");
    assert_null(frame.text);
    json = say_of(MESSAGE_FRAME_BYTES, &size);
    assert_string_equal(message_read(ROLE_VISITOR, json, size, arena, &frame, &row, &detail), "too_long");
    assert_null(row);
    char cid[80], line[160];
    memset(cid, 'c', sizeof cid);
    cid[65] = '\0';
    snprintf(line, sizeof line, "{\"type\":\"human\",\"cid\":\"%s\"}", cid);
    assert_string_equal(reads(ROLE_VISITOR, line), "too_long");
    cid[64] = '\0';
    snprintf(line, sizeof line, "{\"type\":\"human\",\"cid\":\"%s\"}", cid);
    assert_null(reads(ROLE_VISITOR, line));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_and_the_table_agree),
        cmocka_unit_test(reads_every_field),
        cmocka_unit_test(control_characters_are_dropped_from_words),
        cmocka_unit_test(whatever_is_wrong_has_its_code),
        cmocka_unit_test(every_length_has_its_limit),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
