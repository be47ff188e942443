/* Categories into the graph: pattern, then that, then topic, word by word. See build.h.
 *
 * A that or topic of `*` alone needs no graph of its own: it is what is left when nothing else fits. */
#include "aiml/build.h"
#include "aiml/build_sets.h"
#include "aiml/words.h"

#include <ctype.h>
#include <string.h>

enum { NAME_BYTES = 256 };

/* One of the three parts on its way through the graph. */
struct path {
    struct build *b;
    const struct build_category *c;
    uint32_t node;
    int words;  /* steps so far */
    bool plain; /* nothing but one of * ^ # so far */
    bool dead;  /* something in it can never be matched */
    unsigned uses;
    struct buf shown; /* as it is told: capitals, one space */
};

static void tell(const struct path *p, enum severity severity, const char *what)
{
    problem_add(p->b->problems, severity, p->c->file, p->c->line, p->c->column, "%s", what);
}

static void show(struct path *p, const char *text, size_t size)
{
    struct buf *shown = &p->shown;
    if (buf_reserve(shown, size + 1) < 0)
        return;
    char *to = shown->data + shown->size;
    if (shown->size > 0)
        *to++ = ' ';
    for (size_t i = 0; i < size; i++)
        *to++ = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
    *to = '\0';
    shown->size = (size_t)(to - shown->data);
}

static int step_to(struct path *p, uint32_t node)
{
    p->node = node;
    p->words++;
    return node != 0 ? 0 : -1;
}

static int step_words(struct path *p, const char *text, size_t size, uint32_t flag)
{
    struct words_reader r = {text, size, 0};
    struct word w;
    while (words_next(&r, &w) && p->words < AIML_PATTERN_WORDS) {
        uint32_t id = build_word(p->b, w.key, w.length, true);
        if (id == 0 || step_to(p, build_step(p->b, p->node, id | flag)) < 0)
            return -1;
        p->plain = false;
        show(p, text + w.at, w.size);
    }
    return 0;
}

static int step_token(struct path *p, const char *text, size_t size)
{
    static const char wilds[] = {[WILD_HASH] = '#', [WILD_UNDERLINE] = '_', [WILD_ARROW] = '^', [WILD_STAR] = '*'};
    const char *wild = size == 1 ? memchr(wilds, *text, sizeof wilds) : NULL;
    if (wild != NULL) {
        p->plain = p->words == 0 && *text != '_';
        show(p, text, 1);
        return step_to(p, build_step_wild(p->b, p->node, (enum image_wild)(wild - wilds)));
    }
    if (*text == '$' && size > 1)
        return step_words(p, text + 1, size - 1, IMAGE_PRIORITY);
    return step_words(p, text, size, 0);
}

static int step_set(struct path *p, const char *name)
{
    uint32_t set = build_set(p->b, name);
    p->plain = false;
    if (set == 0) {
        p->dead = true;
        p->uses |= sets_foreign(name) ? AIML_USE_EXTENSION : AIML_USE_NO_SET;
        problem_add(p->b->problems, SEVERITY_WARNING, p->c->file, p->c->line, p->c->column,
                    "no set \"%s\": this category is never chosen; put its entries into aiml/sets/%s.txt, one a line",
                    name, name);
        return 0;
    }
    return step_to(p, build_step_set(p->b, p->node, set - 1));
}

static int step_bot(struct path *p, const char *name)
{
    const char *value = build_property(p->b, name);
    p->plain = false;
    if (value == NULL) {
        p->dead = true;
        p->uses |= AIML_USE_NO_PROPERTY;
        problem_add(p->b->problems, SEVERITY_WARNING, p->c->file, p->c->line, p->c->column,
                    "no property \"%s\": this category is never chosen; write `%s:…` into aiml/properties.txt", name,
                    name);
        return 0;
    }
    return step_words(p, value, strlen(value), 0);
}

/* What the reader put between the marks: a letter for the kind, then the name. */
static int step_mark(struct path *p, const char *mark, size_t size)
{
    char name[NAME_BYTES];
    size_t n = size > 0 ? size - 1 : 0;
    n = n < sizeof name ? n : sizeof name - 1;
    memcpy(name, mark + 1, n);
    name[n] = '\0';
    char shown[NAME_BYTES + 2];
    snprintf(shown, sizeof shown, "<%.*s>", (int)(sizeof shown - 3), name);
    if (size > 0 && *mark == 'b' && build_property(p->b, name) != NULL)
        return step_bot(p, name);
    show(p, shown, strlen(shown));
    if (size > 0 && *mark == 's')
        return step_set(p, name);
    if (size > 0 && *mark == 'b')
        return step_bot(p, name);
    if (size > 0 && *mark == 'i') {
        uint32_t set = sets_inline(p->b, mark + 1, size - 1);
        p->plain = false;
        return set > 0 ? step_to(p, build_step_set(p->b, p->node, set - 1)) : -1;
    }
    p->dead = true;
    p->plain = false;
    return 0;
}

static int walk(struct path *p, const char *text)
{
    for (const char *at = text; *at != '\0' && p->words < AIML_PATTERN_WORDS;) {
        if (isspace((unsigned char)*at)) {
            at++;
        } else if (*at == PATTERN_MARK) {
            const char *end = strchr(at, PATTERN_END);
            size_t size = end != NULL ? (size_t)(end - at) - 1 : strlen(at + 1);
            if (step_mark(p, at + 1, size) < 0)
                return -1;
            at += size + (end != NULL ? 2 : 1);
        } else {
            size_t size = 0;
            while (at[size] != '\0' && !isspace((unsigned char)at[size]) && at[size] != PATTERN_MARK)
                size++;
            if (step_token(p, at, size) < 0)
                return -1;
            at += size;
        }
    }
    if (p->words >= AIML_PATTERN_WORDS)
        problem_add(p->b->problems, SEVERITY_ERROR, p->c->file, p->c->line, p->c->column,
                    "a pattern of more than %d words; shorten it", AIML_PATTERN_WORDS);
    return 0;
}

static bool is_star(const char *text)
{
    if (text == NULL)
        return true;
    text += strspn(text, " \t\r\n");
    return *text == '\0' || (*text == '*' && text[1 + strspn(text + 1, " \t\r\n")] == '\0');
}

/* Goes on into the next part; its words as shown. */
static int part(struct path *p, const char *text, uint32_t *ret_shown)
{
    p->words = 0;
    p->plain = true;
    buf_clear(&p->shown);
    if (walk(p, text) < 0)
        return -1;
    *ret_shown = build_text(p->b, p->shown.data, p->shown.size);
    return 0;
}

static void settle(struct path *p, struct image_category *made)
{
    struct build *b = p->b;
    struct image_node *node = (struct image_node *)(void *)b->section[SECTION_NODES].data + p->node;
    if (p->dead)
        return;
    if (node->category != 0) {
        const struct image_category *first =
            (const struct image_category *)(const void *)b->section[SECTION_CATEGORIES].data + node->category - 1;
        problem_add(b->problems, SEVERITY_WARNING, p->c->file, p->c->line, p->c->column,
                    "the same pattern as %s:%u, which comes first and counts; change or remove one",
                    build_text_at(b, first->file), first->line);
        return;
    }
    node->category = (uint32_t)build_count(b, SECTION_CATEGORIES) + 1;
    made->flags |= CATEGORY_REACHABLE;
}

int build_category(struct build *b, const struct build_category *c)
{
    struct path p = {.b = b, .c = c, .node = IMAGE_ROOT};
    struct image_category made = {.file = c->file_text, .line = (uint32_t)c->line, .template = c->template};
    buf_init(&p.shown, AIML_PATTERN_BYTES * 2);
    int result = part(&p, c->pattern, &made.pattern);
    bool alone = p.plain && p.words == 1, empty = p.words == 0 && !p.dead;
    uint32_t star = 0;
    if (result == 0 && (!is_star(c->that) || !is_star(c->topic))) {
        p.node = build_step_next(b, p.node);
        result = p.node != 0 ? part(&p, is_star(c->that) ? "*" : c->that, &made.that) : -1;
        alone = alone && is_star(c->that);
        if (result == 0 && !is_star(c->topic)) {
            p.node = build_step_next(b, p.node);
            result = p.node != 0 ? part(&p, c->topic, &made.topic) : -1;
            alone = false;
        }
    }
    if (result == 0 && (made.that == 0 || made.topic == 0))
        star = build_text(b, "*", 1);
    made.that = made.that != 0 ? made.that : star;
    made.topic = made.topic != 0 ? made.topic : star;
    made.uses = c->uses | p.uses;
    made.flags = alone ? CATEGORY_DEFAULT : 0;
    if (result == 0 && empty) {
        tell(&p, SEVERITY_WARNING,
             "a pattern without words is never chosen; write what visitors say, or * for anything");
        p.dead = true;
    }
    if (result == 0)
        settle(&p, &made);
    if (result == 0 && build_add(b, SECTION_CATEGORIES, &made) == NULL)
        result = -1;
    buf_free(&p.shown);
    return b->failed ? -1 : result;
}
