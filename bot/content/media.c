/* The kinds of files, and which one it is: see media.h. */
#include "content/media_kind.h"

static const char *const png_endings[] = {"png", "apng", NULL};
static const char *const jpeg_endings[] = {"jpg", "jpeg", "jpe", "jfif", NULL};
static const char *const webp_endings[] = {"webp", NULL};
static const char *const gif_endings[] = {"gif", NULL};
static const char *const pdf_endings[] = {"pdf", NULL};

static const struct {
    const char *name, *type;
    const char *const *endings;
    bool (*is)(const struct media_file *);
    enum media_verdict (*clean)(struct media_file *);
} kinds_of_media[MEDIA_KINDS] = {
    [MEDIA_PNG] = {"png", "image/png", png_endings, media_is_png, media_png},
    [MEDIA_JPEG] = {"jpeg", "image/jpeg", jpeg_endings, media_is_jpeg, media_jpeg},
    [MEDIA_WEBP] = {"webp", "image/webp", webp_endings, media_is_webp, media_webp},
    [MEDIA_GIF] = {"gif", "image/gif", gif_endings, media_is_gif, media_gif},
    [MEDIA_PDF] = {"pdf", "application/pdf", pdf_endings, media_is_pdf, media_pdf},
};

const char *media_type(enum media_kind kind)
{
    return kinds_of_media[kind].type;
}

const char *media_name(enum media_kind kind)
{
    return kinds_of_media[kind].name;
}

const char *const *media_endings(enum media_kind kind)
{
    return kinds_of_media[kind].endings;
}

int media_of_type(const char *type)
{
    for (int i = 0; i < MEDIA_KINDS; i++) {
        if (strcmp(kinds_of_media[i].type, type) == 0)
            return i;
    }
    return -1;
}

int media_of_name(const char *name)
{
    for (int i = 0; i < MEDIA_KINDS; i++) {
        if (strcmp(kinds_of_media[i].name, name) == 0)
            return i;
    }
    return -1;
}

enum media_verdict media_sizes(struct media_file *f, uint32_t width, uint32_t height)
{
    if (width == 0 || height == 0)
        return MEDIA_DAMAGED;
    if (width > MEDIA_SIDE_MOST || height > MEDIA_SIDE_MOST || (int64_t)width * height > f->pixels)
        return MEDIA_TOO_LARGE;
    f->media->width = (int)width;
    f->media->height = (int)height;
    return MEDIA_GOOD;
}

enum media_verdict media_clean(const void *bytes, size_t size, unsigned kinds, int64_t pixels, struct buf *out,
                               struct media *ret)
{
    struct media media = {.kind = MEDIA_KINDS};
    struct media_file file = {.bytes = bytes, .size = size, .pixels = pixels, .out = out, .media = &media};
    for (int i = 0; i < MEDIA_KINDS; i++) {
        if (!kinds_of_media[i].is(&file))
            continue;
        media.kind = (enum media_kind)i;
        if ((kinds & 1u << i) == 0)
            return MEDIA_BAD_TYPE;
        enum media_verdict verdict = kinds_of_media[i].clean(&file);
        if (verdict == MEDIA_GOOD && out->failed)
            return MEDIA_NO_MEMORY;
        if (verdict == MEDIA_GOOD)
            *ret = media;
        return verdict;
    }
    return MEDIA_BAD_TYPE;
}
