/* Request: what is asked on stdin (PROTOCOL), read with a ceiling for everything. */
#ifndef VOICE_REQUEST_H
#define VOICE_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum {
    REQUEST_TEXT_BYTES = 16384,
    REQUEST_VOICE_BYTES = 40,
    REQUEST_RATE_LEAST = 80,
    REQUEST_RATE_MOST = 450,
    REQUEST_PITCH_MOST = 99
};

enum request_wish { REQUEST_EVENTS, REQUEST_WAV, REQUEST_OPUS }; /* sound comes with the events */

struct request {
    enum request_wish wish;
    char voice[REQUEST_VOICE_BYTES + 1];
    int rate, pitch;
    size_t size;
    char text[REQUEST_TEXT_BYTES + 1]; /* UTF-8 that is well formed, without control characters; NUL-terminated */
};

enum request_end { REQUEST_READ, REQUEST_OVER, REQUEST_BROKEN };

/* The next request. OVER: there is none. BROKEN: the header or the text is not what PROTOCOL says, *ret_why tells. */
enum request_end request_read(FILE *, struct request *ret, const char **ret_why);

#endif
