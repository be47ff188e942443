/* Letters are what mail servers take, whatever stands in them, and nobody can add a header to one. */
#include "hooks/letter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct letter plain(void)
{
    return (struct letter){.from = "negozio@shop.example",
                           .from_name = "Ferramenta",
                           .to = "maria@example.com",
                           .subject = "Your message",
                           .words = "Hello\n",
                           .id = "sportello.1001.1@shop.example",
                           .at_seconds = 1800000000};
}

static void expect(const struct letter *l, const char *whole)
{
    struct buf out;
    const char *why;
    buf_init(&out, LETTER_BYTES);
    assert_int_equal(letter_write(l, &out, &why), 0);
    assert_string_equal(out.data, whole);
    buf_free(&out);
}

#define HEAD                                                                                                           \
    "Date: Fri, 15 Jan 2027 08:00:00 +0000\r\nFrom: Ferramenta\r\n <negozio@shop.example>\r\nTo: "                     \
    "maria@example.com\r\n"
#define TAIL                                                                                                           \
    "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "                      \
    "quoted-printable\r\n\r\n"
#define ID "Message-ID: <sportello.1001.1@shop.example>\r\n"

static void a_plain_letter_stands_as_it_is(void **state)
{
    (void)state;
    struct letter l = plain();
    expect(&l, HEAD "Subject: Your message\r\n" ID TAIL "Hello\r\n");
    l.in_reply_to = "sportello.1001.0@shop.example";
    l.automatic = true;
    expect(&l, HEAD "Subject: Your message\r\n" ID
                    "In-Reply-To: <sportello.1001.0@shop.example>\r\nReferences: <sportello.1001.0@shop.example>\r\n"
                    "Auto-Submitted: auto-generated\r\n" TAIL "Hello\r\n");
}

static void other_letters_are_encoded(void **state)
{
    (void)state;
    struct letter l = plain();
    l.subject = "Città";
    l.words = "perché = sì \n.\nx";
    expect(&l, HEAD "Subject: =?UTF-8?B?Q2l0dMOg?=\r\n" ID TAIL "perch=C3=A9 =3D s=C3=AC=20\r\n.\r\nx\r\n");
    l.subject = "=?UTF-8?B?Zm9yZ2Vk?=";
    l.words = "";
    expect(&l, HEAD "Subject: =?UTF-8?B?PT9VVEYtOD9CP1ptOXlaMlZrPz0=?=\r\n" ID TAIL);
}

static void lines_are_short(void **state)
{
    (void)state;
    struct letter l = plain();
    char words[1000], subject[LETTER_SUBJECT_BYTES + 1];
    struct buf out;
    const char *why;
    memset(words, 'a', sizeof words - 1);
    words[sizeof words - 1] = '\0';
    for (size_t i = 0; i + 2 < sizeof subject; i += 3)
        memcpy(subject + i, "\xe2\x82\xac", 3);
    subject[sizeof subject / 3 * 3] = '\0';
    l.words = words;
    l.subject = subject;
    buf_init(&out, LETTER_BYTES);
    assert_int_equal(letter_write(&l, &out, &why), 0);
    for (const char *at = out.data; *at != '\0';) {
        size_t size = strcspn(at, "\r");
        assert_true(size <= 78);
        assert_memory_equal(at + size, "\r\n", 2);
        at += size + 2;
    }
    buf_free(&out);
}

static void nobody_adds_a_header(void **state)
{
    (void)state;
    static const char *const breaks[] = {"a\r\nBcc: x@y.example", "a\nBcc: x@y.example", "a\rb",    "a\tb", "a\x7f",
                                         "a\xc2\x85\x62",         "a\xe2\x80\xa8\x62",   "a\x1b[0m"};
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
        struct letter letters[6];
        for (size_t k = 0; k < 6; k++)
            letters[k] = plain();
        letters[0].from = letters[1].from_name = letters[2].to = letters[3].subject = breaks[i];
        letters[4].id = letters[5].in_reply_to = breaks[i];
        for (size_t k = 0; k < 6; k++) {
            struct buf out;
            const char *why = NULL;
            buf_init(&out, LETTER_BYTES);
            assert_int_equal(letter_write(&letters[k], &out, &why), -1);
            assert_non_null(why);
            assert_int_equal(out.size, 0);
            buf_free(&out);
        }
    }
}

static void addresses(void **state)
{
    (void)state;
    static const char *const good[] = {"a@b", "maria.rossi+x@mail.example.com", "o'neil@example.com", "a@b-c.example"};
    static const char *const bad[] = {"",           "a",
                                      "@b",         "a@",
                                      "a@b@c",      "a b@c",
                                      ".a@b",       "a.@b",
                                      "a..b@c",     "a@.b",
                                      "a@b.",       "a@b..c",
                                      "a@-b",       "a@b-",
                                      "a@b\n",      "<a@b>",
                                      "\"a\"@b",    "a@[1.2.3.4]",
                                      "\xc3\xa0@b", "a@b c",
                                      "a,c@b",      "a@b\r\nRCPT TO:<x@y>",
                                      "a>@b"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(letter_is_address(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (letter_is_address(bad[i]))
            fail_msg("%s", bad[i]);
    char local[100];
    memset(local, 'a', sizeof local);
    memcpy(local + 65, "@b", 3);
    assert_false(letter_is_address(local));
    memcpy(local + 64, "@b", 3);
    assert_true(letter_is_address(local));
}

static void senders_are_split(void **state)
{
    (void)state;
    char name[LETTER_NAME_BYTES + 1], address[LETTER_ADDRESS_BYTES + 1];
    assert_int_equal(letter_split("Ferramenta Olmo <a@b.example>", name, address), 0);
    assert_string_equal(name, "Ferramenta Olmo");
    assert_string_equal(address, "a@b.example");
    assert_int_equal(letter_split("\"Olmo, Ferramenta\" <a@b.example>", name, address), 0);
    assert_string_equal(name, "Olmo, Ferramenta");
    assert_int_equal(letter_split("a@b.example", name, address), 0);
    assert_string_equal(name, "");
    assert_int_equal(letter_split("Olmo a@b.example", name, address), -1);
    assert_int_equal(letter_split("Olmo <a@b.example> x", name, address), -1);
    assert_int_equal(letter_split("O\nlmo <a@b.example>", name, address), -1);
    assert_int_equal(letter_split("", name, address), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_letter_stands_as_it_is),
        cmocka_unit_test(other_letters_are_encoded),
        cmocka_unit_test(lines_are_short),
        cmocka_unit_test(nobody_adds_a_header),
        cmocka_unit_test(addresses),
        cmocka_unit_test(senders_are_split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
