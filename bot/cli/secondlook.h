/* Secondlook: a turn of the dialogue with its second look, taken at once, for commands.
 *
 * What the running server does on other threads while others go on is done here one after the other, with the
 * same limits: the embeddings server's time, and a pause after it failed several times in a row.
 * Threads: any but a loop's; one at a time for a struct. */
#ifndef CLI_SECONDLOOK_H
#define CLI_SECONDLOOK_H

#include "cli/siteembeddings.h"
#include "dialogue/dialogue.h"
#include "hooks/breaker.h"

struct secondlook {
    struct siteembeddings site;
    struct breaker breaker;
    struct clock clock;
    /* of the last turn */
    bool taken;
    double us;                      /* that the look took */
    bool meaning;                   /* the server told one */
    size_t respellings;             /* that the dictionary suggested */
    char why[EMBEDDINGS_WHY_BYTES]; /* why there is no meaning, "" = there is, or none was asked for */
};

/* For an edition's settings, which must outlive it. Close it. */
void secondlook_open(struct secondlook *, const struct call *, const struct settings *);
void secondlook_close(struct secondlook *);

/* As dialogue_step. `look` may be NULL: without. */
int secondlook_step(struct secondlook *look, const struct view *, const struct dialogue_memory *, const struct heard *,
                    struct arena *, struct outcome *ret);
/* One line for --explain; nothing where none was taken (or `look` is NULL). */
void secondlook_explain(const struct secondlook *, FILE *);

#endif
