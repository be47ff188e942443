/* Pattern: a rule for what visitors say, as editors write it.
 *
 *     * (dove|quando) * (ordine|pacco) *      any words · one of these · any words …
 *     [vorrei] parlare con {chi}              optional · a slot's value: one to eight words
 *     ~ordini                                 this word in any form of its stem ("ordine", "ordinato")
 * Words keep their order; case, accents, apostrophes and punctuation do not matter. Without `*` at an end the
 * message must begin or end there. Groups may nest, alternatives may be several words. A pattern made of `*` and
 * optional parts alone would match everything and is refused. A sequence is never empty, two `*` never follow one
 * another, and a word has a letter or digit ("l'ordine" is one word here: it is split as messages are).
 * Limits: PATTERN_BYTES, PATTERN_NODES, PATTERN_DEPTH. Memory: in the arena. Threads: any, once read. */
#ifndef CONTENT_PATTERN_H
#define CONTENT_PATTERN_H

#include "base/arena.h"
#include "base/problem.h"

#include <stdbool.h>
#include <stddef.h>

enum { PATTERN_BYTES = 500, PATTERN_NODES = 200, PATTERN_DEPTH = 6, PATTERN_SLOT_WORDS = 8 };

enum pattern_kind {
    PATTERN_WORD,     /* text: as written */
    PATTERN_STEM,     /* text: any form of it */
    PATTERN_ANY,      /* no words or more */
    PATTERN_SLOT,     /* text: the slot's name */
    PATTERN_ONE_OF,   /* children: PATTERN_SEQUENCE */
    PATTERN_OPTIONAL, /* child: one PATTERN_SEQUENCE */
    PATTERN_SEQUENCE, /* children in their order */
};

struct pattern_node {
    enum pattern_kind kind;
    const char *text; /* NULL where the kind has none */
    const struct pattern_node *child, *next;
};

/* The root is a PATTERN_SEQUENCE. NULL with a problem that points at the sign in question (or without memory). */
const struct pattern_node *pattern_read(struct arena *, const char *file, int line, int column, const char *text,
                                        struct problems *);

#endif
