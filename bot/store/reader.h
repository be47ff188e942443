/* Reader: a connection of a worker's own that reads and never writes, beside the store's thread.
 *
 * Good for: searches and reports, which take longer than what visitors may wait behind. Not for: reading what one has
 * just submitted to the store; a reader sees what was committed when its job began.
 * A job is one that only reads (its kind does not write), carried out in a short transaction of its own; past the time
 * limit it is broken off and comes back STORE_UNAVAILABLE. The file is opened with the first job, so that making a
 * reader touches no disk.
 * Threads: one at a time; the loop makes it, a worker runs jobs on it, and it is freed when that worker has ended. */
#ifndef STORE_READER_H
#define STORE_READER_H

#include "store/store.h"

struct reader;

/* For FOLDER/sportello.db, which the store has opened (and migrated) before. NULL without memory. */
struct reader *reader_new(const char *folder, const struct clock *, int64_t limit_ms);
void reader_free(struct reader *);
/* Carries the job out; its `done` is not called. A job that writes is STORE_REFUSED. */
void reader_run(struct reader *, struct store_job *);

#endif
