/* Built-in pages: see assets.h. */
#include "net/assets.h"

#include "base/embed.h"
#include "base/file.h"
#include "base/hash.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_BYTES = 1024 };

struct assets {
    char *folder;
};

struct assets *assets_new(const char *folder)
{
    struct assets *a = calloc(1, sizeof *a);
    if (a != NULL && folder != NULL && (a->folder = strdup(folder)) == NULL) {
        free(a);
        return NULL;
    }
    return a;
}

void assets_free(struct assets *a)
{
    if (a == NULL)
        return;
    free(a->folder);
    free(a);
}

static void put_tag(struct asset *asset)
{
    snprintf(asset->tag, sizeof asset->tag, "\"%016llx\"", (unsigned long long)hash_bytes(asset->bytes, asset->size));
}

static int from_folder(const struct assets *a, const char *name, struct asset *ret)
{
    char path[PATH_BYTES];
    int length = a->folder != NULL ? snprintf(path, sizeof path, "%s/%s", a->folder, name) : -1;
    if (length < 0 || (size_t)length >= sizeof path)
        return -1;
    ret->owned = file_read(path, ASSET_BYTES, &ret->size);
    ret->bytes = ret->owned;
    return ret->owned != NULL ? 0 : -1;
}

static int from_program(const char *name, struct asset *ret)
{
    char path[PATH_BYTES];
    int length = snprintf(path, sizeof path, "web/%s", name);
    const struct embedded *file = length > 0 && (size_t)length < sizeof path ? embed_find(path) : NULL;
    if (file == NULL)
        return -1;
    *ret = (struct asset){.bytes = file->data, .size = file->size};
    return 0;
}

int assets_get(struct assets *a, const char *name, struct asset *ret)
{
    struct asset asset = {.bytes = NULL};
    if (from_folder(a, name, &asset) < 0 && from_program(name, &asset) < 0)
        return -1;
    put_tag(&asset);
    *ret = asset;
    return 0;
}
