/* Maker: the meanings of a site's texts, when an edition is made.
 *
 * Texts go to the embeddings server in batches; what fails is tried again after a pause, and what goes on
 * failing ends it: the edition is then made without embeddings, and embedding_maker_why says why.
 * Blocking: the times below add up to a minute at most for each batch of a server that does not answer.
 * Threads: one at a time, not a loop's. */
#ifndef HOOKS_MAKER_H
#define HOOKS_MAKER_H

#include "hooks/embeddings.h"
#include "understand/index.h"

enum {
    MAKER_TRIES = 3,       /* of one batch; 2 where it takes too long */
    MAKER_PAUSE_MS = 500,  /* before the second; four times as long before the third */
    MAKER_LEAST_MS = 5000, /* for one batch: 32 times what a question may take, but within these */
    MAKER_MOST_MS = 30000
};

struct maker_config {
    const struct embeddings *server;
    struct fetcher *fetcher;
    void (*pause)(void *context, int ms);                     /* waits */
    void (*progress)(void *context, size_t done, size_t all); /* texts; NULL = without */
    void *context;
};

struct embedding_maker {
    struct meaning_maker maker; /* to be given to the making of an edition */
    struct maker_config config;
    struct arena *arena; /* of one batch */
    bool failed, late;
    bool cancelled;         /* it failed because the program ends */
    size_t texts, requests; /* so far */
    char why[EMBEDDINGS_WHY_BYTES];
};

/* Asks the server how long its vectors are. -1 with `why` filled; embedding_maker_close in either case. */
int embedding_maker_open(struct embedding_maker *, const struct maker_config *);
void embedding_maker_close(struct embedding_maker *);

#endif
