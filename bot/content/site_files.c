/* The walk over a site's folder: see site_files.h. */
#include "content/site_files.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { AIML_FOLDERS = 4 }; /* within one another, aiml/ included */

struct walk {
    struct arena *arena;
    struct problems *problems;
    const char *root;
    struct source *sources;
    size_t count, room;
};

static int add_source(struct walk *w, const char *path, char *bytes, size_t size)
{
    if (w->count == SITE_FILES) {
        problem_add(w->problems, SEVERITY_ERROR, path, 0, 0, "more than %d files in the site; join some", SITE_FILES);
        return -1;
    }
    if (w->count == w->room) {
        size_t room = w->room > 0 ? w->room * 2 : 64;
        void *wider = arena_grow(w->arena, w->sources, w->count * sizeof *w->sources, room * sizeof *w->sources);
        if (wider == NULL)
            return -1;
        w->sources = wider;
        w->room = room;
    }
    w->sources[w->count++] = (struct source){path, bytes, size};
    return 0;
}

static int read_bytes(int fd, char *bytes, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t n = read(fd, bytes + done, size - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return -1;
        done += (size_t)n;
    }
    return 0;
}

/* Opens without following a link and without waiting for a pipe's other end. */
static int open_file(struct walk *w, const char *path, size_t *ret_size)
{
    char *whole = arena_printf(w->arena, "%s/%s", w->root, path);
    if (whole == NULL)
        return -1;
    int fd = open(whole, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat info;
    const char *fault = NULL;
    if (fd < 0)
        fault = errno == ELOOP ? "a symbolic link, which is not followed; put the file itself here" : strerror(errno);
    else if (fstat(fd, &info) < 0 || !S_ISREG(info.st_mode))
        fault = "no plain file; remove it or put a file here";
    else if (info.st_size > SITE_FILE_BYTES)
        fault = "larger than 64 MiB; split it";
    if (fault == NULL) {
        *ret_size = (size_t)info.st_size;
        return fd;
    }
    problem_add(w->problems, SEVERITY_ERROR, path, 0, 0, "%s", fault);
    if (fd >= 0)
        close(fd);
    return -1;
}

/* Reads one file. A file that cannot be read is a problem, not a failure. */
static int read_file(struct walk *w, const char *path)
{
    size_t size;
    int fd = open_file(w, path, &size);
    if (fd < 0)
        return 0;
    char *bytes = arena_alloc(w->arena, size + 1);
    int result = bytes != NULL ? 0 : -1;
    if (bytes == NULL)
        problem_add(w->problems, SEVERITY_ERROR, path, 0, 0, "the site is larger than what may be read at once");
    else if (read_bytes(fd, bytes, size) < 0)
        problem_add(w->problems, SEVERITY_ERROR, path, 0, 0,
                    "could not be read; it changed meanwhile, or the disk fails");
    else
        result = add_source(w, path, bytes, size);
    close(fd);
    return result;
}

static bool ends_with(const char *name, const char *suffix)
{
    size_t n = strlen(name), s = strlen(suffix);
    return n > s && strcmp(name + n - s, suffix) == 0;
}

/* 'd' a folder, 'f' a file, 'l' a link to a folder, 0 nothing. */
static char kind_of(struct walk *w, const char *path)
{
    char *whole = arena_printf(w->arena, "%s/%s", w->root, path);
    struct stat info;
    if (whole == NULL || lstat(whole, &info) < 0)
        return 0;
    if (S_ISLNK(info.st_mode) && stat(whole, &info) == 0 && S_ISDIR(info.st_mode))
        return 'l';
    return S_ISDIR(info.st_mode) ? 'd' : 'f';
}

static int list(struct walk *w, const char *folder, char ***ret_names, size_t *ret_count)
{
    char *whole = arena_printf(w->arena, "%s/%s", w->root, folder);
    if (whole == NULL)
        return -1;
    if (file_list(whole, "", ret_names, ret_count) == 0)
        return 0;
    problem_add(w->problems, SEVERITY_ERROR, folder, 0, 0, "%s", strerror(errno));
    *ret_names = NULL;
    *ret_count = 0;
    return 0;
}

/* The files of one language. */
static int read_language(struct walk *w, const char *folder, const char *suffix)
{
    char **names;
    size_t count;
    int result = list(w, folder, &names, &count);
    for (size_t i = 0; i < count && result == 0; i++) {
        const char *path = arena_printf(w->arena, "%s/%s", folder, names[i]);
        if (path == NULL)
            result = -1;
        else if (ends_with(names[i], suffix))
            result = read_file(w, path);
        else if (strncmp(names[i], "README", 6) != 0)
            problem_add(w->problems, SEVERITY_WARNING, path, 0, 0, "not read: only files NAME%s in this folder are",
                        suffix);
    }
    file_list_free(names, count);
    return result;
}

/* A folder with one folder a language. */
static int read_kind(struct walk *w, const char *folder, const char *suffix)
{
    char **names;
    size_t count;
    if (kind_of(w, folder) == 0)
        return 0;
    int result = list(w, folder, &names, &count);
    for (size_t i = 0; i < count && result == 0; i++) {
        const char *path = arena_printf(w->arena, "%s/%s", folder, names[i]);
        char kind = path != NULL ? kind_of(w, path) : 0;
        if (path == NULL)
            result = -1;
        else if (kind == 'd')
            result = read_language(w, path, suffix);
        else if (kind == 'l')
            problem_add(w->problems, SEVERITY_ERROR, path, 0, 0,
                        "a symbolic link, which is not followed; put the folder itself here");
        else if (ends_with(names[i], suffix) && strncmp(names[i], "README", 6) != 0)
            problem_add(w->problems, SEVERITY_WARNING, path, 0, 0,
                        "not read: move it into the folder of its language, such as %s/it", folder);
    }
    file_list_free(names, count);
    return result;
}

/* A bot's files in AIML, in whatever folders they lie; what each of them is, bot/aiml knows. */
static int read_tree(struct walk *w, const char *folder, int depth)
{
    static const char *const suffixes[] = {".aiml",         ".txt",        ".set",      ".map",
                                           ".substitution", ".properties", ".pdefaults"};
    char **names;
    size_t count;
    int result = list(w, folder, &names, &count);
    for (size_t i = 0; i < count && result == 0; i++) {
        const char *path = arena_printf(w->arena, "%s/%s", folder, names[i]);
        char kind = path != NULL ? kind_of(w, path) : 0;
        bool wanted = false;
        for (size_t s = 0; s < sizeof suffixes / sizeof *suffixes; s++)
            wanted = wanted || ends_with(names[i], suffixes[s]);
        if (path == NULL)
            result = -1;
        else if (kind == 'd' && depth > 1)
            result = read_tree(w, path, depth - 1);
        else if (kind == 'l')
            problem_add(w->problems, SEVERITY_ERROR, path, 0, 0,
                        "a symbolic link, which is not followed; put the folder itself here");
        else if (kind == 'f' && wanted)
            result = read_file(w, path);
        else if (strncmp(names[i], "README", 6) != 0 && strncmp(names[i], "LICENSE", 7) != 0)
            problem_add(w->problems, SEVERITY_WARNING, path, 0, 0,
                        "not read: docs/aiml.md lists what is in this folder");
    }
    file_list_free(names, count);
    return result;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct source *)a)->path, ((const struct source *)b)->path);
}

/* A folder that was meant for another one, rather than a site that is still empty. */
static bool is_no_site(struct walk *w)
{
    static const char *const parts[] = {"sportello.yaml", "knowledge", "intents", "tests/dialogues", "aiml"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (kind_of(w, parts[i]) != 0)
            return false;
    return true;
}

int site_files(struct arena *arena, const char *folder, struct problems *problems, const struct source **ret_sources,
               size_t *ret_count)
{
    struct walk w = {.arena = arena, .problems = problems, .root = folder};
    struct stat info;
    if (stat(folder, &info) < 0 || !S_ISDIR(info.st_mode)) {
        problem_add(problems, SEVERITY_ERROR, folder, 0, 0, "no such folder");
        return -1;
    }
    if (kind_of(&w, "sportello.yaml") != 0 && read_file(&w, "sportello.yaml") < 0)
        return -1;
    if (kind_of(&w, "sportello.yml") != 0)
        problem_add(problems, SEVERITY_WARNING, "sportello.yml", 0, 0, "not read: name it sportello.yaml");
    if (is_no_site(&w)) {
        problem_add(
            problems, SEVERITY_ERROR, folder, 0, 0,
            "no site: neither sportello.yaml nor knowledge/, intents/ or aiml/ is in it; give the site's folder "
            "with --site, or make one with “sportello init”");
        return -1;
    }
    if (read_kind(&w, "knowledge", ".md") < 0 || read_kind(&w, "intents", ".yaml") < 0 ||
        read_kind(&w, "tests/dialogues", ".chat") < 0)
        return -1;
    if (kind_of(&w, "aiml") == 'd' && read_tree(&w, "aiml", AIML_FOLDERS) < 0)
        return -1;
    if (w.count > 1)
        qsort(w.sources, w.count, sizeof *w.sources, by_path);
    *ret_sources = w.sources;
    *ret_count = w.count;
    return 0;
}
