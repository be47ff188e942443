/* Ident: ids and comparable texts. */
#include "content_test.h"

#include "content/ident.h"

static void knows_ids(void **state)
{
    (void)state;
    static const char *const good[] = {"a", "costo-spedizione", "A.b_c-9", "9"};
    static const char *const bad[] = {"", "-a", ".a", "a b", "a/b", "perch\xC3\xA9", "a#"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(ident_valid(good[i], strlen(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(ident_valid(bad[i], strlen(bad[i])));
    char longest[IDENT_BYTES + 2];
    memset(longest, 'a', sizeof longest);
    assert_true(ident_valid(longest, IDENT_BYTES));
    assert_false(ident_valid(longest, IDENT_BYTES + 1));
}

static void makes_ids_of_questions(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(ident_slug(f->arena, "Quant'è l'olio (da 1 L)?"), "quant-e-l-olio-da-1-l");
    assert_string_equal(ident_slug(f->arena, "Où ça? ﬁne"), "ou-ca-fine");
    const char *strange = ident_slug(f->arena, "你好");
    assert_true(ident_valid(strange, strlen(strange)));
    char *longer = arena_alloc(f->arena, 1001);
    memset(longer, 'x', 1000);
    assert_true(strlen(ident_slug(f->arena, longer)) <= IDENT_BYTES);
}

static void folds_what_readers_take_for_the_same(void **state)
{
    (void)state;
    char a[64], b[64];
    ident_fold("  Perché NON c’è?", a, sizeof a);
    ident_fold("perche non c'e\xCC\x80", b, sizeof b); /* a combining accent */
    assert_string_equal(a, "perche non c e");
    assert_string_equal(a, b);
}

static void keeps_within_its_room(void **state)
{
    (void)state;
    char small[6];
    assert_true(ident_fold("aaaaaaaaaaaaaa", small, sizeof small) < sizeof small);
    assert_true(ident_fold("ßßßßßß", small, sizeof small) < sizeof small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(knows_ids),
        TEST(makes_ids_of_questions),
        TEST(folds_what_readers_take_for_the_same),
        TEST(keeps_within_its_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
