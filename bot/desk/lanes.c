/* Lanes and paces: what waits together, and how fast it goes. */
#include "desk/room.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct department *lane_department(const struct desk *d, const char *id)
{
    const struct settings *s = d->settings;
    for (size_t i = 0; i < s->department_count; i++) {
        if (strcmp(s->departments[i].id, id) == 0)
            return &s->departments[i];
    }
    return &s->departments[0];
}

static struct pace *pace_of(struct desk *d, const char *department)
{
    struct pace *pace = map_get_str(d->pace_map, department);
    if (pace != NULL)
        return pace;
    struct pace **grown = realloc(d->paces, (d->pace_count + 1) * sizeof *grown);
    if (grown == NULL)
        return NULL;
    d->paces = grown;
    pace = calloc(1, sizeof *pace);
    if (pace == NULL || (pace->department = strdup(department)) == NULL ||
        map_put_str(d->pace_map, department, pace) != 0) {
        if (pace != NULL)
            free(pace->department);
        free(pace);
        return NULL;
    }
    d->paces[d->pace_count++] = pace;
    pace_ask(d, pace);
    return pace;
}

static void lane_free(struct lane *lane)
{
    if (lane == NULL)
        return;
    free(lane->department);
    free(lane->lang);
    free(lane);
}

static struct lane *lane_new(struct desk *d, const char *key, const char *department, const char *lang)
{
    struct pace *pace = d->lane_count < ROOM_LANES_MAX ? pace_of(d, department) : NULL;
    struct lane **grown = pace != NULL ? realloc(d->lanes, (d->lane_count + 1) * sizeof *grown) : NULL;
    if (grown == NULL)
        return NULL;
    d->lanes = grown;
    struct lane *lane = calloc(1, sizeof *lane);
    if (lane == NULL || (lane->department = strdup(department)) == NULL || (lane->lang = strdup(lang)) == NULL ||
        map_put_str(d->lane_map, key, lane) != 0) {
        lane_free(lane);
        return NULL;
    }
    lane->pace = pace;
    lane->index = d->lane_count;
    d->lanes[d->lane_count++] = lane;
    return lane;
}

struct lane *lane_of(struct desk *d, const char *department, const char *lang)
{
    char *key;
    if (asprintf(&key, "%s\n%s", department, lang) < 0)
        return NULL;
    struct lane *lane = map_get_str(d->lane_map, key);
    if (lane == NULL)
        lane = lane_new(d, key, department, lang);
    free(key);
    return lane;
}

int lane_slots(struct desk *d, const struct lane *lane, int *ret_online)
{
    int slots = 0;
    *ret_online = 0;
    for (size_t i = 0; i < d->agent_count; i++) {
        if (!agent_takes(d->agents[i]) || !agent_serves(d->agents[i], lane))
            continue;
        slots += agent_capacity(d, d->agents[i]);
        ++*ret_online;
    }
    return slots;
}

static void pace_answered(struct store_job *job)
{
    if (!room_answered(job))
        return;
    struct desk *d = job->context;
    struct store_handling *h = (struct store_handling *)job;
    struct pace *pace = map_get_str(d->pace_map, h->department);
    if (job->result == STORE_OK && pace != NULL) {
        pace->samples = h->ret_samples;
        pace->mean_seconds = h->ret_mean_seconds;
        d->ranges_changed = true;
    }
    store_job_free(job);
}

int pace_ask(struct desk *d, struct pace *pace)
{
    struct store_handling *h = store_job_new(&store_handling_kind, sizeof *h, pace_answered, d);
    if (h == NULL)
        return -1;
    h->department = arena_strdup(h->job.arena, pace->department);
    h->limit = ROOM_HANDLED_SAMPLES;
    return room_submit(d, &h->job);
}

void paces_ask(struct desk *d)
{
    for (size_t i = 0; i < d->settings->department_count; i++)
        pace_of(d, d->settings->departments[i].id);
}

void lanes_free(struct desk *d)
{
    for (size_t i = 0; i < d->lane_count; i++)
        lane_free(d->lanes[i]);
    for (size_t i = 0; i < d->pace_count; i++) {
        free(d->paces[i]->department);
        free(d->paces[i]);
    }
    free(d->lanes);
    free(d->paces);
    map_free(d->lane_map);
    map_free(d->pace_map);
}
