/* Migrate: brings a database to the program's schema. For the files of store/ only. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/db.h"

/* Applies each numbered file of store/data that is not recorded yet, each in a transaction with its
 * record. -1 with *ret_why: a database that is newer, not ours, or was made by other files. */
int migrate(struct db *, const char **ret_why);
/* Whether the database is ours and no newer than the program; changes nothing. */
int migrate_check(sqlite3 *, const char **ret_why);

#endif
