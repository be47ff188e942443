/* Link: what leads where. */
#include "content_test.h"

#include "content/link.h"

static void tells_kinds_apart(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        enum link_kind kind;
    } cases[] = {
        {"https://example.com", LINK_WEB},
        {"HTTP://example.com/a?b#c", LINK_WEB},
        {"mailto:a@b.it", LINK_CONTACT},
        {"tel:+39051", LINK_CONTACT},
        {"#orari", LINK_INNER},
        {"intent:saluto", LINK_INNER},
        {"agent:", LINK_INNER},
        {"agent:negozio", LINK_INNER},
        {"ioit://x", LINK_OTHER},
        {"javascript:alert(1)", LINK_OTHER},
        {"data:text/html,x", LINK_OTHER},
        {"", LINK_DEAD},
        {"#", LINK_DEAD},
        {"intent:", LINK_DEAD},
        {"/pagina", LINK_DEAD},
        {"pagina.html", LINK_DEAD},
        {"https://", LINK_DEAD},
        {"http:example", LINK_DEAD},
        {"https:///x", LINK_DEAD},
        {"https://a b", LINK_DEAD},
        {"mailto:", LINK_DEAD},
        {"C:\\x", LINK_DEAD},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum option_kind kind;
        const char *target;
        if (link_kind(cases[i].url, &kind, &target) != cases[i].kind)
            fail_msg("%s", cases[i].url);
    }
}

static void gives_the_target(void **state)
{
    (void)state;
    enum option_kind kind;
    const char *target;
    assert_int_equal(link_kind("agent:negozio", &kind, &target), LINK_INNER);
    assert_int_equal(kind, OPTION_AGENT);
    assert_string_equal(target, "negozio");
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(tells_kinds_apart), TEST(gives_the_target)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
