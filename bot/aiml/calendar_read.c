/* Dates that were written after a format: see calendar.h. */
#include "aiml/calendar.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool read_number(const char **at, int digits, int *ret)
{
    char *end, text[8];
    while (**at == ' ')
        (*at)++;
    int n = 0;
    while (n < digits && isdigit((unsigned char)(*at)[n]))
        text[n] = (*at)[n], n++;
    text[n] = '\0';
    if (n == 0)
        return false;
    *ret = (int)strtol(text, &end, 10);
    *at += n;
    return true;
}

/* A name of a list, whole or its first three letters, in either language. */
static bool read_name(const char **at, const char *const *names, int count, int *ret)
{
    while (**at == ' ')
        (*at)++;
    for (int i = 0; i < 2 * count; i++) {
        const char *name = names[i];
        size_t n = strlen(name);
        if (strncasecmp(*at, name, n) != 0)
            n = strncasecmp(*at, name, 3) == 0 && !isalpha((unsigned char)(*at)[3]) ? 3 : 0;
        if (n > 0) {
            *ret = i % count;
            *at += n;
            return true;
        }
    }
    return false;
}

struct reading_date {
    struct aiml_clock c;
    int twelve; /* 0 = no am or pm, 1 am, 2 pm */
};

static bool read_one(const char **at, char letter, struct reading_date *d)
{
    int n = 0;
    bool good = true;
    switch (letter) {
    case 'Y':
        return read_number(at, 4, &d->c.year);
    case 'y':
        good = read_number(at, 2, &n);
        d->c.year = n < 69 ? 2000 + n : 1900 + n;
        return good;
    case 'm':
        return read_number(at, 2, &d->c.month);
    case 'd':
    case 'e':
        return read_number(at, 2, &d->c.day);
    case 'H':
    case 'I':
    case 'k':
    case 'l':
        return read_number(at, 2, &d->c.hour);
    case 'M':
        return read_number(at, 2, &d->c.minute);
    case 'S':
        return read_number(at, 2, &d->c.second);
    case 'B':
    case 'b':
    case 'h':
        good = read_name(at, calendar_month_names, 12, &n);
        d->c.month = n + 1;
        return good;
    case 'A':
    case 'a':
        return read_name(at, calendar_day_names, 7, &n);
    case 'p':
    case 'P':
        while (**at == ' ')
            (*at)++;
        d->twelve = strncasecmp(*at, "am", 2) == 0 ? 1 : strncasecmp(*at, "pm", 2) == 0 ? 2 : 0;
        *at += d->twelve > 0 ? 2 : 0;
        return d->twelve > 0;
    default:
        return false;
    }
}

static bool read_all(const char **at, const char *format, struct reading_date *d)
{
    for (; *format != '\0'; format++) {
        if (isspace((unsigned char)*format)) {
            *at += strspn(*at, " \t\n");
        } else if (*format != '%' || format[1] == '\0' || format[1] == '%') {
            format += *format == '%' && format[1] == '%';
            if (**at != *format)
                return false;
            (*at)++;
        } else {
            format += format[1] == '-' || format[1] == '_' ? 2 : 1;
            const char *more = *format != '\0' ? calendar_several(*format) : NULL;
            if (*format == '\0' || !(more != NULL ? read_all(at, more, d) : read_one(at, *format, d)))
                return false;
        }
    }
    return true;
}

bool calendar_read(const char *text, const char *format, struct aiml_clock now, struct aiml_clock *ret)
{
    struct reading_date d = {.c = {now.year, now.month, now.day, 0, 0, 0}};
    const char *at = text;
    if (!read_all(&at, format, &d) || at[strspn(at, " \t\n")] != '\0')
        return false;
    if (d.twelve > 0 && d.c.hour <= 12)
        d.c.hour = d.c.hour % 12 + (d.twelve == 2 ? 12 : 0);
    if (!calendar_is_date(d.c))
        return false;
    *ret = d.c;
    return true;
}
