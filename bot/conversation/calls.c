/* Webhooks under way: stored with the turn that wants them, made after its commit, answered by a turn of their own.
 *
 * While one is under way the conversation's other turns wait, as they do for any turn; a person who joins, a wish for a
 * person and a goodbye end the waiting, and the flow takes its way out. What a start finds in the store is made again
 * under its own id, so that a service that had it already gives the answer it gave. */
#include "conversation/turn.h"

#include "base/fields.h"
#include "base/log.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CALL_OLD_MS = 3600 * 1000, RANDOM_BYTES = 16, CALLS_MOST = 2000 };

struct pending {
    uint64_t number, key; /* of the conversation */
    int64_t conversation;
    char id[CALL_ID_BYTES + 1];
    struct pending *next;
};

/* --- what the store keeps of one ------------------------------------------------------------------ */

/*   webhook LF intent LF lang LF visitor LF time-out LF safe LF { name LF value LF } …    (base/fields.h) */
static const char *write_body(struct arena *arena, const struct wanted_call *w, const char *lang, const char *visitor)
{
    struct buf out;
    buf_init(&out, CALL_BODY_BYTES);
    fields_put(&out, w->webhook);
    fields_put(&out, w->intent);
    fields_put(&out, lang);
    fields_put(&out, visitor);
    buf_printf(&out, "%d\n%d\n", w->timeout_ms, w->safe);
    for (size_t i = 0; i < w->send_count; i++) {
        fields_put(&out, w->sends[i].name);
        fields_put(&out, w->sends[i].value);
    }
    const char *body = out.failed ? NULL : arena_strdup(arena, out.data);
    buf_free(&out);
    return body;
}

static bool read_body(const char *body, struct arena *arena, struct hall_call *ret)
{
    size_t room = 0;
    for (const char *p = body; *p != '\0'; p++)
        room += *p == '\n';
    struct variable *sends = arena_array(arena, room / 2 + 1, sizeof *sends);
    const char *fields[6];
    for (size_t i = 0; i < 6; i++) {
        fields[i] = fields_next(&body, arena);
        if (fields[i] == NULL || sends == NULL)
            return false;
    }
    ret->webhook = fields[0];
    ret->intent = fields[1];
    ret->lang = fields[2];
    ret->visitor = fields[3][0] != '\0' ? fields[3] : NULL;
    ret->timeout_ms = (int)strtol(fields[4], NULL, 10);
    ret->safe = strcmp(fields[5], "1") == 0;
    ret->sends = sends;
    while (*body != '\0') {
        struct variable v = {.name = fields_next(&body, arena)};
        v.value = v.name != NULL ? fields_next(&body, arena) : NULL;
        if (v.value == NULL)
            return false;
        sends[ret->send_count++] = v;
    }
    return true;
}

const struct call_new *calls_new(struct arena *arena, const struct wanted_call *w, const char *lang,
                                 const char *visitor)
{
    unsigned char random[RANDOM_BYTES];
    char hex[2 * RANDOM_BYTES + 1];
    struct call_new *c = arena_alloc(arena, sizeof *c);
    if (c == NULL)
        return NULL;
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(hex, sizeof hex, random, sizeof random);
    c->id = arena_printf(arena, "call_%s", hex);
    c->body = write_body(arena, w, lang, visitor);
    return c->id != NULL && c->body != NULL ? c : NULL;
}

/* --- answers -------------------------------------------------------------------------------------- */

static size_t room_of(const struct variable *values, size_t count)
{
    size_t bytes = count * sizeof *values;
    for (size_t i = 0; i < count; i++)
        bytes += strlen(values[i].name) + strlen(values[i].value) + 2;
    return bytes;
}

/* An answer as something heard: one allocation, as of frames. */
static struct heard_item *item_of(int64_t conversation, const char *id, bool ok, const struct variable *values,
                                  size_t count)
{
    struct heard_item *item = malloc(sizeof *item + room_of(values, count) + strlen(id) + 1);
    if (item == NULL)
        return NULL;
    *item =
        (struct heard_item){.kind = FRAME_CALLED, .called_ok = ok, .called_count = count, .conversation = conversation};
    struct variable *copies = (struct variable *)(item + 1);
    char *at = (char *)(copies + count);
    for (size_t i = 0; i < count; i++) {
        copies[i].name = conversation_put(&at, values[i].name);
        copies[i].value = conversation_put(&at, values[i].value);
    }
    item->called = copies;
    item->call_id = conversation_put(&at, id);
    return item;
}

/* Takes it out of the list. NULL = it has ended. */
static struct pending *take(struct hall *h, uint64_t number)
{
    for (struct pending **at = &h->calls; *at != NULL; at = &(*at)->next) {
        struct pending *p = *at;
        if (p->number != number)
            continue;
        *at = p->next;
        h->call_count--;
        return p;
    }
    return NULL;
}

/* The answer's turn comes before all that waits. */
static void answered(struct hall *h, struct conversation *c, const char *id, bool ok, const struct variable *values,
                     size_t count)
{
    struct heard_item *item = item_of(c->id, id, ok, values, count);
    if (item == NULL) {
        h->counts.not_saved++; /* it is called again when the conversation is loaded again */
        return;
    }
    item->next = c->items;
    if (c->items == NULL)
        c->items_end = &item->next;
    c->items = item;
    c->item_count++;
    turn_next(h, c);
}

void hall_called(struct hall *h, uint64_t number, bool ok, const struct variable *values, size_t count)
{
    struct pending *p = take(h, number);
    if (p == NULL)
        return;
    struct conversation *c = conversation_of_key(h, p->key);
    h->under_way--;
    h->counts.calls_failed += !ok;
    c->jobs--;
    c->turning = false;
    /* A conversation that was closed meanwhile does not hear it. */
    if (c->id == p->conversation)
        answered(h, c, p->id, ok, values, count);
    else
        turn_next(h, c);
    conversation_release(h, c);
    free(p);
}

/* --- beginning and ending ------------------------------------------------------------------------- */

static struct pending *pending_new(struct hall *h, struct conversation *c, const char *id)
{
    struct pending *p = h->call_count < CALLS_MOST ? malloc(sizeof *p) : NULL;
    if (p == NULL)
        return NULL;
    *p = (struct pending){.number = ++h->next_call, .key = c->key, .conversation = c->id, .next = h->calls};
    snprintf(p->id, sizeof p->id, "%s", id);
    h->calls = p;
    h->call_count++;
    h->under_way++;
    h->counts.calls++;
    c->jobs++;
    c->turning = true;
    return p;
}

/* Whether somebody waits for a person, or goes: nobody has to wait for a webhook to get there. */
static bool is_over(const struct conversation *c)
{
    for (const struct heard_item *i = c->items; i != NULL; i = i->next)
        if (calls_yield(i->kind, i->option))
            return true;
    return false;
}

bool calls_yield(enum frame_kind kind, const char *option)
{
    return kind == FRAME_HUMAN || kind == FRAME_BYE || kind == FRAME_ERASE ||
           (kind == FRAME_PICK && option != NULL && strncmp(option, "agent:", strlen("agent:")) == 0);
}

void calls_begin(struct hall *h, struct conversation *c, const char *id, const char *body)
{
    if (h->calls_stopped) {
        c->turning = true; /* the next start makes it */
        return;
    }
    struct arena *arena = arena_new(CALL_BODY_BYTES * 4);
    struct hall_call call = {.id = id, .at_seconds = clock_wall_ms(h->clock) / 1000};
    struct pending *p = arena != NULL && h->caller.begin != NULL && !is_over(c) && read_body(body, arena, &call)
                            ? pending_new(h, c, id)
                            : NULL;
    if (p != NULL)
        call.number = p->number;
    if (p == NULL) {
        answered(h, c, id, false, NULL, 0);
    } else if (h->caller.begin(h->caller.context, hall_settings(h), &call) < 0) {
        hall_called(h, p->number, false, NULL, 0);
    } else {
        hall_show_typing(h, c);
    }
    arena_free(arena);
}

void calls_end(struct hall *h, const struct conversation *c)
{
    for (const struct pending *p = h->calls; p != NULL; p = p->next) {
        if (p->key != c->key)
            continue;
        uint64_t number = p->number;
        h->caller.end(h->caller.context, number);
        hall_called(h, number, false, NULL, 0);
        return;
    }
}

void hall_call_with(struct hall *h, const struct hall_caller *caller)
{
    h->caller = *caller;
}

/* What is under way is left to the next start; nothing goes on in its conversations. */
void hall_stop_calling(struct hall *h)
{
    h->calls_stopped = true;
    while (h->calls != NULL) {
        struct pending *p = take(h, h->calls->number);
        struct conversation *c = conversation_of_key(h, p->key);
        h->caller.end(h->caller.context, p->number);
        h->under_way--;
        c->jobs--;
        conversation_release(h, c);
        free(p);
    }
}

void calls_free_all(struct hall *h)
{
    while (h->calls != NULL)
        free(take(h, h->calls->number));
}

/* --- those of before the start -------------------------------------------------------------------- */

static void take_up(struct hall *h, const struct call_row *row)
{
    struct conversation *c = conversation_want(h, row->conversation);
    if (c == NULL || c->loaded)
        return; /* whoever loads it is told what it waits for */
    c->wanted = true;
    deliver_load(h, c);
}

static void found(struct store_job *job)
{
    struct store_calls *j = (struct store_calls *)job;
    struct hall *h = job->context;
    hall_answered(job);
    for (size_t i = 0; job->result == STORE_OK && i < j->count; i++)
        take_up(h, &j->rows[i]);
    if (j->count > 0)
        log_line(LOG_LEVEL_INFO, "webhooks-taken-up", "count", log_number((int64_t)j->count), NULL);
    store_job_free(job);
}

int hall_take_up_calls(struct hall *h)
{
    struct store_calls *j = hall_job(h, &store_calls_kind, sizeof *j, found, NULL);
    return j != NULL ? hall_submit(h, &j->job) : -1;
}

void calls_loaded(struct hall *h, struct conversation *c, const struct call_row *row)
{
    c->wanted = false;
    if (row == NULL || c->id != row->conversation)
        return;
    /* One that is too old would surprise more than help: the flow takes its way out. */
    if (clock_wall_ms(h->clock) - row->at_ms < CALL_OLD_MS)
        calls_begin(h, c, row->id, row->body);
    else
        answered(h, c, row->id, false, NULL, 0);
}
