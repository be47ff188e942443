/* Answers' tracks and sounds, with a helper that is a little script and a clock that stands still. */
#include "hooks/voice.h"

#include "base/file.h"
#include "content/site.h"

#include <poll.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cmocka.h>

/* The helper answers every request alike; %s is what it does where Opus is wished for. */
#define SCRIPT(opus)                                                                                                   \
    "#!/bin/sh\nwhile read -r verb voice rate pitch size; do head -c $size >/dev/null\ncase $verb in\n"                \
    "track) printf 'ok 100 6 0\\n0 p a\\n';;\n"                                                                        \
    "opus) " opus ";;\n"                                                                                               \
    "*) printf 'ok 100 6 50\\n0 p a\\nRIFF'; head -c 46 /dev/zero;;\nesac; done\n"
static const char script[] = SCRIPT("printf 'error built without Opus\\n'");
static const char opus_script[] = SCRIPT("printf 'ok 100 6 60\\n0 p a\\nOggS'; head -c 56 /dev/zero");

static char folder[] = "/tmp/sportello-voice-test-XXXXXX";
static char helper[64], opus_helper[80], data[64];
static struct clock at_rest;
static struct arena *arena;
static int woken; /* an eventfd: the worker's wake */

/* What was served last. */
static uint64_t served_number;
static size_t served_size;
static bool served_busy, served_bytes;
static enum utterance_kind served_kind;

static void wake(void *context)
{
    (void)context;
    eventfd_write(woken, 1);
}

static void served(void *context, uint64_t number, enum utterance_kind kind, const char *bytes, size_t size, bool busy)
{
    (void)context;
    served_kind = kind;
    served_number = number;
    served_bytes = bytes != NULL;
    served_size = size;
    served_busy = busy;
}

/* Waits for the worker's word, and takes what is there. */
static void pump(struct voice *v)
{
    struct pollfd fd = {.fd = woken, .events = POLLIN};
    eventfd_t value;
    assert_int_equal(poll(&fd, 1, 30000), 1);
    eventfd_read(woken, &value);
    voice_pump(v);
}

static int begin(void **state)
{
    (void)state;
    at_rest = clock_manual(1000000);
    arena = arena_new(1 << 22);
    woken = eventfd(0, EFD_CLOEXEC);
    if (arena == NULL || woken < 0 || sodium_init() < 0 || mkdtemp(folder) == NULL)
        return -1;
    snprintf(helper, sizeof helper, "%s/helper", folder);
    snprintf(data, sizeof data, "%s/voice", folder);
    snprintf(opus_helper, sizeof opus_helper, "%s/opus-helper", folder);
    return file_write_atomic(helper, script, sizeof script - 1, 0700) == 0
               ? file_write_atomic(opus_helper, opus_script, sizeof opus_script - 1, 0700)
               : -1;
}

static void empty(const char *path)
{
    char **names, whole[512];
    size_t count;
    if (file_list(path, "", &names, &count) < 0)
        return;
    for (size_t i = 0; i < count; i++) {
        snprintf(whole, sizeof whole, "%s/%s", path, names[i]);
        unlink(whole);
    }
    file_list_free(names, count);
    rmdir(path);
}

static int end(void **state)
{
    (void)state;
    empty(data);
    empty(folder);
    arena_free(arena);
    close(woken);
    return 0;
}

/* An edition of one entry. */
static struct edition *edition_of(const char *program, const char *sound)
{
    static const char entry[] = "## Quali sono gli orari? {#orari}\n\nDalle 9 alle 18.\n";
    char yaml[256];
    struct problems *problems = problems_new();
    int size = snprintf(yaml, sizeof yaml, "languages: [it]\nvoice: {program: \"%s\", sound: %s}\n", program, sound);
    const struct source sources[] = {{"knowledge/it/a.md", entry, sizeof entry - 1},
                                     {"sportello.yaml", yaml, (size_t)size}};
    struct buf image;
    const char *why = "";
    buf_init(&image, EDITION_IMAGE_BYTES);
    struct site *site = site_from_sources(arena, sources, 2, "2027-01-01", problems);
    assert_non_null(site);
    assert_int_equal(edition_compile(site, &image, problems, NULL), 0);
    struct edition *e = edition_from_image(&image, &why);
    assert_non_null(e);
    buf_free(&image);
    problems_free(problems);
    return e;
}

static struct voice *voice_of(struct edition *e)
{
    const struct voice_config config = {.clock = &at_rest, .folder = data, .wake = wake, .served = served};
    struct voice *v = voice_new(&config);
    assert_non_null(v);
    voice_publish(v, e);
    return v;
}

static void say(struct voice *v, const char *text, const char **ret_track, const char **ret_id)
{
    voice_say(v, "it", block_paragraph(arena, text), arena, ret_track, ret_id);
}

static void an_edition_s_answers_have_their_tracks(void **state)
{
    const char *track, *id;
    struct edition *e = edition_of(helper, "off");
    struct voice *v = voice_of(e);
    pump(v);
    say(v, "Dalle 9 alle 18.", &track, &id);
    assert_string_equal(track, "ka");
    assert_null(id);
    voice_free(v);
    edition_unpin(e);
    (void)state;
}

static void what_is_new_has_its_track_the_next_time(void **state)
{
    const char *track, *id;
    struct edition *e = edition_of(helper, "on");
    struct voice *v = voice_of(e);
    pump(v);
    say(v, "Il tuo numero è 7.", &track, &id);
    assert_null(track);
    assert_true(utterance_is_id(id));
    pump(v);
    say(v, "Il tuo numero è 7.", &track, &id);
    assert_string_equal(track, "ka");
    voice_free(v);
    edition_unpin(e);
    (void)state;
}

static void only_what_was_said_is_heard(void **state)
{
    const char *track, *id;
    struct edition *e = edition_of(helper, "on");
    struct voice *v = voice_of(e);
    pump(v);
    say(v, "Dalle 9 alle 18.", &track, &id);
    voice_serve(v, 5, id, UTTERANCE_WAV);
    pump(v);
    assert_true(served_number == 5 && served_bytes && served_size == 50);
    voice_serve(v, 6, "0123456789abcdef0123456789abcdef", UTTERANCE_WAV);
    pump(v);
    assert_true(served_number == 6 && !served_bytes && !served_busy);
    voice_serve(v, 7, "../key", UTTERANCE_WAV);
    assert_true(served_number == 7 && !served_bytes && !served_busy);
    voice_free(v);
    edition_unpin(e);
    (void)state;
}

/* What comes where `kind` is wished for of a text that was said. */
static enum utterance_kind heard_as(struct voice *v, enum utterance_kind kind, size_t size)
{
    const char *track, *id;
    say(v, "Dalle 9 alle 18.", &track, &id);
    voice_serve(v, 9, id, kind);
    pump(v);
    assert_true(served_number == 9 && served_bytes && served_size == size);
    return served_kind;
}

static void opus_comes_where_the_helper_has_it_and_the_site_wants_it(void **state)
{
    static const struct {
        const char *program, *sound;
        enum utterance_kind wished, comes;
        size_t size;
    } cases[] = {
        {opus_helper, "on", UTTERANCE_OPUS, UTTERANCE_OPUS, 60},
        {opus_helper, "on", UTTERANCE_WAV, UTTERANCE_WAV, 50},
        {opus_helper, "on, format: wav", UTTERANCE_OPUS, UTTERANCE_WAV, 50},
        {helper, "on, rate: 166", UTTERANCE_OPUS, UTTERANCE_WAV, 50},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct edition *e = edition_of(cases[i].program, cases[i].sound);
        struct voice *v = voice_of(e);
        pump(v);
        for (int again = 0; again < 2; again++) /* made, then kept */
            assert_int_equal(heard_as(v, cases[i].wished, cases[i].size), cases[i].comes);
        voice_free(v);
        edition_unpin(e);
    }
    (void)state;
}

static void without_a_helper_or_sound_there_is_nothing(void **state)
{
    const char *track = "", *id = "";
    struct edition *e = edition_of("/nowhere", "on");
    struct voice *v = voice_of(e);
    say(v, "Dalle 9 alle 18.", &track, &id);
    assert_null(track);
    assert_null(id);
    voice_serve(v, 8, "0123456789abcdef0123456789abcdef", UTTERANCE_WAV);
    assert_true(served_number == 8 && !served_bytes && !served_busy);
    voice_free(v);
    edition_unpin(e);
    (void)state;
}

static void who_waits_at_the_end_is_told(void **state)
{
    const char *track, *id;
    struct edition *e = edition_of(helper, "on");
    struct voice *v = voice_of(e);
    say(v, "Una frase nuova.", &track, &id);
    for (uint64_t i = 100; i < 100 + 2 * VOICE_QUEUE; i++) {
        served_number = 0;
        voice_serve(v, i, id, UTTERANCE_WAV);
    }
    assert_true(served_number == 99 + 2 * VOICE_QUEUE && served_busy); /* the queue is full */
    served_number = 0;
    voice_free(v);
    assert_true(served_number != 0);
    edition_unpin(e);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_edition_s_answers_have_their_tracks),
        cmocka_unit_test(what_is_new_has_its_track_the_next_time),
        cmocka_unit_test(only_what_was_said_is_heard),
        cmocka_unit_test(opus_comes_where_the_helper_has_it_and_the_site_wants_it),
        cmocka_unit_test(without_a_helper_or_sound_there_is_nothing),
        cmocka_unit_test(who_waits_at_the_end_is_told),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
