/* Questions one asks of cmark's nodes: words, places, comments, buttons. See answer.h. */
#include "content/answer.h"
#include "content/link.h"

#include <string.h>

cmark_node *answer_parse(struct span text)
{
    return cmark_parse_document(text.text, text.size, CMARK_OPT_DEFAULT);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Runs of white space become one space; none at the ends. */
static char *single_spaced(struct arena *arena, const char *text, size_t size)
{
    char *line = arena_strndup(arena, text, size);
    if (line == NULL)
        return NULL;
    char *out = line;
    for (const char *p = line; *p != '\0'; p++) {
        if (!is_space(*p))
            *out++ = *p;
        else if (out > line && out[-1] != ' ')
            *out++ = ' ';
    }
    if (out > line && out[-1] == ' ')
        out--;
    *out = '\0';
    return line;
}

/* The only text below the node, or NULL: what most questions and wordings consist of. */
static const char *only_text(cmark_node *node)
{
    cmark_node *child = cmark_node_first_child(node);
    while (child != NULL && cmark_node_next(child) == NULL && cmark_node_get_type(child) != CMARK_NODE_TEXT)
        child = cmark_node_first_child(child);
    bool text = child != NULL && cmark_node_next(child) == NULL && cmark_node_get_type(child) == CMARK_NODE_TEXT;
    return text ? cmark_node_get_literal(child) : NULL;
}

char *answer_words(struct arena *arena, cmark_node *node)
{
    const char *text = only_text(node);
    if (text != NULL)
        return single_spaced(arena, text, strlen(text));
    struct buf words;
    buf_init(&words, (size_t)ANSWER_BYTES * 4);
    cmark_iter *walk = cmark_iter_new(node);
    for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        cmark_node *at = cmark_iter_get_node(walk);
        cmark_node_type type = cmark_node_get_type(at);
        if (event != CMARK_EVENT_ENTER)
            continue;
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            buf_putc(&words, ' ');
        else if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE ||
                 (type == CMARK_NODE_HTML_INLINE && !answer_is_comment(at)))
            buf_puts(&words, cmark_node_get_literal(at));
    }
    cmark_iter_free(walk);
    char *line = single_spaced(arena, words.data, words.size);
    buf_free(&words);
    return line;
}

char *answer_text(struct arena *arena, const struct block *blocks)
{
    struct buf text;
    buf_init(&text, (size_t)ANSWER_BYTES * 8);
    block_to_text(blocks, &text);
    char *copy = arena_strndup(arena, text.data, text.size);
    buf_free(&text);
    return copy;
}

struct span answer_line(const struct answer_source *source, int line)
{
    struct span rest = source->text, text = {"", 0};
    for (int i = 0; i < line && lines_next(&rest, &text); i++)
        continue;
    return text;
}

struct place answer_place(const struct answer_source *source, cmark_node *node, const char *needle)
{
    if (source->fixed_column > 0)
        return (struct place){source->file, source->line, source->fixed_column};
    int first = cmark_node_get_start_line(node), last = cmark_node_get_end_line(node);
    size_t size = strcspn(needle, "\r\n");
    for (int n = first; n <= last && size > 0; n++) {
        struct span text = answer_line(source, n);
        const char *found = memmem(text.text, text.size, needle, size);
        if (found != NULL)
            return (struct place){source->file, source->line + n - 1,
                                  lines_column(text.text, (size_t)(found - text.text))};
    }
    struct span text = answer_line(source, first);
    size_t column = cmark_node_get_start_column(node) > 0 ? (size_t)cmark_node_get_start_column(node) - 1 : 0;
    return (struct place){source->file, source->line + first - 1,
                          lines_column(text.text, column < text.size ? column : text.size)};
}

bool answer_is_comment(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type != CMARK_NODE_HTML_BLOCK && type != CMARK_NODE_HTML_INLINE)
        return false;
    const char *html = cmark_node_get_literal(node);
    html += strspn(html, " ");
    size_t size = strlen(html);
    while (size > 0 && is_space(html[size - 1]))
        size--;
    const char *end = strncmp(html, "<!--", 4) == 0 ? strstr(html + 4, "-->") : NULL;
    return end != NULL && end + 3 == html + size;
}

/* The one link that an item consists of, or NULL. */
static cmark_node *only_link(cmark_node *item)
{
    cmark_node *paragraph = cmark_node_first_child(item);
    if (paragraph == NULL || cmark_node_next(paragraph) != NULL ||
        cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH)
        return NULL;
    cmark_node *link = cmark_node_first_child(paragraph);
    if (link == NULL || cmark_node_next(link) != NULL || cmark_node_get_type(link) != CMARK_NODE_LINK)
        return NULL;
    return link;
}

bool answer_is_options(cmark_node *list)
{
    if (cmark_node_get_type(list) != CMARK_NODE_LIST)
        return false;
    for (cmark_node *item = cmark_node_first_child(list); item != NULL; item = cmark_node_next(item)) {
        cmark_node *link = only_link(item);
        enum option_kind kind;
        const char *target;
        if (link == NULL || link_kind(cmark_node_get_url(link), &kind, &target) == LINK_OTHER)
            return false;
    }
    return true;
}

static void add_option(const struct answer_source *source, cmark_node *link, struct option *options, size_t *count)
{
    struct collect *c = source->collect;
    const char *url = cmark_node_get_url(link), *target = url;
    enum option_kind kind = OPTION_URL;
    enum link_kind is = link_kind(url, &kind, &target);
    struct place place = answer_place(source, cmark_node_parent(link), url);
    char *title = answer_words(c->arena, link);
    if (title == NULL)
        return;
    if (is == LINK_DEAD) {
        problem_add(c->problems, SEVERITY_ERROR, place.file, place.line, place.column,
                    "%s: dead link; write #id, intent:ID, agent:DEPARTMENT or a whole address such as "
                    "https://www.example.com",
                    url[0] != '\0' ? url : "()");
    } else if (title[0] == '\0') {
        problem_add(c->problems, SEVERITY_ERROR, place.file, place.line, place.column,
                    "a button without words; write [words](%s)", url);
    } else if (*count == SITE_OPTIONS) {
        problem_add(c->problems, SEVERITY_ERROR, place.file, place.line, place.column,
                    "more than %d buttons; leave some out", SITE_OPTIONS);
    } else {
        struct option *o = &options[(*count)++];
        *o = (struct option){.kind = kind,
                             .target = arena_strdup(c->arena, is == LINK_INNER ? target : url),
                             .title = title,
                             .place = place};
        const struct inner_link inner = {source->lang, kind, o->target, place};
        if (is == LINK_INNER)
            collect_link(c, &inner);
    }
}

const struct option *answer_options(const struct answer_source *source, cmark_node *list, size_t *ret_count)
{
    struct option *options = arena_array(source->collect->arena, SITE_OPTIONS, sizeof *options);
    size_t count = 0;
    for (cmark_node *item = cmark_node_first_child(list); item != NULL && options != NULL; item = cmark_node_next(item))
        add_option(source, only_link(item), options, &count);
    *ret_count = count;
    return options;
}
