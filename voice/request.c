/* Reads requests, and makes the text one that is only text. */
#include "request.h"

#include <stdlib.h>
#include <string.h>

/* eSpeak NG 1.51 writes beyond its stack at abbreviations such as "a.b.c." of more than 150 characters: what is in one
 * piece for longer than this is no word, and its points are taken for spaces. */
enum { HEADER_BYTES = 120, PIECE_CHARACTERS = 60 };

static bool number_read(const char **at, int least, int most, int *ret)
{
    char *end;
    if (**at < '0' || **at > '9')
        return false;
    long value = strtol(*at, &end, 10);
    if (value < least || value > most)
        return false;
    *ret = (int)value;
    *at = end;
    return true;
}

static bool space_read(const char **at)
{
    return *(*at)++ == ' ';
}

static bool voice_read(const char **at, char ret[REQUEST_VOICE_BYTES + 1])
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-_";
    size_t size = strspn(*at, allowed);
    if (size == 0 || size > REQUEST_VOICE_BYTES)
        return false;
    memcpy(ret, *at, size);
    ret[size] = '\0';
    *at += size;
    return true;
}

static bool verb_read(const char **at, enum request_wish *ret)
{
    static const char *const verbs[] = {
        [REQUEST_EVENTS] = "track ", [REQUEST_WAV] = "speak ", [REQUEST_OPUS] = "opus "};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        size_t size = strlen(verbs[i]);
        if (strncmp(*at, verbs[i], size) != 0)
            continue;
        *ret = (enum request_wish)i;
        *at += size;
        return true;
    }
    return false;
}

static bool header_read(const char *at, struct request *ret)
{
    int size;
    if (!(verb_read(&at, &ret->wish) && voice_read(&at, ret->voice) && space_read(&at) &&
          number_read(&at, REQUEST_RATE_LEAST, REQUEST_RATE_MOST, &ret->rate) && space_read(&at) &&
          number_read(&at, 0, REQUEST_PITCH_MOST, &ret->pitch) && space_read(&at) &&
          number_read(&at, 1, REQUEST_TEXT_BYTES, &size) && *at == '\n'))
        return false;
    ret->size = (size_t)size;
    return true;
}

/* How many bytes the character at `s` has; 0 = it is none. Overlong forms, surrogates and what lies above U+10FFFF
 * are none. */
static size_t character_bytes(const unsigned char *s, size_t left)
{
    size_t size = s[0] < 0x80                   ? 1
                  : s[0] >= 0xC2 && s[0] < 0xE0 ? 2
                  : s[0] >= 0xE0 && s[0] < 0xF0 ? 3
                  : s[0] >= 0xF0 && s[0] < 0xF5 ? 4
                                                : 0;
    if (size == 0 || size > left)
        return 0;
    for (size_t i = 1; i < size; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] >= 0xA0) || (s[0] == 0xF0 && s[1] < 0x90) ||
        (s[0] == 0xF4 && s[1] >= 0x90))
        return 0;
    return size;
}

static bool is_point(unsigned char c)
{
    return c > ' ' && c < 0x7F && strchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", c) != NULL;
}

/* Control characters (C0, DEL, C1), bytes that are no character and points in endless words become spaces, one for each
 * character, so that places in the text stay what they were. */
static void text_clean(struct request *r)
{
    unsigned char *s = (unsigned char *)r->text;
    size_t out = 0, piece = 0;
    for (size_t i = 0; i < r->size;) {
        size_t size = character_bytes(s + i, r->size - i);
        bool control = size == 1 && (s[i] < 0x20 || s[i] == 0x7F);
        control |= size == 2 && s[i] == 0xC2 && s[i + 1] < 0xA0;
        piece = size == 1 && s[i] == ' ' ? 0 : piece + 1;
        if (size == 0 || control || (piece > PIECE_CHARACTERS && size == 1 && is_point(s[i]))) {
            s[out++] = ' ';
            i += size ? size : 1;
            continue;
        }
        memmove(s + out, s + i, size);
        out += size;
        i += size;
    }
    r->size = out;
    s[out] = '\0';
}

enum request_end request_read(FILE *in, struct request *ret, const char **ret_why)
{
    char header[HEADER_BYTES];
    if (!fgets(header, sizeof header, in))
        return REQUEST_OVER;
    if (!header_read(header, ret)) {
        *ret_why = "the header is not understood";
        return REQUEST_BROKEN;
    }
    if (fread(ret->text, 1, ret->size, in) != ret->size) {
        *ret_why = "the text ends before its length";
        return REQUEST_BROKEN;
    }
    text_clean(ret);
    return REQUEST_READ;
}
