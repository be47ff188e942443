/* What the files of live share. Private to live*.c. */
#ifndef STORE_LIVE_SQL_H
#define STORE_LIVE_SQL_H

#include "store/db.h"

enum {
    LIVE_SQL_REPLIES,
    LIVE_SQL_CONVERSATIONS,
    LIVE_SQL_TICKETS,
    LIVE_SQL_WAITS,
    LIVE_SQL_RATED,
    LIVE_SQL_ENTRIES,
    LIVE_SQL_QUEUE,
    LIVE_SQL_TOLD,
    LIVE_SQL_ROWS_EVENTS,
    LIVE_SQL_ROWS_CONVERSATIONS,
    LIVE_SQL_ROWS_TICKETS,
    LIVE_SQL_ROWS_OPEN,
    LIVE_SQL_ROWS_RATED,
    LIVE_SQL_ROWS_THUMBS,
    LIVE_SQL_STATEMENTS
};

/* A conversation in which nothing was said for so long has ended, as far as numbers are concerned. */
enum { LIVE_ENDED_MS = 30 * 60 * 1000 };

#endif
