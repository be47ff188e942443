/* PNG, still or animated: chunks that show something are kept, each with the check sum it came with. */
#include "content/media_kind.h"

enum { SIGNATURE = 8, HEAD = 8, SUM = 4, IHDR_SIZE = 13 };

bool media_is_png(const struct media_file *f)
{
    return media_has(f, 0, "\x89PNG\r\n\x1a\n", SIGNATURE);
}

/* Texts, times, EXIF and whatever is not in this list stay behind. */
static bool kept(const unsigned char *name)
{
    static const char *const names[] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB",
                                        "iCCP", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (memcmp(name, names[i], 4) == 0)
            return true;
    }
    return false;
}

/* As the format defines it; a table of 256 would be faster than anybody needs. */
static uint32_t check_sum(const unsigned char *at, size_t size)
{
    static const uint32_t nibbles[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
                                         0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
                                         0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
    uint32_t sum = 0xffffffff;
    for (size_t i = 0; i < size; i++) {
        sum = nibbles[(sum ^ at[i]) & 15] ^ sum >> 4;
        sum = nibbles[(sum ^ at[i] >> 4) & 15] ^ sum >> 4;
    }
    return ~sum;
}

/* A frame of an animation lies within the picture. */
static bool frame_fits(const struct media_file *f, const unsigned char *data, size_t size)
{
    if (size != 26)
        return false;
    uint64_t right = (uint64_t)media_big(data + 4, 4) + media_big(data + 12, 4);
    uint64_t bottom = (uint64_t)media_big(data + 8, 4) + media_big(data + 16, 4);
    return right <= (uint64_t)f->media->width && bottom <= (uint64_t)f->media->height;
}

enum media_verdict media_png(struct media_file *f)
{
    size_t at = SIGNATURE;
    int frames = 0;
    bool data = false;
    media_copy(f, 0, SIGNATURE);
    while (media_there(f, at, HEAD + SUM)) {
        const unsigned char *head = f->bytes + at, *name = head + 4;
        size_t size = media_big(head, 4);
        bool first = at == SIGNATURE;
        if (size > INT32_MAX || !media_there(f, at, HEAD + size + SUM) || first != (memcmp(name, "IHDR", 4) == 0))
            return MEDIA_DAMAGED;
        if (first) {
            enum media_verdict verdict = size != IHDR_SIZE
                                             ? MEDIA_DAMAGED
                                             : media_sizes(f, media_big(head + HEAD, 4), media_big(head + HEAD + 4, 4));
            if (verdict != MEDIA_GOOD)
                return verdict;
        }
        if (memcmp(name, "fcTL", 4) == 0 && (frames++ == MEDIA_FRAMES_MOST || !frame_fits(f, head + HEAD, size)))
            return MEDIA_DAMAGED;
        if (kept(name)) {
            if (check_sum(name, 4 + size) != media_big(head + HEAD + size, SUM))
                return MEDIA_DAMAGED;
            media_copy(f, at, HEAD + size + SUM);
        }
        data = data || memcmp(name, "IDAT", 4) == 0;
        if (memcmp(name, "IEND", 4) == 0)
            return data ? MEDIA_GOOD : MEDIA_DAMAGED;
        at += HEAD + size + SUM;
    }
    return MEDIA_DAMAGED;
}
