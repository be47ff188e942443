/* Siteembeddings: the embeddings server that a site names, for commands.
 *
 * When an edition is made its texts go there, with progress on a terminal; a server that does not do its part never
 * stops the making: the edition is made without, and a warning at the line of the setting says why.
 * Threads: any but a loop's; one at a time for a struct. */
#ifndef CLI_SITEEMBEDDINGS_H
#define CLI_SITEEMBEDDINGS_H

#include "base/problem.h"
#include "cli/command.h"
#include "hooks/maker.h"

/* The value of the settings' secret, in the arena; NULL = none is named, or it is missing. */
const char *siteembeddings_secret(const char *data, const struct settings *, struct arena *);

struct siteembeddings {
    const struct call *call;
    const struct settings *settings;
    const struct embeddings *server; /* NULL = the site names none */
    struct fetcher *fetcher, *own;   /* own: to end with this */
    struct arena *arena;
    struct embedding_maker maker;
    bool opened;
};

/* Finds the server. -1 without memory or threads: then there is none. Close it either way. */
int siteembeddings_open(struct siteembeddings *, const struct call *, const struct settings *);
/* The maker for an edition; NULL where there is no server, or it does not answer. */
const struct meaning_maker *siteembeddings_maker(struct siteembeddings *);
/* Whether the edition was made without, though the site names a server. */
bool siteembeddings_failed(const struct siteembeddings *);
/* Adds what went wrong as a warning; as an error where it was interrupted by the program's end, so that no edition
 * stays without embeddings for that. `problems` may be NULL. */
void siteembeddings_close(struct siteembeddings *, struct problems *);

#endif
