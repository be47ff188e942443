/* Cases of AIML from their file: see aiml_cases.h. */
#include "wire/aiml_cases.h"

#include <jansson.h>
#include <string.h>

struct reader {
    struct arena *arena;
    const char *why;
};

static int fault(struct reader *r, size_t index, const char *what)
{
    r->why = arena_printf(r->arena, "case %zu: %s", index + 1, what);
    return -1;
}

/* The texts of an array, at most AIML_CASE_LIST. */
static int read_list(struct reader *r, size_t index, const json_t *list, const char *const **ret, size_t *ret_count)
{
    size_t count = json_array_size(list);
    const char **texts = arena_array(r->arena, count > 0 ? count : 1, sizeof *texts);
    if (!json_is_array(list) || count > AIML_CASE_LIST || texts == NULL)
        return fault(r, index, "a list of texts is expected, of at most 200");
    for (size_t i = 0; i < count; i++) {
        const char *text = json_string_value(json_array_get(list, i));
        texts[i] = text != NULL ? arena_strdup(r->arena, text) : NULL;
        if (texts[i] == NULL)
            return fault(r, index, "a list of texts has something else in it");
    }
    *ret = texts;
    *ret_count = count;
    return 0;
}

static int read_step(struct reader *r, size_t index, const json_t *step, struct aiml_step *ret)
{
    const char *in = json_string_value(json_object_get(step, "in"));
    const char *out = json_string_value(json_object_get(step, "out"));
    if (in == NULL)
        return fault(r, index, "a step without \"in\"");
    ret->in = arena_strdup(r->arena, in);
    if (out == NULL) {
        if (read_list(r, index, json_object_get(step, "one_of"), &ret->outs, &ret->out_count) < 0)
            return -1;
        return ret->out_count > 0 ? 0 : fault(r, index, "a step with an empty \"one_of\"");
    }
    const char **outs = arena_array(r->arena, 1, sizeof *outs);
    if (outs == NULL || (outs[0] = arena_strdup(r->arena, out)) == NULL)
        return fault(r, index, "no memory");
    ret->outs = outs;
    ret->out_count = 1;
    return 0;
}

static int read_case(struct reader *r, size_t index, const json_t *one, struct aiml_case *ret)
{
    const char *suite = json_string_value(json_object_get(one, "suite"));
    const char *test = json_string_value(json_object_get(one, "test"));
    const json_t *steps = json_object_get(one, "steps");
    size_t count = json_array_size(steps);
    if (test == NULL || !json_is_array(steps) || count > AIML_CASE_LIST)
        return fault(r, index, "\"test\" and \"steps\" are expected, at most 200 of these");
    ret->suite = arena_strdup(r->arena, suite != NULL ? suite : "");
    ret->test = arena_strdup(r->arena, test);
    struct aiml_step *made = arena_array(r->arena, count > 0 ? count : 1, sizeof *made);
    if (made == NULL)
        return fault(r, index, "no memory");
    for (size_t i = 0; i < count; i++)
        if (read_step(r, index, json_array_get(steps, i), &made[i]) < 0)
            return -1;
    ret->steps = made;
    ret->step_count = count;
    return read_list(r, index, json_object_get(one, "aiml"), &ret->files, &ret->file_count);
}

int aiml_cases_read(const char *bytes, size_t size, struct arena *arena, const struct aiml_case **ret,
                    size_t *ret_count, const char **ret_why)
{
    struct reader r = {.arena = arena, .why = "no memory"};
    json_error_t error;
    json_t *root = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &error);
    size_t count = json_array_size(root);
    struct aiml_case *cases = arena_array(arena, count > 0 ? count : 1, sizeof *cases);
    int result = -1;
    if (root == NULL)
        r.why = arena_printf(arena, "line %d: %s", error.line, error.text);
    else if (!json_is_array(root) || count > AIML_CASES_MAX)
        r.why = "a list of cases is expected, of at most 20000";
    else if (cases != NULL)
        result = 0;
    for (size_t i = 0; i < count && result == 0; i++)
        result = read_case(&r, i, json_array_get(root, i), &cases[i]);
    json_decref(root);
    *ret_why = r.why != NULL ? r.why : "no memory";
    if (result < 0)
        return -1;
    *ret = cases;
    *ret_count = count;
    return 0;
}
