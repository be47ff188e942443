/* Plain words out of a body's blocks: see spoken.h. */
#include "wire/spoken.h"

#include "base/buf.h"

#include <jansson.h>
#include <string.h>

enum { DEPTH_MAX = 32, TEXT_BYTES = 512 << 10 };

/* Blocks that stand on their own lines, and what stands between two of them. */
static const struct {
    const char *name, *between;
} own_lines[] = {
    {"paragraph", "\n\n"}, {"heading", "\n\n"}, {"list", "\n\n"}, {"quote", "\n\n"}, {"code_lines", "\n\n"},
    {"card", "\n\n"},      {"rule", "\n\n"},    {"item", "\n"},   {"file", "\n\n"},
};

static const char *member(const json_t *block, const char *name)
{
    const char *text = json_string_value(json_object_get(block, name));
    return text != NULL ? text : "";
}

static void put_blocks(const json_t *blocks, int depth, struct buf *out)
{
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        const json_t *block = json_array_get(blocks, i);
        const char *type = member(block, "type");
        for (size_t k = 0; i > 0 && k < sizeof own_lines / sizeof *own_lines; k++)
            if (strcmp(type, own_lines[k].name) == 0)
                buf_puts(out, own_lines[k].between);
        if (strcmp(type, "break") == 0)
            buf_putc(out, '\n');
        if (strcmp(type, "file") == 0)
            buf_puts(out, member(block, "name"));
        buf_puts(out, member(block, "title"));
        buf_puts(out, member(block, "text"));
        if (depth < DEPTH_MAX)
            put_blocks(json_object_get(block, "children"), depth + 1, out);
    }
}

const char *spoken_text(const char *body, size_t size, struct arena *arena)
{
    struct buf out;
    buf_init(&out, TEXT_BYTES);
    json_t *object = json_loadb(body, size, 0, NULL);
    put_blocks(json_object_get(object, "blocks"), 0, &out);
    json_decref(object);
    const char *text = !out.failed ? arena_strndup(arena, out.data != NULL ? out.data : "", out.size) : NULL;
    buf_free(&out);
    return text;
}
