/* Any bytes as a question table: no crash, no overrun; and every row that is read can be written
 * as Markdown which reads back as the same entry (markdown_write checks that itself). */
#include "content/csv_entries.h"

#include <stdint.h>
#include <stdlib.h>

static void write_all(const struct import_entry *entries, size_t count)
{
    struct arena *scratch = arena_new((size_t)256 << 20);
    struct buf out;
    buf_init(&out, (size_t)256 << 20);
    for (size_t i = 0; i < count; i++) {
        enum markdown_written how;
        if (markdown_write(&out, &entries[i].entry, scratch, &how) < 0)
            abort();
    }
    buf_free(&out);
    arena_free(scratch);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new((size_t)256 << 20);
    struct problems *problems = problems_new();
    struct csv_table table;
    struct import_list list;
    if (import_list_open(&list, arena, "fuzz.csv", NULL, false, problems) < 0)
        abort();
    if (csv_table_read(arena, "fuzz.csv", (const char *)bytes, size, problems, &table) == 0 &&
        csv_entries(&list, &table) == 0)
        write_all(list.entries, list.count);
    import_list_close(&list);
    problems_free(problems);
    arena_free(arena);
    return 0;
}
