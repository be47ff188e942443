/* Every error code has a sentence in both languages, and an unknown one a general sentence. */
#include "net/complaint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void codes_have_sentences(void **state)
{
    (void)state;
    static const char *const codes[] = {"bad_frame",   "unknown_type", "bad_field", "too_long",
                                        "wrong_order", "slow_down",    "busy",      "forbidden"};
    const char *general = complaint_text("no such code", "en");
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        assert_string_not_equal(complaint_text(codes[i], "en"), general);
        assert_string_not_equal(complaint_text(codes[i], "en"), complaint_text(codes[i], "it"));
        assert_string_equal(complaint_text(codes[i], "it"), complaint_text(codes[i], "it-CH"));
    }
    assert_string_equal(complaint_text("bad_frame", "de"), complaint_text("bad_frame", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(codes_have_sentences)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
