/* The words of a text: see token.h. */
#include "text/token.h"

#include "text/fold.h"

#include <string.h>

struct token_reader token_reader(const char *text, size_t size)
{
    return (struct token_reader){.text = text, .size = size};
}

/* "-mail" behind a single letter: three letters at least, so that a-b and a-z stay two. */
static bool joins(const struct token_reader *r, size_t at)
{
    if (r->size - at < 4 || r->text[at] != '-')
        return false;
    for (size_t i = 1; i <= 3; i++) {
        char c = (char)(r->text[at + i] | 0x20);
        if (c < 'a' || c > 'z')
            return false;
    }
    return true;
}

/* Nearly all letters are these: they fold to one byte, and take no more thought. */
static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static void take_plain(struct token_reader *r, struct token *ret)
{
    size_t at = r->at;
    while (at < r->size && ret->length < TOKEN_BYTES && is_plain(r->text[at]))
        ret->word[ret->length++] = r->text[at++];
    ret->size = at - ret->at;
    r->at = at;
}

bool token_next(struct token_reader *r, struct token *ret)
{
    ret->length = 0;
    bool full = false;
    while (r->at < r->size) {
        char letters[FOLD_POINT_BYTES];
        size_t length;
        enum fold_kind kind;
        size_t here = r->at;
        size_t taken = fold_point(r->text + here, r->size - here, letters, &length, &kind);
        if (kind == FOLD_GAP && ret->length > 0 &&
            (ret->length > 1 || *ret->word < 'a' || *ret->word > 'z' || !joins(r, here)))
            break;
        r->at += taken;
        if (kind != FOLD_LETTERS)
            continue;
        if (ret->length == 0)
            ret->at = here;
        ret->size = r->at - ret->at;
        full = full || length > TOKEN_BYTES - ret->length;
        if (!full) {
            memcpy(ret->word + ret->length, letters, length);
            ret->length += length;
            take_plain(r, ret);
        }
    }
    ret->word[ret->length] = '\0';
    return ret->length > 0;
}
