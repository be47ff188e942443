/* Entries that read back as they were: see markdown_write.h. */
#include "content/markdown_write.h"

#include "content/answer.h"
#include "content/markdown.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { ENTRY_BYTES = ANSWER_BYTES * 4 };

/* Follows the entry when it is read back: an open code block or comment would swallow it. */
static const char sentinel[] = "\n## Sentinel {#sentinel}\n\nEnd.\n";

struct writer {
    const struct markdown_entry *entry;
    struct arena *arena;
    const struct block *expected;
    size_t errors, warnings; /* which the answer gives by itself, such as a dead link */
    const char *buttons[2];  /* the list below the answer in two spellings; "" = none */
    struct buf text;         /* the attempt */
};

/* --- texts of one line ---------------------------------------------------------------------- */

static void add_escaped(struct buf *out, const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (ispunct((unsigned char)*p))
            buf_putc(out, '\\');
        buf_putc(out, *p);
    }
}

/* Reads "## …" or "- …" back and compares its words. */
static bool reads_back(struct arena *arena, const char *line, const char *words, cmark_node_type type)
{
    cmark_node *document = answer_parse((struct span){line, strlen(line)});
    cmark_node *first = cmark_node_first_child(document);
    bool only = first != NULL && cmark_node_next(first) == NULL && cmark_node_get_type(first) == type;
    cmark_node *item = only && type == CMARK_NODE_LIST ? cmark_node_first_child(first) : first;
    cmark_node *leaf = only && type == CMARK_NODE_LIST ? cmark_node_first_child(item) : first;
    only = only && leaf != NULL && cmark_node_next(leaf) == NULL &&
           (type == CMARK_NODE_HEADING || cmark_node_get_type(leaf) == CMARK_NODE_PARAGRAPH);
    /* Marks that vanish (emphasis, links) change the words; code and HTML keep them, and are fine. */
    const char *read = only ? answer_words(arena, leaf) : NULL;
    bool html = only && strchr(words, '<') != NULL;
    cmark_node_free(document);
    return read != NULL && !html && strcmp(read, words) == 0;
}

static const char *escaped_line(struct arena *arena, const char *mark, const char *words)
{
    struct buf escaped;
    buf_init(&escaped, ENTRY_BYTES);
    buf_puts(&escaped, mark);
    add_escaped(&escaped, words);
    const char *line = arena_strndup(arena, escaped.data, escaped.size);
    buf_free(&escaped);
    return line;
}

static const char *line_of(struct arena *arena, const char *mark, const char *words, cmark_node_type type)
{
    const char *plain = arena_printf(arena, "%s%s", mark, words);
    size_t size = strlen(words);
    bool like_id = size > 0 && words[size - 1] == '}';
    if (plain == NULL || (!like_id && reads_back(arena, plain, words, type)))
        return plain;
    return escaped_line(arena, mark, words);
}

const char *markdown_write_words(struct arena *arena, const char *words, bool escaped)
{
    static const char mark[] = "- ";
    const char *line = escaped ? escaped_line(arena, mark, words) : line_of(arena, mark, words, CMARK_NODE_LIST);
    return line != NULL ? line + strlen(mark) : NULL;
}

/* --- buttons -------------------------------------------------------------------------------- */

const char *markdown_write_option(struct arena *arena, const struct option *o)
{
    static const char *const schemes[] = {[OPTION_ENTRY] = "#",
                                          [OPTION_INTENT] = "intent:",
                                          [OPTION_AGENT] = "agent:",
                                          [OPTION_URL] = "",
                                          [OPTION_SAY] = "say:"};
    const char *title = markdown_write_words(arena, o->title, strpbrk(o->title, "[]") != NULL);
    bool brackets = strpbrk(o->target, "() ") != NULL;
    return title == NULL ? NULL
                         : arena_printf(arena, "[%s](%s%s%s%s)", title, brackets ? "<" : "", schemes[o->kind],
                                        o->target, brackets ? ">" : "");
}

/* The list, with the empty line above it. Below a list of the answer another mark makes it a list of its own. */
static const char *buttons_of(struct arena *arena, const struct markdown_entry *e, char mark)
{
    const char *list = e->option_count > 0 ? "\n" : "";
    for (size_t i = 0; i < e->option_count && list != NULL; i++) {
        const char *option = markdown_write_option(arena, &e->options[i]);
        list = option != NULL ? arena_printf(arena, "%s%c %s\n", list, mark, option) : NULL;
    }
    return list;
}

/* --- whole entries -------------------------------------------------------------------------- */

static bool follows_the_same(const struct markdown_entry *e, const struct article *read)
{
    for (size_t i = 0; i < e->follow_count && read->follow_count == e->follow_count; i++)
        if (strcmp(read->follows[i], e->follows[i]) != 0)
            return false;
    return read->follow_count == e->follow_count;
}

static bool is_right(const struct writer *w, const struct article *read)
{
    const struct markdown_entry *e = w->entry;
    if (!follows_the_same(e, read) || strcmp(e->mood != NULL ? e->mood : "", read->mood != NULL ? read->mood : "") != 0)
        return false;
    if (strcmp(read->id, e->id) != 0 || strcmp(read->question, e->question) != 0 ||
        read->option_count != e->option_count || read->wording_count != e->wording_count)
        return false;
    for (size_t i = 0; i < e->wording_count; i++)
        if (strcmp(read->wordings[i].text, e->wordings[i]) != 0)
            return false;
    for (size_t i = 0; i < e->option_count; i++)
        if (read->options[i].kind != e->options[i].kind || strcmp(read->options[i].target, e->options[i].target) != 0 ||
            strcmp(read->options[i].title, e->options[i].title) != 0)
            return false;
    return block_equal(read->answer, w->expected);
}

/* Reads the attempt with something behind it. */
static bool attempt_reads_back(struct writer *w)
{
    struct problems *problems = problems_new();
    if (problems == NULL || w->text.failed)
        return false;
    size_t size = w->text.size;
    buf_puts(&w->text, sentinel);
    struct collect c = {.arena = w->arena, .problems = problems};
    markdown_read(&c, "", "", (struct span){w->text.data, w->text.size});
    bool right = c.article_count == 2 && strcmp(c.articles[1].id, "sentinel") == 0 && is_right(w, &c.articles[0]) &&
                 problems_count(problems, SEVERITY_ERROR) <= w->errors &&
                 problems_count(problems, SEVERITY_WARNING) <= w->warnings;
    problems_free(problems);
    w->text.data[size] = '\0';
    w->text.size = size;
    return right;
}

static void lay_out(struct writer *w, const char *head, const char *body, int rules, const char *buttons)
{
    buf_clear(&w->text);
    buf_printf(&w->text, "%s\n%s%s", head, (rules & 1) != 0 ? "---\n\n" : "", body);
    size_t size = strlen(body);
    if (size == 0 || body[size - 1] != '\n')
        buf_putc(&w->text, '\n');
    if ((rules & 2) != 0)
        buf_puts(&w->text, "\n---\n");
    buf_puts(&w->text, buttons);
}

static bool try_body(struct writer *w, const char *head, const char *body)
{
    int spellings = w->entry->option_count > 0 ? 2 : 1;
    for (int n = 0; body != NULL && n < 4 * spellings; n++) {
        lay_out(w, head, body, n & 3, w->buttons[n >> 2]);
        if (attempt_reads_back(w))
            return true;
    }
    return false;
}

/* --- answers -------------------------------------------------------------------------------- */

/* Line breaks become hard ones and headings of the first levels ones of the third. */
static void adapt(cmark_node *document)
{
    cmark_iter *walk = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        cmark_node *at = cmark_iter_get_node(walk);
        if (event != CMARK_EVENT_ENTER)
            continue;
        if (cmark_node_get_type(at) == CMARK_NODE_HEADING && cmark_node_get_heading_level(at) < 3)
            cmark_node_set_heading_level(at, 3);
        if (cmark_node_get_type(at) != CMARK_NODE_SOFTBREAK)
            continue;
        cmark_node *hard = cmark_node_new(CMARK_NODE_LINEBREAK);
        cmark_node_insert_before(at, hard);
        cmark_node_unlink(at);
        cmark_node_free(at);
    }
    cmark_iter_free(walk);
}

static char *rendered(struct arena *arena, const char *answer)
{
    cmark_node *document = answer_parse((struct span){answer, strlen(answer)});
    adapt(document);
    char *text = cmark_render_commonmark(document, CMARK_OPT_DEFAULT, 0);
    cmark_node_free(document);
    char *copy = text != NULL ? arena_strdup(arena, text) : NULL;
    free(text);
    return copy;
}

/* Two spaces at the end of a line, which editors cannot see, as a backslash. */
static char *visible_breaks(struct arena *arena, const char *text)
{
    char *copy = text != NULL ? arena_strdup(arena, text) : NULL;
    char *out = copy;
    for (const char *p = copy; p != NULL && *p != '\0';) {
        bool hard = p[0] == ' ' && p[1] == ' ' && p[2] == '\n';
        *out++ = hard ? '\\' : *p;
        p += hard ? 2 : 1;
    }
    if (out != NULL)
        *out = '\0';
    return copy;
}

/* The answer's characters without any meaning: lines and empty lines stay. */
static char *without_marks(struct arena *arena, const char *answer)
{
    struct buf out;
    buf_init(&out, ENTRY_BYTES);
    struct span rest = {answer, strlen(answer)}, line;
    bool open = false; /* a line of the paragraph is there */
    while (lines_next(&rest, &line)) {
        line = lines_trim(line);
        if (line.size == 0) {
            buf_puts(&out, open ? "\n\n" : "");
            open = false;
            continue;
        }
        buf_puts(&out, open ? "\\\n" : "");
        char *text = arena_strndup(arena, line.text, line.size);
        add_escaped(&out, text != NULL ? text : "");
        open = true;
    }
    char *copy = arena_strndup(arena, out.data, out.size);
    buf_free(&out);
    return copy;
}

/* What the answer says, and which complaints it gives rise to by itself. */
static const struct block *say(struct writer *w, const char *answer)
{
    struct problems *problems = problems_new();
    if (problems == NULL)
        return NULL;
    struct collect c = {.arena = w->arena, .problems = problems};
    const struct answer_source source = {
        .collect = &c, .file = "", .lang = "", .text = {answer, strlen(answer)}, .line = 1, .line_breaks = true};
    const struct block *blocks = answer_read(&source);
    w->errors = problems_count(problems, SEVERITY_ERROR);
    w->warnings = problems_count(problems, SEVERITY_WARNING);
    problems_free(problems);
    return blocks;
}

static const char *head_of(const struct writer *w)
{
    struct buf head;
    buf_init(&head, ENTRY_BYTES + (size_t)w->entry->wording_count * SITE_TEXT_BYTES * 2);
    const char *question = line_of(w->arena, "## ", w->entry->question, CMARK_NODE_HEADING);
    buf_printf(&head, "%s {#%s", question != NULL ? question : "", w->entry->id);
    for (size_t i = 0; i < w->entry->follow_count; i++)
        buf_printf(&head, "%s%s", i == 0 ? " follows=" : ",", w->entry->follows[i]);
    if (w->entry->mood != NULL)
        buf_printf(&head, " mood=%s", w->entry->mood);
    buf_puts(&head, "}\n");
    for (size_t i = 0; i < w->entry->wording_count; i++) {
        const char *wording = line_of(w->arena, "- ", w->entry->wordings[i], CMARK_NODE_LIST);
        buf_printf(&head, "%s\n", wording != NULL ? wording : "");
    }
    const char *copy = head.failed ? NULL : arena_strndup(w->arena, head.data, head.size);
    buf_free(&head);
    return copy;
}

static int write_exactly(struct writer *w, const char *head, enum markdown_written *ret_how)
{
    const char *answer = w->entry->answer;
    w->expected = say(w, answer);
    if (w->expected != NULL) {
        const char *clean = rendered(w->arena, answer);
        if (try_body(w, head, answer) || try_body(w, head, visible_breaks(w->arena, clean)) ||
            try_body(w, head, clean)) {
            *ret_how = MARKDOWN_EXACT;
            return 0;
        }
    }
    const char *plain = without_marks(w->arena, answer);
    w->expected = plain != NULL ? say(w, plain) : NULL;
    *ret_how = MARKDOWN_PLAIN;
    return w->expected != NULL && try_body(w, head, plain) ? 0 : -1;
}

int markdown_write(struct buf *out, const struct markdown_entry *entry, struct arena *scratch,
                   enum markdown_written *ret_how)
{
    arena_reset(scratch);
    struct writer w = {.entry = entry, .arena = scratch};
    buf_init(&w.text, (size_t)8 << 20);
    const char *head = head_of(&w);
    enum markdown_written how;
    w.buttons[0] = buttons_of(scratch, entry, '-');
    w.buttons[1] = buttons_of(scratch, entry, '*');
    int result = head != NULL && w.buttons[0] != NULL && w.buttons[1] != NULL ? write_exactly(&w, head, &how) : -1;
    if (result == 0) {
        *ret_how = how;
        result = buf_add(out, w.text.data, w.text.size);
    }
    buf_free(&w.text);
    return result;
}
