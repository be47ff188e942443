/* Every frame of an agent's page × everybody who may send it × every state of a ticket: one table says what may be, the
 * hall is asked for each, and what may not be changes nothing and tells the visitor nothing. */
#include "counter_test.h"

enum { TICKET = 1001 };

/* States by letter:
 *   w waiting · o offered to Anna · c Anna's chat · h Anna's chat, offered to Bruno · p parked · k callback · K Anna's
 *   callback · m message · M Anna's message · x closed by Anna · - there is no such ticket */
#define STATES "wochpkKmMx-"
#define OPEN   "wochpkKmM"

enum { OWNER, COLLEAGUE, STRANGER, EDITOR, ADMIN, ROLES };
static const uint64_t clients[ROLES] = {ANNA, BRUNO, CARLA, EDO, ADA};
static const char *const role_names[ROLES] = {"owner", "colleague", "stranger", "editor", "admin"};

static const struct row {
    const char *name;
    struct frame frame;
    const char *ok[ROLES]; /* in which states it may be */
    const char *otherwise; /* the code for all else; editors get `forbidden` */
} rows[] = {
    {"hello", {.kind = FRAME_DESK_HELLO, .lang = "it"}, {"", "", "", "", ""}, "wrong_order"},
    {"presence", {.kind = FRAME_DESK_PRESENCE, .state = "no_more"}, {STATES, STATES, STATES, "", STATES}, NULL},
    {"next", {.kind = FRAME_DESK_NEXT}, {"wk", "wk", "", "", ""}, "nothing_waits"},
    {"accept", {.kind = FRAME_DESK_ACCEPT}, {"o", "", "", "", ""}, "not_yours"},
    {"decline", {.kind = FRAME_DESK_DECLINE}, {"o", "", "", "", ""}, "not_yours"},
    {"open", {.kind = FRAME_DESK_OPEN}, {OPEN, OPEN, "", "", OPEN}, "not_found"},
    {"say", {.kind = FRAME_DESK_SAY, .cid = "c1", .text = "ciao"}, {"ch", "", "", "", ""}, "not_yours"},
    {"typing", {.kind = FRAME_DESK_TYPING}, {OPEN, OPEN, "", "", OPEN}, "not_found"},
    {"back", {.kind = FRAME_DESK_BACK, .cid = "c1", .note = "nota"}, {"ch", "", "", "", ""}, "not_yours"},
    {"close", {.kind = FRAME_DESK_CLOSE, .cid = "c1"}, {"chkKmM", "km", "", "", "km"}, "not_yours"},
    {"note",
     {.kind = FRAME_DESK_NOTE, .cid = "c1", .text = "nota"},
     {OPEN "x", OPEN "x", "", "", OPEN "x"},
     "not_found"},
    {"tags", {.kind = FRAME_DESK_TAGS, .cid = "c1", .text = "reso"}, {OPEN, OPEN, "", "", OPEN}, "not_found"},
    {"transfer", {.kind = FRAME_DESK_TRANSFER, .cid = "c1", .user = 2}, {"ch", "", "", "", ""}, "not_yours"},
    {"transfer to a department",
     {.kind = FRAME_DESK_TRANSFER, .cid = "c1", .department = "ordini", .text = "nota"},
     {"ch", "", "", "", ""},
     "not_yours"},
    {"transfer_answer", {.kind = FRAME_DESK_TRANSFER_ANSWER, .value = 1}, {"", "h", "", "", ""}, "not_yours"},
    {"transfer_answer: no", {.kind = FRAME_DESK_TRANSFER_ANSWER, .value = -1}, {"", "h", "", "", ""}, "not_yours"},
    {"invite", {.kind = FRAME_DESK_INVITE, .user = 3}, {OPEN, OPEN, "", "", OPEN}, "not_found"},
    /* The admin of this desk is of another department: sees all, serves that one. */
    {"own", {.kind = FRAME_DESK_OWN, .value = 1}, {"kKmM", "km", "", "", ""}, "not_yours"},
    {"own: give back", {.kind = FRAME_DESK_OWN, .value = -1}, {"KM", "", "", "", ""}, "not_yours"},
    {"due", {.kind = FRAME_DESK_DUE, .at = 1700000000000}, {"kKmM", "km", "", "", "km"}, "not_yours"},
    {"reply", {.kind = FRAME_DESK_REPLY, .cid = "c1", .text = "sì"}, {"mM", "m", "", "", "m"}, "not_yours"},
    {"look", {.kind = FRAME_DESK_LOOK}, {OPEN, OPEN, "", "", OPEN}, "not_found"},
};

static int reply_later(void *context, const struct hall_reply *reply)
{
    (void)context;
    assert_int_equal(reply->ticket->state, TICKET_MESSAGE);
    return 0;
}

/* Brings the one ticket there is into a state. */
static void bring(struct fixture *f, char state)
{
    const struct hall_replier replier = {NULL, reply_later, NULL};
    hall_reply_with(f->hall, &replier);
    if (state == 'o') {
        desk(f, BRUNO, (struct frame){.kind = FRAME_DESK_PRESENCE, .state = "away"});
        desk(f, ADA, (struct frame){.kind = FRAME_DESK_PRESENCE, .state = "away"});
    }
    if (state == '-')
        return;
    if (strchr("kK", state) != NULL)
        counter_leave(f, VISITOR, FRAME_CALLBACK);
    else if (strchr("mM", state) != NULL)
        counter_leave(f, VISITOR, FRAME_MESSAGE);
    else
        counter_human(f, VISITOR);
    if (strchr("chx", state) != NULL)
        desk(f, ANNA, (struct frame){.kind = FRAME_DESK_NEXT});
    if (state == 'h')
        desk(f, ANNA, (struct frame){.kind = FRAME_DESK_TRANSFER, .cid = "t0", .ticket = TICKET, .user = 2});
    if (state == 'x')
        desk(f, ANNA, (struct frame){.kind = FRAME_DESK_CLOSE, .cid = "x0", .ticket = TICKET});
    if (strchr("KM", state) != NULL)
        desk(f, ANNA, (struct frame){.kind = FRAME_DESK_OWN, .ticket = TICKET, .value = 1});
    if (state == 'p') {
        hall_visitor_gone(f->hall, VISITOR);
        for (int i = 0; i < 125; i++) {
            pass_seconds(f, 1);
            for (int k = 0; k < ROLES; k++)
                hall_agent_alive(f->hall, clients[k]);
        }
    }
}

/* All that a frame may change of a ticket, as one text. */
static void picture(struct fixture *f, char *ret, size_t room)
{
    struct store_ticket *job = counter_row(f, TICKET);
    const struct ticket *t = job->tickets;
    *ret = '\0';
    if (job->count > 0)
        snprintf(ret, room, "%s of %lld in %s, %lld notes, tags %s, due %lld, invited %s, seq %lld",
                 ticket_state_name(t->state), (long long)t->owner, t->department, (long long)t->notes, t->tags,
                 (long long)t->due_ms, t->invited, (long long)t->last_seq);
    store_job_free(&job->job);
}

static void check_state(const struct fixture *f, char state, const char *row)
{
    static const struct {
        char letter;
        const char *begins;
    } begins[] = {{'w', "waiting of 0"},
                  {'o', "offered of 1"},
                  {'c', "claimed of 1"},
                  {'h', "claimed of 1"},
                  {'p', "parked of 0"},
                  {'k', "callback of 0"},
                  {'K', "callback of 1"},
                  {'m', "message of 0"},
                  {'M', "message of 1"},
                  {'x', "closed of 1"},
                  {'-', ""}};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        if (begins[i].letter == state && strncmp(row, begins[i].begins, strlen(begins[i].begins)) != 0) {
            show(f, 0);
            fail_msg("state %c was not reached: %s", state, row);
        }
    }
}

static struct fixture *prepared(char state)
{
    struct fixture *f = calloc(1, sizeof *f);
    char row[600];
    counter_open_hall(f, state == 'o');
    bring(f, state);
    picture(f, row, sizeof row);
    check_state(f, state, row);
    return f;
}

static void put_away(struct fixture *f)
{
    void *state = f;
    hall_test_tear_down(&state);
}

static const char *expected_code(const struct row *row, int role, char state)
{
    if (row->frame.kind == FRAME_DESK_HELLO)
        return row->otherwise;
    if (role == EDITOR)
        return "forbidden";
    return strchr(row->ok[role], state) != NULL ? NULL : row->otherwise;
}

/* True if it was done: then the state is another one. */
static bool check_cell(struct fixture *f, const struct row *row, int role, char state)
{
    const char *code = expected_code(row, role, state);
    char before[600], after[600], wanted[64] = "\"type\":\"error\"";
    struct frame frame = row->frame;
    size_t from = f->count;
    frame.ticket = TICKET;
    picture(f, before, sizeof before);
    desk(f, clients[role], frame);
    picture(f, after, sizeof after);
    if (code != NULL)
        snprintf(wanted, sizeof wanted, "\"type\":\"error\",\"code\":\"%s\"", code);
    if ((got(f, clients[role], wanted, from) != NULL) != (code != NULL)) {
        show(f, from);
        fail_msg("%s by the %s in state %c: expected %s", row->name, role_names[role], state,
                 code != NULL ? code : "no error");
    }
    if (code == NULL)
        return true;
    if (strcmp(before, after) != 0)
        fail_msg("%s by the %s in state %c was refused and changed %s to %s", row->name, role_names[role], state,
                 before, after);
    assert_not_got(f, VISITOR, "{", from);
    return false;
}

static void every_frame_by_everybody_in_every_state(void **unused)
{
    (void)unused;
    size_t cells = 0;
    for (const char *state = STATES; *state != '\0'; state++) {
        struct fixture *f = prepared(*state);
        for (int role = 0; role < ROLES; role++) {
            for (size_t i = 0; i < sizeof rows / sizeof *rows; i++, cells++) {
                if (!check_cell(f, &rows[i], role, *state))
                    continue;
                put_away(f);
                f = prepared(*state);
            }
        }
        put_away(f);
    }
    print_message("%zu cells\n", cells);
}

/* Every kind that the protocol lets an agent send has its rows here. */
static void no_frame_is_left_out(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < message_count; i++) {
        bool there = false;
        for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
            there = there || rows[k].frame.kind == message_table[i].kind;
        if (message_table[i].role == ROLE_AGENT && !there)
            fail_msg("%s has no row", message_table[i].name);
    }
}

static void forged_numbers_find_nothing(void **unused)
{
    static const int64_t numbers[] = {-1, 0, 1, 1000, 1002, INT64_C(1) << 53, INT64_MAX, INT64_MIN};
    struct fixture *f = prepared('c');
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum frame_kind kind = rows[i].frame.kind;
        bool of_a_ticket = strstr("not_found not_yours", rows[i].otherwise != NULL ? rows[i].otherwise : "-") != NULL;
        for (size_t k = 0; of_a_ticket && k < sizeof numbers / sizeof *numbers; k++) {
            struct frame frame = rows[i].frame;
            size_t from = f->count;
            frame.ticket = numbers[k];
            if (kind == FRAME_DESK_LOOK && numbers[k] == 0)
                continue; /* looks away */
            desk(f, ANNA, frame);
            if (got(f, ANNA, rows[i].otherwise, from) == NULL)
                fail_msg("%s of ticket %lld: expected %s", rows[i].name, (long long)numbers[k], rows[i].otherwise);
            assert_not_got(f, VISITOR, "{", from);
        }
    }
    put_away(f);
}

/* A visitor's socket reads visitors' frames only; and the hall does nothing for a visitor with an agent's. */
static void a_visitor_cannot_speak_as_an_agent(void **unused)
{
    struct fixture *f = prepared('w');
    struct arena *arena = arena_new(1 << 20);
    (void)unused;
    for (size_t i = 0; i < message_count; i++) {
        const struct message_row *row = &message_table[i], *found;
        struct frame frame;
        const char *detail;
        char json[128], before[600], after[600];
        if (row->role != ROLE_AGENT)
            continue;
        snprintf(json, sizeof json, "{\"type\":\"%s\",\"cid\":\"z\",\"ticket\":1001,\"lang\":\"it\",\"text\":\"x\"}",
                 row->name);
        const char *code = message_read(ROLE_VISITOR, json, strlen(json), arena, &frame, &found, &detail);
        assert_true(found == NULL || found->role == ROLE_VISITOR);
        if (found == NULL)
            assert_string_equal(code, "unknown_type");
        size_t from = f->count;
        picture(f, before, sizeof before);
        hall_visitor(f->hall, VISITOR,
                     &(struct frame){.kind = row->kind, .cid = "z", .ticket = TICKET, .text = "x", .value = 1});
        pump(f);
        picture(f, after, sizeof after);
        assert_string_equal(before, after);
        assert_int_equal(f->count, from);
    }
    arena_free(arena);
    put_away(f);
}

/* Nobody who has not said hello, and no connection that is none. */
static void nobody_without_a_session_does_anything(void **unused)
{
    struct fixture *f = prepared('c');
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct frame frame = rows[i].frame;
        size_t from = f->count;
        frame.ticket = TICKET;
        desk(f, 999, frame);
        assert_int_equal(f->count, from);
    }
    put_away(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_frame_by_everybody_in_every_state),
        cmocka_unit_test(no_frame_is_left_out),
        cmocka_unit_test(forged_numbers_find_nothing),
        cmocka_unit_test(a_visitor_cannot_speak_as_an_agent),
        cmocka_unit_test(nobody_without_a_session_does_anything),
    };
    return cmocka_run_group_tests(tests, counter_test_editions, counter_test_no_editions);
}
