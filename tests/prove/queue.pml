/* The queue as a model: visitors, agents, the desk with its mirror, the store with its atomic moves, and a crash.
 *
 * What the code does by chance in tests/prove/queue.c is done here in every order there is, on a small scale: each agent
 * holds one chat, bad luck is rationed (see the budgets), and what does not matter for who gets whom is left out (texts,
 * ranges, clocks: a clock may ring whenever it could).
 * The store takes its jobs one by one, in the order in which they were sent, and answers with the row as it is then. The
 * desk decides on a mirror that may lag behind; a crash loses the mirror, the jobs that are not done and the answers.
 *
 * Never (assert): a ticket assigned that was not in line (double), one behind another whom the agent serves (inversion),
 * an agent with more than they can hold, a mirror that is wrong at the end.
 * Always: every ticket is closed at last (there is no other end, and with -DPROGRESS and weak fairness it is reached).
 * -DBROKEN: the claim trusts the desk instead of asking for the state it comes from. The model must find that. */

#ifndef VISITORS
#define VISITORS 3
#endif
#ifndef AGENTS
#define AGENTS 3
#endif
#ifndef CRASHES
#define CRASHES 1 /* of the server */
#endif
#ifndef DEATHS
#define DEATHS 1 /* browsers that die, all agents together */
#endif
#ifndef REFUSALS
#define REFUSALS 1 /* offers and transfers that are declined or run out */
#endif
#ifndef ABSENCES
#define ABSENCES 1 /* visitors who are away until they are parked */
#endif
#ifndef TRANSFERS
#define TRANSFERS 1
#endif
#ifndef LEAVERS
#define LEAVERS 1 /* visitors who close the chat themselves */
#endif
#ifndef JOBS
#define JOBS 2 /* that may be under way at a time */
#endif

#define NOBODY AGENTS

mtype = { NONE, WAITING, OFFERED, CLAIMED, PARKED, CLOSED };      /* states */
mtype = { ENQUEUE, LEAVE, OFFER, TAKE, MOVE, REFRESH };           /* jobs */

/* The last agent does not serve the first visitor: somebody is compatible with less. */
#define serves(a, t) (!((a) == AGENTS - 1 && AGENTS > 1 && (t) == 0))

/* What only a step knows is forgotten with it, or it would make states differ that are the same. */
inline forget() {
    kind = 0; from = 0; to = 0; row = 0;
    t = 0; a = 0; b = 0; k = 0; must = 0; next = 0; who = 0; did = 0
}

/* --- the store: what is committed ------------------------------------------------------------ */

mtype state[VISITORS] = NONE;
byte owner[VISITORS] = NOBODY;
byte place[VISITORS]; /* enqueue_seq */
byte places = 0;

/* job: kind, ticket, agent (who gets it or asks), from, to, owner it must have (NOBODY = any) */
chan jobs = [JOBS] of { mtype, byte, byte, mtype, mtype, byte };
/* answer: kind, ticket, agent, whether it was done, the row: state and owner; another ticket whose turn it is */
chan answers = [JOBS] of { mtype, byte, byte, bool, mtype, byte, byte };

byte holds[AGENTS]; /* offered and claimed, as committed */

inline give(T, S, W) {
    if
    :: owner[T] != NOBODY -> holds[owner[T]]--
    :: else -> skip
    fi;
    state[T] = S;
    owner[T] = W;
    if
    :: state[T] == CLOSED -> place[T] = 0 /* it matters no more */
    :: else -> skip
    fi;
    if
    :: owner[T] != NOBODY ->
        holds[owner[T]]++;
        assert(holds[owner[T]] <= 1)
    :: else -> skip
    fi
}

/* The lowest place among those who wait and whom the agent serves; VISITORS = there is none. */
inline first_for(A, FOUND) {
    FOUND = VISITORS;
    for (k : 0 .. VISITORS - 1) {
        if
        :: state[k] == WAITING && serves(A, k) && (FOUND == VISITORS || place[k] < place[FOUND]) -> FOUND = k
        :: else -> skip
        fi
    }
}

active proctype Store() {
    mtype kind, from, to, row;
    byte t, a, b, k, must, next, who, did;
end:
    do
    :: d_step { nempty(jobs) && nfull(answers) ->
        jobs ? kind, t, a, from, to, must;
        did = false;
        next = VISITORS;
        if
        :: kind == ENQUEUE ->
            state[t] = WAITING;
            place[t] = places;
            places++;
            did = true
        :: kind == LEAVE && state[t] != CLOSED ->
            give(t, CLOSED, NOBODY);
            did = true
        :: kind == OFFER || kind == TAKE ->
            first_for(a, next);
            if
#ifdef BROKEN
            :: holds[a] == 0 -> /* no word of the state it must be in, or of whose turn it is */
#else
            :: next == t && holds[a] == 0 ->
#endif
                assert(state[t] == WAITING);  /* no double */
                assert(next == t);            /* no inversion */
                if
                :: kind == OFFER -> to = OFFERED
                :: else -> to = CLAIMED
                fi;
                give(t, to, a);
                did = true
            :: else -> skip
            fi
        :: kind == MOVE && state[t] == from && (must == NOBODY || owner[t] == must) ->
            if
            :: to != CLAIMED -> a = NOBODY
            :: else -> skip
            fi;
            give(t, to, a);
            did = true
        :: else -> skip
        fi;
        answers ! kind, t, a, did, state[t], owner[t], next;
        forget()
       }
    od
}

/* --- the desk: what it believes ----------------------------------------------------------------- */

mtype seen[VISITORS] = NONE;
byte seen_owner[VISITORS] = NOBODY;
bool moving[VISITORS]; /* a job under way that would move it */
bool coming[AGENTS];   /* an assignment under way */
bool here[AGENTS];     /* its page answers */
byte handed[VISITORS] = NOBODY; /* the colleague it is offered to */
byte under_way = 0, crashes = CRASHES, deaths = DEATHS, refusals = REFUSALS, absences = ABSENCES, transfers = TRANSFERS,
     leavers = LEAVERS;
byte closed = 0;

/* Believed: whether the agent has a chat, an offer, one on the way, or one that a colleague offers. */
#define has(a, t)   (seen_owner[t] == (a) || handed[t] == (a))
#if VISITORS == 3
#define busy(a)     (coming[a] || has(a, 0) || has(a, 1) || has(a, 2))
#else
#define busy(a)     (coming[a] || has(a, 0) || has(a, 1))
#endif

inline send(KIND, T, A, FROM, TO, MUST) {
    jobs ! KIND, T, A, FROM, TO, MUST;
    under_way++
}

inline move(T, A, FROM, TO, MUST) {
    moving[T] = true;
    jobs ! MOVE, T, A, FROM, TO, MUST;
    under_way++
}

inline believe(T, S, W) {
    if
    :: seen[T] != CLOSED && S == CLOSED -> closed++
    :: else -> skip
    fi;
    if
    :: seen[T] != S || seen_owner[T] != W -> handed[T] = NOBODY
    :: else -> skip
    fi;
    seen[T] = S;
    seen_owner[T] = W
}

/* Looked up in the mirror: the first in line for the agent. */
inline choose(A, FOUND) {
    FOUND = VISITORS;
    for (k : 0 .. VISITORS - 1) {
        if
        :: seen[k] == WAITING && !moving[k] && serves(A, k) && (FOUND == VISITORS || place[k] < place[FOUND]) -> FOUND = k
        :: else -> skip
        fi
    }
}

#define room (nfull(jobs) && under_way < JOBS)

/* Each step has its own condition and none is "nothing": where none can be taken the model stands still, and if that is
 * not the end, somebody waits for ever. */
#define can_have(A, T) (seen[T] == WAITING && !moving[T] && serves(A, T))
#if VISITORS == 3
#define can_have_one(A) (can_have(A, 0) || can_have(A, 1) || can_have(A, 2))
#else
#define can_have_one(A) (can_have(A, 0) || can_have(A, 1))
#endif
#define mine(T) (seen_owner[T] != NOBODY && here[seen_owner[T]] && !moving[T])

#define VISITOR(T)                                                                                                     \
    :: atomic { room && state[T] == NONE && !moving[T] -> moving[T] = true; send(ENQUEUE, T, 0, 0, 0, NOBODY) }        \
    :: atomic { room && leavers > 0 && state[T] != NONE && state[T] != CLOSED ->                                       \
                leavers--; send(LEAVE, T, 0, 0, 0, NOBODY) }                                                           \
    :: atomic { room && absences > 0 && !moving[T] && (seen[T] == WAITING || seen[T] == OFFERED || seen[T] == CLAIMED) -> \
                absences--; move(T, 0, seen[T], PARKED, NOBODY) }                                                      \
    :: atomic { room && seen[T] == PARKED && !moving[T] -> move(T, 0, PARKED, WAITING, NOBODY) }                       \
    /* Its agent is gone for longer than the grace, or did not answer the offer. */                                    \
    :: atomic { room && seen_owner[T] != NOBODY && !here[seen_owner[T]] && !moving[T] ->                               \
                move(T, seen_owner[T], seen[T], WAITING, seen_owner[T]) }                                              \
    /* What its agent does. */                                                                                         \
    :: atomic { room && mine(T) && seen[T] == OFFERED -> move(T, seen_owner[T], OFFERED, CLAIMED, seen_owner[T]) }     \
    :: atomic { room && mine(T) && seen[T] == OFFERED && refusals > 0 ->                                               \
                refusals--; move(T, seen_owner[T], OFFERED, WAITING, seen_owner[T]) }                                  \
    :: atomic { room && mine(T) && seen[T] == CLAIMED -> move(T, seen_owner[T], CLAIMED, CLOSED, seen_owner[T]) }      \
    /* The colleague accepts, or does not. */                                                                          \
    :: atomic { room && handed[T] != NOBODY && here[handed[T]] && !moving[T] ->                                        \
                move(T, handed[T], CLAIMED, CLAIMED, seen_owner[T]) }                                                  \
    :: atomic { handed[T] != NOBODY && refusals > 0 && !moving[T] -> refusals--; handed[T] = NOBODY }

#define AGENT(A)                                                                                                       \
    :: atomic { !here[A] && closed < VISITORS -> here[A] = true }                                                      \
    :: atomic { here[A] && deaths > 0 -> deaths--; here[A] = false; end_handovers(A) }                                 \
    /* Pushed or taken, decided on the mirror. */                                                                      \
    :: atomic { room && here[A] && !busy(A) && can_have_one(A) ->                                                      \
                choose(A, next); moving[next] = true; coming[A] = true;                                                \
                if                                                                                                     \
                :: send(OFFER, next, A, 0, 0, NOBODY)                                                                  \
                :: send(TAKE, next, A, 0, 0, NOBODY)                                                                   \
                fi;                                                                                                    \
                forget() }

#define PAIR(T, B)                                                                                                     \
    :: atomic { transfers > 0 && mine(T) && seen[T] == CLAIMED && handed[T] == NOBODY && seen_owner[T] != B &&         \
                here[B] && serves(B, T) && !busy(B) -> transfers--; handed[T] = B }

inline end_handovers(A) {
    for (k : 0 .. VISITORS - 1) {
        if
        :: handed[k] == A || (handed[k] != NOBODY && seen_owner[k] == A) -> handed[k] = NOBODY
        :: else -> skip
        fi
    }
    k = 0
}

active proctype Desk() {
    mtype kind, from, to, row;
    byte t, a, b, k, must, next, who, did;
    do
    :: atomic { answers ? kind, t, a, did, row, who, next ->
        under_way--;
        if
        :: kind != LEAVE && kind != REFRESH -> moving[t] = false
        :: else -> skip
        fi;
        if
        :: kind == OFFER || kind == TAKE -> coming[a] = false
        :: else -> skip
        fi;
        believe(t, row, who);
        if
        :: (kind == OFFER || kind == TAKE) && !did && next != VISITORS && next != t -> /* it was not known whose turn it is */
            send(REFRESH, next, 0, 0, 0, NOBODY)
        :: else -> skip
        fi;
        forget()
       }
    VISITOR(0)
    VISITOR(1)
#if VISITORS == 3
    VISITOR(2)
#endif
    AGENT(0)
    AGENT(1)
    PAIR(0, 0) PAIR(0, 1) PAIR(1, 0) PAIR(1, 1)
#if AGENTS == 3
    AGENT(2)
    PAIR(0, 2) PAIR(1, 2)
#endif
#if AGENTS == 3 && VISITORS == 3
    PAIR(2, 0) PAIR(2, 1) PAIR(2, 2)
#endif
    /* The server dies: what is not committed is lost, what was believed is forgotten and read again. */
    :: atomic { crashes > 0 && closed < VISITORS ->
        crashes--;
        do
        :: nempty(jobs) -> jobs ? _, _, _, _, _, _
        :: empty(jobs) -> break
        od;
        do
        :: nempty(answers) -> answers ? _, _, _, _, _, _, _
        :: empty(answers) -> break
        od;
        under_way = 0;
        closed = 0;
        for (k : 0 .. VISITORS - 1) {
            seen[k] = state[k];
            seen_owner[k] = owner[k];
            moving[k] = false;
            handed[k] = NOBODY;
            if
            :: state[k] == CLOSED -> closed++
            :: else -> skip
            fi
        }
        for (k : 0 .. AGENTS - 1) {
            coming[k] = false;
            here[k] = false
        }
        forget()
       }
    /* All is over and quiet: then the mirror is what is committed. */
    :: atomic { under_way == 0 && closed == VISITORS ->
        for (k : 0 .. VISITORS - 1) {
            assert(seen[k] == CLOSED && state[k] == CLOSED && owner[k] == NOBODY)
        }
        forget();
        break
       }
    od
}

#ifdef PROGRESS
ltl all_are_served { <> (closed == VISITORS) }
#endif
