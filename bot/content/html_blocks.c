/* From libxml2's nodes to blocks: see html_blocks.h. */
#include "content/html_blocks.h"

#include "content/gesture.h"
#include "content/html_parts.h"
#include "content/import_list.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct walk {
    struct arena *arena;
    const char *base;
    struct block **tail; /* where the next block goes */
    struct html_parts parts;
    struct html_marks marks;
    int depth;     /* of blocks */
    bool sections; /* headings as html_sections gives them */
    bool one_line; /* in a cell: nothing begins a line */
};

static const char *const nothing[] = {"script", "style",  "template", "noscript", "svg",   "math",
                                      "iframe", "object", "embed",    "head",     "nav",   "footer",
                                      "select", "input",  "textarea", "audio",    "video", "canvas",
                                      "dialog", "map",    "datalist", "meta",     "link"};
static const char *const lines[] = {"p",       "div",     "section",    "article", "header", "main",   "aside",
                                    "address", "figure",  "figcaption", "dl",      "dd",     "form",   "fieldset",
                                    "details", "summary", "center",     "body",    "html",   "hgroup", "caption"};

static bool is_one_of(const xmlNode *node, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (markup_is(node, list[i]))
            return true;
    return false;
}

bool html_is_chrome(struct arena *arena, const xmlNode *node)
{
    if (node->type != XML_ELEMENT_NODE)
        return false;
    return is_one_of(node, nothing, sizeof nothing / sizeof *nothing) ||
           markup_has_word(arena, node, "aria-hidden", "true") || markup_has_word(arena, node, "role", "navigation") ||
           markup_has_word(arena, node, "role", "contentinfo");
}

bool html_begins_line(const xmlNode *node)
{
    return is_one_of(node, lines, sizeof lines / sizeof *lines);
}

/* --- blocks ------------------------------------------------------------------------------------------ */

static struct block *add(struct walk *w, enum block_kind kind)
{
    struct block *b = arena_alloc(w->arena, sizeof *b);
    if (b == NULL)
        return NULL;
    b->kind = kind;
    *w->tail = b;
    w->tail = &b->next;
    return b;
}

/* Ends the paragraph, if one is open, as a block of this kind. */
static void end_line(struct walk *w, enum block_kind kind, int level)
{
    if (w->one_line) {
        html_parts_text(&w->parts, &(struct html_marks){false, false, NULL}, " ");
        return;
    }
    struct block *parts = html_parts_take(&w->parts, w->depth + 1);
    struct block *line = parts != NULL ? add(w, kind) : NULL;
    if (line == NULL)
        return;
    line->level = level;
    line->child = parts;
}

static void walk_children(struct walk *, const xmlNode *parent);

static void walk_lines(struct walk *w, const xmlNode *node)
{
    end_line(w, BLOCK_PARAGRAPH, 0);
    walk_children(w, node);
    end_line(w, BLOCK_PARAGRAPH, 0);
}

/* A block around other blocks, which need `room` levels below it; without them only those. */
static void walk_container(struct walk *w, const xmlNode *node, enum block_kind kind, int level, int room)
{
    end_line(w, BLOCK_PARAGRAPH, 0);
    struct block **place = w->tail;
    struct block *around = !w->one_line && w->depth + room <= BLOCK_DEPTH_MAX ? add(w, kind) : NULL;
    struct block **after = w->tail;
    if (around == NULL) {
        walk_lines(w, node);
        return;
    }
    around->level = level;
    w->tail = &around->child;
    w->depth++;
    walk_lines(w, node);
    w->depth--;
    w->tail = after;
    if (around->child == NULL) { /* nothing in it */
        *place = NULL;
        w->tail = place;
    }
}

/* Only items may stand in a list; what else a page has there is one. */
static void walk_list(struct walk *w, const xmlNode *node)
{
    end_line(w, BLOCK_PARAGRAPH, 0);
    struct block **place = w->tail;
    struct block *list = !w->one_line && w->depth + 3 <= BLOCK_DEPTH_MAX ? add(w, BLOCK_LIST) : NULL;
    struct block **after = w->tail;
    if (list == NULL) {
        walk_lines(w, node);
        return;
    }
    list->level = markup_is(node, "ol");
    w->tail = &list->child;
    w->depth++;
    for (const xmlNode *item = node->children; item != NULL; item = item->next)
        if (item->type == XML_ELEMENT_NODE && !html_is_chrome(w->arena, item))
            walk_container(w, item, BLOCK_ITEM, 0, 2);
    w->depth--;
    w->tail = after;
    if (list->child == NULL) {
        *place = NULL;
        w->tail = place;
    }
}

static void walk_code_lines(struct walk *w, const xmlNode *node)
{
    end_line(w, BLOCK_PARAGRAPH, 0);
    const char *text = markup_text(w->arena, node);
    text += strspn(text, "\r\n");
    size_t size = strlen(text);
    while (size > 0 && strchr(" \r\n", text[size - 1]) != NULL)
        size--;
    if (w->one_line) {
        html_parts_text(&w->parts, &w->marks, text);
        return;
    }
    struct block *code = size > 0 ? add(w, BLOCK_CODE_LINES) : NULL;
    if (code != NULL)
        code->text = arena_strndup(w->arena, text, size);
}

/* --- tables ------------------------------------------------------------------------------------------ */

static void walk_node(struct walk *, const xmlNode *);

static void walk_row(struct walk *w, const xmlNode *row, bool *begun)
{
    bool first = true;
    struct html_marks plain = {false, false, NULL}, before = w->marks;
    for (const xmlNode *cell = row->children; cell != NULL; cell = cell->next) {
        if (!markup_is(cell, "td") && !markup_is(cell, "th"))
            continue;
        if (first && *begun)
            html_parts_break(&w->parts);
        if (!first)
            html_parts_text(&w->parts, &plain, " \xC2\xB7 ");
        w->marks.strong = before.strong || markup_is(cell, "th");
        walk_children(w, cell);
        w->marks = before;
        first = false;
        *begun = true;
    }
}

static void walk_rows(struct walk *w, const xmlNode *table, bool *begun)
{
    for (const xmlNode *n = table->children; n != NULL; n = n->next) {
        if (markup_is(n, "tr"))
            walk_row(w, n, begun);
        else if (n->type == XML_ELEMENT_NODE && !html_is_chrome(w->arena, n) && !markup_is(n, "caption"))
            walk_rows(w, n, begun);
    }
}

static void walk_table(struct walk *w, const xmlNode *node)
{
    bool begun = false, outer = w->one_line;
    end_line(w, BLOCK_PARAGRAPH, 0);
    w->one_line = true;
    walk_rows(w, node, &begun);
    w->one_line = outer;
    end_line(w, BLOCK_PARAGRAPH, 0);
}

/* --- parts of a line ------------------------------------------------------------------------------------ */

static void walk_link(struct walk *w, const xmlNode *node)
{
    const char *before = w->marks.target;
    const char *target = markup_address(w->arena, markup_attribute(w->arena, node, "href"), w->base);
    if (before == NULL)
        w->marks.target = target;
    walk_children(w, node);
    w->marks.target = before;
}

static void walk_image(struct walk *w, const xmlNode *node)
{
    const char *alternative = markup_attribute(w->arena, node, "alt");
    const char *line = alternative != NULL ? import_list_line(w->arena, alternative, strlen(alternative)) : "";
    const char *address = markup_address(w->arena, markup_attribute(w->arena, node, "src"), w->base);
    if (line[0] == '\0')
        return;
    if (address != NULL && strncasecmp(address, "http", 4) == 0 && w->depth + 1 <= BLOCK_DEPTH_MAX)
        html_parts_image(&w->parts, &w->marks, address, line);
    else
        html_parts_text(&w->parts, &w->marks, line);
}

static void add_section(struct walk *w, const xmlNode *node, int level)
{
    const char *words = html_words(w->arena, node);
    struct block *heading = words[0] != '\0' ? add(w, BLOCK_HEADING) : NULL;
    if (heading == NULL)
        return;
    heading->level = level;
    heading->text = words;
    heading->target = markup_attribute(w->arena, node, "id");
}

static void walk_heading(struct walk *w, const xmlNode *node)
{
    int level = node->name[1] - '0';
    end_line(w, BLOCK_PARAGRAPH, 0);
    if (w->sections && w->depth == 1 && !w->one_line) {
        add_section(w, node, level);
        return;
    }
    bool outer = w->one_line;
    w->one_line = true;
    walk_children(w, node);
    w->one_line = outer;
    end_line(w, w->depth == 1 ? BLOCK_HEADING : BLOCK_PARAGRAPH, w->depth == 1 ? (level < 3 ? 3 : level) : 0);
}

static void walk_strong(struct walk *w, const xmlNode *node)
{
    bool before = w->marks.strong;
    w->marks.strong = true;
    walk_children(w, node);
    w->marks.strong = before;
}

static void walk_term(struct walk *w, const xmlNode *node)
{
    end_line(w, BLOCK_PARAGRAPH, 0);
    walk_strong(w, node);
    end_line(w, BLOCK_PARAGRAPH, 0);
}

static void walk_emphasis(struct walk *w, const xmlNode *node)
{
    bool before = w->marks.emphasis;
    w->marks.emphasis = true;
    walk_children(w, node);
    w->marks.emphasis = before;
}

static void walk_code(struct walk *w, const xmlNode *node)
{
    html_parts_code(&w->parts, &w->marks, markup_text(w->arena, node));
}

/* As this program gives gestures away (block_html). */
static void walk_span(struct walk *w, const xmlNode *node)
{
    const char *name = markup_attribute(w->arena, node, "data-gesture");
    const char *gesture = name != NULL ? gesture_named(name, strlen(name)) : NULL;
    if (gesture != NULL && !w->one_line)
        html_parts_gesture(&w->parts, &w->marks, gesture);
    walk_children(w, node);
}

static void walk_break(struct walk *w, const xmlNode *node)
{
    (void)node;
    if (w->one_line)
        end_line(w, BLOCK_PARAGRAPH, 0);
    else
        html_parts_break(&w->parts);
}

static void walk_rule(struct walk *w, const xmlNode *node)
{
    (void)node;
    end_line(w, BLOCK_PARAGRAPH, 0);
    if (!w->one_line)
        add(w, BLOCK_RULE);
}

static void walk_quote(struct walk *w, const xmlNode *node)
{
    walk_container(w, node, BLOCK_QUOTE, 0, 2);
}

static void walk_nothing(struct walk *w, const xmlNode *node)
{
    (void)w, (void)node;
}

static const struct {
    const char *name;
    void (*walk)(struct walk *, const xmlNode *);
} elements[] = {
    {"a", walk_link},      {"strong", walk_strong}, {"b", walk_strong},         {"em", walk_emphasis},
    {"i", walk_emphasis},  {"cite", walk_emphasis}, {"code", walk_code},        {"kbd", walk_code},
    {"samp", walk_code},   {"br", walk_break},      {"img", walk_image},        {"hr", walk_rule},
    {"h1", walk_heading},  {"h2", walk_heading},    {"h3", walk_heading},       {"h4", walk_heading},
    {"h5", walk_heading},  {"h6", walk_heading},    {"ul", walk_list},          {"ol", walk_list},
    {"menu", walk_list},   {"li", walk_lines},      {"blockquote", walk_quote}, {"pre", walk_code_lines},
    {"table", walk_table}, {"dt", walk_term},       {"button", walk_nothing},   {"span", walk_span},
};

static void walk_element(struct walk *w, const xmlNode *node)
{
    if (html_is_chrome(w->arena, node))
        return;
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        if (markup_is(node, elements[i].name)) {
            elements[i].walk(w, node);
            return;
        }
    }
    if (html_begins_line(node))
        walk_lines(w, node);
    else
        walk_children(w, node);
}

static void walk_node(struct walk *w, const xmlNode *node)
{
    if (node->type == XML_ELEMENT_NODE)
        walk_element(w, node);
    else if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && node->content != NULL)
        html_parts_text(&w->parts, &w->marks, (const char *)node->content);
}

static void walk_children(struct walk *w, const xmlNode *parent)
{
    for (const xmlNode *n = parent->children; n != NULL; n = n->next)
        walk_node(w, n);
}

/* --- from outside --------------------------------------------------------------------------------------- */

void html_drop_rules(struct block **first)
{
    while (*first != NULL && (*first)->kind == BLOCK_RULE)
        *first = (*first)->next;
    struct block *last = NULL;
    for (struct block *b = *first; b != NULL; b = b->next)
        if (b->kind != BLOCK_RULE)
            last = b;
    if (last != NULL)
        last->next = NULL;
}

struct block *html_sections(struct arena *arena, const xmlNode *root, const char *base)
{
    struct block *first = NULL;
    struct walk w = {
        .arena = arena, .base = base, .tail = &first, .parts = {.arena = arena}, .depth = 1, .sections = true};
    walk_lines(&w, root);
    return first;
}

struct block *html_blocks(struct arena *arena, const xmlNode *from, const xmlNode *end, const char *base)
{
    struct block *first = NULL;
    struct walk w = {.arena = arena, .base = base, .tail = &first, .parts = {.arena = arena}, .depth = 1};
    for (const xmlNode *n = from; n != NULL && n != end; n = n->next)
        walk_node(&w, n);
    end_line(&w, BLOCK_PARAGRAPH, 0);
    html_drop_rules(&first);
    return first;
}
