/* Who is to know of a visitor though no page is open: what the hall tells of, and when. */
#include "hall_test.h"

enum { VISITOR = 1, ANNA = 100 };

struct heard_of {
    int waiting, said, presences;
    int64_t ticket, owner, user;
    enum presence presence;
};

static void waiting(void *context, const struct ticket *t)
{
    struct heard_of *n = context;
    n->waiting++;
    n->ticket = t->id;
}

static void visitor_said(void *context, const struct ticket *t)
{
    struct heard_of *n = context;
    n->said++;
    n->ticket = t->id;
    n->owner = t->owner;
}

static void presence(void *context, int64_t user, enum presence p)
{
    struct heard_of *n = context;
    n->presences++;
    n->user = user;
    n->presence = p;
}

static void ask_for_a_person(struct fixture *f)
{
    hello(f, VISITOR, NULL, 0);
    say(f, VISITOR, "q1", "quanto costa la spedizione?");
    pump(f);
    hall_visitor(f->hall, VISITOR, &(struct frame){.kind = FRAME_HUMAN, .cid = "h1"});
    pump(f);
}

static void a_waiting_ticket_is_told(void **state)
{
    struct fixture *f = *state;
    struct heard_of n = {0};
    hall_notify_with(f->hall, &(struct hall_notifier){&n, waiting, visitor_said, presence});
    ask_for_a_person(f);
    assert_true(n.waiting >= 1);
    assert_int_equal(n.ticket, 1001);
    assert_int_equal(n.said, 0);
}

static void a_message_is_told_only_while_no_page_of_its_owner_is_open(void **state)
{
    struct fixture *f = *state;
    struct heard_of n = {0};
    hall_notify_with(f->hall, &(struct hall_notifier){&n, waiting, visitor_said, presence});
    agent_in(f, ANNA, 1, "Anna");
    assert_true(n.presences >= 1);
    assert_int_equal(n.user, 1);
    assert_int_equal(n.presence, PRESENCE_ONLINE);
    assert_true(hall_agent_here(f->hall, 1));
    assert_false(hall_agent_here(f->hall, 2));
    ask_for_a_person(f);
    hall_agent(f->hall, ANNA, &(struct frame){.kind = FRAME_DESK_NEXT});
    pump(f);
    say(f, VISITOR, "q2", "ci siete?");
    pump(f);
    assert_int_equal(n.said, 0);
    hall_agent_gone(f->hall, ANNA);
    assert_false(hall_agent_here(f->hall, 1));
    say(f, VISITOR, "q3", "ci siete ancora?");
    pump(f);
    assert_int_equal(n.said, 1);
    assert_int_equal(n.ticket, 1001);
    assert_int_equal(n.owner, 1);
}

static void what_an_agent_chooses_is_told(void **state)
{
    struct fixture *f = *state;
    struct heard_of n = {0};
    agent_in(f, ANNA, 1, "Anna"); /* before anybody wants to know: nothing happens */
    hall_notify_with(f->hall, &(struct hall_notifier){&n, waiting, visitor_said, presence});
    hall_agent(f->hall, ANNA, &(struct frame){.kind = FRAME_DESK_PRESENCE, .state = "away"});
    assert_int_equal(n.presences, 1);
    assert_int_equal(n.presence, PRESENCE_AWAY);
    hall_agent(f->hall, ANNA, &(struct frame){.kind = FRAME_DESK_PRESENCE, .state = "nonsense"});
    assert_int_equal(n.presences, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, hall_test_set_up, hall_test_tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_waiting_ticket_is_told),
        TEST(a_message_is_told_only_while_no_page_of_its_owner_is_open),
        TEST(what_an_agent_chooses_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
