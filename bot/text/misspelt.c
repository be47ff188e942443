/* Words to be marked: see misspelt.h. */
#include "text/misspelt.h"

#include "text/spell.h"
#include "text/token.h"

#include <string.h>
#include <utf8proc.h>

enum { LETTERS_LEAST = 3, CAPITALS_MOST = 5, ABBREVIATION_MOST = 4, WORD_BYTES = 100 };

/* What a word looks like as it was written. */
struct shape {
    size_t letters, capitals;
    bool first_capital, digits;
};

static struct shape shape_of(const char *word, size_t size)
{
    struct shape s = {0};
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)word;
    for (utf8proc_ssize_t left = (utf8proc_ssize_t)size; left > 0;) {
        utf8proc_int32_t point;
        utf8proc_ssize_t bytes = utf8proc_iterate(at, left, &point);
        if (bytes <= 0)
            break;
        bool capital = utf8proc_tolower(point) != point;
        s.first_capital |= capital && s.letters == 0;
        s.capitals += capital;
        s.digits |= point >= '0' && point <= '9';
        s.letters++;
        at += bytes;
        left -= bytes;
    }
    return s;
}

/* The piece between blanks that holds the place. */
static bool in_address(const char *text, size_t at, size_t end)
{
    static const char blanks[] = " \t\n";
    size_t from = at, to = end;
    while (from > 0 && strchr(blanks, text[from - 1]) == NULL)
        from--;
    to += strcspn(text + to, blanks);
    for (size_t i = from; i < to; i++) {
        unsigned char before = i > from ? (unsigned char)text[i - 1] : ' ', after = (unsigned char)text[i + 1];
        bool inside = (before > ' ' && before != '.') && i + 1 < to && (after >= 0x80 || (after | 0x20) >= 'a');
        if (text[i] == '@' || text[i] == '{' || text[i] == '}' || text[i] == '\\' || text[i] == '_' ||
            (text[i] == '.' && inside) || (text[i] == ':' && text[i + 1] == '/') || (text[i] == '/' && i == from))
            return true;
    }
    return false;
}

/* An apostrophe of either kind: its bytes, 0 = none. */
static size_t apostrophe_at(const char *text)
{
    return text[0] == '\'' ? 1 : strncmp(text, "’", strlen("’")) == 0 ? strlen("’") : 0;
}

/* Copies words with plain apostrophes, as dictionaries have them; 0 = too long. */
static size_t plain(const char *word, size_t size, char ret[WORD_BYTES + 1])
{
    size_t used = 0;
    for (size_t i = 0; i < size && used < WORD_BYTES; used++) {
        size_t mark = apostrophe_at(word + i);
        ret[used] = mark > 0 ? '\'' : word[i];
        i += mark > 0 ? mark : 1;
        if (i >= size) {
            ret[used + 1] = '\0';
            return used + 1;
        }
    }
    return 0;
}

static bool has(const char *lang, const char *word, size_t size)
{
    char copy[WORD_BYTES + 1];
    size_t length = plain(word, size, copy);
    return length == 0 || spell_has(lang, copy, length);
}

/* An abbreviation ("sig.", "dott.") ends no sentence: a short word with a full stop that the dictionary has not. `at`
 * is the full stop's place. */
static bool abbreviates(const char *lang, const char *text, size_t at)
{
    size_t from = at;
    while (from > 0 && ((unsigned char)text[from - 1] | 0x20) >= 'a')
        from--;
    return at > from && at - from <= ABBREVIATION_MOST && !has(lang, text + from, at - from);
}

/* Whether a sentence begins at the word: nothing, or the end of another, before it. */
static bool begins_sentence(const char *lang, const char *text, size_t at)
{
    while (at > 0 && strchr(" \t\"'(-*", text[at - 1]) != NULL)
        at--;
    unsigned char before = at > 0 ? (unsigned char)text[at - 1] : '\n';
    return before >= 0x80 || (strchr(".!?:\n", before) != NULL && (before != '.' || !abbreviates(lang, text, at - 1)));
}

/* What stands before an apostrophe is an elision (dell', quell'): dictionaries have few of them. */
static bool is_right(const char *lang, const char *text, const struct token *t)
{
    const char *word = text + t->at;
    struct shape s = shape_of(word, t->size);
    if (apostrophe_at(word + t->size) > 0 || s.digits || s.letters < LETTERS_LEAST ||
        (s.capitals == s.letters && s.letters <= CAPITALS_MOST) ||
        (s.capitals > s.first_capital && s.capitals < s.letters) ||
        (s.first_capital && s.capitals == 1 && !begins_sentence(lang, text, t->at)) ||
        (word[t->size] == '.' && abbreviates(lang, text, t->at + t->size)) || in_address(text, t->at, t->at + t->size))
        return true;
    return has(lang, word, t->size);
}

/* The tokens that apostrophes join with this one (don't, l'olio) as one word: the bytes it takes up. */
static size_t joined(const char *text, const struct token *t, struct token_reader reader)
{
    size_t end = t->at + t->size;
    for (struct token next;
         token_next(&reader, &next) && apostrophe_at(text + end) > 0 && next.at == end + apostrophe_at(text + end);)
        end = next.at + next.size;
    return end - t->at;
}

static size_t units_of(const char *text, size_t size)
{
    size_t units = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        units += (c & 0xc0) != 0x80 ? 1 + (c >= 0xf0) : 0;
    }
    return units;
}

size_t misspelt_words(const char *lang, const char *text, bool (*known)(void *context, const char *word, size_t size),
                      void *context, struct misspelt *ret, size_t room)
{
    size_t count = 0, counted = 0, units = 0, whole_until = 0;
    struct token_reader reader = token_reader(text, strlen(text));
    struct token t;
    if (!spell_knows(lang))
        return 0;
    while (count < room && token_next(&reader, &t)) {
        if (t.at < whole_until)
            continue;
        size_t whole = joined(text, &t, reader);
        if (whole > t.size && has(lang, text + t.at, whole)) {
            whole_until = t.at + whole;
            continue;
        }
        if (is_right(lang, text, &t) || (known != NULL && known(context, text + t.at, t.size)))
            continue;
        units += units_of(text + counted, t.at - counted);
        counted = t.at;
        ret[count++] = (struct misspelt){t.at, t.size, units, units_of(text + t.at, t.size)};
    }
    return count;
}
