/* Run: one run of the world by its seed, from an empty desk to an empty desk. */
#ifndef TESTS_PROVE_RUN_H
#define TESTS_PROVE_RUN_H

#include "prove/acts.h"

static void draw_settings(void)
{
    static const char *const assigns[] = {NULL, NULL, "pull", "push"};
    static const struct opening hours[] = {{0, 9 * 60, 13 * 60}, {0, 14 * 60, 18 * 60}};
    static const char *languages[] = {"it", "en"};
    static const char *holidays[] = {"2025-12-01"};
    world.settings = (struct settings){.timezone = "Europe/Rome",
                                       .languages = {languages, 2},
                                       .push = chance(2) == 0,
                                       .offer_seconds = OFFER_S,
                                       .lease_seconds = LEASE_S,
                                       .grace_seconds = GRACE_S,
                                       .offline_park_seconds = 120,
                                       .silent_ask_seconds = 180,
                                       .silent_park_seconds = 480,
                                       .agent_capacity = 1 + (int)chance(3),
                                       .departments = world.departments,
                                       .department_count = DEPARTMENTS};
    for (int i = 0; i < DEPARTMENTS; i++) {
        world.departments[i] = (struct department){.id = department_names[i], .assign = assigns[chance(4)]};
        if (chance(2) == 0) {
            world.departments[i].hours = hours;
            world.departments[i].hour_count = 2;
        }
        if (chance(8) == 0)
            world.departments[i].holidays = (struct string_list){holidays, 1};
    }
    for (int i = 0; i < AGENTS; i++) {
        struct person *p = &world.people[i];
        p->departments = department_lists[chance(6)];
        p->languages = language_lists[chance(5)];
        p->capacity = (int)chance(4);
        p->answers = true;
        p->paused_until = 0;
    }
}

static void begin(uint64_t seed, enum sabotage sabotage)
{
    world.chance = seed * 0x9E3779B97F4A7C15u + 1;
    world.sabotage = sabotage;
    world.sabotaged = false;
    world.visitor_base += VISITORS;
    memset(world.conversations, 0, sizeof world.conversations);
    world.judge.count = 0;
    draw_settings();
    world.mono += 3600 * 1000;
    world.wall = INT64_C(1764583200000) + chance(14 * 3600) * INT64_C(1000);
    open_desk();
    for (unsigned k = chance(8); k > 0; k--)
        page_opens();
}

/* Everybody becomes reasonable: one serves all, and every visitor is there and answers. */
static void finish(void)
{
    struct person *p = &world.people[0];
    const struct ticket *tickets[JUDGE_TICKETS];
    disk_has_room();
    settle();
    for (int i = 0; i < AGENTS; i++) {
        world.people[i].answers = world.people[i].presence != PRESENCE_OFFLINE;
        while (world.people[i].pages > 0) {
            desk_agent_out(world.desk, world.people[i].id);
            world.people[i].pages--;
        }
    }
    p->departments = p->languages = "";
    p->capacity = 3;
    struct user user = user_of(p);
    desk_agent_in(world.desk, &user);
    desk_agent_presence(world.desk, p->id, PRESENCE_ONLINE);
    p->pages = 1;
    for (int round = 0; round < 120 && world.sabotage != SABOTAGE_NOBODY; round++) {
        size_t count = desk_tickets(world.desk, tickets, JUDGE_TICKETS);
        if (count == 0)
            return;
        for (size_t i = 0; i < count; i++) {
            desk_visitor_online(world.desk, tickets[i]->conversation, true);
            desk_visitor_said(world.desk, tickets[i]->conversation);
            desk_accept(world.desk, p->id, tickets[i]->id);
            desk_own(world.desk, p->id, tickets[i]->id, NULL);
            desk_close(world.desk, p->id, tickets[i]->id, NULL, NULL);
        }
        pump();
        desk_take_next(world.desk, p->id);
        seconds(9);
        pump();
    }
    for (size_t i = 0; i < world.judge.count; i++) {
        const struct judged *t = &world.judge.tickets[i];
        if (t->state != J_CLOSED)
            fault(&world.stuck, "ticket %lld is %s of %lld and stays so", (long long)t->id, judge_states[t->state],
                  (long long)t->owner);
    }
}

/* True if all was well. */
static bool world_run(uint64_t seed, enum sabotage sabotage)
{
    long before = world_faults();
    begin(seed, sabotage);
    for (int step = 0; step < STEPS; step++)
        act();
    finish();
    settle();
    desk_free(world.desk);
    world.desk = NULL;
    pump();
    return world_faults() == before;
}

#endif
