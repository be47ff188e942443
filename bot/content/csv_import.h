/* Csv_import: question and answer tables made into knowledge files.
 *
 * Columns by their header, case-blind: question/domanda, answer/risposta, and, where given,
 * id, topic/tema/argomento, lang/lingua, wordings/altre domande (separated by `|` or line
 * breaks); others are left out with a warning. Answers are Markdown. Each topic becomes
 * FOLDER/<topic>.md; rows without one go to faq.md. The id becomes the entry's id unchanged;
 * without one it is made from the question. Reading the files back gives question and answer
 * exactly (markdown_write.h). Nothing is written if anything is wrong.
 * Threads: one import into a folder at a time. */
#ifndef CONTENT_CSV_IMPORT_H
#define CONTENT_CSV_IMPORT_H

#include "base/problem.h"

#include <stdio.h>

enum csv_import_mode {
    IMPORT_PLAIN, /* writes new files; differences from existing ones are printed instead */
    IMPORT_UPDATE /* writes those too */
};

/* `lang`: takes rows of this language only, or NULL: all rows, which must be of one.
 * 0 = the folder holds what the table says (a line on `out` for each file written),
 * 1 = files differ: the differences are on `out` and nothing was written, -1 = errors. */
int csv_import(const char *source, const char *folder, const char *lang, enum csv_import_mode, FILE *out,
               struct problems *);

#endif
