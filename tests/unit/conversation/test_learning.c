/* Learning: what visitors do in a chat becomes questions with counts, in the same commit. */
#include "hall_test.h"

static void pick(struct fixture *f, uint64_t client, const char *cid, const char *option)
{
    hall_visitor(f->hall, client, &(struct frame){.kind = FRAME_PICK, .cid = cid, .option = option});
    pump(f);
}

static void rate(struct fixture *f, uint64_t client, const char *cid, int64_t seq, int value)
{
    hall_visitor(f->hall, client, &(struct frame){.kind = FRAME_RATE, .cid = cid, .seq = seq, .value = value});
    pump(f);
    pump(f);
}

static void told(struct fixture *f, uint64_t client, const char *cid, const char *text)
{
    say(f, client, cid, text);
    pump(f);
}

/* All that is kept, a line a question: "text: outcome entry×count, …". */
static const char *kept(struct fixture *f)
{
    static char text[4000];
    size_t used = 0;
    struct store_learn_list *l = store_job_new(&store_learn_list_kind, sizeof *l, NULL, NULL);
    l->settled = true;
    store_run(f->store, &l->job);
    assert_int_equal(l->job.result, STORE_OK);
    text[0] = '\0';
    for (size_t i = 0; i < l->count; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s:", l->rows[i].text);
        for (size_t k = 0; k < l->rows[i].count_count; k++) {
            const struct learn_count *c = &l->rows[i].counts[k];
            used += (size_t)snprintf(text + used, sizeof text - used, " %s %s×%d", learn_outcome_name(c->outcome),
                                     c->entry, (int)c->count);
        }
        used += (size_t)snprintf(text + used, sizeof text - used, "\n");
    }
    store_job_free(&l->job);
    return text;
}

/* The first option of the last "did you mean". */
static void first_option(const struct fixture *f, char ret[96])
{
    const char *at = NULL;
    for (size_t i = 0; i < f->count; i++) {
        const char *found = strstr(f->sent[i].json, "\"id\":\"entry:");
        at = found != NULL && strstr(f->sent[i].json, "\"none\"") != NULL ? found + 6 : at;
    }
    assert_non_null(at);
    snprintf(ret, 96, "%.*s", (int)strcspn(at, "\""), at);
}

/* A question between two entries: both are offered. */
static const char *const vague = "quanto costa con la carta";

static void what_is_not_understood_is_kept_as_it_was_written(void **state)
{
    struct fixture *f = *state;
    hello(f, 1, NULL, 0);
    told(f, 1, "c1", "  Vendete  zucche\n volanti?? ");
    told(f, 1, "c2", "vendete zucche volanti");
    assert_string_equal(kept(f), "Vendete zucche volanti??: unanswered ×2\n");
}

static void what_is_answered_is_not_kept_until_a_thumb_says_so(void **state)
{
    struct fixture *f = *state;
    hello(f, 1, NULL, 0);
    told(f, 1, "c1", "quanto costa la spedizione?");
    assert_string_equal(kept(f), "");
    rate(f, 1, "r1", 2, 1);
    assert_string_equal(kept(f), "");
    rate(f, 1, "r2", 2, -1);
    assert_string_equal(kept(f), "quanto costa la spedizione?: thumb_down entry:costo-spedizione×1\n");
    rate(f, 1, "r2", 2, -1); /* sent again */
    assert_string_equal(kept(f), "quanto costa la spedizione?: thumb_down entry:costo-spedizione×1\n");
}

static void a_thumb_on_an_older_answer_is_for_that_question(void **state)
{
    struct fixture *f = *state;
    hello(f, 1, NULL, 0);
    told(f, 1, "c1", "quanto costa la spedizione?");
    told(f, 1, "c2", "a che ora aprite?");
    rate(f, 1, "r1", 2, -1);
    assert_string_equal(kept(f), "quanto costa la spedizione?: thumb_down entry:costo-spedizione×1\n");
}

static void a_pick_of_what_was_offered_is_a_proposal(void **state)
{
    struct fixture *f = *state;
    char option[96], expected[400];
    hello(f, 1, NULL, 0);
    told(f, 1, "c1", vague);
    first_option(f, option);
    snprintf(expected, sizeof expected, "%s: offered %s×1\n", vague, option);
    assert_string_equal(kept(f), expected);
    pick(f, 1, "c2", option);
    snprintf(expected, sizeof expected, "%s: offered %s×1 picked %s×1\n", vague, option, option);
    assert_string_equal(kept(f), expected);
    /* The same button once more is no second opinion: it belongs to no open question. */
    pick(f, 1, "c3", option);
    assert_string_equal(kept(f), expected);
    rate(f, 1, "r1", 4, -1);
    snprintf(expected, sizeof expected, "%s: offered %s×1 refused %s×1\n", vague, option, option);
    assert_string_equal(kept(f), expected);
}

static void what_points_at_the_visitor_is_not_kept(void **state)
{
    struct fixture *f = *state;
    hello(f, 1, NULL, 0);
    told(f, 1, "c1", "vendete zucche volanti? maria@example.com 333 1234567");
    assert_string_equal(kept(f), "vendete zucche volanti? …@… ### #######: unanswered ×1\n");
}

static void none_of_these_is_kept(void **state)
{
    struct fixture *f = *state;
    char option[96], expected[400];
    hello(f, 1, NULL, 0);
    told(f, 1, "c1", vague);
    first_option(f, option);
    pick(f, 1, "c2", "none");
    snprintf(expected, sizeof expected, "%s: offered %s×1 refused ×1\n", vague, option);
    assert_string_equal(kept(f), expected);
}

static void buttons_that_were_not_offered_say_nothing(void **state)
{
    struct fixture *f = *state;
    hello(f, 1, NULL, 0);
    pick(f, 1, "c1", "entry:orari");
    pick(f, 1, "c2", "none");
    told(f, 1, "c3", "quanto costa la spedizione?");
    pick(f, 1, "c4", "entry:orari");
    assert_string_equal(kept(f), "");
}

static void a_very_long_question_is_cut_between_characters(void **state)
{
    struct fixture *f = *state;
    char text[3001] = "";
    for (size_t i = 0; i < 1000; i++)
        memcpy(text + i * 3, "\xe6\xbc\xa2", 3);
    hello(f, 1, NULL, 0);
    told(f, 1, "c1", text);
    size_t size = strcspn(kept(f), ":");
    assert_int_equal(size, LEARN_TEXT_BYTES / 3 * 3);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, hall_test_set_up, hall_test_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_not_understood_is_kept_as_it_was_written),
        TEST(what_is_answered_is_not_kept_until_a_thumb_says_so),
        TEST(a_thumb_on_an_older_answer_is_for_that_question),
        TEST(a_pick_of_what_was_offered_is_a_proposal),
        TEST(what_points_at_the_visitor_is_not_kept),
        TEST(none_of_these_is_kept),
        TEST(buttons_that_were_not_offered_say_nothing),
        TEST(a_very_long_question_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
