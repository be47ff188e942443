/* Any bytes as a question table: no crash, no overrun; and every row that is read can be written
 * as Markdown which reads back as the same entry (markdown_write checks that itself). */
#include "content/csv_entries.h"
#include "fuzz_import.h"

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
        fuzz_write_all(&list);
    import_list_close(&list);
    problems_free(problems);
    arena_free(arena);
    return 0;
}
