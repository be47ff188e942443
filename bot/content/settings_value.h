/* Settings_value: one value of sportello.yaml, checked and put into its field.
 *
 * Used by settings_read.c only. Mistakes become problems and leave the field as it was. */
#ifndef CONTENT_SETTINGS_VALUE_H
#define CONTENT_SETTINGS_VALUE_H

#include "content/settings.h"
#include "content/yaml.h"

struct settings_reader {
    struct arena *arena;
    const char *file;
    struct problems *problems;
    struct settings *settings; /* whose languages are known */
};

/* `base` is the struct that row->offset counts from. */
void settings_value(const struct settings_reader *, const struct setting_row *, const struct yaml_value *, void *base);
/* SETTING_PRONUNCIATION: settings_pronunciation.c. */
void settings_pronunciation(const struct settings_reader *, const struct setting_row *, const struct yaml_value *,
                            struct pronunciations *field);
/* What one writes for this type, in words: "a whole number", "a list of dates", … */
const char *settings_type_name(enum setting_type);

#endif
