/* Voice: what the assistant says as sound, and as a track for the avatar's mouth, made by the voice helper.
 *
 * An answer whose track is known goes out with it; one that is said for the first time goes out without, and its track
 * is made for the next. Tracks of an edition's answers are taken from DATA/voice when it goes live, and made where they
 * are missing. Sound is made when a page asks for it, and only of what was said: by id, never by text. Without a
 * helper, or where it fails, all this does nothing. Limits: VOICE_KEPT texts in memory (the longest unused goes first),
 * VOICE_QUEUE jobs, voice.cache_mb on the disk. Threads: everything here on the loop; files and the helper on a thread
 * of its own; `wake` from that. */
#ifndef HOOKS_VOICE_H
#define HOOKS_VOICE_H

#include "base/clock.h"
#include "edition/edition.h"
#include "edition/view.h"
#include "hooks/utterance.h"

enum { VOICE_KEPT = 8000, VOICE_QUEUE = 64 };

struct voice;

struct voice_config {
    const struct clock *clock;
    const char *folder; /* DATA/voice; copied */
    void *context;
    void (*wake)(void *context); /* any thread: voice_pump is due */
    /* What voice_serve was asked for, and as what it came; `bytes` NULL = `busy` tells whether it may be asked for
     * again, or there is no such thing. They last for the call. */
    void (*served)(void *context, uint64_t number, enum utterance_kind, const char *bytes, size_t size, bool busy);
};

/* NULL without memory. */
struct voice *voice_new(const struct voice_config *);
/* Waits for the job that is under way; those that wait are dropped, and served as busy. */
void voice_free(struct voice *);
/* What holds from now on; pins the edition until its tracks are there. */
void voice_publish(struct voice *, struct edition *);

/* For struct hall_speaker; `voice` is the context. Both results lie in the arena, NULL = none. */
void voice_say(void *voice, const char *lang, const struct block *, struct arena *, const char **ret_track,
               const char **ret_id);
/* `served` comes later, or at once. Opus is asked for by who can take WAV as well: WAV comes where voice.format says so
 * or the helper makes none. */
void voice_serve(struct voice *, uint64_t number, const char *id, enum utterance_kind);

void voice_pump(struct voice *);
/* Appends its figures, as Prometheus text. */
void voice_metrics(const struct voice *, struct buf *out);

#endif
