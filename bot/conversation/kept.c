/* Words without what points at a person: see kept.h. */
#include "conversation/kept.h"

#include "base/buf.h"
#include "content/ident.h"
#include "store/learn.h"
#include "text/mask.h"
#include "text/token.h"

#include <string.h>

/* The parts of a name: shorter ones are too often words of their own. */
enum { NAME_PARTS = 8, NAME_PART_BYTES = 3, TEXT_BYTES = 256 << 10 };

/* The text on one line, single spaces, at most what is kept (whole characters). NULL without memory. */
static const char *one_line(struct arena *arena, const char *text)
{
    char *line = arena_alloc_raw(arena, LEARN_TEXT_BYTES + 1);
    size_t size = 0;
    bool gap = false, cut = false;
    for (const unsigned char *p = (const unsigned char *)text; line != NULL && *p != '\0'; p++) {
        if (*p <= ' ' || *p == 0x7f) {
            gap = size > 0;
            continue;
        }
        cut = size + gap + 1 > LEARN_TEXT_BYTES;
        if (cut)
            break;
        if (gap)
            line[size++] = ' ';
        gap = false;
        line[size++] = (char)*p;
    }
    /* A character cut in half would not be text any more: the last one goes. */
    while (cut && size > 0 && ((unsigned char)line[size - 1] & 0xc0) == 0x80)
        size--;
    if (cut && size > 0 && ((unsigned char)line[size - 1] & 0x80) != 0)
        size--;
    if (line != NULL)
        line[size] = '\0';
    return line;
}

struct names {
    char parts[NAME_PARTS][TOKEN_BYTES + 1];
    size_t count;
};

static struct names read_names(const char *name)
{
    struct names names = {.count = 0};
    struct token_reader reader = token_reader(name != NULL ? name : "", name != NULL ? strlen(name) : 0);
    struct token t;
    while (names.count < NAME_PARTS && token_next(&reader, &t))
        if (t.length >= NAME_PART_BYTES)
            memcpy(names.parts[names.count++], t.word, t.length + 1);
    return names;
}

static bool is_name(const struct names *names, const struct token *t)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->parts[i], t->word) == 0)
            return true;
    return false;
}

/* The text with each part of the name as "…". */
static void hide_names(const char *text, const char *name, struct buf *out)
{
    const struct names names = read_names(name);
    struct token_reader reader = token_reader(text, strlen(text));
    struct token t;
    size_t from = 0;
    while (names.count > 0 && token_next(&reader, &t)) {
        if (!is_name(&names, &t))
            continue;
        buf_add(out, text + from, t.at - from);
        buf_puts(out, "…");
        from = t.at + t.size;
    }
    buf_puts(out, text + from);
}

const char *kept_text(struct arena *arena, const char *text, const char *name)
{
    struct buf hidden, masked;
    buf_init(&hidden, TEXT_BYTES);
    buf_init(&masked, TEXT_BYTES);
    hide_names(text, name, &hidden);
    bool good = !hidden.failed && mask_text(hidden.data != NULL ? hidden.data : "", &masked) == 0;
    const char *kept = good ? arena_strndup(arena, masked.data != NULL ? masked.data : "", masked.size) : NULL;
    buf_free(&hidden);
    buf_free(&masked);
    return kept;
}

const char *kept_line(struct arena *arena, const char *text, const char *name)
{
    const char *kept = kept_text(arena, text, name);
    return kept != NULL ? one_line(arena, kept) : NULL;
}

const char *kept_fold(struct arena *arena, const char *line)
{
    char *fold = arena_alloc_raw(arena, LEARN_TEXT_BYTES + 1);
    if (fold != NULL)
        ident_fold(line, fold, LEARN_TEXT_BYTES + 1);
    return fold;
}

const char *kept_fold_said(struct arena *arena, const char *text)
{
    const char *line = kept_line(arena, text, NULL);
    return line != NULL ? kept_fold(arena, line) : NULL;
}
