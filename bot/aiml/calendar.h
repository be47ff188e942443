/* Calendar: dates as AIML writes them, without locale or zone. Private to bot/aiml. Pure; threads: any. */
#ifndef AIML_CALENDAR_H
#define AIML_CALENDAR_H

#include "aiml/aiml.h"

/* Appends the time as strftime would (`%A %d %B %Y, %H:%M`); names in English, or Italian where `italian`. */
void calendar_write(struct aiml_clock, const char *format, bool italian, struct buf *out);
/* The same for a pattern of Java's SimpleDateFormat (`EEEE d MMMM yyyy, HH:mm`). */
void calendar_write_java(struct aiml_clock, const char *format, bool italian, struct buf *out);
/* The pattern of Java as one of strptime, for calendar_read. -1 past the buffer's ceiling. */
int calendar_from_java(const char *format, struct buf *out);
/* Reads a time written after a format of strptime; what the format does not name is taken from `now`, the time of
 * day being 0. False where it does not fit or is no date. */
bool calendar_read(const char *text, const char *format, struct aiml_clock now, struct aiml_clock *ret);
/* Seconds since the year 1, for differences. */
int64_t calendar_seconds(struct aiml_clock);
/* True for a day that there is, and a time of day. */
bool calendar_is_date(struct aiml_clock);
/* English, then Italian. */
extern const char *const calendar_month_names[24], *const calendar_day_names[14];
/* The format that a letter such as `c` or `T` stands for, or NULL. */
const char *calendar_several(char letter);
/* Whole months from one to the other, below 0 backwards. */
int64_t calendar_months(struct aiml_clock from, struct aiml_clock to);

#endif
