/* WebP: the chunks of a RIFF file that show something are kept; EXIF, XMP and unknown ones stay behind. */
#include "content/media_kind.h"

enum { RIFF_HEAD = 12, HEAD = 8, X_SIZE = 10, FRAME_HEAD = 16, FLAG_EXIF = 0x08, FLAG_XMP = 0x04 };

bool media_is_webp(const struct media_file *f)
{
    return media_has(f, 0, "RIFF", 4) && media_has(f, 8, "WEBP", 4);
}

/* A chunk's data, within the file. */
struct chunk {
    const unsigned char *name;
    size_t at, size; /* of the data */
    size_t whole;    /* with head and padding */
};

static bool next_chunk(const struct media_file *f, size_t at, size_t end, struct chunk *ret)
{
    if (end - at < HEAD)
        return false;
    size_t size = media_little(f->bytes + at + 4, 4);
    if (size > end - at - HEAD)
        return false;
    size_t padded = size + (size & 1);
    /* The padding of the last chunk is sometimes missing. */
    *ret = (struct chunk){f->bytes + at, at + HEAD, size, HEAD + (padded > end - at - HEAD ? size : padded)};
    return true;
}

static bool is(const struct chunk *c, const char *name)
{
    return memcmp(c->name, name, 4) == 0;
}

static enum media_verdict coded_sizes(const struct media_file *f, const struct chunk *c, uint32_t *ret_width,
                                      uint32_t *ret_height)
{
    const unsigned char *b = f->bytes + c->at;
    if (is(c, "VP8L") && c->size >= 5 && b[0] == 0x2f) {
        uint32_t bits = media_little(b + 1, 4);
        *ret_width = (bits & 0x3fff) + 1;
        *ret_height = (bits >> 14 & 0x3fff) + 1;
        return MEDIA_GOOD;
    }
    if (is(c, "VP8 ") && c->size >= 10 && memcmp(b + 3, "\x9d\x01\x2a", 3) == 0) {
        *ret_width = media_little(b + 6, 2) & 0x3fff;
        *ret_height = media_little(b + 8, 2) & 0x3fff;
        return MEDIA_GOOD;
    }
    return MEDIA_DAMAGED;
}

/* A coded picture: the file's own, or one within the canvas that came before. */
static enum media_verdict coded(struct media_file *f, const struct chunk *c)
{
    uint32_t width, height;
    enum media_verdict verdict = coded_sizes(f, c, &width, &height);
    if (verdict != MEDIA_GOOD)
        return verdict;
    if (f->media->width == 0)
        return media_sizes(f, width, height);
    bool within = width <= (uint32_t)f->media->width && height <= (uint32_t)f->media->height;
    return within ? MEDIA_GOOD : MEDIA_DAMAGED;
}

/* A frame of an animation: only what is known may be in it. */
static enum media_verdict frame(struct media_file *f, const struct chunk *c)
{
    struct chunk part;
    enum media_verdict verdict = c->size >= FRAME_HEAD ? MEDIA_GOOD : MEDIA_DAMAGED;
    size_t at = c->at + FRAME_HEAD, end = c->at + c->size;
    while (verdict == MEDIA_GOOD && at < end) {
        if (!next_chunk(f, at, end, &part))
            return MEDIA_DAMAGED;
        if (!is(&part, "ALPH"))
            verdict = coded(f, &part);
        at += part.whole;
    }
    return verdict;
}

static void put_chunk(struct media_file *f, const struct chunk *c)
{
    media_copy(f, c->at - HEAD, HEAD + c->size);
    if ((c->size & 1) != 0)
        buf_putc(f->out, '\0');
}

static enum media_verdict canvas(struct media_file *f, const struct chunk *c)
{
    const unsigned char *b = f->bytes + c->at;
    if (c->size != X_SIZE)
        return MEDIA_DAMAGED;
    put_chunk(f, c);
    if (!f->out->failed)
        f->out->data[f->out->size - X_SIZE] &= (char)~(FLAG_EXIF | FLAG_XMP);
    return media_sizes(f, media_little(b + 4, 3) + 1, media_little(b + 7, 3) + 1);
}

/* What the chunk is worth: kept or left, good or not. */
static enum media_verdict take(struct media_file *f, const struct chunk *c, int *frames, bool *shown)
{
    enum media_verdict verdict = MEDIA_GOOD;
    if (is(c, "VP8 ") || is(c, "VP8L"))
        verdict = coded(f, c);
    else if (is(c, "ANMF"))
        verdict = (*frames)++ < MEDIA_FRAMES_MOST ? frame(f, c) : MEDIA_DAMAGED;
    else if (!is(c, "ICCP") && !is(c, "ANIM") && !is(c, "ALPH"))
        return MEDIA_GOOD;
    else {
        put_chunk(f, c);
        return MEDIA_GOOD;
    }
    *shown = true;
    if (verdict == MEDIA_GOOD)
        put_chunk(f, c);
    return verdict;
}

enum media_verdict media_webp(struct media_file *f)
{
    size_t at = RIFF_HEAD, told = media_little(f->bytes + 4, 4);
    if (told < 4 || told > f->size - HEAD)
        return MEDIA_DAMAGED;
    size_t end = HEAD + told; /* what stands behind is no part of it */
    struct chunk c;
    int frames = 0;
    bool shown = false;
    enum media_verdict verdict = MEDIA_GOOD;
    media_copy(f, 0, RIFF_HEAD);
    while (verdict == MEDIA_GOOD && end > at) {
        if (!next_chunk(f, at, end, &c))
            return MEDIA_DAMAGED;
        if (is(&c, "VP8X"))
            verdict = at == RIFF_HEAD ? canvas(f, &c) : MEDIA_DAMAGED;
        else
            verdict = take(f, &c, &frames, &shown);
        at += c.whole;
    }
    if (verdict != MEDIA_GOOD || !shown)
        return verdict != MEDIA_GOOD ? verdict : MEDIA_DAMAGED;
    uint32_t size = (uint32_t)(f->out->size - HEAD);
    for (int i = 0; !f->out->failed && i < 4; i++)
        f->out->data[4 + i] = (char)(size >> 8 * i);
    return MEDIA_GOOD;
}
