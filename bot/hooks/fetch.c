/* The thread that carries requests out: see fetch.h. */
#include "hooks/fetch.h"

#include "hooks/fetch_work.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { IDLE_MS = 60000, IDLE_CONNECTIONS = 16, TAKE_MOST = 64 };

struct fetcher {
    CURLM *multi;
    pthread_t thread;
    struct mailbox *todo, *cancels;
    struct fetch *first; /* under way */
    atomic_size_t count; /* sent and not answered */
    atomic_uintptr_t numbers;
    atomic_bool ending;
};

static const char *const names[] = {
    [FETCH_OK] = "ok",
    [FETCH_WRONG] = "wrong",
    [FETCH_FORBIDDEN] = "forbidden",
    [FETCH_UNREACHABLE] = "unreachable",
    [FETCH_LATE] = "late",
    [FETCH_TOO_LARGE] = "too_large",
    [FETCH_BROKEN] = "broken",
    [FETCH_CANCELLED] = "cancelled",
};

const char *fetch_result_name(enum fetch_result result)
{
    return names[result];
}

struct fetch *fetch_new(const struct fetch_request *request)
{
    struct fetch *f = calloc(1, sizeof *f);
    if (f == NULL)
        return NULL;
    buf_init(&f->body, request->answer_bytes);
    f->result = FETCH_CANCELLED;
    f->work = fetch_work_new(f, request);
    if (f->work != NULL)
        return f;
    fetch_free(f);
    return NULL;
}

void fetch_free(struct fetch *f)
{
    if (f == NULL)
        return;
    fetch_work_free(f->work);
    buf_free(&f->body);
    free(f->type);
    free(f->location);
    free(f);
}

/* --- on the thread ---------------------------------------------------------------------------------- */

static void answer(struct fetcher *fetcher, struct fetch *f)
{
    struct mailbox *answers = f->work->answers;
    atomic_fetch_sub(&fetcher->count, 1);
    if (mailbox_put_wait(answers, f) < 0)
        fetch_free(f); /* nobody takes it any more */
}

static void begin(struct fetcher *fetcher, struct fetch *f)
{
    struct fetch_work *w = f->work;
    if (fetch_work_begin(w) < 0) {
        answer(fetcher, f);
        return;
    }
    if (curl_multi_add_handle(fetcher->multi, w->easy) != CURLM_OK) {
        fetch_work_end(w, CURLE_OUT_OF_MEMORY);
        answer(fetcher, f);
        return;
    }
    w->next = fetcher->first;
    if (w->next != NULL)
        w->next->work->previous = f;
    fetcher->first = f;
}

static void end(struct fetcher *fetcher, struct fetch *f)
{
    struct fetch_work *w = f->work;
    curl_multi_remove_handle(fetcher->multi, w->easy);
    if (w->previous != NULL)
        w->previous->work->next = w->next;
    else
        fetcher->first = w->next;
    if (w->next != NULL)
        w->next->work->previous = w->previous;
    /* Here and not where it is freed: a handle stays with its thread. */
    curl_easy_cleanup(w->easy);
    w->easy = NULL;
    answer(fetcher, f);
}

static void cancel(struct fetcher *fetcher, struct fetch *f)
{
    f->result = FETCH_CANCELLED;
    snprintf(f->why, sizeof f->why, "it was cancelled");
    end(fetcher, f);
}

static void take_new(struct fetcher *fetcher)
{
    void *items[TAKE_MOST];
    size_t n;
    while ((n = mailbox_take(fetcher->todo, items, TAKE_MOST)) > 0)
        for (size_t i = 0; i < n; i++)
            begin(fetcher, items[i]);
}

static void take_cancels(struct fetcher *fetcher)
{
    void *item;
    while (mailbox_take(fetcher->cancels, &item, 1) == 1) {
        struct fetch *f = fetcher->first;
        while (f != NULL && f->work->number != (uintptr_t)item)
            f = f->work->next;
        if (f != NULL)
            cancel(fetcher, f);
    }
}

static void take_answers(struct fetcher *fetcher)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(fetcher->multi, &left)) != NULL) {
        char *private = NULL;
        if (message->msg != CURLMSG_DONE)
            continue;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &private);
        struct fetch *f = (struct fetch *)(void *)private;
        fetch_work_end(f->work, code);
        end(fetcher, f);
    }
}

static void *run(void *context)
{
    struct fetcher *fetcher = context;
    pthread_setname_np(pthread_self(), "fetch");
    while (!atomic_load(&fetcher->ending)) {
        int running = 0;
        /* New ones first: what is cancelled may have been sent just before. */
        take_new(fetcher);
        take_cancels(fetcher);
        curl_multi_perform(fetcher->multi, &running);
        take_answers(fetcher);
        curl_multi_poll(fetcher->multi, NULL, 0, IDLE_MS, NULL);
    }
    take_new(fetcher);
    while (fetcher->first != NULL)
        cancel(fetcher, fetcher->first);
    return NULL;
}

/* --- life --------------------------------------------------------------------------------------------- */

static void wake(void *context)
{
    struct fetcher *fetcher = context;
    curl_multi_wakeup(fetcher->multi);
}

static void start_library(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

struct fetcher *fetcher_new(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_library);
    struct fetcher *fetcher = calloc(1, sizeof *fetcher);
    if (fetcher == NULL)
        return NULL;
    fetcher->multi = curl_multi_init();
    fetcher->todo = mailbox_new(FETCH_MOST, wake, fetcher);
    fetcher->cancels = mailbox_new(FETCH_MOST, wake, fetcher);
    if (fetcher->multi == NULL || fetcher->todo == NULL || fetcher->cancels == NULL)
        goto failed;
    curl_multi_setopt(fetcher->multi, CURLMOPT_MAXCONNECTS, (long)IDLE_CONNECTIONS);
    if (pthread_create(&fetcher->thread, NULL, run, fetcher) == 0)
        return fetcher;
failed:
    mailbox_free(fetcher->todo);
    mailbox_free(fetcher->cancels);
    curl_multi_cleanup(fetcher->multi);
    free(fetcher);
    return NULL;
}

void fetcher_stop(struct fetcher *fetcher)
{
    if (atomic_load(&fetcher->ending))
        return;
    mailbox_close(fetcher->todo);
    atomic_store(&fetcher->ending, true);
    curl_multi_wakeup(fetcher->multi);
    pthread_join(fetcher->thread, NULL);
}

void fetcher_free(struct fetcher *fetcher)
{
    if (fetcher == NULL)
        return;
    fetcher_stop(fetcher);
    mailbox_free(fetcher->todo);
    mailbox_free(fetcher->cancels);
    curl_multi_cleanup(fetcher->multi);
    free(fetcher);
}

/* --- from other threads ----------------------------------------------------------------------------- */

int fetch_send(struct fetcher *fetcher, struct fetch *f, struct mailbox *answers, uintptr_t *ret_number)
{
    uintptr_t number = atomic_fetch_add(&fetcher->numbers, 1) + 1;
    f->work->answers = answers;
    f->work->number = number;
    if (atomic_fetch_add(&fetcher->count, 1) < FETCH_MOST && mailbox_put(fetcher->todo, f) == 0) {
        *ret_number = number;
        return 0;
    }
    atomic_fetch_sub(&fetcher->count, 1);
    return -1;
}

void fetch_cancel(struct fetcher *fetcher, uintptr_t number)
{
    /* Where there is no room it ends with its time. */
    (void)mailbox_put(fetcher->cancels, (void *)number);
}

void fetch_wait(struct fetcher *fetcher, struct fetch *f)
{
    struct mailbox *answers = mailbox_new(1, NULL, NULL);
    uintptr_t number;
    void *back;
    if (answers != NULL && fetch_send(fetcher, f, answers, &number) == 0)
        mailbox_wait(answers, &back, 1);
    else
        snprintf(f->why, sizeof f->why, "too many requests are under way, or the program ends");
    mailbox_free(answers);
}
