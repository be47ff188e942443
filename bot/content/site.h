/* Site: the files of a company, read into plain values.
 *
 * A site is a folder with sportello.yaml, knowledge/<lang>/NAME.md, intents/<lang>/NAME.yaml and
 * tests/dialogues/<lang>/NAME.chat. Reading never stops at a mistake: every one becomes a problem with
 * file:line:column, and what could be read is there. Limits: SITE_* below.
 * Memory: all in the arena given. Threads: any, one at a time for each arena. */
#ifndef CONTENT_SITE_H
#define CONTENT_SITE_H

#include "base/arena.h"
#include "base/problem.h"
#include "content/block.h"
#include "content/settings.h"

#include <stddef.h>
#include <stdint.h>

enum {
    SITE_FILE_BYTES = 64 << 20, /* one file; a million entries may lie in few files */
    SITE_FILES = 20000,
    SITE_TEXT_BYTES = 4096, /* a question or wording: what a visitor may send */
    SITE_WORDINGS = 500,    /* of one entry or intent */
    SITE_OPTIONS = 8,       /* buttons of one answer */
    SITE_FOLLOWS = 32,      /* entries that one follows */
};

/* Where something stands in the site. */
struct place {
    const char *file; /* relative to the site */
    int line, column;
};

enum option_kind { OPTION_ENTRY, OPTION_INTENT, OPTION_AGENT, OPTION_URL, OPTION_SAY };

/* A button. `target`: id of an entry or intent, a department ("" = default), a URL, or words that it says for the
 * visitor. */
struct option {
    enum option_kind kind;
    const char *target, *title;
    struct place place;
    bool in_card; /* of the card that is said with it */
};

struct wording {
    const char *text;
    struct place place;
};

/* One question with its answer (an H2 of a knowledge file). */
struct article {
    const char *id; /* given, or made from the question; unique within a language */
    const char *lang, *topic;
    const char *question;
    const char *review; /* "2027-03-31" or NULL */
    const char *mood;   /* neutral, warm, glad, sorry, serious; NULL = none was given */
    struct place place;
    const struct wording *wordings;
    size_t wording_count;
    const char *const *follows; /* ids of entries after whose answer this one is a likely next question */
    size_t follow_count;
    const struct block *answer;
    const char *answer_source; /* its lines as they stand in the file, among those of the site's sources … */
    size_t answer_source_size; /* … 0 where it has none */
    const char *answer_text;   /* its plain words, for the index */
    const struct option *options;
    size_t option_count;
};

struct flow;

/* What a visitor may want: in one step, to be told something or handed off; with a flow, in many. */
struct intent {
    const char *id, *lang;
    const char *title; /* what a button shows; default: the first example */
    struct place place;
    const struct wording *examples;
    size_t example_count;
    const struct block *const *say; /* one is chosen by turn */
    size_t say_count;
    const struct option *options;
    size_t option_count;
    const char *handoff;     /* department, "" = default; NULL = none */
    const char *mood;        /* as an article's */
    const struct flow *flow; /* patterns, slots and steps: see flow.h; NULL = none */
};

/* A source file as it stood, kept with the edition that was made of it. */
struct source {
    const char *path; /* relative to the site */
    const char *bytes;
    size_t size;
};

struct site {
    const char *root;
    struct settings *settings;
    const struct article *articles;
    size_t article_count;
    const struct intent *intents;
    size_t intent_count;
    const struct source *sources; /* sorted by path; dialogues are among them */
    size_t source_count;
    uint64_t hash; /* of all sources' paths and bytes but the dialogues': equal = nothing to publish */
};

/* Reads and checks the site in `folder`. NULL only without memory, past SITE_FILES or where there is none (a
 * problem says so). Whatever is wrong is in `problems`; warnings about review dates use `today`
 * ("2026-11-22", local). */
struct site *site_read(struct arena *, const char *folder, const char *today, struct problems *);

/* The same from sources kept in an edition. */
struct site *site_from_sources(struct arena *, const struct source *, size_t count, const char *today,
                               struct problems *);

/* The `hash` of the site in `folder` as its files stand, without a look at what they say: quick, also for a
 * large one. -1 where site_read would give NULL before reading them. */
int site_hash(struct arena *, const char *folder, uint64_t *ret);

/* Writes a small valid site into a folder that has none. 0, or -1 with a problem. */
int site_init(const char *folder, struct problems *);

#endif
