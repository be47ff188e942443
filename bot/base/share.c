/* Files beside the program: see share.h. */
#include "base/share.h"

#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_BYTES = 64 };

struct mapped {
    char name[NAME_BYTES];
    void *bytes; /* NULL: there is none */
    size_t size;
};

static struct mapped files[SHARE_FILES];
static size_t file_count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Where to look from the program's own folder, best first. */
static const char *const places[] = {"share", "../share", "../share/sportello"};

static bool map(const char *path, struct mapped *ret)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    struct stat s;
    void *bytes = MAP_FAILED;
    if (fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_size > 0 && s.st_size <= SHARE_BYTES)
        bytes = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (bytes == MAP_FAILED)
        return false;
    ret->bytes = bytes;
    ret->size = (size_t)s.st_size;
    return true;
}

/* The folder of the running program, without a slash at its end; "" where it does not show. */
static void folder_of_program(char *ret, size_t room)
{
    ssize_t size = readlink("/proc/self/exe", ret, room - 1);
    ret[size > 0 ? size : 0] = '\0';
    char *slash = strrchr(ret, '/');
    if (slash != NULL)
        *slash = '\0';
}

static void look_for(struct mapped *m)
{
    char path[PATH_MAX + 128], folder[PATH_MAX];
    const char *told = getenv("SPORTELLO_SHARE");
    if (told != NULL && *told != '\0') {
        if ((size_t)snprintf(path, sizeof path, "%s/%s", told, m->name) < sizeof path)
            map(path, m);
        return;
    }
    folder_of_program(folder, sizeof folder);
    for (size_t i = 0; i < sizeof places / sizeof *places && folder[0] != '\0'; i++) {
        snprintf(path, sizeof path, "%s/%s/%s", folder, places[i], m->name);
        if (map(path, m))
            return;
    }
}

static struct mapped *mapped_named(const char *name)
{
    for (size_t i = 0; i < file_count; i++)
        if (strcmp(files[i].name, name) == 0)
            return &files[i];
    if (file_count == SHARE_FILES)
        return NULL;
    struct mapped *m = &files[file_count++];
    memcpy(m->name, name, strlen(name) + 1);
    look_for(m);
    return m;
}

const void *share_file(const char *name, size_t *ret_size)
{
    if (*name == '\0' || strlen(name) >= NAME_BYTES || strchr(name, '/') != NULL)
        return NULL;
    pthread_mutex_lock(&lock);
    const struct mapped *m = mapped_named(name);
    pthread_mutex_unlock(&lock);
    if (m == NULL || m->bytes == NULL)
        return NULL;
    *ret_size = m->size;
    return m->bytes;
}
