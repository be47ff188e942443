/* Edition: the sources of what was published, and which of them is live.
 *
 * Images are made of them elsewhere and may be made again. Memory, errors and threads as in store.h, which includes
 * this. */
#ifndef STORE_EDITION_H
#define STORE_EDITION_H

#include "store/job.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store_source {
    const char *path, *bytes;
    size_t size;
};

struct edition_row {
    int64_t number, made_ms;
    uint64_t site_hash;
    const char *note;
    size_t source_count;
    bool live;
};

/* Keeps an edition's sources and gives it the next number; it is live from then on. */
struct store_edition_add {
    struct store_job job;
    const struct store_source *sources;
    size_t source_count;
    uint64_t site_hash;
    const char *note;
    int64_t ret_number;
};
extern const struct store_job_kind store_edition_add_kind;

/* All editions, newest first. */
struct store_edition_list {
    struct store_job job;
    struct edition_row *rows;
    size_t count;
};
extern const struct store_job_kind store_edition_list_kind;

/* Editions but the live one on which somebody has chatted since a moment and may go on to, newest first. */
enum { STORE_EDITIONS_USED = 20 };
struct store_editions_used {
    struct store_job job;
    int64_t since_ms;
    int64_t numbers[STORE_EDITIONS_USED];
    size_t count;
};
extern const struct store_job_kind store_editions_used_kind;

/* Sources of edition `number`; STORE_MISSING. */
struct store_edition_sources {
    struct store_job job;
    int64_t number;
    struct store_source *sources;
    size_t count;
};
extern const struct store_job_kind store_edition_sources_kind;

/* Chooses the live edition. STORE_MISSING = there is none of that number. */
struct store_edition_choose {
    struct store_job job;
    int64_t number;
};
extern const struct store_job_kind store_edition_choose_kind;

/* Drops editions beyond the newest `keep`, except the live one and those that open conversations pin;
 * fills the numbers dropped, whose images may go. */
struct store_edition_prune {
    struct store_job job;
    size_t keep;
    int64_t *numbers;
    size_t count;
};
extern const struct store_job_kind store_edition_prune_kind;

#endif
