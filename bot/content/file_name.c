/* Names of files made harmless: see file_name.h. */
#include "content/file_name.h"

#include "base/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { ENDING_MOST = 8 };

/* What is not seen, or makes other letters stand elsewhere. */
static const struct {
    uint32_t from, to;
} hidden[] = {
    {0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},       {0x34f, 0x34f},      {0x61c, 0x61c},   {0x115f, 0x1160},
    {0x180b, 0x180f}, {0x200b, 0x200f}, {0x2028, 0x202e},   {0x2060, 0x206f},    {0xfe00, 0xfe0f}, {0xfeff, 0xfeff},
    {0xfff0, 0xfffd}, {0xe000, 0xf8ff}, {0x1d173, 0x1d17a}, {0xe0000, 0x10ffff},
};

static bool is_hidden(uint32_t code)
{
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        if (code >= hidden[i].from && code <= hidden[i].to)
            return true;
    }
    return false;
}

static uint32_t decode(const char *at, size_t length)
{
    static const unsigned char lead[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t code = (unsigned char)at[0] & lead[length];
    for (size_t i = 1; i < length; i++)
        code = code << 6 | ((unsigned char)at[i] & 0x3f);
    return code;
}

/* Behind the last separator of any system. */
static const char *last_piece(const char *name, size_t *size)
{
    size_t begin = *size;
    while (begin > 0 && name[begin - 1] != '/' && name[begin - 1] != '\\')
        begin--;
    *size -= begin;
    return name + begin;
}

/* Where the ending of the kind begins in the name; its length where it has none of them. */
static size_t ending_at(const char *name, size_t size, enum media_kind kind)
{
    for (const char *const *ending = media_endings(kind); *ending != NULL; ending++) {
        size_t length = strlen(*ending);
        if (size > length && name[size - length - 1] == '.' && strncasecmp(name + size - length, *ending, length) == 0)
            return size - length - 1;
    }
    return size;
}

static void trim(char *name, size_t *size)
{
    while (*size > 0 && (name[*size - 1] == ' ' || name[*size - 1] == '.'))
        name[--*size] = '\0';
    size_t lead = strspn(name, " .");
    memmove(name, name + lead, *size - lead + 1);
    *size -= lead;
}

static bool is_device(const char *name, size_t size)
{
    static const char *const names[] = {"con", "prn", "aux", "nul", "com", "lpt"};
    size_t length = strcspn(name, ".");
    length = length < size ? length : size;
    while (length > 0 && name[length - 1] == ' ')
        length--;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        bool numbered = i >= 4;
        if (length == (numbered ? 4u : 3u) && strncasecmp(name, names[i], 3) == 0 &&
            (!numbered || isdigit((unsigned char)name[3])))
            return true;
    }
    return false;
}

/* Copies what may stay, up to `most` bytes. */
static size_t copy(const char *name, size_t size, char *to, size_t most)
{
    size_t used = 0;
    for (size_t at = 0; at < size;) {
        size_t length = utf8_length(name + at, size - at);
        if (length == 0) {
            at++;
            continue;
        }
        if (used + length > most)
            break;
        if (length == 1 && strchr("<>:\"|?*", name[at]) != NULL && name[at] != '\0')
            to[used++] = '_';
        else if (!is_hidden(decode(name + at, length))) {
            memcpy(to + used, name + at, length);
            used += length;
        }
        at += length;
    }
    to[used] = '\0';
    return used;
}

void file_name_clean(const char *name, size_t size, enum media_kind kind, char ret[FILE_NAME_BYTES])
{
    char stem[FILE_NAME_BYTES], ending[ENDING_MOST + 1];
    const char *piece = last_piece(name, &size);
    while (size > 0 && strchr(" .", piece[size - 1]) != NULL)
        size--;
    size_t at = ending_at(piece, size, kind);
    /* Its own spelling of the ending, where it has one. */
    if (at < size)
        snprintf(ending, sizeof ending, "%.*s", (int)(size - at), piece + at);
    else
        snprintf(ending, sizeof ending, ".%s", media_endings(kind)[0]);
    size_t room = FILE_NAME_BYTES - 2 - strlen(ending);
    size_t used = copy(piece, at, stem, room);
    trim(stem, &used);
    if (used == 0)
        snprintf(stem, sizeof stem, "file");
    snprintf(ret, FILE_NAME_BYTES, "%s%.*s%s", is_device(stem, strlen(stem)) ? "_" : "", (int)room, stem, ending);
}

static bool plain(char c)
{
    return isalnum((unsigned char)c) || (c != '\0' && strchr("-._~", c) != NULL);
}

void file_name_encode(const char *name, struct buf *out)
{
    for (; *name != '\0'; name++) {
        if ((unsigned char)*name < 0x80 && plain(*name))
            buf_putc(out, *name);
        else
            buf_printf(out, "%%%02X", (unsigned char)*name);
    }
}

void file_name_quote(const char *name, struct buf *out)
{
    buf_putc(out, '"');
    for (; *name != '\0'; name++) {
        unsigned char c = (unsigned char)*name;
        if ((c & 0xc0) == 0x80)
            continue; /* of a character that has its `_` already */
        buf_putc(out, c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '%' ? *name : '_');
    }
    buf_putc(out, '"');
}
