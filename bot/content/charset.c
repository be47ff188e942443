/* Which charset, and then iconv: see charset.h. */
#include "content/charset.h"

#include "base/buf.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

enum { LABEL_BYTES = 40, HEAD_BYTES = 4096, GROWTH = 4 };

/* What is read, by the names that pages use; browsers take Latin-1 for Windows-1252 as well. */
static const struct {
    const char *label, *name;
} known[] = {
    {"utf-8", "UTF-8"},           {"utf8", "UTF-8"},          {"us-ascii", "CP1252"}, {"ascii", "CP1252"},
    {"iso-8859-1", "CP1252"},     {"iso8859-1", "CP1252"},    {"latin1", "CP1252"},   {"l1", "CP1252"},
    {"windows-1252", "CP1252"},   {"cp1252", "CP1252"},       {"x-cp1252", "CP1252"}, {"iso-8859-15", "ISO-8859-15"},
    {"iso-8859-2", "ISO-8859-2"}, {"windows-1250", "CP1250"}, {"utf-16", "UTF-16"},   {"utf-16le", "UTF-16LE"},
    {"utf-16be", "UTF-16BE"},
};

static const struct {
    const char *bytes;
    size_t size;
    const char *name; /* NULL = UTF-7 */
} marks[] = {
    {"\xEF\xBB\xBF", 3, "UTF-8"},
    {"\xFF\xFE", 2, "UTF-16LE"},
    {"\xFE\xFF", 2, "UTF-16BE"},
    {"+/v8", 4, NULL},
    {"+/v9", 4, NULL},
    {"+/v+", 4, NULL},
    {"+/v/", 4, NULL},
    {"+ADw-", 5, NULL},
};

static int fail(const struct charset_source *s, const char *what, const char *label)
{
    problem_add(s->problems, SEVERITY_ERROR, s->name, 0, 0, what, label);
    return -1;
}

static int refuse_utf7(const struct charset_source *s)
{
    return fail(s, "it is in UTF-7, which is not read%s; save or serve it as UTF-8", "");
}

/* The word behind `mark` in the first bytes of the text, without quotes; "" where there is none. */
static void find_word(struct span head, const char *before, const char *mark, char ret[LABEL_BYTES])
{
    size_t size = 0;
    char copy[HEAD_BYTES + 1];
    size_t length = head.size < HEAD_BYTES ? head.size : HEAD_BYTES;
    for (size_t i = 0; i < length; i++)
        copy[i] = head.text[i] != '\0' ? (char)tolower((unsigned char)head.text[i]) : ' ';
    copy[length] = '\0';
    ret[0] = '\0';
    for (const char *from = copy; (from = strstr(from, before)) != NULL && *from != '\0'; from++) {
        size_t tag = strcspn(from, ">");
        const char *at = memmem(from, tag, mark, strlen(mark));
        if (at == NULL)
            continue;
        at += strlen(mark);
        at += strspn(at, " =\"'\t\r\n");
        while (size + 1 < LABEL_BYTES && (isalnum((unsigned char)at[size]) || strchr("-_.:", at[size]) != NULL) &&
               at[size] != '\0')
            size++;
        memcpy(ret, at, size);
        ret[size] = '\0';
        return;
    }
}

const char *charset_of_type(struct arena *arena, const char *content_type)
{
    char word[LABEL_BYTES];
    find_word((struct span){content_type, strlen(content_type)}, "", "charset=", word);
    const char *copy = arena_strdup(arena, word);
    return copy != NULL ? copy : "";
}

/* The name that iconv has for a label, NULL with an error. */
static const char *name_of(const struct charset_source *s, const char *label)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcasecmp(known[i].label, label) == 0)
            return known[i].name;
    if (strcasecmp(label, "utf-7") == 0 || strcasecmp(label, "unicode-1-1-utf-7") == 0)
        refuse_utf7(s);
    else
        fail(s, "it says that it is in “%s”, which is not read; save or serve it as UTF-8", label);
    return NULL;
}

static bool has_wide_signs(struct span text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.text[i] >= 0x80)
            return true;
    return false;
}

/* The claim, or what the bytes show it to be. */
static const char *put_right(const struct charset_source *s, const char *claimed, struct span text)
{
    bool is_utf8 = lines_bad_byte(text.text, text.size) == text.size;
    if (strcmp(claimed, "UTF-8") == 0 && !is_utf8) {
        problem_add(s->problems, SEVERITY_WARNING, s->name, 0, 0,
                    "it says that it is UTF-8 and is not: read as Windows-1252; look at its accents");
        return "CP1252";
    }
    if (strcmp(claimed, "CP1252") == 0 && is_utf8 && has_wide_signs(text)) {
        problem_add(s->problems, SEVERITY_WARNING, s->name, 0, 0,
                    "it says that it is Latin-1 and is UTF-8: read as UTF-8; look at its accents");
        return "UTF-8";
    }
    return claimed;
}

static int convert(struct arena *arena, const struct charset_source *s, const char *name, struct span text,
                   struct span *ret)
{
    iconv_t with = iconv_open("UTF-8", name);
    size_t room = text.size * GROWTH, left = room, in = text.size;
    char *out = arena_alloc_raw(arena, room + 1), *to = out, *from = (char *)(uintptr_t)text.text;
    int result = -1;
    if (with == (iconv_t)-1)
        return fail(s, "“%s” cannot be read on this machine; save or serve it as UTF-8", name);
    while (out != NULL && in > 0 && iconv(with, &from, &in, &to, &left) == (size_t)-1) {
        /* Five bytes mean nothing in Windows-1252; one is shown as what it is. */
        if (errno != EILSEQ || left < 3 || strcmp(name, "CP1252") != 0)
            break;
        memcpy(to, "\xEF\xBF\xBD", 3);
        to += 3, left -= 3, from++, in--;
    }
    if (out != NULL && in > 0)
        fail(s, "it is not what it says that it is: %s; save or serve it as UTF-8", name);
    else if (out != NULL)
        result = 0;
    iconv_close(with);
    *ret = (struct span){out, out != NULL ? (size_t)(to - out) : 0};
    return result;
}

/* The charset's name, and the text without its mark. NULL with an error. */
static const char *choose(const struct charset_source *s, struct span *text)
{
    char label[LABEL_BYTES] = "";
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (text->size < marks[i].size || memcmp(text->text, marks[i].bytes, marks[i].size) != 0)
            continue;
        if (marks[i].name == NULL) {
            refuse_utf7(s);
            return NULL;
        }
        text->text += marks[i].size;
        text->size -= marks[i].size;
        return marks[i].name;
    }
    if (s->label != NULL && s->label[0] != '\0')
        return name_of(s, s->label);
    if (s->kind == CHARSET_HTML)
        find_word(*text, "<meta", "charset", label);
    else if (s->kind == CHARSET_XML)
        find_word(*text, "<?xml", "encoding", label);
    if (label[0] != '\0')
        return name_of(s, label);
    return lines_bad_byte(text->text, text->size) == text->size ? "UTF-8" : "CP1252";
}

int charset_decode(struct arena *arena, const struct charset_source *s, struct span bytes, struct span *ret)
{
    const char *name = choose(s, &bytes);
    if (name == NULL)
        return -1;
    name = put_right(s, name, bytes);
    struct span text = bytes;
    if (strcmp(name, "UTF-8") != 0 && convert(arena, s, name, bytes, &text) < 0)
        return -1;
    size_t bad = lines_bad_byte(text.text, text.size);
    if (bad < text.size)
        return fail(s,
                    text.text[bad] == '\0' ? "a NUL byte, which no text has%s; is this the right file?"
                                           : "it is no text%s; is this the right file?",
                    "");
    *ret = text;
    return 0;
}
