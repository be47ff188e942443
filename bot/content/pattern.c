/* The reader of patterns: see pattern.h. */
#include "content/pattern.h"

#include "content/ident.h"
#include "content/variable.h"

#include <string.h>

struct parser {
    struct arena *arena;
    struct problems *problems;
    const char *file, *text, *at;
    int line, column, depth;
    size_t nodes;
    bool failed;
};

static void complain(struct parser *p, const char *at, const char *message)
{
    int column = p->column;
    for (const char *c = p->text; c < at; c++)
        column += ((unsigned char)*c & 0xC0) != 0x80;
    if (!p->failed)
        problem_add(p->problems, SEVERITY_ERROR, p->file, p->line, column, "%s", message);
    p->failed = true;
}

static struct pattern_node *node(struct parser *p, enum pattern_kind kind, const char *text, size_t size)
{
    if (++p->nodes > PATTERN_NODES)
        complain(p, p->at, "a pattern of too many parts; make two of it");
    struct pattern_node *n = p->failed ? NULL : arena_alloc(p->arena, sizeof *n);
    if (n == NULL)
        return NULL;
    n->kind = kind;
    n->text = text != NULL ? arena_strndup(p->arena, text, size) : NULL;
    return n;
}

static struct pattern_node *read_sequence(struct parser *);

/* `{numero}` */
static struct pattern_node *read_slot(struct parser *p)
{
    const char *name = p->at + 1;
    size_t size = variable_size(name);
    if (size == 0 || name[size] != '}') {
        complain(p, p->at, "between { and } stands the name of a slot: letters, digits, “_” and “-”");
        return NULL;
    }
    struct pattern_node *slot = node(p, PATTERN_SLOT, name, size);
    p->at = name + size + 1;
    return slot;
}

/* `(a|b)` or `[a|b]`: both are alternatives of one sequence or more. */
static struct pattern_node *read_group(struct parser *p)
{
    const char *open = p->at, close = *open == '(' ? ')' : ']';
    if (p->depth >= PATTERN_DEPTH) {
        complain(p, open, "brackets in one another too deeply; make two patterns of it");
        return NULL;
    }
    struct pattern_node *choice = node(p, PATTERN_ONE_OF, NULL, 0);
    const struct pattern_node **tail = choice != NULL ? &choice->child : NULL;
    p->depth++;
    do {
        p->at++;
        const char *start = p->at;
        struct pattern_node *sequence = tail != NULL ? read_sequence(p) : NULL;
        if (sequence != NULL && sequence->child == NULL)
            complain(p, start, "nothing stands here; to make words optional put them into square brackets: [please]");
        if (sequence == NULL || p->failed)
            return NULL;
        *tail = sequence;
        tail = &sequence->next;
    } while (*p->at == '|');
    p->depth--;
    if (*p->at != close) {
        complain(p, open,
                 close == ')' ? "this bracket is not closed; “)” is missing"
                              : "this bracket is not closed; “]” is missing");
        return NULL;
    }
    p->at++;
    if (close == ')')
        return choice;
    struct pattern_node *optional = node(p, PATTERN_OPTIONAL, NULL, 0);
    if (optional == NULL || choice->child->next == NULL) {
        if (optional != NULL)
            optional->child = choice->child;
        return optional;
    }
    struct pattern_node *sequence = node(p, PATTERN_SEQUENCE, NULL, 0);
    if (sequence == NULL)
        return NULL;
    sequence->child = choice;
    optional->child = sequence;
    return optional;
}

/* A word, or `~word`. *ret_none: signs without a letter or digit, which do not matter. */
static struct pattern_node *read_word(struct parser *p, bool *ret_none)
{
    bool stem = *p->at == '~';
    const char *word = p->at + stem;
    size_t size = strcspn(word, " \t\r\n*()[]{}|~");
    const char *copy = arena_strndup(p->arena, word, size);
    char folded[PATTERN_BYTES + 64];
    bool none = copy == NULL || ident_fold(copy, folded, sizeof folded) == 0;
    if (stem && none)
        complain(p, p->at, "behind “~” stands a word");
    else if (stem && strchr(folded, ' ') != NULL)
        complain(p, p->at, "behind “~” stands a single word");
    p->at = word + size;
    *ret_none = none;
    return none ? NULL : node(p, stem ? PATTERN_STEM : PATTERN_WORD, copy, size);
}

/* Up to what closes it: `)`, `]`, `|` or the end. */
static struct pattern_node *read_sequence(struct parser *p)
{
    struct pattern_node *sequence = node(p, PATTERN_SEQUENCE, NULL, 0), *last = NULL;
    const struct pattern_node **tail = sequence != NULL ? &sequence->child : NULL;
    while (!p->failed && tail != NULL) {
        p->at += strspn(p->at, " \t\r\n");
        struct pattern_node *n = NULL;
        bool none = false;
        if (*p->at == '\0' || strchr(")]|", *p->at) != NULL)
            return sequence;
        if (*p->at == '}')
            complain(p, p->at, "“}” without “{”");
        else if (*p->at == '{')
            n = read_slot(p);
        else if (*p->at == '(' || *p->at == '[')
            n = read_group(p);
        else if (*p->at == '*') {
            p->at++;
            none = last != NULL && last->kind == PATTERN_ANY;
            n = none ? NULL : node(p, PATTERN_ANY, NULL, 0);
        } else
            n = read_word(p, &none);
        if (n == NULL && !none)
            return NULL;
        if (n == NULL)
            continue;
        *tail = last = n;
        tail = &n->next;
    }
    return NULL;
}

/* True if there is a word or slot that every message has to have. */
static bool asks_something(const struct pattern_node *n)
{
    switch (n->kind) {
    case PATTERN_WORD:
    case PATTERN_STEM:
    case PATTERN_SLOT:
        return true;
    case PATTERN_SEQUENCE:
        for (const struct pattern_node *c = n->child; c != NULL; c = c->next)
            if (asks_something(c))
                return true;
        return false;
    case PATTERN_ONE_OF:
        for (const struct pattern_node *c = n->child; c != NULL; c = c->next)
            if (!asks_something(c))
                return false;
        return true;
    default:
        return false;
    }
}

const struct pattern_node *pattern_read(struct arena *arena, const char *file, int line, int column, const char *text,
                                        struct problems *problems)
{
    struct parser p = {
        .arena = arena, .problems = problems, .file = file, .text = text, .at = text, .line = line, .column = column};
    if (strlen(text) > PATTERN_BYTES) {
        complain(&p, text, "a pattern that is too long (500 bytes); make two of it");
        return NULL;
    }
    struct pattern_node *root = read_sequence(&p);
    if (root != NULL && *p.at != '\0')
        complain(&p, p.at,
                 *p.at == '|' ? "“|” parts words in brackets: (where|when)"
                              : "a bracket is closed that was not opened");
    if (root != NULL && !p.failed && !asks_something(root))
        complain(&p, text, "it would match every message; a pattern needs a word that must be there");
    return p.failed || arena_failed(arena) ? NULL : root;
}
