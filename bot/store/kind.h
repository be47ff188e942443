/* Kind: what the store knows of a job besides its inputs. For the files of store/ only. */
#ifndef STORE_KIND_H
#define STORE_KIND_H

#include "store/db.h"
#include "store/store.h"

struct store_job_kind {
    const char *name;
    size_t size; /* of the job's struct: kept before the run and put back if the group fails */
    bool writes;
    /* For kinds that write only sometimes: overrides `writes`. May be NULL. */
    bool (*writes_now)(const struct store_job *);
    /* Carries it out within the group's transaction. Anything but STORE_OK is undone by the store. */
    enum store_result (*run)(struct db *, struct store_job *);
};

/* Appends events to a conversation and moves its last_seq on; fills seq and at_ms of each, and
 * `ticket` of state events. STORE_MISSING = there is no such conversation. */
enum store_result event_append(struct db *, int64_t conversation, struct event *, size_t count, int64_t ticket,
                               int64_t *ret_first_seq, int64_t *ret_last_seq);
/* The same in two halves, for who moves last_seq on along with what else changes in the conversation: whether
 * the events are within the ceilings, and their insertion behind `last`. */
bool events_fit(const struct event *, size_t count);
void events_insert(struct db *, int64_t conversation, int64_t last, struct event *, size_t count, int64_t ticket);
/* The id of the event by its place among those of the last events_insert in this transaction: they follow one
 * another. */
int64_t event_id(struct db *, size_t at, size_t count);
/* Whether a note is within the ceilings. */
bool learn_fits(const struct learn_note *);
/* Notes it; `event` is the id of the one that is about the question, 0 = none. *ret_question = 0 where the question was
 * not kept for want of room. STORE_MISSING = it has no text and the conversation no question. */
enum store_result learn_keep(struct db *, int64_t conversation, int64_t event, const struct learn_note *,
                             int64_t *ret_question);
/* Whether a turn's call and values are within the ceilings; whether the call it ends was there (it is gone then);
 * what it asks for and keeps. */
bool call_fits(const struct store_turn *);
bool call_ended(struct db *, const struct store_turn *);
void call_keep(struct db *, const struct store_turn *);
/* What is kept of a visitor, in the arena. -1 without memory. */
/* What the conversation waits for, NULL = nothing. -1 without memory. */
int call_of(struct db *, int64_t conversation, struct arena *, const struct call_row **ret);
int call_values(struct db *, int64_t visitor, struct arena *, const struct visitor_value **ret, size_t *ret_count);
/* A thumb (1, -1) on a message: noted for the question it was about, if it was about one. */
void learn_rated(struct db *, int64_t conversation, int64_t seq, int value);
/* Makes a delivery that fits: how many rows there are more, -1 after an error. */
struct delivery_new;
int delivery_add(struct db *, const struct delivery_new *);
/* Ends one that waits, as sent (with an answer) or dead (with an error): how many rows that were, -1 after an error. */
int delivery_end(struct db *, int64_t id, int state, const char *error, const char *answer);
/* The number of the newest step of a ticket, 0 = there is none. */
int64_t steps_newest(struct db *);
/* -1 = as it is. */
void resume_set_who(struct db *, int64_t conversation, int who);
/* The states of a set (bits 1 << state) as ",waiting,parked,", for SQL that looks for one in them. */
const char *states_listed(struct arena *, unsigned states);
/* Reads the ticket as it is now. False = there is none. */
bool ticket_read(struct db *, int64_t id, struct arena *, struct ticket *ret);
/* The visitor of a token's hash, ?1: the first token, or one of a browser that came later. */
#define VISITOR_BY_TOKEN                                                                                               \
    "SELECT id FROM visitor WHERE token_hash = ?1 UNION ALL SELECT visitor FROM visitor_token WHERE token_hash = ?1 "  \
    "LIMIT 1"
/* Takes a conversation's chats out of the index of search.h: for who erases it, before its tickets go. */
void search_forget(struct db *, int64_t conversation);
/* Gives a turn's files to its message: false = one is not there, was sent already, or is not the sender's. */
bool files_send(struct db *, const struct store_turn *, int64_t seq);
/* Deletes a conversation's files and what its visitor has uploaded and not sent: for who erases it, before its events
 * and its visitor go. Their bytes go by themselves after the commit. */
void files_erase(struct db *, int64_t conversation);
/* A user's row as users and sessions read it, from column 0 on. */
void user_row(sqlite3_stmt *, struct arena *, struct user *ret);
/* The columns that user_row expects. */
#define USER_COLUMNS                                                                                                   \
    "u.id, u.name, u.role, u.password_hash, u.departments, u.languages, u.disabled, u.created_ms, u.capacity, "        \
    "u.email, u.picture_version, u.totp_secret IS NOT NULL"
enum { USER_COLUMN_COUNT = 12 };
/* A line of the audit log, in the job's own transaction. */
void audit_add(struct db *, const struct audit_by *, const char *act, const char *detail);

#endif
