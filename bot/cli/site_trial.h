/* Site trial: what would have happened with a site's own questions, at each of a row of settings.
 *
 * Each wording is hidden in its turn (in folds: a tenth of them at a time), the site is compiled without
 * it, and it is asked as a visitor would: an entry's question, too, is hidden and asked while another
 * wording stands in for it. An entry with one wording alone cannot be tried, since nothing would be
 * left of it. Each article is also taken away with all its wordings and its question asked, which nothing
 * should answer then: near the subject, and beside it, that is the hard case. Questions of the dialogues that
 * say which entry they expect, or none, are asked of the whole site.
 * Everything passes through the dialogue's own policy. Deterministic. Nothing is written.
 * Memory: in the arena given. Threads: one at a time. */
#ifndef CLI_SITE_TRIAL_H
#define CLI_SITE_TRIAL_H

#include "cli/sitefiles.h"

enum site_outcome {
    SITE_RIGHT,           /* answered, and rightly */
    SITE_WRONG,           /* answered with another entry; out of scope: answered at all */
    SITE_OFFERED,         /* "did you mean …?" with the right one among the buttons */
    SITE_OFFERED_WITHOUT, /* … without it */
    SITE_NOT_UNDERSTOOD,  /* asked to rephrase, or handed over */
    SITE_OUTCOMES
};

enum { SITE_SETTINGS_MAX = 10 };

/* An entry as it stands in the site; id NULL = none. */
struct site_entry {
    enum view_kind kind;
    const char *id;
    struct place place;
};

/* Where a question comes from. */
enum site_source {
    SITE_WORDING,  /* a wording that was hidden */
    SITE_TAKEN,    /* the question of an article that was taken away with all its wordings */
    SITE_DIALOGUE, /* a line of a dialogue */
    SITE_SOURCES
};

struct site_question {
    const char *text, *lang;
    struct place place;
    struct site_entry expected; /* none: no entry answers it */
    struct site_entry first;    /* what came first at the site's own setting */
    double confidence;          /* … and how sure it was of that */
    enum site_source source;
    uint8_t fold;
    uint8_t outcomes[SITE_SETTINGS_MAX]; /* enum site_outcome */
};

struct site_trial {
    struct site_question *questions;
    size_t count;
    double settings[SITE_SETTINGS_MAX]; /* of `answer`, rising; the site's own is among them */
    size_t setting_count, own;          /* own: which is the site's */
    size_t dialogues_passed[SITE_SETTINGS_MAX], dialogues;
    const struct site_entry *untried; /* with one wording alone */
    size_t untried_count;
};

/* Tries the site that was read (of one language, or of all where NULL). -1 where it cannot be
 * compiled or without memory, after saying so on call->err.
 * `progress` hears shares from 0 to 1, if given. */
int site_trial(struct call *, const struct sitefiles *, const char *lang, struct arena *,
               void (*progress)(void *context, const char *what, double share), void *context, struct site_trial *ret);

/* How many of the questions that an entry answers ended so at a setting, … */
size_t site_trial_count(const struct site_trial *, size_t setting, enum site_outcome);
/* … and how many of those from a source that none answers were answered all the same. */
size_t site_trial_overreach(const struct site_trial *, size_t setting, enum site_source);
/* Questions from a source that no entry answers. */
size_t site_trial_unanswerable(const struct site_trial *, enum site_source);

#endif
