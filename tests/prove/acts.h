/* Acts: what visitors, agents, time, the disk and the machine do in a run of the world. One table; a run draws from it.
 */
#ifndef TESTS_PROVE_ACTS_H
#define TESTS_PROVE_ACTS_H

#include "prove/world.h"
#include "store/delivery.h"

static const char *const department_names[DEPARTMENTS] = {"shop", "repairs", "courses"};
static const char *const language_names[2] = {"it", "en"};
static const char *const department_lists[] = {"", "", "shop", "repairs", "shop,courses", "repairs,courses"};
static const char *const language_lists[] = {"", "", "it", "en", "it,en"};

/* --- visitors -------------------------------------------------------------------------------------- */

static size_t open_tickets(void)
{
    size_t open = 0;
    for (size_t i = 0; i < world.judge.count; i++)
        open += world.judge.tickets[i].state != J_CLOSED;
    return open;
}

static void turn_answered(struct store_job *job)
{
    const struct store_turn *t = (const struct store_turn *)job;
    if (job->result == STORE_OK) {
        world.conversations[job->tag] = t->close_ticket ? 0 : t->conversation;
        if (world.desk != NULL)
            desk_enqueued(world.desk, t->conversation);
    }
    store_job_free(job);
}

static struct store_turn *turn_of(unsigned visitor)
{
    struct store_turn *t = store_job_new(&store_turn_kind, sizeof *t, turn_answered, NULL);
    int number = world.visitor_base + (int)visitor;
    if (t == NULL)
        die("no memory");
    memcpy(t->token_hash, &number, sizeof number);
    t->token_hash[TOKEN_HASH_BYTES - 1] = 1;
    t->job.tag = visitor;
    t->if_who = -1;
    t->events = arena_array(t->job.arena, 1, sizeof *t->events);
    t->events[0] = (struct event){.from = FROM_VISITOR, .body = "{}", .body_size = 2};
    t->event_count = 1;
    return t;
}

static void submit_turn(struct store_turn *t)
{
    if (store_submit(world.store, &t->job) != 0)
        store_job_free(&t->job);
}

static void visitor_asks(void)
{
    static const enum ticket_state states[] = {TICKET_WAITING, TICKET_WAITING,  TICKET_WAITING,
                                               TICKET_WAITING, TICKET_CALLBACK, TICKET_MESSAGE};
    if (open_tickets() >= OPEN_MAX || world.judge.count + VISITORS * 4 >= JUDGE_TICKETS)
        return;
    struct store_turn *t = turn_of(chance(VISITORS));
    struct ticket_new *ticket = arena_alloc(t->job.arena, sizeof *ticket);
    ticket->state = states[chance(6)];
    ticket->department = department_names[chance(DEPARTMENTS)];
    ticket->lang = language_names[chance(2)];
    ticket->question = "where is my order";
    t->ticket = ticket;
    t->who = STORE_WHO_WAITING;
    submit_turn(t);
}

static void visitor_leaves(void)
{
    unsigned visitor = chance(VISITORS);
    if (world.conversations[visitor] == 0)
        return;
    struct store_turn *t = turn_of(visitor);
    t->close_ticket = true;
    t->who = STORE_WHO_CLOSED;
    submit_turn(t);
}

static void visitor_goes(void)
{
    desk_visitor_online(world.desk, world.conversations[chance(VISITORS)], false);
}

static void visitor_comes(void)
{
    desk_visitor_online(world.desk, world.conversations[chance(VISITORS)], true);
}

static void visitor_says(void)
{
    desk_visitor_said(world.desk, world.conversations[chance(VISITORS)]);
}

static void agent_says(void)
{
    desk_agent_said(world.desk, world.conversations[chance(VISITORS)]);
}

/* --- agents ------------------------------------------------------------------------------------------ */

/* Somebody who has a page and can do something with it; NULL = the one drawn has not. */
static struct person *actor(void)
{
    struct person *p = &world.people[chance(AGENTS)];
    if (p->pages == 0 || !p->answers)
        return NULL;
    desk_agent_alive(world.desk, p->id);
    return p;
}

/* Who does something to a ticket: mostly the owner of one in those states, sometimes anybody to any. */
struct deed {
    struct person *who; /* NULL = there is none */
    int64_t ticket;
};

static struct deed draw(unsigned states, bool nobodys)
{
    struct deed deed = {NULL, 0};
    unsigned seen = 0;
    bool any = chance(8) == 0;
    for (size_t i = 0; i < world.judge.count; i++) {
        const struct judged *t = &world.judge.tickets[i];
        struct person *owner = person_of(t->owner);
        bool can = owner != NULL && owner->pages > 0 && owner->answers;
        bool fits = (states & J(t->state)) != 0 && (nobodys ? t->owner == 0 : can);
        if ((any || fits) && chance(++seen) == 0)
            deed = (struct deed){nobodys ? NULL : owner, t->id};
    }
    if (deed.ticket == 0)
        return deed;
    if (any || nobodys || deed.who == NULL)
        deed.who = actor();
    else
        desk_agent_alive(world.desk, deed.who->id);
    return deed;
}

static struct user user_of(const struct person *p)
{
    return (struct user){.id = p->id,
                         .name = "somebody",
                         .role = "agent",
                         .departments = p->departments,
                         .languages = p->languages,
                         .capacity = p->capacity};
}

static void page_opens(void)
{
    struct person *p = &world.people[chance(AGENTS)];
    struct user user = user_of(p);
    if (p->pages >= 2)
        return;
    p->answers = true;
    p->pages++;
    desk_agent_in(world.desk, &user);
    p->presence = desk_presence_of(world.desk, p->id);
}

static void page_closes(void)
{
    struct person *p = &world.people[chance(AGENTS)];
    if (p->pages == 0)
        return;
    desk_agent_out(world.desk, p->id);
    p->pages--;
}

/* Killed, asleep, or the cable is out: the pages are there and answer nothing. */
static void browser_dies(void)
{
    world.people[chance(AGENTS)].answers = false;
}

static void browser_wakes(void)
{
    world.people[chance(AGENTS)].answers = true;
}

static void presence_changes(void)
{
    struct person *p = actor();
    if (p == NULL)
        return;
    p->presence = chance(3) == 0 ? (enum presence)(2 + chance(2)) : PRESENCE_ONLINE;
    desk_agent_presence(world.desk, p->id, p->presence);
}

/* Only while nothing is under way, so that it is certain which rule an assignment was made by. */
static void person_changes(void)
{
    struct person *p = &world.people[chance(AGENTS)];
    settle();
    p->departments = department_lists[chance(6)];
    p->languages = language_lists[chance(5)];
    p->capacity = (int)chance(4);
    struct user user = user_of(p);
    judge_now();
    desk_agent_changed(world.desk, &user);
}

static void takes_next(void)
{
    struct person *p = actor();
    if (p != NULL)
        desk_take_next(world.desk, p->id);
}

/* The same when nothing is under way: then who has room gets exactly the one whose turn it is. */
static void takes_the_first(void)
{
    struct person *p = actor();
    settle();
    if (p == NULL || !has_room(p))
        return;
    const struct judged *next = judge_next(&world.judge, judge_who(&world.judge, p->id));
    int64_t id = next != NULL ? next->id : 0;
    desk_take_next(world.desk, p->id);
    pump();
    next = id != 0 ? judge_ticket(&world.judge, id) : NULL;
    if (next != NULL && (next->owner != p->id || next->state != J_CLAIMED))
        fault(&world.idle, "%lld has room and was not given ticket %lld", (long long)p->id, (long long)id);
}

static void accepts(void)
{
    struct deed d = draw(J(J_OFFERED), false);
    if (d.who != NULL)
        desk_accept(world.desk, d.who->id, d.ticket);
}

static void declines(void)
{
    struct deed d = draw(J(J_OFFERED), false);
    if (d.who != NULL)
        desk_decline(world.desk, d.who->id, d.ticket);
}

static void closes(void)
{
    struct deed d = draw(J(J_CLAIMED) | J(J_MESSAGE) | J(J_CALLBACK), chance(4) == 0);
    if (d.who != NULL)
        desk_close(world.desk, d.who->id, d.ticket, NULL, NULL);
}

static void hands_back(void)
{
    struct deed d = draw(J(J_CLAIMED), false);
    if (d.who != NULL)
        desk_hand_back(world.desk, d.who->id, d.ticket, NULL, NULL);
}

static void transfers(void)
{
    struct deed d = draw(J(J_CLAIMED), false);
    const struct person *to = &world.people[chance(AGENTS)];
    for (int i = 0; i < 3 && (to == d.who || to->pages == 0 || !to->answers); i++)
        to = &world.people[chance(AGENTS)];
    if (d.who != NULL)
        desk_transfer(world.desk, d.who->id, d.ticket, to->id, "note", NULL);
}

/* Answers what it is offered; or, sometimes, what it is not. */
static void answers_transfer(void)
{
    struct desk_handover h;
    bool any = chance(30) == 0;
    for (size_t i = 0; i < world.judge.count; i++) {
        int64_t id = world.judge.tickets[i].id;
        bool offered = desk_handover_of(world.desk, id, &h);
        struct person *p = offered ? person_of(h.to) : any ? actor() : NULL;
        if (p == NULL || p->pages == 0 || !p->answers)
            continue;
        desk_agent_alive(world.desk, p->id);
        desk_transfer_answer(world.desk, p->id, id, chance(4) > 0, NULL);
        return;
    }
}

static void reroutes(void)
{
    struct deed d = draw(J(J_CLAIMED), false);
    if (d.who != NULL)
        desk_reroute(world.desk, d.who->id, d.ticket, department_names[chance(DEPARTMENTS)], NULL, NULL);
}

static void owns(void)
{
    struct deed d = draw(J(J_MESSAGE) | J(J_CALLBACK), chance(6) > 0);
    if (d.who != NULL)
        desk_own(world.desk, d.who->id, d.ticket, NULL);
}

static void releases(void)
{
    struct deed d = draw(J(J_MESSAGE) | J(J_CALLBACK), false);
    if (d.who != NULL)
        desk_release(world.desk, d.who->id, d.ticket, NULL);
}

/* --- answers by e-mail ----------------------------------------------------------------------------- */

static void answer_stored(struct store_job *job)
{
    const struct store_reply *r = (const struct store_reply *)job;
    if (job->result == STORE_OK && world.desk != NULL)
        desk_ticket_changed(world.desk, &r->ticket);
    store_job_free(job);
}

/* Whose message it is writes a letter; most close it before they know what becomes of that. */
static void answers_by_mail(void)
{
    settle();
    struct deed d = draw(J(J_MESSAGE), false);
    const struct judged *t = d.who != NULL ? judge_ticket(&world.judge, d.ticket) : NULL;
    if (t == NULL || t->state != J_MESSAGE || t->owner != d.who->id)
        return;
    struct store_reply *r = store_job_new(&store_reply_kind, sizeof *r, answer_stored, NULL);
    struct delivery_new *letter = r != NULL ? arena_alloc(r->job.arena, sizeof *letter) : NULL;
    if (letter == NULL)
        die("no memory");
    *letter = (struct delivery_new){.kind = "mail",
                                    .target = "a@b",
                                    .ref = arena_printf(r->job.arena, "reply:%u", chance(1u << 30)),
                                    .ticket = t->id,
                                    .body = ""};
    r->ticket_id = t->id;
    r->from = 1u << TICKET_MESSAGE;
    r->owner_is = r->owner = d.who->id;
    r->delivery = letter;
    if (store_submit(world.store, &r->job) != 0)
        store_job_free(&r->job);
    if (chance(4) > 0)
        desk_close(world.desk, d.who->id, t->id, NULL, NULL);
}

/* The newest ones are of this run, and one of them is drawn. */
static void letter_is_given_up(void)
{
    struct store_deliveries *l = store_job_new(&store_deliveries_kind, sizeof *l, nothing_done, NULL);
    if (l == NULL)
        die("no memory");
    l->states = 1u << DELIVERY_WAITING;
    l->limit = 1 + chance(5);
    store_run(world.store, &l->job);
    const struct delivery *last = l->job.result == STORE_OK && l->count > 0 ? &l->rows[l->count - 1] : NULL;
    if (last != NULL && judge_ticket(&world.judge, last->ticket) != NULL)
        desk_undelivered(world.desk, &(struct desk_undelivered){last->id, "550", "it did not arrive"});
    store_job_free(&l->job);
}

/* --- time, disk, machine ----------------------------------------------------------------------------- */

static void a_while(void)
{
    seconds(1 + (int)chance(40));
    pump();
}

static void a_long_while(void)
{
    seconds(100 + (int)chance(500));
    pump();
}

/* The machine slept: nobody answered anything meanwhile. */
static void sleeps(void)
{
    int ms = (int)chance(600) * 1000;
    world.mono += ms;
    world.wall += ms;
    desk_tick(world.desk);
}

static void wall_clock_jumps(void)
{
    world.wall += ((int64_t)chance(2 * 26 * 3600) - 26 * 3600) * 1000;
}

static void disk_fills(void)
{
    if (!world.full)
        world.refusals++;
    disk_is_full(true);
}

static void disk_has_room(void)
{
    if (world.full)
        disk_is_full(false);
}

/* What was under way is committed, or lost with the rest of the memory. */
static void machine_dies(void)
{
    desk_free(world.desk);
    world.desk = NULL;
    if (!world.full && chance(2) == 0)
        disk_is_full(true);
    while (store_pump(world.store) > 0)
        continue;
    disk_is_full(false);
    judge_now();
    world.crashes++;
    open_desk();
}

/* What must be found: past the desk, somebody is given the one who stands second; or a chat is taken twice. */
static void wrong(void)
{
    const struct judged *first = NULL, *second = NULL;
    if (world.sabotage == SABOTAGE_NONE || world.sabotaged)
        return;
    settle();
    for (size_t i = 0; i < world.judge.count; i++) {
        const struct judged *t = &world.judge.tickets[i];
        if (world.sabotage == SABOTAGE_TWICE ? t->state == J_CLAIMED && t->owner != world.people[0].id
                                             : judge_in_line(t)) {
            second = first;
            first = t;
        }
    }
    const struct judged *t =
        world.sabotage == SABOTAGE_TWICE || second == NULL || first->seq > second->seq ? first : second;
    if (t == NULL || world.sabotage == SABOTAGE_NOBODY || (world.sabotage == SABOTAGE_SECOND && second == NULL))
        return;
    struct store_move *m = store_job_new(&store_move_kind, sizeof *m, nothing_done, NULL);
    m->ticket_id = t->id;
    m->from = (1u << TICKET_STATES) - 1;
    m->to = TICKET_CLAIMED;
    m->owner = world.people[0].id;
    m->cause = "taken";
    m->who = -1;
    world.people[0].departments = world.people[0].languages = "";
    store_run(world.store, &m->job);
    store_job_free(&m->job);
    world.sabotaged = true;
    judge_now();
}

static const struct {
    void (*act)(void);
    unsigned weight;
} acts[] = {
    {visitor_asks, 26},
    {visitor_leaves, 3},
    {visitor_goes, 7},
    {visitor_comes, 5},
    {visitor_says, 4},
    {agent_says, 3},
    {page_opens, 9},
    {page_closes, 2},
    {browser_dies, 2},
    {browser_wakes, 3},
    {presence_changes, 5},
    {person_changes, 1},
    {takes_next, 14},
    {takes_the_first, 2},
    {accepts, 9},
    {declines, 3},
    {closes, 8},
    {answers_by_mail, 3},
    {letter_is_given_up, 3},
    {hands_back, 2},
    {transfers, 12},
    {answers_transfer, 10},
    {reroutes, 5},
    {owns, 3},
    {releases, 4},
    {a_while, 12},
    {a_long_while, 2},
    {sleeps, 1},
    {wall_clock_jumps, 1},
    {disk_fills, 1},
    {disk_has_room, 4},
    {machine_dies, 1},
    {pump, 18},
    {settle, 3},
    {wrong, 2},
};
enum { ACTS = sizeof acts / sizeof *acts };

static void act(void)
{
    unsigned sum = 0, i = 0;
    for (int k = 0; k < ACTS; k++)
        sum += acts[k].weight;
    unsigned at = chance(sum);
    while (at >= acts[i].weight)
        at -= acts[i++].weight;
    acts[i].act();
}

#endif
