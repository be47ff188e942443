/* Files belong to who uploaded them, are sent once, and go with their chat: rows at once, bytes after. */
#include "unit/store/fixture.h"

#include "store/file_bytes.h"
#include "store/files.h"

#include <sys/stat.h>

#define MUCH (INT64_C(1) << 30)

/* An id that is like no other. */
static const char *id_of(int number)
{
    static char ids[64][FILE_ID_BYTES + 1];
    snprintf(ids[number % 64], sizeof ids[0], "%032x", number);
    return ids[number % 64];
}

static enum file_refusal add(int visitor, int number, int64_t size, int64_t chat, int64_t all,
                             enum store_result expected)
{
    struct store_file_add *a = NEW_JOB(store_file_add);
    token_of(visitor, a->token_hash);
    a->row = (struct file_row){.id = id_of(number), .name = "a.png", .media = "image/png", .size = size, .width = 2};
    a->chat_bytes = chat;
    a->all_bytes = all;
    run_for(store, a, expected);
    enum file_refusal why = a->ret_why;
    store_job_free(&a->job);
    return why;
}

static void add_of_agent(int64_t user, int64_t conversation, int number, enum store_result expected)
{
    struct store_file_add *a = NEW_JOB(store_file_add);
    a->row = (struct file_row){.id = id_of(number),
                               .name = "a.pdf",
                               .media = "application/pdf",
                               .size = 10,
                               .user = user,
                               .conversation = conversation};
    a->chat_bytes = a->all_bytes = MUCH;
    run_for(store, a, expected);
    store_job_free(&a->job);
}

/* The conversation; 0 where it was refused. */
static int64_t send(int visitor, const char *cid, int number, enum store_result expected, bool no_file)
{
    struct store_turn *t = said(visitor, cid, "{}");
    const char *const ids[] = {id_of(number)};
    t->files = ids;
    t->file_count = 1;
    run_for(store, t, expected);
    assert_int_equal(t->ret_no_file, no_file);
    int64_t conversation = t->conversation;
    store_job_free(&t->job);
    return conversation;
}

static int64_t got(int number, enum store_result expected)
{
    struct store_file_get *g = NEW_JOB(store_file_get);
    g->id = id_of(number);
    run_for(store, g, expected);
    int64_t seq = g->row.seq;
    store_job_free(&g->job);
    return seq;
}

static size_t found(int visitor, int64_t conversation, int64_t user, int number)
{
    struct store_files_find *f = NEW_JOB(store_files_find);
    const char *const ids[] = {id_of(number), id_of(63)};
    f->ids = ids;
    f->id_count = 2;
    f->conversation = conversation;
    f->user = user;
    if (visitor != 0)
        token_of(visitor, f->token_hash);
    run_for(store, f, STORE_OK);
    size_t count = f->count;
    if (count > 0)
        assert_string_equal(f->rows[0].id, id_of(number));
    store_job_free(&f->job);
    return count;
}

static size_t gone(const char *forget)
{
    struct store_files_gone *g = NEW_JOB(store_files_gone);
    g->ids = &forget;
    g->id_count = forget != NULL;
    run_for(store, g, STORE_OK);
    size_t count = g->count;
    store_job_free(&g->job);
    return count;
}

static int64_t total(void)
{
    struct store_files_total *t = NEW_JOB(store_files_total);
    run_for(store, t, STORE_OK);
    int64_t bytes = t->ret_bytes;
    store_job_free(&t->job);
    return bytes;
}

static void sent_once_and_by_its_uploader(void **state)
{
    (void)state;
    add(1, 1, 100, MUCH, MUCH, STORE_OK);
    got(1, STORE_MISSING); /* nobody sees it before it is sent */
    assert_int_equal(send(2, "a", 1, STORE_REFUSED, true), 0);
    assert_int_equal(found(2, 0, 0, 1), 0);
    assert_int_equal(found(1, 0, 0, 1), 1);
    int64_t conversation = send(1, "a", 1, STORE_OK, false);
    assert_int_equal(got(1, STORE_OK), 1);
    /* The same message again is stored already; another message with it is not. */
    send(1, "a", 1, STORE_DUPLICATE, false);
    send(1, "b", 1, STORE_REFUSED, true);
    assert_int_equal(found(0, conversation, 0, 1), 1);
    send(1, "c", 62, STORE_REFUSED, true);
    assert_int_equal(total(), 100);
}

static void agents_files_belong_to_one_chat(void **state)
{
    (void)state;
    int64_t anna = user_now(store, "anna"), ugo = user_now(store, "ugo");
    struct store_turn *t = said(1, "a", "{}");
    run_for(store, t, STORE_OK);
    int64_t conversation = t->conversation;
    store_job_free(&t->job);
    add_of_agent(anna, conversation + 7, 1, STORE_MISSING);
    add_of_agent(anna, conversation, 1, STORE_OK);
    send(1, "b", 1, STORE_REFUSED, true); /* nor is it the visitor's */
    assert_int_equal(found(0, conversation, ugo, 1), 0);
    assert_int_equal(found(0, conversation, anna, 1), 1);
    const int64_t users[] = {ugo, anna};
    for (int i = 0; i < 2; i++) {
        const char *const ids[] = {id_of(1)};
        t = said(1, i == 0 ? "c" : "d", "{}");
        memset(t->token_hash, 0, sizeof t->token_hash);
        t->conversation = conversation;
        t->events[0].from = FROM_AGENT;
        t->events[0].user = users[i];
        t->files = ids;
        t->file_count = 1;
        run_for(store, t, i == 0 ? STORE_REFUSED : STORE_OK);
        store_job_free(&t->job);
    }
    assert_int_equal(got(1, STORE_OK), 2);
}

static void ceilings_hold(void **state)
{
    (void)state;
    assert_int_equal(add(1, 1, 60, 100, 200, STORE_OK), FILE_REFUSED_NOT);
    assert_int_equal(add(1, 2, 60, 100, 200, STORE_REFUSED), FILE_CHAT_FULL);
    send(1, "a", 1, STORE_OK, false);
    assert_int_equal(add(1, 2, 60, 100, 200, STORE_REFUSED), FILE_CHAT_FULL);
    assert_int_equal(add(1, 2, 40, 100, 200, STORE_OK), FILE_REFUSED_NOT);
    assert_int_equal(add(2, 3, 100, 100, 200, STORE_OK), FILE_REFUSED_NOT);
    assert_int_equal(add(3, 4, 1, 100, 200, STORE_REFUSED), FILE_ALL_FULL);
    /* Of those never sent the newest are kept. */
    for (int i = 0; i < FILES_UNSENT_MAX + 3; i++) {
        add(4, 10 + i, 1, MUCH, MUCH, STORE_OK);
        test_clock.manual_ms += 1000;
    }
    assert_int_equal(found(4, 0, 0, 12), 0);
    assert_int_equal(found(4, 0, 0, 13), 1);
    assert_int_equal(gone(NULL), 3);
}

static void bad_rows_are_refused(void **state)
{
    (void)state;
    static char name[FILE_NAME_MOST + 2];
    memset(name, 'n', sizeof name - 1);
    const struct file_row rows[] = {
        {.id = "../../etc/passwd", .name = "a", .media = "image/png", .size = 1},
        {.id = "0000000000000000000000000000000G", .name = "a", .media = "image/png", .size = 1},
        {.id = id_of(1), .name = "", .media = "image/png", .size = 1},
        {.id = id_of(1), .name = name, .media = "image/png", .size = 1},
        {.id = id_of(1), .name = "a", .media = "image/png", .size = 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct store_file_add *a = NEW_JOB(store_file_add);
        token_of(1, a->token_hash);
        a->row = rows[i];
        a->chat_bytes = a->all_bytes = MUCH;
        run_for(store, a, STORE_REFUSED);
        store_job_free(&a->job);
    }
}

static void time_takes_them(void **state)
{
    (void)state;
    add(1, 1, 10, MUCH, MUCH, STORE_OK);
    send(1, "a", 1, STORE_OK, false);
    add(1, 2, 10, MUCH, MUCH, STORE_OK);
    int64_t now = clock_wall_ms(&test_clock);
    for (int i = 0; i < 2; i++) {
        struct store_files_expire *e = NEW_JOB(store_files_expire);
        e->unsent_before_ms = now + 1;
        e->before_ms = i == 0 ? now : now + 1;
        run_for(store, e, STORE_OK);
        assert_int_equal(e->ret_count, 1);
        store_job_free(&e->job);
        got(1, i == 0 ? STORE_OK : STORE_MISSING);
    }
    assert_int_equal(gone(NULL), 2);
    assert_int_equal(gone(id_of(1)), 1);
    assert_int_equal(gone(id_of(2)), 0);
    assert_int_equal(total(), 0);
}

static void an_erased_chat_takes_them_along(void **state)
{
    (void)state;
    add(1, 1, 10, MUCH, MUCH, STORE_OK);
    int64_t conversation = send(1, "a", 1, STORE_OK, false);
    add(1, 2, 10, MUCH, MUCH, STORE_OK); /* uploaded, not sent */
    add(2, 3, 10, MUCH, MUCH, STORE_OK);
    struct store_files_erase *e = NEW_JOB(store_files_erase);
    e->conversation = conversation;
    run_for(store, e, STORE_OK);
    store_job_free(&e->job);
    assert_int_equal(gone(NULL), 2);
    assert_int_equal(total(), 10);
    got(1, STORE_MISSING);
}

/* --- the disk --------------------------------------------------------------------------------------- */

static bool on_disk(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/files/%s", folder, name);
    return access(path, F_OK) == 0;
}

static void put(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/files/%s", folder, name);
    assert_int_equal(file_write_atomic(path, "x", 1, 0600), 0);
}

static void bytes_come_back_and_go(void **state)
{
    (void)state;
    char part[8] = "";
    struct stat of;
    assert_int_equal(file_bytes_keep(folder, "../x", "abc", 3), -1);
    assert_int_equal(file_bytes_keep(folder, id_of(1), "abcdef", 6), 0);
    char *path = file_bytes_path(folder, id_of(1));
    assert_int_equal(stat(path, &of), 0);
    assert_int_equal(of.st_mode & 0777, 0600);
    free(path);
    assert_int_equal(file_bytes_read(folder, id_of(1), 4, part, sizeof part), 2);
    assert_memory_equal(part, "ef", 2);
    assert_int_equal(file_bytes_read(folder, id_of(2), 0, part, sizeof part), -1);
    assert_int_equal(file_bytes_drop(folder, id_of(1)), 0);
    assert_int_equal(file_bytes_drop(folder, id_of(1)), 0);
    assert_false(on_disk(id_of(1)));
}

static void the_sweep_keeps_what_is_known(void **state)
{
    (void)state;
    size_t removed = 0;
    const char *why = "";
    assert_int_equal(file_bytes_sweep(store, folder, &removed, &why), 0); /* no folder yet */
    for (int i = 0; i < 2; i++)
        assert_int_equal(file_bytes_keep(folder, id_of(i + 1), "x", 1), 0);
    put("00000000000000000000000000000001.new-Ab12Cd");
    for (int i = 0; i < 2 * FILES_AT_ONCE; i++) {
        char name[FILE_ID_BYTES + 1];
        snprintf(name, sizeof name, "f%031x", i);
        put(name);
    }
    add(1, 1, 1, MUCH, MUCH, STORE_OK);
    assert_int_equal(file_bytes_sweep(store, folder, &removed, &why), 0);
    assert_int_equal(removed, 2 * FILES_AT_ONCE + 2);
    assert_true(on_disk(id_of(1)));
    assert_false(on_disk(id_of(2)));
}

static int teardown_files(void **state)
{
    char path[128];
    snprintf(path, sizeof path, "%s/files", folder);
    if (access(path, F_OK) == 0)
        scratch_remove(path);
    return teardown(state);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown_files)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sent_once_and_by_its_uploader),
        TEST(agents_files_belong_to_one_chat),
        TEST(ceilings_hold),
        TEST(bad_rows_are_refused),
        TEST(time_takes_them),
        TEST(an_erased_chat_takes_them_along),
        TEST(bytes_come_back_and_go),
        TEST(the_sweep_keeps_what_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
