/* The categories of one file, through libxml2's SAX. See build.h.
 *
 * Nothing is fetched and no entity but XML's own five is known: a DOCTYPE ends the file with an error, and so does
 * nesting past AIML_NESTING. What was read before stays. */
#include "aiml/build.h"

#include <ctype.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>
#include <strings.h>

enum { TEXT_CEILING = 1 << 20, NAME_BYTES = 128 };

enum reading {
    IN_FILE,
    IN_AIML,
    IN_TOPIC, /* around categories */
    IN_CATEGORY,
    IN_PATTERN, /* pattern, that or topic of a category */
    IN_MARK,    /* set, bot and such within one of these */
    IN_TEMPLATE,
    IN_SKIPPED
};

struct frame {
    enum reading place;
    uint32_t op, last;         /* of a template: what this is, and its last child so far */
    const struct element *row; /* of a template's element */
    char mark;                 /* IN_MARK: kind of what stands there */
};

struct reader {
    struct build *b;
    const struct source *source;
    xmlParserCtxtPtr xml;
    struct frame frames[AIML_NESTING + 2];
    int depth; /* frames in use above frames[0], which is the file */
    int skipped;
    struct buf text; /* characters not yet an op, or of a mark */
    struct buf part[3];
    struct buf topic_around;
    int which; /* part being read */
    bool has_template, has_pattern, stopped;
    struct build_category category;
    uint32_t file_text;
};

static int line_of(const struct reader *r)
{
    return r->xml->input != NULL ? r->xml->input->line : 0;
}

static int column_of(const struct reader *r)
{
    return r->xml->input != NULL ? r->xml->input->col : 0;
}

static void warn(struct reader *r, const char *name, const char *what)
{
    problem_add(r->b->problems, SEVERITY_WARNING, r->source->path, line_of(r), column_of(r), "<%s>: %s", name, what);
}

static void stop(struct reader *r, const char *what)
{
    if (!r->stopped)
        problem_add(r->b->problems, SEVERITY_ERROR, r->source->path, line_of(r), column_of(r), "%s", what);
    r->stopped = true;
    xmlStopParser(r->xml);
}

static struct frame *top(struct reader *r)
{
    return &r->frames[r->depth];
}

/* --- texts of templates --- */

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
static void flush_text(struct reader *r, bool at_end)
{
    struct frame *f = top(r);
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
            problem_add(r->b->problems, SEVERITY_WARNING, r->source->path, line_of(r), column_of(r),
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
            problem_add(r->b->problems, SEVERITY_WARNING, r->source->path, line_of(r), column_of(r),
                        "no map \"%s\": it says \"unknown\"; put its lines `key:value` into aiml/maps/%s.txt", value,
                        value);
        }
    }
}

static const struct element unknown = {"", TAG_GROUP, 0, AIML_USE_MARKUP, NULL};
static const struct element param_row = {"", TAG_PARAM, 0, 0, NULL};

/* An element within a template. Fills the new frame. */
static void start_inner(struct reader *r, struct frame *parent, struct frame *f, const char *name, int count,
                        const xmlChar **attributes)
{
    enum element_param p = element_param(name);
    bool param = p < PARAMS && parent->row != NULL && (parent->row->params & PARAM_BIT(p)) != 0;
    f->place = IN_TEMPLATE;
    f->row = param ? &param_row : element_find(name);
    if (f->row == NULL) {
        f->row = &unknown;
        warn(r, name, "not an element of AIML; what is in it is said as it stands");
    }
    r->category.uses |= f->row->uses;
    if (f->row->refused != NULL)
        warn(r, name, f->row->refused);
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

/* --- patterns --- */

static void start_pattern(struct reader *r, struct frame *f, int which)
{
    f->place = IN_PATTERN;
    r->which = which;
    buf_clear(&r->part[which]);
    if (which == 0) {
        r->category.line = line_of(r);
        r->category.column = column_of(r);
        r->has_pattern = true;
    }
}

static void start_mark(struct reader *r, struct frame *f, const char *name, int count, const xmlChar **a)
{
    f->place = IN_MARK;
    f->mark = strcasecmp(name, "set") == 0    ? 's'
              : strcasecmp(name, "bot") == 0  ? 'b'
              : strcasecmp(name, "iset") == 0 ? 'i'
                                              : 'x';
    if (f->mark == 'x') {
        r->category.uses |= AIML_USE_EXTENSION;
        warn(r, name, "not known in a pattern: this category is never chosen; write the words, a set or a wildcard");
    }
    buf_clear(&r->text);
    for (int i = 0; i < count; i++, a += 5)
        if (strcmp((const char *)a[0], "name") == 0 || strcmp((const char *)a[0], "words") == 0)
            buf_add(&r->text, a[3], (size_t)(a[4] - a[3]));
}

static void end_mark(struct reader *r, const struct frame *f)
{
    struct buf *p = &r->part[r->which], *t = &r->text;
    size_t from = 0;
    while (from < t->size && isspace((unsigned char)t->data[from]))
        from++;
    while (t->size > from && isspace((unsigned char)t->data[t->size - 1]))
        t->size--;
    buf_putc(p, PATTERN_MARK);
    buf_putc(p, f->mark);
    buf_add(p, t->data + from, t->size - from);
    buf_putc(p, PATTERN_END);
    buf_clear(t);
}

/* --- categories --- */

static void start_category(struct reader *r, struct frame *f)
{
    f->place = IN_CATEGORY;
    r->category = (struct build_category){.file = r->source->path, .line = line_of(r), .column = column_of(r)};
    r->category.file_text = r->file_text;
    r->has_template = r->has_pattern = false;
    for (int i = 0; i < 3; i++)
        buf_clear(&r->part[i]);
}

static void end_category(struct reader *r)
{
    struct build_category *c = &r->category;
    if (!r->has_pattern || !r->has_template) {
        problem_add(r->b->problems, SEVERITY_WARNING, r->source->path, c->line, c->column,
                    "a category without %s is never chosen; write one", r->has_pattern ? "template" : "pattern");
        return;
    }
    for (int i = 0; i < 3; i++)
        if (r->part[i].failed) {
            problem_add(r->b->problems, SEVERITY_ERROR, r->source->path, c->line, c->column,
                        "a pattern of more than %d bytes; shorten it", AIML_PATTERN_BYTES);
            return;
        }
    if (build_count(r->b, SECTION_CATEGORIES) == AIML_CATEGORIES) {
        stop(r, "more than 2000000 categories; the rest is not read");
        return;
    }
    c->pattern = r->part[0].data;
    c->that = r->part[1].data;
    c->topic = r->part[2].size > 0 ? r->part[2].data : r->topic_around.data;
    if (build_category(r->b, c) < 0)
        stop(r, "no memory for more categories");
}

/* --- what libxml2 calls --- */

static void misplaced(struct reader *r, struct frame *f, const char *name)
{
    f->place = IN_SKIPPED;
    warn(r, name, "not read: it has no place here");
}

static void start_topic(struct reader *r, struct frame *f, int count, const xmlChar **a)
{
    f->place = IN_TOPIC;
    buf_clear(&r->topic_around);
    for (int i = 0; i < count; i++, a += 5)
        if (strcmp((const char *)a[0], "name") == 0)
            buf_add(&r->topic_around, a[3], (size_t)(a[4] - a[3]));
}

static void start_in_category(struct reader *r, struct frame *f, const char *name)
{
    if (strcasecmp(name, "pattern") == 0)
        start_pattern(r, f, 0);
    else if (strcasecmp(name, "that") == 0)
        start_pattern(r, f, 1);
    else if (strcasecmp(name, "topic") == 0)
        start_pattern(r, f, 2);
    else if (strcasecmp(name, "template") == 0 && !r->has_template) {
        f->place = IN_TEMPLATE;
        f->op = build_op(r->b, TAG_GROUP, 0, 0);
        r->category.template = f->op;
        r->has_template = true;
    } else
        misplaced(r, f, name);
}

static void on_start(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int namespaces,
                     const xmlChar **nothing, int count, int defaulted, const xmlChar **attributes)
{
    struct reader *r = data;
    const char *name = (const char *)local;
    (void)prefix, (void)uri, (void)namespaces, (void)nothing, (void)defaulted;
    if (r->stopped)
        return;
    if (r->depth == AIML_NESTING) {
        stop(r, "more than 64 elements within one another; the rest of the file is not read");
        return;
    }
    if (top(r)->place == IN_TEMPLATE)
        flush_text(r, false);
    struct frame *parent = top(r), *f = &r->frames[++r->depth];
    *f = (struct frame){.place = IN_SKIPPED};
    switch (parent->place) {
    case IN_FILE:
        if (strcasecmp(name, "aiml") == 0)
            f->place = IN_AIML;
        else
            stop(r, "not AIML: the file must begin with <aiml>");
        break;
    case IN_AIML:
    case IN_TOPIC:
        if (strcasecmp(name, "category") == 0)
            start_category(r, f);
        else if (strcasecmp(name, "topic") == 0 && parent->place == IN_AIML)
            start_topic(r, f, count, attributes);
        else
            misplaced(r, f, name);
        break;
    case IN_CATEGORY:
        start_in_category(r, f, name);
        break;
    case IN_PATTERN:
        start_mark(r, f, name, count, attributes);
        break;
    case IN_TEMPLATE:
        start_inner(r, parent, f, name, count, attributes);
        break;
    case IN_MARK:
    case IN_SKIPPED:
        break;
    }
}

static void on_end(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct reader *r = data;
    struct frame *f = top(r);
    (void)local, (void)prefix, (void)uri;
    if (r->stopped || r->depth == 0)
        return;
    if (f->place == IN_TEMPLATE)
        flush_text(r, true);
    else if (f->place == IN_MARK)
        end_mark(r, f);
    else if (f->place == IN_CATEGORY)
        end_category(r);
    else if (f->place == IN_TOPIC)
        buf_clear(&r->topic_around);
    r->depth--;
}

static void on_text(void *data, const xmlChar *bytes, int size)
{
    struct reader *r = data;
    enum reading place = top(r)->place;
    if (place == IN_PATTERN) {
        buf_add(&r->part[r->which], bytes, (size_t)size);
    } else if (place == IN_TEMPLATE || place == IN_MARK) {
        if (buf_add(&r->text, bytes, (size_t)size) < 0)
            stop(r, "a text of more than a megabyte; shorten it");
    } else if (place == IN_AIML || place == IN_TOPIC || place == IN_CATEGORY) {
        for (int i = 0; i < size; i++)
            if (!isspace(bytes[i])) {
                problem_add(r->b->problems, SEVERITY_WARNING, r->source->path, line_of(r), column_of(r),
                            "this text is not read; it stands outside of a pattern and a template");
                break;
            }
    }
}

static void on_doctype(void *data, const xmlChar *name, const xmlChar *outside, const xmlChar *system_id)
{
    (void)name, (void)outside, (void)system_id;
    stop(data, "a DOCTYPE is refused; remove that line");
}

static xmlEntityPtr on_entity(void *data, const xmlChar *name)
{
    (void)data;
    return xmlGetPredefinedEntity(name);
}

static void on_error(void *data, xmlErrorPtr e)
{
    struct reader *r = data;
    char what[NAME_BYTES * 2];
    if (r->stopped || e->level < XML_ERR_ERROR || e->message == NULL)
        return;
    snprintf(what, sizeof what, "%s", e->message);
    what[strcspn(what, "\n")] = '\0';
    problem_add(r->b->problems, SEVERITY_ERROR, r->source->path, e->line, e->int2, "XML: %s", what);
    if (e->level == XML_ERR_FATAL)
        r->stopped = true;
}

static void on_warning(void *data, const char *format, ...)
{
    (void)data, (void)format;
}

static int parse(struct reader *r)
{
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = on_start,
                         .endElementNs = on_end,
                         .characters = on_text,
                         .ignorableWhitespace = on_text,
                         .cdataBlock = on_text,
                         .internalSubset = on_doctype,
                         .getEntity = on_entity,
                         .warning = on_warning};
    sax.serror = (xmlStructuredErrorFunc)on_error;
    r->xml = xmlCreateMemoryParserCtxt(r->source->bytes, (int)r->source->size);
    if (r->xml == NULL)
        return -1;
    *r->xml->sax = sax;
    r->xml->userData = r;
    xmlCtxtUseOptions(r->xml, XML_PARSE_NONET);
    xmlParseDocument(r->xml);
    xmlFreeDoc(r->xml->myDoc);
    xmlFreeParserCtxt(r->xml);
    return 0;
}

int read_categories(struct build *b, const struct source *s)
{
    if (s->size == 0) {
        problem_add(b->problems, SEVERITY_WARNING, s->path, 0, 0, "empty; remove it");
        return 0;
    }
    struct reader r = {.b = b, .source = s, .file_text = build_text(b, s->path, strlen(s->path))};
    buf_init(&r.text, TEXT_CEILING);
    buf_init(&r.topic_around, AIML_PATTERN_BYTES);
    for (int i = 0; i < 3; i++)
        buf_init(&r.part[i], AIML_PATTERN_BYTES);
    int result = parse(&r);
    buf_free(&r.text);
    buf_free(&r.topic_around);
    for (int i = 0; i < 3; i++)
        buf_free(&r.part[i]);
    return b->failed ? -1 : result;
}
