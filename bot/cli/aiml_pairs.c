/* Pairs of cases: left out, printed, judged. See aiml_pairs.h. */
#include "cli/aiml_pairs.h"

#include <ctype.h>
#include <string.h>

enum { PRINT_BYTES = 64 << 10 };

static const struct {
    unsigned use;
    bool later; /* of a category that spoke earlier in the case, too */
    const char *reason;
} rules[] = {
    {AIML_USE_LEARN, true, "what it asks for has been taught before (learn), which is refused"},
    {AIML_USE_OUTSIDE, false, "runs or asks something outside (system, javascript, sraix), which is refused"},
    {AIML_USE_EXTENSION, false, "an element, attribute, set or map that only that interpreter has"},
    {AIML_USE_MARKUP, false, "expects other XML back as text; here HTML becomes blocks and the rest its words"},
    {AIML_USE_NO_SET, false, "a set that none of its files gives"},
    {AIML_USE_NO_MAP, false, "a map that none of its files gives"},
    {AIML_USE_NO_PROPERTY, false, "a property of the bot that none of its files gives"},
    {AIML_USE_INTERPRETER, false, "asks for the interpreter's own name (program, id)"},
    {AIML_USE_SPLITTER, true, "sets that interpreter up by a predicate (splitter)"},
};
enum { RULES = sizeof rules / sizeof *rules };

static const char empty_message[] = "says nothing; an empty message is never a turn here";
static const char reads_variable[] = "repeats what was said to look at a variable; what it expects is no answer";

const char *const aiml_pair_reasons[] = {
    empty_message,
    reads_variable,
    "what it asks for has been taught before (learn), which is refused",
    "runs or asks something outside (system, javascript, sraix), which is refused",
    "an element, attribute, set or map that only that interpreter has",
    "expects other XML back as text; here HTML becomes blocks and the rest its words",
    "a set that none of its files gives",
    "a map that none of its files gives",
    "a property of the bot that none of its files gives",
    "asks for the interpreter's own name (program, id)",
    "sets that interpreter up by a predicate (splitter)",
    NULL,
};

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

static bool same_outs(const struct aiml_step *a, const struct aiml_step *b)
{
    return a->out_count == 1 && b->out_count == 1 && strcmp(a->outs[0], b->outs[0]) == 0;
}

/* Does a pattern as it is shown fit these words, a set or anything unknown standing for one word or more? */
static bool fits(const char *pattern, const char *text)
{
    pattern += strspn(pattern, " ");
    text += strspn(text, " .,;:!?");
    if (*pattern == '\0')
        return *text == '\0';
    size_t token = *pattern == '<' ? strcspn(pattern, ">") + 1 : strcspn(pattern, " ");
    bool none = token == 1 && (*pattern == '^' || *pattern == '#');
    bool any = none || *pattern == '<' || (token == 1 && (*pattern == '*' || *pattern == '_'));
    if (!any) {
        size_t word = strcspn(text, " .,;:!?");
        return word == token && strncasecmp(pattern, text, token) == 0 && fits(pattern + token, text + word);
    }
    if (none && fits(pattern + token, text))
        return true;
    while (*text != '\0') {
        text += strcspn(text, " ");
        if (fits(pattern + token, text))
            return true;
        text += strspn(text, " ");
    }
    return false;
}

/* What the categories use that spoke, or that would have if they had what they ask for. */
static unsigned uses_now(const struct aiml *a, const char *in, const struct aiml_reply *r)
{
    const unsigned of_patterns = AIML_USE_EXTENSION | AIML_USE_NO_SET | AIML_USE_NO_PROPERTY;
    unsigned uses = 0;
    for (size_t i = 0; i < r->trail_count; i++)
        uses |= aiml_category(a, r->trail[i]).uses;
    for (size_t i = 0; i < aiml_categories(a); i++) {
        struct aiml_category c = aiml_category(a, i);
        if (!c.reachable && (c.uses & of_patterns) != 0 && fits(c.pattern, in))
            uses |= c.uses & of_patterns;
    }
    return uses;
}

/* What a category uses whose pattern fits something said before in the case. */
static unsigned uses_before(const struct aiml *a, const struct aiml_case *c, size_t step)
{
    unsigned uses = 0;
    for (size_t i = 0; i < aiml_categories(a); i++) {
        struct aiml_category category = aiml_category(a, i);
        for (size_t s = 0; s < step && category.uses != 0; s++)
            if (fits(category.pattern, c->steps[s].in))
                uses |= category.uses;
    }
    return uses;
}

/* Within this very answer a category teaches and then lets another speak. */
static bool asks_after_teaching(const struct aiml *a, const struct aiml_reply *r)
{
    for (size_t i = 0; i + 1 < r->trail_count; i++)
        if ((aiml_category(a, r->trail[i]).uses & AIML_USE_LEARN) != 0)
            return true;
    return false;
}

const char *aiml_pair_excluded(const struct aiml *a, const struct aiml_case *c, size_t step, const struct aiml_reply *r)
{
    const struct aiml_step *now = &c->steps[step];
    if (is_blank(now->in))
        return empty_message;
    if (step > 0 && strcmp(now->in, now[-1].in) == 0 && !same_outs(now, &now[-1]))
        return reads_variable;
    unsigned here = uses_now(a, now->in, r), before = uses_before(a, c, step);
    for (size_t i = 0; i < RULES; i++) {
        /* A category that teaches answers all the same; what it taught is missing from then on. */
        bool taught = rules[i].use == AIML_USE_LEARN && !asks_after_teaching(a, r);
        unsigned uses = rules[i].later ? before | (taught ? 0 : here) : here;
        if ((uses & rules[i].use) != 0)
            return rules[i].reason;
    }
    return NULL;
}

/* --- the finish of that interpreter --- */

static void finish(const char *text, struct buf *out)
{
    size_t size = strlen(text), from = out->size;
    while (size > 0 && isspace((unsigned char)*text))
        text++, size--;
    while (size > 0 && isspace((unsigned char)text[size - 1]))
        size--;
    for (size_t i = 0; i < size; i++) {
        bool space = isspace((unsigned char)text[i]);
        if (!space || out->data[out->size - 1] != ' ')
            buf_putc(out, space ? ' ' : text[i]);
        if (text[i] == ',' && i + 1 < size && isalpha((unsigned char)text[i + 1]))
            buf_putc(out, ' ');
    }
    if (out->size == from)
        return;
    out->data[from] = (char)toupper((unsigned char)out->data[from]);
    if (strchr(".?!", out->data[out->size - 1]) == NULL)
        buf_putc(out, '.');
}

void aiml_pair_print(const struct aiml_reply *r, struct buf *out)
{
    struct buf whole;
    buf_init(&whole, PRINT_BYTES);
    buf_puts(&whole, r->text);
    for (size_t i = 0; i < r->option_count; i++) {
        const struct aiml_option *o = &r->options[i];
        const char *kind = o->url != NULL ? "url" : "postback";
        buf_printf(&whole, "%s<button><text>%s</text><%s>%s</%s></button>", whole.size > 0 ? " " : "", o->title, kind,
                   o->url != NULL ? o->url : o->send, kind);
    }
    finish(whole.data, out);
    buf_free(&whole);
}

bool aiml_pair_right(const char *printed, const struct aiml_step *s)
{
    struct buf expected;
    bool right = false;
    buf_init(&expected, PRINT_BYTES);
    for (size_t i = 0; i < s->out_count && !right; i++) {
        buf_clear(&expected);
        finish(s->outs[i], &expected);
        right = strcmp(printed, expected.data) == 0;
    }
    buf_free(&expected);
    return right;
}
