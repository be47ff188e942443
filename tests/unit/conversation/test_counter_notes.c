/* What agents put to a ticket is for their colleagues: stored once, told to those who see it, never to the visitor. */
#include "counter_test.h"

enum { TICKET = 1001, BRUNO_2 = 200 };

static void claimed(struct fixture *f)
{
    counter_human(f, VISITOR);
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_NEXT});
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_OPEN, .ticket = TICKET});
}

static void note(struct fixture *f, uint64_t client, const char *cid, const char *text)
{
    desk(f, client, (struct frame){.kind = FRAME_DESK_NOTE, .cid = cid, .ticket = TICKET, .text = text});
}

static void a_note_is_for_colleagues_and_stored_once(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_OPEN, .ticket = TICKET});
    size_t from = f->count;
    note(f, ANNA, "n1", "paga sempre tardi");
    assert_got(f, ANNA, "\"type\":\"note\",\"ticket\":1001,\"id\":1", from);
    assert_got(f, ANNA, "\"type\":\"ack\",\"cid\":\"n1\"", from);
    assert_got(f, BRUNO, "paga sempre tardi", from);
    assert_got(f, BRUNO, "\"notes\":1", from);
    assert_not_got(f, BRUNO, "n1", from);
    assert_not_got(f, CARLA, "{", from);
    assert_not_got(f, VISITOR, "{", from);
    from = f->count;
    note(f, ANNA, "n1", "paga sempre tardi");
    assert_got(f, ANNA, "\"type\":\"ack\",\"cid\":\"n1\"", from);
    assert_int_equal(got_count(f, ANNA, "\"type\":\"note\"", from), 0);
    note(f, BRUNO, "n1", "di Bruno"); /* the cid is the writer's own */
    assert_got(f, ANNA, "\"notes\":2", from);
}

static void notes_come_with_opening_and_survive_a_restart(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    note(f, ANNA, "n1", "prima");
    note(f, ANNA, "n2", "seconda");
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_TAGS, .cid = "t1", .ticket = TICKET, .text = "Reso, urgente"});
    hall_test_close(f);
    hall_test_open(f);
    size_t from = f->count;
    page_in(f, BRUNO_2, BRUNO, 0);
    assert_got(f, BRUNO_2, "\"tags\":[\"reso\",\"urgente\"]", from);
    assert_got(f, BRUNO_2, "\"notes\":2", from);
    desk(f, BRUNO_2, (struct frame){.kind = FRAME_DESK_OPEN, .ticket = TICKET});
    assert_got(f, BRUNO_2, "\"name\":\"Anna\",\"text\":\"prima\"", from);
    assert_int_equal(got_count(f, BRUNO_2, "\"type\":\"note\"", from), 2);
}

static void a_closed_ticket_takes_a_last_note(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_CLOSE, .cid = "c1", .ticket = TICKET, .cause = "solved"});
    size_t from = f->count;
    note(f, ANNA, "n1", "era il rubinetto");
    assert_got(f, ANNA, "\"type\":\"ack\",\"cid\":\"n1\"", from);
    assert_not_got(f, ANNA, "\"type\":\"ticket\"", from);
    note(f, CARLA, "n1", "di un altro reparto");
    assert_got(f, CARLA, "\"code\":\"not_found\"", from);
}

static void what_is_handed_back_with_a_note_keeps_it(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    size_t from = f->count;
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_BACK, .cid = "b1", .ticket = TICKET, .note = "basta l'orario"});
    assert_got(f, VISITOR, "\"who\":\"bot\"", from);
    assert_not_got(f, VISITOR, "orario", from);
    struct store_notes *job = store_job_new(&store_notes_kind, sizeof *job, NULL, NULL);
    job->ticket = TICKET;
    store_run(f->store, &job->job);
    assert_int_equal(job->count, 1);
    assert_string_equal(job->notes[0].text, "basta l'orario");
    store_job_free(&job->job);
}

static void tags_replace_those_before(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    size_t from = f->count;
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_TAGS, .cid = "t1", .ticket = TICKET, .text = " B, a,A "});
    assert_got(f, ANNA, "\"tags\":[\"a\",\"b\"]", from);
    assert_got(f, BRUNO, "\"type\":\"ack\",\"cid\":\"t1\"", from);
    from = f->count;
    desk(f, BRUNO,
         (struct frame){.kind = FRAME_DESK_TAGS, .cid = "t2", .ticket = TICKET, .text = "1,2,3,4,5,6,7,8,9,10,11"});
    assert_got(f, BRUNO, "\"code\":\"bad_field\"", from);
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_TAGS, .cid = "t3", .ticket = TICKET});
    assert_got(f, ANNA, "\"ticket\":1001", from);
    assert_not_got(f, ANNA, "\"tags\"", from);
}

static void who_is_invited_sees_it_and_does_not_write_to_the_visitor(void **state)
{
    struct fixture *f = *state;
    claimed(f);
    size_t from = f->count;
    assert_not_got(f, CARLA, "\"ticket\":1001", 0);
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_INVITE, .ticket = TICKET, .user = user_of(CARLA)});
    assert_got(f, CARLA, "\"type\":\"ticket\"", from);
    assert_got(f, CARLA, "\"type\":\"invited\",\"ticket\":1001,\"name\":\"Anna\"", from);
    from = f->count;
    desk(f, CARLA, (struct frame){.kind = FRAME_DESK_OPEN, .ticket = TICKET});
    note(f, CARLA, "n1", "lo conosco");
    assert_got(f, ANNA, "lo conosco", from);
    desk(f, CARLA, (struct frame){.kind = FRAME_DESK_SAY, .cid = "s1", .ticket = TICKET, .text = "eccomi"});
    assert_got(f, CARLA, "\"code\":\"not_yours\"", from);
    assert_not_got(f, VISITOR, "eccomi", from);
    from = f->count;
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_INVITE, .ticket = TICKET, .user = user_of(EDO)});
    assert_got(f, ANNA, "\"code\":\"not_found\"", from);
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_INVITE, .ticket = TICKET, .user = 4000});
    assert_int_equal(got_count(f, ANNA, "\"code\":\"not_found\"", from), 2);
}

static void a_message_has_a_time_and_an_owner(void **state)
{
    struct fixture *f = *state;
    counter_leave(f, VISITOR, FRAME_MESSAGE);
    size_t from = f->count;
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_DUE, .ticket = TICKET, .at = 1800000000000});
    assert_got(f, ANNA, "\"due\":1800000000000", from);
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_OWN, .ticket = TICKET, .value = 1});
    assert_got(f, ANNA, "\"owner\":\"Bruno\"", from);
    assert_got(f, BRUNO, "\"mine\":true", from);
    from = f->count;
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_DUE, .ticket = TICKET, .at = 0});
    assert_got(f, ANNA, "\"code\":\"not_yours\"", from);
    desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_OWN, .ticket = TICKET, .value = -1});
    assert_got(f, ANNA, "\"mine\":false", from);
    assert_not_got(f, ANNA, "\"owner\"", from);
}

static void an_arriving_message_is_told_once(void **state)
{
    struct fixture *f = *state;
    size_t from = f->count;
    counter_leave(f, VISITOR, FRAME_MESSAGE);
    pass_seconds(f, 2);
    assert_int_equal(got_count(f, ANNA, "\"type\":\"ticket\"", from), 1);
    assert_int_equal(got_count(f, BRUNO, "\"type\":\"ticket\"", from), 1);
    assert_int_equal(got_count(f, ADA, "\"type\":\"ticket\"", from), 1);
    assert_int_equal(got_count(f, CARLA, "\"type\":\"ticket\"", from), 0);
    assert_int_equal(got_count(f, EDO, "\"type\":\"ticket\"", from), 0);
    from = f->count;
    desk(f, ANNA, (struct frame){.kind = FRAME_DESK_CLOSE, .cid = "c1", .ticket = TICKET, .cause = "answered"});
    assert_int_equal(got_count(f, ANNA, "\"state\":\"closed\"", from), 1);
    assert_int_equal(got_count(f, BRUNO, "\"state\":\"closed\"", from), 1);
    assert_int_equal(got_count(f, BRUNO, "\"type\":\"ticket\"", from), 1);
}

static void the_card_names_the_page_the_visitor_is_on_now(void **state)
{
    struct fixture *f = *state;
    char token[64];
    hall_visitor(f->hall, VISITOR,
                 &(struct frame){.kind = FRAME_HELLO, .lang = "it", .page = "/viti", .title = "Viti"});
    hall_visitor(f->hall, VISITOR, &(struct frame){.kind = FRAME_HUMAN, .cid = "h1"});
    pump(f);
    assert_got(f, ANNA, "\"page\":\"/viti\",\"page_title\":\"Viti\"", 0);
    token_of(f, VISITOR, token);
    size_t from = f->count;
    hall_visitor(
        f->hall, 7,
        &(struct frame){.kind = FRAME_HELLO, .lang = "it", .token = token, .page = "/carrello", .title = "Carrello"});
    pump(f);
    assert_got(f, ANNA, "\"page\":\"/carrello\",\"page_title\":\"Carrello\"", from);
    from = f->count;
    hall_visitor(
        f->hall, 8,
        &(struct frame){.kind = FRAME_HELLO, .lang = "it", .token = token, .page = "/carrello", .title = "Carrello"});
    pump(f);
    assert_not_got(f, ANNA, "\"type\":\"ticket\"", from);
}

int main(void)
{
#define counter_test(name) cmocka_unit_test_setup_teardown(name, counter_test_set_up, hall_test_tear_down)
    const struct CMUnitTest tests[] = {
        counter_test(a_note_is_for_colleagues_and_stored_once),
        counter_test(notes_come_with_opening_and_survive_a_restart),
        counter_test(a_closed_ticket_takes_a_last_note),
        counter_test(what_is_handed_back_with_a_note_keeps_it),
        counter_test(tags_replace_those_before),
        counter_test(who_is_invited_sees_it_and_does_not_write_to_the_visitor),
        counter_test(a_message_has_a_time_and_an_owner),
        counter_test(an_arriving_message_is_told_once),
        counter_test(the_card_names_the_page_the_visitor_is_on_now),
    };
    return cmocka_run_group_tests(tests, counter_test_editions, counter_test_no_editions);
}
