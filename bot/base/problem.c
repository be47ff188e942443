/* What is wrong in somebody's files: see problem.h. */
#include "base/problem.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* More than anybody reads in one run; the rest is counted. */
enum { KEPT_MAX = 10000 };

struct problems {
    struct problem *list;
    size_t kept, room;
    size_t counts[2];
};

struct problems *problems_new(void)
{
    return calloc(1, sizeof(struct problems));
}

void problems_free(struct problems *p)
{
    if (p == NULL)
        return;
    for (size_t i = 0; i < p->kept; i++) {
        free(p->list[i].file);
        free(p->list[i].message);
    }
    free(p->list);
    free(p);
}

static struct problem *append(struct problems *p)
{
    if (p->kept >= KEPT_MAX)
        return NULL;
    if (p->kept == p->room) {
        size_t room = p->room ? p->room * 2 : 16;
        struct problem *grown = realloc(p->list, room * sizeof *grown);
        if (grown == NULL)
            return NULL;
        p->list = grown;
        p->room = room;
    }
    return &p->list[p->kept++];
}

void problem_add(struct problems *p, enum severity severity, const char *file, int line, int column, const char *format,
                 ...)
{
    p->counts[severity]++;
    struct problem *one = append(p);
    if (one == NULL)
        return;
    char *message = NULL;
    va_list values;
    va_start(values, format);
    if (vasprintf(&message, format, values) < 0)
        message = NULL;
    va_end(values);
    *one = (struct problem){strdup(file), line, column, severity, message};
    if (one->file == NULL || one->message == NULL) {
        free(one->file);
        free(one->message);
        p->kept--;
    }
}

size_t problems_count(const struct problems *p, enum severity severity)
{
    return p->counts[severity];
}

static int by_place(const void *a, const void *b)
{
    const struct problem *x = a, *y = b;
    int order = strcmp(x->file, y->file);
    if (order == 0)
        order = (x->line > y->line) - (x->line < y->line);
    if (order == 0)
        order = (x->column > y->column) - (x->column < y->column);
    return order != 0 ? order : strcmp(x->message, y->message);
}

const struct problem *problems_sorted(struct problems *p, size_t *ret_count)
{
    if (p->kept > 1)
        qsort(p->list, p->kept, sizeof *p->list, by_place);
    *ret_count = p->kept;
    return p->list;
}

const char *severity_name(enum severity severity)
{
    return severity == SEVERITY_ERROR ? "error" : "warning";
}

void problems_print(struct problems *p, FILE *out)
{
    size_t count;
    const struct problem *list = problems_sorted(p, &count);
    for (size_t i = 0; i < count; i++) {
        fputs(list[i].file, out);
        if (list[i].line > 0)
            fprintf(out, ":%d", list[i].line);
        if (list[i].line > 0 && list[i].column > 0)
            fprintf(out, ":%d", list[i].column);
        fprintf(out, ": %s: %s\n", severity_name(list[i].severity), list[i].message);
    }
    size_t all = p->counts[SEVERITY_ERROR] + p->counts[SEVERITY_WARNING];
    if (all > count)
        fprintf(out, "… and %zu more\n", all - count);
}
