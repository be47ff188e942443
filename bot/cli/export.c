/* sportello export: gives the site's entries away. */
#include "content/export.h"
#include "base/file.h"
#include "cli/sitefiles.h"
#include "wire/faq_json_write.h"

#include <errno.h>
#include <string.h>

enum { OUT_BYTES = 1 << 30, SCRATCH_BYTES = 64 << 20 };

/* What is to be written, of which rows. */
struct export_run {
    const struct export_row *rows;
    size_t count;
    const char *lang; /* NULL = all */
    struct arena *scratch;
    struct buf out;
};

static void write_csv(struct export_run *r)
{
    export_csv(r->rows, r->count, r->scratch, &r->out);
}

static void write_json(struct export_run *r)
{
    faq_json_list(r->rows, r->count, &r->out);
}

static void write_page(struct export_run *r)
{
    faq_json_page(r->rows, r->count, r->lang, &r->out);
}

static const struct form {
    const char *name;
    bool one_language; /* the site's first where none is named */
    void (*write)(struct export_run *);
} forms[] = {{"csv", false, write_csv}, {"json", false, write_json}, {"faqpage", true, write_page}};

static const struct form *find_form(const char *name)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(forms[i].name, name) == 0)
            return &forms[i];
    return NULL;
}

static int deliver(const struct call *call, const struct buf *out)
{
    if (out->failed) {
        fputs("sportello export: larger than what can be given away at once; use --lang\n", call->err);
        return EXIT_SHORT;
    }
    if (call->file == NULL) {
        fwrite(out->data, 1, out->size, call->out);
        return EXIT_GOOD;
    }
    if (file_write_atomic(call->file, out->data, out->size, 0644) == 0)
        return EXIT_GOOD;
    fprintf(call->err, "sportello export: %s: cannot write: %s\n", call->file, strerror(errno));
    return EXIT_SHORT;
}

static bool has_language(const struct settings *s, const char *lang)
{
    for (size_t i = 0; i < s->languages.count; i++)
        if (strcmp(s->languages.items[i], lang) == 0)
            return true;
    return false;
}

/* Of a site without errors. */
static int export(struct call *call, const struct form *form, struct sitefiles *s)
{
    struct export_run r = {.lang = call->lang};
    struct export_row *rows;
    int code = EXIT_SHORT;
    if (r.lang != NULL && !has_language(s->site->settings, r.lang)) {
        fprintf(call->err, "sportello export: the site has no language %s\n", r.lang);
        return EXIT_USAGE;
    }
    if (r.lang == NULL && form->one_language && s->site->settings->languages.count > 0)
        r.lang = s->site->settings->languages.items[0];
    r.scratch = arena_new(SCRATCH_BYTES);
    buf_init(&r.out, OUT_BYTES);
    if (r.scratch != NULL && export_rows(s->arena, s->site, r.lang, s->problems, &rows, &r.count) == 0) {
        r.rows = rows;
        form->write(&r);
        code = deliver(call, &r.out);
    }
    buf_free(&r.out);
    arena_free(r.scratch);
    return code;
}

static int run(struct call *call)
{
    struct sitefiles s;
    const struct form *form = find_form(call->argv[0]);
    if (form == NULL) {
        fprintf(call->err, "sportello export: no such form: %s (there is: csv json faqpage)\n", call->argv[0]);
        return EXIT_USAGE;
    }
    if (sitefiles_read(call, &s) < 0)
        return EXIT_SHORT;
    bool wrong = s.site == NULL || problems_count(s.problems, SEVERITY_ERROR) > 0;
    size_t before = problems_count(s.problems, SEVERITY_WARNING);
    int code = wrong ? EXIT_SHORT : export(call, form, &s);
    /* Warnings of the site are `check`'s to tell. */
    if (wrong || problems_count(s.problems, SEVERITY_WARNING) > before)
        problems_print(s.problems, call->err);
    if (wrong)
        fputs("sportello export: nothing is given away while the site has errors\n", call->err);
    sitefiles_free(&s);
    return code;
}

const struct command command_export = {
    .name = "export",
    .arguments = "csv|json|faqpage [--lang it] [--out FILE]",
    .summary = "gives the site's questions and answers away",
    .help = "  csv      a table that import csv reads back as it was: id, lang, topic, question, wordings,\n"
            "           answer (Markdown), buttons, review, follows, mood\n"
            "  json     a list of objects with the same, and the answer as HTML\n"
            "  faqpage  schema.org's FAQPage for a <script type=\"application/ld+json\">, in one language\n"
            "To standard output, or to FILE, which is replaced when all is written.",
    .options = "lang out",
    .least = 1,
    .most = 1,
    .run = run,
};
