/* A server for tests of requests that go out: one thread on loopback, plain and obedient. */
#ifndef PEER_H
#define PEER_H

#include <arpa/inet.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

/* A server on loopback that sends `answer` to each connection once a request is there, and keeps what it read.
 * An empty answer keeps silent. Connections are closed after their answer, or held till the end. */
struct peer {
    const char *answer;
    bool hold;
    int listening, port;
    pthread_t thread;
    const char *const *script; /* answers of the 1st, 2nd … connection; the last one's repeats. NULL = `answer` */
    size_t script_size, heard_count; /* heard_count: requests */
    char heard[16384];               /* the last one */
};

enum { PEER_HELD_MOST = 300 };

/* Bytes of the body that the head announces. */
static inline size_t peer_announced(const char *heard)
{
    const char *at = strstr(heard, "Content-Length: ");
    return at != NULL ? strtoul(at + strlen("Content-Length: "), NULL, 10) : 0;
}

/* Reads until the whole request is there. */
static inline void peer_read(struct peer *p, int fd)
{
    size_t size = 0;
    const char *end = NULL;
    ssize_t n = 1;
    p->heard[0] = '\0';
    while (n > 0 && (end == NULL || size - (size_t)(end - p->heard) < 4 + peer_announced(p->heard))) {
        n = recv(fd, p->heard + size, sizeof p->heard - 1 - size, 0);
        size += n > 0 ? (size_t)n : 0;
        p->heard[size] = '\0';
        end = strstr(p->heard, "\r\n\r\n");
    }
}

static inline void *peer_serve(void *context)
{
    struct peer *p = context;
    int held[PEER_HELD_MOST], count = 0, fd;
    while (count < PEER_HELD_MOST && (fd = accept(p->listening, NULL, NULL)) >= 0) {
        if (p->script != NULL)
            p->answer = p->script[p->heard_count + 1 < p->script_size ? p->heard_count : p->script_size - 1];
        if (p->answer[0] != '\0') {
            peer_read(p, fd);
            p->heard_count++;
            (void)!send(fd, p->answer, strlen(p->answer), MSG_NOSIGNAL);
        }
        if (p->hold || p->answer[0] == '\0')
            held[count++] = fd;
        else
            close(fd);
    }
    while (count > 0)
        close(held[--count]);
    return NULL;
}

static inline void peer_start(struct peer *p, const char *answer)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    *p = (struct peer){.answer = answer,
                       .hold = p->hold,
                       .script = p->script,
                       .script_size = p->script_size,
                       .listening = socket(AF_INET, SOCK_STREAM, 0)};
    assert_int_equal(bind(p->listening, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(p->listening, PEER_HELD_MOST), 0);
    assert_int_equal(getsockname(p->listening, (struct sockaddr *)&at, &size), 0);
    p->port = ntohs(at.sin_port);
    assert_int_equal(pthread_create(&p->thread, NULL, peer_serve, p), 0);
}

static inline void peer_stop(struct peer *p)
{
    shutdown(p->listening, SHUT_RDWR);
    pthread_join(p->thread, NULL);
    close(p->listening);
}

#endif
