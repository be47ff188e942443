/* Customers' cards: see customer.h. */
#include "wire/customer.h"

#include "wire/json.h"
#include "wire/scan.h"

#include <jansson.h>
#include <string.h>

/* An answer being read; `why` is set by the first thing that is wrong. */
struct reading {
    struct arena *arena;
    const char *why;
};

/* A text by name: "" where it is absent or null. Numbers are no texts: how they are written is the service's matter. */
static const char *text_of(struct reading *r, const json_t *object, const char *name, size_t most)
{
    const json_t *value = json_object_get(object, name);
    if (value == NULL || json_is_null(value) || r->why != NULL)
        return "";
    const char *text = json_string_value(value);
    if (text == NULL)
        r->why = "a member of it that should be a text is none";
    else if (strlen(text) > most)
        r->why = "a text in it is too long";
    else if ((text = arena_strdup(r->arena, text)) == NULL)
        r->why = "there is not enough memory";
    return r->why == NULL ? text : "";
}

/* The list of that name; NULL = there is none. */
static const json_t *list_of(struct reading *r, const json_t *object, const char *name, size_t most)
{
    const json_t *list = json_object_get(object, name);
    if (list == NULL || json_is_null(list) || r->why != NULL)
        return NULL;
    if (!json_is_array(list))
        r->why = "a member of it that should be a list is none";
    else if (json_array_size(list) > most)
        r->why = "a list in it is too long";
    for (size_t i = 0; r->why == NULL && i < json_array_size(list); i++)
        if (!json_is_object(json_array_get(list, i)))
            r->why = "a list in it has something else than objects";
    return r->why == NULL ? list : NULL;
}

/* Agents open it with a click: no other scheme may run or read anything. */
static bool is_web_address(const char *url)
{
    size_t scheme = strncmp(url, "https://", 8) == 0 ? 8 : strncmp(url, "http://", 7) == 0 ? 7 : 0;
    for (const char *at = url; *at != '\0'; at++)
        if ((unsigned char)*at <= ' ' || *at == 0x7f || *at == '\\')
            return false;
    return scheme > 0 && url[scheme] != '\0' && url[scheme] != '/';
}

static void read_lines(struct reading *r, const json_t *root, struct customer *c)
{
    const json_t *list = list_of(r, root, "lines", CUSTOMER_LINES_MAX);
    c->lines = list != NULL ? arena_array(r->arena, CUSTOMER_LINES_MAX, sizeof *c->lines) : NULL;
    for (size_t i = 0; c->lines != NULL && i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        c->lines[c->line_count++] = (struct customer_line){text_of(r, one, "label", CUSTOMER_NAME_BYTES),
                                                           text_of(r, one, "value", CUSTOMER_VALUE_BYTES)};
    }
}

static void read_orders(struct reading *r, const json_t *root, struct customer *c)
{
    const json_t *list = list_of(r, root, "orders", CUSTOMER_ORDERS_MAX);
    c->orders = list != NULL ? arena_array(r->arena, CUSTOMER_ORDERS_MAX, sizeof *c->orders) : NULL;
    for (size_t i = 0; c->orders != NULL && i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        struct customer_order o = {.id = text_of(r, one, "id", CUSTOMER_NAME_BYTES),
                                   .state = text_of(r, one, "state", CUSTOMER_NAME_BYTES),
                                   .date = text_of(r, one, "date", CUSTOMER_NAME_BYTES),
                                   .url = text_of(r, one, "url", CUSTOMER_URL_BYTES)};
        if (o.url[0] != '\0' && !is_web_address(o.url))
            r->why = "an order's url is no http(s) address";
        c->orders[c->order_count++] = o;
    }
}

static void read_all(struct reading *r, const char *bytes, size_t size, struct customer *c)
{
    if ((r->why = scan_frame(bytes, size, CUSTOMER_DEPTH_MAX)) != NULL)
        return;
    json_t *root = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(root))
        r->why = "it is no JSON object";
    c->name = text_of(r, root, "name", CUSTOMER_NAME_BYTES);
    c->notes = text_of(r, root, "notes", CUSTOMER_NOTES_BYTES);
    read_lines(r, root, c);
    read_orders(r, root, c);
    json_decref(root);
}

int customer_read(const char *bytes, size_t size, struct arena *arena, struct customer *ret, const char **ret_why)
{
    struct reading r = {.arena = arena};
    struct customer c = {.name = "", .notes = ""};
    while (size > 0 && memchr(" \t\r\n", bytes[size - 1], 4) != NULL)
        size--;
    if (size > CUSTOMER_ANSWER_BYTES)
        r.why = "it is longer than 64 kB";
    else if (size > 0)
        read_all(&r, bytes, size, &c);
    if (r.why == NULL && arena_failed(arena))
        r.why = "there is not enough memory";
    *ret_why = r.why != NULL ? r.why : "";
    if (r.why != NULL)
        return -1;
    *ret = c;
    return 0;
}

bool customer_known(const struct customer *c)
{
    return c->name[0] != '\0' || c->notes[0] != '\0' || c->line_count > 0 || c->order_count > 0;
}

int customer_write(const struct customer *c, struct buf *out)
{
    json_open(out, NULL, '{');
    json_text_if(out, "name", c->name);
    json_open(out, "lines", '[');
    for (size_t i = 0; i < c->line_count; i++) {
        json_open(out, NULL, '{');
        json_text(out, "label", c->lines[i].label);
        json_text(out, "value", c->lines[i].value);
        json_close(out, '}');
    }
    json_close(out, ']');
    json_open(out, "orders", '[');
    for (size_t i = 0; i < c->order_count; i++) {
        json_open(out, NULL, '{');
        json_text(out, "id", c->orders[i].id);
        json_text(out, "state", c->orders[i].state);
        json_text_if(out, "date", c->orders[i].date);
        json_text_if(out, "url", c->orders[i].url);
        json_close(out, '}');
    }
    json_close(out, ']');
    json_text_if(out, "notes", c->notes);
    json_close(out, '}');
    return out->failed ? -1 : 0;
}
