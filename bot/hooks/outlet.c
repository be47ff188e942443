/* What is due is sent, and what came of it is stored: see outlet.h. */
#include "base/log.h"
#include "hooks/outlet_internal.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOOK_MS = 60000, HOLD_LEAST_MS = 5000, ANSWER_BYTES = DELIVERY_ANSWER_BYTES };

const int64_t outlet_pauses_ms[OUTLET_TRIES - 1] = {10000, 60000, 300000, 1800000, 7200000, 21600000, 86400000};

struct outlet *outlet_new(const struct outlet_config *config)
{
    struct outlet *o = calloc(1, sizeof *o);
    if (o != NULL)
        o->config = *config;
    return o;
}

static void flight_free(struct flight *f)
{
    struct flight **at = &f->outlet->flights;
    while (*at != f)
        at = &(*at)->next;
    *at = f->next;
    f->outlet->flight_count--;
    f->lane->under_way--;
    free(f->answer);
    free(f);
}

void outlet_free(struct outlet *o)
{
    if (o == NULL)
        return;
    while (o->flights != NULL)
        flight_free(o->flights);
    for (size_t i = 0; i < o->lane_count; i++)
        free(o->lanes[i].key);
    outlet_feed_free(o);
    free(o);
}

int outlet_add_kind(struct outlet *o, const struct outlet_kind *kind)
{
    if (o->kind_count == OUTLET_KINDS_MAX)
        return -1;
    o->kinds[o->kind_count++] = *kind;
    return 0;
}

int64_t outlet_now(const struct outlet *o)
{
    return clock_mono_ms(o->config.clock);
}

void outlet_wake_in(struct outlet *o, int64_t ms)
{
    o->config.wake_in(o->config.context, ms < 1 ? 1 : ms > LOOK_MS ? LOOK_MS : (int)ms);
}

/* --- lanes ---------------------------------------------------------------------------------------- */

/* The lane's place: a new one, or that of one that rests, longest unused first. NULL = all are in use. */
static struct lane *free_lane(struct outlet *o)
{
    struct lane *oldest = NULL;
    if (o->lane_count < OUTLET_LANES_MAX)
        return &o->lanes[o->lane_count++];
    for (size_t i = 0; i < o->lane_count; i++)
        if (o->lanes[i].under_way == 0 && (oldest == NULL || o->lanes[i].used_ms < oldest->used_ms))
            oldest = &o->lanes[i];
    return oldest;
}

static struct lane *lane_of(struct outlet *o, const struct outlet_kind *kind, const char *target)
{
    char key[DELIVERY_KIND_BYTES + DELIVERY_TARGET_BYTES + 8];
    snprintf(key, sizeof key, "%s%s%s", kind->name, kind->one_lane ? "" : "\t", kind->one_lane ? "" : target);
    for (size_t i = 0; i < o->lane_count; i++)
        if (o->lanes[i].key != NULL && strcmp(o->lanes[i].key, key) == 0)
            return &o->lanes[i];
    struct lane *lane = free_lane(o);
    if (lane == NULL)
        return NULL;
    free(lane->key);
    *lane = (struct lane){.key = strdup(key), .breaker = {.most = OUTLET_FAILURES, .pause_ms = OUTLET_PAUSE_MS}};
    return lane->key != NULL ? lane : NULL;
}

static const char *loggable(const struct flight *f)
{
    return f->kind->one_lane ? NULL : f->target;
}

/* What a try says about the lane, and a line in the log where that is news. */
static void judge_lane(struct flight *f, const struct outlet_result *r)
{
    struct lane *lane = f->lane;
    bool good = r->end == OUTLET_SENT || !r->down;
    breaker_note(&lane->breaker, outlet_now(f->outlet), good);
    if (lane->failing == !good)
        return;
    lane->failing = !good;
    if (good)
        log_line(LOG_LEVEL_INFO, "delivery_back", "kind", f->kind->name, "target", loggable(f), NULL);
    else
        log_line(LOG_LEVEL_WARNING, "delivery_failing", "kind", f->kind->name, "target", loggable(f), "why", r->why,
                 "mend", "see to that receiver; what it is to get is kept and tried again", NULL);
}

/* --- what came of a try ------------------------------------------------------------------------------ */

/* What was sent is not sent again only because the disk is full for a while. */
static void save_later(struct flight *f)
{
    f->saving = false;
    f->not_before = outlet_now(f->outlet) + OUTLET_STORE_PAUSE_MS;
    outlet_wake_in(f->outlet, OUTLET_STORE_PAUSE_MS);
}

static void settle(struct flight *f, bool stored)
{
    struct outlet *o = f->outlet;
    if (!stored) {
        save_later(f);
        return;
    }
    flight_free(f);
    outlet_look(o);
}

static void saved(struct store_job *job)
{
    struct flight *f = job->context;
    struct outlet *o = f->outlet;
    int64_t mended = job->result == STORE_OK ? ((struct store_delivered *)job)->ret_mended : 0;
    settle(f, job->result != STORE_UNAVAILABLE);
    store_job_free(job);
    if (mended != 0 && o->config.mended != NULL)
        o->config.mended(o->config.context, mended);
}

static const enum delivery_state states[] = {
    [OUTLET_SENT] = DELIVERY_SENT, [OUTLET_AGAIN] = DELIVERY_WAITING, [OUTLET_DEAD] = DELIVERY_DEAD};

/* Its end is told by others, who store it with what they tell. */
static int tell_dead(struct flight *f)
{
    const struct outlet_config *c = &f->outlet->config;
    if (f->end != OUTLET_DEAD || c->give_up == NULL)
        return 0;
    return c->give_up(c->context, &(struct outlet_dead){f->id, f->kind_name, f->target, f->ref, f->why});
}

static void save(struct flight *f)
{
    struct outlet *o = f->outlet;
    int told = tell_dead(f);
    f->saving = told > 0;
    if (told < 0)
        save_later(f);
    if (told != 0)
        return;
    struct store_delivered *d = store_job_new(&store_delivered_kind, sizeof *d, saved, f);
    if (d != NULL) {
        d->id = f->id;
        d->state = states[f->end];
        d->next_ms = clock_wall_ms(o->config.clock) + f->pause_ms;
        d->error = f->end == OUTLET_SENT ? NULL : arena_strdup(d->job.arena, f->why);
        d->answer = f->answer != NULL ? arena_strdup(d->job.arena, f->answer) : NULL;
        f->saving = store_submit(o->config.store, &d->job) == 0;
    }
    if (f->saving)
        return;
    store_job_free(d != NULL ? &d->job : NULL);
    save_later(f);
}

static double chance(struct outlet *o)
{
    return o->config.chance != NULL ? o->config.chance(o->config.context)
                                    : (double)randombytes_uniform(1000001) / 1000000.0;
}

/* A fifth more or less than the table says, so that what failed together does not come back together. */
static int64_t pause_after(struct flight *f, const struct outlet_result *r)
{
    int64_t pause = outlet_pauses_ms[f->tries < OUTLET_TRIES - 1 ? f->tries : OUTLET_TRIES - 2];
    pause = (int64_t)((double)pause * (0.8 + 0.4 * chance(f->outlet)));
    int64_t asked = r->retry_after_ms > OUTLET_WAIT_MOST_MS ? OUTLET_WAIT_MOST_MS : r->retry_after_ms;
    if (asked > 0)
        pause = asked < OUTLET_WAIT_LEAST_MS ? OUTLET_WAIT_LEAST_MS : asked;
    return pause;
}

static void conclude(struct flight *f, const struct outlet_result *r)
{
    struct outlet *o = f->outlet;
    f->ended = true;
    f->end = r->end == OUTLET_AGAIN && f->tries + 1 >= OUTLET_TRIES ? OUTLET_DEAD : r->end;
    f->pause_ms = f->end == OUTLET_AGAIN ? pause_after(f, r) : 0;
    snprintf(f->why, sizeof f->why, "%s", r->why != NULL ? r->why : "");
    f->answer = r->answer != NULL ? strndup(r->answer, ANSWER_BYTES) : NULL;
    o->sent += f->end == OUTLET_SENT;
    o->dead += f->end == OUTLET_DEAD;
    judge_lane(f, r);
    if (f->end == OUTLET_DEAD)
        log_line(LOG_LEVEL_WARNING, "delivery_dead", "id", log_number(f->id), "kind", f->kind->name, "target",
                 loggable(f), "why", f->why, "mend", "sportello hooks list, then sportello hooks retry ID", NULL);
    save(f);
}

static struct flight *find(struct outlet *o, int64_t id)
{
    struct flight *f = o->flights;
    while (f != NULL && f->id != id)
        f = f->next;
    return f;
}

void outlet_ended(struct outlet *o, int64_t id, const struct outlet_result *result)
{
    struct flight *f = find(o, id);
    if (f != NULL && !f->ended)
        conclude(f, result);
}

void outlet_given_up(struct outlet *o, int64_t id, bool stored)
{
    struct flight *f = find(o, id);
    if (f != NULL && f->saving)
        settle(f, stored);
}

/* --- what is due ------------------------------------------------------------------------------------- */

static void put_off_done(struct store_job *job)
{
    store_job_free(job);
}

/* Its lane is left alone for a while: that is nothing it has to pay for with a try. */
static void put_off(struct outlet *o, const struct delivery *d, const struct lane *lane)
{
    struct store_delivered *j = store_job_new(&store_delivered_kind, sizeof *j, put_off_done, o);
    int64_t left = lane->breaker.until_ms - outlet_now(o);
    if (j == NULL)
        return;
    j->id = d->id;
    j->postponed = true;
    j->next_ms = clock_wall_ms(o->config.clock) + (left > HOLD_LEAST_MS ? left : HOLD_LEAST_MS);
    if (store_submit(o->config.store, &j->job) < 0)
        store_job_free(&j->job);
}

static const struct outlet_kind *kind_of(const struct outlet *o, const char *name)
{
    for (size_t i = 0; i < o->kind_count; i++)
        if (strcmp(o->kinds[i].name, name) == 0)
            return &o->kinds[i];
    return NULL;
}

/* For rows that nobody here sends. */
static int no_way(void *context, const struct delivery *d, struct outlet_result *ret)
{
    (void)context;
    (void)d;
    *ret = (struct outlet_result){.end = OUTLET_DEAD, .why = "this program does not know how to send it"};
    return -1;
}
static const struct outlet_kind unknown_kind = {.name = "unknown", .one_lane = true, .at_once = 1, .begin = no_way};

static void send(struct outlet *o, const struct delivery *d)
{
    const struct outlet_kind *kind = kind_of(o, d->kind);
    if (kind == NULL)
        kind = &unknown_kind;
    struct lane *lane = lane_of(o, kind, d->target);
    if (lane == NULL || find(o, d->id) != NULL || lane->under_way >= kind->at_once || o->flight_count >= OUTLET_MOST)
        return;
    if (!breaker_allows(&lane->breaker, outlet_now(o))) {
        put_off(o, d, lane);
        return;
    }
    struct flight *f = calloc(1, sizeof *f);
    if (f == NULL) {
        breaker_forget(&lane->breaker);
        return;
    }
    *f = (struct flight){.outlet = o, .next = o->flights, .id = d->id, .tries = d->tries, .kind = kind, .lane = lane};
    snprintf(f->target, sizeof f->target, "%s", d->target);
    snprintf(f->ref, sizeof f->ref, "%s", d->ref);
    snprintf(f->kind_name, sizeof f->kind_name, "%s", d->kind);
    o->flights = f;
    o->flight_count++;
    lane->under_way++;
    lane->used_ms = outlet_now(o);
    o->tries++;
    struct outlet_result r = {.end = OUTLET_AGAIN, .why = "it could not be begun"};
    if (kind->begin(kind->context, d, &r) < 0)
        conclude(f, &r);
}

static void due_read(struct store_job *job)
{
    struct store_due *d = (struct store_due *)job;
    struct outlet *o = job->context;
    int64_t wait = LOOK_MS;
    o->looking = false;
    if (job->result == STORE_OK) {
        for (size_t i = 0; i < d->count; i++)
            send(o, &d->rows[i]);
        int64_t next = d->ret_next_ms > 0 ? d->ret_next_ms - clock_wall_ms(o->config.clock) : LOOK_MS;
        wait = next < 0 ? 0 : next < LOOK_MS ? next : LOOK_MS;
    } else {
        wait = OUTLET_STORE_PAUSE_MS;
    }
    o->look_ms = outlet_now(o) + (o->look_again ? 0 : wait);
    o->look_again = false;
    outlet_wake_in(o, o->look_ms - outlet_now(o));
    store_job_free(job);
}

static void look(struct outlet *o)
{
    struct store_due *d = store_job_new(&store_due_kind, sizeof *d, due_read, o);
    o->look_ms = outlet_now(o) + OUTLET_STORE_PAUSE_MS; /* where it cannot be asked */
    o->looking = d != NULL && store_submit(o->config.store, &d->job) == 0;
    if (!o->looking) {
        store_job_free(d != NULL ? &d->job : NULL);
        outlet_wake_in(o, OUTLET_STORE_PAUSE_MS);
    }
}

void outlet_look(struct outlet *o)
{
    if (o->looking)
        o->look_again = true;
    else if (o->started)
        look(o);
}

static void sooner(int64_t *at, int64_t candidate)
{
    if (candidate < *at)
        *at = candidate;
}

/* A wake that somebody else asked for may have taken the place of ours. */
static void wake_again(struct outlet *o)
{
    int64_t now = outlet_now(o), at = now + LOOK_MS;
    if (!o->looking)
        sooner(&at, o->look_ms);
    for (const struct flight *f = o->flights; f != NULL; f = f->next)
        if (f->ended && !f->saving)
            sooner(&at, f->not_before);
    for (size_t i = 0; i < o->feed_count; i++)
        if (o->feeds[i].stale && !o->feeds[i].busy)
            sooner(&at, o->feeds[i].not_before);
    outlet_wake_in(o, at - now);
}

void outlet_pump(struct outlet *o)
{
    int64_t now = outlet_now(o);
    if (!o->started)
        return;
    for (struct flight *f = o->flights, *next; f != NULL; f = next) {
        next = f->next;
        if (f->ended && !f->saving && now >= f->not_before)
            save(f);
    }
    outlet_feed_pump(o);
    if (!o->looking && now >= o->look_ms)
        look(o);
    wake_again(o);
}

void outlet_metrics(const struct outlet *o, struct buf *out)
{
    buf_printf(out,
               "# HELP sportello_deliveries_total Deliveries to other systems that ended.\n"
               "# TYPE sportello_deliveries_total counter\n"
               "sportello_deliveries_total{result=\"sent\"} %llu\nsportello_deliveries_total{result=\"dead\"} %llu\n"
               "# HELP sportello_delivery_tries_total Times that one was tried.\n"
               "# TYPE sportello_delivery_tries_total counter\nsportello_delivery_tries_total %llu\n"
               "# HELP sportello_deliveries_made_total Deliveries made for steps of tickets.\n"
               "# TYPE sportello_deliveries_made_total counter\nsportello_deliveries_made_total %llu\n"
               "# HELP sportello_deliveries_open Deliveries under way.\n# TYPE sportello_deliveries_open gauge\n"
               "sportello_deliveries_open %zu\n",
               (unsigned long long)o->sent, (unsigned long long)o->dead, (unsigned long long)o->tries,
               (unsigned long long)o->made, o->flight_count);
}
