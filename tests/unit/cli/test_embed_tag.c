/* The lines for a page: nothing that is wished can break out of its attribute, its parameter or its directive. */
#include "cli/embed_tag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct embed_attribute wished[] = {{"lang", "it"}, {"avatar", NULL}, {"contact", "a\"<b> & 'c' d@é"}};

static void expect(void (*put)(const struct embed *, struct buf *), const struct embed *e, const char *wanted)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    put(e, &out);
    assert_string_equal(out.data, wanted);
    buf_free(&out);
}

static void the_tag(void **state)
{
    (void)state;
    struct embed e = {.base = "https://help.example.com/chat", .attributes = wished, .count = 3};
    expect(embed_tag, &e,
           "<script type=\"module\" src=\"https://help.example.com/chat/sportello.js\"></script>\n"
           "<sportello-chat lang=\"it\" contact=\"a&quot;&lt;b> &amp; 'c' d@é\"></sportello-chat>\n");
    e.count = 0;
    e.hash = "0123456789abcdef";
    e.integrity = "sha384-abc";
    expect(embed_tag, &e,
           "<script type=\"module\" src=\"https://help.example.com/chat/w/0123456789abcdef/sportello.js\" "
           "integrity=\"sha384-abc\" crossorigin=\"anonymous\"></script>\n<sportello-chat></sportello-chat>\n");
}

static void the_frame(void **state)
{
    (void)state;
    struct embed e = {.base = "http://127.0.0.1:8080", .attributes = wished, .count = 3, .title = "Chat"};
    expect(embed_frame_address, &e,
           "http://127.0.0.1:8080/frame?lang=it&contact=a%22%3Cb%3E%20%26%20%27c%27%20d%40%C3%A9");
    struct buf out;
    buf_init(&out, 1 << 16);
    embed_frame(&e, &out);
    assert_non_null(strstr(out.data, "src=\"http://127.0.0.1:8080/frame?lang=it&amp;contact=a%22%3Cb%3E"));
    assert_non_null(strstr(out.data, "title=\"Chat\""));
    buf_free(&out);
}

static void the_policy(void **state)
{
    static const char *const stable[] = {"https://help.example.com/chat/sportello.js https://help.example.com/chat/w/",
                                         "https://help.example.com wss://help.example.com", "https://help.example.com",
                                         "https://help.example.com"};
    (void)state;
    struct embed e = {.base = "https://help.example.com/chat"};
    for (size_t i = 0; i < 4; i++)
        expect(embed_tag_policy[i].sources, &e, stable[i]);
    assert_null(embed_tag_policy[4].name);
    expect(embed_frame_policy[0].sources, &e, "https://help.example.com/chat/frame");
    e.hash = "0123456789abcdef";
    expect(embed_tag_policy[0].sources, &e, "https://help.example.com/chat/w/");
    e.base = "http://127.0.0.1:8080";
    expect(embed_tag_policy[1].sources, &e, "http://127.0.0.1:8080 ws://127.0.0.1:8080");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tag),
        cmocka_unit_test(the_frame),
        cmocka_unit_test(the_policy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
