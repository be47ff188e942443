/* Chat_world: the lines of a dialogue that say what the world is like: see chat.h. Used by chat.c only. */
#ifndef CONTENT_CHAT_WORLD_H
#define CONTENT_CHAT_WORLD_H

#include "content/chat.h"
#include "content/lines.h"

/* Where a line stands. */
struct world_source {
    struct arena *arena;
    struct problems *problems;
    const char *file;
    int line, column; /* of what is behind the word */
};

struct world_line {
    const char *word; /* "from:" */
    enum chat_line_kind kind;
    /* Reads what is behind the word. NULL = good; else what to do about it, "" = it was said already. */
    const char *(*read)(const struct world_source *, struct span, struct chat_line *);
};

enum { CHAT_WORLD_LINES = 6 };
extern const struct world_line chat_world_lines[CHAT_WORLD_LINES];

#endif
