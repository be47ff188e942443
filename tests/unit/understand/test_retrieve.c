/* The entries that a question might be about are found, hidden ones are not. */
#include "understand/retrieve.h"
#include "unit/understand/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct found *find_wanted(struct shop *s, const char *text, const struct question_mask *mask,
                                       const struct retrieve_wanted *wanted, uint32_t entry)
{
    static struct found found[RETRIEVE_MAX];
    struct question q;
    size_t count;
    assert_int_equal(question_read(s->index, text, mask, s->arena, &q), 0);
    assert_int_equal(retrieve(s->index, &q, mask, wanted, s->arena, found, &count), 0);
    for (size_t i = 0; i < count; i++) {
        assert_in_range((long)(found[i].cosine * 1000), 0, 1000);
        assert_in_range((long)(found[i].bm25 * 1000), 0, 1000);
        if (found[i].entry == entry)
            return &found[i];
    }
    return NULL;
}

static const struct found *find(struct shop *s, const char *text, const struct question_mask *mask, uint32_t entry)
{
    return find_wanted(s, text, mask, NULL, entry);
}

static void an_exact_question_is_seen(void **state)
{
    struct shop *s = shop_new();
    for (uint32_t e = 0; e < SHOP_ENTRIES; e++)
        for (size_t p = 0; p < s->entries[e].phrasing_count; p++) {
            const struct found *f = find(s, shop_phrasings[e][p], NULL, e);
            assert_true(f != NULL && f->exact);
            assert_int_equal(s->index->docs[f->doc].phrasing, p);
        }
    shop_free(s);
    (void)state;
}

static void the_answer_alone_leads_there(void **state)
{
    struct shop *s = shop_new();
    const struct found *f = find(s, "corriere", NULL, 0);
    assert_true(f != NULL && f->bm25 > 0 && f->cosine < 0.2f);
    shop_free(s);
    (void)state;
}

static void what_is_hidden_is_not_found(void **state)
{
    struct shop *s = shop_new();
    const struct question_mask whole = {.entry = 0, .doc = IMAGE_NONE};
    assert_null(find(s, "Quanto costa la spedizione?", &whole, 0));
    const struct found *f = find(s, "Quanto costa la spedizione?", NULL, 0);
    const struct question_mask one = {.entry = IMAGE_NONE, .doc = f->doc};
    f = find(s, "Quanto costa la spedizione?", &one, 0);
    assert_true(f == NULL || !f->exact);
    shop_free(s);
    (void)state;
}

static void what_is_wanted_is_considered(void **state)
{
    struct shop *s = shop_new();
    static const uint32_t entries[] = {4, 9};
    static const struct retrieve_wanted wanted = {.entries = entries, .count = 2};
    assert_null(find(s, "spedizione", NULL, 4));
    const struct found *f = find_wanted(s, "spedizione", NULL, &wanted, 4);
    assert_true(f != NULL && f->bm25 == 0 && !f->exact && s->index->docs[f->doc].entry == 4);
    assert_non_null(find_wanted(s, "spedizione", NULL, &wanted, 9));
    /* … but not where it is hidden. */
    const struct question_mask whole = {.entry = 4, .doc = IMAGE_NONE};
    assert_null(find_wanted(s, "spedizione", &whole, &wanted, 4));
    shop_free(s);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_exact_question_is_seen),
        cmocka_unit_test(the_answer_alone_leads_there),
        cmocka_unit_test(what_is_hidden_is_not_found),
        cmocka_unit_test(what_is_wanted_is_considered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
