/* Sound: what the assistant said, to be heard: GET /voice/ID.wav; /voice/ID, which is Ogg Opus where the request's
 * Accept names audio/ogg and Opus is to be had, else WAV; and /voice/ID.track, when each sound of it comes. The id is
 * the one that a message carried. For pages on any site. Private to net/. Threads: the loop. */
#ifndef NET_SOUND_H
#define NET_SOUND_H

#include "net/http.h"

/* Whether what follows "/voice/" may be an answer's. */
bool sound_is(const char *rest);
/* The callback's result; turn->rest says which. */
int sound_serve(struct turn *);

#endif
