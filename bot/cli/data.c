/* The DATA folder: its lock, its store, and jobs that are waited for. See data.h. */
#include "cli/data.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static char *path_in(const char *folder, const char *name)
{
    char *path = NULL;
    return asprintf(&path, "%s/%s", folder, name) < 0 ? NULL : path;
}

int data_lock(const char *folder, FILE *err, bool *ret_held)
{
    *ret_held = false;
    if (file_make_folders(folder, 0700) < 0) {
        fprintf(err, "sportello: cannot make the data folder %s: %s\n", folder, strerror(errno));
        return -1;
    }
    char *path = path_in(folder, "lock");
    int fd = path != NULL ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    free(path);
    if (fd < 0) {
        fprintf(err, "sportello: cannot open %s/lock: %s\n", folder, strerror(errno));
        return -1;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
        *ret_held = errno == EWOULDBLOCK;
        if (*ret_held)
            fprintf(err, "sportello: %s is in use by another sportello; stop it first, or choose another --data\n",
                    folder);
        else
            fprintf(err, "sportello: cannot lock %s: %s\n", folder, strerror(errno));
        close(fd);
        return -1;
    }
    return fd;
}

int data_open(const char *folder, FILE *err, struct data *ret, bool *ret_held)
{
    const char *why = NULL;
    int lock = data_lock(folder, err, ret_held);
    if (lock < 0)
        return -1;
    *ret = (struct data){.folder = folder, .clock = clock_system(), .lock = lock};
    ret->store = store_open(folder, &ret->clock, &why);
    if (ret->store == NULL) {
        fprintf(err, "sportello: cannot open the store in %s: %s\n", folder, why);
        close(lock);
        return -1;
    }
    return 0;
}

void data_close(struct data *d)
{
    store_close(d->store);
    d->store = NULL;
    if (d->lock >= 0)
        close(d->lock);
    d->lock = -1;
}

/* Where a worker waits for the loop to bring its answer. */
struct wait {
    pthread_mutex_t lock;
    pthread_cond_t answered;
    bool done;
};

static void answered(struct store_job *job)
{
    struct wait *w = job->context;
    pthread_mutex_lock(&w->lock);
    w->done = true;
    pthread_cond_signal(&w->answered);
    pthread_mutex_unlock(&w->lock);
}

void data_do(struct data *d, struct store_job *job)
{
    if (!d->shared) {
        store_run(d->store, job);
        return;
    }
    struct wait w = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false};
    job->done = answered;
    job->context = &w;
    if (store_submit(d->store, job) < 0) {
        job->result = STORE_UNAVAILABLE;
        return;
    }
    pthread_mutex_lock(&w.lock);
    while (!w.done)
        pthread_cond_wait(&w.answered, &w.lock);
    pthread_mutex_unlock(&w.lock);
}

void *data_job(const struct store_job_kind *kind, size_t size)
{
    return store_job_new(kind, size, NULL, NULL);
}

void data_audit(struct data *data, const char *act, const char *detail)
{
    struct store_audit *job = data_job(&store_audit_kind, sizeof *job);
    if (job == NULL)
        return;
    job->act = act;
    job->detail = detail;
    data_do(data, &job->job);
    store_job_free(&job->job);
}

const char *data_result_text(enum store_result result)
{
    static const char *const texts[] = {
        [STORE_OK] = "done",
        [STORE_DUPLICATE] = "it is there already",
        [STORE_REFUSED] = "it was refused: something else changed meanwhile",
        [STORE_MISSING] = "there is no such thing",
        [STORE_UNAVAILABLE] = "the disk refuses to write (full, or read-only?); nothing was changed",
    };
    return texts[result];
}
