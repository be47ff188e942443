/* AIML among the rules: when it speaks, and when it does not. */
#include "dialogue/dialogue.h"
#include "unit/edition/small_site.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char bot[] =
    "<aiml version='2.0'>\n"
    "<category><pattern>BARZELLETTA</pattern><template>Un chiodo entra in un bar.</template></category>\n"
    "<category><pattern>QUANTO DURA LA GARANZIA</pattern><template>Una vita.</template></category>\n"
    "<category><pattern>^ ZUCCA ^</pattern><template>Corsia <set name='dove'>4</set>."
    "<button><text>E la vite?</text><postback>E LA VITE</postback></button></template></category>\n"
    "<category><pattern>^ SPEDIZIONE ^</pattern><template>Non so di spedizioni.</template></category>\n"
    "<category><pattern>E LA VITE</pattern><template>Sempre in corsia <get name='dove'/>.</template></category>\n"
    "<category><pattern>GIRA</pattern><template><srai>GIRA</srai></template></category>\n"
    "<category><pattern>SOLO FINE</pattern><template><srai>QUALSIASI ALTRA COSA</srai></template></category>\n"
    "<category><pattern>*</pattern><template>Non so che dire.</template></category>\n"
    "</aiml>\n";

struct world {
    struct arena *arena, *turn;
    struct edition *edition;
    struct dialogue_memory memory;
    struct outcome out;
    enum who who;
};

static const struct outcome *hear(struct world *w, enum heard_kind kind, const char *text)
{
    struct heard heard = {.kind = kind, .text = text, .lang = "it", .who = w->who, .help = {.open = true, .online = 1}};
    arena_reset(w->turn);
    assert_int_equal(dialogue_step(edition_view(w->edition), &w->memory, &heard, w->turn, &w->out), 0);
    w->memory = w->out.memory;
    return &w->out;
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

static int begin(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    w->arena = arena_new(64 << 20);
    w->turn = arena_new(64 << 20);
    w->edition = small_edition_aiml(w->arena, bot);
    *state = w;
    return w->edition != NULL ? 0 : -1;
}

static int end(void **state)
{
    struct world *w = *state;
    edition_unpin(w->edition);
    arena_free(w->arena);
    arena_free(w->turn);
    free(w);
    return 0;
}

static void a_pattern_without_wildcards_is_a_rule(void **state)
{
    struct world *w = *state;
    const struct outcome *o = hear(w, HEARD_TEXT, "barzelletta!");
    assert_true(o->kind == OUTCOME_RULE && says(o, "chiodo") && !o->fallback);
    assert_string_equal(o->source, "aiml/bot.aiml:2");
    assert_true(says(hear(w, HEARD_TEXT, "Quanto dura la garanzia?"), "Una vita"));
}

static void with_wildcards_it_speaks_where_the_faq_is_not_sure(void **state)
{
    struct world *w = *state;
    const struct outcome *o = hear(w, HEARD_TEXT, "avete una zucca gialla molto grossa");
    assert_true(o->kind == OUTCOME_RULE && says(o, "Corsia 4") && o->confidence < 1);
    assert_string_equal(o->options[0].id, "say:E LA VITE");
    o = hear(w, HEARD_TEXT, "quanto costa la spedizione?");
    assert_true(o->kind == OUTCOME_ANSWER && says(o, "6,50"));
}

static void its_buttons_speak_and_its_memory_lasts(void **state)
{
    struct world *w = *state;
    hear(w, HEARD_TEXT, "avete una zucca gialla molto grossa");
    hear(w, HEARD_TEXT, "quanto costa la spedizione?");
    assert_true(says(hear(w, HEARD_PICK, "say:E LA VITE"), "Sempre in corsia 4"));
    hear(w, HEARD_TEXT, "avete una zucca gialla molto grossa");
    /* The button's own words choose it, once. */
    assert_true(says(hear(w, HEARD_TEXT, "e la vite?"), "Sempre in corsia 4"));
}

static void an_ultimate_default_is_not_understood(void **state)
{
    static const char *const texts[] = {"asdf qwer zxcv", "gira", "solo fine"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct world *w = *state;
        memset(&w->memory, 0, sizeof w->memory);
        const struct outcome *o = hear(w, HEARD_TEXT, texts[i]);
        if (o->kind == OUTCOME_RULE || !o->fallback || says(o, "Non so che dire"))
            fail_msg("“%s” is answered by the default", texts[i]);
    }
}

static void others_than_its_language_are_left_alone(void **state)
{
    struct world *w = *state;
    assert_true(hear(w, HEARD_TEXT, "how much does shipping cost?")->kind == OUTCOME_ANSWER);
    assert_string_equal(w->out.lang, "en");
}

static void while_waiting_only_rules_speak(void **state)
{
    struct world *w = *state;
    w->who = WHO_WAITING;
    assert_true(says(hear(w, HEARD_TEXT, "barzelletta"), "chiodo"));
    assert_true(hear(w, HEARD_TEXT, "avete una zucca gialla molto grossa")->kind == OUTCOME_HANDOFF);
    w->who = WHO_AGENT;
    assert_true(hear(w, HEARD_TEXT, "barzelletta")->kind == OUTCOME_SILENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_pattern_without_wildcards_is_a_rule, begin, end),
        cmocka_unit_test_setup_teardown(with_wildcards_it_speaks_where_the_faq_is_not_sure, begin, end),
        cmocka_unit_test_setup_teardown(its_buttons_speak_and_its_memory_lasts, begin, end),
        cmocka_unit_test_setup_teardown(an_ultimate_default_is_not_understood, begin, end),
        cmocka_unit_test_setup_teardown(others_than_its_language_are_left_alone, begin, end),
        cmocka_unit_test_setup_teardown(while_waiting_only_rules_speak, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
