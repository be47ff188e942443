/* A form posted as one JSON object of strings: see message.h. */
#include "wire/message.h"
#include "wire/scan.h"

#include <jansson.h>

/* The form and nothing in it. */
enum { FORM_DEPTH = 1 };

int message_form(const char *bytes, size_t size, const char *const *names, size_t count, struct arena *arena,
                 const char **values)
{
    if (size > MESSAGE_FRAME_BYTES || scan_frame(bytes, size, FORM_DEPTH) != NULL)
        return -1;
    json_t *object = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, NULL);
    int result = json_is_object(object) ? 0 : -1;
    for (size_t i = 0; i < count && result == 0; i++) {
        const json_t *value = json_object_get(object, names[i]);
        values[i] = NULL;
        if (value == NULL)
            continue;
        if (json_is_string(value))
            values[i] = arena_strndup(arena, json_string_value(value), json_string_length(value));
        if (values[i] == NULL)
            result = -1;
    }
    json_decref(object);
    return result;
}
