/* Upload: files that visitors (POST /chat/files) and agents (POST /desk/api/files) send.
 *
 * The body is a line of JSON (`token` and `name`, or `ticket` and `name`), a newline, and the file's bytes. They are
 * gathered here as they come, within ceilings of length, number, memory and slowness, and counted against their
 * address. Then a worker finds out what they are, writes them clean to DATA/files, and the store keeps a row; whoever
 * is told of a file by its answer can send it with a message. Nothing of a refused or broken upload stays. Private to
 * net/. Threads: the loop. */
#ifndef NET_UPLOAD_H
#define NET_UPLOAD_H

#include "net/http.h"

enum { UPLOAD_HEAD_BYTES = 4096 /* of the line before the bytes */ };

struct api_call;

/* Most bytes that a body may have now; 0 = nobody may upload. */
size_t upload_most(const struct server *);
/* The head of a request has come: 0 = its body may come, else the callback's result after an answer. `length` is what
 * it says of its body, -1 = more than upload_most, or nothing sensible. */
int upload_begin(struct turn *, long long length);
/* A piece of the body: 0, or -1 = hang up. */
int upload_take(struct turn *, const void *bytes, size_t size);
/* With the turn; also where there is none. */
void upload_drop(struct turn *);

/* The visitors' route: the whole body, or the question of a browser whether it may send one (OPTIONS). */
int upload_visitor(struct turn *);
/* The agents' route: net/api.h. */
void upload_agent(struct api_call *);

#endif
