/* Viseme: from the phonemes that a voice speaks to the shapes of a mouth, and to a track of them.
 *
 * A track is a text: two characters a shape, first a–o for the 15 OVR visemes (sil PP FF TH DD kk CH SS nn RR aa E ih
 * oh ou), then how long it lasts, in hundredths of a second, as one digit of base 36; what lasts longer stands twice.
 * Begins are rounded to the hundredth and never drift. Which phoneme has which shape stands in data/visemes. Errors: -1
 * for events that are not what voice/PROTOCOL says. Limits: VISEME_TRACK_BYTES. Threads: any. */
#ifndef TEXT_VISEME_H
#define TEXT_VISEME_H

#include "base/buf.h"

enum { VISEME_COUNT = 15, VISEME_TRACK_BYTES = 8000, VISEME_MS_MOST = 600000 };

/* The shapes of a phoneme, one or two: how many. 0 = it has none of its own, or it is not known. */
int viseme_of(const char *phoneme, size_t size, unsigned char ret[2]);
/* Appends the track of what is heard: lines "MS p PHONEME" and others, in order of time; `length` of it all in ms. A
 * track longer than VISEME_TRACK_BYTES ends there. */
int viseme_track(const char *events, size_t size, int length, struct buf *out);

#endif
