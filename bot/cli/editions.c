/* sportello editions: what has been published, newest first. */
#include "cli/command.h"
#include "wire/json.h"

#include <time.h>

static void print_row(struct call *call, const struct edition_row *row)
{
    char when[32];
    time_t seconds = row->made_ms / 1000;
    struct tm local;
    localtime_r(&seconds, &local);
    strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", &local);
    if (!call->json) {
        fprintf(call->out, "%c %6lld  %s  %4zu files  %s\n", row->live ? '*' : ' ', (long long)row->number, when,
                row->source_count, row->note);
        return;
    }
    struct buf line;
    buf_init(&line, 1 << 16);
    json_open(&line, NULL, '{');
    json_number(&line, "number", row->number);
    json_number(&line, "made", row->made_ms);
    json_bool(&line, "live", row->live);
    json_number(&line, "files", (int64_t)row->source_count);
    json_text(&line, "note", row->note);
    json_close(&line, '}');
    fprintf(call->out, "%s\n", line.data);
    buf_free(&line);
}

static int run(struct call *call)
{
    struct store_edition_list *list = data_job(&store_edition_list_kind, sizeof *list);
    if (list == NULL)
        return EXIT_SHORT;
    data_do(call->owned, &list->job);
    enum store_result result = list->job.result;
    for (size_t i = 0; result == STORE_OK && i < list->count; i++)
        print_row(call, &list->rows[i]);
    if (result != STORE_OK)
        fprintf(call->err, "sportello editions: %s\n", data_result_text(result));
    else if (list->count == 0)
        fputs("nothing has been published yet\n", call->err);
    store_job_free(&list->job);
    return result == STORE_OK ? EXIT_GOOD : EXIT_SHORT;
}

const struct command command_editions = {
    .name = "editions",
    .arguments = "[--json]",
    .summary = "lists what has been published (* = live)",
    .help = "",
    .options = "json",
    .owns = true,
    .run = run,
};
