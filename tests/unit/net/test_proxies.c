/* X-Forwarded-For is believed from trusted proxies only, from its end, up to the first stranger. */
#include "net/proxies.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *peer, *header, *client;
} cases[] = {
    {"203.0.113.9", "198.51.100.1", "203.0.113.9"},          /* a stranger's header means nothing */
    {"127.0.0.1", NULL, "127.0.0.1"},                        /* the proxy itself */
    {"127.0.0.1", "198.51.100.1", "198.51.100.1"},           /* one proxy */
    {"127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"},  /* what the client itself wrote is left aside */
    {"127.0.0.1", "198.51.100.1, 10.1.2.3", "198.51.100.1"}, /* two proxies in a row */
    {"127.0.0.1", "10.9.9.9,10.1.2.3", "10.9.9.9"},          /* only proxies: the farthest */
    {"127.0.0.1", "198.51.100.1, rubbish", "127.0.0.1"},     /* unreadable: whoever is known last */
    {"127.0.0.1", "", "127.0.0.1"},                          /* empty */
    {"127.0.0.1", "[2001:db8::7]:1234", "2001:db8::7"},      /* IPv6 with a port */
    {"::1", "198.51.100.7", "198.51.100.7"},                 /* IPv6 proxy */
};

static void finds_the_client(void **state)
{
    (void)state;
    const char *items[] = {"127.0.0.1", "10.0.0.0/8", "::1/128", "not an address", "1.2.3.4/99", "1.2.3.4/"};
    struct string_list list = {items, sizeof items / sizeof *items};
    struct proxies *p = proxies_new(&list);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct address peer;
        char text[ADDRESS_TEXT_BYTES];
        assert_int_equal(address_read(cases[i].peer, strlen(cases[i].peer), &peer), 0);
        struct address client = proxies_client(p, &peer, cases[i].header);
        address_text(&client, text);
        if (strcmp(text, cases[i].client) != 0)
            fail_msg("%s + %s: %s", cases[i].peer, cases[i].header, text);
    }
    proxies_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_the_client)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
