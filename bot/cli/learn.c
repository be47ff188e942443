/* sportello learn: what visitors asked and did not get becomes wordings, once an editor says so. */
#include "cli/learn.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SHOWN_USUALLY = 20 };

static int no_number(struct call *call, const char *text)
{
    fprintf(call->err, "sportello learn: “%s” is no number of a question; see sportello learn list\n", text);
    return EXIT_USAGE;
}

static int64_t number_of(const char *text)
{
    char *end;
    long long number = strtoll(text, &end, 10);
    return end != text && (*end == '\0' || strcmp(end, ".") == 0) && number > 0 ? number : 0;
}

static int limit_of(struct call *call, size_t *ret)
{
    char *end;
    *ret = call->json ? 0 : SHOWN_USUALLY;
    if (call->limit == NULL)
        return 0;
    long limit = strtol(call->limit, &end, 10);
    if (end == call->limit || *end != '\0' || limit < 0) {
        fputs("sportello learn: --limit is a number, 0 = all\n", call->err);
        return -1;
    }
    *ret = (size_t)limit;
    return 0;
}

static int with_list(struct call *call, int (*print)(struct call *, const struct learn_list *))
{
    struct learn_list list;
    if (learn_list_read(call, true, &list) < 0)
        return EXIT_SHORT;
    int code = print(call, &list);
    learn_list_free(&list);
    return code;
}

static int print_all(struct call *call, const struct learn_list *list)
{
    size_t limit;
    return limit_of(call, &limit) < 0 ? EXIT_USAGE : learn_print(call, list, limit, 0);
}

static int print_one(struct call *call, const struct learn_list *list)
{
    int64_t number = number_of(call->argv[1]);
    return number == 0 ? no_number(call, call->argv[1]) : learn_print(call, list, 0, number);
}

static int run_list(struct call *call)
{
    return with_list(call, print_all);
}

static int run_show(struct call *call)
{
    return with_list(call, print_one);
}

static int run_numbers(struct call *call)
{
    return with_list(call, learn_print_numbers);
}

static int run_plan(struct call *call)
{
    int64_t number = number_of(call->argv[1]);
    return number == 0 ? no_number(call, call->argv[1]) : learn_settle_plan(call, number);
}

static int run_seen(struct call *call)
{
    return learn_settle_seen(call, call->argv[1]);
}

static int run_settle(struct call *call)
{
    int64_t number = number_of(call->argv[1]);
    return number == 0 ? no_number(call, call->argv[1]) : learn_settle(call, number, call->argv[2]);
}

static void note_refusal(struct call *call, int64_t number)
{
    struct store_audit *job = data_job(&store_audit_kind, sizeof *job);
    if (job == NULL)
        return;
    job->act = "learn_refuse";
    job->detail = arena_printf(job->job.arena, "question %lld", (long long)number);
    data_do(call->owned, &job->job);
    store_job_free(&job->job);
}

static int run_refuse(struct call *call)
{
    int64_t number = number_of(call->argv[1]);
    struct store_learn_settle *job = number != 0 ? data_job(&store_learn_settle_kind, sizeof *job) : NULL;
    if (job == NULL)
        return no_number(call, call->argv[1]);
    job->id = number;
    job->state = LEARN_REFUSED_BY_EDITOR;
    job->why = call->why;
    data_do(call->owned, &job->job);
    enum store_result result = job->job.result;
    size_t count = job->ret_count;
    store_job_free(&job->job);
    if (result == STORE_OK) {
        note_refusal(call, number);
        fprintf(call->out, "refused: %zu question%s will not be proposed again\n", count, count == 1 ? "" : "s");
    } else if (result == STORE_MISSING) {
        fprintf(call->err, "sportello learn: there is no question %lld\n", (long long)number);
    } else if (result == STORE_REFUSED) {
        fprintf(call->err, "sportello learn: question %lld is settled already\n", (long long)number);
    } else {
        fprintf(call->err, "sportello learn: %s\n", data_result_text(result));
    }
    return result == STORE_OK ? EXIT_GOOD : EXIT_SHORT;
}

static const struct {
    const char *name;
    int words; /* with the name */
    int (*run)(struct call *);
} acts[] = {
    {"list", 1, run_list},
    {"show", 2, run_show},
    {"refuse", 2, run_refuse},
    /* for learn_walk and learn_accept */
    {"numbers", 1, run_numbers},
    {"plan", 2, run_plan},
    {"seen", 2, run_seen},
    {"settle", 3, run_settle},
};

static int run(struct call *call)
{
    const char *name = call->argc > 0 ? call->argv[0] : "list";
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (strcmp(acts[i].name, name) == 0 && (call->argc == 0 || call->argc == acts[i].words))
            return acts[i].run(call);
    fprintf(call->err, "usage: sportello learn %s\n", call->command->arguments);
    return EXIT_USAGE;
}

/* Files are written where the asker is. Alone on a terminal, somebody wants to be led. */
static int prepare(struct call *call)
{
    if (call->argc == 2 && strcmp(call->argv[0], "accept") == 0)
        return number_of(call->argv[1]) == 0 ? no_number(call, call->argv[1]) : learn_accept(call);
    if (call->argc > 0 || call->json || call->limit != NULL || call->all || !isatty(STDIN_FILENO) ||
        !isatty(STDOUT_FILENO))
        return EXIT_GOOD;
    return learn_walk(call);
}

const struct command command_learn = {
    .name = "learn",
    .arguments = "[list | show N | accept N [--entry ID] [--wording TEXT] [--to FILE] | refuse N [--why TEXT]]",
    .summary = "turns questions that were not answered well into wordings",
    .help = "Questions that were not understood, offered a choice, refused or rated down are kept and counted,\n"
            "alike ones together. One that a visitor settled by picking an answer is proposed as a wording of it.\n"
            "Nothing is learnt by itself: `accept` writes the wording into the site's file, under the question\n"
            "(refused if the file has changed since the last list), and `publish` makes it live.\n"
            "What agents propose is listed with who and when. Their answers become a new entry, in\n"
            "knowledge/LANG/from-the-desk.md or the file of --to, where no entry is named for the question.\n"
            "Without words it lists them or, on a terminal, goes through them one by one.",
    .options = "lang all json limit entry wording why hash to",
    .most = 3,
    .owns = true,
    .run = run,
    .prepare = prepare,
};
