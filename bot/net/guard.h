/* Guard: how much one visitor, one address and all together may do.
 *
 * Good for: rates (token buckets) and numbers of connections, by address and by visitor, and slowing down whoever
 * guesses passwords. Entries are made on first sight and forgotten when they hold no connection and their
 * buckets are full again; where the maps are full all strangers share one entry, so that the memory has a ceiling
 * and the limits still hold. Wrong passwords slow down the address and the name *as seen from that address*:
 * nobody can lock somebody else out from afar. Who comes with a browser of their own (the store knows it) has tries
 * of their own, so that strangers behind the same address do not hold them up either.
 * Memory: an entry belongs to the guard; a hold keeps it until guard_release. Errors: NULL or a waiting time.
 * Time: the injected clock. Threads: the loop. */
#ifndef NET_GUARD_H
#define NET_GUARD_H

#include "base/clock.h"
#include "content/settings.h"
#include "net/address.h"

struct guard;
struct guard_entry;

/* GUARD_SOCKET counts accepted sockets of an address, whatever they speak: a page needs several. GUARD_UPLOAD: files
 * that are on their way from an address. */
enum guard_kind { GUARD_ADDRESS, GUARD_VISITOR, GUARD_SOCKET, GUARD_UPLOAD, GUARD_KINDS };

struct guard_limits {
    int messages_per_minute, messages_burst;
    int address_messages_per_minute;
    int address_connections, visitor_connections, connections;
    int logins_per_minute;
    int files_per_minute;
};

/* `most` entries of each kind at a time. NULL without memory. */
struct guard *guard_new(const struct clock *, size_t most);
/* Entries that are held stay valid until they are released, but not longer than the guard. */
void guard_free(struct guard *);
void guard_limits(struct guard *, const struct settings *);

/* Counts one connection of this key. NULL = it would be one too many. */
struct guard_entry *guard_hold(struct guard *, enum guard_kind, const void *key, size_t size);
void guard_release(struct guard *, struct guard_entry *);
/* The same of all together: whether there is room for one more. */
bool guard_enter(struct guard *);
void guard_leave(struct guard *);
size_t guard_connections(const struct guard *);

/* Takes `cost` messages from the visitor's and the address's buckets: 0, or the milliseconds until there is
 * room (then nothing was taken). `visitor` may be NULL: only the address counts. */
int guard_spend(struct guard *, struct guard_entry *visitor, struct guard_entry *address, int cost);

/* One file more from an address that is held: 0, or the milliseconds until there is room for it. */
int guard_file(struct guard *, struct guard_entry *upload);

/* Before a password is tried: 0, or the milliseconds to wait. A try counts as a wrong one until it proved good,
 * so that many at once gain nothing. */
int guard_login(struct guard *, const struct address *, const char *name);
void guard_login_good(struct guard *, const struct address *, const char *name);

/* The same by a number: tries from a browser that the user has logged in with, and codes where the password was right
 * (of one user from all strange browsers together: who guesses them knows the password, and may come from anywhere).
 * GUARD_ACCOUNT: of who is logged in already. */
enum guard_proof { GUARD_DEVICE, GUARD_CODE, GUARD_DEVICE_CODE, GUARD_ACCOUNT };
int guard_try(struct guard *, enum guard_proof, int64_t id);
void guard_try_good(struct guard *, enum guard_proof, int64_t id);

/* Once a second: forgets what may be forgotten, a part of it each time. */
void guard_tick(struct guard *);
size_t guard_entries(const struct guard *);

#endif
