/* What was said, with its marks, as blocks and as plain words: see speech.h. */
#include "aiml/speech.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Where blocks are hung: a list that grows at its end. */
struct level {
    enum block_kind kind; /* of what holds them */
    struct block **end;
};

struct builder {
    struct speech *t;
    struct level levels[BLOCK_DEPTH_MAX + 1];
    int depth, cards;
    bool failed;
};

static struct level *top(struct builder *b)
{
    return &b->levels[b->depth];
}

static struct block *hang(struct builder *b, enum block_kind kind)
{
    struct block *made = arena_alloc(b->t->arena, sizeof *made);
    if (made == NULL) {
        b->failed = true;
        return NULL;
    }
    made->kind = kind;
    *top(b)->end = made;
    top(b)->end = &made->next;
    return made;
}

/* Goes into a new block; where it would be too deep its content stays with its parent. */
static bool open(struct builder *b, enum block_kind kind, int level)
{
    if (b->depth == BLOCK_DEPTH_MAX)
        return false;
    struct block *made = hang(b, kind);
    if (made == NULL)
        return false;
    made->level = level;
    b->levels[++b->depth] = (struct level){kind, &made->child};
    return true;
}

/* Comes out of everything up to and with the innermost block of this kind; nothing where there is none. */
static void close(struct builder *b, enum block_kind kind)
{
    for (int d = b->depth; d > 0; d--)
        if (b->levels[d].kind == kind) {
            b->depth = d - 1;
            return;
        }
}

static bool is_part(enum block_kind kind)
{
    return kind == BLOCK_PARAGRAPH || kind == BLOCK_STRONG || kind == BLOCK_EMPHASIS;
}

static void end_paragraph(struct builder *b)
{
    while (b->depth > 0 && is_part(top(b)->kind))
        b->depth--;
}

static void need_paragraph(struct builder *b)
{
    if (!is_part(top(b)->kind))
        open(b, BLOCK_PARAGRAPH, 0);
}

static void add_text(struct builder *b, const char *text, size_t size)
{
    char *out = arena_alloc(b->t->arena, size + 1);
    size_t to = 0;
    if (out == NULL) {
        b->failed = true;
        return;
    }
    bool fresh = !is_part(top(b)->kind);
    for (size_t i = 0; i < size; i++) {
        bool space = isspace((unsigned char)text[i]);
        if (!space || (to == 0 ? !fresh : out[to - 1] != ' '))
            out[to++] = space ? ' ' : text[i];
    }
    if (to == 0 || (fresh && to == 1 && *out == ' '))
        return;
    need_paragraph(b);
    struct block *made = hang(b, BLOCK_TEXT);
    if (made != NULL)
        made->text = out;
}

static void add_link(struct builder *b, const struct rich *r)
{
    need_paragraph(b);
    struct block *made = hang(b, BLOCK_LINK), *text = arena_alloc(b->t->arena, sizeof *text);
    if (made == NULL || text == NULL) {
        b->failed = true;
        return;
    }
    *text = (struct block){.kind = BLOCK_TEXT, .text = r->text};
    made->target = r->target;
    made->child = text;
}

static void add_image(struct builder *b, const struct rich *r)
{
    need_paragraph(b);
    struct block *made = hang(b, BLOCK_IMAGE);
    if (made != NULL) {
        made->text = r->text;
        made->target = r->target;
    }
}

static void open_card(struct builder *b, const struct rich *r)
{
    end_paragraph(b);
    struct block **place = top(b)->end;
    if (!open(b, BLOCK_CARD, 0))
        return;
    (*place)->text = r->text;
    (*place)->target = r->target;
    b->cards++;
    for (size_t i = r->first_option; i < r->options_end && i < b->t->option_count; i++)
        b->t->options[i].card = b->cards; /* a card in it comes later and takes its own */
}

static void apply(struct builder *b, const struct rich *r)
{
    switch (r->kind) {
    case RICH_BREAK:
        if (is_part(top(b)->kind))
            hang(b, BLOCK_BREAK);
        break;
    case RICH_PARAGRAPH:
        end_paragraph(b);
        break;
    case RICH_LINK:
        add_link(b, r);
        break;
    case RICH_IMAGE:
        add_image(b, r);
        break;
    case RICH_STRONG:
    case RICH_EMPHASIS:
        need_paragraph(b);
        open(b, r->kind == RICH_STRONG ? BLOCK_STRONG : BLOCK_EMPHASIS, 0);
        break;
    case RICH_STRONG_END:
        close(b, BLOCK_STRONG);
        break;
    case RICH_EMPHASIS_END:
        close(b, BLOCK_EMPHASIS);
        break;
    case RICH_LIST:
    case RICH_OLIST:
        end_paragraph(b);
        open(b, BLOCK_LIST, r->kind == RICH_OLIST);
        break;
    case RICH_LIST_END:
        close(b, BLOCK_LIST);
        break;
    case RICH_ITEM:
        end_paragraph(b);
        if (top(b)->kind == BLOCK_LIST)
            open(b, BLOCK_ITEM, 0);
        break;
    case RICH_ITEM_END:
        end_paragraph(b);
        if (top(b)->kind == BLOCK_ITEM)
            close(b, BLOCK_ITEM);
        break;
    case RICH_CARD:
        open_card(b, r);
        break;
    case RICH_CARD_END:
        close(b, BLOCK_CARD);
        break;
    }
}

/* The mark at `at` and its bytes; NULL where there is none. */
static const struct rich *mark_at(const struct speech *t, const char *text, size_t size, size_t at, size_t *ret_bytes)
{
    size_t n = 0, end = at + 1;
    if (text[at] != MARK_OPEN)
        return NULL;
    for (; end < size && isdigit((unsigned char)text[end]); end++)
        n = n * 10 + (size_t)(text[end] - '0');
    *ret_bytes = end < size ? end + 1 - at : end - at;
    return n < t->rich_count ? &t->rich[n] : NULL;
}

struct block *speech_blocks(struct speech *t, const char *text, size_t size)
{
    struct block *first = NULL;
    struct builder b = {.t = t};
    b.levels[0] = (struct level){BLOCK_KINDS, &first};
    for (size_t at = 0; at < size && !b.failed;) {
        size_t n = 0;
        const struct rich *r = mark_at(t, text, size, at, &n);
        if (r != NULL) {
            apply(&b, r);
        } else {
            while (at + n < size && text[at + n] != MARK_OPEN)
                n++;
            n = n > 0 ? n : 1;
            add_text(&b, text + at, n);
        }
        at += n;
    }
    if (b.failed)
        t->no_memory = true;
    return b.failed ? NULL : first;
}

/* --- plain words --- */

static void put(char *out, size_t *used, char c)
{
    bool space = c == ' ' || c == '\n';
    if (space && *used > 0 && out[*used - 1] == ' ')
        (*used)--;
    if (space && (*used == 0 || out[*used - 1] == '\n'))
        return;
    out[(*used)++] = c;
}

const char *speech_plain(struct speech *t, const char *text, size_t size)
{
    size_t room = size + 1, used = 0;
    for (size_t i = 0; i < t->rich_count; i++)
        room += t->rich[i].text != NULL ? strlen(t->rich[i].text) + 1 : 1;
    char *out = arena_alloc(t->arena, room);
    if (out == NULL) {
        t->no_memory = true;
        return "";
    }
    for (size_t at = 0; at < size;) {
        size_t n = 1;
        const struct rich *r = mark_at(t, text, size, at, &n);
        if (r == NULL)
            put(out, &used, isspace((unsigned char)text[at]) ? ' ' : text[at]);
        else if (r->text != NULL)
            for (const char *c = r->text; *c != '\0' && used + 1 < room; c++)
                put(out, &used, *c);
        else if (r->kind < RICH_STRONG || r->kind > RICH_EMPHASIS_END) /* all others begin or end a line */
            put(out, &used, '\n');
        at += n;
    }
    while (used > 0 && (out[used - 1] == ' ' || out[used - 1] == '\n'))
        used--;
    out[used] = '\0';
    return out;
}
