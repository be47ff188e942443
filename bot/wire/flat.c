/* One pass over an object without depth: see flat.h. */
#include "wire/flat.h"

#include <string.h>

enum { DIGITS_MOST = 18 }; /* always fit */

struct reader {
    const char *at, *end;
};

static void skip_space(struct reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
        r->at++;
}

static bool take(struct reader *r, char c)
{
    skip_space(r);
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

static bool read_text(struct reader *r, const char **ret_text, size_t *ret_size)
{
    if (!take(r, '"'))
        return false;
    const char *start = r->at;
    while (r->at < r->end && *r->at != '"' && *r->at != '\\' && (unsigned char)*r->at >= 0x20)
        r->at++;
    if (r->at == r->end || *r->at != '"')
        return false;
    *ret_text = start;
    *ret_size = (size_t)(r->at++ - start);
    return true;
}

/* What follows a number must end it: "01", "1.5" and "1e3" are not for here. */
static bool read_integer(struct reader *r, int64_t *ret)
{
    bool negative = *r->at == '-';
    const char *start = r->at += negative;
    int64_t number = 0;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9' && r->at - start < DIGITS_MOST)
        number = number * 10 + (*r->at++ - '0');
    if (r->at == start || (*start == '0' && r->at - start > 1))
        return false;
    if (r->at == r->end || strchr(" \t\n\r,}", *r->at) == NULL)
        return false;
    *ret = negative ? -number : number;
    return true;
}

static bool read_word(struct reader *r, enum flat_type *ret_type)
{
    static const struct {
        const char *word;
        enum flat_type type;
    } words[] = {{"true", FLAT_OTHER}, {"false", FLAT_OTHER}, {"null", FLAT_NULL}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i].word);
        if ((size_t)(r->end - r->at) <= size || memcmp(r->at, words[i].word, size) != 0)
            continue;
        r->at += size;
        *ret_type = words[i].type;
        return strchr(" \t\n\r,}", *r->at) != NULL;
    }
    return false;
}

static bool read_value(struct reader *r, struct flat_value *ret)
{
    skip_space(r);
    if (r->at == r->end)
        return false;
    if (*r->at == '"') {
        ret->type = FLAT_TEXT;
        return read_text(r, &ret->text, &ret->size);
    }
    if (*r->at == '-' || (*r->at >= '0' && *r->at <= '9')) {
        ret->type = FLAT_INTEGER;
        return read_integer(r, &ret->integer);
    }
    return read_word(r, &ret->type);
}

static const struct flat_value *find(const struct flat *flat, const char *name, size_t size)
{
    for (size_t i = 0; i < flat->count; i++) {
        const struct flat_member *m = &flat->members[i];
        if (m->name_size == size && memcmp(m->name, name, size) == 0)
            return &m->value;
    }
    return NULL;
}

static bool read_member(struct reader *r, struct flat *flat)
{
    struct flat_member *m = &flat->members[flat->count];
    if (flat->count == FLAT_MEMBERS_MAX || !read_text(r, &m->name, &m->name_size) || !take(r, ':') ||
        find(flat, m->name, m->name_size) != NULL || !read_value(r, &m->value))
        return false;
    flat->count++;
    return true;
}

bool flat_read(const char *bytes, size_t size, struct flat *ret)
{
    struct reader r = {bytes, bytes + size};
    ret->count = 0;
    if (!take(&r, '{'))
        return false;
    do {
        if (!read_member(&r, ret))
            return false;
    } while (take(&r, ','));
    if (!take(&r, '}'))
        return false;
    skip_space(&r);
    return r.at == r.end;
}

const struct flat_value *flat_get(const struct flat *flat, const char *name)
{
    return find(flat, name, strlen(name));
}
