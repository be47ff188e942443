/* Columns and rows: see csv_entries.h. */
#include "content/csv_entries.h"

#include "content/answer.h"
#include "content/ident.h"

#include <string.h>

enum column {
    COLUMN_ID,
    COLUMN_QUESTION,
    COLUMN_ANSWER,
    COLUMN_TOPIC,
    COLUMN_LANG,
    COLUMN_WORDINGS,
    COLUMN_BUTTONS,
    COLUMN_REVIEW,
    COLUMN_FOLLOWS,
    COLUMN_MOOD,
    COLUMNS
};

static const struct {
    const char *name;
    enum column column;
} names[] = {
    {"id", COLUMN_ID},
    {"question", COLUMN_QUESTION},
    {"domanda", COLUMN_QUESTION},
    {"answer", COLUMN_ANSWER},
    {"risposta", COLUMN_ANSWER},
    {"topic", COLUMN_TOPIC},
    {"tema", COLUMN_TOPIC},
    {"argomento", COLUMN_TOPIC},
    {"lang", COLUMN_LANG},
    {"lingua", COLUMN_LANG},
    {"wordings", COLUMN_WORDINGS},
    {"altre domande", COLUMN_WORDINGS},
    {"buttons", COLUMN_BUTTONS},
    {"pulsanti", COLUMN_BUTTONS},
    {"review", COLUMN_REVIEW},
    {"revisione", COLUMN_REVIEW},
    {"follows", COLUMN_FOLLOWS},
    {"segue", COLUMN_FOLLOWS},
    {"mood", COLUMN_MOOD},
    {"umore", COLUMN_MOOD},
};

struct rows {
    struct import_list *list;
    int at[COLUMNS]; /* number of the cell, or -1 */
};

static void complain(const struct rows *r, int line, const char *message)
{
    problem_add(r->list->problems, SEVERITY_ERROR, r->list->source, line, 0, "%s", message);
}

static int find_column(const char *header)
{
    char folded[64];
    ident_fold(header, folded, sizeof folded);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].name, folded) == 0)
            return (int)names[i].column;
    return -1;
}

static int read_header(struct rows *r, const struct csv_row *header)
{
    struct import_list *l = r->list;
    for (int c = 0; c < COLUMNS; c++)
        r->at[c] = -1;
    for (size_t i = 0; i < header->count; i++) {
        int column = find_column(header->cells[i]);
        if (column < 0 && header->cells[i][0] != '\0')
            problem_add(l->problems, SEVERITY_WARNING, l->source, header->line, 0, "the column “%.60s” is not read",
                        header->cells[i]);
        else if (column >= 0 && r->at[column] >= 0)
            problem_add(l->problems, SEVERITY_ERROR, l->source, header->line, 0,
                        "two columns mean the same: “%.60s” and “%.60s”; rename one", header->cells[r->at[column]],
                        header->cells[i]);
        else if (column >= 0)
            r->at[column] = (int)i;
    }
    if (r->at[COLUMN_QUESTION] >= 0 && r->at[COLUMN_ANSWER] >= 0)
        return 0;
    complain(r, header->line,
             "the first line must name the columns, at least question (or domanda) and answer (or risposta)");
    return -1;
}

static const char *cell(const struct rows *r, const struct csv_row *row, enum column column)
{
    int at = r->at[column];
    return at >= 0 && (size_t)at < row->count ? row->cells[at] : "";
}

/* Bytes of the wording at `text`, up to a separator that is no sign of its own. */
static size_t wording_size(const char *text)
{
    size_t size = strcspn(text, "|\n");
    while (text[size] == '|' && size > 0 && text[size - 1] == '\\')
        size += 1 + strcspn(text + size + 1, "|\n");
    return size;
}

static const char *unescaped(struct arena *arena, const char *text, size_t size)
{
    char *copy = arena_strndup(arena, text, size), *out = copy;
    for (const char *p = copy; p != NULL && *p != '\0'; p++)
        if (p[0] != '\\' || p[1] != '|')
            *out++ = *p;
    if (out != NULL)
        *out = '\0';
    return copy != NULL ? copy : "";
}

static void read_wordings(const struct rows *r, const struct csv_row *row, struct import_item *item)
{
    const char *text = cell(r, row, COLUMN_WORDINGS);
    size_t room = 1;
    for (const char *p = text; *p != '\0'; p++)
        room += *p == '|' || *p == '\n';
    const char **list = arena_array(r->list->arena, room, sizeof *list);
    size_t count = 0;
    while (list != NULL && *text != '\0') {
        size_t size = wording_size(text);
        list[count++] = unescaped(r->list->arena, text, size);
        text += size + (text[size] != '\0');
    }
    item->wordings = list;
    item->wording_count = list != NULL ? count : 0;
}

static void read_follows(const struct rows *r, const struct csv_row *row, struct import_item *item)
{
    static const char between[] = ", \t\n";
    const char *text = cell(r, row, COLUMN_FOLLOWS);
    const char **ids = arena_array(r->list->arena, strlen(text) / 2 + 1, sizeof *ids);
    size_t count = 0;
    for (text += strspn(text, between); ids != NULL && *text != '\0'; text += strspn(text, between)) {
        size_t size = strcspn(text, between);
        ids[count++] = arena_strndup(r->list->arena, text, size);
        text += size;
        if (ids[count - 1] == NULL)
            return;
    }
    item->follows = ids;
    item->follow_count = count;
}

/* A cell's lines as items of a Markdown list. */
static struct span as_list(struct arena *arena, const char *text)
{
    struct span rest = {text, strlen(text)}, line;
    struct buf out;
    buf_init(&out, ANSWER_BYTES);
    while (lines_next(&rest, &line)) {
        line = lines_trim(line);
        bool marked = line.size > 1 && line.text[0] == '-' && line.text[1] == ' ';
        if (line.size > 0)
            buf_printf(&out, "%s%.*s\n", marked ? "" : "- ", (int)line.size, line.text);
    }
    struct span list = {out.failed ? NULL : arena_strndup(arena, out.data, out.size), out.size};
    buf_free(&out);
    return list;
}

static void read_buttons(const struct rows *r, const struct csv_row *row, struct import_item *item)
{
    const char *text = cell(r, row, COLUMN_BUTTONS);
    if (text[0] == '\0')
        return;
    struct collect c = {.arena = r->list->arena, .problems = r->list->problems};
    struct answer_source source = {.collect = &c, .file = r->list->source, .lang = "", .line = row->line};
    source.text = as_list(c.arena, text);
    source.fixed_column = 1;
    cmark_node *document = source.text.text != NULL ? answer_parse(source.text) : NULL;
    cmark_node *list = document != NULL ? cmark_node_first_child(document) : NULL;
    if (list != NULL && cmark_node_next(list) == NULL && answer_is_options(list))
        item->options = answer_options(&source, list, &item->option_count);
    else
        complain(r, row->line,
                 "the buttons are not links, one a line, such as [How long does it take?](#delivery-time)");
    if (document != NULL)
        cmark_node_free(document);
}

static void read_row(struct rows *r, const struct csv_row *row, size_t columns)
{
    struct import_item item = {
        .line = row->line,
        .id = cell(r, row, COLUMN_ID),
        .topic = cell(r, row, COLUMN_TOPIC),
        .lang = cell(r, row, COLUMN_LANG),
        .review = cell(r, row, COLUMN_REVIEW),
        .mood = cell(r, row, COLUMN_MOOD),
        .question = cell(r, row, COLUMN_QUESTION),
        .answer = cell(r, row, COLUMN_ANSWER),
    };
    if (row->count > columns) {
        complain(r, row->line, "more cells than columns; put a text with separators in quotes");
        return;
    }
    read_wordings(r, row, &item);
    read_buttons(r, row, &item);
    read_follows(r, row, &item);
    import_list_add(r->list, &item);
}

int csv_entries(struct import_list *list, const struct csv_table *table)
{
    struct rows r = {.list = list};
    if (table->count == 0) {
        complain(&r, 0, "an empty table; the first line must name the columns");
        return -1;
    }
    if (read_header(&r, &table->rows[0]) < 0)
        return -1;
    for (size_t i = 1; i < table->count; i++)
        read_row(&r, &table->rows[i], table->rows[0].count);
    return arena_failed(list->arena) ? -1 : 0;
}
