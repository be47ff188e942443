/* What stands in Request Tracker: what is known, in the company's language, and the transcript as far as it fits. */
#include "hooks/tracker_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const italian[] = {"it"};

static struct settings settings_of(const char *const *languages)
{
    return (struct settings){.languages = {(const char **)(uintptr_t)languages, 1},
                             .public_url = "https://banco.example"};
}

static struct ticket ticket_of(void)
{
    return (struct ticket){.id = 1007,
                           .question = "dov'è il pacco?",
                           .text = "",
                           .name = "Maria",
                           .contact = "maria@example.com",
                           .identity = "",
                           .slots = "numero\tOL-1\nnota\tpiano\t2\n",
                           .page = "https://shop.example/x"};
}

static void what_is_known_stands_there_line_by_line(void **state)
{
    (void)state;
    const struct settings s = settings_of(italian);
    struct ticket t = ticket_of();
    struct buf out;
    buf_init(&out, TRACKER_CONTENT_BYTES);
    assert_int_equal(tracker_content(&s, &t, &out), 0);
    assert_string_equal(out.data,
                        "Domanda: dov'è il pacco?\nNome: Maria\nRecapito: maria@example.com\nnumero: OL-1\n"
                        "nota: piano\t2\nPagina: https://shop.example/x\nIl banco: https://banco.example/desk\n");
    buf_clear(&out);
    t.text = "Mi richiamate?";
    t.identity = "maria";
    assert_int_equal(tracker_content(&s, &t, &out), 0);
    assert_memory_equal(out.data, "Mi richiamate?\n\nDomanda", 23);
    assert_non_null(strstr(out.data, "Cliente: maria\n"));
    buf_free(&out);
}

/* A body as the codec makes it: blocks of one paragraph. */
static struct event said(enum event_from from, const char *name, const char *text, char body[400])
{
    snprintf(body, 400,
             "{%s%s%s\"blocks\":[{\"type\":\"paragraph\",\"children\":[{\"type\":\"text\",\"text\":\"%s\"}]}]}",
             name != NULL ? "\"name\":\"" : "", name != NULL ? name : "", name != NULL ? "\"," : "", text);
    return (struct event){
        .kind = EVENT_MESSAGE, .from = from, .at_ms = 1800000000000, .body = body, .body_size = strlen(body)};
}

static void a_transcript_says_when_who_and_what(void **state)
{
    (void)state;
    char bodies[2][400];
    const struct settings s = settings_of(italian);
    const struct event events[] = {said(FROM_VISITOR, NULL, "ciao", bodies[0]),
                                   said(FROM_AGENT, "Anna", "buongiorno", bodies[1])};
    const struct ticket_step step = {.said = events, .said_count = 2};
    struct buf out;
    buf_init(&out, TRACKER_TRANSCRIPT_BYTES);
    assert_int_equal(tracker_transcript(&s, &step, &out), 0);
    assert_string_equal(out.data,
                        "[2027-01-15 08:00:00 UTC] Visitatore: ciao\n[2027-01-15 08:00:00 UTC] Anna: buongiorno\n");
    buf_free(&out);
}

static void of_one_that_is_too_long_the_end_is_kept(void **state)
{
    (void)state;
    enum { MANY = 2000 };
    char(*bodies)[400] = calloc(MANY, sizeof *bodies);
    struct event *events = calloc(MANY, sizeof *events);
    char text[300];
    const struct settings s = settings_of(italian);
    struct buf out;
    for (int i = 0; i < MANY; i++) {
        memset(text, 'x', sizeof text);
        snprintf(text, sizeof text, "%04d", i);
        text[4] = ' ';
        text[200] = '\0';
        events[i] = said(FROM_VISITOR, NULL, text, bodies[i]);
    }
    const struct ticket_step step = {.said = events, .said_count = MANY};
    buf_init(&out, TRACKER_TRANSCRIPT_BYTES + 64);
    assert_int_equal(tracker_transcript(&s, &step, &out), 0);
    assert_memory_equal(out.data, "[…]\n", strlen("[…]\n"));
    assert_non_null(strstr(out.data, "1999 "));
    assert_null(strstr(out.data, "0000 "));
    buf_free(&out);
    free(events);
    free(bodies);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_known_stands_there_line_by_line),
        cmocka_unit_test(a_transcript_says_when_who_and_what),
        cmocka_unit_test(of_one_that_is_too_long_the_end_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
