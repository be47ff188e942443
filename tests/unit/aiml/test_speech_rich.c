/* Rich: buttons, links, images and lists of an answer become options and blocks. */
#include "aiml_test.h"

static const struct block *blocks(struct bot *b, const char *inside)
{
    bot_template(b, inside);
    return b->reply.blocks;
}

static void buttons_are_options(void **state)
{
    struct bot *b = *state;
    assert_string_equal(
        bot_template(b, "Choose: <button><text>Say <star index='1'/></text><postback>HELLO <star/></postback></button>"
                        "<button text='Site' url='https://a.example/'/><button>Plain</button>"
                        "<reply><text>Yes</text></reply><button><text>Bad</text><url>javascript:x</url></button>"),
        "Choose:");
    static const struct aiml_option expected[] = {{"Say one two three", "HELLO one two three", NULL, 0},
                                                  {"Site", NULL, "https://a.example/", 0},
                                                  {"Plain", "Plain", NULL, 0},
                                                  {"Yes", "Yes", NULL, 0},
                                                  {"Bad", "Bad", NULL, 0}};
    assert_int_equal(b->reply.option_count, 5);
    for (size_t i = 0; i < 5; i++) {
        const struct aiml_option *o = &b->reply.options[i];
        assert_string_equal(o->title, expected[i].title);
        assert_string_equal(o->send != NULL ? o->send : "-", expected[i].send != NULL ? expected[i].send : "-");
        assert_string_equal(o->url != NULL ? o->url : "-", expected[i].url != NULL ? expected[i].url : "-");
    }
}

static void what_is_only_thought_shows_no_button(void **state)
{
    struct bot *b = *state;
    bot_template(b, "<think><button>x</button></think><set name='v'><button>y</button>z</set>");
    assert_string_equal(b->reply.text, "z");
    assert_int_equal(b->reply.option_count, 0);
}

static void there_is_a_ceiling_of_buttons(void **state)
{
    struct bot *b = *state;
    bot_template(b, "<button>1</button><button>2</button><button>3</button><button>4</button><button>5</button>"
                    "<button>6</button><button>7</button><button>8</button><button>9</button>");
    assert_int_equal(b->reply.option_count, AIML_OPTIONS);
}

static void links_stand_in_the_line(void **state)
{
    struct bot *b = *state;
    const struct block *p =
        blocks(b, "See <link><text>our <star index='1'/> page</text><url>https://a.example/</url></link> or "
                  "<a href='mailto:x@a.example'>write</a>, <a href='javascript:x'>not this</a>");
    assert_int_equal(p->kind, BLOCK_PARAGRAPH);
    assert_int_equal(p->child->kind, BLOCK_TEXT);
    assert_string_equal(p->child->text, "See ");
    const struct block *link = p->child->next;
    assert_int_equal(link->kind, BLOCK_LINK);
    assert_string_equal(link->target, "https://a.example/");
    assert_string_equal(link->child->text, "our one two three page");
    assert_string_equal(link->next->next->target, "mailto:x@a.example");
    assert_null(link->next->next->next->next);
    assert_string_equal(b->reply.text, "See our one two three page or write, not this");
}

static void lists_hold_items(void **state)
{
    struct bot *b = *state;
    const struct block *p =
        blocks(b, "Two: <list><item>one <b>big</b></item><item><list><item>in</item></list></item></list> end");
    assert_int_equal(p->kind, BLOCK_PARAGRAPH);
    const struct block *list = p->next;
    assert_int_equal(list->kind, BLOCK_LIST);
    assert_int_equal(list->level, 0);
    assert_int_equal(list->child->kind, BLOCK_ITEM);
    assert_int_equal(list->child->child->kind, BLOCK_PARAGRAPH);
    assert_int_equal(list->child->child->child->next->kind, BLOCK_STRONG);
    assert_string_equal(list->child->child->child->next->child->text, "big");
    assert_int_equal(list->child->next->child->kind, BLOCK_LIST);
    assert_string_equal(list->next->child->text, "end");
    assert_int_equal(blocks(b, "<ol><li>a</li></ol>")->level, 1);
    assert_int_equal(blocks(b, "<ol><li>a</li></ol>")->child->kind, BLOCK_ITEM);
}

static void a_card_is_a_block(void **state)
{
    struct bot *b = *state;
    const struct block *p =
        blocks(b, "See <card><image>https://a.example/i.png</image><title>Drill</title><subtitle>18 V</subtitle>"
                  "<button><text>Buy</text><postback>BUY DRILL</postback></button></card> end")
            ->next;
    assert_int_equal(p->kind, BLOCK_CARD);
    assert_string_equal(p->target, "https://a.example/i.png");
    assert_string_equal(p->text, "Drill");
    assert_string_equal(p->child->child->text, "18 V");
    assert_string_equal(p->next->child->text, "end");
    assert_string_equal(b->reply.options[0].send, "BUY DRILL");
    assert_string_equal(b->reply.text, "See Drill\n18 V\nend");
    assert_int_equal(b->reply.options[0].card, 1);
    assert_null(blocks(b, "<card><image>file:///x</image><title>T</title></card>")->target);
}

static void a_button_knows_its_card(void **state)
{
    struct bot *b = *state;
    const struct block *said =
        blocks(b, "<button>Before</button><carousel><card><title>A</title><button>A1</button><button>A2</button></card>"
                  "<card><title>B</title></card><card><title>C</title><button>C1</button>"
                  "<card><title>D</title><button>D1</button></card></card></carousel><button>Behind</button>"
                  "<think><card><title>X</title></card></think><card><title>E</title><button>E1</button></card>");
    static const int expected[] = {0, 1, 1, 3, 4, 0, 5};
    assert_int_equal(block_cards(said), 5);
    assert_int_equal(b->reply.option_count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_int_equal(b->reply.options[i].card, expected[i]);
}

static void a_split_begins_a_paragraph(void **state)
{
    struct bot *b = *state;
    const struct block *p = blocks(b, "one<split/>two<br/>three");
    assert_string_equal(p->child->text, "one");
    assert_string_equal(p->next->child->text, "two");
    assert_int_equal(p->next->child->next->kind, BLOCK_BREAK);
    assert_string_equal(b->reply.text, "one\ntwo\nthree");
}

static void what_is_too_deep_stays_with_its_parent(void **state)
{
    struct bot *b = *state;
    const struct block *p = blocks(b, "<list><item><list><item><list><item><list><item><b><em>deep</em></b></item></"
                                      "list></item></list></item></list></item></list>");
    int depth = 0;
    for (; p->child != NULL; p = p->child)
        depth++;
    assert_true(depth <= BLOCK_DEPTH_MAX);
    assert_string_equal(b->reply.text, "deep");
}

static void letters_change_around_links(void **state)
{
    struct bot *b = *state;
    assert_string_equal(bot_template(b, "<uppercase>a <link text='link' url='https://a.example/'/> b</uppercase>"),
                        "A link B");
    assert_int_equal(b->reply.blocks->child->next->kind, BLOCK_LINK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOT_TEST(buttons_are_options),
        BOT_TEST(what_is_only_thought_shows_no_button),
        BOT_TEST(there_is_a_ceiling_of_buttons),
        BOT_TEST(links_stand_in_the_line),
        BOT_TEST(lists_hold_items),
        BOT_TEST(a_card_is_a_block),
        BOT_TEST(a_button_knows_its_card),
        BOT_TEST(a_split_begins_a_paragraph),
        BOT_TEST(what_is_too_deep_stays_with_its_parent),
        BOT_TEST(letters_change_around_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
