/* Embedding: what is said with a server of `/v1/embeddings`, as OpenAI's does and llama.cpp, Ollama, TEI and
 * others do alike: texts go there, one vector each comes back.
 *
 * Good for: writing the request and reading an answer that may be anything at all. Not for: sending.
 * An answer is taken whole or not at all: as many vectors as texts, put in order by their `index`, all of one
 * size, all numbers finite. Errors: -1 with *ret_why in words (a constant). Threads: any. */
#ifndef WIRE_EMBEDDING_H
#define WIRE_EMBEDDING_H

#include "base/arena.h"
#include "base/buf.h"

enum {
    EMBEDDING_TEXTS_MAX = 64,    /* of one request */
    EMBEDDING_TEXT_BYTES = 1800, /* of one text: about the 512 tokens that most models read */
    EMBEDDING_SIZE_MAX = 4096,   /* numbers of a vector */
    EMBEDDING_WHY_BYTES = 200
};

/* Appends `{"model":…,"input":[…]}`. Texts are UTF-8; what is too long is cut between two characters. -1 past
 * the buffer's ceiling. */
int embedding_write(const char *model, const char *const *texts, size_t count, struct buf *out);

/* Bytes that an answer of `count` vectors of `size` numbers may have (size 0 = not known yet). */
size_t embedding_answer_bytes(size_t count, size_t size);

/* Reads an answer for `count` texts: count × *ret_size floats in *ret_vectors, in the arena. `size` is what the
 * vectors must have, 0 where that is not known yet. Without an `index` the order is that of the answer. */
int embedding_read(const char *bytes, size_t bytes_count, size_t count, size_t size, struct arena *,
                   float **ret_vectors, size_t *ret_size, const char **ret_why);

/* What a server that refused says of it (`{"error":{"message":…}}`, `{"error":…}` or `{"message":…}`), as one
 * printable line of at most EMBEDDING_WHY_BYTES; "" where it says nothing of the kind. */
void embedding_error(const char *bytes, size_t bytes_count, char ret_text[EMBEDDING_WHY_BYTES + 1]);

#endif
