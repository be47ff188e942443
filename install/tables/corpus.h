/* Corpus: what is counted of a language's sentences while they go by, and what is written of it.
 *
 * Each different sentence counts once, unless it shows itself to be of another language: its features into document
 * frequencies, and, where it is short and plain enough, itself as a candidate for the sentences that no entry answers.
 * Errors: without memory the tool says so and ends. Threads: one. */
#ifndef TABLES_CORPUS_H
#define TABLES_CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct corpus;

struct corpus *corpus_new(const char *lang);
void corpus_free(struct corpus *);

/* One sentence or line of it; `said` if it is how somebody might speak (a definition is not). */
void corpus_sentence(struct corpus *, const char *text, size_t size, bool said);
/* Running text of any length: cut into sentences at . ? ! and at empty lines; line ends within
 * are spaces. */
void corpus_text(struct corpus *, const char *text, size_t size);

uint32_t corpus_documents(const struct corpus *);
/* Different features, and how many sentences are candidates. */
size_t corpus_features(const struct corpus *);
size_t corpus_candidates(const struct corpus *);

/* Writes FOLDER/background.LANG.tab and FOLDER/negatives.LANG.txt. -1 with errno set. */
int corpus_write(struct corpus *, const char *folder, size_t negatives);

#endif
