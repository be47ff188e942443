/* Variable: names of values in flows, and the templates that mention them.
 *
 * A name is letters (also accented ones), digits, `_` and `-`, beginning with a letter or `_`; dots part its pieces
 * ("o.cliente.nome", "o.righe.1.titolo"). In a text `{name}` stands for its value; braces around
 * anything else are text. Threads: any. */
#ifndef CONTENT_VARIABLE_H
#define CONTENT_VARIABLE_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the name at the beginning of the text, 0 where there is none. A `-` or dot at its end is not of it. */
size_t variable_size(const char *text);
/* True if the whole text is a name without dots, fit for a slot or variable of an editor's. */
bool variable_is_plain(const char *text);
/* Looks for the next `{name}` in *at and steps behind it: where the brace stands, and the name within it, of
 * *ret_size bytes. NULL where there is none. */
const char *variable_next(const char **at, const char **ret_name, size_t *ret_size);

/* What is there without being set: "page", "now.hour" …, and everything below "visitor.". */
bool variable_is_built_in(const char *name);
/* The k-th of those with a name of their own, NULL behind the last. */
const char *variable_built_in(size_t k);

#endif
