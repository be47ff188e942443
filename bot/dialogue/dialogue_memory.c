/* What a conversation remembers, as one line of text: see dialogue.h.
 *
 *   3 TAB rephrased TAB told TAB turns TAB asked TAB lang TAB last entry TAB question TAB aiml TAB talk
 *     TAB number of options
 *     { TAB id TAB title } … { TAB shown } … LF
 * Tabs, line ends and backslashes in a field are written \t \n \\. */
#include "dialogue/dialogue.h"

#include <stdlib.h>
#include <string.h>

enum { FORMAT = 3 };

static void write_field(struct buf *out, const char *text)
{
    buf_putc(out, '\t');
    for (;;) {
        const size_t plain = strcspn(text, "\t\n\\");
        buf_add(out, text, plain);
        text += plain;
        if (*text == '\0')
            return;
        buf_putc(out, '\\');
        buf_putc(out, *text == '\t' ? 't' : *text == '\n' ? 'n' : *text);
        text++;
    }
}

static void write_number(struct buf *out, int number)
{
    char digits[16];
    size_t at = sizeof digits;
    unsigned left = number > 0 ? (unsigned)number : 0;
    do
        digits[--at] = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    buf_putc(out, '\t');
    buf_add(out, digits + at, sizeof digits - at);
}

void dialogue_memory_write(const struct dialogue_memory *m, struct buf *out)
{
    buf_putc(out, '0' + FORMAT);
    write_number(out, m->rephrased);
    write_number(out, m->told_passing);
    write_number(out, m->turns);
    write_number(out, m->asked);
    write_field(out, m->lang);
    write_field(out, m->last_entry);
    write_field(out, m->question);
    write_field(out, m->aiml);
    write_field(out, m->talk);
    write_number(out, m->option_count);
    for (int i = 0; i < m->option_count && i < DIALOGUE_OPTIONS_MAX; i++) {
        write_field(out, m->options[i].id);
        write_field(out, m->options[i].title);
    }
    for (int i = 0; i < m->shown_count && i < DIALOGUE_SHOWN_MAX; i++)
        write_field(out, m->shown[i]);
}

static void copy_text(char *to, const char *from)
{
    memcpy(to, from, strlen(from) + 1);
}

void dialogue_memory_copy(struct dialogue_memory *to, const struct dialogue_memory *from)
{
    if (to == from)
        return;
    to->rephrased = from->rephrased;
    to->told_passing = from->told_passing;
    to->turns = from->turns;
    to->shown_count = from->shown_count;
    to->option_count = from->option_count;
    to->asked = from->asked;
    memcpy(to->shown, from->shown, (size_t)from->shown_count * sizeof *from->shown);
    memcpy(to->options, from->options, (size_t)from->option_count * sizeof *from->options);
    copy_text(to->last_entry, from->last_entry);
    copy_text(to->question, from->question);
    copy_text(to->lang, from->lang);
    copy_text(to->aiml, from->aiml);
    copy_text(to->talk, from->talk);
}

/* Reads one field into `ret`, cut at its room; false at the end of the line. */
static bool read_field(const char **at, char *ret, size_t room)
{
    size_t used = 0;
    if (*at == NULL)
        return false;
    const char *p = *at;
    for (; *p != '\0' && *p != '\t' && *p != '\n'; p++) {
        char c = *p;
        if (c == '\\' && p[1] != '\0') {
            p++;
            c = *p == 't' ? '\t' : *p == 'n' ? '\n' : *p;
        }
        if (used + 1 < room)
            ret[used++] = c;
    }
    ret[used] = '\0';
    *at = *p == '\t' ? p + 1 : NULL;
    return true;
}

static bool read_number(const char **at, int most, int *ret)
{
    char field[16], *end;
    if (!read_field(at, field, sizeof field))
        return false;
    long number = strtol(field, &end, 10);
    *ret = (int)number;
    return end != field && *end == '\0' && number >= 0 && number <= most;
}

static bool read_options(const char **at, struct dialogue_memory *m)
{
    int count = 0;
    if (!read_number(at, DIALOGUE_OPTIONS_MAX, &count))
        return false;
    for (; m->option_count < count; m->option_count++) {
        int i = m->option_count;
        if (!read_field(at, m->options[i].id, sizeof m->options[i].id) ||
            !read_field(at, m->options[i].title, sizeof m->options[i].title))
            return false;
    }
    return true;
}

/* Large and mostly unused: counts and the first bytes of texts are all that is looked at. */
static void clear(struct dialogue_memory *m)
{
    m->rephrased = m->turns = m->shown_count = m->option_count = 0;
    m->told_passing = m->asked = false;
    m->last_entry[0] = m->question[0] = m->lang[0] = m->aiml[0] = m->talk[0] = '\0';
}

void dialogue_memory_read(const char *text, struct dialogue_memory *ret)
{
    int format = 0, told = 0, asked = 0;
    struct dialogue_memory *m = ret;
    clear(m);
    if (!read_number(&text, FORMAT, &format) || format != FORMAT || !read_number(&text, 100, &m->rephrased) ||
        !read_number(&text, 1, &told) || !read_number(&text, 1 << 30, &m->turns) || !read_number(&text, 1, &asked) ||
        !read_field(&text, m->lang, sizeof m->lang) || !read_field(&text, m->last_entry, sizeof m->last_entry) ||
        !read_field(&text, m->question, sizeof m->question) || !read_field(&text, m->aiml, sizeof m->aiml) ||
        !read_field(&text, m->talk, sizeof m->talk) || !read_options(&text, m)) {
        clear(m);
        return;
    }
    m->told_passing = told;
    m->asked = asked;
    while (m->shown_count < DIALOGUE_SHOWN_MAX && read_field(&text, m->shown[m->shown_count], DIALOGUE_ID_BYTES))
        m->shown_count++;
}
