/* Entity: values of a kind that a visitor's words contain: a date, an order's number, a choice.
 *
 * An entity is compiled once from what an editor asks for, then reads any number of texts. Two ways
 * of reading: entity_read takes the text as the answer to a question that was just asked, so that
 * "15" is an hour where an hour was asked for; entity_find looks for values in a sentence that
 * nobody asked for and wants evidence ("alle 15", "15:30").
 * Good for: words as people type them on phones: without accents and capitals, digits or words,
 * one slip in a choice. Not for: understanding a sentence ("not on Monday" gives Monday).
 * Languages: "it" and "en"; in any other only what needs no words is read (24/12/2026, 15:30, 12.50).
 * Limits: of a text only the first ENTITY_TEXT_BYTES are read; the time it takes is proportional to
 * its length, and an editor's expression ends at a limit, as if it did not match. Broken UTF-8 is
 * no value. Nothing here asks for the time of day: "now" is given.
 * Errors: without memory (an arena at its ceiling) nothing is found. Threads: any; an entity does not
 * change once made. */
#ifndef ENTITY_ENTITY_H
#define ENTITY_ENTITY_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    ENTITY_TEXT_BYTES = 4096,
    ENTITY_CHOICES_MAX = 200,  /* choices of an entity */
    ENTITY_SYNONYMS_MAX = 100, /* of a choice */
    ENTITY_MATCH_BYTES = 1000, /* of an expression */
    ENTITY_WHY_BYTES = 200
};

enum entity_type {
    ENTITY_TEXT,   /* the answer itself, without spaces at its ends; entity_find never finds it */
    ENTITY_NUMBER, /* "12.5", "-3", "1000000": at most 6 decimals, a full stop before them */
    ENTITY_DATE,   /* "2026-12-24", a day that exists */
    ENTITY_TIME,   /* "15:00" */
    ENTITY_MOMENT, /* "2026-12-24T15:00" */
    ENTITY_MONEY,  /* "12.50 EUR": two decimals, ISO 4217 */
    ENTITY_EMAIL,  /* "maria.rossi@example.com": its domain in small letters */
    ENTITY_PHONE,  /* "+390612345678": E.164 */
    ENTITY_REGEX,  /* what the expression matched, in the spelling that matched (see `match`) */
    ENTITY_CHOICE, /* the choice's `value` */
    ENTITY_YES_NO, /* "yes" or "no"; entity_find never finds it */
    ENTITY_TYPES
};

struct entity_choice {
    const char *value;           /* itself one of its synonyms */
    const char *const *synonyms; /* compared folded and by stems, whole words */
    size_t synonym_count;
};

/* What an editor asks for. What a type does not use is ignored. */
struct entity_spec {
    enum entity_type type;
    /* ENTITY_REGEX: PCRE2, case-blind, at the bounds of words. It is tried on the text as it was written, then
     * in capitals, then with spaces, hyphens, dots and slashes between letters and digits left out or
     * made one hyphen: "[A-Z]{2}-[0-9]{4}" reads "ab 1234" and gives "AB-1234". */
    const char *match;
    const struct entity_choice *choices; /* ENTITY_CHOICE */
    size_t choice_count;
    /* Bounds, both included: of a number or an amount; of a date or moment in days from today (0 = today);
     * of a time in minutes after midnight (of a moment, too, where `clock` is set: then in place of days). */
    bool has_low, has_high, clock;
    double low, high;
    /* Dates and moments: which way "Monday" and "24/12" point, and what is refused. `future`: the next one, and a
     * day before today (a moment before now) is refused as "past"; `past`: the last one, and a later one is
     * refused as "future". Neither: a weekday is the coming one, a day without a year the nearest,
     * nothing is refused. A weekday named on that very day is the one a week away. */
    bool future, past;
    bool whole;           /* ENTITY_NUMBER: no decimals */
    size_t shortest;      /* ENTITY_TEXT: characters, 0 = one */
    size_t longest;       /* ENTITY_TEXT: characters, 0 = as many as there are */
    const char *country;  /* ENTITY_PHONE: calling code of numbers that give none; NULL = "39" */
    const char *currency; /* ENTITY_MONEY: of amounts that name none; NULL = "EUR" */
};

struct entity;

/* Compiles; everything is copied. NULL where the spec cannot be: ret_why (ENTITY_WHY_BYTES) then says it in
 * words for editors: "the expression breaks off at character 7: missing closing parenthesis". */
struct entity *entity_new(const struct entity_spec *, const char *lang, char *ret_why);
void entity_free(struct entity *);
enum entity_type entity_type_of(const struct entity *);

/* The type by its name in editors' files ("text", "number", "date", "time", "moment", "money", "email", "phone",
 * "regex", "choice", "yes_no"), or ENTITY_TYPES. */
enum entity_type entity_type_named(const char *name);
const char *entity_type_name(enum entity_type);

/* The civil time where the visitor is served. */
struct entity_now {
    int year, month, day, hour, minute; /* month and day from 1 */
};

struct entity_found {
    size_t at, size;   /* bytes of the text, at the bounds of characters */
    const char *value; /* as the types above say; in the arena, or as long as the entity */
    double certainty;  /* 0–1: 1 where it can be nothing else, lower for a slip or a lone number */
};

enum entity_outcome {
    ENTITY_NONE,   /* nothing of the kind */
    ENTITY_FOUND,  /* */
    ENTITY_REFUSED /* something of the kind that will not do: the reason says why */
};

/* Reasons, as keys: "past", "future" (a day or moment on the wrong side of now), "low", "high" (beyond the bounds),
 * "long", "short" (text), "impossible" (31 February, 25:70, a telephone number of 4 digits), "decimals" (a whole number
 * was asked for), "several" (two choices at once), "secret" (a card's number or an IBAN where a telephone's was asked
 * for). */

/* Reads the answer to a question: the value alone or a sentence around it, the surest, of equals the first. Found and
 * refused fill *ret (refused: what was refused); *ret_why is NULL or a reason. */
enum entity_outcome entity_read(const struct entity *, const char *text, const struct entity_now *, struct arena *,
                                struct entity_found *ret, const char **ret_why);

/* All values in a text that nobody asked for, left to right, not overlapping, at most `most`. What would be refused is
 * left out. Returns how many. */
size_t entity_find(const struct entity *, const char *text, const struct entity_now *, struct arena *,
                   struct entity_found *ret, size_t most);

/* How a value is said to a visitor: "giovedì 24 dicembre 2026 alle 15", "12,50 €", "sì". A value that is none of the
 * type's is given back as it is. NULL without memory. */
const char *entity_say(enum entity_type, const char *value, const char *lang, struct arena *);

#endif
