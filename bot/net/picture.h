/* Picture: what a picture that somebody sent really is.
 *
 * Good for: serving it again as what it is and nothing else. Reads the head of PNG, JPEG and WebP files; what stands
 * behind is left to the visitors' browsers. Errors: NULL. Threads: any. */
#ifndef NET_PICTURE_H
#define NET_PICTURE_H

#include <stddef.h>

enum { PICTURE_SIDE_MOST = 1024 };

/* The media type ("image/png") of a picture from 1 to PICTURE_SIDE_MOST a side; NULL for all else. */
const char *picture_type(const void *bytes, size_t size, int *ret_width, int *ret_height);

#endif
