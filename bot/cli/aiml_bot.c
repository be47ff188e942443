/* A case's files as a site's: see aiml_bot.h. */
#include "cli/aiml_bot.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 2000, FILE_BYTES = 8 << 20, IMAGE_BYTES = 64 << 20 };

struct gather {
    struct arena *arena;
    struct source sources[FILES_MAX];
    size_t count;
};

static int add(struct gather *g, const char *path, const char *from)
{
    size_t size;
    if (g->count == FILES_MAX)
        return -1;
    for (size_t i = 0; i < g->count; i++)
        if (path != NULL && strcmp(g->sources[i].path, path) == 0)
            return 0;
    char *bytes = file_read(from, FILE_BYTES, &size);
    char *kept = bytes != NULL ? arena_strndup(g->arena, bytes, size) : NULL;
    free(bytes);
    if (kept == NULL || path == NULL)
        return -1;
    g->sources[g->count++] = (struct source){path, kept, strlen(kept)};
    return 0;
}

static bool all_colons(const char *text)
{
    while (*text != '\0') {
        size_t line = strcspn(text, "\n"), colon = strcspn(text, ":\n");
        if (line > 1 && colon == line)
            return false;
        text += line + (text[line] == '\n');
    }
    return true;
}

/* Where a file beside the categories would lie in a site. */
static const char *place(struct arena *arena, const char *kind, const char *name, const char *from)
{
    const char *plain = arena_printf(arena, "aiml/%s", name);
    if (*kind != '\0')
        return arena_printf(arena, "aiml/%s/%s", kind, name);
    if (plain == NULL || aiml_reads(plain))
        return plain;
    size_t size;
    char *text = file_read(from, FILE_BYTES, &size);
    bool map = text != NULL && all_colons(text);
    free(text);
    return arena_printf(arena, "aiml/%s/%s", map ? "maps" : "sets", name);
}

static int add_folder(struct gather *g, const char *folder, const char *kind)
{
    char **names;
    size_t count;
    int result = 0;
    const char *whole = *kind != '\0' ? arena_printf(g->arena, "%s/%s", folder, kind) : folder;
    if (whole == NULL || file_list(whole, ".txt", &names, &count) < 0)
        return whole == NULL ? -1 : 0;
    for (size_t i = 0; i < count && result == 0; i++) {
        const char *from = arena_printf(g->arena, "%s/%s", whole, names[i]);
        result = from != NULL ? add(g, place(g->arena, kind, names[i], from), from) : -1;
    }
    file_list_free(names, count);
    return result;
}

static int add_case_file(struct gather *g, const char *folder, const char *path, const char **ret_why)
{
    char *from = arena_printf(g->arena, "%s/%s", folder, path), *slash = from != NULL ? strrchr(from, '/') : NULL;
    const char *to = arena_printf(g->arena, "aiml/%s", path);
    if (from == NULL || strstr(path, "..") != NULL || add(g, to, from) < 0) {
        *ret_why = arena_printf(g->arena, "%s: cannot be read; is --files the folder of the cases' files?", from);
        return -1;
    }
    *slash = '\0';
    return add_folder(g, from, "") < 0 || add_folder(g, from, "sets") < 0 || add_folder(g, from, "maps") < 0 ? -1 : 0;
}

int aiml_bot_open(const char *folder, const struct aiml_case *c, struct arena *arena, struct aiml_bot *ret,
                  const char **ret_why)
{
    struct gather *g = arena_alloc(arena, sizeof *g);
    struct problems *problems = problems_new();
    int result = -1;
    *ret = (struct aiml_bot){0};
    buf_init(&ret->image, IMAGE_BYTES);
    *ret_why = "no memory";
    if (g == NULL || problems == NULL)
        goto done;
    g->arena = arena;
    for (size_t i = 0; i < c->file_count; i++)
        if (add_case_file(g, folder, c->files[i], ret_why) < 0)
            goto done;
    if (aiml_compile(g->sources, g->count, problems, &ret->image, NULL) == 0)
        ret->aiml = aiml_open(ret->image.data, ret->image.size);
    result = ret->aiml != NULL ? 0 : -1;
done:
    problems_free(problems);
    if (result < 0)
        buf_free(&ret->image);
    return result;
}

void aiml_bot_free(struct aiml_bot *b)
{
    aiml_free(b->aiml);
    buf_free(&b->image);
}
