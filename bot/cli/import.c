/* sportello import: brings an FAQ from elsewhere into knowledge files. */
#include "content/import.h"
#include "base/file.h"
#include "cli/command.h"
#include "content/csv_entries.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_BYTES = 1 << 30 };

static int read_csv(struct call *call, struct import_list *list)
{
    size_t size;
    struct csv_table table;
    char *bytes = file_read(call->argv[1], CSV_TABLE_BYTES, &size);
    if (bytes == NULL) {
        problem_add(list->problems, SEVERITY_ERROR, list->source, 0, 0, "%s",
                    errno == EFBIG ? "larger than 64 MiB; split it" : strerror(errno));
        return -1;
    }
    int result = csv_table_read(list->arena, list->source, bytes, size, list->problems, &table);
    if (result == 0)
        result = csv_entries(list, &table);
    free(bytes);
    return result;
}

static const struct source_row {
    const char *name;
    bool tolerant; /* see import_list.h */
    int (*read)(struct call *, struct import_list *);
} sources[] = {{"csv", false, read_csv}};

static const struct source_row *find_source(const char *name)
{
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (strcmp(sources[i].name, name) == 0)
            return &sources[i];
    return NULL;
}

/* 0, 1 = differences were shown, -1 = errors. */
static int import(struct call *call, const struct source_row *source, struct problems *problems)
{
    struct import_list list;
    struct arena *arena = arena_new(ARENA_BYTES);
    int result = -1;
    if (arena == NULL || import_list_open(&list, arena, call->argv[1], call->lang, source->tolerant, problems) < 0)
        goto done;
    result = source->read(call, &list);
    if (arena_failed(arena))
        problem_add(problems, SEVERITY_ERROR, list.source, 0, 0, "larger than what may be imported at once; split it");
    if (problems_count(problems, SEVERITY_ERROR) > 0)
        result = -1;
    if (result == 0)
        result = import_write(&list, call->to, call->update ? IMPORT_UPDATE : IMPORT_PLAIN, call->out);
    import_list_close(&list);
done:
    arena_free(arena);
    return result;
}

static int run(struct call *call)
{
    const struct source_row *source = find_source(call->argv[0]);
    if (call->to == NULL) {
        fputs("sportello import: --to DIR is needed, e.g. --to knowledge/it\n", call->err);
        return EXIT_USAGE;
    }
    if (source == NULL) {
        fprintf(call->err, "sportello import: no such kind of source: %s (there is:", call->argv[0]);
        for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
            fprintf(call->err, " %s", sources[i].name);
        fputs(")\n", call->err);
        return EXIT_USAGE;
    }
    struct problems *problems = problems_new();
    int result = problems != NULL ? import(call, source, problems) : -1;
    if (problems != NULL)
        problems_print(problems, call->err);
    problems_free(problems);
    return result == 0 ? EXIT_GOOD : EXIT_SHORT;
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
