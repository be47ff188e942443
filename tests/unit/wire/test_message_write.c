/* Every kind of frame that goes out is JSON, and has the fields that docs/protocol.md gives its type. */
#include "wire/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

#include "unit/wire/page.h"

static const char *greeting = "Ciao \"amico\"";
static struct settings settings;
static const struct notice_line notices[] = {{3, 1764000000000, "Il corriere è in \"ritardo\" <b>"}};
static const struct starter starters[] = {{"entry:orari", "A che ora aprite?"}, {"intent:stato", "L'ordine"}};
static const char message_body[] = "{\"from\":\"bot\",\"blocks\":[{\"type\":\"paragraph\"}],\"mood\":\"warm\"}";
static const struct event said = {.seq = 5,
                                  .kind = EVENT_MESSAGE,
                                  .from = FROM_BOT,
                                  .at_ms = 1700000000000,
                                  .body = message_body,
                                  .body_size = sizeof message_body - 1,
                                  .confidence = 0.75,
                                  .source = "a.md:3",
                                  .edition = 2};
static const char state_body[] = "{\"who\":\"waiting\"}";
static const struct event moved = {.seq = 6,
                                   .kind = EVENT_STATE,
                                   .from = FROM_SYSTEM,
                                   .at_ms = 1700000000000,
                                   .body = state_body,
                                   .body_size = sizeof state_body - 1,
                                   .ticket = 12};
static const struct ticket ticket = {.id = 12,
                                     .enqueue_seq = 3,
                                     .state = TICKET_WAITING,
                                     .department = "negozio",
                                     .lang = "it",
                                     .question = "dov'\xc3\xa8?",
                                     .why = "asked",
                                     .corrected = "dove",
                                     .page = "/x",
                                     .tried = "a\t0.5\tTitolo A\tknowledge/it/a.md:3\nb\t0.25\tTitolo B\n",
                                     .name = "Ada",
                                     .contact = "ada@example.org",
                                     .text = "ciao",
                                     .owner_name = "luca",
                                     .position = 1,
                                     .last_seq = 9,
                                     .page_title = "Viti <b>",
                                     .slots = "numero\tAB-1234\ncolore\tblu\trosso\n",
                                     .tags = "reso\nurgente",
                                     .notes = 2,
                                     .owner = 3,
                                     .due_ms = 1700000000000,
                                     .outside = "RT 12",
                                     .event = 77};
static const char *const names[] = {"Anna", "Bruno"};
static const struct desk_card card = {.ticket = &ticket,
                                      .department_name = "Negozio",
                                      .mine = true,
                                      .visitor_online = true,
                                      .lookers = names,
                                      .looker_count = 2,
                                      .transfer_to = 4,
                                      .transfer_name = "Bruno",
                                      .transfer_until_ms = 1700000000000};
static const struct desk_card gone = {.ticket = &ticket, .gone = true};
static const struct desk_agent agent = {
    .id = 1, .name = "luca", .presence = PRESENCE_ONLINE, .chats = 2, .capacity = 3, .picture = 5};
static const struct work_note note = {.id = 8, .at_ms = 1700000000000, .name = "Anna", .text = "nota"};
static const struct user user = {.name = "luca", .role = "agent"};

#define VISITOR "## Server to visitor"
#define AGENT   "## Server to agent"

static const struct {
    const char *heading;
    struct outgoing frame;
} cases[] = {
    {VISITOR,
     {.kind = OUT_WELCOME,
      .token = "t",
      .seq = 4,
      .who = WHO_AGENT,
      .ticket = 2,
      .agent_name = "Luca",
      .lang = "it",
      .settings = &settings,
      .starters = starters,
      .starter_count = 2,
      .notices = notices,
      .notice_count = 1,
      .more = true,
      .erased = true}},
    {VISITOR, {.kind = OUT_ACK, .cid = "c", .seq = 4}},
    {VISITOR, {.kind = OUT_EVENT, .event = &said, .cid = "c"}},
    {VISITOR, {.kind = OUT_EVENT, .event = &moved, .cid = "c"}},
    {VISITOR, {.kind = OUT_POSITION, .ticket = 12, .position = 2, .ranged = true, .wait_low = 61, .wait_high = 61}},
    {VISITOR, {.kind = OUT_TYPING, .from = FROM_AGENT}},
    {VISITOR, {.kind = OUT_ERROR, .code = "slow_down", .message = "piano", .cid = "c", .retry_ms = 5}},
    {AGENT, {.kind = OUT_DESK_WELCOME, .user = &user, .lang = "it", .settings = &settings, .capacity = 3}},
    {AGENT, {.kind = OUT_DESK_QUEUE, .cards = &card, .card_count = 1, .agents = &agent, .agent_count = 1}},
    {AGENT, {.kind = OUT_DESK_TICKET, .cards = &card, .card_count = 1}},
    {AGENT, {.kind = OUT_DESK_AGENTS, .agents = &agent, .agent_count = 1}},
    {AGENT, {.kind = OUT_DESK_OFFER, .ticket = 12, .seconds = 30}},
    {AGENT, {.kind = OUT_DESK_TICKET, .cards = &gone, .card_count = 1}},
    {AGENT, {.kind = OUT_DESK_NOTE, .ticket = 12, .note = &note, .cid = "c"}},
    {AGENT, {.kind = OUT_DESK_TRANSFER_OFFER, .ticket = 12, .name = "Anna", .text = "nota", .seconds = 30}},
    {AGENT, {.kind = OUT_DESK_TRANSFERRED, .ticket = 12, .name = "Anna", .value = -1}},
    {AGENT, {.kind = OUT_DESK_INVITED, .ticket = 12, .name = "Anna"}},
    {AGENT,
     {.kind = OUT_DESK_LOOKERS, .ticket = 12, .names = names, .name_count = 2, .typing = names, .typing_count = 1}},
    {AGENT, {.kind = OUT_DESK_MISSED, .ticket = 12, .cause = "taken", .name = "Anna"}},
    {AGENT, {.kind = OUT_EVENT, .event = &said, .ticket = 12}},
    {AGENT, {.kind = OUT_EVENT, .event = &moved, .ticket = 12}},
    {AGENT, {.kind = OUT_TYPING, .from = FROM_VISITOR, .ticket = 12}},
    {AGENT, {.kind = OUT_ACK, .cid = "c", .seq = 4}},
    {AGENT, {.kind = OUT_ERROR, .code = "not_yours", .message = "no", .cid = "c", .ticket = 12}},
    {VISITOR, {.kind = OUT_NOTICE, .notices = notices, .notice_count = 1}},
};

static int set_up(void **state)
{
    (void)state;
    settings = (struct settings){.name = "Ferramenta Olmo", .mail_url = ""};
    settings.assistant.in[0] = "Olmo";
    settings.greeting.in[0] = greeting;
    settings.privacy_url.in[0] = "https://example.org/privacy";
    return 0;
}

static json_t *written(const struct outgoing *frame)
{
    struct buf out;
    buf_init(&out, MESSAGE_FRAME_BYTES);
    assert_int_equal(message_write(frame, &out), 0);
    json_t *json = json_loadb(out.data, out.size, JSON_REJECT_DUPLICATES, NULL);
    if (json == NULL)
        fail_msg("no JSON: %s", out.data);
    buf_free(&out);
    return json;
}

/* Agents' events are "as for visitors": their fields stand in both tables. */
static bool named(const char *heading, const char *type, const char *field)
{
    struct page_row rows[32];
    size_t count = page_table(heading, rows, 32);
    for (size_t i = 0; i < count; i++) {
        if (page_has(rows[i].types, type, "") &&
            (page_has(rows[i].fields, field, "") || page_has(rows[i].fields, field, "?")))
            return true;
    }
    return false;
}

static void every_kind_has_the_fields_of_the_page(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *json = written(&cases[i].frame), *value;
        const char *type = message_type(&cases[i].frame), *key;
        assert_string_equal(json_string_value(json_object_get(json, "type")), type);
        json_object_foreach(json, key, value)
        {
            bool event = cases[i].frame.kind == OUT_EVENT;
            if (strcmp(key, "type") != 0 && !named(cases[i].heading, type, key) &&
                !(event && named(VISITOR, type, key)))
                fail_msg("%s: %s.%s is not on the page", cases[i].heading, type, key);
        }
        json_decref(json);
    }
}

static const char *text_at(const json_t *json, const char *a, const char *b)
{
    return json_string_value(json_object_get(json_object_get(json, a), b));
}

static void a_welcome_says_where_things_stand(void **state)
{
    (void)state;
    json_t *json = written(&cases[0].frame);
    assert_string_equal(text_at(json, "state", "who"), "agent");
    assert_string_equal(text_at(json, "site", "greeting"), greeting);
    const json_t *list = json_object_get(json_object_get(json, "site"), "starters");
    assert_int_equal(json_array_size(list), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(list, 1), "id")), "intent:stato");
    json_decref(json);
}

static void a_welcome_names_the_face_and_those_to_choose_among(void **state)
{
    (void)state;
    static const char *offered[] = {"dado", "segno"};
    settings.avatar = "dado";
    json_t *json = written(&cases[0].frame);
    assert_string_equal(text_at(json, "site", "avatar"), "dado");
    assert_null(json_object_get(json_object_get(json, "site"), "avatars"));
    json_decref(json);
    settings.avatars = (struct string_list){offered, 2};
    json = written(&cases[0].frame);
    const json_t *list = json_object_get(json_object_get(json, "site"), "avatars");
    assert_int_equal(json_array_size(list), 2);
    assert_string_equal(json_string_value(json_array_get(list, 0)), "dado");
    assert_string_equal(json_string_value(json_array_get(list, 1)), "segno");
    json_decref(json);
    /* The desk has no use for it. */
    json = written(&(struct outgoing){
        .kind = OUT_DESK_WELCOME, .user = &user, .lang = "it", .settings = &settings, .capacity = 3});
    assert_null(json_object_get(json_object_get(json, "site"), "avatar"));
    json_decref(json);
}

static void the_desk_is_told_whether_the_site_sends_mail(void **state)
{
    (void)state;
    const struct outgoing welcome = {
        .kind = OUT_DESK_WELCOME, .user = &user, .lang = "it", .settings = &settings, .capacity = 3};
    json_t *json = written(&welcome);
    assert_null(json_object_get(json_object_get(json, "site"), "mail"));
    json_decref(json);
    settings.mail_url = "smtp://mail.example";
    json = written(&welcome);
    assert_true(json_is_true(json_object_get(json_object_get(json, "site"), "mail")));
    json_decref(json);
    /* Visitors need not know. */
    json = written(&cases[0].frame);
    assert_null(json_object_get(json_object_get(json, "site"), "mail"));
    json_decref(json);
    settings.mail_url = "";
}

static void events_carry_body_ack_and_what_agents_may_see(void **state)
{
    (void)state;
    json_t *json = written(&cases[2].frame);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(json, "ack"), "seq")), 5);
    assert_string_equal(json_string_value(json_object_get(json, "mood")), "warm");
    assert_null(json_object_get(json, "source"));
    assert_null(json_object_get(json, "ticket"));
    json_decref(json);
    json = written(&(struct outgoing){.kind = OUT_EVENT, .event = &said, .cid = "c", .seq = 4});
    assert_int_equal(json_integer_value(json_object_get(json_object_get(json, "ack"), "seq")), 4);
    json_decref(json);
    json = written(&(struct outgoing){.kind = OUT_EVENT, .event = &said, .ticket = 12});
    assert_string_equal(json_string_value(json_object_get(json, "source")), "a.md:3");
    assert_int_equal(json_integer_value(json_object_get(json, "ticket")), 12);
    json_decref(json);
}

static void a_range_in_minutes_is_never_narrower_than_in_seconds(void **state)
{
    (void)state;
    static const int cases_s[][4] = {{0, 0, 0, 1}, {59, 61, 0, 2}, {61, 61, 1, 2}, {120, 120, 2, 3}, {180, 500, 3, 9}};
    for (size_t i = 0; i < sizeof cases_s / sizeof *cases_s; i++) {
        json_t *json = written(&(struct outgoing){.kind = OUT_POSITION,
                                                  .position = 1,
                                                  .ranged = true,
                                                  .wait_low = cases_s[i][0],
                                                  .wait_high = cases_s[i][1]});
        assert_int_equal(json_integer_value(json_object_get(json, "wait_low")), cases_s[i][2]);
        assert_int_equal(json_integer_value(json_object_get(json, "wait_high")), cases_s[i][3]);
        json_decref(json);
    }
    json_t *json = written(&(struct outgoing){.kind = OUT_POSITION, .position = 1});
    assert_null(json_object_get(json, "wait_low"));
    json_decref(json);
}

static void a_card_tells_what_was_tried(void **state)
{
    (void)state;
    json_t *json = written(&cases[9].frame);
    const json_t *tried = json_object_get(json_object_get(json, "ticket"), "tried");
    assert_int_equal(json_array_size(tried), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(tried, 1), "title")), "Titolo B");
    assert_true(json_real_value(json_object_get(json_array_get(tried, 0), "confidence")) == 0.5);
    assert_string_equal(json_string_value(json_object_get(json_array_get(tried, 0), "title")), "Titolo A");
    assert_string_equal(json_string_value(json_object_get(json_array_get(tried, 0), "source")), "knowledge/it/a.md:3");
    json_decref(json);
}

static const char *text_of(const json_t *list, size_t at, const char *member)
{
    const json_t *item = json_array_get(list, at);
    return json_string_value(member != NULL ? json_object_get(item, member) : item);
}

static void a_card_tells_what_was_collected_and_put_to_it(void **state)
{
    (void)state;
    json_t *json = written(&(struct outgoing){.kind = OUT_DESK_TICKET, .cards = &card, .card_count = 1});
    const json_t *it = json_object_get(json, "ticket"), *slots = json_object_get(it, "slots");
    assert_int_equal(json_array_size(slots), 2);
    assert_string_equal(text_of(slots, 0, "name"), "numero");
    assert_string_equal(text_of(slots, 0, "value"), "AB-1234");
    assert_string_equal(text_of(slots, 1, "value"), "blu\trosso");
    assert_int_equal(json_array_size(json_object_get(it, "tags")), 2);
    assert_string_equal(text_of(json_object_get(it, "tags"), 1, NULL), "urgente");
    assert_string_equal(text_of(json_object_get(it, "lookers"), 0, NULL), "Anna");
    assert_int_equal(json_integer_value(json_object_get(json_object_get(it, "transfer"), "to")), 4);
    json_decref(json);
}

static void every_field_of_a_card_is_on_the_page(void **state)
{
    (void)state;
    size_t size;
    char *page = file_read("docs/protocol.md", 1 << 20, &size), *cards = strstr(page, "\nA ticket: ");
    assert_non_null(cards);
    *strstr(cards, "\n\n") = '\0';
    json_t *json = written(&(struct outgoing){.kind = OUT_DESK_TICKET, .cards = &card, .card_count = 1}), *value;
    const char *key;
    json_object_foreach(json_object_get(json, "ticket"), key, value)
    {
        char plain[80], optional[80];
        snprintf(plain, sizeof plain, "`%s`", key);
        snprintf(optional, sizeof optional, "`%s?`", key);
        if (strstr(cards, plain) == NULL && strstr(cards, optional) == NULL)
            fail_msg("ticket.%s is not on the page", key);
    }
    json_decref(json);
    free(page);
}

static void of_a_ticket_out_of_sight_only_the_number_is_told(void **state)
{
    (void)state;
    json_t *json = written(&(struct outgoing){.kind = OUT_DESK_TICKET, .cards = &gone, .card_count = 1});
    const json_t *it = json_object_get(json, "ticket");
    assert_int_equal(json_object_size(it), 4);
    assert_true(json_is_true(json_object_get(it, "gone")));
    json_decref(json);
}

static void what_does_not_fit_is_an_error(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 20);
    assert_int_equal(message_write(&cases[0].frame, &out), -1);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_the_fields_of_the_page),
        cmocka_unit_test(a_welcome_says_where_things_stand),
        cmocka_unit_test(a_welcome_names_the_face_and_those_to_choose_among),
        cmocka_unit_test(the_desk_is_told_whether_the_site_sends_mail),
        cmocka_unit_test(events_carry_body_ack_and_what_agents_may_see),
        cmocka_unit_test(a_range_in_minutes_is_never_narrower_than_in_seconds),
        cmocka_unit_test(a_card_tells_what_was_tried),
        cmocka_unit_test(a_card_tells_what_was_collected_and_put_to_it),
        cmocka_unit_test(every_field_of_a_card_is_on_the_page),
        cmocka_unit_test(of_a_ticket_out_of_sight_only_the_number_is_told),
        cmocka_unit_test(what_does_not_fit_is_an_error),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
