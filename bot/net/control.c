/* The control socket: see control.h. */
#include "net/control.h"

#include "base/buf.h"
#include "net/server.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* One connection and the reply to its one command. It lives until both are over. */
struct server_reply {
    ev_io readable, writeable;
    struct control *home; /* NULL once the control socket is gone */
    struct server_reply *next;
    int fd; /* -1 once the client is gone */
    struct buf in, out;
    size_t written;
    bool asked, ended;
    /* of one that no socket waits for; NULL = a socket does */
    void (*heard)(void *context, int exit_code, const char *out, size_t size);
    void *context;
};

struct control {
    struct ev_loop *loop;
    ev_io accept;
    int fd, folder;
    struct server_reply *replies;
    void (*command)(void *context, int argc, char **argv, struct server_reply *);
    void *context;
};

/* --- one connection --------------------------------------------------------------------------------- */

static void hang_up(struct server_reply *reply)
{
    if (reply->fd < 0)
        return;
    /* What a last moment can still carry. */
    if (reply->written < reply->out.size)
        (void)!send(reply->fd, reply->out.data + reply->written, reply->out.size - reply->written,
                    MSG_NOSIGNAL | MSG_DONTWAIT);
    if (reply->home != NULL) {
        ev_io_stop(reply->home->loop, &reply->readable);
        ev_io_stop(reply->home->loop, &reply->writeable);
    }
    close(reply->fd);
    reply->fd = -1;
}

static void forget(struct server_reply *reply)
{
    struct server_reply **at = reply->home != NULL ? &reply->home->replies : NULL;
    while (at != NULL && *at != reply)
        at = &(*at)->next;
    if (at != NULL)
        *at = reply->next;
    hang_up(reply);
    buf_free(&reply->in);
    buf_free(&reply->out);
    free(reply);
}

/* The client is gone: whoever works for it has the reply until it is ended. */
static void lose(struct server_reply *reply)
{
    if (reply->ended || !reply->asked)
        forget(reply);
    else
        hang_up(reply);
}

static void on_writeable(struct ev_loop *loop, ev_io *watcher, int events)
{
    struct server_reply *reply = watcher->data;
    (void)events;
    while (reply->written < reply->out.size) {
        ssize_t n = send(reply->fd, reply->out.data + reply->written, reply->out.size - reply->written,
                         MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (n <= 0) {
            lose(reply);
            return;
        }
        reply->written += (size_t)n;
    }
    buf_clear(&reply->out);
    reply->written = 0;
    ev_io_stop(loop, &reply->writeable);
    if (reply->ended)
        forget(reply);
}

static uint32_t read_u32(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* Cuts the request into arguments, in place: each size gives way to the NUL of the one before. 1 = complete,
 * 0 = more must come, -1 = nonsense. */
static int read_request(struct buf *in, char *argv[CONTROL_ARGUMENTS + 1], int *ret_argc)
{
    size_t at = 4;
    if (in->size < at)
        return 0;
    uint32_t count = read_u32(in->data);
    if (count == 0 || count > CONTROL_ARGUMENTS)
        return -1;
    for (uint32_t i = 0; i < count; i++) {
        if (in->size - at < 4)
            return 0;
        uint32_t size = read_u32(in->data + at);
        if (size > CONTROL_REQUEST_BYTES)
            return -1;
        if (in->size - at - 4 < size)
            return 0;
        argv[i] = in->data + at + 4;
        at += 4 + size;
    }
    if (at != in->size)
        return -1;
    for (uint32_t i = 1; i < count; i++)
        argv[i][-4] = '\0';
    argv[count] = NULL;
    *ret_argc = (int)count;
    return 1;
}

static void on_readable(struct ev_loop *loop, ev_io *watcher, int events)
{
    struct server_reply *reply = watcher->data;
    char bytes[4096], *argv[CONTROL_ARGUMENTS + 1];
    int argc = 0;
    ssize_t n = recv(reply->fd, bytes, sizeof bytes, MSG_DONTWAIT);
    (void)loop;
    (void)events;
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0 || reply->asked || buf_add(&reply->in, bytes, (size_t)n) < 0) {
        lose(reply);
        return;
    }
    int complete = read_request(&reply->in, argv, &argc);
    if (complete < 0) {
        lose(reply);
    } else if (complete > 0) {
        reply->asked = true;
        reply->home->command(reply->home->context, argc, argv, reply);
    }
}

static bool same_user(int fd)
{
    struct ucred who;
    socklen_t size = sizeof who;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 && (who.uid == geteuid() || who.uid == 0);
}

static size_t count_replies(const struct control *control)
{
    size_t count = 0;
    for (const struct server_reply *reply = control->replies; reply != NULL; reply = reply->next)
        count++;
    return count;
}

static void on_accept(struct ev_loop *loop, ev_io *watcher, int events)
{
    struct control *control = watcher->data;
    int fd = accept4(control->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    struct server_reply *reply = fd >= 0 ? calloc(1, sizeof *reply) : NULL;
    (void)events;
    if (reply == NULL || !same_user(fd) || count_replies(control) >= CONTROL_CLIENTS) {
        if (fd >= 0)
            close(fd);
        free(reply);
        return;
    }
    reply->fd = fd;
    reply->home = control;
    reply->next = control->replies;
    control->replies = reply;
    buf_init(&reply->in, CONTROL_REQUEST_BYTES);
    buf_init(&reply->out, CONTROL_REPLY_BYTES);
    ev_io_init(&reply->readable, on_readable, fd, EV_READ);
    ev_io_init(&reply->writeable, on_writeable, fd, EV_WRITE);
    reply->readable.data = reply->writeable.data = reply;
    ev_io_start(loop, &reply->readable);
}

/* --- replies ------------------------------------------------------------------------------------------ */

static void put_part(struct server_reply *reply, enum control_part kind, const char *bytes, size_t size)
{
    if (reply->fd < 0 || reply->home == NULL || reply->ended)
        return;
    buf_putc(&reply->out, (char)kind);
    buf_u32(&reply->out, (uint32_t)size);
    buf_add(&reply->out, bytes, size);
    if (reply->out.failed)
        hang_up(reply);
    else
        ev_io_start(reply->home->loop, &reply->writeable);
}

void server_reply_out(struct server_reply *reply, const char *bytes, size_t size)
{
    if (reply->heard != NULL && size > 0)
        buf_add(&reply->out, bytes, size);
    put_part(reply, CONTROL_OUT, bytes, size);
}

void server_reply_err(struct server_reply *reply, const char *bytes, size_t size)
{
    put_part(reply, CONTROL_ERR, bytes, size);
}

void server_reply_end(struct server_reply *reply, int exit_code)
{
    if (reply->heard != NULL) {
        bool whole = !reply->out.failed;
        reply->heard(reply->context, whole ? exit_code : -1, whole ? reply->out.data : NULL,
                     whole ? reply->out.size : 0);
        reply->out.size = 0;
    }
    unsigned char code[4] = {(unsigned char)exit_code, (unsigned char)(exit_code >> 8), 0, 0};
    put_part(reply, CONTROL_END, (const char *)code, sizeof code);
    reply->ended = true;
    if (reply->fd < 0)
        forget(reply);
}

struct server_reply *control_reply(void (*ended)(void *context, int exit_code, const char *out, size_t size),
                                   void *context)
{
    struct server_reply *reply = calloc(1, sizeof *reply);
    if (reply == NULL)
        return NULL;
    reply->fd = -1;
    reply->asked = true;
    reply->heard = ended;
    reply->context = context;
    buf_init(&reply->in, CONTROL_REQUEST_BYTES);
    buf_init(&reply->out, CONTROL_REPLY_BYTES);
    return reply;
}

/* --- the socket --------------------------------------------------------------------------------------- */

int control_path(const char *data, char *ret_path, size_t room, int *ret_folder)
{
    int folder = open(data, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return -1;
    snprintf(ret_path, room, "/proc/self/fd/%d/control.sock", folder);
    *ret_folder = folder;
    return 0;
}

/* Whoever holds the lock of DATA may remove what a killed server left. */
static int listen_at(const char *path)
{
    struct sockaddr_un where = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    snprintf(where.sun_path, sizeof where.sun_path, "%s", path);
    unlink(path);
    mode_t before = umask(0177);
    int bound = bind(fd, (struct sockaddr *)&where, sizeof where);
    umask(before);
    if (bound == 0 && listen(fd, CONTROL_CLIENTS) == 0)
        return fd;
    close(fd);
    return -1;
}

struct control *control_new(struct ev_loop *loop, const char *data,
                            void (*command)(void *context, int argc, char **argv, struct server_reply *), void *context,
                            const char **ret_why)
{
    char path[64];
    struct control *control = calloc(1, sizeof *control);
    *ret_why = "the control socket cannot be made in the data folder";
    if (control == NULL || control_path(data, path, sizeof path, &control->folder) < 0) {
        free(control);
        return NULL;
    }
    control->loop = loop;
    control->command = command;
    control->context = context;
    control->fd = listen_at(path);
    if (control->fd < 0) {
        close(control->folder);
        free(control);
        return NULL;
    }
    ev_io_init(&control->accept, on_accept, control->fd, EV_READ);
    control->accept.data = control;
    ev_io_start(loop, &control->accept);
    return control;
}

void control_free(struct control *control)
{
    char path[64];
    if (control == NULL)
        return;
    ev_io_stop(control->loop, &control->accept);
    for (struct server_reply *reply = control->replies, *next; reply != NULL; reply = next) {
        next = reply->next;
        hang_up(reply);
        reply->home = NULL;
        if (reply->ended || !reply->asked)
            forget(reply);
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d/control.sock", control->folder);
    unlink(path);
    close(control->fd);
    close(control->folder);
    free(control);
}
