/* Outside: the number of a ticket in another ticket system. Part of the store's interface: see store.h. */
#ifndef STORE_OUTSIDE_H
#define STORE_OUTSIDE_H

#include "store/store.h"

enum { OUTSIDE_BYTES = 64 };

/* Keeps the number of a ticket that has none yet and appends the events to its conversation, both or nothing; in a
 * conversation that is closed nothing is appended. `ticket` is the row as it is then. STORE_DUPLICATE = it has a number
 * already: nothing changed. STORE_MISSING = there is no such ticket. */
struct store_outside {
    struct store_job job;
    int64_t ticket_id;
    const char *outside;
    struct event *events;
    size_t event_count;
    struct ticket ticket;  /* out */
    int64_t ret_first_seq; /* of the events; 0 = they were not appended */
};
extern const struct store_job_kind store_outside_kind;

#endif
