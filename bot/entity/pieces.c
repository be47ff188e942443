/* Cutting a text into words, digits and signs: see pieces.h. */
#include "entity/pieces.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "text/fold.h"

#include <string.h>

struct cutter {
    const char *text;
    size_t size, at;
    char *folded; /* where the next word's letters go */
    size_t room;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The code point at a well-formed sequence of `length` bytes. */
static uint32_t point_of(const char *at, size_t length)
{
    const unsigned char *b = (const unsigned char *)at;
    if (length == 1)
        return b[0];
    uint32_t point = b[0] & (0x7fu >> length);
    for (size_t i = 1; i < length; i++)
        point = point << 6 | (b[i] & 0x3fu);
    return point;
}

static bool is_apostrophe(uint32_t point)
{
    return point == '\'' || point == 0x2019 || point == 0x2018 || point == 0x2bc || point == '`' || point == 0xb4;
}

static bool is_space(uint32_t point)
{
    return point <= ' ' || point == 0xa0 || point == 0x3000 || point == 0x202f || (point >= 0x2000 && point <= 0x200b);
}

/* Signs that are written in several ways. */
static uint32_t plain_sign(uint32_t point)
{
    static const struct {
        uint32_t written, meant;
    } signs[] = {{0x2010, '-'}, {0x2011, '-'}, {0x2012, '-'}, {0x2013, '-'}, {0x2014, '-'},
                 {0x2212, '-'}, {0x2044, '/'}, {0xff0e, '.'}, {0xff0c, ','}, {0xff1a, ':'},
                 {0xff0f, '/'}, {0xff20, '@'}, {0xff0b, '+'}, {0xba, 0xb0}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].written == point)
            return signs[i].meant;
    return point;
}

static void cut_digits(struct cutter *c, struct piece *p)
{
    size_t from = c->at;
    while (c->at < c->size && is_digit(c->text[c->at]))
        c->at++;
    *p = (struct piece){.at = from, .size = c->at - from, .kind = PIECE_DIGITS, .word = c->text + from};
    p->length = (uint8_t)(p->size < PIECE_WORD_BYTES ? p->size : PIECE_WORD_BYTES);
    p->hash = hash_bytes(p->word, p->length);
}

/* A folded form without digits: "m²" and "½" are no words. */
static bool has_digit(const char *letters, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (is_digit(letters[i]))
            return true;
    return false;
}

/* One run of letters. False where none begins here; *ret_taken is then what stands here. */
static bool cut_word(struct cutter *c, struct piece *p, size_t *ret_taken, enum fold_kind *ret_kind)
{
    size_t from = c->at, end = c->at, length = 0;
    char letters[FOLD_POINT_BYTES];
    while (c->at < c->size && !is_digit(c->text[c->at])) {
        size_t size;
        *ret_taken = fold_point(c->text + c->at, c->size - c->at, letters, &size, ret_kind);
        if (*ret_kind == FOLD_GAP || has_digit(letters, size) || point_of(c->text + c->at, *ret_taken) == 0xba)
            break;
        c->at += *ret_taken;
        if (*ret_kind == FOLD_NOTHING)
            continue;
        end = c->at;
        if (length + size <= PIECE_WORD_BYTES && length + size <= c->room) {
            memcpy(c->folded + length, letters, size);
            length += size;
        }
    }
    if (end == from || length == 0) {
        if (c->at > from)
            *ret_taken = 0; /* invisible characters, which are behind us */
        return false;
    }
    *p = (struct piece){
        .at = from, .size = end - from, .kind = PIECE_WORD, .word = c->folded, .length = (uint8_t)length};
    p->hash = hash_bytes(c->folded, length);
    c->folded += length;
    c->room -= length;
    return true;
}

/* The sign of `taken` bytes here. False where it is none that counts. */
static bool cut_sign(struct cutter *c, size_t taken, struct piece *p)
{
    size_t from = c->at;
    c->at += taken > 0 ? taken : 0;
    if (taken == 0 || utf8_length(c->text + from, c->size - from) != taken)
        return false;
    uint32_t point = plain_sign(point_of(c->text + from, taken));
    if (is_space(point) || is_apostrophe(point))
        return false;
    *p = (struct piece){.at = from, .size = taken, .kind = PIECE_SIGN, .sign = point, .word = ""};
    p->hash = hash_mix(point + 1);
    return true;
}

int pieces_cut(const char *text, size_t size, struct arena *arena, struct pieces *ret)
{
    const size_t room = 2 * size + FOLD_POINT_BYTES;
    struct piece *all = arena_alloc_raw(arena, (size + 1) * sizeof *all);
    struct cutter c = {.text = text, .size = size, .folded = arena_alloc_raw(arena, room), .room = room};
    if (all == NULL || c.folded == NULL)
        return -1;
    size_t count = 0;
    while (c.at < size) {
        size_t taken = 0;
        enum fold_kind kind = FOLD_GAP;
        bool made = true;
        if (is_digit(text[c.at]))
            cut_digits(&c, &all[count]);
        else if (!cut_word(&c, &all[count], &taken, &kind))
            made = cut_sign(&c, taken, &all[count]);
        if (!made)
            continue;
        all[count].glued = count > 0 && all[count - 1].at + all[count - 1].size == all[count].at;
        count++;
    }
    *ret = (struct pieces){.text = text, .size = size, .all = all, .count = count};
    return 0;
}

bool pieces_sign(const struct pieces *p, size_t i, uint32_t sign)
{
    return i < p->count && p->all[i].kind == PIECE_SIGN && p->all[i].sign == sign;
}

int pieces_digits(const struct pieces *p, size_t i, size_t least, size_t most)
{
    if (i >= p->count || p->all[i].kind != PIECE_DIGITS || p->all[i].size < least || p->all[i].size > most)
        return -1;
    int value = 0;
    for (size_t d = 0; d < p->all[i].size; d++)
        value = value * 10 + (p->all[i].word[d] - '0');
    return value;
}

size_t pieces_end(const struct pieces *p, size_t i, size_t used)
{
    const struct piece *last = &p->all[i + used - 1];
    return last->at + last->size;
}
