/* Lines of a .qna file: see qna.h. */
#include "content/qna.h"

#include "base/buf.h"
#include "content/qna_pairs.h"

#include <string.h>

/* What the lines that begin with "- " are. */
enum part { PART_WORDINGS, PART_FILTERS, PART_PROMPTS };

struct reader {
    struct qna_pairs pairs;
    struct import_list *list;
    struct qna_pair *at; /* the one being read; NULL = none yet */
    enum part part;
    int line;
    const char *next_id;
    struct buf answer;
    size_t fence; /* length of the one that is open; 0 = none */
};

static void warn(const struct reader *r, const char *what, struct span line)
{
    problem_add(r->list->problems, SEVERITY_WARNING, r->list->source, r->line, 0, "%s: %.*s", what,
                (int)(line.size < 60 ? line.size : 60), line.text);
}

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
        r->at = qna_pairs_add(&r->pairs, r->line, qna_copy(&r->pairs, question));
    if (r->at != NULL)
        r->at->item.id = r->next_id;
    r->next_id = NULL;
}

static void read_filter(struct reader *r, struct span line)
{
    const char *equals = memchr(line.text, '=', line.size);
    if (equals == NULL)
        return;
    size_t size = (size_t)(equals - line.text);
    if (qna_is_topic(qna_copy(&r->pairs, lines_trim((struct span){line.text, size}))))
        r->at->item.topic = qna_copy(&r->pairs, qna_behind(line, size + 1));
    else
        warn(r, "this filter is left out; topic or category become the topic", line);
}

static void add_prompt(struct reader *r, struct span line)
{
    struct span title, target;
    if (!read_link(line, &title, &target) || target.size == 0 || target.text[0] != '#' || title.size == 0)
        warn(r, "this prompt is left out", line);
    else
        qna_pairs_add_prompt(&r->pairs, r->at, qna_copy(&r->pairs, title), qna_copy(&r->pairs, qna_behind(target, 1)));
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
        qna_pairs_add_wording(&r->pairs, r->at, qna_copy(&r->pairs, line));
}

/* `<a id = "7"></a>` */
static void read_anchor(struct reader *r, struct span line)
{
    const char *quote = memchr(line.text, '"', line.size);
    const char *end = quote != NULL ? memchr(quote + 1, '"', line.size - (size_t)(quote + 1 - line.text)) : NULL;
    if (end != NULL)
        r->next_id = qna_copy(&r->pairs, (struct span){quote + 1, (size_t)(end - quote - 1)});
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
        r->at->item.answer = arena_strndup(r->list->arena, r->answer.data, r->answer.size);
    buf_clear(&r->answer);
    r->fence = 0;
}

static void read_line(struct reader *r, struct span whole)
{
    struct span line = lines_trim(whole);
    size_t marks = 0;
    while (marks < line.size && line.text[marks] == '#')
        marks++;
    struct span heading = qna_behind(line, marks);
    if (line.size == 0 || line.text[0] == '>')
        return;
    if (marks > 0 && qna_begins(heading, "?"))
        begin_pair(r, qna_behind(heading, 1));
    else if (qna_begins(line, "<a "))
        read_anchor(r, line);
    else if (qna_begins(line, "**Filters:**"))
        r->part = PART_FILTERS;
    else if (qna_begins(line, "**Prompts:**"))
        r->part = PART_PROMPTS;
    else if (fence_of(line) > 0)
        r->fence = fence_of(line);
    else if (line.size > 1 && strchr("-*+", line.text[0]) != NULL)
        read_item(r, qna_behind(line, 1));
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

const char *qna_read(struct import_list *list, struct span text)
{
    struct reader r = {.list = list};
    struct span rest = text, first = {"", 0};
    if (text.size > QNA_BYTES) {
        problem_add(list->problems, SEVERITY_ERROR, list->source, 0, 0, "larger than %d MiB; split it",
                    QNA_BYTES >> 20);
        return NULL;
    }
    if (qna_pairs_open(&r.pairs, list) < 0)
        return NULL;
    buf_init(&r.answer, QNA_BYTES);
    lines_next(&rest, &first);
    bool table = qna_begins(first, "Question\tAnswer");
    if (table)
        qna_table_read(&r.pairs, text);
    else
        read_lines(&r, text);
    qna_pairs_hand_over(&r.pairs);
    buf_free(&r.answer);
    qna_pairs_close(&r.pairs);
    return table ? "a QnA Maker table" : "a .qna file";
}
