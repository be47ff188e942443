/* What words mean because of what was said before: buttons and follow-ups. */
#include "unit/dialogue/flow_site.h"

static const char settings[] = "name: Prova\nlanguages: [it]\n";
static const char shop[] = "intent: negozi\nexamples: [\"dove siete\", \"i vostri negozi\"]\nsay: \"Torino o Asti?\"\n"
                           "buttons: [\"[Torino](#torino)\", \"[Asti](#asti)\", \"[Sito](https://example.com/)\"]\n";
static const char tea[] = "intent: te\nexamples: [\"avete del tè\"]\nsay: \"Vuoi vedere gli orari?\"\n"
                          "buttons: [\"[Gli orari](#orari)\"]\n";
static const char echo[] =
    "intent: eco\nexamples: [\"fammi l'eco\"]\nsay: \"Dillo tu.\"\nbuttons: [\"[Eco](say:eco)\"]\n";
static const char fine[] = "intent: bene\nexamples: [\"va bene\", \"ok\", \"sì\"]\nsay: \"Bene!\"\n";
static const char faq[] =
    "---\ntopic: spedizioni\n---\n"
    "## Quanto costa la spedizione? {#costo}\n- quanto pago per la consegna\n\nSei euro.\n\n- [Gli orari](#orari)\n\n"
    "## Quanto costa la spedizione all'estero? {#estero follows=costo}\n- spedite in altri paesi\n\nVenti euro.\n\n"
    "## In quanto tempo arriva il pacco? {#tempi}\n- quando mi consegnate l'ordine\n\nDue giorni.\n";
static const char places[] =
    "---\ntopic: negozi\n---\n## Quali sono gli orari del negozio? {#orari}\n- a che ora aprite\n\nDalle 9 alle 19.\n\n"
    "## Dov'è il negozio di Torino? {#torino}\n\nIn via Roma.\n\n## Dov'è il negozio di Asti? {#asti}\n\nIn piazza.\n\n"
    "## C'è un parcheggio? {#parcheggio}\n- dove lascio la macchina\n\nIn piazza Roma.\n";

static const struct source sources[] = {
    TEXT("intents/it/bene.yaml", fine), TEXT("intents/it/eco.yaml", echo),      TEXT("intents/it/negozi.yaml", shop),
    TEXT("intents/it/te.yaml", tea),    TEXT("knowledge/it/luoghi.md", places), TEXT("knowledge/it/spedizioni.md", faq),
    TEXT("sportello.yaml", settings),
};

static const struct {
    const char *goal;
    const char *lines[16];
} conversations[] = {
    {"a button by its words", {"> i vostri negozi", "+ entry:asti", "> ASTI!", "! answer", "< In piazza."}},
    {"a button by its place",
     {"> i vostri negozi", "> la seconda", "< In piazza.", "> i vostri negozi", "> 1", "< In via Roma."}},
    {"the last one is the last that can be chosen here", {"> i vostri negozi", "> l'ultima", "~ In via Roma."}},
    {"a place that there is not", {"> i vostri negozi", "> la quinta", "~ In via Roma.", "~ In piazza."}},
    {"an address is opened by the page alone", {"> i vostri negozi", "> sito", "! offer"}},
    {"yes to the one thing asked", {"> avete del tè", "> sì", "! answer", "< Dalle 9"}},
    {"yes where nothing was asked is no choice",
     {"> Quanto costa la spedizione?", "+ entry:orari", "> ok", "! rule", "< Bene!"}},
    {"yes where there are two things is no choice", {"> i vostri negozi", "> sì", "! rule", "< Bene!"}},
    {"yes to a person who is offered", {"> asdf qwer zxcv", "> wqqp trrx zzgh", "! handoff", "> sì", "& "}},
    {"a fallback does not age the buttons",
     {"> i vostri negozi", "> xyzzy", "! rephrase", "> la seconda", "< In piazza."}},
    {"a button that says its own words says them once", {"> fammi l'eco", "> eco", "! rule", "< Dillo tu."}},
    {"the same by a pick", {"> fammi l'eco", "^ say:eco", "< Dillo tu."}},
    {"a follow-up that an editor foresaw",
     {"> Quanto costa la spedizione?", "> e all'estero?", "! answer", "< Venti euro."}},
    {"a follow-up after words that were not understood",
     {"> Quanto costa la spedizione?", "> xyzzy", "> e all'estero?", "< Venti euro."}},
    {"what leans on nothing", {"> e poi?", "! rephrase"}},
};

static void words_mean_what_was_said_before(void **state)
{
    struct edition *edition = flow_edition(sources, sizeof sources / sizeof *sources, 0);
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof conversations / sizeof *conversations; i++)
        wrong += converse(edition, conversations[i].goal, conversations[i].lines);
    assert_int_equal(wrong, 0);
    edition_unpin(edition);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_mean_what_was_said_before)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
