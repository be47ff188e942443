/* A small company in two languages, made by hand: for tests of editions and of the dialogue. */
#ifndef TESTS_SMALL_SITE_H
#define TESTS_SMALL_SITE_H

#include "edition/edition.h"

#include <string.h>

enum { SMALL_ARTICLES = 24, SMALL_INTENTS = 8 };

struct small_row {
    const char *id, *lang, *question, *wording, *answer;
};

/* The English twin of each has the same id. */
static const struct small_row small_articles[] = {
    {"costo-spedizione", "it", "Quanto costa la spedizione?", "quanto pago per la consegna",
     "In Italia costa 6,50 euro, sopra i 70 euro è gratuita."},
    {"tempi-consegna", "it", "In quanto tempo arriva il pacco?", "quando mi consegnate l'ordine",
     "Di solito in due giorni lavorativi."},
    {"orari", "it", "Quali sono gli orari del negozio?", "a che ora aprite", "Dal lunedì al sabato, dalle 9 alle 19."},
    {"reso", "it", "Come posso restituire un prodotto?", "vorrei fare un reso", "Hai 30 giorni: portalo in negozio."},
    {"garanzia", "it", "Quanto dura la garanzia?", "la garanzia vale due anni", "Due anni dallo scontrino."},
    {"fattura", "it", "Come richiedo la fattura?", "mi serve la fattura elettronica",
     "Scrivi la partita IVA alla cassa."},
    {"pagamenti", "it", "Come posso pagare?", "accettate carte di credito", "Con carta, bonifico o PayPal."},
    {"copia-chiavi", "it", "Duplicate le chiavi di casa?", "copia chiavi", "Sì, in dieci minuti."},
    {"chiavi-auto", "it", "Duplicate le chiavi dell'auto?", "copia chiavi macchina", "Sì, su appuntamento."},
    {"corsi", "it", "Quali corsi organizzate?", "laboratorio di falegnameria", "Uno al mese, il sabato mattina."},
    {"parcheggio", "it", "C'è un parcheggio vicino?", "dove lascio la macchina", "Sì, in piazza Roma, gratuito."},
    {"privacy", "it", "Come cancello i miei dati personali?", "privacy", "Scrivi a privacy@example.org."},
    {"costo-spedizione", "en", "How much does shipping cost?", "delivery price", "It is 6.50 euro within Italy."},
    {"tempi-consegna", "en", "How long does delivery take?", "when will my parcel arrive", "Two working days."},
    {"orari", "en", "What are your opening hours?", "when are you open", "Monday to Saturday, 9 to 19."},
    {"reso", "en", "How can I return a product?", "send something back", "Within 30 days, in the shop."},
    {"garanzia", "en", "How long is the warranty?", "guarantee period", "Two years from the receipt."},
    {"fattura", "en", "How do I ask for an invoice?", "invoice with my vat number", "Tell us your VAT number."},
    {"pagamenti", "en", "How can I pay?", "do you take credit cards", "By card, transfer or PayPal."},
    {"copia-chiavi", "en", "Do you copy house keys?", "get a key duplicated", "Yes, in ten minutes."},
    {"chiavi-auto", "en", "Do you copy car keys?", "a spare for the car", "Yes, by appointment."},
    {"corsi", "en", "Which workshops do you run?", "woodworking course", "One a month, on Saturday."},
    {"parcheggio", "en", "Is there any parking nearby?", "where do I leave the car", "Yes, free, in piazza Roma."},
    {"privacy", "en", "How do I have my personal data deleted?", "privacy", "Write to privacy@example.org."},
};

struct small_intent {
    const char *id, *lang, *title, *examples[4], *says[2], *handoff, *mood;
};

static const struct small_intent small_intents[] = {
    {"saluto", "it", "Ciao!", {"ciao", "buongiorno", "salve"}, {"Ciao a te!", "Salve!"}, NULL, "warm"},
    {"grazie", "it", "Grazie", {"grazie", "grazie mille", "ti ringrazio"}, {"Di niente!"}, NULL, "glad"},
    {"persona", "it", "Una persona", {"voglio parlare con una persona", "operatore"}, {NULL}, "vendite", NULL},
    {"robot", "it", "Sei un robot?", {"sei un robot", "sei umano"}, {"Sì, sono automatico."}, NULL, NULL},
    {"saluto", "en", "Hello!", {"hello", "good morning", "hi there"}, {"Hello!", "Hi!"}, NULL, "warm"},
    {"grazie", "en", "Thanks", {"thank you", "thanks a lot"}, {"You're welcome!"}, NULL, "glad"},
    {"persona", "en", "A person", {"i want to talk to a person", "operator"}, {NULL}, "vendite", NULL},
    {"robot", "en", "Are you a robot?", {"are you a robot", "are you human"}, {"Yes, I'm automatic."}, NULL, NULL},
};

static const char small_settings[] = "name: Prova\n"
                                     "languages: [it, en]\n"
                                     "departments:\n"
                                     "  negozio:\n"
                                     "    name: {it: Negozio, en: Shop}\n"
                                     "  vendite:\n"
                                     "    name: {it: Vendite, en: Sales}\n";

static inline void small_article(struct arena *arena, const struct small_row *row, int line, struct article *ret)
{
    struct wording *wording = arena_alloc(arena, sizeof *wording);
    struct option *options = arena_array(arena, 3, sizeof *options);
    *wording = (struct wording){row->wording, {"knowledge/faq.md", line + 1, 3}};
    options[0] = (struct option){
        .kind = OPTION_ENTRY, .target = "orari", .title = "Orari", .place = {"knowledge/faq.md", line + 3, 3}};
    options[1] = (struct option){
        .kind = OPTION_AGENT, .target = "vendite", .title = "Chiama", .place = {"knowledge/faq.md", line + 4, 3}};
    options[2] = (struct option){.kind = OPTION_URL,
                                 .target = "https://example.org/",
                                 .title = "Sito",
                                 .place = {"knowledge/faq.md", line + 5, 3}};
    *ret = (struct article){.id = row->id,
                            .lang = row->lang,
                            .topic = "prova",
                            .question = row->question,
                            .place = {"knowledge/faq.md", line, 1},
                            .wordings = wording,
                            .wording_count = 1,
                            .answer = block_paragraph(arena, row->answer),
                            .answer_text = row->answer,
                            .options = options,
                            .option_count = 3};
}

static inline void small_intent(struct arena *arena, const struct small_intent *row, struct intent *ret)
{
    struct wording *examples = arena_array(arena, 4, sizeof *examples);
    const struct block **says = arena_array(arena, 2, sizeof *says);
    *ret = (struct intent){.id = row->id, .lang = row->lang, .title = row->title, .handoff = row->handoff};
    ret->mood = row->mood;
    ret->place = (struct place){"intents/all.yaml", 1, 1};
    for (; ret->example_count < 4 && row->examples[ret->example_count] != NULL; ret->example_count++)
        examples[ret->example_count] = (struct wording){row->examples[ret->example_count], {"intents/all.yaml", 2, 3}};
    for (; ret->say_count < 2 && row->says[ret->say_count] != NULL; ret->say_count++)
        says[ret->say_count] = block_paragraph(arena, row->says[ret->say_count]);
    ret->examples = examples;
    ret->say = says;
}

/* The site, in the arena; `settings` is what sportello.yaml says, NULL = small_settings. */
static inline struct site *small_site(struct arena *arena, const char *settings)
{
    struct site *site = arena_alloc(arena, sizeof *site);
    struct article *articles = arena_array(arena, SMALL_ARTICLES, sizeof *articles);
    struct intent *intents = arena_array(arena, SMALL_INTENTS, sizeof *intents);
    struct source *source = arena_alloc(arena, sizeof *source);
    struct problems *problems = problems_new();
    const char *text = settings != NULL ? settings : small_settings;
    for (int i = 0; i < SMALL_ARTICLES; i++)
        small_article(arena, &small_articles[i], 10 * i + 1, &articles[i]);
    for (size_t i = 0; i < SMALL_INTENTS; i++)
        small_intent(arena, &small_intents[i], &intents[i]);
    *source = (struct source){"sportello.yaml", text, strlen(text)};
    *site = (struct site){.root = ".",
                          .settings = settings_read(arena, "sportello.yaml", text, strlen(text), problems),
                          .articles = articles,
                          .article_count = SMALL_ARTICLES,
                          .intents = intents,
                          .intent_count = SMALL_INTENTS,
                          .sources = source,
                          .source_count = 1};
    problems_free(problems);
    return site;
}

/* A site compiled and opened. */
static inline struct edition *small_compiled(const struct site *site)
{
    struct problems *problems = problems_new();
    struct buf image;
    const char *why = NULL;
    buf_init(&image, EDITION_IMAGE_BYTES);
    struct edition *e = NULL;
    if (edition_compile(site, &image, problems, NULL) == 0)
        e = edition_from_image(&image, &why);
    problems_free(problems);
    buf_free(&image);
    return e;
}

static inline struct edition *small_edition(struct arena *arena, const char *settings)
{
    return small_compiled(small_site(arena, settings));
}

/* The same with a file in aiml/. */
static inline struct edition *small_edition_aiml(struct arena *arena, const char *aiml)
{
    struct site *site = small_site(arena, NULL);
    struct source *sources = arena_array(arena, site->source_count + 1, sizeof *sources);
    sources[0] = (struct source){"aiml/bot.aiml", aiml, strlen(aiml)};
    memcpy(sources + 1, site->sources, site->source_count * sizeof *sources);
    site->sources = sources;
    site->source_count++;
    return small_compiled(site);
}

#endif
