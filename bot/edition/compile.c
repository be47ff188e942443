/* Making an image of a site's files: see edition.h and the layout in image.h. */
#include "edition/edition.h"
#include "edition/image.h"
#include "edition/review.h"

#include "aiml/aiml.h"
#include "base/map.h"
#include "content/lines.h"

#include <stdlib.h>
#include <string.h>

enum { STRINGS_SHARED_MAX = 1 << 21 };

/* The sections in the making. */
struct compile {
    const struct site *site;
    struct buf sections[EDITION_SECTIONS];
    struct buf indexes; /* the images of the languages' indexes, padded to 8 bytes */
    struct map *shared; /* strings that occur often, to their offset + 1 */
    struct problems *problems;
    const struct edition_options *options;
};

static size_t count_of(const struct compile *c, enum edition_section s)
{
    return c->sections[s].size / edition_element[s];
}

static uint32_t add_string(struct compile *c, const char *text)
{
    if (text == NULL)
        return EDITION_NONE;
    uint32_t at = (uint32_t)c->sections[EDITION_STRINGS].size;
    buf_add(&c->sections[EDITION_STRINGS], text, strlen(text) + 1);
    return at;
}

/* The same for one that many entries have: a language, a topic, a file. */
static uint32_t add_shared(struct compile *c, const char *text)
{
    if (text == NULL)
        return EDITION_NONE;
    uintptr_t known = (uintptr_t)map_get_str(c->shared, text);
    if (known != 0)
        return (uint32_t)(known - 1);
    uint32_t at = add_string(c, text);
    map_put_str(c->shared, text, (void *)((uintptr_t)at + 1));
    return at;
}

/* Adds a list of blocks in preorder; returns the first's ordinal, or NONE. */
static uint32_t add_blocks(struct compile *c, const struct block *b, int depth)
{
    struct buf *out = &c->sections[EDITION_BLOCKS];
    uint32_t first = EDITION_NONE, before = EDITION_NONE;
    for (; b != NULL && depth < EDITION_DEPTH_MAX && !out->failed; b = b->next) {
        uint32_t at = (uint32_t)count_of(c, EDITION_BLOCKS);
        struct image_block i = {(uint32_t)b->kind,        b->level,     add_string(c, b->text),
                                add_string(c, b->target), EDITION_NONE, EDITION_NONE};
        buf_add(out, &i, sizeof i);
        i.child = add_blocks(c, b->child, depth + 1);
        if (out->failed)
            break;
        memcpy(out->data + at * sizeof i, &i, sizeof i);
        if (before != EDITION_NONE)
            memcpy(out->data + before * sizeof i + offsetof(struct image_block, next), &at, sizeof at);
        else
            first = at;
        before = at;
    }
    return first;
}

static void add_says(struct compile *c, const struct block *const *says, size_t count, struct image_entry *e)
{
    uint32_t firsts[64];
    e->say_count = 0;
    for (size_t i = 0; i < count && i < 64; i++)
        firsts[e->say_count++] = add_blocks(c, says[i], 0);
    e->say_at = (uint32_t)count_of(c, EDITION_SAYS);
    buf_add(&c->sections[EDITION_SAYS], firsts, e->say_count * sizeof *firsts);
}

static void add_options(struct compile *c, const struct option *options, size_t count, struct image_entry *e)
{
    e->option_at = (uint32_t)count_of(c, EDITION_OPTIONS);
    e->option_count = (uint32_t)count;
    for (size_t i = 0; i < count; i++) {
        struct image_option o = {(uint32_t)options[i].kind, add_string(c, options[i].target ? options[i].target : ""),
                                 add_string(c, options[i].title ? options[i].title : "")};
        buf_add(&c->sections[EDITION_OPTIONS], &o, sizeof o);
    }
}

static void add_follows(struct compile *c, const struct article *a, struct image_entry *e)
{
    e->follow_at = (uint32_t)count_of(c, EDITION_FOLLOWS);
    e->follow_count = (uint32_t)a->follow_count;
    for (size_t i = 0; i < a->follow_count; i++) {
        uint32_t id = add_shared(c, a->follows[i]);
        buf_add(&c->sections[EDITION_FOLLOWS], &id, sizeof id);
    }
}

static void add_article(struct compile *c, const struct article *a)
{
    struct image_entry e = {.kind = VIEW_ARTICLE,
                            .line = (uint32_t)a->place.line,
                            .id = add_string(c, a->id),
                            .lang = add_shared(c, a->lang),
                            .topic = add_shared(c, a->topic ? a->topic : ""),
                            .title = add_string(c, a->question),
                            .file = add_shared(c, a->place.file ? a->place.file : ""),
                            .mood = add_shared(c, a->mood ? a->mood : "neutral"),
                            .handoff = EDITION_NONE};
    add_says(c, &a->answer, 1, &e);
    add_options(c, a->options, a->option_count, &e);
    add_follows(c, a, &e);
    buf_add(&c->sections[EDITION_ENTRIES], &e, sizeof e);
}

static int by_path(const void *path, const void *source)
{
    return strcmp(path, ((const struct source *)source)->path);
}

/* The file of the intent that becomes the next entry, as an editor wrote it. */
static void add_flow(struct compile *c, const struct intent *n)
{
    const struct source *file = bsearch(n->place.file, c->site->sources, c->site->source_count, sizeof *file, by_path);
    struct problems *told = problems_new();
    struct span text;
    if (file == NULL || told == NULL || lines_check(file->path, file->bytes, file->size, told, &text) < 0) {
        c->sections[EDITION_FLOWS].failed = true;
    } else {
        struct image_flow f = {(uint32_t)count_of(c, EDITION_ENTRIES), (uint32_t)c->sections[EDITION_STRINGS].size};
        buf_add(&c->sections[EDITION_STRINGS], text.text, text.size);
        buf_putc(&c->sections[EDITION_STRINGS], '\0');
        buf_add(&c->sections[EDITION_FLOWS], &f, sizeof f);
    }
    problems_free(told);
}

static void add_intent(struct compile *c, const struct intent *n)
{
    struct image_entry e = {.kind = VIEW_INTENT,
                            .line = (uint32_t)n->place.line,
                            .id = add_string(c, n->id),
                            .lang = add_shared(c, n->lang),
                            .topic = add_shared(c, ""),
                            .title = add_string(c, n->title ? n->title : n->id),
                            .file = add_shared(c, n->place.file ? n->place.file : ""),
                            .mood = add_shared(c, n->mood ? n->mood : "neutral"),
                            .handoff = add_shared(c, n->handoff)};
    add_says(c, n->say, n->say_count, &e);
    add_options(c, n->options, n->option_count, &e);
    e.follow_at = (uint32_t)count_of(c, EDITION_FOLLOWS);
    if (n->flow != NULL)
        add_flow(c, n);
    buf_add(&c->sections[EDITION_ENTRIES], &e, sizeof e);
}

static int by_key(const void *a, const void *b, void *context)
{
    const struct compile *c = context;
    const struct image_entry *entries = (const struct image_entry *)c->sections[EDITION_ENTRIES].data;
    const char *strings = c->sections[EDITION_STRINGS].data;
    const struct image_entry *x = &entries[*(const uint32_t *)a], *y = &entries[*(const uint32_t *)b];
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    int order = strcmp(strings + x->lang, strings + y->lang);
    if (order == 0)
        order = strcmp(strings + x->id, strings + y->id);
    return order != 0 ? order : *(const uint32_t *)a < *(const uint32_t *)b ? -1 : 1;
}

static int add_entries(struct compile *c)
{
    for (size_t i = 0; i < c->site->article_count; i++)
        add_article(c, &c->site->articles[i]);
    for (size_t i = 0; i < c->site->intent_count; i++)
        add_intent(c, &c->site->intents[i]);
    uint32_t count = (uint32_t)(c->site->article_count + c->site->intent_count);
    for (uint32_t i = 0; i < count; i++)
        buf_add(&c->sections[EDITION_ORDER], &i, sizeof i);
    for (size_t s = 0; s < EDITION_SECTIONS; s++)
        if (c->sections[s].failed)
            return -1;
    qsort_r(c->sections[EDITION_ORDER].data, count, sizeof(uint32_t), by_key, c);
    return 0;
}

/* Reports a part's progress as one language's share of the whole. */
struct part {
    const struct compile *c;
    size_t lang, langs;
};

static void part_progress(void *context, double share)
{
    const struct part *p = context;
    p->c->options->progress(p->c->options->context, ((double)p->lang + share) / (double)p->langs);
}

/* A maker that notes how it went. */
struct noted {
    struct meaning_maker maker;
    const struct meaning_maker *inner;
    bool made, failed;
};

static int make_noted(void *context, const char *lang, const char *const *texts, size_t count, float *ret)
{
    struct noted *n = context;
    int result = n->inner->make(n->inner->context, lang, texts, count, ret);
    n->made = true;
    n->failed = n->failed || result < 0;
    return result;
}

/* Puts noting makers before those that were given. */
static void note_makers(const struct edition_options *o, struct noted noted[MEANING_KINDS], struct index_options *ret)
{
    for (int k = 0; k < MEANING_KINDS; k++) {
        if (o->makers[k] == NULL)
            continue;
        noted[k] = (struct noted){.maker = *o->makers[k], .inner = o->makers[k]};
        noted[k].maker.make = make_noted;
        noted[k].maker.context = &noted[k];
        ret->makers[k] = &noted[k].maker;
    }
}

static int add_index(struct compile *c, const struct review_language *l, struct part part)
{
    struct image_index x = {.at = c->indexes.size,
                            .lang = add_shared(c, l->lang),
                            .map_at = (uint32_t)count_of(c, EDITION_MAP),
                            .map_count = (uint32_t)l->count};
    buf_add(&c->sections[EDITION_MAP], l->numbers, l->count * sizeof *l->numbers);
    struct index_options o = {.context = &part};
    struct noted noted[MEANING_KINDS] = {0};
    if (c->options != NULL) {
        note_makers(c->options, noted, &o);
        o.progress = c->options->progress != NULL ? part_progress : NULL;
    }
    if (index_build(l->lang, l->entries, l->count, &o, &c->indexes) < 0)
        return -1;
    for (int k = 0; k < MEANING_KINDS; k++)
        x.meanings |= noted[k].made && !noted[k].failed ? 1u << k : 0;
    x.size = c->indexes.size - x.at;
    while (c->indexes.size % 8 != 0 && buf_putc(&c->indexes, 0) == 0)
        continue;
    buf_add(&c->sections[EDITION_INDEXES], &x, sizeof x);
    return review_close_questions(c->site, l, c->indexes.data + x.at, x.size, c->problems);
}

static int add_indexes(struct compile *c)
{
    const struct string_list *langs = &c->site->settings->languages;
    for (size_t i = 0; i < langs->count && i < EDITION_LANGS_MAX; i++) {
        struct review_language l;
        int result = review_language_init(&l, c->site, langs->items[i]);
        if (result == 0)
            result = add_index(c, &l, (struct part){c, i, langs->count});
        review_language_free(&l);
        if (result < 0)
            return -1;
    }
    return 0;
}

static void add_settings(struct compile *c)
{
    for (size_t i = 0; i < c->site->source_count; i++)
        if (strcmp(c->site->sources[i].path, "sportello.yaml") == 0)
            buf_add(&c->sections[EDITION_SETTINGS], c->site->sources[i].bytes, c->site->sources[i].size);
}

static void pad(struct buf *out, size_t start)
{
    while ((out->size - start) % 8 != 0 && buf_putc(out, 0) == 0)
        continue;
}

/* Puts the sections behind a header, the indexes behind them, and seals it. */
static int join(struct compile *c, struct buf *out)
{
    struct edition_header h = {.magic = EDITION_MAGIC, .format = EDITION_FORMAT};
    size_t start = out->size, indexes_at = sizeof h;
    for (size_t s = 0; s < EDITION_SECTIONS; s++) {
        h.sections[s].at = indexes_at;
        h.sections[s].count = count_of(c, (enum edition_section)s);
        indexes_at += (c->sections[s].size + 7) / 8 * 8;
    }
    struct image_index *x = (struct image_index *)c->sections[EDITION_INDEXES].data;
    for (size_t i = 0; i < count_of(c, EDITION_INDEXES); i++)
        x[i].at += indexes_at;
    for (size_t kind = 0; kind < MEANING_KINDS && c->options != NULL; kind++)
        if (c->options->makers[kind] != NULL)
            h.meanings[kind] = c->options->makers[kind]->source;
    buf_add(out, &h, sizeof h);
    for (size_t s = 0; s < EDITION_SECTIONS; s++) {
        buf_add(out, c->sections[s].data, c->sections[s].size);
        pad(out, start);
        if (c->sections[s].failed)
            return -1;
    }
    buf_add(out, c->indexes.data, c->indexes.size);
    if (out->failed || c->indexes.failed)
        return -1;
    h.size = out->size - start;
    h.checksum = edition_image_checksum(&h, out->data + start + sizeof h, h.size - sizeof h);
    memcpy(out->data + start, &h, sizeof h);
    return 0;
}

int edition_compile(const struct site *site, struct buf *out, struct problems *problems,
                    const struct edition_options *options)
{
    struct compile c = {.site = site, .problems = problems, .options = options};
    for (size_t s = 0; s < EDITION_SECTIONS; s++)
        buf_init(&c.sections[s], EDITION_IMAGE_BYTES);
    buf_init(&c.indexes, EDITION_IMAGE_BYTES);
    c.shared = map_new(STRINGS_SHARED_MAX);
    int result = -1;
    if (c.shared != NULL) {
        add_string(&c, "");
        add_settings(&c);
        result = add_entries(&c);
    }
    if (result == 0)
        result = aiml_compile(site->sources, site->source_count, problems, &c.sections[EDITION_AIML], NULL);
    review_slots(site, problems);
    if (result == 0)
        result = add_indexes(&c);
    if (result == 0)
        result = join(&c, out);
    if (result < 0)
        problem_add(problems, SEVERITY_ERROR, "sportello.yaml", 0, 0,
                    "the edition cannot be made: it is larger than %d MB or memory is short; remove entries, or give "
                    "the machine more memory",
                    EDITION_IMAGE_BYTES >> 20);
    map_free(c.shared);
    for (size_t s = 0; s < EDITION_SECTIONS; s++)
        buf_free(&c.sections[s]);
    buf_free(&c.indexes);
    return result;
}
