/* JSON written by hand: see json.h. */
#include "wire/json.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static void begin(struct buf *out, const char *name)
{
    enum { SIGNS = 4 }; /* a comma, two quotes and a colon */
    char before = out->size > 0 ? out->data[out->size - 1] : '{';
    size_t size = name != NULL ? strlen(name) : 0;
    if ((out->failed || out->room - out->size <= size + SIGNS) && buf_reserve(out, size + SIGNS) < 0)
        return;
    char *at = out->data + out->size;
    if (before != '{' && before != '[')
        *at++ = ',';
    if (name != NULL) {
        *at++ = '"';
        memcpy(at, name, size);
        at += size;
        *at++ = '"';
        *at++ = ':';
    }
    *at = '\0';
    out->size = (size_t)(at - out->data);
}

void json_open(struct buf *out, const char *name, char bracket)
{
    begin(out, name);
    buf_putc(out, bracket);
}

void json_close(struct buf *out, char bracket)
{
    buf_putc(out, bracket);
}

static void put_escaped(struct buf *out, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
    const char *found = c != 0 ? strchr(from, c) : NULL;
    char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    if (found != NULL) {
        escape[1] = to[found - from];
        buf_add(out, escape, 2);
    } else {
        buf_add(out, escape, sizeof escape);
    }
}

static const bool needs_escape[256] = {[0 ... 0x1f] = true, ['"'] = true, ['\\'] = true, [0x7f] = true};

/* A byte eight times; and the high bit of each byte of a word that is zero (of the lowest such, exactly). */
#define EIGHT(byte)  (UINT64_C(0x0101010101010101) * (byte))
#define ZEROES(word) (((word)-EIGHT(1)) & ~(word)&EIGHT(0x80))

/* The first byte from `at` that needs an escape, `end` = none. Looks at eight at a time. */
static const char *plain_until(const char *at, const char *end)
{
    uint64_t eight;
    for (; (size_t)(end - at) >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, at, sizeof eight);
        uint64_t below_space = (eight - EIGHT(0x20)) & ~eight & EIGHT(0x80);
        if ((below_space | ZEROES(eight ^ EIGHT('"')) | ZEROES(eight ^ EIGHT('\\')) | ZEROES(eight ^ EIGHT(0x7f))) != 0)
            break;
    }
    while (at < end && !needs_escape[(unsigned char)*at])
        at++;
    return at;
}

/* Runs of plain bytes go in one piece: nearly every text is one run. */
static void put_text(struct buf *out, const char *text)
{
    const char *end = text + strlen(text);
    buf_putc(out, '"');
    for (;;) {
        const char *stop = plain_until(text, end);
        buf_add(out, text, (size_t)(stop - text));
        if (stop == end)
            break;
        put_escaped(out, (unsigned char)*stop);
        text = stop + 1;
    }
    buf_putc(out, '"');
}

void json_text(struct buf *out, const char *name, const char *text)
{
    begin(out, name);
    put_text(out, text != NULL ? text : "");
}

void json_number(struct buf *out, const char *name, int64_t number)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (number < 0)
        digits[--at] = '-';
    begin(out, name);
    buf_add(out, digits + at, sizeof digits - at);
}

void json_share(struct buf *out, const char *name, double share)
{
    /* Not printf("%f"): its point depends on the locale. */
    int64_t thousandths = isfinite(share) && fabs(share) < 1e12 ? llround(share * 1000) : 0;
    int64_t part = thousandths < 0 ? -(thousandths % 1000) : thousandths % 1000;
    begin(out, name);
    buf_printf(out, "%s%lld.%03d", thousandths < 0 && thousandths > -1000 ? "-" : "", (long long)(thousandths / 1000),
               (int)part);
}

void json_decimal(struct buf *out, const char *name, double number, int decimals)
{
    begin(out, name);
    if (isfinite(number))
        buf_printf(out, "%.*f", decimals, number);
    else
        buf_puts(out, "null");
}

void json_bool(struct buf *out, const char *name, bool value)
{
    begin(out, name);
    buf_puts(out, value ? "true" : "false");
}

void json_nothing(struct buf *out, const char *name)
{
    begin(out, name);
    buf_puts(out, "null");
}

void json_text_if(struct buf *out, const char *name, const char *text)
{
    if (text != NULL && text[0] != '\0')
        json_text(out, name, text);
}

void json_number_if(struct buf *out, const char *name, int64_t number)
{
    if (number != 0)
        json_number(out, name, number);
}

void json_true_if(struct buf *out, const char *name, bool value)
{
    if (value)
        json_bool(out, name, true);
}

void json_splice(struct buf *out, const char *object, size_t size)
{
    if (size <= 2)
        return;
    begin(out, NULL);
    buf_add(out, object + 1, size - 2);
}
