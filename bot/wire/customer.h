/* Customer: what a service of the company's knows of a customer, for the card that agents see (docs/webhooks.md).
 *
 *   {"name":"Maria Rossi",
 *    "lines":[{"label":"Cliente dal","value":"2019"}],
 *    "orders":[{"id":"OL-204518","state":"spedito","date":"2027-03-01","url":"https://…"}],
 *    "notes":"…"}
 * Every member may be absent or null; others are ignored. A member of another kind, or over its ceiling, makes the
 * whole answer none: half a card would be a wrong one. An empty object, or an empty body, is a customer nobody knows.
 * Errors: -1 with *ret_why in words (a constant). Threads: any. */
#ifndef WIRE_CUSTOMER_H
#define WIRE_CUSTOMER_H

#include "base/arena.h"
#include "base/buf.h"

enum {
    CUSTOMER_ANSWER_BYTES = 64 << 10,
    CUSTOMER_LINES_MAX = 20,
    CUSTOMER_ORDERS_MAX = 20,
    CUSTOMER_NAME_BYTES = 200, /* of a name, a label, an order's id, state and date */
    CUSTOMER_VALUE_BYTES = 500,
    CUSTOMER_NOTES_BYTES = 4000,
    CUSTOMER_URL_BYTES = 1000,
    CUSTOMER_DEPTH_MAX = 8
};

struct customer_line {
    const char *label, *value;
};

struct customer_order {
    const char *id, *state, *date, *url; /* url: http or https, "" = none */
};

/* Texts lie in the arena; "" = not said. */
struct customer {
    const char *name, *notes;
    struct customer_line *lines;
    size_t line_count;
    struct customer_order *orders;
    size_t order_count;
};

int customer_read(const char *bytes, size_t size, struct arena *, struct customer *ret, const char **ret_why);
/* Whether there is anything in it. */
bool customer_known(const struct customer *);
/* Appends the object, absent members left out. -1 past the buffer's ceiling. */
int customer_write(const struct customer *, struct buf *out);

#endif
