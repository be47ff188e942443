/* What other systems are told of a ticket: each step is one event or none, the words are readable, the size bounded. */
#include "wire/plain.h"
#include "wire/ticket_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

static struct ticket_step step(const char *state, const char *cause, const char *before)
{
    const char *none = "";
    return (struct ticket_step){.id = 1,
                                .at_ms = 1800000000000,
                                .state = state,
                                .cause = cause,
                                .before = before,
                                .department = "negozio",
                                .owner_name = none,
                                .ticket = {.id = 1042,
                                           .department = "negozio",
                                           .lang = "it",
                                           .question = "dov'è \"lei\"?",
                                           .why = none,
                                           .corrected = none,
                                           .page = none,
                                           .tried = none,
                                           .name = none,
                                           .contact = none,
                                           .text = none,
                                           .cause = none,
                                           .owner_name = none,
                                           .tags = "uno\ndue",
                                           .created_ms = 1800000000000}};
}

static void each_step_is_one_event_or_none(void **state)
{
    (void)state;
    static const struct {
        const char *state, *cause, *before;
        int64_t owner, owner_before;
        const char *event;
    } rows[] = {
        {"waiting", "made", "", 0, 0, "handed_off"},
        {"waiting", "lease_lost", "claimed", 0, 3, NULL},
        {"waiting", "visitor_back", "parked", 0, 0, NULL},
        {"offered", "offered", "waiting", 3, 0, NULL},
        {"claimed", "taken", "waiting", 3, 0, "claimed"},
        {"claimed", "accepted", "offered", 3, 3, "claimed"},
        {"claimed", "transferred", "claimed", 4, 3, "claimed"},
        {"claimed", "asked", "claimed", 3, 3, NULL},
        {"parked", "visitor_silent", "claimed", 0, 3, NULL},
        {"message", "made", "", 0, 0, "message"},
        {"message", "night", "parked", 0, 0, "message"},
        {"message", "taken", "message", 3, 0, NULL},
        {"callback", "made", "", 0, 0, "callback"},
        {"callback", "asked", "waiting", 0, 0, "callback"},
        {"callback", "declined", "offered", 0, 3, NULL},
        {"closed", "closed", "claimed", 3, 3, "closed"},
        {"closed", "visitor", "waiting", 0, 0, "closed"},
        {"closed", "closed", "closed", 0, 0, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ticket_step s = step(rows[i].state, rows[i].cause, rows[i].before);
        s.owner = rows[i].owner;
        s.owner_before = rows[i].owner_before;
        const char *event = ticket_event_of(&s);
        if ((event == NULL) != (rows[i].event == NULL) || (event != NULL && strcmp(event, rows[i].event) != 0))
            fail_msg("row %zu: %s", i, event != NULL ? event : "none");
    }
}

static json_t *json_of(const struct ticket_step *s, size_t ceiling)
{
    struct buf out;
    buf_init(&out, ceiling);
    assert_int_equal(ticket_json(ticket_event_of(s), s, &out), 0);
    json_t *root = json_loadb(out.data, out.size, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    buf_free(&out);
    return root;
}

static void the_object_has_what_is_known(void **state)
{
    (void)state;
    struct ticket_step s = step("message", "made", "");
    s.ticket.contact = "maria@example.com";
    json_t *root = json_of(&s, 65536), *data = json_object_get(root, "data");
    assert_string_equal(json_string_value(json_object_get(root, "type")), "ticket.message");
    assert_string_equal(json_string_value(json_object_get(root, "timestamp")), "2027-01-15T08:00:00Z");
    assert_int_equal(json_integer_value(json_object_get(data, "ticket")), 1042);
    assert_string_equal(json_string_value(json_object_get(data, "question")), "dov'è \"lei\"?");
    assert_string_equal(json_string_value(json_object_get(json_object_get(data, "visitor"), "contact")),
                        "maria@example.com");
    assert_null(json_object_get(json_object_get(data, "visitor"), "name"));
    assert_int_equal(json_array_size(json_object_get(data, "tags")), 2);
    assert_null(json_object_get(data, "transcript"));
    assert_null(json_object_get(data, "agent"));
    json_decref(root);
}

static void a_transcript_loses_its_oldest_where_it_is_too_long(void **state)
{
    (void)state;
    enum { MANY = 300 };
    static char bodies[MANY][200];
    struct event said[MANY];
    for (int i = 0; i < MANY; i++) {
        snprintf(bodies[i], sizeof bodies[i],
                 "{\"blocks\":[{\"type\":\"paragraph\",\"children\":[{\"type\":\"text\",\"text\":\"n. %d\"}]}]}", i);
        said[i] = (struct event){
            .from = FROM_VISITOR, .body = bodies[i], .body_size = strlen(bodies[i]), .at_ms = 1800000000000};
    }
    struct ticket_step s = step("closed", "closed", "claimed");
    s.said = said;
    s.said_count = MANY;
    json_t *root = json_of(&s, 65536), *data = json_object_get(root, "data");
    assert_int_equal(json_array_size(json_object_get(data, "transcript")), MANY);
    assert_null(json_object_get(data, "transcript_cut"));
    json_decref(root);
    root = json_of(&s, 4096);
    data = json_object_get(root, "data");
    const json_t *list = json_object_get(data, "transcript");
    assert_true(json_array_size(list) > 10 && json_array_size(list) < MANY);
    assert_true(json_is_true(json_object_get(data, "transcript_cut")));
    assert_string_equal(json_string_value(json_object_get(json_array_get(list, json_array_size(list) - 1), "text")),
                        "n. 299");
    json_decref(root);
}

static void words_of_blocks(void **state)
{
    (void)state;
    static const struct {
        const char *body, *words, *name;
    } rows[] = {
        {"{\"blocks\":[{\"type\":\"paragraph\",\"children\":[{\"type\":\"text\",\"text\":\"a \"},{\"type\":\"strong\","
         "\"children\":[{\"type\":\"text\",\"text\":\"b\"}]}]},{\"type\":\"list\",\"children\":[{\"type\":\"item\","
         "\"children\":[{\"type\":\"paragraph\",\"children\":[{\"type\":\"text\",\"text\":\"c\"}]}]},{\"type\":"
         "\"item\","
         "\"children\":[{\"type\":\"paragraph\",\"children\":[{\"type\":\"text\",\"text\":\"d\"}]}]}]}],\"name\":"
         "\"Anna\"}",
         "a b\n\n- c\n- d", "Anna"},
        {"{\"blocks\":[{\"type\":\"paragraph\",\"children\":[{\"type\":\"link\",\"href\":\"https://x.example\","
         "\"children\":[{\"type\":\"text\",\"text\":\"here\"}]},{\"type\":\"break\"},{\"type\":\"link\",\"href\":"
         "\"https://y.example\",\"children\":[{\"type\":\"text\",\"text\":\"https://y.example\"}]}]}]}",
         "here (https://x.example)\nhttps://y.example", ""},
        {"{}", "", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena *arena = arena_new(65536);
        struct buf out;
        const char *name;
        buf_init(&out, 4096);
        assert_int_equal(plain_of_body(rows[i].body, strlen(rows[i].body), arena, &out, &name), 0);
        assert_string_equal(out.data, rows[i].words);
        assert_string_equal(name, rows[i].name);
        buf_free(&out);
        arena_free(arena);
    }
}

static void what_is_no_body_is_refused(void **state)
{
    (void)state;
    static const char *const bodies[] = {"", "[]", "{", "{\"a\":1,\"a\":2}", "null"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct arena *arena = arena_new(65536);
        struct buf out;
        const char *name;
        buf_init(&out, 4096);
        assert_int_equal(plain_of_body(bodies[i], strlen(bodies[i]), arena, &out, &name), -1);
        assert_int_equal(out.size, 0);
        buf_free(&out);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_step_is_one_event_or_none),
        cmocka_unit_test(the_object_has_what_is_known),
        cmocka_unit_test(a_transcript_loses_its_oldest_where_it_is_too_long),
        cmocka_unit_test(words_of_blocks),
        cmocka_unit_test(what_is_no_body_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
