/* Duty: tells the agents of a department by e-mail that messages have come while nobody of them is online (setting
 * `mail.duty`).
 *
 * Each message or wish for a call makes a delivery of kind "duty" for its department. When that is sent it becomes
 * letters to the department's people with an e-mail address, with all that nobody has read yet: at most one in
 * DUTY_PAUSE_MS; later messages wait for the next. Somebody online: no letter. Threads: the loop. */
#ifndef HOOKS_DUTY_H
#define HOOKS_DUTY_H

#include "hooks/mail.h"

enum { DUTY_PAUSE_MS = 600000, DUTY_QUESTION_BYTES = 200 };

struct duty;

struct duty_config {
    struct store *store;
    const struct clock *clock;
    struct outlet *outlet;
    struct mail *mail;
    void *context;
    bool (*on_duty)(void *context, const char *department);
    const char *(*page)(void *context, const char *path, struct arena *);
};

/* Adds the kind "duty" to the outlet. NULL without memory. */
struct duty *duty_new(const struct duty_config *);
/* After store_close. */
void duty_free(struct duty *);
/* The settings must stay until the next call. One source, or none; returns how many. */
size_t duty_settings(struct duty *, const struct settings *, struct outlet_source *ret, size_t room);

#endif
