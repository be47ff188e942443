/* Value: what a name or a part of a condition comes to. Private to expression_value.c. Pure; threads: any. */
#ifndef CONTENT_VALUE_H
#define CONTENT_VALUE_H

#include "content/expression_node.h"

enum { VALUE_ROOM = 400 };

enum value_kind { VALUE_EMPTY, VALUE_TRUTH, VALUE_NUMBER, VALUE_DAY, VALUE_MOMENT, VALUE_TIME, VALUE_TEXT };

struct value {
    enum value_kind kind;
    double number;    /* also of dates (yyyymmdd), times (minutes) and moments (both) */
    char currency[4]; /* VALUE_NUMBER: of a sum, else "" */
    const char *text; /* as it was given; NULL for what was computed */
};

/* A text by its kind: "12.50 EUR" is a number, "2026-12-24" a day. NULL is empty. */
struct value value_of_text(const char *text);
/* Empty where it is none. */
struct value value_of_number(double);
struct value value_of_truth(bool);
/* The value as text; `room` holds what was computed. */
const char *value_text(const struct value *, char room[VALUE_ROOM]);

bool value_holds(const struct value *);
bool value_equal(const struct value *, const struct value *);
/* One of NODE_EQUAL … NODE_MORE_EQUAL. */
bool value_compares(enum expression_kind, const struct value *, const struct value *);

#endif
