/* From cmark's nodes to blocks: see answer.h. */
#include "content/answer.h"

#include "content/gesture.h"
#include "content/link.h"
#include "content/mention.h"
#include "content/variable.h"

#include <string.h>

/* Nodes in one another that are followed at all; BLOCK_DEPTH_MAX of them can become blocks. */
enum { NESTING_MAX = 64 };

struct builder {
    const struct answer_source *source;
    struct block **tail;      /* where the next block goes */
    struct buf words;         /* text not yet made into a block */
    cmark_node *leaf;         /* the paragraph or heading at work, for places */
    struct mentions mentions; /* of the leaf; without a source until one is looked for */
    int gestures;
    int nesting;
    bool told_nesting;
};

static void report(const struct builder *b, enum severity severity, const char *needle, const char *message)
{
    struct place p = answer_place(b->source, b->leaf, needle);
    problem_add(b->source->collect->problems, severity, p.file, p.line, p.column, "%s: %s",
                needle[0] != '\0' ? needle : "()", message);
}

static struct block *add(struct builder *b, enum block_kind kind)
{
    struct block *block = arena_alloc(b->source->collect->arena, sizeof *block);
    if (block == NULL)
        return NULL;
    block->kind = kind;
    *b->tail = block;
    b->tail = &block->next;
    return block;
}

static char *copy(const struct builder *b, const char *text)
{
    return arena_strdup(b->source->collect->arena, text != NULL ? text : "");
}

static void flush_words(struct builder *b)
{
    if (b->words.size == 0)
        return;
    struct block *text = add(b, BLOCK_TEXT);
    if (text != NULL)
        text->text = arena_strndup(b->source->collect->arena, b->words.data, b->words.size);
    buf_clear(&b->words);
}

/* The lines of raw text, a break between them. */
static void add_raw(struct builder *b, const char *text)
{
    size_t size = strlen(text);
    while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == '\r'))
        size--;
    struct span rest = {text, size}, line;
    for (bool first = true; lines_next(&rest, &line); first = false) {
        if (!first) {
            flush_words(b);
            add(b, BLOCK_BREAK);
        }
        buf_add(&b->words, line.text, line.size);
    }
}

/* --- gestures ------------------------------------------------------------------------------ */

static struct mentions *mentions(struct builder *b)
{
    if (b->mentions.source == NULL)
        b->mentions = mentions_of(b->source, b->leaf);
    return &b->mentions;
}

/* What is not read as words may have braces all the same. */
static void pass_over(struct builder *b, const char *text)
{
    if (text != NULL && strchr(text, '{') != NULL)
        mentions_skip(mentions(b), text);
}

static void warn_unknown(struct builder *b, const char *where, const char *name, size_t size)
{
    struct arena *arena = b->source->collect->arena;
    struct place p = mentions_place(b->source, where);
    const char *word = arena_strndup(arena, name, size);
    struct suggest near = suggest_start(word != NULL ? word : "");
    gesture_suggest(&near);
    problem_add(b->source->collect->problems, SEVERITY_WARNING, p.file, p.line, p.column,
                "“{%.60s}” is no gesture and is shown as text; a gesture is {nod}, {shake}, {wave}, {look} or {pause}, "
                "and braces that are meant are written “\\{”%s",
                word != NULL ? word : "", suggest_phrase(&near, arena));
}

static void add_gesture(struct builder *b, const char *where, const char *name, size_t size)
{
    struct place p = mentions_place(b->source, where);
    if (++b->gestures > GESTURES_MAX) {
        problem_add(b->source->collect->problems, SEVERITY_ERROR, p.file, p.line, p.column,
                    "“{%.*s}” is one gesture too many; an answer has at most %d, leave this one out", (int)size, name,
                    GESTURES_MAX);
        return;
    }
    flush_words(b);
    struct block *block = add(b, BLOCK_GESTURE);
    if (block != NULL)
        block->text = gesture_named(name, size);
}

/* True if the line goes on behind a gesture with something that the space before it would part from nothing: a
 * space, a sign, or its end. */
static bool wants_no_space(const char *behind, cmark_node *node)
{
    cmark_node *next = cmark_node_next(node);
    cmark_node_type type = next != NULL ? cmark_node_get_type(next) : CMARK_NODE_SOFTBREAK;
    if (*behind == '\0')
        return type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK;
    return strchr(" .,;:!?", *behind) != NULL;
}

static bool begins_line(cmark_node *node)
{
    cmark_node *before = cmark_node_previous(node);
    return before == NULL || cmark_node_get_type(before) == CMARK_NODE_LINEBREAK;
}

/* A text with its gestures. */
static void add_words(struct builder *b, cmark_node *node)
{
    const char *text = cmark_node_get_literal(node), *at = text, *name, *brace, *where;
    bool begun = b->words.size > 0 || !begins_line(node);
    size_t size;
    while ((brace = strchr(at, '{')) != NULL && (brace = variable_next(&at, &name, &size)) != NULL) {
        where = mentions_next(mentions(b), name, size);
        if (where == NULL || gesture_named(name, size) == NULL) {
            buf_add(&b->words, text, (size_t)(at - text));
            if (where != NULL && !b->source->values)
                warn_unknown(b, where, name, size);
            begun = true;
        } else {
            begun = begun || brace > text;
            buf_add(&b->words, text, (size_t)(brace - text));
            if (b->words.size > 0 && b->words.data[b->words.size - 1] == ' ' && wants_no_space(at, node))
                b->words.data[--b->words.size] = '\0';
            add_gesture(b, where, name, size);
            at += !begun && *at == ' ';
        }
        text = at;
    }
    buf_puts(&b->words, text);
}

/* --- parts of a line ----------------------------------------------------------------------- */

static bool enter(struct builder *b, cmark_node *node)
{
    if (b->nesting < NESTING_MAX) {
        b->nesting++;
        return true;
    }
    if (!b->told_nesting) {
        struct place p = answer_place(b->source, b->leaf != NULL ? b->leaf : node, "");
        problem_add(b->source->collect->problems, SEVERITY_ERROR, p.file, p.line, p.column,
                    "more than %d lists, quotes or emphases in one another; write it flatter", NESTING_MAX);
        b->told_nesting = true;
    }
    return false;
}

static void add_parts(struct builder *, cmark_node *parent, int depth);

/* A block of `kind` around the node's parts. Without room below it only the parts. */
static struct block *add_around(struct builder *b, cmark_node *node, enum block_kind kind, int depth)
{
    if (depth >= BLOCK_DEPTH_MAX) {
        add_parts(b, node, depth);
        return NULL;
    }
    flush_words(b);
    struct block *around = add(b, kind);
    if (around == NULL)
        return NULL;
    struct block **after = b->tail;
    b->tail = &around->child;
    add_parts(b, node, depth + 1);
    flush_words(b);
    b->tail = after;
    return around;
}

static void note_inner_link(struct builder *b, const char *url, enum option_kind kind, const char *target)
{
    struct place place = answer_place(b->source, b->leaf, url);
    const struct inner_link link = {b->source->lang, kind, copy(b, target), place};
    if (link.target != NULL)
        collect_link(b->source->collect, &link);
    report(b, SEVERITY_WARNING, url,
           b->source->fixed_column > 0
               ? "within the text this link is shown as text; to make it a button put it into “buttons”"
               : "within the answer this link is shown as text; to make it a button put it into a list of links at the "
                 "end");
}

static void add_link(struct builder *b, cmark_node *node, int depth)
{
    const char *url = cmark_node_get_url(node), *target = "";
    enum option_kind inner = OPTION_URL;
    enum link_kind kind = link_kind(url, &inner, &target);
    bool live = kind == LINK_WEB || kind == LINK_CONTACT;
    bool bare = cmark_node_first_child(node) == NULL;
    if (kind == LINK_DEAD)
        report(b, SEVERITY_ERROR, url,
               "dead link; write #id, intent:ID, agent:DEPARTMENT or a whole address such as https://www.example.com");
    if (kind == LINK_INNER)
        note_inner_link(b, url, inner, target);
    if (live && depth < BLOCK_DEPTH_MAX && !bare) {
        struct block *link = add_around(b, node, BLOCK_LINK, depth);
        if (link != NULL)
            link->target = copy(b, url);
        pass_over(b, url);
        return;
    }
    add_parts(b, node, depth);
    pass_over(b, url);
    if (bare)
        buf_puts(&b->words, url);
    else if (live)
        buf_printf(&b->words, " (%s)", url);
}

static void add_image(struct builder *b, cmark_node *node)
{
    const char *url = cmark_node_get_url(node), *target;
    enum option_kind inner;
    enum link_kind kind = link_kind(url, &inner, &target);
    char *alternative = answer_words(b->source->collect->arena, node);
    if (kind == LINK_DEAD || kind == LINK_INNER)
        report(b, SEVERITY_ERROR, url, "dead image; write a whole address such as https://www.example.com/picture.png");
    pass_over(b, alternative);
    pass_over(b, url);
    if (kind != LINK_WEB) {
        buf_puts(&b->words, alternative != NULL ? alternative : "");
        return;
    }
    if (alternative == NULL || alternative[strspn(alternative, " ")] == '\0')
        report(b, SEVERITY_WARNING, url,
               "an image without words; write ![what it shows](address), for those who cannot see it");
    flush_words(b);
    struct block *image = add(b, BLOCK_IMAGE);
    if (image == NULL)
        return;
    image->target = copy(b, url);
    image->text = alternative;
}

static void add_code(struct builder *b, cmark_node *node)
{
    flush_words(b);
    pass_over(b, cmark_node_get_literal(node));
    struct block *code = add(b, BLOCK_CODE);
    if (code != NULL)
        code->text = copy(b, cmark_node_get_literal(node));
}

static void add_html_part(struct builder *b, cmark_node *node)
{
    pass_over(b, cmark_node_get_literal(node));
    if (answer_is_comment(node))
        return;
    report(b, SEVERITY_WARNING, cmark_node_get_literal(node), "HTML is shown as text; write Markdown");
    add_raw(b, cmark_node_get_literal(node));
}

static void add_break(struct builder *b)
{
    flush_words(b);
    add(b, BLOCK_BREAK);
}

static void add_part(struct builder *b, cmark_node *node, int depth)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        add_words(b, node);
        break;
    case CMARK_NODE_SOFTBREAK:
        b->source->line_breaks ? add_break(b) : (void)buf_putc(&b->words, ' ');
        break;
    case CMARK_NODE_LINEBREAK:
        add_break(b);
        break;
    case CMARK_NODE_CODE:
        add_code(b, node);
        break;
    case CMARK_NODE_HTML_INLINE:
        add_html_part(b, node);
        break;
    case CMARK_NODE_EMPH:
        add_around(b, node, BLOCK_EMPHASIS, depth);
        break;
    case CMARK_NODE_STRONG:
        add_around(b, node, BLOCK_STRONG, depth);
        break;
    case CMARK_NODE_LINK:
        add_link(b, node, depth);
        break;
    case CMARK_NODE_IMAGE:
        add_image(b, node);
        break;
    default:
        break;
    }
}

static void add_parts(struct builder *b, cmark_node *parent, int depth)
{
    if (!enter(b, parent))
        return;
    for (cmark_node *n = cmark_node_first_child(parent); n != NULL; n = cmark_node_next(n))
        add_part(b, n, depth);
    b->nesting--;
}

static void add_lines(struct builder *b, cmark_node *first, cmark_node *end, int depth);

/* A block around other blocks, which need `room` levels below it; without them only those. */
static void add_container(struct builder *b, cmark_node *node, enum block_kind kind, int level, int depth, int room)
{
    if (!enter(b, node))
        return;
    struct block *around = depth + room <= BLOCK_DEPTH_MAX ? add(b, kind) : NULL;
    struct block **after = b->tail;
    if (around != NULL) {
        around->level = level;
        b->tail = &around->child;
    }
    add_lines(b, cmark_node_first_child(node), NULL, around != NULL ? depth + 1 : depth);
    if (around != NULL)
        b->tail = after;
    b->nesting--;
}

static void add_html_lines(struct builder *b, cmark_node *node, int depth)
{
    if (answer_is_comment(node))
        return;
    struct place p = answer_place(b->source, node, "");
    problem_add(b->source->collect->problems, SEVERITY_WARNING, p.file, p.line, p.column,
                "HTML is shown as text; write Markdown");
    struct block *paragraph = depth < BLOCK_DEPTH_MAX ? add(b, BLOCK_PARAGRAPH) : NULL;
    struct block **after = b->tail;
    if (paragraph != NULL)
        b->tail = &paragraph->child;
    add_raw(b, cmark_node_get_literal(node));
    flush_words(b);
    if (paragraph != NULL)
        b->tail = after;
}

static void add_code_lines(struct builder *b, cmark_node *node)
{
    struct block *code = add(b, BLOCK_CODE_LINES);
    char *text = copy(b, cmark_node_get_literal(node));
    if (code == NULL || text == NULL)
        return;
    size_t size = strlen(text);
    if (size > 0 && text[size - 1] == '\n')
        text[size - 1] = '\0';
    code->text = text;
}

static void add_heading(struct builder *b, cmark_node *node, int depth)
{
    struct block *heading = add_around(b, node, BLOCK_HEADING, depth);
    int level = cmark_node_get_heading_level(node);
    if (heading != NULL)
        heading->level = level < 3 ? 3 : level;
}

static void add_lines(struct builder *b, cmark_node *first, cmark_node *end, int depth)
{
    for (cmark_node *n = first; n != NULL && n != end; n = cmark_node_next(n)) {
        b->leaf = n;
        b->mentions = (struct mentions){0};
        switch (cmark_node_get_type(n)) {
        case CMARK_NODE_PARAGRAPH:
            add_around(b, n, BLOCK_PARAGRAPH, depth);
            break;
        case CMARK_NODE_HEADING:
            add_heading(b, n, depth);
            break;
        case CMARK_NODE_LIST:
            add_container(b, n, BLOCK_LIST, cmark_node_get_list_type(n) == CMARK_ORDERED_LIST, depth, 3);
            break;
        case CMARK_NODE_ITEM:
            add_container(b, n, BLOCK_ITEM, 0, depth, 2);
            break;
        case CMARK_NODE_BLOCK_QUOTE:
            add_container(b, n, BLOCK_QUOTE, 0, depth, 2);
            break;
        case CMARK_NODE_CODE_BLOCK:
            add_code_lines(b, n);
            break;
        case CMARK_NODE_HTML_BLOCK:
            add_html_lines(b, n, depth);
            break;
        case CMARK_NODE_THEMATIC_BREAK:
            add(b, BLOCK_RULE);
            break;
        default:
            break;
        }
    }
}

struct block *answer_blocks(const struct answer_source *source, cmark_node *first, cmark_node *end)
{
    struct block *blocks = NULL;
    struct builder b = {.source = source, .tail = &blocks};
    buf_init(&b.words, (size_t)ANSWER_BYTES * 4);
    add_lines(&b, first, end, 1);
    buf_free(&b.words);
    return b.gestures == 0 || block_shows(blocks) ? blocks : NULL;
}

struct block *answer_read(const struct answer_source *source)
{
    if (source->text.size > ANSWER_BYTES) {
        problem_add(source->collect->problems, SEVERITY_ERROR, source->file, source->line,
                    source->fixed_column > 0 ? source->fixed_column : 1, "longer than %d KiB; split it",
                    ANSWER_BYTES >> 10);
        return NULL;
    }
    cmark_node *document = answer_parse(source->text);
    struct block *blocks = answer_blocks(source, cmark_node_first_child(document), NULL);
    cmark_node_free(document);
    return blocks;
}
