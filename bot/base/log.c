/* One logfmt line an event: see log.h. */
#include "base/log.h"

#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A line is cut here: what is logged are ids and numbers. */
enum { LINE_MAX_BYTES = 4096 };

static enum log_level threshold = LOG_LEVEL_INFO;
static const char *const level_names[] = {"error", "warning", "info", "debug"};

void log_set_level(enum log_level level)
{
    threshold = level;
}

int log_level_from_name(const char *name, enum log_level *ret_level)
{
    for (size_t i = 0; i < sizeof level_names / sizeof *level_names; i++) {
        if (strcmp(name, level_names[i]) == 0) {
            *ret_level = (enum log_level)i;
            return 0;
        }
    }
    return -1;
}

static void put_time(struct buf *line)
{
    struct timespec now;
    struct tm utc;
    char text[32];
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
    buf_printf(line, "time=%s.%03ldZ", text, now.tv_nsec / 1000000);
}

static void put_value(struct buf *line, const char *value)
{
    if (value[0] != '\0' && strpbrk(value, " \"=\\\n\r\t") == NULL) {
        buf_puts(line, value);
        return;
    }
    buf_putc(line, '"');
    for (const unsigned char *p = (const unsigned char *)value; *p != '\0'; p++) {
        if (*p == '"' || *p == '\\')
            buf_printf(line, "\\%c", *p);
        else if (*p < 0x20 || *p == 0x7f)
            buf_printf(line, "\\x%02x", *p);
        else
            buf_putc(line, (char)*p);
    }
    buf_putc(line, '"');
}

void log_line(enum log_level level, const char *event, ...)
{
    if (level > threshold)
        return;
    struct buf line;
    buf_init(&line, LINE_MAX_BYTES);
    put_time(&line);
    buf_printf(&line, " level=%s event=%s", level_names[level], event);
    va_list pairs;
    va_start(pairs, event);
    for (const char *key; (key = va_arg(pairs, const char *)) != NULL;) {
        const char *value = va_arg(pairs, const char *);
        if (value == NULL)
            continue;
        buf_printf(&line, " %s=", key);
        put_value(&line, value);
    }
    va_end(pairs);
    line.failed = false;
    line.ceiling++;
    buf_putc(&line, '\n');
    if (write(STDERR_FILENO, line.data, line.size) < 0) {
        /* Nowhere left to say it. */
    }
    buf_free(&line);
}

const char *log_number(long long n)
{
    static _Thread_local char texts[8][24];
    static _Thread_local unsigned next;
    char *text = texts[next++ % 8];
    snprintf(text, sizeof texts[0], "%lld", n);
    return text;
}
