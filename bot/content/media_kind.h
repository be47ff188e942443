/* What the readers of media share: one a kind, in a file of its own. For media*.c only. */
#ifndef CONTENT_MEDIA_KIND_H
#define CONTENT_MEDIA_KIND_H

#include "content/media.h"

#include <string.h>

/* A file, and how far it has been read. */
struct media_file {
    const unsigned char *bytes;
    size_t size;
    int64_t pixels; /* at most */
    struct buf *out;
    struct media *media;
};

static inline uint32_t media_big(const unsigned char *at, int count)
{
    uint32_t number = 0;
    for (int i = 0; i < count; i++)
        number = number << 8 | at[i];
    return number;
}

static inline uint32_t media_little(const unsigned char *at, int count)
{
    uint32_t number = 0;
    while (count-- > 0)
        number = number << 8 | at[count];
    return number;
}

static inline bool media_has(const struct media_file *f, size_t at, const char *what, size_t size)
{
    return f->size >= size && at <= f->size - size && memcmp(f->bytes + at, what, size) == 0;
}

/* Whether `size` bytes are there from `at` on. */
static inline bool media_there(const struct media_file *f, size_t at, size_t size)
{
    return at <= f->size && size <= f->size - at;
}

/* Copies a part as it is. */
static inline void media_copy(struct media_file *f, size_t at, size_t size)
{
    buf_add(f->out, f->bytes + at, size);
}

/* Takes over the sizes: MEDIA_GOOD, or why not. */
enum media_verdict media_sizes(struct media_file *, uint32_t width, uint32_t height);

/* Each is asked whether the bytes begin as its kind, then to write them anew. */
bool media_is_png(const struct media_file *);
enum media_verdict media_png(struct media_file *);
bool media_is_jpeg(const struct media_file *);
enum media_verdict media_jpeg(struct media_file *);
bool media_is_webp(const struct media_file *);
enum media_verdict media_webp(struct media_file *);
bool media_is_gif(const struct media_file *);
enum media_verdict media_gif(struct media_file *);
bool media_is_pdf(const struct media_file *);
enum media_verdict media_pdf(struct media_file *);

#endif
