/* The memory of a conversation as lines of text: see aiml.h.
 *
 * `p NAME=VALUE`, `q REQUEST` and `r RESPONSE` behind it, the newest exchange first; `\n` and `\\` in texts. */
#include "aiml/speech.h"

#include <string.h>

/* Cuts between two characters. */
const char *memory_cut(struct arena *arena, const char *text, size_t most)
{
    size_t size = strlen(text);
    if (size > most) {
        size = most;
        while (size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
            size--;
    }
    return arena_strndup(arena, text, size);
}

static void put_line(struct buf *out, char kind, const char *name, const char *text)
{
    buf_putc(out, kind);
    buf_putc(out, ' ');
    if (name != NULL) {
        buf_puts(out, name);
        buf_putc(out, '=');
    }
    for (; *text != '\0'; text++) {
        if (*text == '\n')
            buf_puts(out, "\\n");
        else if (*text == '\\')
            buf_puts(out, "\\\\");
        else
            buf_putc(out, *text);
    }
    buf_putc(out, '\n');
}

static int put_all(const struct aiml_memory *m, size_t exchanges, size_t predicates, struct buf *out)
{
    for (size_t i = 0; i < exchanges; i++) {
        put_line(out, 'q', NULL, m->past[i].request);
        put_line(out, 'r', NULL, m->past[i].response);
    }
    for (size_t i = m->predicate_count - predicates; i < m->predicate_count; i++)
        if (strpbrk(m->predicates[i].name, "=\n") == NULL)
            put_line(out, 'p', m->predicates[i].name, m->predicates[i].value);
    return out->failed ? -1 : 0;
}

int aiml_memory_write(const struct aiml_memory *m, struct buf *out)
{
    struct buf text;
    size_t exchanges = m->past_count, predicates = m->predicate_count;
    buf_init(&text, AIML_MEMORY_BYTES);
    /* The oldest exchange goes first, but the last one stays as long as a predicate can go instead. */
    while (put_all(m, exchanges, predicates, &text) < 0 && exchanges + predicates > 0) {
        if (exchanges > 1 || predicates == 0)
            exchanges--;
        else
            predicates--;
        buf_clear(&text);
    }
    int result = buf_add(out, text.data, text.size);
    buf_free(&text);
    return result;
}

static char *unescaped(struct arena *arena, const char *text, size_t size, size_t most)
{
    char *out = arena_strndup(arena, text, size < most ? size : most);
    size_t to = 0;
    for (char *in = out; in != NULL && *in != '\0'; in++) {
        bool escape = *in == '\\' && (in[1] == 'n' || in[1] == '\\');
        in += escape;
        out[to++] = escape && *in == 'n' ? '\n' : *in;
    }
    if (out != NULL)
        out[to] = '\0';
    return out;
}

static int read_line(const char *line, size_t size, struct arena *arena, struct aiml_pair *pairs,
                     struct aiml_exchange *past, struct aiml_memory *m)
{
    const char *text = line + 2, *equals = size > 2 ? memchr(text, '=', size - 2) : NULL;
    size_t left = size > 2 ? size - 2 : 0;
    if (size < 2 || line[1] != ' ')
        return 0;
    if (*line == 'p' && equals != NULL && m->predicate_count < AIML_PREDICATES) {
        struct aiml_pair p = {unescaped(arena, text, (size_t)(equals - text), AIML_NAME_BYTES),
                              unescaped(arena, equals + 1, left - (size_t)(equals + 1 - text), AIML_VALUE_BYTES * 2)};
        if (p.name == NULL || p.value == NULL)
            return -1;
        pairs[m->predicate_count++] = p;
    } else if (*line == 'q' && m->past_count < AIML_PAST) {
        struct aiml_exchange e = {unescaped(arena, text, left, AIML_PAST_BYTES * 2), ""};
        if (e.request == NULL)
            return -1;
        past[m->past_count++] = e;
    } else if (*line == 'r' && m->past_count > 0) {
        const char *response = unescaped(arena, text, left, AIML_PAST_BYTES * 2);
        if (response == NULL)
            return -1;
        past[m->past_count - 1].response = response;
    }
    return 0;
}

int aiml_memory_read(const char *text, size_t size, struct arena *arena, struct aiml_memory *ret)
{
    struct aiml_pair *pairs = arena_array(arena, AIML_PREDICATES, sizeof *pairs);
    struct aiml_exchange *past = arena_array(arena, AIML_PAST, sizeof *past);
    struct aiml_memory m = {.predicates = pairs, .past = past};
    if (pairs == NULL || past == NULL)
        return -1;
    size = strnlen(text, size);
    for (size_t at = 0; at < size;) {
        const char *end = memchr(text + at, '\n', size - at);
        size_t length = end != NULL ? (size_t)(end - (text + at)) : size - at;
        if (read_line(text + at, length, arena, pairs, past, &m) < 0)
            return -1;
        at += length + 1;
    }
    *ret = m;
    return 0;
}
