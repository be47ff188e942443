/* Room: what the desk knows, and the steps its files do for each other. For the files of desk/ only.
 *
 * A seat is the mirror of one open ticket; it is made, changed and dropped only from answers of
 * the store, which come in the order of their commits. A lane is a pair of department and
 * language; positions are counted within it. A pace is a department's handling time.
 * Everything belongs to the struct desk. */
#ifndef DESK_ROOM_H
#define DESK_ROOM_H

#include "base/map.h"
#include "desk/desk.h"
#include "desk/zone.h"

enum { ROOM_TICKETS_MAX = STORE_LIST_MAX, ROOM_LANES_MAX = 4096, ROOM_AGENTS_MAX = 10000, ROOM_HANDLED_SAMPLES = 50 };

struct pace {
    char *department;
    size_t samples;
    double mean_seconds;
};

struct lane {
    char *department, *lang;
    struct pace *pace;
    size_t index;
    size_t queued;     /* seats in the queue */
    int slots, online; /* capacities and number of the compatible agents, and closing time: of the last telling */
    int64_t closing_ms;
    uint64_t barren;               /* the pass in which nobody was found for it */
    bool pushes;                   /* in this pass: its tickets are offered */
    struct seat *held, *held_last; /* in this pass, where they are not: those passed by, in order */
};

/* An offer of a claimed chat to a colleague. */
struct handover {
    int64_t from, to; /* users; 0 = there is none */
    int64_t ends_ms;
    char *note;
    bool accepted; /* the move is under way */
};

struct seat {
    struct ticket ticket;
    char *strings; /* the ticket's */
    struct lane *lane;
    struct seat *sibling; /* the next ticket of the same conversation */
    struct seat *behind;  /* of the lane's held ones, the next */
    int moving;           /* jobs under way that would move it */
    bool online;
    int64_t offline_ms;           /* since then, if not online */
    int64_t said_ms, answered_ms; /* the visitor's and the agent's last word, or the claim */
    bool asked;                   /* whether the silent visitor is still there */
    int64_t offer_ends_ms;        /* while offered */
    struct handover handover;     /* while claimed */
    int64_t night_ms;             /* while parked: wall clock at which it becomes a message */
    int64_t told_position;        /* what the listener knows; -1 = nothing */
    int told_low, told_high;      /* minutes; -1 = no range */
    int told_hope;                /* bits: open, somebody online, beyond closing */
};

struct agent {
    int64_t id;
    char *name, *departments, *languages; /* lists as one string, split by NULs; count 0 = all */
    const char **department_items, **language_items;
    size_t department_count, language_count;
    int capacity; /* 0 = the setting's */
    int pages;
    enum presence presence; /* chosen */
    int64_t alive_ms, lost_ms, paused_ms, idle_ms;
    bool lost;
    int offers, chats; /* tickets of theirs, offered and claimed */
    int coming;        /* assignments under way */
    int handed;        /* colleagues' chats they may accept */
    bool wants;        /* asked for the next one */
    int64_t wants_order;
    signed char *serves; /* per lane index: 0 = not known yet, 1 = yes, -1 = no */
    size_t serves_room;
};

struct refresh;

struct desk {
    struct store *store;
    const struct clock *clock;
    const struct settings *settings;
    struct desk_words words;
    struct desk_listener listener;
    struct zone *zone;
    size_t under_way; /* jobs whose answer is still to come */
    bool freed;       /* by its owner; goes with the last answer */
    bool loading, loaded;

    struct seat **seats; /* by enqueue_seq */
    size_t seat_count, seat_room;
    struct map *by_id, *by_conversation;

    struct map *lane_map, *pace_map;
    struct lane **lanes;
    size_t lane_count;
    struct pace **paces;
    size_t pace_count;

    struct agent **agents; /* by id */
    size_t agent_count;
    int64_t wants_last;

    struct refresh *refreshes;
    uint64_t pass;
    bool places_changed; /* positions are to be asked for */
    bool ranges_changed; /* ranges are to be told again */
    int64_t told_ms;     /* when they were */
    bool asking_positions;
    bool deciding;
};

int64_t room_now(const struct desk *);
int64_t room_wall(const struct desk *);
/* Submits a job whose `context` is the desk and counts it; -1 = the queue is full, the job is freed. */
int room_submit(struct desk *, struct store_job *);
/* At the beginning of each `done`: false = the desk is gone, the job is freed, do nothing. */
bool room_answered(struct store_job *);

/* lanes.c */
struct lane *lane_of(struct desk *, const char *department, const char *lang);
/* The settings' department of that id, else the default one. */
const struct department *lane_department(const struct desk *, const char *department);
/* How many slots the compatible agents who take chats have, and how many they are. */
int lane_slots(struct desk *, const struct lane *, int *ret_online);
/* Asks for the department's handling times. */
int pace_ask(struct desk *, struct pace *);
/* Asks for those of every department of the settings. */
void paces_ask(struct desk *);
void lanes_free(struct desk *);

/* seats.c */
struct seat *seat_find(const struct desk *, int64_t ticket);
/* Best of a conversation: one that is not a message, else the newest. */
struct seat *seat_of(const struct desk *, int64_t conversation);
/* Makes the mirror say what the store said. NULL without memory, or where the ticket is closed (then
 * the seat is gone). *ret_new may be NULL. */
struct seat *seat_apply(struct desk *, const struct ticket *, bool *ret_new);
void seat_drop(struct desk *, struct seat *);
bool seat_queued(const struct seat *);
/* Waits for its turn: somebody may be given it. */
bool seat_in_line(const struct seat *);
void seats_free(struct desk *);

/* agents.c */
struct agent *agent_find(const struct desk *, int64_t user);
/* Makes one who is out of reach, for the owner of a ticket found at start. */
struct agent *agent_expected(struct desk *, int64_t user, const char *name);
enum presence agent_presence(const struct agent *);
bool agent_takes(const struct agent *);
int agent_capacity(const struct desk *, const struct agent *);
int agent_room(const struct desk *, const struct agent *);
bool agent_serves(struct agent *, const struct lane *);
bool agent_speaks(const struct agent *, const char *department, const char *lang);
void agent_drop(struct desk *, struct agent *);
void agents_changed(struct desk *);
void agents_tick(struct desk *);
void agents_free(struct desk *);

/* submit.c */
/* Starts a move by the table. `user` = the agent who asked for it (told when it fails), 0 = a clock. */
void submit_move(struct desk *, struct seat *, enum desk_cause, int64_t user, const char *note, const char *cid);
void submit_refused(struct desk *, int64_t user, int64_t ticket, const char *why, const char *cid);
/* The same with a department it goes to. */
void submit_reroute(struct desk *, struct seat *, int64_t user, const char *department, const char *note,
                    const char *cid);

/* transfer.c */
/* Ends the offer to a colleague, if there is one, and tells what came of it: see desk_listener.transferred. */
void transfer_end(struct desk *, struct seat *, int value);
/* Ends what the agent was offered (as theirs) or offers (as the giver's). */
void transfers_end_to(struct desk *, const struct agent *);
void transfers_end_from(struct desk *, const struct agent *);
/* Tells again what the agent is offered still. */
void transfers_tell(struct desk *, const struct agent *);
void transfer_tick(struct desk *, struct seat *);

/* assign.c */
/* Gives out what can be given out now. */
void assign_work(struct desk *);

/* positions.c */
void positions_tell(struct desk *, struct seat *);
void positions_tick(struct desk *);

/* visitors.c */
/* Reads the ticket `id`, or the tickets of a conversation, anew. */
void visitors_refresh(struct desk *, int64_t conversation, int64_t id);
/* Drops the seat and tells that the visitor closed it. */
void visitors_left(struct desk *, struct seat *);
/* Of a parked ticket: whether its visitor has returned, and the move that follows. */
bool visitors_is_back(const struct seat *);
void visitors_bring_back(struct desk *, struct seat *);

#endif
