/* The policy of the dialogue, step by step, on a small company. */
#include "unit/dialogue/world.h"

static const struct outcome *say(struct world *w, const char *text)
{
    return hear(w, HEARD_TEXT, text);
}

static const char *entry_id(const struct world *w)
{
    return w->out.entry == VIEW_NONE ? "" : view_entry(edition_view(w->edition), w->out.entry).id;
}

static bool has_option(const struct outcome *o, const char *id)
{
    for (size_t i = 0; i < o->option_count; i++)
        if (strcmp(o->options[i].id, id) == 0)
            return true;
    return false;
}

static bool says(const struct outcome *o, const char *part)
{
    struct buf text;
    buf_init(&text, 1 << 16);
    block_to_text(o->blocks, &text);
    bool found = strstr(text.data, part) != NULL;
    buf_free(&text);
    return found;
}

/* First words in a conversation, and what must come of them. */
static void first_words(void **state)
{
    static const struct {
        const char *said, *page;
        enum outcome_kind kind;
        const char *entry, *lang;
    } rows[] = {
        {"Quanto costa la spedizione?", "it", OUTCOME_ANSWER, "costo-spedizione", "it"},
        {"quanto costa la spedizzione", "it", OUTCOME_ANSWER, "costo-spedizione", "it"},
        {"QUANTO DURA LA GARANZIA???", "it", OUTCOME_ANSWER, "garanzia", "it"},
        {"How much does shipping cost?", "en", OUTCOME_ANSWER, "costo-spedizione", "en"},
        {"How much does shipping cost?", "it", OUTCOME_ANSWER, "costo-spedizione", "en"},
        {"Come richiedo la fattura?", "en", OUTCOME_ANSWER, "fattura", "it"},
        {"privacy", "fr", OUTCOME_ANSWER, "privacy", "it"},
        {"ciao", "it", OUTCOME_RULE, "saluto", "it"},
        {"hello", "it", OUTCOME_RULE, "saluto", "en"},
        {"sei un robot?", "it", OUTCOME_RULE, "robot", "it"},
        {"voglio parlare con una persona", "it", OUTCOME_HANDOFF, "persona", "it"},
        {"che squadra gioca stasera", "it", OUTCOME_REPHRASE, "", "it"},
        {"converti 40 miglia in chilometri", "it", OUTCOME_REPHRASE, "", "it"},
        {"asdf qwer zxcv", "it", OUTCOME_REPHRASE, "", "it"},
        {"", "it", OUTCOME_REPHRASE, "", "it"},
        {"\xf0\x9f\x91\x8d", "en", OUTCOME_REPHRASE, "", "en"},
        {"che cos'è", "it", OUTCOME_REPHRASE, "", "it"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct world *w = world_new(NULL);
        w->heard.lang = rows[i].page;
        const struct outcome *o = say(w, rows[i].said);
        if (o->kind != rows[i].kind || strcmp(entry_id(w), rows[i].entry) != 0 || strcmp(o->lang, rows[i].lang) != 0)
            fail_msg("“%s”: %s “%s” in %s (confidence %.2f)", rows[i].said, outcome_kind_name(o->kind), entry_id(w),
                     o->lang, o->confidence);
        assert_non_null(o->blocks);
        assert_int_equal(o->fallback, rows[i].kind == OUTCOME_REPHRASE);
        world_free(w);
    }
    (void)state;
}

static void an_answer_has_its_buttons(void **state)
{
    struct world *w = world_new(NULL);
    const struct outcome *o = say(w, "Quanto costa la spedizione?");
    assert_true(o->confidence >= 0.7 && o->in_scope >= o->confidence);
    assert_true(says(o, "6,50"));
    assert_true(has_option(o, "entry:orari") && has_option(o, "agent:vendite") &&
                has_option(o, "url:https://example.org/"));
    o = hear(w, HEARD_PICK, "entry:orari");
    assert_int_equal(o->kind, OUTCOME_ANSWER);
    assert_string_equal(entry_id(w), "orari");
    assert_true(o->confidence == 1);
    world_free(w);
    (void)state;
}

static void one_request_to_rephrase_then_a_person(void **state)
{
    struct world *w = world_new(NULL);
    assert_int_equal(say(w, "asdf qwer zxcv")->kind, OUTCOME_REPHRASE);
    assert_int_equal(say(w, "ciao")->kind, OUTCOME_RULE);
    const struct outcome *o = say(w, "wqqp trrx zzgh");
    assert_int_equal(o->kind, OUTCOME_HANDOFF);
    assert_false(o->enqueue);
    assert_true(o->fallback);
    assert_true(has_option(o, "agent:"));
    assert_string_equal(o->why, "not_understood");
    assert_string_equal(o->question, "wqqp trrx zzgh");
    assert_true(says(o, "fra 2 e 7 minuti"));
    world_free(w);
    (void)state;
}

static void a_fragment_does_not_use_it_up(void **state)
{
    struct world *w = world_new(NULL);
    assert_int_equal(say(w, "zzgh")->kind, OUTCOME_REPHRASE);
    assert_int_equal(say(w, "asdf qwer zxcv")->kind, OUTCOME_REPHRASE);
    assert_int_equal(say(w, "asdf qwer zxcv")->kind, OUTCOME_HANDOFF);
    world_free(w);
    (void)state;
}

static void an_answer_forgets_an_earlier_failure(void **state)
{
    struct world *w = world_new(NULL);
    say(w, "asdf qwer zxcv");
    say(w, "Quanto dura la garanzia?");
    assert_int_equal(say(w, "wqqp trrx zzgh")->kind, OUTCOME_REPHRASE);
    world_free(w);
    (void)state;
}

static void an_ambiguous_word_lets_the_visitor_choose(void **state)
{
    struct world *w = world_new(NULL);
    const struct outcome *o = say(w, "chiavi");
    assert_int_equal(o->kind, OUTCOME_OFFER);
    assert_true(has_option(o, "entry:copia-chiavi") && has_option(o, "entry:chiavi-auto") && has_option(o, "none"));
    assert_string_equal(o->options[o->option_count - 1].title, "Nessuna di queste");
    assert_true(o->option_count <= 4);
    o = hear(w, HEARD_PICK, "none");
    assert_true(o->fallback);
    assert_string_equal(o->why, "none_of_these");
    assert_false(has_option(o, "entry:copia-chiavi") || has_option(o, "entry:chiavi-auto"));
    assert_true(has_option(o, "agent:"));
    o = hear(w, HEARD_PICK, "agent:");
    assert_int_equal(o->kind, OUTCOME_HANDOFF);
    assert_true(o->enqueue);
    assert_string_equal(o->question, "chiavi");
    world_free(w);
    (void)state;
}

static void a_thumb_down_shows_others_and_a_person(void **state)
{
    struct world *w = world_new(NULL);
    say(w, "Duplicate le chiavi di casa?");
    const struct outcome *o = hear(w, HEARD_THUMB_DOWN, NULL);
    assert_false(has_option(o, "entry:copia-chiavi"));
    assert_true(has_option(o, "agent:"));
    assert_string_equal(o->why, "thumb_down");
    world_free(w);
    (void)state;
}

static void a_wish_for_a_person_enqueues(void **state)
{
    struct world *w = world_new(NULL);
    const struct outcome *o = hear(w, HEARD_HUMAN, NULL);
    assert_true(o->enqueue && o->kind == OUTCOME_HANDOFF && !o->fallback);
    assert_string_equal(o->why, "asked");
    o = say(w, "voglio parlare con una persona");
    assert_true(o->enqueue);
    assert_string_equal(o->department, "vendite");
    assert_string_equal(o->why, "rule");
    o = hear(w, HEARD_PICK, "agent:vendite");
    assert_true(o->enqueue);
    assert_string_equal(o->department, "vendite");
    world_free(w);
    (void)state;
}

static void nobody_there_is_said_and_a_message_offered(void **state)
{
    struct world *w = world_new(NULL);
    w->heard.help = (struct help){.open = true};
    const struct outcome *o = hear(w, HEARD_HUMAN, NULL);
    assert_true(o->enqueue && has_option(o, "message:") && says(o, "nessuno è collegato") && !says(o, "minuti"));
    w->heard.help = (struct help){.open = false, .online = 3, .ranged = true, .wait_low = 60, .wait_high = 300};
    o = hear(w, HEARD_HUMAN, NULL);
    assert_true(!o->enqueue && has_option(o, "message:") && says(o, "fuori orario") && !says(o, "minuti"));
    w->memory.rephrased = 2;
    w->heard.help = (struct help){.open = true};
    o = say(w, "asdf qwer zxcv");
    assert_true(o->kind == OUTCOME_HANDOFF && !o->enqueue && has_option(o, "message:") && !has_option(o, "agent:"));
    world_free(w);
    (void)state;
}

static void near_closing_time_nothing_is_promised(void **state)
{
    struct world *w = world_new(NULL);
    w->heard.help = (struct help){.open = true, .beyond = true, .online = 3};
    const struct outcome *o = hear(w, HEARD_HUMAN, NULL);
    assert_true(o->enqueue && has_option(o, "message:") && says(o, "Fra poco chiudiamo") && !says(o, "minuti"));
    w->heard.help = (struct help){.open = false, .beyond = true, .online = 3};
    o = hear(w, HEARD_HUMAN, NULL);
    assert_true(!o->enqueue && has_option(o, "message:") && says(o, "prima della chiusura"));
    world_free(w);
    (void)state;
}

static struct help closed_there(const void *context, const char *department)
{
    (void)context;
    assert_string_equal(department, "vendite");
    return (struct help){.open = false};
}

/* The default department is open; the one that the person is handed to is not. */
static void the_hours_are_those_of_the_department_one_is_handed_to(void **state)
{
    struct world *w = world_new(NULL);
    w->heard.help = (struct help){.open = true, .online = 1};
    w->heard.help_of = closed_there;
    const struct outcome *o = hear(w, HEARD_PICK, "agent:vendite");
    assert_true(!o->enqueue && has_option(o, "message:") && says(o, "fuori orario"));
    o = hear(w, HEARD_HUMAN, NULL);
    assert_true(o->enqueue);
    world_free(w);
    (void)state;
}

static void without_figures_no_range_is_given(void **state)
{
    struct world *w = world_new(NULL);
    w->heard.help.ranged = false;
    assert_true(says(hear(w, HEARD_HUMAN, NULL), "abbastanza dati"));
    world_free(w);
    (void)state;
}

static void handoff_auto_enqueues_at_once(void **state)
{
    struct world *w = world_new("languages: [it, en]\npolicy:\n  handoff: auto\n");
    say(w, "asdf qwer zxcv");
    const struct outcome *o = say(w, "wqqp trrx zzgh");
    assert_true(o->kind == OUTCOME_HANDOFF && o->enqueue && o->fallback);
    w->heard.help.online = 0;
    assert_false(say(w, "wqqp trrx zzgh")->enqueue);
    world_free(w);
    (void)state;
}

static void while_waiting_it_helps_only_when_sure(void **state)
{
    struct world *w = world_new(NULL);
    w->heard.who = WHO_WAITING;
    assert_int_equal(say(w, "Quanto dura la garanzia?")->kind, OUTCOME_ANSWER);
    const struct outcome *o = say(w, "chiavi");
    assert_true(o->blocks != NULL && o->option_count == 0 && !o->enqueue);
    assert_int_equal(say(w, "asdf qwer zxcv")->kind, OUTCOME_SILENT);
    assert_null(w->out.blocks);
    o = hear(w, HEARD_HUMAN, NULL);
    assert_true(!o->enqueue && says(o, "già in fila"));
    assert_false(say(w, "voglio parlare con una persona")->enqueue);
    world_free(w);
    (void)state;
}

static void with_a_person_it_is_silent(void **state)
{
    struct world *w = world_new(NULL);
    w->heard.who = WHO_AGENT;
    for (int kind = HEARD_TEXT; kind <= HEARD_THUMB_DOWN; kind++) {
        const struct outcome *o = hear(w, (enum heard_kind)kind, "entry:orari");
        assert_true(o->kind == OUTCOME_SILENT && o->blocks == NULL && !o->enqueue && o->option_count == 0);
    }
    world_free(w);
    (void)state;
}

static void an_option_that_is_gone_is_met_politely(void **state)
{
    static const char *const options[] = {"entry:gone", "intent:gone", "", "nonsense", "none!", "entry:", "flow:x"};
    struct world *w = world_new(NULL);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        const struct outcome *o = hear(w, HEARD_PICK, options[i]);
        assert_true(o->kind == OUTCOME_REPHRASE && o->fallback && o->blocks != NULL);
    }
    assert_int_equal(hear(w, HEARD_PICK, "agent:closed-department")->kind, OUTCOME_HANDOFF);
    assert_string_equal(w->out.department, "");
    world_free(w);
    (void)state;
}

static void replies_take_turns_and_the_same_gives_the_same(void **state)
{
    struct world *w = world_new(NULL);
    bool first = says(say(w, "ciao"), "Ciao a te!");
    assert_true(first != says(say(w, "ciao"), "Ciao a te!"));
    struct dialogue_memory before = w->memory;
    double confidence = say(w, "quanto pago per la spedizione")->confidence;
    struct dialogue_memory after = w->memory;
    w->memory = before;
    assert_true(confidence == say(w, "quanto pago per la spedizione")->confidence);
    assert_memory_equal(&after, &w->memory, sizeof after);
    world_free(w);
    (void)state;
}

static void the_language_of_the_talk_goes_on(void **state)
{
    struct world *w = world_new(NULL);
    assert_string_equal(say(w, "How much does shipping cost?")->lang, "en");
    hear(w, HEARD_PICK, "entry:orari");
    assert_string_equal(w->out.lang, "en");
    assert_string_equal(say(w, "zzgh")->lang, "en");
    /* Its letters look Italian, its words are nobody's. */
    assert_string_equal(view_language(edition_view(w->edition), "blorgo quantozzo xyz", "en"), "it");
    assert_string_equal(say(w, "blorgo quantozzo xyz")->lang, "en");
    assert_string_equal(say(w, "vorrei comprare una bicicletta")->lang, "it");
    world_free(w);
    (void)state;
}

static void what_is_not_sure_wants_a_second_look_once(void **state)
{
    (void)state;
    struct world *w = world_new("");
    /* Sure of it, or nothing a look might help: none. */
    say(w, "quanto costa la spedizione?");
    assert_false(w->out.wants_second_look);
    say(w, "");
    assert_false(w->out.wants_second_look);
    assert_false(hear(w, HEARD_HUMAN, NULL)->wants_second_look);
    /* A word that neither the dictionary nor the entries know. */
    const char *unclear = "zpappaqallo";
    say(w, unclear);
    assert_int_equal(w->out.kind, OUTCOME_REPHRASE);
    assert_true(w->out.wants_second_look);
    assert_false(w->out.second_look.meaning);
    assert_string_equal(w->out.second_look.text, unclear);
    assert_string_equal(w->out.second_look.lang, "it");
    assert_int_equal(w->out.second_look.misspelt_count, 1);
    assert_string_equal(w->out.second_look.misspelt[0], unclear);
    /* The same turn with what was found, also if that is nothing: never another. */
    struct understand_options nothing = {0};
    w->memory = (struct dialogue_memory){0};
    w->heard.second = &nothing;
    say(w, unclear);
    assert_int_equal(w->out.kind, OUTCOME_REPHRASE);
    assert_false(w->out.wants_second_look);
    const struct respelling mended = {unclear, "quanto costa la spedizione"};
    struct understand_options found = {.respellings = &mended, .respelling_count = 1};
    w->memory = (struct dialogue_memory){0};
    w->heard.second = &found;
    say(w, unclear);
    assert_int_equal(w->out.kind, OUTCOME_ANSWER);
    assert_string_equal(entry_id(w), "costo-spedizione");
    world_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_sure_wants_a_second_look_once),
        cmocka_unit_test(first_words),
        cmocka_unit_test(an_answer_has_its_buttons),
        cmocka_unit_test(one_request_to_rephrase_then_a_person),
        cmocka_unit_test(a_fragment_does_not_use_it_up),
        cmocka_unit_test(an_answer_forgets_an_earlier_failure),
        cmocka_unit_test(an_ambiguous_word_lets_the_visitor_choose),
        cmocka_unit_test(a_thumb_down_shows_others_and_a_person),
        cmocka_unit_test(a_wish_for_a_person_enqueues),
        cmocka_unit_test(nobody_there_is_said_and_a_message_offered),
        cmocka_unit_test(near_closing_time_nothing_is_promised),
        cmocka_unit_test(the_hours_are_those_of_the_department_one_is_handed_to),
        cmocka_unit_test(without_figures_no_range_is_given),
        cmocka_unit_test(handoff_auto_enqueues_at_once),
        cmocka_unit_test(while_waiting_it_helps_only_when_sure),
        cmocka_unit_test(with_a_person_it_is_silent),
        cmocka_unit_test(an_option_that_is_gone_is_met_politely),
        cmocka_unit_test(replies_take_turns_and_the_same_gives_the_same),
        cmocka_unit_test(the_language_of_the_talk_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
