/* One conversation on the command line: its time, its visitor, its webhooks. */
#include "cli/play.h"

#include "unit/dialogue/flow_site.h"
#include "unit/dialogue/flow_sources.h"

static const struct source sources[] = {TEXT("intents/it/notizie.yaml", flow_newsletter),
                                        TEXT("intents/it/ordine.yaml", flow_order),
                                        TEXT("intents/it/persona.yaml", flow_person),
                                        TEXT("knowledge/it/faq.md", flow_faq), TEXT("sportello.yaml", flow_settings)};

static struct edition *edition;

static bool found(void *context, const struct wanted_call *wanted, const char *lang, struct arena *arena,
                  const struct variable **ret, size_t *ret_count)
{
    static const struct variable values[] = {{"trovato", "true"}, {"stato", "pronto"}};
    (void)arena;
    assert_string_equal(wanted->webhook, "ordini");
    assert_string_equal(lang, "it");
    *ret = values;
    *ret_count = 2;
    return *(bool *)context;
}

static void open_play(struct play *p, bool *answers)
{
    *p = (struct play){.view = edition_view(edition), .lang = "it"};
    if (answers != NULL) {
        p->call = found;
        p->context = answers;
    }
    assert_int_equal(play_open(p), 0);
}

static void a_webhook_is_answered_within_the_turn(void **state)
{
    bool answers = true;
    struct play p;
    open_play(&p, &answers);
    play_hear(&p, HEARD_TEXT, "ordine AB-1234");
    assert_int_equal(p.call_count, 1);
    assert_true(p.calls_ok[0]);
    assert_string_equal(p.reply.data, "L'ordine AB-1234 è pronto.");
    answers = false;
    play_hear(&p, HEARD_TEXT, "ordine AB-1234");
    assert_false(p.calls_ok[0]);
    assert_true(p.last.enqueue);
    assert_int_equal(p.who, WHO_WAITING);
    play_again(&p);
    assert_int_equal(p.who, WHO_BOT);
    play_hear(&p, HEARD_TEXT, "Quanto dura la garanzia?");
    assert_int_equal(p.call_count, 0);
    assert_string_equal(p.reply.data, "Due anni.");
    play_close(&p);
    (void)state;
}

static void nobody_answers_webhooks_unless_somebody_does(void **state)
{
    struct play p;
    open_play(&p, NULL);
    play_hear(&p, HEARD_TEXT, "ordine AB-1234");
    assert_string_equal(p.calls[0], "ordini");
    assert_false(p.calls_ok[0]);
    play_close(&p);
    (void)state;
}

static void the_visitor_is_remembered_in_the_next_conversation(void **state)
{
    struct play p;
    open_play(&p, NULL);
    play_hear(&p, HEARD_TEXT, "iscrivimi alla newsletter maria@example.com");
    assert_string_equal(p.last.asking, "sabato");
    play_again(&p);
    play_hear(&p, HEARD_TEXT, "iscrivimi alla newsletter");
    assert_string_equal(p.last.asking, "sabato");
    play_fact(&p, "visitor.indirizzo", "anna@example.com");
    play_hear(&p, HEARD_TEXT, "no");
    assert_non_null(strstr(p.reply.data, "maria@example.com"));
    play_close(&p);
    (void)state;
}

static void time_stands_still_and_goes_by(void **state)
{
    struct play p;
    open_play(&p, NULL);
    assert_int_equal(p.now.year, 2027);
    assert_int_equal(p.now.weekday, 0);
    play_clock(&p, 2028, 2, 28, 23, 30);
    play_later(&p, 3600);
    assert_int_equal(p.now.day, 29);
    assert_int_equal(p.now.hour, 0);
    play_hear(&p, HEARD_TEXT, "dov'è il mio ordine");
    play_hear(&p, HEARD_TEXT, "dov'è, dove si trova il mio pacco");
    play_later(&p, 61 * 60);
    play_hear(&p, HEARD_TEXT, "xyzzy");
    assert_null(p.last.asking);
    play_close(&p);
    (void)state;
}

static int open_all(void **state)
{
    (void)state;
    edition = flow_edition(sources, sizeof sources / sizeof *sources, 0);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    edition_unpin(edition);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_webhook_is_answered_within_the_turn),
        cmocka_unit_test(nobody_answers_webhooks_unless_somebody_does),
        cmocka_unit_test(the_visitor_is_remembered_in_the_next_conversation),
        cmocka_unit_test(time_stands_still_and_goes_by),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
