/* Files that are kept, and those that go: see keep.h. */
#include "net/keep.h"

#include "base/log.h"
#include "content/file_name.h"
#include "content/media.h"
#include "store/file_bytes.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MINUTE = 60, UNSENT_MS = 3600 * 1000, LOG_MS = 60 * 1000 };
#define DAY_MS (INT64_C(24) * 3600 * 1000)

struct keeping {
    struct job job;
    struct server *server;
    const char *data; /* the folder */
    char *body;
    size_t at, size, held;
    char *name;
    unsigned kinds;
    int64_t pixels;
    unsigned char token_hash[TOKEN_HASH_BYTES];
    int64_t user, conversation;
    /* made by the worker */
    enum media_verdict verdict;
    struct media media;
    char id[FILE_ID_BYTES + 1], clean_name[FILE_NAME_BYTES];
    int64_t clean_size;
    int error; /* errno of what the disk refused, 0 = nothing */
    void (*done)(struct server *, void *context, uint64_t number, const struct kept *);
    void *context;
    uint64_t number;
};

static void keeping_free(struct keeping *k)
{
    k->server->upload_bytes -= k->held;
    free(k->body);
    free(k->name);
    free(k);
}

static void end(struct keeping *k, int status, const char *code)
{
    const struct kept kept = {.status = status, .code = code};
    k->done(k->server, k->context, k->number, &kept);
    keeping_free(k);
}

/* --- on the worker ---------------------------------------------------------------------------------------- */

static void make_id(char ret[FILE_ID_BYTES + 1])
{
    unsigned char bytes[FILE_ID_BYTES / 2];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(ret, FILE_ID_BYTES + 1, bytes, sizeof bytes);
}

static void look_and_write(struct job *job)
{
    struct keeping *k = (struct keeping *)job;
    struct buf clean;
    buf_init(&clean, k->size + MEDIA_GROWTH);
    k->verdict = buf_reserve(&clean, k->size) == 0
                     ? media_clean(k->body + k->at, k->size, k->kinds, k->pixels, &clean, &k->media)
                     : MEDIA_NO_MEMORY;
    if (k->verdict == MEDIA_GOOD) {
        make_id(k->id);
        file_name_clean(k->name, strlen(k->name), k->media.kind, k->clean_name);
        k->clean_size = (int64_t)clean.size;
        if (file_bytes_keep(k->data, k->id, clean.data, clean.size) < 0)
            k->error = errno;
    }
    buf_free(&clean);
}

/* --- removing --------------------------------------------------------------------------------------------- */

struct removing {
    struct job job;
    struct server *server;
    struct store_files_gone *gone; /* whose rows are to be removed; NULL = only `id` */
    char id[FILE_ID_BYTES + 1];
    const char *removed[FILES_AT_ONCE];
    size_t removed_count;
};

static void remove_bytes(struct job *job)
{
    struct removing *r = (struct removing *)job;
    const char *data = r->server->config.data;
    if (r->gone == NULL)
        file_bytes_drop(data, r->id);
    for (size_t i = 0; r->gone != NULL && i < r->gone->count; i++) {
        if (file_bytes_drop(data, r->gone->rows[i]) == 0)
            r->removed[r->removed_count++] = r->gone->rows[i];
    }
}

static void gone_listed(struct store_job *job);

static void list_gone(struct server *server, const char *const *ids, size_t count)
{
    struct store_files_gone *job = store_job_new(&store_files_gone_kind, sizeof *job, gone_listed, server);
    const char **copies = job != NULL ? arena_array(job->job.arena, count + 1, sizeof *copies) : NULL;
    for (size_t i = 0; copies != NULL && i < count; i++)
        copies[i] = arena_strdup(job->job.arena, ids[i]);
    if (job != NULL) {
        job->ids = copies;
        job->id_count = count;
        server->removing = !arena_failed(job->job.arena) && store_submit(server->config.store, &job->job) == 0;
    } else {
        server->removing = false;
    }
    if (job != NULL && !server->removing)
        store_job_free(&job->job);
}

static void bytes_removed(struct job *job)
{
    struct removing *r = (struct removing *)job;
    struct server *server = r->server;
    if (r->gone != NULL) {
        server->removing = false;
        /* What the disk would not remove is tried again with the next round. */
        if (r->removed_count > 0 && !server->stopping)
            list_gone(server, r->removed, r->removed_count);
        store_job_free(&r->gone->job);
    }
    free(r);
}

static int remove_later(struct server *server, struct store_files_gone *gone, const char *id)
{
    struct removing *r = server->stopping ? NULL : calloc(1, sizeof *r);
    if (r == NULL)
        return -1;
    r->job = (struct job){.run = remove_bytes, .done = bytes_removed};
    r->server = server;
    r->gone = gone;
    snprintf(r->id, sizeof r->id, "%s", id);
    if (workers_submit(server->workers, WORK_FILES, &r->job) == 0)
        return 0;
    free(r);
    return -1;
}

static void gone_listed(struct store_job *job)
{
    struct store_files_gone *gone = (struct store_files_gone *)job;
    struct server *server = job->context;
    server->removing = false;
    if (job->result == STORE_OK && gone->count > 0 && remove_later(server, gone, "") == 0)
        server->removing = true;
    else
        store_job_free(job);
}

/* --- back on the loop --------------------------------------------------------------------------------------- */

static void log_full(struct server *server, const char *what, const char *mend)
{
    int64_t now = clock_mono_ms(server->config.clock);
    if (now - server->files_logged_ms < LOG_MS && server->files_logged_ms != 0)
        return;
    server->files_logged_ms = now;
    log_line(LOG_LEVEL_WARNING, what, "mend", mend, NULL);
}

static void known(struct store_job *job)
{
    struct store_file_add *add = (struct store_file_add *)job;
    struct keeping *k = job->context;
    struct server *server = k->server;
    enum store_result result = job->result;
    enum file_refusal why = add->ret_why;
    store_job_free(job);
    if (result == STORE_OK) {
        const struct block_file file = {.id = k->id,
                                        .name = k->clean_name,
                                        .media = media_type(k->media.kind),
                                        .size = k->clean_size,
                                        .width = k->media.width,
                                        .height = k->media.height};
        const struct kept kept = {.file = &file, .status = 201};
        k->done(server, k->context, k->number, &kept);
        keeping_free(k);
        return;
    }
    remove_later(server, NULL, k->id); /* else the sweep of the next start */
    if (why == FILE_ALL_FULL)
        log_full(server, "files-full", "raise files.total_gigabytes, or lower files.keep_days");
    if (result == STORE_REFUSED && why == FILE_CHAT_FULL)
        end(k, 409, "chat_full");
    else if (result == STORE_REFUSED && why == FILE_ALL_FULL)
        end(k, 507, "files_full");
    else if (result == STORE_MISSING)
        end(k, 404, "not_found");
    else
        end(k, 503, "not_saved");
}

static void make_known(struct keeping *k)
{
    const struct settings *settings = k->server->settings;
    struct store_file_add *job = store_job_new(&store_file_add_kind, sizeof *job, known, k);
    if (job != NULL) {
        job->row = (struct file_row){.id = k->id,
                                     .name = k->clean_name,
                                     .media = media_type(k->media.kind),
                                     .size = k->clean_size,
                                     .width = k->media.width,
                                     .height = k->media.height,
                                     .user = k->user,
                                     .conversation = k->conversation};
        memcpy(job->token_hash, k->token_hash, sizeof job->token_hash);
        job->chat_bytes = (int64_t)settings->file_chat_megabytes << 20;
        job->all_bytes = (int64_t)settings->file_total_gigabytes << 30;
        if (store_submit(k->server->config.store, &job->job) == 0)
            return;
        store_job_free(&job->job);
    }
    remove_later(k->server, NULL, k->id);
    end(k, 503, "busy");
}

static void written(struct job *job)
{
    static const struct {
        int status;
        const char *code;
    } refusals[] = {[MEDIA_BAD_TYPE] = {415, "bad_type"},
                    [MEDIA_DAMAGED] = {422, "damaged"},
                    [MEDIA_TOO_LARGE] = {422, "too_many_pixels"},
                    [MEDIA_NO_MEMORY] = {503, "busy"}};
    struct keeping *k = (struct keeping *)job;
    if (!job->ran) {
        end(k, 503, "busy");
    } else if (k->verdict != MEDIA_GOOD) {
        end(k, refusals[k->verdict].status, refusals[k->verdict].code);
    } else if (k->error != 0) {
        log_full(k->server, "file-not-written", strerror(k->error));
        end(k, 503, "not_saved");
    } else {
        make_known(k);
    }
}

void keep_file(struct server *server, const struct keep_wish *wish, size_t bytes,
               void (*done)(struct server *, void *context, uint64_t number, const struct kept *), void *context,
               uint64_t number)
{
    const struct settings *settings = server->settings;
    static const struct kept busy = {.status = 503, .code = "busy"};
    struct keeping *k = calloc(1, sizeof *k);
    if (k == NULL || (k->name = strdup(wish->name)) == NULL) {
        free(k);
        free(wish->body);
        server->upload_bytes -= bytes;
        done(server, context, number, &busy);
        return;
    }
    k->job = (struct job){.run = look_and_write, .done = written};
    k->server = server;
    k->data = server->config.data;
    k->body = wish->body;
    k->at = wish->at;
    k->size = wish->size;
    k->held = bytes;
    k->user = wish->user;
    k->conversation = wish->conversation;
    memcpy(k->token_hash, wish->token_hash, sizeof k->token_hash);
    for (size_t i = 0; i < settings->file_types.count; i++) {
        int kind = media_of_name(settings->file_types.items[i]);
        k->kinds |= kind >= 0 ? 1u << kind : 0;
    }
    k->pixels = (int64_t)settings->file_megapixels * 1000000;
    k->done = done;
    k->context = context;
    k->number = number;
    if (workers_submit(server->workers, WORK_FILES, &k->job) < 0)
        end(k, 503, "busy");
}

/* --- time --------------------------------------------------------------------------------------------------- */

static void expired(struct store_job *job)
{
    const struct store_files_expire *e = (const struct store_files_expire *)job;
    struct server *server = job->context;
    /* There may be more. */
    if (job->result == STORE_OK && e->ret_count >= FILES_AT_ONCE)
        server->files_seconds = MINUTE;
    store_job_free(job);
}

static void expire(struct server *server)
{
    struct store_files_expire *job = store_job_new(&store_files_expire_kind, sizeof *job, expired, server);
    if (job == NULL)
        return;
    int64_t now = clock_wall_ms(server->config.clock);
    job->unsent_before_ms = now - UNSENT_MS;
    job->before_ms = now - server->settings->file_keep_days * DAY_MS;
    if (store_submit(server->config.store, &job->job) < 0)
        store_job_free(&job->job);
}

void keep_tick(struct server *server)
{
    if (server->stopping || store_failing(server->config.store))
        return;
    if (++server->files_seconds >= MINUTE) {
        server->files_seconds = 0;
        expire(server);
    }
    if (!server->removing)
        list_gone(server, NULL, 0);
}
