/* The table that QnA Maker exports: a row for each question, those of one answer below one another. See qna.h. */
#include "content/qna_pairs.h"

#include <string.h>

enum { CELLS = 12 };
enum cell { CELL_QUESTION, CELL_ANSWER, CELL_METADATA, CELL_ID, CELL_KINDS };

static size_t cut(struct span line, struct span cells[CELLS])
{
    size_t count = 0;
    while (count < CELLS) {
        const char *tab = line.size > 0 ? memchr(line.text, '\t', line.size) : NULL;
        size_t size = tab != NULL ? (size_t)(tab - line.text) : line.size;
        cells[count++] = lines_trim((struct span){line.text, size});
        if (tab == NULL)
            break;
        line = (struct span){tab + 1, line.size - size - 1};
    }
    return count;
}

/* `\n` and `\t` as they stand in a cell. */
static const char *unescaped(const struct qna_pairs *q, struct span cell)
{
    char *text = arena_strndup(q->list->arena, cell.text, cell.size), *out = text;
    for (const char *p = text; p != NULL && *p != '\0'; p++) {
        bool escape = p[0] == '\\' && p[1] != '\0' && strchr("nrt\\", p[1]) != NULL;
        *out++ = !escape ? *p : p[1] == 'n' || p[1] == 'r' ? '\n' : p[1] == 't' ? ' ' : '\\';
        p += escape;
    }
    if (out != NULL)
        *out = '\0';
    return text != NULL ? text : "";
}

/* `topic:shipping|shop:north` */
static void read_metadata(const struct qna_pairs *q, struct qna_pair *p, struct span cell)
{
    for (size_t at = 0, size; at < cell.size; at += size + 1) {
        const char *end = memchr(cell.text + at, '|', cell.size - at);
        size = end != NULL ? (size_t)(end - cell.text) - at : cell.size - at;
        const char *colon = memchr(cell.text + at, ':', size);
        size_t name = colon != NULL ? (size_t)(colon - cell.text) - at : size;
        if (colon != NULL && qna_is_topic(qna_copy(q, lines_trim((struct span){cell.text + at, name}))))
            p->item.topic = qna_copy(q, qna_behind((struct span){cell.text + at, size}, name + 1));
    }
}

/* `last`: of the row above; returns the pair of this one. */
static struct qna_pair *read_row(struct qna_pairs *q, struct qna_pair *last, const int at[CELL_KINDS], struct span line,
                                 int number)
{
    struct span cells[CELLS], wanted[CELL_KINDS];
    size_t count = cut(line, cells);
    for (int k = 0; k < CELL_KINDS; k++)
        wanted[k] = at[k] >= 0 && (size_t)at[k] < count ? cells[at[k]] : (struct span){"", 0};
    const char *id = qna_copy(q, wanted[CELL_ID]), *answer = unescaped(q, wanted[CELL_ANSWER]);
    const char *question = qna_copy(q, wanted[CELL_QUESTION]);
    if (last != NULL && strcmp(last->item.answer, answer) == 0 && strcmp(last->item.id, id) == 0) {
        qna_pairs_add_wording(q, last, question);
        return last;
    }
    struct qna_pair *p = qna_pairs_add(q, number, question);
    if (p == NULL)
        return NULL;
    p->item.id = id;
    p->item.answer = answer;
    read_metadata(q, p, wanted[CELL_METADATA]);
    return p;
}

void qna_table_read(struct qna_pairs *q, struct span text)
{
    static const char *const names[CELL_KINDS] = {"Question", "Answer", "Metadata", "QnaId"};
    struct span rest = text, line = {"", 0}, cells[CELLS];
    int at[CELL_KINDS] = {-1, -1, -1, -1};
    struct qna_pair *last = NULL;
    lines_next(&rest, &line);
    size_t count = cut(line, cells);
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < CELL_KINDS; k++)
            if (cells[i].size == strlen(names[k]) && qna_begins(cells[i], names[k]))
                at[k] = (int)i;
    for (int number = 2; lines_next(&rest, &line); number++)
        if (lines_trim(line).size > 0)
            last = read_row(q, last, at, line, number);
}
