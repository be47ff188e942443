/* The tables of docs/protocol.md, for tests that hold the page and the code together. */
#ifndef TESTS_PAGE_H
#define TESTS_PAGE_H

#include "base/file.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct page_row {
    char types[64];   /* " hello " or " message  state " */
    char fields[512]; /* " lang  token?  after? " */
};

/* The words in backticks of a cell, outside parentheses, brackets and braces, each between two blanks. */
static inline void page_words(const char *cell, size_t size, char *out, size_t room)
{
    int depth = 0;
    size_t used = 0;
    bool inside = false;
    for (size_t i = 0; i < size; i++) {
        char c = cell[i];
        depth += !inside && strchr("([{", c) != NULL ? 1 : !inside && strchr(")]}", c) != NULL ? -1 : 0;
        if (c == '`')
            inside = !inside;
        if (depth == 0 && (c == '`' || inside) && used + 1 < room)
            out[used++] = c == '`' ? ' ' : c;
    }
    out[used] = '\0';
}

/* Reads the first table behind a heading; returns the number of rows. */
static inline size_t page_table(const char *heading, struct page_row *rows, size_t room)
{
    size_t size, count = 0;
    char *text = file_read("docs/protocol.md", 1 << 20, &size);
    char *at = text != NULL ? strstr(text, heading) : NULL;
    at = at != NULL ? strstr(at, "\n| type |") : NULL;
    for (char *line = at != NULL ? at + 1 : NULL; line != NULL && *line == '|' && count < room;) {
        char *next = strchr(line, '\n');
        char *second = strchr(line + 1, '|');
        char *third = strchr(second + 1, '|');
        page_words(line, (size_t)(second - line), rows[count].types, sizeof rows->types);
        page_words(second, (size_t)(third - second), rows[count].fields, sizeof rows->fields);
        count += rows[count].types[0] != '\0';
        line = next + 1;
    }
    free(text);
    return count;
}

/* Whether a cell has the word (with its '?', if any). */
static inline bool page_has(const char *cell, const char *word, const char *mark)
{
    char needle[96];
    snprintf(needle, sizeof needle, " %s%s ", word, mark);
    return strstr(cell, needle) != NULL;
}

#endif
