/* Several questions in one message are answered together where all are sure, and never otherwise. */
#include "dialogue/several.h"

#include "unit/dialogue/world.h"

static int begin(void **state)
{
    *state = world_new(NULL);
    return 0;
}

static int end(void **state)
{
    world_free(*state);
    return 0;
}

/* The ids of what was answered, with spaces between. */
static const char *ids(const struct world *w)
{
    static char line[400];
    const struct outcome *o = &w->out;
    const struct view *view = edition_view(w->edition);
    snprintf(line, sizeof line, "%s", o->entry != VIEW_NONE ? view_entry(view, o->entry).id : "");
    for (size_t i = 1; i < o->entry_count; i++) {
        size_t used = strlen(line);
        snprintf(line + used, sizeof line - used, " %s", view_entry(view, o->entries[i]).id);
    }
    return line;
}

static size_t count_options(const struct outcome *o, const char *id)
{
    size_t count = 0;
    for (size_t i = 0; i < o->option_count; i++)
        count += strcmp(o->options[i].id, id) == 0;
    return count;
}

/* First words in a conversation, and what is answered. */
static void first_words(void **state)
{
    static const struct {
        const char *said, *page;
        enum outcome_kind kind;
        const char *entries;
    } rows[] = {
        {"Quanto costa la spedizione? E quanto dura la garanzia?", "it", OUTCOME_ANSWER, "costo-spedizione garanzia"},
        {"quanto dura la garanzia e come posso pagare", "it", OUTCOME_ANSWER, "garanzia pagamenti"},
        {"come posso pagare\nquanto dura la garanzia", "it", OUTCOME_ANSWER, "pagamenti garanzia"},
        {"Come posso pagare, quanto dura la garanzia e c'è un parcheggio vicino?", "it", OUTCOME_ANSWER,
         "pagamenti garanzia parcheggio"},
        {"How long is the warranty and how can I pay?", "it", OUTCOME_ANSWER, "garanzia pagamenti"},
        {"How long is the warranty? How can I pay?", "en", OUTCOME_ANSWER, "garanzia pagamenti"},
        /* Small talk around a question, and the same asked twice. */
        {"Ciao! Quanto dura la garanzia?", "it", OUTCOME_ANSWER, "garanzia"},
        {"Buongiorno. Quanto dura la garanzia? Come posso pagare? Grazie mille!", "it", OUTCOME_ANSWER,
         "garanzia pagamenti"},
        {"Quanto dura la garanzia? La garanzia vale due anni?", "it", OUTCOME_ANSWER, "garanzia"},
        /* A person asked for wins over the rest. */
        {"Quanto dura la garanzia? Voglio parlare con una persona", "it", OUTCOME_HANDOFF, "persona"},
        {"quanto dura la garanzia e vorrei parlare con una persona", "it", OUTCOME_HANDOFF, "persona"},
        /* A part that is not sure leaves the message what it was. */
        {"Asdf qwer zxcv? Wqqp trrx zzgh?", "it", OUTCOME_REPHRASE, ""},
        {"che squadra gioca stasera e quando piove", "it", OUTCOME_REPHRASE, ""},
    };
    struct world *w = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        w->memory = (struct dialogue_memory){0};
        w->heard.lang = rows[i].page;
        const struct outcome *o = hear(w, HEARD_TEXT, rows[i].said);
        if (o->kind != rows[i].kind || strcmp(ids(w), rows[i].entries) != 0)
            fail_msg("“%s”: %s “%s” (confidence %.2f)", rows[i].said, outcome_kind_name(o->kind), ids(w),
                     o->confidence);
    }
}

static void a_part_that_is_not_sure_is_never_answered_with_another(void **state)
{
    struct world *w = *state;
    const struct outcome *o = hear(w, HEARD_TEXT, "Quanto dura la garanzia? Che squadra gioca stasera?");
    assert_int_equal(o->entry_count, 0);
}

static void each_answer_stands_below_its_title(void **state)
{
    struct world *w = *state;
    const struct outcome *o = hear(w, HEARD_TEXT, "Quanto dura la garanzia? Come posso pagare?");
    struct buf text;
    buf_init(&text, 1 << 16);
    block_to_text(o->blocks, &text);
    assert_string_equal(text.data, "Quanto dura la garanzia?\n\nDue anni dallo scontrino.\n\n"
                                   "Come posso pagare?\n\nCon carta, bonifico o PayPal.");
    buf_free(&text);
    assert_int_equal(o->blocks->kind, BLOCK_PARAGRAPH);
    assert_int_equal(o->blocks->child->kind, BLOCK_STRONG);
    assert_true(o->confidence >= 0.7 && o->in_scope >= o->confidence);
    assert_int_equal(o->entries[0], o->entry);
    assert_false(o->fallback);
}

static void buttons_are_shown_once_and_none_leads_to_what_is_said(void **state)
{
    struct world *w = *state;
    const struct outcome *o = hear(w, HEARD_TEXT, "Quanto dura la garanzia? Come posso pagare?");
    assert_int_equal(count_options(o, "entry:orari"), 1);
    assert_int_equal(count_options(o, "agent:vendite"), 1);
    o = hear(w, HEARD_TEXT, "Quanto dura la garanzia? Quali sono gli orari del negozio?");
    assert_string_equal(ids(w), "garanzia orari");
    assert_int_equal(count_options(o, "entry:orari"), 0);
    assert_int_equal(count_options(o, "agent:vendite"), 1);
}

static void a_thumb_down_shows_neither_again(void **state)
{
    struct world *w = *state;
    hear(w, HEARD_TEXT, "Quanto dura la garanzia? Come posso pagare?");
    assert_string_equal(w->memory.last_entry, "garanzia");
    assert_string_equal(w->memory.question, "Quanto dura la garanzia? Come posso pagare?");
    const struct outcome *o = hear(w, HEARD_THUMB_DOWN, NULL);
    assert_true(o->fallback);
    assert_int_equal(count_options(o, "entry:garanzia") + count_options(o, "entry:pagamenti"), 0);
}

static void while_waiting_both_are_answered_too(void **state)
{
    struct world *w = *state;
    w->heard.who = WHO_WAITING;
    hear(w, HEARD_TEXT, "Quanto dura la garanzia? Come posso pagare?");
    assert_string_equal(ids(w), "garanzia pagamenti");
    assert_int_equal(hear(w, HEARD_TEXT, "Che squadra gioca? E domani?")->kind, OUTCOME_HANDOFF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(first_words, begin, end),
        cmocka_unit_test_setup_teardown(a_part_that_is_not_sure_is_never_answered_with_another, begin, end),
        cmocka_unit_test_setup_teardown(each_answer_stands_below_its_title, begin, end),
        cmocka_unit_test_setup_teardown(buttons_are_shown_once_and_none_leads_to_what_is_said, begin, end),
        cmocka_unit_test_setup_teardown(a_thumb_down_shows_neither_again, begin, end),
        cmocka_unit_test_setup_teardown(while_waiting_both_are_answered_too, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
