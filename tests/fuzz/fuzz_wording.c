/* Any bytes as a site's file that a wording (the first line) is put into: no crash; and what comes out is the file with
 * one piece put in and nothing taken away, which reads as before but for one wording more. */
#include "content/example_add.h"
#include "content/intent.h"
#include "content/markdown.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static struct collect read_file(struct arena *arena, struct span file, bool intents)
{
    struct problems *problems = problems_new();
    struct collect c = {.arena = arena, .problems = problems, .today = ""};
    struct span text;
    if (lines_check("fuzz", file.text, file.size, problems, &text) == 0)
        intents ? intent_read(&c, "fuzz", "it", text) : markdown_read(&c, "fuzz", "it", text);
    problems_free(problems);
    return c;
}

/* Whether `after` is `before` with bytes put in at one place. */
static bool is_put_in(struct span before, const struct buf *after)
{
    size_t head = 0, tail = 0;
    while (head < before.size && before.text[head] == after->data[head])
        head++;
    while (tail < before.size - head && before.text[before.size - 1 - tail] == after->data[after->size - 1 - tail])
        tail++;
    return head + tail == before.size;
}

static void put(struct arena *arena, struct span file, const char *wording, bool intents)
{
    struct collect before = read_file(arena, file, intents);
    size_t count = intents ? before.intent_count : before.article_count;
    for (size_t i = 0; i < count && i < 3; i++) {
        const char *id = intents ? before.intents[i].id : before.articles[i].id;
        struct wording_add add = {file, id, wording, NULL, 0};
        struct buf out;
        buf_init(&out, 1 << 24);
        int result = intents ? example_add(&add, arena, &out) : wording_add_markdown(&add, arena, &out);
        if (result < 0 ? add.ret_why == NULL || out.size > 0 : out.size <= file.size || !is_put_in(file, &out))
            abort();
        struct collect after = read_file(arena, (struct span){out.data, out.size}, intents);
        if (result == 0 && (after.article_count != before.article_count || after.intent_count != before.intent_count))
            abort();
        buf_free(&out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const uint8_t *end = size > 0 ? memchr(bytes, '\n', size) : NULL;
    if (end == NULL || size > 20000 || memchr(bytes, 0, (size_t)(end - bytes)) != NULL)
        return 0;
    struct arena *arena = arena_new((size_t)512 << 20);
    const char *wording = arena_strndup(arena, (const char *)bytes, (size_t)(end - bytes));
    struct span file = {(const char *)end + 1, size - (size_t)(end + 1 - bytes)};
    put(arena, file, wording, false);
    put(arena, file, wording, true);
    arena_free(arena);
    return 0;
}
