/* The voice helper's process, and one request at a time to it: see helper.h. */
#include "hooks/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HEAD_BYTES = 256, PIECE_BYTES = 65536 };

struct helper {
    char *program;
    const struct clock *clock;
    int timeout_ms;
    pid_t child; /* 0 = none */
    int wire;    /* our end of the socket that is its stdin and stdout */
    int starts, failures;
    int64_t not_before_ms; /* mono */
    char why[HEAD_BYTES];
};

struct helper *helper_new(const char *program, const struct clock *clock, int timeout_ms)
{
    struct helper *h = calloc(1, sizeof *h);
    char *copy = strdup(program);
    if (h == NULL || copy == NULL) {
        free(h);
        free(copy);
        return NULL;
    }
    *h = (struct helper){.program = copy, .clock = clock, .timeout_ms = timeout_ms, .wire = -1};
    return h;
}

/* --- the process ------------------------------------------------------------------------------- */

static void stop(struct helper *h)
{
    if (h->wire >= 0)
        close(h->wire);
    h->wire = -1;
    if (h->child == 0)
        return;
    kill(-h->child, SIGKILL); /* its group: with all that it may have started */
    while (waitpid(h->child, NULL, 0) < 0 && errno == EINTR)
        ;
    h->child = 0;
}

void helper_free(struct helper *h)
{
    if (h == NULL)
        return;
    stop(h);
    free(h->program);
    free(h);
}

int helper_starts(const struct helper *h)
{
    return h->starts;
}

/* Its own group, so that a signal from the terminal is not for it; no signal blocked, none ignored. */
static int plain_start(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    return posix_spawnattr_setsigmask(attributes, &none) != 0 || posix_spawnattr_setsigdefault(attributes, &all) != 0 ||
                   posix_spawnattr_setpgroup(attributes, 0) != 0 ||
                   posix_spawnattr_setflags(attributes,
                                            POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP) != 0
               ? -1
               : 0;
}

static int spawn(struct helper *h, int its_end)
{
    char *argv[] = {h->program, NULL}, *environment[] = {NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    int result = -1;
    if (posix_spawn_file_actions_init(&files) != 0)
        return -1;
    if (posix_spawnattr_init(&attributes) != 0)
        goto without_attributes;
    if (plain_start(&attributes) == 0 && posix_spawn_file_actions_adddup2(&files, its_end, 0) == 0 &&
        posix_spawn_file_actions_adddup2(&files, its_end, 1) == 0 &&
        posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0) == 0 &&
        posix_spawn_file_actions_addclosefrom_np(&files, 3) == 0 &&
        posix_spawn(&h->child, h->program, &files, &attributes, argv, environment) == 0)
        result = 0;
    else
        h->child = 0;
    posix_spawnattr_destroy(&attributes);
without_attributes:
    posix_spawn_file_actions_destroy(&files);
    return result;
}

/* One socket both ways: writing to one whose reader is dead is then an error, not a signal. */
static int start(struct helper *h)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        return -1;
    h->wire = ends[0];
    int result = fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0 ? spawn(h, ends[1]) : -1;
    close(ends[1]);
    h->starts += result == 0;
    return result;
}

/* --- a request --------------------------------------------------------------------------------- */

static int fail(struct helper *h, const char *why, const char **ret_why)
{
    int64_t pause = HELPER_PAUSE_MS;
    for (int i = 0; i < h->failures && pause < HELPER_PAUSE_MOST_MS; i++)
        pause *= 2;
    h->failures++;
    h->not_before_ms = clock_mono_ms(h->clock) + (pause < HELPER_PAUSE_MOST_MS ? pause : HELPER_PAUSE_MOST_MS);
    stop(h);
    *ret_why = why;
    return -1;
}

/* Waits until the wire is ready: 0, or -1 when the time is over. */
static int wait_for(const struct helper *h, short what, int64_t until_ms)
{
    struct pollfd wire = {.fd = h->wire, .events = what};
    int64_t left = until_ms - clock_mono_ms(h->clock);
    return left > 0 && poll(&wire, 1, (int)left) > 0 ? 0 : -1;
}

static int send_all(const struct helper *h, const char *bytes, size_t size, int64_t until_ms)
{
    while (size > 0) {
        ssize_t sent = send(h->wire, bytes, size, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN && errno != EINTR)
            return -1;
        if (sent < 0 && wait_for(h, POLLOUT, until_ms) < 0)
            return -1;
        if (sent > 0) {
            bytes += sent;
            size -= (size_t)sent;
        }
    }
    return 0;
}

/* At most `room` bytes, at least one: how many, or -1. */
static ssize_t receive_some(const struct helper *h, char *bytes, size_t room, int64_t until_ms)
{
    for (;;) {
        ssize_t got = recv(h->wire, bytes, room, 0);
        if (got > 0)
            return got;
        if (got == 0 || (errno != EAGAIN && errno != EINTR) || wait_for(h, POLLIN, until_ms) < 0)
            return -1;
    }
}

/* The answer's first line, byte by byte, for what follows is not ours to read yet. */
static int receive_head(const struct helper *h, char head[HEAD_BYTES], int64_t until_ms)
{
    for (size_t i = 0; i < HEAD_BYTES - 1; i++) {
        if (receive_some(h, head + i, 1, until_ms) < 0)
            return -1;
        if (head[i] == '\n') {
            head[i] = '\0';
            return 0;
        }
    }
    return -1;
}

static int receive_all(const struct helper *h, size_t size, struct buf *out, int64_t until_ms)
{
    char piece[PIECE_BYTES];
    while (size > 0) {
        ssize_t got = receive_some(h, piece, size < sizeof piece ? size : sizeof piece, until_ms);
        if (got < 0 || buf_add(out, piece, (size_t)got) < 0)
            return -1;
        size -= (size_t)got;
    }
    return 0;
}

/* "ok LENGTH EVENTS SOUND" */
static bool head_ok(const char *head, unsigned long *ret_numbers)
{
    if (strncmp(head, "ok ", 3) != 0)
        return false;
    const char *at = head + 2;
    for (int i = 0; i < 3; i++) {
        char *end;
        if (at[0] != ' ' || at[1] < '0' || at[1] > '9')
            return false;
        ret_numbers[i] = strtoul(at + 1, &end, 10);
        at = end;
    }
    return *at == '\0' && ret_numbers[0] <= INT_MAX;
}

static int ask(struct helper *h, const struct helper_request *r, struct buf *events, struct buf *sound, int *ret_ms,
               bool *ret_own, const char **ret_why)
{
    static const char *const verbs[] = {[HELPER_EVENTS] = "track", [HELPER_WAV] = "speak", [HELPER_OPUS] = "opus"};
    char head[HEAD_BYTES];
    unsigned long numbers[3];
    size_t size = strlen(r->text);
    int64_t until = clock_mono_ms(h->clock) + h->timeout_ms;
    int length = snprintf(head, sizeof head, "%s %s %d %d %zu\n", verbs[r->wish], r->voice, r->rate, r->pitch, size);
    if (send_all(h, head, (size_t)length, until) < 0 || send_all(h, r->text, size, until) < 0 ||
        receive_head(h, head, until) < 0)
        return fail(h, clock_mono_ms(h->clock) >= until ? "it takes too long" : "it ends unexpectedly", ret_why);
    if (strncmp(head, "error ", 6) == 0) {
        snprintf(h->why, sizeof h->why, "%s", head + 6);
        h->failures = 0;
        *ret_own = true;
        *ret_why = h->why;
        return -1;
    }
    if (!head_ok(head, numbers))
        return fail(h, "it answers what is no answer", ret_why);
    if (receive_all(h, numbers[1], events, until) < 0 || receive_all(h, numbers[2], sound, until) < 0)
        return fail(h, events->failed || sound->failed ? "it answers too much" : "its answer is cut", ret_why);
    h->failures = 0;
    *ret_ms = (int)numbers[0];
    return 0;
}

int helper_ask(struct helper *h, const struct helper_request *r, struct buf *events, struct buf *sound, int *ret_ms,
               bool *ret_own, const char **ret_why)
{
    *ret_own = false;
    if (r->text[0] == '\0' || strlen(r->text) > HELPER_TEXT_BYTES || strlen(r->voice) > HELPER_VOICE_BYTES) {
        *ret_own = true;
        *ret_why = "the text is too long to be spoken";
        return -1;
    }
    if (h->child == 0 && clock_mono_ms(h->clock) < h->not_before_ms) {
        *ret_why = "it failed a moment ago";
        return -1;
    }
    if (h->child == 0 && start(h) < 0)
        return fail(h, "it cannot be started", ret_why);
    return ask(h, r, events, sound, ret_ms, ret_own, ret_why);
}

/* --- where it is ------------------------------------------------------------------------------- */

int helper_find(const char *name, char *ret_path, size_t room)
{
    char beside[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", beside, sizeof beside - 1);
    const char *const folders[] = {beside, "/usr/local/bin", "/usr/bin"};
    if (name[0] == '\0' || (strchr(name, '/') != NULL && name[0] != '/'))
        return -1;
    beside[size > 0 ? size : 0] = '\0';
    char *slash = strrchr(beside, '/');
    if (slash != NULL)
        *slash = '\0';
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        int length =
            name[0] == '/' ? snprintf(ret_path, room, "%s", name) : snprintf(ret_path, room, "%s/%s", folders[i], name);
        if (length > 0 && (size_t)length < room && access(ret_path, X_OK) == 0)
            return 0;
    }
    return -1;
}
