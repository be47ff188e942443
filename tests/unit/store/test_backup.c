/* A backup is whole while the store writes; a restore takes only what is a whole database of ours. */
#include "unit/store/fixture.h"

#include <pthread.h>
#include <sched.h>
#include <sqlite3.h>
#include <sys/stat.h>

static char *path_of(const char *name)
{
    static char paths[4][160];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, 160, "%s/%s", folder, name);
    return path;
}

static int64_t last_seq(void)
{
    struct store_load *l = NEW_JOB(store_load);
    token_of(1, l->token_hash);
    store_run(store, &l->job);
    int64_t seq = l->row.last_seq;
    store_job_free(&l->job);
    return seq;
}

static void say(int times)
{
    for (int i = 0; i < times; i++) {
        struct store_turn *t = said(1, NULL, "hello");
        run_for(store, t, STORE_OK);
        store_job_free(&t->job);
    }
}

static void what_was_backed_up_comes_back_and_the_old_is_kept(void **state)
{
    (void)state;
    const char *why = "";
    say(5);
    assert_int_equal(store_backup(folder, path_of("b.db"), &why), 0);
    struct stat file;
    assert_int_equal(stat(path_of("b.db"), &file), 0);
    assert_int_equal(file.st_mode & 0777, 0600);
    assert_int_not_equal(access(path_of("b.db.part"), F_OK), 0);
    assert_int_not_equal(access(path_of("b.db-wal"), F_OK), 0);
    say(5);
    store_close(store);
    assert_int_equal(store_restore(folder, path_of("b.db"), &why), 0);
    store = scratch_store(folder);
    assert_int_equal(last_seq(), 5);
    store_close(store);
    assert_int_equal(store_restore(folder, path_of("sportello.db.before-restore"), &why), 0);
    store = scratch_store(folder);
    assert_int_equal(last_seq(), 10);
}

/* A log left by a crash must go with the old database, not be replayed over the new one. */
static void a_log_left_behind_goes_with_the_old_database(void **state)
{
    (void)state;
    const char *why = "";
    say(3);
    assert_int_equal(store_backup(folder, path_of("b.db"), &why), 0);
    say(40);
    size_t size, log_size;
    char *database = file_read(path_of("sportello.db"), 1 << 24, &size);
    char *log = file_read(path_of("sportello.db-wal"), 1 << 24, &log_size);
    store_close(store);
    assert_int_equal(file_write_atomic(path_of("sportello.db"), database, size, 0600), 0);
    assert_int_equal(file_write_atomic(path_of("sportello.db-wal"), log, log_size, 0600), 0);
    free(database);
    free(log);
    assert_int_equal(store_restore(folder, path_of("b.db"), &why), 0);
    assert_int_not_equal(access(path_of("sportello.db-wal"), F_OK), 0);
    store = scratch_store(folder);
    assert_int_equal(last_seq(), 3);
    store_close(store);
    assert_int_equal(store_restore(folder, path_of("sportello.db.before-restore"), &why), 0);
    store = scratch_store(folder);
    assert_int_equal(last_seq(), 43);
}

static void expect_restore_refused(const char *file, const char *with)
{
    const char *why = "";
    assert_int_equal(store_restore(folder, file, &why), -1);
    if (strstr(why, with) == NULL)
        print_error("said: %s\n", why);
    assert_non_null(strstr(why, with));
    store = scratch_store(folder);
    assert_int_equal(last_seq(), 5);
    store_close(store);
}

static void what_is_not_a_whole_backup_is_refused_and_nothing_changes(void **state)
{
    (void)state;
    const char *why = "";
    say(5);
    assert_int_equal(store_backup(folder, path_of("b.db"), &why), 0);
    store_close(store);
    expect_restore_refused(path_of("none.db"), "cannot read");
    assert_int_equal(file_write_atomic(path_of("text"), "hello, this is not a database at all", 36, 0600), 0);
    expect_restore_refused(path_of("text"), "");
    assert_int_equal(file_write_atomic(path_of("empty"), "", 0, 0600), 0);
    expect_restore_refused(path_of("empty"), "not a Sportello database");
    size_t size;
    char *bytes = file_read(path_of("b.db"), 1 << 24, &size);
    memset(bytes + size / 2, 0x5a, 4096);
    assert_int_equal(file_write_atomic(path_of("damaged"), bytes, size, 0600), 0);
    expect_restore_refused(path_of("damaged"), "");
    free(bytes);
    sqlite3 *look;
    assert_int_equal(sqlite3_open(path_of("b.db"), &look), SQLITE_OK);
    sqlite3_exec(look, "INSERT INTO migration VALUES (900, 'x', 'x', 0)", NULL, NULL, NULL);
    sqlite3_close(look);
    expect_restore_refused(path_of("b.db"), "newer version");
    store = NULL;
}

static void a_backup_that_cannot_be_written_says_so(void **state)
{
    (void)state;
    const char *why = "";
    say(1);
    assert_int_equal(store_backup(folder, path_of("no/such/folder/b.db"), &why), -1);
    assert_non_null(strstr(why, "cannot write"));
    assert_int_equal(store_backup(path_of("nowhere"), path_of("b.db"), &why), -1);
    assert_non_null(strstr(why, "cannot open"));
}

static size_t done_count;

static void count_done(struct store_job *job)
{
    assert_int_equal(job->result, STORE_OK);
    done_count++;
    store_job_free(job);
}

static void *back_up_repeatedly(void *context)
{
    int *failures = context;
    for (int i = 0; i < 5; i++) {
        char path[160];
        const char *why = "";
        snprintf(path, sizeof path, "%s/b%d.db", folder, i);
        *failures += store_backup(folder, path, &why) != 0;
    }
    return NULL;
}

static void backups_are_whole_while_the_store_writes(void **state)
{
    (void)state;
    int failures = 0;
    size_t submitted = 0;
    pthread_t thread;
    done_count = 0;
    assert_int_equal(store_start(store, NULL, NULL), 0);
    assert_int_equal(pthread_create(&thread, NULL, back_up_repeatedly, &failures), 0);
    for (; submitted < 3000; submitted++) {
        struct store_turn *t = said(1, NULL, "a few words to be stored while copies are made");
        t->job.done = count_done;
        assert_int_equal(store_submit(store, &t->job), 0);
        if (submitted % 20 == 0)
            store_pump(store);
    }
    while (done_count < submitted) {
        if (store_pump(store) == 0)
            sched_yield();
    }
    pthread_join(thread, NULL);
    assert_int_equal(failures, 0);
    store_close(store);
    const char *why = "";
    assert_int_equal(store_restore(folder, path_of("b4.db"), &why), 0);
    store = scratch_store(folder);
    assert_true(last_seq() <= 3000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_backed_up_comes_back_and_the_old_is_kept),
        TEST(a_log_left_behind_goes_with_the_old_database),
        TEST(what_is_not_a_whole_backup_is_refused_and_nothing_changes),
        TEST(a_backup_that_cannot_be_written_says_so),
        TEST(backups_are_whole_while_the_store_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
