/* What is remembered: predicates, properties, variables of a category. See speech.h. */
#include "aiml/speech.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* --- names --- */

const char *speech_named(const struct speech *t, int table, const char *name)
{
    char key[AIML_NAME_BYTES * 2];
    size_t n = 0;
    for (; name[n] != '\0' && n + 1 < sizeof key; n++)
        key[n] = (char)tolower((unsigned char)name[n]);
    key[n] = '\0';
    return image_find(t->a, &t->a->named[table], key);
}

const char *speech_instead(const struct speech *t, const char *one, const char *other)
{
    const char *value = speech_named(t, TABLE_PROPERTIES, one);
    value = value != NULL ? value : speech_named(t, TABLE_PROPERTIES, other);
    return value != NULL ? value : "unknown";
}

const char *speech_predicate(const struct speech *t, const char *name)
{
    for (size_t i = t->predicate_count; i-- > 0;)
        if (strcasecmp(t->predicates[i].name, name) == 0)
            return t->predicates[i].value;
    return speech_named(t, TABLE_DEFAULTS, name);
}

static void forget(struct speech *t, const char *name)
{
    for (size_t i = 0; i < t->predicate_count; i++)
        if (strcasecmp(t->predicates[i].name, name) == 0) {
            memmove(&t->predicates[i], &t->predicates[i + 1], (t->predicate_count - i - 1) * sizeof *t->predicates);
            t->predicate_count--;
            return;
        }
}

void speech_set_predicate(struct speech *t, const char *name, const char *value)
{
    if (!speech_spend(t, AIML_NAME_BYTES + strlen(value)))
        return;
    struct aiml_pair made = {memory_cut(t->arena, name, AIML_NAME_BYTES),
                             memory_cut(t->arena, value, AIML_VALUE_BYTES)};
    if (made.name == NULL || made.value == NULL) {
        t->no_memory = true;
        return;
    }
    bool topic = strcasecmp(made.name, "topic") == 0;
    forget(t, made.name);
    if (topic)
        t->topic_known = false;
    if (*made.name == '\0' || (topic && *made.value == '\0'))
        return;
    if (t->predicate_count == AIML_PREDICATES) {
        memmove(t->predicates, t->predicates + 1, (AIML_PREDICATES - 1) * sizeof *t->predicates);
        t->predicate_count--;
    }
    t->predicates[t->predicate_count++] = made;
}

const char *speech_local(const struct scene *s, const char *name)
{
    for (const struct local *l = s->locals; l != NULL; l = l->next)
        if (strcasecmp(l->name, name) == 0)
            return l->value;
    return NULL;
}

static void set_local(struct speech *t, struct scene *s, const char *name, const char *value)
{
    struct local *l = speech_spend(t, 2 * sizeof *l) ? arena_alloc(t->arena, sizeof *l) : NULL;
    if (l == NULL && t->fault != AIML_FAULT_NONE)
        return;
    if (l == NULL) {
        t->no_memory = true;
        return;
    }
    *l = (struct local){name, value, s->locals};
    s->locals = l;
}

/* --- elements --- */

void speech_get(struct speech *t, struct scene *s, const struct image_op *op)
{
    const char *var = speech_param(t, s, op, PARAM_VAR),
               *name = var == NULL ? speech_param(t, s, op, PARAM_NAME) : NULL;
    const char *value = var != NULL ? speech_local(s, var) : name != NULL ? speech_predicate(t, name) : NULL;
    speech_puts(t, value != NULL ? value : speech_instead(t, "default-get", "default_get"));
}

void speech_set(struct speech *t, struct scene *s, const struct image_op *op)
{
    const char *var = speech_param(t, s, op, PARAM_VAR),
               *name = var == NULL ? speech_param(t, s, op, PARAM_NAME) : NULL;
    const char *value = speech_content(t, s, op);
    if (t->fault != AIML_FAULT_NONE || t->no_memory)
        return;
    if (var != NULL)
        set_local(t, s, var, value);
    else if (name != NULL)
        speech_set_predicate(t, name, value);
    speech_puts(t, value);
}

void speech_bot(struct speech *t, struct scene *s, const struct image_op *op)
{
    const char *name = speech_param(t, s, op, PARAM_NAME);
    const char *value = speech_named(t, TABLE_PROPERTIES, name != NULL ? name : speech_content(t, s, op));
    speech_puts(t, value != NULL ? value : speech_instead(t, "default-property", "default_property"));
}
