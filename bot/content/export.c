/* Rows in order, and cells: see export.h. */
#include "content/export.h"

#include "content/answer_write.h"
#include "content/markdown_write.h"

#include <stdlib.h>
#include <string.h>

/* --- rows ---------------------------------------------------------------------------------------------- */

static int by_place(const void *left, const void *right)
{
    const struct article *a = ((const struct export_row *)left)->article,
                         *b = ((const struct export_row *)right)->article;
    int order = strcmp(a->lang, b->lang);
    if (order == 0)
        order = strcmp(a->topic, b->topic);
    if (order == 0)
        order = strcmp(a->review != NULL ? a->review : "", b->review != NULL ? b->review : "");
    return order != 0 ? order : (a > b) - (a < b); /* they lie in one array, as they were read */
}

static const char *answer_of(struct arena *arena, const struct article *a, struct problems *problems)
{
    struct span text = {a->answer_source, a->answer_source_size};
    const char *source = NULL;
    bool exact = false;
    while (text.size > 0 && strchr(" \t\r\n", text.text[0]) != NULL)
        text.text++, text.size--;
    while (text.size > 0 && strchr(" \t\r\n", text.text[text.size - 1]) != NULL)
        text.size--;
    if (text.size > 0)
        source = arena_strndup(arena, text.text, text.size);
    if (source != NULL && strchr(source, '\r') == NULL && answer_reads_as(arena, source, a->answer))
        return source;
    const char *written = answer_write(arena, a->answer, &exact);
    if (!exact)
        problem_add(problems, SEVERITY_WARNING, a->place.file, a->place.line, a->place.column,
                    "the answer cannot be given away exactly; look at “%s” where it is brought in", a->id);
    return written != NULL ? written : "";
}

int export_rows(struct arena *arena, const struct site *site, const char *lang, struct problems *problems,
                struct export_row **ret_rows, size_t *ret_count)
{
    struct export_row *rows = arena_array(arena, site->article_count + 1, sizeof *rows);
    size_t count = 0;
    for (size_t i = 0; rows != NULL && i < site->article_count; i++)
        if (lang == NULL || strcmp(site->articles[i].lang, lang) == 0)
            rows[count++].article = &site->articles[i];
    if (rows != NULL)
        qsort(rows, count, sizeof *rows, by_place);
    for (size_t i = 0; i < count; i++)
        rows[i].answer = answer_of(arena, rows[i].article, problems);
    *ret_rows = rows;
    *ret_count = count;
    return arena_failed(arena) ? -1 : 0;
}

/* --- CSV ------------------------------------------------------------------------------------------------- */

static void add_cell(struct buf *out, const char *text, char end)
{
    size_t size = strlen(text);
    bool quoted = strpbrk(text, ",;\"\t\r\n") != NULL || (size > 0 && (text[0] == ' ' || text[size - 1] == ' '));
    buf_puts(out, quoted ? "\"" : "");
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"')
            buf_putc(out, '"');
        buf_putc(out, *p);
    }
    buf_puts(out, quoted ? "\"" : "");
    buf_putc(out, end);
}

static void add_wordings(const struct article *a, struct buf *out)
{
    struct buf cell;
    buf_init(&cell, out->ceiling);
    for (size_t i = 0; i < a->wording_count; i++) {
        buf_puts(&cell, i > 0 ? "\n" : "");
        for (const char *p = a->wordings[i].text; *p != '\0'; p++) {
            if (*p == '|')
                buf_putc(&cell, '\\');
            buf_putc(&cell, *p);
        }
    }
    add_cell(out, cell.data, ',');
    buf_free(&cell);
}

static void add_buttons(const struct article *a, struct arena *scratch, struct buf *out)
{
    struct buf cell;
    buf_init(&cell, out->ceiling);
    for (size_t i = 0; i < a->option_count; i++) {
        const char *link = markdown_write_option(scratch, &a->options[i]);
        buf_printf(&cell, "%s%s", i > 0 ? "\n" : "", link != NULL ? link : "");
    }
    add_cell(out, cell.data, ',');
    buf_free(&cell);
}

static void add_follows(const struct article *a, struct buf *out)
{
    struct buf cell;
    buf_init(&cell, out->ceiling);
    for (size_t i = 0; i < a->follow_count; i++)
        buf_printf(&cell, "%s%s", i > 0 ? "," : "", a->follows[i]);
    add_cell(out, cell.data, ',');
    buf_free(&cell);
}

void export_csv(const struct export_row *rows, size_t count, struct arena *scratch, struct buf *out)
{
    buf_puts(out, "id,lang,topic,question,wordings,answer,buttons,review,follows,mood\n");
    for (size_t i = 0; i < count; i++) {
        const struct article *a = rows[i].article;
        arena_reset(scratch);
        add_cell(out, a->id, ',');
        add_cell(out, a->lang, ',');
        add_cell(out, a->topic, ',');
        add_cell(out, a->question, ',');
        add_wordings(a, out);
        add_cell(out, rows[i].answer, ',');
        add_buttons(a, scratch, out);
        add_cell(out, a->review != NULL ? a->review : "", ',');
        add_follows(a, out);
        add_cell(out, a->mood != NULL ? a->mood : "", '\n');
    }
}
