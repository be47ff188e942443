/* A small valid site from the templates built into the program: see site.h. */
#include "base/embed.h"
#include "base/file.h"
#include "content/site.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* content/data/ has one level, so a template's name carries the folders of its file. */
static const struct {
    const char *template, *path;
} files[] = {
    {"init-sportello.yaml", "sportello.yaml"},
    {"init-knowledge-it.md", "knowledge/it/generale.md"},
    {"init-knowledge-en.md", "knowledge/en/general.md"},
    {"init-intents-it-saluto.yaml", "intents/it/saluto.yaml"},
    {"init-intents-en-saluto.yaml", "intents/en/saluto.yaml"},
    {"init-intents-it-grazie.yaml", "intents/it/grazie.yaml"},
    {"init-intents-en-grazie.yaml", "intents/en/grazie.yaml"},
    {"init-intents-it-congedo.yaml", "intents/it/congedo.yaml"},
    {"init-intents-en-congedo.yaml", "intents/en/congedo.yaml"},
    {"init-intents-it-chi-sei.yaml", "intents/it/chi-sei.yaml"},
    {"init-intents-en-chi-sei.yaml", "intents/en/chi-sei.yaml"},
    {"init-intents-it-sei-un-robot.yaml", "intents/it/sei-un-robot.yaml"},
    {"init-intents-en-sei-un-robot.yaml", "intents/en/sei-un-robot.yaml"},
    {"init-intents-it-persona.yaml", "intents/it/persona.yaml"},
    {"init-intents-en-persona.yaml", "intents/en/persona.yaml"},
    {"init-intents-it-insulto.yaml", "intents/it/insulto.yaml"},
    {"init-intents-en-insulto.yaml", "intents/en/insulto.yaml"},
    {"init-dialogue-it.chat", "tests/dialogues/it/persona.chat"},
    {"init-dialogue-en.chat", "tests/dialogues/en/person.chat"},
};

enum { PATH_BYTES = 4096 };

/* "folder/name" in `ret`. -1 with errno if it does not fit. */
static int join(char ret[static PATH_BYTES], const char *folder, const char *name)
{
    int size = snprintf(ret, PATH_BYTES, "%s/%s", folder, name);
    if (size >= 0 && size < PATH_BYTES)
        return 0;
    errno = ENAMETOOLONG;
    return -1;
}

static bool exists(const char *folder, const char *name)
{
    struct stat info;
    char path[PATH_BYTES];
    return join(path, folder, name) == 0 && lstat(path, &info) == 0;
}

static int write_one(const char *folder, const char *template, const char *path)
{
    char whole[PATH_BYTES], name[PATH_BYTES];
    if (join(whole, folder, path) < 0 || join(name, "content/data", template) < 0)
        return -1;
    const struct embedded *file = embed_find(name);
    if (file == NULL) {
        errno = ENOENT;
        return -1;
    }
    char *slash = strrchr(whole, '/');
    *slash = '\0';
    int made = file_make_folders(whole, 0755);
    *slash = '/';
    return made == 0 ? file_write_atomic(whole, file->data, file->size, 0644) : -1;
}

int site_init(const char *folder, struct problems *problems)
{
    static const char *const parts[] = {"sportello.yaml", "knowledge", "intents", "tests/dialogues"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!exists(folder, parts[i]))
            continue;
        problem_add(problems, SEVERITY_ERROR, folder, 0, 0,
                    "there is a site already (%s); choose an empty or new folder", parts[i]);
        return -1;
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (write_one(folder, files[i].template, files[i].path) == 0)
            continue;
        problem_add(problems, SEVERITY_ERROR, folder, 0, 0, "cannot write %s: %s", files[i].path, strerror(errno));
        return -1;
    }
    return 0;
}
