/* Token: the words of a text one by one, folded, with the place where each stood.
 *
 * A single letter with a hyphen belongs to the word behind it (e-mail is email, t-shirt tshirt).
 * Nothing is allocated: a reader is a plain value. A word longer than TOKEN_BYTES is cut
 * (whole letters), so that hostile text costs no more than its length. Threads: any. */
#ifndef TEXT_TOKEN_H
#define TEXT_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

enum { TOKEN_BYTES = 48 };

struct token_reader {
    const char *text;
    size_t size, at;
};

struct token {
    size_t at, size; /* in the text, in bytes */
    size_t length;   /* of the folded word, which is not 0 */
    char word[TOKEN_BYTES + 1];
};

struct token_reader token_reader(const char *text, size_t size);
/* The next word, or false at the end. */
bool token_next(struct token_reader *, struct token *ret);

#endif
