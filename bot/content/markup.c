/* Parsing under limits, and questions one asks of nodes: see markup.h. */
#include "content/markup.h"

#include "base/buf.h"
#include "content/link.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/uri.h>
#include <pthread.h>
#include <string.h>
#include <strings.h>

/* --- parsing ------------------------------------------------------------------------------------ */

static void start_library(void)
{
    xmlInitParser();
}

static bool within_limits(const char *source, struct span text, struct problems *problems)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_library);
    size_t tags = 0;
    for (size_t i = 0; i < text.size; i++)
        tags += text.text[i] == '<';
    if (text.size <= MARKUP_BYTES && tags <= MARKUP_TAGS)
        return true;
    problem_add(problems, SEVERITY_ERROR, source, 0, 0, "larger than %d MiB or more than %d tags; split it",
                MARKUP_BYTES >> 20, MARKUP_TAGS);
    return false;
}

/* Elements in one another, without recursion. */
static int depth_of(xmlDoc *doc)
{
    int deepest = 0, depth = 1;
    const xmlNode *at = xmlDocGetRootElement(doc);
    while (at != NULL) {
        deepest = depth > deepest ? depth : deepest;
        if (at->type == XML_ELEMENT_NODE && at->children != NULL) {
            at = at->children;
            depth++;
            continue;
        }
        while (at != NULL && at->next == NULL) {
            at = at->parent != NULL && at->parent->type == XML_ELEMENT_NODE ? at->parent : NULL;
            depth--;
        }
        at = at != NULL ? at->next : NULL;
    }
    return deepest;
}

static xmlDoc *without_depth(xmlDoc *doc, const char *source, struct problems *problems)
{
    if (doc == NULL || xmlDocGetRootElement(doc) == NULL) {
        problem_add(problems, SEVERITY_ERROR, source, 0, 0, "there is nothing in it");
    } else if (depth_of(doc) <= MARKUP_DEPTH) {
        return doc;
    } else {
        problem_add(problems, SEVERITY_ERROR, source, 0, 0,
                    "more than %d elements in one another, which nobody writes; it is not read", MARKUP_DEPTH);
    }
    xmlFreeDoc(doc);
    return NULL;
}

xmlDoc *markup_html(const char *source, struct span text, struct problems *problems)
{
    if (!within_limits(source, text, problems))
        return NULL;
    int options =
        HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_COMPACT;
    xmlDoc *doc = htmlReadMemory(text.text, (int)text.size, NULL, "UTF-8", options);
    return without_depth(doc, source, problems);
}

/* What the XML parser calls where a DOCTYPE begins. */
static void stop_at_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    xmlParserCtxt *parser = context;
    (void)name, (void)external, (void)system;
    *(bool *)parser->_private = true;
    xmlStopParser(parser);
}

static void say_fault(const char *source, xmlParserCtxt *parser, struct problems *problems)
{
    const xmlError *error = xmlCtxtGetLastError(parser);
    const char *message = error != NULL && error->message != NULL ? error->message : "it is not well-formed XML";
    problem_add(problems, SEVERITY_ERROR, source, error != NULL ? error->line : 0, error != NULL ? error->int2 : 0,
                "%.*s", (int)strcspn(message, "\r\n"), message);
}

xmlDoc *markup_xml(const char *source, struct span text, struct problems *problems)
{
    if (!within_limits(source, text, problems))
        return NULL;
    bool doctype = false;
    xmlParserCtxt *parser = xmlNewParserCtxt();
    if (parser == NULL)
        return NULL;
    parser->_private = &doctype;
    parser->sax->internalSubset = stop_at_doctype;
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_COMPACT;
    xmlDoc *doc = xmlCtxtReadMemory(parser, text.text, (int)text.size, NULL, "UTF-8", options);
    if (doctype || doc == NULL) {
        if (doctype)
            problem_add(problems, SEVERITY_ERROR, source, 0, 0,
                        "it has a DOCTYPE, which is not read: it could make it say anything; take it out");
        else
            say_fault(source, parser, problems);
        xmlFreeDoc(doc);
        doc = NULL;
    } else {
        doc = without_depth(doc, source, problems);
    }
    xmlFreeParserCtxt(parser);
    return doc;
}

/* --- walking ------------------------------------------------------------------------------------ */

xmlNode *markup_skip(const xmlNode *root, xmlNode *at)
{
    while (at != root && at->next == NULL && at->parent != NULL)
        at = at->parent;
    return at != root ? at->next : NULL;
}

xmlNode *markup_next(const xmlNode *root, xmlNode *at)
{
    return at->type == XML_ELEMENT_NODE && at->children != NULL ? at->children : markup_skip(root, at);
}

bool markup_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcasecmp((const char *)node->name, name) == 0;
}

/* --- values --------------------------------------------------------------------------------------- */

static const char *taken(struct arena *arena, xmlChar *text)
{
    const char *copy = text != NULL ? arena_strdup(arena, (const char *)text) : NULL;
    xmlFree(text);
    return copy;
}

const char *markup_attribute(struct arena *arena, const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE ? taken(arena, xmlGetNoNsProp(node, (const xmlChar *)name)) : NULL;
}

bool markup_has_word(struct arena *arena, const xmlNode *node, const char *attribute, const char *word)
{
    const char *value = markup_attribute(arena, node, attribute);
    while (value != NULL && *value != '\0') {
        value += strspn(value, " \t\r\n");
        size_t size = strcspn(value, " \t\r\n"), from = size;
        while (from > 0 && strchr("/#:", value[from - 1]) == NULL)
            from--;
        if (size - from == strlen(word) && strncasecmp(value + from, word, size - from) == 0)
            return true;
        value += size;
    }
    return false;
}

const char *markup_text(struct arena *arena, const xmlNode *node)
{
    const char *text = taken(arena, xmlNodeGetContent(node));
    return text != NULL ? text : "";
}

/* Signs that stand in real pages' addresses and in none that is right. */
static const char *encoded(struct arena *arena, const char *address)
{
    struct buf out;
    buf_init(&out, MARKUP_BYTES);
    address += strspn(address, " \t\r\n");
    size_t size = strlen(address);
    while (size > 0 && strchr(" \t\r\n", address[size - 1]) != NULL)
        size--;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)address[i];
        if (c <= ' ' || c == 0x7f || strchr("<>\"`\\{}|^", c) != NULL)
            buf_printf(&out, "%%%02X", c);
        else
            buf_putc(&out, (char)c);
    }
    const char *copy = arena_strndup(arena, out.data, out.size);
    buf_free(&out);
    return copy;
}

const char *markup_address(struct arena *arena, const char *address, const char *base)
{
    enum option_kind option;
    const char *target, *clean = address != NULL ? encoded(arena, address) : NULL;
    if (clean == NULL || clean[0] == '\0')
        return NULL;
    enum link_kind kind = link_kind(clean, &option, &target);
    if (kind == LINK_DEAD || clean[0] == '#') {
        clean = base[0] != '\0' ? taken(arena, xmlBuildURI((const xmlChar *)clean, (const xmlChar *)base)) : NULL;
        kind = clean != NULL ? link_kind(clean, &option, &target) : LINK_DEAD;
    }
    return kind == LINK_WEB || kind == LINK_CONTACT ? clean : NULL;
}
