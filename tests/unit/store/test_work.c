/* Notes, tags, times and invitations are kept with a ticket within their ceilings and in sight; what was missed and
 * what came earlier is found by number, visitor and identity. */
#include "store/work.h"
#include "unit/store/fixture.h"

static int64_t anna, bruno, ticket;

static int with_a_ticket(void **state)
{
    setup(state);
    anna = user_now(store, "anna");
    bruno = user_now(store, "bruno");
    ticket = asked_now(store, 1, TICKET_WAITING, "shop", "it");
    return 0;
}

static enum store_result note(int64_t user, const char *departments, const char *cid, const char *text, int64_t *ret_id)
{
    struct store_note_add *j = NEW_JOB(store_note_add);
    j->ticket = ticket;
    j->sight = (struct work_sight){user, departments};
    j->cid = cid;
    j->text = text;
    store_run(store, &j->job);
    enum store_result result = j->job.result;
    if (ret_id != NULL)
        *ret_id = j->note.id;
    if (result == STORE_OK)
        assert_true(j->row.notes > 0);
    store_job_free(&j->job);
    return result;
}

static void a_note_sent_again_is_stored_once(void **state)
{
    int64_t first = 0, again = 0, other = 0;
    (void)state;
    assert_int_equal(note(anna, "", "c", "uno", &first), STORE_OK);
    assert_int_equal(note(anna, "", "c", "uno", &again), STORE_DUPLICATE);
    assert_int_equal(note(bruno, "shop,x", "c", "due", &other), STORE_OK);
    assert_int_equal(first, again);
    assert_int_not_equal(first, other);
    struct store_notes *j = NEW_JOB(store_notes);
    j->ticket = ticket;
    run_for(store, j, STORE_OK);
    assert_int_equal(j->count, 2);
    assert_string_equal(j->notes[0].text, "uno");
    assert_string_equal(j->notes[1].name, "bruno");
    store_job_free(&j->job);
}

static enum store_result work(struct store_work like)
{
    struct store_work *j = NEW_JOB(store_work);
    like.job = j->job;
    *j = like;
    j->ticket_id = like.ticket_id != 0 ? like.ticket_id : ticket;
    store_run(store, &j->job);
    enum store_result result = j->job.result;
    store_job_free(&j->job);
    return result;
}

static struct store_ticket *row(void)
{
    struct store_ticket *j = NEW_JOB(store_ticket);
    j->id = ticket;
    run_for(store, j, STORE_OK);
    assert_int_equal(j->count, 1);
    return j;
}

static void who_does_not_see_it_notes_nothing_until_invited(void **state)
{
    (void)state;
    assert_int_equal(note(bruno, "shopping,hop", "c", "x", NULL), STORE_MISSING);
    assert_int_equal(work((struct store_work){.act = WORK_INVITE, .invited = bruno}), STORE_OK);
    assert_int_equal(work((struct store_work){.act = WORK_INVITE, .invited = bruno}), STORE_OK);
    assert_int_equal(note(bruno, "shopping,hop", "c", "x", NULL), STORE_OK);
    assert_int_equal(work((struct store_work){.act = WORK_INVITE, .invited = 999}), STORE_MISSING);
    struct store_ticket *j = row();
    char expected[32];
    snprintf(expected, sizeof expected, ",%lld,", (long long)bruno);
    assert_string_equal(j->tickets[0].invited, expected);
    store_job_free(&j->job);
}

static void everything_has_a_ceiling(void **state)
{
    static char text[WORK_NOTE_BYTES + 2];
    const char *tags[WORK_TAGS + 1];
    char cid[16];
    (void)state;
    memset(text, 'x', WORK_NOTE_BYTES + 1);
    assert_int_equal(note(anna, "", "long", text, NULL), STORE_REFUSED);
    text[WORK_NOTE_BYTES] = '\0';
    assert_int_equal(note(anna, "", "long", text, NULL), STORE_OK);
    for (int i = 1; i < WORK_NOTES_MAX; i++) {
        snprintf(cid, sizeof cid, "n%d", i);
        assert_int_equal(note(anna, "", cid, "x", NULL), STORE_OK);
    }
    assert_int_equal(note(anna, "", "one more", "x", NULL), STORE_REFUSED);
    for (int i = 0; i <= WORK_TAGS; i++)
        tags[i] = "same";
    assert_int_equal(work((struct store_work){.act = WORK_SET_TAGS, .tags = tags, .tag_count = WORK_TAGS + 1}),
                     STORE_REFUSED);
    tags[0] = "0123456789012345678901234567890123456789x";
    assert_int_equal(work((struct store_work){.act = WORK_SET_TAGS, .tags = tags, .tag_count = 1}), STORE_REFUSED);
    for (int i = 0; i < WORK_INVITED_MAX; i++) {
        snprintf(cid, sizeof cid, "user%d", i);
        assert_int_equal(work((struct store_work){.act = WORK_INVITE, .invited = user_now(store, cid)}), STORE_OK);
    }
    assert_int_equal(work((struct store_work){.act = WORK_INVITE, .invited = anna}), STORE_REFUSED);
}

static void tags_a_time_and_the_page_are_of_the_ticket(void **state)
{
    const char *tags[] = {"reso", "a"};
    (void)state;
    assert_int_equal(work((struct store_work){.act = WORK_SET_TAGS, .tags = tags, .tag_count = 2}), STORE_OK);
    assert_int_equal(work((struct store_work){.act = WORK_SET_DUE, .due_ms = 77}), STORE_OK);
    assert_int_equal(work((struct store_work){.act = WORK_SET_PAGE, .page = "/x", .title = "X <b>"}), STORE_OK);
    struct store_ticket *j = row();
    assert_string_equal(j->tickets[0].tags, "a\nreso");
    assert_int_equal(j->tickets[0].due_ms, 77);
    assert_string_equal(j->tickets[0].page, "/x");
    assert_string_equal(j->tickets[0].page_title, "X <b>");
    store_job_free(&j->job);
    assert_int_equal(work((struct store_work){.act = WORK_SET_TAGS}), STORE_OK);
    assert_int_equal(work((struct store_work){.act = WORK_SET_DUE, .ticket_id = 5}), STORE_MISSING);
    j = row();
    assert_string_equal(j->tickets[0].tags, "");
    store_job_free(&j->job);
}

static void move(enum ticket_state from, enum ticket_state to, int64_t owner, const char *cause)
{
    struct store_move *m = NEW_JOB(store_move);
    m->ticket_id = ticket;
    m->from = 1u << from;
    m->to = to;
    m->owner = owner;
    m->cause = cause;
    m->who = -1;
    run_for(store, m, STORE_OK);
    store_job_free(&m->job);
}

static size_t missed(int64_t user, int64_t after, char *ret_cause, size_t room, int64_t *ret_newest)
{
    struct store_missed *j = NEW_JOB(store_missed);
    j->user = user;
    j->after = after;
    run_for(store, j, STORE_OK);
    size_t count = j->count;
    if (ret_cause != NULL)
        snprintf(ret_cause, room, "%s by %s", count > 0 ? j->rows[0].cause : "", count > 0 ? j->rows[0].name : "");
    if (ret_newest != NULL)
        *ret_newest = j->ret_newest;
    store_job_free(&j->job);
    return count;
}

static void the_last_step_of_a_lost_chat_is_missed(void **state)
{
    int64_t seen, later;
    char cause[64];
    (void)state;
    move(TICKET_WAITING, TICKET_CLAIMED, anna, "taken");
    assert_int_equal(missed(anna, -1, NULL, 0, &seen), 0);
    move(TICKET_CLAIMED, TICKET_WAITING, 0, "lease_lost");
    assert_int_equal(missed(anna, seen, cause, sizeof cause, NULL), 1);
    assert_string_equal(cause, "lease_lost by ");
    move(TICKET_WAITING, TICKET_CLAIMED, bruno, "taken");
    assert_int_equal(missed(anna, seen, cause, sizeof cause, &later), 1);
    assert_string_equal(cause, "taken by bruno");
    assert_int_equal(missed(anna, later, NULL, 0, NULL), 0);
    assert_int_equal(missed(bruno, seen, NULL, 0, NULL), 0);
    move(TICKET_CLAIMED, TICKET_WAITING, 0, "lease_lost");
    move(TICKET_WAITING, TICKET_CLAIMED, anna, "taken"); /* hers again */
    assert_int_equal(missed(anna, seen, NULL, 0, NULL), 0);
    assert_int_equal(missed(bruno, seen, cause, sizeof cause, NULL), 1);
    assert_string_equal(cause, "taken by anna");
    move(TICKET_CLAIMED, TICKET_CLOSED, -1, "solved"); /* by herself */
    assert_int_equal(missed(anna, seen, NULL, 0, NULL), 0);
}

static size_t earlier(int64_t of, struct work_sight sight, enum store_result expected, int64_t *ret_first)
{
    struct store_earlier *j = NEW_JOB(store_earlier);
    j->ticket = of;
    j->sight = sight;
    run_for(store, j, expected);
    size_t count = j->count;
    if (ret_first != NULL)
        *ret_first = count > 0 ? j->rows[0].ticket : 0;
    store_job_free(&j->job);
    return count;
}

static int64_t asked_by(int visitor, const char *identity)
{
    struct store_turn *t = asked(visitor, TICKET_MESSAGE, "shop", "it");
    struct ticket_new with = *t->ticket;
    with.identity = identity;
    t->ticket = &with;
    run_for(store, t, STORE_OK);
    int64_t id = t->ret_ticket;
    store_job_free(&t->job);
    return id;
}

static void earlier_tickets_are_of_the_visitor_or_the_identity(void **state)
{
    const struct work_sight all = {anna, ""};
    int64_t first = 0;
    (void)state;
    int64_t phone = asked_by(2, "k-77"), other = asked_by(3, ""), desktop = asked_by(4, "k-77"),
            again = asked_by(4, "");
    assert_int_equal(earlier(desktop, all, STORE_OK, &first), 1);
    assert_int_equal(first, phone);
    assert_int_equal(earlier(again, all, STORE_OK, &first), 1);
    assert_int_equal(first, desktop);
    assert_int_equal(earlier(other, all, STORE_OK, NULL), 0);
    assert_int_equal(earlier(desktop, (struct work_sight){anna, "x"}, STORE_MISSING, NULL), 0);
    struct store_turn *t = asked(4, TICKET_MESSAGE, "repairs", "it");
    run_for(store, t, STORE_OK);
    int64_t repairs = t->ret_ticket;
    store_job_free(&t->job);
    assert_int_equal(earlier(repairs, all, STORE_OK, NULL), 2);
    assert_int_equal(earlier(repairs, (struct work_sight){anna, "repairs"}, STORE_OK, NULL), 0);
    assert_int_equal(earlier(4000, all, STORE_MISSING, NULL), 0);
}

int main(void)
{
#define work_test(name) cmocka_unit_test_setup_teardown(name, with_a_ticket, teardown)
    const struct CMUnitTest tests[] = {
        work_test(a_note_sent_again_is_stored_once),
        work_test(who_does_not_see_it_notes_nothing_until_invited),
        work_test(everything_has_a_ceiling),
        work_test(tags_a_time_and_the_page_are_of_the_ticket),
        work_test(the_last_step_of_a_lost_chat_is_missed),
        work_test(earlier_tickets_are_of_the_visitor_or_the_identity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
