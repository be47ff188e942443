/* Answers' tracks and sounds: see voice.h. */
#include "hooks/voice.h"

#include "base/log.h"
#include "base/map.h"
#include "base/worker.h"
#include "hooks/says.h"
#include "text/viseme.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_BYTES = 4 << 20, EDITION_PIECE = 40, PRUNE_EVERY = 16, MEGABYTE = 1 << 20 };

/* A text that was said, or may be. In order of use, the newest first. */
struct spoken {
    struct utterance_plan plan; /* its text is ours */
    char *track;                /* NULL = not known yet */
    bool asked;                 /* its track is being made */
    struct spoken *newer, *older;
};

struct voice {
    struct voice_config config;
    char *folder;
    unsigned char key[UTTERANCE_KEY_BYTES];
    bool ready;             /* there is a helper, and a key */
    char program[PATH_MAX]; /* the live edition's */
    uint64_t ceiling;       /* of the folder, bytes */
    struct edition *live;
    struct map *by_id;
    struct spoken *newest, *oldest;
    struct workers *workers;
    struct helper *helper;            /* the worker's, with the program it is */
    char helper_program[PATH_MAX];    /* the same */
    int kept_since;                   /* the same: sounds kept since the folder was looked at */
    bool failing;                     /* the same: one line in the log when it begins, one when it ends */
    uint64_t tracks, served, refused; /* figures */
};

enum voice_work { MAKE_TRACK, MAKE_SOUND, MAKE_EDITION };

struct voice_job {
    struct job job;
    struct voice *voice;
    enum voice_work work;
    char program[PATH_MAX];
    uint64_t ceiling;
    struct utterance_plan plan; /* text NULL = only what is kept; else ours */
    enum utterance_kind kind;   /* what is wished for; what it is, once found */
    uint64_t number;            /* of who waits, MAKE_SOUND */
    struct buf out;
    bool found;
    /* MAKE_EDITION: from which entry on, and what came of it */
    struct edition *edition;
    uint32_t next;
    struct spoken *made[EDITION_PIECE * SAYS_MOST];
    size_t made_count;
};

/* --- what was said ----------------------------------------------------------------------------- */

static void spoken_free(struct spoken *s)
{
    if (s == NULL)
        return;
    free((char *)s->plan.text);
    free(s->track);
    free(s);
}

static struct spoken *spoken_new(const struct utterance_plan *plan)
{
    struct spoken *s = calloc(1, sizeof *s);
    if (s == NULL)
        return NULL;
    s->plan = *plan;
    s->plan.text = strdup(plan->text);
    if (s->plan.text != NULL)
        return s;
    free(s);
    return NULL;
}

static void take_out(struct voice *v, struct spoken *s)
{
    *(s->newer != NULL ? &s->newer->older : &v->newest) = s->older;
    *(s->older != NULL ? &s->older->newer : &v->oldest) = s->newer;
    s->newer = s->older = NULL;
}

static void put_first(struct voice *v, struct spoken *s)
{
    s->older = v->newest;
    *(v->newest != NULL ? &v->newest->newer : &v->oldest) = s;
    v->newest = s;
}

static struct spoken *find_spoken(struct voice *v, const char *id)
{
    struct spoken *s = map_get_str(v->by_id, id);
    if (s != NULL && s != v->newest) {
        take_out(v, s);
        put_first(v, s);
    }
    return s;
}

/* Takes it over; the longest unused makes room. */
static struct spoken *keep_spoken(struct voice *v, struct spoken *s)
{
    if (s == NULL)
        return NULL;
    if (map_count(v->by_id) >= VOICE_KEPT && v->oldest != NULL) {
        struct spoken *oldest = v->oldest;
        take_out(v, oldest);
        map_remove_str(v->by_id, oldest->plan.id);
        spoken_free(oldest);
    }
    if (map_put_str(v->by_id, s->plan.id, s) < 0) {
        spoken_free(s);
        return NULL;
    }
    put_first(v, s);
    return s;
}

/* --- on the worker ----------------------------------------------------------------------------- */

static struct helper *helper_of(struct voice *v, const char *program)
{
    if (v->helper != NULL && strcmp(v->helper_program, program) == 0)
        return v->helper;
    helper_free(v->helper);
    v->helper = helper_new(program, v->config.clock, UTTERANCE_TIMEOUT_MS);
    snprintf(v->helper_program, sizeof v->helper_program, "%s", program);
    return v->helper;
}

static void note_outcome(struct voice *v, bool good, const char *why)
{
    if (good == !v->failing)
        return;
    v->failing = !good;
    log_line(good ? LOG_LEVEL_INFO : LOG_LEVEL_WARNING, good ? "voice-helper-back" : "voice-helper-fails", "why", why,
             "program", v->helper_program, NULL);
}

static bool make(struct voice_job *j, const struct utterance_plan *plan, enum utterance_kind kind, struct buf *out)
{
    struct voice *v = j->voice;
    const char *why = NULL;
    struct helper *helper = helper_of(v, j->program);
    bool good = helper != NULL && utterance_get(v->folder, helper, plan, kind, out, &why) == 0;
    /* That it makes no Opus is no failure: WAV is asked for next. */
    if (good || kind != UTTERANCE_OPUS)
        note_outcome(v, good, good ? NULL : why);
    if (good && j->work != MAKE_EDITION && v->kept_since++ % PRUNE_EVERY == 0)
        utterance_prune(v->folder, j->ceiling);
    return good;
}

/* A piece of the edition; the next one comes behind whoever waits for a sound. */
static void make_edition(struct voice_job *j)
{
    const struct view *view = edition_view(j->edition);
    struct arena *arena = arena_new(ARENA_BYTES);
    uint32_t end = j->next + EDITION_PIECE < view_count(view) ? j->next + EDITION_PIECE : (uint32_t)view_count(view);
    for (; arena != NULL && j->next < end; j->next++) {
        struct says says;
        arena_reset(arena);
        says_of_entry(view, j->next, j->voice->key, arena, &says);
        for (size_t i = 0; i < says.count; i++) {
            buf_clear(&j->out);
            struct spoken *s = make(j, &says.plans[i], UTTERANCE_TRACK, &j->out) ? spoken_new(&says.plans[i]) : NULL;
            if (s == NULL)
                continue;
            s->track = strdup(j->out.data);
            j->made[j->made_count++] = s;
        }
    }
    if (arena == NULL)
        j->next = (uint32_t)view_count(view);
    arena_free(arena);
}

static bool find(struct voice_job *j)
{
    buf_clear(&j->out);
    return j->plan.text != NULL ? make(j, &j->plan, j->kind, &j->out)
                                : utterance_kept(j->voice->folder, j->plan.id, j->kind, &j->out) == 0;
}

static void work(struct job *job)
{
    struct voice_job *j = (struct voice_job *)job;
    if (j->work == MAKE_EDITION) {
        make_edition(j);
        return;
    }
    j->found = find(j);
    if (j->found || j->kind != UTTERANCE_OPUS)
        return;
    j->kind = UTTERANCE_WAV;
    j->found = find(j);
}

/* --- back on the loop -------------------------------------------------------------------------- */

static int submit(struct voice_job *j);

static void job_free(struct voice_job *j)
{
    for (size_t i = 0; i < j->made_count; i++)
        spoken_free(j->made[i]);
    edition_unpin(j->edition);
    free((char *)j->plan.text);
    buf_free(&j->out);
    free(j);
}

static void track_made(struct voice *v, const struct voice_job *j)
{
    struct spoken *s = map_get_str(v->by_id, j->plan.id);
    if (s == NULL)
        return;
    s->asked = false;
    if (!j->found || s->track != NULL)
        return;
    s->track = strdup(j->out.data);
    v->tracks++;
}

/* Takes a piece of an edition, and sends for the next unless another edition has gone live: whether it did. */
static bool edition_made(struct voice *v, struct voice_job *j)
{
    for (size_t i = 0; i < j->made_count; i++) {
        struct spoken *there = map_get_str(v->by_id, j->made[i]->plan.id);
        if (there == NULL) {
            keep_spoken(v, j->made[i]);
            v->tracks++;
        } else {
            if (there->track == NULL) {
                there->track = j->made[i]->track;
                j->made[i]->track = NULL;
            }
            spoken_free(j->made[i]);
        }
    }
    j->made_count = 0;
    return j->edition == v->live && j->next < view_count(edition_view(j->edition)) && submit(j) == 0;
}

static void done(struct job *job)
{
    struct voice_job *j = (struct voice_job *)job;
    struct voice *v = j->voice;
    if (j->work == MAKE_TRACK)
        track_made(v, j);
    else if (j->work == MAKE_SOUND)
        v->config.served(v->config.context, j->number, j->kind, j->found ? j->out.data : NULL, j->out.size,
                         job->ran == 0);
    else if (job->ran != 0 && edition_made(v, j))
        return;
    job_free(j);
}

static struct voice_job *job_new(struct voice *v, enum voice_work what, const struct utterance_plan *plan)
{
    struct voice_job *j = calloc(1, sizeof *j);
    if (j == NULL)
        return NULL;
    j->voice = v;
    j->work = what;
    j->ceiling = v->ceiling;
    memcpy(j->program, v->program, sizeof j->program);
    buf_init(&j->out, UTTERANCE_SOUND_BYTES + 1);
    if (plan == NULL)
        return j;
    j->plan = *plan;
    j->plan.text = plan->text != NULL ? strdup(plan->text) : NULL;
    if (plan->text == NULL || j->plan.text != NULL)
        return j;
    job_free(j);
    return NULL;
}

/* 0, or -1: it is still the caller's. */
static int submit(struct voice_job *j)
{
    j->job = (struct job){.run = work, .done = done};
    return workers_submit(j->voice->workers, 0, &j->job);
}

static void wake(void *context)
{
    struct voice *v = context;
    v->config.wake(v->config.context);
}

/* --- life -------------------------------------------------------------------------------------- */

struct voice *voice_new(const struct voice_config *config)
{
    static const struct worker_kind kind = {"voice", 1, VOICE_QUEUE};
    struct voice *v = calloc(1, sizeof *v);
    if (v == NULL)
        return NULL;
    v->config = *config;
    v->folder = strdup(config->folder);
    v->by_id = map_new(VOICE_KEPT + 1);
    v->workers = workers_new(&kind, 1, wake, v);
    if (v->folder != NULL && v->by_id != NULL && v->workers != NULL)
        return v;
    voice_free(v);
    return NULL;
}

void voice_free(struct voice *v)
{
    if (v == NULL)
        return;
    v->ready = false;
    edition_unpin(v->live);
    v->live = NULL; /* no further piece of it is sent for */
    if (v->workers != NULL)
        workers_free(v->workers);
    helper_free(v->helper);
    while (v->newest != NULL) {
        struct spoken *s = v->newest;
        take_out(v, s);
        spoken_free(s);
    }
    map_free(v->by_id);
    free(v->folder);
    free(v);
}

/* The key is read on the loop once, before visitors come. */
static bool has_key(struct voice *v)
{
    static const unsigned char none[UTTERANCE_KEY_BYTES];
    return memcmp(v->key, none, sizeof none) != 0 || utterance_key(v->folder, v->key) == 0;
}

void voice_publish(struct voice *v, struct edition *edition)
{
    const struct settings *settings = view_settings(edition_view(edition));
    edition_unpin(v->live);
    v->live = edition_pin(edition);
    v->ceiling = (uint64_t)settings->voice_cache_mb * MEGABYTE;
    v->ready = helper_find(settings->voice_program, v->program, sizeof v->program) == 0 && has_key(v);
    if (!v->ready && settings->voice_sound)
        log_line(LOG_LEVEL_WARNING, "voice-helper-missing", "program", settings->voice_program, "remedy",
                 "build and install it with `make voice install-voice`, or name it in voice.program", NULL);
    struct voice_job *j = v->ready ? job_new(v, MAKE_EDITION, NULL) : NULL;
    if (j == NULL)
        return;
    j->edition = edition_pin(edition);
    if (submit(j) < 0)
        job_free(j);
}

void voice_pump(struct voice *v)
{
    workers_pump(v->workers);
}

/* --- what is asked of it ----------------------------------------------------------------------- */

/* Sends for the track of what was said for the first time. */
static void want_track(struct voice *v, struct spoken *s)
{
    struct voice_job *j = s->asked ? NULL : job_new(v, MAKE_TRACK, &s->plan);
    if (j == NULL)
        return;
    j->kind = UTTERANCE_TRACK;
    s->asked = submit(j) == 0;
    if (!s->asked)
        job_free(j);
}

void voice_say(void *voice, const char *lang, const struct block *blocks, struct arena *arena, const char **ret_track,
               const char **ret_id)
{
    struct voice *v = voice;
    struct utterance_plan plan;
    *ret_track = *ret_id = NULL;
    if (!v->ready)
        return;
    const struct settings *settings = view_settings(edition_view(v->live));
    if (utterance_plan(settings, v->key, lang, blocks, arena, &plan) < 0)
        return;
    struct spoken *s = find_spoken(v, plan.id);
    if (s == NULL)
        s = keep_spoken(v, spoken_new(&plan));
    if (s == NULL)
        return;
    if (s->track == NULL)
        want_track(v, s);
    else if (s->track[0] != '\0')
        *ret_track = arena_strdup(arena, s->track);
    if (settings->voice_sound)
        *ret_id = arena_strdup(arena, plan.id);
}

void voice_serve(struct voice *v, uint64_t number, const char *id, enum utterance_kind kind)
{
    struct utterance_plan kept_only = {.text = NULL};
    const struct settings *settings = v->ready ? view_settings(edition_view(v->live)) : NULL;
    bool sound = settings != NULL && settings->voice_sound && utterance_is_id(id);
    const struct spoken *s = sound ? find_spoken(v, id) : NULL;
    snprintf(kept_only.id, sizeof kept_only.id, "%s", sound ? id : "");
    struct voice_job *j = sound ? job_new(v, MAKE_SOUND, s != NULL ? &s->plan : &kept_only) : NULL;
    v->served++;
    if (j != NULL) {
        j->kind = kind == UTTERANCE_OPUS && settings->voice_wav ? UTTERANCE_WAV : kind;
        j->number = number;
        if (submit(j) == 0)
            return;
        job_free(j);
    }
    v->refused++;
    v->config.served(v->config.context, number, kind, NULL, 0, sound);
}

void voice_metrics(const struct voice *v, struct buf *out)
{
    buf_printf(out,
               "# TYPE sportello_voice_tracks_total counter\nsportello_voice_tracks_total %llu\n"
               "# TYPE sportello_voice_requests_total counter\nsportello_voice_requests_total %llu\n"
               "# TYPE sportello_voice_refused_total counter\nsportello_voice_refused_total %llu\n"
               "# TYPE sportello_voice_texts gauge\nsportello_voice_texts %zu\n",
               (unsigned long long)v->tracks, (unsigned long long)v->served, (unsigned long long)v->refused,
               map_count(v->by_id));
}
