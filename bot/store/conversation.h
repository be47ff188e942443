/* Conversation: what was said with a visitor, and how it stands.
 *
 * A turn appends events and sets the state in one transaction; the rest reads. Memory, errors and threads as in
 * store.h, which includes this. */
#ifndef STORE_CONVERSATION_H
#define STORE_CONVERSATION_H

#include "store/call.h"
#include "store/job.h"
#include "store/learn.h"
#include "store/ticket.h"
#include "store/token.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* With whom a conversation is: the same numbers as enum who of dialogue/, for the floors below it. */
enum { STORE_WHO_BOT, STORE_WHO_WAITING, STORE_WHO_AGENT, STORE_WHO_CLOSED };

enum event_kind { EVENT_MESSAGE, EVENT_STATE };
enum event_from { FROM_VISITOR, FROM_BOT, FROM_AGENT, FROM_SYSTEM };
/* "visitor", "bot", "agent", "system". */
const char *event_from_name(enum event_from);

struct event {
    int64_t seq; /* given by the store: the conversation's last + 1 */
    enum event_kind kind;
    enum event_from from;
    const char *cid;  /* NULL = none */
    const char *body; /* what wire/ made of it; kept as it is */
    size_t body_size;
    int64_t at_ms; /* given by the store: wall clock */
    int64_t user;  /* of an agent's message; else 0 */
    /* of a bot's message */
    double confidence;
    const char *source; /* "file:line", of several entries with ", " between; NULL = none */
    const char *entry;  /* id, NULL = none */
    int64_t edition;
    bool fallback;
    const char *outcome; /* how it replies: see reports.h; NULL = it is no reply */
    /* of a bot's message on its way out, never stored: what its mouth does, and by which id it is heard; NULL = none */
    const char *track, *voice;
    int64_t ticket; /* of a state event: given by the store when the conversation has one, else 0 */
};

struct conversation_row {
    int64_t id, visitor, last_seq, edition;
    unsigned char token_hash[TOKEN_HASH_BYTES];
    int who; /* enum who of dialogue/ */
    const char *lang, *memory, *page;
    int64_t ticket; /* open ticket's id (one in the queue or with a person before a message), 0 = none */
    int64_t owner;  /* user who has it, 0 = nobody */
    const char *owner_name;
};

/* Appends events to a conversation and sets its state, all or nothing; opens the conversation and
 * makes the visitor where they are new. With `ticket` it hands off in the same transaction; a
 * conversation that has an open ticket keeps that one (moved to ticket->state if it is MESSAGE
 * or CALLBACK and the old one was waiting or parked; name, contact and text are taken over, text is added
 * behind what is there). A ticket that is a message already stands for itself: it is not
 * changed by a later turn, which makes a new one with a place of its own at the end of the queue.
 * Where the cid of an event is stored already: STORE_DUPLICATE, nothing changed, conversation and
 * first_seq = where it is, duplicate = which event.
 * The visitor's open conversation is used where `conversation` is 0; a closed one, or one of another
 * visitor (unless the token is all zero, as for agents), is STORE_REFUSED. NULL strings and an
 * edition of 0 leave what is there. */
struct store_turn {
    struct store_job job;
    unsigned char token_hash[TOKEN_HASH_BYTES]; /* names the visitor */
    int64_t conversation;                       /* in: 0 = open one. out: its id */
    const char *lang, *page, *memory;
    int64_t edition;
    int who;    /* in: the state from now on; -1 = as it is */
    int if_who; /* in: only if this is the state now, else STORE_REFUSED; -1 = any */
    struct event *events;
    size_t event_count;
    const struct ticket_new *ticket; /* NULL = none */
    bool close_ticket;               /* the visitor leaves: closes the open ticket, cause "visitor"; a message stays */
    const struct learn_note *note;   /* what is to be learnt from it; NULL = nothing */
    const struct call_new *call;     /* a webhook to be called after the commit; NULL = none */
    const char *ended_call;          /* the id of the one that this turn has heard the answer of, and which must be
                                        there, else STORE_MISSING; NULL = none */
    const struct visitor_value *values; /* what is kept of the visitor */
    size_t value_count;
    const char *const *files; /* ids of files that go with the first event: its sender's, not sent yet;
                                 otherwise STORE_REFUSED with ret_no_file */
    size_t file_count;
    int64_t ret_visitor, ret_first_seq, ret_last_seq, ret_ticket;
    size_t ret_duplicate; /* with STORE_DUPLICATE: index of the event */
    bool ret_no_file;
    bool ret_missed; /* the note's question was not kept: there are LEARN_OPEN_MAX */
};
extern const struct store_job_kind store_turn_kind;

/* The visitor's open conversation by token. STORE_MISSING = none open (ret_visitor tells whether the
 * token is known: 0 = not). */
struct store_load {
    struct store_job job;
    unsigned char token_hash[TOKEN_HASH_BYTES];
    int64_t conversation; /* instead of the token, if not 0 */
    int64_t ret_visitor;
    bool ret_erased;                    /* the token is known, and nothing that was said is there any more */
    struct conversation_row row;        /* its token_hash is the visitor's first, also where no conversation is open */
    const struct visitor_value *values; /* of the visitor, also where no conversation is open */
    size_t value_count;
    const struct call_row *call; /* a webhook that it waits for, NULL = none */
};
extern const struct store_job_kind store_load_kind;

/* All webhooks that have not been answered, oldest first. What closed conversations waited for is forgotten here. */
enum { STORE_CALLS_MAX = 10000 };
struct store_calls {
    struct store_job job;
    struct call_row *rows;
    size_t count;
};
extern const struct store_job_kind store_calls_kind;

/* Events with seq > after, oldest first, at most `limit` (≤ 200); ret_more = there are more. */
struct store_events {
    struct store_job job;
    int64_t conversation, after;
    size_t limit;
    struct event *events;
    size_t event_count;
    bool ret_more;
};
extern const struct store_job_kind store_events_kind;

/* A thumb on a bot's message, one for each message (the last counts); noted for the question it was about. */
struct store_rate {
    struct store_job job;
    int64_t conversation, seq;
    int value; /* 1, -1 */
};
extern const struct store_job_kind store_rate_kind;

#endif
