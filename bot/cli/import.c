/* sportello import: brings an FAQ from elsewhere into knowledge files. */
#include "cli/command.h"
#include "content/csv_import.h"

#include <string.h>

static int import_csv(struct call *call, struct problems *problems)
{
    return csv_import(call->argv[1], call->to, call->lang, call->update ? IMPORT_UPDATE : IMPORT_PLAIN, call->out,
                      problems);
}

static const struct {
    const char *name;
    int (*import)(struct call *, struct problems *);
} sources[] = {{"csv", import_csv}};

static int run(struct call *call)
{
    struct problems *problems = problems_new();
    int code = EXIT_USAGE;
    if (call->to == NULL) {
        fputs("sportello import: --to DIR is needed, e.g. --to knowledge/it\n", call->err);
        goto done;
    }
    for (size_t i = 0; problems != NULL && i < sizeof sources / sizeof *sources; i++) {
        if (strcmp(sources[i].name, call->argv[0]) != 0)
            continue;
        int result = sources[i].import(call, problems);
        problems_print(problems, call->err);
        code = result == 0 ? EXIT_GOOD : EXIT_SHORT;
        goto done;
    }
    fprintf(call->err, "sportello import: no such kind of source: %s (there is: csv)\n", call->argv[0]);
done:
    problems_free(problems);
    return code;
}

const struct command command_import = {
    .name = "import",
    .arguments = "csv SOURCE --to DIR [--lang it] [--update]",
    .summary = "brings an FAQ from a table into knowledge files",
    .help = "Columns are found by their names: id, question, answer, topic, lang, wordings. Separators ; , and\n"
            "tab, UTF-8 with or without BOM and CP1252 are understood. One file a topic is written to DIR.\n"
            "Imported again: if nothing changed nothing is written; what changed is shown and only\n"
            "written with --update.",
    .options = "to lang update",
    .least = 2,
    .most = 2,
    .run = run,
};
