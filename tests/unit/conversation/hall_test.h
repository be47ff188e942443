/* A hall with a real store in a folder of its own, a small site, a clock that the test moves, and all
 * frames that go out kept as JSON. Store jobs are carried out by pump(), in order, without a thread. */
#ifndef HALL_TEST_H
#define HALL_TEST_H

#include "base/clock.h"
#include "conversation/hall.h"
#include "edition/edition.h"
#include "edition/image.h"
#include "store/store.h"
#include "wire/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SENT_MAX = 4000 };

struct sent {
    uint64_t client;
    char *json;
};

struct fixture {
    char folder[64];
    struct clock clock;
    struct store *store;
    struct edition *edition;
    struct hall *hall;
    struct sent sent[SENT_MAX];
    size_t count;
};

static const char hall_test_knowledge[] =
    "## Quanto costa la spedizione? {#costo-spedizione}\n- quanto pago di spedizione\n- la consegna è gratis?\n\n"
    "In Italia costa **6,50 €**.\n\n"
    "## Quali sono gli orari di apertura? {#orari}\n- a che ora aprite\n- siete aperti il sabato?\n\n"
    "Dal lunedì al sabato, dalle 8 alle 19.\n\n"
    "## Come posso pagare con la carta? {#pagamenti}\n- accettate il bancomat?\n\nCon carta o PayPal.\n\n"
    "## Posso restituire un articolo difettoso? {#resi}\n- vorrei fare un reso\n\nEntro 30 giorni.\n";

static inline void hall_test_send(void *context, uint64_t client, const struct outgoing *out)
{
    struct fixture *f = context;
    struct buf json;
    buf_init(&json, 1 << 20);
    assert_int_equal(message_write(out, &json), 0);
    assert_true(f->count < SENT_MAX);
    f->sent[f->count++] = (struct sent){client, buf_take(&json, NULL)};
}

/* Marks the image's first index as one with embeddings, so that turns that are not sure want a second look. */
static inline void hall_test_mark_embedded(struct buf *image)
{
    struct edition_header *head = (struct edition_header *)(void *)image->data;
    struct image_index *x = (struct image_index *)(void *)(image->data + head->sections[EDITION_INDEXES].at);
    x->meanings |= 1u << MEANING_EMBEDDED;
    head->checksum = edition_image_checksum(head, image->data + sizeof *head, image->size - sizeof *head);
}

static inline struct edition *hall_test_edition_of(const struct source *sources, size_t count)
{
    struct arena *arena = arena_new(64 << 20);
    struct problems *problems = problems_new();
    struct site *site = site_from_sources(arena, sources, count, "2026-01-01", problems);
    struct buf image;
    const char *why = "";
    buf_init(&image, 16 << 20);
    assert_non_null(site);
    if (problems_count(problems, SEVERITY_ERROR) > 0)
        problems_print(problems, stderr);
    assert_int_equal(problems_count(problems, SEVERITY_ERROR), 0);
    assert_int_equal(edition_compile(site, &image, problems, NULL), 0);
    hall_test_mark_embedded(&image);
    struct edition *e = edition_from_image(&image, &why);
    assert_non_null(e);
    buf_free(&image);
    problems_free(problems);
    arena_free(arena);
    return e;
}

static inline struct edition *hall_test_edition(void)
{
    const struct source sources[] = {
        {"knowledge/it/tutto.md", hall_test_knowledge, sizeof hall_test_knowledge - 1},
        {"sportello.yaml", "languages: [it]\n", 16},
    };
    return hall_test_edition_of(sources, 2);
}

/* Opens the hall over the same folder: also what a restart does. */
static inline void hall_test_open(struct fixture *f)
{
    const char *why = "";
    f->store = store_open(f->folder, &f->clock, &why);
    if (f->store == NULL)
        fail_msg("%s", why);
    const struct hall_out out = {f, hall_test_send};
    f->hall = hall_new(f->store, &f->clock, f->edition, &message_codec, &out);
    assert_non_null(f->hall);
    while (store_pump(f->store) > 0)
        continue;
}

static inline void hall_test_close(struct fixture *f)
{
    while (store_pump(f->store) > 0)
        continue;
    hall_free(f->hall);
    store_close(f->store);
}

static inline int hall_test_set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    snprintf(f->folder, sizeof f->folder, "/tmp/sportello-hall-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    f->clock = clock_manual(1000000);
    f->edition = hall_test_edition();
    hall_test_open(f);
    *state = f;
    return 0;
}

static inline int hall_test_tear_down(void **state)
{
    struct fixture *f = *state;
    char path[128];
    static const char *const names[] = {"sportello.db", "sportello.db-wal", "sportello.db-shm"};
    hall_test_close(f);
    edition_unpin(f->edition);
    for (size_t i = 0; i < f->count; i++)
        free(f->sent[i].json);
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", f->folder, names[i]);
        remove(path);
    }
    remove(f->folder);
    free(f);
    return 0;
}

static inline void pump(struct fixture *f)
{
    while (store_pump(f->store) > 0)
        continue;
}

/* The clock goes on second by second, with the hall's tick. */
static inline void pass_seconds(struct fixture *f, int seconds)
{
    for (int i = 0; i < seconds; i++) {
        f->clock.manual_ms += 1000;
        hall_tick(f->hall);
        pump(f);
    }
}

/* The i-th frame to a client that contains the text, from `from` on; NULL = none. */
static inline const char *got(const struct fixture *f, uint64_t client, const char *text, size_t from)
{
    for (size_t i = from; i < f->count; i++) {
        if (f->sent[i].client == client && strstr(f->sent[i].json, text) != NULL)
            return f->sent[i].json;
    }
    return NULL;
}

static inline size_t got_count(const struct fixture *f, uint64_t client, const char *text, size_t from)
{
    size_t n = 0;
    for (size_t i = from; i < f->count; i++)
        n += f->sent[i].client == client && strstr(f->sent[i].json, text) != NULL;
    return n;
}

/* All frames since `from`, for a failing test's reader. */
static inline void show(const struct fixture *f, size_t from)
{
    for (size_t i = from; i < f->count; i++)
        print_message("%llu: %s\n", (unsigned long long)f->sent[i].client, f->sent[i].json);
}

#define assert_got(f, client, text, from)                                                                              \
    do {                                                                                                               \
        if (got(f, client, text, from) == NULL) {                                                                      \
            show(f, from);                                                                                             \
            fail_msg("client %d did not get %s", (int)(client), text);                                                 \
        }                                                                                                              \
    } while (0)
#define assert_not_got(f, client, text, from)                                                                          \
    do {                                                                                                               \
        if (got(f, client, text, from) != NULL) {                                                                      \
            show(f, from);                                                                                             \
            fail_msg("client %d got %s", (int)(client), text);                                                         \
        }                                                                                                              \
    } while (0)

static inline void hello(struct fixture *f, uint64_t client, const char *token, int64_t after)
{
    hall_visitor(f->hall, client, &(struct frame){.kind = FRAME_HELLO, .lang = "it", .token = token, .after = after});
    pump(f);
}

/* Copies the token out of the client's welcome. */
static inline void token_of(const struct fixture *f, uint64_t client, char ret_token[64])
{
    const char *json = got(f, client, "\"token\":\"", 0);
    assert_non_null(json);
    const char *at = strstr(json, "\"token\":\"") + strlen("\"token\":\"");
    snprintf(ret_token, 64, "%.*s", (int)strcspn(at, "\""), at);
}

static inline void say(struct fixture *f, uint64_t client, const char *cid, const char *text)
{
    hall_visitor(f->hall, client, &(struct frame){.kind = FRAME_SAY, .cid = cid, .text = text});
}

/* An agent whose session was checked comes to the counter. */
static inline void agent_in(struct fixture *f, uint64_t client, int64_t id, const char *name)
{
    struct user user = {.id = id, .name = name, .role = "agent", .departments = "", .languages = ""};
    struct store_user_add *job = store_job_new(&store_user_add_kind, sizeof *job, NULL, NULL);
    job->user = user;
    job->user.password_hash = "x";
    store_run(f->store, &job->job);
    user.id = job->user.id;
    store_job_free(&job->job);
    hall_agent_in(f->hall, client, &user);
    hall_agent(f->hall, client, &(struct frame){.kind = FRAME_DESK_HELLO, .lang = "it"});
    hall_agent(f->hall, client, &(struct frame){.kind = FRAME_DESK_PRESENCE, .state = "online"});
    pump(f);
}

#endif
