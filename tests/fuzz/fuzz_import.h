/* What the fuzz targets of import readers share: bytes to text, text to entries, entries to Markdown. */
#ifndef FUZZ_IMPORT_H
#define FUZZ_IMPORT_H

#include "content/charset.h"
#include "content/import_list.h"

#include <stdint.h>
#include <stdlib.h>

/* Every entry that a list keeps can be written: markdown_write reads back what it writes. */
static inline void fuzz_write_all(const struct import_list *list)
{
    struct arena *scratch = arena_new((size_t)256 << 20);
    struct buf out;
    buf_init(&out, (size_t)256 << 20);
    for (size_t i = 0; i < list->count; i++) {
        enum markdown_written how;
        if (markdown_write(&out, &list->entries[i].entry, scratch, &how) < 0)
            abort();
    }
    buf_free(&out);
    arena_free(scratch);
}

static inline void fuzz_import(enum charset_kind kind, const uint8_t *bytes, size_t size,
                               void (*read)(struct import_list *, struct span))
{
    struct arena *arena = arena_new((size_t)256 << 20);
    struct problems *problems = problems_new();
    struct import_list list;
    struct span text;
    const struct charset_source source = {"fuzz", NULL, kind, problems};
    if (import_list_open(&list, arena, "fuzz", NULL, true, problems) < 0)
        abort();
    if (charset_decode(arena, &source, (struct span){(const char *)bytes, size}, &text) == 0) {
        read(&list, text);
        fuzz_write_all(&list);
    }
    import_list_close(&list);
    problems_free(problems);
    arena_free(arena);
}

#endif
