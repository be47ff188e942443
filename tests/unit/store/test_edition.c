/* Editions keep their sources exactly, one is live, and what nobody needs is dropped. */
#include "unit/store/fixture.h"

static int64_t add(uint64_t hash, const char *text)
{
    struct store_source sources[2] = {{"knowledge/it/b.md", text, strlen(text)}, {"a.yaml", "same\0bytes", 10}};
    struct store_edition_add *a = NEW_JOB(store_edition_add);
    a->sources = sources;
    a->source_count = 2;
    a->site_hash = hash;
    a->note = "n";
    run_for(store, a, STORE_OK);
    int64_t number = a->ret_number;
    store_job_free(&a->job);
    return number;
}

static void sources_come_back_exactly(void **state)
{
    (void)state;
    add(1, "one");
    add(UINT64_MAX, "two");
    struct store_edition_sources *s = NEW_JOB(store_edition_sources);
    s->number = 2;
    run_for(store, s, STORE_OK);
    assert_int_equal(s->count, 2);
    assert_string_equal(s->sources[0].path, "a.yaml");
    assert_int_equal(s->sources[0].size, 10);
    assert_memory_equal(s->sources[0].bytes, "same\0bytes", 10);
    assert_string_equal(s->sources[1].bytes, "two");
    s->number = 3;
    run_for(store, s, STORE_MISSING);
    store_job_free(&s->job);
    struct store_edition_list *l = NEW_JOB(store_edition_list);
    run_for(store, l, STORE_OK);
    assert_int_equal(l->count, 2);
    assert_int_equal(l->rows[0].number, 2);
    assert_true(l->rows[0].site_hash == UINT64_MAX);
    assert_true(l->rows[0].live);
    assert_false(l->rows[1].live);
    assert_int_equal(l->rows[1].source_count, 2);
    store_job_free(&l->job);
}

static void choose(int64_t number, enum store_result expected)
{
    struct store_edition_choose *c = NEW_JOB(store_edition_choose);
    c->number = number;
    run_for(store, c, expected);
    store_job_free(&c->job);
}

static void pruning_keeps_the_live_the_pinned_and_the_newest(void **state)
{
    (void)state;
    for (int i = 1; i <= 8; i++)
        assert_int_equal(add((uint64_t)i, "text"), i);
    choose(2, STORE_OK);
    choose(99, STORE_MISSING);
    struct store_turn *t = said(1, "a", "x");
    t->edition = 4;
    run_for(store, t, STORE_OK);
    store_job_free(&t->job);
    struct store_edition_prune *p = NEW_JOB(store_edition_prune);
    p->keep = 3;
    run_for(store, p, STORE_OK);
    const int64_t expected[] = {1, 3, 5};
    assert_int_equal(p->count, 3);
    assert_memory_equal(p->numbers, expected, sizeof expected);
    store_job_free(&p->job);
    assert_int_equal(add(9, "text"), 9);
    struct store_edition_list *l = NEW_JOB(store_edition_list);
    run_for(store, l, STORE_OK);
    assert_int_equal(l->count, 6);
    store_job_free(&l->job);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sources_come_back_exactly),
        TEST(pruning_keeps_the_live_the_pinned_and_the_newest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
