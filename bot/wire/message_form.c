/* A form posted as one JSON object of strings, or of strings and numbers: see message.h. */
#include "wire/message.h"
#include "wire/scan.h"

#include <jansson.h>
#include <string.h>

/* The form and nothing in it. */
enum { FORM_DEPTH = 1 };

static const char *read_string(const json_t *value, struct arena *arena)
{
    return json_is_string(value) ? arena_strndup(arena, json_string_value(value), json_string_length(value)) : NULL;
}

/* Bytes of the control character at `at`, 0 where there is none that must go. */
static size_t control_at(const unsigned char *at)
{
    if (at[0] == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0)
        return 2;
    return (at[0] < 0x20 && at[0] != '\n' && at[0] != '\t') || at[0] == 0x7f ? 1 : 0;
}

static const char *read_field(const json_t *value, struct arena *arena)
{
    if (json_is_integer(value))
        return arena_printf(arena, "%lld", (long long)json_integer_value(value));
    const char *text = read_string(value, arena);
    char *copy = text != NULL ? arena_alloc(arena, strlen(text) + 1) : NULL, *to = copy;
    for (const char *at = text; copy != NULL && *at != '\0';) {
        size_t control = control_at((const unsigned char *)at);
        if (control == 0)
            *to++ = *at++;
        at += control;
    }
    return copy;
}

static int read_object(const char *bytes, size_t size, const char *const *names, size_t count, struct arena *arena,
                       const char *(*read)(const json_t *, struct arena *), const char **values)
{
    if (size > MESSAGE_FRAME_BYTES || scan_frame(bytes, size, FORM_DEPTH) != NULL)
        return -1;
    json_t *object = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, NULL);
    int result = json_is_object(object) ? 0 : -1;
    for (size_t i = 0; i < count && result == 0; i++) {
        const json_t *value = json_object_get(object, names[i]);
        values[i] = value != NULL ? read(value, arena) : NULL;
        if (value != NULL && values[i] == NULL)
            result = -1;
    }
    json_decref(object);
    return result;
}

int message_form(const char *bytes, size_t size, const char *const *names, size_t count, struct arena *arena,
                 const char **values)
{
    return read_object(bytes, size, names, count, arena, read_string, values);
}

int message_fields(const char *bytes, size_t size, const char *const *names, size_t count, struct arena *arena,
                   const char **values)
{
    return read_object(bytes, size, names, count, arena, read_field, values);
}
