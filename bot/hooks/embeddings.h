/* Embeddings: asks a server of the operator's for the meaning of texts.
 *
 * A request goes out as any other (hooks/fetch.h) and its answer is judged here. What a vector is good for
 * is told by its source: vectors of another model, or of another size, are never compared.
 * Errors: -1 with words for a person. Threads: any. */
#ifndef HOOKS_EMBEDDINGS_H
#define HOOKS_EMBEDDINGS_H

#include "base/arena.h"
#include "content/settings.h"
#include "hooks/fetch.h"

enum { EMBEDDINGS_WHY_BYTES = 512 };

/* A server: its strings lie in the arena it was made in. */
struct embeddings {
    const char *url, *model;
    const char *authorization; /* the header; NULL = none */
    int timeout_ms;            /* for a visitor's question */
};

/* The server that the settings name, with the value of their secret (NULL = none). NULL where they name none, or
 * without memory. `/v1/embeddings` is added to an address that does not end in it. */
const struct embeddings *embeddings_of(const struct settings *, const char *secret, struct arena *);

/* A request for the meanings of up to EMBEDDING_TEXTS_MAX texts; `size` as in embeddings_take. NULL without memory. */
struct fetch *embeddings_request(const struct embeddings *, const char *const *texts, size_t count, size_t size,
                                 int timeout_ms);

/* The vectors of a request that came back: count × *ret_size floats, in the arena. `size` is what they must have, 0
 * = not known yet. -1 with words in `ret_why`, which name neither a text nor the secret. */
int embeddings_take(const struct fetch *, size_t count, size_t size, struct arena *, float **ret_vectors,
                    size_t *ret_size, char ret_why[EMBEDDINGS_WHY_BYTES]);

/* Whether asking again may help: not where the server, or we, said no. */
bool embeddings_again(const struct fetch *);

/* Names a model and its size, wherever it runs. */
uint64_t embeddings_source(const char *model, size_t size);

#endif
