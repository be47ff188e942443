/* Advance: how far a build is, in parts within parts. Each part tells shares of its own from 0 to 1; whoever asked for
 * the whole hears shares of the whole. Private to this floor. Threads: the builder's. */
#ifndef UNDERSTAND_ADVANCE_H
#define UNDERSTAND_ADVANCE_H

/* A part, a plain value: from where to where in the whole it goes. `hear` NULL = nobody listens. */
struct advance {
    void (*hear)(void *context, double share);
    void *context;
    double from, to;
};

/* The part of `whole` from its share `from` to `to`. */
struct advance advance_part(const struct advance *whole, double from, double to);
/* This part is so far, 0 … 1. */
void advance_tell(const struct advance *, double share);
/* The same for functions that take a listener: its context is the part. */
void advance_hear(void *part, double share);

#endif
