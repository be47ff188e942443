/* View: what a turn sees of a published edition. Read-only, any thread.
 *
 * Entries (articles and intents of all languages) are numbered from 0; an entry's number
 * is stable within an edition only. Strings and blocks live as long as the view. */
#ifndef EDITION_VIEW_H
#define EDITION_VIEW_H

#include "base/arena.h"
#include "content/block.h"
#include "content/settings.h"
#include "content/site.h"
#include "edition/need.h"
#include "understand/index.h"

#include <stdint.h>

struct view;
struct flow;
struct entity;
struct aiml;

#define VIEW_NONE UINT32_MAX

enum view_kind { VIEW_ARTICLE, VIEW_INTENT };

struct view_entry {
    enum view_kind kind;
    const char *id, *lang, *topic;
    const char *title; /* the question, or an intent's title */
    const char *file;  /* source, relative to the site */
    int line;
    const char *mood;    /* "neutral" if none was given */
    const char *handoff; /* intents: department, "" = the default one; NULL = none */
    size_t say_count;    /* articles: 1 */
    size_t option_count;
};

struct view_option {
    enum option_kind kind;
    const char *target, *title;
};

size_t view_count(const struct view *);
/* The entry with this number; it must be below view_count. */
struct view_entry view_entry(const struct view *, uint32_t entry);
/* By id, or VIEW_NONE. */
uint32_t view_find(const struct view *, enum view_kind, const char *lang, const char *id);
/* The k-th thing it says, built in the arena. NULL without memory. */
const struct block *view_say(const struct view *, uint32_t entry, size_t k, struct arena *);
struct view_option view_option(const struct view *, uint32_t entry, size_t k);

/* The site's AIML, or NULL. */
const struct aiml *view_aiml(const struct view *);
/* An intent's flow, or NULL. */
const struct flow *view_flow(const struct view *, uint32_t entry);
/* The reader of a slot's values; never NULL for a slot that the flow has. */
const struct entity *view_slot(const struct view *, uint32_t entry, int slot);
/* What each pattern of an intent's flow needs of a message (need.h). */
const struct needed *view_needs(const struct view *, uint32_t entry);
/* The intents of a language that have patterns, in the order of the files: their count, and which. */
size_t view_patterned(const struct view *, const char *lang, const uint32_t **ret_entries);
/* Whether `entry` says that it follows the entry with this id. */
bool view_follows(const struct view *, uint32_t entry, const char *id);

const struct settings *view_settings(const struct view *);
/* Reads a text in a language's index, as `understand` does, with candidates' `entry` turned into
 * the view's numbers, and the text's meaning by the edition's word vectors unless `options` has one. A
 * language the site has not is its default one. */
int view_understand(const struct view *, const char *lang, const char *text, const struct understand_options *options,
                    struct arena *, struct understanding *ret);
/* Whether any language's index has meanings of this kind. */
bool view_has_meanings(const struct view *, enum meaning_kind);
/* The language of a text among the site's, or `page_lang` when it does not show. */
const char *view_language(const struct view *, const char *text, const char *page_lang);
/* Whether a text has a word that of the site's languages only `lang` has. */
bool view_own_word(const struct view *, const char *text, const char *lang);

#endif
