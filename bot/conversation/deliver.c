/* What the store has committed goes out: to those who are live at once, to those who were away
 * in pages of what they missed. */
#include "conversation/internal.h"

#include <string.h>

enum { PAGE_EVENTS = 200, STARTERS_MAX = 6 };

static void send_event(struct hall *h, uint64_t client, const struct event *e, const struct ack *ack, int64_t ticket)
{
    struct outgoing out = {.kind = OUT_EVENT, .event = e, .ticket = ticket};
    if (ack != NULL) {
        out.cid = ack->cid;
        out.seq = ack->seq;
    }
    hall_send(h, client, &out);
}

/* What the sender has written stands on its page: it gets the acknowledgement, in what comes of it. What was
 * done by a button or a form has words that are ours. */
static bool to_sender(struct hall *h, uint64_t client, const struct event *events, size_t count, const struct ack *ack)
{
    bool carried = false;
    for (size_t i = 0; i < count; i++) {
        if (events[i].from == FROM_VISITOR && ack->shown)
            continue;
        send_event(h, client, &events[i], carried ? NULL : ack, 0);
        carried = true;
    }
    return carried;
}

bool deliver_events(struct hall *h, struct conversation *c, const struct event *events, size_t count,
                    const struct ack *ack)
{
    bool carried = false;
    for (uint16_t k = 0; k < c->client_count; k++) {
        const struct visitor *v = map_get(h->visitors, &c->clients[k], sizeof c->clients[k]);
        if (v == NULL || !v->live)
            continue;
        if (ack != NULL && v->client == ack->client) {
            carried = to_sender(h, v->client, events, count, ack);
            continue;
        }
        for (size_t i = 0; i < count; i++)
            send_event(h, v->client, &events[i], NULL, 0);
    }
    const struct ticket *t = c->id != 0 ? desk_ticket_of(h->desk, c->id) : NULL;
    for (uint16_t k = 0; k < c->watcher_count; k++) {
        for (size_t i = 0; i < count; i++)
            send_event(h, c->watchers[k], &events[i], NULL, t != NULL ? t->id : c->ticket);
    }
    return carried;
}

static size_t list_starters(const struct hall *h, const char *lang, struct starter ret[STARTERS_MAX])
{
    const struct view *view = edition_view(h->edition);
    const struct string_list *ids = &hall_settings(h)->starters;
    size_t count = 0;
    for (size_t i = 0; i < ids->count && count < STARTERS_MAX; i++) {
        uint32_t at = view_find(view, VIEW_ARTICLE, lang, ids->items[i]);
        const char *prefix = "entry:";
        if (at == VIEW_NONE) {
            at = view_find(view, VIEW_INTENT, lang, ids->items[i]);
            prefix = "intent:";
        }
        if (at == VIEW_NONE)
            continue;
        ret[count].id = arena_printf(h->scratch, "%s%s", prefix, ids->items[i]);
        ret[count].title = view_entry(view, at).title;
        if (ret[count].id != NULL)
            count++;
    }
    return count;
}

void deliver_welcome(struct hall *h, struct conversation *c, struct visitor *v, bool more)
{
    arena_reset(h->scratch);
    struct starter starters[STARTERS_MAX];
    char portrait[PORTRAIT_PATH_BYTES];
    struct outgoing out = {
        .kind = OUT_WELCOME,
        .token = v->token[0] != '\0' ? v->token : NULL,
        .lang = v->lang,
        .seq = c->last_seq,
        .who = c->who,
        .ticket = c->ticket,
        .agent_name = c->agent_name,
        .agent_picture = counter_portrait(h, c->who == WHO_AGENT ? c->agent_name : NULL, portrait),
        .settings = hall_settings(h),
        .starters = starters,
        .more = more,
        .erased = c->erased,
    };
    out.starter_count = list_starters(h, v->lang, starters);
    out.notice_count = board_lines(h, v->lang, &out.notices);
    v->welcomed = true;
    hall_send(h, v->client, &out);
}

static void events_page(struct hall *h, struct conversation *c, uint64_t client, int64_t after, bool to_agent);

/* To a visitor's connection, which may be gone by now. */
static void page_to_visitor(struct hall *h, struct conversation *c, uint64_t client, const struct store_events *page)
{
    struct visitor *v = map_get(h->visitors, &client, sizeof client);
    if (v == NULL || v->conversation != c)
        return;
    if (!v->welcomed)
        deliver_welcome(h, c, v, page->ret_more);
    for (size_t i = 0; i < page->event_count; i++)
        send_event(h, client, &page->events[i], NULL, 0);
    if (page->event_count > 0)
        v->after = page->events[page->event_count - 1].seq;
    v->live = !page->ret_more;
    if (v->live && c->turning)
        hall_send(h, client, &(struct outgoing){.kind = OUT_TYPING, .from = FROM_BOT});
    const struct ticket *t = v->live ? desk_ticket_of(h->desk, c->id) : NULL;
    if (t != NULL && t->state == TICKET_WAITING && t->position > 0) {
        struct desk_help help = desk_help_at(h->desk, t->id);
        hall_send(h, client,
                  &(struct outgoing){.kind = OUT_POSITION,
                                     .ticket = t->id,
                                     .position = t->position,
                                     .ranged = help.ranged,
                                     .wait_low = help.wait_low,
                                     .wait_high = help.wait_high,
                                     .open = help.open,
                                     .beyond = help.beyond,
                                     .online = help.online});
        if (help.ranged)
            told_range(h, c, t->id, help.wait_low, help.wait_high);
    }
}

static void page_to_agent(struct hall *h, struct conversation *c, uint64_t client, const struct store_events *page)
{
    const struct ticket *t = desk_ticket_of(h->desk, c->id);
    int64_t ticket = t != NULL ? t->id : (int64_t)page->job.tag;
    if (counter_agent(h, client) == NULL)
        return;
    for (size_t i = 0; i < page->event_count; i++)
        send_event(h, client, &page->events[i], NULL, ticket);
    if (page->ret_more)
        events_page(h, c, client, page->events[page->event_count - 1].seq, true);
}

struct missed {
    struct store_events events; /* first: a job is its kind's struct */
    uint64_t client;
    bool to_agent;
};

static void missed_read(struct store_job *job)
{
    struct missed *m = (struct missed *)job;
    struct hall *h = job->context;
    struct conversation *c = hall_answered(job);
    if (c != NULL && job->result == STORE_OK) {
        if (m->to_agent)
            page_to_agent(h, c, m->client, &m->events);
        else
            page_to_visitor(h, c, m->client, &m->events);
    } else if (c != NULL) {
        hall_error(h, m->client, "busy", "error_busy", c->lang, NULL);
    }
    store_job_free(job);
    if (c != NULL)
        conversation_release(h, c);
}

static void events_page(struct hall *h, struct conversation *c, uint64_t client, int64_t after, bool to_agent)
{
    struct missed *m = hall_job(h, &store_events_kind, sizeof *m, missed_read, c);
    if (m == NULL) {
        hall_error(h, client, "busy", "error_busy", c->lang, NULL);
        return;
    }
    m->events.conversation = c->id;
    m->events.after = after;
    m->events.limit = PAGE_EVENTS;
    m->client = client;
    m->to_agent = to_agent;
    if (hall_submit(h, &m->events.job) < 0)
        hall_error(h, client, "busy", "error_busy", c->lang, NULL);
}

void deliver_missed(struct hall *h, struct conversation *c, uint64_t client, int64_t after, bool to_agent)
{
    /* Somebody who has more than there is speaks of another conversation: all of this one is new. */
    if (after < 0 || after > c->last_seq)
        after = 0;
    events_page(h, c, client, after, to_agent);
}

/* Loaded: those who waited for it are served. */
static void loaded(struct hall *h, struct conversation *c, const struct call_row *call)
{
    c->loaded = true;
    for (uint16_t i = 0; i < c->client_count; i++) {
        struct visitor *v = map_get(h->visitors, &c->clients[i], sizeof c->clients[i]);
        if (v == NULL || v->welcomed)
            continue;
        if (c->id == 0) {
            v->live = true;
            deliver_welcome(h, c, v, false);
        } else {
            deliver_missed(h, c, v->client, v->after, false);
        }
    }
    for (uint16_t i = 0; c->id != 0 && i < c->watcher_count; i++)
        deliver_missed(h, c, c->watchers[i], 0, true);
    if (c->id != 0 && c->client_count > 0) {
        desk_visitor_online(h->desk, c->id, true);
        counter_page(h, c);
    }
    calls_loaded(h, c, call);
    turn_next(h, c);
}

/* It is in memory already, entered by another way: those who came by this one go over to it. */
static void join(struct hall *h, struct conversation *there, struct conversation *c)
{
    uint16_t clients = there->client_count, watchers = there->watcher_count;
    conversation_join(h, there, c);
    for (uint16_t i = clients; i < there->client_count; i++) {
        const struct visitor *v = map_get(h->visitors, &there->clients[i], sizeof there->clients[i]);
        if (v != NULL)
            deliver_missed(h, there, v->client, v->after, false);
    }
    for (uint16_t i = watchers; i < there->watcher_count; i++)
        deliver_missed(h, there, there->watchers[i], 0, true);
    if (clients == 0 && there->client_count > 0)
        desk_visitor_online(h->desk, there->id, true);
    turn_next(h, there);
}

static void row_read(struct store_job *job)
{
    struct store_load *load = (struct store_load *)job;
    struct hall *h = job->context;
    struct conversation *c = hall_answered(job);
    if (c != NULL && c->client_count == 0 && c->watcher_count == 0 && !c->wanted) {
        c->loading = false; /* nobody waits for it any more, or another has taken over */
        conversation_release(h, c);
    } else if (c != NULL) {
        c->loading = false;
        struct conversation *first = back_first(h, c, load);
        if (first != NULL) {
            join(h, first, c);
            conversation_release(h, c);
            store_job_free(job);
            return;
        }
        struct conversation *other = job->result == STORE_OK ? conversation_of_id(h, load->row.id) : NULL;
        if (other != NULL && other != c && other->loaded) {
            join(h, other, c);
            conversation_release(h, c);
            store_job_free(job);
            return;
        }
        c->jobs++; /* it stays until here is done with it */
        conversation_set_values(c, load->values, load->value_count);
        bool there = job->result == STORE_OK && conversation_set_row(h, c, &load->row) == 0;
        c->erased = job->result == STORE_MISSING && load->ret_erased;
        if (there)
            older_loaded(h, c, load->row.edition);
        bool nobody = job->result == STORE_MISSING && load->ret_visitor == 0 && c->id == 0;
        bool ready = there || (job->result == STORE_MISSING && (!nobody || visitor_new_token(h, c) == 0));
        if (ready) {
            loaded(h, c, load->call);
        } else {
            for (uint16_t i = 0; i < c->client_count; i++)
                hall_error(h, c->clients[i], "busy", "error_busy", c->lang, NULL);
        }
        c->jobs--;
        conversation_release(h, c);
    }
    store_job_free(job);
}

void deliver_load(struct hall *h, struct conversation *c)
{
    if (c->loading)
        return;
    struct store_load *load = hall_job(h, &store_load_kind, sizeof *load, row_read, c);
    if (load == NULL)
        return;
    memcpy(load->token_hash, c->token_hash, TOKEN_HASH_BYTES);
    load->conversation = c->id;
    c->loading = hall_submit(h, &load->job) == 0;
}
