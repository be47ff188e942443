/* sportello evaluate: how well it understands, measured on labelled questions. */
#include "base/file.h"
#include "cli/command.h"
#include "cli/scores.h"
#include "cli/sitevectors.h"
#include "cli/trial.h"
#include "content/settings_check.h"
#include "wire/json.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REPORT_BYTES = 64 << 10, PREDICT_BYTES = 1 << 30 };

struct report {
    size_t n;
    struct scores scores;
    double train_s, us_median, us_p99;
    size_t model_bytes;
};

/* The rows of the report: a share, or another unit. */
static const struct {
    const char *key, *unit;
    size_t offset;
    int decimals;
    const char *meaning;
} rows[] = {
    {"accuracy", "%", offsetof(struct report, scores.accuracy), 6, "right, of what is in scope"},
    {"auroc", "", offsetof(struct report, scores.auroc), 6, "in scope told from out of scope, 0.5 = by chance"},
    {"oos_recall_95", "%", offsetof(struct report, scores.oos_recall_95), 6,
     "out of scope refused while 95 % in scope is accepted"},
    {"coverage_95", "%", offsetof(struct report, scores.coverage_95), 6, "could be answered at 95 % right"},
    {"ece", "", offsetof(struct report, scores.ece), 6, "mean error of the confidence"},
    {"train_s", "s", offsetof(struct report, train_s), 3, "learning"},
    {"us_median", "µs", offsetof(struct report, us_median), 1, "understanding a question, median"},
    {"us_p99", "µs", offsetof(struct report, us_p99), 1, "… 99 of 100 are faster"},
    {"top3", "%", offsetof(struct report, scores.top3), 6, "right one among the first three, of what is in scope"},
};
enum { ROW_COUNT = sizeof rows / sizeof *rows };

static double value_of(const struct report *r, size_t row)
{
    return *(const double *)((const char *)r + rows[row].offset);
}

static void print_json(FILE *out, const struct report *r)
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

static void print_table(FILE *out, const struct report *r)
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

/* --- progress, on a terminal only ----------------------------------------------------------- */

static volatile sig_atomic_t showing;

/* Ends the line that shows the progress, then dies as anybody would. */
static void interrupted(int number)
{
    static const char clear[] = "\r\033[K";
    if (showing && write(STDERR_FILENO, clear, sizeof clear - 1) < 0)
        showing = 0;
    signal(number, SIG_DFL);
    raise(number);
}

static void show_progress(void *context, const char *what, double share)
{
    const struct call *call = context;
    fprintf(call->err, "\r\033[K%s … %2.0f %%", what, share * 100);
    fflush(call->err);
    showing = 1;
}

static void end_progress(const struct call *call)
{
    if (showing)
        fputs("\r\033[K", call->err);
    showing = 0;
}

/* --- the work --------------------------------------------------------------------------------- */

static bool is_right(const struct corpus *c, const struct trial *t, size_t i, size_t candidates)
{
    (void)c;
    for (size_t k = 0; k < candidates; k++)
        if (t->answers[i].labels[k] == c->test.lines[i].label)
            return true;
    return false;
}

static int score(const struct corpus *c, const struct trial *t, bool oos_as_class, struct report *ret)
{
    size_t n = c->test.count;
    struct score_line *lines = calloc(n + 1, sizeof *lines);
    double *times = calloc(n + 1, sizeof *times);
    int result = -1;
    if (lines == NULL || times == NULL)
        goto done;
    for (size_t i = 0; i < n; i++) {
        const struct trial_answer *a = &t->answers[i];
        lines[i] = (struct score_line){.confidence = (double)a->confidences[0],
                                       .in_scope = a->in_scope,
                                       .right = is_right(c, t, i, 1),
                                       .among_three = is_right(c, t, i, TRIAL_BEST),
                                       .out_of_scope = c->labels[c->test.lines[i].label].out_of_scope && !oos_as_class};
        times[i] = a->us;
    }
    *ret = (struct report){.n = n, .train_s = t->train_s, .model_bytes = t->image.size};
    result = scores_of(lines, n, &ret->scores);
    ret->us_median = scores_quantile(times, n, 0.5);
    ret->us_p99 = scores_quantile(times, n, 0.99);
done:
    free(lines);
    free(times);
    return result;
}

static int write_predictions(struct call *call, const struct corpus *c, const struct trial *t)
{
    struct buf out;
    buf_init(&out, PREDICT_BYTES);
    for (size_t i = 0; i < c->test.count; i++) {
        const struct trial_answer *a = &t->answers[i];
        const char *predicted = a->labels[0] != TRIAL_NONE ? c->labels[a->labels[0]].name : "";
        buf_printf(&out, "%s\t%s\t%s\t%.6f\t%.6f\n", c->test.lines[i].text, c->labels[c->test.lines[i].label].name,
                   predicted, (double)a->confidences[0], a->in_scope);
    }
    int result = out.failed ? -1 : file_write_atomic(call->predict, out.data, out.size, 0644);
    if (result < 0)
        fprintf(call->err, "sportello evaluate: %s: %s\n", call->predict, out.failed ? "no memory" : strerror(errno));
    buf_free(&out);
    return result;
}

/* What the parts have to do with one another. */
static void check_together(const struct corpus *c, bool oos_as_class, const char *train, const char *test,
                           struct problems *problems)
{
    size_t entries = 0, strangers = 0;
    bool *taught = calloc(c->label_count + 1, sizeof *taught);
    if (taught == NULL)
        return;
    for (size_t i = 0; i < c->train.count; i++)
        taught[c->train.lines[i].label] = true;
    for (size_t i = 0; i < c->label_count; i++) {
        taught[i] = (taught[i] || c->labels[i].question != NULL) && (oos_as_class || !c->labels[i].out_of_scope);
        entries += taught[i];
    }
    for (size_t i = 0; i < c->test.count; i++) {
        uint32_t label = c->test.lines[i].label;
        strangers += !taught[label] && (oos_as_class || !c->labels[label].out_of_scope);
    }
    if (entries == 0)
        problem_add(problems, SEVERITY_ERROR, train, 0, 0,
                    "no label but oos or None, so there is nothing to learn; add lines of at least two entries");
    else if (entries == 1)
        problem_add(problems, SEVERITY_ERROR, train, 0, 0,
                    "only one label, so there is nothing to tell apart; add lines of at least one other");
    if (c->test.count == 0)
        problem_add(problems, SEVERITY_ERROR, test, 0, 0, "no questions to ask; add at least one line");
    if (strangers > 0)
        problem_add(problems, SEVERITY_WARNING, test, 0, 0,
                    "%zu line%s with labels that were not learned: %s can only be wrong", strangers,
                    strangers == 1 ? "" : "s", strangers == 1 ? "it" : "they");
    free(taught);
}

static int read_corpus(struct call *call, struct corpus *c)
{
    struct problems *problems = problems_new();
    if (problems == NULL)
        return -1;
    int read = corpus_read(c, &c->train, call->argv[0], problems);
    if (call->answers != NULL && corpus_read_answers(c, call->answers, problems) < 0)
        read = -1;
    if (corpus_read(c, &c->test, call->argv[1], problems) < 0)
        read = -1;
    if (read == 0)
        check_together(c, call->oos_as_class, call->argv[0], call->argv[1], problems);
    problems_print(problems, call->err);
    int result = problems_count(problems, SEVERITY_ERROR) > 0 ? -1 : read;
    problems_free(problems);
    return result;
}

static int evaluate(struct call *call, struct corpus *c, const struct vectors *vectors)
{
    int fd = fileno(call->err);
    bool show = !call->quiet && fd >= 0 && isatty(fd);
    const struct trial_options options = {.lang = call->lang != NULL ? call->lang : "en",
                                          .oos_as_class = call->oos_as_class,
                                          .vectors = vectors,
                                          .progress = show ? show_progress : NULL,
                                          .context = call};
    struct trial t;
    struct report report;
    int result = trial_learn(&t, c, &options);
    if (result == 0)
        result = trial_ask(&t, c, &options);
    if (result == 0)
        result = score(c, &t, call->oos_as_class, &report);
    end_progress(call);
    if (result < 0)
        fputs("sportello evaluate: no memory for so much, or a model of more than 1 GB; take a part of it\n",
              call->err);
    if (result == 0 && call->predict != NULL)
        result = write_predictions(call, c, &t);
    if (result == 0)
        (call->json ? print_json : print_table)(call->out, &report);
    trial_free(&t);
    return result;
}

/* The word vectors of --vectors. -1 after saying why. */
static int open_vectors(const struct call *call, struct vectors **ret)
{
    struct problems *problems = problems_new();
    *ret = call->vectors != NULL && problems != NULL ? sitevectors_open_path(call, call->vectors, problems) : NULL;
    if (problems != NULL)
        problems_print(problems, call->err);
    problems_free(problems);
    return call->vectors == NULL || *ret != NULL ? 0 : -1;
}

static int run(struct call *call)
{
    const char *remedy;
    if (call->lang != NULL && !settings_check_language(call->lang, &remedy)) {
        fprintf(call->err, "sportello evaluate: no language '%s'; %s\n", call->lang, remedy);
        return EXIT_USAGE;
    }
    struct corpus *c = corpus_new();
    if (c == NULL) {
        fputs("sportello evaluate: no memory\n", call->err);
        return EXIT_SHORT;
    }
    signal(SIGINT, interrupted);
    struct vectors *vectors = NULL;
    int result = read_corpus(call, c);
    if (result == 0)
        result = open_vectors(call, &vectors);
    if (result == 0)
        result = evaluate(call, c, vectors);
    vectors_close(vectors);
    corpus_free(c);
    return result == 0 ? EXIT_GOOD : EXIT_SHORT;
}

const struct command command_evaluate = {
    .name = "evaluate",
    .arguments = "TRAIN.tsv[,…] TEST.tsv[,…]",
    .summary = "measures how well it understands, on labelled questions",
    .help = "Learns from lines of text, tab, label, and is tested on others. The labels oos and None are out of\n"
            "scope: in TRAIN they are examples of it. A label's name counts as one more wording of it, or, with\n"
            "--answers, the entry's question. Understanding alone is timed, on one thread.\n"
            "--predict writes text, gold, predicted, confidence and in_scope with tabs between.\n"
            "--vectors takes word vectors along, as understanding.vectors does for a site.\n"
            "At most 2,000,000 lines, 1,000,000 labels and 512 MB a file.",
    .options = "lang answers oos-as-class json predict vectors quiet",
    .least = 2,
    .most = 2,
    .run = run,
};
