/* Store: what must survive, behind an interface without SQL.
 *
 * Work is jobs (job.h), in families, each with a header of its own: this one includes those that the dialogue and the
 * queue live by, and whoever needs another names it (people.h, work.h, search.h …). On a started store a job is
 * submitted from the loop, carried out on the store's thread (which takes its whole queue as one transaction with one
 * commit and a savepoint a job), and comes back to store_pump on the loop after the commit: then, and not before, it
 * may be acknowledged. Answers come in the order of submission. Without a thread (commands, tests) store_run does the
 * same at once, and store_pump carries out what was submitted, as one group. A job reads what the jobs before it wrote.
 * Errors: a job's `result`. On a full disk or an I/O error every job of the group that writes comes
 * back STORE_UNAVAILABLE with nothing kept, reads go on, and writing is tried again with each
 * later group, so it recovers by itself. Such a job is as it was when submitted. What the database
 * refuses for its content (over a ceiling, an unknown user) is STORE_REFUSED.
 * Threads: everything here on one thread (the loop); store_submit and store_backup on any. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/clock.h"
#include "store/conversation.h"
#include "store/edition.h"
#include "store/job.h"
#include "store/learn.h"
#include "store/queue.h"
#include "store/user.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* Opens (and makes or migrates) FOLDER/sportello.db, which must be locked by the caller. NULL with
 * *ret_why in words. */
struct store *store_open(const char *folder, const struct clock *, const char **ret_why);
/* Starts the thread. `wake` is called from it when answers wait for store_pump. */
int store_start(struct store *, void (*wake)(void *context), void *context);
/* Lets the queue finish, ends the thread, closes. Jobs not pumped yet are pumped. */
void store_close(struct store *);

/* 0, or -1 when the queue is full (the job stays the caller's). Inputs must stay until `done`. */
int store_submit(struct store *, struct store_job *);
/* Calls `done` of what is finished; returns how many. Without a thread it carries out first what
 * was submitted. */
size_t store_pump(struct store *);
/* Carries a job out now; `done` is not called. Only before store_start. */
void store_run(struct store *, struct store_job *);
/* True while the disk refuses to write: since a group that failed until one that did not. */
bool store_failing(const struct store *);
/* `stepped` is called on the loop, from store_pump, after answers with which some ticket took a step (ticket_event has
 * new rows). Before store_start. */
void store_on_steps(struct store *, void (*stepped)(void *context), void *context);
/* Once a second: while the disk refuses, tries whether it writes again, so that nobody has to lose a
 * message to find out. */
void store_tick(struct store *);

/* Copies the whole database, while it is in use, to a new file. -1 with *ret_why. Any thread. */
int store_backup(const char *folder, const char *file, const char **ret_why);
/* Puts a backup in place of FOLDER's database after checking that it is one; nothing may have it
 * open. The old one is kept as sportello.db.before-restore. -1 with *ret_why. */
int store_restore(const char *folder, const char *file, const char **ret_why);

#endif
