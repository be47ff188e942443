/* RSS and Atom alike: see feed.h. */
#include "content/feed.h"

#include "content/html_blocks.h"

#include <string.h>

enum { CHOICES = 4 };

/* What a part of an entry is called, in the order in which it is looked for. */
struct dialect {
    const char *name;
    const char *root, *entry;  /* elements */
    const char *body[CHOICES]; /* of an entry: the whole text before a summary */
    const char *category[CHOICES];
};

static const struct dialect dialects[] = {
    {"an RSS feed", "rss", "item", {"encoded", "content", "description"}, {"category", "subject"}},
    {"an RSS 1.0 feed", "RDF", "item", {"encoded", "description"}, {"subject", "category"}},
    {"an Atom feed", "feed", "entry", {"content", "summary"}, {"category"}},
};

struct feed {
    struct arena *arena;
    struct import_list *list;
    const struct dialect *dialect;
    const char *base, *title;
};

static xmlNode *child(const xmlNode *parent, const char *name)
{
    for (xmlNode *n = parent->children; n != NULL; n = n->next)
        if (markup_is(n, name))
            return n;
    return NULL;
}

static xmlNode *first_of(const xmlNode *entry, const char *const names[CHOICES])
{
    for (int i = 0; i < CHOICES && names[i] != NULL; i++) {
        xmlNode *found = child(entry, names[i]);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static bool has_elements(const xmlNode *node)
{
    for (const xmlNode *n = node->children; n != NULL; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            return true;
    return false;
}

static const char *line_of(const struct feed *f, const xmlNode *node)
{
    const char *text = node != NULL ? markup_text(f->arena, node) : "";
    return import_list_line(f->arena, text, strlen(text));
}

/* A title is text, or HTML written as text; Atom says which, RSS does not. */
static const char *title_of(const struct feed *f, const xmlNode *entry)
{
    const xmlNode *title = child(entry, "title");
    if (title == NULL)
        return "";
    if (has_elements(title))
        return html_words(f->arena, title);
    bool plain = markup_has_word(f->arena, title, "type", "text");
    return plain ? line_of(f, title) : html_words_of(f->arena, markup_text(f->arena, title));
}

static const char *body_of(const struct feed *f, const xmlNode *entry)
{
    const xmlNode *body = first_of(entry, f->dialect->body);
    if (body == NULL)
        return "";
    if (has_elements(body)) /* XHTML */
        return html_markdown(f->arena, body, f->base);
    return html_markdown_of(f->arena, markup_text(f->arena, body), f->base);
}

/* RSS has the address in the element, Atom in an attribute. */
static const char *link_of(const struct feed *f, const xmlNode *entry)
{
    for (const xmlNode *n = entry->children; n != NULL; n = n->next) {
        if (!markup_is(n, "link"))
            continue;
        const char *rel = markup_attribute(f->arena, n, "rel"), *address = markup_attribute(f->arena, n, "href");
        if (rel != NULL && strcmp(rel, "alternate") != 0)
            continue;
        return markup_address(f->arena, address != NULL ? address : markup_text(f->arena, n), f->base);
    }
    return NULL;
}

static const char *topic_of(const struct feed *f, const xmlNode *entry)
{
    const xmlNode *category = first_of(entry, f->dialect->category);
    const char *words = NULL;
    if (category != NULL) {
        words = markup_attribute(f->arena, category, "label");
        words = words != NULL ? words : markup_attribute(f->arena, category, "term");
        words = words != NULL ? words : line_of(f, category);
    }
    return words != NULL && words[0] != '\0' ? words : f->title;
}

static const char *id_of(const struct feed *f, const xmlNode *entry)
{
    static const char *const names[CHOICES] = {"guid", "id"};
    const xmlNode *id = first_of(entry, names);
    return id != NULL ? line_of(f, id) : NULL;
}

static void read_entry(const struct feed *f, const xmlNode *entry)
{
    struct import_item item = {.line = (int)xmlGetLineNo(entry),
                               .id = id_of(f, entry),
                               .topic = topic_of(f, entry),
                               .question = title_of(f, entry),
                               .answer = body_of(f, entry)};
    const char *link = link_of(f, entry);
    struct option *option = link != NULL && item.question[0] != '\0' ? arena_alloc(f->arena, sizeof *option) : NULL;
    if (option != NULL) {
        *option = (struct option){.kind = OPTION_URL, .target = link, .title = item.question};
        item.options = option;
        item.option_count = 1;
    }
    import_list_add(f->list, &item);
}

static const struct dialect *dialect_of(const xmlNode *root)
{
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++)
        if (markup_is(root, dialects[i].root))
            return &dialects[i];
    return NULL;
}

const char *feed_read(struct import_list *list, struct span text, const char *address)
{
    struct feed f = {.arena = list->arena, .list = list, .base = address, .title = ""};
    xmlDoc *doc = markup_xml(list->source, text, list->problems);
    if (doc == NULL)
        return NULL;
    xmlNode *root = xmlDocGetRootElement(doc);
    f.dialect = dialect_of(root);
    if (f.dialect == NULL) {
        problem_add(list->problems, SEVERITY_ERROR, list->source, (int)xmlGetLineNo(root), 0,
                    "“%.40s” is neither an RSS nor an Atom feed; for a page use import html", (const char *)root->name);
        xmlFreeDoc(doc);
        return NULL;
    }
    const xmlNode *channel = child(root, "channel") != NULL ? child(root, "channel") : root;
    const char *home = link_of(&f, channel);
    f.base = address[0] == '\0' && home != NULL ? home : address;
    f.title = title_of(&f, channel);
    for (xmlNode *n = root; n != NULL; n = markup_next(root, n))
        if (markup_is(n, f.dialect->entry))
            read_entry(&f, n);
    const char *name = f.dialect->name;
    xmlFreeDoc(doc);
    return name;
}
