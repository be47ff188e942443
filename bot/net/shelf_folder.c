/* The shelf's folder and its list: see shelf.h.
 *
 * A line of the list is `HASH NAME current` or `HASH NAME 2026-11-22`, the day on which it was replaced. */
#include "net/shelf.h"

#include "base/buf.h"
#include "base/file.h"
#include "net/days.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 1024, LIST_BYTES = 4 << 20, LINE_BYTES = 160, HASH_CHARS = ASSET_HASH_BYTES - 1 };

static const char list_name[] = "list", now_word[] = "current";

static bool is_hash(const char *text)
{
    return strlen(text) == HASH_CHARS && strspn(text, "0123456789abcdef") == HASH_CHARS;
}

int shelf_path(const char *folder, const struct shelf_file *file, enum encoding form, char *ret, size_t room)
{
    int length = snprintf(ret, room, "%s/%s/%s%s", folder, file->hash, file->name, encoding_forms[form].suffix);
    return length > 0 && (size_t)length < room ? 0 : -1;
}

/* Looks which forms lie there. */
static void measure(const char *folder, struct shelf_file *file)
{
    char path[PATH_BYTES];
    struct stat about;
    file->forms = 0;
    file->bytes = 0;
    for (int form = 0; form < ENCODINGS; form++) {
        if (shelf_path(folder, file, (enum encoding)form, path, sizeof path) == 0 && stat(path, &about) == 0 &&
            S_ISREG(about.st_mode) && about.st_size > 0) {
            file->forms |= 1U << form;
            file->bytes += (uint64_t)about.st_size;
        }
    }
}

/* --- reading -------------------------------------------------------------------------------------------- */

static int add_found(struct shelf *shelf, const char *folder, struct shelf_file *file)
{
    if (shelf->count >= 2 * (size_t)SHELF_FILES || shelf_find(shelf, file->hash, file->name) != NULL)
        return 0;
    measure(folder, file);
    return (file->forms & 1U << ENCODING_PLAIN) != 0 ? shelf_add(shelf, file) : 0;
}

static bool read_line(const char *line, size_t length, struct shelf_file *ret)
{
    char text[LINE_BYTES], word[16];
    if (length >= sizeof text)
        return false;
    memcpy(text, line, length);
    text[length] = '\0';
    if (sscanf(text, "%16s %63s %15s", ret->hash, ret->name, word) != 3 || !is_hash(ret->hash) ||
        !assets_is_widget(ret->name))
        return false;
    ret->replaced = -1;
    return strcmp(word, now_word) == 0 || day_read(word, &ret->replaced);
}

static int read_list(struct shelf *shelf, const char *folder)
{
    char path[PATH_BYTES];
    size_t size;
    int length = snprintf(path, sizeof path, "%s/%s", folder, list_name), result = 0;
    char *text = length > 0 && length < PATH_BYTES ? file_read(path, LIST_BYTES, &size) : NULL;
    for (const char *at = text; at != NULL && *at != '\0' && result == 0;) {
        size_t line = strcspn(at, "\n");
        struct shelf_file file = {.replaced = -1};
        if (read_line(at, line, &file))
            result = add_found(shelf, folder, &file);
        at += line + (at[line] == '\n');
    }
    free(text);
    return result;
}

/* What lies in one HASH folder and is not on the list. */
static int scan_hash(struct shelf *shelf, const char *folder, const char *hash, int64_t today)
{
    char path[PATH_BYTES], **names = NULL;
    size_t count = 0;
    int length = snprintf(path, sizeof path, "%s/%s", folder, hash), result = 0;
    if (length < 0 || length >= PATH_BYTES || file_list(path, ".js", &names, &count) < 0)
        return 0;
    for (size_t i = 0; i < count && result == 0; i++) {
        struct shelf_file file = {.replaced = today};
        if (!assets_is_widget(names[i]))
            continue;
        memcpy(file.hash, hash, HASH_CHARS);
        memcpy(file.name, names[i], strlen(names[i]));
        result = add_found(shelf, folder, &file);
    }
    file_list_free(names, count);
    return result;
}

static int scan(struct shelf *shelf, const char *folder, int64_t today)
{
    char **names = NULL;
    size_t count = 0;
    int result = 0;
    if (file_list(folder, "", &names, &count) < 0)
        return 0;
    for (size_t i = 0; i < count && result == 0; i++)
        if (is_hash(names[i]))
            result = scan_hash(shelf, folder, names[i], today);
    file_list_free(names, count);
    return result;
}

struct shelf *shelf_load(const char *folder, int64_t today)
{
    struct shelf *shelf = shelf_new();
    if (shelf == NULL || read_list(shelf, folder) < 0 || scan(shelf, folder, today) < 0) {
        shelf_free(shelf);
        return NULL;
    }
    return shelf;
}

/* --- writing -------------------------------------------------------------------------------------------- */

static int write_list(const struct shelf *shelf, const char *folder)
{
    char path[PATH_BYTES], day[DAY_TEXT_BYTES];
    struct buf text;
    int length = snprintf(path, sizeof path, "%s/%s", folder, list_name), result = -1;
    buf_init(&text, LIST_BYTES);
    for (size_t i = 0; i < shelf->count; i++) {
        const struct shelf_file *file = &shelf->files[i];
        if (file->replaced >= 0)
            day_text(file->replaced, day);
        buf_printf(&text, "%s %s %s\n", file->hash, file->name, file->replaced >= 0 ? day : now_word);
    }
    size_t old_size = 0;
    char *old = length > 0 && length < PATH_BYTES ? file_read(path, LIST_BYTES, &old_size) : NULL;
    if (old != NULL && old_size == text.size && memcmp(old, text.data, old_size) == 0)
        result = 0;
    else if (!text.failed && length > 0 && length < PATH_BYTES)
        result = file_write_atomic(path, text.data, text.size, 0600);
    free(old);
    buf_free(&text);
    return result;
}

/* One form of a current file, unless the same lies there. */
static int keep_form(const char *folder, const struct shelf_file *file, enum encoding form, struct assets *assets)
{
    char path[PATH_BYTES];
    struct asset asset;
    size_t size = 0;
    if (shelf_path(folder, file, form, path, sizeof path) < 0)
        return -1;
    if (assets_get(assets, file->name, form == ENCODING_PLAIN ? NULL : encoding_forms[form].token, &asset) < 0)
        return -1;
    char *there = file_read(path, ASSET_BYTES, &size);
    int result = 0;
    bool same = there != NULL && size == asset.size && memcmp(there, asset.bytes, size) == 0;
    if (!same && asset.encoding == form)
        result = file_write_atomic(path, asset.bytes, asset.size, 0600);
    free(there);
    free(asset.owned);
    return result;
}

static int keep_file(struct shelf *shelf, struct shelf *current, const char *folder, struct assets *assets,
                     const char *name)
{
    char path[PATH_BYTES];
    struct shelf_file file = {.replaced = -1};
    int result = 0;
    if (assets_hash(assets, name, file.hash) < 0)
        return -1;
    memcpy(file.name, name, strlen(name));
    int length = snprintf(path, sizeof path, "%s/%s", folder, file.hash);
    if (length < 0 || length >= PATH_BYTES || file_make_folders(path, 0700) < 0)
        return -1;
    for (int form = 0; form < ENCODINGS; form++)
        if (keep_form(folder, &file, (enum encoding)form, assets) < 0)
            result = -1;
    measure(folder, &file);
    if (shelf_add(current, &file) < 0)
        return -1;
    return (file.forms & 1U << ENCODING_PLAIN) != 0 && shelf_add(shelf, &file) < 0 ? -1 : result;
}

static void delete_folder(const char *folder, const char *hash)
{
    char path[PATH_BYTES], inner[PATH_BYTES];
    struct dirent *entry;
    int length = snprintf(path, sizeof path, "%s/%s", folder, hash);
    DIR *dir = length > 0 && length < PATH_BYTES ? opendir(path) : NULL;
    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        length = snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (length > 0 && length < PATH_BYTES)
            unlink(inner);
    }
    if (dir != NULL)
        closedir(dir);
    rmdir(path);
}

/* Folders of which nothing is on the shelf any more. */
static void sweep(const struct shelf *shelf, const char *folder)
{
    char **names = NULL;
    size_t count = 0;
    if (file_list(folder, "", &names, &count) < 0)
        return;
    for (size_t i = 0; i < count; i++) {
        bool used = !is_hash(names[i]);
        for (size_t k = 0; k < shelf->count && !used; k++)
            used = strcmp(shelf->files[k].hash, names[i]) == 0;
        if (!used)
            delete_folder(folder, names[i]);
    }
    file_list_free(names, count);
}

int shelf_keep(struct shelf *shelf, const char *folder, struct assets *assets, int64_t today)
{
    char **names = NULL;
    size_t count = 0;
    int result = 0;
    struct shelf *current = shelf_new();
    if (current == NULL || assets_widgets(assets, &names, &count) < 0 || file_make_folders(folder, 0700) < 0)
        result = -1;
    for (size_t i = 0; i < count; i++)
        if (keep_file(shelf, current, folder, assets, names[i]) < 0)
            result = -1;
    if (current != NULL && count > 0)
        shelf_renew(shelf, current, today);
    if (current != NULL)
        sweep(shelf, folder);
    if (write_list(shelf, folder) < 0)
        result = -1;
    file_list_free(names, count);
    shelf_free(current);
    return result;
}
