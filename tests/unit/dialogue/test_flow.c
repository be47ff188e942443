/* Conversations with flows, as lists of lines: see flow_site.h. */
#include "dialogue/talk.h"
#include "unit/dialogue/flow_site.h"
#include "unit/dialogue/flow_sources.h"

static const struct source sources[] = {TEXT("intents/en/persona.yaml", flow_person_en),
                                        TEXT("intents/it/avanti.yaml", flow_next),
                                        TEXT("intents/it/conto.yaml", flow_account),
                                        TEXT("intents/it/corso.yaml", flow_booking),
                                        TEXT("intents/it/giro.yaml", flow_loop),
                                        TEXT("intents/it/grande.yaml", flow_big),
                                        TEXT("intents/it/notizie.yaml", flow_newsletter),
                                        TEXT("intents/it/ordine.yaml", flow_order),
                                        TEXT("intents/it/persona.yaml", flow_person),
                                        TEXT("intents/it/privato.yaml", flow_private),
                                        TEXT("intents/it/reclamo.yaml", flow_complaint),
                                        TEXT("intents/it/rete.yaml", flow_web),
                                        TEXT("intents/it/saluto.yaml", flow_greeting),
                                        TEXT("knowledge/en/faq.md", flow_faq_en),
                                        TEXT("knowledge/it/faq.md", flow_faq),
                                        TEXT("sportello.yaml", flow_settings)};

static struct edition *edition;

#define BOOKED "> vorrei prenotare un corso", "> legno", "> il 24", "> 3", "> maria@example.com", "> Maria Rossi"

static const struct {
    const char *goal;
    const char *lines[40];
} conversations[] = {
    {"slots are asked for in their order, then confirmed, then called",
     {"> vorrei prenotare un corso",
      "! flow",
      "? corso",
      "i choice",
      "< Quale corso?",
      "+ say:Falegnameria",
      "> legno",
      "? giorno",
      "i date",
      "= corso:Falegnameria",
      "> il 24",
      "? persone",
      "= giorno:mercoledì 24 marzo 2027",
      "> in 3",
      "? email",
      "> maria@example.com",
      "? nome",
      "> Maria Rossi",
      "? confirm",
      "i",
      "< Maria Rossi: prenoto?",
      "+ say:Sì",
      "+ say:No",
      "> sì",
      "$ corsi c=legno;g=2027-03-24;n=4",
      "?",
      "* ok codice=C-7",
      "< Prenotato: C-7.",
      "! flow",
      "?"}},
    {"one sentence fills many slots, also where it had to ask what was meant",
     {"> vorrei prenotare il corso di muratura il 24/3, scrivetemi a maria@example.com", "! offer", "+ intent:corso",
      "^ intent:corso", "? persone", "= corso:Muratura", "= giorno:mercoledì 24 marzo 2027",
      "= email:maria@example.com"}},
    {"an answer fills others, too", {"> vorrei prenotare un corso", "> legno, il 24 marzo", "? persone"}},
    {"a value that was not asked for is taken without a reproach",
     {"> vorrei prenotare un corso", "> scrivetemi a maria@example.com", "? corso", "= email:maria@example.com",
      "~ Uno dei tre"}},
    {"a pattern captures", {"> ordine AB-1234", "$ ordini numero=AB-1234"}},
    {"a pattern begins, and what stands in the sentence counts",
     {"> ma dove si trova il mio ordine ab 1234 ???", "$ ordini numero=AB-1234", "* ok trovato=true;stato=in viaggio",
      "< L'ordine AB-1234 è in viaggio."}},
    {"a webhook that finds nothing leads to a person with a note",
     {"> ordine AB-1234", "* ok trovato=false", "! handoff", "& magazzino|Ordine AB-1234 non trovato",
      "= numero:AB-1234", "?"}},
    {"a webhook that fails leads where the else of the next if leads",
     {"> ordine AB-1234", "* fails", "& magazzino|Ordine AB-1234 non trovato"}},
    {"a webhook that fails leads to its own else",
     {BOOKED, "> sì", "* fails", "& magazzino|Prenotare per Maria Rossi"}},
    {"results of an earlier call are gone",
     {"> ordine AB-1234", "* ok trovato=true;stato=in viaggio", "> ordine CD-1234", "* ok trovato=true",
      "< L'ordine CD-1234 è ."}},
    {"an answer that nobody waits for offers a person", {"> ciao", "* ok a=b", "! handoff", "+ agent:"}},
    {"an answer that comes late does not disturb another flow",
     {"> ordine AB-1234", "> lascia stare", "> vorrei prenotare un corso", "* ok trovato=true", "! silent", "> legno",
      "? giorno"}},
    {"a webhook that nobody calls any more is a webhook that failed",
     {"> ordine AB-1234", "> allora?", "! handoff", "= numero:AB-1234"}},
    {"the retry text, then a person, who finds what was said",
     {"> dov'è il mio ordine", "? numero", "> boh", "f", "< Due lettere", "? numero", "> non lo trovo", "! handoff",
      "& "}},
    {"without a retry text it says why and asks again",
     {"> vorrei prenotare un corso", "> legno", "> il 24/12/2020", "f", "< già passato", "< Che giorno?", "? giorno",
      "> xyzzy", "< non riesco a usarlo"}},
    {"a retry text keeps the choices' buttons",
     {"> vorrei prenotare un corso", "> xyzzy", "< Uno dei tre", "+ say:Falegnameria", "+ say:Muratura"}},
    {"tries used up, else cancel",
     {"> vorrei prenotare un corso", "> legno", "> il 24", "> 99", "< più di quanto", "> 99", "< lasciamo stare", "?",
      "> ciao", "< Ciao a te"}},
    {"tries used up, else a department",
     {"> vorrei prenotare un corso", "> legno", "> il 24", "> 3", "> xyzzy", "> xyzzy", "& magazzino"}},
    {"tries used up without an else: a person is offered and finds all of it",
     {"> vorrei prenotare un corso", "> legno", "> xyzzy", "> xyzzy", "> xyzzy", "! handoff", "+ agent:", "f",
      "= corso:Falegnameria", "?", "> sì", "& ", "= corso:Falegnameria"}},
    {"what was left for a person goes with the next turn",
     {"> vorrei prenotare un corso", "> legno", "> xyzzy", "> xyzzy", "> xyzzy", "> ciao", "- corso", "h", "& ",
      "- corso"}},
    {"tries used up, else steps that go elsewhere",
     {"> voglio fare un reclamo", "> prodotto", "? peso", "> xyzzy", "< Fa niente.", "< Ciao a te!", "! rule", "?"}},
    {"a correction with its mark",
     {BOOKED, "> no, la mail è anna@example.com", "< ho corretto", "? confirm", "= email:anna@example.com"}},
    {"a correction without a mark",
     {BOOKED, "> anna@example.com", "< ho corretto", "? confirm", "= email:anna@example.com", "> sì", "$ corsi"}},
    {"a correction while another slot is asked for",
     {"> vorrei prenotare un corso", "> legno", "> il 24", "> no, anzi, muratura", "< ho corretto", "? persone",
      "= corso:Muratura", "> 2", "? email"}},
    {"a yes with a correction behind it is no yes",
     {BOOKED, "> sì ma la mail è anna@example.com", "? confirm", "= email:anna@example.com"}},
    {"free text is corrected by asking for it again, and the flow goes on from where it was",
     {BOOKED, "> no, il nome è sbagliato", "? nome", "- nome", "> Anna Bianchi", "? confirm", "= nome:Anna Bianchi",
      "= email:maria@example.com"}},
    {"confirmed with no: cancelled", {BOOKED, "> no", "< lasciamo stare", "?"}},
    {"confirmed with no: steps of its own",
     {"> voglio fare un reclamo", "> consegna", "> ieri", "> rotto", "> no", "< Non mando.", "?"}},
    {"an unclear confirmation, three times",
     {BOOKED, "> xyzzy", "f", "? confirm", "< prenoto?", "> xyzzy", "? confirm", "> xyzzy", "! handoff",
      "+ agent:", "= nome:Maria Rossi"}},
    {"cancelled by a whole word only",
     {"> vorrei prenotare un corso", "> annulla", "< lasciamo stare", "?", "> dov'è il mio ordine",
      "> annulla l'ordine AB-1234", "$ ordini numero=AB-1234"}},
    {"cancelled at a confirmation", {BOOKED, "> lascia stare", "< lasciamo stare", "?"}},
    {"back, and back again",
     {"> vorrei prenotare un corso", "> legno", "> il 24", "? persone", "> torna indietro", "? giorno", "- giorno",
      "> torna indietro", "? corso", "> luce", "? giorno", "> il 25", "? persone", "= corso:Impianti"}},
    {"back where there is nothing before it", {"> vorrei prenotare un corso", "> torna indietro", "? corso"}},
    {"back from a confirmation", {BOOKED, "> torna indietro", "? nome", "> Anna", "? confirm", "= nome:Anna"}},
    {"back over steps takes the branch again",
     {"> voglio fare un reclamo", "> prodotto", "? peso", "> torna indietro", "? tipo", "< Consegna o prodotto?",
      "> consegna", "? quando"}},
    {"say it again", {"> vorrei prenotare un corso", "> come?", "< Quale corso?", "? corso", "~ Uno dei tre"}},
    {"the second one", {"> vorrei prenotare un corso", "> la seconda", "? giorno", "= corso:Impianti"}},
    {"the last one, by number", {"> vorrei prenotare un corso", "> 3", "= corso:Muratura"}},
    {"a button's words answer", {"> vorrei prenotare un corso", "^ say:Impianti", "? giorno", "= corso:Impianti"}},
    {"a question of the FAQ is answered, then the flow's again",
     {"> vorrei prenotare un corso", "> Quanto costa la spedizione?", "! answer", "< 6,50", "< Torniamo a noi",
      "< Quale corso?", "? corso", "_ entry:orari", "+ say:Impianti", "> legno", "? giorno"}},
    {"a question in the middle that is misspelt",
     {"> vorrei prenotare un corso", "> quanto costa la spedizzione", "! answer", "< 6,50", "? corso"}},
    {"a question in the middle in another language",
     {"> vorrei prenotare un corso", "> What are your opening hours?", "! answer", "< Nine to seven",
      "< Torniamo a noi", "? corso", "> legno", "? giorno"}},
    {"a question with a day in it is no answer",
     {"> vorrei prenotare un corso", "> legno", "> siete aperti domani?", "! answer", "< Dalle 9", "? giorno",
      "- giorno"}},
    {"a question at a confirmation",
     {BOOKED, "> Quanto dura la garanzia?", "< Due anni.", "? confirm", "> sì", "$ corsi"}},
    {"a greeting in the middle", {"> vorrei prenotare un corso", "> buongiorno", "< Ciao a te!", "? corso"}},
    {"another flow in the middle takes its place",
     {"> vorrei prenotare un corso", "> legno", "> voglio fare un reclamo", "? tipo", "- corso"}},
    {"a wish for a person in the middle",
     {"> vorrei prenotare un corso", "> legno", "> voglio parlare con una persona", "! handoff", "& negozio",
      "= corso:Falegnameria", "?"}},
    {"a wish for a person by a pattern, where free text is asked for",
     {"> rete", "> dai, passami qualcuno", "& negozio"}},
    {"a wish for a person in another language, where free text is asked for",
     {"> rete", "> i want to talk to a person", "& negozio"}},
    {"the button for a person in the middle",
     {"> vorrei prenotare un corso", "> legno", "h", "& ", "= corso:Falegnameria", "?"}},
    {"a picked answer in the middle",
     {"> vorrei prenotare un corso", "^ entry:orari", "! answer", "< Dalle 9", "? corso"}},
    {"a picked person in the middle",
     {"> vorrei prenotare un corso", "> legno", "^ agent:magazzino", "& magazzino", "= corso:Falegnameria"}},
    {"a picked intent in the middle", {"> vorrei prenotare un corso", "^ intent:reclamo", "? tipo"}},
    {"a person outside hours: the flow has ended and a message can be left",
     {"> vorrei prenotare un corso", "> voglio parlare con una persona", "! handoff", "?"}},
    {"free text takes everything but a question",
     {"> voglio fare un reclamo", "> consegna", "> ieri", "? testo", "> Quanto dura la garanzia?", "< Due anni.",
      "? testo", "> quanto dura la garanzia non lo so, ma il trapano è rotto", "? confirm", "< trapano è rotto"}},
    {"free text that is too long",
     {BOOKED, "> torna indietro", "> Maria Rossi di Montecatini Terme e di altri posti ancora", "f", "< troppo lungo",
      "? nome"}},
    {"set, expressions, branches, chance, emptied slots, and what is kept of the visitor",
     {"% 1", "> ho un reclamo", "< Consegna o prodotto?", "> consegna", "? quando", "> ieri", "< 28 febbraio",
      "< 1 marzo", "? testo", "> Il pacco era *aperto*", "< Croce.", "~ Testa.", "< «Il pacco era *aperto*» (6)",
      "> sì", "< Mandato ().", "k visitor.ultimo=reclamo"}},
    {"chance is passed in", {"% 2", "> ho un reclamo", "> consegna", "> ieri", "> rotto", "< Testa."}},
    {"goto hands slots on", {"> avanti AB-1234", "< Vado avanti.", "$ ordini numero=AB-1234"}},
    {"a goto in a circle ends", {"> giro", "? n", "> 3", "! handoff", "+ agent:", "< Qualcosa non ha funzionato"}},
    {"a known visitor is not asked again",
     {"# visitor.indirizzo=anna@example.com", "> iscrivimi alla newsletter", "? sabato", "> no",
      "< Iscritto anna@example.com, sabato no."}},
    {"what is said counts more than what is known",
     {"# visitor.indirizzo=anna@example.com", "> iscrivimi alla newsletter maria@example.com", "? sabato",
      "= indirizzo:maria@example.com", "k visitor.indirizzo=maria@example.com"}},
    {"an answer of the visitor's is kept",
     {"> iscrivimi alla newsletter", "> maria@example.com", "k visitor.indirizzo=maria@example.com", "? sabato",
      "> certo", "< sabato sì."}},
    {"nobody is let in without the site's word", {"> ho cambiato casa", "! flow", "< sapere chi sei", "+ agent:", "?"}},
    {"whoever is signed in is",
     {"# visitor.signed_in=true", "# visitor.id=u1", "> ho cambiato casa", "? via", "> via Roma 3",
      "< u1: via Roma 3."}},
    {"who is signed out meanwhile is not",
     {"# visitor.signed_in=true", "# visitor.id=u1", "> ho cambiato casa", "# visitor.signed_in=false", "> via Roma 3",
      "< sapere chi sei", "?"}},
    {"strangers have steps of their own",
     {"> mostrami le mie fatture", "< Prima entra.", "?", "# visitor.signed_in=true", "> mostrami le mie fatture",
      "? anno"}},
    {"after its time a flow is over, and may be begun again",
     {"> voglio fare un reclamo", "@ 31", "> xyzzy", "< non è più aperta", "+ intent:reclamo", "?", "> sì", "? tipo"}},
    {"within its time it goes on, counted from the last word",
     {"> voglio fare un reclamo", "@ 29", "> consegna", "? quando", "@ 29", "> ieri", "? testo"}},
    {"after its time a question is just answered",
     {"> voglio fare un reclamo", "@ 31", "> Quanto dura la garanzia?", "< Due anni.", "~ Torniamo"}},
    {"a button of a flow that is over says its words once", {BOOKED, "@ 61", "^ say:Sì", "< non è più aperta"}},
    {"beside a person nothing is said, and the flow is over",
     {"> vorrei prenotare un corso", "w agent", "> legno", "! silent", "w bot", "> ciao", "! rule"}},
    {"while a person is on the way a flow goes on",
     {"h", "w waiting", "> vorrei prenotare un corso", "? corso", "> legno", "? giorno", "> xyzzy", "> xyzzy",
      "> xyzzy", "< Sei già in fila", "?"}},
    {"a hand-over while one is on the way", {"h", "w waiting", "> ordine AB-1234", "* fails", "< Sei già in fila"}},
    {"values go in as text, and are encoded in addresses",
     {"> rete", "+ say:viti", "> a&b *c*", "$ ordini q=a&b *c*", "* ok titolo=**grassetto**;righe.1.nome=[x](y)",
      "< **grassetto** [x](y) .", "+ url:https://example.com/?q=a%26b%20%2Ac%2A"}},
    {"a button under a question may leave it", {"> rete", "> Orari", "! answer", "< Dalle 9", "? parola"}},
    {"the words of a button under a free question", {"> rete", "> la prima", "$ ordini q=viti"}},
    {"two questions at once are one answer",
     {"> vorrei prenotare un corso", "> Quanto costa la spedizione? Quanto dura la garanzia?", "? corso"}},
    {"a burst is one answer",
     {"> vorrei prenotare un corso", "> legno\nil 24\nsiamo in 3 persone", "? email", "= persone:3",
      "= corso:Falegnameria", "= giorno:mercoledì 24 marzo 2027"}},
    {"nothing at all is no answer",
     {"> vorrei prenotare un corso", "> ", "? corso", "f", "> \xf0\x9f\xa4\xb7", "? corso", "f"}},
};

static void conversations_go_as_they_should(void **state)
{
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof conversations / sizeof *conversations; i++)
        wrong += converse(edition, conversations[i].goal, conversations[i].lines);
    assert_int_equal(wrong, 0);
    (void)state;
}

/* A word of so many letters. */
static const char *long_word(char *room, size_t size)
{
    memset(room, 'x', size);
    room[size] = '\0';
    return room;
}

static void what_does_not_fit_ends_the_flow_with_a_person(void **state)
{
    char word[4097];
    struct flow_world w;
    flow_world_open(&w, edition);
    hear(&w.world, HEARD_TEXT, "grande");
    hear(&w.world, HEARD_TEXT, long_word(word, 4000));
    assert_string_equal(w.world.out.asking, "b");
    hear(&w.world, HEARD_TEXT, long_word(word, 4000));
    assert_null(w.world.out.asking);
    assert_int_equal(w.world.out.kind, OUTCOME_HANDOFF);
    assert_true(has_button(&w.world.out, "agent:"));
    flow_world_close(&w);
    (void)state;
}

static void more_values_than_there_is_room_for_are_a_failure(void **state)
{
    static char names[TALK_VARIABLES_MAX + 10][16];
    static struct variable many[TALK_VARIABLES_MAX + 10];
    char value[1001];
    struct flow_world w;
    const struct variable big = {"trovato", long_word(value, 1000)};
    for (size_t i = 0; i < sizeof many / sizeof *many; i++) {
        snprintf(names[i], sizeof names[i], "v%zu", i);
        many[i] = (struct variable){names[i], "1"};
    }
    many[0].name = "trovato";
    struct variable large[10];
    for (size_t i = 0; i < 10; i++)
        large[i] = i == 0 ? big : (struct variable){names[i], value};
    const struct {
        const struct variable *list;
        size_t count;
    } answers[] = {{many, sizeof many / sizeof *many}, {large, 10}};
    for (size_t i = 0; i < 2; i++) {
        flow_world_open(&w, edition);
        hear(&w.world, HEARD_TEXT, "ordine AB-1234");
        w.world.heard.called_ok = true;
        w.world.heard.called = answers[i].list;
        w.world.heard.called_count = answers[i].count;
        hear(&w.world, HEARD_CALLED, NULL);
        assert_true(w.world.out.enqueue);
        assert_string_equal(w.world.out.note, "Ordine AB-1234 non trovato");
        flow_world_close(&w);
    }
    (void)state;
}

static void a_flow_that_is_not_what_it_was_is_begun_anew(void **state)
{
    static const char other[] = "intent: corso\nexamples: [\"vorrei prenotare un corso\"]\n"
                                "slots:\n  corso: {type: text, ask: \"Quale?\"}\nsteps:\n  - say: \"{corso}\"\n";
    static const struct source changed[] = {TEXT("intents/it/corso.yaml", other), TEXT("knowledge/it/faq.md", flow_faq),
                                            TEXT("sportello.yaml", flow_settings)};
    static const struct source gone[] = {TEXT("knowledge/it/faq.md", flow_faq), TEXT("sportello.yaml", flow_settings)};
    struct edition *after = flow_edition(changed, 3, 0), *without = flow_edition(gone, 2, 0);
    struct flow_world w;
    flow_world_open(&w, edition);
    hear(&w.world, HEARD_TEXT, "vorrei prenotare un corso");
    const struct dialogue_memory memory = w.world.memory;
    w.world.edition = after;
    hear(&w.world, HEARD_TEXT, "xyzzy");
    assert_true(says_part(&w.world.out, "non è più aperta") && has_button(&w.world.out, "intent:corso"));
    assert_null(w.world.out.asking);
    w.world.edition = without;
    w.world.memory = memory;
    hear(&w.world, HEARD_TEXT, "xyzzy");
    assert_int_equal(w.world.out.kind, OUTCOME_REPHRASE);
    assert_false(w.world.out.in_flow);
    w.world.memory = memory;
    hear(&w.world, HEARD_CALLED, NULL);
    assert_int_equal(w.world.out.kind, OUTCOME_SILENT);
    flow_world_close(&w);
    edition_unpin(after);
    edition_unpin(without);
    (void)state;
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

/* Whatever the store gives back: no crash, and a sentence. */
static void a_broken_talk_never_leaves_the_visitor_without_a_sentence(void **state)
{
    static const char *const heard[] = {"sì",         "AB-1234", "torna indietro",           "no, il nome è Anna",
                                        "la seconda", "24/3",    "Quanto dura la garanzia?", "operatore",
                                        "annulla"};
    static const char *const begins[] = {"vorrei prenotare un corso", "voglio fare un reclamo", "ordine AB-1234",
                                         "rete", "iscrivimi alla newsletter"};
    uint32_t seed = 7;
    struct flow_world w;
    for (size_t round = 0; round < 1500; round++) {
        flow_world_open(&w, edition);
        hear(&w.world, HEARD_TEXT, begins[round % 5]);
        char *talk = w.world.memory.talk;
        size_t size = strlen(talk);
        assert_true(size > 0);
        for (uint32_t changes = next_random(&seed) % 4; changes > 0 || round % 7 == 0; changes--) {
            static const char signs[] = "\n\\0123456789abcf:.\xff-";
            talk[next_random(&seed) % size] = signs[next_random(&seed) % (sizeof signs - 1)];
            if (changes <= 1)
                break;
        }
        if (round % 5 == 1)
            talk[next_random(&seed) % size] = '\0';
        for (size_t i = 0; i < 3; i++) {
            hear(&w.world, HEARD_TEXT, heard[(round + 4 * i) % (sizeof heard / sizeof *heard)]);
            assert_true(w.world.out.blocks != NULL || w.world.out.call != NULL);
        }
        hear(&w.world, HEARD_CALLED, NULL);
        hear(&w.world, HEARD_PICK, "say:Sì");
        assert_true(w.world.out.blocks != NULL || w.world.out.call != NULL);
        flow_world_close(&w);
    }
    (void)state;
}

/* What is remembered goes through its line of text between turns. */
static void a_flow_survives_being_stored(void **state)
{
    static const char *const said[] = {"vorrei prenotare un corso", "legno", "il 24", "3", "maria@example.com",
                                       "Maria\tRossi \\ e\nfigli",  "sì"};
    struct flow_world w;
    flow_world_open(&w, edition);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        struct buf line, again;
        buf_init(&line, 1 << 16);
        buf_init(&again, 1 << 16);
        hear(&w.world, HEARD_TEXT, said[i]);
        dialogue_memory_write(&w.world.memory, &line);
        dialogue_memory_read(line.data, &w.world.memory);
        dialogue_memory_write(&w.world.memory, &again);
        assert_string_equal(line.data, again.data);
        assert_string_equal(w.world.memory.talk, w.world.out.memory.talk);
        buf_free(&line);
        buf_free(&again);
    }
    assert_string_equal(w.world.out.call->webhook, "corsi");
    assert_string_equal(value_of(w.world.out.slots, w.world.out.slot_count, "nome"), said[5]);
    flow_world_close(&w);
    (void)state;
}

static int open_all(void **state)
{
    (void)state;
    /* The flow that goes round in a circle is an error, and so never published. */
    edition = flow_edition(sources, sizeof sources / sizeof *sources, 1);
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
        cmocka_unit_test(conversations_go_as_they_should),
        cmocka_unit_test(what_does_not_fit_ends_the_flow_with_a_person),
        cmocka_unit_test(more_values_than_there_is_room_for_are_a_failure),
        cmocka_unit_test(a_flow_that_is_not_what_it_was_is_begun_anew),
        cmocka_unit_test(a_broken_talk_never_leaves_the_visitor_without_a_sentence),
        cmocka_unit_test(a_flow_survives_being_stored),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
