/* Work: what the people of the desk put to a ticket (notes, tags, a time, invitations), the page its visitor is on, and
 * what is looked up about it.
 *
 * None of it moves a ticket: that is ticket_moves[] of desk/ and store_move.
 * Sight: where a job has `sight`, the ticket must be in one of those departments, or the user's, or one the user is
 * invited to; otherwise STORE_MISSING, as if there were none. Errors, memory, threads: as of store.h. */
#ifndef STORE_WORK_H
#define STORE_WORK_H

#include "store/store.h"

enum {
    WORK_TAGS = 10,
    WORK_TAG_BYTES = 40,
    WORK_NOTES_MAX = 500, /* of a ticket */
    WORK_NOTE_BYTES = 4096,
    WORK_INVITED_MAX = 20, /* of a ticket */
    WORK_EARLIER_MAX = 20,
    WORK_MISSED_MAX = 100,
};

/* Whose eyes: departments as "a,b", "" = all. */
struct work_sight {
    int64_t user;
    const char *departments;
};

struct work_note {
    int64_t id, at_ms, user;
    const char *name, *text; /* name: who wrote it; "" = the program (then user is 0) */
};

/* Adds a note to a ticket in any state. STORE_DUPLICATE = this user has sent this cid for it: `note` is what is
 * stored. STORE_REFUSED = too long, or too many. */
struct store_note_add {
    struct store_job job;
    int64_t ticket;
    struct work_sight sight;
    const char *cid, *text;
    struct work_note note; /* out */
    struct ticket row;     /* out: the ticket with it, where it was added now */
};
extern const struct store_job_kind store_note_add_kind;

/* All notes of a ticket, oldest first. */
struct store_notes {
    struct store_job job;
    int64_t ticket;
    struct work_note *notes;
    size_t count;
};
extern const struct store_job_kind store_notes_kind;

enum work_act {
    WORK_SET_TAGS,
    WORK_SET_DUE,
    WORK_INVITE, /* `invited`; again is no error. STORE_MISSING: nobody who can be invited, STORE_REFUSED: too many */
    WORK_SET_PAGE
};

/* Changes one thing of an open ticket; STORE_MISSING = there is none of that number that is open. `ticket` is the row
 * as it is now. */
struct store_work {
    struct store_job job;
    enum work_act act;
    int64_t ticket_id;
    const char *const *tags; /* SET_TAGS: at most WORK_TAGS, normalised */
    size_t tag_count;
    int64_t due_ms;           /* SET_DUE */
    int64_t invited;          /* INVITE */
    const char *page, *title; /* SET_PAGE */
    struct ticket ticket;     /* out */
};
extern const struct store_job_kind store_work_kind;

/* What became of the chats that were a user's after the step `after` of ticket_event: the last step of each, without
 * those that are the user's again and those the user closed or handed back. Oldest first; at most WORK_MISSED_MAX, the
 * newest of them. */
struct work_missed {
    int64_t ticket;
    const char *cause; /* of the last step */
    const char *name;  /* who has it now, or closed it; "" = nobody */
};

struct store_missed {
    struct store_job job;
    int64_t user, after; /* after < 0: only ret_newest is asked for */
    struct work_missed *rows;
    size_t count;
    int64_t ret_newest; /* number of the newest step of any ticket, 0 = none */
};
extern const struct store_job_kind store_missed_kind;

/* Earlier tickets of the same visitor (by token, or by the identity the site has signed), newest first, of those that
 * are in sight. */
struct work_earlier {
    int64_t ticket, at_ms;
    const char *question, *cause, *owner; /* owner: who had it last, "" = nobody */
    enum ticket_state state;
};

struct store_earlier {
    struct store_job job;
    int64_t ticket;
    struct work_sight sight;
    const char *identity; /* out: "" = not signed in */
    struct work_earlier *rows;
    size_t count;
};
extern const struct store_job_kind store_earlier_kind;

#endif
