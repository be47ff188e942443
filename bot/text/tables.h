/* Tables: all the files of a language that `make` makes, looked at together. Threads: any. */
#ifndef TEXT_TABLES_H
#define TEXT_TABLES_H

#include <stddef.h>

/* Names those of the language's files that are absent or damaged, as
 * "background.it.tab (absent), thesaurus.it.tab (damaged)", cut to fit. Returns how many: 0 and
 * "" where all are good, or for a language without function words (stop.h), for which none are
 * made. */
size_t tables_missing(const char *lang, char *ret, size_t room);

/* What somebody is to do about it. */
extern const char tables_remedy[];

#endif
