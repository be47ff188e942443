/* Table: files of the share folder that belong to a language, each read once a process, and the
 * head that the binary ones begin with.
 *
 * A binary table is this head, then a body of 8-byte aligned numbers in the
 * machine's own byte order (tables are made on the machine, or for it). Tables are data from
 * outside: nothing of one is read before its head was found good. Private to this floor and to
 * what makes tables. Threads: any. */
#ifndef TEXT_TABLE_H
#define TEXT_TABLE_H

#include "base/buf.h"

#include <stddef.h>
#include <stdint.h>

enum { TABLE_LANG_BYTES = 4 };

struct table_head {
    char magic[4];
    uint32_t version; /* of the format; another byte order shows as another version */
    char lang[TABLE_LANG_BYTES];
    uint32_t counts[3]; /* what they count is the table's own business */
    uint64_t body;      /* bytes that follow */
    uint64_t checksum;  /* hash_bytes of them, continued over the head before this field */
};

/* A kind of file: its name is NAME.LANG.ENDING. `open` reads bytes that outlive what it gives
 * (NULL = they are damaged); what it gave is closed when the program ends. */
struct table_kind {
    const char *name, *ending;
    void *(*open)(const void *bytes, size_t size, const char *lang);
    void (*close)(void *);
};

enum table_state { TABLE_GOOD, TABLE_ABSENT, TABLE_DAMAGED };

/* The language's file of a kind, opened at its first use in the process, or NULL. */
const void *table_of(const struct table_kind *, const char *lang);
enum table_state table_state(const struct table_kind *, const char *lang);

/* The body of a table in `bytes` (8-byte aligned), or NULL where the head, the size or the
 * checksum is not what it must be. The head is at the bytes' beginning. */
const void *table_body(const void *bytes, size_t size, const char magic[4], uint32_t version, const char *lang);

/* Appends head and body. `lang` is shorter than TABLE_LANG_BYTES. -1 past the buffer's ceiling. */
int table_write(struct buf *out, const char magic[4], uint32_t version, const char *lang, const uint32_t counts[3],
                const void *body, size_t size);

#endif
