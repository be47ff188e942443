/* Publish: makes numbered editions of a site, chooses among them, and opens the live one.
 * Threads: any; data_do does what must be done elsewhere. */
#ifndef CLI_PUBLISH_H
#define CLI_PUBLISH_H

#include "cli/command.h"

/* Publishes the site of call->site: reads, checks, compiles, runs the dialogues, stores, writes the image.
 * Problems and what was done go to call->out and err. The new edition is call->ret_edition. Exit code;
 * on anything but EXIT_GOOD the live edition is as it was. */
int publish_site(struct call *);

/* Opens the live edition; its image is made again from the stored sources where it is missing, damaged or
 * of an older format. NULL if there is none yet, or after saying why on call->err. */
struct edition *publish_open_live(struct call *);

/* Opens edition `number` in the same way. */
struct edition *publish_open(struct call *, int64_t number);

/* Opens the editions on which flows may still run, for whoever takes them, who pins for itself. Those whose image is
 * not there are left out: a flow on them begins anew. */
void publish_open_used(struct call *, void (*take)(void *context, struct edition *), void *context);

/* True if the site's files differ from those of the newest edition made (or none was made). */
bool publish_needed(struct call *);

/* Notes which edition is live in DATA/editions/live, for commands that only look. */
void publish_note_live(const char *data, int64_t number);

/* The number meant by "live" or a number in digits; 0 = none such. */
int64_t published_number(const char *data, const char *which);

#endif
