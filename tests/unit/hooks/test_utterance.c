/* What is spoken has an id that nobody can guess; what was made is kept, within a ceiling. */
#include "hooks/utterance.h"

#include "base/file.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/sportello-utterance-XXXXXX";
static struct arena *arena;
static unsigned char key[UTTERANCE_KEY_BYTES];

static int begin(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    return sodium_init() >= 0 && mkdtemp(folder) != NULL && arena != NULL && utterance_key(folder, key) == 0 ? 0 : -1;
}

static void empty_folder(void)
{
    char **names, path[256];
    size_t count;
    assert_int_equal(file_list(folder, "", &names, &count), 0);
    for (size_t i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    file_list_free(names, count);
}

static int end(void **state)
{
    (void)state;
    empty_folder();
    arena_free(arena);
    return rmdir(folder);
}

static const struct settings *site(const char *yaml)
{
    struct problems *problems = problems_new();
    const struct settings *s = settings_read(arena, "sportello.yaml", yaml, strlen(yaml), problems);
    assert_int_equal(problems_count(problems, SEVERITY_ERROR), 0);
    problems_free(problems);
    return s;
}

static struct utterance_plan plan_of(const char *yaml, const unsigned char with[UTTERANCE_KEY_BYTES], const char *text)
{
    struct utterance_plan plan;
    assert_int_equal(utterance_plan(site(yaml), with, "it", block_paragraph(arena, text), arena, &plan), 0);
    assert_true(utterance_is_id(plan.id));
    return plan;
}

static void the_key_is_kept(void **state)
{
    unsigned char again[UTTERANCE_KEY_BYTES];
    struct stat file;
    char path[128];
    assert_int_equal(utterance_key(folder, again), 0);
    assert_memory_equal(again, key, sizeof key);
    snprintf(path, sizeof path, "%s/key", folder);
    assert_int_equal(stat(path, &file), 0);
    assert_int_equal(file.st_mode & 0777, 0600);
    assert_int_equal(utterance_key("/proc/nowhere", again), -1);
    (void)state;
}

static void an_id_depends_on_all_that_is_heard(void **state)
{
    unsigned char other[UTTERANCE_KEY_BYTES] = {1};
    const char *id = arena_strdup(arena, plan_of("", key, "Il PIN").id);
    assert_string_equal(plan_of("", key, "Il PIN").id, id);
    assert_string_not_equal(plan_of("", key, "Il PAN").id, id);
    assert_string_not_equal(plan_of("", other, "Il PIN").id, id);
    assert_string_not_equal(plan_of("voice: {rate: 200}\n", key, "Il PIN").id, id);
    assert_string_not_equal(plan_of("voice: {pitch: 20}\n", key, "Il PIN").id, id);
    assert_string_not_equal(plan_of("voice: {voices: {it: it+f3}}\n", key, "Il PIN").id, id);
    assert_string_not_equal(plan_of("pronunciation: {it: {PIN: pin}}\n", key, "Il PIN").id, id);
    (void)state;
}

static void not_all_can_be_spoken(void **state)
{
    struct utterance_plan plan;
    char *longest = malloc(HELPER_TEXT_BYTES + 2);
    memset(longest, 'a', HELPER_TEXT_BYTES + 1);
    longest[HELPER_TEXT_BYTES + 1] = '\0';
    const struct settings *s = site("");
    assert_int_equal(utterance_plan(s, key, "it", NULL, arena, &plan), -1);
    assert_int_equal(utterance_plan(s, key, "it", block_paragraph(arena, ""), arena, &plan), -1);
    assert_int_equal(utterance_plan(s, key, "it", block_paragraph(arena, longest), arena, &plan), -1);
    assert_int_equal(utterance_plan(s, key, "a b", block_paragraph(arena, "a"), arena, &plan), -1);
    assert_int_equal(utterance_plan(s, key, "", block_paragraph(arena, "a"), arena, &plan), -1);
    free(longest);
    (void)state;
}

static void only_hexadecimal_digits_are_an_id(void **state)
{
    assert_true(utterance_is_id("0123456789abcdef0123456789abcdef"));
    assert_false(utterance_is_id("0123456789abcdef0123456789abcde"));
    assert_false(utterance_is_id("0123456789ABCDEF0123456789abcdef"));
    assert_false(utterance_is_id("../../../../../../../etc/passwd0"));
    assert_false(utterance_is_id(""));
    (void)state;
}

static void what_was_made_is_kept(void **state)
{
    static const char script[] = "#!/bin/sh\nread -r verb voice rate pitch size; head -c $size >/dev/null\n"
                                 "printf 'ok 100 6 50\\n0 p a\\nRIFF'; head -c 46 /dev/zero; exec sleep 9\n";
    char path[128];
    struct buf out;
    const char *why = NULL;
    struct clock clock = clock_system();
    struct utterance_plan plan = plan_of("", key, "Ciao");
    snprintf(path, sizeof path, "%s/helper", folder);
    assert_int_equal(file_write_atomic(path, script, sizeof script - 1, 0700), 0);
    struct helper *h = helper_new(path, &clock, 5000);
    buf_init(&out, UTTERANCE_SOUND_BYTES);
    assert_int_equal(utterance_kept(folder, plan.id, UTTERANCE_WAV, &out), -1);
    assert_int_equal(utterance_get(folder, h, &plan, UTTERANCE_WAV, &out, &why), 0);
    assert_int_equal(out.size, 50);
    buf_clear(&out);
    /* Its track was kept with it, and nobody is asked twice. */
    assert_int_equal(utterance_get(folder, h, &plan, UTTERANCE_TRACK, &out, &why), 0);
    assert_string_equal(out.data, "ka");
    assert_int_equal(helper_starts(h), 1);
    /* What is no sound is not kept as one: this helper answers WAV whatever it is asked for. */
    buf_clear(&out);
    helper_free(h);
    h = helper_new(path, &clock, 5000);
    assert_int_equal(utterance_get(folder, h, &plan, UTTERANCE_OPUS, &out, &why), -1);
    assert_string_equal(why, "it answers what is no sound");
    assert_int_equal(utterance_kept(folder, plan.id, UTTERANCE_OPUS, &out), -1);
    /* A file that was cut is none. */
    snprintf(path, sizeof path, "%s/%s.track", folder, plan.id);
    assert_int_equal(file_write_atomic(path, "kak", 3, 0600), 0);
    assert_int_equal(utterance_kept(folder, plan.id, UTTERANCE_TRACK, &out), -1);
    buf_free(&out);
    helper_free(h);
    (void)state;
}

static void the_oldest_goes_first(void **state)
{
    char path[128];
    struct buf out;
    buf_init(&out, 1000);
    empty_folder();
    for (int i = 0; i < 4; i++) {
        const struct timespec times[2] = {{.tv_sec = 1000 + i}, {.tv_sec = 1000 + i}};
        snprintf(path, sizeof path, "%s/%032x.track", folder, i);
        assert_int_equal(file_write_atomic(path, "kakakakaka", 10, 0600), 0);
        assert_int_equal(utimensat(0, path, times, 0), 0);
    }
    assert_int_equal(utterance_kept(folder, "00000000000000000000000000000000", UTTERANCE_TRACK, &out), 0);
    assert_int_equal(utterance_prune(folder, 100), 40);
    assert_int_equal(utterance_prune(folder, 25), 20);
    /* The first was asked for just now; the second and third were not. */
    assert_int_equal(utterance_kept(folder, "00000000000000000000000000000000", UTTERANCE_TRACK, &out), 0);
    assert_int_equal(utterance_kept(folder, "00000000000000000000000000000001", UTTERANCE_TRACK, &out), -1);
    assert_int_equal(utterance_kept(folder, "00000000000000000000000000000002", UTTERANCE_TRACK, &out), -1);
    assert_int_equal(utterance_kept(folder, "00000000000000000000000000000003", UTTERANCE_TRACK, &out), 0);
    assert_int_equal(utterance_prune(folder, 0), 0);
    buf_free(&out);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_key_is_kept),       cmocka_unit_test(an_id_depends_on_all_that_is_heard),
        cmocka_unit_test(not_all_can_be_spoken), cmocka_unit_test(only_hexadecimal_digits_are_an_id),
        cmocka_unit_test(what_was_made_is_kept), cmocka_unit_test(the_oldest_goes_first),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
