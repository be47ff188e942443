/* Tickets and transcripts in words: see tracker_words.h. */
#include "hooks/tracker_words.h"

#include "dialogue/dialogue.h"
#include "wire/plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SAID_BYTES = 32 << 10, ARENA_BYTES = 4 << 20 };

static const char *word(const struct settings *s, const char *key)
{
    return dialogue_text(key, s->languages.count > 0 ? s->languages.items[0] : "en");
}

static void put(const struct settings *s, const char *key, const char *value, struct buf *out)
{
    if (value != NULL && value[0] != '\0')
        buf_printf(out, "%s: %s\n", word(s, key), value);
}

/* Slots are kept as lines of name TAB value. */
static void put_slots(const char *lines, struct buf *out)
{
    while (lines != NULL && *lines != '\0') {
        size_t size = strcspn(lines, "\n"), name = strcspn(lines, "\t\n");
        if (name < size)
            buf_printf(out, "%.*s: %.*s\n", (int)name, lines, (int)(size - name - 1), lines + name + 1);
        lines += size + (lines[size] == '\n');
    }
}

int tracker_content(const struct settings *s, const struct ticket *t, struct buf *out)
{
    char desk[1100] = "";
    if (s->public_url[0] != '\0')
        snprintf(desk, sizeof desk, "%s/desk", s->public_url);
    if (t->text[0] != '\0')
        buf_printf(out, "%s\n\n", t->text);
    put(s, "rt_question", t->question, out);
    put(s, "rt_name", t->name, out);
    put(s, "rt_contact", t->contact, out);
    put(s, "rt_customer", t->identity, out);
    put_slots(t->slots, out);
    put(s, "rt_page", t->page, out);
    put(s, "rt_desk", desk, out);
    return out->failed ? -1 : 0;
}

/* One message: time, who, words. */
static int put_said(const struct settings *s, const struct event *e, struct arena *arena, struct buf *out)
{
    static const char *const keys[] = {[FROM_VISITOR] = "rt_visitor",
                                       [FROM_BOT] = "rt_assistant",
                                       [FROM_AGENT] = "rt_agent",
                                       [FROM_SYSTEM] = "rt_system"};
    char at[32];
    const char *name = "";
    struct buf words;
    time_t seconds = (time_t)(e->at_ms / 1000);
    struct tm parts = {.tm_year = 70, .tm_mday = 1};
    gmtime_r(&seconds, &parts);
    strftime(at, sizeof at, "%Y-%m-%d %H:%M:%S UTC", &parts);
    buf_init(&words, SAID_BYTES);
    plain_of_body(e->body, e->body_size, arena, &words, &name);
    buf_printf(out, "[%s] %s: %s\n", at, name[0] != '\0' ? name : word(s, keys[e->from]), words.data);
    buf_free(&words);
    return out->failed ? -1 : 0;
}

int tracker_transcript(const struct settings *s, const struct ticket_step *step, struct buf *out)
{
    struct arena *arena = arena_new(ARENA_BYTES);
    struct buf *each = calloc(step->said_count + 1, sizeof *each);
    size_t first = step->said_count, room = TRACKER_TRANSCRIPT_BYTES;
    int result = arena != NULL && each != NULL ? 0 : -1;
    for (size_t i = step->said_count; result == 0 && i-- > 0;) {
        buf_init(&each[i], SAID_BYTES * 2);
        if (put_said(s, &step->said[i], arena, &each[i]) < 0 || each[i].size > room)
            break;
        room -= each[i].size;
        first = i;
    }
    if (result == 0 && (step->said_cut || first > 0))
        buf_puts(out, "[…]\n");
    for (size_t i = first; result == 0 && i < step->said_count; i++)
        buf_add(out, each[i].data, each[i].size);
    for (size_t i = 0; each != NULL && i < step->said_count; i++)
        if (each[i].data != NULL)
            buf_free(&each[i]);
    free(each);
    arena_free(arena);
    return result == 0 && !out->failed ? 0 : -1;
}
