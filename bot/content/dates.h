/* Dates: days of the calendar as editors write them. Threads: any. */
#ifndef CONTENT_DATES_H
#define CONTENT_DATES_H

#include <stdbool.h>

/* "2027-03-31", a day that exists. */
bool dates_valid(const char *text);
/* "12-25", a day that exists in some year. */
bool dates_valid_yearly(const char *text);
/* "09:30" to minutes after midnight; "24:00" is 1440. -1 if it is no time. */
int dates_minutes(const char *text, int size);

#endif
