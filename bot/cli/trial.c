/* Learning from a corpus and answering another: see trial.h. */
#include "cli/trial.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ASK_BYTES = 16 << 20, PROGRESS_EVERY = 256 };
/* Below it a text is more probably out of scope than in it. */
static const double EVEN_CHANCE = 0.5;

/* What is learned: wordings by label, in the order of their lines. */
struct lesson {
    const char **texts; /* of all entries, one after the other */
    size_t *starts;     /* of each label in `texts`, and the end */
    size_t *filled;
    struct index_entry *entries;
    const char **out_of_scope;
    size_t out_of_scope_count;
};

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void lesson_free(struct lesson *l)
{
    free(l->texts);
    free(l->starts);
    free(l->filled);
    free(l->entries);
    free(l->out_of_scope);
}

static int lesson_init(struct lesson *l, const struct corpus *c)
{
    *l = (struct lesson){.texts = calloc(c->train.count + c->label_count + 1, sizeof *l->texts),
                         .starts = calloc(c->label_count + 2, sizeof *l->starts),
                         .filled = calloc(c->label_count + 1, sizeof *l->filled),
                         .entries = calloc(c->label_count + 1, sizeof *l->entries),
                         .out_of_scope = calloc(c->train.count + 1, sizeof *l->out_of_scope)};
    return l->texts != NULL && l->starts != NULL && l->filled != NULL && l->entries != NULL && l->out_of_scope != NULL
               ? 0
               : -1;
}

/* Sorts the lines to their labels, with room for the name or question in front of each label's. */
static int gather(struct lesson *l, struct corpus *c)
{
    for (size_t i = 0; i < c->train.count; i++)
        l->starts[c->train.lines[i].label + 1]++;
    for (size_t i = 0; i < c->label_count; i++)
        l->starts[i + 1] += l->starts[i] + 1;
    for (size_t i = 0; i < c->label_count; i++) {
        const struct corpus_label *label = &c->labels[i];
        bool taught = l->starts[i + 1] - l->starts[i] > 1 || label->question != NULL;
        if (!taught || label->out_of_scope)
            continue;
        const char *name = label->question != NULL ? label->question : corpus_words(c, label->name);
        if (name == NULL)
            return -1;
        l->texts[l->starts[i] + l->filled[i]++] = name;
    }
    for (size_t i = 0; i < c->train.count; i++) {
        const struct corpus_line *line = &c->train.lines[i];
        if (c->labels[line->label].out_of_scope)
            l->out_of_scope[l->out_of_scope_count++] = line->text;
        else
            l->texts[l->starts[line->label] + l->filled[line->label]++] = line->text;
    }
    return 0;
}

static void learning_progress(void *context, double share)
{
    const struct trial_options *o = context;
    if (o->progress != NULL)
        o->progress(o->context, "learning", share);
}

/* The label out of scope with the most lines to learn from; TRIAL_NONE = there is none. */
static uint32_t outside(const struct corpus *c, const struct lesson *l)
{
    uint32_t best = TRIAL_NONE;
    size_t most = 1; /* each label has room for a name, which one out of scope does not use */
    for (size_t i = 0; i < c->label_count; i++) {
        size_t room = l->starts[i + 1] - l->starts[i];
        if (c->labels[i].out_of_scope && room > most) {
            best = (uint32_t)i;
            most = room;
        }
    }
    return best;
}

int trial_learn(struct trial *t, struct corpus *c, const struct trial_options *o)
{
    *t = (struct trial){.labels = calloc(c->label_count + 1, sizeof *t->labels), .outside = TRIAL_NONE};
    buf_init(&t->image, TRIAL_IMAGE_BYTES);
    struct lesson l;
    int result = -1;
    if (lesson_init(&l, c) < 0 || t->labels == NULL || gather(&l, c) < 0)
        goto done;
    if (o->oos_as_class)
        t->outside = outside(c, &l);
    for (size_t i = 0; i < c->label_count; i++) {
        if (l.filled[i] == 0)
            continue;
        t->labels[t->entry_count] = (uint32_t)i;
        l.entries[t->entry_count++] = (struct index_entry){.phrasings = &l.texts[l.starts[i]],
                                                           .phrasing_count = l.filled[i],
                                                           .answer = c->labels[i].answer,
                                                           .topic = ""};
    }
    struct meaning_maker words = o->vectors != NULL ? vectors_maker(o->vectors) : (struct meaning_maker){0};
    const struct index_options options = {.makers[MEANING_WORDS] = o->vectors != NULL ? &words : NULL,
                                          .out_of_scope = l.out_of_scope,
                                          .out_of_scope_count = l.out_of_scope_count,
                                          .progress = learning_progress,
                                          .context = (void *)o};
    double from = now_us();
    if (index_build(o->lang, l.entries, t->entry_count, &options, &t->image) < 0)
        goto done;
    t->train_s = (now_us() - from) / 1e6;
    t->index = index_open(t->image.data, t->image.size);
    result = t->index != NULL ? 0 : -1;
done:
    lesson_free(&l);
    return result;
}

/* The text's own meaning, where there are word vectors. -1 without memory. */
static int add_meaning(const struct trial_options *o, const char *text, struct arena *arena,
                       struct understand_options *ret)
{
    if (o->vectors == NULL)
        return 0;
    float *meaning = arena_alloc_raw(arena, vectors_size(o->vectors) * sizeof *meaning);
    if (meaning == NULL)
        return -1;
    if (vectors_text(o->vectors, o->lang, text, strlen(text), meaning)) {
        ret->meanings[MEANING_WORDS] = meaning;
        ret->sources[MEANING_WORDS] = vectors_source(o->vectors);
        ret->sizes[MEANING_WORDS] = vectors_size(o->vectors);
    }
    return 0;
}

/* Puts the label for what is out of scope first where that is more probable than not, else behind the first. */
static void add_outside(uint32_t label, struct trial_answer *a)
{
    const double probability = 1 - a->in_scope;
    size_t place = 0;
    if (a->in_scope >= EVEN_CHANCE)
        for (place = 1; place < TRIAL_BEST && (double)a->confidences[place] >= probability; place++)
            ;
    for (size_t i = TRIAL_BEST - 1; i > place; i--) {
        a->labels[i] = a->labels[i - 1];
        a->confidences[i] = a->confidences[i - 1];
    }
    if (place < TRIAL_BEST) {
        a->labels[place] = label;
        a->confidences[place] = (float)probability;
    }
}

static int ask(const struct trial *t, const struct trial_options *o, const char *text, struct arena *arena,
               struct trial_answer *ret)
{
    struct understanding u;
    struct understand_options options = {0};
    arena_reset(arena);
    double from = now_us();
    int result = add_meaning(o, text, arena, &options);
    if (result == 0)
        result = understand(t->index, text, &options, arena, &u);
    ret->us = now_us() - from;
    if (result < 0)
        return -1;
    for (size_t i = 0; i < TRIAL_BEST; i++) {
        bool is_there = i < u.count;
        ret->labels[i] = is_there ? t->labels[u.candidates[i].entry] : TRIAL_NONE;
        ret->confidences[i] = is_there ? u.candidates[i].confidence : 0;
    }
    ret->in_scope = u.in_scope;
    ret->close = u.close;
    if (t->outside != TRIAL_NONE)
        add_outside(t->outside, ret);
    return 0;
}

int trial_ask(struct trial *t, const struct corpus *c, const struct trial_options *o)
{
    struct arena *arena = arena_new(ASK_BYTES);
    t->answers = calloc(c->test.count + 1, sizeof *t->answers);
    int result = arena != NULL && t->answers != NULL ? 0 : -1;
    for (size_t i = 0; result == 0 && i < c->test.count; i++) {
        if (o->progress != NULL && i % PROGRESS_EVERY == 0)
            o->progress(o->context, "asking", (double)i / (double)c->test.count);
        result = ask(t, o, c->test.lines[i].text, arena, &t->answers[i]);
    }
    arena_free(arena);
    return result;
}

void trial_free(struct trial *t)
{
    index_close(t->index);
    buf_free(&t->image);
    free(t->labels);
    free(t->answers);
    *t = (struct trial){0};
}
