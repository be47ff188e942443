/* Lines of a .qna file or a QnA Maker table: see qna.h. */
#include "content/qna.h"

#include "base/buf.h"
#include "base/map.h"
#include "content/ident.h"

#include <string.h>
#include <strings.h>

enum { CELLS = 12 };

/* A button that leads to another pair, by its id or by its question. */
struct prompt {
    const char *title, *target;
    struct prompt *next;
};

struct wording_line {
    const char *text;
    struct wording_line *next;
};

struct pair {
    struct import_item item;
    struct wording_line *wordings, **wordings_tail;
    struct prompt *prompts, **prompts_tail;
    struct pair *next;
};

/* What the lines that begin with "- " are. */
enum part { PART_WORDINGS, PART_FILTERS, PART_PROMPTS };

struct reader {
    struct arena *arena;
    struct import_list *list;
    struct pair *pairs, **tail, *at; /* at: the one being read; NULL = none yet */
    enum part part;
    int line;
    const char *next_id;
    struct buf answer;
    struct map *targets; /* of prompts: pairs */
    size_t fence;        /* length of the one that is open; 0 = none */
};

static const char *copy(const struct reader *r, struct span s)
{
    const char *text = arena_strndup(r->arena, s.text, s.size);
    return text != NULL ? text : "";
}

static void warn(const struct reader *r, const char *what, struct span line)
{
    problem_add(r->list->problems, SEVERITY_WARNING, r->list->source, r->line, 0, "%s: %.*s", what,
                (int)(line.size < 60 ? line.size : 60), line.text);
}

static bool begins(struct span line, const char *with)
{
    size_t size = strlen(with);
    return line.size >= size && strncasecmp(line.text, with, size) == 0;
}

static struct span behind(struct span line, size_t bytes)
{
    return lines_trim((struct span){line.text + bytes, line.size - bytes});
}

static struct pair *add_pair(struct reader *r, const char *question)
{
    struct pair *p = arena_alloc(r->arena, sizeof *p);
    if (p == NULL)
        return NULL;
    p->item = (struct import_item){.line = r->line, .question = question};
    p->wordings_tail = &p->wordings;
    p->prompts_tail = &p->prompts;
    *r->tail = p;
    r->tail = &p->next;
    return p;
}

static void add_wording(struct reader *r, struct pair *p, const char *text)
{
    struct wording_line *w = arena_alloc(r->arena, sizeof *w);
    if (w == NULL)
        return;
    w->text = text;
    *p->wordings_tail = w;
    p->wordings_tail = &w->next;
    p->item.wording_count++;
}

/* --- .qna -------------------------------------------------------------------------------------------- */

/* What stands in `[…](…)`; false where the line does not begin so. */
static bool read_link(struct span line, struct span *ret_title, struct span *ret_target)
{
    const char *close = line.size > 0 && line.text[0] == '[' ? memmem(line.text, line.size, "](", 2) : NULL;
    const char *end = close != NULL ? memchr(close, ')', line.size - (size_t)(close - line.text)) : NULL;
    if (end == NULL)
        return false;
    *ret_title = lines_trim((struct span){line.text + 1, (size_t)(close - line.text - 1)});
    *ret_target = lines_trim((struct span){close + 2, (size_t)(end - close - 2)});
    return true;
}

static void begin_pair(struct reader *r, struct span question)
{
    struct span title, target;
    r->part = PART_WORDINGS;
    r->at = NULL;
    if (read_link(question, &title, &target))
        warn(r, "a question in another file is not read; import that file", question);
    else
        r->at = add_pair(r, copy(r, question));
    if (r->at != NULL)
        r->at->item.id = r->next_id;
    r->next_id = NULL;
}

static void read_filter(struct reader *r, struct span line)
{
    static const char *const topics[] = {"topic", "category", "tema", "argomento"};
    const char *equals = memchr(line.text, '=', line.size);
    if (equals == NULL)
        return;
    size_t size = (size_t)(equals - line.text);
    const char *name = copy(r, lines_trim((struct span){line.text, size}));
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
        if (strcasecmp(topics[i], name) == 0) {
            r->at->item.topic = copy(r, behind(line, size + 1));
            return;
        }
    }
    warn(r, "this filter is left out; topic or category become the topic", line);
}

static void add_prompt(struct reader *r, struct span line)
{
    struct span title, target;
    struct prompt *p = read_link(line, &title, &target) ? arena_alloc(r->arena, sizeof *p) : NULL;
    if (p == NULL || target.size == 0 || target.text[0] != '#' || title.size == 0) {
        warn(r, "this prompt is left out", line);
        return;
    }
    *p = (struct prompt){.title = copy(r, title), .target = copy(r, behind(target, 1))};
    *r->at->prompts_tail = p;
    r->at->prompts_tail = &p->next;
}

static void read_item(struct reader *r, struct span line)
{
    struct span title, target;
    if (r->at == NULL)
        return;
    if (r->part == PART_FILTERS)
        read_filter(r, line);
    else if (r->part == PART_PROMPTS)
        add_prompt(r, line);
    else if (read_link(line, &title, &target))
        warn(r, "wordings in another place are not read", line);
    else
        add_wording(r, r->at, copy(r, line));
}

/* `<a id = "7"></a>` */
static void read_anchor(struct reader *r, struct span line)
{
    const char *quote = memchr(line.text, '"', line.size);
    const char *end = quote != NULL ? memchr(quote + 1, '"', line.size - (size_t)(quote + 1 - line.text)) : NULL;
    if (end != NULL)
        r->next_id = copy(r, (struct span){quote + 1, (size_t)(end - quote - 1)});
}

static size_t fence_of(struct span line)
{
    size_t size = 0;
    while (size < line.size && line.text[size] == '`')
        size++;
    return size >= 3 ? size : 0;
}

static void read_answer_line(struct reader *r, struct span whole)
{
    struct span line = lines_trim(whole);
    size_t fence = fence_of(line);
    if (fence < r->fence || fence < line.size) {
        buf_add(&r->answer, whole.text, whole.size);
        buf_putc(&r->answer, '\n');
        return;
    }
    if (r->at != NULL && r->at->item.answer == NULL)
        r->at->item.answer = arena_strndup(r->arena, r->answer.data, r->answer.size);
    buf_clear(&r->answer);
    r->fence = 0;
}

static void read_line(struct reader *r, struct span whole)
{
    struct span line = lines_trim(whole);
    size_t marks = 0;
    while (marks < line.size && line.text[marks] == '#')
        marks++;
    struct span heading = behind(line, marks);
    if (line.size == 0 || line.text[0] == '>')
        return;
    if (marks > 0 && begins(heading, "?"))
        begin_pair(r, behind(heading, 1));
    else if (begins(line, "<a "))
        read_anchor(r, line);
    else if (begins(line, "**Filters:**"))
        r->part = PART_FILTERS;
    else if (begins(line, "**Prompts:**"))
        r->part = PART_PROMPTS;
    else if (fence_of(line) > 0)
        r->fence = fence_of(line);
    else if (line.size > 1 && strchr("-*+", line.text[0]) != NULL)
        read_item(r, behind(line, 1));
    else
        warn(r, "this line is not read", line);
}

static void read_lines(struct reader *r, struct span text)
{
    struct span rest = text, line;
    int opened = 0;
    for (r->line = 1; lines_next(&rest, &line); r->line++) {
        bool inside = r->fence > 0;
        if (inside)
            read_answer_line(r, line);
        else
            read_line(r, line);
        if (!inside && r->fence > 0)
            opened = r->line;
    }
    if (r->fence > 0)
        problem_add(r->list->problems, SEVERITY_ERROR, r->list->source, opened, 0,
                    "the answer that begins here has no ``` below it");
}

/* --- tables -------------------------------------------------------------------------------------------- */

enum cell { CELL_QUESTION, CELL_ANSWER, CELL_METADATA, CELL_ID, CELL_KINDS };

static size_t cut(struct span line, struct span cells[CELLS])
{
    size_t count = 0;
    while (count < CELLS) {
        const char *tab = line.size > 0 ? memchr(line.text, '\t', line.size) : NULL;
        size_t size = tab != NULL ? (size_t)(tab - line.text) : line.size;
        cells[count++] = lines_trim((struct span){line.text, size});
        if (tab == NULL)
            break;
        line = (struct span){tab + 1, line.size - size - 1};
    }
    return count;
}

/* `\n` and `\t` as they stand in a cell. */
static const char *unescaped(const struct reader *r, struct span cell)
{
    char *text = arena_strndup(r->arena, cell.text, cell.size), *out = text;
    for (const char *p = text; p != NULL && *p != '\0'; p++) {
        bool escape = p[0] == '\\' && p[1] != '\0' && strchr("nrt\\", p[1]) != NULL;
        *out++ = !escape ? *p : p[1] == 'n' || p[1] == 'r' ? '\n' : p[1] == 't' ? ' ' : '\\';
        p += escape;
    }
    if (out != NULL)
        *out = '\0';
    return text != NULL ? text : "";
}

/* `topic:shipping|shop:north` */
static void read_metadata(struct reader *r, struct pair *p, struct span cell)
{
    static const char *const topics[] = {"topic:", "category:", "tema:", "argomento:"};
    for (size_t at = 0, size; at < cell.size; at += size + 1) {
        const char *end = memchr(cell.text + at, '|', cell.size - at);
        size = end != NULL ? (size_t)(end - cell.text) - at : cell.size - at;
        struct span pair = lines_trim((struct span){cell.text + at, size});
        for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
            if (begins(pair, topics[i]))
                p->item.topic = copy(r, behind(pair, strlen(topics[i])));
    }
}

static void read_row(struct reader *r, const int at[CELL_KINDS], struct span line)
{
    struct span cells[CELLS], wanted[CELL_KINDS];
    size_t count = cut(line, cells);
    for (int k = 0; k < CELL_KINDS; k++)
        wanted[k] = at[k] >= 0 && (size_t)at[k] < count ? cells[at[k]] : (struct span){"", 0};
    const char *id = copy(r, wanted[CELL_ID]), *answer = unescaped(r, wanted[CELL_ANSWER]);
    struct pair *last = r->at;
    /* A pair has a row for each of its questions. */
    if (last != NULL && strcmp(last->item.answer, answer) == 0 && strcmp(last->item.id, id) == 0) {
        add_wording(r, last, copy(r, wanted[CELL_QUESTION]));
        return;
    }
    r->at = add_pair(r, copy(r, wanted[CELL_QUESTION]));
    if (r->at == NULL)
        return;
    r->at->item.id = id;
    r->at->item.answer = answer;
    read_metadata(r, r->at, wanted[CELL_METADATA]);
}

static void read_table(struct reader *r, struct span text)
{
    static const char *const names[CELL_KINDS] = {"Question", "Answer", "Metadata", "QnaId"};
    struct span rest = text, line, cells[CELLS];
    int at[CELL_KINDS] = {-1, -1, -1, -1};
    lines_next(&rest, &line);
    size_t count = cut(line, cells);
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < CELL_KINDS; k++)
            if (cells[i].size == strlen(names[k]) && begins(cells[i], names[k]))
                at[k] = (int)i;
    for (r->line = 2; lines_next(&rest, &line); r->line++)
        if (lines_trim(line).size > 0)
            read_row(r, at, line);
}

/* --- handing over ---------------------------------------------------------------------------------------- */

static const char *question_key(const struct reader *r, const char *question)
{
    const char *slug = ident_slug(r->arena, question);
    return slug != NULL ? arena_printf(r->arena, "?%s", slug) : "?";
}

/* Every pair by its id and by its question. */
static void index_pairs(struct reader *r)
{
    for (struct pair *p = r->pairs; p != NULL; p = p->next) {
        const char *key = question_key(r, p->item.question);
        if (map_get_str(r->targets, key) == NULL)
            map_put_str(r->targets, key, p);
        if (p->item.id != NULL && p->item.id[0] != '\0')
            map_put_str(r->targets, p->item.id, p);
    }
}

/* The id that the target of a prompt will have, or NULL. */
static const char *find_target(const struct reader *r, const char *target)
{
    const struct pair *p = map_get_str(r->targets, target[0] == '?' ? question_key(r, target + 1) : target);
    if (p == NULL)
        return NULL;
    bool kept = p->item.id != NULL && ident_valid(p->item.id, strlen(p->item.id));
    return kept ? p->item.id : ident_slug(r->arena, p->item.question);
}

static void add_options(struct reader *r, struct pair *p)
{
    size_t room = 0;
    for (const struct prompt *q = p->prompts; q != NULL; q = q->next)
        room++;
    struct option *options = arena_array(r->arena, room + 1, sizeof *options);
    for (const struct prompt *q = p->prompts; q != NULL && options != NULL; q = q->next) {
        const char *id = find_target(r, q->target);
        if (id != NULL)
            options[p->item.option_count++] = (struct option){.kind = OPTION_ENTRY, .target = id, .title = q->title};
        else
            problem_add(r->list->problems, SEVERITY_WARNING, r->list->source, p->item.line, 0,
                        "the prompt “%.60s” leads nowhere and is left out", q->title);
    }
    p->item.options = options;
}

static void hand_over(struct reader *r)
{
    index_pairs(r);
    for (struct pair *p = r->pairs; p != NULL; p = p->next) {
        const char **wordings = arena_array(r->arena, p->item.wording_count + 1, sizeof *wordings);
        size_t count = 0;
        for (const struct wording_line *w = p->wordings; w != NULL && wordings != NULL; w = w->next)
            wordings[count++] = w->text;
        p->item.wordings = wordings;
        add_options(r, p);
        import_list_add(r->list, &p->item);
    }
}

const char *qna_read(struct import_list *list, struct span text)
{
    struct reader r = {.arena = list->arena, .list = list};
    struct span rest = text, first = {"", 0};
    if (text.size > QNA_BYTES) {
        problem_add(list->problems, SEVERITY_ERROR, list->source, 0, 0, "larger than %d MiB; split it",
                    QNA_BYTES >> 20);
        return NULL;
    }
    r.tail = &r.pairs;
    r.targets = map_new((size_t)IMPORT_ENTRIES * 2);
    if (r.targets == NULL)
        return NULL;
    buf_init(&r.answer, QNA_BYTES);
    lines_next(&rest, &first);
    bool table = begins(first, "Question\tAnswer");
    if (table)
        read_table(&r, text);
    else
        read_lines(&r, text);
    hand_over(&r);
    buf_free(&r.answer);
    map_free(r.targets);
    return table ? "a QnA Maker table" : "a .qna file";
}
