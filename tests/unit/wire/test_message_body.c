/* Bodies of events hold blocks as a typed tree, and every option by its kind. */
#include "wire/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void a_tree_of_blocks(void **state)
{
    (void)state;
    struct block cents = {.kind = BLOCK_TEXT, .text = "6,50 \xe2\x82\xac"};
    struct block strong = {.kind = BLOCK_STRONG, .child = &cents};
    struct block image = {.kind = BLOCK_IMAGE, .target = "https://x/y.png", .text = "un \"pacco\""};
    struct block link_text = {.kind = BLOCK_TEXT, .text = "qui"};
    struct block link = {.kind = BLOCK_LINK, .target = "tel:+39", .child = &link_text, .next = &image};
    struct block line = {.kind = BLOCK_TEXT, .text = "Costa ", .next = &strong};
    strong.next = &link;
    struct block item = {.kind = BLOCK_ITEM, .child = &line};
    struct block list = {.kind = BLOCK_LIST, .level = 1, .child = &item};
    struct block heading = {.kind = BLOCK_HEADING, .level = 3, .next = &list};
    struct said said = {
        .from = FROM_BOT, .blocks = &heading, .mood = "warm", .entry_id = "costo", .entry_title = "Quanto costa?"};
    struct buf out;
    buf_init(&out, 4096);
    assert_int_equal(message_codec.message(&said, &out), 0);
    assert_string_equal(
        out.data,
        "{\"from\":\"bot\",\"blocks\":[{\"type\":\"heading\",\"level\":3},{\"type\":\"list\",\"ordered\":true,"
        "\"children\":["
        "{\"type\":\"item\",\"children\":[{\"type\":\"text\",\"text\":\"Costa \"},{\"type\":\"strong\",\"children\":["
        "{\"type\":\"text\",\"text\":\"6,50 \xe2\x82\xac\"}]},{\"type\":\"link\",\"href\":\"tel:+39\",\"children\":["
        "{\"type\":\"text\",\"text\":\"qui\"}]},{\"type\":\"image\",\"src\":\"https://x/y.png\",\"alt\":\"un "
        "\\\"pacco\\\"\"}"
        "]}]}],\"mood\":\"warm\",\"entry\":{\"id\":\"costo\",\"title\":\"Quanto costa?\"}}");
    buf_free(&out);
}

/* Whoever does not know gestures finds no words in it. */
static void a_gesture_has_a_name_and_no_text(void **state)
{
    (void)state;
    struct block nod = {.kind = BLOCK_GESTURE, .text = "nod"}, paragraph = {.kind = BLOCK_PARAGRAPH, .child = &nod};
    struct said said = {.from = FROM_BOT, .blocks = &paragraph};
    struct buf out;
    buf_init(&out, 4096);
    assert_int_equal(message_codec.message(&said, &out), 0);
    assert_string_equal(out.data, "{\"from\":\"bot\",\"blocks\":[{\"type\":\"paragraph\",\"children\":[{\"type\":"
                                  "\"gesture\",\"name\":\"nod\"}]}]}");
    buf_free(&out);
}

static void an_input_for_the_answer(void **state)
{
    (void)state;
    static const char *const choices[] = {"Uno", "Due"};
    struct block text = {.kind = BLOCK_TEXT, .text = "t"}, paragraph = {.kind = BLOCK_PARAGRAPH, .child = &text};
    struct outcome_input date = {.type = "date", .min = "2026-11-22"},
                         choice = {.type = "choice", .choices = choices, .choice_count = 2};
    struct said said = {.from = FROM_BOT, .blocks = &paragraph, .input = &date};
    struct buf out;
    buf_init(&out, 4096);
    assert_int_equal(message_codec.message(&said, &out), 0);
    assert_non_null(strstr(out.data, "}],\"input\":{\"type\":\"date\",\"min\":\"2026-11-22\"}}"));
    said.input = &choice;
    buf_clear(&out);
    assert_int_equal(message_codec.message(&said, &out), 0);
    assert_non_null(strstr(out.data, "\"input\":{\"type\":\"choice\",\"choices\":[\"Uno\",\"Due\"]}}"));
    buf_free(&out);
}

static void a_card(void **state)
{
    (void)state;
    struct block text = {.kind = BLOCK_TEXT, .text = "t"};
    struct block plain = {.kind = BLOCK_CARD, .text = "B"};
    struct block card = {.kind = BLOCK_CARD, .text = "A", .target = "https://x/y.png", .child = &text, .next = &plain};
    struct said said = {.from = FROM_BOT, .blocks = &card, .mood = "warm"};
    struct buf out;
    buf_init(&out, 4096);
    assert_int_equal(message_codec.message(&said, &out), 0);
    assert_non_null(strstr(out.data, "[{\"type\":\"card\",\"title\":\"A\",\"src\":\"https://x/y.png\",\"children\":["
                                     "{\"type\":\"text\",\"text\":\"t\"}]},{\"type\":\"card\",\"title\":\"B\"}]"));
    buf_free(&out);
}

static void options_links_and_forms(void **state)
{
    (void)state;
    struct outcome_option options[] = {{.id = "entry:a", .title = "A"},
                                       {.id = "url:https://x/", .title = "X", .card = 2}};
    struct said said = {.from = FROM_VISITOR,
                        .options = options,
                        .option_count = 2,
                        .cid = "c1",
                        .picked = "entry:b",
                        .fallback = true,
                        .form = true};
    struct buf out;
    buf_init(&out, 4096);
    assert_int_equal(message_codec.message(&said, &out), 0);
    assert_string_equal(
        out.data, "{\"from\":\"visitor\",\"blocks\":[],\"options\":[{\"id\":\"entry:a\",\"title\":\"A\"},"
                  "{\"id\":\"url:https://x/\",\"title\":\"X\",\"href\":\"https://x/\",\"card\":2}],\"fallback\":true,"
                  "\"cid\":\"c1\",\"picked\":\"entry:b\",\"form\":\"message\"}");
    buf_clear(&out);
    assert_int_equal(message_codec.state(WHO_AGENT, "Luca", "agents/3?v=2", &out), 0);
    assert_string_equal(out.data, "{\"who\":\"agent\",\"name\":\"Luca\",\"picture\":\"agents/3?v=2\"}");
    buf_free(&out);
}

static void a_tree_too_deep_is_cut(void **state)
{
    (void)state;
    static struct block chain[4000];
    for (size_t i = 0; i + 1 < sizeof chain / sizeof *chain; i++)
        chain[i] = (struct block){.kind = BLOCK_QUOTE, .child = &chain[i + 1]};
    struct said said = {.from = FROM_BOT, .blocks = chain};
    struct buf out;
    buf_init(&out, 4096);
    assert_int_equal(message_codec.message(&said, &out), 0);
    assert_true(out.size < 2000);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tree_of_blocks),        cmocka_unit_test(a_gesture_has_a_name_and_no_text),
        cmocka_unit_test(an_input_for_the_answer), cmocka_unit_test(a_card),
        cmocka_unit_test(options_links_and_forms), cmocka_unit_test(a_tree_too_deep_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
