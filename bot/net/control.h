/* Control: commands that come in over DATA/control.sock, from the same program on the same machine.
 *
 * The client sends its arguments in one message: u32 count, then each as u32 size and bytes (little endian).
 * Answers are any number of parts and one end: u8 kind (enum control_part), u32 size, bytes; the end's
 * bytes are one u32, the exit code. Only the user who runs the server, and root, are heard. A client that goes
 * away changes nothing for the command, whose reply then falls on deaf ears. Private to net/. Threads: the loop. */
#ifndef NET_CONTROL_H
#define NET_CONTROL_H

#include <ev.h>
#include <stddef.h>

struct control;
struct server_reply;

enum {
    CONTROL_ARGUMENTS = 64,
    CONTROL_REQUEST_BYTES = 1 << 20,
    CONTROL_REPLY_BYTES = 64 << 20,
    CONTROL_CLIENTS = 16,
    CONTROL_HEAD_BYTES = 5
};
enum control_part { CONTROL_OUT = 1, CONTROL_ERR = 2, CONTROL_END = 3 };

/* NULL with *ret_why. `command` is called on the loop for each. */
struct control *control_new(struct ev_loop *, const char *data,
                            void (*command)(void *context, int argc, char **argv, struct server_reply *), void *context,
                            const char **ret_why);
/* Replies that are still open afterwards are ended by their owners and say nothing. */
void control_free(struct control *);

/* A reply that no socket waits for, to be handed to the command's function: `ended` is called on the loop, once, with
 * what went to stdout. NULL without memory. */
struct server_reply *control_reply(void (*ended)(void *context, int exit_code, const char *out, size_t size),
                                   void *context);

/* Connects or binds in a folder whose path may be longer than a socket's may be: gives a path in /proc for `data`,
 * with *ret_folder to be closed. -1 with errno. */
int control_path(const char *data, char *ret_path, size_t room, int *ret_folder);

#endif
