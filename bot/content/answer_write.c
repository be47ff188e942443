/* Blocks as cmark's nodes, which cmark writes: see answer_write.h. */
#include "content/answer_write.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct writer {
    struct arena *arena;
    bool escaped; /* every sign that could mean something */
};

/* A text that cmark writes as it stands. */
static cmark_node *raw(cmark_node_type type, const char *text)
{
    cmark_node *node = cmark_node_new(type);
    cmark_node_set_on_enter(node, text);
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
    buf_init(&out, (size_t)ANSWER_BYTES * 8);
    for (const char *p = text; *p != '\0'; p++)
        buf_printf(&out, ispunct((unsigned char)*p) ? "\\%c" : "%c", *p);
    cmark_node *node = raw(CMARK_NODE_CUSTOM_INLINE, out.data);
    buf_free(&out);
    return node;
}

/* Lines of code between fences that are longer than any within. */
static cmark_node *code_of(const char *text)
{
    size_t longest = 2, run = 0;
    struct buf out;
    buf_init(&out, (size_t)ANSWER_BYTES * 8);
    for (const char *p = text; *p != '\0'; p++) {
        run = *p == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    for (int part = 0; part < 2; part++) {
        for (size_t i = 0; i <= longest; i++)
            buf_putc(&out, '`');
        if (part == 0)
            buf_printf(&out, "\n%s%s", text, text[0] != '\0' ? "\n" : "");
    }
    cmark_node *node = raw(CMARK_NODE_CUSTOM_BLOCK, out.data);
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

/* Every item is one paragraph, or one with a list below it. */
static bool is_tight(const struct block *list)
{
    for (const struct block *item = list->child; item != NULL; item = item->next) {
        const struct block *first = item->child, *second = first != NULL ? first->next : NULL;
        if (second != NULL && (second->kind != BLOCK_LIST || second->next != NULL))
            return false;
    }
    return true;
}

static cmark_node *list_of(const struct writer *w, const struct block *b)
{
    cmark_node *list = with_children(w, CMARK_NODE_LIST, b);
    cmark_node_set_list_type(list, b->level == 1 ? CMARK_ORDERED_LIST : CMARK_BULLET_LIST);
    cmark_node_set_list_start(list, 1);
    cmark_node_set_list_tight(list, is_tight(b));
    return list;
}

static cmark_node *image_of(const struct writer *w, const struct block *b)
{
    cmark_node *image = cmark_node_new(CMARK_NODE_IMAGE);
    cmark_node_set_url(image, b->target);
    if (b->text != NULL && b->text[0] != '\0')
        cmark_node_append_child(image, text_of(w, b->text));
    return image;
}

static cmark_node *node_of(const struct writer *w, const struct block *b)
{
    cmark_node *node;
    switch (b->kind) {
    case BLOCK_HEADING:
        node = with_children(w, CMARK_NODE_HEADING, b);
        cmark_node_set_heading_level(node, b->level);
        return node;
    case BLOCK_LIST:
        return list_of(w, b);
    case BLOCK_ITEM:
        return with_children(w, CMARK_NODE_ITEM, b);
    case BLOCK_QUOTE:
        return with_children(w, CMARK_NODE_BLOCK_QUOTE, b);
    case BLOCK_CODE_LINES:
        return code_of(b->text);
    case BLOCK_RULE:
        return cmark_node_new(CMARK_NODE_THEMATIC_BREAK);
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

/* Two spaces at the end of a line, which editors cannot see, as a backslash; no line breaks at the end. */
static char *tidied(struct arena *arena, const char *text)
{
    char *copy = arena_strdup(arena, text), *out = copy;
    for (const char *p = copy; p != NULL && *p != '\0';) {
        bool hard = p[0] == ' ' && p[1] == ' ' && p[2] == '\n';
        *out++ = hard ? '\\' : *p;
        p += hard ? 2 : 1;
    }
    while (copy != NULL && out > copy && out[-1] == '\n')
        out--;
    if (copy != NULL)
        *out = '\0';
    return copy;
}

static const char *written(const struct writer *w, const struct block *blocks)
{
    cmark_node *document = cmark_node_new(CMARK_NODE_DOCUMENT);
    add_nodes(w, document, blocks);
    char *text = cmark_render_commonmark(document, CMARK_OPT_DEFAULT, 0);
    cmark_node_free(document);
    const char *copy = text != NULL ? tidied(w->arena, text) : NULL;
    free(text);
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
    *ret_exact = plain != NULL && answer_reads_as(arena, plain, blocks);
    if (plain == NULL || *ret_exact)
        return plain;
    w.escaped = true;
    const char *escaped = written(&w, blocks);
    *ret_exact = escaped != NULL && answer_reads_as(arena, escaped, blocks);
    return *ret_exact ? escaped : plain;
}
