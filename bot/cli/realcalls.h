/* Realcalls: the webhooks of a conversation on the command line, called as the server would call them.
 *
 * For chatting with an assistant whose flows do real things: whoever types is told what is called before it is.
 * Dialogues' tests never come here. The secret is taken from the environment or DATA/secrets, as by the server.
 * Threads: the main one. */
#ifndef CLI_REALCALLS_H
#define CLI_REALCALLS_H

#include "cli/command.h"
#include "dialogue/dialogue.h"

struct realcalls {
    const struct settings *settings;
    const char *data;
    const char *visitor; /* whom the site signed in, NULL = nobody */
    struct fetcher *fetcher, *own;
    FILE *out; /* where it is told */
};

/* Settings and call must outlive it. Close it. */
void realcalls_open(struct realcalls *, const struct call *, const struct settings *);
void realcalls_close(struct realcalls *);

/* For struct play: `context` is a struct realcalls. Says what is called, and why it failed. */
bool realcalls_call(void *context, const struct wanted_call *, const char *lang, struct arena *,
                    const struct variable **ret, size_t *ret_count);

#endif
