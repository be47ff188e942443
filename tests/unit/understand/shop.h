/* A shop's few entries, made by hand, and their index: for tests of this floor. */
#ifndef TESTS_SHOP_H
#define TESTS_SHOP_H

#include "understand/index.h"

#include <stdlib.h>

enum { SHOP_ENTRIES = 10, SHOP_ARENA_BYTES = 64 << 20 };

static const char *const shop_phrasings[SHOP_ENTRIES][3] = {
    {"Quanto costa la spedizione?", "quanto pago per la consegna", "spese di trasporto"},
    {"In quanto tempo arriva il pacco?", "quando ricevo l'ordine", NULL},
    {"Quali sono gli orari del negozio?", "a che ora aprite", "siete aperti la domenica"},
    {"Come posso restituire un prodotto?", "vorrei fare un reso", NULL},
    {"Quanto dura la garanzia?", NULL, NULL},
    {"Come richiedo la fattura elettronica?", NULL, NULL},
    {"Posso pagare con carta di credito?", "accettate il bancomat", NULL},
    {"Duplicate le chiavi di casa?", NULL, NULL},
    {"Duplicate le chiavi dell'auto?", NULL, NULL},
    {"Chi sei?", NULL, NULL},
};

static const char *const shop_answers[SHOP_ENTRIES] = {
    "Costa 6,50 euro con il corriere.",
    "Due giorni lavorativi.",
    "Dalle 9 alle 19, chiuso la domenica.",
    "Entro 30 giorni con lo scontrino.",
    "Due anni, come vuole la legge.",
    "Dai la partita IVA alla cassa.",
    "Sì, tutti i circuiti.",
    "Sì, in dieci minuti.",
    "Sì, su appuntamento in officina.",
    "L'assistente automatico.",
};

struct shop {
    struct index_entry entries[SHOP_ENTRIES];
    struct buf image;
    struct index *index;
    struct arena *arena;
};

static struct shop *shop_new(void)
{
    struct shop *s = calloc(1, sizeof *s);
    for (size_t e = 0; e < SHOP_ENTRIES; e++) {
        s->entries[e] = (struct index_entry){shop_phrasings[e], 0, shop_answers[e], "negozio"};
        while (s->entries[e].phrasing_count < 3 && shop_phrasings[e][s->entries[e].phrasing_count] != NULL)
            s->entries[e].phrasing_count++;
    }
    buf_init(&s->image, 64 << 20);
    s->arena = arena_new(SHOP_ARENA_BYTES);
    if (index_build("it", s->entries, SHOP_ENTRIES, NULL, &s->image) == 0)
        s->index = index_open(s->image.data, s->image.size);
    return s;
}

static void shop_free(struct shop *s)
{
    index_close(s->index);
    buf_free(&s->image);
    arena_free(s->arena);
    free(s);
}

#endif
