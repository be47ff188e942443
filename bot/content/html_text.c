/* HTML as Markdown and as words: see html_blocks.h. */
#include "content/html_blocks.h"

#include "content/answer_write.h"
#include "content/html_parts.h"
#include "content/import_list.h"

#include <string.h>

static const char *markdown_of(struct arena *arena, const struct block *blocks)
{
    bool exact;
    const char *text = blocks != NULL ? answer_write(arena, blocks, &exact) : NULL;
    return text != NULL ? text : "";
}

const char *html_section_markdown(struct arena *arena, struct block *from, const struct block *end)
{
    struct block **at = &from;
    for (; *at != NULL && *at != end; at = &(*at)->next) {
        struct block *b = *at;
        if (b->kind != BLOCK_HEADING || b->text == NULL)
            continue;
        struct html_parts words = {.arena = arena};
        html_parts_text(&words, &(struct html_marks){false, false, NULL}, b->text);
        b->level = b->level < 3 ? 3 : b->level;
        b->child = html_parts_take(&words, 2);
        b->text = b->target = NULL;
    }
    *at = NULL;
    html_drop_rules(&from);
    return markdown_of(arena, from);
}

const char *html_markdown_between(struct arena *arena, const xmlNode *from, const xmlNode *end, const char *base)
{
    return markdown_of(arena, html_blocks(arena, from, end, base));
}

const char *html_markdown(struct arena *arena, const xmlNode *parent, const char *base)
{
    return html_markdown_between(arena, parent->children, NULL, base);
}

/* Text without tags keeps its lines. */
static const char *with_breaks(struct arena *arena, const char *text)
{
    struct buf out;
    buf_init(&out, MARKUP_BYTES);
    struct span rest = {text, strlen(text)}, line;
    bool open = false;
    while (lines_next(&rest, &line)) {
        line = lines_trim(line);
        if (line.size == 0)
            buf_puts(&out, open ? "<p>" : "");
        else
            buf_printf(&out, "%s%.*s", open ? "<br>" : "", (int)line.size, line.text);
        open = line.size > 0;
    }
    const char *copy = out.failed ? NULL : arena_strndup(arena, out.data, out.size);
    buf_free(&out);
    return copy != NULL ? copy : "";
}

/* The tree of a text with HTML in it; NULL where it cannot be read. */
static xmlDoc *tree_of(struct arena *arena, const char *html)
{
    struct problems *problems = problems_new();
    const char *whole = arena_printf(arena, "<!DOCTYPE html><html><body>%s", html);
    xmlDoc *doc =
        problems != NULL && whole != NULL ? markup_html("", (struct span){whole, strlen(whole)}, problems) : NULL;
    problems_free(problems);
    return doc;
}

const char *html_markdown_of(struct arena *arena, const char *html, const char *base)
{
    xmlDoc *doc = tree_of(arena, strchr(html, '<') != NULL ? html : with_breaks(arena, html));
    const char *text = doc != NULL ? html_markdown(arena, xmlDocGetRootElement(doc), base) : "";
    xmlFreeDoc(doc);
    return text;
}

const char *html_words(struct arena *arena, const xmlNode *root)
{
    struct buf text;
    buf_init(&text, MARKUP_BYTES);
    for (xmlNode *n = root->children, *next; n != NULL; n = next) {
        bool skipped = html_is_chrome(arena, n);
        if (markup_is(n, "br") || html_begins_line(n))
            buf_putc(&text, ' ');
        if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && n->content != NULL)
            buf_puts(&text, (const char *)n->content);
        next = skipped ? markup_skip(root, n) : markup_next(root, n);
    }
    const char *line = import_list_line(arena, text.data, text.size);
    buf_free(&text);
    return line;
}

const char *html_words_of(struct arena *arena, const char *html)
{
    if (strpbrk(html, "<&") == NULL)
        return import_list_line(arena, html, strlen(html));
    xmlDoc *doc = tree_of(arena, html);
    const char *words = doc != NULL ? html_words(arena, xmlDocGetRootElement(doc)) : "";
    xmlFreeDoc(doc);
    return words;
}
