/* An agent's answer is stored with its letter, all or nothing; its link leads to that visitor and to nobody else. */
#include "unit/store/fixture.h"

#include "store/delivery.h"

static int64_t message_of(int visitor)
{
    return asked_now(store, visitor, TICKET_MESSAGE, "team", "it");
}

static void hash_of(unsigned char byte, unsigned char hash[TOKEN_HASH_BYTES])
{
    memset(hash, byte, TOKEN_HASH_BYTES);
}

static struct store_reply *reply(int64_t ticket, int64_t user, const char *cid)
{
    struct store_reply *j = NEW_JOB(store_reply);
    struct delivery_new *d = arena_alloc(j->job.arena, sizeof *d);
    *d = (struct delivery_new){
        .kind = "mail", .target = "a@b", .ref = cid, .ticket = ticket, .body = "x", .body_size = 1};
    j->ticket_id = ticket;
    j->from = 1u << TICKET_MESSAGE;
    j->owner_is = j->owner = user;
    j->events = arena_array(j->job.arena, 1, sizeof *j->events);
    j->events[0] = (struct event){
        .kind = EVENT_MESSAGE, .from = FROM_AGENT, .cid = cid, .body = "{}", .body_size = 2, .user = user};
    j->event_count = 1;
    j->delivery = d;
    return j;
}

static size_t deliveries(void)
{
    struct store_deliveries *j = NEW_JOB(store_deliveries);
    j->limit = 100;
    run_for(store, j, STORE_OK);
    size_t count = j->count;
    store_job_free(&j->job);
    return count;
}

static void an_answer_comes_with_its_letter_and_the_ticket_is_the_agents(void **state)
{
    (void)state;
    int64_t ticket = message_of(1), anna = user_now(store, "Anna"), bruno = user_now(store, "Bruno");
    struct store_reply *j = reply(ticket, anna, "r1");
    run_for(store, j, STORE_OK);
    assert_int_equal(j->ticket.owner, anna);
    assert_int_equal(j->ticket.state, TICKET_MESSAGE);
    assert_int_equal(j->events[0].seq, j->ret_first_seq);
    assert_int_equal(j->ticket.last_seq, j->ret_first_seq);
    int64_t seq = j->ret_first_seq;
    store_job_free(&j->job);
    assert_int_equal(deliveries(), 1);
    j = reply(ticket, anna, "r1");
    run_for(store, j, STORE_DUPLICATE);
    assert_int_equal(j->ret_first_seq, seq);
    store_job_free(&j->job);
    j = reply(ticket, bruno, "r2");
    run_for(store, j, STORE_REFUSED);
    assert_int_equal(j->ticket.owner, anna);
    store_job_free(&j->job);
    j = reply(9999, anna, "r3");
    run_for(store, j, STORE_MISSING);
    store_job_free(&j->job);
    assert_int_equal(deliveries(), 1);
    j = reply(ticket, anna, "r4");
    j->close = true;
    j->cause = "closed";
    run_for(store, j, STORE_OK);
    assert_int_equal(j->ticket.state, TICKET_CLOSED);
    store_job_free(&j->job);
    j = reply(ticket, anna, "r5");
    run_for(store, j, STORE_REFUSED);
    store_job_free(&j->job);
}

static enum store_result come_back(unsigned char link, int own, int new, struct store_return *ret)
{
    struct store_return *j = NEW_JOB(store_return);
    hash_of(link, j->link_hash);
    if (own != 0)
        token_of(own, j->own_hash);
    if (new != 0)
        token_of(new, j->new_hash);
    store_run(store, &j->job);
    enum store_result result = j->job.result;
    *ret = *j;
    store_job_free(&j->job);
    return result;
}

static int64_t visitor_of(int token, unsigned char ret_first[TOKEN_HASH_BYTES])
{
    struct store_load *l = NEW_JOB(store_load);
    token_of(token, l->token_hash);
    store_run(store, &l->job);
    int64_t visitor = l->ret_visitor;
    memcpy(ret_first, l->row.token_hash, TOKEN_HASH_BYTES);
    store_job_free(&l->job);
    return visitor;
}

static void a_link_leads_to_its_visitor_until_it_expires(void **state)
{
    (void)state;
    int64_t ticket = message_of(1), anna = user_now(store, "Anna");
    unsigned char link[TOKEN_HASH_BYTES], first[TOKEN_HASH_BYTES], expected[TOKEN_HASH_BYTES];
    message_of(2);
    hash_of(7, link);
    struct store_reply *j = reply(ticket, anna, "r1");
    j->link_hash = link;
    run_for(store, j, STORE_OK);
    store_job_free(&j->job);
    struct store_return r;
    assert_int_equal(come_back(8, 0, 5, &r), STORE_MISSING);
    assert_int_equal(visitor_of(5, first), 0);
    /* Its own browser; another; one that was somebody else's. */
    assert_int_equal(come_back(7, 1, 6, &r), STORE_OK);
    assert_true(r.ret_own);
    assert_int_equal(visitor_of(6, first), 0);
    assert_int_equal(come_back(7, 2, 5, &r), STORE_OK);
    assert_false(r.ret_own);
    token_of(1, expected);
    assert_memory_equal(r.ret_hash, expected, TOKEN_HASH_BYTES);
    assert_int_equal(visitor_of(5, first), visitor_of(1, first));
    assert_memory_equal(first, expected, TOKEN_HASH_BYTES);
    assert_int_equal(come_back(7, 5, 6, &r), STORE_OK);
    assert_true(r.ret_own);
    test_clock.manual_ms += RETURN_LINK_DAYS * INT64_C(86400000);
    assert_int_equal(come_back(7, 0, 9, &r), STORE_MISSING);
    test_clock.manual_ms = 1000000;
}

static void a_visitor_has_so_many_further_tokens(void **state)
{
    (void)state;
    int64_t ticket = message_of(1), anna = user_now(store, "Anna");
    unsigned char link[TOKEN_HASH_BYTES], first[TOKEN_HASH_BYTES];
    hash_of(7, link);
    struct store_reply *j = reply(ticket, anna, "r1");
    j->link_hash = link;
    run_for(store, j, STORE_OK);
    store_job_free(&j->job);
    struct store_return r;
    for (int i = 0; i < 25; i++) {
        test_clock.manual_ms++;
        assert_int_equal(come_back(7, 0, 100 + i, &r), STORE_OK);
    }
    assert_int_equal(visitor_of(100, first), 0);
    assert_int_not_equal(visitor_of(124, first), 0);
    assert_int_not_equal(visitor_of(1, first), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_answer_comes_with_its_letter_and_the_ticket_is_the_agents, setup, teardown),
        cmocka_unit_test_setup_teardown(a_link_leads_to_its_visitor_until_it_expires, setup, teardown),
        cmocka_unit_test_setup_teardown(a_visitor_has_so_many_further_tokens, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
