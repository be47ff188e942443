/* After a chat: how content the visitor is; before an address is left: what must be agreed to. */
#include "hall_test.h"

enum { VISITOR = 1, ANNA = 100 };

static void desk(struct fixture *f, struct frame frame)
{
    hall_agent(f->hall, ANNA, &frame);
    pump(f);
}

static void satisfied(struct fixture *f, const char *cid, int64_t grade, const char *text)
{
    hall_visitor(f->hall, VISITOR, &(struct frame){.kind = FRAME_SATISFIED, .cid = cid, .grade = grade, .text = text});
    pump(f);
}

static void a_closed_chat_can_still_be_judged_and_the_last_word_counts(void **state)
{
    struct fixture *f = *state;
    agent_in(f, ANNA, 1, "Anna");
    hello(f, VISITOR, NULL, 0);
    satisfied(f, "s0", 4, NULL);
    assert_got(f, VISITOR, "\"code\":\"not_found\"", 0);
    say(f, VISITOR, "q1", "voglio parlare con una persona");
    hall_visitor(f->hall, VISITOR, &(struct frame){.kind = FRAME_HUMAN, .cid = "h1"});
    pump(f);
    desk(f, (struct frame){.kind = FRAME_DESK_NEXT});
    desk(f, (struct frame){.kind = FRAME_DESK_CLOSE, .ticket = 1001, .cid = "c1", .cause = "solved"});
    assert_got(f, VISITOR, "\"who\":\"closed\"", 0);
    satisfied(f, "s1", 2, "lenti, e la mia carta è 4111 1111 1111 1111");
    assert_got(f, VISITOR, "\"type\":\"ack\",\"cid\":\"s1\"", 0);
    satisfied(f, "s2", 5, "anzi no");
    assert_got(f, VISITOR, "\"type\":\"ack\",\"cid\":\"s2\"", 0);
}

static void what_an_address_is_left_for_must_be_agreed_to(void **state)
{
    struct fixture *f = *state;
    static const char yaml[] = "languages: [it]\nconsent: {version: \"2026-11\", text: \"Accetto l'informativa.\"}\n";
    const struct source sources[] = {
        {"knowledge/it/tutto.md", hall_test_knowledge, sizeof hall_test_knowledge - 1},
        {"sportello.yaml", yaml, sizeof yaml - 1},
    };
    struct edition *e = hall_test_edition_of(sources, 2);
    hall_publish(f->hall, e);
    edition_unpin(f->edition);
    f->edition = e;
    hello(f, VISITOR, NULL, 0);
    assert_got(f, VISITOR, "\"consent\":{\"version\":\"2026-11\",\"text\":\"Accetto l'informativa.\"}", 0);
    assert_got(f, VISITOR, "\"satisfaction\":true", 0);
    struct frame left = {.kind = FRAME_MESSAGE, .cid = "m1", .text = "Richiamatemi", .contact = "051 123456"};
    hall_visitor(f->hall, VISITOR, &left);
    pump(f);
    assert_got(f, VISITOR, "\"code\":\"consent\"", 0);
    left.consent = "2025-01";
    hall_visitor(f->hall, VISITOR, &left);
    pump(f);
    assert_int_equal(got_count(f, VISITOR, "\"code\":\"consent\"", 0), 2);
    assert_not_got(f, VISITOR, "1001", 0);
    left.consent = "2026-11";
    hall_visitor(f->hall, VISITOR, &left);
    pump(f);
    assert_got(f, VISITOR, "1001", 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, hall_test_set_up, hall_test_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_closed_chat_can_still_be_judged_and_the_last_word_counts),
        TEST(what_an_address_is_left_for_must_be_agreed_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
