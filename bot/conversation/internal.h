/* What the files of this floor share. Not for other floors: they see hall.h. */
#ifndef CONVERSATION_INTERNAL_H
#define CONVERSATION_INTERNAL_H

#include "base/map.h"
#include "conversation/conversation.h"
#include "store/files.h"

enum {
    HALL_CONVERSATIONS = 1000000,
    TURN_ARENA_BYTES = 4 << 20,
    BODY_BYTES = 512 << 10,
    AGENT_WATCHES = 64,
    CHANCES = 64
};

/* A visitor's connection. */
struct visitor {
    uint64_t client;
    struct conversation *conversation; /* NULL before hello */
    int64_t after;                     /* what it has, until it is live */
    bool welcomed;                     /* got `welcome` */
    bool returning;                    /* said hello with a link's secret, which is being looked at */
    bool live;                         /* has everything: new events go to it as they come */
    char token[FRAME_TOKEN_BYTES];     /* newly made, to be told in `welcome`; "" = it has one */
    char lang[FRAME_LANG_BYTES];
};

/* An agent's connection. */
struct agent {
    uint64_t client;
    int64_t user;
    char *name, *role, *departments, *languages; /* lists: "a,b"; "" = all */
    bool editor, admin;
    int64_t picture; /* its version, 0 = none */
    int capacity;    /* chats at a time, 0 = the setting */
    char lang[FRAME_LANG_BYTES];
    bool greeted;
    int64_t looking, typing; /* tickets: on the screen, written about; 0 = none */
    int64_t typing_until_ms; /* monotonic */
};

struct hall {
    struct store *store;
    const struct clock *clock;
    struct edition *edition;
    const struct hall_codec *codec;
    struct hall_out out;
    struct desk *desk;
    struct desk_words words;
    struct map *by_key, *by_token, *by_id; /* conversations */
    struct map *visitors, *agents;         /* clients */
    struct arena *scratch;                 /* of the turn being computed */
    uint32_t chances[CHANCES];             /* random, for turns to come: the first chances_left of them */
    size_t chances_left;
    uint64_t next_key;
    size_t under_way;
    struct hall_looker looker; /* begin NULL = none */
    struct look *looks;        /* turns that pause for a second look */
    uint64_t next_look;
    struct hall_replier replier; /* begin NULL = none */
    struct hall_caller caller;   /* begin NULL = none */
    struct pending *calls;       /* webhooks under way */
    size_t call_count;
    bool calls_stopped; /* the server ends: no more begin */
    uint64_t next_call;
    struct hall_speaker speaker;       /* say NULL = none */
    struct hall_notifier notifier;     /* functions NULL = none */
    size_t stalled;                    /* conversations whose webhook's answer could not be stored yet */
    char *identity_secret;             /* NULL = nobody is signed in */
    struct edition *older[HALL_OLDER]; /* pinned: on which flows may still run */
    size_t older_count;
    struct zone *zone;    /* of the site */
    bool agents_stale;    /* presence or load changed since the agents were told */
    struct map *told;     /* by ticket: whose sight it was in when the agents were told last */
    int64_t newest_event; /* number of the newest step of a ticket that is known here */
    struct board *board;  /* notices: board.c */
    struct hall_counts counts;
};

/* --- hall.c --- */
const struct settings *hall_settings(const struct hall *);
void hall_send(struct hall *, uint64_t client, const struct outgoing *);
void hall_error(struct hall *, uint64_t client, const char *code, const char *text_key, const char *lang,
                const char *cid);
/* A job for a conversation (its key is the tag), or for none (NULL). */
void *hall_job(struct hall *, const struct store_job_kind *, size_t size, void (*done)(struct store_job *),
               struct conversation *);
/* 0, or -1 (the job is freed). */
int hall_submit(struct hall *, struct store_job *);
/* First thing in every `done`: the conversation it was for, or NULL if it is gone. */
struct conversation *hall_answered(struct store_job *);

/* Tells the conversation's visitors that an answer is being made. */
void hall_show_typing(struct hall *, const struct conversation *);

/* --- satisfied.c --- */
void visitor_satisfied(struct hall *, struct visitor *, const struct frame *);

/* --- erase.c --- */
/* Erases all chats of the conversation's visitor; until that is done no turn begins. */
void erase_begin(struct hall *, struct conversation *, const struct heard_item *);

/* --- turn.c --- */
/* Begins the next turn if none is under way and something waits. */
void turn_next(struct hall *, struct conversation *);
/* Goes on with a turn after its second look, on the edition it began with. */
void turn_after_look(struct hall *, struct conversation *, struct heard_item *items, struct edition *,
                     const struct understand_options *);

/* --- look.c --- */
/* Pauses the turn for a second look: takes over the items. -1 = it cannot be: go on without. */
int look_begin(struct hall *, struct conversation *, struct heard_item *items, const struct second_look *);
/* Ends the looks that took too long. */
void look_tick(struct hall *);
/* Ends the conversation's look, if there is one: what it waits for matters no longer. */
void look_end(struct hall *, const struct conversation *);
void look_free_all(struct hall *);

/* --- calls.c --- */
/* A webhook to be stored with a turn, in its arena. NULL without memory, or where it is longer than may be. */
const struct call_new *calls_new(struct arena *, const struct wanted_call *, const char *lang, const char *visitor);
/* Makes a call that the store has. */
void calls_begin(struct hall *, struct conversation *, const char *id, const char *body);
/* Ends the conversation's call, if there is one: the flow goes on as if it had failed. */
void calls_end(struct hall *, const struct conversation *);
/* The conversation has been loaded: what it waits for (NULL = nothing) is called again. */
void calls_loaded(struct hall *, struct conversation *, const struct call_row *);
/* Whether something a visitor does ends the waiting for a webhook. */
bool calls_yield(enum frame_kind, const char *option);
void calls_free_all(struct hall *);

/* --- notify.c --- */
/* A ticket came to its state, or changed in it. */
void notify_ticket(struct hall *, const struct ticket *);
/* The conversation's visitor wrote something, which is committed. */
void notify_said(struct hall *, const struct conversation *);
void notify_presence(struct hall *, int64_t user);

/* --- older.c --- */
/* The conversation has been loaded: a flow that runs in it goes on on the edition it began with, if that is kept. */
void older_loaded(struct hall *, struct conversation *, int64_t edition);
void older_free(struct hall *);

/* --- single.c --- */
/* Appends one message of the system's or the assistant's own, by text key; `ticket` stands for {ticket}. */
void single_say(struct hall *, struct conversation *, enum event_from, const char *text_key, int64_t ticket);
/* Appends an agent's message, of words (NULL or "" = none) and files. 0, or -1. */
int single_agent_said(struct hall *, struct conversation *, const struct agent *, const char *cid, const char *text,
                      const struct file_row *, size_t count);

/* --- files.c --- */
/* If the item has files that are not looked up yet: takes it over, and the turn begins when they are. */
bool files_look_up(struct hall *, struct conversation *, struct heard_item *);
/* An agent's message whose files are to be looked up first, or that came while another's were. 0, or -1. */
int files_agent_says(struct hall *, struct conversation *, const struct agent *, const struct frame *);
/* What the message shows of them, and what the store is to give it; in the arena. NULL, -1 without memory. */
struct block *files_blocks(struct arena *, const struct file_row *, size_t count);
int files_of_turn(struct arena *, const struct file_row *, size_t count, struct store_turn *);

/* --- body.c --- */
/* The body of a message's or a state's event, in the arena. 0, or -1 without memory. */
int body_message(const struct hall *, struct arena *, const struct said *, struct event *ret);
int body_state(const struct hall *, struct arena *, enum who, const char *agent_name, struct event *ret);
/* A copy of the text, "" for NULL. */
const char *body_text(struct arena *, const char *text);

/* --- learning.c --- */
/* What the store is to note of a turn for editors to learn from, in the arena; NULL = nothing. `before` is the memory
 * the turn began with, `event` the index of the reply among the turn's events, -1 = it says nothing. */
const struct learn_note *learning_note(const struct edition *, struct arena *, const struct dialogue_memory *before,
                                       const struct heard *, const struct outcome *, int event);

/* --- told.c --- */
/* The visitor's pages are told how long the wait may be, in seconds: noted the first time a ticket's is. */
void told_range(struct hall *, struct conversation *, int64_t ticket, int wait_low, int wait_high);

/* --- deliver.c --- */
/* What the client who sent something is told with what came of it. */
struct ack {
    uint64_t client;
    const char *cid;
    int64_t seq;
    bool shown; /* its page shows what it wrote already */
};

/* Sends committed events to everybody who is live in the conversation; to ack->client (NULL = nobody sent
 * anything) without what it wrote itself and shows. True if the acknowledgement went with one of them. */
bool deliver_events(struct hall *, struct conversation *, const struct event *, size_t count, const struct ack *);
/* Sends a client the events it has not got, then makes it live. */
void deliver_missed(struct hall *, struct conversation *, uint64_t client, int64_t after, bool to_agent);
void deliver_welcome(struct hall *, struct conversation *, struct visitor *, bool more);
void deliver_load(struct hall *, struct conversation *);

/* --- counter.c --- */
void counter_ticket(struct hall *, const struct ticket *);
/* The same of one that the visitor has closed, with the number of that step: the desk only knows that it is gone. */
void counter_left(struct hall *, const struct ticket *);
struct agent *counter_agent(const struct hall *, uint64_t client);
void counter_offered(void *context, int64_t user, const struct ticket *, int seconds);
/* A chat is offered to a colleague, and what came of it: as desk_listener tells. */
void counter_transfer_offered(void *context, int64_t to_user, const struct ticket *, const char *from_name,
                              const char *note, int seconds);
void counter_transferred(void *context, int64_t from_user, int64_t to_user, const struct ticket *, const char *to_name,
                         int value);
/* Where the picture of an agent who is there is served, below the server's own address; "" = there is none. Names are
 * unique among users. */
enum { PORTRAIT_PATH_BYTES = 64 };
const char *counter_portrait(const struct hall *, const char *agent_name, char ret_path[PORTRAIT_PATH_BYTES]);
/* Tells all agents who is there. */
void counter_agents(struct hall *);
void counter_agent_free(void *);
/* Once a second: who has stopped writing. */
void counter_tick(struct hall *);
/* Asks the store for the newest step of any ticket, for welcomes. */
void counter_begin(struct hall *);
/* The conversation's visitor has come by another page: its open ticket says so. */
void counter_page(struct hall *, const struct conversation *);
void counter_refused(void *context, int64_t user, int64_t ticket, const char *why, const char *cid);
void counter_done(void *context, int64_t user, const char *cid);
void counter_undelivered(void *context, int64_t delivery, bool kept, const struct ticket *, const struct work_note *);

/* --- back.c --- */
/* A hello with the secret of a link: looks it up, then goes on with visitor_enter. */
void back_begin(struct hall *, struct visitor *, const struct frame *);
/* A chat that was entered by a further token of its visitor is from now on found by the first one. Returns the chat
 * that is in memory under that already, loaded, to be joined; NULL = none. */
struct conversation *back_first(struct hall *, struct conversation *, const struct store_load *);

/* --- board.c --- */
/* The board, empty; its notices come from the store. NULL without memory. */
struct board *board_new(void);
void board_free(struct board *);
/* Once a second: what begins or ends, and what could not be read before. */
void board_tick(struct hall *);
/* What a turn is to see of it, NULL = nothing holds. */
struct notice_board *board_notices(const struct hall *);
/* The lines that hold, in a language; they last until the board changes. */
size_t board_lines(const struct hall *, const char *lang, const struct notice_line **ret);

/* --- visitor.c --- */
/* A new token, and the hash of a token. */
void visitor_make_token(char ret_token[FRAME_TOKEN_BYTES]);
void visitor_hash_token(const char *token, unsigned char ret_hash[TOKEN_HASH_BYTES]);
/* Whether it may be one of ours: 43 characters of URL-safe base64. */
bool visitor_is_token(const char *token);
/* Enters by the token that hello brings, or by a new one. */
void visitor_enter_as_oneself(struct hall *, struct visitor *, const struct frame *);
/* Enters the chat of a token's hash; `fresh` = the token was made this moment, so that there is nothing to load. */
void visitor_enter(struct hall *, struct visitor *, const struct frame *, const unsigned char hash[TOKEN_HASH_BYTES],
                   bool fresh);
/* Names an unloaded conversation anew, because nobody knows the token its clients brought. */
int visitor_new_token(struct hall *, struct conversation *);

/* --- words.c --- */
/* The text with `value` where it has `name` ("{name}"), in the arena where it has; NULL without memory. */
const char *words_put(struct arena *, const char *text, const char *name, const char *value);
/* With whom the visitor is after a move; -1 = as before. */
int words_who(enum desk_cause, enum ticket_state before);
size_t words_events(void *context, enum desk_cause, const struct ticket *before, const char *lang,
                    const char *agent_name, const char *note, struct arena *, struct event ret_events[2]);

#endif
