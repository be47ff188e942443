/* Any bytes as a knowledge file: no crash, no overrun; and what is read holds what the headers
 * promise: ids are ids, questions and answers are there, trees are no deeper than they may be. */
#include "content/ident.h"
#include "content/markdown.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void check_depth(const struct block *b, int depth)
{
    for (; b != NULL; b = b->next) {
        if (depth > BLOCK_DEPTH_MAX)
            abort();
        check_depth(b->child, depth + 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new((size_t)256 << 20);
    struct problems *problems = problems_new();
    struct collect c = {.arena = arena, .problems = problems, .today = "2026-11-22"};
    struct span text;
    if (lines_check("fuzz.md", (const char *)bytes, size, problems, &text) == 0)
        markdown_read(&c, "fuzz.md", "it", text);
    for (size_t i = 0; i < c.article_count; i++) {
        const struct article *a = &c.articles[i];
        if (!ident_valid(a->id, strlen(a->id)) || a->question[0] == '\0' || a->answer == NULL || a->place.line < 1)
            abort();
        check_depth(a->answer, 1);
    }
    problems_free(problems);
    arena_free(arena);
    return 0;
}
