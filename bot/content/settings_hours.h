/* Settings_hours: opening hours of a department as editors write them.
 *
 *     hours: {mon-fri: "09:00-13:00, 15:00-19:00", sat: "09:00-13:00"}
 * Weekdays are English (mon, monday) or Italian (lun, lunedì). Used by settings_value.c only. */
#ifndef CONTENT_SETTINGS_HOURS_H
#define CONTENT_SETTINGS_HOURS_H

#include "content/settings_value.h"

/* Sorted by weekday and time. Mistakes become problems; the good hours are kept. */
void settings_hours(const struct settings_reader *, const struct yaml_value *map, struct department *);

#endif
