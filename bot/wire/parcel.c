/* Bodies of polls, cut and made: see parcel.h. */
#include "wire/parcel.h"

#include "wire/json.h"
#include "wire/scan.h"

#include <string.h>

/* A body's own object and the array `send` stand around its frames. */
enum { DEPTH = MESSAGE_DEPTH + 2, DIGITS_MOST = 15 /* exact in a browser */ };

struct reader {
    const char *at, *end;
};

/* A part of the bytes. */
struct span {
    const char *at;
    size_t size;
};

/* --- cutting ---------------------------------------------------------------------------------------- */

static void skip_space(struct reader *r)
{
    while (r->at < r->end && memchr(" \t\n\r", *r->at, 4) != NULL)
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

/* From the quotation mark to behind the next one that is not escaped. */
static bool skip_text(struct reader *r)
{
    for (r->at++; r->at < r->end && *r->at != '"'; r->at++) {
        if (*r->at == '\\' && ++r->at == r->end)
            return false;
    }
    return r->at++ < r->end;
}

static bool skip_nested(struct reader *r)
{
    int depth = 0;
    do {
        if (*r->at == '"') {
            if (!skip_text(r))
                return false;
            continue;
        }
        depth += *r->at == '{' || *r->at == '[';
        depth -= *r->at == '}' || *r->at == ']';
        r->at++;
    } while (depth > 0 && r->at < r->end);
    return depth == 0;
}

static bool skip_word(struct reader *r)
{
    static const char word[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.";
    const char *from = r->at;
    while (r->at < r->end && memchr(word, *r->at, sizeof word - 1) != NULL)
        r->at++;
    return r->at > from;
}

static bool read_value(struct reader *r, struct span *ret)
{
    skip_space(r);
    if (r->at == r->end)
        return false;
    const char *from = r->at;
    bool good = *from == '"' ? skip_text(r) : *from == '{' || *from == '[' ? skip_nested(r) : skip_word(r);
    *ret = (struct span){from, good ? (size_t)(r->at - from) : 0};
    return good;
}

static bool read_member(struct reader *r, struct span *ret_name, struct span *ret_value)
{
    skip_space(r);
    return r->at < r->end && *r->at == '"' && read_value(r, ret_name) && take(r, ':') && read_value(r, ret_value);
}

/* --- a body's own members --------------------------------------------------------------------------- */

static bool put_line(struct span value, struct parcel *p)
{
    if (value.size < 3 || value.size - 2 >= sizeof p->line || value.at[0] != '"' ||
        memchr(value.at, '\\', value.size) != NULL)
        return false;
    memcpy(p->line, value.at + 1, value.size - 2);
    return true;
}

static bool read_number(struct span value, int64_t *ret)
{
    *ret = 0;
    if (value.size > DIGITS_MOST)
        return false;
    for (size_t i = 0; i < value.size; i++) {
        if (value.at[i] < '0' || value.at[i] > '9')
            return false;
        *ret = *ret * 10 + (value.at[i] - '0');
    }
    return true;
}

static bool put_got(struct span value, struct parcel *p)
{
    return read_number(value, &p->got);
}

static bool put_sent(struct span value, struct parcel *p)
{
    return read_number(value, &p->sent);
}

static bool put_end(struct span value, struct parcel *p)
{
    p->end = value.size == 4 && memcmp(value.at, "true", 4) == 0;
    return p->end || (value.size == 5 && memcmp(value.at, "false", 5) == 0);
}

/* Walks the whole list once, so that parcel_next cannot fail. */
static bool put_send(struct span value, struct parcel *p)
{
    struct reader r = {value.at + 1, value.at + value.size - 1};
    struct span frame;
    if (value.size < 2 || value.at[0] != '[')
        return false;
    p->next = r.at;
    p->stop = r.end;
    skip_space(&r);
    if (r.at == r.end)
        return true;
    do {
        if (!read_value(&r, &frame))
            return false;
    } while (take(&r, ','));
    skip_space(&r);
    return r.at == r.end;
}

static const struct own_member {
    const char *name; /* as it stands in the body */
    bool (*put)(struct span, struct parcel *);
} own_members[] = {
    {"\"line\"", put_line}, {"\"got\"", put_got}, {"\"sent\"", put_sent}, {"\"send\"", put_send}, {"\"end\"", put_end},
};

enum { OWN_MEMBERS = sizeof own_members / sizeof *own_members };

/* Its row, -1 = it belongs to the hello. */
static int find_own(struct span name)
{
    for (int i = 0; i < OWN_MEMBERS; i++) {
        if (name.size == strlen(own_members[i].name) && memcmp(name.at, own_members[i].name, name.size) == 0)
            return i;
    }
    return -1;
}

static const char *put_member(struct span name, struct span value, unsigned *seen, struct parcel *p)
{
    int own = find_own(name);
    if (own < 0) {
        p->greets = true;
        return NULL;
    }
    if ((*seen & 1u << own) != 0)
        return "a member twice";
    *seen |= 1u << own;
    return own_members[own].put(value, p) ? NULL : "a member of the wrong form";
}

const char *parcel_read(const char *bytes, size_t size, struct parcel *ret)
{
    struct reader r = {bytes, bytes + size};
    struct span name, value;
    unsigned seen = 0;
    *ret = (struct parcel){.bytes = bytes, .size = size};
    const char *wrong = size > PARCEL_BODY_BYTES ? "too long" : scan_frame(bytes, size, DEPTH);
    if (wrong != NULL)
        return wrong;
    if (!take(&r, '{'))
        return "no object";
    if (!take(&r, '}')) {
        do {
            wrong = read_member(&r, &name, &value) ? put_member(name, value, &seen, ret) : "not JSON";
        } while (wrong == NULL && take(&r, ','));
        if (wrong != NULL)
            return wrong;
        if (!take(&r, '}'))
            return "not JSON";
    }
    skip_space(&r);
    return r.at == r.end ? NULL : "something behind the object";
}

bool parcel_next(struct parcel *p, const char **ret_frame, size_t *ret_size)
{
    struct reader r = {p->next, p->stop};
    struct span frame;
    if (p->next == NULL || !read_value(&r, &frame))
        return false;
    take(&r, ',');
    p->next = r.at;
    *ret_frame = frame.at;
    *ret_size = frame.size;
    return true;
}

int parcel_hello(const struct parcel *p, struct buf *out)
{
    struct reader r = {p->bytes, p->bytes + p->size};
    struct span name, value;
    buf_puts(out, "{\"type\":\"hello\"");
    take(&r, '{');
    while (read_member(&r, &name, &value)) {
        if (find_own(name) < 0) {
            buf_putc(out, ',');
            buf_add(out, name.at, name.size);
            buf_putc(out, ':');
            buf_add(out, value.at, value.size);
        }
        take(&r, ',');
    }
    return buf_putc(out, '}');
}

/* --- what goes back --------------------------------------------------------------------------------- */

void parcel_begin(struct buf *out, const char *line, uint64_t heard, uint64_t from)
{
    json_open(out, NULL, '{');
    json_text(out, "line", line);
    json_number(out, "heard", (int64_t)heard);
    json_number(out, "from", (int64_t)from);
    json_open(out, "frames", '[');
}

void parcel_put(struct buf *out, const char *frame, size_t size)
{
    if (out->size > 0 && out->data[out->size - 1] != '[')
        buf_putc(out, ',');
    buf_add(out, frame, size);
}

void parcel_finish(struct buf *out, int close, const char *reason)
{
    json_close(out, ']');
    json_number_if(out, "close", close);
    json_text_if(out, "reason", reason);
    json_close(out, '}');
}
