/* Live: the numbers of the desk, for the admin, and the rows that each is made of.
 *
 * live_numbers[] names every number; docs/numbers.md defines them. All numbers of a day are about what began on it:
 * a ticket counts on the day it was made, whenever it was closed. Jobs for a reader (reader.h).
 * Errors, memory, threads: as in store.h. */
#ifndef STORE_LIVE_H
#define STORE_LIVE_H

#include "store/store.h"

enum live_number {
    LIVE_CONVERSATIONS,
    LIVE_CONTAINED,
    LIVE_ASKED,
    LIVE_ANSWERED,
    LIVE_OFFERED,
    LIVE_REPHRASED,
    LIVE_PASSED_ON,
    LIVE_HANDED_OVER,
    LIVE_CALLBACKS,
    LIVE_MESSAGES,
    LIVE_ABANDONED,
    LIVE_JOINED,
    LIVE_WAITED_MEDIAN,
    LIVE_WAITED_P90,
    LIVE_TOLD,
    LIVE_TOLD_LOW,
    LIVE_TOLD_HIGH,
    LIVE_TOLD_WAITED,
    LIVE_TOLD_OVER,
    LIVE_HANDLED,
    LIVE_HANDLING,
    LIVE_RATED,
    LIVE_SATISFACTION,
    LIVE_NUMBERS
};

enum live_unit { LIVE_COUNT, LIVE_MS, LIVE_MINUTES, LIVE_MARK };

struct live_definition {
    const char *name;
    enum live_unit unit;
    bool by_department; /* also told for each department */
    const char *rows;   /* which rows it is made of: a name of live_rows(), "" = none of its own */
};
extern const struct live_definition live_numbers[LIVE_NUMBERS];

enum { LIVE_DAYS_MAX = 31, LIVE_DEPARTMENTS_MAX = 200, LIVE_ENTRIES_MAX = 50, LIVE_ROWS_MAX = 100 };

/* Numbers of one day, department or of all; below 0 = there is none (a mean of nothing). */
struct live_row {
    const char *department; /* "" = all */
    double value[LIVE_NUMBERS];
};

struct live_queue {
    const char *department;
    int64_t waiting, callbacks, longest_ms, parked, with_agents, messages, overdue;
};

struct live_entry {
    const char *entry;
    int64_t answered, thumbs_up, thumbs_down, handed_after;
};

/* A day is from its ms to before the next one's; `now_ms` is the store's. */
struct store_live {
    struct store_job job;
    const int64_t *days;          /* day_count + 1 moments, rising: the last day ends with the last */
    size_t day_count;             /* at most LIVE_DAYS_MAX */
    struct live_row *rows;        /* one a day */
    struct live_row all;          /* of all days */
    struct live_row *departments; /* of all days, by name */
    size_t department_count;
    struct live_entry *entries; /* the most answered first */
    size_t entry_count;
};
extern const struct store_job_kind store_live_kind;

/* What is open now, by department. */
struct store_live_queue {
    struct store_job job;
    struct live_queue *rows;
    size_t count;
};
extern const struct store_job_kind store_live_queue_kind;

/* One thing that a number counted. */
struct live_thing {
    int64_t id; /* for `before` */
    int64_t conversation, ticket, at_ms, value;
    const char *department, *text, *owner_name, *entry, *state;
};

/* Newest first. STORE_REFUSED = `what` is no name of rows. */
struct store_live_rows {
    struct store_job job;
    const char *what;
    int64_t from_ms, to_ms;         /* as days are */
    const char *department, *entry; /* NULL or "" = any */
    int64_t before;                 /* id of the last one of the page before; 0 = begin */
    size_t limit;
    struct live_thing *things;
    size_t count;
    bool ret_more;
};
extern const struct store_job_kind store_live_rows_kind;
/* The names there are, by number; NULL at the end. */
const char *live_rows_name(size_t at);

/* A visitor was told how long the wait may be, in whole minutes: the first time counts. */
struct store_told {
    struct store_job job;
    int64_t ticket;
    int low, high;
};
extern const struct store_job_kind store_told_kind;

#endif
