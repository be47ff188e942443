/* Built-in pages: see assets.h. */
#include "net/assets.h"

#include "base/embed.h"
#include "base/file.h"
#include "base/hash.h"

#include <openssl/evp.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_BYTES = 1024, WIDGETS_MOST = 256 };

struct assets {
    char *folder;
    char (*hashes)[ASSET_HASH_BYTES]; /* of the built-in files, by their place in the table; "" = not yet known */
    size_t count;
};

/* What widget files are called, whole or from the beginning; all end in ".js". */
static const struct {
    const char *name;
    bool whole;
} widgets[] = {{"sportello.js", true}, {"core.js", true}, {"panel.", false}, {"face-", false}, {"more-", false}};

static const char built_in[] = "web/";

struct assets *assets_new(const char *folder)
{
    struct assets *a = calloc(1, sizeof *a);
    if (a == NULL)
        return NULL;
    while (embed_at(a->count) != NULL)
        a->count++;
    a->hashes = calloc(a->count > 0 ? a->count : 1, sizeof *a->hashes);
    a->folder = folder != NULL ? strdup(folder) : NULL;
    if (a->hashes == NULL || (folder != NULL && a->folder == NULL)) {
        assets_free(a);
        return NULL;
    }
    return a;
}

void assets_free(struct assets *a)
{
    if (a == NULL)
        return;
    free(a->folder);
    free(a->hashes);
    free(a);
}

/* --- a file in its forms ------------------------------------------------------------------------------ */

static void put_tag(struct asset *asset)
{
    snprintf(asset->tag, sizeof asset->tag, "\"%016llx\"", (unsigned long long)hash_bulk(asset->bytes, asset->size));
}

static int path_of(const char *folder, const char *name, enum encoding form, char ret[PATH_BYTES])
{
    int length = snprintf(ret, PATH_BYTES, "%s%s%s", folder, name, encoding_forms[form].suffix);
    return length > 0 && length < PATH_BYTES ? 0 : -1;
}

static int folder_path(const struct assets *a, const char *name, enum encoding form, char ret[PATH_BYTES])
{
    int length =
        a->folder != NULL ? snprintf(ret, PATH_BYTES, "%s/%s%s", a->folder, name, encoding_forms[form].suffix) : -1;
    return length > 0 && length < PATH_BYTES ? 0 : -1;
}

static bool later(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec : a->tv_nsec > b->tv_nsec;
}

/* Which forms the folder has of a file; 0 = not even the plain one. */
static unsigned forms_in_folder(const struct assets *a, const char *name)
{
    char path[PATH_BYTES];
    struct stat plain, packed;
    if (folder_path(a, name, ENCODING_PLAIN, path) < 0 || stat(path, &plain) < 0)
        return 0;
    unsigned there = 1U << ENCODING_PLAIN;
    for (int form = 0; form < ENCODING_PLAIN; form++) {
        if (folder_path(a, name, (enum encoding)form, path) == 0 && stat(path, &packed) == 0 &&
            !later(&plain.st_mtim, &packed.st_mtim))
            there |= 1U << form;
    }
    return there;
}

static const struct embedded *built_in_file(const char *name, enum encoding form)
{
    char path[PATH_BYTES];
    return path_of(built_in, name, form, path) == 0 ? embed_find(path) : NULL;
}

static int from_folder(const struct assets *a, const char *name, const char *accept, struct asset *ret)
{
    char path[PATH_BYTES];
    unsigned there = forms_in_folder(a, name);
    if (there == 0)
        return -1;
    ret->encoding = encoding_choose(accept, there);
    if (folder_path(a, name, ret->encoding, path) < 0)
        return -1;
    ret->owned = file_read(path, ASSET_BYTES, &ret->size);
    ret->bytes = ret->owned;
    return ret->owned != NULL ? 0 : -1;
}

static int from_program(const char *name, const char *accept, struct asset *ret)
{
    unsigned there = 0;
    for (int form = 0; form < ENCODINGS; form++)
        there |= built_in_file(name, (enum encoding)form) != NULL ? 1U << form : 0;
    if ((there & 1U << ENCODING_PLAIN) == 0)
        return -1;
    enum encoding form = encoding_choose(accept, there);
    const struct embedded *file = built_in_file(name, form);
    *ret = (struct asset){.bytes = file->data, .size = file->size, .encoding = form, .lasting = true};
    return 0;
}

int assets_get(struct assets *a, const char *name, const char *accept, struct asset *ret)
{
    struct asset asset = {.bytes = NULL};
    if (from_folder(a, name, accept, &asset) < 0 && from_program(name, accept, &asset) < 0)
        return -1;
    put_tag(&asset);
    *ret = asset;
    return 0;
}

/* --- widget files --------------------------------------------------------------------------------------- */

bool assets_is_widget(const char *name)
{
    size_t length = strlen(name);
    if (length < 4 || length >= ASSET_NAME_BYTES || strcmp(name + length - 3, ".js") != 0 ||
        strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") != length || strstr(name, "..") != NULL)
        return false;
    for (size_t i = 0; i < sizeof widgets / sizeof *widgets; i++) {
        if (widgets[i].whole ? strcmp(widgets[i].name, name) == 0
                             : strncmp(widgets[i].name, name, strlen(widgets[i].name)) == 0)
            return true;
    }
    return false;
}

void assets_hash_of(const char *bytes, size_t size, char ret[ASSET_HASH_BYTES])
{
    unsigned char sum[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(sum, (const unsigned char *)bytes, size);
    sodium_bin2hex(ret, ASSET_HASH_BYTES, sum, (ASSET_HASH_BYTES - 1) / 2);
}

/* Where the name stands among the built-in files; `count` = nowhere. */
static size_t place_of(const struct assets *a, const char *name)
{
    const struct embedded *file = built_in_file(name, ENCODING_PLAIN);
    return file != NULL ? (size_t)(file - embed_at(0)) : a->count;
}

int assets_hash(struct assets *a, const char *name, char ret[ASSET_HASH_BYTES])
{
    struct asset plain = {.bytes = NULL};
    if (!assets_is_widget(name))
        return -1;
    if (from_folder(a, name, NULL, &plain) == 0) {
        assets_hash_of(plain.bytes, plain.size, ret);
        free(plain.owned);
        return 0;
    }
    size_t place = place_of(a, name);
    if (place >= a->count)
        return -1;
    if (a->hashes[place][0] == '\0')
        assets_hash_of(embed_at(place)->data, embed_at(place)->size, a->hashes[place]);
    memcpy(ret, a->hashes[place], ASSET_HASH_BYTES);
    return 0;
}

int assets_integrity(struct assets *a, const char *name, char ret[ASSET_INTEGRITY_BYTES])
{
    static const char method[] = "sha384-";
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    struct asset plain;
    if (!assets_is_widget(name) || assets_get(a, name, NULL, &plain) < 0)
        return -1;
    int result = EVP_Digest(plain.bytes, plain.size, sum, &length, EVP_sha384(), NULL) == 1 ? 0 : -1;
    free(plain.owned);
    if (result < 0)
        return -1;
    memcpy(ret, method, sizeof method);
    sodium_bin2base64(ret + sizeof method - 1, ASSET_INTEGRITY_BYTES - sizeof method + 1, sum, length,
                      sodium_base64_VARIANT_ORIGINAL);
    return 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int add_name(char **names, size_t *count, const char *name)
{
    if (!assets_is_widget(name) || *count == WIDGETS_MOST)
        return 0;
    for (size_t i = 0; i < *count; i++)
        if (strcmp(names[i], name) == 0)
            return 0;
    names[*count] = strdup(name);
    return names[*count] != NULL ? (int)++*count : -1;
}

int assets_widgets(struct assets *a, char ***ret_names, size_t *ret_count)
{
    char **names = calloc(WIDGETS_MOST, sizeof *names), **listed = NULL;
    size_t count = 0, listed_count = 0;
    int result = names != NULL ? 0 : -1;
    if (result == 0 && a->folder != NULL && file_list(a->folder, ".js", &listed, &listed_count) < 0)
        listed_count = 0;
    for (size_t i = 0; i < listed_count && result >= 0; i++)
        result = add_name(names, &count, listed[i]);
    for (size_t i = 0; i < a->count && result >= 0; i++) {
        const char *path = embed_at(i)->path;
        if (strncmp(path, built_in, sizeof built_in - 1) == 0)
            result = add_name(names, &count, path + sizeof built_in - 1);
    }
    file_list_free(listed, listed_count);
    if (result < 0) {
        file_list_free(names, count);
        return -1;
    }
    qsort(names, count, sizeof *names, by_name);
    *ret_names = names;
    *ret_count = count;
    return 0;
}
