/* The reader of knowledge files: see markdown.h.
 *
 * A file is cut at its `## ` lines, and cmark reads one piece at a time: its trees stay small
 * however large the file is. A piece that turns out to hold several questions is read all the same. */
#include "content/markdown.h"

#include "content/markdown_entry.h"

#include <string.h>

struct reader {
    struct collect *collect;
    const char *file, *lang;
    struct front_matter front;
    bool begun; /* a question was seen */
};

/* A heading made by a line of = or - below the text. */
static bool is_underlined(const struct answer_source *source, cmark_node *heading)
{
    struct span line = answer_line(source, cmark_node_get_start_line(heading));
    size_t column = (size_t)cmark_node_get_start_column(heading);
    return column == 0 || column > line.size || line.text[column - 1] != '#';
}

/* True if the node is a question; complains about headings that are none but may be meant so. */
static bool begins_entry(const struct reader *r, const struct answer_source *source, cmark_node *node)
{
    if (cmark_node_get_type(node) != CMARK_NODE_HEADING)
        return false;
    int level = cmark_node_get_heading_level(node);
    if (level > 2)
        return false;
    struct place p = answer_place(source, node, "");
    if (is_underlined(source, node)) {
        problem_add(r->collect->problems, SEVERITY_ERROR, p.file, p.line, p.column,
                    "a line of “%s” right below a text makes it a heading; put an empty line between them, or write "
                    "“## ” before a question",
                    level == 1 ? "===" : "---");
        return false;
    }
    if (level == 1 && r->begun)
        problem_add(r->collect->problems, SEVERITY_ERROR, p.file, p.line, p.column,
                    "“# ” below a question; write “## ” for a question, “### ” for a heading of the answer");
    return level == 2;
}

/* What stands above the first question: a title and comments, nothing else. */
static void check_preamble(const struct reader *r, const struct answer_source *source, cmark_node *first,
                           cmark_node *end)
{
    for (cmark_node *n = first; n != NULL && n != end; n = cmark_node_next(n)) {
        if (cmark_node_get_type(n) == CMARK_NODE_HEADING || answer_is_comment(n))
            continue;
        struct place p = answer_place(source, n, "");
        problem_add(r->collect->problems, SEVERITY_ERROR, p.file, p.line, p.column,
                    "a text that belongs to no question; write “## ” and the question above it");
        return;
    }
}

static cmark_node *next_entry(const struct reader *r, const struct answer_source *source, cmark_node *from)
{
    while (from != NULL && !begins_entry(r, source, from))
        from = cmark_node_next(from);
    return from;
}

static void read_piece(struct reader *r, struct span text, int line)
{
    const struct answer_source source = {
        .collect = r->collect, .file = r->file, .lang = r->lang, .text = text, .line = line};
    if (text.size > ANSWER_BYTES) {
        problem_add(r->collect->problems, SEVERITY_ERROR, r->file, line, 1,
                    "an entry of more than %d KiB; split it into several questions", ANSWER_BYTES >> 10);
        r->begun = true;
        return;
    }
    cmark_node *document = answer_parse(text);
    cmark_node *first = cmark_node_first_child(document);
    cmark_node *heading = next_entry(r, &source, first);
    if (!r->begun)
        check_preamble(r, &source, first, heading);
    while (heading != NULL) {
        r->begun = true;
        cmark_node *next = next_entry(r, &source, cmark_node_next(heading));
        markdown_entry(&source, &r->front, heading, next);
        heading = next;
    }
    cmark_node_free(document);
}

/* What a line is inside of: a fenced code block or a comment, where `## ` is no question. */
struct inside {
    char fence; /* ` or ~, 0 = none */
    size_t length;
    bool comment;
};

static void follow(struct inside *in, struct span line)
{
    size_t indent = 0, length = 0;
    while (indent < line.size && indent < 4 && line.text[indent] == ' ')
        indent++;
    struct span rest = {line.text + indent, line.size - indent};
    if (in->comment || (in->fence == 0 && rest.size >= 4 && indent < 4 && memcmp(rest.text, "<!--", 4) == 0)) {
        in->comment = memmem(rest.text, rest.size, "-->", 3) == NULL;
        return;
    }
    char sign = rest.size > 0 ? rest.text[0] : '\0';
    if (indent > 3 || (sign != '`' && sign != '~'))
        return;
    while (length < rest.size && rest.text[length] == sign)
        length++;
    struct span behind = lines_trim((struct span){rest.text + length, rest.size - length});
    if (in->fence == 0 && length >= 3 && !(sign == '`' && memchr(behind.text, '`', behind.size) != NULL))
        *in = (struct inside){sign, length, false};
    else if (in->fence == sign && length >= in->length && behind.size == 0)
        *in = (struct inside){0, 0, false};
}

static bool is_cut(const struct inside *in, struct span line)
{
    return in->fence == 0 && !in->comment && line.size >= 2 && line.text[0] == '#' && line.text[1] == '#' &&
           (line.size == 2 || line.text[2] == ' ' || line.text[2] == '\t');
}

void markdown_read(struct collect *collect, const char *file, const char *lang, struct span text)
{
    int line_number = 1;
    struct reader r = {.collect = collect, .file = file, .lang = lang};
    r.front = front_matter_read(collect, file, &text, &line_number);
    struct inside in = {0};
    struct span rest = text, line, piece = {text.text, 0};
    int piece_line = line_number;
    for (; lines_next(&rest, &line); line_number++) {
        if (is_cut(&in, line)) {
            piece.size = (size_t)(line.text - piece.text);
            read_piece(&r, piece, piece_line);
            piece.text = line.text;
            piece_line = line_number;
            in = (struct inside){0};
        }
        follow(&in, line);
    }
    piece.size = (size_t)(text.text + text.size - piece.text);
    read_piece(&r, piece, piece_line);
}
