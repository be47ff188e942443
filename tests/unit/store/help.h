/* For the tests of store/ and desk/: a scratch folder in memory where there is one, and jobs in a line. */
#ifndef TESTS_STORE_HELP_H
#define TESTS_STORE_HELP_H

#include "base/clock.h"
#include "base/file.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define UNUSED __attribute__((unused))

static struct clock test_clock;

static UNUSED char *scratch_folder(void)
{
    static char path[64];
    snprintf(path, sizeof path, "%s/sportello-test-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(path));
    return path;
}

static UNUSED void scratch_remove(const char *folder)
{
    char **names;
    size_t count;
    assert_int_equal(file_list(folder, "", &names, &count), 0);
    for (size_t i = 0; i < count; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    file_list_free(names, count);
    assert_int_equal(rmdir(folder), 0);
}

static UNUSED struct store *scratch_store(const char *folder)
{
    const char *why = "";
    if (test_clock.wall_ms == NULL)
        test_clock = clock_manual(1000000);
    struct store *store = store_open(folder, &test_clock, &why);
    if (store == NULL)
        print_error("%s\n", why);
    assert_non_null(store);
    return store;
}

static UNUSED void nothing_done(struct store_job *job)
{
    (void)job;
}

#define NEW_JOB(type) ((struct type *)store_job_new(&type##_kind, sizeof(struct type), nothing_done, NULL))

/* Runs it, checks the result, leaves it to the caller to free. */
static UNUSED void run_for(struct store *store, void *job, enum store_result expected)
{
    store_run(store, job);
    assert_int_equal(((struct store_job *)job)->result, expected);
}

static UNUSED void token_of(int visitor, unsigned char token[TOKEN_HASH_BYTES])
{
    memset(token, 0, TOKEN_HASH_BYTES);
    memcpy(token, &visitor, sizeof visitor);
    token[TOKEN_HASH_BYTES - 1] = 1;
}

/* A turn of one visitor's message; not run. */
static UNUSED struct store_turn *said(int visitor, const char *cid, const char *text)
{
    struct store_turn *t = NEW_JOB(store_turn);
    token_of(visitor, t->token_hash);
    t->who = t->if_who = -1;
    t->event_count = 1;
    t->events = arena_array(t->job.arena, 1, sizeof *t->events);
    t->events[0].kind = EVENT_MESSAGE;
    t->events[0].from = FROM_VISITOR;
    t->events[0].cid = cid != NULL ? arena_strdup(t->job.arena, cid) : NULL;
    t->events[0].body = arena_strdup(t->job.arena, text);
    t->events[0].body_size = strlen(text);
    return t;
}

/* The same with a hand-off. */
static UNUSED struct store_turn *asked(int visitor, enum ticket_state state, const char *department, const char *lang)
{
    struct store_turn *t = said(visitor, NULL, "a person please");
    struct ticket_new *ticket = arena_alloc(t->job.arena, sizeof *ticket);
    ticket->state = state;
    ticket->department = department;
    ticket->lang = lang;
    ticket->question = "where is my order";
    t->ticket = ticket;
    t->who = STORE_WHO_WAITING;
    return t;
}

static UNUSED int64_t asked_now(struct store *store, int visitor, enum ticket_state state, const char *department,
                                const char *lang)
{
    struct store_turn *t = asked(visitor, state, department, lang);
    run_for(store, t, STORE_OK);
    int64_t ticket = t->ret_ticket;
    store_job_free(&t->job);
    return ticket;
}

static UNUSED int64_t user_now(struct store *store, const char *name)
{
    struct store_user_add *u = NEW_JOB(store_user_add);
    u->user = (struct user){.name = name, .role = "agent", .password_hash = "x"};
    run_for(store, u, STORE_OK);
    int64_t id = u->user.id;
    store_job_free(&u->job);
    return id;
}

#endif
