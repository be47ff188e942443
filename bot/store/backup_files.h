/* Backup files: the bytes of files (files.h) within a backup, which stays one file. For backup.c.
 *
 * A backup is a copy of the database with one table more, `backup_file`, that the running program never has. Whoever is
 * erased while a backup is made is in it without bytes. Errors: -1 with *ret_why. Threads: any; blocking. */
#ifndef STORE_BACKUP_FILES_H
#define STORE_BACKUP_FILES_H

#include "store/db.h"

/* Puts the bytes of all files that the copy knows into it. */
int backup_files_add(sqlite3 *copy, const char *data, const char **ret_why);
/* Writes the bytes that the backup has into DATA/files, beside those that are there, which also get a second name in
 * DATA/files.before-restore. So whichever database is in place afterwards, its files are there; the next start removes
 * what that one does not know. */
int backup_files_restore(sqlite3 *backup, const char *data, const char **ret_why);
/* Takes the bytes out of a database that is to be used. */
int backup_files_strip(const char *database, const char **ret_why);

#endif
