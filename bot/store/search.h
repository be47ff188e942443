/* Search: closed chats by their words, and transcripts.
 *
 * What visitors and agents wrote in a closed ticket's chat, and what colleagues noted about it, is indexed after its
 * closing (and after each later note), a few tickets at a time (store_search_index on the store's thread), those closed
 * before there was an index as well. Searching and reading
 * transcripts are jobs for a reader (reader.h) and see only tickets of `allowed` departments.
 * A chat's words are those from the closing of the conversation's ticket before it to its own.
 * Errors, memory, threads: as in store.h. */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "store/store.h"
#include "store/work.h"

enum {
    SEARCH_PAGE_MAX = 50,
    SEARCH_WORDS_BYTES = 512, /* of what is searched for; longer is STORE_REFUSED */
    SEARCH_WORDS_MAX = 16,    /* words of it; more are not looked at */
    SEARCH_CHAT_BYTES = 65536 /* characters of a chat, and of its notes, that are indexed */
};

/* A piece of an excerpt; `mark` where it is a word that was looked for. */
struct search_piece {
    const char *text;
    bool mark;
};

struct search_hit {
    int64_t ticket, conversation, created_ms, closed_ms;
    const char *department, *lang, *name, *owner_name, *question, *cause;
    const char *tags; /* separated by commas */
    struct search_piece *pieces;
    size_t piece_count; /* 0 = nothing was searched for in its words */
};

/* Newest first. All filters may be NULL or "" or 0 = any. */
struct store_search {
    struct store_job job;
    const char *allowed;          /* departments that may be seen: "a,b"; "" = all */
    const char *words;            /* all of them, each also as the beginning of a word */
    const char *name;             /* words of the visitor's name */
    const char *tag, *department; /* exactly */
    const char *agent;            /* name of who had it last */
    int64_t from_ms, to_ms;       /* closed from … to before …; 0 = any */
    int64_t before;               /* tickets with a lower number: the last one of the page before */
    size_t limit;                 /* at most SEARCH_PAGE_MAX */
    struct search_hit *hits;
    size_t count;
    bool ret_more;
};
extern const struct store_job_kind store_search_kind;

/* What may be chosen as filters: agents who had closed chats, and tags, by name. */
enum { SEARCH_CHOICES_MAX = 500 };
struct store_search_choices {
    struct store_job job;
    const char *allowed;
    const char **agents, **tags;
    size_t agent_count, tag_count;
};
extern const struct store_job_kind store_search_choices_kind;

/* The chat of a ticket, or (ticket 0) all of a conversation, a page at a time. A ticket of another department is
 * STORE_MISSING like one that there is not. */
enum { TRANSCRIPT_EVENTS_MAX = 500 };
struct store_transcript {
    struct store_job job;
    const char *allowed;
    int64_t ticket, conversation;
    int64_t after;     /* seq of the last event of the page before; 0 = from the first */
    struct ticket row; /* id 0 = of no ticket */
    const char *lang;
    struct event *events;
    size_t event_count;
    struct work_note *notes; /* what colleagues noted about the ticket, with the first page; oldest first */
    size_t note_count;
    bool ret_more; /* there are events after these TRANSCRIPT_EVENTS_MAX */
};
extern const struct store_job_kind store_transcript_kind;

/* Indexes at most `limit` closed tickets that are not yet; with a limit of 0 it only looks whether there are any, and
 * writes nothing. */
struct store_search_index {
    struct store_job job;
    size_t limit;
    size_t ret_done;
    bool ret_more;
};
extern const struct store_job_kind store_search_index_kind;

/* Takes a conversation's chats out of the index: part of erasing it. What they were made of stays in the file until
 * store_search_scrub. */
struct store_search_forget {
    struct store_job job;
    int64_t conversation;
};
extern const struct store_job_kind store_search_forget_kind;

/* Rewrites the index of FOLDER, in pieces between which others may write, so that nothing is left of what was taken
 * out, and folds the log into the file. 0, or -1 with *ret_why: then it is to be tried again. Any thread; blocking. */
int store_search_scrub(const char *folder, const char **ret_why);

#endif
