/* Zone: the offset of a time zone from UTC at any moment, read from the system's own time zone
 * files (TZif, RFC 8536), so that several zones can be used at once and nothing of the process
 * (TZ) is touched. Errors: zone_new gives UTC where the zone is unknown. Threads: read-only
 * once made. */
#ifndef DESK_ZONE_H
#define DESK_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zone;

/* By IANA name ("Europe/Rome"); NULL, "" or an unknown one is UTC. NULL without memory. */
struct zone *zone_new(const char *name);
/* From the bytes of a TZif file: NULL where they are none. */
struct zone *zone_read(const void *bytes, size_t size);
void zone_free(struct zone *);
/* Seconds to add to UTC. */
int zone_offset(const struct zone *, int64_t utc_seconds);

#endif
