/* Chat: the reader of editors' dialogue tests, `tests/dialogues/<lang>/NAME.chat`.
 *
 * The first line is `# Goal: …`. `visitor:` says something, `pick:` chooses a button by its
 * title, `bot:` is a glob (`*`) over the whole reply's plain text, and an indented `expect`
 * holds comma-separated conditions on the last reply:
 *   article ID · intent ID · handoff [DEPARTMENT] · fallback · kind KIND · offers ID ·
 *   confidence >= N · mood NAME · says GLOB
 * Memory: in the arena. Mistakes become problems. */
#ifndef CONTENT_CHAT_H
#define CONTENT_CHAT_H

#include "base/arena.h"
#include "base/problem.h"

#include <stdbool.h>
#include <stddef.h>

enum chat_line_kind { CHAT_VISITOR, CHAT_PICK, CHAT_BOT, CHAT_EXPECT };

enum chat_check {
    CHECK_ARTICLE,
    CHECK_INTENT,
    CHECK_HANDOFF,
    CHECK_FALLBACK,
    CHECK_KIND,
    CHECK_OFFERS,
    CHECK_CONFIDENCE,
    CHECK_MOOD,
    CHECK_SAYS
};

struct chat_line {
    enum chat_line_kind kind;
    int line, column;
    const char *text; /* said, picked, or the glob; CHAT_EXPECT: the argument ("" = any) */
    enum chat_check check;
    int comparison; /* CHECK_CONFIDENCE: -2 <, -1 <=, 1 >=, 2 > */
    double number;
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
