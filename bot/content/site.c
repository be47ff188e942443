/* From sources to a site: see site.h. */
#include "content/site.h"

#include "base/hash.h"
#include "content/collect.h"
#include "content/intent.h"
#include "content/lines.h"
#include "content/markdown.h"
#include "content/site_check.h"
#include "content/site_files.h"

#include <string.h>

struct reading {
    struct collect collect;
    struct settings *settings;
    const struct chat **chats;
    size_t chat_count;
    const char *foreign; /* folder of a language that the site has not, reported already */
};

static void read_knowledge(struct reading *r, const struct source *source, const char *lang)
{
    struct span text;
    if (lines_check(source->path, source->bytes, source->size, r->collect.problems, &text) == 0)
        markdown_read(&r->collect, source->path, lang, text);
}

static void read_intent(struct reading *r, const struct source *source, const char *lang)
{
    struct span text;
    if (lines_check(source->path, source->bytes, source->size, r->collect.problems, &text) == 0)
        intent_read(&r->collect, source->path, lang, text);
}

static void read_dialogue(struct reading *r, const struct source *source, const char *lang)
{
    const struct chat *chat =
        chat_read(r->collect.arena, source->path, lang, source->bytes, source->size, r->collect.problems);
    if (chat != NULL)
        r->chats[r->chat_count++] = chat;
}

static const struct kind {
    const char *folder, *suffix;
    void (*read)(struct reading *, const struct source *, const char *lang);
} kinds[] = {
    {"knowledge/", ".md", read_knowledge},
    {"intents/", ".yaml", read_intent},
    {"tests/dialogues/", ".chat", read_dialogue},
};

static const struct kind *kind_of(const char *path)
{
    size_t size = strlen(path);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t folder = strlen(kinds[i].folder), suffix = strlen(kinds[i].suffix);
        if (size > folder + suffix && strncmp(path, kinds[i].folder, folder) == 0 &&
            strcmp(path + size - suffix, kinds[i].suffix) == 0)
            return &kinds[i];
    }
    return NULL;
}

/* The language of the settings that the file's folder names, or NULL with an error. */
static const char *language_of(struct reading *r, const struct source *source, const struct kind *kind)
{
    struct arena *arena = r->collect.arena;
    size_t start = strlen(kind->folder), size = strcspn(source->path + start, "/");
    const char *name = arena_strndup(arena, source->path + start, size);
    const char *folder = arena_strndup(arena, source->path, start + size);
    if (name == NULL || folder == NULL)
        return NULL;
    int lang = settings_language(r->settings, name);
    if (lang >= 0)
        return r->settings->languages.items[lang];
    if (r->foreign == NULL || strcmp(r->foreign, folder) != 0)
        problem_add(r->collect.problems, SEVERITY_ERROR, folder, 0, 0,
                    "“%s” is no language of this site; add it to “languages” in sportello.yaml or remove the folder",
                    name);
    r->foreign = folder;
    return NULL;
}

static void read_source(struct reading *r, const struct source *source)
{
    const struct kind *kind = kind_of(source->path);
    const char *lang = kind != NULL ? language_of(r, source, kind) : NULL;
    if (lang != NULL)
        kind->read(r, source, lang);
}

static const struct source *find_source(const struct source *sources, size_t count, const char *path)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(sources[i].path, path) == 0)
            return &sources[i];
    return NULL;
}

/* Sizes go in too, so that bytes cannot move from one file to the next unnoticed. */
static uint64_t hash_of(const struct source *sources, size_t count)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < count; i++) {
        const struct source *s = &sources[i];
        const struct kind *kind = kind_of(s->path);
        if (kind != NULL && kind->read == read_dialogue)
            continue;
        uint64_t size = s->size;
        hash = hash_more(hash, s->path, strlen(s->path) + 1);
        hash = hash_more(hash, &size, sizeof size);
        hash = hash_more(hash, s->bytes, s->size);
    }
    return hash;
}

struct site *site_from_sources(struct arena *arena, const struct source *sources, size_t count, const char *today,
                               struct problems *problems)
{
    struct site *site = arena_alloc(arena, sizeof *site);
    struct reading r = {.collect = {.arena = arena, .problems = problems, .today = today}};
    r.chats = arena_array(arena, count, sizeof *r.chats);
    const struct source *settings = find_source(sources, count, "sportello.yaml");
    if (settings != NULL)
        r.settings = settings_read(arena, settings->path, settings->bytes, settings->size, problems);
    else
        r.settings = settings_default(arena);
    if (site == NULL || r.chats == NULL || r.settings == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        read_source(&r, &sources[i]);
    if (site_check(&r.collect, r.settings, settings, r.chats, r.chat_count) < 0 || arena_failed(arena))
        return NULL;
    *site = (struct site){.root = "",
                          .settings = r.settings,
                          .articles = r.collect.articles,
                          .article_count = r.collect.article_count,
                          .intents = r.collect.intents,
                          .intent_count = r.collect.intent_count,
                          .sources = sources,
                          .source_count = count,
                          .hash = hash_of(sources, count)};
    return site;
}

struct site *site_read(struct arena *arena, const char *folder, const char *today, struct problems *problems)
{
    const struct source *sources;
    size_t count;
    if (site_files(arena, folder, problems, &sources, &count) < 0)
        return NULL;
    struct site *site = site_from_sources(arena, sources, count, today, problems);
    if (site == NULL) {
        problem_add(problems, SEVERITY_ERROR, folder, 0, 0, "the site is larger than what may be read at once");
        return NULL;
    }
    site->root = arena_strdup(arena, folder);
    return site->root != NULL ? site : NULL;
}

int site_hash(struct arena *arena, const char *folder, uint64_t *ret)
{
    const struct source *sources;
    size_t count;
    struct problems *problems = problems_new();
    int result = problems != NULL ? site_files(arena, folder, problems, &sources, &count) : -1;
    problems_free(problems);
    if (result == 0)
        *ret = hash_of(sources, count);
    return result;
}
