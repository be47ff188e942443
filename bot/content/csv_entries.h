/* Csv_entries: the rows of a question table as items to import.
 *
 * Columns by their header, case-blind: question/domanda, answer/risposta, and, where given, id,
 * topic/tema/argomento, lang/lingua, wordings/altre domande (separated by `|` or line breaks; `\|` is a `|` of the
 * wording), buttons/pulsanti (Markdown links, one a line), review/revisione (a date), mood/umore, follows/segue (ids,
 * with commas between); others are left out with a warning. Answers are Markdown. */
#ifndef CONTENT_CSV_ENTRIES_H
#define CONTENT_CSV_ENTRIES_H

#include "content/csv_table.h"
#include "content/import_list.h"

/* 0, or -1 without memory or without the two columns that must be there. Mistakes in rows become
 * problems, and the rows are left out. */
int csv_entries(struct import_list *, const struct csv_table *);

#endif
