/* The client's side of the control socket: see control.h for what is spoken. */
#include "net/control.h"
#include "net/server.h"

#include "base/buf.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int connect_to(const char *data)
{
    struct sockaddr_un where = {.sun_family = AF_UNIX};
    char path[64];
    int folder, fd;
    if (control_path(data, path, sizeof path, &folder) < 0)
        return -1;
    snprintf(where.sun_path, sizeof where.sun_path, "%s", path);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&where, sizeof where) < 0) {
        close(fd);
        fd = -1;
    }
    close(folder);
    return fd;
}

static int send_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t n = send(fd, bytes, size, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return -1;
        bytes += n;
        size -= (size_t)n;
    }
    return 0;
}

static int read_all(int fd, void *bytes, size_t size)
{
    char *at = bytes;
    while (size > 0) {
        ssize_t n = recv(fd, at, size, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return -1;
        at += n;
        size -= (size_t)n;
    }
    return 0;
}

static int send_arguments(int fd, int argc, char **argv)
{
    struct buf request;
    buf_init(&request, CONTROL_REQUEST_BYTES);
    buf_u32(&request, (uint32_t)argc);
    for (int i = 0; i < argc; i++) {
        buf_u32(&request, (uint32_t)strlen(argv[i]));
        buf_puts(&request, argv[i]);
    }
    int result = request.failed ? -1 : send_all(fd, request.data, request.size);
    buf_free(&request);
    return result;
}

static uint32_t read_u32(const unsigned char *b)
{
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* Copies one part to where it belongs. */
static int copy_part(int fd, FILE *to, size_t size)
{
    char bytes[4096];
    while (size > 0) {
        size_t now = size < sizeof bytes ? size : sizeof bytes;
        if (read_all(fd, bytes, now) < 0)
            return -1;
        fwrite(bytes, 1, now, to);
        size -= now;
    }
    fflush(to);
    return 0;
}

/* The exit code; 1 where the server ended before it said one. */
static int hear(int fd)
{
    unsigned char head[CONTROL_HEAD_BYTES], code[4];
    while (read_all(fd, head, sizeof head) == 0) {
        uint32_t size = read_u32(head + 1);
        if (head[0] == CONTROL_END)
            return size == sizeof code && read_all(fd, code, sizeof code) == 0 ? (int)read_u32(code) : 1;
        if (copy_part(fd, head[0] == CONTROL_ERR ? stderr : stdout, size) < 0)
            break;
    }
    fputs("the server ended before it had answered\n", stderr);
    return 1;
}

int server_ask(const char *data, int argc, char **argv)
{
    int fd = connect_to(data), code = 1;
    if (fd < 0)
        return -1;
    if (send_arguments(fd, argc, argv) < 0)
        fputs("the server does not take the command\n", stderr);
    else
        code = hear(fd);
    close(fd);
    return code;
}
