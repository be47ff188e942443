/* Encoding: in which of its forms a file is sent, by what the browser says it understands.
 *
 * The built-in files lie compressed beside themselves (NAME, NAME.br, NAME.gz), so that nothing is ever compressed
 * while somebody waits. Private to net/. Threads: any. */
#ifndef NET_ENCODING_H
#define NET_ENCODING_H

#include <stddef.h>

/* In order of preference where the browser has none. */
enum encoding { ENCODING_BR, ENCODING_GZIP, ENCODING_PLAIN, ENCODINGS };

struct encoding_form {
    const char *token;  /* in Content-Encoding; "" = none */
    const char *suffix; /* of the file's name */
};
extern const struct encoding_form encoding_forms[ENCODINGS];

/* The one to send of those that are there (bits 1 << ENCODING_…; the plain one always is). `accept` is the request's
 * Accept-Encoding, NULL = it has none. The highest q wins; a browser that refuses all of them gets the plain one. What
 * cannot be understood counts as not said. */
enum encoding encoding_choose(const char *accept, unsigned there);

#endif
