/* Chat: the reader of editors' dialogue tests, `tests/dialogues/<lang>/NAME.chat`.
 *
 * The first line is `# Goal: …`. `visitor:` says something, `pick:` chooses a button by its
 * title, `bot:` is a glob (`*`) over the whole reply's plain text, and an indented `expect`
 * holds comma-separated conditions on the last reply:
 *   article ID · intent ID · flow ID · asks SLOT · slot NAME [= GLOB] · handoff [DEPARTMENT] · fallback · kind KIND ·
 *   offers ID · calls WEBHOOK · confidence >= N · mood NAME · gesture NAME · says GLOB
 * A slot's value may be given as people say it or as conditions see it ("giovedì 24 dicembre 2026", "2026-12-24").
 * Before what is said may stand what the world is like (fixed, so that a dialogue always gives the same):
 *   from: {intent: ID, asking: SLOT, SLOT: value …}   begins in the middle of a flow
 *   clock: 2027-03-01 10:00                            local time, standing still; this is the default
 *   later: 2 days                                      minutes, hours or days go by
 *   chance: 3                                          which of `random`
 *   signed-in: USER                                    the company's site has signed the visitor in
 *   webhook NAME: {key: value …}                       what it answers from now on; or `fails`
 * Memory: in the arena. Mistakes become problems. */
#ifndef CONTENT_CHAT_H
#define CONTENT_CHAT_H

#include "base/arena.h"
#include "base/problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum chat_line_kind {
    CHAT_VISITOR,
    CHAT_PICK,
    CHAT_BOT,
    CHAT_EXPECT,
    CHAT_FROM,      /* pairs: "intent", "asking", then slots */
    CHAT_CLOCK,     /* moment */
    CHAT_LATER,     /* seconds */
    CHAT_CHANCE,    /* number */
    CHAT_SIGNED_IN, /* text */
    CHAT_WEBHOOK    /* text: its name; pairs; fails */
};

enum chat_check {
    CHECK_ARTICLE,
    CHECK_INTENT,
    CHECK_FLOW,
    CHECK_ASKS,
    CHECK_SLOT,
    CHECK_CALLS,
    CHECK_HANDOFF,
    CHECK_FALLBACK,
    CHECK_KIND,
    CHECK_OFFERS,
    CHECK_CONFIDENCE,
    CHECK_MOOD,
    CHECK_GESTURE,
    CHECK_SAYS
};

struct chat_pair {
    const char *name, *value; /* names of what lies deeper have dots: "customer.name", "lines.1.title" */
};

/* Local time. */
struct chat_moment {
    int year, month, day, hour, minute;
};

enum { CHAT_PAIRS_MAX = 100 };

struct chat_line {
    enum chat_line_kind kind;
    int line, column;
    const char *text; /* said, picked, or the glob; CHAT_EXPECT: the argument ("" = any) */
    enum chat_check check;
    int comparison; /* CHECK_CONFIDENCE: -2 <, -1 <=, 1 >=, 2 > */
    double number;
    const char *argument; /* CHECK_SLOT: the value's glob, NULL = any */
    const struct chat_pair *pairs;
    size_t pair_count;
    bool fails;
    struct chat_moment moment;
    int64_t seconds;
};

struct chat {
    const char *file, *lang, *goal;
    const struct chat_line *lines;
    size_t count;
};

/* NULL only without memory. `lang` is the folder's name. */
struct chat *chat_read(struct arena *, const char *file, const char *lang, const char *bytes, size_t size,
                       struct problems *);
/* True if `text` matches `glob`, where `*` stands for anything; space runs are one space. */
bool chat_glob(const char *glob, const char *text);

#endif
