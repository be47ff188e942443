/* Kinds: the readers of the single types, each a function that looks at one place of a text. Private to this floor.
 * Threads: any. */
#ifndef ENTITY_KINDS_H
#define ENTITY_KINDS_H

#include "entity/entity.h"
#include "entity/grammar.h"

/* One text being read for one entity. */
struct reading {
    const struct entity *entity;
    const struct entity_spec *spec;
    const struct grammar *grammar;
    const char *lang;
    struct pieces pieces;
    const struct entity_now *now;
    struct arena *arena;
    bool asked; /* the text answers a question */
};

/* What a reader found. */
struct hit {
    size_t at, size; /* bytes of the text; 0, 0 where the pieces below say it */
    size_t used;     /* pieces */
    const char *value;
    double certainty;
    const char *why; /* NULL, or why it will not do */
};

/* Looks for a value that begins at piece i. */
typedef bool kind_reader(const struct reading *, size_t i, struct hit *ret);
kind_reader number_at, date_at, time_at, moment_at, money_at, email_at, phone_at, regex_at, choice_at;
/* The whole text at once, for what is only ever an answer. */
bool text_read(const struct reading *, struct hit *ret);
bool yes_no_read(const struct reading *, struct hit *ret);

/* Whether all but `used` pieces at i are signs and words that add nothing: a lone number is then an answer. */
bool kind_alone(const struct reading *, size_t i, size_t used);
/* Whether a rule of another section, one that needs no asking, has piece i: "alle 15" is no day, "il 15" no hour. */
bool kind_covered(const struct reading *, enum grammar_section, size_t i);
/* "low", "high" or NULL. */
const char *kind_bounds(const struct entity_spec *, double value);
/* A number as values have it: "12.5". In the arena. */
const char *kind_number(struct arena *, double value);

/* A day that a rule means: date.c's part that moments need. `part` is of the day (grammar_part). */
struct day_hit {
    long day;
    int part;
    size_t used;
    double certainty;
    bool bare; /* only a number stood there */
    const char *why;
};
bool date_read(const struct reading *, size_t i, bool weak, struct day_hit *ret);
/* The reason against a day, or NULL. */
const char *date_refusal(const struct reading *, long day);

/* An hour: minutes after midnight, from -inf … +inf where it counts from now. */
struct hour_hit {
    long minutes;
    int part;
    bool open; /* may as well be 12 hours later */
    bool relative, part_alone;
    size_t used;
    double certainty;
    const char *why;
};
bool time_read(const struct reading *, size_t i, bool weak, struct hour_hit *ret);
/* Settles an open hour by a part of the day (PART_NONE: by the bounds and what is usual in shops). */
long time_settle(const struct reading *, const struct hour_hit *, int part);

/* Compiled parts of entities: NULL with the reason in ret_why. */
struct regex *regex_new(const char *match, char *ret_why);
void regex_free(struct regex *);
/* False where the text cannot hold a match, known without searching. */
bool regex_may(const struct regex *, const char *text, size_t size);
const struct regex *entity_regex(const struct entity *);
struct choices *choices_new(const struct entity_spec *, const char *lang, char *ret_why);
void choices_free(struct choices *);
const struct choices *entity_choices(const struct entity *);

#endif
