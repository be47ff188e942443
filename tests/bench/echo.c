/* The measure for the cost of a turn: libwebsockets on libev that sends every text frame back, and nothing else.
 * Prints `listening on PORT` and runs until it is ended; `echo PORT` listens there, without it on any free one. */
#include <ev.h>
#include <libwebsockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { FRAME_BYTES = 4096 };

struct session {
    size_t size;
    unsigned char bytes[LWS_PRE + FRAME_BYTES];
};

static int keep(struct lws *wsi, struct session *session, const void *bytes, size_t size)
{
    if (size > FRAME_BYTES)
        return -1;
    memcpy(session->bytes + LWS_PRE, bytes, size);
    session->size = size;
    lws_callback_on_writable(wsi);
    return 0;
}

static int give_back(struct lws *wsi, struct session *session)
{
    if (session->size == 0)
        return 0;
    int written = lws_write(wsi, session->bytes + LWS_PRE, session->size, LWS_WRITE_TEXT);
    int result = written < (int)session->size ? -1 : 0;
    session->size = 0;
    return result;
}

static int echo(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t size)
{
    switch (reason) {
    case LWS_CALLBACK_RECEIVE:
        return keep(wsi, user, in, size);
    case LWS_CALLBACK_SERVER_WRITEABLE:
        return give_back(wsi, user);
    default:
        return 0;
    }
}

static void on_end(struct ev_loop *loop, ev_signal *watcher, int events)
{
    (void)watcher, (void)events;
    ev_break(loop, EVBREAK_ALL);
}

int main(int argc, char **argv)
{
    static const struct lws_protocols protocols[] = {{.name = "echo",
                                                      .callback = echo,
                                                      .per_session_data_size = sizeof(struct session),
                                                      .rx_buffer_size = FRAME_BYTES},
                                                     {.name = NULL}};
    static const lws_retry_bo_t no_pings = {.secs_since_valid_ping = 0};
    struct ev_loop *loop = ev_loop_new(EVFLAG_AUTO);
    void *loops[] = {loop};
    struct lws_context_creation_info info = {
        .port = argc > 1 ? atoi(argv[1]) : 0,
        .iface = "127.0.0.1",
        .protocols = protocols,
        .options = LWS_SERVER_OPTION_LIBEV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_DISABLE_IPV6,
        .foreign_loops = loops,
        .retry_and_idle_policy = &no_pings,
        .gid = (gid_t)-1,
        .uid = (uid_t)-1,
    };
    struct rlimit files;
    ev_signal end;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max < 65536 ? files.rlim_max : 65536;
    setrlimit(RLIMIT_NOFILE, &files);
    lws_set_log_level(LLL_ERR, NULL);
    struct lws_context *context = lws_create_context(&info);
    struct lws_vhost *vhost = context != NULL ? lws_create_vhost(context, &info) : NULL;
    if (vhost == NULL) {
        fputs("echo: cannot listen\n", stderr);
        return 1;
    }
    ev_signal_init(&end, on_end, SIGTERM);
    ev_signal_start(loop, &end);
    printf("listening on %d\n", lws_get_vhost_listen_port(vhost));
    fflush(stdout);
    ev_run(loop, 0);
    lws_context_destroy(context);
    return 0;
}
