/* Diff: what would change, line by line. */
#include "content_test.h"

#include "base/buf.h"
#include "content/diff.h"

static const char *diff(struct fixture *f, const char *a, const char *b)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_int_equal(diff_print(out, "x", (struct span){a, strlen(a)}, (struct span){b, strlen(b)}), 0);
    fclose(out);
    const char *copy = arena_strdup(f->arena, text);
    free(text);
    return copy;
}

static void shows_hunks_with_context(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(diff(f, "a\nb\n", "a\nb\n"), "");
    assert_string_equal(diff(f, "", "a\n"), "--- x\n+++ x (import)\n@@ -0,0 +1,1 @@\n+a\n");
    assert_string_equal(
        diff(f, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n10\n11\n12\n13\n"),
        "--- x\n+++ x (import)\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n"
        "@@ -10,3 +10,4 @@\n 10\n 11\n 12\n+13\n");
}

/* Applying the printed signs to the old lines gives the new ones, whatever they are. */
static void its_lines_make_the_new_text_of_the_old(void **state)
{
    struct fixture *f = *state;
    unsigned seed = 7;
    for (int round = 0; round < 300; round++) {
        char a[64] = "", b[64] = "", from[64] = "", to[64] = "";
        size_t an = 0, bn = 0, fn = 0, tn = 0;
        for (int i = 0; i < 12; i++) {
            seed = seed * 1103515245u + 12345u;
            char letter = (char)('a' + (seed >> 16) % 4);
            if ((seed >> 20) % 3 != 0)
                a[an++] = letter, a[an++] = '\n';
            if ((seed >> 24) % 3 != 0)
                b[bn++] = letter, b[bn++] = '\n';
        }
        a[an] = b[bn] = '\0';
        struct span rest = {NULL, 0}, line;
        rest.text = diff(f, a, b);
        rest.size = strlen(rest.text);
        if (rest.size == 0)
            continue;
        for (int i = 0; lines_next(&rest, &line); i++) {
            if (i < 2 || line.text[0] == '@')
                continue;
            if (line.text[0] != '+')
                from[fn++] = line.text[1];
            if (line.text[0] != '-')
                to[tn++] = line.text[1];
        }
        /* Hunks leave out lines that stay, so compare what is there in order. */
        size_t at = 0;
        for (size_t i = 0; i < an && at < fn; i += 2)
            at += a[i] == from[at];
        assert_int_equal(at, fn);
        at = 0;
        for (size_t i = 0; i < bn && at < tn; i += 2)
            at += b[i] == to[at];
        assert_int_equal(at, tn);
        assert_int_equal((int)bn / 2 - (int)an / 2, (int)tn - (int)fn);
    }
}

static void gives_up_gracefully_on_large_changes(void **state)
{
    struct fixture *f = *state;
    struct buf a, b;
    buf_init(&a, 1 << 20);
    buf_init(&b, 1 << 20);
    for (int i = 0; i < 2000; i++) {
        buf_printf(&a, "a%d\n", i);
        buf_printf(&b, "b%d\n", i);
    }
    const char *text = diff(f, a.data, b.data);
    assert_non_null(strstr(text, "@@ -1,2000 +1,2000 @@"));
    assert_non_null(strstr(text, "+b1999"));
    buf_free(&a);
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(shows_hunks_with_context),
        TEST(its_lines_make_the_new_text_of_the_old),
        TEST(gives_up_gracefully_on_large_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
