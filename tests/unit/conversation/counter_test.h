/* A counter with two departments and five people, for tests of what each of them may see and do: Anna, Bruno and Carla
 * of the shop and of the orders, Edo who edits, Ada who may all. */
#ifndef COUNTER_TEST_H
#define COUNTER_TEST_H

#include "hall_test.h"

enum { VISITOR = 1, ANNA = 100, BRUNO, CARLA, EDO, ADA };

static struct edition *counter_editions[2]; /* agents take · tickets are offered */

static const struct {
    uint64_t client;
    const char *name, *role, *departments;
} counter_people[] = {
    {ANNA, "Anna", "agent", "negozio"}, {BRUNO, "Bruno", "agent", "negozio"}, {CARLA, "Carla", "agent", "ordini"},
    {EDO, "Edo", "editor", ""},         {ADA, "Ada", "admin", "ordini"},
};

static inline int counter_test_editions(void **state)
{
    static const char *const sites[] = {
        "languages: [it]\ndepartments:\n  negozio:\n    name: {it: Negozio}\n  ordini:\n    name: {it: Ordini}\n",
        "languages: [it]\ndesk:\n  assign: push\ndepartments:\n  negozio:\n    name: {it: Negozio}\n"
        "  ordini:\n    name: {it: Ordini}\n"};
    (void)state;
    for (int i = 0; i < 2; i++) {
        const struct source sources[] = {
            {"knowledge/it/tutto.md", hall_test_knowledge, sizeof hall_test_knowledge - 1},
            {"sportello.yaml", sites[i], strlen(sites[i])},
        };
        counter_editions[i] = hall_test_edition_of(sources, 2);
    }
    return 0;
}

static inline int counter_test_no_editions(void **state)
{
    (void)state;
    edition_unpin(counter_editions[0]);
    edition_unpin(counter_editions[1]);
    return 0;
}

/* The number of a user by the client: they are made in the order of the table. */
static inline int64_t user_of(uint64_t client)
{
    return (int64_t)(client - ANNA) + 1;
}

static inline void counter_make_people(struct fixture *f)
{
    for (size_t i = 0; i < sizeof counter_people / sizeof *counter_people; i++) {
        struct store_user_add *job = store_job_new(&store_user_add_kind, sizeof *job, NULL, NULL);
        job->user = (struct user){.name = counter_people[i].name,
                                  .role = counter_people[i].role,
                                  .departments = counter_people[i].departments,
                                  .languages = "",
                                  .password_hash = "x"};
        store_run(f->store, &job->job);
        assert_int_equal(job->job.result, STORE_OK);
        assert_int_equal(job->user.id, user_of(counter_people[i].client));
        store_job_free(&job->job);
    }
}

/* One more page of a person: `client` is its connection. */
static inline void page_in(struct fixture *f, uint64_t client, uint64_t person, int64_t after_event)
{
    struct user user = {.id = user_of(person),
                        .name = counter_people[person - ANNA].name,
                        .role = counter_people[person - ANNA].role,
                        .departments = counter_people[person - ANNA].departments,
                        .languages = ""};
    hall_agent_in(f->hall, client, &user);
    hall_agent(f->hall, client, &(struct frame){.kind = FRAME_DESK_HELLO, .lang = "it", .after_event = after_event});
    pump(f);
}

static inline void desk(struct fixture *f, uint64_t client, struct frame frame)
{
    hall_agent(f->hall, client, &frame);
    pump(f);
}

static inline void counter_open_hall(struct fixture *f, bool push)
{
    snprintf(f->folder, sizeof f->folder, "/dev/shm/sportello-hall-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    f->clock = clock_manual(1000000);
    f->edition = edition_pin(counter_editions[push]);
    hall_test_open(f);
    counter_make_people(f);
    for (size_t i = 0; i < sizeof counter_people / sizeof *counter_people; i++) {
        page_in(f, counter_people[i].client, counter_people[i].client, 0);
        if (counter_people[i].client != EDO)
            desk(f, counter_people[i].client, (struct frame){.kind = FRAME_DESK_PRESENCE, .state = "online"});
    }
}

static inline int counter_test_set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    counter_open_hall(f, false);
    *state = f;
    return 0;
}

/* The ticket as it is stored; strings last until counter_row_free. */
static inline struct store_ticket *counter_row(struct fixture *f, int64_t id)
{
    struct store_ticket *job = store_job_new(&store_ticket_kind, sizeof *job, NULL, NULL);
    job->id = id;
    store_run(f->store, &job->job);
    assert_int_equal(job->job.result, STORE_OK);
    return job;
}

static inline void counter_human(struct fixture *f, uint64_t visitor)
{
    hello(f, visitor, NULL, 0);
    hall_visitor(f->hall, visitor, &(struct frame){.kind = FRAME_HUMAN, .cid = "h1"});
    pump(f);
}

static inline void counter_leave(struct fixture *f, uint64_t visitor, enum frame_kind kind)
{
    hello(f, visitor, NULL, 0);
    hall_visitor(f->hall, visitor,
                 &(struct frame){
                     .kind = kind, .cid = "m1", .text = "Avete viti M6?", .contact = "ada@example.com", .name = "Ada"});
    pump(f);
}

#endif
