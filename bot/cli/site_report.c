/* A site trial told to its editor: see site_report.h. */
#include "cli/site_report.h"

#include "cli/site_findings.h"

#include <stdlib.h>

static const char *const outcome_words[] = {
    [SITE_RIGHT] = "answered",
    [SITE_WRONG] = "answered wrongly",
    [SITE_OFFERED] = "offered",
    [SITE_OFFERED_WITHOUT] = "offered others",
    [SITE_NOT_UNDERSTOOD] = "not understood",
};

/* What to write where. */
static void print_change(const struct site_trial *t, const struct site *site, FILE *out)
{
    size_t k = site_findings_recommended(t);
    int policy, line = site_findings_line(site, &policy);
    double wanted = site_findings_right * 100;
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

static void print_settings(const struct site_trial *t, size_t in_scope, FILE *out)
{
    size_t beside = site_trial_unanswerable(t, SITE_DIALOGUE), taken = site_trial_unanswerable(t, SITE_TAKEN);
    static const char heads[] = "%-11s %9s %9s %9s %9s %11s %11s %11s %10s\n";
    fprintf(out, heads, "answer when", "answered", "answered", "offered,", "offered,", "rephrase or",
            "entry gone:", "beside it:", "dialogues");
    fprintf(out, heads, "this sure", "rightly", "wrongly", "right one", "others", "hand over", "answered", "answered",
            "that pass");
    for (size_t k = 0; k < t->setting_count; k++) {
        fprintf(out, "%3.0f %%%s", t->settings[k] * 100, k == t->own ? " (now)" : "      ");
        for (int o = 0; o < SITE_OUTCOMES; o++)
            fprintf(out, " %*.1f %%", o == SITE_NOT_UNDERSTOOD ? 9 : 7,
                    in_scope > 0 ? 100.0 * (double)site_trial_count(t, k, (enum site_outcome)o) / (double)in_scope : 0);
        fprintf(out, " %9.1f %% %4zu of %-3zu %4zu of %zu\n",
                taken > 0 ? 100.0 * (double)site_trial_overreach(t, k, SITE_TAKEN) / (double)taken : 0,
                site_trial_overreach(t, k, SITE_DIALOGUE), beside, t->dialogues_passed[k], t->dialogues);
    }
}

static int print_confusions(const struct site_trial *t, FILE *out)
{
    size_t count;
    struct confusion *list = site_findings_confused(t, &count);
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
        if (!site_findings_missed(t, q) || missed++ >= SITE_REPORT_MISSED)
            continue;
        if (missed == 1)
            fputs("\nNot found when it was not written down (visitors who ask like this need one more wording):\n",
                  out);
        fprintf(out, "  %s:%d: “%s” for %s: %s", q->place.file, q->place.line, q->text, q->expected.id,
                outcome_words[q->outcomes[t->own]]);
        if (q->first.id != NULL && site_findings_mistaken(q))
            fprintf(out, ", %s came first at %.0f %%", q->first.id, q->confidence * 100);
        fputc('\n', out);
    }
    if (missed > SITE_REPORT_MISSED)
        fprintf(out, "  … and %zu more; --json has all\n", missed - SITE_REPORT_MISSED);
}

int site_report_print(const struct site_trial *t, const struct site *site, FILE *out)
{
    size_t by_source[SITE_SOURCES] = {0}, in_scope = 0;
    for (size_t i = 0; i < t->count; i++) {
        in_scope += t->questions[i].expected.id != NULL;
        by_source[t->questions[i].source]++;
    }
    fprintf(out,
            "%zu questions: %zu wordings, each hidden and then asked; %zu entries taken away and their question asked, "
            "which\nnothing should answer then; %zu from the dialogues.\n\n",
            t->count, by_source[SITE_WORDING], by_source[SITE_TAKEN], by_source[SITE_DIALOGUE]);
    print_settings(t, in_scope, out);
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
