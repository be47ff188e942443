/* sportello serve: the server, with the commands that others send it. */
#include "cli/deskaids.h"
#include "cli/errand.h"
#include "cli/publish.h"
#include "cli/sending.h"
#include "cli/siteembeddings.h"
#include "hooks/caller.h"
#include "hooks/second.h"
#include "hooks/voice.h"
#include "net/server.h"
#include "store/erase.h"

#include "base/log.h"
#include "store/file_bytes.h"
#include "text/tables.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SECRET_BYTES = 64 << 10 };

/* Everything one serving process has. */
struct shop {
    struct call *call;
    struct data data, shared; /* the store, and the workers' way to it */
    struct server *server;
    struct fetcher *fetcher;
    struct second *second;
    struct caller *caller;
    struct deskaids *aids;
    struct sending *sending;
    struct voice *voice;
    struct errands errands;
    struct edition *older[HALL_OLDER]; /* pinned: on which flows of an earlier run may go on */
    size_t older_count;
};

/* Second looks ask the embeddings server of the live edition. */
static void take_server(struct shop *shop, const struct edition *edition)
{
    const struct settings *settings = view_settings(edition_view(edition));
    struct arena *arena = arena_new(SECRET_BYTES);
    second_server(shop->second, settings,
                  arena != NULL ? siteembeddings_secret(shop->data.folder, settings, arena) : NULL);
    arena_free(arena);
}

/* Visitors are signed in by the secret that the live edition names. */
static void take_identity(struct shop *shop, const struct edition *edition)
{
    const char *name = view_settings(edition_view(edition))->identity_secret;
    struct arena *arena = arena_new(SECRET_BYTES);
    hall_identity(server_hall(shop->server),
                  arena != NULL && name[0] != '\0' ? server_secret(shop->data.folder, name, arena) : NULL);
    arena_free(arena);
}

static void on_command(void *context, int argc, char **argv, struct server_reply *reply)
{
    errands_start(&((struct shop *)context)->errands, argc, argv, reply);
}

static void on_hup(void *context)
{
    struct shop *shop = context;
    errands_publish(&shop->errands, shop->call->site);
}

static void on_published(void *context, struct edition *edition)
{
    struct shop *shop = context;
    server_publish(shop->server, edition);
    take_server(shop, edition);
    take_identity(shop, edition);
    if (sending_publish(shop->sending, edition) < 0)
        log_line(LOG_LEVEL_ERROR, "sending", "why", "no memory for the receivers; publish again", NULL);
    deskaids_publish(shop->aids, edition);
    voice_publish(shop->voice, edition);
}

/* A command may have revived what was dead. */
static void on_command_ended(void *context)
{
    struct shop *shop = context;
    if (shop->sending != NULL)
        outlet_look(sending_outlet(shop->sending));
}

static void on_steps(void *context)
{
    struct shop *shop = context;
    if (shop->sending != NULL)
        outlet_stepped(sending_outlet(shop->sending));
}

static void on_user_changed(void *context, int64_t user)
{
    server_user_changed(((struct shop *)context)->server, user);
}

static void on_erased(void *context, const struct store_erase *e)
{
    hall_erased(server_hall(((struct shop *)context)->server), e->token_hash, e->conversations, e->count);
}

static void on_woken(void *context)
{
    struct shop *shop = context;
    errands_pump(&shop->errands);
    second_pump(shop->second);
    caller_pump(shop->caller);
    deskaids_pump(shop->aids);
    sending_pump(shop->sending);
    voice_pump(shop->voice);
}

static void on_metrics(void *context, struct buf *out)
{
    const struct shop *shop = context;
    second_metrics(shop->second, out);
    caller_metrics(shop->caller, out);
    deskaids_metrics(shop->aids, out);
    sending_metrics(shop->sending, out);
    voice_metrics(shop->voice, out);
}

/* From any thread. */
static void wake(void *context)
{
    server_wake(((struct shop *)context)->server);
}

static void looked(void *context, uint64_t look, const struct understand_options *found)
{
    hall_looked(server_hall(((struct shop *)context)->server), look, found);
}

static void wake_in(void *context, int ms)
{
    server_wake_in(((struct shop *)context)->server, ms);
}

static const char *secret_of(void *context, const char *name, struct arena *arena)
{
    return server_secret(((struct shop *)context)->data.folder, name, arena);
}

static void called(void *context, uint64_t number, bool ok, const struct variable *values, size_t count)
{
    hall_called(server_hall(((struct shop *)context)->server), number, ok, values, count);
}

static void on_listening(void *context, const char *url)
{
    (void)context;
    printf("listening on %s\n", url);
    fflush(stdout);
}

/* --- start and end ----------------------------------------------------------------------------- */

/* Publishes what has changed; serves the live edition whatever came of it. */
static struct edition *first_edition(struct call *call)
{
    if (publish_needed(call)) {
        fputs("publishing the site\n", call->err);
        if (publish_site(call) == EXIT_GOOD)
            return call->ret_edition;
    }
    struct edition *e = publish_open_live(call);
    if (e == NULL)
        fputs("sportello serve: there is no edition to serve; mend the errors above and start again\n", call->err);
    return e;
}

static void keep_older(void *context, struct edition *edition)
{
    struct shop *shop = context;
    if (shop->older_count < HALL_OLDER)
        shop->older[shop->older_count++] = edition_pin(edition);
}

/* Commands still under way get their answers from the store before the workers are joined. */
static void finish_commands(struct shop *shop)
{
    const struct timespec pause = {.tv_nsec = 2000000};
    while (shop->errands.under_way > 0) {
        store_pump(shop->data.store);
        workers_pump(server_workers(shop->server));
        nanosleep(&pause, NULL);
    }
}

static int start_looking(struct shop *shop, const struct edition *edition)
{
    const struct second_config config = {.clock = &shop->data.clock,
                                         .fetcher = shop->fetcher,
                                         .workers = server_workers(shop->server),
                                         .spell_kind = WORK_SPELL,
                                         .context = shop,
                                         .wake = wake,
                                         .looked = looked};
    shop->second = second_new(&config);
    if (shop->second == NULL)
        return -1;
    take_server(shop, edition);
    hall_look_with(server_hall(shop->server), &(struct hall_looker){shop->second, second_begin, second_end});
    return 0;
}

/* Webhooks; those that an earlier run left are made again. */
static int start_calling(struct shop *shop, const struct edition *edition)
{
    const struct caller_config config = {.clock = &shop->data.clock,
                                         .fetcher = shop->fetcher,
                                         .context = shop,
                                         .wake = wake,
                                         .wake_in = wake_in,
                                         .secret = secret_of,
                                         .called = called};
    struct hall *hall = server_hall(shop->server);
    shop->caller = caller_new(&config);
    if (shop->caller == NULL)
        return -1;
    take_identity(shop, edition);
    hall_call_with(hall, &(struct hall_caller){shop->caller, caller_begin, caller_end});
    return hall_take_up_calls(hall);
}

static int start_sending(struct shop *shop, struct edition *edition)
{
    const struct sending_config config = {.clock = &shop->data.clock,
                                          .store = shop->data.store,
                                          .fetcher = shop->fetcher,
                                          .hall = server_hall(shop->server),
                                          .server = shop->server,
                                          .site = shop->call->site,
                                          .data = shop->data.folder,
                                          .context = shop,
                                          .wake = wake,
                                          .wake_in = wake_in};
    shop->sending = sending_new(&config);
    return shop->sending != NULL ? sending_publish(shop->sending, edition) : -1;
}

static void sound_asked(void *context, uint64_t number, const char *id, enum server_sound sound)
{
    static const enum utterance_kind kinds[] = {
        [SOUND_TRACK] = UTTERANCE_TRACK, [SOUND_WAV] = UTTERANCE_WAV, [SOUND_OPUS] = UTTERANCE_OPUS};
    voice_serve(((struct shop *)context)->voice, number, id, kinds[sound]);
}

static void sound_served(void *context, uint64_t number, enum utterance_kind kind, const char *bytes, size_t size,
                         bool busy)
{
    static const enum server_sound sounds[] = {
        [UTTERANCE_TRACK] = SOUND_TRACK, [UTTERANCE_WAV] = SOUND_WAV, [UTTERANCE_OPUS] = SOUND_OPUS};
    server_sound(((struct shop *)context)->server, number, sounds[kind], bytes, size, busy);
}

static int start_speaking(struct shop *shop, struct edition *edition)
{
    char folder[PATH_MAX];
    if (snprintf(folder, sizeof folder, "%s/voice", shop->data.folder) >= (int)sizeof folder)
        return -1;
    const struct voice_config config = {
        .clock = &shop->data.clock, .folder = folder, .context = shop, .wake = wake, .served = sound_served};
    shop->voice = voice_new(&config);
    if (shop->voice == NULL)
        return -1;
    hall_speak_with(server_hall(shop->server), &(struct hall_speaker){shop->voice, voice_say});
    voice_publish(shop->voice, edition);
    return 0;
}

/* Whoever still waits for a sound: its turn ends. */
static void stop_speaking(struct shop *shop)
{
    hall_speak_with(server_hall(shop->server), &(struct hall_speaker){0});
    voice_free(shop->voice);
    shop->voice = NULL;
}

static void log_missing_tables(const struct edition *e)
{
    char what[160];
    const struct string_list *languages = &view_settings(edition_view(e))->languages;
    for (size_t i = 0; i < languages->count; i++)
        if (tables_missing(languages->items[i], what, sizeof what) > 0)
            log_line(LOG_LEVEL_WARNING, "language-tables-missing", "files", what, "remedy", tables_remedy, NULL);
}

static bool push_accepts(void *context, const char *endpoint, const char *p256dh, const char *auth)
{
    return deskaids_push_accepts(((struct shop *)context)->aids, endpoint, p256dh, auth);
}

static void ask_customer(void *context, uint64_t number, const struct ticket *ticket)
{
    deskaids_customer(((struct shop *)context)->aids, number, ticket);
}

/* What uploads left behind that a crash cut short. */
static void sweep_files(struct shop *shop)
{
    size_t removed = 0;
    const char *why = "";
    if (file_bytes_sweep(shop->data.store, shop->data.folder, &removed, &why) < 0)
        log_line(LOG_LEVEL_WARNING, "files-not-swept", "why", why, NULL);
    if (removed > 0)
        log_line(LOG_LEVEL_INFO, "files-swept", "removed", log_number((long long)removed), NULL);
}

static int serve(struct shop *shop, struct edition *edition, int port)
{
    const char *why = "";
    const struct deskaids_config aids = {.clock = &shop->data.clock,
                                         .store = shop->data.store,
                                         .fetcher = shop->fetcher,
                                         .data = shop->data.folder,
                                         .context = shop,
                                         .wake = wake};
    shop->aids = deskaids_new(&aids);
    if (shop->aids == NULL) {
        fputs("sportello serve: there is not enough memory\n", shop->call->err);
        return EXIT_SHORT;
    }
    struct server_config config = {
        .host = shop->call->host != NULL ? shop->call->host : "127.0.0.1",
        .port = port,
        .store = shop->data.store,
        .clock = &shop->data.clock,
        .edition = edition,
        .assets = shop->call->assets,
        .data = shop->data.folder,
        .site = shop->call->site,
        .push_key = deskaids_push_key(shop->aids),
        .push_accepts = push_accepts,
        .customer = ask_customer,
        .sound = sound_asked,
        .context = shop,
        .listening = on_listening,
        .command = on_command,
        .hup = on_hup,
        .woken = on_woken,
        .metrics = on_metrics,
    };
    sweep_files(shop);
    store_on_steps(shop->data.store, on_steps, shop);
    shop->server = server_new(&config, &why);
    if (shop->server == NULL) {
        fprintf(shop->call->err, "sportello serve: %s\n", why);
        deskaids_free(shop->aids);
        return EXIT_SHORT;
    }
    shop->errands = (struct errands){.data = &shop->shared,
                                     .workers = server_workers(shop->server),
                                     .work = WORK_LONG,
                                     .fetcher = shop->fetcher,
                                     .published = on_published,
                                     .ended = on_command_ended,
                                     .user_changed = on_user_changed,
                                     .erased = on_erased,
                                     .context = shop};
    bool ready = start_looking(shop, edition) == 0 && start_calling(shop, edition) == 0 &&
                 start_sending(shop, edition) == 0 && start_speaking(shop, edition) == 0 &&
                 errands_init(&shop->errands, wake, shop) == 0;
    deskaids_start(shop->aids, shop->server, edition);
    for (size_t i = 0; i < shop->older_count; i++)
        hall_keep_edition(server_hall(shop->server), shop->older[i]);
    int result = ready ? server_run(shop->server) : -1;
    /* What has gone out comes back cancelled, while there is still a loop to wake; no command waits for it. */
    fetcher_stop(shop->fetcher);
    deskaids_pump(shop->aids); /* whoever still waits for a card: its call ends */
    finish_commands(shop);
    errands_end(&shop->errands);
    stop_speaking(shop);
    /* The last answers of the store still find the hall they are for. */
    store_close(shop->data.store);
    shop->data.store = NULL;
    server_free(shop->server);
    second_free(shop->second);
    caller_free(shop->caller);
    deskaids_free(shop->aids);
    sending_free(shop->sending);
    return result == 0 ? EXIT_GOOD : EXIT_SHORT;
}

static int parse_port(const struct call *call, int *ret_port)
{
    char *end;
    long port = call->port != NULL ? strtol(call->port, &end, 10) : 8080;
    if (port < 0 || port > 65535 || (call->port != NULL && (*end != '\0' || end == call->port)))
        return -1;
    *ret_port = (int)port;
    return 0;
}

static int run(struct call *call)
{
    struct shop shop = {.call = call};
    bool held;
    int port;
    if (parse_port(call, &port) < 0) {
        fputs("sportello serve: --port is a number from 0 to 65535\n", call->err);
        return EXIT_USAGE;
    }
    if (data_open(call->data, call->err, &shop.data, &held) < 0)
        return EXIT_SHORT;
    shop.shared = shop.data;
    shop.shared.shared = true;
    call->owned = &shop.data;
    int code = EXIT_SHORT;
    call->fetcher = shop.fetcher = fetcher_new();
    struct edition *edition = shop.fetcher != NULL ? first_edition(call) : NULL;
    if (edition != NULL) {
        log_missing_tables(edition);
        publish_open_used(call, keep_older, &shop);
        code = serve(&shop, edition, port);
        edition_unpin(edition);
        while (shop.older_count > 0)
            edition_unpin(shop.older[--shop.older_count]);
    }
    fetcher_free(shop.fetcher);
    data_close(&shop.data);
    return code;
}

const struct command command_serve = {
    .name = "serve",
    .arguments = "[--host 127.0.0.1] [--port 8080]",
    .summary = "serves the assistant",
    .help = "Prints `listening on http://HOST:PORT` once it answers. What has changed in the site since the\n"
            "newest edition is published first; with errors the live edition is served. SIGTERM ends it\n"
            "cleanly, SIGHUP publishes. TLS is a reverse proxy's work: see docs/operators.en.md.",
    .options = "host port assets quiet",
    .run = run,
};
