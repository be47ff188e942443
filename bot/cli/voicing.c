/* Tracks at publishing, and sportello voice: see voicing.h. */
#include "cli/voicing.h"

#include "base/file.h"
#include "cli/progress.h"
#include "cli/sitefiles.h"
#include "hooks/says.h"
#include "wire/json.h"

#include <errno.h>
#include <limits.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ARENA_BYTES = 4 << 20, JSON_BYTES = 1 << 20, FAILURES_MOST = 3, TEXT_BYTES = 65536 };

/* The helper that the settings name, NULL = there is none. One that is not where an editor says is said. */
static struct helper *find_helper(const struct call *call, const struct settings *settings, const struct clock *clock)
{
    char program[PATH_MAX];
    if (helper_find(settings->voice_program, program, sizeof program) == 0)
        return helper_new(program, clock, UTTERANCE_TIMEOUT_MS);
    if (settings->voice_sound || strchr(settings->voice_program, '/') != NULL)
        fprintf(call->err,
                "sportello: the voice helper “%s” is not there: the mouth follows the letters; build and install "
                "it with `make voice install-voice`, or name it in voice.program\n",
                settings->voice_program);
    return NULL;
}

struct preparing {
    const struct call *call;
    const struct view *view;
    struct helper *helper;
    char folder[PATH_MAX];
    unsigned char key[UTTERANCE_KEY_BYTES];
    struct arena *arena;
    size_t made, failures;
    bool open; /* there are texts with values in them */
};

/* False = it makes no sense to go on. */
static bool prepare_entry(struct preparing *p, uint32_t entry)
{
    struct says says;
    arena_reset(p->arena);
    says_of_entry(p->view, entry, p->key, p->arena, &says);
    p->open |= says.open;
    for (size_t i = 0; i < says.count; i++) {
        struct buf track;
        const char *why = "";
        buf_init(&track, UTTERANCE_SOUND_BYTES);
        bool good = utterance_get(p->folder, p->helper, &says.plans[i], UTTERANCE_TRACK, &track, &why) == 0;
        buf_free(&track);
        p->made += good;
        if (good)
            continue;
        progress_end(p->call);
        struct view_entry e = view_entry(p->view, entry);
        fprintf(p->call->err, "%s:%d: warning: no track for the mouth could be made of this answer: %s\n", e.file,
                e.line, why);
        if (++p->failures == FAILURES_MOST)
            return false;
    }
    return true;
}

void voicing_prepare(const struct call *call, const struct view *view)
{
    struct clock clock = clock_system();
    struct preparing p = {.call = call, .view = view};
    p.helper = find_helper(call, view_settings(view), &clock);
    p.arena = p.helper != NULL ? arena_new(ARENA_BYTES) : NULL;
    if (p.arena == NULL || snprintf(p.folder, sizeof p.folder, "%s/voice", call->data) >= (int)sizeof p.folder)
        goto done;
    if (utterance_key(p.folder, p.key) < 0) {
        fprintf(call->err, "sportello: %s cannot be written: the mouth follows the letters\n", p.folder);
        goto done;
    }
    size_t count = view_count(view);
    for (uint32_t i = 0; i < count; i++) {
        progress_line(call, "tracks for the avatar's mouth: %u of %zu entries", i + 1, count);
        if (!prepare_entry(&p, i))
            break;
    }
    progress_end(call);
    if (p.open)
        fputs(
            "sportello: texts with values in them ({...}) have no track before they are said: there the mouth follows "
            "the letters\n",
            call->err);
done:
    arena_free(p.arena);
    helper_free(p.helper);
}

/* --- the command ------------------------------------------------------------------------------- */

/* How a text is read and what the mouth does, with a key of the moment: nothing is kept. */
struct trial {
    const char *lang;
    struct helper *helper;
    struct utterance_plan plan;
    struct buf track, sound;
};

static void print_json(const struct call *call, const struct trial *t, int length)
{
    struct buf json;
    buf_init(&json, JSON_BYTES);
    json_open(&json, NULL, '{');
    json_text(&json, "lang", t->lang);
    json_text(&json, "voice", t->plan.voice);
    json_text(&json, "read", t->plan.text);
    json_number(&json, "ms", length);
    json_text(&json, "track", t->track.data);
    json_close(&json, '}');
    fprintf(call->out, "%s\n", json.data);
    buf_free(&json);
}

/* The length that a track says: two characters a shape, the second its hundredths. */
static int track_ms(const struct buf *track)
{
    int ms = 0;
    for (size_t i = 1; i < track->size; i += 2)
        ms += 10 * (track->data[i] <= '9' ? track->data[i] - '0' : track->data[i] - 'a' + 10);
    return ms;
}

static bool ends_in(const char *name, const char *suffix)
{
    size_t size = name != NULL ? strlen(name) : 0, end = strlen(suffix);
    return size > end && strcmp(name + size - end, suffix) == 0;
}

static int say(const struct call *call, struct trial *t)
{
    char folder[] = "/tmp/sportello-voice-XXXXXX";
    const char *why = "";
    if (mkdtemp(folder) == NULL) {
        fprintf(call->err, "sportello voice: /tmp cannot be written: %s\n", strerror(errno));
        return EXIT_SHORT;
    }
    int code = EXIT_SHORT;
    enum utterance_kind kind = ends_in(call->to, ".opus") ? UTTERANCE_OPUS : UTTERANCE_WAV;
    if (utterance_get(folder, t->helper, &t->plan, kind, &t->sound, &why) < 0 ||
        utterance_kept(folder, t->plan.id, UTTERANCE_TRACK, &t->track) < 0) {
        fprintf(call->err, "sportello voice: the helper cannot say this: %s\n", why);
    } else if (call->to != NULL && file_write_atomic(call->to, t->sound.data, t->sound.size, 0644) < 0) {
        fprintf(call->err, "sportello voice: %s: %s\n", call->to, strerror(errno));
    } else {
        code = EXIT_GOOD;
        if (call->json)
            print_json(call, t, track_ms(&t->track));
        else
            fprintf(call->out, "%s\n", t->plan.text);
    }
    utterance_prune(folder, 0);
    rmdir(folder);
    return code;
}

static int try_words(struct call *call, struct arena *arena, const struct settings *settings)
{
    unsigned char key[UTTERANCE_KEY_BYTES];
    struct clock clock = clock_system();
    struct trial t = {.lang = call->lang != NULL ? call->lang : settings->languages.items[0]};
    randombytes_buf(key, sizeof key);
    if (utterance_plan(settings, key, t.lang, block_paragraph(arena, call->argv[0]), arena, &t.plan) < 0) {
        fprintf(call->err, "sportello voice: this is no text that can be spoken: at most %d bytes\n",
                HELPER_TEXT_BYTES);
        return EXIT_SHORT;
    }
    t.helper = find_helper(call, settings, &clock);
    if (t.helper == NULL) {
        fputs("sportello voice: there is no voice helper; see docs/voice.md\n", call->err);
        return EXIT_SHORT;
    }
    buf_init(&t.track, UTTERANCE_SOUND_BYTES);
    buf_init(&t.sound, UTTERANCE_SOUND_BYTES);
    int code = say(call, &t);
    buf_free(&t.track);
    buf_free(&t.sound);
    helper_free(t.helper);
    return code;
}

static int run(struct call *call)
{
    struct sitefiles s;
    if (sitefiles_read(call, &s) < 0)
        return EXIT_SHORT;
    struct arena *arena = arena_new(ARENA_BYTES);
    int code = EXIT_SHORT;
    if (s.site == NULL)
        problems_print(s.problems, call->err);
    else if (arena != NULL)
        code = try_words(call, arena, s.site->settings);
    arena_free(arena);
    sitefiles_free(&s);
    return code;
}

const struct command command_voice = {
    .name = "voice",
    .arguments = "[--lang it] [--to FILE] [--json] TEXT",
    .summary = "how the voice reads a text",
    .help = "Prints the text as it is read aloud, with the site's pronunciations put in; --to writes the sound\n"
            "(Opus where the name ends in .opus, else WAV), --json adds what the avatar's mouth does. Needs the voice\n"
            "helper: see docs/voice.md.",
    .options = "lang to json",
    .least = 1,
    .most = 1,
    .run = run,
};
