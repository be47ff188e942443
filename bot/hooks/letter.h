/* Letter: an e-mail as text (RFC 5322, 2045, 2047): plain words in UTF-8, to one address.
 *
 * Good for: answers to visitors, notes to agents. Not for: attachments, HTML, several recipients.
 * A line break or another control character in a field is refused, never repaired: nobody can add a header. Lines end
 * in CRLF and are at most 76 characters of ASCII, so that every mail server takes them; dots at the beginning of lines
 * are the sender's business (libcurl doubles them). Errors: -1 with a constant in *ret_why. Threads: any. */
#ifndef HOOKS_LETTER_H
#define HOOKS_LETTER_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    LETTER_ADDRESS_BYTES = 254, /* RFC 5321 */
    LETTER_LOCAL_BYTES = 64,
    LETTER_NAME_BYTES = 120,
    LETTER_SUBJECT_BYTES = 300,
    LETTER_ID_BYTES = 200,
    LETTER_BODY_BYTES = 64 << 10,
    LETTER_BYTES = 256 << 10
};

struct letter {
    const char *from, *from_name; /* an address; a name or NULL */
    const char *to;
    const char *subject;
    const char *words;       /* lines end in \n */
    const char *id;          /* without < >: "sportello.1001.1@shop.example" */
    const char *in_reply_to; /* the same, of the letter it follows, NULL = none */
    int64_t at_seconds;      /* UTC */
    bool automatic;          /* nobody wrote it: out-of-office notes must not answer it */
};

/* Appends it. */
int letter_write(const struct letter *, struct buf *out, const char **ret_why);

/* Whether a text is one e-mail address as servers take it: dot-atoms of ASCII on both sides, within the sizes. */
bool letter_is_address(const char *);
/* "Name <address>" or "address": the parts, into rooms of LETTER_NAME_BYTES + 1 and LETTER_ADDRESS_BYTES + 1. -1 where
 * it is neither. */
int letter_split(const char *text, char *ret_name, char *ret_address);

#endif
