/* What the tests that write files share: a folder of its own for each, and its end. */
#ifndef FOLDER_TEST_H
#define FOLDER_TEST_H

#include "content_test.h"

#include "base/file.h"

#include <unistd.h>

/* A folder of its own for each test. */
static inline const char *work_folder(struct fixture *f)
{
    char template[] = "/tmp/sportello-import-XXXXXX";
    assert_non_null(mkdtemp(template));
    return arena_strdup(f->arena, template);
}

static inline void remove_folder(struct fixture *f, const char *folder)
{
    char **names;
    size_t count;
    if (file_list(folder, "", &names, &count) < 0)
        return;
    for (size_t i = 0; i < count; i++) {
        const char *path = arena_printf(f->arena, "%s/%s", folder, names[i]);
        if (unlink(path) < 0)
            remove_folder(f, path);
    }
    file_list_free(names, count);
    rmdir(folder);
}

#endif
