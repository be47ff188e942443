/* Sockets open from the site's own origins and the allowed ones; the desk only from the own ones. */
#include "net/origins.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *allowed[] = {"https://shop.example", "HTTPS://WWW.Example.org:443/", "http://localhost:3000"};
static struct settings settings = {.public_url = "https://help.example.org/chat/", .allowed_origins = {allowed, 3}};

static void the_own_ones_and_the_allowed(void **state)
{
    (void)state;
    static const char *const own[] = {"https://help.example.org", "http://127.0.0.1:8080", "http://localhost:8080",
                                      "http://[::1]:8080", "http://192.0.2.7:8080"};
    static const char *const guests[] = {"https://shop.example", "https://www.example.org", "http://localhost:3000"};
    static const char *const strangers[] = {"null",
                                            "",
                                            "http://help.example.org",
                                            "https://help.example.org:8443",
                                            "https://evil.example",
                                            "https://help.example.org.evil.example",
                                            "http://127.0.0.1:8081",
                                            "https://shop.example/"};
    struct origins *o = origins_new(&settings, "192.0.2.7", 8080);
    for (size_t i = 0; i < 5; i++)
        assert_true(origins_own(o, own[i]) && origins_allow(o, own[i]));
    for (size_t i = 0; i < 3; i++)
        assert_true(!origins_own(o, guests[i]) && origins_allow(o, guests[i]));
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        if (origins_allow(o, strangers[i]))
            fail_msg("allowed: %s", strangers[i]);
    }
    assert_false(origins_allow(o, NULL));
    assert_string_equal(origins_prefix(o), "/chat");
    assert_string_equal(origins_public(o), "https://help.example.org");
    assert_true(origins_secure(o));
    origins_free(o);
}

static void without_a_public_url(void **state)
{
    (void)state;
    struct settings plain = {.public_url = ""};
    struct origins *o = origins_new(&plain, "::1", 80);
    assert_true(origins_own(o, "http://localhost"));
    assert_true(origins_own(o, "http://[::1]"));
    assert_false(origins_own(o, "http://localhost:8080"));
    assert_string_equal(origins_prefix(o), "");
    assert_false(origins_secure(o));
    origins_free(o);
}

/* An address in brackets has no place in the grammar of a policy, and what would end the directive none at all. */
static void frames_are_for_the_same_pages(void **state)
{
    static const char *guests[] = {"https://Shop.example", "https://a.example; script-src *", "http://b.example:8081",
                                   "https://[2001:db8::1]"};
    (void)state;
    struct settings plain = {.public_url = "https://help.example.org/chat", .allowed_origins = {guests, 4}};
    struct origins *o = origins_new(&plain, "127.0.0.1", 8080);
    assert_string_equal(origins_ancestors(o),
                        "frame-ancestors 'self' https://help.example.org http://127.0.0.1:8080 http://localhost:8080 "
                        "http://127.0.0.1:8080 https://shop.example http://b.example:8081");
    origins_free(o);
}

static void frames_have_a_ceiling(void **state)
{
    char long_name[400] = "https://";
    const char *guests[SETTINGS_LIST_MAX];
    (void)state;
    memset(long_name + 8, 'a', sizeof long_name - 9);
    for (size_t i = 0; i < SETTINGS_LIST_MAX; i++)
        guests[i] = long_name;
    struct settings plain = {.public_url = "", .allowed_origins = {guests, SETTINGS_LIST_MAX}};
    struct origins *o = origins_new(&plain, "127.0.0.1", 8080);
    assert_true(strlen(origins_ancestors(o)) < ORIGINS_ANCESTORS_BYTES);
    assert_true(strlen(origins_ancestors(o)) > ORIGINS_ANCESTORS_BYTES - 500);
    origins_free(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_own_ones_and_the_allowed),
        cmocka_unit_test(without_a_public_url),
        cmocka_unit_test(frames_are_for_the_same_pages),
        cmocka_unit_test(frames_have_a_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
