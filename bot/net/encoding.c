/* Content encodings: see encoding.h. */
#include "net/encoding.h"

#include <string.h>
#include <strings.h>

const struct encoding_form encoding_forms[ENCODINGS] = {
    [ENCODING_BR] = {"br", ".br"}, [ENCODING_GZIP] = {"gzip", ".gz"}, [ENCODING_PLAIN] = {"", ""}};

/* Qualities in thousandths. The plain form is worse than anything that was named, unless it is named itself. */
enum { QUALITY_MOST = 1000, NOT_NAMED = -1 };

static const char blanks[] = " \t";

/* "0.8", "1.000": thousandths, or NOT_NAMED for what is no quality. */
static int read_quality(const char *at, size_t length)
{
    int quality = 0, scale = QUALITY_MOST;
    if (length == 0 || length > 5 || (at[0] != '0' && at[0] != '1') || (length > 1 && at[1] != '.'))
        return NOT_NAMED;
    for (size_t i = 0; i < length; i++) {
        if (i == 1)
            continue;
        if (at[i] < '0' || at[i] > '9')
            return NOT_NAMED;
        quality += (at[i] - '0') * scale;
        scale /= 10;
    }
    return quality <= QUALITY_MOST ? quality : NOT_NAMED;
}

/* The parameters behind a coding; the only one there is, is q. */
static int quality_of(const char *at, const char *end)
{
    if (at == end)
        return QUALITY_MOST;
    at++;
    at += strspn(at, blanks);
    if (end - at < 2 || (at[0] != 'q' && at[0] != 'Q') || at[1] != '=')
        return NOT_NAMED;
    at += 2;
    while (end > at && strchr(blanks, end[-1]) != NULL)
        end--;
    return read_quality(at, (size_t)(end - at));
}

/* Where a coding's quality goes: one of ours, the star behind them, or nowhere. */
static int slot_of(const char *name, size_t length)
{
    static const struct {
        const char *name;
        int slot;
    } names[] = {{"br", ENCODING_BR},
                 {"gzip", ENCODING_GZIP},
                 {"x-gzip", ENCODING_GZIP},
                 {"identity", ENCODING_PLAIN},
                 {"*", ENCODINGS}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == length && strncasecmp(names[i].name, name, length) == 0)
            return names[i].slot;
    return NOT_NAMED;
}

static void read_one(const char *at, const char *end, int qualities[ENCODINGS + 1])
{
    const char *mark = memchr(at, ';', (size_t)(end - at));
    const char *name_end = mark != NULL ? mark : end;
    int quality = quality_of(name_end, end);
    while (name_end > at && strchr(blanks, name_end[-1]) != NULL)
        name_end--;
    int slot = slot_of(at, (size_t)(name_end - at));
    if (slot != NOT_NAMED && quality != NOT_NAMED && qualities[slot] == NOT_NAMED)
        qualities[slot] = quality;
}

enum encoding encoding_choose(const char *accept, unsigned there)
{
    int qualities[ENCODINGS + 1] = {NOT_NAMED, NOT_NAMED, NOT_NAMED, NOT_NAMED};
    enum encoding best = ENCODING_PLAIN;
    for (const char *at = accept != NULL ? accept : ""; *at != '\0';) {
        at += strspn(at, " \t,");
        const char *end = at + strcspn(at, ",");
        if (end > at)
            read_one(at, end, qualities);
        at = end;
    }
    int best_quality = qualities[ENCODING_PLAIN];
    for (int i = ENCODING_PLAIN - 1; i >= 0; i--) {
        int quality = qualities[i] != NOT_NAMED ? qualities[i] : qualities[ENCODINGS];
        if ((there & 1U << i) != 0 && quality > 0 && quality >= best_quality) {
            best = (enum encoding)i;
            best_quality = quality;
        }
    }
    return best;
}
