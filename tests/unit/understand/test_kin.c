/* A slip in a form that stands nowhere leads to that form, by its stem. */
#include "text/spell.h"
#include "understand/kin.h"
#include "unit/understand/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const texts[] = {"vorrei restituire un trapano", "la spedizione", "i trapani", "mi hai irritato"};

static struct token token_of(const char *word)
{
    struct token t = {.length = strlen(word)};
    memcpy(t.word, word, t.length);
    return t;
}

static void mends_to(const struct index *x, const char *word, bool hide, const char *wanted)
{
    char form[KIN_BYTES] = "";
    struct token t = token_of(word);
    size_t size = kin_mend(x, &t, hide, form);
    if (size != strlen(wanted) || memcmp(form, wanted, size) != 0)
        fail_msg("%s became %.*s", word, (int)size, form);
}

static void forms_are_mended_by_their_stems(void **state)
{
    if (!spell_knows("it"))
        skip();
    struct words w = words_new("it", texts, 4);
    mends_to(w.index, "irrittava", false, "irritava");
    mends_to(w.index, "irrtiare", false, "irritare");
    mends_to(w.index, "irrutava", false, "irritava");
    mends_to(w.index, "irrtixyz", false, ""); /* no such form */
    mends_to(w.index, "zzzzare", false, "");
    mends_to(w.index, "", false, "");
    mends_to(w.index, "irrtiare", true, "");
    words_free(&w);
    (void)state;
}

static bool begins(const struct index *x, const char *word, bool hide)
{
    struct token t = token_of(word);
    return kin_begun(x, &t, hide) != IMAGE_NONE;
}

static void a_spoilt_ending_is_overlooked(void **state)
{
    struct words w = words_new("it", texts, 4);
    assert_true(begins(w.index, "spedizionnni", false));
    assert_true(begins(w.index, "trapanjno", false));
    assert_false(begins(w.index, "spedizionnni", true));
    assert_false(begins(w.index, "spexyz", false));
    assert_false(begins(w.index, "trapanzzzzzzzzzzzz", false));
    assert_false(begins(w.index, "", false));
    words_free(&w);
    (void)state;
}

static void count(void *context, uint32_t hash)
{
    (void)hash;
    ++*(size_t *)context;
}

static void forms_are_as_many_as_was_said(void **state)
{
    static const char *const forms[] = {"", "a", "spedizione", "spedizioni", "chiavi"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t made = 0;
        kin_forms("it", forms[i], strlen(forms[i]), count, &made);
        assert_true(made <= kin_form_count(strlen(forms[i])));
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_are_mended_by_their_stems),
        cmocka_unit_test(a_spoilt_ending_is_overlooked),
        cmocka_unit_test(forms_are_as_many_as_was_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
