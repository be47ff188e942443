/* From a text to candidates with confidence: the seam that the floors above use (index.h). */
#include "understand/confidence.h"

#include <string.h>

/* Candidates below this score are noise, not choices. */
static const double score_least = 0.08;
/* Two are close when the second has at least this share of the first's score. */
static const double close_share = 0.88;

/* What is left of the probability goes to the others by the square of their scores. */
static void share_confidence(const struct ranking *r, struct confidence c, struct understanding *u)
{
    double squares = 0;
    for (size_t i = r->rival; i < u->count; i++)
        squares += r->all[i].score * r->all[i].score;
    for (size_t i = 0; i < u->count; i++) {
        double share = i < r->rival ? c.first : 0;
        if (i >= r->rival && squares > 0)
            share = (1 - c.first) * r->all[i].score * r->all[i].score / squares;
        u->candidates[i].confidence = (float)(c.in_scope * share);
        if (i > 0 && u->candidates[i].confidence > u->candidates[i - 1].confidence)
            u->candidates[i].confidence = u->candidates[i - 1].confidence;
    }
}

static const char *explain_it(const struct index *x, const struct question *q, const struct ranking *r,
                              struct confidence c, const struct understanding *u, struct arena *arena)
{
    struct buf out;
    buf_init(&out, 16384);
    buf_printf(&out, "words: %zu, of content %zu, known %zu; read as: %s\n", q->word_count, q->content_count,
               q->known_count, u->corrected);
    buf_printf(&out, "in scope %.3f, first is right %.3f%s\n", c.in_scope, c.first, u->close ? ", close" : "");
    for (size_t i = 0; i < u->count; i++) {
        const struct ranked *k = &r->all[i];
        buf_printf(&out, "%zu. entry %u phrasing %u: score %.3f = claim %.3f, cosine %.3f, bm25 %.3f, ", i + 1,
                   k->found.entry, x->docs[k->found.doc].phrasing, k->score, (double)k->claim, k->found.cosine,
                   k->found.bm25);
        if (r->kinds != 0)
            buf_printf(&out, "meaning %.3f, ", k->near);
        buf_printf(&out, "%scover %.2f; confidence %.3f\n", k->found.exact ? "exact, " : "", k->cover,
                   u->candidates[i].confidence);
    }
    const char *text = arena_strdup(arena, out.data);
    buf_free(&out);
    return text;
}

int understand(const struct index *x, const char *text, const struct understand_options *options, struct arena *arena,
               struct understanding *ret)
{
    bool explain = options != NULL && options->explain;
    struct reading_options how = {0};
    struct reading words;
    struct question q;
    struct sense sense;
    if (options != NULL) {
        how.respellings = options->respellings;
        how.respelling_count = options->respelling_count;
        how.doubt = options->doubt;
    }
    struct ranking *r = arena_alloc_raw(arena, sizeof *r);
    if (r == NULL || reading_of(x, text, &how, arena, &words) < 0 || question_of(x, &words, arena, &q) < 0 ||
        sense_of(x, options, arena, &sense) < 0 || rank(x, &q, NULL, NULL, &sense, arena, r) < 0)
        return -1;
    struct confidence c = confidence_of(x->head->models, &q, r);
    struct understanding u = {.word_count = q.word_count, .known_words = q.known_count, .in_scope = c.in_scope};
    u.corrected = reading_corrected(&words, arena);
    memcpy(u.misspelt, words.misspelt, sizeof u.misspelt);
    u.misspelt_count = words.misspelt_count;
    while (u.count < r->count && u.count < UNDERSTOOD_MAX && r->all[u.count].score >= score_least) {
        u.candidates[u.count].entry = r->all[u.count].found.entry;
        u.candidates[u.count].score = (float)r->all[u.count].score;
        u.count++;
    }
    if (r->rival < u.count)
        u.close = r->all[r->rival].score >= close_share * r->all[0].score;
    share_confidence(r, c, &u);
    if (explain)
        u.explanation = explain_it(x, &q, r, c, &u, arena);
    if (u.corrected == NULL || (explain && u.explanation == NULL))
        return -1;
    *ret = u;
    return 0;
}
