/* What agents put to a ticket for each other: notes, tags, a time, invitations; and the page its visitor is on. */
#include "conversation/counter.h"

#include "conversation/tags.h"

#include <string.h>

/* --- notes ----------------------------------------------------------------------------------- */

struct noting {
    struct store_note_add add; /* first: a job is its kind's struct */
    uint64_t client;
    bool alone; /* it is acknowledged: it does not go along with something else */
};

static void send_note(struct hall *h, uint64_t client, int64_t ticket, const struct work_note *note, const char *cid)
{
    hall_send(h, client, &(struct outgoing){.kind = OUT_DESK_NOTE, .ticket = ticket, .note = note, .cid = cid});
}

/* To all who have the chat open, and to who wrote it. */
static void spread(struct hall *h, const struct noting *n)
{
    const struct ticket *t = desk_ticket(h->desk, n->add.ticket);
    const struct conversation *c = t != NULL ? conversation_of_id(h, t->conversation) : NULL;
    for (uint16_t i = 0; c != NULL && i < c->watcher_count; i++) {
        if (c->watchers[i] != n->client && counter_agent(h, c->watchers[i]) != NULL)
            send_note(h, c->watchers[i], n->add.ticket, &n->add.note, NULL);
    }
    if (counter_agent(h, n->client) != NULL)
        send_note(h, n->client, n->add.ticket, &n->add.note, n->alone ? n->add.cid : NULL);
}

void counter_spread_note(struct hall *h, const struct ticket *t, const struct work_note *note)
{
    const struct conversation *c = conversation_of_id(h, t->conversation);
    for (uint16_t i = 0; c != NULL && i < c->watcher_count; i++)
        if (counter_agent(h, c->watchers[i]) != NULL)
            send_note(h, c->watchers[i], t->id, note, NULL);
}

static const char *why_not(enum store_result result)
{
    return result == STORE_MISSING ? "not_found" : result == STORE_UNAVAILABLE ? "not_saved" : "conflict";
}

static void noted(struct store_job *job)
{
    const struct noting *n = (const struct noting *)job;
    struct hall *h = job->context;
    const struct agent *a = counter_agent(h, n->client);
    bool stored = job->result == STORE_OK, known = job->result == STORE_DUPLICATE;
    hall_answered(job);
    if (stored) {
        counter_changed(h, &n->add.row);
        spread(h, n);
    }
    if (a != NULL && n->alone && (stored || known))
        counter_ack(h, a, n->add.cid);
    else if (a != NULL && n->alone)
        counter_refuse(h, a, n->add.ticket, why_not(job->result), n->add.cid);
    store_job_free(job);
}

static int submit_note(struct hall *h, struct agent *a, int64_t ticket, const char *cid, const char *text, bool alone)
{
    struct noting *n = hall_job(h, &store_note_add_kind, sizeof *n, noted, NULL);
    if (n == NULL)
        return -1;
    struct arena *arena = n->add.job.arena;
    n->add.ticket = ticket;
    n->add.sight = (struct work_sight){a->user, body_text(arena, a->admin ? "" : a->departments)};
    n->add.cid = body_text(arena, cid);
    n->add.text = body_text(arena, text);
    n->client = a->client;
    n->alone = alone;
    return hall_submit(h, &n->add.job);
}

int counter_keep_note(struct hall *h, struct agent *a, int64_t ticket, const char *cid, const char *text)
{
    return submit_note(h, a, ticket, cid, text, false);
}

void counter_note(struct hall *h, struct agent *a, const struct frame *f)
{
    if (submit_note(h, a, f->ticket, f->cid, f->text, true) < 0)
        counter_refuse(h, a, f->ticket, "busy", f->cid);
    else if (a->typing == f->ticket)
        counter_stop_typing(h, a);
}

struct reading {
    struct store_notes notes; /* first: a job is its kind's struct */
    uint64_t client;
};

static void notes_read(struct store_job *job)
{
    const struct reading *r = (const struct reading *)job;
    struct hall *h = job->context;
    hall_answered(job);
    for (size_t i = 0; job->result == STORE_OK && counter_agent(h, r->client) != NULL && i < r->notes.count; i++)
        send_note(h, r->client, r->notes.ticket, &r->notes.notes[i], NULL);
    store_job_free(job);
}

void counter_send_notes(struct hall *h, uint64_t client, int64_t ticket)
{
    struct reading *r = hall_job(h, &store_notes_kind, sizeof *r, notes_read, NULL);
    if (r == NULL)
        return;
    r->notes.ticket = ticket;
    r->client = client;
    hall_submit(h, &r->notes.job);
}

/* --- one thing of a ticket ------------------------------------------------------------------------- */

struct working {
    struct store_work work; /* first: a job is its kind's struct */
    uint64_t client;        /* 0 = nobody asked */
    const char *cid;        /* NULL = not acknowledged */
};

static void tell_invited(struct hall *h, struct agent *a, const void *what)
{
    hall_send(h, a->client, what);
}

static void worked(struct store_job *job)
{
    const struct working *w = (const struct working *)job;
    struct hall *h = job->context;
    const struct agent *a = w->client != 0 ? counter_agent(h, w->client) : NULL;
    hall_answered(job);
    if (job->result == STORE_OK) {
        counter_changed(h, &w->work.ticket);
        if (w->work.act == WORK_INVITE && a != NULL)
            counter_each(h, w->work.invited, tell_invited,
                         &(struct outgoing){.kind = OUT_DESK_INVITED, .ticket = w->work.ticket_id, .name = a->name});
        if (a != NULL && w->cid != NULL)
            counter_ack(h, a, w->cid);
    } else if (a != NULL) {
        counter_refuse(h, a, w->work.ticket_id, why_not(job->result), w->cid);
    }
    store_job_free(job);
}

static struct working *working_new(struct hall *h, enum work_act act, int64_t ticket)
{
    struct working *w = hall_job(h, &store_work_kind, sizeof *w, worked, NULL);
    if (w != NULL) {
        w->work.act = act;
        w->work.ticket_id = ticket;
    }
    return w;
}

static void submit_work(struct hall *h, const struct agent *a, const struct frame *f, struct working *w)
{
    if (w != NULL) {
        w->client = a->client;
        w->cid = f->cid != NULL ? arena_strdup(w->work.job.arena, f->cid) : NULL;
    }
    if (w == NULL || hall_submit(h, &w->work.job) < 0)
        counter_refuse(h, a, f->ticket, "busy", f->cid);
}

void counter_tags(struct hall *h, struct agent *a, const struct frame *f)
{
    struct working *w = working_new(h, WORK_SET_TAGS, f->ticket);
    const char **tags = w != NULL ? arena_array(w->work.job.arena, WORK_TAGS, sizeof *tags) : NULL;
    if (w == NULL || tags == NULL || tags_read(w->work.job.arena, f->text, tags, &w->work.tag_count) < 0) {
        if (w != NULL)
            store_job_free(&w->work.job);
        counter_refuse(h, a, f->ticket, tags != NULL ? "bad_field" : "busy", f->cid);
        return;
    }
    w->work.tags = tags;
    submit_work(h, a, f, w);
}

void counter_due(struct hall *h, struct agent *a, const struct frame *f)
{
    struct working *w = working_new(h, WORK_SET_DUE, f->ticket);
    if (w != NULL)
        w->work.due_ms = f->at;
    submit_work(h, a, f, w);
}

void counter_invite(struct hall *h, struct agent *a, const struct frame *f)
{
    struct working *w = working_new(h, WORK_INVITE, f->ticket);
    if (w != NULL)
        w->work.invited = f->user;
    submit_work(h, a, f, w);
}

/* Nobody waits for it: where it cannot be stored now, the next page tries again. */
void counter_page(struct hall *h, const struct conversation *c)
{
    const struct ticket *t = c->id != 0 ? desk_ticket_of(h->desk, c->id) : NULL;
    const char *page = c->page != NULL ? c->page : "", *title = c->page_title != NULL ? c->page_title : "";
    if (t == NULL || *page == '\0' || (strcmp(t->page, page) == 0 && strcmp(t->page_title, title) == 0))
        return;
    struct working *w = working_new(h, WORK_SET_PAGE, t->id);
    if (w == NULL)
        return;
    w->work.page = body_text(w->work.job.arena, page);
    w->work.title = body_text(w->work.job.arena, title);
    hall_submit(h, &w->work.job);
}
