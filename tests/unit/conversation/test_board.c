/* The notice board begins and ends by itself, is told to those who are there, and is the first answer to what it is
 * about and to nothing else. */
#include "unit/conversation/hall_test.h"

#include "store/notice.h"

static void put_up(struct fixture *f, int64_t from, int64_t until, const char *wordings)
{
    const struct notice_text texts[] = {{"it", "Il corriere è in ritardo", "Due giorni di ritardo.", wordings},
                                        {"en", "The courier is late", "", ""}};
    struct store_notice_save *s = store_job_new(&store_notice_save_kind, sizeof *s, NULL, NULL);
    s->row = (struct notice_row){.from_ms = from, .until_ms = until, .department = "", .texts = texts, .text_count = 2};
    s->departments = "";
    store_run(f->store, &s->job);
    assert_int_equal(s->job.result, STORE_OK);
    store_job_free(&s->job);
    hall_notices_changed(f->hall);
    pump(f);
}

static void it_begins_and_ends_by_itself(void **state)
{
    struct fixture *f = *state;
    int64_t now = f->clock.manual_ms;
    hello(f, 1, NULL, 0);
    assert_not_got(f, 1, "\"notices\"", 0);
    put_up(f, now + 3000, now + 6000, "");
    assert_not_got(f, 1, "Il corriere", 0);
    pass_seconds(f, 2);
    assert_not_got(f, 1, "Il corriere", 0);
    pass_seconds(f, 1);
    assert_got(f, 1,
               "{\"type\":\"notice\",\"notices\":[{\"id\":1,\"text\":\"Il corriere è in ritardo\",\"until\":1006000}]}",
               0);
    hello(f, 2, NULL, 0);
    assert_got(f, 2, "\"notices\":[{\"id\":1,", 0);
    size_t before = f->count;
    pass_seconds(f, 2);
    assert_not_got(f, 1, "\"type\":\"notice\"", before);
    pass_seconds(f, 1);
    assert_got(f, 1, "{\"type\":\"notice\",\"notices\":[]}", before);
    assert_got(f, 2, "{\"type\":\"notice\",\"notices\":[]}", before);
    hello(f, 3, NULL, 0);
    assert_not_got(f, 3, "\"notices\"", 0);
}

static void each_reads_it_in_the_own_language(void **state)
{
    struct fixture *f = *state;
    hall_visitor(f->hall, 1, &(struct frame){.kind = FRAME_HELLO, .lang = "en"});
    pump(f);
    put_up(f, f->clock.manual_ms, f->clock.manual_ms + 60000, "");
    /* The site of this test speaks Italian alone: so does the page, whatever it asked for. */
    assert_got(f, 1, "Il corriere è in ritardo", 0);
    assert_not_got(f, 1, "The courier", 0);
}

static void it_is_the_first_answer_to_its_own_questions(void **state)
{
    struct fixture *f = *state;
    hello(f, 1, NULL, 0);
    put_up(f, f->clock.manual_ms, f->clock.manual_ms + 60000, "il mio pacco è in ritardo");
    say(f, 1, "c1", "il mio pacco è in ritardo!");
    pump(f);
    assert_got(f, 1, "Due giorni di ritardo.", 0);
    size_t before = f->count;
    say(f, 1, "c2", "il mio pacco è in ritardo");
    pump(f);
    assert_not_got(f, 1, "Due giorni di ritardo.", before);
    say(f, 1, "c3", "quanto costa la spedizione?");
    pump(f);
    assert_got(f, 1, "6,50", before);
    before = f->count;
    say(f, 1, "c4", "ritardo");
    pump(f);
    assert_not_got(f, 1, "Due giorni di ritardo.", before);
    pass_seconds(f, 61);
    before = f->count;
    say(f, 1, "c5", "il mio pacco è in ritardo");
    pump(f);
    assert_not_got(f, 1, "Due giorni di ritardo.", before);
}

static void a_restart_finds_it(void **state)
{
    struct fixture *f = *state;
    put_up(f, f->clock.manual_ms, f->clock.manual_ms + 60000, "");
    hall_test_close(f);
    hall_test_open(f);
    pass_seconds(f, 1);
    hello(f, 1, NULL, 0);
    assert_got(f, 1, "\"notices\":[{\"id\":1,", 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, hall_test_set_up, hall_test_tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_begins_and_ends_by_itself),
        TEST(each_reads_it_in_the_own_language),
        TEST(it_is_the_first_answer_to_its_own_questions),
        TEST(a_restart_finds_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
