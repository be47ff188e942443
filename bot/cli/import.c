/* sportello import: brings an FAQ from elsewhere into knowledge files. */
#include "content/import.h"
#include "cli/command.h"
#include "cli/import_source.h"
#include "content/charset.h"
#include "content/csv_entries.h"
#include "content/feed.h"
#include "content/html_page.h"
#include "content/qna.h"
#include "wire/faq_json.h"

#include <string.h>

enum { ARENA_BYTES = 1 << 30 };

struct source_row;

/* One import under way. */
struct import_run {
    const struct source_row *row;
    struct import_source source;
    struct import_list list;
    const char *how; /* what the source turned out to be, in words; NULL = nothing worth a line */
};

struct source_row {
    const char *name;
    bool tolerant;     /* see import_list.h */
    size_t file_bytes; /* ceiling of a file */
    int (*read)(struct import_run *);
    const char *const *types; /* what a server may call it; "" = nothing at all */
};

static int decode(struct import_run *r, enum charset_kind kind, struct span *ret)
{
    const struct charset_source from = {r->list.source, r->source.charset, kind, r->list.problems};
    return charset_decode(r->list.arena, &from, r->source.bytes, ret);
}

static int read_csv(struct import_run *r)
{
    struct csv_table table;
    struct span bytes = r->source.bytes;
    if (csv_table_read(r->list.arena, r->list.source, bytes.text, bytes.size, r->list.problems, &table) < 0)
        return -1;
    return csv_entries(&r->list, &table);
}

/* A page, or the JSON-LD alone that would stand in one. */
static int read_html(struct import_run *r)
{
    struct span text;
    if (decode(r, CHARSET_HTML, &text) < 0)
        return -1;
    size_t blank = strspn(text.text, " \t\r\n");
    if (blank < text.size && (text.text[blank] == '{' || text.text[blank] == '[')) {
        const struct html_context context = {.topic = "", .base = r->source.address};
        faq_json_ld(&r->list, &context, text);
        r->how = "schema.org questions in JSON-LD";
        return 0;
    }
    r->how = html_page_read(&r->list, text, r->source.address, faq_json_ld);
    return 0;
}

static int read_feed(struct import_run *r)
{
    struct span text;
    if (decode(r, CHARSET_XML, &text) == 0)
        r->how = feed_read(&r->list, text, r->source.address);
    return r->how != NULL ? 0 : -1;
}

static int read_qna(struct import_run *r)
{
    struct span text;
    if (decode(r, CHARSET_TEXT, &text) == 0)
        r->how = qna_read(&r->list, text);
    return r->how != NULL ? 0 : -1;
}

static int read_nlpjs(struct import_run *r)
{
    struct span text;
    return decode(r, CHARSET_TEXT, &text) == 0 ? faq_json_nlpjs(&r->list, text) : -1;
}

static int read_botpress(struct import_run *r)
{
    struct span text;
    return decode(r, CHARSET_TEXT, &text) == 0 ? faq_json_botpress(&r->list, text) : -1;
}

static const char *const csv_types[] = {"text/csv", "text/plain", "text/tab-", "application/", "", NULL};
static const char *const html_types[] = {
    "text/html", "application/xhtml+xml", "application/ld+json", "application/json", "", NULL};
static const char *const feed_types[] = {"application/rss+xml",
                                         "application/atom+xml",
                                         "application/rdf+xml",
                                         "application/xml",
                                         "text/xml",
                                         "text/plain",
                                         "",
                                         NULL};
static const char *const qna_types[] = {"text/", "application/octet-stream", "", NULL};
static const char *const json_types[] = {"application/json", "text/", "application/octet-stream", "", NULL};

static const struct source_row sources[] = {
    {"csv", false, CSV_TABLE_BYTES, read_csv, csv_types},  {"html", true, IMPORT_BYTES, read_html, html_types},
    {"feed", true, IMPORT_BYTES, read_feed, feed_types},   {"qna", true, IMPORT_BYTES, read_qna, qna_types},
    {"nlpjs", true, IMPORT_BYTES, read_nlpjs, json_types}, {"botpress", true, IMPORT_BYTES, read_botpress, json_types},
};

static const struct source_row *find_source(const char *name)
{
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (strcmp(sources[i].name, name) == 0)
            return &sources[i];
    return NULL;
}

static int read_source(struct call *call, struct import_run *r)
{
    struct import_list *list = &r->list;
    if (import_source_open(call, list->source, r->row->file_bytes, r->row->types, list->arena, list->problems,
                           &r->source) < 0)
        return -1;
    if (r->row->read(r) < 0)
        return -1;
    if (r->how != NULL && list->count > 0)
        fprintf(call->out, "read as %s: %zu %s\n", r->how, list->count, list->count == 1 ? "question" : "questions");
    return 0;
}

/* 0, 1 = differences were shown, -1 = errors. */
static int import(struct call *call, const struct source_row *row, struct problems *problems)
{
    struct import_run r = {.row = row};
    struct arena *arena = arena_new(ARENA_BYTES);
    int result = -1;
    if (arena == NULL || import_list_open(&r.list, arena, call->argv[1], call->lang, row->tolerant, problems) < 0)
        goto done;
    result = read_source(call, &r);
    if (arena_failed(arena))
        problem_add(problems, SEVERITY_ERROR, r.list.source, 0, 0,
                    "larger than what may be imported at once; split it");
    if (problems_count(problems, SEVERITY_ERROR) > 0)
        result = -1;
    if (result == 0)
        result = import_write(&r.list, call->to, call->update ? IMPORT_UPDATE : IMPORT_PLAIN, call->out);
    import_list_close(&r.list);
done:
    arena_free(arena);
    return result;
}

static int run(struct call *call)
{
    const struct source_row *row = find_source(call->argv[0]);
    if (call->to == NULL) {
        fputs("sportello import: --to DIR is needed, e.g. --to knowledge/it\n", call->err);
        return EXIT_USAGE;
    }
    if (row == NULL) {
        fprintf(call->err, "sportello import: no such kind of source: %s (there is:", call->argv[0]);
        for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
            fprintf(call->err, " %s", sources[i].name);
        fputs(")\n", call->err);
        return EXIT_USAGE;
    }
    struct problems *problems = problems_new();
    int result = problems != NULL ? import(call, row, problems) : -1;
    if (problems != NULL)
        problems_print(problems, call->err);
    problems_free(problems);
    return result == 0 ? EXIT_GOOD : EXIT_SHORT;
}

const struct command command_import = {
    .name = "import",
    .arguments = "csv|html|feed|qna|nlpjs|botpress SOURCE --to DIR [--lang it] [--update]",
    .summary = "brings an FAQ from elsewhere into knowledge files",
    .help = "SOURCE is a file or an address (http or https):\n"
            "  csv       a table; columns by their names: id, question, answer, topic, lang, wordings,\n"
            "            buttons, review, follows, mood. Separators ; , and tab, UTF-8 and CP1252 are understood\n"
            "  html      a page: schema.org questions (JSON-LD, microdata, RDFa), else details and\n"
            "            their summary, else headings and the text below them\n"
            "  feed      RSS or Atom: each entry's title is a question\n"
            "  qna       a .qna file of Bot Framework, or the TSV that QnA Maker exports\n"
            "  nlpjs     corpus.json of NLP.js\n"
            "  botpress  the questions and answers that Botpress exports as JSON\n"
            "One file a topic is written to DIR, all or none. Imported again: if nothing changed nothing is\n"
            "written; what changed is shown and only written with --update.\n"
            "An address has 10 seconds, 8 MiB and three redirects, and must be public.",
    .options = "to lang update allow-private",
    .least = 2,
    .most = 2,
    .run = run,
};
