/* `{name}` in lines as they were written: see mention.h. */
#include "content/mention.h"

#include "content/variable.h"

#include <string.h>

struct mentions mentions_of(const struct answer_source *source, cmark_node *leaf)
{
    struct span first = answer_line(source, cmark_node_get_start_line(leaf));
    struct span last = answer_line(source, cmark_node_get_end_line(leaf));
    return (struct mentions){source, first.text, last.text + last.size};
}

static bool is_escaped(const struct mentions *m, const char *brace)
{
    size_t slashes = 0;
    while (brace - slashes > m->source->text.text && brace[-1 - (long)slashes] == '\\')
        slashes++;
    return slashes % 2 == 1;
}

const char *mentions_next(struct mentions *m, const char *name, size_t size)
{
    for (const char *p = m->at; p < m->end && (p = memchr(p, '{', (size_t)(m->end - p))) != NULL; p++) {
        const char *close = p + 1 + size;
        if (close >= m->end || memcmp(p + 1, name, size) != 0)
            continue;
        bool escaped = *close == '\\' || is_escaped(m, p);
        close += *close == '\\';
        if (close >= m->end || *close != '}')
            continue;
        m->at = close + 1;
        return escaped ? NULL : p;
    }
    return NULL;
}

void mentions_skip(struct mentions *m, const char *text)
{
    const char *name;
    size_t size;
    while (text != NULL && variable_next(&text, &name, &size) != NULL)
        mentions_next(m, name, size);
}

struct place mentions_place(const struct answer_source *source, const char *where)
{
    struct span rest = source->text, line = {source->text.text, 0};
    int number = source->line - 1;
    if (source->fixed_column > 0)
        return (struct place){source->file, source->line, source->fixed_column};
    while (lines_next(&rest, &line)) {
        number++;
        if (where < rest.text)
            break;
    }
    return (struct place){source->file, number, lines_column(line.text, (size_t)(where - line.text))};
}
