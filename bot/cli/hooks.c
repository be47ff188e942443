/* sportello hooks: what goes out to other systems and people, and what could not. */
#include "cli/command.h"
#include "store/delivery.h"
#include "wire/json.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SHOWN_USUALLY = 50, LINE_BYTES = 64 << 10 };

static void format_time(int64_t ms, char ret[32])
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm parts = {.tm_year = 70, .tm_mday = 1};
    gmtime_r(&seconds, &parts);
    strftime(ret, 32, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

/* 0 = it is none. */
static int64_t number_of(const char *text)
{
    char *end;
    long long number = strtoll(text, &end, 10);
    return end != text && *end == '\0' && number > 0 ? number : 0;
}

static void print_json(struct call *call, const struct delivery *d)
{
    struct buf out;
    char at[32];
    buf_init(&out, LINE_BYTES);
    json_open(&out, NULL, '{');
    json_number(&out, "id", d->id);
    json_text(&out, "uid", d->uid);
    json_text(&out, "kind", d->kind);
    json_text(&out, "target", d->target);
    json_text(&out, "ref", d->ref);
    json_number(&out, "ticket", d->ticket);
    json_text(&out, "state", delivery_state_name(d->state));
    json_number(&out, "tries", d->tries);
    format_time(d->made_ms, at);
    json_text(&out, "made", at);
    format_time(d->state == DELIVERY_WAITING ? d->next_ms : d->ended_ms, at);
    json_text(&out, d->state == DELIVERY_WAITING ? "next" : "ended", at);
    json_text(&out, "last_error", d->last_error);
    json_text(&out, "answer", d->answer);
    json_close(&out, '}');
    fprintf(call->out, "%s\n", out.data);
    buf_free(&out);
}

static void print_line(struct call *call, const struct delivery *d)
{
    char at[32];
    format_time(d->state == DELIVERY_WAITING ? d->next_ms : d->ended_ms, at);
    fprintf(call->out, "%" PRId64 "  %-7s  %s %s", d->id, delivery_state_name(d->state), d->kind, d->target);
    if (d->ticket != 0)
        fprintf(call->out, "  ticket %" PRId64, d->ticket);
    fprintf(call->out, "  %d %s  %s %s", d->tries, d->tries == 1 ? "try" : "tries",
            d->state == DELIVERY_WAITING ? "next" : "since", at);
    fprintf(call->out, "%s%s\n", d->last_error[0] != '\0' ? "  " : "", d->last_error);
}

static int fail(struct call *call, enum store_result result)
{
    fprintf(call->err, "sportello hooks: %s\n", data_result_text(result));
    return EXIT_SHORT;
}

/* How many to show; -1 after saying why. */
static int64_t limit_of(struct call *call)
{
    char *end;
    if (call->limit == NULL)
        return call->json ? INT64_MAX : SHOWN_USUALLY;
    long long limit = strtoll(call->limit, &end, 10);
    if (end != call->limit && *end == '\0' && limit >= 0)
        return limit == 0 ? INT64_MAX : limit;
    fputs("sportello hooks: --limit is a number, 0 = all\n", call->err);
    return -1;
}

/* Page by page, newest first. */
static int list(struct call *call)
{
    int64_t left = limit_of(call), before = 0, shown = 0, waiting = 0, dead = 0;
    bool more = left > 0;
    while (more) {
        struct store_deliveries *page = data_job(&store_deliveries_kind, sizeof *page);
        if (page == NULL)
            return fail(call, STORE_UNAVAILABLE);
        page->before = before;
        page->states = call->all ? 0 : 1u << DELIVERY_WAITING | 1u << DELIVERY_DEAD;
        page->limit = left < DELIVERY_PAGE_MAX ? (size_t)left : DELIVERY_PAGE_MAX;
        page->without_body = true;
        data_do(call->owned, &page->job);
        enum store_result result = page->job.result;
        for (size_t i = 0; result == STORE_OK && i < page->count; i++)
            call->json ? print_json(call, &page->rows[i]) : print_line(call, &page->rows[i]);
        more = result == STORE_OK && page->count == page->limit && (left -= (int64_t)page->count) > 0;
        before = page->count > 0 ? page->rows[page->count - 1].id : before;
        shown += (int64_t)page->count;
        waiting = page->ret_waiting;
        dead = page->ret_dead;
        store_job_free(&page->job);
        if (result != STORE_OK)
            return fail(call, result);
    }
    if (left < 0)
        return EXIT_USAGE;
    if (!call->json)
        fprintf(call->err, "%" PRId64 " shown; %" PRId64 " waiting, %" PRId64 " dead%s\n", shown, waiting, dead,
                dead > 0 ? " (sportello hooks retry ID tries again)" : "");
    return EXIT_GOOD;
}

static int retry(struct call *call)
{
    int64_t id = call->argc > 1 ? number_of(call->argv[1]) : 0;
    if ((call->argc > 1) == call->all_dead || (call->argc > 1 && id == 0)) {
        fputs("sportello hooks: retry takes the number of one (see sportello hooks list) or --all-dead\n", call->err);
        return EXIT_USAGE;
    }
    struct store_delivery_retry *job = data_job(&store_delivery_retry_kind, sizeof *job);
    if (job == NULL)
        return fail(call, STORE_UNAVAILABLE);
    job->id = id;
    data_do(call->owned, &job->job);
    enum store_result result = job->job.result;
    size_t count = job->ret_count;
    store_job_free(&job->job);
    if (result == STORE_MISSING && id == 0)
        result = STORE_OK; /* none is dead: nothing to do */
    if (result == STORE_REFUSED || result == STORE_MISSING) {
        fprintf(call->err, "sportello hooks: %" PRId64 " %s\n", id,
                result == STORE_REFUSED ? "has been sent already" : "is no number of one; see sportello hooks list");
        return EXIT_SHORT;
    }
    if (result != STORE_OK)
        return fail(call, result);
    if (call->json)
        fprintf(call->out, "{\"retried\":%zu}\n", count);
    else
        fprintf(call->err, "%zu to be sent again, under the same id\n", count);
    return EXIT_GOOD;
}

static const struct {
    const char *name;
    int (*run)(struct call *);
    int most;
} acts[] = {{"list", list, 1}, {"retry", retry, 2}};

static int run(struct call *call)
{
    const char *name = call->argc > 0 ? call->argv[0] : "list";
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (strcmp(acts[i].name, name) == 0 && call->argc <= acts[i].most)
            return acts[i].run(call);
    fprintf(call->err, "usage: sportello hooks %s\n", call->command->arguments);
    return EXIT_USAGE;
}

const struct command command_hooks = {
    .name = "hooks",
    .arguments = "[list [--all] | retry ID | retry --all-dead]",
    .summary = "lists what goes out to other systems and people, and tries again what could not be sent",
    .help =
        "`list` shows what waits and what is dead: given up after tries of a day and a half, or refused for good;\n"
        "with --all also what was sent. `retry` sends one again, or all that are dead, under the same id, so that a\n"
        "receiver that has it already can tell. See docs/webhooks.md and docs/operators.en.md.",
    .options = "json all all-dead limit",
    .least = 0,
    .most = 2,
    .owns = true,
    .run = run,
};
