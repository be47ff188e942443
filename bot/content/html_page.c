/* A page's questions, by whatever shows them: see html_page.h. */
#include "content/html_page.h"

#include "content/html_blocks.h"

#include <string.h>
#include <strings.h>

enum { LEVELS = 7 };

struct page {
    struct arena *arena;
    struct import_list *list;
    xmlNode *root, *body; /* body: what the page is about */
    struct html_context context;
    html_json_ld *json_ld;
};

/* --- the page itself ------------------------------------------------------------------------------------- */

static xmlNode *find_element(xmlNode *root, const char *name)
{
    for (xmlNode *n = root; n != NULL; n = markup_next(root, n))
        if (markup_is(n, name))
            return n;
    return NULL;
}

static xmlNode *find_body(const struct page *p)
{
    xmlNode *main = find_element(p->root, "main");
    for (xmlNode *n = p->root; main == NULL && n != NULL; n = markup_next(p->root, n))
        if (markup_has_word(p->arena, n, "role", "main"))
            main = n;
    xmlNode *body = main != NULL ? main : find_element(p->root, "body");
    return body != NULL ? body : p->root;
}

static const char *words_of(const struct page *p, const char *element)
{
    xmlNode *node = find_element(p->root, element);
    return node != NULL ? html_words(p->arena, node) : "";
}

/* What links are relative to: `<base>`, the address, or what the page says that its address is. */
static const char *find_base(const struct page *p, const char *address)
{
    xmlNode *base = find_element(p->root, "base");
    const char *found =
        base != NULL ? markup_address(p->arena, markup_attribute(p->arena, base, "href"), address) : NULL;
    for (xmlNode *n = p->root; found == NULL && address[0] == '\0' && n != NULL; n = markup_next(p->root, n))
        if (markup_is(n, "link") && markup_has_word(p->arena, n, "rel", "canonical"))
            found = markup_address(p->arena, markup_attribute(p->arena, n, "href"), "");
    return found != NULL ? found : address;
}

static void check_language(const struct page *p)
{
    const char *lang = markup_attribute(p->arena, p->root, "lang"), *wanted = p->list->lang;
    size_t size = lang != NULL ? strcspn(lang, "-_ ") : 0;
    if (size > 0 && wanted != NULL && (strlen(wanted) != size || strncasecmp(lang, wanted, size) != 0))
        problem_add(p->list->problems, SEVERITY_WARNING, p->list->source, 0, 0,
                    "the page says that it is in “%.20s”; it is brought along as “%.20s”", lang, wanted);
}

/* --- JSON-LD ----------------------------------------------------------------------------------------------- */

static void read_json_ld(struct page *p)
{
    for (xmlNode *n = p->root; n != NULL; n = markup_next(p->root, n)) {
        const char *type = markup_is(n, "script") ? markup_attribute(p->arena, n, "type") : NULL;
        if (type == NULL || strncasecmp(type, "application/ld+json", strlen("application/ld+json")) != 0)
            continue;
        const char *json = markup_text(p->arena, n);
        p->json_ld(p->list, &p->context, (struct span){json, strlen(json)});
    }
}

/* --- microdata and RDFa -------------------------------------------------------------------------------------- */

struct vocabulary {
    const char *type, *property; /* attributes */
};

/* The first node below `root` with this property, not within another question. */
static xmlNode *find_property(const struct page *p, const struct vocabulary *v, xmlNode *root, const char *name)
{
    for (xmlNode *n = root->children, *next; n != NULL; n = next) {
        if (markup_has_word(p->arena, n, v->property, name))
            return n;
        bool inner = markup_has_word(p->arena, n, v->type, "Question");
        next = inner ? markup_skip(root, n) : markup_next(root, n);
    }
    return NULL;
}

static const char *property_words(const struct page *p, xmlNode *node)
{
    const char *content = markup_attribute(p->arena, node, "content");
    return content != NULL ? import_list_line(p->arena, content, strlen(content)) : html_words(p->arena, node);
}

static void read_marked(struct page *p, const struct vocabulary *v, xmlNode *question)
{
    xmlNode *name = find_property(p, v, question, "name");
    xmlNode *answer = find_property(p, v, question, "acceptedAnswer");
    if (answer == NULL)
        answer = find_property(p, v, question, "suggestedAnswer");
    if (name == NULL || answer == NULL)
        return;
    xmlNode *text = find_property(p, v, answer, "text");
    const char *content = text != NULL ? markup_attribute(p->arena, text, "content") : NULL;
    const struct import_item item = {
        .line = (int)xmlGetLineNo(question),
        .id = markup_attribute(p->arena, question, "id"),
        .topic = p->context.topic,
        .question = property_words(p, name),
        .answer = content != NULL ? html_markdown_of(p->arena, content, p->context.base)
                                  : html_markdown(p->arena, text != NULL ? text : answer, p->context.base),
    };
    import_list_add(p->list, &item);
}

static void read_vocabulary(struct page *p, const struct vocabulary *v)
{
    for (xmlNode *n = p->root; n != NULL; n = markup_next(p->root, n))
        if (markup_has_word(p->arena, n, v->type, "Question"))
            read_marked(p, v, n);
}

static void read_microdata(struct page *p)
{
    read_vocabulary(p, &(struct vocabulary){"itemtype", "itemprop"});
}

static void read_rdfa(struct page *p)
{
    read_vocabulary(p, &(struct vocabulary){"typeof", "property"});
}

/* --- details and summary ------------------------------------------------------------------------------------- */

static xmlNode *child_of(xmlNode *parent, const char *name)
{
    for (xmlNode *n = parent->children; n != NULL; n = n->next)
        if (markup_is(n, name))
            return n;
    return NULL;
}

static bool has_details(xmlNode *details)
{
    for (xmlNode *n = details->children; n != NULL; n = markup_next(details, n))
        if (markup_is(n, "details"))
            return true;
    return false;
}

static int heading_level(const xmlNode *n)
{
    bool heading = n->type == XML_ELEMENT_NODE && strlen((const char *)n->name) == 2 &&
                   (n->name[0] == 'h' || n->name[0] == 'H') && n->name[1] >= '1' && n->name[1] <= '6';
    return heading ? n->name[1] - '0' : 0;
}

static void read_one_details(struct page *p, xmlNode *details, xmlNode *summary, const char *topic)
{
    const struct import_item item = {
        .line = (int)xmlGetLineNo(details),
        .id = markup_attribute(p->arena, details, "id"),
        .topic = topic,
        .question = html_words(p->arena, summary),
        .answer = html_markdown_between(p->arena, summary->next, NULL, p->context.base),
    };
    import_list_add(p->list, &item);
}

static void read_details(struct page *p)
{
    const char *topic = p->context.topic;
    for (xmlNode *n = p->body, *next; n != NULL; n = next) {
        bool details = markup_is(n, "details"), leaf = details && !has_details(n);
        xmlNode *summary = details ? child_of(n, "summary") : NULL;
        if (heading_level(n) > 0 || (details && !leaf && summary != NULL)) {
            const char *words = html_words(p->arena, details ? summary : n);
            topic = words[0] != '\0' ? words : topic;
        }
        if (leaf && summary != NULL)
            read_one_details(p, n, summary, topic);
        next =
            leaf || (n != p->body && html_is_chrome(p->arena, n)) ? markup_skip(p->body, n) : markup_next(p->body, n);
    }
}

/* --- headings and what stands below them ----------------------------------------------------------------------- */

static bool asks(const char *words)
{
    size_t size = strlen(words);
    return size > 0 && words[size - 1] == '?';
}

static bool has_text(const struct block *heading)
{
    return heading->next != NULL && (heading->next->kind != BLOCK_HEADING || heading->next->level > heading->level);
}

/* The level of the headings that are questions. 0 = there are none. */
static int choose_level(const struct block *first)
{
    size_t asking[LEVELS] = {0}, with_text[LEVELS] = {0}, most = 0;
    int level = 0;
    for (const struct block *b = first; b != NULL; b = b->next) {
        if (b->kind != BLOCK_HEADING || !has_text(b))
            continue;
        asking[b->level] += asks(b->text);
        with_text[b->level]++;
    }
    for (int l = LEVELS - 1; l > 0; l--)
        if (asking[l] > most)
            most = asking[level = l];
    for (int l = LEVELS - 1; l > 0 && level == 0; l--)
        if (with_text[l] > most)
            most = with_text[l];
    for (int l = LEVELS - 1; l > 0 && level == 0 && most > 0; l--)
        if (with_text[l] == most)
            level = l;
    return level;
}

/* Signs that pages put behind headings as links to them. */
static const char *without_anchor(const struct page *p, const char *words)
{
    static const char *const signs[] = {" #", " ¶", "¶", " §"};
    size_t size = strlen(words);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t length = strlen(signs[i]);
        if (size > length && strcmp(words + size - length, signs[i]) == 0)
            return arena_strndup(p->arena, words, size - length);
    }
    return words;
}

static void read_headings(struct page *p)
{
    struct block *first = html_sections(p->arena, p->body, p->context.base);
    for (struct block *b = first; b != NULL; b = b->next)
        if (b->kind == BLOCK_HEADING)
            b->text = without_anchor(p, b->text);
    int level = choose_level(first);
    const char *topic = p->context.topic;
    for (struct block *b = first, *next; b != NULL && level > 0; b = next) {
        next = b->next;
        if (b->kind != BLOCK_HEADING || b->level > level)
            continue;
        if (b->level < level) {
            topic = b->text;
            continue;
        }
        while (next != NULL && (next->kind != BLOCK_HEADING || next->level > level))
            next = next->next;
        const struct import_item item = {.id = b->target,
                                         .topic = topic,
                                         .question = b->text,
                                         .answer =
                                             html_section_markdown(p->arena, b->next != next ? b->next : NULL, next)};
        if (item.answer[0] != '\0')
            import_list_add(p->list, &item);
    }
}

/* --- the readers -------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    void (*read)(struct page *);
} readers[] = {
    {"schema.org questions in JSON-LD", read_json_ld},   {"schema.org questions in microdata", read_microdata},
    {"schema.org questions in RDFa", read_rdfa},         {"details and their summary", read_details},
    {"headings and the text below them", read_headings},
};

const char *html_page_read(struct import_list *list, struct span text, const char *address, html_json_ld *json_ld)
{
    struct page p = {.arena = list->arena, .list = list, .json_ld = json_ld};
    const char *used = NULL;
    xmlDoc *doc = markup_html(list->source, text, list->problems);
    if (doc == NULL)
        return NULL;
    p.root = xmlDocGetRootElement(doc);
    p.body = find_body(&p);
    p.context.base = find_base(&p, address);
    p.context.topic = words_of(&p, "h1");
    if (p.context.topic[0] == '\0')
        p.context.topic = words_of(&p, "title");
    check_language(&p);
    for (size_t i = 0; used == NULL && i < sizeof readers / sizeof *readers; i++) {
        readers[i].read(&p);
        if (list->count > 0)
            used = readers[i].name;
    }
    xmlFreeDoc(doc);
    return used;
}
