/* Questions too close to one another: see review.h. */
#include "edition/review.h"

#include "edition/flows.h"
#include "entity/entity.h"
#include "text/token.h"

#include <stdlib.h>
#include <string.h>

/* Two questions are close when the index hardly parts them and most of their words, function
 * words too, are the same: "how do I …" and "when may I …" are no twins. On a real FAQ of 206
 * entries this names the pairs that an editor would want to see, and no others. */
static const double close_least = 0.85, words_least = 0.6;

enum { CLOSE_MAX = 100, WORDS_MAX = 96 };

static size_t arena_need(const struct site *site)
{
    size_t phrasings = 0;
    for (size_t i = 0; i < site->article_count; i++)
        phrasings += 1 + site->articles[i].wording_count;
    for (size_t i = 0; i < site->intent_count; i++)
        phrasings += 1 + site->intents[i].example_count;
    return (phrasings * sizeof(char *) + (site->article_count + site->intent_count) * 128) * 2 + 65536;
}

/* The first phrasing is the title; a wording that repeats it is not told twice. */
static int set_phrasings(struct arena *arena, struct index_entry *e, const char *title, const struct wording *wordings,
                         size_t count)
{
    const char **texts = arena_array(arena, count + 1, sizeof *texts);
    if (texts == NULL)
        return -1;
    texts[e->phrasing_count++] = title;
    for (size_t i = 0; i < count; i++)
        if (strcmp(wordings[i].text, title) != 0)
            texts[e->phrasing_count++] = wordings[i].text;
    e->phrasings = texts;
    return 0;
}

int review_language_init(struct review_language *l, const struct site *site, const char *lang)
{
    size_t all = site->article_count + site->intent_count;
    *l = (struct review_language){.lang = lang, .arena = arena_new(arena_need(site))};
    if (l->arena == NULL)
        return -1;
    l->entries = arena_array(l->arena, all + 1, sizeof *l->entries);
    l->numbers = arena_array(l->arena, all + 1, sizeof *l->numbers);
    if (l->entries == NULL || l->numbers == NULL)
        return -1;
    for (size_t i = 0; i < site->article_count; i++) {
        const struct article *a = &site->articles[i];
        if (strcmp(a->lang, lang) != 0)
            continue;
        l->numbers[l->count] = (uint32_t)i;
        struct index_entry *e = &l->entries[l->count++];
        e->answer = a->answer_text ? a->answer_text : "";
        e->topic = a->topic ? a->topic : "";
        if (set_phrasings(l->arena, e, a->question, a->wordings, a->wording_count) < 0)
            return -1;
    }
    for (size_t i = 0; i < site->intent_count; i++) {
        const struct intent *n = &site->intents[i];
        if (strcmp(n->lang, lang) != 0 || n->example_count == 0)
            continue;
        l->numbers[l->count] = (uint32_t)(site->article_count + i);
        struct index_entry *e = &l->entries[l->count++];
        e->answer = e->topic = "";
        if (set_phrasings(l->arena, e, n->title ? n->title : n->id, n->examples, n->example_count) < 0)
            return -1;
    }
    return 0;
}

void review_slots(const struct site *site, struct problems *problems)
{
    for (size_t i = 0; i < site->intent_count; i++) {
        const struct flow *flow = site->intents[i].flow;
        for (size_t s = 0; flow != NULL && s < flow->slot_count; s++) {
            const struct place *p = &flow->slots[s].place;
            char why[ENTITY_WHY_BYTES];
            struct entity *entity = flows_entity(&flow->slots[s], site->intents[i].lang, why);
            if (entity == NULL)
                problem_add(problems, SEVERITY_ERROR, p->file, p->line, p->column, "the slot “%s” cannot be read: %s",
                            flow->slots[s].name, why);
            entity_free(entity);
        }
    }
}

void review_language_free(struct review_language *l)
{
    arena_free(l->arena);
}

struct pair {
    uint32_t first, second;
    size_t first_phrasing, second_phrasing;
    double likeness;
};

struct pairs {
    struct pair best[CLOSE_MAX]; /* the likest, likest first */
    size_t count, all;
};

static void keep_pair(void *context, uint32_t first, uint32_t second, size_t first_phrasing, size_t second_phrasing,
                      double likeness)
{
    struct pairs *p = context;
    if (likeness >= 1)
        return; /* the very same words: the reader of the site has told it */
    p->all++;
    size_t at = p->count < CLOSE_MAX ? p->count++ : CLOSE_MAX - 1;
    if (at == CLOSE_MAX - 1 && p->all > CLOSE_MAX && p->best[at].likeness >= likeness)
        return;
    for (; at > 0 && p->best[at - 1].likeness < likeness; at--)
        p->best[at] = p->best[at - 1];
    p->best[at] = (struct pair){first, second, first_phrasing, second_phrasing, likeness};
}

static const struct wording *find_wording(const struct wording *wordings, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (wordings[i].text == text)
            return &wordings[i];
    return NULL;
}

/* Where a phrasing stands: phrasings are the very strings of the site. */
static struct place place_of(const struct site *site, const struct review_language *l, uint32_t entry, size_t phrasing)
{
    uint32_t number = l->numbers[entry];
    const char *text = l->entries[entry].phrasings[phrasing];
    const struct wording *w;
    if (number < site->article_count) {
        const struct article *a = &site->articles[number];
        w = find_wording(a->wordings, a->wording_count, text);
        return w != NULL ? w->place : a->place;
    }
    const struct intent *n = &site->intents[number - site->article_count];
    w = find_wording(n->examples, n->example_count, text);
    return w != NULL ? w->place : n->place;
}

static size_t read_words(const char *text, struct token *ret)
{
    struct token_reader reader = token_reader(text, strlen(text));
    size_t count = 0;
    while (count < WORDS_MAX && token_next(&reader, &ret[count]))
        count++;
    return count;
}

/* The words that two texts have in common, as a share of all in either. */
static double shared_words(const char *a, const char *b)
{
    struct token first[WORDS_MAX], second[WORDS_MAX];
    size_t first_count = read_words(a, first), second_count = read_words(b, second), shared = 0;
    for (size_t i = 0; i < first_count; i++)
        for (size_t k = 0; k < second_count; k++)
            if (strcmp(first[i].word, second[k].word) == 0) {
                shared++;
                second[k].word[0] = '\0';
                break;
            }
    size_t all = first_count + second_count - shared;
    return all > 0 ? (double)shared / (double)all : 0;
}

static void warn_pair(const struct site *site, const struct review_language *l, const struct pair *p,
                      struct problems *problems)
{
    const char *text = l->entries[p->second].phrasings[p->second_phrasing];
    const char *other_text = l->entries[p->first].phrasings[p->first_phrasing];
    if (shared_words(text, other_text) < words_least)
        return;
    struct place at = place_of(site, l, p->second, p->second_phrasing);
    struct place other = place_of(site, l, p->first, p->first_phrasing);
    problem_add(problems, SEVERITY_WARNING, at.file, at.line, at.column,
                "“%.80s” is close to “%.80s” in %s:%d, which has another answer; join the two, or say in the "
                "questions what parts them",
                text, other_text, other.file ? other.file : "", other.line);
}

int review_close_questions(const struct site *site, const struct review_language *l, const void *index, size_t size,
                           struct problems *problems)
{
    struct index *x = index_open(index, size);
    struct pairs *pairs = calloc(1, sizeof *pairs);
    int result = x != NULL && pairs != NULL ? index_twins(x, l->entries, close_least, keep_pair, pairs) : -1;
    for (size_t i = 0; result == 0 && i < pairs->count; i++)
        warn_pair(site, l, &pairs->best[i], problems);
    free(pairs);
    index_close(x);
    return result;
}
