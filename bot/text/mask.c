/* Hiding numbers and e-mail addresses: see mask.h. */
#include "text/mask.h"

#include "text/secret.h"

#include <string.h>

/* Longer ones are no addresses, and looking for them would take long in hostile text. */
enum { LOCAL_PART_MAX = 64, DOMAIN_MAX = 255 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0 ||
           (c != '\0' && strchr("._%+-", c) != NULL);
}

/* The length of a number that begins here, digits with single separators between; *ret_digits of them are digits. */
static size_t number_length(const char *text, size_t *ret_digits)
{
    size_t at = 0, end = 0;
    *ret_digits = 0;
    while (is_digit(text[at])) {
        while (is_digit(text[at])) {
            at++;
            ++*ret_digits;
        }
        end = at;
        if (text[at] != '\0' && strchr(" .-/", text[at]) != NULL)
            at++;
    }
    return end;
}

/* The length of an e-mail address that begins here, or 0. */
static size_t address_length(const char *text)
{
    size_t at = 0, dot = 0;
    while (at < LOCAL_PART_MAX && is_name(text[at]))
        at++;
    if (at == 0 || text[at] != '@')
        return 0;
    const size_t most = at + DOMAIN_MAX;
    for (at++; at < most && is_name(text[at]); at++)
        dot = text[at] == '.' && is_name(text[at + 1]) ? at : dot;
    while (text[at - 1] == '.')
        at--;
    return dot > 0 ? at : 0;
}

static void hide_digits(const char *text, size_t size, struct buf *out)
{
    for (size_t i = 0; i < size; i++)
        buf_putc(out, is_digit(text[i]) ? '#' : text[i]);
}

int mask_text(const char *text, struct buf *out)
{
    while (*text != '\0') {
        size_t digits, number = number_length(text, &digits), word = 0, address = address_length(text);
        if (address > 0) {
            buf_puts(out, "…@…");
            text += address;
            continue;
        }
        if (digits >= MASK_DIGITS) {
            hide_digits(text, number, out);
            text += number;
            continue;
        }
        /* What is no address from its first letter on is none from its second; a number may begin within. */
        do
            word++;
        while (is_name(text[word - 1]) && is_name(text[word]) && (is_digit(text[word - 1]) || !is_digit(text[word])));
        buf_add(out, text, word);
        text += word;
    }
    return out->failed ? -1 : 0;
}

/* --- secrets --------------------------------------------------------------------------------- */

enum { SECRET_SHOWN = 4 };

static bool is_spared(const struct mask_span *spared, size_t count, size_t at, size_t size)
{
    for (size_t i = 0; i < count; i++)
        if (at >= spared[i].at && at - spared[i].at <= spared[i].size && size <= spared[i].size - (at - spared[i].at))
            return true;
    return false;
}

static bool is_sign(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Four dots and the last signs of a secret, without what stands between them. */
static void hide_secret(const char *text, size_t size, struct buf *out)
{
    size_t from = size;
    for (size_t shown = 0; from > 0 && shown < SECRET_SHOWN;)
        shown += is_sign(text[--from]);
    buf_puts(out, MASK_SIGN);
    for (size_t i = from; i < size; i++)
        if (is_sign(text[i]))
            buf_putc(out, text[i]);
}

/* The first secret from *at on, *ret_size bytes; false at the end of the text. */
static bool next_secret(const char *text, size_t *at, size_t *ret_size)
{
    for (; text[*at] != '\0'; ++*at)
        if (secret_at(text, *at, ret_size) != SECRET_NONE)
            return true;
    return false;
}

bool mask_finds(const char *text)
{
    size_t at = 0, size;
    return next_secret(text, &at, &size);
}

int mask_secrets(const char *text, const struct mask_span *spared, size_t spared_count, struct buf *out)
{
    size_t at = 0, kept = 0, size = 0;
    while (next_secret(text, &at, &size)) {
        buf_add(out, text + kept, at - kept);
        if (is_spared(spared, spared_count, at, size))
            buf_add(out, text + at, size);
        else
            hide_secret(text + at, size, out);
        kept = at += size;
    }
    buf_add(out, text + kept, at - kept);
    return out->failed ? -1 : 0;
}
