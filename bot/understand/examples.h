/* Examples: vectors of signals by column, and how rare each column is: what training works on.
 * Private to this floor. Errors: `failed` is set without memory and stays set. */
#ifndef UNDERSTAND_EXAMPLES_H
#define UNDERSTAND_EXAMPLES_H

#include "text/kinship.h"
#include "understand/numbers.h"
#include "understand/question.h"
#include "understand/signals.h"

/* A signal as a column. */
struct column {
    uint32_t key, df;
    float rarity;   /* what its signals' own weights are multiplied by */
    uint32_t place; /* in `cols`, where it stood last */
    enum signal_kind kind;
};

struct examples {
    const struct index *x;
    const struct thesaurus *thesaurus;
    struct column *columns;
    struct image_slot *slots;
    uint32_t column_count, column_room, mask;
    bool closed; /* no new columns */
    /* Examples one after the other: columns, each once, with the sum of its signals' weights; of
     * unit length once the columns are closed. */
    struct numbers at, cols;
    float *values;
    size_t value_room;
    struct numbers stems_at, stems; /* keys of the words of content of each */
    uint32_t closed_count;          /* examples when the columns were closed */
    bool frameless;                 /* the frames of what is added do not count */
    bool failed;
};

int examples_init(struct examples *, const struct index *);
void examples_free(struct examples *);
size_t examples_count(const struct examples *);
/* Adds a text that was read as an example. */
void examples_add(struct examples *, const struct reading *);
/* Adds a phrasing of the index. */
void examples_add_doc(struct examples *, uint32_t doc);
/* Once the columns are complete: turns counts into weights of unit length; what is added afterwards
 * is weighted at once, and brings no new columns. -1 without memory. */
int examples_close(struct examples *);
/* Takes the last one back. */
void examples_drop_last(struct examples *);
/* The rarity of a stem that no example has. */
float examples_unseen(const struct examples *);
/* The gist of an example, into sums[KINSHIP_SIZE]. */
void examples_gist(const struct examples *, size_t example, const struct kinship *, float *sums);
/* The column of a signal, or IMAGE_NONE. */
uint32_t examples_column(const struct examples *, uint32_t key);

#endif
