/* A site trial told to its editor: see site_report.h. */
#include "cli/site_report.h"

#include "content/yaml.h"
#include "wire/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the answers, so many should be right at least where a setting is recommended. A hidden wording is harder
 * than what most visitors write, because the very words that an editor foresaw are taken away. */
static const double wanted_right = 0.90;

static const char *const outcome_keys[] = {
    [SITE_RIGHT] = "answered_right",
    [SITE_WRONG] = "answered_wrong",
    [SITE_OFFERED] = "offered",
    [SITE_OFFERED_WITHOUT] = "offered_without",
    [SITE_NOT_UNDERSTOOD] = "not_understood",
};
static const char *const outcome_words[] = {
    [SITE_RIGHT] = "answered",
    [SITE_WRONG] = "answered wrongly",
    [SITE_OFFERED] = "offered",
    [SITE_OFFERED_WITHOUT] = "offered others",
    [SITE_NOT_UNDERSTOOD] = "not understood",
};

/* Two entries, and how often a question for the first was taken for the second. */
struct confusion {
    const struct site_entry *expected, *first;
    size_t count;
};

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

static bool is_confused(const struct site_question *q)
{
    return q->expected.id != NULL && q->first.id != NULL &&
           (q->expected.kind != q->first.kind || strcmp(q->expected.id, q->first.id) != 0);
}

/* The pairs, the most frequent first. NULL without memory; free it. */
static struct confusion *confusions_of(const struct site_trial *t, size_t *ret_count)
{
    struct confusion *list = calloc(t->count + 1, sizeof *list);
    size_t count = 0, kept = 0;
    for (size_t i = 0; list != NULL && i < t->count; i++)
        if (is_confused(&t->questions[i]))
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
static bool is_missed(const struct site_trial *t, const struct site_question *q)
{
    enum site_outcome o = (enum site_outcome)q->outcomes[t->own];
    return q->expected.id != NULL && o != SITE_RIGHT && o != SITE_OFFERED;
}

/* The lowest setting at which enough of the answers are right, or setting_count where none is. */
static size_t recommended(const struct site_trial *t)
{
    for (size_t k = 0; k < t->setting_count; k++) {
        size_t right = site_trial_count(t, k, SITE_RIGHT, false);
        size_t wrong = site_trial_count(t, k, SITE_WRONG, false) + site_trial_count(t, k, SITE_WRONG, true);
        if (right > 0 && (double)right >= wanted_right * (double)(right + wrong))
            return k;
    }
    return t->setting_count;
}

/* The line of sportello.yaml that holds `policy.answer`, or 0 where it is not written; *ret_policy is
 * the line of `policy`, or 0. */
static int line_of_answer(const struct site *site, int *ret_policy)
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

/* What to write where. */
static void print_change(const struct site_trial *t, const struct site *site, FILE *out)
{
    size_t k = recommended(t);
    int policy, line = line_of_answer(site, &policy);
    double wanted = wanted_right * 100;
    if (k == t->setting_count) {
        fprintf(out, "\nAt none of these settings are %.0f %% of the answers right: more wordings would help most.\n",
                wanted);
        return;
    }
    if (k == t->own) {
        fprintf(out, "\nThe present setting is the lowest of these at which %.0f %% of the answers are right.\n",
                wanted);
        return;
    }
    fprintf(out, "\nThe lowest at which %.0f %% of the answers are right is %.0f %%. To set it, ", wanted,
            t->settings[k] * 100);
    if (line > 0)
        fprintf(out, "change this line:\n  sportello.yaml:%d:   answer: %.0f %%\n", line, t->settings[k] * 100);
    else if (policy > 0)
        fprintf(out, "add this line:\n  sportello.yaml:%d:   answer: %.0f %%\n", policy + 1, t->settings[k] * 100);
    else
        fprintf(out, "add to sportello.yaml:\n  policy:\n    answer: %.0f %%\n", t->settings[k] * 100);
}

static void print_settings(const struct site_trial *t, size_t in_scope, size_t out_of_scope, FILE *out)
{
    fprintf(out, "%-11s %9s %9s %9s %9s %11s %11s %10s\n", "answer when", "answered", "answered", "offered,",
            "offered,", "rephrase or", "out of scope", "dialogues");
    fprintf(out, "%-11s %9s %9s %9s %9s %11s %11s %10s\n", "this sure", "rightly", "wrongly", "right one", "others",
            "hand over", "answered", "that pass");
    for (size_t k = 0; k < t->setting_count; k++) {
        fprintf(out, "%3.0f %%%s", t->settings[k] * 100, k == t->own ? " (now)" : "      ");
        for (int o = 0; o < SITE_OUTCOMES; o++)
            fprintf(out, " %*.1f %%", o == SITE_NOT_UNDERSTOOD ? 9 : 7,
                    in_scope > 0
                        ? 100.0 * (double)site_trial_count(t, k, (enum site_outcome)o, false) / (double)in_scope
                        : 0);
        fprintf(out, " %5zu of %-3zu %5zu of %zu\n", site_trial_count(t, k, SITE_WRONG, true), out_of_scope,
                t->dialogues_passed[k], t->dialogues);
    }
}

static int print_confusions(const struct site_trial *t, FILE *out)
{
    size_t count;
    struct confusion *list = confusions_of(t, &count);
    if (list == NULL)
        return -1;
    if (count > 0)
        fputs("\nTaken for one another (say in the wordings what parts them, or join the two):\n", out);
    for (size_t i = 0; i < count && i < SITE_REPORT_PAIRS; i++)
        fprintf(out, "  %3zu × %s (%s:%d) taken for %s (%s:%d)\n", list[i].count, list[i].expected->id,
                list[i].expected->place.file, list[i].expected->place.line, list[i].first->id,
                list[i].first->place.file, list[i].first->place.line);
    if (count > SITE_REPORT_PAIRS)
        fprintf(out, "  … and %zu more pairs; --json has all\n", count - SITE_REPORT_PAIRS);
    free(list);
    return 0;
}

static void print_missed(const struct site_trial *t, FILE *out)
{
    size_t missed = 0;
    for (size_t i = 0; i < t->count; i++) {
        const struct site_question *q = &t->questions[i];
        if (!is_missed(t, q) || missed++ >= SITE_REPORT_MISSED)
            continue;
        if (missed == 1)
            fputs("\nNot found when it was not written down (visitors who ask like this need one more wording):\n",
                  out);
        fprintf(out, "  %s:%d: “%s” for %s: %s", q->place.file, q->place.line, q->text, q->expected.id,
                outcome_words[q->outcomes[t->own]]);
        if (q->first.id != NULL && is_confused(q))
            fprintf(out, ", %s came first at %.0f %%", q->first.id, q->confidence * 100);
        fputc('\n', out);
    }
    if (missed > SITE_REPORT_MISSED)
        fprintf(out, "  … and %zu more; --json has all\n", missed - SITE_REPORT_MISSED);
}

int site_report_print(const struct site_trial *t, const struct site *site, FILE *out)
{
    size_t in_scope = 0, dialogue = 0;
    for (size_t i = 0; i < t->count; i++) {
        in_scope += t->questions[i].expected.id != NULL;
        dialogue += t->questions[i].from_dialogue;
    }
    fprintf(out, "%zu questions: %zu wordings, each hidden and then asked, and %zu from the dialogues.\n\n", t->count,
            t->count - dialogue, dialogue);
    print_settings(t, in_scope, t->count - in_scope, out);
    if (in_scope > 0)
        print_change(t, site, out);
    if (print_confusions(t, out) < 0)
        return -1;
    print_missed(t, out);
    if (t->untried_count > 0)
        fprintf(out, "\n%zu entr%s but one wording and could not be tried, first %s (%s:%d); write another below it.\n",
                t->untried_count, t->untried_count == 1 ? "y has" : "ies have", t->untried[0].id,
                t->untried[0].place.file, t->untried[0].place.line);
    return 0;
}

/* --- JSON ------------------------------------------------------------------------------------------ */

static void json_entry(struct buf *out, const char *name, const struct site_entry *e)
{
    char source[512];
    if (e->id == NULL) {
        json_nothing(out, name);
        return;
    }
    snprintf(source, sizeof source, "%s:%d", e->place.file, e->place.line);
    json_open(out, name, '{');
    json_text(out, "kind", e->kind == VIEW_INTENT ? "intent" : "article");
    json_text(out, "id", e->id);
    json_text(out, "source", source);
    json_close(out, '}');
}

static void json_settings(struct buf *out, const struct site_trial *t)
{
    json_open(out, "settings", '[');
    for (size_t k = 0; k < t->setting_count; k++) {
        json_open(out, NULL, '{');
        json_decimal(out, "answer", t->settings[k], 3);
        json_bool(out, "now", k == t->own);
        for (int o = 0; o < SITE_OUTCOMES; o++)
            json_number(out, outcome_keys[o], (int64_t)site_trial_count(t, k, (enum site_outcome)o, false));
        json_number(out, "out_of_scope_answered", (int64_t)site_trial_count(t, k, SITE_WRONG, true));
        json_number(out, "dialogues_passed", (int64_t)t->dialogues_passed[k]);
        json_close(out, '}');
    }
    json_close(out, ']');
}

static int json_confusions(struct buf *out, const struct site_trial *t)
{
    size_t count;
    struct confusion *list = confusions_of(t, &count);
    if (list == NULL)
        return -1;
    json_open(out, "confused", '[');
    for (size_t i = 0; i < count; i++) {
        json_open(out, NULL, '{');
        json_number(out, "count", (int64_t)list[i].count);
        json_entry(out, "expected", list[i].expected);
        json_entry(out, "first", list[i].first);
        json_close(out, '}');
    }
    json_close(out, ']');
    free(list);
    return 0;
}

static void json_missed(struct buf *out, const struct site_trial *t)
{
    json_open(out, "missed", '[');
    for (size_t i = 0; i < t->count; i++) {
        const struct site_question *q = &t->questions[i];
        char source[512];
        if (!is_missed(t, q))
            continue;
        snprintf(source, sizeof source, "%s:%d", q->place.file, q->place.line);
        json_open(out, NULL, '{');
        json_text(out, "text", q->text);
        json_text(out, "source", source);
        json_text(out, "outcome", outcome_keys[q->outcomes[t->own]]);
        json_entry(out, "expected", &q->expected);
        json_entry(out, "first", &q->first);
        json_decimal(out, "confidence", q->confidence, 3);
        json_close(out, '}');
    }
    json_close(out, ']');
}

int site_report_json(const struct site_trial *t, const struct site *site, FILE *out)
{
    struct buf line;
    buf_init(&line, SITE_REPORT_BYTES);
    size_t out_of_scope = 0;
    int policy, at = line_of_answer(site, &policy);
    for (size_t i = 0; i < t->count; i++)
        out_of_scope += t->questions[i].expected.id == NULL;
    json_open(&line, NULL, '{');
    json_number(&line, "n", (int64_t)t->count);
    json_number(&line, "in_scope", (int64_t)(t->count - out_of_scope));
    json_number(&line, "out_of_scope", (int64_t)out_of_scope);
    json_number(&line, "dialogues", (int64_t)t->dialogues);
    json_settings(&line, t);
    size_t best = recommended(t);
    json_open(&line, "recommended", '{');
    json_decimal(&line, "answer", best < t->setting_count ? t->settings[best] : NAN, 3);
    json_text(&line, "file", "sportello.yaml");
    if (at > 0)
        json_number(&line, "line", at);
    else
        json_nothing(&line, "line");
    json_close(&line, '}');
    int result = json_confusions(&line, t);
    json_missed(&line, t);
    json_open(&line, "untried", '[');
    for (size_t i = 0; i < t->untried_count; i++)
        json_entry(&line, NULL, &t->untried[i]);
    json_close(&line, ']');
    json_close(&line, '}');
    if (line.failed)
        result = -1;
    if (result == 0)
        fprintf(out, "%s\n", line.data);
    buf_free(&line);
    return result;
}
