/* A slip of the finger leads to the one word that was meant, or to none. */
#include "understand/typo.h"
#include "unit/understand/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void slips_have_kinds(void **state)
{
    static const struct {
        const char *written, *meant;
        enum typo_slip slip;
    } rows[] = {
        {"garanza", "garanzia", TYPO_PLAIN},     /* forgotten */
        {"garanziia", "garanzia", TYPO_PLAIN},   /* twice */
        {"gararnzia", "garanzia", TYPO_STRANGE}, /* one more … */
        {"garsanzia", "garanzia", TYPO_KEY},     /* … beside its key */
        {"garandia", "garanzia", TYPO_STRANGE},  /* another … */
        {"garanxia", "garanzia", TYPO_KEY},      /* … beside it */
        {"garnazia", "garanzia", TYPO_PLAIN},    /* swapped */
        {"garanzia", "garanzia", TYPO_NONE},
        {"granzai", "garanzia", TYPO_NONE},
        {"ab", "ba", TYPO_PLAIN},
        {"abc", "cba", TYPO_NONE},
        {"", "a", TYPO_PLAIN},
        {"", "", TYPO_NONE},
        {"pacco", "pacchi", TYPO_NONE},
        {"abcd", "ab", TYPO_NONE},
        {"abcd", "badc", TYPO_NONE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (typo_slip(rows[i].written, strlen(rows[i].written), rows[i].meant, strlen(rows[i].meant)) != rows[i].slip)
            fail_msg("%s for %s", rows[i].written, rows[i].meant);
    (void)state;
}

static void count_form(void *context, uint32_t hash)
{
    (void)hash;
    ++*(size_t *)context;
}

static void forms_are_as_many_as_was_said(void **state)
{
    static const char *const words[] = {"", "a", "aa", "casa", "spedizione", "precipitevolissimevolmente"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (int twice = 0; twice <= 1; twice++) {
            size_t count = 0;
            typo_forms(words[i], strlen(words[i]), twice, count_form, &count);
            assert_true(count <= typo_form_count(strlen(words[i]), twice));
        }
    (void)state;
}

static void is_word(const struct index *x, uint32_t id, const char *wanted)
{
    if (wanted == NULL) {
        assert_true(id == IMAGE_NONE);
        return;
    }
    assert_true(id != IMAGE_NONE);
    assert_int_equal(x->words[id].length, strlen(wanted));
    assert_memory_equal(x->strings + x->words[id].text, wanted, strlen(wanted));
}

static void mends_to(const struct index *x, const char *word, const char *wanted)
{
    is_word(x, typo_mend(x, word, strlen(word), (struct typo_how){.hide_lonely = false}), wanted);
}

static void mends_what_is_clear(void **state)
{
    struct shop *s = shop_new();
    mends_to(s->index, "spedizzione", "spedizione");
    mends_to(s->index, "gaanzia", "garanzia");
    mends_to(s->index, "fattrua", "fattura");
    mends_to(s->index, "ciavi", "chiavi");
    mends_to(s->index, "zzzzzz", NULL);
    mends_to(s->index, "ore", NULL);
    mends_to(s->index, "oraa", "ora");
    mends_to(s->index, "odrine", "ordine");
    mends_to(s->index, "or", NULL);
    mends_to(s->index, "", NULL);
    shop_free(s);
    (void)state;
}

static void does_not_choose_between_two(void **state)
{
    static const char *const texts[] = {"porto", "parte"};
    const struct index_entry entries[] = {{&texts[0], 1, "", ""}, {&texts[1], 1, "", ""}};
    struct buf image;
    buf_init(&image, 1 << 20);
    assert_int_equal(index_build("it", entries, 2, NULL, &image), 0);
    struct index *x = index_open(image.data, image.size);
    mends_to(x, "porte", NULL);
    mends_to(x, "ports", "porto");
    index_close(x);
    buf_free(&image);
    (void)state;
}

static struct index *index_of(const char *const *texts, size_t count, struct buf *image)
{
    struct index_entry entries[8];
    for (size_t i = 0; i < count; i++)
        entries[i] = (struct index_entry){&texts[i], 1, "", ""};
    buf_init(image, 1 << 20);
    assert_int_equal(index_build("it", entries, count, NULL, image), 0);
    return index_open(image->data, image->size);
}

static void the_likelier_slip_wins(void **state)
{
    static const char *const texts[] = {"torre", "terre", "posta", "pista", "barca", "marca", "il marca", "la marca"};
    struct buf image;
    struct index *x = index_of(texts, 8, &image);
    mends_to(x, "trore", "torre"); /* swapped, not terre */
    mends_to(x, "pksta", NULL);    /* k lies beside both o and i */
    mends_to(x, "pysta", NULL);    /* neither */
    mends_to(x, "varca", "barca"); /* v lies beside b */
    mends_to(x, "xarca", "marca"); /* the commoner */
    index_close(x);
    buf_free(&image);
    (void)state;
}

static void long_words_bear_two_slips(void **state)
{
    static const char *const texts[] = {"restituzione", "contratto", "contrasto", "casa"};
    struct buf image;
    struct index *x = index_of(texts, 4, &image);
    const struct typo_how how = {.hide_lonely = false};
    static const struct {
        const char *word, *wanted;
    } rows[] = {
        {"restituione", "restituzione"},
        {"retsituzoine", "restituzione"},
        {"resituione", "restituzione"},
        {"rastituzioni", "restituzione"},
        {"resitutzoone", NULL},
        {"contraxxo", NULL},
        {"caas", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        is_word(x, typo_mend_twice(x, rows[i].word, strlen(rows[i].word), how), rows[i].wanted);
    mends_to(x, "resituione", NULL);
    index_close(x);
    buf_free(&image);
    (void)state;
}

static void lonely_words_can_be_hidden(void **state)
{
    struct shop *s = shop_new();
    const struct typo_how how = {.hide_lonely = true};
    is_word(s->index, typo_mend(s->index, "gaanzia", 7, how), NULL);
    is_word(s->index, typo_mend(s->index, "negozo", 6, how), "negozio");
    shop_free(s);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_have_kinds),           cmocka_unit_test(forms_are_as_many_as_was_said),
        cmocka_unit_test(mends_what_is_clear),        cmocka_unit_test(does_not_choose_between_two),
        cmocka_unit_test(the_likelier_slip_wins),     cmocka_unit_test(long_words_bear_two_slips),
        cmocka_unit_test(lonely_words_can_be_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
