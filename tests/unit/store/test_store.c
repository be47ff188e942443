/* The store as a whole: acknowledged means committed, disks that refuse, two who want the same. */
#include "unit/store/help.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

static char folder[64];

static int setup(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "%s", scratch_folder());
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    scratch_remove(folder);
    return 0;
}

/* Waits for the thread without a clock: pumps until `*count` has reached `target`. */
static void pump_until(struct store *store, const size_t *count, size_t target)
{
    while (*count < target) {
        if (store_pump(store) == 0)
            sched_yield();
    }
}

/* --- order and groups ---------------------------------------------------------------------- */

static size_t answered;
static uint64_t last_tag;
static size_t results[8];

static void count_answer(struct store_job *job)
{
    assert_true(job->tag == 0 || job->tag > last_tag);
    last_tag = job->tag;
    answered++;
    results[job->result]++;
    store_job_free(job);
}

static void start_counting(void)
{
    answered = 0;
    last_tag = 0;
    memset(results, 0, sizeof results);
}

static void answers_come_in_the_order_of_submission(void **state)
{
    (void)state;
    struct store *store = scratch_store(folder);
    assert_int_equal(store_start(store, NULL, NULL), 0);
    start_counting();
    for (uint64_t i = 1; i <= 2000; i++) {
        struct store_job *job;
        if (i % 3 == 0) {
            struct store_load *l = NEW_JOB(store_load);
            token_of((int)(i % 7), l->token_hash);
            job = &l->job;
        } else {
            job = &said((int)(i % 7), NULL, "hello")->job;
        }
        job->done = count_answer;
        job->tag = i;
        assert_int_equal(store_submit(store, job), 0);
    }
    pump_until(store, &answered, 2000);
    assert_int_equal(results[STORE_OK] + results[STORE_MISSING], 2000);
    store_close(store);
}

static void a_refused_job_does_not_hurt_its_group(void **state)
{
    (void)state;
    struct store *store = scratch_store(folder);
    start_counting();
    for (uint64_t i = 1; i <= 30; i++) {
        struct store_turn *t = said((int)i, "a", "hello");
        if (i % 3 == 0)
            t->if_who = STORE_WHO_AGENT;
        if (i % 5 == 0)
            t->events[0].user = 777; /* there is no such user */
        t->job.done = count_answer;
        t->job.tag = i;
        assert_int_equal(store_submit(store, &t->job), 0);
    }
    assert_int_equal(store_pump(store), 30);
    assert_int_equal(results[STORE_OK], 16);
    assert_int_equal(results[STORE_REFUSED], 14);
    assert_false(store_failing(store));
    store_close(store);
    store = scratch_store(folder);
    for (int i = 1; i <= 30; i++) {
        struct store_load *l = NEW_JOB(store_load);
        token_of(i, l->token_hash);
        run_for(store, l, i % 3 == 0 || i % 5 == 0 ? STORE_MISSING : STORE_OK);
        store_job_free(&l->job);
    }
    store_close(store);
}

static void a_full_queue_refuses_and_loses_nothing(void **state)
{
    (void)state;
    struct store *store = scratch_store(folder);
    start_counting();
    struct store_load *l = NULL;
    for (size_t i = 0; i <= STORE_QUEUE_MAX; i++) {
        l = NEW_JOB(store_load);
        l->conversation = 1;
        l->job.done = count_answer;
        assert_int_equal(store_submit(store, &l->job), i < STORE_QUEUE_MAX ? 0 : -1);
    }
    store_job_free(&l->job);
    assert_int_equal(store_pump(store), STORE_QUEUE_MAX);
    assert_int_equal(answered, STORE_QUEUE_MAX);
    store_close(store);
}

static void closing_finishes_the_queue(void **state)
{
    (void)state;
    struct store *store = scratch_store(folder);
    assert_int_equal(store_start(store, NULL, NULL), 0);
    start_counting();
    for (int i = 0; i < 500; i++) {
        struct store_turn *t = said(1, NULL, "hello");
        t->job.done = count_answer;
        assert_int_equal(store_submit(store, &t->job), 0);
    }
    store_close(store);
    assert_int_equal(results[STORE_OK], 500);
}

static long log_size(void)
{
    char path[128];
    struct stat file;
    snprintf(path, sizeof path, "%s/sportello.db-wal", folder);
    return stat(path, &file) == 0 ? (long)file.st_size : -1;
}

static void a_group_that_only_reads_writes_nothing(void **state)
{
    (void)state;
    struct store *store = scratch_store(folder);
    struct store_turn *t = said(1, "a", "hello");
    run_for(store, t, STORE_OK);
    long before = log_size();
    start_counting();
    for (int i = 0; i < 100; i++) {
        struct store_load *l = NEW_JOB(store_load);
        token_of(1, l->token_hash);
        l->job.done = count_answer;
        store_submit(store, &l->job);
    }
    store_pump(store);
    assert_int_equal(results[STORE_OK], 100);
    assert_true(before > 0);
    assert_int_equal(log_size(), before);
    run_for(store, t, STORE_DUPLICATE);
    assert_int_equal(log_size(), before);
    store_job_free(&t->job);
    store_close(store);
}

/* --- disks that refuse ------------------------------------------------------------------------ */

/* Says until the store refuses; returns how many were taken. */
static int fill(struct store *store)
{
    char text[8001];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (int i = 0; i < 5000; i++) {
        struct store_turn *t = said(1, NULL, text);
        store_run(store, &t->job);
        enum store_result result = t->job.result;
        assert_true(result == STORE_OK || result == STORE_UNAVAILABLE);
        if (result == STORE_UNAVAILABLE)
            assert_int_equal(t->conversation, 0);
        store_job_free(&t->job);
        if (result == STORE_UNAVAILABLE)
            return i;
    }
    fail_msg("the disk never filled up");
    return -1;
}

static void expect_events(struct store *store, int count)
{
    struct store_load *l = NEW_JOB(store_load);
    token_of(1, l->token_hash);
    run_for(store, l, STORE_OK);
    assert_int_equal(l->row.last_seq, count);
    store_job_free(&l->job);
}

/* In one group: both writers are refused, the reader between them sees only what is committed. */
static void expect_refusal_of_writers_only(struct store *store, int count)
{
    struct store_turn *first = said(1, NULL, "small"), *second = said(2, NULL, "small");
    struct store_load *read = NEW_JOB(store_load);
    char *big = calloc(1, STORE_BODY_BYTES + 1);
    memset(big, 'x', STORE_BODY_BYTES);
    second->events[0].body = big;
    second->events[0].body_size = STORE_BODY_BYTES;
    token_of(1, read->token_hash);
    store_submit(store, &first->job);
    store_submit(store, &read->job);
    store_submit(store, &second->job);
    assert_int_equal(store_pump(store), 3);
    assert_int_equal(first->job.result, STORE_UNAVAILABLE);
    assert_int_equal(second->job.result, STORE_UNAVAILABLE);
    assert_int_equal(read->job.result, STORE_OK);
    assert_int_equal(read->row.last_seq, count);
    assert_int_equal(first->conversation, 0);
    assert_true(store_failing(store));
    store_job_free(&first->job);
    store_job_free(&second->job);
    store_job_free(&read->job);
    free(big);
}

static void expect_recovery(struct store *store, int count)
{
    struct store_turn *t = said(1, NULL, "again");
    run_for(store, t, STORE_OK);
    assert_int_equal(t->ret_first_seq, count + 1);
    assert_false(store_failing(store));
    store_job_free(&t->job);
}

/* A file may not grow beyond RLIMIT_FSIZE: write() fails with EFBIG, an I/O error to SQLite. */
static void a_write_error_is_refused_and_recovers(void **state)
{
    (void)state;
    struct store *store = scratch_store(folder);
    struct rlimit before, small = {3000000, RLIM_INFINITY};
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_IGN);
    small.rlim_max = before.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    int count = fill(store);
    expect_refusal_of_writers_only(store, count);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_true(count > 5);
    expect_events(store, count);
    expect_recovery(store, count);
    store_close(store);
}

/* A small file system of our own, unmounted at the end. */
static bool mount_small(const char *at)
{
    return mkdir(at, 0700) == 0 && mount("tmpfs", at, "tmpfs", 0, "size=4000k") == 0;
}

static void a_full_disk_is_refused_and_recovers(void **state)
{
    (void)state;
    char small[96], ballast[128];
    snprintf(small, sizeof small, "%s/small", folder);
    if (!mount_small(small)) {
        rmdir(small);
        print_message("skipped: mounting a small tmpfs is refused (%s)\n", strerror(errno));
        skip();
    }
    struct store *store = scratch_store(small);
    snprintf(ballast, sizeof ballast, "%s/ballast", small);
    FILE *file = fopen(ballast, "w");
    for (int i = 0; i < 1000; i++)
        fprintf(file, "%01023d\n", 0);
    fclose(file);
    int count = fill(store);
    expect_refusal_of_writers_only(store, count);
    expect_events(store, count);
    unlink(ballast);
    expect_recovery(store, count);
    store_close(store);
    assert_int_equal(umount(small), 0);
    assert_int_equal(rmdir(small), 0);
}

/* In a child that is nobody, because root may write everything. Exit codes tell where it failed. */
static int serve_read_only(void)
{
    char file[128];
    snprintf(file, sizeof file, "%s/sportello.db", folder);
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return 10;
    const char *why;
    struct store *store = store_open(folder, &test_clock, &why);
    if (store == NULL)
        return 11;
    bool failing = store_failing(store);
    struct store_turn *t = said(1, NULL, "refused");
    store_run(store, &t->job);
    bool refused = t->job.result == STORE_UNAVAILABLE;
    struct store_load *l = NEW_JOB(store_load);
    token_of(1, l->token_hash);
    store_run(store, &l->job);
    bool read = l->job.result == STORE_OK && l->row.last_seq == 1;
    static const char *const parts[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        char part[160];
        snprintf(part, sizeof part, "%s%s", file, parts[i]);
        if (chmod(part, 0600) != 0 && i == 0)
            return 12;
    }
    store_run(store, &t->job);
    bool recovered = t->job.result == STORE_OK && !store_failing(store);
    store_job_free(&t->job);
    store_job_free(&l->job);
    store_close(store);
    return !failing ? 13 : !refused ? 14 : !read ? 15 : !recovered ? 16 : 0;
}

static void a_read_only_file_is_read_and_recovers(void **state)
{
    (void)state;
    struct store *store = scratch_store(folder);
    struct store_turn *t = said(1, NULL, "hello");
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
    store_close(store);
    char file[128];
    snprintf(file, sizeof file, "%s/sportello.db", folder);
    if (geteuid() == 0) {
        assert_int_equal(chown(file, 65534, 65534), 0);
        assert_int_equal(chown(folder, 65534, 65534), 0);
    }
    assert_int_equal(chmod(file, 0400), 0);
    pid_t child = fork();
    if (child == 0)
        _exit(serve_read_only());
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* --- power cuts --------------------------------------------------------------------------------- */

struct acknowledged {
    int64_t number, seq;
};
static int acknowledgements;

static void tell_parent(struct store_job *job)
{
    struct store_turn *t = (struct store_turn *)job;
    struct acknowledged a = {(int64_t)job->tag, t->ret_first_seq};
    if (job->result != STORE_OK || write(acknowledgements, &a, sizeof a) != (ssize_t)sizeof a)
        _exit(3);
    store_job_free(job);
}

static void talk_until_killed(int64_t number)
{
    const char *why;
    struct store *store = store_open(folder, &test_clock, &why);
    if (store == NULL || store_start(store, NULL, NULL) != 0)
        _exit(2);
    for (;; number++) {
        char cid[24];
        snprintf(cid, sizeof cid, "c%lld", (long long)number);
        struct store_turn *t = said(1, cid, "hello");
        t->job.done = tell_parent;
        t->job.tag = (uint64_t)number;
        while (store_submit(store, &t->job) != 0)
            store_pump(store);
        if (number % 16 == 0)
            store_pump(store);
    }
}

/* Reads the whole conversation: cids c1, c2 … at seq 1, 2 …; returns the last number. */
static int64_t expect_gapless(void)
{
    struct store *store = scratch_store(folder);
    int64_t seq = 0, conversation = 0;
    struct store_load *l = NEW_JOB(store_load);
    token_of(1, l->token_hash);
    store_run(store, &l->job);
    conversation = l->row.id;
    int64_t last = l->row.last_seq;
    store_job_free(&l->job);
    for (bool more = conversation != 0; more;) {
        struct store_events *e = NEW_JOB(store_events);
        e->conversation = conversation;
        e->after = seq;
        e->limit = 200;
        run_for(store, e, STORE_OK);
        for (size_t i = 0; i < e->event_count; i++) {
            char cid[24];
            snprintf(cid, sizeof cid, "c%lld", (long long)++seq);
            assert_int_equal(e->events[i].seq, seq);
            assert_string_equal(e->events[i].cid, cid);
        }
        more = e->ret_more;
        store_job_free(&e->job);
    }
    assert_int_equal(seq, last);
    store_close(store);
    return seq;
}

static void killed_at_any_moment_nothing_acknowledged_is_lost(void **state)
{
    (void)state;
    int64_t stored = 0, acknowledged_total = 0;
    unsigned seed = 7;
    for (int round = 0; round < 50; round++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0) {
            close(ends[0]);
            acknowledgements = ends[1];
            talk_until_killed(stored + 1);
        }
        close(ends[1]);
        /* The moment is counted in acknowledgements seen, from none at all. */
        int until = round % 10 == 0 ? 0 : rand_r(&seed) % 400;
        struct acknowledged a;
        int64_t highest = 0;
        int seen = 0;
        for (; seen < until && read(ends[0], &a, sizeof a) == (ssize_t)sizeof a; seen++)
            highest = a.seq;
        assert_int_equal(seen, until);
        kill(child, SIGKILL);
        while (read(ends[0], &a, sizeof a) == (ssize_t)sizeof a) {
            assert_int_equal(a.number, a.seq);
            assert_true(a.seq > highest);
            highest = a.seq;
            seen++;
        }
        close(ends[0]);
        int status;
        waitpid(child, &status, 0);
        assert_true(WIFSIGNALED(status));
        stored = expect_gapless();
        assert_true(highest <= stored);
        acknowledged_total += seen;
    }
    assert_true(acknowledged_total > 1000);
}

/* --- two who want the same ------------------------------------------------------------------------ */

enum { CLAIMS = 1000 };
static unsigned char taken[CLAIMS + 1];
static size_t claims_answered, claims_won;

static void count_claim(struct store_job *job)
{
    struct store_assign *a = (struct store_assign *)job;
    claims_answered++;
    if (job->result == STORE_OK) {
        taken[a->ticket.id - 1000]++;
        claims_won++;
    } else {
        assert_int_equal(job->result, STORE_MISSING);
    }
    store_job_free(job);
}

static struct store_assign *claim(int64_t user)
{
    struct store_assign *a = NEW_JOB(store_assign);
    a->user = user;
    a->to = TICKET_CLAIMED;
    a->who = STORE_WHO_AGENT;
    a->capacity = 1 << 20;
    return a;
}

static void two_agents_claim_a_thousand_times_and_none_is_claimed_twice(void **state)
{
    (void)state;
    struct store *store = scratch_store(folder);
    int64_t users[2] = {user_now(store, "anna"), user_now(store, "bruno")};
    start_counting();
    memset(taken, 0, sizeof taken);
    claims_answered = claims_won = 0;
    assert_int_equal(store_start(store, NULL, NULL), 0);
    for (int i = 0; i < CLAIMS; i++) {
        struct store_turn *t = asked(i + 1, TICKET_WAITING, "shop", "it");
        t->job.done = count_answer;
        assert_int_equal(store_submit(store, &t->job), 0);
        for (int who = 0; who < 2; who++) {
            struct store_assign *a = claim(users[who]);
            a->job.done = count_claim;
            assert_int_equal(store_submit(store, &a->job), 0);
        }
        if (i % 50 == 0)
            store_pump(store);
    }
    pump_until(store, &claims_answered, 2 * CLAIMS);
    assert_int_equal(claims_won, CLAIMS);
    for (int i = 1; i <= CLAIMS; i++)
        assert_int_equal(taken[i], 1);
    store_close(store);
}

/* A process of its own claims everything it can and writes the ids down. */
static void claim_all(int64_t user, int out)
{
    const char *why;
    struct store *store = store_open(folder, &test_clock, &why);
    if (store == NULL)
        _exit(2);
    for (;;) {
        struct store_assign *a = claim(user);
        store_run(store, &a->job);
        if (a->job.result == STORE_MISSING)
            _exit(0);
        if (a->job.result == STORE_OK && write(out, &a->ticket.id, sizeof a->ticket.id) != sizeof a->ticket.id)
            _exit(3);
        store_job_free(&a->job);
    }
}

static void two_processes_claim_and_none_is_claimed_twice(void **state)
{
    (void)state;
    struct store *store = scratch_store(folder);
    int64_t users[2] = {user_now(store, "anna"), user_now(store, "bruno")};
    for (int i = 1; i <= CLAIMS; i++)
        asked_now(store, i, TICKET_WAITING, "shop", "it");
    store_close(store);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t children[2];
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        if (children[i] == 0)
            claim_all(users[i], ends[1]);
    }
    close(ends[1]);
    memset(taken, 0, sizeof taken);
    int64_t id;
    while (read(ends[0], &id, sizeof id) == (ssize_t)sizeof id)
        taken[id - 1000]++;
    close(ends[0]);
    for (int i = 0; i < 2; i++) {
        int status;
        waitpid(children[i], &status, 0);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    for (int i = 1; i <= CLAIMS; i++)
        assert_int_equal(taken[i], 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(answers_come_in_the_order_of_submission),
        TEST(a_refused_job_does_not_hurt_its_group),
        TEST(a_full_queue_refuses_and_loses_nothing),
        TEST(closing_finishes_the_queue),
        TEST(a_group_that_only_reads_writes_nothing),
        TEST(a_write_error_is_refused_and_recovers),
        TEST(a_full_disk_is_refused_and_recovers),
        TEST(a_read_only_file_is_read_and_recovers),
        TEST(killed_at_any_moment_nothing_acknowledged_is_lost),
        TEST(two_agents_claim_a_thousand_times_and_none_is_claimed_twice),
        TEST(two_processes_claim_and_none_is_claimed_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
