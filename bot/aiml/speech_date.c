/* Dates and the time between two of them: see speech.h. */
#include "aiml/calendar.h"
#include "aiml/speech.h"

#include <string.h>
#include <strings.h>

enum { DATE_BYTES = 400, FORMAT_BYTES = 200 };

static bool is_italian(struct speech *t, struct scene *s, const struct image_op *op)
{
    const char *locale = speech_param(t, s, op, PARAM_LOCALE);
    locale = locale != NULL && *locale != '\0' ? locale : t->heard->lang;
    return locale != NULL && strncasecmp(locale, "it", 2) == 0;
}

void speech_date(struct speech *t, struct scene *s, const struct image_op *op)
{
    const char *format = speech_param(t, s, op, PARAM_FORMAT);
    const char *java = format == NULL ? speech_param(t, s, op, PARAM_JFORMAT) : NULL;
    bool italian = is_italian(t, s, op);
    struct buf out;
    buf_init(&out, DATE_BYTES);
    if (java != NULL)
        calendar_write_java(t->heard->now, java, italian, &out);
    else
        calendar_write(t->heard->now, format != NULL ? format : "%c", italian, &out);
    speech_say(t, out.data, out.size);
    buf_free(&out);
}

/* The format of both dates, as strptime has it. */
static int interval_format(struct speech *t, struct scene *s, const struct image_op *op, struct buf *out)
{
    const char *format = speech_param(t, s, op, PARAM_FORMAT);
    const char *java = format == NULL ? speech_param(t, s, op, PARAM_JFORMAT) : NULL;
    if (java != NULL)
        return calendar_from_java(java, out);
    return buf_puts(out, format != NULL ? format : "%c");
}

void speech_interval(struct speech *t, struct scene *s, const struct image_op *op)
{
    static const struct {
        const char *style;
        int64_t seconds; /* 0 = months, below 0 = so many months */
    } styles[] = {{"years", -12},  {"months", -1},  {"weeks", 604800}, {"days", 86400},
                  {"hours", 3600}, {"minutes", 60}, {"seconds", 1}};
    const char *style = speech_param(t, s, op, PARAM_STYLE), *from = speech_param(t, s, op, PARAM_FROM);
    const char *to = speech_param(t, s, op, PARAM_TO);
    struct aiml_clock a, b;
    struct buf format;
    char said[32] = "unknown";
    buf_init(&format, FORMAT_BYTES);
    if (from != NULL && to != NULL && interval_format(t, s, op, &format) == 0 &&
        calendar_read(from, format.data, t->heard->now, &a) && calendar_read(to, format.data, t->heard->now, &b))
        for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
            if (strcasecmp(style != NULL ? style : "days", styles[i].style) == 0) {
                int64_t unit = styles[i].seconds;
                int64_t n =
                    unit > 0 ? (calendar_seconds(b) - calendar_seconds(a)) / unit : calendar_months(a, b) / -unit;
                snprintf(said, sizeof said, "%lld", (long long)n);
            }
    buf_free(&format);
    speech_puts(t, said);
}
