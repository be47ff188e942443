/* Gesture: both languages' names, without regard to case and accents. */
#include "content_test.h"

#include "content/gesture.h"

static const char *named(const char *name)
{
    const char *found = gesture_named(name, strlen(name));
    return found != NULL ? found : "none";
}

static void knows_both_languages(void **state)
{
    static const char *const names[][2] = {
        {"nod", "nod"},        {"annuisci", "nod"},         {"sì", "nod"},    {"si", "nod"},
        {"Sì", "nod"},         {"scuoti", "shake"},         {"NO", "shake"},  {"saluta", "wave"},
        {"guarda", "look"},    {"pausa", "pause"},          {"none", "none"}, {"", "none"},
        {"wave hand", "none"}, {"annuisciannuisci", "none"}};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(named(names[i][0]), names[i][1]);
    assert_string_equal(gesture_named("nodding", 3), "nod");
}

static void suggests_the_nearest(void **state)
{
    (void)state;
    struct suggest s = suggest_start("annuisi");
    gesture_suggest(&s);
    assert_string_equal(s.best, "annuisci");
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(knows_both_languages), TEST(suggests_the_nearest)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
