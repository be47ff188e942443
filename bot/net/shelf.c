/* Which widget files are kept, and for how long: see shelf.h. The folder is shelf_folder.c. */
#include "net/shelf.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct shelf *shelf_new(void)
{
    return calloc(1, sizeof(struct shelf));
}

void shelf_free(struct shelf *shelf)
{
    if (shelf == NULL)
        return;
    free(shelf->files);
    free(shelf);
}

static int by_address(const void *a, const void *b)
{
    const struct shelf_file *one = a, *other = b;
    int order = strcmp(one->hash, other->hash);
    return order != 0 ? order : strcmp(one->name, other->name);
}

static struct shelf_file *find(const struct shelf *shelf, const struct shelf_file *file)
{
    return shelf->count > 0 ? bsearch(file, shelf->files, shelf->count, sizeof *file, by_address) : NULL;
}

int shelf_add(struct shelf *shelf, const struct shelf_file *file)
{
    struct shelf_file *old = find(shelf, file);
    if (old != NULL) {
        *old = *file;
        return 0;
    }
    struct shelf_file *files = realloc(shelf->files, (shelf->count + 1) * sizeof *files);
    if (files == NULL)
        return -1;
    size_t at = shelf->count;
    while (at > 0 && by_address(&files[at - 1], file) > 0)
        at--;
    memmove(&files[at + 1], &files[at], (shelf->count - at) * sizeof *files);
    files[at] = *file;
    shelf->files = files;
    shelf->count++;
    return 0;
}

const struct shelf_file *shelf_find(const struct shelf *shelf, const char *hash, const char *name)
{
    struct shelf_file file = {.replaced = -1};
    if (strlen(hash) >= sizeof file.hash || strlen(name) >= sizeof file.name)
        return NULL;
    memcpy(file.hash, hash, strlen(hash) + 1);
    memcpy(file.name, name, strlen(name) + 1);
    return find(shelf, &file);
}

/* The current ones first, then those that were replaced last. */
static int by_worth(const void *a, const void *b)
{
    const struct shelf_file *one = a, *other = b;
    int64_t left = one->replaced < 0 ? INT64_MAX : one->replaced;
    int64_t right = other->replaced < 0 ? INT64_MAX : other->replaced;
    if (left != right)
        return left > right ? -1 : 1;
    return by_address(a, b);
}

/* A day in the future is the mark of a clock that was wrong. */
static void date_them(struct shelf *shelf, const struct shelf *current, int64_t today)
{
    for (size_t i = 0; i < shelf->count; i++) {
        struct shelf_file *file = &shelf->files[i];
        if (find(current, file) != NULL)
            file->replaced = -1;
        else if (file->replaced < 0 || file->replaced > today)
            file->replaced = today;
    }
}

void shelf_renew(struct shelf *shelf, const struct shelf *current, int64_t today)
{
    uint64_t bytes = 0;
    size_t kept = 0;
    date_them(shelf, current, today);
    if (shelf->count == 0)
        return;
    qsort(shelf->files, shelf->count, sizeof *shelf->files, by_worth);
    for (; kept < shelf->count; kept++) {
        const struct shelf_file *file = &shelf->files[kept];
        bool full = kept == SHELF_FILES || bytes + file->bytes > SHELF_BYTES;
        if (file->replaced >= 0 && (full || today - file->replaced > SHELF_DAYS))
            break;
        bytes += file->bytes;
    }
    shelf->count = kept;
    qsort(shelf->files, shelf->count, sizeof *shelf->files, by_address);
}
