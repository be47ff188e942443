/* Dates: see calendar.h. */
#include "aiml/calendar.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* English, then Italian. */
const char *const calendar_month_names[24] = {"January", "February", "March",     "April",   "May",      "June",
                                              "July",    "August",   "September", "October", "November", "December",
                                              "gennaio", "febbraio", "marzo",     "aprile",  "maggio",   "giugno",
                                              "luglio",  "agosto",   "settembre", "ottobre", "novembre", "dicembre"};
const char *const calendar_day_names[14] = {"Sunday",    "Monday",   "Tuesday",  "Wednesday", "Thursday",
                                            "Friday",    "Saturday", "domenica", "lunedì",    "martedì",
                                            "mercoledì", "giovedì",  "venerdì",  "sabato"};

/* Days before this one since 1 January of the year 1 (proleptic Gregorian). */
static int64_t day_number(int year, int month, int day)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int64_t y = year - 1;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return y * 365 + y / 4 - y / 100 + y / 400 + before[month - 1] + (leap && month > 2) + day - 1;
}

bool calendar_is_date(struct aiml_clock c)
{
    if (c.year < 1 || c.year > 9999 || c.month < 1 || c.month > 12 || c.day < 1 || c.hour < 0 || c.hour > 23 ||
        c.minute < 0 || c.minute > 59 || c.second < 0 || c.second > 60)
        return false;
    int next = c.month == 12 ? c.year + 1 : c.year;
    return c.day <= day_number(next, c.month % 12 + 1, 1) - day_number(c.year, c.month, 1);
}

static int weekday(struct aiml_clock c)
{
    return (int)((day_number(c.year, c.month, c.day) + 1) % 7);
}

int64_t calendar_seconds(struct aiml_clock c)
{
    return day_number(c.year, c.month, c.day) * 86400 + c.hour * 3600 + c.minute * 60 + c.second;
}

int64_t calendar_months(struct aiml_clock from, struct aiml_clock to)
{
    int64_t span = (int64_t)(to.year - from.year) * 12 + to.month - from.month;
    int64_t a = calendar_seconds((struct aiml_clock){1, 1, from.day, from.hour, from.minute, from.second});
    int64_t b = calendar_seconds((struct aiml_clock){1, 1, to.day, to.hour, to.minute, to.second});
    if (span > 0 && b < a)
        return span - 1;
    return span < 0 && b > a ? span + 1 : span;
}

/* The first three letters; a letter may be two bytes. */
static void short_name(const char *name, struct buf *out)
{
    size_t n = 0;
    for (int letters = 0; name[n] != '\0'; n++) {
        bool begins = ((unsigned char)name[n] & 0xc0) != 0x80;
        if (begins && ++letters > 3)
            break;
    }
    buf_add(out, name, n);
}

static void one(struct aiml_clock c, char letter, bool italian, struct buf *out)
{
    int twelve = c.hour % 12 == 0 ? 12 : c.hour % 12, day = weekday(c);
    int year_day = (int)(day_number(c.year, c.month, c.day) - day_number(c.year, 1, 1));
    switch (letter) {
    case 'A':
        buf_puts(out, calendar_day_names[italian * 7 + day]);
        break;
    case 'a':
        short_name(calendar_day_names[italian * 7 + day], out);
        break;
    case 'B':
        buf_puts(out, calendar_month_names[italian * 12 + c.month - 1]);
        break;
    case 'b':
    case 'h':
        short_name(calendar_month_names[italian * 12 + c.month - 1], out);
        break;
    case 'C':
        buf_printf(out, "%02d", c.year / 100);
        break;
    case 'd':
        buf_printf(out, "%02d", c.day);
        break;
    case 'e':
        buf_printf(out, "%2d", c.day);
        break;
    case 'H':
        buf_printf(out, "%02d", c.hour);
        break;
    case 'I':
        buf_printf(out, "%02d", twelve);
        break;
    case 'j':
        buf_printf(out, "%03d", year_day + 1);
        break;
    case 'k':
        buf_printf(out, "%2d", c.hour);
        break;
    case 'l':
        buf_printf(out, "%2d", twelve);
        break;
    case 'M':
        buf_printf(out, "%02d", c.minute);
        break;
    case 'm':
        buf_printf(out, "%02d", c.month);
        break;
    case 'n':
    case 't':
        buf_putc(out, ' ');
        break;
    case 'P':
        buf_puts(out, c.hour < 12 ? "am" : "pm");
        break;
    case 'p':
        buf_puts(out, c.hour < 12 ? "AM" : "PM");
        break;
    case 'S':
        buf_printf(out, "%02d", c.second);
        break;
    case 'U':
        buf_printf(out, "%02d", (year_day + 7 - day) / 7);
        break;
    case 'u':
        buf_printf(out, "%d", day == 0 ? 7 : day);
        break;
    case 'W':
        buf_printf(out, "%02d", (year_day + 7 - (day + 6) % 7) / 7);
        break;
    case 'w':
        buf_printf(out, "%d", day);
        break;
    case 'Y':
        buf_printf(out, "%d", c.year);
        break;
    case 'y':
        buf_printf(out, "%02d", c.year % 100);
        break;
    case '%':
        buf_putc(out, '%');
        break;
    default: /* zones are nobody's business here */
        break;
    }
}

const char *calendar_several(char letter)
{
    switch (letter) {
    case 'c':
        return "%a %b %e %H:%M:%S %Y";
    case 'D':
    case 'x':
        return "%m/%d/%y";
    case 'F':
        return "%Y-%m-%d";
    case 'R':
        return "%H:%M";
    case 'r':
        return "%I:%M:%S %p";
    case 'T':
    case 'X':
        return "%H:%M:%S";
    default:
        return NULL;
    }
}

void calendar_write(struct aiml_clock c, const char *format, bool italian, struct buf *out)
{
    if (!calendar_is_date(c))
        return;
    for (; *format != '\0'; format++) {
        if (*format != '%' || format[1] == '\0') {
            buf_putc(out, *format);
            continue;
        }
        format++;
        bool bare = (*format == '-' || *format == '_') && format[1] != '\0';
        format += bare;
        const char *more = calendar_several(*format);
        size_t before = out->size;
        if (more != NULL)
            calendar_write(c, more, italian, out);
        else
            one(c, *format, italian, out);
        if (bare && out->size > before + 1 && out->data[before] == '0') {
            memmove(out->data + before, out->data + before + 1, out->size - before);
            out->size--;
        }
    }
}

/* The conversion of strftime for a run of `count` letters of Java, or NULL. */
static const char *of_java(char letter, size_t count)
{
    switch (letter) {
    case 'y':
        return count == 2 ? "%y" : "%Y";
    case 'M':
        return count >= 4 ? "%B" : count == 3 ? "%b" : count == 2 ? "%m" : "%-m";
    case 'd':
        return count >= 2 ? "%d" : "%-d";
    case 'D':
        return "%j";
    case 'E':
        return count >= 4 ? "%A" : "%a";
    case 'a':
        return "%p";
    case 'H':
    case 'k':
        return count >= 2 ? "%H" : "%-H";
    case 'h':
    case 'K':
        return count >= 2 ? "%I" : "%-I";
    case 'm':
        return count >= 2 ? "%M" : "%-M";
    case 's':
        return count >= 2 ? "%S" : "%-S";
    case 'w':
        return "%W";
    default:
        return "";
    }
}

int calendar_from_java(const char *format, struct buf *out)
{
    for (bool quoted = false; *format != '\0';) {
        if (*format == '\'') {
            quoted = !quoted;
            format++;
        } else if (quoted || !isalpha((unsigned char)*format)) {
            if (*format == '%')
                buf_putc(out, '%');
            buf_putc(out, *format++);
        } else {
            size_t count = strspn(format, (char[]){*format, '\0'});
            buf_puts(out, of_java(*format, count));
            format += count;
        }
    }
    return out->failed ? -1 : 0;
}

void calendar_write_java(struct aiml_clock c, const char *format, bool italian, struct buf *out)
{
    struct buf plain;
    buf_init(&plain, out->ceiling);
    if (calendar_from_java(format, &plain) == 0)
        calendar_write(c, plain.data, italian, out);
    buf_free(&plain);
}
