/* Every special address is known for what it is, also inside an IPv6 one. */
#include "hooks/reach.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static unsigned reach(const char *text)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        return reach_of((const struct sockaddr *)&v4);
    assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
    return reach_of((const struct sockaddr *)&v6);
}

static void addresses_by_kind(void **state)
{
    (void)state;
    static const struct {
        const char *address;
        unsigned reach;
    } known[] = {
        {"127.0.0.1", REACH_LOOPBACK},
        {"127.255.255.255", REACH_LOOPBACK},
        {"::1", REACH_LOOPBACK},
        {"::ffff:127.0.0.1", REACH_LOOPBACK},
        {"64:ff9b::127.0.0.1", REACH_LOOPBACK},
        {"2002:7f00:1::", REACH_LOOPBACK},
        {"10.1.2.3", REACH_PRIVATE},
        {"172.16.0.1", REACH_PRIVATE},
        {"172.31.255.255", REACH_PRIVATE},
        {"192.168.0.1", REACH_PRIVATE},
        {"100.64.0.1", REACH_PRIVATE},
        {"fd00::1", REACH_PRIVATE},
        {"::ffff:192.168.1.1", REACH_PRIVATE},
        {"126.255.255.255", REACH_PUBLIC},
        {"128.0.0.1", REACH_PUBLIC},
        {"172.15.0.1", REACH_PUBLIC},
        {"172.32.0.1", REACH_PUBLIC},
        {"8.8.8.8", REACH_PUBLIC},
        {"223.255.255.255", REACH_PUBLIC},
        {"2606:4700::1111", REACH_PUBLIC},
        {"2001:4860::8888", REACH_PUBLIC},
        {"0.0.0.0", 0},
        {"169.254.169.254", 0},
        {"::ffff:169.254.169.254", 0},
        {"2002:a9fe:a9fe::", 0},
        {"192.0.2.1", 0},
        {"198.19.0.1", 0},
        {"224.0.0.1", 0},
        {"255.255.255.255", 0},
        {"::", 0},
        {"::127.0.0.1", 0},
        {"fe80::1", 0},
        {"ff02::1", 0},
        {"2001:db8::1", 0},
        {"2001::1", 0},
        {"4000::1", 0},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (reach(known[i].address) != known[i].reach)
            fail_msg("%s is %s", known[i].address, reach_name(reach(known[i].address)));
    }
    const struct sockaddr unix_socket = {.sa_family = AF_UNIX};
    assert_int_equal(reach_of(&unix_socket), 0);
    assert_string_equal(reach_name(0), "special");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(addresses_by_kind)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
