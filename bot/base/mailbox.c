/* A ring under one mutex: see mailbox.h. */
#include "base/mailbox.h"

#include <pthread.h>
#include <stdlib.h>

struct mailbox {
    pthread_mutex_t lock;
    pthread_cond_t filled, emptied;
    void **ring;
    size_t room, head, count;
    bool closed;
    void (*wake)(void *context);
    void *context;
};

struct mailbox *mailbox_new(size_t ceiling, void (*wake)(void *context), void *context)
{
    struct mailbox *m = calloc(1, sizeof *m);
    if (m == NULL)
        return NULL;
    m->ring = calloc(ceiling, sizeof *m->ring);
    if (m->ring == NULL) {
        free(m);
        return NULL;
    }
    m->room = ceiling;
    m->wake = wake;
    m->context = context;
    pthread_mutex_init(&m->lock, NULL);
    pthread_cond_init(&m->filled, NULL);
    pthread_cond_init(&m->emptied, NULL);
    return m;
}

void mailbox_free(struct mailbox *m)
{
    if (m == NULL)
        return;
    pthread_cond_destroy(&m->emptied);
    pthread_cond_destroy(&m->filled);
    pthread_mutex_destroy(&m->lock);
    free(m->ring);
    free(m);
}

static int put(struct mailbox *m, void *item, bool wait)
{
    pthread_mutex_lock(&m->lock);
    while (wait && m->count == m->room && !m->closed)
        pthread_cond_wait(&m->emptied, &m->lock);
    bool refused = m->closed || m->count == m->room;
    /* Whoever takes the item may free the box: it is not touched behind the lock. */
    void (*wake)(void *) = m->count == 0 ? m->wake : NULL;
    void *context = m->context;
    if (!refused) {
        m->ring[(m->head + m->count++) % m->room] = item;
        pthread_cond_signal(&m->filled);
    }
    pthread_mutex_unlock(&m->lock);
    if (refused)
        return -1;
    if (wake != NULL)
        wake(context);
    return 0;
}

int mailbox_put(struct mailbox *m, void *item)
{
    return put(m, item, false);
}

int mailbox_put_wait(struct mailbox *m, void *item)
{
    return put(m, item, true);
}

/* With the lock held. */
static size_t take(struct mailbox *m, void **items, size_t room)
{
    size_t n = 0;
    while (n < room && m->count > 0) {
        items[n++] = m->ring[m->head];
        m->head = (m->head + 1) % m->room;
        m->count--;
    }
    if (n > 0)
        pthread_cond_broadcast(&m->emptied);
    return n;
}

size_t mailbox_take(struct mailbox *m, void **ret_items, size_t room)
{
    pthread_mutex_lock(&m->lock);
    size_t n = take(m, ret_items, room);
    pthread_mutex_unlock(&m->lock);
    return n;
}

size_t mailbox_wait(struct mailbox *m, void **ret_items, size_t room)
{
    pthread_mutex_lock(&m->lock);
    while (m->count == 0 && !m->closed)
        pthread_cond_wait(&m->filled, &m->lock);
    size_t n = take(m, ret_items, room);
    pthread_mutex_unlock(&m->lock);
    return n;
}

void mailbox_close(struct mailbox *m)
{
    pthread_mutex_lock(&m->lock);
    m->closed = true;
    pthread_cond_broadcast(&m->filled);
    pthread_cond_broadcast(&m->emptied);
    pthread_mutex_unlock(&m->lock);
}

size_t mailbox_count(struct mailbox *m)
{
    pthread_mutex_lock(&m->lock);
    size_t n = m->count;
    pthread_mutex_unlock(&m->lock);
    return n;
}
