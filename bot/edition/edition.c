/* Editions on disk and in memory, and who holds them: see edition.h. */
#include "edition/edition.h"

#include "base/file.h"
#include "edition/open.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 4096 };

struct edition {
    struct view view;
    void *bytes;
    size_t size;
    bool mapped; /* munmap, otherwise free */
    int64_t number;
    int pins;
};

static int image_path(char *ret, const char *folder, int64_t number)
{
    int size = snprintf(ret, PATH_BYTES, "%s/%lld.img", folder, (long long)number);
    if (size > 0 && size < PATH_BYTES)
        return 0;
    errno = ENAMETOOLONG;
    return -1;
}

int edition_write(const char *folder, int64_t number, const struct buf *image)
{
    char path[PATH_BYTES];
    if (image_path(path, folder, number) < 0 || file_make_folders(folder, 0700) < 0)
        return -1;
    return file_write_atomic(path, image->data, image->size, 0600);
}

static void edition_free(struct edition *e)
{
    view_close(&e->view);
    if (e->mapped)
        munmap(e->bytes, e->size);
    else
        free(e->bytes);
    free(e);
}

/* Takes over `bytes`, also on failure. */
static struct edition *edition_of(struct edition from, const char **ret_why)
{
    struct edition *e = malloc(sizeof *e);
    if (e == NULL) {
        *ret_why = "there is not enough memory";
        if (from.mapped)
            munmap(from.bytes, from.size);
        else
            free(from.bytes);
        return NULL;
    }
    *e = from;
    e->pins = 1;
    if (view_open(e->bytes, e->size, &e->view, ret_why) == 0)
        return e;
    edition_free(e);
    return NULL;
}

static void *map_file(const char *path, size_t *ret_size, const char **ret_why)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) < 0) {
        *ret_why = errno == ENOENT ? "it is missing" : strerror(errno);
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    void *bytes = MAP_FAILED;
    *ret_why = "it is not an edition";
    if (S_ISREG(st.st_mode) && st.st_size >= (off_t)sizeof(struct edition_header)) {
        bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes == MAP_FAILED)
            *ret_why = strerror(errno);
    }
    close(fd);
    *ret_size = (size_t)st.st_size;
    return bytes == MAP_FAILED ? NULL : bytes;
}

struct edition *edition_open(const char *folder, int64_t number, const char **ret_why)
{
    char path[PATH_BYTES];
    struct edition e = {.mapped = true, .number = number};
    if (image_path(path, folder, number) < 0) {
        *ret_why = strerror(errno);
        return NULL;
    }
    e.bytes = map_file(path, &e.size, ret_why);
    return e.bytes != NULL ? edition_of(e, ret_why) : NULL;
}

struct edition *edition_from_image(const struct buf *image, const char **ret_why)
{
    struct edition e = {.size = image->size, .bytes = malloc(image->size + 1)};
    if (e.bytes == NULL) {
        *ret_why = "there is not enough memory";
        return NULL;
    }
    memcpy(e.bytes, image->data, image->size);
    return edition_of(e, ret_why);
}

uint64_t edition_meaning_source(const struct edition *e, enum meaning_kind kind)
{
    return e->view.image.head->meanings[kind];
}

void edition_use_vectors(struct edition *e, struct vectors *vectors)
{
    if (vectors == NULL || vectors_source(vectors) != edition_meaning_source(e, MEANING_WORDS))
        return;
    vectors_close(e->view.vectors);
    e->view.vectors = vectors_share(vectors);
}

struct edition *edition_pin(struct edition *e)
{
    e->pins++;
    return e;
}

void edition_unpin(struct edition *e)
{
    if (e != NULL && --e->pins == 0)
        edition_free(e);
}

int64_t edition_number(const struct edition *e)
{
    return e->number;
}

void edition_set_number(struct edition *e, int64_t number)
{
    e->number = number;
}

const struct view *edition_view(const struct edition *e)
{
    return &e->view;
}
