/* Writing an image: see image_write.h and the layout in image.h. */
#include "understand/image_write.h"

#include "understand/confidence.h"
#include "understand/kin.h"
#include "understand/typo.h"

#include <stdlib.h>
#include <string.h>

void image_parts_free(struct image_parts *p)
{
    struct numbers *lists[] = {&p->doc_words_at,     &p->doc_words,     &p->word_docs_at,  &p->word_docs,
                               &p->feature_words_at, &p->feature_words, &p->entry_docs_at, &p->entry_docs,
                               &p->stem_entries_at,  &p->stem_entries,  &p->like_at,       &p->likes};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        numbers_free(lists[i]);
    free(p->weights);
    free(p->stem_idf);
    free(p->docs);
    free(p->deletes);
    buf_free(&p->impacts);
    buf_free(&p->like_values);
}

/* Sorts 64-bit numbers by their bytes, least first; qsort would take most of a build. */
static int sort_numbers(uint64_t *numbers, size_t count)
{
    uint64_t *other = malloc((count + 1) * sizeof *other), *from = numbers, *to = other;
    if (other == NULL)
        return -1;
    for (int shift = 0; shift < 64; shift += 8) {
        size_t starts[257] = {0};
        for (size_t i = 0; i < count; i++)
            starts[(from[i] >> shift & 255) + 1]++;
        for (size_t i = 0; i < 256; i++)
            starts[i + 1] += starts[i];
        for (size_t i = 0; i < count; i++)
            to[starts[from[i] >> shift & 255]++] = from[i];
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    free(other); /* an even number of rounds: the result is back in `numbers` */
    return 0;
}

int image_parts_postings(struct image_parts *p, uint64_t *postings, size_t count, uint32_t stems)
{
    if (sort_numbers(postings, count) < 0)
        return -1;
    buf_init(&p->impacts, (size_t)1 << 31);
    size_t i = 0;
    for (uint32_t stem = 0; stem < stems; stem++) {
        size_t first = p->stem_entries.count;
        numbers_push(&p->stem_entries_at, (uint32_t)first);
        for (; i < count && postings[i] >> 36 == stem; i++) {
            if (p->stem_entries.count - first == IMAGE_LIST_MAX)
                continue;
            numbers_push(&p->stem_entries, (uint32_t)(postings[i] & (IMAGE_ENTRIES_MAX - 1)));
            buf_putc(&p->impacts, (char)(255 - (postings[i] >> 28 & 255)));
        }
    }
    numbers_push(&p->stem_entries_at, (uint32_t)p->stem_entries.count);
    return p->stem_entries.failed || p->stem_entries_at.failed || p->impacts.failed ? -1 : 0;
}

struct deletes {
    struct image_parts *parts;
    uint32_t word;
};

static void add_delete(void *context, uint32_t hash)
{
    struct deletes *d = context;
    d->parts->deletes[d->parts->delete_count++] = (uint64_t)hash << 32 | d->word;
}

int image_parts_deletes(struct image_parts *p, const struct vocabulary *v)
{
    size_t most = 1;
    bool twice = v->word_count <= TYPO_TWICE_WORDS;
    for (uint32_t w = 0; w < v->word_count; w++)
        most += typo_form_count(v->words[w].length, twice && typo_twice(&v->words[w])) +
                (kin_counts(&v->words[w]) ? kin_form_count(v->words[w].length) : 0);
    p->deletes = malloc(most * sizeof *p->deletes);
    if (p->deletes == NULL)
        return -1;
    struct deletes d = {.parts = p};
    for (; d.word < v->word_count; d.word++) {
        const struct image_word *w = &v->words[d.word];
        if (w->length >= TYPO_LEAST)
            typo_forms(v->strings.data + w->text, w->length, twice && typo_twice(w), add_delete, &d);
        if (kin_counts(w))
            kin_forms(v->lang, v->strings.data + w->text, w->length, add_delete, &d);
    }
    return sort_numbers(p->deletes, p->delete_count);
}

static void add_section(struct image_header *h, struct buf *out, size_t start, enum image_section s, const void *items,
                        size_t count)
{
    while ((out->size - start) % 8 != 0 && buf_putc(out, 0) == 0)
        continue;
    h->sections[s].at = out->size - start;
    h->sections[s].count = count;
    buf_add(out, items, count * image_element[s]);
}

static void add_numbers(struct image_header *h, struct buf *out, size_t start, enum image_section s,
                        const struct numbers *n)
{
    add_section(h, out, start, s, n->items, n->count);
}

int image_write(const struct image_parts *p, const struct vocabulary *v, struct buf *out)
{
    struct image_header h = {.magic = IMAGE_MAGIC,
                             .version = IMAGE_VERSION,
                             .entries = p->entries,
                             .docs = (uint32_t)p->entry_docs.count,
                             .words = v->word_count,
                             .stems = v->stem_count,
                             .features = v->feature_count,
                             .unknown_idf = p->unknown_idf,
                             .models = {confidence_prior}};
    size_t start = out->size;
    memcpy(h.lang, v->lang, strlen(v->lang));
    uint32_t no_slots[2] = {IMAGE_NONE, IMAGE_NONE};
    buf_add(out, &h, sizeof h);
    add_section(&h, out, start, SECTION_STRINGS, v->strings.data, v->strings.size);
    add_section(&h, out, start, SECTION_WORDS, v->words, v->word_count);
    add_section(&h, out, start, SECTION_WORD_SLOTS, v->word_slots ? v->word_slots : no_slots,
                v->word_slots ? v->word_mask + (size_t)1 : 2);
    add_numbers(&h, out, start, SECTION_WORD_FEATURES_AT, &v->features_at);
    add_numbers(&h, out, start, SECTION_WORD_FEATURES, &v->features);
    add_numbers(&h, out, start, SECTION_WORD_DOCS_AT, &p->word_docs_at);
    add_numbers(&h, out, start, SECTION_WORD_DOCS, &p->word_docs);
    add_section(&h, out, start, SECTION_WEIGHTS, p->weights, v->feature_count);
    add_section(&h, out, start, SECTION_FEATURE_SLOTS, v->feature_slots, v->feature_mask + (size_t)1);
    add_numbers(&h, out, start, SECTION_FEATURE_WORDS_AT, &p->feature_words_at);
    add_numbers(&h, out, start, SECTION_FEATURE_WORDS, &p->feature_words);
    add_section(&h, out, start, SECTION_STEM_IDF, p->stem_idf, v->stem_count);
    add_numbers(&h, out, start, SECTION_STEM_ENTRIES_AT, &p->stem_entries_at);
    add_numbers(&h, out, start, SECTION_STEM_ENTRIES, &p->stem_entries);
    add_section(&h, out, start, SECTION_STEM_IMPACTS, p->impacts.data, p->impacts.size);
    add_section(&h, out, start, SECTION_DOCS, p->docs, h.docs);
    add_numbers(&h, out, start, SECTION_DOC_WORDS_AT, &p->doc_words_at);
    add_numbers(&h, out, start, SECTION_DOC_WORDS, &p->doc_words);
    add_numbers(&h, out, start, SECTION_ENTRY_DOCS_AT, &p->entry_docs_at);
    add_numbers(&h, out, start, SECTION_ENTRY_DOCS, &p->entry_docs);
    add_section(&h, out, start, SECTION_DELETES, p->deletes, p->delete_count);
    add_numbers(&h, out, start, SECTION_LIKES_AT, &p->like_at);
    add_numbers(&h, out, start, SECTION_LIKES, &p->likes);
    add_section(&h, out, start, SECTION_LIKE_VALUES, p->like_values.data, p->likes.count);
    for (enum image_section s = SECTION_CLASSIFIER; s < IMAGE_SECTIONS; s++)
        add_section(&h, out, start, s, NULL, 0);
    h.size = out->size - start;
    if (out->failed)
        return -1;
    memcpy(out->data + start, &h, sizeof h);
    return 0;
}

int image_add_section(struct buf *image, enum image_section s, const struct buf *bytes)
{
    struct image_header h;
    memcpy(&h, image->data, sizeof h);
    add_section(&h, image, 0, s, bytes->data, bytes->size);
    while (++s < IMAGE_SECTIONS) /* the empty ones after it move behind it */
        add_section(&h, image, 0, s, NULL, 0);
    h.size = image->size;
    if (image->failed)
        return -1;
    memcpy(image->data, &h, sizeof h);
    return 0;
}
