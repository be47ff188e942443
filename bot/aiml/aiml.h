/* Aiml: conversations that a company wrote for another interpreter, in AIML 1 and 2.
 *
 * Good for: the files below `aiml/` of a site, made into one flat image with the edition and answered from it in
 * microseconds. Not for: programs (system, javascript), other servers (sraix) or learning by itself (learn):
 * those are refused with a warning when the files are read, and say nothing when they are met.
 *
 * What is read (docs/aiml.md tells it to editors), by the path below the site:
 *   NAME.aiml                                      categories
 *   sets/NAME.txt, NAME.set                        a set, one entry a line
 *   maps/NAME.txt, NAME.map                        a map, `key:value` a line
 *   {normal,denormal,person,person2,gender}.txt or .substitution    substitutions, `"from","to"` a line
 *   properties.txt, NAME.properties                properties of the bot, `name:value` a line
 *   defaults.txt, NAME.pdefaults                   first values of predicates, `name:value` a line
 *
 * Two categories with the same pattern, that and topic: the first, in the order of paths and lines, counts.
 *
 * An answer is pure: same image, words, clock, chance and memory, same outcome. An open image is never
 * written to, so any number of threads may ask it at once. */
#ifndef AIML_AIML_H
#define AIML_AIML_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/problem.h"
#include "content/site.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    /* of the files */
    AIML_NESTING = 64,          /* elements within one another */
    AIML_PATTERN_WORDS = 120,   /* of a pattern, a that or a topic */
    AIML_PATTERN_BYTES = 4096,  /* of one as it is written */
    AIML_CATEGORIES = 2000000,  /* of all files */
    AIML_LINE_BYTES = 4096,     /* of a set, map or substitution */
    AIML_TABLE_LINES = 1000000, /* of one of these files */
    /* of an answer */
    AIML_WORDS = 200,            /* of one sentence; what is longer is cut */
    AIML_SENTENCES = 12,         /* of one message; the last takes the rest */
    AIML_DEPTH = 160,            /* srai within srai */
    AIML_SRAI = 1500,            /* srai of one answer in all */
    AIML_STEPS = 100000,         /* looks at the graph of one answer in all */
    AIML_LOOPS = 200,            /* rounds of one condition with <loop/> */
    AIML_OUTPUT_BYTES = 8000,    /* what is said */
    AIML_OPTIONS = 8,            /* buttons of one answer */
    AIML_WORK_BYTES = 1 << 20,   /* of all texts that are passed on within one answer, and of their words */
    AIML_ANSWER_BYTES = 2 << 20, /* of the arena that one answer may need */
    AIML_TRAIL = 64,             /* categories that are told */
    /* of the memory */
    AIML_PAST = 10,         /* exchanges kept */
    AIML_PAST_BYTES = 800,  /* of one text of an exchange */
    AIML_PREDICATES = 200,  /* names kept */
    AIML_NAME_BYTES = 64,   /* of a predicate's name */
    AIML_VALUE_BYTES = 800, /* of its value */
    AIML_MEMORY_BYTES = 16000
};

struct aiml;

/* True where the file at this path below the site (`aiml/…`) is one that is read. */
bool aiml_reads(const char *path);

/* Reads those of the sources that lie in `aiml/` and appends an image of them to `out`. Every mistake is a
 * problem with file:line:column; what could be read is in the image, so the caller decides by the number of
 * errors. *ret_categories (may be NULL): how many there are; 0 without files, and nothing is appended then.
 * -1 without memory or past the ceiling of `out`. */
int aiml_compile(const struct source *, size_t count, struct problems *, struct buf *out, size_t *ret_categories);

/* Opens an image where it lies; the bytes must stay as long as it is used and lie on a multiple of 8. Every
 * number in it is checked once, so that whatever the bytes say nothing outside them is read. NULL where it
 * is no image of this version or damaged, or without memory. */
struct aiml *aiml_open(const void *bytes, size_t size);
void aiml_free(struct aiml *);

/* What a category uses that this interpreter refuses, does not know or has not been given. */
enum aiml_use {
    AIML_USE_LEARN = 1 << 0,       /* learn, learnf: refused */
    AIML_USE_OUTSIDE = 1 << 1,     /* system, javascript, sraix: refused */
    AIML_USE_EXTENSION = 1 << 2,   /* elements or sets that only another interpreter has */
    AIML_USE_MARKUP = 1 << 3,      /* elements that are no AIML: HTML becomes blocks, the rest its text */
    AIML_USE_NO_SET = 1 << 4,      /* a set that no file gives */
    AIML_USE_NO_MAP = 1 << 5,      /* a map that no file gives */
    AIML_USE_NO_PROPERTY = 1 << 6, /* a property of the bot that no file gives */
    AIML_USE_INTERPRETER = 1 << 7, /* program, id: what they say is the interpreter's own */
    AIML_USE_OUT_OF_BAND = 1 << 8, /* oob: for the page; left out */
    AIML_USE_SPLITTER = 1 << 9,    /* a predicate by which another interpreter is set up */
};

/* A category as it stands in its file. */
struct aiml_category {
    const char *file; /* relative to the site */
    int line;
    const char *pattern, *that, *topic; /* words in capitals, one space between; `<NAME>` a set */
    unsigned uses;                      /* enum aiml_use */
    bool reachable;                     /* false: it can never be matched */
};

size_t aiml_categories(const struct aiml *);
/* Of one of them, 0 to aiml_categories − 1, in the order read. */
struct aiml_category aiml_category(const struct aiml *, size_t);

/* Civil time where the company is, passed in. */
struct aiml_clock {
    int year, month, day; /* 2026, 1–12, 1–31 */
    int hour, minute, second;
};

struct aiml_heard {
    const char *text; /* UTF-8 */
    const char *lang; /* names of days and months where a date gives no locale: "it", otherwise English */
    struct aiml_clock now;
    uint64_t chance; /* seed of <random> */
};

struct aiml_pair {
    const char *name, *value;
};

struct aiml_exchange {
    const char *request, *response;
};

/* What is known of a conversation. An empty one is all zero. */
struct aiml_memory {
    const struct aiml_pair *predicates; /* the one set last stands last; the topic is among them */
    size_t predicate_count;
    const struct aiml_exchange *past; /* newest first */
    size_t past_count;
};

/* A button: exactly one of `send` (the visitor says that text) and `url` is there. */
struct aiml_option {
    const char *title, *send, *url;
    int card; /* in which of the cards among the blocks it stands, in their order; 0 = in none */
};

enum aiml_fault {
    AIML_FAULT_NONE,
    AIML_FAULT_DEPTH, /* srai within srai without end, or too many of them */
    AIML_FAULT_STEPS, /* too many looks at the graph */
    AIML_FAULT_LOOP,  /* a condition that loops without end */
    AIML_FAULT_LENGTH /* it would have said too much */
};

struct aiml_reply {
    const char *text;           /* plain words, "" = nothing */
    const struct block *blocks; /* the same as blocks; NULL = nothing */
    const struct aiml_option *options;
    size_t option_count;
    bool matched;  /* a category was found for at least one sentence */
    bool fallback; /* none, or only an ultimate default (`*`, `^` or `#` alone, that and topic `*`), also by srai */
    enum aiml_fault fault;
    const char *file; /* of the first sentence's category; NULL = none */
    int line;
    const size_t *trail; /* the categories that took part, in order; at most AIML_TRAIL */
    size_t trail_count;
    struct aiml_memory memory; /* to be passed in next time, or kept by aiml_memory_write */
};

/* Answers one message. Everything in *ret lies in the arena or the image. -1 only when the arena is full, which one
 * with AIML_ANSWER_BYTES free never is;
 * a limit that is passed is a fault in the reply, with no text, no options, and the memory as it was but for
 * the exchange. */
int aiml_answer(const struct aiml *, const struct aiml_heard *, const struct aiml_memory *, struct arena *,
                struct aiml_reply *ret);

/* The memory as lines of text, at most AIML_MEMORY_BYTES; the oldest is left out where it is more. -1 past the
 * buffer's own ceiling. */
int aiml_memory_write(const struct aiml_memory *, struct buf *out);
/* Reads that back, or anything else: lines that it does not know are passed over. -1 when the arena is full. */
int aiml_memory_read(const char *text, size_t size, struct arena *, struct aiml_memory *ret);

/* A fault in words, for logs and --explain. */
const char *aiml_fault_name(enum aiml_fault);

#endif
