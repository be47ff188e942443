/* The files of a small company with flows: for tests of what runs them. */
#ifndef TESTS_FLOW_SOURCES_H
#define TESTS_FLOW_SOURCES_H

static const char flow_settings[] = "name: Prova\n"
                                    "languages: [it, en]\n"
                                    "departments:\n"
                                    "  negozio:\n    name: {it: Negozio, en: Shop}\n"
                                    "  magazzino:\n    name: {it: Magazzino, en: Stock}\n"
                                    "webhooks:\n"
                                    "  ordini: {url: \"https://example.com/ordini\", secret: ordini}\n"
                                    "  corsi: {url: \"https://example.com/corsi\", secret: corsi}\n";

static const char flow_faq[] =
    "## Quanto costa la spedizione? {#costo}\n- quanto pago per la consegna\n\nCosta 6,50 euro.\n\n"
    "- [Gli orari](#orari)\n\n"
    "## Quali sono gli orari del negozio? {#orari}\n- a che ora aprite\n- siete aperti domani\n\nDalle 9 alle 19.\n\n"
    "## Come posso restituire un prodotto? {#reso}\n- vorrei fare un reso\n\nEntro 30 giorni.\n\n"
    "## Quanto dura la garanzia? {#garanzia}\n- la garanzia vale due anni\n\nDue anni.\n\n"
    "## C'è un parcheggio vicino? {#parcheggio}\n- dove lascio la macchina\n\nIn piazza Roma.\n\n"
    "## Come posso pagare? {#pagamenti}\n- accettate carte di credito\n\nCon carta o bonifico.\n";
static const char flow_faq_en[] =
    "## How much does shipping cost? {#costo}\n- delivery price\n\nIt is 6.50 euro.\n\n"
    "## What are your opening hours? {#orari}\n- when are you open\n\nNine to seven.\n\n"
    "## How long is the warranty? {#garanzia}\n- guarantee period\n\nTwo years.\n\n"
    "## Is there any parking nearby? {#parcheggio}\n- where do I leave the car\n\nIn piazza Roma.\n";

static const char flow_greeting[] = "intent: saluto\nexamples: [ciao, buongiorno, salve]\nsay: \"Ciao a te!\"\n";
static const char flow_person[] = "intent: persona\nexamples: [\"voglio parlare con una persona\", operatore]\n"
                                  "patterns: [\"* passami (qualcuno|un umano)\"]\nhandoff: negozio\n";
static const char flow_person_en[] =
    "intent: persona\nexamples: [\"i want to talk to a person\", operator]\nhandoff: negozio\n";

/* docs/flows.md's own. */
static const char flow_order[] =
    "intent: ordine\ntitle: \"Dov'è il mio ordine?\"\n"
    "examples: [\"dov'è il mio ordine\", \"a che punto è l'ordine [AB-1234](numero)\"]\n"
    "patterns: [\"* (dove|quando) * (ordine|pacco) *\", \"ordine {numero}\"]\n"
    "slots:\n"
    "  numero: {type: regex, match: \"[A-Z]{2}-[0-9]{4}\", ask: \"Qual è il numero?\", retry: \"Due lettere e quattro "
    "cifre.\", tries: 2, else: agent}\n"
    "steps:\n"
    "  - call: {webhook: ordini, timeout_ms: 1500, into: o}\n"
    "  - if: o.trovato\n"
    "    say: \"L'ordine {numero} è {o.stato}.\"\n"
    "  - else: {handoff: magazzino, note: \"Ordine {numero} non trovato\"}\n";

static const char flow_booking[] =
    "intent: corso\nexamples: [\"vorrei prenotare un corso\", \"prenotare un posto al corso\", \"mi iscrivo al "
    "corso\"]\n"
    "slots:\n"
    "  corso: {type: choice, choices: {legno: {title: Falegnameria, synonyms: [legno]}, luce: {title: Impianti}, "
    "muro: {title: Muratura}}, ask: \"Quale corso?\", retry: \"Uno dei tre, per favore.\"}\n"
    "  giorno: {type: date, when: future, ask: \"Che giorno?\"}\n"
    "  persone: {type: number, min: 1, max: 8, ask: \"In quanti?\", tries: 2, else: cancel}\n"
    "  email: {type: email, ask: \"La tua e-mail?\", tries: 2, else: \"agent:magazzino\"}\n"
    "  nome: {type: text, ask: \"Il tuo nome?\", max: 40}\n"
    "steps:\n"
    "  - confirm: \"{corso}, {giorno}, {persone}, {email}, {nome}: prenoto?\"\n"
    "  - call: {webhook: corsi, send: {c: \"{corso}\", g: \"{giorno}\", n: \"= persone + 1\"}, into: p, else: "
    "[{handoff: magazzino, note: \"Prenotare per {nome}\"}]}\n"
    "  - say: \"Prenotato: {p.codice}.\"\n";

/* Questions by steps; branches; random; a no of its own; the way out is steps. */
static const char flow_complaint[] =
    "intent: reclamo\nexamples: [\"voglio fare un reclamo\", \"ho un reclamo\"]\nexpires: 30\n"
    "slots:\n"
    "  tipo: {type: choice, choices: [Consegna, Prodotto], ask: \"Che cosa non va?\"}\n"
    "  quando: {type: date, when: past, ask: \"Quando?\"}\n"
    "  testo: {type: text, ask: \"Racconta.\"}\n"
    "  peso: {type: number, ask: \"Quanto pesa?\", tries: 1, else: [{say: \"Fa niente.\"}, {set: {peso: \"0\"}}, "
    "{goto: saluto}]}\n"
    "steps:\n"
    "  - ask: {slot: tipo, say: \"Consegna o prodotto?\"}\n"
    "  - set: {conto: \"= 2 * 3\", chi: \"{visitor.nome}\"}\n"
    "  - if: tipo == \"Consegna\"\n"
    "    then: [{ask: quando}, {say: \"Il {quando}, {now.date}.\"}]\n"
    "  - else if: conto > 100\n"
    "    say: mai\n"
    "  - else: [{ask: peso}]\n"
    "  - ask: testo\n"
    "  - random: [[{say: \"Testa.\"}], [{say: \"Croce.\"}]]\n"
    "  - confirm: \"Mando «{testo}» ({conto})?\"\n"
    "    no: [{say: \"Non mando.\"}, end]\n"
    "  - set: {testo: \"\", visitor.ultimo: reclamo}\n"
    "  - say: \"Mandato ({testo}).\"\n";

/* Known visitors. */
static const char flow_newsletter[] =
    "intent: notizie\nexamples: [\"iscrivimi alla newsletter\", \"voglio ricevere le notizie\"]\n"
    "slots:\n  indirizzo: {type: email, ask: \"A quale indirizzo?\", visitor: true}\n"
    "  sabato: {type: yes_no, ask: \"Anche il sabato?\"}\n"
    "steps:\n  - say: \"Iscritto {indirizzo}, sabato {sabato}.\"\n";
static const char flow_account[] =
    "intent: conto\nexamples: [\"cambia il mio indirizzo di casa\", \"ho cambiato casa\"]\nidentity: true\n"
    "slots:\n  via: {type: text, ask: \"La nuova via?\"}\n"
    "steps:\n  - say: \"{visitor.id}: {via}.\"\n";
static const char flow_private[] =
    "intent: privato\nexamples: [\"mostrami le mie fatture\"]\nidentity: true\nstranger: [{say: \"Prima entra.\"}]\n"
    "slots:\n  anno: {type: number, ask: \"Che anno?\"}\nsteps:\n  - say: \"Fatture del {anno}.\"\n";

/* What hurts. */
/* What it asks for is handed on, so the second round asks nothing. */
static const char flow_loop[] = "intent: giro\ntitle: Giro\npatterns: [giro]\n"
                                "slots:\n  n: {type: number, ask: \"Quanto?\"}\n"
                                "steps:\n  - ask: n\n  - set: {volte: \"= volte + 1\"}\n  - goto: giro\n";
static const char flow_next[] = "intent: avanti\ntitle: Avanti\npatterns: [\"avanti {numero}\"]\n"
                                "slots:\n  numero: {type: regex, match: \"[A-Z]{2}-[0-9]{4}\", ask: \"Numero?\"}\n"
                                "steps:\n  - say: \"Vado avanti.\"\n    goto: ordine\n";
static const char flow_big[] = "intent: grande\ntitle: Grande\npatterns: [grande]\n"
                               "slots:\n  a: {type: text, ask: \"A?\"}\n  b: {type: text, ask: \"B?\"}\n  c: {type: "
                               "text, ask: \"C?\"}\n"
                               "steps:\n  - say: \"{a} {b} {c}\"\n";
static const char flow_web[] =
    "intent: rete\ntitle: Rete\npatterns: [rete]\n"
    "slots:\n  parola: {type: text, ask: \"Parola?\", buttons: [\"[Viti](say:viti)\", \"[Orari](#orari)\"]}\n"
    "steps:\n  - call: {webhook: ordini, send: {q: \"{parola}\"}, into: r, else: [end]}\n"
    "  - say: \"Vedi [qui](https://example.com/?q={parola}): **{r.titolo}** {r.righe.1.nome} {r.manca}.\"\n"
    "    buttons: [\"[Apri](https://example.com/?q={parola})\"]\n";

#endif
