/* Yaml: a small YAML document as a tree with places.
 *
 * Good for: settings, intents, front matter. Not for: YAML at large. Refused, with a place:
 * anchors, aliases, tags, several documents, keys given twice, keys that are no plain text,
 * more than YAML_DEPTH_MAX levels, more than YAML_VALUES_MAX values, YAML_BYTES_MAX bytes.
 * libyaml's silence on a comment that cuts a text short (`name: ufficio # 3` reads "ufficio")
 * is broken here: such a value is marked `cut_column`, and yaml_text_uncut reports it where
 * free text is expected. Comments on their own lines, after quoted values and after numbers,
 * switches, ids and the like, which cannot contain ` #`, remain what they are.
 * Memory: in the arena. Threads: one at a time for an arena. */
#ifndef CONTENT_YAML_H
#define CONTENT_YAML_H

#include "base/arena.h"
#include "base/problem.h"

#include <stdbool.h>
#include <stddef.h>

enum { YAML_DEPTH_MAX = 32, YAML_VALUES_MAX = 50000, YAML_BYTES_MAX = 4 << 20 };

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml_value {
    enum yaml_kind kind;
    int line, column;
    const char *text; /* YAML_TEXT; never NULL there */
    bool quoted;      /* in quotes or a block: certainly a text */
    bool literal;     /* a block after `|`: its lines begin one line below `line` */
    int cut_column;   /* of the ` #` that ends an unquoted text, or 0 */
    const char *key;  /* in a map; NULL elsewhere */
    int key_line, key_column;
    struct yaml_value *child, *next;
    size_t count; /* children */
};

/* The document, NULL with an error (or without memory). An empty document is an empty map.
 * `line` is the number of the first line (1 for a whole file). */
struct yaml_value *yaml_tree(struct arena *, const char *file, int line, const char *text, size_t size,
                             struct problems *);
/* The value of a key of a map, or NULL. */
const struct yaml_value *yaml_find(const struct yaml_value *map, const char *key);
/* True, or false with an error if ` #` cut the text short. */
bool yaml_text_uncut(const char *file, const struct yaml_value *, struct problems *);
/* True, with an error, if this key with a text looks like a password, token or other secret
 * which must not stand in the site. */
bool yaml_is_secret(const char *file, const struct yaml_value *, struct problems *);
/* "a text", "a list", "a map" */
const char *yaml_kind_name(enum yaml_kind);

#endif
