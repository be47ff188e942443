/* Words: see words.h. ASCII goes through a table, the rest through text/fold. */
#include "aiml/words.h"

#include "text/fold.h"

#include <string.h>

/* Part of a word as it stands, beside letters and digits. */
static bool is_symbol(unsigned char c)
{
    switch (c) {
    case '_':
    case '#':
    case '+':
    case '$':
    case '%':
    case '@':
    case '&':
    case '*':
    case '=':
    case '[':
    case ']':
    case '<':
    case '>':
    case '^':
    case '|':
    case '~':
        return true;
    default:
        return false;
    }
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool is_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c);
}

/* A byte that a full stop may stand before or behind within a word. */
static bool is_solid(unsigned char c)
{
    return is_plain(c) || c >= 0x80;
}

static void key_add(struct word *w, const char *bytes, size_t size)
{
    if (w->length + size > WORD_BYTES)
        return;
    memcpy(w->key + w->length, bytes, size);
    w->length += size;
}

/* One code point at r->at. Returns its bytes and whether it belongs to a word. */
static size_t point(const struct words_reader *r, bool in_word, char *out, size_t *ret_size, enum fold_kind *ret_kind)
{
    const char *at = r->text + r->at;
    size_t left = r->size - r->at;
    unsigned char c = (unsigned char)*at;
    *ret_kind = FOLD_LETTERS;
    *ret_size = 1;
    if (is_plain(c)) {
        *out = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : (char)c;
        return 1;
    }
    if (c >= 0x80)
        return fold_point(at, left, out, ret_size, ret_kind);
    bool stop = c == '.' && in_word && left > 1 && is_solid((unsigned char)at[1]) && is_solid((unsigned char)at[-1]);
    bool sign = c == '-' && !in_word && left > 1 && is_digit((unsigned char)at[1]) &&
                (r->at == 0 || at[-1] == ' ' || at[-1] == '\n' || at[-1] == '\t');
    *out = (char)c;
    if (!is_symbol(c) && !stop && !sign)
        *ret_kind = FOLD_GAP;
    return 1;
}

bool words_next(struct words_reader *r, struct word *ret)
{
    bool in_word = false;
    ret->length = 0;
    while (r->at < r->size) {
        char folded[FOLD_POINT_BYTES];
        size_t size;
        enum fold_kind kind;
        size_t taken = point(r, in_word, folded, &size, &kind);
        if (kind == FOLD_LETTERS) {
            if (!in_word)
                ret->at = r->at;
            in_word = true;
            ret->size = r->at + taken - ret->at;
            key_add(ret, folded, size);
        } else if (kind == FOLD_GAP && in_word && ret->length > 0) {
            break;
        }
        r->at += taken;
    }
    ret->key[ret->length] = '\0';
    return ret->length > 0;
}

size_t words_key(const char *text, size_t size, char *ret, size_t room)
{
    struct words_reader r = {text, size, 0};
    struct word w;
    size_t used = 0;
    while (words_next(&r, &w) && used + w.length + 2 <= room) {
        if (used > 0)
            ret[used++] = ' ';
        memcpy(ret + used, w.key, w.length);
        used += w.length;
    }
    ret[used] = '\0';
    return used;
}

/* Bytes of a mark at the end of a sentence, 0 where there is none. */
static size_t end_mark(const char *at, size_t left)
{
    static const char *const wide[] = {"。", "！", "？", "…"};
    if (*at == '.' || *at == '?' || *at == '!')
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (left >= 3 && memcmp(at, wide[i], 3) == 0)
            return 3;
    return 0;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

size_t words_sentence(const char *text, size_t size, size_t at)
{
    while (at < size) {
        if (text[at] == '\n')
            return at + 1;
        size_t mark = end_mark(text + at, size - at);
        at += mark > 0 ? mark : 1;
        if (mark == 3 && text[at - 3] != '\xe2') /* CJK has no space behind it */
            return at;
        if (mark > 0 && (at == size || is_space(text[at])))
            return at;
    }
    return size;
}
