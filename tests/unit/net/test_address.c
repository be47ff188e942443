/* Addresses are read in every form that proxies write, and one client is one key. */
#include "net/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct address read_it(const char *text)
{
    struct address a;
    if (address_read(text, strlen(text), &a) < 0)
        fail_msg("not read: %s", text);
    return a;
}

static void reads_every_form(void **state)
{
    (void)state;
    static const struct {
        const char *text, *plain;
    } forms[] = {
        {"192.0.2.1", "192.0.2.1"},      {" 192.0.2.1\t", "192.0.2.1"},    {"192.0.2.1:8080", "192.0.2.1"},
        {"2001:DB8::1", "2001:db8::1"},  {"[2001:db8::1]", "2001:db8::1"}, {"[2001:db8::1]:443", "2001:db8::1"},
        {"::ffff:10.0.0.1", "10.0.0.1"},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char text[ADDRESS_TEXT_BYTES];
        struct address a = read_it(forms[i].text);
        address_text(&a, text);
        assert_string_equal(text, forms[i].plain);
    }
}

static void refuses_what_is_none(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        " ",
                                        "unknown",
                                        "_hidden",
                                        "1.2.3",
                                        "1.2.3.4.5",
                                        "[::1",
                                        "300.1.1.1",
                                        "1.2.3.4, 5.6.7.8",
                                        "::1::1",
                                        "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb:cccc"};
    struct address a;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(address_read(wrong[i], strlen(wrong[i]), &a), -1);
}

static void a_subscriber_is_one_key(void **state)
{
    (void)state;
    struct address a = read_it("2001:db8:1:2:aaaa::1"), b = read_it("2001:db8:1:2:bbbb::2"),
                   c = read_it("2001:db8:1:3::1");
    struct address x = address_key(&a), y = address_key(&b), z = address_key(&c);
    assert_true(address_equal(&x, &y));
    assert_false(address_equal(&x, &z));
    a = read_it("192.0.2.1");
    b = read_it("192.0.2.2");
    x = address_key(&a);
    y = address_key(&b);
    assert_false(address_equal(&x, &y));
}

static void networks_and_loopback(void **state)
{
    (void)state;
    struct address net = read_it("10.1.0.0"), in = read_it("10.1.255.255"), out = read_it("10.2.0.0");
    assert_true(address_within(&in, &net, 96 + 16));
    assert_false(address_within(&out, &net, 96 + 16));
    assert_true(address_within(&out, &net, 96 + 14));
    assert_true(address_within(&out, &net, 0));
    struct address loops[] = {read_it("127.0.0.1"), read_it("127.8.8.8"), read_it("::1"), read_it("::ffff:127.0.0.1")};
    for (size_t i = 0; i < 4; i++)
        assert_true(address_is_loopback(&loops[i]));
    assert_false(address_is_loopback(&in));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_form),
        cmocka_unit_test(refuses_what_is_none),
        cmocka_unit_test(a_subscriber_is_one_key),
        cmocka_unit_test(networks_and_loopback),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
