/* Heads of pictures: see picture.h. */
#include "net/picture.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct file {
    const unsigned char *bytes;
    size_t size;
};

static uint32_t big(const unsigned char *at, int count)
{
    uint32_t number = 0;
    for (int i = 0; i < count; i++)
        number = number << 8 | at[i];
    return number;
}

static uint32_t little(const unsigned char *at, int count)
{
    uint32_t number = 0;
    while (count-- > 0)
        number = number << 8 | at[count];
    return number;
}

static bool has(const struct file *f, size_t at, const char *what, size_t size)
{
    return f->size >= at + size && memcmp(f->bytes + at, what, size) == 0;
}

/* The header chunk comes first. */
static bool png(const struct file *f, uint32_t *ret_width, uint32_t *ret_height)
{
    if (!has(f, 0, "\x89PNG\r\n\x1a\n", 8) || !has(f, 8, "\0\0\0\x0dIHDR", 8) || f->size < 33)
        return false;
    *ret_width = big(f->bytes + 16, 4);
    *ret_height = big(f->bytes + 20, 4);
    return true;
}

/* C0 to CF begin a frame, but for three that are something else. */
static bool begins_frame(unsigned char marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* Segments up to the first frame's; the sizes stand in that. */
static bool jpeg(const struct file *f, uint32_t *ret_width, uint32_t *ret_height)
{
    size_t at = 2;
    if (!has(f, 0, "\xff\xd8\xff", 3))
        return false;
    while (at + 9 <= f->size && f->bytes[at] == 0xff) {
        unsigned char marker = f->bytes[at + 1];
        size_t length = big(f->bytes + at + 2, 2);
        if (begins_frame(marker)) {
            *ret_height = big(f->bytes + at + 5, 2);
            *ret_width = big(f->bytes + at + 7, 2);
            return true;
        }
        if (marker == 0xff) { /* padding */
            at++;
            continue;
        }
        if (length < 2 || marker == 0xda || marker == 0xd9)
            return false;
        at += 2 + length;
    }
    return false;
}

/* Three kinds of first chunk, each with the sizes in a way of its own. */
static bool webp(const struct file *f, uint32_t *ret_width, uint32_t *ret_height)
{
    const unsigned char *b = f->bytes;
    if (!has(f, 0, "RIFF", 4) || f->size < 30)
        return false;
    if (has(f, 8, "WEBPVP8X", 8)) {
        *ret_width = little(b + 24, 3) + 1;
        *ret_height = little(b + 27, 3) + 1;
        return true;
    }
    if (has(f, 8, "WEBPVP8L", 8) && b[20] == 0x2f) {
        uint32_t bits = little(b + 21, 4);
        *ret_width = (bits & 0x3fff) + 1;
        *ret_height = (bits >> 14 & 0x3fff) + 1;
        return true;
    }
    if (has(f, 8, "WEBPVP8 ", 8) && has(f, 23, "\x9d\x01\x2a", 3)) {
        *ret_width = little(b + 26, 2) & 0x3fff;
        *ret_height = little(b + 28, 2) & 0x3fff;
        return true;
    }
    return false;
}

static const struct {
    const char *type;
    bool (*read)(const struct file *, uint32_t *ret_width, uint32_t *ret_height);
} kinds[] = {{"image/png", png}, {"image/jpeg", jpeg}, {"image/webp", webp}};

static bool fit(uint32_t side)
{
    return side >= 1 && side <= PICTURE_SIDE_MOST;
}

const char *picture_type(const void *bytes, size_t size, int *ret_width, int *ret_height)
{
    const struct file file = {bytes, size};
    uint32_t width, height;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!kinds[i].read(&file, &width, &height))
            continue;
        if (!fit(width) || !fit(height))
            return NULL;
        *ret_width = (int)width;
        *ret_height = (int)height;
        return kinds[i].type;
    }
    return NULL;
}
