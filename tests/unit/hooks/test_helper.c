/* The voice helper's process: asked, too slow, dead, talking nonsense. The helpers are little scripts. */
#include "hooks/helper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/sportello-helper-XXXXXX";
static char path[64];

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/helper", folder);
    return 0;
}

static int drop_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

/* A helper that reads a header and does what the script says. */
static void write_helper(const char *script)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fprintf(f, "#!/bin/sh\n%s\n", script);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(chmod(path, 0700), 0);
}

struct answer {
    struct buf events, sound;
    int ms;
    bool own;
    const char *why;
};

static int ask(struct helper *h, struct answer *a)
{
    buf_init(&a->events, 100);
    buf_init(&a->sound, 100);
    const struct helper_request r = {.voice = "it", .rate = 165, .pitch = 50, .text = "ciao", .wish = HELPER_WAV};
    int result = helper_ask(h, &r, &a->events, &a->sound, &a->ms, &a->own, &a->why);
    buf_free(&a->events);
    buf_free(&a->sound);
    return result;
}

#define READ "read -r verb voice rate pitch size; head -c $size >/dev/null; "

static void a_helper_answers_and_stays(void **state)
{
    struct clock clock = clock_system();
    struct answer a;
    /* `head` may read ahead of a pipe, but a request comes only after the answer to the one before. */
    write_helper("while " READ "do printf 'ok 320 6 4\\n0 p a\\nWAVE'; done");
    struct helper *h = helper_new(path, &clock, 5000);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(ask(h, &a), 0);
        assert_int_equal(a.ms, 320);
    }
    assert_int_equal(helper_starts(h), 1);
    helper_free(h);
    (void)state;
}

static void its_own_error_is_no_failure(void **state)
{
    struct clock clock = clock_system();
    struct answer a;
    write_helper("while " READ "do echo 'error there is no such voice'; done");
    struct helper *h = helper_new(path, &clock, 5000);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(ask(h, &a), -1);
        assert_true(a.own);
        assert_string_equal(a.why, "there is no such voice");
    }
    assert_int_equal(helper_starts(h), 1);
    helper_free(h);
    (void)state;
}

static void one_that_fails_is_left_alone_for_a_while(void **state)
{
    struct clock clock = clock_manual(1000000);
    struct answer a;
    write_helper("exit 3");
    struct helper *h = helper_new(path, &clock, 5000);
    assert_int_equal(ask(h, &a), -1);
    assert_false(a.own);
    assert_int_equal(ask(h, &a), -1);
    assert_string_equal(a.why, "it failed a moment ago");
    assert_int_equal(helper_starts(h), 1);
    clock.manual_ms += HELPER_PAUSE_MS;
    assert_int_equal(ask(h, &a), -1);
    assert_int_equal(helper_starts(h), 2);
    clock.manual_ms += HELPER_PAUSE_MS; /* the second pause is longer */
    assert_int_equal(ask(h, &a), -1);
    assert_int_equal(helper_starts(h), 2);
    clock.manual_ms += HELPER_PAUSE_MOST_MS;
    write_helper("while " READ "do printf 'ok 1 0 0\\n'; done");
    assert_int_equal(ask(h, &a), 0);
    helper_free(h);
    (void)state;
}

static void one_that_takes_too_long_is_killed(void **state)
{
    struct clock clock = clock_system();
    struct answer a;
    write_helper("exec sleep 1000");
    struct helper *h = helper_new(path, &clock, 50);
    assert_int_equal(ask(h, &a), -1);
    assert_string_equal(a.why, "it takes too long");
    helper_free(h);
    (void)state;
}

static void nonsense_is_no_answer(void **state)
{
    static const struct {
        const char *script, *why;
    } bad[] = {
        {READ "echo hello; sleep 9", "it answers what is no answer"},
        {READ "echo ok; sleep 9", "it answers what is no answer"},
        {READ "echo 'ok 1 2'; sleep 9", "it answers what is no answer"},
        {READ "echo 'ok 1 -2 3'; sleep 9", "it answers what is no answer"},
        {READ "echo 'ok 99999999999 0 0'; sleep 9", "it answers what is no answer"},
        {READ "echo 'ok 1 2 3 4'; sleep 9", "it answers what is no answer"},
        {READ "printf 'ok 1 50 0\\nshort'", "its answer is cut"},
        {READ "echo 'ok 1 0 1000000'; head -c 1000000 /dev/zero; sleep 9", "it answers too much"},
        {READ "head -c 100000 /dev/zero; sleep 9", "it ends unexpectedly"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct clock clock = clock_system();
        struct answer a;
        write_helper(bad[i].script);
        struct helper *h = helper_new(path, &clock, 5000);
        assert_int_equal(ask(h, &a), -1);
        assert_string_equal(a.why, bad[i].why);
        assert_false(a.own);
        helper_free(h);
    }
    (void)state;
}

static void what_cannot_be_started_is_said(void **state)
{
    struct clock clock = clock_system();
    struct answer a;
    struct helper *h = helper_new("/nonexistent/helper", &clock, 1000);
    assert_int_equal(ask(h, &a), -1);
    helper_free(h);
    (void)state;
}

static void a_program_is_found_by_name_or_path(void **state)
{
    char found[256];
    write_helper("exit 0");
    assert_int_equal(helper_find(path, found, sizeof found), 0);
    assert_string_equal(found, path);
    assert_int_equal(helper_find("env", found, sizeof found), 0);
    assert_int_equal(helper_find("test_helper", found, sizeof found), 0); /* beside this very program */
    assert_int_equal(helper_find("", found, sizeof found), -1);
    assert_int_equal(helper_find("../bin/env", found, sizeof found), -1);
    assert_int_equal(helper_find("no-such-program", found, sizeof found), -1);
    assert_int_equal(helper_find("/no/such/program", found, sizeof found), -1);
    assert_int_equal(helper_find(path, found, 4), -1);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_helper_answers_and_stays),
        cmocka_unit_test(its_own_error_is_no_failure),
        cmocka_unit_test(one_that_fails_is_left_alone_for_a_while),
        cmocka_unit_test(one_that_takes_too_long_is_killed),
        cmocka_unit_test(nonsense_is_no_answer),
        cmocka_unit_test(what_cannot_be_started_is_said),
        cmocka_unit_test(a_program_is_found_by_name_or_path),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
