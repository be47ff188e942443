/* The server over a real socket, with a hall of a few lines behind it: hostile openings and frames, limits, pages,
 * log-in, the control socket and the end. */
#include "base/file.h"
#include "net/password.h"
#include "net/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* --- what stands behind the server: an edition of settings, a hall that echoes, the real store with one user
 * ---------- */

static const char *proxies_list[] = {"127.0.0.2"};
static struct settings settings = {.name = "Olmo",
                                   .mail_url = "",
                                   .public_url = "https://help.example.org/help",
                                   .trusted_proxies = {proxies_list, 1},
                                   .messages_per_minute = 1000,
                                   .messages_burst = 20,
                                   .address_messages_per_minute = 100000,
                                   .address_connections = 30,
                                   .visitor_connections = 2,
                                   .connections = 60,
                                   .half_frame_seconds = 1,
                                   .slow_reader_seconds = 2,
                                   .idle_hello_seconds = 1,
                                   .logins_per_minute = 100,
                                   .log_level = "error",
                                   .metrics_secret = "metrics"};

struct edition {
    int pins;
};
static struct edition live;

struct edition *edition_pin(struct edition *e)
{
    e->pins++;
    return e;
}
void edition_unpin(struct edition *e)
{
    e->pins--;
}
int64_t edition_number(const struct edition *e)
{
    (void)e;
    return 7;
}
const struct view *edition_view(const struct edition *e)
{
    (void)e;
    return NULL;
}
const struct settings *view_settings(const struct view *v)
{
    (void)v;
    return &settings;
}

const char *who_name(enum who who)
{
    return who == WHO_BOT ? "bot" : "other";
}

/* What the desk's pages look up in an edition: nothing is asked here. */
size_t view_count(const struct view *v)
{
    (void)v;
    return 0;
}
struct view_entry view_entry(const struct view *v, uint32_t entry)
{
    (void)v, (void)entry;
    return (struct view_entry){0};
}
uint32_t view_find(const struct view *v, enum view_kind kind, const char *lang, const char *id)
{
    (void)v, (void)kind, (void)lang, (void)id;
    return VIEW_NONE;
}
const struct block *view_say(const struct view *v, uint32_t entry, size_t k, struct arena *a)
{
    (void)v, (void)entry, (void)k, (void)a;
    return NULL;
}
struct view_option view_option(const struct view *v, uint32_t entry, size_t k)
{
    (void)v, (void)entry, (void)k;
    return (struct view_option){0};
}
int view_understand(const struct view *v, const char *lang, const char *text, const struct understand_options *o,
                    struct arena *a, struct understanding *ret)
{
    (void)v, (void)lang, (void)text, (void)o, (void)a, (void)ret;
    return -1;
}
struct hall {
    struct hall_out out;
    int visitors, agents, alive, published, stopped_looking;
    int64_t seq;
};
static struct hall hall_of_test;

struct hall *hall_new(struct store *s, const struct clock *c, struct edition *e, const struct hall_codec *k,
                      const struct hall_out *out)
{
    (void)s, (void)c, (void)e, (void)k;
    hall_of_test = (struct hall){.out = *out};
    return &hall_of_test;
}
void hall_free(struct hall *h)
{
    (void)h;
}
void hall_tick(struct hall *h)
{
    (void)h;
}
void hall_publish(struct hall *h, struct edition *e)
{
    (void)e;
    h->published++;
}
void hall_counts(const struct hall *h, struct hall_counts *ret)
{
    *ret = (struct hall_counts){.visitors = (size_t)h->visitors};
}
void hall_stop_looking(struct hall *h)
{
    h->stopped_looking++;
}

void hall_stop_calling(struct hall *h)
{
    (void)h;
}
int hall_agent_changed(struct hall *h, uint64_t client, const struct user *user)
{
    (void)h, (void)client, (void)user;
    return 0;
}
void hall_notices_changed(struct hall *h)
{
    (void)h;
}
const struct zone *hall_zone(const struct hall *h)
{
    (void)h;
    return NULL;
}

const struct desk *hall_desk(const struct hall *h)
{
    (void)h;
    return NULL;
}

struct edition *hall_edition(const struct hall *h)
{
    (void)h;
    return NULL;
}
size_t hall_under_way(const struct hall *h)
{
    (void)h;
    return 0;
}
static void flood(struct hall *h, uint64_t client)
{
    static char body[60000];
    memset(body, 'x', sizeof body - 1);
    memcpy(body, "{\"from\":\"bot\",\"x\":\"", 19);
    memcpy(body + sizeof body - 3, "\"}", 3);
    struct event event = {.seq = 1, .kind = EVENT_MESSAGE, .body = body, .body_size = sizeof body - 1};
    for (int i = 0; i < 60; i++)
        h->out.send(h->out.context, client, &(struct outgoing){.kind = OUT_EVENT, .event = &event});
}
int hall_token_hash(const char *token, unsigned char ret_hash[TOKEN_HASH_BYTES])
{
    (void)token;
    (void)ret_hash;
    return -1;
}

void hall_visitor(struct hall *h, uint64_t client, const struct frame *f)
{
    struct outgoing o = {.kind = OUT_ACK, .cid = f->cid, .seq = ++h->seq};
    if (f->kind == FRAME_HELLO) {
        h->visitors++;
        o = (struct outgoing){
            .kind = OUT_WELCOME, .token = f->token == NULL ? "new" : NULL, .lang = "it", .settings = &settings};
    }
    if (f->kind == FRAME_SAY && strcmp(f->text, "flood") == 0)
        flood(h, client);
    else if (f->kind != FRAME_TYPING)
        h->out.send(h->out.context, client, &o);
}
void hall_visitor_gone(struct hall *h, uint64_t client)
{
    (void)client;
    h->visitors--;
}
static struct user agent = {.name = "ada", .role = "agent", .departments = "", .languages = ""};
void hall_agent_in(struct hall *h, uint64_t client, const struct user *u)
{
    assert_string_equal(u->name, "ada");
    (void)client;
    h->agents++;
}
void hall_agent(struct hall *h, uint64_t client, const struct frame *f)
{
    if (f->kind == FRAME_DESK_HELLO)
        h->out.send(h->out.context, client,
                    &(struct outgoing){.kind = OUT_DESK_WELCOME, .user = &agent, .lang = "it", .settings = &settings});
}
void hall_agent_alive(struct hall *h, uint64_t client)
{
    (void)client;
    h->alive++;
}
void hall_agent_gone(struct hall *h, uint64_t client)
{
    (void)client;
    h->agents--;
}

static struct store *store;

static void add_ada(void)
{
    char hash[PASSWORD_HASH_BYTES];
    struct store_user_add *job = store_job_new(&store_user_add_kind, sizeof *job, NULL, NULL);
    assert_int_equal(password_hash("giusta", hash), 0);
    job->user = agent;
    job->user.password_hash = hash;
    store_run(store, &job->job);
    assert_int_equal(job->job.result, STORE_OK);
    store_job_free(&job->job);
}

/* --- the server in its thread ------------------------------------------------------------------------------- */

static struct clock system_clock;
static struct server *server;
static pthread_t thread;
static int port;
static char data[] = "/tmp/sportello-test-XXXXXX";

static void command(void *context, int argc, char **argv, struct server_reply *reply)
{
    (void)context;
    for (int i = 0; i < argc; i++) {
        server_reply_out(reply, argv[i], strlen(argv[i]));
        server_reply_out(reply, "\n", 1);
    }
    server_reply_err(reply, "warned\n", 7);
    server_reply_end(reply, 3);
}

static void *run(void *unused)
{
    (void)unused;
    server_run(server);
    return NULL;
}

/* What stands beside the server wakes its loop, and has its own lines in /metrics. */
static atomic_int woken;

static void note_woken(void *context)
{
    assert_ptr_equal(context, &woken);
    woken++;
}

static void add_metrics(void *context, struct buf *out)
{
    (void)context;
    buf_printf(out, "sportello_woken %d\n", woken);
}

static int start(void **state)
{
    (void)state;
    const char *why = "";
    system_clock = clock_system();
    setenv("SPORTELLO_SECRET_METRICS", "s3cret", 1);
    assert_non_null(mkdtemp(data));
    store = store_open(data, &system_clock, &why);
    if (store == NULL)
        fail_msg("store_open: %s", why);
    add_ada();
    struct server_config config = {.host = "127.0.0.1",
                                   .store = store,
                                   .clock = &system_clock,
                                   .edition = &live,
                                   .data = data,
                                   .context = &woken,
                                   .woken = note_woken,
                                   .metrics = add_metrics,
                                   .command = command};
    server = server_new(&config, &why);
    if (server == NULL)
        fail_msg("server_new: %s", why);
    port = server_port(server);
    return pthread_create(&thread, NULL, run, NULL);
}

static void remove_folder(const char *folder)
{
    char **names;
    size_t count;
    assert_int_equal(file_list(folder, "", &names, &count), 0);
    for (size_t i = 0; i < count; i++) {
        char path[512];
        assert_string_not_equal(names[i], "control.sock");
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        if (unlink(path) < 0)
            remove_folder(path);
    }
    file_list_free(names, count);
    assert_int_equal(rmdir(folder), 0);
}

static int stop(void **state)
{
    (void)state;
    server_stop(server);
    pthread_join(thread, NULL);
    assert_int_equal(hall_of_test.stopped_looking, 1);
    store_close(store);
    server_free(server);
    assert_int_equal(live.pins, 0);
    remove_folder(data);
    return 0;
}

/* --- a small client ------------------------------------------------------------------------------------------- */

static int dial_from(const char *address)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)}, from = {.sin_family = AF_INET};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    inet_pton(AF_INET, address, &from.sin_addr);
    assert_int_equal(bind(fd, (struct sockaddr *)&from, sizeof from), 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

/* Reads until `enough` is in it, the end, or `ms` of silence; returns the bytes. */
static size_t read_some(int fd, char *out, size_t room, const char *enough, int ms)
{
    size_t used = 0;
    struct pollfd p = {.fd = fd, .events = POLLIN};
    out[0] = '\0';
    while (used + 1 < room && poll(&p, 1, ms) == 1) {
        ssize_t n = recv(fd, out + used, room - used - 1, 0);
        if (n <= 0)
            break;
        used += (size_t)n;
        out[used] = '\0';
        if (enough != NULL && memmem(out, used, enough, strlen(enough)) != NULL)
            break;
    }
    return used;
}

static void tell(int fd, const char *bytes, size_t size)
{
    assert_int_equal(send(fd, bytes, size, MSG_NOSIGNAL), size);
}

static int ask(const char *request, char *out, size_t room)
{
    int fd = dial_from("127.0.0.1"), status = 0;
    tell(fd, request, strlen(request));
    read_some(fd, out, room, "\r\n\r\n", 5000);
    sscanf(out, "HTTP/%*s %d", &status);
    close(fd);
    return status;
}

#define ORIGIN "Origin: https://help.example.org\r\n"
#define KEY    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
#define OPENING(path, origin, key, version, protocol)                                                                  \
    "GET " path " HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" origin key                     \
    "Sec-WebSocket-Version: " version "\r\nSec-WebSocket-Protocol: " protocol "\r\n\r\n"

static int open_visitor(void)
{
    static const char opening[] = OPENING("/chat", ORIGIN, KEY, "13", "sportello.v1");
    char answer[2048];
    int fd = dial_from("127.0.0.1");
    tell(fd, opening, sizeof opening - 1);
    read_some(fd, answer, sizeof answer, "\r\n\r\n", 5000);
    assert_non_null(strstr(answer, "HTTP/1.1 101"));
    return fd;
}

/* A masked frame (the mask is zero: the bytes stay readable). */
static size_t frame_of(char *out, int head, const char *bytes, size_t size)
{
    size_t at = 0;
    out[at++] = (char)head;
    if (size < 126) {
        out[at++] = (char)(0x80 | size);
    } else {
        out[at++] = size < 65536 ? (char)0xfe : (char)0xff;
        for (int shift = size < 65536 ? 8 : 56; shift >= 0; shift -= 8)
            out[at++] = (char)(size >> shift);
    }
    memset(out + at, 0, 4);
    memcpy(out + at + 4, bytes, size);
    return at + 4 + size;
}

static void say(int fd, int head, const char *bytes, size_t size)
{
    char *frame = malloc(size + 16);
    tell(fd, frame, frame_of(frame, head, bytes, size));
    free(frame);
}

static void expect(int fd, const char *what)
{
    char out[65536];
    /* Lengths of frames may be NUL bytes. */
    size_t size = read_some(fd, out, sizeof out, what, 6000);
    if (memmem(out, size, what, strlen(what)) == NULL)
        fail_msg("expected %s, got %zu bytes: %s", what, size, size > 4 ? out + 4 : "");
}

static void says(int fd, const char *json, const char *answer)
{
    say(fd, 0x81, json, strlen(json));
    if (answer != NULL)
        expect(fd, answer);
}

/* Whether the server ends the connection within `ms`; a close frame's code comes out. */
static bool ends(int fd, int ms, int *ret_code)
{
    char out[4096];
    struct pollfd p = {.fd = fd, .events = POLLIN};
    *ret_code = 0;
    struct timespec from, now;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (;;) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        int left = ms - (int)((now.tv_sec - from.tv_sec) * 1000 + (now.tv_nsec - from.tv_nsec) / 1000000);
        if (left <= 0 || poll(&p, 1, left) != 1)
            return false;
        ssize_t n = recv(fd, out, sizeof out, 0);
        if (n <= 0)
            return true;
        for (ssize_t i = 0; i + 3 < n; i++) {
            if ((unsigned char)out[i] == 0x88) {
                *ret_code = (unsigned char)out[i + 2] << 8 | (unsigned char)out[i + 3];
                char reply[16];
                (void)!send(fd, reply, frame_of(reply, 0x88, out + i + 2, 2), MSG_NOSIGNAL);
                break;
            }
        }
    }
}

#define HELLO "{\"type\":\"hello\",\"lang\":\"it\"}"

static int greeted(void)
{
    int fd = open_visitor();
    says(fd, HELLO, "\"type\":\"welcome\"");
    return fd;
}

/* --- openings ------------------------------------------------------------------------------------------------- */

static const struct {
    const char *request;
    int status;
} openings[] = {
    {OPENING("/chat", "", KEY, "13", "sportello.v1"), 403},
    {OPENING("/chat", "Origin: null\r\n", KEY, "13", "sportello.v1"), 403},
    {OPENING("/chat", "Origin: https://evil.example\r\n", KEY, "13", "sportello.v1"), 403},
    {OPENING("/chat", "Origin: https://h\r\n", KEY, "13", "sportello.v1"), 403},
    {OPENING("/chat", ORIGIN, "", "13", "sportello.v1"), 400},
    {OPENING("/chat", ORIGIN, "Sec-WebSocket-Key: short==\r\n", "13", "sportello.v1"), 400},
    {OPENING("/chat", ORIGIN, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ!!\r\n", "13", "sportello.v1"), 400},
    {OPENING("/chat", ORIGIN, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==dGhlIHNhbXBsZSBub25jZQ==\r\n", "13",
             "sportello.v1"),
     400},
    {OPENING("/chat", ORIGIN, KEY, "8", "sportello.v1"), 400},
    {OPENING("/chat", ORIGIN, KEY, "13x", "sportello.v1"), 400},
    {OPENING("/chat", ORIGIN, KEY, "13", "sportello.v2"), 400},
    {OPENING("/chat", ORIGIN, KEY, "13", "sportello.desk.v1"), 400},
    {OPENING("/chat", ORIGIN, KEY, "13", "http"), 400},
    {OPENING("/chat", ORIGIN, KEY, "13", ""), 400},
    {OPENING("/", ORIGIN, KEY, "13", "sportello.v1"), 400},
    {OPENING("/desk/socket", ORIGIN, KEY, "13", "sportello.desk.v1"), 401},
    {OPENING("/desk/socket", ORIGIN "Cookie: sportello_desk=short\r\n", KEY, "13", "sportello.desk.v1"), 401},
    {"POST /chat HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" ORIGIN KEY
     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sportello.v1\r\n\r\n",
     400},
    {"GET /chat HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n" ORIGIN KEY
     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sportello.v1\r\n\r\n",
     400},
    {"GET / HTTP/1.1\r\nHost: h\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n"
     "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
     400},
    {"GET /chat HTTP/1.1\r\nHost: h\r\n" ORIGIN "\r\n", 404},
};

static void hostile_openings_are_refused(void **state)
{
    (void)state;
    char out[4096];
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        int status = ask(openings[i].request, out, sizeof out);
        if (status != openings[i].status)
            fail_msg("expected %d, got %d for %s", openings[i].status, status, openings[i].request);
    }
    /* These end without an answer, or with one: the server only has to live. */
    static const char *const worse[] = {
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\r\n\r\n\r\n",
        "GET\r\n\r\n",
        "\x16\x03\x01\x02",
        "GET /chat HTTP/1.1\r\nUpgrade: websocket\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        OPENING("/chat", ORIGIN "Sec-WebSocket-Extensions: permessage-deflate; =;;;\"\r\n", KEY, "13", "sportello.v1"),
        OPENING("/chat", ORIGIN "Sec-WebSocket-Extensions: x; a=\"b\r\n", KEY, "13", "sportello.v1"),
        "GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: h\r\n\r\n"};
    for (size_t i = 0; i < sizeof worse / sizeof *worse; i++) {
        int fd = dial_from("127.0.0.1");
        tell(fd, worse[i], strlen(worse[i]));
        read_some(fd, out, sizeof out, "\r\n\r\n", 100);
        assert_null(strstr(out, "root:"));
        close(fd);
    }
    close(greeted());
}

/* --- frames --------------------------------------------------------------------------------------------------- */

static void frames_have_their_order_and_form(void **state)
{
    (void)state;
    int fd = open_visitor();
    says(fd, "{\"type\":\"say\",\"cid\":\"a\",\"text\":\"x\"}", "wrong_order");
    says(fd, HELLO, "\"type\":\"welcome\"");
    says(fd, HELLO, "wrong_order");
    says(fd, "{\"type\":\"say\",\"cid\":\"a1\",\"text\":\"x\"}", "{\"type\":\"ack\",\"cid\":\"a1\"");
    says(fd, "{\"type\":\"dance\"}", "unknown_type");
    says(fd, "{", "bad_frame");
    says(fd, "{\"type\":\"bye\",\"cid\":\"1\",\"cid\":\"1\"}", "bad_frame");
    says(fd, "\xff", "bad_frame");
    says(fd, "", "bad_frame");
    /* In pieces: three fragments, and one frame in two packets. */
    say(fd, 0x01, "{\"type\":\"hum", 12);
    say(fd, 0x00, "an\",\"ci", 7);
    say(fd, 0x80, "d\":\"b2\"}", 8);
    expect(fd, "{\"type\":\"ack\",\"cid\":\"b2\"");
    char whole[64];
    size_t size = frame_of(whole, 0x81, "{\"type\":\"human\",\"cid\":\"c3\"}", 27);
    tell(fd, whole, 20);
    struct timespec pause = {.tv_nsec = 50000000};
    nanosleep(&pause, NULL);
    tell(fd, whole + 20, size - 20);
    expect(fd, "{\"type\":\"ack\",\"cid\":\"c3\"");
    say(fd, 0x89, "ping", 4);
    expect(fd, "ping");
    close(fd);
}

static void too_long_and_binary_are_closed(void **state)
{
    (void)state;
    int code, fd = greeted();
    say(fd, 0x82, "x", 1);
    assert_true(ends(fd, 5000, &code));
    assert_int_equal(code, 1003);
    close(fd);
    fd = greeted();
    char *big = malloc(70000);
    memset(big, 'x', 70000);
    say(fd, 0x81, big, 70000);
    assert_true(ends(fd, 5000, &code));
    assert_int_equal(code, 1009);
    close(fd);
    fd = greeted();
    memcpy(big, "{\"type\":\"say\",\"cid\":\"d\",\"text\":\"", 32);
    memcpy(big + 65534, "\"}", 2);
    say(fd, 0x81, big, 65536);
    expect(fd, "too_long");
    close(fd);
    free(big);
}

static void deadlines_hold(void **state)
{
    (void)state;
    int code;
    int silent = open_visitor(), head = greeted(), body = greeted(), fragment = greeted();
    tell(body, "\x81\x9e\0\0\0\0{\"ty", 10);
    say(fragment, 0x01, "{", 1);
    assert_true(ends(silent, 5000, &code));
    assert_int_equal(code, 1008);
    assert_true(ends(fragment, 5000, &code));
    assert_true(ends(body, 12000, &code));
    close(silent), close(head), close(body), close(fragment);
}

static void a_reader_that_does_not_read_is_cut(void **state)
{
    (void)state;
    int fd = greeted();
    int before = hall_of_test.visitors;
    for (int i = 0; i < 4; i++)
        says(fd, "{\"type\":\"say\",\"cid\":\"f\",\"text\":\"flood\"}", NULL);
    for (int i = 0; i < 80 && hall_of_test.visitors == before; i++)
        poll(NULL, 0, 100);
    assert_int_equal(hall_of_test.visitors, before - 1);
    close(fd);
}

static void floods_and_rates_have_limits(void **state)
{
    (void)state;
    int code, fd = greeted();
    for (int i = 0; i < 21; i++)
        say(fd, 0x81, "{\"type\":\"human\",\"cid\":\"r\"}", 26);
    expect(fd, "slow_down");
    char *many = malloc(400 * 32);
    size_t size = 0;
    for (int i = 0; i < 400; i++)
        size += frame_of(many + size, 0x81, "{\"type\":\"typing\"}", 17);
    tell(fd, many, size);
    free(many);
    assert_true(ends(fd, 5000, &code));
    close(fd);
}

static void pages_of_one_visitor_have_a_limit(void **state)
{
    (void)state;
    static const char hello[] = "{\"type\":\"hello\",\"lang\":\"en\",\"token\":\"tok\"}";
    int code, a = open_visitor(), b = open_visitor();
    int c = open_visitor();
    says(a, hello, "welcome");
    says(b, hello, "welcome");
    says(c, hello, "slow_down");
    assert_true(ends(c, 5000, &code));
    close(a), close(b), close(c);
}

static void addresses_have_limits_also_behind_a_proxy(void **state)
{
    (void)state;
    static const char crowd[] = OPENING("/chat", ORIGIN "X-Forwarded-For: 203.0.113.1\r\n", KEY, "13", "sportello.v1");
    static const char other[] = OPENING("/chat", ORIGIN "X-Forwarded-For: 203.0.113.2\r\n", KEY, "13", "sportello.v1");
    char out[2048];
    int fds[31];
    for (int i = 0; i < 31; i++) {
        fds[i] = dial_from("127.0.0.2");
        tell(fds[i], crowd, sizeof crowd - 1);
        read_some(fds[i], out, sizeof out, "\r\n\r\n", 5000);
        assert_non_null(strstr(out, i < 30 ? " 101 " : " 429 "));
    }
    int fd = dial_from("127.0.0.2");
    tell(fd, other, sizeof other - 1);
    read_some(fd, out, sizeof out, "\r\n\r\n", 5000);
    assert_non_null(strstr(out, "HTTP/1.1 101"));
    close(fd);
    for (int i = 0; i < 31; i++)
        close(fds[i]);
}

/* --- pages ---------------------------------------------------------------------------------------------------- */

static const struct {
    const char *request;
    int status;
    const char *has;
} pages[] = {
    {"GET / HTTP/1.1\r\nHost: help.example.org\r\n\r\n", 200, "connect-src 'self' wss://help.example.org; "},
    {"GET /help/ HTTP/1.1\r\nHost: evil\r\n\r\n", 200,
     "connect-src 'self'; base-uri 'none'; form-action 'self'; "
     "frame-ancestors 'none'; require-trusted-types-for 'script'"},
    {"GET /help HTTP/1.1\r\nHost: h\r\n\r\n", 308, "location: /help/"},
    {"HEAD /desk HTTP/1.1\r\nHost: h\r\n\r\n", 200, "x-content-type-options: nosniff"},
    {"GET /desk/ HTTP/1.1\r\nHost: h\r\n\r\n", 308, "location: ../desk"},
    {"GET /sportello.js HTTP/1.1\r\nHost: h\r\n\r\n", 200, "access-control-allow-origin: *"},
    {"GET /sportello.js HTTP/1.1\r\nHost: h\r\n\r\n", 200, "cross-origin-resource-policy: cross-origin"},
    {"GET /demo.css HTTP/1.1\r\nHost: h\r\n\r\n", 200, "default-src 'none'; frame-ancestors 'none'"},
    {"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n", 200, "application/json"},
    {"GET /nothing HTTP/1.1\r\nHost: h\r\n\r\n", 404, NULL},
    {"PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", 405, "allow: GET, HEAD"},
    {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", 405, "allow: GET, HEAD"},
    {"GET /desk/login HTTP/1.1\r\nHost: h\r\n\r\n", 405, "allow: POST"},
    {"GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n", 200, "text/plain"},
    {"GET /metrics HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n", 403, NULL},
    {"GET /metrics HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 1.1.1.1\r\nAuthorization: Bearer s3cret\r\n\r\n", 200, NULL},
    {"GET /metrics HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 1.1.1.1\r\nAuthorization: Bearer s3cre\r\n\r\n", 403, NULL},
    {"GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", 413, NULL},
    {"POST /desk/login HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 413, NULL},
    {"POST /desk/login HTTP/1.1\r\nHost: h\r\nContent-Length: 99999\r\n\r\n", 413, NULL},
    {"POST /desk/login HTTP/1.1\r\nHost: h\r\nOrigin: https://evil.example\r\nContent-Length: 2\r\n\r\n{}", 403, NULL},
    {"POST /desk/login HTTP/1.1\r\nHost: h\r\n" ORIGIN "Content-Length: 2\r\n\r\n{}", 400, NULL},
    {"POST /desk/login HTTP/1.1\r\nHost: h\r\n" ORIGIN "\r\n", 400, NULL},
    {"GET /desk/session HTTP/1.1\r\nHost: h\r\n\r\n", 401, NULL},
    {"POST /desk/logout HTTP/1.1\r\nHost: h\r\n" ORIGIN "Content-Length: 0\r\n\r\n", 204, NULL},
};

static void pages_have_their_headers(void **state)
{
    (void)state;
    char out[8192], tag[64], again[256];
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        int status = ask(pages[i].request, out, sizeof out);
        if (status != pages[i].status || (pages[i].has != NULL && strstr(out, pages[i].has) == NULL))
            fail_msg("expected %d %s, got %s for %s", pages[i].status, pages[i].has, out, pages[i].request);
    }
    ask("GET /desk.js HTTP/1.1\r\nHost: h\r\n\r\n", out, sizeof out);
    const char *found = strstr(out, "etag: ");
    assert_non_null(found);
    assert_int_equal(sscanf(found, "etag: %63s", tag), 1);
    snprintf(again, sizeof again, "GET /desk.js HTTP/1.1\r\nHost: h\r\nIf-None-Match: %s\r\n\r\n", tag);
    assert_int_equal(ask(again, out, sizeof out), 304);
}

static void one_connection_carries_many_requests(void **state)
{
    (void)state;
    char out[65536];
    int fd = dial_from("127.0.0.1");
    for (int i = 0; i < 5; i++) {
        tell(fd, "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n", 34);
        read_some(fd, out, sizeof out, "\"edition\":7}", 5000);
        assert_non_null(strstr(out, "\"edition\":7}"));
    }
    close(fd);
}

static int log_in(const char *password, char *out, size_t room)
{
    char request[512], body[128];
    int size = snprintf(body, sizeof body, "{\"name\":\"ada\",\"password\":\"%s\"}", password);
    snprintf(request, sizeof request, "POST /desk/login HTTP/1.1\r\nHost: h\r\n" ORIGIN "Content-Length: %d\r\n\r\n%s",
             size, body);
    return ask(request, out, room);
}

static void an_agent_logs_in_and_out(void **state)
{
    (void)state;
    char out[4096], request[1024], cookie[128];
    int code;
    assert_int_equal(log_in("sbagliata", out, sizeof out), 401);
    assert_int_equal(log_in("giusta", out, sizeof out), 204);
    const char *set = strstr(out, "set-cookie: ");
    assert_non_null(set);
    assert_int_equal(sscanf(set, "set-cookie: %127[^;]", cookie), 1);
    assert_non_null(strstr(set, "; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200; Secure"));
    snprintf(request, sizeof request, "GET /desk/session HTTP/1.1\r\nHost: h\r\nCookie: a=b; %s\r\n\r\n", cookie);
    assert_int_equal(ask(request, out, sizeof out), 200);

    snprintf(
        request, sizeof request,
        "GET /desk/socket HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nCookie: %s\r\n" ORIGIN KEY
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sportello.desk.v1\r\n\r\n",
        cookie);
    int fd = dial_from("127.0.0.1");
    tell(fd, request, strlen(request));
    expect(fd, "HTTP/1.1 101");
    says(fd, HELLO, "\"user\":\"ada\"");
    assert_int_equal(hall_of_test.agents, 1);
    int before = hall_of_test.alive;
    expect(fd, "\x89\x01s");
    say(fd, 0x8a, "s", 1);
    poll(NULL, 0, 200);
    assert_int_equal(hall_of_test.alive, before + 1);

    snprintf(request, sizeof request,
             "POST /desk/logout HTTP/1.1\r\nHost: h\r\nCookie: %s\r\n" ORIGIN "Content-Length: 0\r\n\r\n", cookie);
    assert_int_equal(ask(request, out, sizeof out), 204);
    assert_non_null(strstr(out, "Max-Age=0"));
    assert_true(ends(fd, 5000, &code));
    assert_int_equal(code, 1008);
    close(fd);
    for (int i = 0; i < 20 && hall_of_test.agents != 0; i++)
        poll(NULL, 0, 50);
    assert_int_equal(hall_of_test.agents, 0);
}

static void guessing_is_slowed_down(void **state)
{
    (void)state;
    char out[4096];
    int status = 401;
    for (int i = 0; i < 8 && status == 401; i++)
        status = log_in("sbagliata", out, sizeof out);
    assert_int_equal(status, 429);
    assert_non_null(strstr(out, "retry-after: "));
}

/* --- the control socket and the end --------------------------------------------------------------------------- */

static void what_stands_beside_wakes_the_loop_and_has_its_figures(void **state)
{
    (void)state;
    char out[65536];
    static const char request[] = "GET /metrics HTTP/1.0\r\nHost: h\r\nConnection: close\r\n\r\n";
    server_wake(server);
    /* A request that comes after it is answered after it, once the loop has turned. */
    for (int i = 0; i < 100 && woken == 0; i++)
        ask(request, out, sizeof out);
    assert_true(woken > 0);
    int fd = dial_from("127.0.0.1");
    tell(fd, request, sizeof request - 1);
    read_some(fd, out, sizeof out, "sportello_woken 1\n", 5000);
    close(fd);
    assert_non_null(strstr(out, "sportello_woken 1\n"));
}

static void commands_come_over_the_control_socket(void **state)
{
    (void)state;
    char *argv[] = {"publish", "", "--force", NULL}, out[64] = "";
    int ends_of_pipe[2], kept = dup(STDOUT_FILENO);
    assert_int_equal(pipe(ends_of_pipe), 0);
    fflush(stdout);
    dup2(ends_of_pipe[1], STDOUT_FILENO);
    int code = server_ask(data, 3, argv);
    fflush(stdout);
    dup2(kept, STDOUT_FILENO);
    close(kept), close(ends_of_pipe[1]);
    assert_true(read(ends_of_pipe[0], out, sizeof out - 1) > 0);
    close(ends_of_pipe[0]);
    assert_int_equal(code, 3);
    assert_string_equal(out, "publish\n\n--force\n");
    assert_int_equal(server_ask("/nonexistent", 3, argv), -1);
}

static void the_end_says_good_bye(void **state)
{
    (void)state;
    int code, fd = greeted();
    server_stop(server);
    assert_true(ends(fd, 5000, &code));
    assert_int_equal(code, 1001);
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_openings_are_refused),
        cmocka_unit_test(frames_have_their_order_and_form),
        cmocka_unit_test(too_long_and_binary_are_closed),
        cmocka_unit_test(deadlines_hold),
        cmocka_unit_test(a_reader_that_does_not_read_is_cut),
        cmocka_unit_test(floods_and_rates_have_limits),
        cmocka_unit_test(pages_of_one_visitor_have_a_limit),
        cmocka_unit_test(addresses_have_limits_also_behind_a_proxy),
        cmocka_unit_test(pages_have_their_headers),
        cmocka_unit_test(one_connection_carries_many_requests),
        cmocka_unit_test(an_agent_logs_in_and_out),
        cmocka_unit_test(guessing_is_slowed_down),
        cmocka_unit_test(what_stands_beside_wakes_the_loop_and_has_its_figures),
        cmocka_unit_test(commands_come_over_the_control_socket),
        cmocka_unit_test(the_end_says_good_bye),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
