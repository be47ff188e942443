/* sportello audit: who did what at the desk and with its data, newest first. */
#include "cli/command.h"
#include "store/people.h"
#include "wire/json.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SHOWN = 50, LINE_BYTES = 1 << 16 };

static const char *who(const struct audit_row *row)
{
    if (row->name[0] != '\0')
        return row->name;
    return row->address[0] != '\0' ? "somebody" : "command line";
}

static void print_line(struct call *call, const struct audit_row *row)
{
    char when[32];
    time_t seconds = row->at_ms / 1000;
    struct tm local;
    if (call->json) {
        struct buf line;
        buf_init(&line, LINE_BYTES);
        json_open(&line, NULL, '{');
        json_number(&line, "id", row->id);
        json_number(&line, "at", row->at_ms);
        json_text(&line, "who", row->name);
        json_text(&line, "act", row->act);
        json_text(&line, "detail", row->detail);
        json_text(&line, "address", row->address);
        json_close(&line, '}');
        fprintf(call->out, "%s\n", line.data);
        buf_free(&line);
        return;
    }
    localtime_r(&seconds, &local);
    strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", &local);
    fprintf(call->out, "%s  %-16s %-18s %s%s%s\n", when, who(row), row->act, row->detail,
            row->address[0] != '\0' ? "  from " : "", row->address);
}

/* 0 = all; -1 = it is no number. */
static long long wanted(const struct call *call)
{
    char *end;
    long long number = call->limit != NULL ? strtoll(call->limit, &end, 10) : SHOWN;
    return call->limit != NULL && (*end != '\0' || end == call->limit || number < 0) ? -1 : number;
}

static int run(struct call *call)
{
    long long left = wanted(call);
    bool everything = left == 0, more = true;
    int64_t before = 0;
    if (left < 0) {
        fputs("sportello audit: --limit is a number of lines, 0 = all\n", call->err);
        return EXIT_USAGE;
    }
    while (more && (everything || left > 0)) {
        struct store_audit_list *job = data_job(&store_audit_list_kind, sizeof *job);
        if (job == NULL)
            return EXIT_SHORT;
        job->before = before;
        job->limit = everything || left > AUDIT_PAGE_MAX ? AUDIT_PAGE_MAX : (size_t)left;
        data_do(call->owned, &job->job);
        enum store_result result = job->job.result;
        for (size_t i = 0; result == STORE_OK && i < job->count; i++)
            print_line(call, &job->rows[i]);
        more = result == STORE_OK && job->ret_more;
        before = job->count > 0 ? job->rows[job->count - 1].id : 0;
        left -= (long long)job->count;
        store_job_free(&job->job);
        if (result != STORE_OK) {
            fprintf(call->err, "sportello audit: %s\n", data_result_text(result));
            return EXIT_SHORT;
        }
    }
    return EXIT_GOOD;
}

const struct command command_audit = {
    .name = "audit",
    .arguments = "[--limit N] [--json]",
    .summary = "who did what: log-ins, people, publishing; newest first",
    .help = "Shows the last 50 lines; --limit 0 shows all that are kept.",
    .options = "limit json",
    .owns = true,
    .run = run,
};
