/* Readers of the files that sentences come from: see formats.h. */
#include "tables/formats.h"

#include "base/buf.h"

#include <stdbool.h>
#include <string.h>

enum { TEXT_BYTES = 64 << 20 };

static const char *line_end(const char *line)
{
    return line + strcspn(line, "\n");
}

static const char *next_line(const char *end)
{
    return *end == '\n' ? end + 1 : end;
}

/* ` definition; "example"; "another"`, the examples perhaps with an author behind. */
static void wordnet_gloss(struct corpus *c, const char *at, const char *end)
{
    const char *quote = memchr(at, '"', (size_t)(end - at));
    corpus_sentence(c, at, (size_t)((quote != NULL ? quote : end) - at), false);
    while (quote != NULL) {
        const char *close = memchr(quote + 1, '"', (size_t)(end - quote - 1));
        if (close == NULL)
            return;
        corpus_sentence(c, quote + 1, (size_t)(close - quote - 1), true);
        quote = memchr(close + 1, '"', (size_t)(end - close - 1));
    }
}

void format_wordnet(struct corpus *c, const char *bytes, size_t size)
{
    for (const char *line = bytes, *end; *line != '\0'; line = next_line(end)) {
        end = line_end(line);
        const char *bar = memchr(line, '|', (size_t)(end - line));
        if (*line != ' ' && bar != NULL)
            wordnet_gloss(c, bar + 1, end);
    }
    (void)size;
}

static bool is_attribution(const char *line, const char *end)
{
    while (line < end && strchr(" \t", *line) != NULL)
        line++;
    return end - line > 2 && strncmp(line, "--", 2) == 0;
}

void format_fortune(struct corpus *c, const char *bytes, size_t size)
{
    struct buf text;
    buf_init(&text, TEXT_BYTES);
    for (const char *line = bytes, *end; *line != '\0'; line = next_line(end)) {
        end = line_end(line);
        if (*line == '%' && end == line + 1)
            buf_puts(&text, "\n\n");
        else if (!is_attribution(line, end))
            buf_printf(&text, "%.*s\n", (int)(end - line), line);
    }
    corpus_text(c, text.data, text.size);
    buf_free(&text);
    (void)size;
}

/* Requests whose arguments are words of the text. */
static bool shows_its_words(const char *request, size_t size)
{
    static const char *const names[] = {"B", "I", "BR", "RB", "IR", "RI", "BI", "IB", "R", "SM", "SB"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == size && memcmp(names[i], request, size) == 0)
            return true;
    return false;
}

/* What follows a backslash: how long it is, and the text it stands for. */
static size_t roff_escape(const char *at, const char *end, const char **ret_text)
{
    *ret_text = "";
    if (at == end)
        return 0;
    switch (*at) {
    case 'f':
    case '*':
        return end - at > 2 && at[1] == '(' ? 4 : end - at > 1 ? 2 : 1;
    case '(':
        *ret_text = "'"; /* most of them are quotation marks and dashes */
        return end - at > 2 ? 3 : 1;
    case '-':
        *ret_text = "-";
        return 1;
    case 'e':
    case ' ':
    case '~':
        *ret_text = " ";
        return 1;
    case '"':
        return (size_t)(end - at);
    default:
        return 1;
    }
}

static void roff_words(struct buf *text, const char *at, const char *end)
{
    while (at < end) {
        if (*at != '\\') {
            buf_putc(text, *at++);
            continue;
        }
        const char *stands_for;
        size_t length = roff_escape(at + 1, end, &stands_for);
        buf_puts(text, stands_for);
        at += 1 + (length < (size_t)(end - at - 1) ? length : (size_t)(end - at - 1));
    }
    buf_putc(text, '\n');
}

void format_roff(struct corpus *c, const char *bytes, size_t size)
{
    struct buf text;
    buf_init(&text, TEXT_BYTES);
    for (const char *line = bytes, *end; *line != '\0'; line = next_line(end)) {
        end = line_end(line);
        size_t request = *line == '.' ? strcspn(line + 1, " \t\n") : 0;
        if (*line != '.' && *line != '\'')
            roff_words(&text, line, end);
        else if (*line == '.' && shows_its_words(line + 1, request))
            roff_words(&text, line + 1 + request, end);
        else
            buf_puts(&text, "\n\n");
    }
    corpus_text(c, text.data, text.size);
    buf_free(&text);
    (void)size;
}

void format_prose(struct corpus *c, const char *bytes, size_t size)
{
    corpus_text(c, bytes, size);
}
