/* Columns and rows: see csv_entries.h. */
#include "content/csv_entries.h"

#include "base/map.h"
#include "content/answer.h"
#include "content/ident.h"

#include <string.h>

enum column { COLUMN_ID, COLUMN_QUESTION, COLUMN_ANSWER, COLUMN_TOPIC, COLUMN_LANG, COLUMN_WORDINGS, COLUMNS };

static const struct {
    const char *name;
    enum column column;
} names[] = {
    {"id", COLUMN_ID},         {"question", COLUMN_QUESTION}, {"domanda", COLUMN_QUESTION},
    {"answer", COLUMN_ANSWER}, {"risposta", COLUMN_ANSWER},   {"topic", COLUMN_TOPIC},
    {"tema", COLUMN_TOPIC},    {"argomento", COLUMN_TOPIC},   {"lang", COLUMN_LANG},
    {"lingua", COLUMN_LANG},   {"wordings", COLUMN_WORDINGS}, {"altre domande", COLUMN_WORDINGS},
};

struct rows {
    struct arena *arena;
    struct problems *problems;
    const char *file, *lang;
    int at[COLUMNS]; /* number of the cell, or -1 */
    struct map *ids;
    const char *first_lang; /* seen, where no language was asked for */
};

static void complain(const struct rows *r, int line, const char *message)
{
    problem_add(r->problems, SEVERITY_ERROR, r->file, line, 0, "%s", message);
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
    for (int c = 0; c < COLUMNS; c++)
        r->at[c] = -1;
    for (size_t i = 0; i < header->count; i++) {
        int column = find_column(header->cells[i]);
        if (column < 0 && header->cells[i][0] != '\0')
            problem_add(r->problems, SEVERITY_WARNING, r->file, header->line, 0, "the column “%.60s” is not read",
                        header->cells[i]);
        else if (column >= 0 && r->at[column] >= 0)
            problem_add(r->problems, SEVERITY_ERROR, r->file, header->line, 0,
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

/* One line, spaces single. */
static const char *one_line(struct arena *arena, const char *text, size_t size)
{
    char *copy = arena_strndup(arena, text, size);
    if (copy == NULL)
        return "";
    char *out = copy;
    for (const char *p = copy; *p != '\0'; p++) {
        bool space = *p == ' ' || *p == '\t' || *p == '\n';
        if (!space)
            *out++ = *p;
        else if (out > copy && out[-1] != ' ')
            *out++ = ' ';
    }
    if (out > copy && out[-1] == ' ')
        out--;
    *out = '\0';
    return copy;
}

static void read_wordings(const struct rows *r, const struct csv_row *row, struct markdown_entry *entry)
{
    const char *text = cell(r, row, COLUMN_WORDINGS);
    size_t room = 1;
    for (const char *p = text; *p != '\0'; p++)
        room += *p == '|' || *p == '\n';
    const char **list = arena_array(r->arena, room, sizeof *list);
    size_t count = 0;
    while (list != NULL && *text != '\0') {
        size_t size = strcspn(text, "|\n");
        const char *wording = one_line(r->arena, text, size);
        if (strlen(wording) > SITE_TEXT_BYTES)
            complain(r, row->line, "a wording of more than 4096 bytes");
        else if (wording[0] != '\0')
            list[count++] = wording;
        text += size + (text[size] != '\0');
    }
    if (count > SITE_WORDINGS)
        complain(r, row->line, "more than 500 wordings");
    entry->wordings = list;
    entry->wording_count = count <= SITE_WORDINGS ? count : 0;
}

/* The id of the row, or one made from the question that no row had before. */
static const char *choose_id(const struct rows *r, const char *given, const char *question)
{
    if (given[0] != '\0')
        return given;
    const char *slug = ident_slug(r->arena, question), *id = slug;
    for (int n = 2; id != NULL && map_get_str(r->ids, id) != NULL; n++)
        id = arena_printf(r->arena, "%s-%d", slug, n);
    return id;
}

static bool is_wanted(struct rows *r, const struct csv_row *row)
{
    const char *lang = cell(r, row, COLUMN_LANG);
    if (r->lang != NULL)
        return lang[0] == '\0' || strcasecmp(lang, r->lang) == 0;
    if (lang[0] != '\0' && r->first_lang == NULL)
        r->first_lang = lang;
    if (lang[0] == '\0' || strcasecmp(lang, r->first_lang) == 0)
        return true;
    problem_add(r->problems, SEVERITY_ERROR, r->file, row->line, 0,
                "the rows are in several languages (%.20s, %.20s); choose one with --lang", r->first_lang, lang);
    return false;
}

/* What is wrong with a row, or NULL. */
static const char *fault_of(const struct rows *r, const struct csv_row *row, const struct csv_row *header,
                            const struct markdown_entry *e)
{
    if (row->count > header->count)
        return "more cells than columns; put a text with separators in quotes";
    if (e->question[0] == '\0')
        return "the question is empty";
    if (strlen(e->question) > SITE_TEXT_BYTES)
        return "a question of more than 4096 bytes";
    if (e->answer[0] == '\0')
        return "the answer is empty";
    if (strlen(e->answer) > ANSWER_BYTES / 4)
        return "an answer of more than 16 KiB; split it";
    if (e->id == NULL || !ident_valid(e->id, strlen(e->id)))
        return "the id cannot be one: " IDENT_RULE;
    (void)r;
    return NULL;
}

static void read_row(struct rows *r, const struct csv_row *row, const struct csv_row *header, struct csv_entry *entries,
                     size_t *count)
{
    if (!is_wanted(r, row))
        return;
    struct csv_entry e = {.line = row->line, .lang = cell(r, row, COLUMN_LANG)};
    const char *question = cell(r, row, COLUMN_QUESTION), *topic = cell(r, row, COLUMN_TOPIC);
    e.entry.question = one_line(r->arena, question, strlen(question));
    e.entry.answer = cell(r, row, COLUMN_ANSWER);
    e.entry.id = choose_id(r, cell(r, row, COLUMN_ID), e.entry.question);
    e.topic = one_line(r->arena, topic, strlen(topic));
    const char *fault = fault_of(r, row, header, &e.entry);
    if (fault == NULL && strlen(e.topic) > 200)
        fault = "a topic of more than 200 bytes";
    if (fault != NULL) {
        complain(r, row->line, fault);
        return;
    }
    const struct csv_entry *first = map_get_str(r->ids, e.entry.id);
    if (first != NULL) {
        problem_add(r->problems, SEVERITY_ERROR, r->file, row->line, 0,
                    "the id “%s” is already that of the row in line %d", e.entry.id, first->line);
        return;
    }
    read_wordings(r, row, &e.entry);
    entries[*count] = e;
    map_put_str(r->ids, e.entry.id, &entries[*count]);
    ++*count;
}

int csv_entries(struct arena *arena, const char *file, const struct csv_table *table, const char *lang,
                struct problems *problems, struct csv_entry **ret_entries, size_t *ret_count)
{
    struct rows r = {.arena = arena, .problems = problems, .file = file, .lang = lang};
    if (table->count == 0) {
        complain(&r, 0, "an empty table; the first line must name the columns");
        return -1;
    }
    if (read_header(&r, &table->rows[0]) < 0)
        return -1;
    struct csv_entry *entries = arena_array(arena, table->count, sizeof *entries);
    size_t count = 0;
    r.ids = map_new(table->count);
    for (size_t i = 1; i < table->count && entries != NULL && r.ids != NULL; i++)
        read_row(&r, &table->rows[i], &table->rows[0], entries, &count);
    bool failed = r.ids == NULL || arena_failed(arena);
    map_free(r.ids);
    *ret_entries = entries;
    *ret_count = count;
    return failed ? -1 : 0;
}
