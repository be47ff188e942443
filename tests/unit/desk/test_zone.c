/* Offsets agree with the C library for many zones over a century, and bad files are refused. */
#include "base/file.h"
#include "desk/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void agrees_with_the_c_library(void **state)
{
    (void)state;
    static const char *const names[] = {
        "Europe/Rome",  "Europe/London", "America/New_York",  "Australia/Lord_Howe", "America/Santiago",
        "Asia/Kolkata", "Pacific/Apia",  "Africa/Casablanca", "Europe/Dublin",       "Asia/Jerusalem",
        "UTC"};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        struct zone *zone = zone_new(names[n]);
        assert_non_null(zone);
        setenv("TZ", names[n], 1);
        tzset();
        /* Every 5 hours and a bit, from 1970 to 2070. */
        for (int64_t at = 0; at < INT64_C(100) * 365 * 86400; at += 18007) {
            time_t when = (time_t)at;
            struct tm local;
            localtime_r(&when, &local);
            if (zone_offset(zone, at) != local.tm_gmtoff)
                fail_msg("%s at %lld: %d, not %ld", names[n], (long long)at, zone_offset(zone, at), local.tm_gmtoff);
        }
        zone_free(zone);
    }
    unsetenv("TZ");
}

static void an_unknown_name_is_utc_and_no_path_gets_out(void **state)
{
    (void)state;
    static const char *const names[] = {
        NULL, "", "Europe/Nowhere", "../../../etc/passwd", "/etc/passwd", "Europe/../Europe/Rome"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct zone *zone = zone_new(names[i]);
        assert_non_null(zone);
        assert_int_equal(zone_offset(zone, 1764583200), 0);
        zone_free(zone);
    }
}

static void damaged_files_are_refused_or_read_within_bounds(void **state)
{
    (void)state;
    size_t size;
    char *bytes = file_read("/usr/share/zoneinfo/Europe/Rome", 1 << 20, &size);
    if (bytes == NULL) {
        print_message("skipped: there are no time zone files\n");
        skip();
    }
    for (size_t cut = 0; cut < size; cut++) {
        char *part = malloc(cut + 1);
        memcpy(part, bytes, cut);
        struct zone *zone = zone_read(part, cut);
        if (zone != NULL)
            zone_offset(zone, 1764583200);
        zone_free(zone);
        free(part);
    }
    unsigned seed = 1;
    for (int i = 0; i < 20000; i++) {
        size_t at = (size_t)rand_r(&seed) % size;
        char was = bytes[at];
        bytes[at] = (char)rand_r(&seed);
        struct zone *zone = zone_read(bytes, size);
        if (zone != NULL)
            zone_offset(zone, (int64_t)rand_r(&seed) * 4);
        zone_free(zone);
        bytes[at] = was;
    }
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_c_library),
        cmocka_unit_test(an_unknown_name_is_utc_and_no_path_gets_out),
        cmocka_unit_test(damaged_files_are_refused_or_read_within_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
