/* Worker threads with a queue a kind: see worker.h. */
#include "base/worker.h"

#include "base/mailbox.h"

#include <pthread.h>
#include <stdlib.h>

struct crew {
    struct mailbox *todo;
    struct workers *home;
    const char *name;
    pthread_t *threads;
    size_t started;
};

struct workers {
    struct crew *crews;
    size_t kinds;
    struct mailbox *finished;
};

static void *work(void *context)
{
    struct crew *crew = context;
    void *item;
    pthread_setname_np(pthread_self(), crew->name);
    while (mailbox_wait(crew->todo, &item, 1) == 1) {
        struct job *job = item;
        job->run(job);
        job->ran = 1;
        mailbox_put_wait(crew->home->finished, job);
    }
    return NULL;
}

static int crew_start(struct crew *crew, struct workers *home, const struct worker_kind *kind)
{
    crew->home = home;
    crew->name = kind->name;
    crew->todo = mailbox_new(kind->queue, NULL, NULL);
    crew->threads = calloc((size_t)kind->threads, sizeof *crew->threads);
    if (crew->todo == NULL || crew->threads == NULL)
        return -1;
    for (int i = 0; i < kind->threads; i++) {
        if (pthread_create(&crew->threads[i], NULL, work, crew) != 0)
            return -1;
        crew->started++;
    }
    return 0;
}

struct workers *workers_new(const struct worker_kind *kinds, size_t count, void (*wake)(void *context), void *context)
{
    struct workers *w = calloc(1, sizeof *w);
    if (w == NULL)
        return NULL;
    size_t room = 0;
    for (size_t i = 0; i < count; i++)
        room += kinds[i].queue * 2 + (size_t)kinds[i].threads;
    w->finished = mailbox_new(room, wake, context);
    w->crews = calloc(count, sizeof *w->crews);
    if (w->finished == NULL || w->crews == NULL)
        goto failed;
    w->kinds = count;
    for (size_t i = 0; i < count; i++) {
        if (crew_start(&w->crews[i], w, &kinds[i]) < 0)
            goto failed;
    }
    return w;
failed:
    workers_free(w);
    return NULL;
}

static void crew_stop(struct crew *crew)
{
    if (crew->todo == NULL)
        return;
    void *dropped;
    while (mailbox_take(crew->todo, &dropped, 1) == 1) {
        struct job *job = dropped;
        job->ran = 0;
        job->done(job);
    }
    mailbox_close(crew->todo);
    for (size_t i = 0; i < crew->started; i++)
        pthread_join(crew->threads[i], NULL);
    mailbox_free(crew->todo);
    free(crew->threads);
}

void workers_free(struct workers *w)
{
    if (w == NULL)
        return;
    for (size_t i = 0; i < w->kinds; i++) {
        if (w->finished != NULL)
            workers_pump(w); /* room for what the crew still finishes */
        crew_stop(&w->crews[i]);
    }
    if (w->finished != NULL)
        workers_pump(w);
    mailbox_free(w->finished);
    free(w->crews);
    free(w);
}

int workers_submit(struct workers *w, size_t kind, struct job *job)
{
    job->ran = 0;
    return mailbox_put(w->crews[kind].todo, job);
}

size_t workers_pump(struct workers *w)
{
    void *items[64];
    size_t total = 0, n;
    while ((n = mailbox_take(w->finished, items, sizeof items / sizeof *items)) > 0) {
        for (size_t i = 0; i < n; i++) {
            struct job *job = items[i];
            job->done(job);
        }
        total += n;
    }
    return total;
}
