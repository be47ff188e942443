/* What follows from a site trial: see site_findings.h. */
#include "cli/site_findings.h"

#include "content/yaml.h"

#include <stdlib.h>
#include <string.h>

/* Of the answers, so many should be right at least where a setting is recommended. A hidden wording is harder
 * than what most visitors write, because the very words that an editor foresaw are taken away. */
const double site_findings_right = 0.90;

static int compare_entries(const struct site_entry *a, const struct site_entry *b)
{
    int order = strcmp(a->place.file, b->place.file);
    return order != 0 ? order : a->place.line - b->place.line;
}

static int by_pair(const void *a, const void *b)
{
    const struct confusion *x = a, *y = b;
    int order = compare_entries(x->expected, y->expected);
    return order != 0 ? order : compare_entries(x->first, y->first);
}

static int by_count(const void *a, const void *b)
{
    const struct confusion *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return by_pair(a, b);
}

bool site_findings_mistaken(const struct site_question *q)
{
    return q->expected.id != NULL && q->first.id != NULL &&
           (q->expected.kind != q->first.kind || strcmp(q->expected.id, q->first.id) != 0);
}

/* The pairs, the most frequent first. NULL without memory; free it. */
struct confusion *site_findings_confused(const struct site_trial *t, size_t *ret_count)
{
    struct confusion *list = calloc(t->count + 1, sizeof *list);
    size_t count = 0, kept = 0;
    for (size_t i = 0; list != NULL && i < t->count; i++)
        if (site_findings_mistaken(&t->questions[i]))
            list[count++] = (struct confusion){&t->questions[i].expected, &t->questions[i].first, 1};
    if (list == NULL)
        return NULL;
    qsort(list, count, sizeof *list, by_pair);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && by_pair(&list[kept - 1], &list[i]) == 0)
            list[kept - 1].count++;
        else
            list[kept++] = list[i];
    }
    qsort(list, kept, sizeof *list, by_count);
    *ret_count = kept;
    return list;
}

/* The question is not among what the visitor would have been shown. */
bool site_findings_missed(const struct site_trial *t, const struct site_question *q)
{
    enum site_outcome o = (enum site_outcome)q->outcomes[t->own];
    return q->expected.id != NULL && o != SITE_RIGHT && o != SITE_OFFERED;
}

/* The lowest setting at which enough of the answers are right, or setting_count where none is. */
size_t site_findings_recommended(const struct site_trial *t)
{
    for (size_t k = 0; k < t->setting_count; k++) {
        size_t right = site_trial_count(t, k, SITE_RIGHT);
        size_t wrong = site_trial_count(t, k, SITE_WRONG) + site_trial_overreach(t, k, SITE_TAKEN) +
                       site_trial_overreach(t, k, SITE_DIALOGUE);
        if (right > 0 && (double)right >= site_findings_right * (double)(right + wrong))
            return k;
    }
    return t->setting_count;
}

/* The line of sportello.yaml that holds `policy.answer`, or 0 where it is not written; *ret_policy is
 * the line of `policy`, or 0. */
int site_findings_line(const struct site *site, int *ret_policy)
{
    struct arena *arena = arena_new(64 << 20);
    struct problems *none = problems_new();
    int line = 0;
    *ret_policy = 0;
    for (size_t i = 0; arena != NULL && none != NULL && i < site->source_count; i++) {
        const struct source *s = &site->sources[i];
        if (strcmp(s->path, "sportello.yaml") != 0)
            continue;
        const struct yaml_value *root = yaml_tree(arena, s->path, 1, s->bytes, s->size, none);
        const struct yaml_value *policy = root != NULL ? yaml_find(root, "policy") : NULL;
        const struct yaml_value *answer =
            policy != NULL && policy->kind == YAML_MAP ? yaml_find(policy, "answer") : NULL;
        *ret_policy = policy != NULL ? policy->key_line : 0;
        line = answer != NULL ? answer->key_line : 0;
    }
    problems_free(none);
    arena_free(arena);
    return line;
}
