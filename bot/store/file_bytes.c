/* Bytes of files on disk: see file_bytes.h. */
#include "store/file_bytes.h"

#include "base/file.h"
#include "store/db.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char folder_name[] = "files";

char *file_bytes_path(const char *data, const char *id)
{
    char *path = NULL;
    int size = asprintf(&path, "%s/%s%s%s", data, folder_name, id[0] != '\0' ? "/" : "", id);
    return size >= 0 ? path : NULL;
}

int file_bytes_keep(const char *data, const char *id, const void *bytes, size_t size)
{
    char *folder = file_bytes_path(data, ""), *path = file_bytes_path(data, id);
    int result = -1;
    if (!file_is_id(id))
        errno = EINVAL;
    else if (folder != NULL && path != NULL && file_make_folders(folder, 0700) == 0)
        result = file_write_atomic(path, bytes, size, 0600);
    int reason = errno;
    free(path);
    free(folder);
    errno = reason;
    return result;
}

static ssize_t read_at(int fd, int64_t offset, char *to, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t n = pread(fd, to + done, size - done, offset + (off_t)done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        done += (size_t)n;
    }
    return (ssize_t)done;
}

ssize_t file_bytes_read(const char *data, const char *id, int64_t offset, void *ret, size_t size)
{
    char *path = file_is_id(id) ? file_bytes_path(data, id) : NULL;
    int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    free(path);
    if (fd < 0)
        return -1;
    ssize_t got = read_at(fd, offset, ret, size);
    int reason = errno;
    close(fd);
    errno = reason;
    return got;
}

int file_bytes_drop(const char *data, const char *id)
{
    char *path = file_is_id(id) ? file_bytes_path(data, id) : NULL;
    int result = path != NULL ? unlink(path) : -1;
    free(path);
    return result == 0 || errno == ENOENT ? 0 : -1;
}

/* --- the sweep -------------------------------------------------------------------------------------- */

struct sweep {
    struct store *store;
    int folder;
    char names[FILES_AT_ONCE][FILE_ID_BYTES + 1];
    size_t count, removed;
    bool failed;
};

static void remove_name(struct sweep *s, const char *name)
{
    if (unlinkat(s->folder, name, 0) == 0)
        s->removed++;
}

/* Looks up what has been gathered, and removes what is unknown. */
static void look_up(struct sweep *s)
{
    struct store_files_known *job = store_job_new(&store_files_known_kind, sizeof *job, store_job_free, NULL);
    const char *ids[FILES_AT_ONCE];
    for (size_t i = 0; i < s->count; i++)
        ids[i] = s->names[i];
    if (job != NULL) {
        job->ids = ids;
        job->id_count = s->count;
        store_run(s->store, &job->job);
    }
    s->failed = s->failed || job == NULL || job->job.result != STORE_OK;
    for (size_t i = 0; !s->failed && i < s->count; i++) {
        if (!job->known[i])
            remove_name(s, s->names[i]);
    }
    if (job != NULL)
        store_job_free(&job->job);
    s->count = 0;
}

static void look_at(struct sweep *s, const char *name)
{
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return;
    if (!file_is_id(name)) {
        remove_name(s, name); /* half written */
        return;
    }
    memcpy(s->names[s->count++], name, FILE_ID_BYTES + 1);
    if (s->count == FILES_AT_ONCE)
        look_up(s);
}

int file_bytes_sweep(struct store *store, const char *data, size_t *ret_count, const char **ret_why)
{
    struct sweep s = {.store = store};
    char *path = file_bytes_path(data, "");
    DIR *folder = path != NULL ? opendir(path) : NULL;
    free(path);
    if (folder == NULL && errno == ENOENT)
        return 0;
    if (folder == NULL) {
        *ret_why = db_why("cannot read the folder files in %s: %s", data, strerror(errno));
        return -1;
    }
    s.folder = dirfd(folder);
    for (const struct dirent *entry; !s.failed && (entry = readdir(folder)) != NULL;)
        look_at(&s, entry->d_name);
    if (!s.failed && s.count > 0)
        look_up(&s);
    closedir(folder);
    *ret_count += s.removed;
    if (!s.failed)
        return 0;
    *ret_why = "cannot look up the files in the store";
    return -1;
}
