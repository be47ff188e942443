/* Steps of tickets as JSON: see ticket_json.h. */
#include "wire/ticket_json.h"

#include "wire/json.h"
#include "wire/plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SAID_BYTES = 32 << 10, SAID_ARENA_BYTES = 4 << 20 };

/* What a step must be like to count; "" = whatever, "a|b" = one of them. The first row that fits. */
static const struct {
    const char *event, *state, *cause, *not_before;
} events[] = {
    {"handed_off", "waiting", "made", ""}, {"handed_off", "offered", "made", ""},
    {"message", "message", "", "message"}, {"callback", "callback", "made|asked", ""},
    {"closed", "closed", "", "closed"},    {"claimed", "claimed", "", ""},
};

static bool is_one_of(const char *list, const char *text)
{
    size_t size = strlen(text);
    for (const char *at = list; *at != '\0'; at += strcspn(at, "|"), at += *at == '|')
        if (strcspn(at, "|") == size && strncmp(at, text, size) == 0)
            return true;
    return false;
}

const char *ticket_event_of(const struct ticket_step *s)
{
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        bool state = strcmp(events[i].state, s->state) == 0;
        bool cause = events[i].cause[0] == '\0' || is_one_of(events[i].cause, s->cause);
        bool before = events[i].not_before[0] == '\0' || strcmp(events[i].not_before, s->before) != 0;
        /* A chat that is somebody's already is claimed again only where it goes to another. */
        bool another =
            strcmp(s->state, "claimed") != 0 || strcmp(s->before, "claimed") != 0 || s->owner != s->owner_before;
        if (state && cause && before && another)
            return events[i].event;
    }
    return NULL;
}

static void put_time(struct buf *out, const char *name, int64_t ms)
{
    char at[32];
    time_t seconds = (time_t)(ms / 1000);
    struct tm parts = {.tm_year = 70, .tm_mday = 1};
    if (ms == 0)
        return;
    gmtime_r(&seconds, &parts);
    strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", &parts);
    json_text(out, name, at);
}

static void put_said(const struct event *e, struct arena *arena, struct buf *out)
{
    const char *name = "";
    struct buf words;
    buf_init(&words, SAID_BYTES);
    plain_of_body(e->body, e->body_size, arena, &words, &name);
    json_open(out, NULL, '{');
    put_time(out, "at", e->at_ms);
    json_text(out, "from", event_from_name(e->from));
    json_text_if(out, "name", name);
    json_text(out, "text", words.data);
    json_close(out, '}');
    buf_free(&words);
}

/* One message each, and then as many of the last ones as there is room for. */
static void put_transcript(const struct ticket_step *s, struct arena *arena, struct buf *out)
{
    struct buf *each = calloc(s->said_count + 1, sizeof *each);
    size_t first = s->said_count, room = out->ceiling > out->size + 64 ? out->ceiling - out->size - 64 : 0;
    if (each == NULL) {
        out->failed = true;
        return;
    }
    for (size_t i = s->said_count; i-- > 0;) {
        buf_init(&each[i], SAID_BYTES * 8);
        put_said(&s->said[i], arena, &each[i]);
        if (each[i].failed || each[i].size + 1 > room)
            break;
        room -= each[i].size + 1;
        first = i;
    }
    json_true_if(out, "transcript_cut", s->said_cut || first > 0);
    json_open(out, "transcript", '[');
    for (size_t i = first; i < s->said_count; i++)
        buf_printf(out, i > first ? ",%s" : "%s", each[i].data);
    json_close(out, ']');
    for (size_t i = 0; i < s->said_count; i++)
        if (each[i].data != NULL)
            buf_free(&each[i]);
    free(each);
}

/* A line each. */
static void put_tags(struct buf *out, const char *tags)
{
    if (tags == NULL || tags[0] == '\0')
        return;
    json_open(out, "tags", '[');
    for (size_t size; *tags != '\0'; tags += size + (tags[size] == '\n')) {
        char tag[256];
        size = strcspn(tags, "\n");
        snprintf(tag, sizeof tag, "%.*s", (int)size, tags);
        if (tag[0] != '\0')
            json_text(out, NULL, tag);
    }
    json_close(out, ']');
}

static void put_data(const struct ticket_step *s, struct arena *arena, struct buf *out)
{
    const struct ticket *t = &s->ticket;
    json_number(out, "ticket", t->id);
    json_text(out, "state", s->state);
    json_text(out, "cause", s->cause);
    json_text(out, "department", s->department);
    json_text(out, "lang", t->lang);
    json_text(out, "question", t->question);
    json_text_if(out, "corrected", t->corrected);
    json_text_if(out, "why", t->why);
    json_text_if(out, "page", t->page);
    json_text_if(out, "agent", s->owner_name);
    if (t->name[0] != '\0' || t->contact[0] != '\0') {
        json_open(out, "visitor", '{');
        json_text_if(out, "name", t->name);
        json_text_if(out, "contact", t->contact);
        json_close(out, '}');
    }
    json_text_if(out, "text", t->text);
    put_tags(out, t->tags);
    put_time(out, "created", t->created_ms);
    if (s->said != NULL)
        put_transcript(s, arena, out);
}

int ticket_json(const char *event, const struct ticket_step *s, struct buf *out)
{
    struct arena *arena = arena_new(SAID_ARENA_BYTES);
    if (arena == NULL)
        return -1;
    json_open(out, NULL, '{');
    buf_printf(out, "\"type\":\"ticket.%s\"", event);
    put_time(out, "timestamp", s->at_ms);
    json_open(out, "data", '{');
    put_data(s, arena, out);
    json_close(out, '}');
    json_close(out, '}');
    arena_free(arena);
    return out->failed ? -1 : 0;
}
