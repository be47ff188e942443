/* Mailbox: a bounded queue of pointers between threads.
 *
 * Good for: handing work to a thread and answers back. Not for: sharing state.
 * A full mailbox refuses (mailbox_put returns -1) so that overload is visible to the sender.
 * `wake`, if given, is called after each put into an empty box, from the putting thread, to
 * rouse an event loop (ev_async_send); a thread that has no loop waits in mailbox_wait.
 * Threads: any may put; one takes. */
#ifndef BASE_MAILBOX_H
#define BASE_MAILBOX_H

#include <stdbool.h>
#include <stddef.h>

struct mailbox;

struct mailbox *mailbox_new(size_t ceiling, void (*wake)(void *context), void *context);
/* Must be empty of things anybody owns: drain it first. */
void mailbox_free(struct mailbox *);

/* 0, or -1 when full or closed. */
int mailbox_put(struct mailbox *, void *item);
/* The same, waiting while it is full: for answers, which must arrive. -1 only when closed. */
int mailbox_put_wait(struct mailbox *, void *item);
/* Takes up to `room` items in order, at once; returns how many (0 = none there). */
size_t mailbox_take(struct mailbox *, void **ret_items, size_t room);
/* Waits until something is there or the box is closed; then as mailbox_take. 0 = closed and empty. */
size_t mailbox_wait(struct mailbox *, void **ret_items, size_t room);
/* No more puts; the waiting thread gets what is left, then 0. */
void mailbox_close(struct mailbox *);
size_t mailbox_count(struct mailbox *);

#endif
