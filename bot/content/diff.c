/* The shortest edit after Myers (1986), with a ceiling: see diff.h. */
#include "content/diff.h"

#include <stdlib.h>
#include <string.h>

enum { EDITS_MAX = 800, CONTEXT = 3 };

struct text {
    struct span *lines;
    size_t count;
};

/* What happens to a line, in the order of printing. */
struct edit {
    char sign; /* ' ', '-', '+' */
    struct span line;
};

struct script {
    struct edit *edits;
    size_t count;
};

static int split(struct span text, struct text *ret)
{
    size_t count = 0;
    struct span rest = text, line;
    while (lines_next(&rest, &line))
        count++;
    ret->lines = calloc(count + 1, sizeof *ret->lines);
    if (ret->lines == NULL)
        return -1;
    ret->count = 0;
    for (rest = text; lines_next(&rest, &line);)
        ret->lines[ret->count++] = line;
    return 0;
}

static bool same(struct span a, struct span b)
{
    return a.size == b.size && memcmp(a.text, b.text, a.size) == 0;
}

static void push(struct script *s, char sign, struct span line)
{
    s->edits[s->count++] = (struct edit){sign, line};
}

/* The furthest reaching paths for 0, 1, 2 … edits; row d has 2d + 1 ends, of diagonals -d … d. */
struct paths {
    int *ends[EDITS_MAX + 1];
    int edits; /* of the last row */
};

static void free_paths(struct paths *p)
{
    for (int d = 0; d <= p->edits && d <= EDITS_MAX; d++)
        free(p->ends[d]);
}

/* Whether the path to diagonal k comes from above (an added line) rather than from the left. */
static bool comes_down(const int *before, int d, int k)
{
    return k == -d || (k != d && before[k - 1 + d - 1] < before[k + 1 + d - 1]);
}

/* 1 = found, 0 = too many edits, -1 = no memory. */
static int search(const struct text *a, const struct text *b, struct paths *p)
{
    int n = (int)a->count, m = (int)b->count;
    for (int d = 0; d <= EDITS_MAX; d++) {
        int *row = calloc((size_t)(2 * d + 1), sizeof *row);
        if (row == NULL)
            return -1;
        p->ends[d] = row;
        p->edits = d;
        const int *before = d > 0 ? p->ends[d - 1] : NULL;
        for (int k = -d; k <= d; k += 2) {
            int x = d == 0 ? 0 : comes_down(before, d, k) ? before[k + 1 + d - 1] : before[k - 1 + d - 1] + 1;
            int y = x - k;
            while (x < n && y < m && x >= 0 && y >= 0 && same(a->lines[x], b->lines[y]))
                x++, y++;
            row[k + d] = x;
            if (x >= n && y >= m)
                return 1;
        }
    }
    return 0;
}

/* Walks the paths back from the end; the edits come out last first. */
static void trace(const struct text *a, const struct text *b, const struct paths *p, struct script *s)
{
    int x = (int)a->count, y = (int)b->count;
    for (int d = p->edits; d > 0; d--) {
        int k = x - y;
        const int *before = p->ends[d - 1];
        bool down = comes_down(before, d, k);
        int from = down ? k + 1 : k - 1;
        int start_x = before[from + d - 1], start_y = start_x - from;
        while (x > start_x + !down && y > start_y + down)
            x--, y--, push(s, ' ', a->lines[x]);
        if (down)
            y--, push(s, '+', b->lines[y]);
        else
            x--, push(s, '-', a->lines[x]);
    }
    while (x > 0)
        x--, push(s, ' ', a->lines[x]);
}

static void reverse(struct script *s)
{
    for (size_t i = 0; i < s->count / 2; i++) {
        struct edit e = s->edits[i];
        s->edits[i] = s->edits[s->count - 1 - i];
        s->edits[s->count - 1 - i] = e;
    }
}

static int make_script(const struct text *a, const struct text *b, struct script *s)
{
    struct paths paths = {.edits = 0};
    s->edits = calloc(a->count + b->count + 1, sizeof *s->edits);
    int found = s->edits != NULL ? search(a, b, &paths) : -1;
    if (found == 1) {
        trace(a, b, &paths, s);
        reverse(s);
    } else if (found == 0) {
        for (size_t i = 0; i < a->count; i++)
            push(s, '-', a->lines[i]);
        for (size_t i = 0; i < b->count; i++)
            push(s, '+', b->lines[i]);
    }
    free_paths(&paths);
    return found < 0 ? -1 : 0;
}

/* The end of the hunk that begins at `at`: behind it CONTEXT lines at least are the same. */
static size_t hunk_end(const struct script *s, size_t at)
{
    size_t last = at;
    for (size_t i = at; i < s->count && i <= last + 2 * CONTEXT; i++)
        if (s->edits[i].sign != ' ')
            last = i;
    return last + 1 + CONTEXT < s->count ? last + 1 + CONTEXT : s->count;
}

static void print_hunk(FILE *out, const struct script *s, size_t from, size_t to, size_t old_line, size_t new_line)
{
    size_t old_count = 0, new_count = 0;
    for (size_t i = from; i < to; i++) {
        old_count += s->edits[i].sign != '+';
        new_count += s->edits[i].sign != '-';
    }
    fprintf(out, "@@ -%zu,%zu +%zu,%zu @@\n", old_count > 0 ? old_line : old_line - 1, old_count,
            new_count > 0 ? new_line : new_line - 1, new_count);
    for (size_t i = from; i < to; i++)
        fprintf(out, "%c%.*s\n", s->edits[i].sign, (int)s->edits[i].line.size, s->edits[i].line.text);
}

static void print_script(FILE *out, const struct script *s)
{
    size_t old_line = 1, new_line = 1, printed = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (s->edits[i].sign == ' ')
            continue;
        size_t from = i > printed + CONTEXT ? i - CONTEXT : printed;
        for (; printed < from; printed++) {
            old_line += s->edits[printed].sign != '+';
            new_line += s->edits[printed].sign != '-';
        }
        size_t to = hunk_end(s, i);
        print_hunk(out, s, from, to, old_line, new_line);
        for (; printed < to; printed++) {
            old_line += s->edits[printed].sign != '+';
            new_line += s->edits[printed].sign != '-';
        }
        i = to - 1;
    }
}

int diff_print(FILE *out, const char *path, struct span old_text, struct span new_text)
{
    struct text a = {NULL, 0}, b = {NULL, 0};
    struct script script = {NULL, 0};
    int result = -1;
    if (same(old_text, new_text))
        return 0;
    if (split(old_text, &a) == 0 && split(new_text, &b) == 0 && make_script(&a, &b, &script) == 0) {
        fprintf(out, "--- %s\n+++ %s (import)\n", path, path);
        print_script(out, &script);
        result = 0;
    }
    free(script.edits);
    free(a.lines);
    free(b.lines);
    return result;
}
