/* One more wording in a Markdown file: see wording_add.h. Several ways to write it are tried, plainest first, and
 * the first that reads back as it should is taken. */
#include "content/wording_add.h"

#include "content/markdown.h"
#include "content/markdown_write.h"
#include "content/same.h"

#include <string.h>

/* Where a line of the file begins and ends; the end of line is not part of it. */
static bool find_line(struct span file, int number, struct span *ret)
{
    struct span rest = file;
    for (int line = 1; lines_next(&rest, ret); line++)
        if (line == number)
            return true;
    return false;
}

/* How the line ends: as the file does it there, "\n" on a last line without an end. */
static struct span end_of(struct span file, struct span line)
{
    const char *at = line.text + line.size, *end = file.text + file.size;
    if (at == end)
        return (struct span){"\n", 1};
    return (struct span){at, at[0] == '\r' && at + 1 < end && at[1] == '\n' ? 2 : 1};
}

static struct collect read_all(struct arena *arena, struct problems *problems, struct span file)
{
    struct collect c = {.arena = arena, .problems = problems, .today = ""};
    struct span text;
    if (lines_check("", file.text, file.size, problems, &text) == 0)
        markdown_read(&c, "", "", text);
    return c;
}

/* The same entry, where `more` (if not NULL) stands as its last wording besides. */
static bool same_article(const struct article *a, const struct article *b, const char *more)
{
    if (!same_text(a->id, b->id) || !same_text(a->topic, b->topic) || !same_text(a->question, b->question) ||
        !same_text(a->review, b->review) || !same_text(a->mood, b->mood) ||
        !same_options(a->options, a->option_count, b->options, b->option_count) || !block_equal(a->answer, b->answer) ||
        b->wording_count != a->wording_count + (more != NULL) || a->follow_count != b->follow_count)
        return false;
    for (size_t i = 0; i < a->wording_count; i++)
        if (strcmp(a->wordings[i].text, b->wordings[i].text) != 0)
            return false;
    return more == NULL || strcmp(b->wordings[a->wording_count].text, more) == 0;
}

struct attempt {
    struct wording_add *add;
    struct arena *arena;
    const struct collect *before;
    const struct article *article; /* of `before` */
    size_t errors, warnings;       /* of `before` */
    struct buf text;
};

/* Whether the attempt says what it should and gives rise to no complaint. */
static bool reads_back(struct attempt *t)
{
    struct problems *problems = problems_new();
    if (problems == NULL || t->text.failed) {
        problems_free(problems);
        return false;
    }
    struct collect after = read_all(t->arena, problems, (struct span){t->text.data, t->text.size});
    bool same = after.article_count == t->before->article_count &&
                problems_count(problems, SEVERITY_ERROR) <= t->errors &&
                problems_count(problems, SEVERITY_WARNING) <= t->warnings;
    for (size_t i = 0; same && i < after.article_count; i++) {
        const struct article *a = &t->before->articles[i];
        same = same_article(a, &after.articles[i], a == t->article ? t->add->wording : NULL);
    }
    problems_free(problems);
    return same;
}

/* The file with `piece` put in at `at`. */
static bool try_at(struct attempt *t, const char *at, const char *piece)
{
    struct span file = t->add->file;
    buf_clear(&t->text);
    buf_add(&t->text, file.text, (size_t)(at - file.text));
    buf_puts(&t->text, piece);
    buf_add(&t->text, at, (size_t)(file.text + file.size - at));
    return reads_back(t);
}

/* Behind the last wording, with its own mark ("  * "). */
static bool try_list(struct attempt *t, const char *words)
{
    const struct wording *last = &t->article->wordings[t->article->wording_count - 1];
    struct span line, end;
    if (!find_line(t->add->file, last->place.line, &line))
        return false;
    end = end_of(t->add->file, line);
    size_t mark = 0;
    while (mark < line.size && (line.text[mark] == ' ' || line.text[mark] == '\t'))
        mark++;
    mark += mark < line.size;
    while (mark < line.size && (line.text[mark] == ' ' || line.text[mark] == '\t'))
        mark++;
    const char *piece = arena_printf(t->arena, "%.*s%.*s%s", (int)end.size, end.text, (int)mark, line.text, words);
    return piece != NULL && try_at(t, line.text + line.size, piece);
}

/* A list of its own under the question, parted from the answer by as little as will do. */
static bool try_new_list(struct attempt *t, const char *words)
{
    static const char *const partings[] = {"", "\n", "\n\n---", "\n\n---\n"};
    struct span line, end;
    if (!find_line(t->add->file, t->article->place.line, &line))
        return false;
    end = end_of(t->add->file, line);
    for (size_t i = 0; i < sizeof partings / sizeof *partings; i++) {
        struct buf piece;
        buf_init(&piece, 1 << 16);
        buf_add(&piece, end.text, end.size);
        buf_printf(&piece, "- %s", words);
        for (const char *p = partings[i]; *p != '\0'; p++)
            *p == '\n' ? buf_add(&piece, end.text, end.size) : buf_putc(&piece, *p);
        bool good = !piece.failed && try_at(t, line.text + line.size, piece.data);
        buf_free(&piece);
        if (good)
            return true;
    }
    return false;
}

static const struct article *find_article(const struct collect *c, const char *id)
{
    for (size_t i = 0; i < c->article_count; i++)
        if (strcmp(c->articles[i].id, id) == 0)
            return &c->articles[i];
    return NULL;
}

static int try_ways(struct attempt *t)
{
    for (int escaped = 0; escaped < 2; escaped++) {
        const char *words = markdown_write_words(t->arena, t->add->wording, escaped);
        if (words != NULL && (t->article->wording_count > 0 ? try_list(t, words) : try_new_list(t, words)))
            return 0;
    }
    t->add->ret_why = "the wording cannot be put here without changing what the file says; put it in by hand";
    t->add->ret_line = t->article->place.line;
    return -1;
}

int wording_add_markdown(struct wording_add *add, struct arena *arena, struct buf *out)
{
    struct problems *problems = problems_new();
    struct attempt t = {.add = add, .arena = arena};
    int result = -1;
    add->ret_why = "there is not enough memory";
    add->ret_line = 0;
    if (problems == NULL)
        return -1;
    struct collect before = read_all(arena, problems, add->file);
    t.before = &before;
    t.article = find_article(&before, add->id);
    t.errors = problems_count(problems, SEVERITY_ERROR);
    t.warnings = problems_count(problems, SEVERITY_WARNING);
    buf_init(&t.text, (size_t)SITE_FILE_BYTES);
    if (t.article == NULL) {
        add->ret_why = "the entry is not in this file any more";
    } else if (t.article->wording_count >= SITE_WORDINGS) {
        add->ret_why = "the entry has as many wordings as it may; remove one";
        add->ret_line = t.article->place.line;
    } else if (try_ways(&t) == 0) {
        result = buf_add(out, t.text.data, t.text.size);
    }
    buf_free(&t.text);
    problems_free(problems);
    return result;
}
