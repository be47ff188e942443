/* Two logistic functions and their fitting: see confidence.h. */
#include "understand/confidence.h"

#include <math.h>
#include <string.h>

/* Scope: 1, cosine, BM25, cover, unknown share, exact, evidence, the best claim, that of none, the best
 * one's lead over the second, nearness by meaning, of the nearest, and its lead over the second.
 * First: 1, gap to the rival's score, cosine, exact, what it covers more than the rival, claim,
 * its lead over the rival's, BM25, nearness by meaning, its lead over the rival's. */
const struct confidence_model confidence_prior = {
    .scope = {0.6, 0.5, 3.5, -2.2, -1.3, 1.0, -1.3, 3.0, 0.0, -0.3},
    .first = {-2.4, 3.4, -0.9, 1.0, 0.0, 1.2, 0.6, 2.2},
};
const struct confidence_model confidence_prior_unclassified = {
    .scope = {-3.4, 4.0, 5.0, -1.0, -0.3, 4.0, 0.9},
    .first = {-1.9, 4.8, 3.2, 2.0, 0.4},
};

/* How much a meaning leads before an edition has shown what it is worth: that of words as measured with vectors good
 * and bad, that of embeddings as is to be expected of a model that reads whole sentences. */
static const double usual_share[CONFIDENCE_MODELS] = {
    [1 << MEANING_WORDS] = 0.3, [1 << MEANING_EMBEDDED] = 0.7, [1 << MEANING_WORDS | 1 << MEANING_EMBEDDED] = 0.6};
/* What is added to them where there is a meaning. */
static const struct confidence_model meant = {
    .scope = {[0] = -2.4, [4] = 0.8, [10] = 5.0, [11] = 1.0},
    .first = {[0] = -0.3, [8] = 0.4, [9] = 1.2},
};

/* How firmly the prior holds: like so many examples an input (their variance taken as a quarter). */
static const double prior_strength = 80;

static const double bare_most = 0.5, sense_of_stop_words = 0.5, sense_of_guessed_word = 0.65, strange_share = 0.45,
                    even_share = 0.985;

enum { NEWTON_ROUNDS = 12 };

/* Three content words are all the evidence that one may ask for. */
static double evidence_of(const struct question *q)
{
    return q->content_count >= 3 ? 1 : (double)q->content_count / 3;
}

void confidence_scope_inputs(const struct question *q, const struct ranking *r, double ret[CONFIDENCE_SCOPE_SIZE])
{
    const struct ranked none = {0}, *best = r->count > 0 ? &r->all[0] : &none;
    const double inputs[CONFIDENCE_SCOPE_SIZE] = {
        1,
        best->found.cosine,
        best->found.bm25,
        best->cover,
        q->content > 0 ? q->unknown / q->content : 0,
        best->found.exact,
        evidence_of(q),
        r->best_claim / r->usual_claim,
        r->none_claim / r->usual_claim,
        (r->best_claim - r->second_claim) / r->usual_claim,
        r->best_near,
        r->best_near - r->second_near,
    };
    memcpy(ret, inputs, sizeof inputs);
}

void confidence_first_inputs(const struct question *q, const struct ranking *r, double ret[CONFIDENCE_FIRST_SIZE])
{
    (void)q;
    const struct ranked none = {0}, *best = r->count > 0 ? &r->all[0] : &none;
    const struct ranked *rival = r->rival < r->count ? &r->all[r->rival] : &none;
    const double inputs[CONFIDENCE_FIRST_SIZE] = {
        1,
        best->score > 0 ? (best->score - rival->score) / best->score : 0,
        best->found.cosine,
        best->found.exact,
        best->cover - rival->cover,
        best->claim / r->usual_claim,
        (best->claim - rival->claim) / r->usual_claim,
        best->found.bm25,
        best->near,
        best->near - rival->near,
    };
    memcpy(ret, inputs, sizeof inputs);
}

struct confidence_model confidence_prior_meant(const struct confidence_model *prior, unsigned kinds)
{
    struct confidence_model m = *prior;
    for (size_t i = 0; i < CONFIDENCE_SCOPE_SIZE && kinds != 0; i++)
        m.scope[i] += meant.scope[i];
    for (size_t i = 0; i < CONFIDENCE_FIRST_SIZE && kinds != 0; i++)
        m.first[i] += meant.first[i];
    m.share = usual_share[kinds];
    return m;
}

static double logistic(double z)
{
    return 1 / (1 + exp(-z));
}

static double product(const double *a, const double *b, size_t size)
{
    double sum = 0;
    for (size_t i = 0; i < size; i++)
        sum += a[i] * b[i];
    return sum;
}

/* A single word that the best and the next both have cannot tell which is meant, however short
 * the one's phrasing is. */
static bool is_bare(const struct question *q, const struct ranking *r)
{
    return q->word_count == 1 && !r->all[0].found.exact && r->rival < r->count &&
           r->all[r->rival].cover >= r->all[0].cover;
}

/* Words of so many letters have a stem that many others share ("cana", "cane"). */
enum { SHORT_LETTERS = 4 };

/* A word of content that nobody has as it stands: it was mended, or it is a short one that is known by its stem
 * alone and that the language does not have. */
static bool is_guessed(const struct question *q, size_t i)
{
    const struct question_word *w = &q->words[i];
    return !w->stop &&
           (w->mended || (w->id == IMAGE_NONE && !w->in_dictionary && q->reading.words[i].length <= SHORT_LETTERS));
}

static bool is_single_guess(const struct question *q)
{
    for (size_t i = 0; i < q->word_count && q->content_count == 1; i++)
        if (is_guessed(q, i))
            return true;
    return false;
}

/* What no phrasing teaches, because none is like that: a text of words that no language has,
 * one of function words alone, and a single word that is a guess. */
static double sensible(const struct question *q, const struct ranking *r)
{
    double senseless = q->content > 0 ? q->senseless / q->content : 0;
    if (r->all[0].found.exact && (q->mended_count == 0 || q->word_count > 1))
        return 1;
    if (q->content_count == 0)
        return sense_of_stop_words;
    double most = is_single_guess(q) ? sense_of_guessed_word : 1;
    /* What neither the entries nor the language know may still mean what one of the entries means. */
    double far = r->best_near < 1 ? 1 - (double)r->best_near : 0;
    return most * (1 - far * senseless * senseless);
}

/* Words that the language has and no entry: what speaks for the first are the few others. */
static double spoken_for(const struct question *q, const struct ranking *r)
{
    double strange = q->content > 0 ? q->unknown / q->content : 0;
    double far = r->best_near < 1 ? 1 - (double)r->best_near : 0;
    return strange > 0.5 && !r->all[0].found.exact ? 1 - far * strange_share * (strange - 0.5) * 2 : 1;
}

/* Two that are asked for alike, whatever speaks for both. */
static bool is_even(const struct ranking *r)
{
    return !r->all[0].found.exact && r->rival < r->count && r->all[r->rival].score >= even_share * r->all[0].score;
}

struct confidence confidence_of(const struct confidence_model models[CONFIDENCE_MODELS], const struct question *q,
                                const struct ranking *r)
{
    const struct confidence_model *m = &models[r->kinds];
    double scope[CONFIDENCE_SCOPE_SIZE], first[CONFIDENCE_FIRST_SIZE];
    if (r->count == 0)
        return (struct confidence){0, 0};
    confidence_scope_inputs(q, r, scope);
    confidence_first_inputs(q, r, first);
    struct confidence c = {sensible(q, r) * logistic(product(m->scope, scope, CONFIDENCE_SCOPE_SIZE)),
                           spoken_for(q, r) * logistic(product(m->first, first, CONFIDENCE_FIRST_SIZE))};
    if ((is_bare(q, r) || is_even(r)) && c.first > bare_most)
        c.first = bare_most;
    return c;
}

/* Solves a symmetric positive system in place by Cholesky: `a` is size × size. */
static void solve(double a[CONFIDENCE_SCOPE_SIZE][CONFIDENCE_SCOPE_SIZE], double *b, size_t size)
{
    for (size_t i = 0; i < size; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = a[i][j];
            for (size_t k = 0; k < j; k++)
                sum -= a[i][k] * a[j][k];
            a[i][j] = i == j ? sqrt(sum > 1e-9 ? sum : 1e-9) : sum / a[j][j];
        }
    for (size_t i = 0; i < size; i++) {
        for (size_t k = 0; k < i; k++)
            b[i] -= a[i][k] * b[k];
        b[i] /= a[i][i];
    }
    for (size_t i = size; i-- > 0;) {
        for (size_t k = i + 1; k < size; k++)
            b[i] -= a[k][i] * b[k];
        b[i] /= a[i][i];
    }
}

/* What is to be made least: how badly the examples are told, and how far the prior is left. */
static double loss(const double *weights, const double *prior, size_t size, const struct confidence_example *examples,
                   size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < size; i++)
        sum += 0.5 * prior_strength * (weights[i] - prior[i]) * (weights[i] - prior[i]);
    for (size_t e = 0; e < count; e++) {
        double z = product(weights, examples[e].inputs, size);
        /* ln(1 + e^-z) without overflow. */
        double wrong = examples[e].holds ? -z : z;
        sum += examples[e].weight * (wrong > 0 ? wrong + log1p(exp(-wrong)) : log1p(exp(wrong)));
    }
    return sum;
}

static void newton_step(const double *weights, const double *prior, size_t size,
                        const struct confidence_example *examples, size_t count, double *ret)
{
    double hessian[CONFIDENCE_SCOPE_SIZE][CONFIDENCE_SCOPE_SIZE] = {{0}};
    for (size_t i = 0; i < size; i++) {
        hessian[i][i] = prior_strength;
        ret[i] = prior_strength * (prior[i] - weights[i]);
    }
    for (size_t e = 0; e < count; e++) {
        const double *x = examples[e].inputs;
        double p = logistic(product(weights, x, size));
        for (size_t i = 0; i < size; i++) {
            ret[i] += examples[e].weight * ((examples[e].holds ? 1 : 0) - p) * x[i];
            for (size_t j = 0; j <= i; j++)
                hessian[i][j] += examples[e].weight * p * (1 - p) * x[i] * x[j];
        }
    }
    solve(hessian, ret, size);
}

void confidence_fit(double *weights, size_t size, const struct confidence_example *examples, size_t count)
{
    double prior[CONFIDENCE_SCOPE_SIZE], step[CONFIDENCE_SCOPE_SIZE], tried[CONFIDENCE_SCOPE_SIZE];
    memcpy(prior, weights, size * sizeof *prior);
    double now = loss(weights, prior, size, examples, count);
    for (int round = 0; round < NEWTON_ROUNDS; round++) {
        newton_step(weights, prior, size, examples, count, step);
        double share = 1, then = now;
        /* A whole step may overshoot where the logistic is flat; half of it, and half again, does not. */
        for (int halving = 0; halving < 20; halving++, share /= 2) {
            for (size_t i = 0; i < size; i++)
                tried[i] = weights[i] + share * step[i];
            then = loss(tried, prior, size, examples, count);
            if (then < now)
                break;
        }
        if (then >= now)
            return;
        memcpy(weights, tried, size * sizeof *tried);
        now = then;
    }
}
