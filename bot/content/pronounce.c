/* From an answer's text to what is read aloud: see pronounce.h. */
#include "content/pronounce.h"

#include <string.h>

/* A telephone number has so many digits; shorter ones begin with + or 0. */
enum { PHONE_LEAST = 6, PHONE_MOST = 15, PHONE_BARE_LEAST = 9, PHONE_BARE_MOST = 10, ADDRESS_BYTES = 200 };

/* How signs in addresses are called. */
struct signs {
    const char *lang, *at, *dot, *hyphen, *underscore, *plus, *slash, *www;
};

static const struct signs all_signs[] = {
    {"it", "chiocciola", "punto", "trattino", "trattino basso", "più", "barra", "vu vu vu"},
    {"en", "at", "dot", "dash", "underscore", "plus", "slash", "w w w"},
};

struct reading {
    const struct pronunciations *own;
    const struct signs *signs; /* NULL = addresses are left to the voice */
    struct buf *out;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Letters beyond ASCII count as such by their bytes. */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

static bool is_of_word(char c)
{
    return is_letter(c) || is_digit(c);
}

/* --- the site's own words ---------------------------------------------------------------------- */

/* The longest that stands here; NULL = none. */
static const struct pronunciation *own_word(const struct reading *r, const char *at, size_t *ret_size)
{
    const struct pronunciation *best = NULL;
    for (size_t i = 0; i < r->own->count; i++) {
        const char *word = r->own->items[i].word;
        if (word[0] != *at)
            continue;
        size_t size = strlen(word);
        bool ends = strncmp(at, word, size) == 0 && !(is_of_word(word[size - 1]) && is_of_word(at[size]));
        if (ends && (best == NULL || size > *ret_size)) {
            best = &r->own->items[i];
            *ret_size = size;
        }
    }
    return best;
}

/* --- telephone numbers ------------------------------------------------------------------------- */

/* Bytes of the number that begins here, 0 = none does. Digits may be parted by single spaces, hyphens or in brackets.
 */
static size_t phone_size(const char *at, int *ret_digits)
{
    size_t size = 0;
    int digits = 0;
    for (size_t i = at[0] == '+'; digits <= PHONE_MOST; i++) {
        if (is_digit(at[i])) {
            digits++;
            size = i + 1;
        } else if (strchr(" -()", at[i]) == NULL || at[i] == '\0' || (at[i] == ' ' && i > 0 && at[i - 1] == ' ')) {
            break;
        }
    }
    bool bare = at[0] != '+' && at[0] != '0';
    bool good = bare ? (at[0] == '3' || at[0] == '8') && digits >= PHONE_BARE_LEAST && digits <= PHONE_BARE_MOST
                     : digits >= PHONE_LEAST && digits <= PHONE_MOST;
    *ret_digits = digits;
    return good && !is_of_word(at[size]) && !(strchr(",./:", at[size]) != NULL && is_digit(at[size + (at[size] != 0)]))
               ? size
               : 0;
}

/* Digit by digit, in pairs, three at the end where they are odd. */
static void add_phone(const struct reading *r, const char *at, size_t size, int digits)
{
    int done = 0;
    if (at[0] == '+')
        buf_printf(r->out, "%s ", r->signs != NULL ? r->signs->plus : "+");
    for (size_t i = 0; i < size; i++) {
        if (!is_digit(at[i]))
            continue;
        if (done > 0)
            buf_puts(r->out, done % 2 == 0 && digits - done != 1 ? ", " : " ");
        buf_putc(r->out, at[i]);
        done++;
    }
}

/* --- addresses --------------------------------------------------------------------------------- */

static const char address_signs[] = "@.-_+/";

/* Bytes of the e-mail or web address that begins here, 0 = none does. */
static size_t address_size(const char *at)
{
    size_t size = 0, sign = 0, dot = 0;
    if (strncmp(at, "http://", 7) == 0 || strncmp(at, "https://", 8) == 0)
        return strcspn(at, " \n\t()<>\"");
    while (is_of_word(at[size]) || (at[size] != '\0' && strchr(address_signs, at[size]) != NULL)) {
        if (at[size] == '@')
            sign = size;
        if (at[size] == '.' && is_letter(at[size + 1]))
            dot = size;
        size++;
    }
    while (size > 0 && !is_of_word(at[size - 1]))
        size--;
    bool mail = sign > 0 && dot > sign + 1 && dot < size;
    bool web = strncmp(at, "www.", 4) == 0 && dot > 3;
    return (mail || web) && size <= ADDRESS_BYTES ? size : 0;
}

static const char *sign_name(const struct signs *s, char c)
{
    const struct {
        char c;
        const char *name;
    } table[] = {{'@', s->at}, {'.', s->dot}, {'-', s->hyphen}, {'_', s->underscore}, {'+', s->plus}, {'/', s->slash}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].c == c)
            return table[i].name;
    return NULL;
}

/* What is behind ? and # nobody can follow by ear. */
static void add_address(const struct reading *r, const char *at, size_t size)
{
    const char *end = at + size, *begin = strstr(at, "://");
    if (begin != NULL && begin < end)
        at = begin + 3;
    end = at + strcspn(at, "?#") < end ? at + strcspn(at, "?#") : end;
    while (end > at && strchr("/.,;:!", end[-1]) != NULL)
        end--;
    if (strncmp(at, "www.", 4) == 0) {
        buf_puts(r->out, r->signs->www);
        at += 3;
    }
    for (; at < end; at++) {
        const char *name = sign_name(r->signs, *at);
        if (name != NULL)
            buf_printf(r->out, " %s ", name);
        else
            buf_putc(r->out, *at);
    }
}

/* --- the text ---------------------------------------------------------------------------------- */

/* Writes what is said for what stands at a word's beginning; its size there, 0 = nothing special does. */
static size_t add_special(const struct reading *r, const char *at)
{
    size_t size = 0;
    int digits;
    const struct pronunciation *own = own_word(r, at, &size);
    if (own != NULL) {
        buf_puts(r->out, own->said);
        return size;
    }
    size = r->signs != NULL ? address_size(at) : 0;
    if (size > 0) {
        add_address(r, at, size);
        return size;
    }
    size = phone_size(at, &digits);
    if (size > 0)
        add_phone(r, at, size, digits);
    return size;
}

static bool ends_sentence(const struct buf *out)
{
    static const char *const marks[] = {".", "!", "?", ":", ";", ",", "…"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t size = strlen(marks[i]);
        if (out->size >= size && memcmp(out->data + out->size - size, marks[i], size) == 0)
            return true;
    }
    return out->size == 0;
}

/* The first character of a line that is said: behind the dash of a list. */
static const char *line_begin(const char *at)
{
    at += strspn(at, " \t");
    return at[0] == '-' && at[1] == ' ' ? at + 2 : at;
}

int pronounce(const struct settings *settings, const char *lang, const char *text, struct buf *out)
{
    static const struct pronunciations none = {0};
    int index = settings_language(settings, lang);
    struct reading r = {index >= 0 ? &settings->pronunciation[index] : &none, NULL, out};
    for (size_t i = 0; i < sizeof all_signs / sizeof *all_signs; i++)
        if (strcmp(all_signs[i].lang, lang) == 0)
            r.signs = &all_signs[i];
    bool begins = true; /* of a word */
    for (const char *at = line_begin(text); *at != '\0' && !out->failed;) {
        size_t special = begins ? add_special(&r, at) : 0;
        if (special > 0) {
            at += special;
            begins = false;
        } else if (*at == '\n') {
            if (!ends_sentence(out))
                buf_putc(out, '.');
            at = line_begin(at + strspn(at, "\n"));
            if (*at != '\0' && out->size > 0)
                buf_putc(out, ' ');
            begins = true;
        } else {
            begins = !is_of_word(*at);
            buf_putc(out, *at++);
        }
    }
    if (!ends_sentence(out))
        buf_putc(out, '.');
    return out->failed ? -1 : 0;
}
