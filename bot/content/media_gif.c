/* GIF, still or animated: pictures and their timing are kept, comments, texts and programs' own data stay behind. */
#include "content/media_kind.h"

enum { SCREEN = 13, PICTURE = 10, EXTENSION = 0x21, SEPARATOR = 0x2c, TRAILER = 0x3b, CONTROL = 0xf9, PROGRAM = 0xff };

bool media_is_gif(const struct media_file *f)
{
    return media_has(f, 0, "GIF87a", 6) || media_has(f, 0, "GIF89a", 6);
}

static size_t colours(unsigned char flags)
{
    return (flags & 0x80) != 0 ? (size_t)3 << ((flags & 7) + 1) : 0;
}

/* Behind a list of sub-blocks that begins at `at`; 0 = it does not end. */
static size_t blocks_end(const struct media_file *f, size_t at)
{
    while (media_there(f, at, 1)) {
        size_t size = f->bytes[at];
        if (size == 0)
            return at + 1;
        at += 1 + size;
    }
    return 0;
}

/* How often an animation plays is in a program's block, by custom. */
static bool kept(const struct media_file *f, size_t at)
{
    unsigned char label = f->bytes[at + 1];
    bool plays =
        label == PROGRAM && (media_has(f, at + 3, "NETSCAPE2.0", 11) || media_has(f, at + 3, "ANIMEXTS1.0", 11));
    return label == CONTROL || plays;
}

/* A picture need not lie within the screen: browsers make the screen larger. */
static bool fits(const struct media_file *f, size_t at)
{
    const unsigned char *b = f->bytes + at;
    int64_t right = (int64_t)media_little(b + 1, 2) + media_little(b + 5, 2);
    int64_t bottom = (int64_t)media_little(b + 3, 2) + media_little(b + 7, 2);
    return right * bottom <= f->pixels;
}

/* Where what begins at `at` ends; 0 = it does not, or is nothing that a GIF has. */
static size_t part_end(const struct media_file *f, size_t at)
{
    if (f->bytes[at] == EXTENSION)
        return media_there(f, at, 2) ? blocks_end(f, at + 2) : 0;
    if (f->bytes[at] != SEPARATOR || !media_there(f, at, PICTURE) || !fits(f, at))
        return 0;
    size_t data = at + PICTURE + colours(f->bytes[at + PICTURE - 1]);
    return media_there(f, data, 1) ? blocks_end(f, data + 1) : 0; /* behind the size of the codes */
}

enum media_verdict media_gif(struct media_file *f)
{
    size_t at = SCREEN;
    int pictures = 0;
    if (!media_there(f, 0, SCREEN))
        return MEDIA_DAMAGED;
    enum media_verdict verdict = media_sizes(f, media_little(f->bytes + 6, 2), media_little(f->bytes + 8, 2));
    if (verdict != MEDIA_GOOD)
        return verdict;
    at += colours(f->bytes[10]);
    if (!media_there(f, 0, at))
        return MEDIA_DAMAGED;
    media_copy(f, 0, at);
    while (media_there(f, at, 1) && f->bytes[at] != TRAILER) {
        size_t end = part_end(f, at);
        if (end == 0)
            return MEDIA_DAMAGED;
        pictures += f->bytes[at] == SEPARATOR;
        if (pictures > MEDIA_FRAMES_MOST)
            return MEDIA_DAMAGED;
        if (f->bytes[at] == SEPARATOR || kept(f, at))
            media_copy(f, at, end - at);
        at = end;
    }
    if (!media_there(f, at, 1) || pictures == 0)
        return MEDIA_DAMAGED;
    media_copy(f, at, 1);
    return MEDIA_GOOD;
}
