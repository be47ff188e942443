/* Counters as Prometheus text: see metrics.h. */
#include "net/metrics.h"

#include "base/version.h"
#include "net/clients.h"
#include "net/line.h"
#include "net/peer.h"
#include "wire/json.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { TEXT_BYTES = 65536 };

static const char *const refusals[REFUSAL_KINDS] = {
    [REFUSED_ORIGIN] = "origin",   [REFUSED_FORM] = "form",   [REFUSED_UPGRADE] = "upgrade",
    [REFUSED_ADDRESS] = "address", [REFUSED_TOTAL] = "total", [REFUSED_SESSION] = "session"};

/* A family and its one sample, or, with a label, one of its samples. */
static void put(struct buf *out, const char *name, const char *type, const char *help, double value)
{
    buf_printf(out, "# HELP sportello_%s %s\n# TYPE sportello_%s %s\nsportello_%s %.17g\n", name, help, name, type,
               name, value);
}

static void put_family(struct buf *out, const char *name, const char *type, const char *help)
{
    buf_printf(out, "# HELP sportello_%s %s\n# TYPE sportello_%s %s\n", name, help, name, type);
}

static void put_labelled(struct buf *out, const char *name, const char *label, const char *value, double number)
{
    buf_printf(out, "sportello_%s{%s=\"%s\"} %.17g\n", name, label, value, number);
}

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void put_process(const struct server *s, struct buf *out)
{
    put_family(out, "build_info", "gauge", "The running version.");
    put_labelled(out, "build_info", "version", SPORTELLO_VERSION, 1);
    put(out, "uptime_seconds", "gauge", "Since the start.",
        (double)(clock_mono_ms(s->config.clock) - s->started_ms) / 1000);
    put(out, "cpu_seconds_total", "counter", "Processor time of all threads.", cpu_seconds());
    put(out, "edition", "gauge", "Number of the live edition.", (double)edition_number(s->edition));
    put(out, "store_failing", "gauge", "1 while the store cannot write.", store_failing(s->config.store));
}

static void put_turns(const struct hall_counts *c, struct buf *out)
{
    const struct {
        const char *kind;
        uint64_t count;
    } kinds[] = {{"answer", c->answers},
                 {"offer", c->offers},
                 {"rephrase", c->rephrases},
                 {"handoff", c->handoffs},
                 {"rule", c->rules}};
    put(out, "turns_total", "counter", "Turns of visitors.", (double)c->turns);
    put_family(out, "outcomes_total", "counter", "What the assistant did in a turn.");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        put_labelled(out, "outcomes_total", "kind", kinds[i].kind, (double)kinds[i].count);
    put(out, "second_looks_total", "counter", "Turns that paused to find out more.", (double)c->second_looks);
    put(out, "second_looks_without_total", "counter", "… of them those that found out nothing.",
        (double)c->second_looks_without);
    put(out, "questions_missed_total", "counter", "Questions not kept to be learnt from: too many are open.",
        (double)c->questions_missed);
    put(out, "duplicates_total", "counter", "Messages that were sent again and stored once.", (double)c->duplicates);
    put(out, "not_saved_total", "counter", "Messages refused because the store could not write.", (double)c->not_saved);
    put(out, "conversations", "gauge", "Conversations in memory.", (double)c->conversations);
    put(out, "visitors", "gauge", "Visitors connected.", (double)c->visitors);
    put(out, "agents", "gauge", "Agents connected.", (double)c->agents);
    put(out, "tickets_waiting", "gauge", "Tickets that wait for a person.", (double)c->waiting);
    put(out, "tickets_claimed", "gauge", "Tickets that a person has.", (double)c->claimed);
}

static void put_net(const struct server *s, struct buf *out)
{
    const struct counters *c = &s->counters;
    put(out, "sockets", "gauge", "Accepted sockets of any kind.", (double)s->sockets);
    put(out, "connections", "gauge", "WebSockets, and lines of polls.", (double)guard_connections(s->guard));
    put(out, "poll_lines", "gauge", "… of them lines of polls.", (double)line_count(s));
    put(out, "outbox_bytes", "gauge", "Bytes that wait to be written.", (double)clients_waiting_bytes(s));
    put(out, "requests_total", "counter", "HTTP requests answered.", (double)c->requests);
    put(out, "frames_received_total", "counter", "Frames received.", (double)c->frames_in);
    put(out, "frames_sent_total", "counter", "Frames sent.", (double)c->frames_out);
    put(out, "received_bytes_total", "counter", "Bytes of frames received.", (double)c->bytes_in);
    put(out, "sent_bytes_total", "counter", "Bytes of frames sent.", (double)c->bytes_out);
    put(out, "bad_frames_total", "counter", "Frames refused for their form.", (double)c->bad_frames);
    put(out, "slowed_total", "counter", "Frames and logins told to slow down.", (double)c->slowed);
    put_family(out, "refused_total", "counter", "Openings refused.");
    for (int i = 0; i < REFUSAL_KINDS; i++)
        put_labelled(out, "refused_total", "why", refusals[i], (double)c->refused[i]);
    put_family(out, "cut_total", "counter", "Connections cut.");
    put_labelled(out, "cut_total", "why", "slow_reader", (double)c->cut_slow);
    put_labelled(out, "cut_total", "why", "half_frame", (double)c->cut_half);
    put_labelled(out, "cut_total", "why", "silent", (double)c->cut_silent);
    put_labelled(out, "cut_total", "why", "flood", (double)c->cut_flood);
    put_family(out, "logins_total", "counter", "Tries to log in.");
    put_labelled(out, "logins_total", "result", "good", (double)c->logins_good);
    put_labelled(out, "logins_total", "result", "wrong", (double)c->logins_wrong);
    put(out, "library_warnings_total", "counter", "Warnings of libwebsockets.", (double)c->library_warnings);
}

char *metrics_text(const struct server *s)
{
    struct hall_counts counts = {0};
    struct buf out;
    buf_init(&out, TEXT_BYTES);
    hall_counts(s->hall, &counts);
    put_process(s, &out);
    put_turns(&counts, &out);
    put_net(s, &out);
    if (s->config.metrics != NULL)
        s->config.metrics(s->config.context, &out);
    return buf_take(&out, NULL);
}

char *metrics_health(const struct server *s, int *ret_status)
{
    bool failing = store_failing(s->config.store);
    struct buf out;
    buf_init(&out, 1024);
    json_open(&out, NULL, '{');
    json_text(&out, "status", failing ? "store_failing" : "ok");
    json_text(&out, "version", SPORTELLO_VERSION);
    json_number(&out, "edition", edition_number(s->edition));
    json_close(&out, '}');
    *ret_status = failing ? 503 : 200;
    return buf_take(&out, NULL);
}

bool metrics_allowed(const struct server *s, const struct peer *peer, const char *authorization)
{
    static const char scheme[] = "Bearer ";
    size_t size = sizeof scheme - 1;
    if (peer != NULL && !peer->proxied && address_is_loopback(&peer->from))
        return true;
    if (s->metrics_token == NULL || authorization == NULL || strncasecmp(authorization, scheme, size) != 0)
        return false;
    unsigned char given[32], wanted[32];
    const char *token = authorization + size;
    crypto_generichash(given, sizeof given, (const unsigned char *)token, strlen(token), NULL, 0);
    crypto_generichash(wanted, sizeof wanted, (const unsigned char *)s->metrics_token, strlen(s->metrics_token), NULL,
                       0);
    return sodium_memcmp(given, wanted, sizeof given) == 0;
}
