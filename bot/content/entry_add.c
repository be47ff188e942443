/* One more entry in a Markdown file: see entry_add.h. */
#include "content/entry_add.h"

#include "content/collect.h"
#include "content/markdown.h"
#include "content/markdown_write.h"

#include <string.h>

enum { SCRATCH_BYTES = 64 << 20 };

/* What a file says, and how many complaints it gives. */
struct reading {
    struct collect found;
    size_t complaints;
};

static int read_file(struct arena *arena, struct span file, struct reading *ret)
{
    struct problems *problems = problems_new();
    struct span text;
    if (problems == NULL)
        return -1;
    *ret = (struct reading){.found = {.arena = arena, .problems = problems, .today = ""}};
    if (lines_check("", file.text, file.size, problems, &text) == 0)
        markdown_read(&ret->found, "", "", text);
    ret->complaints = problems_count(problems, SEVERITY_ERROR) + problems_count(problems, SEVERITY_WARNING);
    ret->found.problems = NULL;
    problems_free(problems);
    return 0;
}

static bool has_id(const struct collect *c, const char *id)
{
    for (size_t i = 0; i < c->article_count; i++)
        if (strcmp(c->articles[i].id, id) == 0)
            return true;
    return false;
}

static int write_entry(const struct entry_add *add, struct buf *whole)
{
    struct arena *scratch = arena_new(SCRATCH_BYTES);
    const struct markdown_entry entry = {.id = add->id, .question = add->question, .answer = add->answer};
    enum markdown_written how;
    buf_add(whole, add->file.text, add->file.size);
    if (add->file.size > 0)
        buf_puts(whole, add->file.text[add->file.size - 1] == '\n' ? "\n" : "\n\n");
    int result = scratch != NULL ? markdown_write(whole, &entry, scratch, &how) : -1;
    arena_free(scratch);
    return whole->failed ? -1 : result;
}

int entry_add_markdown(struct entry_add *add, struct arena *arena, struct buf *out)
{
    struct reading before, after;
    struct buf whole;
    int result = -1;
    add->ret_why = "there is not enough memory";
    buf_init(&whole, (size_t)SITE_FILE_BYTES);
    if (read_file(arena, add->file, &before) < 0)
        return -1;
    if (has_id(&before.found, add->id)) {
        add->ret_why = "an entry of this id is in the file already";
    } else if (write_entry(add, &whole) < 0) {
        add->ret_why = "the answer cannot be written as an entry; put it in by hand";
    } else if (read_file(arena, (struct span){whole.data, whole.size}, &after) == 0) {
        const struct article *last =
            after.found.article_count > 0 ? &after.found.articles[after.found.article_count - 1] : NULL;
        if (after.found.article_count != before.found.article_count + 1 || after.complaints > before.complaints ||
            strcmp(last->id, add->id) != 0 || strcmp(last->question, add->question) != 0) {
            add->ret_why = "the entry cannot be put here without changing what the file says; put it in by hand";
        } else {
            add->ret_line = last->place.line;
            result = buf_add(out, whole.data, whole.size);
        }
    }
    buf_free(&whole);
    return result;
}
