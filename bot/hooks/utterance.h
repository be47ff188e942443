/* Utterance: what of an answer is spoken, by which voice, and what came of it, kept in DATA/voice.
 *
 * A *plan* is all that the sound depends on; its id is a keyed hash of that, so that nobody can make one for a text
 * that the assistant has not said, and a changed pronunciation or rate gives another. The key lies in DATA/voice/key.
 * DATA/voice/ID.track is a track (text/viseme.h), ID.opus and ID.wav the sound. Whatever cannot be read is made again.
 * Threads: a plan on any; the files and the helper never on the loop. */
#ifndef HOOKS_UTTERANCE_H
#define HOOKS_UTTERANCE_H

#include "base/arena.h"
#include "content/block.h"
#include "content/settings.h"
#include "hooks/helper.h"

#include <stdint.h>

enum {
    UTTERANCE_ID_BYTES = 32, /* hexadecimal digits */
    UTTERANCE_KEY_BYTES = 32,
    UTTERANCE_SOUND_BYTES = 8 << 20, /* of one answer: some three minutes */
    UTTERANCE_EVENT_BYTES = 1 << 20,
    UTTERANCE_TIMEOUT_MS = 20000
};

struct utterance_plan {
    char id[UTTERANCE_ID_BYTES + 1];
    char voice[HELPER_VOICE_BYTES + 1];
    int rate, pitch;
    const char *text; /* as it is read aloud */
};

/* Reads the key, or makes it. -1 where neither can be done. */
int utterance_key(const char *folder, unsigned char ret_key[UTTERANCE_KEY_BYTES]);
/* -1 where nothing of it can be spoken (no text, too long, memory). The text lies in the arena. */
int utterance_plan(const struct settings *, const unsigned char key[UTTERANCE_KEY_BYTES], const char *lang,
                   const struct block *, struct arena *, struct utterance_plan *ret);
/* Whether a text is an id. */
bool utterance_is_id(const char *text);

enum utterance_kind { UTTERANCE_TRACK, UTTERANCE_WAV, UTTERANCE_OPUS };

/* What is kept of an id, appended. 0, or -1 = nothing. */
int utterance_kept(const char *folder, const char *id, enum utterance_kind, struct buf *out);
/* The same, made and kept where it is not there; the sound's track is kept with it. -1 with *ret_why. */
int utterance_get(const char *folder, struct helper *, const struct utterance_plan *, enum utterance_kind,
                  struct buf *out, const char **ret_why);
/* Removes what was not asked for the longest until at most `bytes` are left. Returns how many there are then. */
uint64_t utterance_prune(const char *folder, uint64_t bytes);

#endif
