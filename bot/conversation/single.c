/* Single messages, of an agent or of the system: stored beside the turns, in the order they come. */
#include "conversation/internal.h"

struct single {
    struct store_turn row;
    uint64_t sender;
    bool agent;
};

static void single_done(struct store_job *job)
{
    struct single *s = (struct single *)job;
    struct hall *h = job->context;
    struct conversation *c = hall_answered(job);
    const char *cid = s->row.events[0].cid;
    if (c != NULL && job->result == STORE_OK) {
        s->row.events[0].seq = s->row.ret_first_seq;
        c->last_seq = s->row.ret_last_seq;
        deliver_events(h, c, s->row.events, 1, NULL);
        if (s->agent)
            desk_agent_said(h->desk, c->id);
    }
    if (s->sender != 0) {
        static const char *const codes[] = {[STORE_OK] = NULL,
                                            [STORE_DUPLICATE] = NULL,
                                            [STORE_REFUSED] = "not_yours",
                                            [STORE_MISSING] = "not_found",
                                            [STORE_UNAVAILABLE] = "not_saved"};
        const struct agent *a = counter_agent(h, s->sender);
        const char *code = codes[job->result];
        if (job->result == STORE_REFUSED && s->row.ret_no_file && a != NULL)
            hall_error(h, s->sender, "no_file", "error_no_file", a->lang, cid);
        else if (code == NULL)
            hall_send(h, s->sender, &(struct outgoing){.kind = OUT_ACK, .cid = cid, .seq = s->row.ret_first_seq});
        else if (a != NULL)
            hall_error(h, s->sender, code, job->result == STORE_REFUSED ? "error_not_yours" : "error_not_saved",
                       a->lang, cid);
    }
    store_job_free(job);
    if (c != NULL)
        conversation_release(h, c);
}

/* The words, then the files; NULL without memory. */
static const struct block *blocks_of(struct arena *arena, const char *text, const struct file_row *files, size_t count)
{
    struct block *shown = count > 0 ? files_blocks(arena, files, count) : NULL;
    if (count > 0 && (shown == NULL || text == NULL || text[0] == '\0'))
        return shown;
    struct block *paragraph = block_paragraph(arena, text);
    if (paragraph != NULL)
        paragraph->next = shown;
    return paragraph;
}

static struct single *single_new(struct hall *h, struct conversation *c, const struct said *said, const char *text,
                                 const struct file_row *files, size_t file_count)
{
    struct single *s = hall_job(h, &store_turn_kind, sizeof *s, single_done, c);
    if (s == NULL)
        return NULL;
    struct arena *arena = s->row.job.arena;
    struct said whole = *said;
    s->row.conversation = c->id;
    s->row.lang = body_text(arena, c->lang);
    s->row.page = "";
    s->row.who = s->row.if_who = -1;
    s->row.edition = edition_number(h->edition);
    s->row.events = arena_array(arena, 1, sizeof *s->row.events);
    whole.cid = said->cid != NULL ? body_text(arena, said->cid) : NULL;
    whole.blocks = blocks_of(arena, text, files, file_count);
    if (s->row.events == NULL || files_of_turn(arena, files, file_count, &s->row) < 0 || whole.blocks == NULL ||
        body_message(h, arena, &whole, &s->row.events[0]) < 0) {
        store_job_free(&s->row.job);
        return NULL;
    }
    s->row.event_count = 1;
    return s;
}

void single_say(struct hall *h, struct conversation *c, enum event_from from, const char *text_key, int64_t ticket)
{
    struct said said = {.from = from};
    arena_reset(h->scratch);
    const char *number = arena_printf(h->scratch, "%lld", (long long)ticket);
    const char *text = words_put(h->scratch, dialogue_text(text_key, c->lang), "{ticket}", number);
    struct single *s = c->id != 0 && text != NULL ? single_new(h, c, &said, text, NULL, 0) : NULL;
    if (s != NULL)
        hall_submit(h, &s->row.job); /* refused when the store is overrun: the message is a courtesy */
}

int single_agent_said(struct hall *h, struct conversation *c, const struct agent *a, const char *cid, const char *text,
                      const struct file_row *files, size_t file_count)
{
    struct said said = {.from = FROM_AGENT, .name = a->name, .cid = cid};
    struct single *s = single_new(h, c, &said, text, files, file_count);
    if (s == NULL)
        return -1;
    s->sender = a->client;
    s->agent = true;
    s->row.if_who = WHO_AGENT;
    s->row.events[0].user = a->user;
    return hall_submit(h, &s->row.job);
}
