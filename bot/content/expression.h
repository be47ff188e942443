/* Expression: the conditions of intents, a small language without side effects.
 *
 *     numero                        given and neither empty, "false", "no" nor 0
 *     o.stato == "spedito"          == != < <= > >= : numbers, dates and times by value, other texts as texts,
 *     importo >= 70 and not estero     blind to case and accents
 *     citta in ["Torino", "Asti"]   one of these
 *     note contains "urgente"
 *     length(testo) > 20            letters of a text
 *     count(o.righe)                elements of a list that a webhook gave
 *     empty(numero)                 the opposite of the name alone, also for 0 and "no"
 * `and`, `or`, `not` and brackets; + - * / between numbers. Italian words are not keywords: one language is
 * enough to learn. A name is letters, digits, `_`, `-` and dots ("o.cliente.nome", "visitor.name", "now.hour");
 * `-` within a name is part of it, between spaces it is minus. A name that nobody set is empty: comparing it
 * with anything but "" is false, also with !=. Sums count by their number ("12.50 EUR" is 12.5), but not beside a
 * sum of another currency; of a date and a moment only the day is compared. Arithmetic with what is no number, and
 * a division by 0, is empty.
 * Limits: EXPRESSION_BYTES, EXPRESSION_DEPTH, and EXPRESSION_STEPS nodes looked at in one evaluation.
 * Memory: in the arena. Threads: any, once read. */
#ifndef CONTENT_EXPRESSION_H
#define CONTENT_EXPRESSION_H

#include "base/arena.h"
#include "base/problem.h"

#include <stdbool.h>
#include <stddef.h>

enum { EXPRESSION_BYTES = 1000, EXPRESSION_DEPTH = 16, EXPRESSION_STEPS = 1000, EXPRESSION_NAME_BYTES = 96 };

struct expression;

/* NULL with a problem that points at the sign in question (or without memory). `line` and `column` are where the
 * text begins in the file. */
const struct expression *expression_read(struct arena *, const char *file, int line, int column, const char *text,
                                         struct problems *);

/* The value of a name, "" or NULL where it has none. Strings must last for the evaluation. count(NAME) asks for
 * "NAME.count" and, where that has no value, counts NAME.1, NAME.2 … up to the first without one. */
typedef const char *expression_lookup(void *context, const char *name);

/* Whether it holds. Past its ceilings it does not. */
bool expression_holds(const struct expression *, expression_lookup *, void *context);
/* Its value as text, in the arena: "true" and "false" for conditions, numbers as one would write them ("12.5").
 * NULL without memory. */
const char *expression_value(const struct expression *, expression_lookup *, void *context, struct arena *);

/* True for the words of the language ("and", "length" …), which can be no names. */
bool expression_is_word(const char *name);
/* Each name it mentions, for the checker. */
void expression_names(const struct expression *, void (*each)(void *context, const char *name), void *context);

#endif
