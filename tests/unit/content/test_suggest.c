/* Suggest: the nearest name. */
#include "content_test.h"

#include "content/suggest.h"

static const char *nearest(const char *word)
{
    static const char *const names[] = {"answer", "offer", "close", "handoff"};
    struct suggest s = suggest_start(word);
    for (size_t i = 0; i < 4; i++)
        suggest_offer(&s, names[i]);
    return s.best;
}

static void finds_what_was_meant(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(nearest("anser"), "answer");
    assert_string_equal(nearest("hadnoff"), "handoff");
    assert_string_equal(nearest("colse"), "close");
    assert_null(nearest("timezone"));
    assert_null(nearest(""));
    struct suggest s = suggest_start("ofer");
    assert_string_equal(suggest_phrase(&s, f->arena), "");
    suggest_offer(&s, "offer");
    assert_string_equal(suggest_phrase(&s, f->arena), "; did you mean “offer”?");
}

static void gives_up_on_monsters(void **state)
{
    (void)state;
    char word[1000];
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    assert_null(nearest(word));
    struct suggest s = suggest_start("aaaa");
    suggest_offer(&s, word);
    assert_null(s.best);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(finds_what_was_meant), TEST(gives_up_on_monsters)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
