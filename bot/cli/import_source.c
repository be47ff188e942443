/* A file, or what a server answers: see import_source.h. */
#include "cli/import_source.h"

#include "base/file.h"
#include "content/charset.h"
#include "hooks/follow.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int fail(struct problems *problems, const char *name, const char *what, const char *more)
{
    problem_add(problems, SEVERITY_ERROR, name, 0, 0, "%s%s", what, more);
    return -1;
}

/* A copy with a NUL behind it. */
static int keep(struct arena *arena, const char *bytes, size_t size, struct import_source *ret)
{
    char *copy = arena_alloc_raw(arena, size + 1);
    if (copy == NULL)
        return -1;
    memcpy(copy, bytes, size);
    copy[size] = '\0';
    ret->bytes = (struct span){copy, size};
    return 0;
}

static int open_file(const char *name, size_t most, struct arena *arena, struct problems *problems,
                     struct import_source *ret)
{
    size_t size;
    char *bytes = file_read(name, most, &size);
    if (bytes == NULL && errno == EFBIG) {
        problem_add(problems, SEVERITY_ERROR, name, 0, 0, "larger than %zu MiB; split it", most >> 20);
        return -1;
    }
    if (bytes == NULL)
        return fail(problems, name, strerror(errno), "");
    int result = keep(arena, bytes, size, ret);
    free(bytes);
    return result;
}

static bool is_type(const char *type, const char *const *types)
{
    for (size_t i = 0; types[i] != NULL; i++)
        if (strncasecmp(type, types[i], strlen(types[i])) == 0 && (types[i][0] != '\0' || type[0] == '\0'))
            return true;
    return false;
}

static int take(const struct followed *f, const char *name, const char *const *types, struct arena *arena,
                struct problems *problems, struct import_source *ret)
{
    const char *type = f->type != NULL ? f->type : "";
    if (!is_type(type, types))
        return fail(problems, name, "the server says that it is something else: ", type);
    if (f->size >= 2 && memcmp(f->bytes, "\x1F\x8B", 2) == 0)
        return fail(problems, name, "the server sent it compressed, which was not asked for",
                    "; save the page and import the file");
    const char *address = arena_strdup(arena, f->address);
    ret->address = address != NULL ? address : "";
    ret->charset = charset_of_type(arena, type);
    return keep(arena, f->bytes, f->size, ret);
}

static int open_address(struct call *call, const char *name, const char *const *types, struct arena *arena,
                        struct problems *problems, struct import_source *ret)
{
    struct fetcher *own = call->fetcher == NULL ? fetcher_new() : NULL;
    struct fetcher *fetcher = call->fetcher != NULL ? call->fetcher : own;
    struct followed f;
    int result = -1;
    if (fetcher == NULL)
        return fail(problems, name, "there is not enough memory", "");
    const struct follow_request request = {.url = name,
                                           .accept = "text/html, application/xhtml+xml, application/xml, */*;q=0.5",
                                           .answer_bytes = IMPORT_BYTES,
                                           .timeout_ms = IMPORT_FETCH_MS,
                                           .allow_private = call->allow_private};
    if (follow_get(fetcher, &request, &f) == 0)
        result = take(&f, name, types, arena, problems, ret);
    else
        fail(problems, name, f.why,
             f.forbidden && !call->allow_private ? "; if that is meant, add --allow-private" : "");
    follow_free(&f);
    fetcher_free(own);
    return result;
}

int import_source_open(struct call *call, const char *name, size_t file_bytes, const char *const *types,
                       struct arena *arena, struct problems *problems, struct import_source *ret)
{
    *ret = (struct import_source){.address = "", .charset = ""};
    if (strncasecmp(name, "http://", 7) == 0 || strncasecmp(name, "https://", 8) == 0)
        return open_address(call, name, types, arena, problems, ret);
    if (strstr(name, "://") != NULL)
        return fail(problems, name, "the address is neither http nor https", "");
    return open_file(name, file_bytes, arena, problems, ret);
}
