/* Mail: sends letters over the operator's mail server (settings `mail`), by the outlet.
 *
 * A delivery of kind "mail" is a whole letter (hooks/letter.h) in its body, and the recipient's address as its target.
 * All go through one server: four at a time, and when it is down all wait. What it refuses for now (4xx: greylisting, a
 * full box) is tried again, what it refuses for good (5xx) is dead at once; a password that it does not take is the
 * operator's to mend, so that letters wait for it. The server may be anywhere: it is the operator's own choice.
 * Threads: the loop; `wake` is called from others. */
#ifndef HOOKS_MAIL_H
#define HOOKS_MAIL_H

#include "content/settings.h"
#include "hooks/fetch.h"
#include "hooks/outlet.h"

/* Of its deliveries. */
#define MAIL_KIND "mail"

enum { MAIL_TIMEOUT_MS = 60000, MAIL_AT_ONCE = 4 };

struct mail;

struct mail_config {
    const struct clock *clock;
    struct fetcher *fetcher;
    struct outlet *outlet;
    const char *site; /* folder that mail.ca may be relative to */
    void *context;
    void (*wake)(void *context); /* any thread: mail_pump is due */
    /* The value of a secret by its name, in the arena; NULL = there is none. */
    const char *(*secret)(void *context, const char *name, struct arena *);
};

/* Adds the kind "mail" to the outlet. NULL without memory. */
struct mail *mail_new(const struct mail_config *);
/* After the fetcher has stopped. */
void mail_free(struct mail *);
/* The settings must stay until the next call. */
void mail_settings(struct mail *, const struct settings *);
/* Whether there is a mail server. */
bool mail_ready(const struct mail *);
/* Takes what has come back. */
void mail_pump(struct mail *);

/* What is said in a letter of ours. */
struct mail_words {
    const char *to, *subject, *words;
    const char *id, *in_reply_to; /* the part before "@"; in_reply_to NULL = none */
    int64_t ticket;
    const char *ref; /* of the delivery: one letter for it */
    bool automatic;
};

/* A letter as a delivery to be stored, in the arena. -1 with a constant in *ret_why: no mail server, no address, a line
 * break in a field. */
int mail_letter(const struct mail *, const struct mail_words *, struct arena *, struct delivery_new *ret,
                const char **ret_why);

#endif
