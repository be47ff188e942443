/* The reference page of the settings, printed from their table: see settings.h. */
#include "content/settings_value.h"

#include <string.h>

static const struct {
    const char *prefix, *title;
} groups[] = {
    {"policy.", "Policy"},   {"understanding.", "Understanding"},
    {"voice.", "Voice"},     {"pronunciation", "Voice"},
    {"desk.", "Desk"},       {"departments.", "Departments"},
    {"webhook", "Webhooks"}, {"ticket_hooks.", "Tickets out"},
    {"mail.", "Mail"},       {"limits.", "Limits"},
};

static const char *group_of(const struct setting_row *row)
{
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (strncmp(row->key, groups[i].prefix, strlen(groups[i].prefix)) == 0)
            return groups[i].title;
    return "The site and its server";
}

/* In a cell of a table `|` would end it. */
static void add_cell(struct buf *out, const char *text)
{
    for (const char *p = text; *p != '\0'; p++)
        *p == '|' ? buf_puts(out, " \\| ") : buf_putc(out, *p);
}

static void add_row(struct buf *out, const struct setting_row *row)
{
    buf_printf(out, "| `%s` | ", row->key);
    if (row->choices != NULL)
        add_cell(out, row->choices);
    else
        buf_puts(out, settings_type_name(row->type));
    if (row->type == SETTING_NUMBER)
        buf_printf(out, ", %g to %g", row->low, row->high);
    else if (row->type == SETTING_TEXT || row->type == SETTING_TEXTS)
        buf_printf(out, ", at most %g bytes", row->high);
    if (row->fallback[0] == '\0')
        buf_puts(out, " | none | ");
    else
        buf_printf(out, " | `%s` | ", row->fallback);
    add_cell(out, row->help);
    buf_puts(out, " |\n");
}

/* The groups one after another, whatever the order of the table. */
static void add_group(struct buf *out, const char *title)
{
    buf_printf(out, "\n## %s\n\n| key | value | default | meaning |\n|---|---|---|---|\n", title);
    for (size_t i = 0; i < settings_count; i++)
        if (strcmp(group_of(&settings_table[i]), title) == 0)
            add_row(out, &settings_table[i]);
}

void settings_markdown(struct buf *out)
{
    buf_puts(
        out,
        "# Settings\n\n"
        "Everything that `sportello.yaml` may say. A missing file, or a missing line, means the default.\n"
        "Keys with dots are maps in one another: `policy.answer` is written\n\n"
        "```yaml\npolicy:\n  answer: 75 %\n```\n\n"
        "`*` stands for a name that you choose: a language, a department, a weekday. What may differ by language\n"
        "is either one text for all (`assistant: Olmo`) or a map (`assistant: {it: Olmo, en: Elm}`).\n\n"
        "An unknown key, a key given twice and a value out of range are errors. In YAML ` #` begins a comment, so\n"
        "that `name: Ufficio # 3` would read “Ufficio”: an unquoted text cut in this way is an error too. Put such\n"
        "a text in quotes (`name: \"Ufficio # 3\"`). Comments are fine on lines of their own, after a text in\n"
        "quotes, and after numbers, choices, ids, addresses and dates.\n\n"
        "Secrets never stand in this file. It names them; their values stand in `DATA/secrets/NAME` (mode 0600)\n"
        "or in the environment variable `SPORTELLO_SECRET_NAME`.\n");
    static const char first[] = "The site and its server";
    add_group(out, first);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (i == 0 || strcmp(groups[i].title, groups[i - 1].title) != 0)
            add_group(out, groups[i].title);
}
