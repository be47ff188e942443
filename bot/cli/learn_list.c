/* The questions that wait for an editor, in groups: see learn.h. A group stays as it is once it was made, so that
 * numbers mean at accepting what they meant at listing; only questions that are in none yet are compared. */
#include "cli/learn.h"

#include "content/settings.h"
#include "understand/alike.h"

#include <stdlib.h>
#include <string.h>

/* Alike enough to be one question to an editor: another form of a word or a slip, hardly another word. */
static const double alike_enough = 0.65;

enum { GROUPED_AT_ONCE = 2000 };

struct reading {
    struct call *call;
    struct learn_list *list;
    struct learn_question *rows;
    size_t count;
};

static int no_memory(struct call *call)
{
    fputs("sportello learn: no memory\n", call->err);
    return -1;
}

/* Page by page, so that the store has time for visitors in between. */
static int read_pages(struct reading *r)
{
    struct learn_list *l = r->list;
    int64_t after = 0;
    do {
        struct store_learn_list *page = data_job(&store_learn_list_kind, sizeof *page);
        struct store_learn_list **pages = page != NULL ? arena_grow(l->arena, l->pages, l->page_count * sizeof *pages,
                                                                    (l->page_count + 1) * sizeof *pages)
                                                       : NULL;
        if (pages == NULL) {
            store_job_free(page != NULL ? &page->job : NULL);
            return no_memory(r->call);
        }
        l->pages = pages;
        l->pages[l->page_count++] = page;
        page->after = after;
        page->settled = r->call->all;
        data_do(r->call->owned, &page->job);
        if (page->job.result != STORE_OK) {
            fprintf(r->call->err, "sportello learn: %s\n", data_result_text(page->job.result));
            return -1;
        }
        after = page->ret_last;
        r->count += page->count;
        l->open = page->ret_open;
        l->missed = page->ret_missed;
        l->missed_ms = page->ret_missed_ms;
    } while (after != 0);
    return 0;
}

static int join_pages(struct reading *r)
{
    size_t at = 0;
    r->rows = arena_array(r->list->arena, r->count, sizeof *r->rows);
    if (r->rows == NULL)
        return no_memory(r->call);
    for (size_t p = 0; p < r->list->page_count; p++) {
        const struct store_learn_list *page = r->list->pages[p];
        for (size_t i = 0; i < page->count; i++)
            r->rows[at++] = page->rows[i];
    }
    return 0;
}

/* --- grouping ------------------------------------------------------------------------------------ */

static int keep_groups(struct call *call, const struct learn_membership *rows, size_t count)
{
    for (size_t at = 0; at < count; at += GROUPED_AT_ONCE) {
        struct store_learn_group *job = data_job(&store_learn_group_kind, sizeof *job);
        if (job == NULL)
            return no_memory(call);
        job->rows = rows + at;
        job->count = count - at < GROUPED_AT_ONCE ? count - at : GROUPED_AT_ONCE;
        data_do(call->owned, &job->job);
        enum store_result result = job->job.result;
        store_job_free(&job->job);
        if (result != STORE_OK) {
            fprintf(call->err, "sportello learn: %s\n", data_result_text(result));
            return -1;
        }
    }
    return 0;
}

/* Finds groups for the questions of one language that have none; older ones lead. */
static int group_language(struct reading *r, const char *lang, struct learn_membership *made, size_t *made_count)
{
    struct alike *leaders = alike_new(lang);
    int result = leaders != NULL ? 0 : -1;
    for (int ungrouped = 0; ungrouped < 2; ungrouped++) {
        for (size_t i = 0; i < r->count && result == 0; i++) {
            struct learn_question *q = &r->rows[i];
            if (strcmp(q->lang, lang) != 0 || q->state != LEARN_OPEN)
                continue;
            if (ungrouped == 0 && q->leader == q->id)
                result = alike_add(leaders, q->text, q->id);
            if (ungrouped == 0 || q->leader != 0)
                continue;
            int64_t leader = alike_find(leaders, q->text, alike_enough, NULL);
            q->leader = leader != 0 ? leader : q->id;
            made[(*made_count)++] = (struct learn_membership){q->id, q->leader};
            if (leader == 0)
                result = alike_add(leaders, q->text, q->id);
        }
    }
    alike_free(leaders);
    return result < 0 ? no_memory(r->call) : 0;
}

static int group_new(struct reading *r)
{
    struct learn_membership *made = arena_array(r->list->arena, r->count, sizeof *made);
    const char *langs[SETTINGS_LANGUAGES_MAX];
    size_t made_count = 0, lang_count = 0;
    if (made == NULL)
        return no_memory(r->call);
    for (size_t i = 0; i < r->count; i++) {
        size_t known = 0;
        while (known < lang_count && strcmp(langs[known], r->rows[i].lang) != 0)
            known++;
        if (known == lang_count && lang_count < SETTINGS_LANGUAGES_MAX)
            langs[lang_count++] = r->rows[i].lang;
    }
    for (size_t i = 0; i < lang_count; i++)
        if (group_language(r, langs[i], made, &made_count) < 0)
            return -1;
    return keep_groups(r->call, made, made_count);
}

/* --- groups ---------------------------------------------------------------------------------------- */

int64_t learn_list_times(const struct learn_question *q)
{
    int64_t times = 0;
    for (size_t i = 0; i < q->count_count; i++) {
        enum learn_outcome o = q->counts[i].outcome;
        if (o == LEARN_UNANSWERED || o == LEARN_OFFERED || o == LEARN_THUMB_DOWN)
            times += q->counts[i].count;
    }
    return times > 0 ? times : 1;
}

static int by_group(const void *a, const void *b)
{
    const struct learn_question *x = a, *y = b;
    int64_t left = x->leader != 0 ? x->leader : x->id, right = y->leader != 0 ? y->leader : y->id;
    if (left != right)
        return left < right ? -1 : 1;
    if (x->state != y->state)
        return x->state < y->state ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static int by_times(const void *a, const void *b)
{
    const struct learn_question *x = *(const struct learn_question *const *)a;
    const struct learn_question *y = *(const struct learn_question *const *)b;
    int64_t left = learn_list_times(x), right = learn_list_times(y);
    if (left != right)
        return left > right ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static int by_weight(const void *a, const void *b)
{
    const struct learn_group *x = a, *y = b;
    enum learn_state left = x->members[0]->state, right = y->members[0]->state;
    if (left != right)
        return left < right ? -1 : 1;
    if (x->picked != y->picked)
        return x->picked > y->picked ? -1 : 1;
    if (x->times != y->times)
        return x->times > y->times ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* How often the entry was picked for (or found helpful by) somebody who asked one of the group. */
static int64_t counted(const struct learn_group *g, enum learn_outcome outcome, const char *entry)
{
    int64_t sum = 0;
    for (size_t i = 0; i < g->count; i++)
        for (size_t k = 0; k < g->members[i]->count_count; k++) {
            const struct learn_count *c = &g->members[i]->counts[k];
            sum += c->outcome == outcome && strcmp(c->entry, entry) == 0 ? c->count : 0;
        }
    return sum;
}

/* The entry that was picked most often is proposed. */
static void propose(struct learn_group *g)
{
    for (size_t i = 0; i < g->count; i++)
        for (size_t k = 0; k < g->members[i]->count_count; k++) {
            const struct learn_count *c = &g->members[i]->counts[k];
            int64_t picked = c->outcome == LEARN_PICKED ? counted(g, LEARN_PICKED, c->entry) : 0;
            if (picked <= g->picked)
                continue;
            g->proposal = c->entry;
            g->picked = picked;
            g->helpful = counted(g, LEARN_HELPFUL, c->entry);
        }
}

static int make_groups(struct reading *r)
{
    struct learn_list *l = r->list;
    const struct learn_question **members = arena_array(l->arena, r->count, sizeof *members);
    l->groups = arena_array(l->arena, r->count, sizeof *l->groups);
    if (members == NULL || l->groups == NULL)
        return no_memory(r->call);
    qsort(r->rows, r->count, sizeof *r->rows, by_group);
    for (size_t i = 0; i < r->count; i++) {
        const struct learn_question *q = &r->rows[i], *before = i > 0 ? &r->rows[i - 1] : NULL;
        bool same = before != NULL && q->leader != 0 && before->leader == q->leader && before->state == q->state;
        members[i] = q;
        if (!same)
            l->groups[l->count++] = (struct learn_group){.number = q->id, .members = members + i};
        l->groups[l->count - 1].count++;
        l->groups[l->count - 1].times += learn_list_times(q);
    }
    for (size_t i = 0; i < l->count; i++) {
        qsort(l->groups[i].members, l->groups[i].count, sizeof *members, by_times);
        propose(&l->groups[i]);
    }
    if (l->count > 1)
        qsort(l->groups, l->count, sizeof *l->groups, by_weight);
    return 0;
}

/* Groups of other languages than the one asked for are left out. */
static void only_language(struct learn_list *l, const char *lang)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->groups[i].members[0]->lang, lang) == 0)
            l->groups[kept++] = l->groups[i];
    l->count = kept;
}

int learn_list_read(struct call *call, bool look, struct learn_list *ret)
{
    *ret = (struct learn_list){.arena = arena_new(LEARN_ARENA)};
    struct reading r = {.call = call, .list = ret};
    if (ret->arena == NULL)
        return no_memory(call);
    if (read_pages(&r) < 0 || join_pages(&r) < 0 || (look && group_new(&r) < 0) || make_groups(&r) < 0) {
        learn_list_free(ret);
        return -1;
    }
    if (call->lang != NULL)
        only_language(ret, call->lang);
    return 0;
}

void learn_list_free(struct learn_list *l)
{
    for (size_t i = 0; i < l->page_count; i++)
        store_job_free(&l->pages[i]->job);
    arena_free(l->arena);
    *l = (struct learn_list){0};
}

const struct learn_group *learn_list_find(const struct learn_list *l, int64_t number)
{
    for (size_t i = 0; i < l->count; i++)
        for (size_t k = 0; k < l->groups[i].count; k++)
            if (l->groups[i].members[k]->id == number)
                return &l->groups[i];
    return NULL;
}
