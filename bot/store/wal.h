/* Wal: the write-ahead log's file, written in large pieces.
 *
 * SQLite writes a log's page as two pieces (24 bytes about it, then the page), which costs two calls of the kernel a
 * page. Here pieces that follow each other are gathered and written at once: when the log is synchronised, read,
 * measured or cut, when WAL_BYTES are full, or when a piece follows that does not lie behind them.
 *
 * That takes nothing from durability where `synchronous` is FULL, as db_connect sets it: a commit synchronises the log
 * before any connection is told of its pages, and the call that synchronises fails if what was gathered could not be
 * written. Not for `synchronous` OFF or NORMAL. Threads: any; a file belongs to one connection. */
#ifndef STORE_WAL_H
#define STORE_WAL_H

/* Of each connection that has written. SQLite's unix files take less than 128 kB in one call, and fail with more. */
enum { WAL_BYTES = 120 << 10 };

/* The name for sqlite3_open_v2. NULL if SQLite cannot be initialised. */
const char *wal_vfs(void);

#endif
