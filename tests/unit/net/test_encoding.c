/* Which form of a file a browser gets: the highest quality, then br, gzip, plain; nonsense counts as not said. */
#include "net/encoding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { BR = 1 << ENCODING_BR, GZIP = 1 << ENCODING_GZIP, BOTH = BR | GZIP };

static void each_header_has_its_form(void **state)
{
    static const struct {
        const char *accept;
        unsigned there;
        enum encoding wanted;
    } cases[] = {
        {NULL, BOTH, ENCODING_PLAIN},
        {"", BOTH, ENCODING_PLAIN},
        {"gzip, deflate, br, zstd", BOTH, ENCODING_BR},
        {"gzip, deflate, br", GZIP, ENCODING_GZIP},
        {"gzip, deflate, br", 0, ENCODING_PLAIN},
        {"gzip", BOTH, ENCODING_GZIP},
        {"x-gzip", BOTH, ENCODING_GZIP},
        {"GZIP;Q=1.0", BOTH, ENCODING_GZIP},
        {"br;q=0.5, gzip;q=0.8", BOTH, ENCODING_GZIP},
        {"br;q=0.5,gzip;q=0.5", BOTH, ENCODING_BR},
        {"br ; q=0.001 ", BOTH, ENCODING_BR},
        {"br;q=0, gzip", BOTH, ENCODING_GZIP},
        {"br;q=0.000, gzip;q=0", BOTH, ENCODING_PLAIN},
        {"*", BOTH, ENCODING_BR},
        {"*;q=0.3, br;q=0", BOTH, ENCODING_GZIP},
        {"*;q=0", BOTH, ENCODING_PLAIN},
        {"identity;q=0, *;q=0", BOTH, ENCODING_PLAIN},
        {"identity;q=0, gzip;q=0.1", BOTH, ENCODING_GZIP},
        {"identity, gzip;q=0.5", BOTH, ENCODING_PLAIN},
        {"identity;q=0.5, gzip;q=0.5", BOTH, ENCODING_GZIP},
        {"deflate, zstd", BOTH, ENCODING_PLAIN},
        {"brr, xbr, b", BOTH, ENCODING_PLAIN},
        /* what is not understood is as if it were not there */
        {"br;q=2, gzip", BOTH, ENCODING_GZIP},
        {"br;q=, gzip", BOTH, ENCODING_GZIP},
        {"br;level=5, gzip", BOTH, ENCODING_GZIP},
        {"br;q=0.1234, gzip;q=0.1", BOTH, ENCODING_GZIP},
        {",,,;;;,br", BOTH, ENCODING_BR},
        {"br;q=1.001, gzip;q=-1", BOTH, ENCODING_PLAIN},
        {";q=1", BOTH, ENCODING_PLAIN},
        /* the first word counts */
        {"br;q=0, br;q=1", BOTH, ENCODING_PLAIN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (encoding_choose(cases[i].accept, cases[i].there) != cases[i].wanted)
            fail_msg("\"%s\" gives %d", cases[i].accept != NULL ? cases[i].accept : "(none)",
                     (int)encoding_choose(cases[i].accept, cases[i].there));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_header_has_its_form)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
