/* sportello evaluate: how well it understands, measured on labelled questions. */
#include "base/file.h"
#include "cli/progress.h"
#include "cli/site_report.h"
#include "cli/sitevectors.h"
#include "cli/trial.h"
#include "cli/trial_report.h"
#include "content/settings_check.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PREDICT_BYTES = 1 << 30 };

/* --- progress, on a terminal only ----------------------------------------------------------- */

static volatile sig_atomic_t showing;

/* Ends the line that shows the progress, then dies as anybody would. */
static void interrupted(int number)
{
    static const char clear[] = PROGRESS_CLEAR;
    if (showing && write(STDERR_FILENO, clear, sizeof clear - 1) < 0)
        showing = 0;
    signal(number, SIG_DFL);
    raise(number);
}

static void show_progress(void *context, const char *what, double share)
{
    const struct call *call = context;
    showing = progress_shown(call);
    progress_line(call, "%s … %2d %%", what, (int)(share * 100));
}

static void end_progress(const struct call *call)
{
    if (showing)
        progress_end(call);
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

static int score(const struct corpus *c, const struct trial *t, bool oos_as_class, struct trial_report *ret)
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
    *ret = (struct trial_report){.n = n, .train_s = t->train_s, .model_bytes = t->image.size};
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
    size_t entries = 0, outside = 0, strangers = 0;
    bool *taught = calloc(c->label_count + 1, sizeof *taught);
    if (taught == NULL)
        return;
    for (size_t i = 0; i < c->train.count; i++)
        taught[c->train.lines[i].label] = true;
    for (size_t i = 0; i < c->label_count; i++) {
        taught[i] = (taught[i] || c->labels[i].question != NULL) && (oos_as_class || !c->labels[i].out_of_scope);
        entries += taught[i] && !c->labels[i].out_of_scope;
        outside += taught[i] && c->labels[i].out_of_scope;
    }
    for (size_t i = 0; i < c->test.count; i++) {
        uint32_t label = c->test.lines[i].label;
        strangers += !taught[label] && (oos_as_class || !c->labels[label].out_of_scope);
    }
    if (entries == 0)
        problem_add(problems, SEVERITY_ERROR, train, 0, 0,
                    "no label but oos or None, so there is nothing to learn; add lines of at least two entries");
    else if (entries == 1 && outside == 0)
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
    const struct trial_options options = {.lang = call->lang != NULL ? call->lang : "en",
                                          .oos_as_class = call->oos_as_class,
                                          .vectors = vectors,
                                          .progress = show_progress,
                                          .context = call};
    struct trial t;
    struct trial_report report;
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
        (call->json ? trial_report_json : trial_report_print)(&report, call->out);
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

static int run_files(struct call *call)
{
    struct corpus *c = corpus_new();
    if (c == NULL) {
        fputs("sportello evaluate: no memory\n", call->err);
        return -1;
    }
    struct vectors *vectors = NULL;
    int result = read_corpus(call, c);
    if (result == 0)
        result = open_vectors(call, &vectors);
    if (result == 0)
        result = evaluate(call, c, vectors);
    vectors_close(vectors);
    corpus_free(c);
    return result;
}

static int try_site(struct call *call, const struct sitefiles *files)
{
    struct site_trial trial;
    struct arena *arena = arena_new(SITEFILES_ARENA);
    int result = arena != NULL ? site_trial(call, files, call->lang, arena, show_progress, call, &trial) : -1;
    end_progress(call);
    if (result == 0)
        result = (call->json ? site_report_json : site_report_print)(&trial, files->site, call->out);
    arena_free(arena);
    return result;
}

static int run_site(struct call *call)
{
    struct sitefiles files;
    if (sitefiles_read(call, &files) < 0)
        return -1;
    int result = -1;
    if (files.site == NULL || problems_count(files.problems, SEVERITY_ERROR) > 0) {
        problems_print(files.problems, call->err);
        fputs("sportello evaluate: the site has errors; see sportello check\n", call->err);
    } else if (call->lang != NULL && settings_language(files.site->settings, call->lang) < 0) {
        fprintf(call->err, "sportello evaluate: the site has no language '%s'\n", call->lang);
    } else {
        result = try_site(call, &files);
    }
    sitefiles_free(&files);
    return result;
}

static int run(struct call *call)
{
    const char *remedy;
    if (call->argc == 1) {
        fprintf(call->err, "usage: sportello evaluate %s\n", call->command->arguments);
        return EXIT_USAGE;
    }
    if (call->argc == 0 &&
        (call->answers != NULL || call->predict != NULL || call->vectors != NULL || call->oos_as_class)) {
        fputs("sportello evaluate: --answers, --predict, --vectors and --oos-as-class go with TRAIN and TEST\n",
              call->err);
        return EXIT_USAGE;
    }
    if (call->lang != NULL && !settings_check_language(call->lang, &remedy)) {
        fprintf(call->err, "sportello evaluate: no language '%s'; %s\n", call->lang, remedy);
        return EXIT_USAGE;
    }
    signal(SIGINT, interrupted);
    return (call->argc == 0 ? run_site(call) : run_files(call)) == 0 ? EXIT_GOOD : EXIT_SHORT;
}

const struct command command_evaluate = {
    .name = "evaluate",
    .arguments = "[TRAIN.tsv[,…] TEST.tsv[,…]]",
    .summary = "measures how well it understands",
    .help = "With two words it learns from lines of text, tab, label, and is tested on others. The labels oos and\n"
            "None are out of scope: in TRAIN they are examples of it. A label's name counts as one more wording\n"
            "of it, or, with --answers, the entry's question. Understanding alone is timed, on one thread.\n"
            "--predict writes text, gold, predicted, confidence and in_scope with tabs between.\n"
            "--vectors takes word vectors along, as understanding.vectors does for a site.\n"
            "At most 2,000,000 lines, 1,000,000 labels and 512 MB a file.\n"
            "\n"
            "Without them (evaluate --site DIR) it tries the site on itself: each wording is hidden and asked, an\n"
            "entry's question too while another wording stands in for it; each article is taken away and its\n"
            "question asked, which nothing should answer then; the questions of the dialogues are asked too. It\n"
            "tells what each setting of policy.answer would have done, which entries are taken for one another,\n"
            "and what is not found. An entry with one wording alone cannot be tried. This takes as long as\n"
            "publishing twenty times.",
    .options = "site lang answers oos-as-class json predict vectors quiet",
    .least = 0,
    .most = 2,
    .run = run,
};
