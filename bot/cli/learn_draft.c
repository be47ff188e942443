/* Drafts of agents as entries: see learn_draft.h. */
#include "cli/learn_draft.h"

#include "base/file.h"
#include "base/hash.h"
#include "content/entry_add.h"
#include "content/ident.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MODE = 0644, FOLDER_MODE = 0755, IDS_TRIED = 100 };

static int refuse(const struct call *call, const char *what, const char *why)
{
    fprintf(call->err, "sportello learn: %s: %s\n", what, why);
    return -1;
}

const char *learn_draft_path(const struct call *call, const char *lang, struct arena *arena)
{
    const char *path = call->to != NULL ? call->to : arena_printf(arena, "knowledge/%s/from-the-desk.md", lang);
    const char *folder = arena_printf(arena, "knowledge/%s/", lang);
    size_t size = path != NULL ? strlen(path) : 0;
    if (path == NULL || folder == NULL) {
        refuse(call, "--to", "no memory");
        return NULL;
    }
    if (strncmp(path, folder, strlen(folder)) != 0 || strstr(path, "/.") != NULL || size < 4 ||
        strcmp(path + size - 3, ".md") != 0 || path[strlen(folder)] == '.' || path[size - 4] == '/') {
        fprintf(call->err,
                "sportello learn: --to is a file such as %sfrom-the-desk.md, in the language of the question\n",
                folder);
        return NULL;
    }
    return path;
}

/* An id made from the title that no entry of the language has yet. NULL without memory. */
static const char *free_id(const struct site *site, const char *lang, const char *title, struct arena *arena)
{
    const char *slug = ident_slug(arena, title), *id = slug;
    for (int n = 2; id != NULL && n < IDS_TRIED; n++) {
        bool taken = false;
        for (size_t i = 0; i < site->article_count && !taken; i++)
            taken = strcmp(site->articles[i].lang, lang) == 0 && strcmp(site->articles[i].id, id) == 0;
        if (!taken)
            return id;
        id = arena_printf(arena, "%.*s-%d", IDENT_BYTES - 4, slug, n);
    }
    return NULL;
}

/* A file that was not there: never over one that came meanwhile. */
static int make_file(const struct call *call, const char *path, const struct buf *bytes)
{
    char *folder = strdup(path);
    if (folder == NULL)
        return refuse(call, path, "no memory");
    *strrchr(folder, '/') = '\0';
    int made = file_make_folders(folder, FOLDER_MODE);
    free(folder);
    if (made < 0)
        return refuse(call, path, strerror(errno));
    if (access(path, F_OK) == 0)
        return refuse(call, path, "has come meanwhile: look again with sportello learn list, then accept");
    return file_write_atomic(path, bytes->data, bytes->size, FILE_MODE) < 0 ? refuse(call, path, strerror(errno)) : 0;
}

static int put_file(const struct call *call, const struct learn_draft *d, struct arena *arena, const struct buf *bytes)
{
    const char *path = arena_printf(arena, "%s/%s", call->site, d->path);
    if (path == NULL)
        return refuse(call, d->path, "no memory");
    if (d->source == NULL)
        return make_file(call, path, bytes);
    int result = file_replace(path, d->source->bytes, d->source->size, bytes->data, bytes->size);
    if (result > 0)
        return refuse(call, d->path, "has changed meanwhile: look again with sportello learn list, then accept");
    return result < 0 ? refuse(call, d->path, strerror(errno)) : 0;
}

int learn_draft_write(const struct call *call, const struct sitefiles *files, struct learn_draft *d)
{
    struct entry_add add = {.question = d->title, .answer = d->answer};
    struct buf bytes;
    add.id = free_id(files->site, d->lang, d->title, files->arena);
    if (add.id == NULL)
        return refuse(call, d->path, "no id is free for it");
    if (d->source != NULL)
        add.file = (struct span){d->source->bytes, d->source->size};
    buf_init(&bytes, SITE_FILE_BYTES);
    int result = entry_add_markdown(&add, files->arena, &bytes);
    if (result < 0)
        refuse(call, d->path, add.ret_why);
    else
        result = put_file(call, d, files->arena, &bytes);
    if (result == 0) {
        d->ret_id = add.id;
        d->ret_hash = hash_bytes(bytes.data, bytes.size);
        d->ret_line = add.ret_line;
    }
    buf_free(&bytes);
    return result;
}

void learn_draft_escape(const char *answer, FILE *out)
{
    for (; *answer != '\0'; answer++) {
        if (*answer == '\n' || *answer == '\\')
            fputc('\\', out);
        fputc(*answer == '\n' ? 'n' : *answer, out);
    }
}

void learn_draft_unescape(char *line)
{
    char *to = line;
    for (const char *at = line; *at != '\0' && *at != '\n'; at++) {
        bool escaped = *at == '\\' && at[1] != '\0';
        at += escaped;
        *to++ = escaped && *at == 'n' ? '\n' : *at;
    }
    *to = '\0';
}
