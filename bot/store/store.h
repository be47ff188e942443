/* Store: what must survive, behind an interface without SQL.
 *
 * Work is jobs. A job is a struct that begins with `struct store_job`; its strings and rows lie
 * in its own arena. On a started store a job is submitted from the loop, carried out on the
 * store's thread (which takes its whole queue as one transaction with one commit and a savepoint a
 * job), and comes back to store_pump on the loop after the commit: then, and not before, it may
 * be acknowledged. Answers come in the order of submission. Without a thread (commands, tests)
 * store_run does the same at once, and store_pump carries out what was submitted, as one group.
 * A job reads what the jobs before it wrote.
 * Errors: a job's `result`. On a full disk or an I/O error every job of the group that writes comes
 * back STORE_UNAVAILABLE with nothing kept, reads go on, and writing is tried again with each
 * later group, so it recovers by itself. Such a job is as it was when submitted. What the database
 * refuses for its content (over a ceiling, an unknown user) is STORE_REFUSED.
 * Threads: everything here on one thread (the loop); store_submit and store_backup on any. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/arena.h"
#include "base/clock.h"
#include "store/call.h"
#include "store/learn.h"
#include "store/ticket.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* Ceilings. What is over them is STORE_REFUSED; a full queue refuses the submission. */
enum {
    STORE_QUEUE_MAX = 8192,        /* jobs under way: queued, running or not pumped yet */
    STORE_GROUP_MAX = 512,         /* jobs of one transaction */
    STORE_JOB_BYTES = 256 << 20,   /* the arena of a job */
    STORE_BODY_BYTES = 64 << 10,   /* an event's body */
    STORE_TURN_EVENTS = 64,        /* events of one job */
    STORE_EVENTS_MAX = 200,        /* events of one read */
    STORE_MEMORY_BYTES = 96 << 10, /* a conversation's memory */
    STORE_FIELD_BYTES = 2048,      /* names, pages, ids, causes, lists */
    STORE_LIST_MAX = 100000,       /* rows of any other read */
    STORE_SOURCE_BYTES = 32 << 20, /* one source of an edition */
    STORE_SOURCES_MAX = 20000,     /* sources of an edition */
};

/* With whom a conversation is: the same numbers as enum who of dialogue/, for the floors below it. */
enum { STORE_WHO_BOT, STORE_WHO_WAITING, STORE_WHO_AGENT, STORE_WHO_CLOSED };

enum store_result {
    STORE_OK,
    STORE_DUPLICATE,   /* this cid is stored already: the job's outputs say where */
    STORE_REFUSED,     /* its condition does not hold any more; nothing changed */
    STORE_MISSING,     /* there is no such row */
    STORE_UNAVAILABLE, /* the disk refuses; nothing changed */
};

struct store_job {
    const struct store_job_kind *kind;
    struct arena *arena; /* freed by store_job_free */
    enum store_result result;
    void (*done)(struct store_job *); /* on the loop; owns the job */
    void *context;                    /* the submitter's */
    uint64_t tag;                     /* the submitter's, e.g. a conversation's id + generation */
};

/* Opens (and makes or migrates) FOLDER/sportello.db, which must be locked by the caller. NULL with
 * *ret_why in words. */
struct store *store_open(const char *folder, const struct clock *, const char **ret_why);
/* Starts the thread. `wake` is called from it when answers wait for store_pump. */
int store_start(struct store *, void (*wake)(void *context), void *context);
/* Lets the queue finish, ends the thread, closes. Jobs not pumped yet are pumped. */
void store_close(struct store *);

/* A zeroed job of `size` bytes in an arena of its own, with `done`. NULL without memory. */
void *store_job_new(const struct store_job_kind *, size_t size, void (*done)(struct store_job *), void *context);
void store_job_free(struct store_job *);
/* 0, or -1 when the queue is full (the job stays the caller's). Inputs must stay until `done`. */
int store_submit(struct store *, struct store_job *);
/* Calls `done` of what is finished; returns how many. Without a thread it carries out first what
 * was submitted. */
size_t store_pump(struct store *);
/* Carries a job out now; `done` is not called. Only before store_start. */
void store_run(struct store *, struct store_job *);
/* True while the disk refuses to write: since a group that failed until one that did not. */
bool store_failing(const struct store *);
/* `stepped` is called on the loop, from store_pump, after answers with which some ticket took a step (ticket_event has
 * new rows). Before store_start. */
void store_on_steps(struct store *, void (*stepped)(void *context), void *context);
/* Once a second: while the disk refuses, tries whether it writes again, so that nobody has to lose a
 * message to find out. */
void store_tick(struct store *);

/* Copies the whole database, while it is in use, to a new file. -1 with *ret_why. Any thread. */
int store_backup(const char *folder, const char *file, const char **ret_why);
/* Puts a backup in place of FOLDER's database after checking that it is one; nothing may have it
 * open. The old one is kept as sportello.db.before-restore. -1 with *ret_why. */
int store_restore(const char *folder, const char *file, const char **ret_why);

/* --- conversations ---------------------------------------------------------------------- */

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
    int64_t ticket;      /* of a state event: given by the store when the conversation has one, else 0 */
};

enum { TOKEN_HASH_BYTES = 32 };

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

/* --- tickets ------------------------------------------------------------------------------ */

/* Gives the agent the waiting (or callback) ticket with the lowest enqueue_seq among the agent's
 * departments and languages, if the agent has room: one atomic UPDATE … WHERE state='waiting'
 * RETURNING. `to` is OFFERED or CLAIMED. CLAIMED also sets the conversation's `who` and appends
 * `events` there. STORE_MISSING = nothing waits; STORE_REFUSED = no room. With `expect` (events
 * were worded for that ticket) another one's turn is STORE_REFUSED too, with ret_other = that one. */
struct store_assign {
    struct store_job job;
    int64_t user;
    enum ticket_state to;
    const char *const *departments, *const *languages; /* count 0 = all */
    size_t department_count, language_count;
    int capacity;
    int who;        /* of the conversation, when claimed */
    int64_t expect; /* 0 = whichever has its turn */
    struct event *events;
    size_t event_count;
    struct ticket ticket;  /* out */
    int64_t ret_first_seq; /* of the events */
    int64_t ret_other;
};
extern const struct store_job_kind store_assign_kind;

/* Moves one ticket, if it is in one of the states of `from` (bits 1 << state) and, where `owner_is`
 * is not 0, owned by that user (STORE_NOBODY: by nobody). Sets owner, department, cause, the conversation's `who`
 * and appends events (if any) there. Otherwise STORE_REFUSED with the row as it is; STORE_MISSING = no such ticket. A
 * callback that is moved to WAITING becomes CALLBACK. */
enum { STORE_NOBODY = -1 };
struct store_move {
    struct store_job job;
    int64_t ticket_id;
    unsigned from;
    enum ticket_state to;
    int64_t owner_is;
    int64_t owner;          /* from now on; 0 = nobody; -1 = as it is */
    const char *department; /* from now on; NULL = as it is */
    const char *cause;      /* NULL = as it is */
    int who;                /* -1 = as it is */
    struct event *events;
    size_t event_count;
    struct ticket ticket; /* out: as it is now */
    int64_t ret_first_seq;
};
extern const struct store_job_kind store_move_kind;

/* All tickets that are not closed, by enqueue_seq, with positions (counted by the same view that
 * store_assign takes from); at most `limit`. */
struct store_queue {
    struct store_job job;
    size_t limit;
    struct ticket *tickets;
    size_t count;
};
extern const struct store_job_kind store_queue_kind;

/* The open tickets of a conversation, or the ticket with an id in any state, oldest first. */
struct store_ticket {
    struct store_job job;
    int64_t conversation, id; /* one of them; the other 0 */
    struct ticket *tickets;
    size_t count;
};
extern const struct store_job_kind store_ticket_kind;

struct ticket_position {
    int64_t ticket, position;
};

/* The position of every ticket in the queue, by enqueue_seq. */
struct store_positions {
    struct store_job job;
    struct ticket_position *rows;
    size_t count;
};
extern const struct store_job_kind store_positions_kind;

/* Handling times (claimed to closed) of the last `limit` closed tickets of a department. */
struct store_handling {
    struct store_job job;
    const char *department;
    size_t limit;
    size_t ret_samples;
    double ret_mean_seconds;
};
extern const struct store_job_kind store_handling_kind;

/* --- users, sessions, audit ----------------------------------------------------------------- */

struct user {
    int64_t id;
    const char *name, *role, *password_hash, *departments, *languages; /* lists: "a,b"; "" = all */
    bool disabled;
    int64_t created_ms;
    int capacity;            /* chats at a time; 0 = the setting */
    const char *email;       /* "" = none */
    int64_t picture_version; /* 0 = none */
    bool totp;               /* the password alone does not do */
};

/* Who does something, for the audit log: user 0 and an address of "" or NULL is the command line. */
struct audit_by {
    int64_t user;
    const char *address;
};

/* Makes a user. STORE_REFUSED = the name is taken. */
struct store_user_add {
    struct store_job job;
    struct user user; /* in; out: id */
    struct audit_by by;
};
extern const struct store_job_kind store_user_add_kind;

/* By name, or by id where name is NULL; STORE_MISSING. With list = true: all of them in `users`. */
struct store_user_get {
    struct store_job job;
    const char *name;
    int64_t id;
    bool list;
    struct user user;
    struct user *users;
    size_t count;
};
extern const struct store_job_kind store_user_get_kind;

/* Changes what is not NULL, and not -1 where it is a number. A new password and disabling end the user's sessions, but
 * for `keep`. Writes a line of the audit log for each thing that changed. STORE_MISSING; STORE_REFUSED = over a
 * ceiling, or (ret_last_admin) nobody would be left who is an admin and may log in. */
struct store_user_set {
    struct store_job job;
    int64_t id;
    const char *password_hash;
    int disabled;
    int capacity;
    const char *role, *departments, *languages, *email;
    bool totp_off;             /* forgets secret and recovery codes */
    const unsigned char *keep; /* token hash of the session that stays; NULL = none */
    struct audit_by by;
    bool ret_last_admin;
};
extern const struct store_job_kind store_user_set_kind;

enum session_act { SESSION_MAKE, SESSION_FIND, SESSION_DROP, SESSION_TOUCH, SESSION_DROP_OTHERS };

/* FIND: by hash, not past expires_ms, user not disabled, seen within idle_ms (0 = ever): fills `user`; STORE_MISSING
 * otherwise. TOUCH does the same and notes that it was seen now. MAKE also remembers the browser, where `device` is
 * not NULL, of which STORE_DEVICES_MAX a user are kept. DROP_OTHERS ends all of user_id but this one. */
enum { STORE_DEVICES_MAX = 20 };
struct store_session {
    struct store_job job;
    enum session_act act;
    unsigned char token_hash[TOKEN_HASH_BYTES];
    int64_t user_id, expires_ms;
    int64_t idle_ms;
    const char *address;         /* MAKE: of the browser, NULL = "" */
    const unsigned char *device; /* MAKE: hash of its token */
    struct user user;
    int64_t ret_seen_ms; /* before this */
    int64_t ret_dropped;
};
extern const struct store_job_kind store_session_kind;

/* A line of who did what: never message bodies. AUDIT_LINES_MAX are kept. */
enum { AUDIT_LINES_MAX = 1000000 };
struct store_audit {
    struct store_job job;
    int64_t user;
    const char *act, *detail;
    const char *address; /* NULL = "" */
};
extern const struct store_job_kind store_audit_kind;

/* --- learning from use ------------------------------------------------------------------------ */

/* Notes something outside a turn. With `conversation` (0 = none) a text of NULL means its last question;
 * STORE_MISSING = there is none. */
struct store_learn_note {
    struct store_job job;
    struct learn_note note;
    int64_t conversation;
    int64_t ret_question; /* 0 = missed: there are LEARN_OPEN_MAX */
};
extern const struct store_job_kind store_learn_note_kind;

/* Questions that something was noted for, by number. With `id` that one (in any state), STORE_MISSING. */
struct store_learn_list {
    struct store_job job;
    int64_t id;     /* 0 = many */
    int64_t leader; /* not 0: those of this group, in any state */
    int64_t after;  /* number to begin behind */
    size_t limit;   /* at most LEARN_PAGE_MAX */
    bool settled;   /* in any state, not only open ones */
    struct learn_question *rows;
    size_t count;
    int64_t ret_last;   /* pass as `after` for the next page; 0 = that was all */
    int64_t ret_open;   /* open questions there are */
    int64_t ret_missed; /* askings that were not kept, and when the last one came */
    int64_t ret_missed_ms;
};
extern const struct store_job_kind store_learn_list_kind;

struct learn_membership {
    int64_t question, leader;
};

/* Puts questions that are in no group yet into groups. */
struct store_learn_group {
    struct store_job job;
    const struct learn_membership *rows;
    size_t count;
};
extern const struct store_job_kind store_learn_group_kind;

/* What an editor decided: settles the question and the open ones of its group. STORE_REFUSED = it is
 * settled already (and, accepting, has a wording of its own); STORE_MISSING. */
struct store_learn_settle {
    struct store_job job;
    int64_t id;
    enum learn_state state;      /* ACCEPTED or REFUSED_BY_EDITOR */
    const char *entry, *wording; /* accepted */
    const char *why;             /* refused */
    int64_t edition;
    size_t ret_count; /* questions that are settled by it */
};
extern const struct store_job_kind store_learn_settle_kind;

struct learn_file {
    const char *path; /* relative to the site */
    uint64_t hash;
};

/* Remembers the files as they are seen now, or (count 0) reads one back; STORE_MISSING. */
struct store_learn_files {
    struct store_job job;
    const struct learn_file *files;
    size_t count;
    struct learn_file file; /* in: path; out: hash */
};
extern const struct store_job_kind store_learn_files_kind;

/* --- editions -------------------------------------------------------------------------------- */

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
