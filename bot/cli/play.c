/* One conversation on the command line: see play.h. */
#include "cli/play.h"

#include "base/buf.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { TURN_BYTES = 8 << 20, KEPT_BYTES = 4 << 20, REPLY_BYTES = 64 << 10 };

int play_open(struct play *p)
{
    p->arena = arena_new(TURN_BYTES);
    p->kept = arena_new(KEPT_BYTES);
    play_again(p);
    buf_init(&p->reply, REPLY_BYTES);
    if (p->now.year == 0)
        play_clock(p, 2027, 3, 1, 10, 0); /* a Monday */
    return p->arena != NULL && p->kept != NULL ? 0 : -1;
}

void play_again(struct play *p)
{
    p->who = WHO_BOT;
    p->spoke = false;
    memset(&p->memory, 0, sizeof p->memory);
}

void play_close(struct play *p)
{
    buf_free(&p->reply);
    arena_free(p->arena);
    arena_free(p->kept);
}

/* --- time --------------------------------------------------------------------------------------- */

void play_clock(struct play *p, int year, int month, int day, int hour, int minute)
{
    struct tm parts = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_hour = hour, .tm_min = minute};
    p->now = heard_time_at((int64_t)timegm(&parts), 0);
}

void play_later(struct play *p, int64_t seconds)
{
    p->now = heard_time_at(p->now.seconds + seconds, 0);
}

/* --- facts -------------------------------------------------------------------------------------- */

void play_fact(struct play *p, const char *name, const char *value)
{
    size_t i = 0;
    while (i < p->fact_count && strcmp(p->facts[i].name, name) != 0)
        i++;
    if (i == PLAY_FACTS_MAX)
        return;
    const struct variable fact = {arena_strdup(p->kept, name), arena_strdup(p->kept, value)};
    if (fact.name == NULL || fact.value == NULL)
        return;
    p->facts[i] = fact;
    p->fact_count += i == p->fact_count;
}

/* --- turns -------------------------------------------------------------------------------------- */

static void turn(struct play *p, struct heard *heard)
{
    struct dialogue_memory before = p->memory;
    heard->lang = p->lang;
    heard->who = p->who;
    heard->help = (struct help){.open = true, .online = 1};
    heard->policy = p->settings;
    heard->explain = p->explain;
    heard->now = p->now;
    heard->chance = p->chance;
    heard->facts = p->facts;
    heard->fact_count = p->fact_count;
    p->spoke = secondlook_step(p->look, p->view, &before, heard, p->arena, &p->last) == 0;
    if (!p->spoke)
        return;
    p->memory = p->last.memory;
    if (p->last.enqueue)
        p->who = WHO_WAITING;
    for (size_t i = 0; i < p->last.keep_count; i++)
        play_fact(p, p->last.keeps[i].name, p->last.keeps[i].value);
    if (p->reply.size > 0 && p->last.blocks != NULL)
        buf_puts(&p->reply, "\n\n");
    block_to_text(p->last.blocks, &p->reply);
}

void play_hear(struct play *p, enum heard_kind kind, const char *text)
{
    struct heard heard = {.kind = kind, .text = text};
    arena_reset(p->arena);
    buf_clear(&p->reply);
    p->call_count = 0;
    turn(p, &heard);
    while (p->spoke && p->last.call != NULL && p->call_count < PLAY_CALLS_MAX) {
        const struct wanted_call *wanted = p->last.call;
        struct heard answered = {.kind = HEARD_CALLED};
        answered.called_ok = p->call != NULL && p->call(p->context, wanted, p->last.lang, p->arena, &answered.called,
                                                        &answered.called_count);
        p->calls[p->call_count] = wanted->webhook;
        p->calls_ok[p->call_count++] = answered.called_ok;
        turn(p, &answered);
    }
}
