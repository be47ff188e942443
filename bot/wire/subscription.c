/* Browsers' subscriptions and the messages for them: see subscription.h. */
#include "wire/subscription.h"

#include "wire/json.h"
#include "wire/scan.h"

#include <jansson.h>
#include <string.h>

enum { DEPTH = 2, LANG_BYTES = 16 };

/* A member's text, in the arena; NULL = there is none, or it is none that could be. */
static const char *text_of(const json_t *object, const char *name, size_t most, struct arena *arena)
{
    const json_t *value = json_object_get(object, name);
    const char *text = json_string_value(value);
    size_t size = text != NULL ? json_string_length(value) : 0;
    if (size == 0 || size > most)
        return NULL;
    for (size_t i = 0; i < size; i++)
        if (text[i] <= ' ' || text[i] > '~')
            return NULL;
    return arena_strndup(arena, text, size);
}

int subscription_read(const char *bytes, size_t size, bool endpoint_only, struct arena *arena, struct subscription *ret)
{
    if (size > SUBSCRIPTION_BYTES || scan_frame(bytes, size, DEPTH) != NULL)
        return -1;
    json_t *root = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, NULL);
    struct subscription s = {.endpoint = text_of(root, "endpoint", SUBSCRIPTION_ENDPOINT_BYTES, arena)};
    if (!endpoint_only) {
        s.p256dh = text_of(root, "p256dh", SUBSCRIPTION_KEY_BYTES, arena);
        s.auth = text_of(root, "auth", SUBSCRIPTION_KEY_BYTES, arena);
        s.lang = text_of(root, "lang", LANG_BYTES, arena);
    }
    json_decref(root);
    if (s.endpoint == NULL || (!endpoint_only && (s.p256dh == NULL || s.auth == NULL)))
        return -1;
    if (s.lang == NULL)
        s.lang = "";
    *ret = s;
    return 0;
}

int subscription_write(const struct subscription_message *m, struct buf *out)
{
    json_open(out, NULL, '{');
    json_text(out, "kind", m->kind);
    json_number(out, "ticket", m->ticket);
    json_text(out, "department", m->department);
    json_text(out, "lang", m->lang);
    json_close(out, '}');
    return out->failed ? -1 : 0;
}
