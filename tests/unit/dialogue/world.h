/* A small company and one talk with it, turn by turn: for tests of the dialogue. */
#ifndef TESTS_DIALOGUE_WORLD_H
#define TESTS_DIALOGUE_WORLD_H

#include "dialogue/dialogue.h"
#include "unit/edition/small_site.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { TURN_BYTES = 32 << 20 };

struct world {
    struct arena *arena, *turn;
    struct edition *edition;
    struct dialogue_memory memory;
    struct outcome out;
    struct heard heard;
};

/* `settings` is what sportello.yaml says, NULL = the small site's. */
static inline struct world *world_new(const char *settings)
{
    struct world *w = calloc(1, sizeof *w);
    w->arena = arena_new(TURN_BYTES);
    w->turn = arena_new(TURN_BYTES);
    w->edition = small_edition(w->arena, settings);
    assert_non_null(w->edition);
    w->heard = (struct heard){.lang = "it",
                              .help = {.open = true, .online = 2, .ranged = true, .wait_low = 130, .wait_high = 400}};
    return w;
}

static inline void world_free(struct world *w)
{
    edition_unpin(w->edition);
    arena_free(w->arena);
    arena_free(w->turn);
    free(w);
}

static inline const struct outcome *hear(struct world *w, enum heard_kind kind, const char *text)
{
    arena_reset(w->turn);
    w->heard.kind = kind;
    w->heard.text = text;
    assert_int_equal(dialogue_step(edition_view(w->edition), &w->memory, &w->heard, w->turn, &w->out), 0);
    w->memory = w->out.memory;
    return &w->out;
}

#endif
