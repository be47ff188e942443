/* libwebsockets on libev: see listen.h. */
#include "net/listen.h"

#include "base/log.h"
#include "net/http.h"
#include "net/socket.h"

#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum {
    REQUEST_SECONDS = 10,   /* to send a request's head, or its body */
    KEEPALIVE_SECONDS = 30, /* between two requests of a connection */
    RECEIVE_BYTES = 1024,   /* the library keeps so much for each WebSocket; longer frames come in pieces */
    DESK_RECEIVE_BYTES = 4096,
    HEAD_BYTES = 8192,   /* all headers of a request */
    OTHER_FILES = 256,   /* file descriptors for what is no accepted socket */
    FILES_MOST = 262144, /* the library allocates tables for all that are allowed */
    /* Given to the kernel at once: as much as it received at once would cut a reply in two, each with its own call. */
    SEND_BYTES = 64 << 10,
    LOG_LINES_A_SECOND = 5
};

static const struct lws_protocols protocols[] = {
    {.name = "http", .callback = http_callback, .per_session_data_size = sizeof(struct turn)},
    {.name = "sportello.v1",
     .callback = socket_callback,
     .per_session_data_size = sizeof(struct client *),
     .rx_buffer_size = RECEIVE_BYTES,
     .tx_packet_size = SEND_BYTES},
    {.name = "sportello.desk.v1",
     .callback = socket_callback,
     .per_session_data_size = sizeof(struct client *),
     .rx_buffer_size = DESK_RECEIVE_BYTES,
     .tx_packet_size = SEND_BYTES},
    {.name = NULL},
};

/* No pings of the library's own: it would keep them in a list that is walked from its start for each connection. */
static const lws_retry_bo_t no_pings = {.secs_since_valid_ping = 0, .secs_since_valid_hangup = 0};

/* The library has one log for the process. Strangers can make it talk: a few lines a second are enough. */
static struct server *log_owner;

static void log_library(int level, const char *line)
{
    static time_t second;
    static int lines;
    time_t now = time(NULL);
    char copy[512];
    (void)level;
    if (log_owner != NULL)
        log_owner->counters.library_warnings++;
    if (now != second) {
        second = now;
        lines = 0;
    }
    if (++lines > LOG_LINES_A_SECOND)
        return;
    snprintf(copy, sizeof copy, "%s", line);
    copy[strcspn(copy, "\r\n")] = '\0';
    log_line(LOG_LEVEL_WARNING, "libwebsockets", "text", copy, NULL);
}

/* As many file descriptors as may be had. */
static size_t raise_files(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) < 0)
        return 1024;
    rlim_t wanted = files.rlim_max < FILES_MOST ? files.rlim_max : FILES_MOST;
    if (files.rlim_cur < wanted) {
        files.rlim_cur = wanted;
        if (setrlimit(RLIMIT_NOFILE, &files) < 0)
            getrlimit(RLIMIT_NOFILE, &files);
    }
    return (size_t)files.rlim_cur;
}

/* The library binds to numeric addresses: a name is looked up here. "" = all. */
static int numeric(const char *host, char *out, size_t room, bool *ret_v4)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *found = NULL;
    if (getaddrinfo(host, NULL, &hints, &found) != 0 || found == NULL)
        return -1;
    int bad = getnameinfo(found->ai_addr, found->ai_addrlen, out, (socklen_t)room, NULL, 0, NI_NUMERICHOST);
    *ret_v4 = found->ai_family == AF_INET;
    freeaddrinfo(found);
    if (bad != 0)
        return -1;
    if (strcmp(out, "0.0.0.0") == 0 || strcmp(out, "::") == 0)
        out[0] = '\0';
    return 0;
}

static int open_context(struct server *server, const char **ret_why)
{
    void *loops[] = {server->loop};
    struct lws_context_creation_info info = {
        .port = CONTEXT_PORT_NO_LISTEN,
        .options =
            LWS_SERVER_OPTION_LIBEV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_SKIP_SERVER_CANONICAL_NAME,
        .foreign_loops = loops,
        .user = server,
        .gid = (gid_t)-1,
        .uid = (uid_t)-1,
        .timeout_secs = REQUEST_SECONDS,
        .retry_and_idle_policy = &no_pings,
        .max_http_header_data = HEAD_BYTES,
    };
    log_owner = server;
    lws_set_log_level(LLL_ERR | LLL_WARN, log_library);
    server->lws = lws_create_context(&info);
    if (server->lws != NULL)
        return 0;
    *ret_why = "libwebsockets does not start on libev: is the package libwebsockets-evlib-ev installed?";
    return -1;
}

static int open_vhost(struct server *server, const char **ret_why)
{
    char address[NI_MAXHOST];
    bool v4 = false;
    if (numeric(server->config.host, address, sizeof address, &v4) < 0) {
        *ret_why = "the host is no address of this machine";
        return -1;
    }
    struct lws_context_creation_info info = {
        .port = server->config.port,
        .iface = address[0] != '\0' ? address : NULL,
        .protocols = protocols,
        .vhost_name = "sportello",
        .options = (v4 ? LWS_SERVER_OPTION_DISABLE_IPV6 : 0) | LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND,
        .keepalive_timeout = KEEPALIVE_SECONDS,
        .timeout_secs_ah_idle = REQUEST_SECONDS,
        .retry_and_idle_policy = &no_pings,
    };
    server->vhost = lws_create_vhost(server->lws, &info);
    server->port = server->vhost != NULL ? lws_get_vhost_listen_port(server->vhost) : -1;
    if (server->port > 0)
        return 0;
    *ret_why = "cannot listen there: is the port in use by another program?";
    return -1;
}

int listen_open(struct server *server, const char **ret_why)
{
    size_t files = raise_files();
    server->socket_limit = files > OTHER_FILES ? files - OTHER_FILES : 1;
    if (open_context(server, ret_why) < 0)
        return -1;
    if (open_vhost(server, ret_why) < 0) {
        listen_close(server);
        return -1;
    }
    return 0;
}

void listen_close(struct server *server)
{
    if (server->lws != NULL)
        lws_context_destroy(server->lws);
    server->lws = NULL;
    log_owner = NULL;
}

void listen_url(const struct server *server, char *out, size_t room)
{
    const char *host = server->config.host;
    bool v6 = strchr(host, ':') != NULL;
    snprintf(out, room, v6 ? "http://[%s]:%d" : "http://%s:%d", host, server->port);
}
