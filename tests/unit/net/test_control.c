/* Commands come over the control socket whole or not at all, and a client that goes away does no harm. */
#include "net/control.h"
#include "net/server.h"

#include <ev.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

static char data[] = "/tmp/sportello-test-XXXXXX";
static struct ev_loop *loop;
static struct control *control;
static struct server_reply *open_reply;
static int commands;
static char heard[256];

static void command(void *context, int argc, char **argv, struct server_reply *reply)
{
    (void)context;
    commands++;
    heard[0] = '\0';
    for (int i = 0; i < argc; i++)
        snprintf(heard + strlen(heard), sizeof heard - strlen(heard), "[%s]", argv[i]);
    open_reply = reply;
}

static int set_up(void **state)
{
    (void)state;
    const char *why;
    snprintf(data, sizeof data, "/tmp/sportello-test-XXXXXX");
    commands = 0;
    open_reply = NULL;
    loop = ev_loop_new(EVFLAG_AUTO);
    if (mkdtemp(data) == NULL)
        return -1;
    control = control_new(loop, data, command, NULL, &why);
    return control == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    control_free(control);
    ev_loop_destroy(loop);
    return rmdir(data);
}

static int dial(void)
{
    struct sockaddr_un where = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(where.sun_path, sizeof where.sun_path, "%s/control.sock", data);
    assert_int_equal(connect(fd, (struct sockaddr *)&where, sizeof where), 0);
    return fd;
}

static void turn(void)
{
    for (int i = 0; i < 5; i++)
        ev_run(loop, EVRUN_NOWAIT);
}

static void send_bytes(int fd, const char *bytes, size_t size)
{
    assert_int_equal(send(fd, bytes, size, MSG_NOSIGNAL), size);
    turn();
}

static const char request[] = "\2\0\0\0\4\0\0\0init\0\0\0\0";

static void a_command_comes_in_pieces_and_is_answered(void **state)
{
    (void)state;
    char out[64];
    int fd = dial();
    for (size_t i = 0; i < sizeof request - 1; i++) {
        assert_int_equal(commands, 0);
        send_bytes(fd, request + i, 1);
    }
    assert_int_equal(commands, 1);
    assert_string_equal(heard, "[init][]");
    server_reply_out(open_reply, "hi", 2);
    server_reply_end(open_reply, 2);
    turn();
    assert_int_equal(recv(fd, out, sizeof out, 0), 5 + 2 + 5 + 4);
    assert_memory_equal(out, "\1\2\0\0\0hi\3\4\0\0\0\2\0\0\0", 16);
    assert_int_equal(recv(fd, out, sizeof out, 0), 0);
    close(fd);
}

static void nonsense_is_hung_up_on(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
    } nonsense[] = {
        {"\0\0\0\0", 4},
        {"\xff\xff\xff\xff", 4},
        {"\1\0\0\0\xff\xff\xff\x7f", 8},
        {"\1\0\0\0\1\0\0\0xy", 10},
    };
    char out[8];
    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
        int fd = dial();
        turn();
        send_bytes(fd, nonsense[i].bytes, nonsense[i].size);
        assert_int_equal(recv(fd, out, sizeof out, 0), 0);
        close(fd);
    }
    assert_int_equal(commands, 0);
}

static void a_client_may_go_away(void **state)
{
    (void)state;
    int fd = dial();
    turn();
    send_bytes(fd, request, sizeof request - 1);
    close(fd);
    turn();
    server_reply_out(open_reply, "nobody hears", 12);
    server_reply_end(open_reply, 0);
    turn();
    fd = dial();
    turn();
    send_bytes(fd, request, 3);
    close(fd);
    turn();
    assert_int_equal(commands, 1);
}

static void a_reply_may_outlive_the_socket(void **state)
{
    (void)state;
    int fd = dial();
    turn();
    send_bytes(fd, request, sizeof request - 1);
    control_free(control);
    control = NULL;
    server_reply_err(open_reply, "late", 4);
    server_reply_end(open_reply, 1);
    close(fd);
}

static void only_the_owner_may_open_it(void **state)
{
    (void)state;
    struct stat about;
    char path[64];
    snprintf(path, sizeof path, "%s/control.sock", data);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_command_comes_in_pieces_and_is_answered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nonsense_is_hung_up_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_client_may_go_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_reply_may_outlive_the_socket, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_the_owner_may_open_it, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
