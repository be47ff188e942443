/* Sitefiles: a site read from its folder and compiled in memory, for the commands that look at the
 * files as they stand. Threads: any. */
#ifndef CLI_SITEFILES_H
#define CLI_SITEFILES_H

#include "base/problem.h"
#include "cli/command.h"
#include "content/site.h"
#include "edition/edition.h"

enum { SITEFILES_ARENA = 2u << 30 };

struct sitefiles {
    struct arena *arena;
    struct problems *problems;
    struct site *site;       /* NULL where it could not be read at all */
    bool kept;               /* made of sources that an edition keeps: what lies beside the site may be gone */
    bool offline;            /* ask no embeddings server: nothing is served from this */
    bool words_alone;        /* compiled by the words alone, for its embeddings server failed: a problem says why */
    struct vectors *vectors; /* the word vectors it names, once compiled; NULL = none */
    struct buf image;        /* empty until compiled */
};

/* Reads the site. -1 without memory (said on call->err); mistakes are in `problems`. */
int sitefiles_read(const struct call *, struct sitefiles *ret);
/* Compiles it if it has no errors: 0, or -1 where it has. Opens the word vectors it names, too, reading them first
 * where need be, unless they are open already. Shows progress on a terminal. */
int sitefiles_compile(const struct call *, struct sitefiles *);
void sitefiles_free(struct sitefiles *);
/* Opens what was compiled, "as the files stand". NULL after saying why. */
struct edition *sitefiles_edition(const struct call *, struct sitefiles *);
/* "2026-11-22", local time. */
void sitefiles_today(char ret_today[16]);
/* "3 errors, 1 warning". */
void sitefiles_sum(const struct problems *, FILE *out);

#endif
