/* Runs of text, and the tree they make: see html_parts.h. */
#include "content/html_parts.h"

#include "base/buf.h"

#include <ctype.h>
#include <string.h>

enum { TEXT_BYTES = 8 << 20 };

/* --- gathering ------------------------------------------------------------------------------------ */

static void push(struct html_parts *p, const struct html_run *run)
{
    if (p->count == p->room) {
        size_t room = p->room > 0 ? p->room * 2 : 32;
        void *wider = arena_grow(p->arena, p->runs, p->count * sizeof *run, room * sizeof *run);
        if (wider == NULL)
            return;
        p->runs = wider;
        p->room = room;
    }
    p->runs[p->count++] = *run;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

void html_parts_text(struct html_parts *p, const struct html_marks *marks, const char *text)
{
    char *copy = arena_strdup(p->arena, text), *out = copy;
    if (copy == NULL)
        return;
    for (const char *at = copy; *at != '\0'; at++) {
        if (!is_space(*at))
            *out++ = *at;
        else if (out == copy || out[-1] != ' ')
            *out++ = ' ';
    }
    *out = '\0';
    if (copy[0] != '\0')
        push(p, &(struct html_run){.kind = BLOCK_TEXT, .marks = *marks, .text = copy});
}

void html_parts_code(struct html_parts *p, const struct html_marks *marks, const char *text)
{
    size_t before = p->count;
    struct html_marks only_link = {.target = marks->target};
    html_parts_text(p, &only_link, text);
    if (p->count > before && strspn(p->runs[before].text, " `") < strlen(p->runs[before].text) &&
        p->runs[before].text[0] != ' ' && strchr(p->runs[before].text, '`') == NULL)
        p->runs[before].kind = BLOCK_CODE;
}

void html_parts_image(struct html_parts *p, const struct html_marks *marks, const char *address,
                      const char *alternative)
{
    struct html_marks only_link = {.target = marks->target};
    push(p, &(struct html_run){BLOCK_IMAGE, only_link, alternative, address});
}

void html_parts_gesture(struct html_parts *p, const struct html_marks *marks, const char *name)
{
    push(p, &(struct html_run){.kind = BLOCK_GESTURE, .marks = *marks, .text = name});
}

void html_parts_break(struct html_parts *p)
{
    push(p, &(struct html_run){.kind = BLOCK_BREAK});
}

/* --- spaces ----------------------------------------------------------------------------------------- */

static bool same_marks(const struct html_marks *a, const struct html_marks *b)
{
    return a->strong == b->strong && a->emphasis == b->emphasis && a->target == b->target;
}

/* Bytes of the space at the beginning, or the end, of a text: to Markdown's marks a no-break space is one, too. */
static size_t space_before(const char *text)
{
    return text[0] == ' ' ? 1 : strncmp(text, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

static size_t space_behind(const char *text, size_t size)
{
    if (size > 0 && text[size - 1] == ' ')
        return 1;
    return size > 1 && memcmp(text + size - 2, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

static char *without_edges(struct html_parts *p, const char *text)
{
    size_t space;
    while ((space = space_before(text)) > 0)
        text += space;
    size_t size = strlen(text);
    while ((space = space_behind(text, size)) > 0)
        size -= space;
    return arena_strndup(p->arena, text, size);
}

static bool is_word(unsigned char c)
{
    return isalnum(c) || c >= 0x80;
}

/* Whether Markdown could not tell that a mark begins or ends between these two, for want of a space. */
static bool needs_gap(const struct html_run *a, const struct html_run *b)
{
    if (a->kind != BLOCK_TEXT || b->kind != BLOCK_TEXT || a->text[0] == '\0' || b->text[0] == '\0')
        return false;
    unsigned char last = (unsigned char)a->text[strlen(a->text) - 1], first = (unsigned char)b->text[0];
    bool ends = (a->marks.strong && !b->marks.strong) || (a->marks.emphasis && !b->marks.emphasis);
    bool begins = (b->marks.strong && !a->marks.strong) || (b->marks.emphasis && !a->marks.emphasis);
    return (ends && begins) || (ends && ispunct(last) && is_word(first)) || (begins && ispunct(first) && is_word(last));
}

static void push_space(struct html_parts *p, const struct html_marks *a, const struct html_marks *b)
{
    struct html_run space = {.kind = BLOCK_TEXT, .text = " "};
    if (a->target == b->target) /* else the marks end with the link */
        space.marks = (struct html_marks){a->strong && b->strong, a->emphasis && b->emphasis, a->target};
    push(p, &space);
}

/* The same runs with each space between two of them in a run of its own, none at the ends and at breaks. */
static void settle_spaces(struct html_parts *p)
{
    struct html_parts from = *p;
    bool space = false;
    *p = (struct html_parts){.arena = from.arena};
    for (size_t i = 0; i < from.count; i++) {
        struct html_run run = from.runs[i];
        bool text = run.kind == BLOCK_TEXT, before = text && space_before(run.text) > 0;
        bool after = text && space_behind(run.text, strlen(run.text)) > 0;
        if (text)
            run.text = without_edges(p, run.text);
        if (run.text == NULL && text)
            continue;
        const struct html_run *last = p->count > 0 ? &p->runs[p->count - 1] : NULL;
        bool empty = text && run.text[0] == '\0';
        bool at_edge = last == NULL || last->kind == BLOCK_BREAK || run.kind == BLOCK_BREAK;
        if (!empty && !at_edge && (space || before || needs_gap(last, &run)))
            push_space(p, &last->marks, &run.marks);
        space = empty ? space || before : after;
        if (!empty && !(run.kind == BLOCK_BREAK && last == NULL))
            push(p, &run);
    }
    while (p->count > 0 && p->runs[p->count - 1].kind == BLOCK_BREAK)
        p->count--;
}

/* --- the tree ----------------------------------------------------------------------------------------- */

struct tree {
    struct arena *arena;
    struct block **tail;
};

static struct block *add(struct tree *t, enum block_kind kind)
{
    struct block *b = arena_alloc(t->arena, sizeof *b);
    if (b == NULL)
        return NULL;
    b->kind = kind;
    *t->tail = b;
    t->tail = &b->next;
    return b;
}

/* Texts, or pieces of code, that follow one another as one. */
static const struct html_run *add_text(struct tree *t, const struct html_run *run, const struct html_run *end)
{
    struct buf text;
    buf_init(&text, TEXT_BYTES);
    const struct html_marks *marks = &run->marks;
    enum block_kind kind = run->kind;
    for (; run < end && run->kind == kind && same_marks(&run->marks, marks); run++)
        buf_puts(&text, run->text);
    struct block *b = add(t, kind);
    if (b != NULL)
        b->text = arena_strndup(t->arena, text.data, text.size);
    buf_free(&text);
    return run;
}

static void add_runs(struct tree *t, struct html_run *from, const struct html_run *end, int depth);

/* What `from` to `end` share is taken off them and put around them. */
static void add_around(struct tree *t, enum block_kind kind, const char *target, struct html_run *from,
                       const struct html_run *end, int depth)
{
    struct block *around = depth < BLOCK_DEPTH_MAX ? add(t, kind) : NULL;
    struct tree inner = {t->arena, around != NULL ? &around->child : t->tail};
    for (struct html_run *r = from; r < end; r++) {
        r->marks.target = kind == BLOCK_LINK ? NULL : r->marks.target;
        r->marks.strong = kind != BLOCK_STRONG && r->marks.strong;
        r->marks.emphasis = kind != BLOCK_EMPHASIS && r->marks.emphasis;
    }
    if (around != NULL)
        around->target = target;
    add_runs(&inner, from, end, around != NULL ? depth + 1 : depth);
    if (around == NULL)
        t->tail = inner.tail;
}

/* Where the runs end that have this mark as the first one has it. */
static struct html_run *end_of(enum block_kind mark, struct html_run *from, const struct html_run *end)
{
    struct html_run *to = from;
    const struct html_marks *m = &from->marks;
    while (to < end && (mark == BLOCK_LINK ? to->marks.target == m->target
                                           : to->marks.target == NULL &&
                                                 (mark == BLOCK_STRONG ? to->marks.strong : to->marks.emphasis)))
        to++;
    return to;
}

/* The mark that goes around the others: a link, else the one that lasts longest; of equals emphasis, since Markdown
 * reads three stars so. BLOCK_TEXT = there is none. */
static enum block_kind outer_mark(struct html_run *from, const struct html_run *end)
{
    const struct html_marks *m = &from->marks;
    if (m->target != NULL)
        return BLOCK_LINK;
    if (m->strong && m->emphasis)
        return end_of(BLOCK_STRONG, from, end) > end_of(BLOCK_EMPHASIS, from, end) ? BLOCK_STRONG : BLOCK_EMPHASIS;
    return m->strong ? BLOCK_STRONG : m->emphasis ? BLOCK_EMPHASIS : BLOCK_TEXT;
}

static void add_runs(struct tree *t, struct html_run *from, const struct html_run *end, int depth)
{
    while (from < end) {
        enum block_kind mark = outer_mark(from, end);
        struct html_run *to = from + 1;
        if (mark != BLOCK_TEXT) {
            to = end_of(mark, from, end);
            add_around(t, mark, mark == BLOCK_LINK ? from->marks.target : NULL, from, to, depth);
        } else if (from->kind == BLOCK_TEXT || from->kind == BLOCK_CODE) {
            to = from + (add_text(t, from, end) - from);
        } else {
            struct block *b = add(t, from->kind);
            if (b != NULL) {
                b->text = from->text;
                b->target = from->image;
            }
        }
        from = to;
    }
}

struct block *html_parts_take(struct html_parts *p, int depth)
{
    struct block *first = NULL;
    struct tree tree = {p->arena, &first};
    settle_spaces(p);
    if (p->count > 0)
        add_runs(&tree, p->runs, p->runs + p->count, depth);
    *p = (struct html_parts){.arena = p->arena};
    return first;
}
