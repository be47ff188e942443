/* Judge: whether what became of tickets was fair, from what is written down of them and from nothing else.
 *
 * Good for: replaying the rows of ticket_event in their order, beside a list of who works here, what they serve and how
 * many they may hold. It knows neither the desk nor its tables: the rules are written here once more.
 * What it finds: an inversion (somebody compatible with a lower seq was in line when a higher one was assigned), a
 * double (assigned while it was not in line), an overload (more than the agent may hold), a stranger (assigned to who
 * does not serve it), a break (a step that no rule allows, or that does not begin where the last one ended). Errors:
 * counted; the first is kept in words. Limits: JUDGE_TICKETS a run. Threads: one. */
#ifndef TESTS_PROVE_JUDGE_H
#define TESTS_PROVE_JUDGE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { JUDGE_TICKETS = 512, JUDGE_STATES = 7, JUDGE_CAUSES = 18 };

static const char *const judge_states[JUDGE_STATES] = {"waiting",  "offered", "claimed", "parked",
                                                       "callback", "message", "closed"};
enum { J_WAITING, J_OFFERED, J_CLAIMED, J_PARKED, J_CALLBACK, J_MESSAGE, J_CLOSED, J_NONE };
#define J(state) (1u << (state))

/* What a step does to the owner. */
enum judge_owner { OWNER_NONE, OWNER_NEW, OWNER_SAME, OWNER_OTHER, OWNER_ANY };

/* Which steps there are. `to` = J_NONE: the state it was in; J_WAITING: where it waits, as a callback does. */
static const struct {
    const char *cause;
    unsigned from; /* 0 = it is new */
    int to;
    enum judge_owner owner;
} judge_rules[JUDGE_CAUSES] = {
    {"made", 0, J_NONE, OWNER_NONE},
    {"asked", J(J_WAITING) | J(J_PARKED), J_NONE, OWNER_NONE},
    {"taken", J(J_WAITING) | J(J_CALLBACK), J_CLAIMED, OWNER_NEW},
    {"offered", J(J_WAITING) | J(J_CALLBACK), J_OFFERED, OWNER_NEW},
    {"accepted", J(J_OFFERED), J_CLAIMED, OWNER_SAME},
    {"declined", J(J_OFFERED), J_WAITING, OWNER_NONE},
    {"visitor_gone", J(J_WAITING) | J(J_OFFERED) | J(J_CLAIMED), J_PARKED, OWNER_NONE},
    {"visitor_silent", J(J_CLAIMED), J_PARKED, OWNER_NONE},
    {"visitor_back", J(J_PARKED), J_WAITING, OWNER_NONE},
    {"lease_lost", J(J_CLAIMED), J_WAITING, OWNER_NONE},
    {"handed_back", J(J_CLAIMED), J_CLOSED, OWNER_SAME},
    {"closed", J(J_CLAIMED) | J(J_MESSAGE) | J(J_CALLBACK), J_CLOSED, OWNER_ANY},
    {"visitor", J(J_WAITING) | J(J_OFFERED) | J(J_CLAIMED) | J(J_PARKED) | J(J_CALLBACK), J_CLOSED, OWNER_SAME},
    {"night", J(J_PARKED), J_MESSAGE, OWNER_NONE},
    {"transferred", J(J_CLAIMED), J_CLAIMED, OWNER_OTHER},
    {"rerouted", J(J_CLAIMED), J_WAITING, OWNER_NONE},
    {"undelivered", J(J_CLOSED), J_MESSAGE, OWNER_ANY},
    {"owned", J(J_MESSAGE) | J(J_CALLBACK), J_NONE, OWNER_OTHER},
};
/* The one that is no row of its own: "owned" backwards. */
static const char judge_released[] = "released";

struct judge_row {
    int64_t ticket, conversation, seq, owner, owner_before;
    char state[16], before[16], cause[32], department[32], lang[16];
};

struct judged {
    int64_t id, seq, conversation, owner;
    int state;
    bool calls; /* waits as a callback */
    char department[32], lang[16];
};

/* Lists: "a,b"; "" = all. */
struct judge_agent {
    int64_t id;
    const char *departments, *languages;
    int capacity;
};

struct judge_counts {
    long rows, assignments, inversions, doubles, overloads, strangers, breaks;
    long states[JUDGE_STATES], causes[JUDGE_CAUSES + 1];
};

struct judge {
    struct judged tickets[JUDGE_TICKETS];
    size_t count;
    struct judge_agent agents[16];
    size_t agent_count;
    struct judge_counts counts;
    char first[300]; /* what was found first; "" = nothing */
    int64_t last_row;
};

static inline void __attribute__((format(printf, 3, 4)))
judge_find(struct judge *j, long *count, const char *format, ...)
{
    va_list values;
    ++*count;
    if (j->first[0] != '\0')
        return;
    va_start(values, format);
    vsnprintf(j->first, sizeof j->first, format, values);
    va_end(values);
}

static inline struct judged *judge_ticket(struct judge *j, int64_t id)
{
    for (size_t i = j->count; i-- > 0;) {
        if (j->tickets[i].id == id)
            return &j->tickets[i];
    }
    return NULL;
}

static inline const struct judge_agent *judge_who(const struct judge *j, int64_t id)
{
    for (size_t i = 0; i < j->agent_count; i++) {
        if (j->agents[i].id == id)
            return &j->agents[i];
    }
    return NULL;
}

static inline bool judge_lists(const char *list, const char *item)
{
    size_t size = strlen(item);
    if (*list == '\0')
        return true;
    for (const char *at = list; (at = strstr(at, item)) != NULL; at += size) {
        if ((at == list || at[-1] == ',') && (at[size] == ',' || at[size] == '\0'))
            return true;
    }
    return false;
}

static inline bool judge_fits(const struct judge_agent *a, const struct judged *t)
{
    return judge_lists(a->departments, t->department) && judge_lists(a->languages, t->lang);
}

static inline bool judge_in_line(const struct judged *t)
{
    return t->state == J_WAITING || (t->state == J_CALLBACK && t->owner == 0);
}

static inline int judge_load(const struct judge *j, int64_t agent)
{
    int load = 0;
    for (size_t i = 0; i < j->count; i++) {
        const struct judged *t = &j->tickets[i];
        load += t->owner == agent && (t->state == J_OFFERED || t->state == J_CLAIMED);
    }
    return load;
}

/* The one whose turn it is among those whom the agent serves; NULL = nobody waits. */
static inline const struct judged *judge_next(const struct judge *j, const struct judge_agent *a)
{
    const struct judged *next = NULL;
    for (size_t i = 0; i < j->count; i++) {
        const struct judged *t = &j->tickets[i];
        if (judge_in_line(t) && judge_fits(a, t) && (next == NULL || t->seq < next->seq))
            next = t;
    }
    return next;
}

/* Its place in its department and language; 0 = it is not in the queue. */
static inline int64_t judge_place(const struct judge *j, const struct judged *t)
{
    int64_t place = 0;
    if (!judge_in_line(t) && t->state != J_OFFERED)
        return 0;
    for (size_t i = 0; i < j->count; i++) {
        const struct judged *o = &j->tickets[i];
        place += (judge_in_line(o) || o->state == J_OFFERED) && o->seq <= t->seq && strcmp(o->lang, t->lang) == 0 &&
                 strcmp(o->department, t->department) == 0;
    }
    return place;
}

static inline int judge_state_of(const char *name)
{
    int state = 0;
    while (state < JUDGE_STATES && strcmp(judge_states[state], name) != 0)
        state++;
    return state;
}

/* How an agent closed it is the cause, where one was given; a thing of its own for the table. */
static inline int judge_cause_of(const char *name)
{
    if (strcmp(name, judge_released) == 0)
        return JUDGE_CAUSES;
    for (int c = 0; c < JUDGE_CAUSES; c++) {
        if (strcmp(judge_rules[c].cause, name) == 0)
            return c;
    }
    return -1;
}

static inline const char *judge_cause_name(int cause)
{
    return cause == JUDGE_CAUSES ? judge_released : judge_rules[cause].cause;
}

static inline bool judge_owner_right(enum judge_owner rule, const struct judge_row *r)
{
    switch (rule) {
    case OWNER_NONE:
        return r->owner == 0;
    case OWNER_NEW:
        return r->owner != 0 && r->owner_before == 0;
    case OWNER_SAME:
        return r->owner == r->owner_before;
    case OWNER_OTHER:
        return r->owner != 0 && r->owner != r->owner_before;
    default:
        return true;
    }
}

/* Whether the rules allow the step from the ticket as it is. */
static inline bool judge_allowed(const struct judged *t, const struct judge_row *r, int cause)
{
    int state = judge_state_of(r->state);
    if (cause < 0 || state == JUDGE_STATES)
        return false;
    if (cause == JUDGE_CAUSES)
        return (J(t->state) & (J(J_MESSAGE) | J(J_CALLBACK))) != 0 && state == t->state && r->owner == 0 &&
               t->owner != 0;
    unsigned from = judge_rules[cause].from;
    if (!judge_owner_right(judge_rules[cause].owner, r) || (from == 0) != (t->state == J_NONE))
        return false;
    if (from == 0)
        return state == J_WAITING || state == J_CALLBACK || state == J_MESSAGE;
    if ((from & J(t->state)) == 0)
        return false;
    if (strcmp(judge_rules[cause].cause, "asked") == 0)
        return state == J_CALLBACK || state == J_MESSAGE;
    if (strcmp(t->department, r->department) != 0 && strcmp(r->cause, "rerouted") != 0)
        return false;
    int to = judge_rules[cause].to;
    /* Who asks for a call while an agent has the ticket waits for it once it returns: of that no step is written down.
     */
    if (to == J_WAITING)
        return state == J_CALLBACK || (state == J_WAITING && !t->calls);
    return state == (to == J_NONE ? t->state : to);
}

static inline void judge_assignment(struct judge *j, const struct judged *t, int64_t owner)
{
    const struct judge_agent *a = judge_who(j, owner);
    j->counts.assignments++;
    if (!judge_in_line(t))
        judge_find(j, &j->counts.doubles, "ticket %lld was assigned to %lld while it was %s of %lld", (long long)t->id,
                   (long long)owner, judge_states[t->state], (long long)t->owner);
    if (a == NULL || !judge_fits(a, t)) {
        judge_find(j, &j->counts.strangers, "ticket %lld went to %lld, who does not serve %s in %s", (long long)t->id,
                   (long long)owner, t->department, t->lang);
        return;
    }
    const struct judged *next = judge_next(j, a);
    if (next != NULL && next->seq < t->seq)
        judge_find(j, &j->counts.inversions, "ticket %lld went to %lld while %lld was before it", (long long)t->id,
                   (long long)owner, (long long)next->id);
}

static inline void judge_step(struct judge *j, const struct judge_row *r)
{
    struct judged *t = judge_ticket(j, r->ticket);
    int cause = judge_cause_of(r->cause), state = judge_state_of(r->state);
    j->counts.rows++;
    if (t == NULL) {
        if (j->count == JUDGE_TICKETS || strcmp(r->cause, "made") != 0) {
            judge_find(j, &j->counts.breaks, "ticket %lld begins as %s", (long long)r->ticket, r->cause);
            return;
        }
        t = &j->tickets[j->count++];
        *t = (struct judged){.id = r->ticket, .seq = r->seq, .conversation = r->conversation, .state = J_NONE};
    } else if (judge_state_of(r->before) != t->state || r->owner_before != t->owner || r->seq != t->seq) {
        judge_find(j, &j->counts.breaks, "ticket %lld: %s goes on from %s of %lld, but it was %s of %lld",
                   (long long)t->id, r->cause, r->before, (long long)r->owner_before,
                   t->state < JUDGE_STATES ? judge_states[t->state] : "new", (long long)t->owner);
    }
    if (t->state != J_NONE && (strcmp(r->cause, "taken") == 0 || strcmp(r->cause, "offered") == 0))
        judge_assignment(j, t, r->owner);
    if (!judge_allowed(t, r, cause))
        judge_find(j, &j->counts.breaks, "ticket %lld: %s from %s of %lld to %s of %lld is no step", (long long)t->id,
                   r->cause, t->state < JUDGE_STATES ? judge_states[t->state] : "new", (long long)t->owner, r->state,
                   (long long)r->owner);
    if (state == JUDGE_STATES)
        return;
    j->counts.states[state]++;
    if (cause >= 0)
        j->counts.causes[cause]++;
    t->state = state;
    t->owner = r->owner;
    t->calls = t->calls || state == J_CALLBACK;
    snprintf(t->department, sizeof t->department, "%s", r->department);
    snprintf(t->lang, sizeof t->lang, "%s", r->lang);
    const struct judge_agent *a = judge_who(j, r->owner);
    bool holds = state == J_OFFERED || state == J_CLAIMED;
    if (holds && a != NULL && r->owner != r->owner_before && judge_load(j, r->owner) > a->capacity)
        judge_find(j, &j->counts.overloads, "%lld holds %d with ticket %lld, and may hold %d", (long long)r->owner,
                   judge_load(j, r->owner), (long long)t->id, a->capacity);
}

static inline void judge_copy(char *to, size_t size, sqlite3_stmt *row, int column)
{
    snprintf(to, size, "%s", (const char *)sqlite3_column_text(row, column));
}

#define JUDGE_SQL                                                                                                      \
    "SELECT e.id, e.ticket, t.conversation, t.enqueue_seq, e.owner, e.owner_before, e.state, e.before, e.cause, "      \
    "e.department, t.lang FROM ticket_event e JOIN ticket t ON t.id = e.ticket WHERE e.id > ?1 ORDER BY e.id"

/* Hears the rows that are new; `told`, if given, is called after each. `statement` is JUDGE_SQL. */
static inline void judge_read(struct judge *j, sqlite3_stmt *statement,
                              void (*told)(void *context, const struct judge_row *), void *context)
{
    sqlite3_bind_int64(statement, 1, j->last_row);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        struct judge_row r = {.ticket = sqlite3_column_int64(statement, 1),
                              .conversation = sqlite3_column_int64(statement, 2),
                              .seq = sqlite3_column_int64(statement, 3),
                              .owner = sqlite3_column_int64(statement, 4),
                              .owner_before = sqlite3_column_int64(statement, 5)};
        j->last_row = sqlite3_column_int64(statement, 0);
        judge_copy(r.state, sizeof r.state, statement, 6);
        judge_copy(r.before, sizeof r.before, statement, 7);
        judge_copy(r.cause, sizeof r.cause, statement, 8);
        judge_copy(r.department, sizeof r.department, statement, 9);
        judge_copy(r.lang, sizeof r.lang, statement, 10);
        judge_step(j, &r);
        if (told != NULL)
            told(context, &r);
    }
    sqlite3_reset(statement);
}

static inline long judge_faults(const struct judge_counts *c)
{
    return c->inversions + c->doubles + c->overloads + c->strangers + c->breaks;
}

#endif
