/* Whole reads, atomic writes, sorted listings: see file.h. */
#include "base/file.h"

#include "base/buf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int read_all(int fd, struct buf *b)
{
    char chunk[65536];
    for (;;) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return (int)n;
        if (buf_add(b, chunk, (size_t)n) < 0) {
            errno = EFBIG;
            return -1;
        }
    }
}

char *file_read(const char *path, size_t ceiling, size_t *ret_size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    struct buf b;
    buf_init(&b, ceiling);
    char *bytes = read_all(fd, &b) == 0 ? buf_take(&b, ret_size) : NULL;
    int reason = errno;
    buf_free(&b);
    close(fd);
    errno = reason;
    return bytes;
}

static int write_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t n = write(fd, bytes, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        bytes += n;
        size -= (size_t)n;
    }
    return 0;
}

static int sync_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, slash == path ? 1 : (size_t)(slash - path));
    if (folder == NULL)
        return -1;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (fd < 0)
        return -1;
    int result = fsync(fd);
    close(fd);
    return result;
}

int file_write_atomic(const char *path, const void *bytes, size_t size, mode_t mode)
{
    char *beside = NULL;
    if (asprintf(&beside, "%s.new-XXXXXX", path) < 0)
        return -1;
    int fd = mkstemp(beside);
    if (fd < 0)
        goto failed_open;
    if (fchmod(fd, mode) < 0 || write_all(fd, bytes, size) < 0 || fsync(fd) < 0)
        goto failed_write;
    if (close(fd) < 0 || rename(beside, path) < 0)
        goto failed_rename;
    free(beside);
    return sync_folder_of(path);

failed_write:;
    int reason = errno;
    close(fd);
    errno = reason;
failed_rename:;
    int why = errno;
    unlink(beside);
    errno = why;
failed_open:
    free(beside);
    return -1;
}

/* Writes and syncs; the file is gone again where that fails. */
static int write_beside(char *beside, mode_t mode, const void *bytes, size_t size)
{
    int fd = mkstemp(beside);
    if (fd < 0)
        return -1;
    bool written = fchmod(fd, mode) == 0 && write_all(fd, bytes, size) == 0 && fsync(fd) == 0;
    int reason = errno;
    if (close(fd) == 0 && written)
        return 0;
    unlink(beside);
    errno = written ? EIO : reason;
    return -1;
}

int file_stage(const char *path, const void *bytes, size_t size, mode_t mode, char **ret_beside)
{
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    char *beside = NULL;
    if (asprintf(&beside, "%.*s.%s.new-XXXXXX", (int)(name - path), path, name) < 0)
        return -1;
    if (write_beside(beside, mode, bytes, size) == 0) {
        *ret_beside = beside;
        return 0;
    }
    free(beside);
    return -1;
}

int file_commit(const char *path, const char *beside)
{
    return rename(beside, path) == 0 ? sync_folder_of(path) : -1;
}

static bool still_says(const char *path, const void *old, size_t old_size)
{
    size_t size = 0;
    char *now = file_read(path, old_size + 1, &size);
    bool same = now != NULL && size == old_size && memcmp(now, old, size) == 0;
    free(now);
    return same;
}

int file_replace(const char *path, const void *old, size_t old_size, const void *bytes, size_t size)
{
    struct stat info;
    char *beside = NULL;
    if (stat(path, &info) < 0)
        return errno == ENOENT ? 1 : -1;
    if (file_stage(path, bytes, size, info.st_mode & 07777, &beside) < 0)
        return -1;
    int result = still_says(path, old, old_size) ? 0 : 1;
    if (result == 0 && rename(beside, path) < 0)
        result = -1;
    if (result != 0) {
        int reason = errno;
        unlink(beside);
        errno = reason;
    }
    free(beside);
    return result == 0 ? sync_folder_of(path) : result;
}

int file_make_folders(const char *path, mode_t mode)
{
    char *copy = strdup(path);
    if (copy == NULL)
        return -1;
    int result = 0;
    for (char *p = copy + 1; result == 0 && *p != '\0'; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        if (mkdir(copy, mode) < 0 && errno != EEXIST)
            result = -1;
        *p = '/';
    }
    if (result == 0 && mkdir(copy, mode) < 0 && errno != EEXIST)
        result = -1;
    free(copy);
    return result;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int ends_with(const char *name, const char *suffix)
{
    size_t n = strlen(name), s = strlen(suffix);
    return n >= s && strcmp(name + n - s, suffix) == 0;
}

int file_list(const char *folder, const char *suffix, char ***ret_names, size_t *ret_count)
{
    char **names = NULL;
    size_t count = 0;
    DIR *dir = opendir(folder);
    if (dir == NULL && errno != ENOENT)
        return -1;
    for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;) {
        if (e->d_name[0] == '.' || !ends_with(e->d_name, suffix))
            continue;
        char **grown = realloc(names, (count + 1) * sizeof *names);
        char *name = grown != NULL ? strdup(e->d_name) : NULL;
        names = grown != NULL ? grown : names;
        if (name == NULL) {
            closedir(dir);
            file_list_free(names, count);
            errno = ENOMEM;
            return -1;
        }
        names[count++] = name;
    }
    if (dir != NULL)
        closedir(dir);
    if (count > 1)
        qsort(names, count, sizeof *names, by_bytes);
    *ret_names = names;
    *ret_count = count;
    return 0;
}

void file_list_free(char **names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
}
