/* Conversation: the state of one chat while somebody is in it. Inside this floor only.
 *
 * Found by the visitor's token (hash), by its number in the store and by a key that is never used
 * again, which is what jobs under way carry. Freed by conversation_release once nobody needs it. */
#ifndef CONVERSATION_CONVERSATION_H
#define CONVERSATION_CONVERSATION_H

#include "conversation/hall.h"

#include <stdbool.h>

enum { CONVERSATION_CLIENTS = 32, CONVERSATION_WATCHERS = 64 };

struct hall;

/* Something a visitor did that waits for its turn. One allocation: strings behind it. */
struct heard_item {
    struct heard_item *next;
    enum frame_kind kind;
    uint64_t client;
    int64_t seq; /* FRAME_RATE */
    bool looked; /* its turn has had a second look */
    /* FRAME_CALLED: what a webhook gave, and the call's id. */
    bool called_ok;
    const struct variable *called;
    size_t called_count;
    const char *call_id;
    int64_t conversation; /* its number when it was called: in another the answer is of no use */
    const char *cid, *text, *option, *title, *contact, *name, *consent;
    const char *files; /* as in struct frame; NULL = none */
    /* … and what they are, once they have been looked up: conversation/files.c. */
    const struct file_row *found;
    size_t found_count;
};

struct conversation {
    uint64_t key;
    unsigned char token_hash[TOKEN_HASH_BYTES];
    int64_t id;       /* 0 = nothing said yet */
    bool erased;      /* … and what was said before was erased */
    int64_t last_seq; /* of what is committed */
    int64_t ticket;
    int64_t told; /* the ticket whose waiting range has been told and noted, 0 = none */
    enum who who;
    char lang[FRAME_LANG_BYTES];
    char *page, *page_title, *memory, *agent_name; /* NULL = none */
    uint64_t *clients, *watchers;                  /* visitors' and agents' connections */
    uint16_t client_count, watcher_count;
    uint16_t item_count;
    uint16_t jobs;    /* under way in the store, or a second look */
    uint16_t finding; /* agents' messages whose files are being looked up: later ones wait behind them */
    uint8_t remade;   /* times the turn under way was made again */
    bool loading, loaded;
    bool turning; /* a turn is under way: the next waits */
    struct heard_item *items, **items_end;
    struct edition *edition; /* on which its flow runs, pinned; NULL = none runs */
    char *values;            /* what flows keep of the visitor, as fields: name, value …; NULL = nothing */
    char *identity;          /* the site's own id of a visitor it has signed in; NULL = none */
    int64_t identity_until;  /* UTC seconds */
    bool wanted;             /* loaded for its own sake: it waits for a webhook of before the start */
    bool stalled;            /* a webhook's answer could not be stored: it is tried again */
};

/* The conversation of a token, made (not loaded) if it is not in memory. NULL without memory. */
struct conversation *conversation_of_token(struct hall *, const unsigned char hash[TOKEN_HASH_BYTES]);
/* The one with this number, if it is in memory. */
struct conversation *conversation_of_id(struct hall *, int64_t id);
/* The one with this number, made if need be; load it before use. */
struct conversation *conversation_want(struct hall *, int64_t id);
struct conversation *conversation_of_key(struct hall *, uint64_t key);
/* Names it by a token, instead of the one it had. */
int conversation_set_token(struct hall *, struct conversation *, const unsigned char hash[TOKEN_HASH_BYTES]);
/* One chat has been entered by two ways at once: all who are in the second go over to the first, and what they said;
 * the second, whose load this is, is left to conversation_release. */
void conversation_join(struct hall *, struct conversation *, struct conversation *second);
/* Takes over what the store says. */
int conversation_set_row(struct hall *, struct conversation *, const struct conversation_row *);
/* Registers the number it was given. */
int conversation_set_id(struct hall *, struct conversation *, int64_t id);
/* It is over: the next thing said opens another. */
void conversation_forget(struct hall *, struct conversation *);
/* Frees it if nothing and nobody needs it. */
void conversation_release(struct hall *, struct conversation *);
/* Frees it in any case, at the end of the hall. */
void conversation_free(struct conversation *);

/* The only function that changes with whom the visitor is. */
void conversation_set_who(struct conversation *, enum who, const char *agent_name);
int conversation_set_text(char **field, const char *text);

/* Takes over what the store keeps of the visitor; the same for what a turn has kept (those of the same name go). */
void conversation_set_values(struct conversation *, const struct visitor_value *, size_t count);
void conversation_add_values(struct conversation *, const struct visitor_value *, size_t count);

int client_list_add(uint64_t **list, uint16_t *count, uint64_t client, uint16_t most);
bool client_list_remove(uint64_t *list, uint16_t *count, uint64_t client);

/* Copies a frame to the end of the queue. -1 if HALL_WAITING are there, or without memory. */
int conversation_queue(struct conversation *, uint64_t client, const struct frame *);
struct heard_item *conversation_next(struct conversation *);
/* Copies a text to *at, which is moved behind it: items are one allocation. NULL stays NULL. */
const char *conversation_put(char **at, const char *text);

#endif
