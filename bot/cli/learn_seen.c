/* How the site's files stood when an editor looked: see learn.h. */
#include "cli/learn.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"

#include <stdlib.h>

static bool see_file(const struct call *call, struct arena *arena, const char *path, struct learn_file *ret)
{
    size_t size = 0;
    const char *whole = arena_printf(arena, "%s/%s", call->site, path);
    char *bytes = whole != NULL ? file_read(whole, SITE_FILE_BYTES, &size) : NULL;
    *ret = (struct learn_file){path, bytes != NULL ? hash_bytes(bytes, size) : 0};
    free(bytes);
    return bytes != NULL;
}

int learn_seen_files(struct call *call, const struct view *view)
{
    struct store_learn_files *job = data_job(&store_learn_files_kind, sizeof *job);
    struct learn_file *files = job != NULL ? arena_array(job->job.arena, STORE_SOURCES_MAX, sizeof *files) : NULL;
    struct map *seen = map_new(STORE_SOURCES_MAX);
    size_t count = 0;
    int result = files != NULL && seen != NULL ? 0 : -1;
    for (size_t i = 0; result == 0 && i < view_count(view) && count < STORE_SOURCES_MAX; i++) {
        const char *path = view_entry(view, (uint32_t)i).file;
        if (map_get_str(seen, path) != NULL || map_put_str(seen, path, (void *)path) < 0)
            continue;
        count += see_file(call, job->job.arena, path, &files[count]);
    }
    if (result == 0 && count > 0) {
        job->files = files;
        job->count = count;
        data_do(call->owned, &job->job);
        result = job->job.result == STORE_OK ? 0 : -1;
    }
    if (result < 0)
        fputs("sportello learn: what was shown could not be noted; nothing can be accepted on it\n", call->err);
    map_free(seen);
    store_job_free(job != NULL ? &job->job : NULL);
    return result;
}
