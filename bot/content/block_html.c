/* Tags around children: see block_html.h. */
#include "content/block_html.h"

#include <string.h>

/* NULL = not so simple. */
static const char *const tags[BLOCK_KINDS] = {
    [BLOCK_PARAGRAPH] = "p",   [BLOCK_ITEM] = "li",     [BLOCK_QUOTE] = "blockquote",
    [BLOCK_STRONG] = "strong", [BLOCK_EMPHASIS] = "em",
};

static void add_text(const char *text, struct buf *out)
{
    for (const char *p = text != NULL ? text : ""; *p != '\0'; p++) {
        const char *escape = *p == '&'   ? "&amp;"
                             : *p == '<' ? "&lt;"
                             : *p == '>' ? "&gt;"
                             : *p == '"' ? "&quot;"
                                         : NULL;
        if (escape != NULL)
            buf_puts(out, escape);
        else
            buf_putc(out, *p);
    }
}

static void add_between(const struct block *b, const char *tag, struct buf *out)
{
    buf_printf(out, "<%s>", tag);
    /* An item of one paragraph is one line. */
    bool line =
        b->kind == BLOCK_ITEM && b->child != NULL && b->child->next == NULL && b->child->kind == BLOCK_PARAGRAPH;
    block_html(line ? b->child->child : b->child, out);
    buf_printf(out, "</%s>", tag);
}

static void add_code(const struct block *b, struct buf *out)
{
    bool lines = b->kind == BLOCK_CODE_LINES;
    buf_puts(out, lines ? "<pre><code>" : "<code>");
    add_text(b->text, out);
    buf_puts(out, lines ? "</code></pre>" : "</code>");
}

static void add_link(const struct block *b, struct buf *out)
{
    buf_puts(out, "<a href=\"");
    add_text(b->target, out);
    buf_puts(out, "\">");
    block_html(b->child, out);
    buf_puts(out, "</a>");
}

static void add_image(const struct block *b, struct buf *out)
{
    buf_puts(out, "<img src=\"");
    add_text(b->target, out);
    buf_puts(out, "\" alt=\"");
    add_text(b->text, out);
    buf_puts(out, "\">");
}

static void add_card(const struct block *b, struct buf *out)
{
    buf_puts(out, "<div>");
    if (b->target != NULL)
        add_image(b, out);
    buf_puts(out, "<p><strong>");
    add_text(b->text, out);
    buf_puts(out, "</strong></p>");
    block_html(b->child, out);
    buf_puts(out, "</div>");
}

static void add_block(const struct block *b, struct buf *out)
{
    char heading[] = "h3";
    switch (b->kind) {
    case BLOCK_HEADING:
        heading[1] = (char)('0' + b->level);
        add_between(b, heading, out);
        break;
    case BLOCK_LIST:
        add_between(b, b->level == 1 ? "ol" : "ul", out);
        break;
    case BLOCK_CODE_LINES:
    case BLOCK_CODE:
        add_code(b, out);
        break;
    case BLOCK_RULE:
        buf_puts(out, "<hr>");
        break;
    case BLOCK_BREAK:
        buf_puts(out, "<br>");
        break;
    case BLOCK_CARD:
        add_card(b, out);
        break;
    case BLOCK_LINK:
        add_link(b, out);
        break;
    case BLOCK_IMAGE:
        add_image(b, out);
        break;
    case BLOCK_GESTURE:
        buf_printf(out, "<span data-gesture=\"%s\"></span>", b->text);
        break;
    case BLOCK_TEXT:
        add_text(b->text, out);
        break;
    default:
        add_between(b, tags[b->kind], out);
    }
}

void block_html(const struct block *first, struct buf *out)
{
    for (const struct block *b = first; b != NULL; b = b->next)
        add_block(b, out);
}
