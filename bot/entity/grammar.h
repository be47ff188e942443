/* Grammar: how a language writes numbers, days, hours and answers, as tables of words and of patterns.
 *
 * Read once a process from entity/data/LANG.txt, whose head describes its form. A class is a list of words
 * (or of up to GRAMMAR_PHRASE words) with a number each; a rule is a pattern of words and classes
 * with what it means. Private to this floor. Threads: any. */
#ifndef ENTITY_GRAMMAR_H
#define ENTITY_GRAMMAR_H

#include "entity/pieces.h"

enum { GRAMMAR_PHRASE = 4 };

/* Classes that are lists in the file, then those that code reads. */
enum grammar_class {
    CLASS_NUMBER,
    CLASS_ORDINAL,
    CLASS_SUFFIX, /* what may be glued to a day: 24th, 1° */
    CLASS_WEEKDAY,
    CLASS_MONTH,
    CLASS_UNIT,
    CLASS_PART, /* of a day: enum grammar_part */
    CLASS_CURRENCY,
    CLASS_CENTS,
    CLASS_ELIDED, /* beginnings of compound numbers that are no words: "vent" */
    CLASS_SCALE,  /* words that multiply digits: "2 mila" */
    CLASS_AT,
    CLASS_DOT,
    CLASS_DOUBT,  /* number words that are more often something else: "un", "sei" */
    CLASS_FILLER, /* words that add nothing: "please", "about" */
    CLASS_LISTS,
    CLASS_N = CLASS_LISTS, /* any number */
    CLASS_COUNT,           /* a whole number up to 999 */
    CLASS_DAY,
    CLASS_YEAR,
    CLASS_HOUR,
    CLASS_MINUTE,
    CLASS_CLOCK,     /* 15:30, 15h30 */
    CLASS_POINT,     /* 15.30, 15,30 */
    CLASS_DATE,      /* 24/12, 24/12/2026, 24.12.2026, 2026-12-24 */
    CLASS_DAY_MONTH, /* 24.12, 24-12 */
    CLASS_ALL
};

enum grammar_part { PART_NONE, PART_MORNING, PART_NOON, PART_AFTERNOON, PART_EVENING, PART_NIGHT };

enum grammar_unit { UNIT_NONE, UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR, UNIT_HOUR, UNIT_MINUTE };

enum grammar_section {
    RULES_NUMBER,
    RULES_DATE,
    RULES_TIME,
    RULES_MONEY,
    RULES_YES,
    RULES_NO,
    RULES_CANCEL,
    RULES_CORRECTION,
    RULES_ORDINAL,
    RULES_NONE_OF,
    RULES_SKIP,
    RULES_BACK,
    RULES_REPEAT,
    RULES_POLITE,
    RULES_ALL
};

enum grammar_op {
    OP_PLAIN,        /* sections where the section says it all */
    OP_TIMES,        /* n × argument */
    OP_PLUS,         /* n + argument hundredths */
    OP_MINUS,        /* -n */
    OP_OFFSET,       /* today + argument */
    OP_AHEAD,        /* now + count × unit (× argument) */
    OP_AGO,          /* now - count × unit */
    OP_WEEKDAY,      /* coming */
    OP_WEEKDAY_LAST, /* the last before today */
    OP_WEEKDAY_THIS, /* today counts */
    OP_WEEKDAY_NEXT, /* of next week */
    OP_ON,           /* the day, month, year and weekday that were read */
    OP_MONTH_END,    /* the last day of this month */
    OP_HOUR,         /* hour and minute that were read, + argument minutes */
    OP_TO,           /* hour - minute */
    OP_CLOCK,        /* argument: minutes after midnight */
    OP_PART,         /* a part of the day alone */
    OP_AMOUNT,       /* n and currency */
    OP_CENTS,        /* n hundredths of the default currency */
    OP_ANYWHERE,     /* answers: also in the middle of a text */
    OP_NTH,          /* answers: the ordinal or number that was read */
    OP_FROM_END,     /* answers: -argument */
    OP_ALL
};

/* What a pattern's classes read. */
struct capture {
    double n, m; /* the first number, the second (cents) */
    int numbers, decimals;
    int day, month, year, weekday, unit, part, hour, minute;
    bool late;       /* the hour cannot mean the afternoon: 03:00, 15 */
    bool impossible; /* a number that no day or hour has */
    int currency;    /* three letters, packed by grammar_pack; 0 = none */
};

struct grammar_match {
    enum grammar_op op;
    int argument;
    bool weak;   /* worth something only where it was asked for */
    size_t used; /* pieces */
    size_t rest; /* pieces before the mark `/` of the pattern, or `used` */
    struct capture c;
};

struct grammar;

/* A language's grammar; of a language without a file one with no words. Lives as long as the program. */
const struct grammar *grammar_of(const char *lang);
/* Its decimal sign, '.' or ','. */
char grammar_decimal(const struct grammar *);
/* The longest rule of a section that matches at piece i. */
bool grammar_match(const struct grammar *, enum grammar_section, const struct pieces *, size_t i, bool weak,
                   struct grammar_match *ret);
/* Whether a section has a rule of OP_ANYWHERE. */
bool grammar_inside(const struct grammar *, enum grammar_section);
/* The longest phrase of a class at piece i: its pieces, 0 = none. */
size_t grammar_class_at(const struct grammar *, enum grammar_class, const struct pieces *, size_t i, int *ret_value);
/* A number at piece i, in digits or words: its pieces, 0 = none. */
struct numeral {
    double value;
    int decimals;
    bool digits; /* not in words */
};
size_t grammar_numeral(const struct grammar *, const struct pieces *, size_t i, struct numeral *ret);
/* The first phrase of a class with this value, as it stands in the file, or NULL; *ret_size bytes of it. */
const char *grammar_name(const struct grammar *, enum grammar_class, int value, size_t *ret_size);
/* "EUR" as a number and back (ret: 4 bytes). */
int grammar_pack(const char *code);
void grammar_unpack(int packed, char *ret);

#endif
