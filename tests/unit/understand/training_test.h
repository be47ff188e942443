/* A fair's entries, made of words and ways to ask for them: one, two, three, five or seven
 * phrasings each. For tests of what is trained on them. */
#ifndef TESTS_TRAINING_TEST_H
#define TESTS_TRAINING_TEST_H

#include "understand/training.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FAIR_ENTRIES = 24, FAIR_WAYS = 7, FAIR_TEXT_BYTES = 64 };

static const char *const fair_things[FAIR_ENTRIES] = {
    "biglietto",  "parcheggio", "spedizione", "garanzia",  "fattura", "cauzione",    "tessera",    "guardaroba",
    "ristorante", "bagno",      "ascensore",  "concerto",  "mostra",  "laboratorio", "visita",     "catalogo",
    "rimborso",   "passeggino", "bicicletta", "volantino", "albergo", "navetta",     "audioguida", "fontana",
};
static const char *const fair_ways[FAIR_WAYS] = {
    "Come funziona: %s", "dove trovo %s",         "quanto costa %s",        "mi serve %s",
    "informazioni %s",   "ho un problema con %s", "si può avere %s gratis",
};
static const char *const fair_answers[] = {"Chiedi all'ingresso.", "Si trova al primo piano."};
static const char *const fair_outside[] = {"chi ha vinto la partita di ieri", "quanti abitanti ha la luna",
                                           "scrivimi una poesia sul mare", "che tempo fa in montagna"};
static const struct index_options fair_options = {.out_of_scope = fair_outside,
                                                  .out_of_scope_count = sizeof fair_outside / sizeof *fair_outside};

struct fair {
    char texts[FAIR_ENTRIES][FAIR_WAYS][FAIR_TEXT_BYTES];
    const char *phrasings[FAIR_ENTRIES][FAIR_WAYS];
    struct index_entry entries[FAIR_ENTRIES];
    struct buf image;
    struct index *index;
    struct arena *arena;
};

static inline struct fair *fair_new(void)
{
    static const size_t counts[] = {1, 2, 3, 5, 7};
    struct fair *f = calloc(1, sizeof *f);
    for (size_t e = 0; e < FAIR_ENTRIES; e++) {
        size_t count = counts[e % 5];
        for (size_t p = 0; p < count; p++) {
            const char *way = fair_ways[p], *at = strstr(way, "%s");
            snprintf(f->texts[e][p], FAIR_TEXT_BYTES, "%.*s%s%s", (int)(at - way), way, fair_things[e], at + 2);
            f->phrasings[e][p] = f->texts[e][p];
        }
        f->entries[e] = (struct index_entry){f->phrasings[e], count, fair_answers[e % 2], "fiera"};
    }
    buf_init(&f->image, 64 << 20);
    f->arena = arena_new(64 << 20);
    assert_int_equal(index_build("it", f->entries, FAIR_ENTRIES, &fair_options, &f->image), 0);
    f->index = index_open(f->image.data, f->image.size);
    assert_non_null(f->index);
    return f;
}

static inline void fair_free(struct fair *f)
{
    index_close(f->index);
    buf_free(&f->image);
    arena_free(f->arena);
    free(f);
}

/* What the last run claims of a text. */
static inline void fair_claims(struct fair *f, struct training *t, const char *text, float ret[FAIR_ENTRIES + 1])
{
    struct question q;
    arena_reset(f->arena);
    assert_int_equal(question_read(f->index, text, NULL, f->arena, &q), 0);
    assert_int_equal(training_claims(t, &q, f->arena, ret), 0);
}

#endif
