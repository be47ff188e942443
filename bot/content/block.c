/* What is said, as a tree: see block.h. */
#include "content/block.h"

#include <string.h>

/* The wire's names, and whether a kind stands on its own lines. */
static const struct {
    const char *name;
    bool own_lines;
} kinds[BLOCK_KINDS] = {
    [BLOCK_PARAGRAPH] = {"paragraph", true}, [BLOCK_HEADING] = {"heading", true},
    [BLOCK_LIST] = {"list", true},           [BLOCK_ITEM] = {"item", true},
    [BLOCK_QUOTE] = {"quote", true},         [BLOCK_CODE_LINES] = {"code_lines", true},
    [BLOCK_RULE] = {"rule", true},           [BLOCK_CARD] = {"card", true},
    [BLOCK_TEXT] = {"text", false},          [BLOCK_STRONG] = {"strong", false},
    [BLOCK_EMPHASIS] = {"emphasis", false},  [BLOCK_CODE] = {"code", false},
    [BLOCK_LINK] = {"link", false},          [BLOCK_IMAGE] = {"image", false},
    [BLOCK_BREAK] = {"break", false},        [BLOCK_GESTURE] = {"gesture", false},
    [BLOCK_FILE] = {"file", true},
};

const char *block_kind_name(enum block_kind kind)
{
    return kinds[kind].name;
}

struct block *block_paragraph(struct arena *arena, const char *text)
{
    struct block *paragraph = arena_alloc(arena, sizeof *paragraph);
    struct block *part = arena_alloc(arena, sizeof *part);
    if (paragraph == NULL || part == NULL)
        return NULL;
    *part = (struct block){.kind = BLOCK_TEXT, .text = arena_strdup(arena, text)};
    *paragraph = (struct block){.kind = BLOCK_PARAGRAPH, .child = part};
    return part->text != NULL ? paragraph : NULL;
}

bool block_shows(const struct block *b)
{
    for (; b != NULL; b = b->next) {
        bool around =
            b->kind < BLOCK_CODE_LINES || b->kind == BLOCK_STRONG || b->kind == BLOCK_EMPHASIS || b->kind == BLOCK_LINK;
        if (around ? block_shows(b->child) : b->kind != BLOCK_GESTURE && b->kind != BLOCK_BREAK)
            return true;
    }
    return false;
}

/* A text's lines, each after `indent` spaces but the first, which stands behind what is there. */
static void add_lines(struct buf *out, const char *text, int indent)
{
    for (size_t size; (size = strcspn(text, "\n")), text[size] != '\0'; text += size + 1) {
        buf_add(out, text, size + 1);
        buf_printf(out, "%*s", indent, "");
    }
    buf_puts(out, text);
}

/* Where a link leads, behind its words, where they do not say it. */
static void add_address(const struct block *link, size_t words_at, struct buf *out)
{
    const char *address = link->target != NULL ? link->target : "";
    const char *bare = strncmp(address, "mailto:", 7) == 0 ? address + 7
                       : strncmp(address, "tel:", 4) == 0  ? address + 4
                                                           : address;
    if (out->failed || strstr(out->data + words_at, bare) != NULL)
        return;
    buf_printf(out, out->size > words_at ? " (%s)" : "%s", bare);
}

static void add_tree(const struct block *, struct buf *out, int indent, bool links);

static void add_items(const struct block *list, struct buf *out, int indent, bool links)
{
    int number = 0;
    for (const struct block *item = list->child; item != NULL; item = item->next) {
        if (number++ > 0)
            buf_printf(out, "\n%*s", indent, "");
        size_t before = out->size;
        if (list->level == 1)
            buf_printf(out, "%d. ", number);
        else
            buf_puts(out, "- ");
        add_tree(item->child, out, indent + (int)(out->size - before), links);
    }
}

static void add_block(const struct block *b, struct buf *out, int indent, bool links)
{
    size_t at = out->size;
    switch (b->kind) {
    case BLOCK_LIST:
        add_items(b, out, indent, links);
        break;
    case BLOCK_RULE:
        buf_puts(out, "---");
        break;
    case BLOCK_CARD:
        add_lines(out, b->text != NULL ? b->text : "", indent);
        if (b->child != NULL)
            buf_printf(out, "\n%*s", indent, "");
        add_tree(b->child, out, indent, links);
        break;
    case BLOCK_LINK:
        add_tree(b->child, out, indent, links);
        if (links)
            add_address(b, at, out);
        break;
    case BLOCK_BREAK:
        buf_printf(out, "\n%*s", indent, "");
        break;
    case BLOCK_FILE:
        buf_puts(out, b->file->name);
        break;
    case BLOCK_GESTURE:
        break;
    case BLOCK_TEXT:
    case BLOCK_CODE:
    case BLOCK_CODE_LINES:
    case BLOCK_IMAGE:
        add_lines(out, b->text != NULL ? b->text : "", indent);
        break;
    default:
        add_tree(b->child, out, indent, links);
    }
}

static void add_tree(const struct block *first, struct buf *out, int indent, bool links)
{
    for (const struct block *b = first; b != NULL; b = b->next) {
        /* A list in an item follows its text without a gap, as one reads it. */
        if (b != first && kinds[b->kind].own_lines)
            buf_printf(out, indent > 0 ? "\n%*s" : "\n\n%*s", indent, "");
        add_block(b, out, indent, links);
    }
}

void block_to_text(const struct block *first, struct buf *out)
{
    add_tree(first, out, 0, false);
}

void block_to_text_and_links(const struct block *first, struct buf *out)
{
    add_tree(first, out, 0, true);
}

int block_cards(const struct block *first)
{
    int count = 0;
    for (const struct block *b = first; b != NULL; b = b->next)
        count += (b->kind == BLOCK_CARD) + block_cards(b->child);
    return count;
}

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool block_equal(const struct block *a, const struct block *b)
{
    for (; a != NULL && b != NULL; a = a->next, b = b->next)
        if (a->kind != b->kind || a->level != b->level || !same(a->text, b->text) || !same(a->target, b->target) ||
            !block_equal(a->child, b->child))
            return false;
    return a == b;
}
