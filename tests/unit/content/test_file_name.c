/* Whatever a file was called, its name can be shown, addressed and saved. */
#include "content/file_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *clean(const char *name, enum media_kind kind)
{
    static char ret[FILE_NAME_BYTES];
    file_name_clean(name, strlen(name), kind, ret);
    return ret;
}

static void names_are_harmless(void **state)
{
    (void)state;
    static const struct {
        const char *name, *expected;
    } cases[] = {
        {"foto.png", "foto.png"},
        {"Foto Ricevuta.PNG", "Foto Ricevuta.PNG"},
        {"../../etc/passwd", "passwd.png"},
        {"C:\\Users\\anna\\foto.png", "foto.png"},
        {"", "file.png"},
        {"...", "file.png"},
        {"/", "file.png"},
        {".png", "file.png"},
        {"  . png . ", "png.png"},
        {"CON", "_CON.png"},
        {"con.png", "_con.png"},
        {"COM1.txt", "_COM1.txt.png"},
        {"CONTO.png", "CONTO.png"},
        {"lpt", "lpt.png"},
        {"pagina.html", "pagina.html.png"},
        {"x.php.png", "x.php.png"},
        {"a\nb\r\tc\x7f.png", "abc.png"},
        {"gnp.\xe2\x80\xae"
         "exe.png",
         "gnp.exe.png"},
        {"\xe2\x80\x8b\xef\xbb\xbf.png", "file.png"},
        {"\xff\xfe"
         "foto\xc3.png",
         "foto.png"},
        {"<img src=x onerror=alert(1)>.png", "_img src=x onerror=alert(1)_.png"},
        {"a\"b';c.png", "a_b';c.png"},
        {"perch\xc3\xa9 no.png", "perch\xc3\xa9 no.png"},
        {"\xf0\x9f\x93\xb7.png", "\xf0\x9f\x93\xb7.png"},
        {"foto.jpg", "foto.jpg.png"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(clean(cases[i].name, MEDIA_PNG), cases[i].expected);
    assert_string_equal(clean("foto.JPEG", MEDIA_JPEG), "foto.JPEG");
    assert_string_equal(clean("foto", MEDIA_JPEG), "foto.jpg");
    assert_string_equal(clean("fattura.pdf", MEDIA_PDF), "fattura.pdf");
}

static void long_names_are_cut_between_characters(void **state)
{
    (void)state;
    char name[400];
    memset(name, 'n', 300);
    memcpy(name + 300, ".pdf", 5);
    const char *cut = clean(name, MEDIA_PDF);
    assert_true(strlen(cut) < FILE_NAME_BYTES);
    assert_string_equal(cut + strlen(cut) - 5, "n.pdf");
    for (int i = 0; i < 300; i += 3)
        memcpy(name + i, "\xe2\x82\xac", 3);
    cut = clean(name, MEDIA_PDF);
    assert_true(strlen(cut) < FILE_NAME_BYTES);
    assert_string_equal(cut + strlen(cut) - 7, "\xe2\x82\xac.pdf");
    /* An ending alone that fills everything is none. */
    memset(name, '.', 300);
    name[300] = '\0';
    assert_string_equal(clean(name, MEDIA_PDF), "file.pdf");
    /* What is cleaned stays. */
    memset(name, 'n', 300);
    char once[FILE_NAME_BYTES];
    snprintf(once, sizeof once, "%s", clean(name, MEDIA_PNG));
    assert_string_equal(clean(once, MEDIA_PNG), once);
}

static void a_nul_does_not_end_a_name(void **state)
{
    (void)state;
    char ret[FILE_NAME_BYTES];
    file_name_clean("a\0b.png", 7, MEDIA_PNG, ret);
    assert_string_equal(ret, "ab.png");
}

static void they_stand_in_addresses_and_headers(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 4096);
    file_name_encode("perch\xc3\xa9 \"no\"%/?#.png", &out);
    assert_string_equal(out.data, "perch%C3%A9%20%22no%22%25%2F%3F%23.png");
    buf_clear(&out);
    file_name_quote("perch\xc3\xa9 \"no\"\r\nX: y\\.png", &out);
    assert_string_equal(out.data, "\"perch_ _no___X: y_.png\"");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_harmless),
        cmocka_unit_test(long_names_are_cut_between_characters),
        cmocka_unit_test(a_nul_does_not_end_a_name),
        cmocka_unit_test(they_stand_in_addresses_and_headers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
