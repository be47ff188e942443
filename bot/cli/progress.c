/* The line of progress: see progress.h. */
#include "cli/progress.h"

#include <stdarg.h>
#include <unistd.h>

bool progress_shown(const struct call *call)
{
    int fd = fileno(call->err);
    return call->tell != NULL || (!call->quiet && fd >= 0 && isatty(fd));
}

static void show(const struct call *call, const char *line)
{
    if (call->tell != NULL) {
        call->tell(call->teller, line);
        return;
    }
    fputs(line, call->err);
    fflush(call->err);
}

void progress_line(const struct call *call, const char *format, ...)
{
    char line[PROGRESS_BYTES] = PROGRESS_CLEAR;
    size_t clear = sizeof PROGRESS_CLEAR - 1;
    va_list list;
    if (!progress_shown(call))
        return;
    va_start(list, format);
    vsnprintf(line + clear, sizeof line - clear, format, list);
    va_end(list);
    show(call, line);
}

void progress_end(const struct call *call)
{
    if (progress_shown(call))
        show(call, PROGRESS_CLEAR);
}
