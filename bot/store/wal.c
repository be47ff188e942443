/* A layer over SQLite's own files that changes the log's only: see wal.h. */
#include "store/wal.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* SQLite's own file lies behind it in the same memory. */
struct log_file {
    sqlite3_file file; /* first: SQLite knows it as one of these */
    unsigned char *bytes;
    sqlite3_int64 start; /* where in the file the gathered bytes belong */
    size_t used;
};

static sqlite3_vfs *below;
static sqlite3_vfs vfs;

static size_t head_size(void)
{
    const size_t unit = alignof(max_align_t);
    return (sizeof(struct log_file) + unit - 1) / unit * unit;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
    return (sqlite3_file *)((unsigned char *)file + head_size());
}

/* What could not be written is dropped: the transaction it belongs to fails by the result. */
static int flush(sqlite3_file *file)
{
    struct log_file *log = (struct log_file *)file;
    if (log->used == 0)
        return SQLITE_OK;
    int size = (int)log->used;
    log->used = 0;
    return real_of(file)->pMethods->xWrite(real_of(file), log->bytes, size, log->start);
}

static int log_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    struct log_file *log = (struct log_file *)file;
    size_t more = (size_t)size;
    if (log->bytes == NULL)
        log->bytes = malloc(WAL_BYTES);
    bool follows = log->used > 0 && at == log->start + (sqlite3_int64)log->used && more <= WAL_BYTES - log->used;
    int code = follows ? SQLITE_OK : flush(file);
    if (code != SQLITE_OK)
        return code;
    if (log->bytes == NULL || more > WAL_BYTES)
        return real_of(file)->pMethods->xWrite(real_of(file), bytes, size, at);
    if (log->used == 0)
        log->start = at;
    memcpy(log->bytes + log->used, bytes, more);
    log->used += more;
    return SQLITE_OK;
}

static int log_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 at)
{
    int code = flush(file);
    return code != SQLITE_OK ? code : real_of(file)->pMethods->xRead(real_of(file), bytes, size, at);
}

static int log_sync(sqlite3_file *file, int flags)
{
    int code = flush(file);
    return code != SQLITE_OK ? code : real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int log_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    int code = flush(file);
    return code != SQLITE_OK ? code : real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int log_size(sqlite3_file *file, sqlite3_int64 *ret_size)
{
    int code = flush(file);
    return code != SQLITE_OK ? code : real_of(file)->pMethods->xFileSize(real_of(file), ret_size);
}

/* Whatever was committed has been synchronised before. */
static int log_close(sqlite3_file *file)
{
    struct log_file *log = (struct log_file *)file;
    int code = flush(file), closed = real_of(file)->pMethods->xClose(real_of(file));
    free(log->bytes);
    log->bytes = NULL;
    return code != SQLITE_OK ? code : closed;
}

static int log_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int log_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int log_reserved(sqlite3_file *file, int *ret_locked)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), ret_locked);
}

static int log_control(sqlite3_file *file, int what, void *value)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), what, value);
}

static int log_sector(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int log_device(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static const sqlite3_io_methods log_methods = {.iVersion = 1,
                                               .xClose = log_close,
                                               .xRead = log_read,
                                               .xWrite = log_write,
                                               .xTruncate = log_truncate,
                                               .xSync = log_sync,
                                               .xFileSize = log_size,
                                               .xLock = log_lock,
                                               .xUnlock = log_unlock,
                                               .xCheckReservedLock = log_reserved,
                                               .xFileControl = log_control,
                                               .xSectorSize = log_sector,
                                               .xDeviceCharacteristics = log_device};

/* Every other file is SQLite's own from its opening on. */
static int open_file(sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
    (void)self;
    if (!(flags & SQLITE_OPEN_WAL))
        return below->xOpen(below, name, file, flags, ret_flags);
    struct log_file *log = (struct log_file *)file;
    *log = (struct log_file){0};
    int code = below->xOpen(below, name, real_of(file), flags, ret_flags);
    if (code == SQLITE_OK)
        log->file.pMethods = &log_methods;
    else if (real_of(file)->pMethods != NULL)
        real_of(file)->pMethods->xClose(real_of(file));
    return code;
}

static void enlist(void)
{
    below = sqlite3_vfs_find(NULL);
    if (below == NULL)
        return;
    vfs = *below;
    vfs.pNext = NULL;
    vfs.zName = "sportello";
    vfs.szOsFile = below->szOsFile + (int)head_size();
    vfs.xOpen = open_file;
    if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK)
        below = NULL;
}

const char *wal_vfs(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, enlist);
    return below != NULL ? vfs.zName : NULL;
}
