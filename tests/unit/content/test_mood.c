/* Mood: the five, and the nearest of them. */
#include "content_test.h"

#include "content/mood.h"

static void there_are_five(void **state)
{
    (void)state;
    char names[] = MOOD_NAMES;
    int count = 0;
    for (char *rest = names, *word; (word = strsep(&rest, ", ")) != NULL;)
        count += word[0] != '\0' && mood_is(word);
    assert_int_equal(count, 5);
    assert_false(mood_is("Warm"));
    assert_false(mood_is(""));
    struct suggest s = suggest_start("serius");
    mood_suggest(&s);
    assert_string_equal(s.best, "serious");
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(there_are_five)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
