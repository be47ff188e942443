/* Files: what visitors and agents send each other beside words. Part of the store's interface: see store.h.
 *
 * A file is a row here and bytes in DATA/files/ID (file_bytes.h). The bytes are written first, then the row; who
 * deletes a row leaves its id in a list of bytes that must go (a trigger sees to that, however the row goes), which
 * store_files_gone reads and empties. So a crash at any moment leaves either a whole file or something that the sweep
 * at the start removes. Erasing a conversation: deleting its row, or its events, takes its files along;
 * store_files_erase takes along what its visitor has uploaded and not sent, too. The bytes go within seconds after the
 * commit. */
#ifndef STORE_FILES_H
#define STORE_FILES_H

#include "store/store.h"

enum {
    FILE_ID_BYTES = 32,    /* 128 bits, as hexadecimal digits in lower case */
    FILE_NAME_MOST = 255,  /* bytes of a name */
    FILE_MEDIA_MOST = 64,  /* bytes of a media type */
    FILES_UNSENT_MAX = 10, /* of one uploader (an agent: in one chat): the oldest beyond go */
    FILES_OF_MESSAGE = 5,  /* sent with one message */
    FILES_AT_ONCE = 200    /* rows of one job */
};

struct file_row {
    const char *id, *name, *media;
    int64_t size;
    int width, height;         /* 0 = no picture */
    int64_t conversation, seq; /* 0 = not sent */
    int64_t user;              /* who uploaded it, 0 = a visitor */
    int64_t made_ms;
};

/* Whether these are FILE_ID_BYTES such digits and nothing else. */
bool file_is_id(const char *);

enum file_refusal { FILE_REFUSED_NOT, FILE_CHAT_FULL, FILE_ALL_FULL };

/* Keeps a new file of a visitor (token_hash), or of a user for a conversation (row.user, row.conversation).
 * STORE_REFUSED = over a ceiling, which ret_why names; STORE_MISSING = there is no such conversation. */
struct store_file_add {
    struct store_job job;
    struct file_row row; /* in; out: made_ms */
    unsigned char token_hash[TOKEN_HASH_BYTES];
    int64_t chat_bytes, all_bytes; /* ceilings with this one: of its chat, of all */
    enum file_refusal ret_why;
};
extern const struct store_job_kind store_file_add_kind;

/* The files of these ids, in this order; those that are not there, or not of this uploader (the visitor of the
 * conversation or of the token; or the user), are left out. */
struct store_files_find {
    struct store_job job;
    const char *const *ids;
    size_t id_count; /* at most FILES_OF_MESSAGE */
    unsigned char token_hash[TOKEN_HASH_BYTES];
    int64_t conversation, user; /* 0 = none */
    struct file_row *rows;
    size_t count;
};
extern const struct store_job_kind store_files_find_kind;

/* One that was sent. STORE_MISSING. */
struct store_file_get {
    struct store_job job;
    const char *id;
    struct file_row row;
};
extern const struct store_job_kind store_file_get_kind;

/* Deletes files that were uploaded before a moment: those that were never sent, and all. At most FILES_AT_ONCE. */
struct store_files_expire {
    struct store_job job;
    int64_t unsent_before_ms, before_ms;
    size_t ret_count;
};
extern const struct store_job_kind store_files_expire_kind;

/* Files whose bytes must go (at most FILES_AT_ONCE), after forgetting those of `ids`, whose bytes are gone. */
struct store_files_gone {
    struct store_job job;
    const char *const *ids;
    size_t id_count;
    const char **rows;
    size_t count;
};
extern const struct store_job_kind store_files_gone_kind;

/* Which of these ids (at most FILES_AT_ONCE) are files: known[i]. */
struct store_files_known {
    struct store_job job;
    const char *const *ids;
    size_t id_count;
    bool known[FILES_AT_ONCE];
};
extern const struct store_job_kind store_files_known_kind;

/* All that there is, for the metrics. */
struct store_files_total {
    struct store_job job;
    int64_t ret_bytes, ret_count, ret_gone;
};
extern const struct store_job_kind store_files_total_kind;

/* Deletes the files of a conversation, and those that its visitor has uploaded and not sent. A job of its own; within a
 * transaction of another job it is files_erase of kind.h. */
struct store_files_erase {
    struct store_job job;
    int64_t conversation;
};
extern const struct store_job_kind store_files_erase_kind;

#endif
