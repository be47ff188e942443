/* sportello aiml-cases: how well another interpreter's tests are passed. */
#include "base/file.h"
#include "cli/aiml_bot.h"
#include "cli/aiml_pairs.h"
#include "cli/command.h"
#include "wire/json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { CASES_BYTES = 256 << 20, CASE_BYTES = 64 << 20, LINE_BYTES = 1 << 20, SHARE = 95 };

struct tally {
    size_t pairs, standard, passed;
    size_t excluded[32]; /* by place in aiml_pair_reasons */
};

static void count(struct tally *t, const char *reason, bool right)
{
    t->pairs++;
    if (reason == NULL) {
        t->standard++;
        t->passed += right;
        return;
    }
    for (size_t i = 0; aiml_pair_reasons[i] != NULL; i++)
        if (strcmp(aiml_pair_reasons[i], reason) == 0)
            t->excluded[i]++;
}

static void print_json(FILE *out, const struct aiml_case *c, const struct aiml_step *s, const char *got,
                       const char *result, const char *reason)
{
    struct buf line;
    buf_init(&line, LINE_BYTES);
    json_open(&line, NULL, '{');
    json_text(&line, "test", c->test);
    json_text(&line, "suite", c->suite);
    json_text(&line, "in", s->in);
    if (s->out_count == 1) {
        json_text(&line, "expected", s->outs[0]);
    } else {
        json_open(&line, "expected", '[');
        for (size_t i = 0; i < s->out_count; i++)
            json_text(&line, NULL, s->outs[i]);
        json_close(&line, ']');
    }
    json_text(&line, "got", got);
    json_text(&line, "result", result);
    if (reason != NULL)
        json_text(&line, "reason", reason);
    else
        json_nothing(&line, "reason");
    json_close(&line, '}');
    fprintf(out, "%s\n", line.data);
    buf_free(&line);
}

static void tell(struct call *call, const struct aiml_case *c, const struct aiml_step *s, const char *got,
                 const char *reason, bool right)
{
    const char *result = reason != NULL ? "excluded" : right ? "pass" : "fail";
    if (call->json)
        print_json(call->out, c, s, got, result, reason);
    else if (reason == NULL && !right)
        fprintf(call->out, "%s %s: \"%s\": expected \"%s\", got \"%s\"\n", c->suite, c->test, s->in, s->outs[0], got);
}

/* One conversation: every pair in turn, each with the memory of those before. */
static int run_case(struct call *call, const struct aiml *a, const struct aiml_case *c, struct arena *arena,
                    struct tally *t)
{
    struct aiml_memory memory = {0};
    for (size_t i = 0; i < c->step_count; i++) {
        const struct aiml_step *s = &c->steps[i];
        struct aiml_heard heard = {.text = s->in, .lang = "en", .now = {2026, 11, 22, 12, 0, 0}, .chance = i};
        struct aiml_reply reply;
        struct buf got;
        if (aiml_answer(a, &heard, &memory, arena, &reply) < 0)
            return -1;
        buf_init(&got, LINE_BYTES);
        aiml_pair_print(&reply, &got);
        const char *reason = aiml_pair_excluded(a, c, i, &reply);
        bool right = aiml_pair_right(got.data, s);
        count(t, reason, right);
        tell(call, c, s, got.data, reason, right);
        buf_free(&got);
        memory = reply.memory;
    }
    return 0;
}

static void sum_up(struct call *call, const struct tally *t)
{
    if (call->json) {
        fprintf(call->out, "{\"pairs\":%zu,\"standard\":%zu,\"passed\":%zu}\n", t->pairs, t->standard, t->passed);
        return;
    }
    fprintf(call->out, "%zu pairs, %zu of them standard AIML, %zu passed\n", t->pairs, t->standard, t->passed);
    for (size_t i = 0; aiml_pair_reasons[i] != NULL; i++)
        if (t->excluded[i] > 0)
            fprintf(call->out, "  %4zu left out: %s\n", t->excluded[i], aiml_pair_reasons[i]);
}

static int run_all(struct call *call, const struct aiml_case *cases, size_t case_count, struct tally *t)
{
    struct arena *arena = arena_new(CASE_BYTES);
    int result = arena != NULL ? 0 : -1;
    for (size_t i = 0; i < case_count && result == 0; i++) {
        struct aiml_bot bot;
        const char *why;
        arena_reset(arena);
        if (aiml_bot_open(call->files, &cases[i], arena, &bot, &why) < 0) {
            fprintf(call->err, "sportello aiml-cases: %s: %s\n", cases[i].test, why);
            result = -1;
            break;
        }
        result = run_case(call, bot.aiml, &cases[i], arena, t);
        aiml_bot_free(&bot);
        if (result < 0)
            fprintf(call->err, "sportello aiml-cases: %s: no memory\n", cases[i].test);
    }
    arena_free(arena);
    return result;
}

static int run(struct call *call)
{
    struct arena *arena = arena_new(CASES_BYTES);
    struct tally t = {0};
    const struct aiml_case *cases;
    const char *why = "no memory";
    size_t size, case_count;
    int code = EXIT_USAGE;
    char *bytes = file_read(call->argv[0], AIML_CASES_BYTES, &size);
    if (call->files == NULL) {
        fprintf(call->err, "sportello aiml-cases: --files DIR is needed, the folder of the cases' files\n");
    } else if (bytes == NULL) {
        fprintf(call->err, "sportello aiml-cases: %s: %s\n", call->argv[0], strerror(errno));
    } else if (arena == NULL || aiml_cases_read(bytes, size, arena, &cases, &case_count, &why) < 0) {
        fprintf(call->err, "sportello aiml-cases: %s: %s\n", call->argv[0], why);
    } else if (run_all(call, cases, case_count, &t) == 0) {
        sum_up(call, &t);
        code = t.passed * 100 >= t.standard * SHARE ? EXIT_GOOD : EXIT_SHORT;
    }
    free(bytes);
    arena_free(arena);
    return code;
}

const struct command command_aiml_cases = {
    .name = "aiml-cases",
    .arguments = "CASES.json --files DIR [--json]",
    .summary = "runs another interpreter's tests of AIML",
    .help = "Reads cases (a list of {test, aiml: [FILE…], steps: [{in, out}]}), the files below DIR, and says of each\n"
            "pair whether it passes. A pair that uses what is not standard AIML 2, or not here, is left out with the\n"
            "reason; docs/aiml.md lists them. Good: 95 % of the others pass.",
    .options = "files json",
    .least = 1,
    .most = 1,
    .run = run,
};
