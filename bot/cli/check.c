/* sportello check: every mistake in the site's files, in one run. */
#include "cli/sitefiles.h"
#include "text/tables.h"
#include "wire/json.h"

static void print_json(struct problems *problems, FILE *out)
{
    size_t count;
    const struct problem *list = problems_sorted(problems, &count);
    for (size_t i = 0; i < count; i++) {
        struct buf line;
        buf_init(&line, 1 << 20);
        json_open(&line, NULL, '{');
        json_text(&line, "file", list[i].file);
        json_number(&line, "line", list[i].line);
        json_number(&line, "column", list[i].column);
        json_text(&line, "severity", severity_name(list[i].severity));
        json_text(&line, "message", list[i].message);
        json_close(&line, '}');
        fprintf(out, "%s\n", line.data);
        buf_free(&line);
    }
}

/* No mistake of the site, but what its editors see of it would be worse than it need be. */
static void say_missing_tables(const struct call *call, const struct site *site)
{
    char what[160];
    const struct string_list *languages = &site->settings->languages;
    for (size_t i = 0; i < languages->count; i++)
        if (tables_missing(languages->items[i], what, sizeof what) > 0)
            fprintf(call->err, "language tables missing: %s: %s\n", what, tables_remedy);
}

static int run(struct call *call)
{
    struct sitefiles s;
    if (sitefiles_read(call, &s) < 0)
        return EXIT_SHORT;
    s.offline = true;
    if (s.site != NULL && s.site->settings != NULL)
        say_missing_tables(call, s.site);
    sitefiles_compile(call, &s);
    if (call->json)
        print_json(s.problems, call->out);
    else
        problems_print(s.problems, call->out);
    size_t errors = problems_count(s.problems, SEVERITY_ERROR), warnings = problems_count(s.problems, SEVERITY_WARNING);
    if (!call->json)
        sitefiles_sum(s.problems, call->err);
    sitefiles_free(&s);
    return errors > 0 || (call->strict && warnings > 0) ? EXIT_SHORT : EXIT_GOOD;
}

const struct command command_check = {
    .name = "check",
    .arguments = "[--strict] [--json]",
    .summary = "names every mistake in the site's files",
    .help = "Each line says file:line:column, error or warning, what is wrong and what to do.\n"
            "Warnings never block publishing; with --strict they count as errors here.",
    .options = "strict json quiet",
    .run = run,
};
