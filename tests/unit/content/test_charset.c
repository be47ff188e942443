/* Charset: what pages claim, what they are, and what is never read. */
#include "content_test.h"

#include "content/charset.h"

static int decode(struct fixture *f, const char *label, enum charset_kind kind, const char *bytes, size_t size,
                  const char **ret)
{
    const struct charset_source source = {"page", label, kind, f->problems};
    struct span text = {"", 0};
    int result = charset_decode(f->arena, &source, (struct span){bytes, size}, &text);
    *ret = arena_strndup(f->arena, text.text, text.size);
    return result;
}

static void claims_are_read_and_put_right(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *label;
        enum charset_kind kind;
        const char *bytes, *text, *told; /* told: NULL = nothing */
    } cases[] = {
        {NULL, CHARSET_HTML, "perché", "perché", NULL},
        {NULL, CHARSET_HTML, "\xEF\xBB\xBFperch\xC3\xA9", "perché", NULL},
        {NULL, CHARSET_HTML, "perch\xE9 \x80", "perché €", NULL},
        {"iso-8859-1", CHARSET_HTML, "perch\xE9 \x80", "perché €", NULL},
        {"ISO-8859-15", CHARSET_HTML, "\xA4", "€", NULL},
        {NULL, CHARSET_HTML, "<meta charset=latin1>perch\xE9", "<meta charset=latin1>perché", NULL},
        {NULL, CHARSET_HTML, "<META http-equiv=\"Content-Type\" content=\"text/html; charset=ISO-8859-15\">\xA4",
         "<META http-equiv=\"Content-Type\" content=\"text/html; charset=ISO-8859-15\">€", NULL},
        {NULL, CHARSET_XML, "<?xml version='1.0' encoding='iso-8859-1'?><a>\xE9</a>",
         "<?xml version='1.0' encoding='iso-8859-1'?><a>é</a>", NULL},
        {"utf-8", CHARSET_HTML, "<meta charset=latin1>\xC3\xA9", "<meta charset=latin1>é", NULL},
        {"utf-8", CHARSET_HTML, "perch\xE9", "perché", "it says that it is UTF-8 and is not"},
        {"iso-8859-1", CHARSET_HTML, "perch\xC3\xA9", "perché", "it says that it is Latin-1 and is UTF-8"},
        {"windows-1252", CHARSET_HTML, "a\x81", "a\xEF\xBF\xBD", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text;
        size_t before = strlen(printed(f));
        assert_int_equal(decode(f, cases[i].label, cases[i].kind, cases[i].bytes, strlen(cases[i].bytes), &text), 0);
        assert_string_equal(text, cases[i].text);
        if (cases[i].told != NULL)
            assert_non_null(strstr(printed(f), cases[i].told));
        else
            assert_int_equal(strlen(printed(f)), before);
    }
    const char *text;
    assert_int_equal(decode(f, NULL, CHARSET_TEXT,
                            "\xFF\xFE"
                            "c\0i\0",
                            6, &text),
                     0);
    assert_string_equal(text, "ci");
}

static void some_are_refused(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *label, *bytes, *told;
    } cases[] = {
        {"utf-7", "+ADw-b+AD4-", "UTF-7, which is not read"},
        {NULL, "+/v8-x", "UTF-7, which is not read"},
        {NULL, "+ADw-?xml", "UTF-7, which is not read"},
        {NULL, "<?xml version=\"1.0\" encoding=\"UTF-7\"?><rss/>", "UTF-7, which is not read"},
        {"koi8-r", "x", "“koi8-r”, which is not read"},
        {NULL, "<?xml encoding=\"ebcdic\"?>", "“ebcdic”, which is not read"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text;
        assert_int_equal(decode(f, cases[i].label, CHARSET_XML, cases[i].bytes, strlen(cases[i].bytes), &text), -1);
        assert_non_null(strstr(printed(f), cases[i].told));
    }
    const char *text;
    assert_int_equal(decode(f, NULL, CHARSET_TEXT, "a\0b", 3, &text), -1);
    assert_non_null(strstr(printed(f), "a NUL byte"));
}

static void content_types_name_charsets(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(charset_of_type(f->arena, "text/html; Charset=\"UTF-8\""), "utf-8");
    assert_string_equal(charset_of_type(f->arena, "text/html"), "");
    assert_string_equal(charset_of_type(f->arena, ""), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(claims_are_read_and_put_right), TEST(some_are_refused),
                                       TEST(content_types_name_charsets)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
