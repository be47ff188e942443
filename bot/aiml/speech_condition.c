/* Conditions: a block, a choice by one predicate, a choice by several. See speech.h. */
#include "aiml/speech.h"
#include "aiml/words.h"

#include <string.h>
#include <strings.h>

enum { KEY_BYTES = 1024 };

/* What a condition or one of its li asks about. */
struct question {
    const char *name, *var, *value;
};

static struct question question_of(struct speech *t, struct scene *s, const struct image_op *op)
{
    return (struct question){.name = speech_param(t, s, op, PARAM_NAME),
                             .var = speech_param(t, s, op, PARAM_VAR),
                             .value = speech_param(t, s, op, PARAM_VALUE)};
}

static bool same_words(const char *a, const char *b)
{
    char x[KEY_BYTES], y[KEY_BYTES];
    size_t m = words_key(a, strlen(a), x, sizeof x), n = words_key(b, strlen(b), y, sizeof y);
    return m == 0 && n == 0 ? strcasecmp(a, b) == 0 : strcmp(x, y) == 0;
}

static bool holds(const struct speech *t, const struct scene *s, struct question q)
{
    const char *value = q.var != NULL ? speech_local(s, q.var) : q.name != NULL ? speech_predicate(t, q.name) : NULL;
    if (strcmp(q.value, "*") == 0)
        return value != NULL && *value != '\0';
    return same_words(value != NULL ? value : speech_instead(t, "default-get", "default_get"), q.value);
}

/* The first li that holds, or the one without a value. NULL = none. */
static const struct image_op *choose(struct speech *t, struct scene *s, const struct image_op *op,
                                     struct question outer)
{
    const struct aiml *a = t->a;
    for (uint32_t i = op->child; i != 0 && t->fault == AIML_FAULT_NONE; i = a->ops[i].next) {
        if (a->ops[i].tag != TAG_LI)
            continue;
        struct question q = question_of(t, s, &a->ops[i]);
        if (q.value == NULL)
            return &a->ops[i];
        if (q.name == NULL && q.var == NULL) {
            q.name = outer.name;
            q.var = outer.var;
        }
        if (holds(t, s, q))
            return &a->ops[i];
    }
    return NULL;
}

void speech_condition(struct speech *t, struct scene *s, const struct image_op *op)
{
    struct question q = question_of(t, s, op);
    if (q.value != NULL && (q.name != NULL || q.var != NULL)) {
        if (holds(t, s, q))
            speech_inner(t, s, op);
        return;
    }
    bool outer = t->loop;
    int rounds = 0;
    do {
        const struct image_op *li = choose(t, s, op, q);
        if (rounds > 0)
            speech_puts(t, " ");
        t->loop = false;
        if (li != NULL)
            speech_inner(t, s, li);
        if (++rounds > AIML_LOOPS)
            speech_fault(t, AIML_FAULT_LOOP);
    } while (t->loop && t->fault == AIML_FAULT_NONE && !t->no_memory);
    t->loop = outer;
}
