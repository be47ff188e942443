/* The life of the server and its loop: see server.h. */
#include "net/server.h"

#include "base/log.h"
#include "net/clients.h"
#include "net/core.h"
#include "net/keep.h"
#include "net/line.h"
#include "net/listen.h"
#include "net/ready.h"
#include "net/report.h"
#include "net/scrub.h"
#include "net/watch.h"
#include "net/widget.h"
#include "store/reader.h"

#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
    ARENA_BYTES = 4 << 20, /* of one frame or request */
    GUARD_ENTRIES = 1 << 17,
    TURNS_MOST = 4096, /* HTTP requests that wait for a job */
    CLIENTS_MOST = 1 << 20,
    COMMIT_MS = 5000, /* at the end: for what is under way */
    CLOSE_MS = 2000,  /* and for the closing handshakes */
    ENDING_MS = 20,
    REPORT_MS = 5000, /* what takes longer to be read is broken off */
};

static const struct worker_kind kinds[WORK_KINDS] = {
    [WORK_LONG] = {"long", 1, 16},
    [WORK_PASSWORD] = {"password", 2, 64},
    [WORK_REPORT] = {"report", 1, 64},
    [WORK_SPELL] = {"spell", 1, 64},
    /* Behind no stranger: see net/prove.h. */
    [WORK_PASSWORD_KNOWN] = {"password-known", 1, 64},
    [WORK_SCRUB] = {"scrub", 1, 1},
    [WORK_WIDGET] = {"widget", 1, 256},
    [WORK_FILES] = {"files", 1, 256},
    [WORK_DOWNLOAD] = {"download", 2, 4096},
};

/* --- the loop's watchers ---------------------------------------------------------------------------- */

/* Called by the store's thread and by workers. */
static void wake_store(void *context)
{
    struct server *server = context;
    ev_async_send(server->loop, &server->store_wake);
}

static void wake_workers(void *context)
{
    struct server *server = context;
    ev_async_send(server->loop, &server->work_wake);
}

static void on_store(struct ev_loop *loop, ev_async *watcher, int events)
{
    (void)loop, (void)events;
    store_pump(((struct server *)watcher->data)->config.store);
}

static void on_workers(struct ev_loop *loop, ev_async *watcher, int events)
{
    (void)loop, (void)events;
    workers_pump(((struct server *)watcher->data)->workers);
}

static void on_other(struct ev_loop *loop, ev_async *watcher, int events)
{
    struct server *server = watcher->data;
    (void)loop, (void)events;
    if (server->config.woken != NULL)
        server->config.woken(server->config.context);
}

static void on_later(struct ev_loop *loop, ev_timer *watcher, int events)
{
    struct server *server = watcher->data;
    (void)loop, (void)events;
    if (server->config.woken != NULL)
        server->config.woken(server->config.context);
}

static void on_second(struct ev_loop *loop, ev_timer *watcher, int events)
{
    struct server *server = watcher->data;
    (void)loop, (void)events;
    hall_tick(server->hall);
    guard_tick(server->guard);
    report_tick(server);
    keep_tick(server);
    scrub_tick(server);
    watch_tick(server);
}

/* Two steps: what is under way commits, then all sockets close. Each has its time at most. */
static void on_ending(struct ev_loop *loop, ev_timer *watcher, int events)
{
    struct server *server = watcher->data;
    bool late = clock_mono_ms(server->config.clock) >= server->end_by_ms;
    (void)events;
    if (!server->closing && (late || hall_under_way(server->hall) == 0)) {
        server->closing = true;
        server->end_by_ms = clock_mono_ms(server->config.clock) + CLOSE_MS;
        clients_close_all(server, CLOSE_GOING, "the server ends");
    } else if (server->closing && (late || clients_count(server) == 0)) {
        ev_break(loop, EVBREAK_ALL);
    }
}

static void begin_ending(struct server *server)
{
    if (server->stopping)
        return;
    log_line(LOG_LEVEL_INFO, "stopping", NULL);
    server->stopping = true;
    hall_stop_looking(server->hall);
    hall_stop_calling(server->hall);
    server->end_by_ms = clock_mono_ms(server->config.clock) + COMMIT_MS;
    ev_timer_start(server->loop, &server->ending);
}

static void on_stop(struct ev_loop *loop, ev_async *watcher, int events)
{
    (void)loop, (void)events;
    begin_ending(watcher->data);
}

static void on_signal(struct ev_loop *loop, ev_signal *watcher, int events)
{
    struct server *server = watcher->data;
    (void)loop, (void)events;
    if (watcher->signum != SIGHUP)
        begin_ending(server);
    else if (server->config.hup != NULL)
        server->config.hup(server->config.context);
}

static void on_command(void *context, int argc, char **argv, struct server_reply *reply)
{
    struct server *server = context;
    server->config.command(server->config.context, argc, argv, reply);
}

static void start_signal(struct server *server, ev_signal *watcher, int number)
{
    ev_signal_init(watcher, on_signal, number);
    watcher->data = server;
    ev_signal_start(server->loop, watcher);
}

static void start_watchers(struct server *server)
{
    ev_async_init(&server->store_wake, on_store);
    ev_async_init(&server->work_wake, on_workers);
    ev_async_init(&server->stop_wake, on_stop);
    ev_async_init(&server->other_wake, on_other);
    ev_timer_init(&server->later, on_later, 0., 0.);
    ev_timer_init(&server->second, on_second, 1., 1.);
    ev_timer_init(&server->ending, on_ending, 0., ENDING_MS / 1000.);
    server->store_wake.data = server->work_wake.data = server->stop_wake.data = server->other_wake.data = server;
    server->later.data = server->second.data = server->ending.data = server;
    ev_async_start(server->loop, &server->store_wake);
    ev_async_start(server->loop, &server->work_wake);
    ev_async_start(server->loop, &server->stop_wake);
    ev_async_start(server->loop, &server->other_wake);
    ev_timer_start(server->loop, &server->second);
    ready_start(server);
    start_signal(server, &server->term, SIGTERM);
    start_signal(server, &server->interrupt, SIGINT);
    start_signal(server, &server->hup, SIGHUP);
    signal(SIGPIPE, SIG_IGN);
}

static void stop_watchers(struct server *server)
{
    ev_async_stop(server->loop, &server->store_wake);
    ev_async_stop(server->loop, &server->work_wake);
    ev_async_stop(server->loop, &server->stop_wake);
    ev_async_stop(server->loop, &server->other_wake);
    ev_timer_stop(server->loop, &server->later);
    ev_timer_stop(server->loop, &server->second);
    ready_stop(server);
    ev_timer_stop(server->loop, &server->ending);
    ev_signal_stop(server->loop, &server->term);
    ev_signal_stop(server->loop, &server->interrupt);
    ev_signal_stop(server->loop, &server->hup);
}

/* --- settings ---------------------------------------------------------------------------------------- */

static char *read_metrics_token(const struct server *server, const struct settings *settings)
{
    struct arena *arena = settings->metrics_secret[0] != '\0' ? arena_new(1 << 16) : NULL;
    const char *secret = arena != NULL ? server_secret(server->config.data, settings->metrics_secret, arena) : NULL;
    char *token = secret != NULL ? strdup(secret) : NULL;
    if (arena != NULL && token == NULL)
        log_line(LOG_LEVEL_WARNING, "secret_missing", "name", settings->metrics_secret, "mend",
                 "put it into DATA/secrets/NAME or SPORTELLO_SECRET_NAME", NULL);
    arena_free(arena);
    return token;
}

/* Takes over what an edition's settings say of the network. -1 without memory: then nothing has changed. */
static int take_settings(struct server *server, struct edition *edition)
{
    const struct settings *settings = view_settings(edition_view(edition));
    struct origins *origins = origins_new(settings, server->config.host, server->port);
    struct proxies *proxies = proxies_new(&settings->trusted_proxies);
    enum log_level level;
    if (origins == NULL || proxies == NULL) {
        origins_free(origins);
        proxies_free(proxies);
        return -1;
    }
    origins_free(server->origins);
    proxies_free(server->proxies);
    free(server->metrics_token);
    server->origins = origins;
    server->proxies = proxies;
    server->settings = settings;
    server->metrics_token = read_metrics_token(server, settings);
    guard_limits(server->guard, settings);
    if (log_level_from_name(settings->log_level, &level) == 0)
        log_set_level(level);
    if ((size_t)settings->connections > server->socket_limit)
        log_line(LOG_LEVEL_WARNING, "few_files", "limit", log_number((long long)server->socket_limit), "wanted",
                 log_number(settings->connections), "mend", "raise the limit of open files (LimitNOFILE)", NULL);
    return 0;
}

void server_user_changed(struct server *server, int64_t user)
{
    clients_renew_user(server, user);
}

void server_publish(struct server *server, struct edition *edition)
{
    struct edition *old = server->edition;
    if (take_settings(server, edition) < 0) {
        log_line(LOG_LEVEL_ERROR, "settings_kept", "why", "no memory", NULL);
        return;
    }
    server->edition = edition_pin(edition);
    hall_publish(server->hall, edition);
    edition_unpin(old);
}

/* --- life --------------------------------------------------------------------------------------------- */

static int make_parts(struct server *server)
{
    server->guard = guard_new(server->config.clock, GUARD_ENTRIES);
    server->assets = assets_new(server->config.assets);
    server->widget = widget_new(&server->config);
    server->clients = clients_new(CLIENTS_MOST);
    server->lines = map_new(CLIENTS_MOST);
    server->turns = map_new(TURNS_MOST);
    server->arena = arena_new(ARENA_BYTES);
    if (server->guard == NULL || server->assets == NULL || server->widget == NULL || server->clients == NULL ||
        server->lines == NULL || server->turns == NULL || server->arena == NULL || sodium_init() < 0)
        return -1;
    server->reader = reader_new(server->config.data, server->config.clock, REPORT_MS);
    server->workers = workers_new(kinds, WORK_KINDS, wake_workers, server);
    return server->reader != NULL && server->workers != NULL ? 0 : -1;
}

/* The hall comes last: it begins to work at once, and nothing may fail behind it. */
static int make_hall(struct server *server)
{
    const struct hall_out out = {.context = server, .send = client_deliver};
    if (store_start(server->config.store, wake_store, server) < 0)
        return -1;
    server->hall = hall_new(server->config.store, server->config.clock, server->edition, &message_codec, &out);
    return server->hall != NULL ? 0 : -1;
}

struct server *server_new(const struct server_config *config, const char **ret_why)
{
    struct server *server = calloc(1, sizeof *server);
    *ret_why = "not enough memory, or no threads";
    if (server == NULL)
        return NULL;
    server->config = *config;
    server->started_ms = clock_mono_ms(config->clock);
    buf_init(&server->scratch, CLIENT_FRAME_OUT_BYTES);
    server->loop = ev_loop_new(EVFLAG_AUTO);
    if (server->loop == NULL)
        goto failed;
    start_watchers(server);
    server->edition = edition_pin(config->edition);
    if (make_parts(server) < 0 || listen_open(server, ret_why) < 0)
        goto failed;
    *ret_why = "not enough memory, or no threads";
    if (take_settings(server, server->edition) < 0)
        goto failed;
    server->control = control_new(server->loop, config->data, on_command, server, ret_why);
    if (server->control == NULL)
        goto failed;
    *ret_why = "not enough memory, or no threads";
    if (make_hall(server) < 0)
        goto failed;
    return server;
failed:
    server_free(server);
    return NULL;
}

/* Workers first: their jobs may still know the hall. */
void server_free(struct server *server)
{
    if (server == NULL)
        return;
    listen_close(server);
    workers_free(server->workers);
    reader_free(server->reader);
    hall_free(server->hall);
    control_free(server->control);
    if (server->loop != NULL) {
        stop_watchers(server);
        ev_loop_destroy(server->loop);
    }
    clients_free(server->clients);
    map_free(server->lines);
    map_free(server->turns);
    guard_free(server->guard);
    widget_free(server->widget);
    assets_free(server->assets);
    origins_free(server->origins);
    proxies_free(server->proxies);
    free(server->metrics_token);
    arena_free(server->arena);
    buf_free(&server->scratch);
    if (server->edition != NULL)
        edition_unpin(server->edition);
    free(server);
}

int server_run(struct server *server)
{
    char url[512];
    listen_url(server, url, sizeof url);
    log_line(LOG_LEVEL_INFO, "listening", "url", url, NULL);
    if (server->config.listening != NULL)
        server->config.listening(server->config.context, url);
    widget_start(server);
    ev_run(server->loop, 0);
    /* Here, while the store still runs: the ends of clients are told to the hall. */
    line_end_all(server);
    listen_close(server);
    log_line(LOG_LEVEL_INFO, "stopped", NULL);
    return 0;
}

void server_stop(struct server *server)
{
    ev_async_send(server->loop, &server->stop_wake);
}

void server_wake(struct server *server)
{
    ev_async_send(server->loop, &server->other_wake);
}

void server_wake_in(struct server *server, int ms)
{
    double after = ms / 1000.;
    if (ev_is_active(&server->later) && ev_timer_remaining(server->loop, &server->later) <= after)
        return;
    ev_timer_stop(server->loop, &server->later);
    ev_timer_set(&server->later, after, 0.);
    ev_timer_start(server->loop, &server->later);
}

struct workers *server_workers(struct server *server)
{
    return server->workers;
}

struct hall *server_hall(struct server *server)
{
    return server->hall;
}

bool server_allows(const struct server *server, const char *origin)
{
    return origins_allow(server->origins, origin);
}

const char *server_page(const struct server *server, const char *path, struct arena *arena)
{
    const char *base = view_settings(edition_view(hall_edition(server->hall)))->public_url;
    if (base[0] != '\0')
        return arena_printf(arena, "%s%s", base, path);
    return arena_printf(arena, "http://127.0.0.1:%d%s", server->port, path);
}

int server_port(const struct server *server)
{
    return server->port;
}
