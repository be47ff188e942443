/* Formats: how the sentences or words of one kind of file are found.
 *
 * Each reader takes a whole file's bytes (a NUL behind them) and gives its sentences to a
 * corpus, or its words to synonyms; what it does not understand it passes over. Threads: one. */
#ifndef TABLES_FORMATS_H
#define TABLES_FORMATS_H

#include "tables/corpus.h"
#include "tables/glosses.h"
#include "tables/synonyms.h"

#include <stddef.h>

/* WordNet's data.POS: the definition of each gloss and each example in quotation marks. */
void format_wordnet(struct corpus *, const char *bytes, size_t size);
/* fortune's files: texts parted by lines of `%`, with the source of a quotation after `--`. */
void format_fortune(struct corpus *, const char *bytes, size_t size);
/* Manual pages: what is written, without requests and escapes. */
void format_roff(struct corpus *, const char *bytes, size_t size);
/* Plain text in paragraphs. */
void format_prose(struct corpus *, const char *bytes, size_t size);

/* The same for the synonyms of words. WordNet's three kinds of files (data.POS: what is broader;
 * index.POS: the senses of a word; cntlist.rev: how often each was met) may come in any order. */
void format_wordnet_data(struct synonyms *, const char *bytes, size_t size);
void format_wordnet_index(struct synonyms *, const char *bytes, size_t size);
void format_wordnet_count(struct synonyms *, const char *bytes, size_t size);
/* MyThes: `word|N`, then N lines `(kind)|synonym|…`. */
void format_mythes(struct synonyms *, const char *bytes, size_t size);

/* The same for what is said of words: data.POS once more, whole. */
void format_wordnet_glosses(struct glosses *, const char *bytes, size_t size);

#endif
