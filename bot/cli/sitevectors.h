/* Sitevectors: the word vectors that `understanding.vectors` names, read once and opened for use.
 *
 * Their quantised form is a derived file, DATA/vectors/NAME.q8, whose name says path, size and time of
 * the file it was made of. A command that owns DATA makes it (beside it, fsync, rename), and removes
 * what no language uses any more; one that only looks takes it where it is there and otherwise reads the
 * file into a nameless one in the folder for temporary files. Threads: any, one at a time on a DATA. */
#ifndef CLI_SITEVECTORS_H
#define CLI_SITEVECTORS_H

#include "base/problem.h"
#include "cli/command.h"
#include "content/settings.h"
#include "edition/edition.h"

/* Opens them: NULL where the settings name none, and where a file is missing or bad, which becomes a problem of this
 * severity at the setting's place. Shows progress on a terminal. */
struct vectors *sitevectors_open(const struct call *, const struct settings *, enum severity, struct problems *);
/* Only looks whether the files are there: errors at the setting's place. */
void sitevectors_look(const struct call *, const struct settings *, struct problems *);
/* Opens those that a published edition's settings name, for its view; warns on call->err of what is missing. -1
 * where they are others than its image was made with, so that it should be made again. */
int sitevectors_use(const struct call *, struct edition *);

/* Opens one file for all languages, wherever it lies: a text file, read first into a nameless one, or a quantised
 * one. NULL with an error at its line. */
struct vectors *sitevectors_open_path(const struct call *, const char *path, struct problems *);

#endif
