/* Frames as values: what visitors and agents send and get, without JSON.
 *
 * wire/ makes a `struct frame` of what arrives (all checks of form and size done) and JSON of a
 * `struct outgoing`. Strings are UTF-8 without NUL and live until the call returns. */
#ifndef CONVERSATION_FRAME_H
#define CONVERSATION_FRAME_H

#include "base/buf.h"
#include "content/block.h"
#include "desk/desk.h"
#include "dialogue/dialogue.h"
#include "store/work.h"

enum {
    FRAME_CID_BYTES = 64,
    FRAME_TEXT_BYTES = 4096,
    FRAME_OPTION_BYTES = 160,
    FRAME_NAME_BYTES = 160,
    FRAME_CONTACT_BYTES = 320,
    FRAME_PAGE_BYTES = 2048,
    FRAME_TOKEN_BYTES = 64,
    FRAME_LANG_BYTES = 16,
    FRAME_IDENTITY_BYTES = 512,
    FRAME_BACK_BYTES = 64,
    FRAME_CONSENT_BYTES = 64,
    FRAME_TITLE_BYTES = 512,
    FRAME_TAGS_BYTES = 512,
    FRAME_DEPARTMENT_BYTES = 64,
    FRAME_FILES = 5, /* of one message */
    FRAME_FILE_BYTES = 32,
};

enum frame_kind {
    /* visitors */
    FRAME_HELLO,
    FRAME_SAY,
    FRAME_PICK,
    FRAME_HUMAN,
    FRAME_MESSAGE,
    FRAME_CALLBACK,
    FRAME_RATE,
    FRAME_TYPING,
    FRAME_RESUME,
    FRAME_SATISFIED,
    FRAME_BYE,
    FRAME_ERASE,
    FRAME_CALLED, /* from no socket: a webhook has answered */
    /* agents */
    FRAME_DESK_HELLO,
    FRAME_DESK_PRESENCE,
    FRAME_DESK_NEXT,
    FRAME_DESK_ACCEPT,
    FRAME_DESK_DECLINE,
    FRAME_DESK_OPEN,
    FRAME_DESK_SAY,
    FRAME_DESK_TYPING,
    FRAME_DESK_BACK,
    FRAME_DESK_CLOSE,
    FRAME_DESK_NOTE,
    FRAME_DESK_TAGS,
    FRAME_DESK_TRANSFER,
    FRAME_DESK_TRANSFER_ANSWER,
    FRAME_DESK_INVITE,
    FRAME_DESK_OWN,
    FRAME_DESK_DUE,
    FRAME_DESK_REPLY,
    FRAME_DESK_LOOK,
    FRAME_KINDS
};

/* One struct for all kinds; what a kind has not is NULL or 0. */
struct frame {
    enum frame_kind kind;
    const char *cid, *text, *option, *title, *contact, *name; /* visitors' and agents' words */
    const char *lang, *token, *page, *identity, *back;        /* hello */
    const char *consent;                                      /* message, callback: version of the text */
    const char *files; /* say: ids of files with a blank between, each FRAME_FILE_BYTES long */
    const char *state, *note, *cause, *department; /* agents */
    int64_t after, seq, ticket;
    int64_t grade;                 /* satisfied: 1 to 5 */
    int64_t after_event, user, at; /* agents; `at` in milliseconds since 1970 */
    int64_t undelivered;           /* close: as the ticket has it */
    int value;
};

enum outgoing_kind {
    OUT_WELCOME,
    OUT_ACK,
    OUT_EVENT, /* a stored message or state */
    OUT_POSITION,
    OUT_TYPING,
    OUT_ERROR,
    OUT_NOTICE, /* the notices that hold from now on */
    OUT_ERASED, /* all that was said is gone: of the visitor, or of a ticket */
    /* to agents */
    OUT_DESK_WELCOME,
    OUT_DESK_QUEUE,
    OUT_DESK_TICKET,
    OUT_DESK_AGENTS,
    OUT_DESK_OFFER,
    OUT_DESK_NOTE,
    OUT_DESK_TRANSFER_OFFER,
    OUT_DESK_TRANSFERRED,
    OUT_DESK_INVITED,
    OUT_DESK_LOOKERS,
    OUT_DESK_MISSED,
    OUT_KINDS
};

/* A ticket as one agent sees it. */
struct desk_card {
    const struct ticket *ticket;
    const char *department_name;
    bool mine, visitor_online;
    bool gone;                  /* not among this agent's any more: only the number is told */
    const char *const *lookers; /* who else has it on the screen */
    size_t looker_count;
    int64_t transfer_to; /* the colleague it is offered to, 0 = nobody */
    const char *transfer_name;
    int64_t transfer_until_ms; /* wall clock */
};

struct starter {
    const char *id, *title;
};

/* The line of a notice, in the visitor's language. */
struct notice_line {
    int64_t id, until_ms;
    const char *text;
};

/* One struct for all kinds; each uses the fields that docs/protocol.md lists for it. */
struct outgoing {
    enum outgoing_kind kind;
    const char *cid;           /* ACK, ERROR, ERASED; EVENT: acknowledges this one; NULL = none */
    int64_t seq;               /* ACK, WELCOME */
    const struct event *event; /* EVENT */
    int64_t ticket;            /* EVENT, TYPING, ERROR, ERASED to agents; POSITION; 0 = leave out */
    /* WELCOME, DESK_WELCOME */
    const char *token; /* NULL = the client has it */
    const char *lang;
    enum who who;
    const char *agent_name;    /* who is in the chat; NULL = nobody */
    const char *agent_picture; /* where it is served, NULL or "" = none */
    const struct settings *settings;
    const struct starter *starters;
    size_t starter_count;
    bool more;
    bool erased; /* nothing that was said before is left */
    /* NOTICE, WELCOME */
    const struct notice_line *notices;
    size_t notice_count;
    /* POSITION: seconds */
    int64_t position;
    bool ranged, open, beyond;
    int online, wait_low, wait_high;
    enum event_from from; /* TYPING */
    /* ERROR */
    const char *code, *message;
    int retry_ms;
    /* to agents */
    const struct user *user;
    enum presence presence;
    int capacity, seconds;
    const struct desk_card *cards; /* QUEUE: all; TICKET: one */
    size_t card_count;
    const struct desk_agent *agents;
    size_t agent_count;
    int64_t newest_event;         /* DESK_WELCOME: the newest step of any ticket */
    const struct work_note *note; /* NOTE */
    const char *name, *text;      /* TRANSFER_OFFER, TRANSFERRED, INVITED, MISSED */
    int value;                    /* TRANSFERRED */
    const char *cause;            /* MISSED */
    const char *const *names;     /* LOOKERS */
    const char *const *typing;    /* LOOKERS */
    size_t name_count, typing_count;
};

/* What goes into the body of a stored message. */
struct said {
    enum event_from from;
    const struct block *blocks;
    const struct outcome_option *options;
    size_t option_count;
    const char *mood;                   /* NULL = none */
    const char *entry_id, *entry_title; /* NULL = none */
    bool fallback;
    const char *name;                  /* of the agent */
    const char *cid;                   /* of a visitor's or agent's own message */
    const char *picked;                /* the option picked */
    bool form;                         /* the page may show the message form */
    const struct outcome_input *input; /* NULL = none */
};

/* Makes bodies of events: a JSON object in bytes, without `type`, `seq`, `at` and `ack`. Given to the
 * hall by whoever starts it, because the floor that knows JSON lies above. 0, or -1 past the ceiling. */
struct hall_codec {
    int (*message)(const struct said *, struct buf *out);
    int (*state)(enum who, const char *agent_name, const char *agent_picture, struct buf *out);
};

#endif
