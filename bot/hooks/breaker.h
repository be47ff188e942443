/* Breaker: stops asking a server that keeps failing, for a while, and then asks once to see.
 *
 * Good for: not making each visitor wait for a server that is down. A plain value; all zero but the two limits is
 * a closed breaker. Time in milliseconds is passed in. Threads: one at a time. */
#ifndef HOOKS_BREAKER_H
#define HOOKS_BREAKER_H

#include <stdbool.h>
#include <stdint.h>

struct breaker {
    int most;     /* failures in a row that open it */
    int pause_ms; /* for which nothing is asked then */
    int failures; /* in a row */
    bool open, trying;
    int64_t until_ms;
    uint64_t opened; /* times */
};

enum breaker_change { BREAKER_SAME, BREAKER_OPENED, BREAKER_CLOSED };

/* Whether to ask now. After the pause one caller is let through; its outcome decides. Who is let through must
 * call breaker_note, or breaker_forget where no outcome was had. */
bool breaker_allows(struct breaker *, int64_t now_ms);
/* An outcome. A failed try after a pause begins the next pause without being told as a change. */
enum breaker_change breaker_note(struct breaker *, int64_t now_ms, bool good);
void breaker_forget(struct breaker *);

#endif
