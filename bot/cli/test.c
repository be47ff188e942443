/* sportello test: runs the editors' dialogues and tells the differences as a compiler would. */
#include "base/file.h"
#include "cli/dialogues.h"
#include "cli/sitefiles.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Files named on the command line, wherever they lie. */
static int run_files(struct call *call, const struct view *view, struct secondlook *look, struct problems *problems,
                     struct dialogues_result *result)
{
    struct arena *arena = arena_new(64 << 20);
    int code = arena != NULL ? 0 : -1;
    for (int i = 0; code == 0 && i < call->argc; i++) {
        size_t size;
        char *bytes = file_read(call->argv[i], SITE_FILE_BYTES, &size);
        if (bytes == NULL) {
            fprintf(call->err, "sportello test: %s: %s\n", call->argv[i], strerror(errno));
            code = -1;
            break;
        }
        const char *lang = call->lang != NULL
                               ? call->lang
                               : dialogues_lang(call->argv[i], view_settings(view)->languages.items[0], arena);
        const struct chat *chat = chat_read(arena, call->argv[i], lang, bytes, size, problems);
        if (chat != NULL)
            dialogues_run(view, look, chat, call->out, result);
        free(bytes);
    }
    arena_free(arena);
    return code;
}

static int run(struct call *call)
{
    struct sitefiles s;
    struct dialogues_result result = {0};
    if (sitefiles_read(call, &s) < 0)
        return EXIT_SHORT;
    int code = EXIT_SHORT;
    struct edition *edition = sitefiles_compile(call, &s) == 0 ? sitefiles_edition(call, &s) : NULL;
    if (edition == NULL) {
        problems_print(s.problems, call->out);
        fputs("sportello test: the site has errors, so nothing could be tested\n", call->err);
        goto done;
    }
    if (s.words_alone)
        problems_print(s.problems, call->err);
    struct problems *mistakes = problems_new();
    if (mistakes != NULL) {
        int read = 0;
        struct secondlook look;
        secondlook_open(&look, call, view_settings(edition_view(edition)));
        if (call->argc > 0)
            read = run_files(call, edition_view(edition), &look, mistakes, &result);
        else
            dialogues_run_all(edition_view(edition), &look, s.site, mistakes, call->out, &result);
        secondlook_close(&look);
        problems_print(mistakes, call->out);
        bool clean = read == 0 && result.failed == 0 && problems_count(mistakes, SEVERITY_ERROR) == 0;
        code = clean ? EXIT_GOOD : EXIT_SHORT;
        fprintf(call->err, "%zu passed, %zu failed\n", result.passed, result.failed);
    }
    problems_free(mistakes);
    edition_unpin(edition);
done:
    sitefiles_free(&s);
    return code;
}

const struct command command_test = {
    .name = "test",
    .arguments = "[FILE…]",
    .summary = "runs the .chat dialogues and prints differences",
    .help = "Without files: all of tests/dialogues. Differences are printed as\n"
            "file:line: expected …, got …\n"
            "Webhooks are not called: lines “webhook NAME: {…}” say what they answer.",
    .options = "lang quiet",
    .most = -1,
    .run = run,
};
