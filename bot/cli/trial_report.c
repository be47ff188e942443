/* The figures of a trial in a table: see trial_report.h. */
#include "cli/trial_report.h"

#include "wire/json.h"

#include <math.h>

enum { REPORT_BYTES = 64 << 10 };

/* The rows of the report: a share, or another unit. */
static const struct {
    const char *key, *unit;
    size_t offset;
    int decimals;
    const char *meaning;
} rows[] = {
    {"accuracy", "%", offsetof(struct trial_report, scores.accuracy), 6, "right, of what is in scope"},
    {"auroc", "", offsetof(struct trial_report, scores.auroc), 6, "in scope told from out of scope, 0.5 = by chance"},
    {"oos_recall_95", "%", offsetof(struct trial_report, scores.oos_recall_95), 6,
     "out of scope refused while 95 % in scope is accepted"},
    {"coverage_95", "%", offsetof(struct trial_report, scores.coverage_95), 6, "could be answered at 95 % right"},
    {"ece", "", offsetof(struct trial_report, scores.ece), 6, "mean error of the confidence"},
    {"train_s", "s", offsetof(struct trial_report, train_s), 3, "learning"},
    {"us_median", "µs", offsetof(struct trial_report, us_median), 1, "understanding a question, median"},
    {"us_p99", "µs", offsetof(struct trial_report, us_p99), 1, "… 99 of 100 are faster"},
    {"top3", "%", offsetof(struct trial_report, scores.top3), 6,
     "right one among the first three, of what is in scope"},
};
enum { ROW_COUNT = sizeof rows / sizeof *rows };

static double value_of(const struct trial_report *r, size_t row)
{
    return *(const double *)((const char *)r + rows[row].offset);
}

void trial_report_json(const struct trial_report *r, FILE *out)
{
    struct buf line;
    buf_init(&line, REPORT_BYTES);
    json_open(&line, NULL, '{');
    json_number(&line, "n", (int64_t)r->n);
    for (size_t i = 0; i < ROW_COUNT; i++)
        json_decimal(&line, rows[i].key, value_of(r, i), rows[i].decimals);
    json_number(&line, "model_bytes", (int64_t)r->model_bytes);
    json_close(&line, '}');
    fprintf(out, "%s\n", line.data);
    buf_free(&line);
}

void trial_report_print(const struct trial_report *r, FILE *out)
{
    fprintf(out, "%-14s %10zu     questions\n", "n", r->n);
    for (size_t i = 0; i < ROW_COUNT; i++) {
        double value = value_of(r, i);
        bool percent = rows[i].unit[0] == '%';
        if (isnan(value))
            fprintf(out, "%-14s %10s     %s\n", rows[i].key, "–", rows[i].meaning);
        else
            fprintf(out, "%-14s %10.*f %-3s %s\n", rows[i].key, percent ? 2 : 3, percent ? value * 100 : value,
                    rows[i].unit, rows[i].meaning);
    }
    fprintf(out, "%-14s %10zu     bytes of the model\n", "model_bytes", r->model_bytes);
}
