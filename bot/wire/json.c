/* JSON written by hand: see json.h. */
#include "wire/json.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static void begin(struct buf *out, const char *name)
{
    char before = out->size > 0 ? out->data[out->size - 1] : '{';
    if (before != '{' && before != '[')
        buf_putc(out, ',');
    if (name == NULL)
        return;
    buf_putc(out, '"');
    buf_puts(out, name);
    buf_add(out, "\":", 2);
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

/* Runs of plain bytes go in one piece: nearly every text is one run. */
static void put_text(struct buf *out, const char *text)
{
    const char *run = text, *at = text;
    buf_putc(out, '"');
    for (; *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        if (!needs_escape[c])
            continue;
        buf_add(out, run, (size_t)(at - run));
        put_escaped(out, c);
        run = at + 1;
    }
    buf_add(out, run, (size_t)(at - run));
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
