/* A site's AIML into an image: see aiml.h. */
#include "aiml/build.h"

#include <string.h>
#include <strings.h>

static bool is_categories(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot != NULL && strcasecmp(dot, ".aiml") == 0 && aiml_reads(path);
}

/* A file in the folder that nothing tells what it is. */
static void warn_unread(const struct source *s, struct problems *problems)
{
    const char *name = strrchr(s->path, '/');
    if (strncmp(s->path, "aiml/", 5) == 0 && !aiml_reads(s->path) && strncmp(name + 1, "README", 6) != 0 &&
        strncmp(name + 1, "LICENSE", 7) != 0)
        problem_add(problems, SEVERITY_WARNING, s->path, 0, 0,
                    "not read: sets lie in aiml/sets, maps in aiml/maps, and docs/aiml.md lists the other names");
}

static int read_all(struct build *b, const struct source *sources, size_t count)
{
    if (build_tables(b, sources, count) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        if (is_categories(sources[i].path) && read_categories(b, &sources[i]) < 0)
            return -1;
    return 0;
}

int aiml_compile(const struct source *sources, size_t count, struct problems *problems, struct buf *out,
                 size_t *ret_categories)
{
    struct build b;
    size_t files = 0, bytes = 0;
    for (size_t i = 0; i < count; i++) {
        warn_unread(&sources[i], problems);
        if (aiml_reads(sources[i].path)) {
            files++;
            bytes += sources[i].size;
        }
    }
    if (ret_categories != NULL)
        *ret_categories = 0;
    if (files == 0)
        return 0;
    int result = build_init(&b, problems, bytes);
    if (result == 0)
        result = read_all(&b, sources, count);
    size_t categories = build_count(&b, SECTION_CATEGORIES);
    if (result == 0)
        result = build_finish(&b, out);
    if (result == 0 && ret_categories != NULL)
        *ret_categories = categories;
    build_free(&b);
    return result;
}
