/* A classifier as it might stand in a damaged or hostile image: a good one of a small site, in which the
 * input changes bytes: three of the input say where, one what. What is opened is asked. */
#include "base/buf.h"
#include "understand/classifier.h"

#include <stdlib.h>
#include <string.h>

enum { ENTRIES = 3, ARENA_BYTES = 8 << 20, CHANGE_BYTES = 4 };

static const char *const phrasings[ENTRIES][2] = {
    {"Quanto costa la spedizione?", "quanto pago per la consegna"},
    {"A che ora aprite?", "siete aperti la domenica"},
    {"Come faccio un reso?", "vorrei restituire un prodotto"},
};

static struct {
    struct buf image;
    struct index *index;
    struct arena *arena;
    const char *section;
    size_t size;
} site;

static void must(int holds)
{
    if (!holds)
        abort();
}

static void make_site(void)
{
    struct index_entry entries[ENTRIES];
    for (size_t e = 0; e < ENTRIES; e++)
        entries[e] = (struct index_entry){phrasings[e], 2, "", ""};
    buf_init(&site.image, 64 << 20);
    must(index_build("it", entries, ENTRIES, NULL, &site.image) == 0);
    site.index = index_open(site.image.data, site.image.size);
    site.arena = arena_new(ARENA_BYTES);
    must(site.index != NULL && site.arena != NULL);
    site.section = site.image.data + site.index->head->sections[SECTION_CLASSIFIER].at;
    site.size = site.index->head->sections[SECTION_CLASSIFIER].count;
}

static void ask(const struct classifier *c, const char *text)
{
    struct question q;
    float claims[ENTRIES + 1];
    arena_reset(site.arena);
    must(question_read(site.index, text, NULL, site.arena, &q) == 0);
    classifier_claims(c, site.index, &q, claims);
    for (size_t e = 0; e <= ENTRIES; e++)
        must(claims[e] >= 0 && claims[e] <= 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (site.index == NULL)
        make_site();
    /* The first byte cuts: the end of a section is where bounds are forgotten. */
    size_t cut = size > 0 && data[0] < 128 ? data[0] : 0;
    if (cut >= site.size)
        return 0;
    char *copy = malloc(site.size - cut);
    memcpy(copy, site.section, site.size - cut);
    for (size_t i = 1; i + CHANGE_BYTES <= size; i += CHANGE_BYTES) {
        size_t at = (size_t)data[i] << 16 | (size_t)data[i + 1] << 8 | data[i + 2];
        copy[at % (site.size - cut)] = (char)data[i + 3];
    }
    struct classifier c;
    if (classifier_open(copy, site.size - cut, "it", site.index->head->words, ENTRIES, &c) == 0) {
        ask(&c, "quanto costa un reso la domenica");
        ask(&c, "apertura consegne");
        ask(&c, "");
    }
    free(copy);
    return 0;
}
