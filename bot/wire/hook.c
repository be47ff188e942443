/* What is said with a webhook: see hook.h. */
#include "wire/hook.h"

#include "content/expression.h"
#include "wire/json.h"
#include "wire/scan.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* --- there -------------------------------------------------------------------------------------- */

int hook_write(const struct hook_call *c, struct buf *out)
{
    char at[32];
    time_t seconds = (time_t)c->at_seconds;
    struct tm parts = {.tm_year = 70, .tm_mday = 1};
    gmtime_r(&seconds, &parts);
    strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", &parts);
    json_open(out, NULL, '{');
    json_text(out, "type", c->type);
    json_text(out, "timestamp", at);
    json_open(out, "data", '{');
    for (size_t i = 0; i < c->send_count; i++)
        json_text(out, c->sends[i].name, c->sends[i].value);
    json_close(out, '}');
    json_text_if(out, "intent", c->intent);
    json_text(out, "lang", c->lang);
    if (c->visitor != NULL) {
        json_open(out, "visitor", '{');
        json_text(out, "id", c->visitor);
        json_close(out, '}');
    }
    json_close(out, '}');
    return out->failed ? -1 : 0;
}

/* --- back --------------------------------------------------------------------------------------- */

/* An answer being read. */
struct reading {
    struct arena *arena;
    struct variable *values;
    size_t count;
    const char *why;
};

static int refuse(struct reading *r, const char *why)
{
    r->why = why;
    return -1;
}

static bool is_name(const char *name)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    size_t size = strlen(name);
    return size > 0 && size <= HOOK_NAME_BYTES && name[strspn(name, allowed)] == '\0';
}

static int add(struct reading *r, const char *name, const char *value)
{
    if (r->count == HOOK_VALUES_MAX)
        return refuse(r, "it has more than 100 values");
    if (strlen(value) > HOOK_VALUE_BYTES)
        return refuse(r, "a text in it is longer than 2000 bytes");
    const struct variable v = {arena_strdup(r->arena, name), arena_strdup(r->arena, value)};
    if (v.name == NULL || v.value == NULL)
        return refuse(r, "there is not enough memory");
    r->values[r->count++] = v;
    return 0;
}

static int add_number(struct reading *r, const char *name, const json_t *v)
{
    char text[64];
    if (json_is_integer(v))
        snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
    else
        snprintf(text, sizeof text, "%.12g", json_real_value(v));
    return add(r, name, text);
}

static int add_value(struct reading *r, const char *name, const json_t *v);

static int add_members(struct reading *r, const char *name, const json_t *object)
{
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)object, key, member)
    {
        char whole[EXPRESSION_NAME_BYTES];
        int size = snprintf(whole, sizeof whole, "%s%s%s", name, name[0] != '\0' ? "." : "", key);
        if (is_name(key) && size < (int)sizeof whole && add_value(r, whole, member) < 0)
            return -1;
    }
    return 0;
}

static int add_elements(struct reading *r, const char *name, const json_t *list)
{
    char whole[EXPRESSION_NAME_BYTES], count[32];
    size_t elements = json_array_size(list);
    snprintf(count, sizeof count, "%zu", elements);
    if (snprintf(whole, sizeof whole, "%s.count", name) >= (int)sizeof whole)
        return 0;
    if (add(r, whole, count) < 0)
        return -1;
    for (size_t i = 0; i < elements; i++) {
        if (snprintf(whole, sizeof whole, "%s.%zu", name, i + 1) >= (int)sizeof whole)
            continue;
        if (add_value(r, whole, json_array_get(list, i)) < 0)
            return -1;
    }
    return 0;
}

static int add_value(struct reading *r, const char *name, const json_t *v)
{
    switch (json_typeof(v)) {
    case JSON_STRING:
        return add(r, name, json_string_value(v));
    case JSON_INTEGER:
    case JSON_REAL:
        return add_number(r, name, v);
    case JSON_TRUE:
        return add(r, name, "true");
    case JSON_FALSE:
        return add(r, name, "false");
    case JSON_OBJECT:
        return add_members(r, name, v);
    case JSON_ARRAY:
        return add_elements(r, name, v);
    default:
        return 0;
    }
}

static int read_object(struct reading *r, const char *bytes, size_t size)
{
    const char *wrong = scan_frame(bytes, size, HOOK_DEPTH_MAX);
    if (wrong != NULL)
        return refuse(r, wrong);
    json_t *root = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, NULL);
    int result = json_is_object(root) ? add_members(r, "", root) : refuse(r, "it is no JSON object");
    json_decref(root);
    return result;
}

int hook_read(const char *bytes, size_t size, struct arena *arena, const struct variable **ret, size_t *ret_count,
              const char **ret_why)
{
    struct reading r = {.arena = arena, .why = ""};
    r.values = arena_array(arena, HOOK_VALUES_MAX, sizeof *r.values);
    while (size > 0 && memchr(" \t\r\n", bytes[size - 1], 4) != NULL)
        size--;
    int result = r.values == NULL           ? refuse(&r, "there is not enough memory")
                 : size > HOOK_ANSWER_BYTES ? refuse(&r, "it is longer than 64 kB")
                 : size > 0                 ? read_object(&r, bytes, size)
                                            : 0;
    *ret = r.values;
    *ret_count = result == 0 ? r.count : 0;
    *ret_why = r.why;
    return result;
}
