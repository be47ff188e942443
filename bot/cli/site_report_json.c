/* A site trial as one JSON object: see site_report.h. */
#include "cli/site_findings.h"
#include "cli/site_report.h"
#include "wire/json.h"

#include <math.h>
#include <stdlib.h>

static const char *const outcome_keys[] = {
    [SITE_RIGHT] = "answered_right",
    [SITE_WRONG] = "answered_wrong",
    [SITE_OFFERED] = "offered",
    [SITE_OFFERED_WITHOUT] = "offered_without",
    [SITE_NOT_UNDERSTOOD] = "not_understood",
};

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
            json_number(out, outcome_keys[o], (int64_t)site_trial_count(t, k, (enum site_outcome)o));
        json_number(out, "out_of_scope_answered", (int64_t)site_trial_overreach(t, k, SITE_DIALOGUE));
        json_number(out, "taken_away_answered", (int64_t)site_trial_overreach(t, k, SITE_TAKEN));
        json_number(out, "dialogues_passed", (int64_t)t->dialogues_passed[k]);
        json_close(out, '}');
    }
    json_close(out, ']');
}

static int json_confusions(struct buf *out, const struct site_trial *t)
{
    size_t count;
    struct confusion *list = site_findings_confused(t, &count);
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
        if (!site_findings_missed(t, q))
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
    size_t beside = site_trial_unanswerable(t, SITE_DIALOGUE), taken = site_trial_unanswerable(t, SITE_TAKEN);
    int policy, at = site_findings_line(site, &policy);
    json_open(&line, NULL, '{');
    json_number(&line, "n", (int64_t)t->count);
    json_number(&line, "in_scope", (int64_t)(t->count - beside - taken));
    json_number(&line, "out_of_scope", (int64_t)beside);
    json_number(&line, "taken_away", (int64_t)taken);
    json_number(&line, "dialogues", (int64_t)t->dialogues);
    json_settings(&line, t);
    size_t best = site_findings_recommended(t);
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
