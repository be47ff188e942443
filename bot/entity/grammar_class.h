/* Classes of a pattern that code reads: numbers, days, years, hours, dates in digits. Private to grammar.c. */
#ifndef ENTITY_GRAMMAR_CLASS_H
#define ENTITY_GRAMMAR_CLASS_H

#include "entity/grammar.h"

/* Whether a piece begins a phrase of a class. */
bool grammar_begins(const struct grammar *, enum grammar_class, const struct piece *);
/* Reads a class at piece i into *c: its pieces, 0 = it is not there. */
size_t grammar_read_class(const struct grammar *, enum grammar_class, const struct pieces *, size_t i,
                          struct capture *c);
size_t grammar_list_class(const struct grammar *, enum grammar_class, const struct pieces *, size_t i,
                          struct capture *c);

#endif
