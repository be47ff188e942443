/* Speak: a text becomes sound and the list of what is heard when, by eSpeak NG. One at a time, one thread. */
#ifndef VOICE_SPEAK_H
#define VOICE_SPEAK_H

#include "request.h"

#include <stdint.h>

enum { SPEECH_SECONDS = 120, SPEECH_EVENT_BYTES = 512 * 1024 };

struct speech {
    char *events; /* lines as PROTOCOL says */
    size_t events_size;
    int16_t *samples; /* mono */
    size_t samples_count, samples_room;
    int samples_a_second;
    int length; /* ms */
    bool sound, failed;
};

/* 0, or -1 where eSpeak NG's data cannot be found. Once a process. */
int speak_begin(struct speech *ret);
/* Speaks; the speech keeps its memory from one request to the next. NULL, or why it cannot. */
const char *speak(const struct request *, struct speech *);
void speak_end(struct speech *);

#endif
