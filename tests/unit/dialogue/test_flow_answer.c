/* What is said in a running flow that is no plain answer to its question. */
#include "content/site.h"
#include "dialogue/dialogue.h"
#include "edition/edition.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { TURN_BYTES = 32 << 20, MINUTE = 60 };

static const char booking[] = "intent: prenota\n"
                              "examples: [\"vorrei prenotare\", \"prenotare un posto\"]\n"
                              "patterns: [\"[codice] {codice}\"]\n"
                              "slots:\n"
                              "  fatto: {type: text, min: 8, ask: \"Che cosa?\", retry: \"Di più, per favore.\"}\n"
                              "  codice: {type: regex, match: \"[A-Z]{2}-[0-9]{3}\", ask: \"Codice?\",\n"
                              "           buttons: [\"[Il solito](say:AB-123)\", \"[Orari](#orari)\"]}\n"
                              "  quando: {type: moment, when: future, ask: \"Quando?\"}\n"
                              "  email: {type: email, ask: \"Email?\", tries: 2}\n"
                              "steps:\n"
                              "  - confirm: \"{quando}?\"\n"
                              "    no:\n"
                              "      - set: {quando: \"\"}\n"
                              "      - say: \"Peccato.\"\n"
                              "        mood: sorry\n"
                              "      - goto: prenota\n"
                              "  - say: \"Fatto.\"\n";
static const char hours[] = "## Quali sono gli orari? {#orari}\n- a che ora aprite\n- siete aperti oggi?\n\nDalle 9.\n";
static const char window[] =
    "intent: vetrina\nexamples: [\"mostrami la vetrina\", \"fai vedere gli articoli\"]\nsteps:\n"
    "  - say: \"Ecco.\"\n    buttons: [\"[Orari](#orari)\"]\n"
    "    card: {title: Uno, buttons: [\"[Prendi](say:uno)\", \"[Vedi](https://x.example/1)\"]}\n"
    "  - card: {title: Due, text: due}\n"
    "  - card: {title: Tre, buttons: [\"[Prendi](say:tre)\"]}\n"
    "    buttons: [\"[Prenota](intent:prenota)\"]\n";
static const char settings[] = "languages: [it]\n";

#define TEXT(path, text)                                                                                               \
    {                                                                                                                  \
        path, text, sizeof text - 1                                                                                    \
    }

static const struct source sources[] = {TEXT("intents/it/prenota.yaml", booking),
                                        TEXT("intents/it/vetrina.yaml", window), TEXT("knowledge/it/faq.md", hours),
                                        TEXT("sportello.yaml", settings)};

struct talk_test {
    struct arena *arena, *turn;
    struct edition *edition;
    struct dialogue_memory memory;
    struct outcome out;
    struct heard heard;
};

static int begin(void **state)
{
    struct talk_test *t = calloc(1, sizeof *t);
    struct problems *problems = problems_new();
    struct buf image;
    const char *why = "";
    t->arena = arena_new((size_t)64 << 20);
    t->turn = arena_new(TURN_BYTES);
    buf_init(&image, EDITION_IMAGE_BYTES);
    struct site *site = site_from_sources(t->arena, sources, sizeof sources / sizeof *sources, "2026-11-22", problems);
    assert_non_null(site);
    assert_int_equal(edition_compile(site, &image, problems, NULL), 0);
    assert_int_equal(problems_count(problems, SEVERITY_ERROR), 0);
    t->edition = edition_from_image(&image, &why);
    assert_non_null(t->edition);
    buf_free(&image);
    problems_free(problems);
    /* A Monday, at ten. */
    t->heard = (struct heard){.lang = "it", .help = {.open = true, .online = 1}};
    t->heard.now = (struct heard_time){.year = 2027, .month = 3, .day = 1, .hour = 10, .seconds = 1000000};
    *state = t;
    return 0;
}

static int end(void **state)
{
    struct talk_test *t = *state;
    edition_unpin(t->edition);
    arena_free(t->arena);
    arena_free(t->turn);
    free(t);
    return 0;
}

static const struct outcome *say(struct talk_test *t, const char *text)
{
    arena_reset(t->turn);
    t->heard.kind = HEARD_TEXT;
    t->heard.text = text;
    assert_int_equal(dialogue_step(edition_view(t->edition), &t->memory, &t->heard, t->turn, &t->out), 0);
    t->memory = t->out.memory;
    return &t->out;
}

static const char *slot(const struct outcome *o, const char *name)
{
    for (size_t i = 0; i < o->slot_count; i++)
        if (strcmp(o->slots[i].name, name) == 0)
            return o->slots[i].value;
    return NULL;
}

static void assert_asks(const struct outcome *o, const char *name)
{
    assert_int_equal(o->kind, OUTCOME_FLOW);
    assert_non_null(o->asking);
    assert_string_equal(o->asking, name);
}

static void a_text_that_is_too_short_is_asked_for_again(void **state)
{
    struct talk_test *t = *state;
    assert_asks(say(t, "vorrei prenotare"), "fatto");
    assert_asks(say(t, "boh"), "fatto");
    assert_true(t->out.fallback);
    assert_asks(say(t, "il manico è rotto"), "codice");
}

static void a_story_fills_what_it_plainly_tells(void **state)
{
    struct talk_test *t = *state;
    say(t, "vorrei prenotare");
    assert_asks(say(t, "il mio AB-777 ha il manico rotto"), "quando");
    assert_string_equal(slot(&t->out, "codice"), "AB-777");
}

static void what_answers_another_question_is_noted_and_costs_no_try(void **state)
{
    struct talk_test *t = *state;
    say(t, "vorrei prenotare");
    say(t, "il manico è rotto");
    assert_asks(say(t, "ugo@example.com"), "codice");
    assert_false(t->out.fallback);
    assert_string_equal(slot(&t->out, "email"), "ugo@example.com");
}

static void buttons_are_chosen_by_their_words_or_place(void **state)
{
    struct talk_test *t = *state;
    say(t, "vorrei prenotare");
    say(t, "il manico è rotto");
    assert_asks(say(t, "il solito"), "quando");
    assert_string_equal(slot(&t->out, "codice"), "AB-123");
    end(state);
    begin(state);
    t = *state;
    say(t, "vorrei prenotare");
    say(t, "il manico è rotto");
    say(t, "il secondo");
    assert_int_equal(t->out.kind, OUTCOME_ANSWER); /* the button that leads to an entry; the question is put again */
    assert_string_equal(t->out.asking, "codice");
    assert_asks(say(t, "il primo"), "quando");
}

static void the_hour_alone_corrects_a_moment(void **state)
{
    struct talk_test *t = *state;
    say(t, "vorrei prenotare");
    say(t, "il manico del AB-123 è rotto, scrivete a ugo@example.com");
    assert_asks(say(t, "mercoledì alle 16"), "confirm");
    assert_asks(say(t, "no, alle 17"), "confirm");
    assert_string_equal(slot(&t->out, "quando"), "mercoledì 3 marzo 2027 alle 17");
    assert_asks(say(t, "anzi giovedì"), "confirm");
    assert_string_equal(slot(&t->out, "quando"), "giovedì 4 marzo 2027 alle 17");
}

static void a_slot_set_to_nothing_is_asked_for_anew_in_the_mood_of_what_was_said(void **state)
{
    struct talk_test *t = *state;
    say(t, "vorrei prenotare");
    say(t, "il manico del AB-123 è rotto, scrivete a ugo@example.com");
    say(t, "mercoledì alle 16");
    assert_asks(say(t, "no"), "quando");
    assert_null(slot(&t->out, "quando"));
    assert_string_equal(t->out.mood, "sorry");
}

static void a_pattern_catches_whole_values_only(void **state)
{
    struct talk_test *t = *state;
    say(t, "codice ab 123");
    assert_asks(&t->out, "fatto");
    assert_string_equal(slot(&t->out, "codice"), "AB-123");
    end(state);
    begin(state);
    t = *state;
    say(t, "buttate pure via la vecchia roba con AB-123 sopra");
    assert_int_not_equal(t->out.kind, OUTCOME_FLOW);
    say(t, "qualcosa");
    assert_int_not_equal(t->out.kind, OUTCOME_FLOW);
}

static void a_late_answer_offers_to_begin_again(void **state)
{
    struct talk_test *t = *state;
    say(t, "vorrei prenotare");
    say(t, "il manico del AB-123 è rotto");
    assert_asks(say(t, "mercoledì alle 16"), "email");
    t->heard.now.seconds += 61 * MINUTE;
    say(t, "ugo@example.com");
    assert_int_equal(t->out.kind, OUTCOME_REPHRASE);
    assert_string_equal(t->out.options[0].id, "intent:prenota");
}

static void a_late_question_is_answered(void **state)
{
    struct talk_test *t = *state;
    say(t, "vorrei prenotare");
    t->heard.now.seconds += 61 * MINUTE;
    say(t, "a che ora aprite");
    assert_int_equal(t->out.kind, OUTCOME_ANSWER);
    assert_null(t->out.asking);
}

static void a_card_keeps_its_buttons(void **state)
{
    struct talk_test *t = *state;
    static const struct {
        const char *id;
        int card;
    } expected[] = {
        {"say:uno", 1}, {"url:https://x.example/1", 1}, {"entry:orari", 0}, {"say:tre", 3}, {"intent:prenota", 0}};
    say(t, "mostrami la vetrina");
    assert_int_equal(t->out.option_count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < t->out.option_count; i++) {
        assert_string_equal(t->out.options[i].id, expected[i].id);
        assert_int_equal(t->out.options[i].card, expected[i].card);
    }
}

#define TALK(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TALK(a_text_that_is_too_short_is_asked_for_again),
        TALK(a_story_fills_what_it_plainly_tells),
        TALK(what_answers_another_question_is_noted_and_costs_no_try),
        TALK(buttons_are_chosen_by_their_words_or_place),
        TALK(the_hour_alone_corrects_a_moment),
        TALK(a_slot_set_to_nothing_is_asked_for_anew_in_the_mood_of_what_was_said),
        TALK(a_pattern_catches_whole_values_only),
        TALK(a_late_answer_offers_to_begin_again),
        TALK(a_late_question_is_answered),
        TALK(a_card_keeps_its_buttons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
