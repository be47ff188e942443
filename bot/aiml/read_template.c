/* Texts and elements of templates while a file is read. See read.h. */
#include "aiml/read.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Bytes of white space at `at`, 0 where there is none; `after`: there is some before it. A no-break space is some
 * only beside other space: between two words an author means it. */
static size_t space_at(const struct buf *t, size_t at, bool after)
{
    static const char hard[] = "\xc2\xa0";
    if (isspace((unsigned char)t->data[at]))
        return 1;
    if (at + 2 > t->size || memcmp(t->data + at, hard, 2) != 0)
        return 0;
    bool before =
        at + 2 == t->size || isspace((unsigned char)t->data[at + 2]) || memcmp(t->data + at + 2, hard, 2) == 0;
    return before || after ? 2 : 0;
}

static bool all_space(const struct buf *t)
{
    size_t at = 0, n;
    while (at < t->size && (n = space_at(t, at, true)) > 0)
        at += n;
    return at == t->size;
}

/* Makes each run of white space one, in place. */
static void squeeze(struct buf *t)
{
    size_t to = 0;
    for (size_t at = 0; at < t->size;) {
        size_t n = space_at(t, at, to == 0 || t->data[to - 1] == ' ');
        if (n == 0)
            t->data[to++] = t->data[at];
        else if (to == 0 || t->data[to - 1] != ' ')
            t->data[to++] = ' ';
        at += n > 0 ? n : 1;
    }
    t->size = to;
}

static void add_text_op(struct reader *r, struct frame *f, const char *bytes, size_t size)
{
    uint32_t op = build_op(r->b, TAG_TEXT, f->op, f->last), text = build_text(r->b, bytes, size);
    f->last = op;
    build_op_at(r->b, op)->text = text;
    build_op_at(r->b, op)->size = (uint32_t)size;
}

/* What was read since the last element, runs of white space made one. Only space at an element's beginning or end
 * says nothing. */
void read_text(struct reader *r, bool at_end)
{
    struct frame *f = read_top(r);
    struct buf *t = &r->text;
    if (t->size == 0)
        return;
    if (f->place == IN_TEMPLATE && !(all_space(t) && (f->last == 0 || at_end))) {
        squeeze(t);
        add_text_op(r, f, t->data, t->size);
    }
    buf_clear(t);
}

/* --- elements of templates --- */

static void add_param(struct reader *r, struct frame *f, enum element_param param, const char *value, size_t size)
{
    uint32_t op = build_op(r->b, TAG_PARAM, f->op, f->last);
    build_op_at(r->b, op)->param = (uint8_t)param;
    f->last = op;
    struct frame inner = {.op = op};
    add_text_op(r, &inner, value, size);
}

static void read_attributes(struct reader *r, struct frame *f, const char *name, int count, const xmlChar **a)
{
    for (int i = 0; i < count; i++, a += 5) {
        enum element_param p = element_param((const char *)a[0]);
        if (p < PARAMS && (f->row->params & PARAM_BIT(p)) != 0) {
            add_param(r, f, p, (const char *)a[3], (size_t)(a[4] - a[3]));
            if (p == PARAM_NAME && f->row->tag == TAG_SET && a[4] - a[3] == 8 &&
                strncasecmp((const char *)a[3], "splitter", 8) == 0)
                r->category.uses |= AIML_USE_SPLITTER;
        } else if ((f->row->uses & AIML_USE_MARKUP) == 0 && strcmp((const char *)a[0], "space") != 0) {
            r->category.uses |= AIML_USE_EXTENSION;
            problem_add(r->b->problems, SEVERITY_WARNING, r->source->path, read_line(r), read_column(r),
                        "<%s %s=…>: this attribute is not known and has no effect; remove it", name,
                        (const char *)a[0]);
        }
    }
    const struct element *row = f->row;
    if (row->tag == TAG_MAP || row->tag == TAG_BOT) {
        const struct image_op *op = build_op_at(r->b, f->op);
        if (op->child == 0 || build_op_at(r->b, op->child)->tag != TAG_PARAM)
            return;
        const char *value = build_text_at(r->b, build_op_at(r->b, build_op_at(r->b, op->child)->child)->text);
        if (row->tag == TAG_BOT && build_property(r->b, value) == NULL)
            r->category.uses |= AIML_USE_NO_PROPERTY;
        if (row->tag == TAG_MAP && build_map(r->b, value) == 0) {
            r->category.uses |= AIML_USE_NO_MAP;
            problem_add(r->b->problems, SEVERITY_WARNING, r->source->path, read_line(r), read_column(r),
                        "no map \"%s\": it says \"unknown\"; put its lines `key:value` into aiml/maps/%s.txt", value,
                        value);
        }
    }
}

static const struct element unknown = {"", TAG_GROUP, 0, AIML_USE_MARKUP, NULL};
static const struct element param_row = {"", TAG_PARAM, 0, 0, NULL};

/* An element within a template. Fills the new frame. */
void read_element(struct reader *r, struct frame *parent, struct frame *f, const char *name, int count,
                  const xmlChar **attributes)
{
    enum element_param p = element_param(name);
    bool param = p < PARAMS && parent->row != NULL && (parent->row->params & PARAM_BIT(p)) != 0;
    f->place = IN_TEMPLATE;
    f->row = param ? &param_row : element_find(name);
    if (f->row == NULL) {
        f->row = &unknown;
        read_warn(r, name, "not an element of AIML; what is in it is said as it stands");
    }
    r->category.uses |= f->row->uses;
    if (f->row->refused != NULL)
        read_warn(r, name, f->row->refused);
    if (f->row->tag == TAG_REFUSED) {
        f->place = IN_SKIPPED;
        return;
    }
    f->op = build_op(r->b, f->row->tag, parent->op, parent->last);
    parent->last = f->op;
    if (param)
        build_op_at(r->b, f->op)->param = (uint8_t)p;
    else
        read_attributes(r, f, name, count, attributes);
}
