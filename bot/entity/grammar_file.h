/* Grammar file: what entity/data/LANG.txt says, read into tables. Private to grammar.c, which walks them.
 *
 * The file is part of the program: a mistake in it is found by the tests (grammar_mistake), not reported. */
#ifndef ENTITY_GRAMMAR_FILE_H
#define ENTITY_GRAMMAR_FILE_H

#include "entity/grammar.h"

enum {
    GRAMMAR_SECTION_RULES = 64, /* rules of a section: one bit each */
    GRAMMAR_ELEMENTS = 12,      /* of a pattern */
    GRAMMAR_SLOTS = 4096,
    GRAMMAR_WORDS = 2048, /* phrases of all classes */
    GRAMMAR_RULES = 512,
    GRAMMAR_POOL = 4096
};

/* One place of a pattern: a class, or any of some words. */
struct grammar_element {
    bool optional, mark;
    int class; /* -1 = words */
    size_t first, count;
};

struct grammar_rule {
    enum grammar_op op;
    int argument;
    bool weak;
    size_t count;
    struct grammar_element elements[GRAMMAR_ELEMENTS];
};

struct grammar_phrase {
    uint64_t hash;
    int class, value;
    const char *name;
    size_t name_size;
};

struct grammar {
    char lang[8];
    char decimal;
    const char *mistake; /* the first line of the file that is not understood, or NULL */
    uint64_t pool[GRAMMAR_POOL];
    size_t pool_count;
    struct grammar_phrase phrases[GRAMMAR_WORDS];
    size_t phrase_count;
    uint16_t slots[GRAMMAR_SLOTS]; /* of phrases, by hash of class and words: index + 1 */
    struct grammar_rule rules[GRAMMAR_RULES];
    size_t rule_count;
    size_t first_rule[RULES_ALL + 1]; /* of each section, in the order of the enum */
    /* Which words begin a rule of a section, and which a class at all. */
    struct {
        uint64_t hash;
        uint64_t rules[RULES_ALL];
        uint32_t classes;
    } starts[GRAMMAR_SLOTS];
    size_t start_count;
    bool inside[RULES_ALL];           /* sections with a rule of OP_ANYWHERE */
    uint64_t and;                     /* the word between hundreds and units */
    uint32_t number_letters[26];      /* the two first letters of number words: one bit a second letter */
    uint64_t digit_rules[RULES_ALL];  /* rules that digits may begin */
    uint64_t number_rules[RULES_ALL]; /* rules that a number in words may begin */
};

/* Reads a file's text. NULL without memory. */
struct grammar *grammar_read(const char *lang, const char *text);
/* The row of `starts` for a word, or NULL. */
uint64_t grammar_start_rules(const struct grammar *, enum grammar_section, const struct piece *);
/* The phrase of a class, or NULL. */
const struct grammar_phrase *grammar_phrase_of(const struct grammar *, int class, uint64_t hash);
/* The hash of several words: of one it is the word's own. */
uint64_t grammar_join(uint64_t hash, uint64_t next);
/* The first line of a language's file that is not understood, or NULL. */
const char *grammar_mistake(const char *lang);

#endif
