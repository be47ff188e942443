/* What a turn sees of an edition: see view.h. Everything is read from the image in place. */
#include "edition/view.h"

#include "aiml/aiml.h"

#include "edition/open.h"
#include "text/language.h"

#include <string.h>

enum { SETTINGS_ARENA_BYTES = 16 << 20 };

static const char *string_at(const struct view *v, uint32_t at)
{
    return at == EDITION_NONE ? NULL : v->image.strings + at;
}

static int read_settings(struct view *v)
{
    struct problems *mistakes = problems_new(); /* they were told when the edition was made */
    if (mistakes == NULL)
        return -1;
    v->settings = settings_read(v->arena, "sportello.yaml", v->image.settings,
                                edition_count(&v->image, EDITION_SETTINGS), mistakes);
    problems_free(mistakes);
    return v->settings != NULL ? 0 : -1;
}

static int open_indexes(struct view *v)
{
    const char *bytes = (const char *)v->image.head;
    for (size_t i = 0; i < edition_count(&v->image, EDITION_INDEXES); i++) {
        const struct image_index *x = &v->image.indexes[i];
        v->indexes[i] = index_open(bytes + x->at, x->size);
        if (v->indexes[i] == NULL || index_count(v->indexes[i]) != x->map_count)
            return -1;
    }
    return 0;
}

/* Sections lie on multiples of 8, as an image of AIML wants it. */
static int open_aiml(struct view *v)
{
    size_t size = edition_count(&v->image, EDITION_AIML);
    v->aiml = size > 0 ? aiml_open(v->image.aiml, size) : NULL;
    return size == 0 || v->aiml != NULL ? 0 : -1;
}

int view_open(const void *bytes, size_t size, struct view *ret, const char **ret_why)
{
    struct view v = {0};
    if (edition_image_check(bytes, size, &v.image, ret_why) < 0)
        return -1;
    v.arena = arena_new(SETTINGS_ARENA_BYTES);
    *ret_why = NULL;
    if (v.arena == NULL || read_settings(&v) < 0)
        *ret_why = "there is not enough memory";
    else if (open_indexes(&v) < 0)
        *ret_why = "an index in it is damaged";
    else if (open_aiml(&v) < 0)
        *ret_why = "its AIML is damaged";
    if (*ret_why == NULL)
        v.flows = flows_open(&v.image, ret_why);
    if (*ret_why != NULL) {
        view_close(&v);
        return -1;
    }
    *ret = v;
    return 0;
}

void view_close(struct view *v)
{
    for (size_t i = 0; i < EDITION_LANGS_MAX; i++)
        index_close(v->indexes[i]);
    flows_close(v->flows);
    arena_free(v->arena);
    vectors_close(v->vectors);
    aiml_free(v->aiml);
    *v = (struct view){0};
}

const struct aiml *view_aiml(const struct view *v)
{
    return v->aiml;
}

size_t view_count(const struct view *v)
{
    return edition_count(&v->image, EDITION_ENTRIES);
}

struct view_entry view_entry(const struct view *v, uint32_t entry)
{
    const struct image_entry *e = &v->image.entries[entry];
    return (struct view_entry){
        .kind = (enum view_kind)e->kind,
        .id = string_at(v, e->id),
        .lang = string_at(v, e->lang),
        .topic = string_at(v, e->topic),
        .title = string_at(v, e->title),
        .file = string_at(v, e->file),
        .line = (int)e->line,
        .mood = string_at(v, e->mood),
        .handoff = string_at(v, e->handoff),
        .say_count = e->say_count,
        .option_count = e->option_count,
    };
}

static int compare_key(const struct view *v, uint32_t entry, enum view_kind kind, const char *lang, const char *id)
{
    const struct image_entry *e = &v->image.entries[entry];
    if (e->kind != kind)
        return e->kind < kind ? -1 : 1;
    int order = strcmp(string_at(v, e->lang), lang);
    return order != 0 ? order : strcmp(string_at(v, e->id), id);
}

uint32_t view_find(const struct view *v, enum view_kind kind, const char *lang, const char *id)
{
    size_t low = 0, high = view_count(v);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_key(v, v->image.order[middle], kind, lang, id);
        if (order == 0)
            return v->image.order[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return VIEW_NONE;
}

/* Builds a list of blocks; deeper than anything a reader makes is left out. */
static int build_blocks(const struct view *v, uint32_t at, int depth, struct arena *arena, struct block **ret)
{
    struct block **link = ret;
    *ret = NULL;
    for (; at != EDITION_NONE && depth < EDITION_DEPTH_MAX; at = v->image.blocks[at].next) {
        const struct image_block *i = &v->image.blocks[at];
        struct block *b = arena_alloc(arena, sizeof *b);
        if (b == NULL)
            return -1;
        b->kind = (enum block_kind)i->kind;
        b->level = i->level;
        b->text = string_at(v, i->text);
        b->target = string_at(v, i->target);
        *link = b;
        link = &b->next;
        if (build_blocks(v, i->child, depth + 1, arena, &b->child) < 0)
            return -1;
    }
    return 0;
}

const struct block *view_say(const struct view *v, uint32_t entry, size_t k, struct arena *arena)
{
    const struct image_entry *e = &v->image.entries[entry];
    struct block *first = NULL;
    if (k >= e->say_count)
        return block_paragraph(arena, "");
    if (build_blocks(v, v->image.says[e->say_at + k], 0, arena, &first) < 0)
        return NULL;
    return first != NULL ? first : block_paragraph(arena, "");
}

struct view_option view_option(const struct view *v, uint32_t entry, size_t k)
{
    const struct image_option *o = &v->image.options[v->image.entries[entry].option_at + k];
    return (struct view_option){(enum option_kind)o->kind, string_at(v, o->target), string_at(v, o->title)};
}

const struct flow *view_flow(const struct view *v, uint32_t entry)
{
    return flows_find(v->flows, entry);
}

const struct entity *view_slot(const struct view *v, uint32_t entry, int slot)
{
    return flows_slot(v->flows, entry, slot);
}

const struct needed *view_needs(const struct view *v, uint32_t entry)
{
    return flows_needs(v->flows, entry);
}

size_t view_patterned(const struct view *v, const char *lang, const uint32_t **ret_entries)
{
    return flows_patterned(v->flows, lang, ret_entries);
}

bool view_follows(const struct view *v, uint32_t entry, const char *id)
{
    const struct image_entry *e = &v->image.entries[entry];
    for (uint32_t i = 0; i < e->follow_count; i++)
        if (strcmp(string_at(v, v->image.follows[e->follow_at + i]), id) == 0)
            return true;
    return false;
}

const struct settings *view_settings(const struct view *v)
{
    return v->settings;
}

/* The index of a language, of the default one where the site has not this one, or -1. */
static int index_of(const struct view *v, const char *lang)
{
    const char *wanted[] = {lang, v->settings->languages.count > 0 ? v->settings->languages.items[0] : lang};
    for (size_t w = 0; w < 2; w++)
        for (size_t i = 0; i < edition_count(&v->image, EDITION_INDEXES); i++)
            if (strcmp(string_at(v, v->image.indexes[i].lang), wanted[w]) == 0)
                return (int)i;
    return edition_count(&v->image, EDITION_INDEXES) > 0 ? 0 : -1;
}

/* The index knows its entries by number alone: says which is which. */
static const char *name_candidates(const struct view *v, const struct understanding *u, struct arena *arena)
{
    const char *text = u->explanation;
    for (size_t c = 0; c < u->count && text != NULL; c++) {
        struct view_entry e = view_entry(v, u->candidates[c].entry);
        text = arena_printf(arena, "%s%zu. is “%s”, %s:%d\n", text, c + 1, e.title, e.file, e.line);
    }
    return text;
}

/* The text's own meaning by the words it is made of, where the edition has vectors and the caller gave none. */
static int add_meaning(const struct view *v, int index, const char *text, struct arena *arena,
                       struct understand_options *options)
{
    if (v->vectors == NULL || options->meanings[MEANING_WORDS] != NULL)
        return 0;
    float *meaning = arena_alloc_raw(arena, vectors_size(v->vectors) * sizeof *meaning);
    if (meaning == NULL)
        return -1;
    const char *lang = string_at(v, v->image.indexes[index].lang);
    if (!vectors_text(v->vectors, lang, text, strnlen(text, SITE_TEXT_BYTES), meaning))
        return 0;
    options->meanings[MEANING_WORDS] = meaning;
    options->sources[MEANING_WORDS] = vectors_source(v->vectors);
    options->sizes[MEANING_WORDS] = vectors_size(v->vectors);
    return 0;
}

int view_understand(const struct view *v, const char *lang, const char *text, const struct understand_options *options,
                    struct arena *arena, struct understanding *ret)
{
    bool explain = options != NULL && options->explain;
    int i = index_of(v, lang);
    if (i < 0) {
        *ret = (struct understanding){.corrected = text, .explanation = explain ? "this edition is empty\n" : NULL};
        return 0;
    }
    struct understand_options all = options != NULL ? *options : (struct understand_options){0};
    if (add_meaning(v, i, text, arena, &all) < 0 || understand(v->indexes[i], text, &all, arena, ret) < 0)
        return -1;
    for (size_t c = 0; c < ret->count; c++)
        ret->candidates[c].entry = v->image.map[v->image.indexes[i].map_at + ret->candidates[c].entry];
    if (explain)
        ret->explanation = name_candidates(v, ret, arena);
    return explain && ret->explanation == NULL ? -1 : 0;
}

bool view_has_meanings(const struct view *v, enum meaning_kind kind)
{
    for (size_t i = 0; i < edition_count(&v->image, EDITION_INDEXES); i++)
        if ((v->image.indexes[i].meanings & 1u << kind) != 0)
            return true;
    return false;
}

const char *view_language(const struct view *v, const char *text, const char *page_lang)
{
    const struct string_list *langs = &v->settings->languages;
    int shown = language_guess(text, strnlen(text, SITE_TEXT_BYTES), (const char *const *)langs->items, langs->count);
    if (shown >= 0)
        return langs->items[shown];
    int page = settings_language(v->settings, page_lang);
    return langs->count == 0 ? page_lang : langs->items[page >= 0 ? page : 0];
}

bool view_own_word(const struct view *v, const char *text, const char *lang)
{
    const struct string_list *langs = &v->settings->languages;
    int own = settings_language(v->settings, lang);
    return own >= 0 && language_own_word(text, strnlen(text, SITE_TEXT_BYTES), (const char *const *)langs->items,
                                         langs->count, (size_t)own);
}
