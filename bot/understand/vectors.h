/* Vectors: word vectors in fastText's text format, and the meaning of a text by them.
 *
 * Good for: texts that share no word with what they ask for. Not for: names, numbers, anything
 * that the file has not seen.
 *
 * A `.vec` file (first line "COUNT DIMENSIONS", then a line "WORD V1 … Vd" a word, the most
 * frequent first) is read once by vectors_convert into a file of 8-bit steps a quarter of its
 * size or less, which vectors_open maps. A text's vector is the sum of its words' unit vectors,
 * weighted by smooth inverse frequency (Arora, Liang, Ma 2017; how frequent a word is follows from
 * its place in the file by Zipf's law), without what all texts have in common. A word is looked up
 * as it is written, in lower case, then folded (without accents); an unknown one counts nothing.
 *
 * Limits: VECTORS_WORDS_MAX words, MEANING_SIZE_MAX dimensions. Memory while converting: 55 bytes a
 * word and 2 MB (2 million words: 110 MB, 4 million: 220 MB). Threads: an opened one is read-only: any; so are
 * vectors_share and vectors_close. */
#ifndef UNDERSTAND_VECTORS_H
#define UNDERSTAND_VECTORS_H

#include "understand/index.h"

enum { VECTORS_WORDS_MAX = 4000000, VECTORS_WHY_BYTES = 256 };

/* How a conversion went. */
struct vectors_report {
    size_t words, size;          /* words kept, their dimensions */
    size_t unused;               /* words that no text can hold (punctuation, several words) or without direction */
    size_t twice;                /* words that stood there before: the first is kept */
    size_t line;                 /* where it failed, from 1; 0 = no line's fault */
    char why[VECTORS_WHY_BYTES]; /* what is wrong and what to do; "" = converted, or stopped */
};

/* Reads the text file open at `from` and writes the quantised one to `to` (open for reading and writing,
 * empty), from their beginning; syncs nothing. `progress`, if given, hears shares from 0 to 1; where it
 * returns false the conversion stops. 0, or -1 with the reason in *ret (a `why` of "" = stopped). */
int vectors_convert(int from, int to, bool (*progress)(void *context, double share), void *context,
                    struct vectors_report *ret);

struct vectors;

/* A quantised file and the language of the texts it is for; "" = for all. */
struct vectors_part {
    const char *lang;
    int file; /* a descriptor, which may be closed afterwards */
};

/* Maps one file or one a language, up to VECTORS_PARTS_MAX. NULL with *ret_why in words, also where a file
 * was made by another version: then convert again. The last vectors_close unmaps. */
enum { VECTORS_PARTS_MAX = 8 };
struct vectors *vectors_open(const struct vectors_part *, size_t count, const char **ret_why);
/* One more owner, who closes them too. NULL is nobody's. */
struct vectors *vectors_share(struct vectors *);
void vectors_close(struct vectors *);

/* Of all files together: changes when the words, values or the way of adding them do. */
uint64_t vectors_source(const struct vectors *);
/* Floats of a text's vector: the most dimensions among the files; those of fewer end in zeros. */
size_t vectors_size(const struct vectors *);

/* The meaning of `size` bytes of text, a vector of length 1, or zeros and false where no word is known or no
 * file is for the language. 10 µs for ten words of 300 dimensions. */
bool vectors_text(const struct vectors *, const char *lang, const char *text, size_t size, float *ret);

/* A maker for index_options, valid as long as the vectors. */
struct meaning_maker vectors_maker(const struct vectors *);

#endif
