/* How the outlet learns of tickets: each source reads the steps behind its cursor, words what goes out, and stores that
 * with the cursor's move. See outlet.h. */
#include "base/log.h"
#include "hooks/outlet_internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A job knows its source by generation and place: sources may be others by the time it comes back. */
struct feed_steps {
    struct store_steps steps;
    size_t at;
};

struct feed_post {
    struct store_post post;
    size_t at;
};

static struct feed *feed_of(struct outlet *o, const struct store_job *job, size_t at)
{
    return job->tag == o->generation && at < o->feed_count ? &o->feeds[at] : NULL;
}

static void rest(struct outlet *o, struct feed *f, int64_t ms)
{
    f->busy = false;
    f->stale = true;
    f->not_before = outlet_now(o) + ms;
    outlet_wake_in(o, ms);
}

static void *new_job(struct outlet *o, const struct store_job_kind *kind, size_t size, void (*done)(struct store_job *))
{
    struct store_job *job = store_job_new(kind, size, done, o);
    if (job != NULL)
        job->tag = o->generation;
    return job;
}

/* --- storing what was worded ---------------------------------------------------------------------- */

static void posted(struct store_job *job)
{
    struct feed_post *p = (struct feed_post *)job;
    struct outlet *o = job->context;
    struct feed *f = feed_of(o, job, p->at);
    if (f != NULL && job->result == STORE_OK) {
        f->busy = false;
        f->stale = true; /* until a read finds nothing */
        o->made += p->post.ret_made;
        if (p->post.ret_made > 0)
            outlet_look(o);
        outlet_feed_pump(o);
    } else if (f != NULL) {
        if (p->post.ret_full)
            log_line(LOG_LEVEL_WARNING, "delivery_queue_full", "source", f->name, "mend",
                     "the receiver has been down for long; what happens is kept and told later", NULL);
        rest(o, f, p->post.ret_full ? OUTLET_FULL_PAUSE_MS : OUTLET_STORE_PAUSE_MS);
    }
    store_job_free(job);
}

/* Words the deliveries of all steps into the job. -1 without memory. */
static int word(struct feed *f, const struct store_steps *read, struct store_post *post)
{
    struct delivery_new *all = arena_array(post->job.arena, read->count * OUTLET_MAKE_MAX + 1, sizeof *all);
    size_t count = 0;
    if (all == NULL)
        return -1;
    post->to = read->ret_from;
    for (size_t i = 0; i < read->count && count + OUTLET_MAKE_MAX <= DELIVERY_POST_MAX; i++) {
        struct delivery_new made[OUTLET_MAKE_MAX];
        int n = f->source.make(f->source.context, &f->source, &read->steps[i], post->job.arena, made);
        if (n < 0)
            return -1;
        for (int k = 0; k < n; k++) {
            if (delivery_fits(&made[k]))
                all[count++] = made[k];
            else
                log_line(LOG_LEVEL_ERROR, "delivery_too_large", "source", f->name, "ticket",
                         log_number(read->steps[i].ticket.id), NULL);
        }
        post->to = read->steps[i].id;
    }
    post->deliveries = all;
    post->count = count;
    return 0;
}

static int post(struct outlet *o, struct feed *f, size_t at, const struct store_steps *read)
{
    struct feed_post *p = new_job(o, &store_post_kind, sizeof *p, posted);
    if (p == NULL)
        return -1;
    p->at = at;
    p->post.consumer = arena_strdup(p->post.job.arena, f->name);
    p->post.from = read->ret_from;
    if (p->post.consumer != NULL && word(f, read, &p->post) == 0 && store_submit(o->config.store, &p->post.job) == 0)
        return 0;
    store_job_free(&p->post.job);
    return -1;
}

/* --- reading steps --------------------------------------------------------------------------------- */

static void steps_read(struct store_job *job)
{
    struct feed_steps *s = (struct feed_steps *)job;
    struct outlet *o = job->context;
    struct feed *f = feed_of(o, job, s->at);
    if (f != NULL && job->result == STORE_OK && s->steps.count == 0) {
        f->busy = false;
        outlet_feed_pump(o); /* if more came meanwhile */
    } else if (f != NULL && (job->result != STORE_OK || post(o, f, s->at, &s->steps) < 0)) {
        rest(o, f, OUTLET_STORE_PAUSE_MS);
    }
    store_job_free(job);
}

static int read_steps(struct outlet *o, size_t at)
{
    struct feed *f = &o->feeds[at];
    struct feed_steps *s = new_job(o, &store_steps_kind, sizeof *s, steps_read);
    if (s == NULL)
        return -1;
    s->at = at;
    s->steps.consumer = arena_strdup(s->steps.job.arena, f->name);
    s->steps.limit = STEPS_MAX;
    s->steps.with_said = f->source.with_said;
    if (s->steps.consumer != NULL && store_submit(o->config.store, &s->steps.job) == 0)
        return 0;
    store_job_free(&s->steps.job);
    return -1;
}

void outlet_feed_pump(struct outlet *o)
{
    int64_t now = outlet_now(o);
    for (size_t i = 0; i < o->feed_count; i++) {
        struct feed *f = &o->feeds[i];
        if (!f->stale || f->busy || now < f->not_before)
            continue;
        f->busy = true;
        f->stale = false;
        if (read_steps(o, i) < 0)
            rest(o, f, OUTLET_STORE_PAUSE_MS);
    }
}

void outlet_stepped(struct outlet *o)
{
    for (size_t i = 0; i < o->feed_count; i++)
        o->feeds[i].stale = true;
    outlet_feed_pump(o);
}

/* --- who is told ------------------------------------------------------------------------------------ */

void outlet_feed_free(struct outlet *o)
{
    for (size_t i = 0; i < o->feed_count; i++)
        free(o->feeds[i].name);
    free(o->feeds);
    o->feeds = NULL;
    o->feed_count = 0;
}

static void entered(struct store_job *job)
{
    struct outlet *o = job->context;
    if (job->result != STORE_OK)
        log_line(LOG_LEVEL_ERROR, "delivery_sources", "why", "the store did not take them; publish again", NULL);
    if (job->tag == o->generation) {
        outlet_stepped(o);
        outlet_look(o);
    }
    store_job_free(job);
}

static int enter(struct outlet *o)
{
    struct store_consumers *c = new_job(o, &store_consumers_kind, sizeof *c, entered);
    const char **names = c != NULL ? arena_array(c->job.arena, o->feed_count + 1, sizeof *names) : NULL;
    for (size_t i = 0; names != NULL && i < o->feed_count; i++)
        names[i] = arena_strdup(c->job.arena, o->feeds[i].name);
    if (names != NULL && !arena_failed(c->job.arena)) {
        c->names = names;
        c->count = o->feed_count;
        if (store_submit(o->config.store, &c->job) == 0)
            return 0;
    }
    store_job_free(c != NULL ? &c->job : NULL);
    return -1;
}

int outlet_sources(struct outlet *o, const struct outlet_source *sources, size_t count)
{
    struct feed *feeds = count <= OUTLET_SOURCES_MAX ? calloc(count + 1, sizeof *feeds) : NULL;
    bool good = feeds != NULL;
    for (size_t i = 0; good && i < count; i++) {
        feeds[i].source = sources[i];
        feeds[i].source.name = feeds[i].name = strdup(sources[i].name);
        good = feeds[i].name != NULL;
    }
    if (!good) {
        for (size_t i = 0; feeds != NULL && i < count; i++)
            free(feeds[i].name);
        free(feeds);
        return -1;
    }
    outlet_feed_free(o);
    o->feeds = feeds;
    o->feed_count = count;
    o->generation++;
    o->started = true;
    return enter(o);
}
