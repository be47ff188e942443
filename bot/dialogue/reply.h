/* Reply: the outcomes that a turn can have, each filled in by one function. Private to this floor.
 * All return -1 only without memory. */
#ifndef DIALOGUE_REPLY_H
#define DIALOGUE_REPLY_H

#include "dialogue/talk.h"

enum { STEP_KEEPS_MAX = 16 };

/* One turn in the making. */
struct step {
    const struct view *view;
    const struct settings *settings;
    const struct heard *heard;
    struct arena *arena;
    struct understand_options reading; /* how texts are looked up */
    const char *lang;                  /* of the reply */
    struct outcome *out;
    struct outcome_option options[DIALOGUE_OPTIONS_MAX];
    struct talk talk;
    uint32_t lapsed;     /* the intent of a flow that is over since the last turn, or VIEW_NONE */
    bool answers_lapsed; /* what was said answers its question, and is no question of its own */
    bool picked;         /* words chose a button in this turn */
    bool left;           /* the talk is what an ended flow left for a person: it goes with this turn */
    struct variable keeps[STEP_KEEPS_MAX];
    size_t keep_count;
};

/* The pieces: appends blocks to what is said; one of the assistant's own sentences; an option (beyond
 * DIALOGUE_OPTIONS_MAX it is left out), also one in a card of what is said, 1 = the first, 0 = below all. Without a
 * block or an id they fail as without memory. */
int reply_say_blocks(struct step *, const struct block *);
int reply_say_key(struct step *, const char *key);
int reply_add_option(struct step *, const char *id, const char *title, float confidence);
int reply_add_button(struct step *, const char *id, const char *title, int card);

int reply_silent(struct step *);
/* An entry: an article's answer, or what an intent says and does. */
int reply_entry(struct step *, uint32_t entry, double confidence);
/* Several articles, each below its title. */
int reply_entries(struct step *, const uint32_t *entries, size_t count, double confidence);
/* One of the assistant's own sentences, without options. */
int reply_text(struct step *, enum outcome_kind, const char *key, bool fallback);
/* "Did you mean": candidates that were not shown yet, with what goes below them. -1 also counts as
 * no memory; *ret_shown = how many there were (0 = nothing was said). */
int reply_candidates(struct step *, const char *key, bool with_person, size_t *ret_shown);
/* A person is offered, or a message where nobody can come. `key` says why. */
int reply_offer_person(struct step *, const char *key, const char *why);
/* Hands over now, after `before` (what an intent says; NULL = "I'm calling a person"). */
int reply_hand_over(struct step *, const char *department, const char *why, const struct block *before);

/* What a pick of this option sends back. NULL without memory. */
const char *reply_option_id(struct arena *, enum option_kind, const char *target);
bool reply_was_shown(const struct dialogue_memory *, const char *id);
void reply_remember_shown(struct dialogue_memory *, const char *id);

#endif
