/* Ogg: samples as Ogg Opus, by libopusenc (BSD), where this program was built with it. The container says which samples
 * at the beginning and the end are none of the speech (pre-skip, end trimming), so that what is decoded is as long as
 * what was given, and the times of the sounds fit it. One at a time, one thread. */
#ifndef VOICE_OGG_H
#define VOICE_OGG_H

#include <stddef.h>
#include <stdint.h>

enum { OGG_BITS_A_SECOND = 24000, OGG_BYTES_MOST = 4 * 1024 * 1024 };

/* Whether ogg_write can do anything. */
int ogg_is_there(void);
/* Mono. 0 and the bytes, which are the caller's to free, or -1. The same samples give the same bytes. */
int ogg_write(const int16_t *samples, size_t count, int samples_a_second, unsigned char **ret_bytes, size_t *ret_size);

#endif
