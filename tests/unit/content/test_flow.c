/* Flow: what an editor's file with slots and steps comes out as. */
#include "content_test.h"

#include "content/flow.h"
#include "content/intent.h"

static const struct intent *read(struct fixture *f, const char *text)
{
    static struct collect c;
    c = (struct collect){.arena = f->arena, .problems = f->problems};
    intent_read(&c, "intents/it/a.yaml", "it", (struct span){text, strlen(text)});
    if (c.intent_count != 1)
        fail_msg("%s", printed(f));
    return &c.intents[0];
}

static const struct flow_step *step(const struct flow *flow, size_t number)
{
    assert_in_range(number, 1, flow->step_count);
    assert_int_equal(flow->by_number[number]->number, number);
    return flow->by_number[number];
}

static const char order[] = "intent: stato-ordine\n"
                            "examples: [\"dov'è il mio ordine\", \"a che punto è l'ordine [AB-1234](numero)\"]\n"
                            "patterns: [\"* (dove|quando) * (ordine|pacco) *\"]\n"
                            "slots:\n"
                            "  numero: {type: regex, match: \"[A-Z]{2}-[0-9]{4}\", ask: \"Qual è il numero "
                            "d'ordine?\", retry: \"Ha due lettere.\", "
                            "tries: 2, else: agent}\n"
                            "steps:\n"
                            "  - call: {webhook: ordini, timeout_ms: 1500, into: o}\n"
                            "  - if: o.trovato\n"
                            "    say: \"L'ordine {numero} è {o.stato}.\"\n"
                            "  - else: {handoff: magazzino, note: \"Ordine {numero} non trovato\"}\n";

static void an_order_is_looked_up(void **state)
{
    struct fixture *f = *state;
    const struct intent *n = read(f, order);
    const struct flow *flow = n->flow;
    assert_string_equal(printed(f), "");
    assert_int_equal(n->say_count, 0);
    assert_true(flow_has_steps(flow));
    assert_int_equal(flow->pattern_count, 1);
    assert_string_equal(n->examples[1].text, "a che punto è l'ordine AB-1234");
    assert_int_equal(flow->mark_count, 1);
    assert_int_equal(flow->marks[0].wording, 1);
    assert_memory_equal(n->examples[1].text + flow->marks[0].at, "AB-1234", flow->marks[0].size);
    const struct slot *slot = &flow->slots[flow_slot(flow, "numero")];
    assert_int_equal(slot->type, SLOT_REGEX);
    assert_int_equal(slot->tries, 2);
    assert_false(slot->by_step);
    assert_int_equal(slot->otherwise->first->kind, STEP_HANDOFF);
    assert_string_equal(slot->otherwise->first->department, "");
    assert_int_equal(flow->step_count, 5);
    assert_ptr_equal(flow->steps->first, step(flow, 2));
    const struct flow_step *call = step(flow, 2), *choose = step(flow, 3);
    assert_int_equal(call->kind, STEP_CALL);
    assert_int_equal(call->call->timeout_ms, 1500);
    assert_string_equal(call->call->into, "o");
    assert_ptr_equal(call->next, choose);
    assert_int_equal(choose->branch_count, 2);
    assert_non_null(choose->branches[0].when);
    assert_null(choose->branches[1].when);
    /* A call that fails goes where its result is missed. */
    assert_ptr_equal(call->call->otherwise, choose->branches[1].steps);
    assert_ptr_equal(choose->branches[1].steps->first->parent, choose);
    assert_string_equal(choose->branches[1].steps->first->department, "magazzino");
    assert_string_equal(choose->branches[1].steps->first->note, "Ordine {numero} non trovato");
}

static void all_kinds_of_steps(void **state)
{
    struct fixture *f = *state;
    const struct flow *flow =
        read(f, "intent: a\nexamples: [uno]\nslots:\n  n: {type: number, ask: Quanti?}\n  t: {type: text, visitor: "
                "true}\nsteps:\n"
                "  - say: [Uno, Due]\n    mood: glad\n    buttons: [\"[Sì, certo](say:sì certo)\"]\n"
                "  - ask: {slot: n, say: \"Quanti pezzi?\"}\n"
                "  - set: {doppio: \"= n * 2\", visitor.nome: \"Sig. {t}\"}\n"
                "  - random:\n    - - say: A\n      - say: B\n    - {say: C}\n"
                "  - confirm: Vado?\n    no: [{say: Peccato}, end]\n"
                "  - if: n > 3\n    then:\n      - say: Tanti\n  - else if: n\n    say: Pochi\n    handoff: true\n"
                "  - else:\n    goto: a\n"
                "  - say: Fine\n    card: {title: T, text: x, image: \"https://x.example/a.png\"}\n")
            ->flow;
    static const enum flow_step_kind kinds[] = {STEP_SAY, STEP_ASK, STEP_SET,     STEP_SET,  STEP_RANDOM, STEP_SAY,
                                                STEP_SAY, STEP_SAY, STEP_CONFIRM, STEP_SAY,  STEP_END,    STEP_CHOOSE,
                                                STEP_SAY, STEP_SAY, STEP_HANDOFF, STEP_GOTO, STEP_SAY};
    assert_int_equal(flow->step_count, sizeof kinds / sizeof *kinds);
    for (size_t i = 0; i < flow->step_count; i++)
        assert_int_equal(step(flow, i + 1)->kind, kinds[i]);
    const struct saying *said = &step(flow, 1)->saying;
    assert_int_equal(said->say_count, 2);
    assert_string_equal(said->mood, "glad");
    assert_int_equal(said->options[0].kind, OPTION_SAY);
    assert_string_equal(said->options[0].target, "sì certo");
    assert_true(flow->slots[0].by_step);
    assert_int_equal(step(flow, 2)->slot, 0);
    assert_int_equal(step(flow, 2)->saying.say_count, 1);
    assert_string_equal(step(flow, 3)->set.name, "doppio");
    assert_non_null(step(flow, 3)->set.expression);
    assert_string_equal(step(flow, 4)->set.value, "Sig. {t}");
    assert_int_equal(step(flow, 5)->branch_count, 2);
    assert_ptr_equal(step(flow, 6)->parent, step(flow, 5));
    assert_int_equal(step(flow, 9)->branch_count, 1);
    assert_int_equal(step(flow, 12)->branch_count, 3);
    assert_ptr_equal(step(flow, 14)->next, step(flow, 15));
    assert_string_equal(step(flow, 15)->department, "");
    assert_string_equal(step(flow, 16)->target, "a");
    const struct block *card = step(flow, 17)->saying.say[0]->next;
    assert_int_equal(card->kind, BLOCK_CARD);
    assert_string_equal(card->text, "T");
    assert_string_equal(card->target, "https://x.example/a.png");
    assert_int_equal(card->child->kind, BLOCK_PARAGRAPH);
    assert_null(step(flow, 17)->next);
}

static void slots_say_what_they_are(void **state)
{
    struct fixture *f = *state;
    const struct flow *flow =
        read(
            f,
            "intent: a\nexamples: [uno]\nslots:\n"
            "  c: {type: choice, choices: {to: Torino, mi: {title: Milano, synonyms: [milan]}}, ask: [Dove?, E dove?], "
            "else: cancel}\n"
            "  l: {type: choice, choices: [Uno, Due], ask: Quale?}\n"
            "  m: {type: money, min: 1, max: 99.5, ask: Quanto?, else: [{say: Peccato}]}\n"
            "  d: {type: date, when: future, ask: Quando?, else: \"agent:\"}\n"
            "say: \"{c} {l} {m} {d}\"\nhandoff: true\nexpires: 5\nidentity: true\nstranger: [{say: Chi?}]\n")
            ->flow;
    assert_string_equal(printed(f), "");
    assert_string_equal(flow->slots[0].choices[1].title, "Milano");
    assert_string_equal(flow->slots[0].choices[1].synonyms[0], "milan");
    assert_true(flow->slots[0].otherwise->first->cancelled);
    assert_string_equal(flow->slots[1].choices[1].value, "Due");
    assert_true(flow->slots[2].has_least && flow->slots[2].has_most);
    assert_true(flow->slots[2].most == 99.5);
    assert_int_equal(flow->slots[3].when, 1);
    assert_int_equal(flow->slots[3].tries, 3);
    assert_int_equal(flow->expires_minutes, 5);
    assert_true(flow->identity);
    assert_int_equal(flow->stranger->first->kind, STEP_SAY);
    /* What is said at once becomes steps behind the slots. */
    assert_int_equal(flow->steps->first->kind, STEP_SAY);
    assert_int_equal(flow->steps->first->next->kind, STEP_HANDOFF);
}

static void patterns_alone_are_no_steps(void **state)
{
    struct fixture *f = *state;
    const struct intent *n = read(f, "intent: a\ntitle: A\npatterns: [ciao]\nsay: Ciao\n");
    assert_int_equal(n->say_count, 1);
    assert_int_equal(n->example_count, 0);
    assert_false(flow_has_steps(n->flow));
    assert_null(read(f, "intent: a\nexamples: [uno]\nsay: x\n")->flow);
}

static void the_hash_is_of_what_steps_depend_on(void **state)
{
    struct fixture *f = *state;
    static const char start[] = "intent: a\ntitle: A\nexamples: [%s]\nsteps:\n%s  - say: \"%s\"\n";
    char text[300];
    snprintf(text, sizeof text, start, "uno", "", "x");
    uint64_t first = read(f, text)->flow->hash;
    snprintf(text, sizeof text, start, "due", "\n# Commento\n", "x");
    assert_true(read(f, text)->flow->hash == first);
    snprintf(text, sizeof text, start, "uno", "", "y");
    assert_true(read(f, text)->flow->hash != first);
}

static void ceilings_hold(void **state)
{
    struct fixture *f = *state;
    struct buf text;
    buf_init(&text, 1 << 20);
    buf_puts(&text, "intent: a\nexamples: [uno]\nsteps:\n");
    for (int i = 0; i <= FLOW_STEPS_MAX; i++)
        buf_puts(&text, "  - say: x\n");
    struct collect c = {.arena = f->arena, .problems = f->problems};
    intent_read(&c, "a", "it", (struct span){text.data, text.size});
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 1);
    buf_clear(&text);
    buf_puts(&text, "intent: a\nexamples: [uno]\nslots:\n");
    for (int i = 0; i <= FLOW_SLOTS_MAX; i++)
        buf_printf(&text, "  s%d: {type: text}\n", i);
    buf_puts(&text, "steps: [end]\n");
    intent_read(&c, "a", "it", (struct span){text.data, text.size});
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 2);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(an_order_is_looked_up),
                                       TEST(all_kinds_of_steps),
                                       TEST(slots_say_what_they_are),
                                       TEST(patterns_alone_are_no_steps),
                                       TEST(the_hash_is_of_what_steps_depend_on),
                                       TEST(ceilings_hold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
