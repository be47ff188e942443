/* A site's AIML into an image: see aiml.h. */
#include "aiml/build.h"

#include <string.h>
#include <strings.h>

static bool is_categories(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot != NULL && strcasecmp(dot, ".aiml") == 0 && aiml_reads(path);
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
    size_t files = 0;
    for (size_t i = 0; i < count; i++)
        files += aiml_reads(sources[i].path);
    if (ret_categories != NULL)
        *ret_categories = 0;
    if (files == 0)
        return 0;
    int result = build_init(&b, problems);
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
