/* Calendar: days of the Gregorian calendar as numbers, to count with. Private to this floor. Threads: any. */
#ifndef ENTITY_CALENDAR_H
#define ENTITY_CALENDAR_H

#include <stdbool.h>

/* Days since 1970-01-01. The month may be beyond 1–12 and the day beyond its month: they carry over. */
long calendar_days(int year, int month, int day);
void calendar_civil(long days, int *ret_year, int *ret_month, int *ret_day);
/* 1 = Monday … 7 = Sunday. */
int calendar_weekday(long days);
int calendar_month_days(int year, int month);
bool calendar_exists(int year, int month, int day);

#endif
