/* Tickets as values: what is stored of one hand-off. Which moves are allowed is desk/'s
 * table; the store only carries a move out where the ticket is still in one of the states
 * the move starts from. */
#ifndef STORE_TICKET_H
#define STORE_TICKET_H

#include <stdbool.h>
#include <stdint.h>

enum ticket_state {
    TICKET_WAITING,
    TICKET_OFFERED,
    TICKET_CLAIMED,
    TICKET_PARKED,
    TICKET_CALLBACK,
    TICKET_MESSAGE,
    TICKET_CLOSED,
    TICKET_STATES
};

/* "waiting", "offered", "claimed", "parked", "callback", "message", "closed". */
const char *ticket_state_name(enum ticket_state);
/* The reverse; CLOSED for another word. */
enum ticket_state ticket_state_of(const char *name);

/* TEXT: of a message or callback, with what a later one adds. */
enum { TICKET_QUESTION_BYTES = 1024, TICKET_TRIED_BYTES = 2048, TICKET_FIELD_BYTES = 2048, TICKET_TEXT_BYTES = 16384 };
enum { TICKET_SLOTS_BYTES = 8192 };

/* What is written when a visitor is handed off. Strings may be NULL or "". */
struct ticket_new {
    enum ticket_state state; /* WAITING, CALLBACK or MESSAGE */
    const char *department, *lang;
    const char *question, *why, *corrected, *page;
    const char *tried;                 /* one candidate a line: id TAB confidence TAB title */
    const char *name, *contact, *text; /* of a message or callback */
    const char *consent;               /* version of what was consented to; "" = nothing was asked */
    const char *slots;                 /* what was collected: one a line, name TAB value */
    const char *page_title;
    const char *identity; /* the site's own id of a visitor it has signed in */
};

/* A row. Strings lie in the arena of the job that read it; never NULL. */
struct ticket {
    int64_t id; /* also what visitors are told as its number */
    int64_t conversation;
    int64_t enqueue_seq; /* its place; never changes */
    enum ticket_state state;
    bool callback; /* a call to make: it waits, and goes back to the queue, as CALLBACK */
    const char *department, *lang, *question, *why, *corrected, *page, *tried, *name, *contact, *text, *cause;
    int64_t owner; /* user id, 0 = nobody; of a message or callback: whose work it is */
    const char *owner_name;
    int64_t created_ms, changed_ms, claimed_ms, closed_ms; /* wall clock; 0 = not yet */
    int64_t last_seq;                                      /* of its conversation */
    const char *outside;                                   /* its number in another ticket system, "" = none */
    const char *slots, *page_title, *identity; /* as in ticket_new; page and title are of where the visitor is now */
    const char *tags;                          /* a line each */
    const char *invited;                       /* users asked to look at it: ",3,8,"; "" = none */
    int64_t notes;                             /* how many */
    int64_t due_ms;                            /* wall clock; 0 = none */
    int64_t undelivered;                       /* the delivery of an answer that was given up; 0 = none */
    int64_t event;                             /* number of its last step in ticket_event */
    int64_t position; /* in the queue (waiting, callback that is nobody's, offered): 1 = next; else 0 */
};

/* Whether departments ("a,b"; "" = all) have this one. */
bool ticket_in_departments(const char *departments, const char *department);

#endif
