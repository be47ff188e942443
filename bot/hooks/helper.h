/* Helper: the voice helper as a child process, asked over pipes (voice/PROTOCOL).
 *
 * It is started at the first request and stays. One that takes too long, dies or answers what is no answer is killed;
 * the next request starts another, but not before a pause that grows with each failure in a row (HELPER_PAUSE_MS …
 * HELPER_PAUSE_MOST_MS): meanwhile requests fail at once. It gets an empty environment and none of our files.
 * Limits: HELPER_TEXT_BYTES of text, the ceilings of the buffers given, milliseconds by request.
 * Threads: one at a time, never the loop: helper_ask waits. */
#ifndef HOOKS_HELPER_H
#define HOOKS_HELPER_H

#include "base/buf.h"
#include "base/clock.h"

#include <stdbool.h>

enum { HELPER_TEXT_BYTES = 6000, HELPER_VOICE_BYTES = 40, HELPER_PAUSE_MS = 1000, HELPER_PAUSE_MOST_MS = 60000 };

struct helper;

enum helper_wish { HELPER_EVENTS, HELPER_WAV, HELPER_OPUS }; /* sound comes with the events: what is heard when */

struct helper_request {
    const char *voice; /* letters, digits, + - _ */
    int rate, pitch;
    const char *text; /* not empty */
    enum helper_wish wish;
};

/* `program` is an absolute path, copied. NULL without memory. */
struct helper *helper_new(const char *program, const struct clock *, int timeout_ms);
/* Kills the child and waits for it. */
void helper_free(struct helper *);
/* 0: events and sound are appended, *ret_ms is the speech's length. -1 with *ret_why in words; *ret_own = the helper
 * itself says so (this voice, this text) and is well. */
int helper_ask(struct helper *, const struct helper_request *, struct buf *events, struct buf *sound, int *ret_ms,
               bool *ret_own, const char **ret_why);
/* How often one was started. */
int helper_starts(const struct helper *);

/* The program that a setting names: an absolute path, or a name that is looked for beside this program and in
 * /usr/local/bin and /usr/bin. 0, or -1 where there is none that can be run. */
int helper_find(const char *name, char *ret_path, size_t room);

#endif
