/* Memory: what is known of a conversation goes into text and comes back. */
#include "aiml_test.h"

static void a_memory_comes_back_as_it_was(void **state)
{
    struct bot *b = *state;
    struct buf text;
    bot_is(b, "<category><pattern>I AM *</pattern><template>Hi <set name='name'><star/></set>.\\ "
              "<br/>ok</template></category>"
              "<category><pattern>WHO</pattern><template><get name='name'/> <that/></template></category>");
    bot_says(b, "I am Bob=Ann");
    buf_init(&text, AIML_MEMORY_BYTES);
    assert_int_equal(aiml_memory_write(&b->memory, &text), 0);
    assert_string_equal(text.data, "q I am Bob=Ann\nr Hi Bob=Ann.\\\\\\nok\np name=Bob=Ann\n");
    assert_int_equal(aiml_memory_read(text.data, text.size, b->arena, &b->memory), 0);
    assert_string_equal(b->memory.past[0].response, "Hi Bob=Ann.\\\nok");
    assert_string_equal(bot_says(b, "who"), "Bob=Ann ok");
    buf_free(&text);
}

static void the_oldest_goes_when_it_is_too_much(void **state)
{
    struct bot *b = *state;
    struct buf text;
    struct aiml_memory back;
    struct aiml_pair pairs[AIML_PREDICATES];
    struct aiml_exchange past[AIML_PAST];
    char value[AIML_VALUE_BYTES + 1];
    memset(value, 'x', AIML_VALUE_BYTES);
    value[AIML_VALUE_BYTES] = '\0';
    for (int i = 0; i < AIML_PREDICATES; i++)
        pairs[i] = (struct aiml_pair){arena_printf(b->arena, "n%d", i), value};
    for (int i = 0; i < AIML_PAST; i++)
        past[i] = (struct aiml_exchange){arena_printf(b->arena, "q%d", i), value};
    struct aiml_memory full = {pairs, AIML_PREDICATES, past, AIML_PAST};
    buf_init(&text, (size_t)1 << 20);
    assert_int_equal(aiml_memory_write(&full, &text), 0);
    assert_true(text.size <= AIML_MEMORY_BYTES && text.size > AIML_MEMORY_BYTES - 2 * AIML_VALUE_BYTES);
    assert_int_equal(aiml_memory_read(text.data, text.size, b->arena, &back), 0);
    assert_int_equal(back.past_count, 1);
    assert_string_equal(back.past[0].request, "q0");
    assert_string_equal(back.predicates[back.predicate_count - 1].name, "n199");
    buf_free(&text);
}

static void anything_can_be_read(void **state)
{
    static const char *const texts[] = {
        "", "\n\n", "p", "p x", "p =", "r early", "z what\nq a", "q \\\nr \\n\\", "p a=1\np a=2"};
    struct bot *b = *state;
    struct aiml_memory m;
    bot_is(b, "<category><pattern>A</pattern><template><get name='a'/></template></category>");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(aiml_memory_read(texts[i], strlen(texts[i]), b->arena, &m), 0);
        b->memory = m;
        bot_says(b, "a");
    }
    assert_string_equal(b->reply.text, "2");
}

static void what_is_kept_is_bounded(void **state)
{
    struct bot *b = *state;
    char said[1200] = "i am ";
    memset(said + 5, 'y', sizeof said - 6);
    bot_is(b, "<category><pattern>I AM *</pattern><template><set name='n'><star/></set></template></category>"
              "<category><pattern>SET *</pattern><template><set><name><star/></name>v</set></template></category>");
    bot_says(b, said);
    assert_int_equal(strlen(b->memory.past[0].request), AIML_PAST_BYTES);
    assert_int_equal(strlen(b->memory.predicates[0].value), AIML_VALUE_BYTES);
    for (int i = 0; i < AIML_PREDICATES + 5; i++)
        bot_says(b, arena_printf(b->arena, "set k%d", i));
    assert_int_equal(b->memory.predicate_count, AIML_PREDICATES);
    assert_string_equal(b->memory.predicates[0].name, "k5");
    assert_int_equal(b->memory.past_count, AIML_PAST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOT_TEST(a_memory_comes_back_as_it_was),
        BOT_TEST(the_oldest_goes_when_it_is_too_much),
        BOT_TEST(anything_can_be_read),
        BOT_TEST(what_is_kept_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
