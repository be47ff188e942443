/* Lines by hand, what stands in them by cmark: see answer_write.h. */
#include "content/answer_write.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of what is written: more than an answer may have, so that whoever wants it as one can say so. */
enum { WRITTEN_BYTES = 64 << 20 };

struct writer {
    struct arena *arena;
    bool escaped; /* every sign that could mean something */
};

/* --- parts of a line ---------------------------------------------------------------------------------------- */

/* What cmark writes without a look at it. */
static cmark_node *as_it_stands(const char *text)
{
    cmark_node *node = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
    cmark_node_set_on_enter(node, text != NULL ? text : "");
    return node;
}

static cmark_node *text_of(const struct writer *w, const char *text)
{
    if (!w->escaped) {
        cmark_node *node = cmark_node_new(CMARK_NODE_TEXT);
        cmark_node_set_literal(node, text);
        return node;
    }
    struct buf out;
    buf_init(&out, WRITTEN_BYTES);
    for (const char *p = text; *p != '\0'; p++)
        buf_printf(&out, ispunct((unsigned char)*p) ? "\\%c" : "%c", *p);
    cmark_node *node = as_it_stands(out.data);
    buf_free(&out);
    return node;
}

static void add_nodes(const struct writer *, cmark_node *parent, const struct block *first);

static cmark_node *with_children(const struct writer *w, cmark_node_type type, const struct block *b)
{
    cmark_node *node = cmark_node_new(type);
    add_nodes(w, node, b->child);
    return node;
}

static cmark_node *image_of(const struct writer *w, const struct block *b)
{
    cmark_node *image = cmark_node_new(CMARK_NODE_IMAGE);
    cmark_node_set_url(image, b->target);
    if (b->text != NULL && b->text[0] != '\0')
        cmark_node_append_child(image, text_of(w, b->text));
    return image;
}

/* A line of its own (a paragraph, a heading) or a part of one. */
static cmark_node *node_of(const struct writer *w, const struct block *b)
{
    cmark_node *node;
    switch (b->kind) {
    case BLOCK_HEADING:
        node = with_children(w, CMARK_NODE_HEADING, b);
        cmark_node_set_heading_level(node, b->level);
        return node;
    case BLOCK_TEXT:
        return text_of(w, b->text);
    case BLOCK_STRONG:
        return with_children(w, CMARK_NODE_STRONG, b);
    case BLOCK_EMPHASIS:
        return with_children(w, CMARK_NODE_EMPH, b);
    case BLOCK_CODE:
        node = cmark_node_new(CMARK_NODE_CODE);
        cmark_node_set_literal(node, b->text);
        return node;
    case BLOCK_LINK:
        node = with_children(w, CMARK_NODE_LINK, b);
        cmark_node_set_url(node, b->target);
        return node;
    case BLOCK_IMAGE:
        return image_of(w, b);
    case BLOCK_BREAK:
        return cmark_node_new(CMARK_NODE_LINEBREAK);
    case BLOCK_GESTURE:
        return as_it_stands(arena_printf(w->arena, "{%s}", b->text));
    default:
        return with_children(w, CMARK_NODE_PARAGRAPH, b);
    }
}

static void add_nodes(const struct writer *w, cmark_node *parent, const struct block *first)
{
    for (const struct block *b = first; b != NULL; b = b->next) {
        cmark_node *node = node_of(w, b);
        if (!cmark_node_append_child(parent, node))
            cmark_node_free(node); /* something that cannot stand there: no reader makes such blocks */
    }
}

/* --- lines ------------------------------------------------------------------------------------------------ */

/* Two spaces at the end of a line, which editors cannot see, become a backslash. */
static void add_line(const struct writer *w, const struct block *b, struct buf *out)
{
    cmark_node *document = cmark_node_new(CMARK_NODE_DOCUMENT), *line = node_of(w, b);
    if (!cmark_node_append_child(document, line))
        cmark_node_free(line); /* something that cannot stand there: no reader makes such blocks */
    char *text = cmark_render_commonmark(document, CMARK_OPT_DEFAULT, 0);
    size_t size = text != NULL ? strlen(text) : 0;
    while (size > 0 && text[size - 1] == '\n')
        size--;
    for (size_t i = 0; i < size; i++) {
        bool hard = text[i] == ' ' && text[i + 1] == ' ' && text[i + 2] == '\n';
        buf_putc(out, hard ? '\\' : text[i]);
        i += hard;
    }
    cmark_node_free(document);
    free(text);
}

/* Lines of code between fences that are longer than any within. */
static void add_code(const char *text, struct buf *out)
{
    size_t longest = 2, run = 0;
    for (const char *p = text; *p != '\0'; p++) {
        run = *p == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    for (size_t i = 0; i <= longest; i++)
        buf_putc(out, '`');
    buf_printf(out, "\n%s%s", text, text[0] != '\0' ? "\n" : "");
    for (size_t i = 0; i <= longest; i++)
        buf_putc(out, '`');
}

static void add_lines(const struct writer *, const struct block *first, bool tight, struct buf *out);

/* Blocks behind `mark`, their further lines behind as many spaces, or behind the mark itself where it is a quote's. */
static void add_behind(const struct writer *w, const struct block *first, bool tight, const char *mark, struct buf *out)
{
    struct buf inner;
    buf_init(&inner, out->ceiling);
    add_lines(w, first, tight, &inner);
    struct span rest = {inner.data, inner.size}, line;
    int width = (int)strlen(mark);
    bool quote = mark[0] == '>';
    buf_puts(out, mark);
    for (bool begun = false; lines_next(&rest, &line); begun = true) {
        if (begun)
            buf_printf(out, "\n%*s", quote || line.size == 0 ? 0 : width, "");
        if (begun && quote)
            buf_puts(out, line.size > 0 ? "> " : ">");
        buf_add(out, line.text, line.size);
    }
    buf_free(&inner);
}

/* Every item is one paragraph, or one with a list below it. */
static bool is_tight(const struct block *list)
{
    for (const struct block *item = list->child; item != NULL; item = item->next) {
        const struct block *first = item->child, *second = first != NULL ? first->next : NULL;
        if (second != NULL && (second->kind != BLOCK_LIST || second->next != NULL || !is_tight(second)))
            return false;
    }
    return true;
}

/* `other`: with another mark than the list before, to which it would belong else. */
static void add_list(const struct writer *w, const struct block *list, bool other, struct buf *out)
{
    bool tight = is_tight(list);
    int number = 0;
    for (const struct block *item = list->child; item != NULL; item = item->next) {
        char mark[16] = "- ";
        mark[0] = other ? '*' : '-';
        if (list->level == 1)
            snprintf(mark, sizeof mark, "%d%c ", number + 1, other ? ')' : '.');
        if (number++ > 0)
            buf_puts(out, tight ? "\n" : "\n\n");
        add_behind(w, item->child, tight, mark, out);
    }
}

static void add_lines(const struct writer *w, const struct block *first, bool tight, struct buf *out)
{
    const struct block *before = NULL;
    bool other = false;
    for (const struct block *b = first; b != NULL; before = b, b = b->next) {
        other = before != NULL && before->kind == BLOCK_LIST && b->kind == BLOCK_LIST && before->level == b->level &&
                !other;
        if (before != NULL)
            buf_puts(out, tight ? "\n" : "\n\n");
        if (b->kind == BLOCK_LIST)
            add_list(w, b, other, out);
        else if (b->kind == BLOCK_QUOTE)
            add_behind(w, b->child, false, "> ", out);
        else if (b->kind == BLOCK_CODE_LINES)
            add_code(b->text, out);
        else if (b->kind == BLOCK_RULE)
            buf_puts(out, "***");
        else
            add_line(w, b, out);
    }
}

static const char *written(const struct writer *w, const struct block *blocks)
{
    struct buf out;
    buf_init(&out, WRITTEN_BYTES);
    add_lines(w, blocks, false, &out);
    const char *copy = out.failed ? NULL : arena_strndup(w->arena, out.data, out.size);
    buf_free(&out);
    return copy;
}

bool answer_reads_as(struct arena *arena, const char *markdown, const struct block *blocks)
{
    struct problems *problems = problems_new();
    if (problems == NULL)
        return false;
    struct collect c = {.arena = arena, .problems = problems};
    const struct answer_source source = {
        .collect = &c, .file = "", .lang = "", .text = {markdown, strlen(markdown)}, .line = 1, .line_breaks = true};
    const struct block *read = answer_read(&source);
    problems_free(problems);
    return block_equal(read, blocks);
}

const char *answer_write(struct arena *arena, const struct block *blocks, bool *ret_exact)
{
    struct writer w = {.arena = arena};
    const char *plain = written(&w, blocks);
    if (plain != NULL && strlen(plain) > ANSWER_BYTES) {
        *ret_exact = false; /* nobody would read it back */
        return plain;
    }
    *ret_exact = plain != NULL && answer_reads_as(arena, plain, blocks);
    if (plain == NULL || *ret_exact)
        return plain;
    w.escaped = true;
    const char *escaped = written(&w, blocks);
    *ret_exact = escaped != NULL && answer_reads_as(arena, escaped, blocks);
    return *ret_exact ? escaped : plain;
}
