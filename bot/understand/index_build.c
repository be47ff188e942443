/* Building an index: texts → vocabulary → weights → lists → image → confidence (index.h).
 *
 * One pass reads the texts into lists of words; everything after works on ordinals. */
#include "text/token.h"
#include "understand/calibrate.h"
#include "understand/features.h"
#include "understand/neighbours.h"
#include "understand/question.h"
#include "understand/sense_build.h"

#include <stdlib.h>
#include <string.h>

/* Words of an answer behind these are not indexed. */
enum { ANSWER_WORDS_MAX = 600 };
/* How far a build is: when all is read and weighed; then, of what is left, when the meanings are made, and when the
 * confidence is fitted on its folds. */
static const double READ = 0.6, MEANT = 0.25, FITTED = 0.75;

static void read_words(struct weigh_build *b, const char *text, size_t most, struct numbers *ret)
{
    struct token_reader reader = token_reader(text, strlen(text));
    size_t words = 0;
    for (struct token t; words < most && token_next(&reader, &t); words++)
        numbers_push(ret, vocabulary_word(&b->v, t.word, t.length));
}

static void read_entry(struct weigh_build *b, uint32_t e)
{
    const struct index_entry *entry = &b->entries[e];
    for (size_t f = 0; f < WEIGH_FIELDS; f++)
        numbers_push(&b->field_at[f], (uint32_t)b->field_words[f].count);
    for (size_t p = 0; p < entry->phrasing_count; p++) {
        size_t first = b->doc_words.count;
        numbers_push(&b->doc_entry, e);
        numbers_push(&b->doc_phrasing, (uint32_t)p);
        numbers_push(&b->doc_words_at, (uint32_t)first);
        read_words(b, entry->phrasings[p], QUESTION_WORDS_MAX, &b->doc_words);
        for (size_t i = first; i < b->doc_words.count && !b->v.failed; i++) {
            b->v.words[b->doc_words.items[i]].flags |= WORD_IN_QUESTION;
            numbers_push(&b->field_words[WEIGH_QUESTION], b->doc_words.items[i]);
        }
    }
    read_words(b, entry->answer, ANSWER_WORDS_MAX, &b->field_words[WEIGH_ANSWER]);
    read_words(b, entry->topic, QUESTION_WORDS_MAX, &b->field_words[WEIGH_TOPIC]);
}

static int read_entries(struct weigh_build *b)
{
    for (size_t e = 0; e < b->count; e++) {
        read_entry(b, (uint32_t)e);
        if (b->v.failed || b->doc_words.failed)
            return -1;
    }
    numbers_push(&b->doc_words_at, (uint32_t)b->doc_words.count);
    bool failed = b->doc_entry.failed || b->doc_phrasing.failed || b->doc_words_at.failed;
    for (size_t f = 0; f < WEIGH_FIELDS; f++) {
        numbers_push(&b->field_at[f], (uint32_t)b->field_words[f].count);
        failed = failed || b->field_at[f].failed || b->field_words[f].failed;
    }
    return failed || vocabulary_number(&b->v) < 0 ? -1 : 0;
}

/* Which words share a feature, and in which docs a word stands; only words of questions count. */
static int make_lists(struct weigh_build *b)
{
    struct image_parts *p = &b->parts;
    struct numbers at = {0}, items = {0}, entry_at = {0};
    for (uint32_t w = 0; w < b->v.word_count; w++) {
        numbers_push(&at, (uint32_t)items.count);
        bool asked = b->v.words[w].flags & WORD_IN_QUESTION;
        for (uint32_t i = b->v.features_at.items[w]; asked && i < b->v.features_at.items[w + 1]; i++)
            numbers_push(&items, b->v.features.items[i]);
    }
    numbers_push(&at, (uint32_t)items.count);
    numbers_push(&items, 0); /* never NULL */
    for (uint32_t d = 0; d <= b->doc_entry.count; d++)
        numbers_push(&entry_at, d);
    int result = at.failed || items.failed || entry_at.failed ? -1 : 0;
    if (result == 0)
        result = numbers_invert(at.items, items.items, b->v.word_count, b->v.feature_count, SIZE_MAX,
                                &p->feature_words_at, &p->feature_words);
    if (result == 0)
        result = numbers_invert(p->doc_words_at.items, p->doc_words.items, b->doc_entry.count, b->v.word_count,
                                IMAGE_LIST_MAX, &p->word_docs_at, &p->word_docs);
    uint32_t *entries = malloc((b->doc_entry.count + 1) * sizeof *entries);
    for (uint32_t d = 0; d < b->doc_entry.count && entries != NULL; d++)
        entries[d] = p->docs[d].entry;
    if (result == 0)
        result = entries == NULL ? -1
                                 : numbers_invert(entry_at.items, entries, b->doc_entry.count, b->count, SIZE_MAX,
                                                  &p->entry_docs_at, &p->entry_docs);
    free(entries);
    numbers_free(&at);
    numbers_free(&items);
    numbers_free(&entry_at);
    return result;
}

static int build_parts(struct weigh_build *b)
{
    for (size_t e = 0; e < b->count; e++)
        if (b->entries[e].phrasing_count == 0)
            return -1;
    if (read_entries(b) < 0 || weigh_features(b) < 0 || weigh_docs(b) < 0 || weigh_entries(b) < 0 ||
        make_lists(b) < 0 || neighbours_find(b) < 0 || image_parts_deletes(&b->parts, &b->v) < 0)
        return -1;
    b->parts.entries = (uint32_t)b->count;
    b->parts.unknown_idf = features_idf((double)b->count, 0);
    return 0;
}

static void build_free(struct weigh_build *b)
{
    vocabulary_free(&b->v);
    numbers_free(&b->doc_entry);
    numbers_free(&b->doc_phrasing);
    numbers_free(&b->doc_words_at);
    numbers_free(&b->doc_words);
    for (size_t f = 0; f < WEIGH_FIELDS; f++) {
        numbers_free(&b->field_at[f]);
        numbers_free(&b->field_words[f]);
    }
    image_parts_free(&b->parts);
}

/* Trains the classifier on everything, and adds it to the image. */
static int add_classifier(struct buf *image, struct training *t, struct advance advance)
{
    struct buf section;
    buf_init(&section, image->ceiling);
    int result = training_run(t, advance_hear, &advance);
    if (result == 0)
        result = training_write(t, &section);
    if (result == 0)
        result = image_add_section(image, SECTION_CLASSIFIER, &section);
    buf_free(&section);
    return result;
}

/* Opens what was just written, makes the meanings, fits the confidence, trains on it, and writes all into it. A
 * site that is too large or too small for a classifier does without. */
static int fit(struct buf *image, const struct index_entry *entries, const struct index_options *options,
               const struct advance *advance)
{
    struct buf plain; /* a copy, because the image grows while it is read */
    struct confidence_model models[CONFIDENCE_MODELS];
    buf_init(&plain, image->ceiling);
    struct index *x = buf_add(&plain, image->data, image->size) == 0 ? index_open(plain.data, plain.size) : NULL;
    bool classified = x != NULL && x->head->entries >= 2 && x->head->entries <= CLASSIFIER_ENTRIES_MAX;
    struct training *training = classified ? training_new(x, options) : NULL;
    const struct advance meaning = advance_part(advance, 0, MEANT), folds = advance_part(advance, MEANT, FITTED);
    struct sense_build *senses = x != NULL ? sense_build_new(x, entries, options, &meaning) : NULL;
    int result = senses != NULL && (!classified || training != NULL)
                     ? calibrate(x, entries, training, senses, &folds, models)
                     : -1;
    if (result == 0 && classified)
        result = add_classifier(image, training, advance_part(advance, FITTED, 1));
    if (result == 0)
        result = sense_build_add(senses, image);
    if (result == 0)
        memcpy(image->data + offsetof(struct image_header, models), models, sizeof models);
    training_free(training);
    sense_build_free(senses);
    index_close(x);
    buf_free(&plain);
    return result;
}

int index_build(const char *lang, const struct index_entry *entries, size_t count, const struct index_options *options,
                struct buf *out)
{
    struct weigh_build b = {.entries = entries, .count = count};
    const struct advance whole = {.hear = options != NULL ? options->progress : NULL,
                                  .context = options != NULL ? options->context : NULL,
                                  .to = 1};
    const struct advance fitting = advance_part(&whole, READ, 1);
    struct buf image;
    if (count >= IMAGE_ENTRIES_MAX || strlen(lang) >= IMAGE_LANG_BYTES)
        return -1;
    vocabulary_init(&b.v, lang);
    buf_init(&image, out->ceiling);
    int result = build_parts(&b);
    if (result == 0)
        advance_tell(&whole, READ);
    if (result == 0)
        result = image_write(&b.parts, &b.v, &image);
    build_free(&b);
    if (result == 0)
        result = fit(&image, entries, options, &fitting);
    if (result == 0)
        result = buf_add(out, image.data, image.size);
    buf_free(&image);
    if (result == 0)
        advance_tell(&whole, 1);
    return result;
}
