/* JPEG: the segments that make the picture are kept. Of what cameras and programs write beside it (APP1 to APP15,
 * comments) only the colours remain: the profile (APP2 ICC_PROFILE) and how they are coded (APP14 Adobe). */
#include "content/media_kind.h"

enum marker { SOI = 0xd8, EOI = 0xd9, SOS = 0xda, APP0 = 0xe0, APP1 = 0xe1, APP2 = 0xe2, APP14 = 0xee, COM = 0xfe };
enum { LENGTH = 2, UPRIGHT = 1, ORIENTATIONS = 8, ORIENTATION_TAG = 0x0112, IFD_ENTRY = 12, SHORT = 3 };

bool media_is_jpeg(const struct media_file *f)
{
    return media_has(f, 0, "\xff\xd8\xff", 3);
}

/* C0 to CF begin a frame, but for three that are something else. */
static bool begins_frame(unsigned char marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* Restarts and the old temporary marker have no length. */
static bool stands_alone(unsigned char marker)
{
    return (marker >= 0xd0 && marker <= 0xd7) || marker == 0x01;
}

static uint32_t number_at(const unsigned char *at, int count, bool big)
{
    return big ? media_big(at, count) : media_little(at, count);
}

/* The orientation that EXIF names (1 to 8): 1 where it names none. */
static int orientation_of(const unsigned char *data, size_t size)
{
    static const char name[] = "Exif\0";
    if (size < 6 + 8 || memcmp(data, name, 6) != 0)
        return UPRIGHT;
    const unsigned char *tiff = data + 6;
    size -= 6;
    bool big = memcmp(tiff, "MM\0*", 4) == 0;
    if (!big && memcmp(tiff, "II*\0", 4) != 0)
        return UPRIGHT;
    size_t directory = number_at(tiff + 4, 4, big);
    if (directory > size || size - directory < 2)
        return UPRIGHT;
    size_t count = number_at(tiff + directory, 2, big), room = (size - directory - 2) / IFD_ENTRY;
    for (size_t i = 0; i < count && i < room; i++) {
        const unsigned char *entry = tiff + directory + 2 + i * IFD_ENTRY;
        if (number_at(entry, 2, big) != ORIENTATION_TAG || number_at(entry + 2, 2, big) != SHORT)
            continue;
        uint32_t value = number_at(entry + 8, 2, big);
        return value >= 1 && value <= ORIENTATIONS ? (int)value : UPRIGHT;
    }
    return UPRIGHT;
}

/* An EXIF segment that says nothing but how the picture is turned. */
static void put_orientation(struct media_file *f, int orientation)
{
    static const char before[] = "\xff\xe1\0\x22"
                                 "Exif\0\0MM\0*\0\0\0\x08"
                                 "\0\1\1\x12\0\3\0\0\0\1\0";
    buf_add(f->out, before, sizeof before - 1);
    buf_putc(f->out, (char)orientation);
    buf_add(f->out, "\0\0\0\0\0\0", 6);
}

/* JFIF without its preview, the colour profile, Adobe's colour code; everything else of its like stays behind. */
static void put_application(struct media_file *f, unsigned char marker, size_t at, size_t length)
{
    const unsigned char *data = f->bytes + at + 4;
    size_t size = length - LENGTH;
    if (marker == APP0 && size >= 14 && memcmp(data, "JFIF\0", 5) == 0) {
        buf_add(f->out, "\xff\xe0\0\x10", 4);
        buf_add(f->out, data, 12);
        buf_add(f->out, "\0\0", 2);
    } else if ((marker == APP2 && size > 14 && memcmp(data, "ICC_PROFILE\0", 12) == 0) ||
               (marker == APP14 && size >= 12 && memcmp(data, "Adobe", 5) == 0)) {
        media_copy(f, at, 2 + length);
    }
}

/* Where the coded data that begins at `at` ends: the next marker that is no restart. */
static size_t data_end(const struct media_file *f, size_t at)
{
    while (at < f->size) {
        const unsigned char *found = memchr(f->bytes + at, 0xff, f->size - at);
        if (found == NULL || found + 1 >= f->bytes + f->size)
            return f->size;
        at = (size_t)(found - f->bytes);
        unsigned char next = found[1];
        if (next != 0x00 && next != 0xff && !stands_alone(next))
            return at;
        at += next == 0xff ? 1 : 2;
    }
    return f->size;
}

static enum media_verdict frame(struct media_file *f, size_t at, size_t length)
{
    if (f->media->width != 0 || length < 8)
        return MEDIA_DAMAGED;
    return media_sizes(f, media_big(f->bytes + at + 7, 2), media_big(f->bytes + at + 5, 2));
}

/* What the EXIF segments in front of the picture say; the first that says anything counts. */
static int find_orientation(const struct media_file *f)
{
    int orientation = UPRIGHT;
    for (size_t at = 2; orientation == UPRIGHT && media_there(f, at, 4) && f->bytes[at] == 0xff;) {
        unsigned char marker = f->bytes[at + 1];
        size_t length = media_big(f->bytes + at + 2, LENGTH);
        if (marker == SOS || marker < 0xc0 || length < LENGTH || !media_there(f, at, 2 + length))
            break;
        if (marker == APP1)
            orientation = orientation_of(f->bytes + at + 4, length - LENGTH);
        at += 2 + length;
    }
    return orientation;
}

enum media_verdict media_jpeg(struct media_file *f)
{
    int orientation = find_orientation(f);
    bool scanned = false, told = orientation == UPRIGHT;
    size_t at = 2;
    media_copy(f, 0, 2);
    while (media_there(f, at, 2) && f->bytes[at] == 0xff) {
        unsigned char marker = f->bytes[at + 1];
        if (marker == 0xff) { /* padding */
            at++;
            continue;
        }
        if (marker == EOI) {
            media_copy(f, at, 2);
            if (orientation > 4) { /* lies on its side */
                int width = f->media->width;
                f->media->width = f->media->height;
                f->media->height = width;
            }
            return scanned && f->media->width != 0 ? MEDIA_GOOD : MEDIA_DAMAGED;
        }
        size_t length = media_there(f, at, 4) ? media_big(f->bytes + at + 2, LENGTH) : 0;
        if (marker < 0xc0 || marker == SOI || stands_alone(marker) || length < LENGTH ||
            !media_there(f, at, 2 + length))
            return MEDIA_DAMAGED;
        /* Behind JFIF, which wants to be the first. */
        if (!told && marker != APP0) {
            put_orientation(f, orientation);
            told = true;
        }
        enum media_verdict verdict = begins_frame(marker) ? frame(f, at, length) : MEDIA_GOOD;
        if (verdict != MEDIA_GOOD)
            return verdict;
        if (marker >= APP0 && marker <= 0xef)
            put_application(f, marker, at, length);
        else if (marker != COM)
            media_copy(f, at, 2 + length);
        at += 2 + length;
        if (marker == SOS) {
            size_t end = data_end(f, at);
            media_copy(f, at, end - at);
            at = end;
            scanned = true;
        }
    }
    return MEDIA_DAMAGED;
}
