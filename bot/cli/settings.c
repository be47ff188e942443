/* sportello settings: the table of settings, as the reference page of the docs. */
#include "content/settings.h"

#include "cli/command.h"

static int run(struct call *call)
{
    if (call->markdown) {
        struct buf page;
        buf_init(&page, 1 << 20);
        settings_markdown(&page);
        fwrite(page.data, 1, page.size, call->out);
        buf_free(&page);
        return EXIT_GOOD;
    }
    for (size_t i = 0; i < settings_count; i++) {
        const struct setting_row *row = &settings_table[i];
        fprintf(call->out, "%-36s %s\n", row->key, row->help);
    }
    return EXIT_GOOD;
}

const struct command command_settings = {
    .name = "settings",
    .arguments = "[--markdown]",
    .summary = "lists every setting of sportello.yaml",
    .help = "",
    .options = "markdown",
    .run = run,
};
