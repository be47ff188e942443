/* Hall: all conversations of the process, and the people at both sides of the counter.
 *
 * Clients are connections, known by a number that is never used twice. A visitor's frames go to
 * hall_visitor, an agent's to hall_agent; whatever is to be sent comes out through hall_out.send.
 * Nothing is acknowledged before the store has committed it. One turn at a time in a conversation;
 * what arrives meanwhile waits in order (at most HALL_WAITING frames), and messages that wait
 * together become one turn. A turn that a second look may help pauses for it, at most once, on the edition
 * it began with; other conversations go on.
 * Memory: a conversation is in memory while a client or a job of it is; everything else of it is
 * in the store. Threads: the loop. Time: the injected clock, hall_tick once a second. */
#ifndef CONVERSATION_HALL_H
#define CONVERSATION_HALL_H

#include "base/clock.h"
#include "conversation/frame.h"
#include "desk/desk.h"
#include "edition/edition.h"

#include <stdint.h>

struct hall;
struct desk;
struct zone;

enum { HALL_WAITING = 20, HALL_OLDER = 20 };

struct hall_out {
    void *context;
    /* To one client; it may be gone already: then nothing happens. */
    void (*send)(void *context, uint64_t client, const struct outgoing *);
};

/* Who takes a second look at a text, on other threads: see struct second_look. Functions are called on the loop. */
struct hall_looker {
    void *context;
    /* Begins it; strings are copied. hall_looked comes later, never from here. *ret_ms is the patience to have with
     * it. -1 = not now: the turn goes on without. */
    int (*begin)(void *context, uint64_t look, const struct second_look *, int *ret_ms);
    /* Its time is over: calls hall_looked now with what is there, if anything is, and nothing later. */
    void (*end)(void *context, uint64_t look);
};

/* A webhook to be called. Strings last for the call of `begin`. */
struct hall_call {
    uint64_t number; /* by which it is answered and ended */
    const char *id;  /* the same when it is made again after a start */
    const char *webhook, *intent, *lang;
    const char *visitor; /* the site's own id of whom it signed in, NULL = nobody */
    int64_t at_seconds;
    const struct variable *sends;
    size_t send_count;
    int timeout_ms; /* 0 = the webhook's own */
    bool safe;      /* it may be tried again */
};

/* Who calls webhooks, on other threads. Functions are called on the loop. */
struct hall_caller {
    void *context;
    /* hall_called comes later, never from here. -1 = it cannot be called. */
    int (*begin)(void *context, const struct settings *, const struct hall_call *);
    /* Nobody waits for it any more: hall_called need not come. */
    void (*end)(void *context, uint64_t number);
};

/* Who tells agents whose page may be closed. Functions are called on the loop, at every occasion: how often somebody is
 * to be told is theirs to decide. */
struct hall_notifier {
    void *context;
    /* A ticket waits for an agent, or a visitor asks to be called. */
    void (*waiting)(void *context, const struct ticket *);
    /* The visitor of a claimed ticket wrote, and no page of its owner's is open. */
    void (*said)(void *context, const struct ticket *);
    /* What an agent chose (or came back with). */
    void (*presence)(void *context, int64_t user, enum presence);
};

/* An agent's answer to a message, which goes out by e-mail. Strings last for the call of `begin`. */
struct hall_reply {
    uint64_t client;
    int64_t user;
    const char *agent_name;
    const struct ticket *ticket; /* a message that is this agent's or nobody's */
    const char *cid, *text;
};

/* Who stores and sends such answers. Functions are called on the loop. */
struct hall_replier {
    void *context;
    /* hall_replied comes later, never from here. -1 = not now. */
    int (*begin)(void *context, const struct hall_reply *);
    /* hall_undelivered is done; false = the store could not write it: to be tried again. May be NULL. */
    void (*told)(void *context, int64_t delivery, bool kept);
};

/* An answer that its visitor will not get. Strings last for the call. */
struct hall_undelivered {
    int64_t delivery;
    const char *to, *why; /* an address; why it was given up */
};

/* Who gives answers a voice. Called on the loop, as an answer is made. */
struct hall_speaker {
    void *context;
    /* What the avatar's mouth does while these blocks are read, and the id by which they are heard: in the arena, NULL
     * = not known, not to be heard. */
    void (*say)(void *context, const char *lang, const struct block *, struct arena *, const char **ret_track,
                const char **ret_voice);
};

/* What came of it, after the commit; only needs to last for the call. */
struct hall_replied {
    uint64_t client;
    const char *cid;
    const char *why;             /* an error code; NULL = it is stored */
    const struct ticket *ticket; /* its row as it is now */
    int64_t seq;                 /* of the message, where it was stored already: then no events */
    const struct event *events;  /* with their seq */
    size_t event_count;
};

struct hall_counts {
    uint64_t turns, answers, offers, rephrases, handoffs, rules, duplicates, not_saved;
    uint64_t second_looks, second_looks_without; /* … that ended with nothing found out */
    uint64_t calls, calls_failed;                /* webhooks */
    uint64_t erasures;                           /* visitors who had their chats erased */
    uint64_t questions_missed;                   /* not kept to be learnt from: there are too many */
    size_t conversations, visitors, agents;
    size_t waiting, claimed;
};

/* The edition's pin stays the caller's; the hall pins for itself. Reads the open tickets from the store.
 * NULL without memory. The store must be started (or pumped by the caller in a test). */
struct hall *hall_new(struct store *, const struct clock *, struct edition *, const struct hall_codec *,
                      const struct hall_out *);
void hall_free(struct hall *);
/* Once a second. */
void hall_tick(struct hall *);
/* Turns from now on use this edition. */
void hall_publish(struct hall *, struct edition *);
/* Flows that were begun on this edition before the start go on on it; those that were live since the start are kept
 * anyway, HALL_OLDER in all. The hall pins for itself. */
void hall_keep_edition(struct hall *, struct edition *);
struct edition *hall_edition(const struct hall *);
/* The site's time zone, and the desk: until the next call of the hall. */
const struct zone *hall_zone(const struct hall *);
const struct desk *hall_desk(const struct hall *);
void hall_counts(const struct hall *, struct hall_counts *ret);
/* Jobs the store has not answered yet: 0 = a shutdown loses nothing. */
size_t hall_under_way(const struct hall *);

/* Second looks: without a looker none is taken. At the shutdown those under way end, and no more begin. */
void hall_look_with(struct hall *, const struct hall_looker *);
void hall_stop_looking(struct hall *);
/* What a look found, NULL = nothing; what the options point to need only last for the call. A look that has ended
 * is ignored. */
void hall_looked(struct hall *, uint64_t look, const struct understand_options *);

/* Webhooks: without a caller all fail. Those that a start finds in the store are made again, once the caller is there.
 * At the shutdown no more begin, and those under way are left to the next start. */
void hall_call_with(struct hall *, const struct hall_caller *);
int hall_take_up_calls(struct hall *);
void hall_stop_calling(struct hall *);
/* What a webhook gave; the values need only last for the call. One that has ended is ignored. */
void hall_called(struct hall *, uint64_t number, bool ok, const struct variable *, size_t count);
/* The secret by which the company's site signs visitors in; NULL = nobody is. Copied. */
void hall_identity(struct hall *, const char *secret);

/* Reads the notice board from the store anew: somebody has changed it. What holds is told to all visitors within
 * seconds; what ends, ends by itself. */
void hall_notices_changed(struct hall *);

/* Without a notifier nobody is told. */
void hall_notify_with(struct hall *, const struct hall_notifier *);
/* Whether a page of that user's is open. */
bool hall_agent_here(const struct hall *, int64_t user);

/* Answers to messages: without a replier they are refused (`no_mail`). */
void hall_reply_with(struct hall *, const struct hall_replier *);
void hall_replied(struct hall *, const struct hall_replied *);
/* The delivery of an answer is given up: ends it and tells the desk (desk_undelivered); the replier's `told` comes
 * later, never from here. -1 = not now. */
int hall_undelivered(struct hall *, const struct hall_undelivered *);
/* One that was given up has arrived after all (store_delivered's ret_mended): its ticket is told anew. */
void hall_mended(struct hall *, int64_t ticket);

/* Without a speaker answers have neither track nor voice. */
void hall_speak_with(struct hall *, const struct hall_speaker *);

/* A visitor's chats were erased, but not by a frame of the visitor's: who sees them is told, and what is in memory
 * goes. After the commit; what the store told of the visitor and the conversations. */
void hall_erased(struct hall *, const unsigned char token_hash[TOKEN_HASH_BYTES], const int64_t *conversations,
                 size_t count);

/* Whether somebody of a department takes chats now, in whatever language. */
bool hall_on_duty(const struct hall *, const char *department);

/* The number that another system has given to a ticket, such as "RT-12", in the visitor's language. */
struct hall_number {
    int64_t ticket;
    const char *outside, *lang;
};
/* Keeps it, and tells the visitor and the agents, unless that was done before. `done` comes after the commit, with
 * `number`; not kept = the store could not write. -1 = it cannot be tried now. */
int hall_outside(struct hall *, const struct hall_number *, uint64_t number,
                 void (*done)(void *context, uint64_t number, bool kept), void *context);

/* By what a visitor's token is known in the store: 0, or -1 = it is no token of ours. */
int hall_token_hash(const char *token, unsigned char ret_hash[TOKEN_HASH_BYTES]);

/* Visitors. The first frame must be FRAME_HELLO; otherwise `error wrong_order`. */
void hall_visitor(struct hall *, uint64_t client, const struct frame *);
void hall_visitor_gone(struct hall *, uint64_t client);

/* Agents: a client whose session has been checked. hall_agent_alive on any protocol pong. */
void hall_agent_in(struct hall *, uint64_t client, const struct user *);
void hall_agent(struct hall *, uint64_t client, const struct frame *);
/* The session was checked again, and this is the user now: departments, picture and capacity count from now on. -1 =
 * the role is another one: the connection must end. */
int hall_agent_changed(struct hall *, uint64_t client, const struct user *);
void hall_agent_alive(struct hall *, uint64_t client);
void hall_agent_gone(struct hall *, uint64_t client);

#endif
