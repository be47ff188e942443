/* Pattern: what editors write comes out as a tree. */
#include "content_test.h"

#include "content/pattern.h"

static void write_list(const struct pattern_node *n, char *out)
{
    for (; n != NULL; n = n->next) {
        if (out[0] != '\0' && strchr("([|", out[strlen(out) - 1]) == NULL && n->kind != PATTERN_SEQUENCE)
            strcat(out, " ");
        switch (n->kind) {
        case PATTERN_WORD:
            strcat(out, n->text);
            break;
        case PATTERN_STEM:
            strcat(strcat(out, "~"), n->text);
            break;
        case PATTERN_ANY:
            strcat(out, "*");
            break;
        case PATTERN_SLOT:
            strcat(strcat(strcat(out, "{"), n->text), "}");
            break;
        case PATTERN_ONE_OF:
            strcat(out, "(");
            write_list(n->child, out);
            strcat(out, ")");
            break;
        case PATTERN_OPTIONAL:
            strcat(out, "[");
            write_list(n->child, out);
            strcat(out, "]");
            break;
        case PATTERN_SEQUENCE:
            write_list(n->child, out);
            if (n->next != NULL)
                strcat(out, "|");
            break;
        }
    }
}

static const char *read(struct fixture *f, const char *text)
{
    static char out[4096];
    out[0] = '\0';
    const struct pattern_node *root = pattern_read(f->arena, "a.yaml", 2, 5, text, f->problems);
    if (root == NULL)
        return NULL;
    assert_int_equal(root->kind, PATTERN_SEQUENCE);
    assert_null(root->next);
    write_list(root->child, out);
    return out;
}

static void patterns_become_trees(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(read(f, "* (dove|quando) * (ordine|pacco) *"), "* (dove|quando) * (ordine|pacco) *");
    assert_string_equal(read(f, "[vorrei] parlare con {chi}"), "[vorrei] parlare con {chi}");
    assert_string_equal(read(f, "  ~ordini   l'Ordine ? !  "), "~ordini l'Ordine");
    assert_string_equal(read(f, "(a|[b c] d|(e|f) * g)"), "(a|[b c] d|(e|f) * g)");
    assert_string_equal(read(f, "x [a|b]"), "x [(a|b)]");
    assert_string_equal(read(f, "* * x"), "* x");
    assert_string_equal(read(f, "perché*{nome-2}(è)"), "perché * {nome-2} (è)");
    assert_string_equal(printed(f), "");
}

static void what_matches_everything_is_refused(void **state)
{
    static const char *const all[] = {"", "*", "* [a] *", "[a]", "(a|*)", "[a] [b|c]", "...", "(a|[b])"};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (read(f, all[i]) != NULL)
            fail_msg("%s", all[i]);
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), sizeof all / sizeof *all);
    assert_non_null(read(f, "{x}"));
}

static void ceilings_hold(void **state)
{
    struct fixture *f = *state;
    char text[PATTERN_BYTES + 10];
    memset(text, 'a', sizeof text);
    text[PATTERN_BYTES + 1] = '\0';
    assert_null(read(f, text));
    for (int i = 0; i < PATTERN_NODES; i++)
        memcpy(text + 2 * i, "a ", 3);
    assert_null(read(f, text)); /* the root is a node too */
    text[2 * PATTERN_NODES - 2] = '\0';
    assert_non_null(read(f, text));
    assert_null(read(f, "(((((((a)))))))"));
    assert_non_null(read(f, "((((((a))))))"));
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(patterns_become_trees), TEST(what_matches_everything_is_refused),
                                       TEST(ceilings_hold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
