/* Log: one structured line an event, logfmt, on stderr.
 *
 * `time=2026-01-02T03:04:05.678Z level=info event=listening url=http://…`
 * Values are quoted and escaped where they need it. Never a message body, a token, a
 * password or a contact: log ids and sizes. Only net, hooks and cli log; lower floors report.
 * Threads: any; a line is one write. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* Lines above this level are dropped (default info). */
void log_set_level(enum log_level);
/* Name to level: "error", "warning", "info", "debug"; -1 if unknown. */
int log_level_from_name(const char *name, enum log_level *ret_level);

/* Pairs of key (const char *) and value (const char *), ended by NULL:
 *   log_line(LOG_LEVEL_INFO, "listening", "url", url, NULL);
 * A NULL value drops its pair. Numbers: log_number. */
void log_line(enum log_level, const char *event, ...) __attribute__((sentinel));

/* A number as text in one of 8 buffers of the calling thread, for use as a value at once. */
const char *log_number(long long);

#endif
