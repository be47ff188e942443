/* Widget files under their lasting addresses: see widget.h. */
#include "net/widget.h"

#include "base/file.h"
#include "base/log.h"
#include "net/shelf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_BYTES = 1024, ACCEPT_BYTES = 256, DAY_MS = 86400000, HASH_CHARS = ASSET_HASH_BYTES - 1 };

static const char script_type[] = "text/javascript; charset=utf-8";
static const char for_ever[] = "public, max-age=31536000, immutable";

struct widget {
    char folder[PATH_BYTES]; /* DATA/widget; "" = nothing is kept */
    struct shelf *shelf;
};

static int64_t today(const struct clock *clock)
{
    return clock_wall_ms(clock) / DAY_MS;
}

struct widget *widget_new(const struct server_config *config)
{
    struct widget *widget = calloc(1, sizeof *widget);
    if (widget == NULL)
        return NULL;
    int length = config->data != NULL ? snprintf(widget->folder, sizeof widget->folder, "%s/widget", config->data) : -1;
    if (length < 0 || length >= PATH_BYTES)
        widget->folder[0] = '\0';
    widget->shelf = widget->folder[0] != '\0' ? shelf_load(widget->folder, today(config->clock)) : shelf_new();
    if (widget->shelf == NULL) {
        free(widget);
        return NULL;
    }
    return widget;
}

void widget_free(struct widget *widget)
{
    if (widget == NULL)
        return;
    shelf_free(widget->shelf);
    free(widget);
}

/* --- keeping what is current ------------------------------------------------------------------------------ */

/* The worker has a shelf and assets of its own; the shelf is handed over at the end. */
struct keeping {
    struct job job;
    struct server *server;
    struct shelf *shelf;
    int64_t today;
    bool whole;
};

static void keep(struct job *job)
{
    struct keeping *keeping = (struct keeping *)job;
    const struct server *server = keeping->server;
    struct assets *assets = assets_new(server->config.assets);
    keeping->shelf = shelf_load(server->widget->folder, keeping->today);
    keeping->whole = assets != NULL && keeping->shelf != NULL &&
                     shelf_keep(keeping->shelf, server->widget->folder, assets, keeping->today) == 0;
    assets_free(assets);
}

static void kept(struct job *job)
{
    struct keeping *keeping = (struct keeping *)job;
    struct widget *widget = keeping->server->widget;
    if (keeping->shelf != NULL) {
        shelf_free(widget->shelf);
        widget->shelf = keeping->shelf;
    }
    if (job->ran && !keeping->whole)
        log_line(LOG_LEVEL_WARNING, "widget-files-not-kept", "folder", widget->folder, "mend",
                 "make room and start again: pages with a pinned tag need these files after the next upgrade", NULL);
    free(keeping);
}

void widget_start(struct server *server)
{
    struct keeping *keeping = server->widget->folder[0] != '\0' ? calloc(1, sizeof *keeping) : NULL;
    if (keeping == NULL)
        return;
    *keeping =
        (struct keeping){.job = {.run = keep, .done = kept}, .server = server, .today = today(server->config.clock)};
    if (workers_submit(server->workers, WORK_WIDGET, &keeping->job) < 0)
        free(keeping);
}

/* --- serving ------------------------------------------------------------------------------------------------ */

bool widget_is(const char *rest)
{
    return strspn(rest, "0123456789abcdef") == HASH_CHARS && rest[HASH_CHARS] == '/' &&
           assets_is_widget(rest + HASH_CHARS + 1);
}

static struct answer file_answer(const char *bytes, size_t size, char *owned, enum encoding encoding)
{
    return (struct answer){.status = 200,
                           .type = script_type,
                           .body = bytes,
                           .size = size,
                           .owned = owned,
                           .cross_origin = true,
                           .encoding = encoding_forms[encoding].token,
                           .varies = "accept-encoding",
                           .cache = for_ever};
}

/* One file of the shelf, read by a worker for a turn that waits. */
struct fetching {
    struct job job;
    struct server *server;
    uint64_t turn;
    enum encoding encoding;
    char path[PATH_BYTES];
    char tag[32];
    char *bytes;
    size_t size;
};

static void fetch(struct job *job)
{
    struct fetching *f = (struct fetching *)job;
    f->bytes = file_read(f->path, ASSET_BYTES, &f->size);
}

static void fetched(struct job *job)
{
    struct fetching *f = (struct fetching *)job;
    struct turn *turn = http_waiting(f->server, f->turn);
    if (turn != NULL && f->bytes != NULL) {
        struct answer answer = file_answer(f->bytes, f->size, f->bytes, f->encoding);
        snprintf(answer.tag, sizeof answer.tag, "%s", f->tag);
        answer_if_new(turn->wsi, &answer);
        f->bytes = NULL;
        http_answer_later(turn, &answer);
    } else if (turn != NULL) {
        struct answer answer =
            job->ran ? answer_plain(404, "{\"code\":\"not_found\"}") : answer_plain(503, "{\"code\":\"busy\"}");
        http_answer_later(turn, &answer);
    }
    free(f->bytes);
    free(f);
}

static int serve_kept(struct turn *turn, const char *accept, const char *hash, const char *name)
{
    const struct widget *widget = turn->server->widget;
    const struct shelf_file *file = shelf_find(widget->shelf, hash, name);
    struct fetching *f = file != NULL ? calloc(1, sizeof *f) : NULL;
    if (file == NULL)
        return http_send_status(turn, 404, "{\"code\":\"not_found\"}");
    if (f == NULL)
        return http_send_status(turn, 503, "{\"code\":\"busy\"}");
    f->job = (struct job){.run = fetch, .done = fetched};
    f->server = turn->server;
    f->encoding = encoding_choose(accept, file->forms);
    snprintf(f->tag, sizeof f->tag, "\"%s%s\"", hash, encoding_forms[f->encoding].token);
    if (shelf_path(widget->folder, file, f->encoding, f->path, sizeof f->path) == 0 &&
        (f->turn = http_wait(turn)) != 0 && workers_submit(turn->server->workers, WORK_WIDGET, &f->job) == 0)
        return 0;
    free(f);
    return http_send_status(turn, 503, "{\"code\":\"busy\"}");
}

int widget_serve(struct turn *turn)
{
    struct server *server = turn->server;
    const char *name = turn->rest + HASH_CHARS + 1;
    char hash[ASSET_HASH_BYTES] = "", now[ASSET_HASH_BYTES], accept[ACCEPT_BYTES];
    struct asset asset;
    memcpy(hash, turn->rest, HASH_CHARS);
    const char *wish = http_header(turn->wsi, WSI_TOKEN_HTTP_ACCEPT_ENCODING, accept, sizeof accept);
    if (assets_hash(server->assets, name, now) < 0 || strcmp(now, hash) != 0 ||
        assets_get(server->assets, name, wish, &asset) < 0)
        return serve_kept(turn, wish, hash, name);
    struct answer answer = file_answer(asset.bytes, asset.size, asset.owned, asset.encoding);
    snprintf(answer.tag, sizeof answer.tag, "\"%s%s\"", hash, encoding_forms[asset.encoding].token);
    answer_if_new(turn->wsi, &answer);
    return http_send(turn, &answer);
}
