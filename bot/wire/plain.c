/* From the blocks of a stored message to its words: see plain.h. */
#include "wire/plain.h"

#include <jansson.h>
#include <string.h>

enum { DEPTH_MOST = 64 };

static void put(const json_t *blocks, struct buf *out, int depth);

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text != NULL ? text : "";
}

static bool is_among(const char *type, const char *const *names)
{
    while (*names != NULL && strcmp(*names, type) != 0)
        names++;
    return *names != NULL;
}

/* Blocks on lines of their own begin on one, after a blank one where they follow another. */
static void begin_line(const char *type, struct buf *out)
{
    static const char *const apart[] = {"paragraph", "heading", "list", "quote", "code_lines", "rule", "card", NULL};
    bool item = strcmp(type, "item") == 0;
    bool at_mark = out->size >= 2 && memcmp(out->data + out->size - 2, "- ", 2) == 0;
    if (out->size == 0 || at_mark || (!item && !is_among(type, apart)))
        return;
    if (item && out->data[out->size - 1] == '\n')
        return;
    while (out->size > 0 && out->data[out->size - 1] == '\n')
        out->data[--out->size] = '\0';
    buf_puts(out, item ? "\n" : "\n\n");
}

static void put_link(const json_t *block, struct buf *out, int depth)
{
    size_t before = out->size;
    const char *href = text_of(block, "href");
    put(json_object_get(block, "children"), out, depth);
    if (out->failed || strcmp(out->data + before, href) == 0)
        return;
    buf_printf(out, out->size > before ? " (%s)" : "%s", href);
}

static void put_block(const json_t *block, struct buf *out, int depth)
{
    const char *type = text_of(block, "type");
    begin_line(type, out);
    if (strcmp(type, "link") == 0) {
        put_link(block, out, depth);
        return;
    }
    if (strcmp(type, "item") == 0)
        buf_puts(out, "- ");
    else if (strcmp(type, "break") == 0)
        buf_puts(out, "\n");
    else if (strcmp(type, "rule") == 0)
        buf_puts(out, "---");
    buf_puts(out, text_of(block, "text"));
    buf_puts(out, text_of(block, "title"));
    buf_puts(out, text_of(block, "alt"));
    put(json_object_get(block, "children"), out, depth);
}

static void put(const json_t *blocks, struct buf *out, int depth)
{
    size_t i;
    json_t *block;
    if (depth == DEPTH_MOST)
        return;
    json_array_foreach(blocks, i, block)
    {
        put_block(block, out, depth + 1);
    }
}

int plain_of_body(const char *body, size_t size, struct arena *arena, struct buf *out, const char **ret_name)
{
    struct buf words;
    json_t *root = json_loadb(body, size, JSON_REJECT_DUPLICATES, NULL);
    *ret_name = "";
    if (!json_is_object(root)) {
        json_decref(root);
        return -1;
    }
    buf_init(&words, out->ceiling);
    put(json_object_get(root, "blocks"), &words, 0);
    buf_add(out, words.data, words.size);
    buf_free(&words);
    const char *name = arena_strdup(arena, text_of(root, "name"));
    *ret_name = name != NULL ? name : "";
    json_decref(root);
    return 0;
}
