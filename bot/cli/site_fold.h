/* Site fold: a site without a tenth of its wordings, and another tenth in each fold.
 *
 * The wordings of an entry are its question (an intent's title) and those below it, each text once. Those of
 * one entry lie in different folds, so that something is left of every entry with two or more; an entry with
 * one alone is never touched. Where the question is hidden, the first wording left takes its place.
 * Memory: in the arena; texts are the site's own. Threads: any. */
#ifndef CLI_SITE_FOLD_H
#define CLI_SITE_FOLD_H

#include "content/site.h"

#include <stdint.h>

enum { SITE_FOLDS = 10 };

/* The wordings of an entry, its question first; returns how many. 0 without memory, or where there are none. */
size_t site_fold_phrases(struct arena *, const char *title, struct place, const struct wording *, size_t count,
                         struct wording **ret);
/* The fold in which a wording is hidden: entry is the article's number, or the intent's behind all articles. */
uint8_t site_fold_of(size_t entry, size_t phrase);
/* The site without the wordings of a fold. NULL without memory. */
struct site *site_fold_without(struct arena *, const struct site *, uint8_t fold);

/* The fold in which an entry is taken away as a whole: the same for its twins in all languages. */
uint8_t site_fold_of_entry(const char *id);
/* The site without the entries of a fold. NULL without memory. Buttons that lead to them stay. */
struct site *site_fold_without_entries(struct arena *, const struct site *, uint8_t fold);

#endif
