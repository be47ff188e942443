/* Data: the DATA folder and who owns it.
 *
 * One process at a time holds DATA/lock; it alone opens the store. Inside a server the commands'
 * workers share its store through data_do, which submits the job and waits for the answer.
 * Errors: -1 with words on `err`. Threads: data_do on any; the rest where it was opened. */
#ifndef CLI_DATA_H
#define CLI_DATA_H

#include "base/clock.h"
#include "store/store.h"

#include <stdio.h>

struct data {
    const char *folder;
    struct clock clock;
    struct store *store;
    int lock; /* file descriptor; -1 = a server's, shared */
    bool shared;
};

/* Makes the folder (0700) if need be, locks it, opens the store. 0, or -1. `wait_why`, if not NULL, gets true
 * when another process holds the lock. */
int data_open(const char *folder, FILE *err, struct data *ret, bool *ret_held);
void data_close(struct data *);
/* Only locks, for what must not find the store open. The descriptor, or -1. */
int data_lock(const char *folder, FILE *err, bool *ret_held);

/* Carries a job out and waits for it; its result stands in it. The caller frees the job. */
void data_do(struct data *, struct store_job *);
/* A job for data_do. */
void *data_job(const struct store_job_kind *, size_t size);
/* A line of the audit log for what the command line did; `detail` may be NULL. */
void data_audit(struct data *, const char *act, const char *detail);
/* What a result means, in words for `err`. */
const char *data_result_text(enum store_result);

#endif
