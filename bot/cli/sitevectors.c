/* The word vectors of a site, and their quantised form in DATA: see sitevectors.h. */
#include "cli/sitevectors.h"

#include "base/file.h"
#include "base/hash.h"
#include "cli/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PATH_BYTES = PATH_MAX + 64, NAME_BYTES = 32, COMPLAINT_BYTES = 512 };

static const char settings_file[] = "sportello.yaml";

/* One file of the settings on its way. */
struct named {
    const struct call *call;
    const struct setting_file *file;
    char path[PATH_BYTES]; /* of the text */
    char name[NAME_BYTES]; /* of its quantised form */
    int text;              /* opened */
    off_t size;
    int told; /* percent shown, -1 = none yet */
    enum severity severity;
    struct problems *problems;
};

/* Says what is wrong where it can be mended: at the setting, or, without one, in the file itself. */
static void complain(const struct named *n, size_t line, const char *format, ...) __attribute__((format(printf, 3, 4)));
static void complain(const struct named *n, size_t line, const char *format, ...)
{
    char what[COMPLAINT_BYTES], at[32] = "";
    va_list list;
    va_start(list, format);
    vsnprintf(what, sizeof what, format, list);
    va_end(list);
    if (line > 0)
        snprintf(at, sizeof at, ":%zu", line);
    if (n->file->line == 0)
        problem_add(n->problems, n->severity, n->file->path, (int)line, 0, "%s", what);
    else
        problem_add(n->problems, n->severity, settings_file, n->file->line, n->file->column,
                    "the word vectors %s%s: %s", n->file->path, at, what);
}

/* Opens the text and names its quantised form. -1 with a problem; n->text is to be closed either way. */
static int find_text(struct named *n)
{
    char whole[PATH_BYTES];
    struct stat st;
    bool whole_path = n->file->path[0] == '/' || n->file->line == 0;
    int length = whole_path ? snprintf(whole, sizeof whole, "%s", n->file->path)
                            : snprintf(whole, sizeof whole, "%s/%s", n->call->site, n->file->path);
    n->text = -1;
    if (length >= PATH_MAX)
        errno = ENAMETOOLONG;
    else if (realpath(whole, n->path) != NULL)
        n->text = open(n->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (n->text < 0 || fstat(n->text, &st) < 0) {
        complain(n, 0, "cannot be opened: %s%s", strerror(errno),
                 whole_path ? "" : "; a path is relative to the site's folder");
        return -1;
    }
    const int64_t what[] = {(int64_t)st.st_size, (int64_t)st.st_mtim.tv_sec, (int64_t)st.st_mtim.tv_nsec};
    uint64_t hash = hash_more(hash_bytes(n->path, strlen(n->path)), what, sizeof what);
    snprintf(n->name, sizeof n->name, "%016llx.q8", (unsigned long long)hash);
    n->size = st.st_size;
    return 0;
}

static bool show(void *context, double share)
{
    struct named *n = context;
    int percent = (int)(share * 100);
    if (percent == n->told)
        return true;
    n->told = percent;
    progress_line(n->call, "reading the word vectors in %s … %2d %%", n->file->path, percent);
    return true;
}

/* A nameless file for what is not to be kept. */
static int open_nameless(void)
{
    const char *const folders[] = {getenv("TMPDIR"), "/var/tmp", "/tmp"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char path[PATH_BYTES];
        if (folders[i] == NULL || snprintf(path, sizeof path, "%s/sportello-XXXXXX", folders[i]) >= PATH_MAX)
            continue;
        int fd = mkostemp(path, O_CLOEXEC);
        if (fd < 0)
            continue;
        unlink(path);
        return fd;
    }
    return -1;
}

/* Reads the text into the file open at `to`. 0, or -1 with a problem. */
static int convert(struct named *n, int to)
{
    struct vectors_report r;
    struct timespec from, now;
    clock_gettime(CLOCK_MONOTONIC, &from);
    if (!n->call->quiet)
        fprintf(n->call->err, "reading the word vectors in %s (%.0f MB)\n", n->file->path, (double)n->size / 1e6);
    n->told = -1;
    int result = vectors_convert(n->text, to, show, n, &r);
    progress_end(n->call);
    if (result < 0) {
        complain(n, r.line, "%s", r.why);
        return -1;
    }
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (!n->call->quiet)
        fprintf(n->call->err, "%zu words of %zu dimensions in %.0f s\n", r.words, r.size,
                (double)(now.tv_sec - from.tv_sec) + (double)(now.tv_nsec - from.tv_nsec) / 1e9);
    if (r.twice > 0) {
        n->severity = SEVERITY_WARNING;
        complain(n, 0, "%zu words stand twice; the first of each is used", r.twice);
    }
    return 0;
}

/* Makes DATA/vectors/NAME.q8, whole or not at all: its part is written over by the next attempt. A descriptor, or
 * -1 with a problem. */
static int make_kept(struct named *n)
{
    char folder[PATH_BYTES], part[PATH_BYTES + NAME_BYTES + 8], whole[PATH_BYTES + NAME_BYTES];
    snprintf(folder, sizeof folder, "%s/vectors", n->call->data);
    snprintf(whole, sizeof whole, "%s/%s", folder, n->name);
    snprintf(part, sizeof part, "%s.part", whole);
    int to = file_make_folders(folder, 0700) == 0 ? open(part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
    if (to >= 0 && convert(n, to) < 0) {
        close(to);
        unlink(part);
        return -1;
    }
    int above = to >= 0 ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (above >= 0 && fsync(to) == 0 && rename(part, whole) == 0 && fsync(above) == 0) {
        close(above);
        return to;
    }
    complain(n, 0, "their quantised form cannot be kept in %.300s: %s", folder, strerror(errno));
    if (above >= 0)
        close(above);
    if (to >= 0)
        close(to);
    unlink(part);
    return -1;
}

static int make_nameless(struct named *n)
{
    int to = open_nameless();
    if (to >= 0 && convert(n, to) == 0)
        return to;
    if (to < 0)
        complain(n, 0, "there is no room in a folder for temporary files (TMPDIR): %s", strerror(errno));
    else
        close(to);
    return -1;
}

/* The quantised form from DATA, if it is there and good. */
static int open_kept(const struct named *n)
{
    char path[PATH_BYTES + NAME_BYTES];
    const char *why;
    snprintf(path, sizeof path, "%s/vectors/%s", n->call->data, n->name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct vectors *v = fd >= 0 ? vectors_open(&(struct vectors_part){"", fd}, 1, &why) : NULL;
    if (v == NULL && fd >= 0) {
        close(fd);
        fd = -1;
    }
    vectors_close(v);
    return fd;
}

static bool same_file(const struct setting_file *a, const struct setting_file *b)
{
    return a->path != NULL && b->path != NULL && strcmp(a->path, b->path) == 0;
}

void sitevectors_look(const struct call *call, const struct settings *settings, struct problems *problems)
{
    for (size_t i = 0; i < settings->languages.count; i++) {
        struct named n = {call, &settings->vectors[i], .severity = SEVERITY_ERROR, .problems = problems};
        if (n.file->path == NULL || (i > 0 && same_file(n.file, &settings->vectors[i - 1])))
            continue;
        find_text(&n);
        if (n.text >= 0)
            close(n.text);
    }
}

/* What no language uses any more goes; what cannot be removed is only in the way. */
static void sweep(const struct call *call, char names[][NAME_BYTES], size_t count)
{
    char folder[PATH_BYTES], path[PATH_BYTES + 300];
    char **found;
    size_t found_count;
    snprintf(folder, sizeof folder, "%s/vectors", call->data);
    if (file_list(folder, "", &found, &found_count) < 0)
        return;
    for (size_t i = 0; i < found_count; i++) {
        bool used = false;
        for (size_t k = 0; k < count; k++)
            used = used || strcmp(found[i], names[k]) == 0;
        snprintf(path, sizeof path, "%s/%s", folder, found[i]);
        if (!used)
            unlink(path);
    }
    file_list_free(found, found_count);
}

/* The quantised form of one file of the settings. A descriptor, or -1 with a problem. */
static int open_file(const struct call *call, const struct setting_file *file, enum severity severity,
                     struct problems *problems, char ret_name[NAME_BYTES])
{
    struct named n = {call, file, .severity = severity, .problems = problems};
    int fd = -1;
    if (find_text(&n) == 0) {
        fd = open_kept(&n);
        if (fd < 0)
            fd = call->owned != NULL ? make_kept(&n) : make_nameless(&n);
    }
    if (n.text >= 0)
        close(n.text);
    memcpy(ret_name, n.name, NAME_BYTES);
    return fd;
}

struct vectors *sitevectors_open(const struct call *call, const struct settings *settings, enum severity severity,
                                 struct problems *problems)
{
    struct vectors_part parts[VECTORS_PARTS_MAX];
    char names[VECTORS_PARTS_MAX][NAME_BYTES];
    const char *why = NULL;
    size_t count = 0;
    struct vectors *v = NULL;
    bool good = true;
    for (size_t i = 0; i < settings->languages.count && count < VECTORS_PARTS_MAX; i++) {
        const struct setting_file *file = &settings->vectors[i];
        if (file->path == NULL)
            continue;
        /* One path for all languages comes once, for all of them. */
        bool all = i == 0 && settings->languages.count > 1;
        for (size_t k = 1; all && k < settings->languages.count; k++)
            all = same_file(file, &settings->vectors[k]);
        int fd = open_file(call, file, severity, problems, names[count]);
        if (fd < 0)
            good = false;
        else
            parts[count++] = (struct vectors_part){all ? "" : settings->languages.items[i], fd};
        if (all)
            break;
    }
    if (good && count > 0) {
        v = vectors_open(parts, count, &why);
        if (v == NULL)
            problem_add(problems, severity, settings_file, 0, 0, "the word vectors cannot be used: %s", why);
    }
    if (good && call->owned != NULL)
        sweep(call, names, count);
    for (size_t i = 0; i < count; i++)
        close(parts[i].file);
    return v;
}

int sitevectors_use(const struct call *call, struct edition *e)
{
    struct problems *problems = problems_new();
    if (problems == NULL)
        return 0;
    struct vectors *v = sitevectors_open(call, view_settings(edition_view(e)), SEVERITY_WARNING, problems);
    problems_print(problems, call->err);
    bool other = v != NULL && vectors_source(v) != edition_meaning_source(e, MEANING_WORDS);
    edition_use_vectors(e, v);
    vectors_close(v);
    problems_free(problems);
    return other ? -1 : 0;
}

struct vectors *sitevectors_open_path(const struct call *call, const char *path, struct problems *problems)
{
    const struct setting_file file = {path, 0, 0};
    struct named n = {call, &file, .severity = SEVERITY_ERROR, .problems = problems};
    const char *why;
    if (find_text(&n) < 0)
        return NULL;
    struct vectors *v = vectors_open(&(struct vectors_part){"", n.text}, 1, &why);
    int fd = v == NULL ? make_nameless(&n) : -1;
    if (fd >= 0) {
        v = vectors_open(&(struct vectors_part){"", fd}, 1, &why);
        if (v == NULL)
            complain(&n, 0, "%s", why);
        close(fd);
    }
    close(n.text);
    return v;
}
