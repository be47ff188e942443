/* Pairs, and where their prompts lead: see qna_pairs.h. */
#include "content/qna_pairs.h"

#include "base/map.h"
#include "content/ident.h"

#include <string.h>
#include <strings.h>

int qna_pairs_open(struct qna_pairs *q, struct import_list *list)
{
    *q = (struct qna_pairs){.list = list};
    q->tail = &q->first;
    q->targets = map_new((size_t)IMPORT_ENTRIES * 2);
    return q->targets != NULL ? 0 : -1;
}

void qna_pairs_close(struct qna_pairs *q)
{
    map_free(q->targets);
    q->targets = NULL;
}

const char *qna_copy(const struct qna_pairs *q, struct span s)
{
    const char *text = arena_strndup(q->list->arena, s.text, s.size);
    return text != NULL ? text : "";
}

bool qna_begins(struct span line, const char *with)
{
    size_t size = strlen(with);
    return line.size >= size && strncasecmp(line.text, with, size) == 0;
}

struct span qna_behind(struct span line, size_t bytes)
{
    return lines_trim((struct span){line.text + bytes, line.size - bytes});
}

bool qna_is_topic(const char *name)
{
    static const char *const names[] = {"topic", "category", "tema", "argomento"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(names[i], name) == 0)
            return true;
    return false;
}

struct qna_pair *qna_pairs_add(struct qna_pairs *q, int line, const char *question)
{
    struct qna_pair *p = arena_alloc(q->list->arena, sizeof *p);
    if (p == NULL)
        return NULL;
    p->item = (struct import_item){.line = line, .question = question};
    p->wordings_tail = &p->wordings;
    p->prompts_tail = &p->prompts;
    *q->tail = p;
    q->tail = &p->next;
    return p;
}

void qna_pairs_add_wording(struct qna_pairs *q, struct qna_pair *p, const char *text)
{
    struct qna_wording *w = arena_alloc(q->list->arena, sizeof *w);
    if (w == NULL)
        return;
    w->text = text;
    *p->wordings_tail = w;
    p->wordings_tail = &w->next;
    p->item.wording_count++;
}

void qna_pairs_add_prompt(struct qna_pairs *q, struct qna_pair *p, const char *title, const char *target)
{
    struct qna_prompt *prompt = arena_alloc(q->list->arena, sizeof *prompt);
    if (prompt == NULL)
        return;
    *prompt = (struct qna_prompt){.title = title, .target = target};
    *p->prompts_tail = prompt;
    p->prompts_tail = &prompt->next;
}

/* --- handing over ---------------------------------------------------------------------------------------- */

static const char *question_key(const struct qna_pairs *q, const char *question)
{
    const char *slug = ident_slug(q->list->arena, question);
    return slug != NULL ? arena_printf(q->list->arena, "?%s", slug) : "?";
}

/* Every pair by its id and by its question. */
static void index_pairs(struct qna_pairs *q)
{
    for (struct qna_pair *p = q->first; p != NULL; p = p->next) {
        const char *key = question_key(q, p->item.question);
        if (map_get_str(q->targets, key) == NULL)
            map_put_str(q->targets, key, p);
        if (p->item.id != NULL && p->item.id[0] != '\0')
            map_put_str(q->targets, p->item.id, p);
    }
}

/* The id that the target of a prompt will have, or NULL. */
static const char *find_target(const struct qna_pairs *q, const char *target)
{
    const struct qna_pair *p = map_get_str(q->targets, target[0] == '?' ? question_key(q, target + 1) : target);
    if (p == NULL)
        return NULL;
    bool kept = p->item.id != NULL && ident_valid(p->item.id, strlen(p->item.id));
    return kept ? p->item.id : ident_slug(q->list->arena, p->item.question);
}

static void add_options(struct qna_pairs *q, struct qna_pair *p)
{
    size_t room = 0;
    for (const struct qna_prompt *prompt = p->prompts; prompt != NULL; prompt = prompt->next)
        room++;
    struct option *options = arena_array(q->list->arena, room + 1, sizeof *options);
    for (const struct qna_prompt *prompt = p->prompts; prompt != NULL && options != NULL; prompt = prompt->next) {
        const char *id = find_target(q, prompt->target);
        if (id != NULL)
            options[p->item.option_count++] =
                (struct option){.kind = OPTION_ENTRY, .target = id, .title = prompt->title};
        else
            problem_add(q->list->problems, SEVERITY_WARNING, q->list->source, p->item.line, 0,
                        "the prompt “%.60s” leads nowhere and is left out", prompt->title);
    }
    p->item.options = options;
}

void qna_pairs_hand_over(struct qna_pairs *q)
{
    index_pairs(q);
    for (struct qna_pair *p = q->first; p != NULL; p = p->next) {
        const char **wordings = arena_array(q->list->arena, p->item.wording_count + 1, sizeof *wordings);
        size_t count = 0;
        for (const struct qna_wording *w = p->wordings; w != NULL && wordings != NULL; w = w->next)
            wordings[count++] = w->text;
        p->item.wordings = wordings;
        add_options(q, p);
        import_list_add(q->list, &p->item);
    }
}
