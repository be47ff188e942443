/* Answer: what a visitor's words are to a question or an offer of the bot's, whatever was asked: yes, no, stop
 * this, not that but this, the second one, say it again.
 *
 * Read from entity/data/answers.LANG.txt; a language without a file has only digits and signs. Words are
 * compared folded, with politeness around them left out ("sì grazie", "no, thanks"). A text of which the signal is
 * only a part says so (`whole`): "no, il numero è AB-1234" is a correction whose rest is worth
 * reading, "sì ma quanto costa?" a yes that is not whole and may be a question of its own.
 * Limits: the first ENTITY_TEXT_BYTES of a text. Threads: any. */
#ifndef ENTITY_ANSWER_H
#define ENTITY_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

enum answer_kind {
    ANSWER_OTHER, /* none of these */
    ANSWER_YES,
    ANSWER_NO,
    ANSWER_CANCEL,     /* "lascia stare", "annulla", "never mind" */
    ANSWER_CORRECTION, /* "no, il numero è …", "anzi …", "I meant …" */
    ANSWER_ORDINAL,    /* "la seconda", "the last one", "2" */
    ANSWER_NONE_OF,    /* "nessuna di queste", "neither" */
    ANSWER_SKIP,       /* "non lo so", "non ce l'ho", "skip" */
    ANSWER_BACK,       /* "torna indietro", "go back" */
    ANSWER_REPEAT,     /* "come?", "non ho capito", "what did you ask?" */
    ANSWER_KINDS
};

struct answer {
    enum answer_kind kind;
    int ordinal; /* ANSWER_ORDINAL: 1 is the first, -1 the last, -2 the last but one */
    bool whole;  /* nothing else was said */
    size_t rest; /* bytes: where what follows the signal begins; the text's length where nothing does */
};

/* `lang` is the conversation's language. Always gives an answer. */
struct answer answer_signal(const char *lang, const char *text);

#endif
