/* Notices are kept in their languages, changed by who may, and forgotten when they are old and many. */
#include "unit/store/fixture.h"

#include "store/notice.h"

static const struct notice_text texts[] = {
    {"it", "Il corriere è in ritardo", "Ci scusiamo.", "dov'è il pacco\nil corriere è in ritardo"},
    {"en", "The courier is late", "", ""},
};

static struct notice_row row(int64_t from, int64_t until, const char *department)
{
    return (struct notice_row){
        .from_ms = from, .until_ms = until, .department = department, .texts = texts, .text_count = 2, .user = 1};
}

static int64_t save(struct notice_row n, const char *departments, bool removed, enum store_result expected)
{
    struct store_notice_save *s = NEW_JOB(store_notice_save);
    s->row = n;
    s->departments = departments;
    s->remove = removed;
    run_for(store, s, expected);
    int64_t id = s->row.id;
    store_job_free(&s->job);
    return id;
}

static struct store_notices *list(bool live)
{
    struct store_notices *l = NEW_JOB(store_notices);
    l->live = live;
    run_for(store, l, STORE_OK);
    return l;
}

static void texts_come_back_as_they_were(void **state)
{
    (void)state;
    int64_t now = clock_wall_ms(&test_clock), id = save(row(now, now + 1000, "negozio"), "", false, STORE_OK);
    save(row(now - 2000, now, ""), "", false, STORE_OK); /* over already */
    struct store_notices *l = list(true);
    assert_int_equal(l->count, 1);
    assert_int_equal(l->rows[0].id, id);
    assert_int_equal(l->rows[0].text_count, 2);
    assert_string_equal(l->rows[0].texts[1].lang, "it");
    assert_string_equal(l->rows[0].texts[1].wordings, texts[0].wordings);
    assert_string_equal(l->rows[0].texts[0].line, "The courier is late");
    store_job_free(&l->job);
    struct notice_row changed = row(now, now + 9000, "negozio");
    changed.id = id;
    changed.text_count = 1;
    save(changed, "magazzino,negozio", false, STORE_OK);
    l = list(false);
    assert_int_equal(l->count, 2);
    assert_int_equal(l->rows[0].until_ms, now + 9000);
    assert_int_equal(l->rows[0].text_count, 1);
    store_job_free(&l->job);
}

static void who_is_of_another_department_touches_nothing(void **state)
{
    (void)state;
    int64_t now = clock_wall_ms(&test_clock);
    struct notice_row n = row(now, now + 1000, "negozio"), all = row(now, now + 1000, "");
    n.id = save(n, "", false, STORE_OK);
    all.id = save(all, "", false, STORE_OK);
    save(n, "magazzino", false, STORE_MISSING);
    save(n, "magazzino,negozi", true, STORE_MISSING);
    save(n, "negozio", true, STORE_OK);
    save(n, "negozio", true, STORE_MISSING);
    save(all, "magazzino", true, STORE_OK);
}

static void nonsense_and_too_much_are_refused(void **state)
{
    (void)state;
    static char longer[NOTICE_TEXT_BYTES + 2], lines[NOTICE_WORDINGS_MAX * 2 + 2];
    int64_t now = clock_wall_ms(&test_clock);
    memset(longer, 'x', sizeof longer - 1);
    for (int i = 0; i <= NOTICE_WORDINGS_MAX; i++)
        memcpy(lines + i * 2, "a\n", 2);
    lines[NOTICE_WORDINGS_MAX * 2 + 1] = '\0';
    const struct notice_text bad[] = {
        {"it", "", "x", ""},     {"", "x", "x", ""},      {"it", "a\nb", "", ""},
        {"it", longer, "x", ""}, {"it", "x", longer, ""}, {"it", "x", "", lines},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct notice_row n = row(now, now + 1000, "");
        n.texts = &bad[i];
        n.text_count = 1;
        save(n, "", false, STORE_REFUSED);
    }
    save(row(now, now, ""), "", false, STORE_REFUSED);
    struct notice_row none = row(now, now + 1000, "");
    none.text_count = 0;
    save(none, "", false, STORE_REFUSED);
    for (int i = 0; i < NOTICES_MAX; i++)
        save(row(now, now + 1000, ""), "", false, STORE_OK);
    save(row(now, now + 1000, ""), "", false, STORE_REFUSED);
    /* They end, each new one a moment after the one before. */
    for (int i = 0; i < NOTICES_KEPT; i++) {
        test_clock.manual_ms += 2000;
        now = clock_wall_ms(&test_clock);
        save(row(now, now + 1000, ""), "", false, STORE_OK);
    }
    struct store_notices *l = list(false);
    assert_int_equal(l->count, NOTICES_KEPT);
    assert_int_equal(l->rows[0].until_ms, now + 1000);
    store_job_free(&l->job);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {TEST(texts_come_back_as_they_were),
                                       TEST(who_is_of_another_department_touches_nothing),
                                       TEST(nonsense_and_too_much_are_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
