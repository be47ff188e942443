/* Rows by libcsv: see csv_table.h. */
#include "content/csv_table.h"

#include "base/buf.h"
#include "content/lines.h"

#include <csv.h>
#include <string.h>

struct table {
    struct arena *arena;
    struct problems *problems;
    const char *file;
    struct csv_row *rows;
    size_t count, room;
    const char *cells[CSV_TABLE_CELLS];
    size_t cell_count;
    int line;     /* being fed */
    int row_line; /* where the row at work began, 0 = none at work */
    bool failed;
};

/* What Windows-1252 has at 0x80–0x9F; 0 = nothing. Below and above it is Latin-1. */
static const unsigned short high_signs[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                              0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                              0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                              0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

static void fail(struct table *t, int line, int column, const char *message)
{
    if (!t->failed)
        problem_add(t->problems, SEVERITY_ERROR, t->file, line, column, "%s", message);
    t->failed = true;
}

static size_t encode(unsigned c, char *out)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3F));
    out[2] = (char)(0x80 | (c & 0x3F));
    return 3;
}

static int from_windows(struct table *t, struct span *text)
{
    char *out = arena_array(t->arena, text->size, 3);
    size_t size = 0;
    int line = 1;
    for (size_t i = 0; i < text->size && out != NULL; i++) {
        unsigned c = (unsigned char)text->text[i];
        line += c == '\n';
        if (c >= 0x80 && c < 0xA0)
            c = high_signs[c - 0x80];
        if (c == 0) {
            fail(t, line, 0, "neither UTF-8 nor Windows-1252; save it as “CSV UTF-8”");
            return -1;
        }
        size += encode(c, out + size);
    }
    *text = (struct span){out, size};
    return out != NULL ? 0 : -1;
}

/* Makes the bytes UTF-8 without a mark. */
static int decode(struct table *t, struct span *text)
{
    bool wide = text->size >= 2 && (memcmp(text->text, "\xFF\xFE", 2) == 0 || memcmp(text->text, "\xFE\xFF", 2) == 0);
    if (wide || memchr(text->text, '\0', text->size) != NULL) {
        fail(t, 1, 1, wide ? "UTF-16; save it as “CSV UTF-8”" : "a NUL byte, which no CSV file has; save it again");
        return -1;
    }
    if (text->size >= 3 && memcmp(text->text, "\xEF\xBB\xBF", 3) == 0) {
        text->text += 3;
        text->size -= 3;
    }
    return lines_bad_byte(text->text, text->size) == text->size ? 0 : from_windows(t, text);
}

/* Line ends become LF, other control signs spaces; white space at both ends goes. */
static char *clean_cell(struct arena *arena, const char *bytes, size_t size)
{
    char *cell = arena_strndup(arena, bytes, size);
    if (cell == NULL)
        return NULL;
    char *out = cell;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == '\r' && i + 1 < size && bytes[i + 1] == '\n')
            continue;
        char c = bytes[i] == '\r' ? '\n' : bytes[i];
        *out++ = (unsigned char)c < ' ' && c != '\n' && c != '\t' ? ' ' : c;
    }
    while (out > cell && strchr(" \t\n", out[-1]) != NULL)
        out--;
    *out = '\0';
    return cell + strspn(cell, " \t\n");
}

static void take_cell(void *bytes, size_t size, void *context)
{
    struct table *t = context;
    if (t->cell_count == CSV_TABLE_CELLS) {
        fail(t, t->row_line, 0, "more than 100 cells in one row");
        return;
    }
    const char *cell = clean_cell(t->arena, bytes != NULL ? bytes : "", size);
    t->cells[t->cell_count++] = cell != NULL ? cell : "";
}

static void take_row(int end, void *context)
{
    (void)end;
    struct table *t = context;
    bool empty = true;
    for (size_t i = 0; i < t->cell_count; i++)
        empty &= t->cells[i][0] == '\0';
    size_t count = t->cell_count;
    struct csv_row row = {.line = t->row_line, .count = count};
    t->cell_count = 0;
    t->row_line = 0;
    if (empty)
        return;
    if (t->count == CSV_TABLE_ROWS) {
        fail(t, row.line, 0, "more than a million rows; split the file");
        return;
    }
    if (t->count == t->room) {
        size_t room = t->room > 0 ? t->room * 2 : 256;
        void *wider = arena_grow(t->arena, t->rows, t->count * sizeof *t->rows, room * sizeof *t->rows);
        if (wider == NULL)
            return;
        t->rows = wider;
        t->room = room;
    }
    row.cells = arena_grow(t->arena, t->cells, count * sizeof *t->cells, count * sizeof *t->cells);
    if (row.cells != NULL)
        t->rows[t->count++] = row;
}

static char find_separator(struct span first)
{
    static const char candidates[] = ";,\t";
    char best = ';';
    size_t most = 0;
    for (const char *c = candidates; *c != '\0'; c++) {
        size_t count = 0;
        bool quoted = false;
        for (size_t i = 0; i < first.size; i++) {
            quoted ^= first.text[i] == '"';
            count += !quoted && first.text[i] == *c;
        }
        if (count > most) {
            best = *c;
            most = count;
        }
    }
    return best;
}

static void feed(struct table *t, struct csv_parser *parser, struct span rest)
{
    const char *start = rest.text;
    for (struct span line; !t->failed && lines_next(&rest, &line); t->line++) {
        if (t->row_line == 0)
            t->row_line = t->line;
        size_t size = (size_t)(rest.text - start);
        if (csv_parse(parser, start, size, take_cell, take_row, t) != size)
            fail(t, t->line, 0,
                 "a quotation mark in the wrong place: a cell with one must begin and end with one, and those within "
                 "are doubled (\"\")");
        if (t->cell_count == 0 && parser->pstate == 0)
            t->row_line = 0;
        start = rest.text;
    }
    int row_line = t->row_line;
    if (!t->failed && csv_fini(parser, take_cell, take_row, t) != 0)
        fail(t, row_line, 0, "the quotes of this row are never closed");
}

int csv_table_read(struct arena *arena, const char *file, const char *bytes, size_t size, struct problems *problems,
                   struct csv_table *ret)
{
    struct table t = {.arena = arena, .problems = problems, .file = file, .line = 1};
    struct span text = {bytes, size}, line = {"", 0};
    struct csv_parser parser;
    if (size > CSV_TABLE_BYTES) {
        fail(&t, 0, 0, "larger than 64 MiB; split it");
        return -1;
    }
    if (decode(&t, &text) < 0 || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return -1;
    struct span rest = text;
    lines_next(&rest, &line);
    char separator = find_separator(line);
    if (line.size == 5 && memcmp(line.text, "sep=", 4) == 0) {
        separator = line.text[4];
        text = rest;
        t.line = 2;
    }
    csv_set_delim(&parser, (unsigned char)separator);
    feed(&t, &parser, text);
    csv_free(&parser);
    *ret = (struct csv_table){t.rows, t.count};
    return t.failed || arena_failed(arena) ? -1 : 0;
}
