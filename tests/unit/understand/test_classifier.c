/* The section that is read claims what training claims, and a damaged one leads nowhere. */
#include "base/hash.h"
#include "understand/classifier.h"
#include "unit/understand/training_test.h"

#include <math.h>

static const char *section_of(const struct fair *f, size_t *ret_size)
{
    *ret_size = f->index->head->sections[SECTION_CLASSIFIER].count;
    return f->image.data + f->index->head->sections[SECTION_CLASSIFIER].at;
}

static int open_section(const struct fair *f, const void *bytes, size_t size, struct classifier *ret)
{
    return classifier_open(bytes, size, "it", f->index->head->words, FAIR_ENTRIES, ret);
}

static void claims_of(struct fair *f, const struct classifier *c, const char *text, float ret[FAIR_ENTRIES + 1])
{
    struct question q;
    arena_reset(f->arena);
    assert_int_equal(question_read(f->index, text, NULL, f->arena, &q), 0);
    classifier_claims(c, f->index, &q, ret);
}

static const char *const asked[] = {
    "quanto costa il biglietto",
    "ho perso la tessera",
    "dove trovo il bagno",
    "dove trovo i bagni",
    "quante costa la mostra", /* a function word that no phrasing has, of a stem that some have */
    "la navetta per l'albergo",
    "vorrei il catalogo della mostra",
    "rimborso del biglietto del concerto",
    "gratis per il passeggino?",
    "ascenzore rotto",
    "chi ha vinto la partita",
    "che tempo fa domani",
    "buongiorno",
};

/* A byte a weight, faint ones left out, and signals that two words share counted twice in the length: no
 * more than that. */
static void it_claims_what_training_claims(void **state)
{
    struct fair *f = fair_new();
    struct training *t = training_new(f->index, &fair_options);
    double greatest = 0;
    assert_int_equal(training_run(t, NULL, NULL), 0);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        float exact[FAIR_ENTRIES + 1], claims[FAIR_ENTRIES + 1];
        fair_claims(f, t, asked[i], exact);
        claims_of(f, f->index->classifier, asked[i], claims);
        for (size_t e = 0; e <= FAIR_ENTRIES; e++)
            greatest = fmax(greatest, fabs((double)exact[e] - (double)claims[e]));
        if (greatest > 0.05)
            fail_msg("“%s”: a claim differs by %.4f", asked[i], greatest);
    }
    assert_true(greatest > 0); /* or it was not the section that was asked */
    training_free(t);
    fair_free(f);
    (void)state;
}

static void phrasings_are_claimed_by_their_entries(void **state)
{
    struct fair *f = fair_new();
    for (uint32_t e = 0; e < FAIR_ENTRIES; e++)
        for (size_t p = 0; p < f->entries[e].phrasing_count; p++) {
            float claims[FAIR_ENTRIES + 1];
            claims_of(f, f->index->classifier, f->entries[e].phrasings[p], claims);
            for (uint32_t other = 0; other <= FAIR_ENTRIES; other++)
                assert_true(other == e || claims[other] < claims[e]);
        }
    fair_free(f);
    (void)state;
}

/* Nothing but the frame of a lone word, which says next to nothing. */
static void without_anything_known_hardly_more_than_the_biases_remains(void **state)
{
    struct fair *f = fair_new();
    float nothing[FAIR_ENTRIES + 1], strange[FAIR_ENTRIES + 1];
    claims_of(f, f->index->classifier, "", nothing);
    claims_of(f, f->index->classifier, "ξψωφ", strange);
    for (size_t e = 0; e < FAIR_ENTRIES; e++)
        assert_true(fabsf(nothing[e] - strange[e]) < 0.25f && nothing[e] >= 0 && nothing[e] < 0.5f &&
                    strange[e] < 0.5f);
    /* The class of none of them has everyday talk to know a lone word by. */
    assert_true(nothing[FAIR_ENTRIES] >= 0 && nothing[FAIR_ENTRIES] <= 2 && strange[FAIR_ENTRIES] >= 0);
    fair_free(f);
    (void)state;
}

static void a_margin_becomes_a_claim(void **state)
{
    assert_true(classifier_claim(-1, 0.5f) == 0 && classifier_claim(-7, 0.5f) == 0);
    assert_true(fabsf(classifier_claim(0.5f, 0.5f) - 1) < 1e-6f);
    assert_true(classifier_claim(100, 0.5f) == 2);
    assert_true(classifier_claim(0.2f, 0.5f) < classifier_claim(0.3f, 0.5f));
    assert_true(classifier_claim(NAN, 0.5f) == 0 && classifier_claim(INFINITY, 0.5f) == 2);
    (void)state;
}

static void what_is_not_whole_or_of_another_index_is_refused(void **state)
{
    struct fair *f = fair_new();
    struct classifier c;
    size_t size;
    const char *section = section_of(f, &size);
    uint32_t words = f->index->head->words;
    assert_int_equal(open_section(f, section, size, &c), 0);
    assert_int_equal(classifier_open(section, size, "it", words + 1, FAIR_ENTRIES, &c), -1);
    assert_int_equal(classifier_open(section, size, "it", words, FAIR_ENTRIES - 1, &c), -1);
    assert_int_equal(classifier_open(section, size, "it", words, UINT32_MAX, &c), -1);
    for (size_t cut = 0; cut < size; cut += cut < 4096 ? 1 : 997)
        assert_int_equal(open_section(f, section, cut, &c), -1);
    assert_int_equal(open_section(f, section, size - 1, &c), -1);
    fair_free(f);
    (void)state;
}

/* Sets of synonyms mean nothing by another table's numbers. */
static void another_thesaurus_is_not_used(void **state)
{
    struct fair *f = fair_new();
    struct classifier c;
    size_t size;
    const char *section = section_of(f, &size);
    char *copy = malloc(size);
    memcpy(copy, section, size);
    ((struct classifier_header *)(void *)copy)->thesaurus++;
    assert_int_equal(open_section(f, copy, size, &c), 0);
    assert_null(c.thesaurus);
    free(copy);
    if (thesaurus_of("it") != NULL) {
        assert_int_equal(open_section(f, section, size, &c), 0);
        assert_ptr_equal(c.thesaurus, thesaurus_of("it"));
    }
    fair_free(f);
    (void)state;
}

/* Every byte of the header, and of the rest as many as time allows: refused, or read within bounds (the
 * sanitiser looks) and with claims that are claims. The copy ends where the section ends. */
static void changed_bytes_never_lead_outside(void **state)
{
    struct fair *f = fair_new();
    size_t size, opened = 0, refused = 0, rounds = 6000;
    const char *section = section_of(f, &size);
    char *copy = malloc(size);
    uint64_t chance = 11;
    memcpy(copy, section, size);
    for (size_t round = 0; round < sizeof(struct classifier_header) * 8 + rounds; round++) {
        struct classifier c;
        bool in_header = round < sizeof(struct classifier_header) * 8;
        chance = hash_mix(chance + 1);
        size_t at = in_header ? round / 8 : chance % size;
        char old = copy[at];
        copy[at] = (char)(in_header ? old ^ (1 << round % 8) : (int)(chance >> 40));
        if (open_section(f, copy, size, &c) == 0) {
            float claims[FAIR_ENTRIES + 1];
            claims_of(f, &c, asked[round % (sizeof asked / sizeof *asked)], claims);
            for (size_t e = 0; e <= FAIR_ENTRIES; e++)
                assert_true(claims[e] >= 0 && claims[e] <= 2);
            opened++;
        } else {
            refused++;
        }
        copy[at] = old;
    }
    assert_true(opened > 0 && refused > 0);
    free(copy);
    fair_free(f);
    (void)state;
}

/* Each row is named once: more of them than the header says would be read for ever in a hostile image. */
static void rows_are_no_more_than_the_header_says(void **state)
{
    struct fair *f = fair_new();
    struct classifier c;
    size_t size;
    const char *section = section_of(f, &size);
    uint64_t *copy = malloc(size);
    memcpy(copy, section, size);
    struct classifier_header *head = (struct classifier_header *)copy;
    head->elements--;
    assert_int_equal(open_section(f, copy, size, &c), -1);
    head->elements = head->units * CLASSIFIER_UNIT + 1;
    assert_int_equal(open_section(f, copy, size, &c), -1);
    memcpy(copy, section, size);
    assert_int_equal(open_section(f, copy, size, &c), 0);
    struct image_slot *slots = (struct image_slot *)(uintptr_t)c.slots;
    for (uint32_t i = 0; i < head->slots; i++)
        if (slots[i].id != IMAGE_NONE) {
            uint32_t id = slots[i].id;
            slots[i].id = head->units; /* behind the last */
            assert_int_equal(open_section(f, copy, size, &c), -1);
            slots[i].id = head->units - 1; /* begins there, and ends outside */
            assert_int_equal(open_section(f, copy, size, &c), -1);
            slots[i].id = id;
        }
    assert_int_equal(open_section(f, copy, size, &c), 0);
    free(copy);
    fair_free(f);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_claims_what_training_claims),
        cmocka_unit_test(phrasings_are_claimed_by_their_entries),
        cmocka_unit_test(without_anything_known_hardly_more_than_the_biases_remains),
        cmocka_unit_test(a_margin_becomes_a_claim),
        cmocka_unit_test(what_is_not_whole_or_of_another_index_is_refused),
        cmocka_unit_test(another_thesaurus_is_not_used),
        cmocka_unit_test(rows_are_no_more_than_the_header_says),
        cmocka_unit_test(changed_bytes_never_lead_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
