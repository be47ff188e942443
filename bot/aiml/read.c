/* The categories of one file, through libxml2's SAX. See build.h.
 *
 * Nothing is fetched and no entity but XML's own five is known: a DOCTYPE ends the file with an error, and so does
 * nesting past AIML_NESTING. What was read before stays. */
#include "aiml/read.h"

#include <ctype.h>
#include <libxml/parserInternals.h>
#include <string.h>
#include <strings.h>

enum { TEXT_CEILING = 1 << 20, NAME_BYTES = 128 };

int read_line(const struct reader *r)
{
    return r->xml->input != NULL ? r->xml->input->line : 0;
}

int read_column(const struct reader *r)
{
    return r->xml->input != NULL ? r->xml->input->col : 0;
}

void read_warn(struct reader *r, const char *name, const char *what)
{
    problem_add(r->b->problems, SEVERITY_WARNING, r->source->path, read_line(r), read_column(r), "<%s>: %s", name,
                what);
}

void read_stop(struct reader *r, const char *what)
{
    if (!r->stopped)
        problem_add(r->b->problems, SEVERITY_ERROR, r->source->path, read_line(r), read_column(r), "%s", what);
    r->stopped = true;
    xmlStopParser(r->xml);
}

struct frame *read_top(struct reader *r)
{
    return &r->frames[r->depth];
}

/* --- patterns --- */

static void start_pattern(struct reader *r, struct frame *f, int which)
{
    f->place = IN_PATTERN;
    r->which = which;
    buf_clear(&r->part[which]);
    if (which == 0) {
        r->category.line = read_line(r);
        r->category.column = read_column(r);
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
        read_warn(r, name,
                  "not known in a pattern: this category is never chosen; write the words, a set or a wildcard");
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
    r->category = (struct build_category){.file = r->source->path, .line = read_line(r), .column = read_column(r)};
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
        read_stop(r, "more than 2000000 categories; the rest is not read");
        return;
    }
    c->pattern = r->part[0].data;
    c->that = r->part[1].data;
    c->topic = r->part[2].size > 0 ? r->part[2].data : r->topic_around.data;
    if (build_category(r->b, c) < 0)
        read_stop(r, "no memory for more categories");
}

/* --- what libxml2 calls --- */

static void misplaced(struct reader *r, struct frame *f, const char *name)
{
    f->place = IN_SKIPPED;
    read_warn(r, name, "not read: it has no place here");
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
        read_stop(r, "more than 64 elements within one another; the rest of the file is not read");
        return;
    }
    if (read_top(r)->place == IN_TEMPLATE)
        read_text(r, false);
    struct frame *parent = read_top(r), *f = &r->frames[++r->depth];
    *f = (struct frame){.place = IN_SKIPPED};
    switch (parent->place) {
    case IN_FILE:
        if (strcasecmp(name, "aiml") == 0)
            f->place = IN_AIML;
        else
            read_stop(r, "not AIML: the file must begin with <aiml>");
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
        read_element(r, parent, f, name, count, attributes);
        break;
    case IN_MARK:
    case IN_SKIPPED:
        break;
    }
}

static void on_end(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct reader *r = data;
    struct frame *f = read_top(r);
    (void)local, (void)prefix, (void)uri;
    if (r->stopped || r->depth == 0)
        return;
    if (f->place == IN_TEMPLATE)
        read_text(r, true);
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
    enum reading place = read_top(r)->place;
    if (place == IN_PATTERN) {
        buf_add(&r->part[r->which], bytes, (size_t)size);
    } else if (place == IN_TEMPLATE || place == IN_MARK) {
        if (buf_add(&r->text, bytes, (size_t)size) < 0)
            read_stop(r, "a text of more than a megabyte; shorten it");
    } else if (place == IN_AIML || place == IN_TOPIC || place == IN_CATEGORY) {
        for (int i = 0; i < size; i++)
            if (!isspace(bytes[i])) {
                problem_add(r->b->problems, SEVERITY_WARNING, r->source->path, read_line(r), read_column(r),
                            "this text is not read; it stands outside of a pattern and a template");
                break;
            }
    }
}

static void on_doctype(void *data, const xmlChar *name, const xmlChar *outside, const xmlChar *system_id)
{
    (void)name, (void)outside, (void)system_id;
    read_stop(data, "a DOCTYPE is refused; remove that line");
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
