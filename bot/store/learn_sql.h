/* What the files of learn share: the names of the statements, and of what the tables hold. Private to learn*.c. */
#ifndef STORE_LEARN_SQL_H
#define STORE_LEARN_SQL_H

#include "store/learn.h"

enum {
    LEARN_SQL_FIND,
    LEARN_SQL_ADD,
    LEARN_SQL_SEEN,
    LEARN_SQL_REOPEN,
    LEARN_SQL_COUNT,
    LEARN_SQL_UNCOUNT,
    LEARN_SQL_DROP_EMPTY,
    LEARN_SQL_OPEN_COUNT,
    LEARN_SQL_CHANGE_OPEN,
    LEARN_SQL_MISS,
    LEARN_SQL_ADD_TRACE,
    LEARN_SQL_LAST_TRACE,
    LEARN_SQL_TRACE_AT,
    LEARN_SQL_SET_TRACE,
    LEARN_SQL_ONE,
    LEARN_SQL_LIST,
    LEARN_SQL_MEMBERS,
    LEARN_SQL_NOTES,
    LEARN_SQL_TAUGHT,
    LEARN_SQL_COUNTERS,
    LEARN_SQL_GROUP,
    LEARN_SQL_STATE_OF,
    LEARN_SQL_SETTLE_ONE,
    LEARN_SQL_SETTLE_GROUP,
    LEARN_SQL_SEE_FILE,
    LEARN_SQL_FILE_SEEN,
    LEARN_SQL_STATEMENTS
};

enum { LEARN_STATES = LEARN_REFUSED_BY_EDITOR + 1 };
extern const char *const learn_outcome_names[LEARN_OUTCOMES], *const learn_source_names[LEARN_SOURCES],
                                                                  *const learn_state_names[LEARN_STATES];
/* The number of a name that this program wrote; 0 for one of a later program. */
int learn_number_of(const char *const *names, int count, const char *name);

/* NULL, or no longer than `ceiling`. */
bool learn_text_fits(const char *, size_t ceiling);

#endif
