/* Play: one conversation on the command line, turn by turn: for dialogues' tests and for chatting on a terminal.
 *
 * The people behind the counter are taken to be there. Time stands still unless it is moved; what the visitor's
 * variables become is remembered until the end. Webhooks are whoever is asked (`call`). Threads: any, one at a time for
 * a struct. */
#ifndef CLI_PLAY_H
#define CLI_PLAY_H

#include "cli/secondlook.h"

enum { PLAY_FACTS_MAX = 64, PLAY_CALLS_MAX = 8 };

struct play {
    const struct view *view;
    const struct settings *settings; /* to try instead of the site's, or NULL */
    struct secondlook *look;         /* NULL = without second looks */
    const char *lang;                /* of the page */
    struct heard_time now;
    uint32_t chance;
    bool explain;
    /* Answers a webhook that a flow calls: fills the pairs (in the arena) and returns true, or false = it failed.
     * NULL = all fail. */
    bool (*call)(void *context, const struct wanted_call *, const char *lang, struct arena *,
                 const struct variable **ret, size_t *ret_count);
    void *context;

    /* How it stands. */
    struct dialogue_memory memory;
    enum who who;
    struct arena *kept, *arena; /* of the conversation, and of the last turn */
    struct variable facts[PLAY_FACTS_MAX];
    size_t fact_count;
    struct outcome last;
    struct buf reply;                  /* its plain text, with what was said before a webhook answered */
    const char *calls[PLAY_CALLS_MAX]; /* webhooks called in the last turn */
    size_t call_count;
    bool calls_ok[PLAY_CALLS_MAX];
    bool spoke; /* a turn was made */
};

/* Fills in a play whose `view`, `lang` and wishes are set. -1 without memory. */
int play_open(struct play *);
void play_close(struct play *);

/* A new conversation with the same visitor. */
void play_again(struct play *);
/* One turn, with the webhooks it calls. */
void play_hear(struct play *, enum heard_kind, const char *text);
/* Sets a fact, such as "visitor.id". */
void play_fact(struct play *, const char *name, const char *value);
/* Local time, given by its parts; time that goes by. */
void play_clock(struct play *, int year, int month, int day, int hour, int minute);
void play_later(struct play *, int64_t seconds);

#endif
