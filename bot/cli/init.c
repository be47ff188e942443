/* sportello init: a small valid site in a folder of its own. */
#include "base/problem.h"
#include "cli/command.h"
#include "content/site.h"

static int run(struct call *call)
{
    struct problems *problems = problems_new();
    if (problems == NULL)
        return EXIT_SHORT;
    int result = site_init(call->argv[0], problems);
    problems_print(problems, call->err);
    problems_free(problems);
    if (result < 0)
        return EXIT_SHORT;
    fprintf(
        call->out,
        "made a site in %s\n\nnext:\n  sportello check --site %s\n  sportello ask --site %s \"Quali sono gli orari?\"\n"
        "  sportello serve --site %s\n",
        call->argv[0], call->argv[0], call->argv[0], call->argv[0]);
    return EXIT_GOOD;
}

const struct command command_init = {
    .name = "init",
    .arguments = "DIR",
    .summary = "makes a small valid site",
    .help = "",
    .options = "",
    .least = 1,
    .most = 1,
    .run = run,
};
