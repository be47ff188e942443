/* Image: a damaged one is refused, or can be asked without harm. */
#include "aiml_test.h"

#include "aiml/image.h"

static void good(struct bot *b)
{
    bot_reads(
        b, "aiml/a.aiml",
        "<aiml><category><pattern>I LIKE <set>colour</set> *</pattern><that>* A</that><template><star/><srai>X</srai>"
        "</template></category><category><pattern># _ ^ $X</pattern><template><random><li>x</li></random><map "
        "name='m'>a"
        "</map></template></category><category><pattern>*</pattern><template>no</template></category></aiml>",
        "aiml/sets/colour.txt", "red\nred wine\n", "aiml/maps/m.txt", "a:b\n", "aiml/normal.txt", "\"a\",\"b\"\n",
        "aiml/properties.txt", "name:x\n", NULL);
}

static void a_cut_image_is_refused(void **state)
{
    struct bot *b = *state;
    good(b);
    for (size_t size = 0; size < b->image.size; size += 8)
        assert_null(aiml_open(b->image.data, size));
    assert_null(aiml_open(NULL, 0));
    assert_null(aiml_open(b->image.data + 1, b->image.size - 1));
}

static void any_changed_number_does_no_harm(void **state)
{
    static const uint32_t values[] = {0, 1, 0x7fffffff, 0xffffffff};
    struct bot *b = *state;
    size_t refused = 0, opened = 0;
    good(b);
    char *copy = aligned_alloc(8, b->image.size);
    struct arena *arena = arena_new(8 << 20);
    for (size_t at = 0; at + 4 <= b->image.size; at += 4)
        for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
            memcpy(copy, b->image.data, b->image.size);
            memcpy(copy + at, &values[v], 4);
            struct aiml *a = aiml_open(copy, b->image.size);
            struct aiml_heard heard = {.text = "I like red wine today. x y X", .lang = "en", .now = b->now};
            struct aiml_memory m = {.past = &(struct aiml_exchange){"q", "b a"}, .past_count = 1};
            struct aiml_reply r;
            arena_reset(arena);
            refused += a == NULL;
            opened += a != NULL;
            if (a != NULL)
                aiml_answer(a, &heard, &m, arena, &r);
            aiml_free(a);
        }
    assert_true(refused > 100 && opened > 100);
    arena_free(arena);
    free(copy);
}

static void categories_are_told(void **state)
{
    struct bot *b = *state;
    good(b);
    assert_int_equal(aiml_categories(b->aiml), 3);
    struct aiml_category c = aiml_category(b->aiml, 0);
    assert_string_equal(c.pattern, "I LIKE <COLOUR> *");
    assert_string_equal(c.that, "* A");
    assert_string_equal(c.topic, "*");
    assert_true(c.reachable);
    assert_int_equal(c.uses, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOT_TEST(a_cut_image_is_refused),
        BOT_TEST(any_changed_number_does_no_harm),
        BOT_TEST(categories_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
