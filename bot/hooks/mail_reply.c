/* Answers to messages by e-mail: see mail_reply.h. */
#include "hooks/mail_reply.h"

#include "content/block.h"
#include "hooks/letter.h"
#include "wire/message.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { SECRET_BYTES = 32, SECRET_TEXT = 64, BODY_BYTES = 64 << 10, QUOTED_BYTES = 2000, ORIGIN_BYTES = 300 };

static const char ref_begins[] = "reply:"; /* of the deliveries of answers */

struct mail_reply {
    struct mail_reply_config config;
    const struct settings *settings;
};

/* One answer, until the store has it. */
struct answer {
    struct store_reply row;
    struct mail_reply *home;
    uint64_t client;
    const char *cid;
    const char *why;             /* why it cannot be stored at all */
    const struct ticket *ticket; /* a copy of what the agent saw */
    unsigned char link_hash[TOKEN_HASH_BYTES];
    struct delivery_new delivery;
    struct event event;
};

struct mail_reply *mail_reply_new(const struct mail_reply_config *config)
{
    struct mail_reply *r = calloc(1, sizeof *r);
    if (r != NULL)
        r->config = *config;
    return r;
}

void mail_reply_free(struct mail_reply *r)
{
    free(r);
}

void mail_reply_settings(struct mail_reply *r, const struct settings *settings)
{
    r->settings = settings;
}

/* --- the link ------------------------------------------------------------------------------------------ */

static bool may_open(const struct mail_reply *r, const char *page)
{
    char origin[ORIGIN_BYTES];
    const char *scheme = strstr(page, "://");
    bool web = strncmp(page, "https://", 8) == 0 || strncmp(page, "http://", 7) == 0;
    if (!web || page[strcspn(page, " \t\r\n<>\"\\")] != '\0')
        return false;
    size_t size = (size_t)(scheme - page) + 3;
    size += strcspn(page + size, "/?#");
    if (size >= sizeof origin)
        return false;
    memcpy(origin, page, size);
    origin[size] = '\0';
    return r->config.allows(r->config.context, origin);
}

const char *mail_reply_link(const struct mail_reply *r, const char *page, const char *secret, struct arena *arena)
{
    if (may_open(r, page))
        return arena_printf(arena, "%.*s#sportello=%s", (int)strcspn(page, "#"), page, secret);
    if (r->settings->public_url[0] == '\0')
        return NULL;
    return arena_printf(arena, "%s/#sportello=%s", r->settings->public_url, secret);
}

/* --- the words ----------------------------------------------------------------------------------------- */

/* The lines behind "> ", cut where they are long. */
static void put_quoted(struct buf *out, const char *text)
{
    size_t left = QUOTED_BYTES;
    while (*text != '\0' && left > 0) {
        size_t size = strcspn(text, "\n"), shown = size < left ? size : left;
        while (shown < size && shown > 0 && ((unsigned char)text[shown] & 0xc0) == 0x80)
            shown--;
        buf_printf(out, "> %.*s%s\n", (int)shown, text, shown < size ? " …" : "");
        left -= shown < left ? shown + 1 : left;
        text += size + (text[size] == '\n');
    }
}

static const char *words_of(const struct mail_reply *r, const struct hall_reply *h, const char *link,
                            struct arena *arena)
{
    const char *lang = h->ticket->lang, *company = r->settings->name;
    const char *asked = h->ticket->text[0] != '\0' ? h->ticket->text : h->ticket->question;
    struct buf out;
    buf_init(&out, LETTER_BODY_BYTES);
    buf_printf(&out, "%s\n\n%s%s%s\n", h->text, h->agent_name, company[0] != '\0' ? ", " : "", company);
    if (link != NULL)
        buf_printf(&out, "\n%s\n%s\n", dialogue_text("mail_reply_back", lang), link);
    if (asked[0] != '\0') {
        buf_printf(&out, "\n%s\n", dialogue_text("mail_reply_yours", lang));
        put_quoted(&out, asked);
    }
    const char *words = out.failed ? NULL : arena_strndup(arena, out.data, out.size);
    buf_free(&out);
    return words;
}

static const char *subject_of(const struct hall_reply *h, struct arena *arena)
{
    static const char mark[] = "{ticket}";
    const char *text = dialogue_text("mail_reply_subject", h->ticket->lang), *at = strstr(text, mark);
    return at == NULL
               ? text
               : arena_printf(arena, "%.*s%" PRId64 "%s", (int)(at - text), text, h->ticket->id, at + strlen(mark));
}

/* --- one answer ----------------------------------------------------------------------------------------- */

static void tell(const struct answer *a, const char *why, const struct ticket *ticket)
{
    const struct mail_reply *r = a->home;
    bool there = why == NULL && a->row.job.result == STORE_DUPLICATE;
    r->config.replied(r->config.context, &(struct hall_replied){.client = a->client,
                                                                .cid = a->cid,
                                                                .why = why,
                                                                .ticket = ticket,
                                                                .seq = a->row.ret_first_seq,
                                                                .events = there ? NULL : &a->event,
                                                                .event_count = why == NULL && !there ? 1 : 0});
}

static void stored(struct store_job *job)
{
    static const char *const codes[] = {[STORE_OK] = NULL,
                                        [STORE_DUPLICATE] = NULL,
                                        [STORE_REFUSED] = "not_yours",
                                        [STORE_MISSING] = "not_yours",
                                        [STORE_UNAVAILABLE] = "not_saved"};
    struct answer *a = (struct answer *)job;
    const char *why = a->why != NULL ? a->why : codes[job->result];
    tell(a, why, why == NULL ? &a->row.ticket : a->ticket);
    if (why == NULL)
        outlet_look(a->home->config.outlet);
    store_job_free(job);
}

/* What cannot be answered is told as late as what can: a job that reads nothing brings it back. */
static bool word_event(struct answer *a, const struct hall_reply *h, struct arena *arena)
{
    struct buf body;
    const struct said said = {
        .from = FROM_AGENT, .name = h->agent_name, .cid = h->cid, .blocks = block_paragraph(arena, h->text)};
    buf_init(&body, BODY_BYTES);
    bool good = said.blocks != NULL && message_codec.message(&said, &body) == 0;
    a->event = (struct event){.kind = EVENT_MESSAGE,
                              .from = FROM_AGENT,
                              .cid = a->cid,
                              .body = good ? arena_strndup(arena, body.data, body.size) : NULL,
                              .body_size = body.size,
                              .user = h->user};
    buf_free(&body);
    return good && a->event.body != NULL;
}

/* NULL, or why there can be no letter. */
static const char *word_letter(struct answer *a, const struct hall_reply *h, struct arena *arena)
{
    const struct mail_reply *r = a->home;
    unsigned char bytes[SECRET_BYTES];
    char secret[SECRET_TEXT];
    const char *why;
    if (!mail_ready(r->config.mail))
        return "no_mail";
    if (!letter_is_address(h->ticket->contact))
        return "no_address";
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(secret, sizeof secret, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    crypto_generichash(a->link_hash, sizeof a->link_hash, (const unsigned char *)secret, strlen(secret), NULL, 0);
    const char *link = mail_reply_link(r, h->ticket->page, secret, arena);
    a->row.link_hash = link != NULL ? a->link_hash : NULL;
    const struct mail_words words = {
        .to = h->ticket->contact,
        .subject = subject_of(h, arena),
        .words = words_of(r, h, link, arena),
        .id = arena_printf(arena, "sportello.%" PRId64 ".%08x%08x", h->ticket->id, randombytes_random(),
                           randombytes_random()),
        .in_reply_to = arena_printf(arena, "sportello.%" PRId64, h->ticket->id),
        .ticket = h->ticket->id,
        .ref = arena_printf(arena, "%s%" PRId64 ":%s", ref_begins, h->ticket->id, h->cid),
    };
    sodium_memzero(secret, sizeof secret);
    if (words.words == NULL || arena_failed(arena))
        return "busy";
    return mail_letter(r->config.mail, &words, arena, &a->delivery, &why) == 0 ? NULL : "no_mail";
}

static const struct ticket *copy_ticket(struct arena *arena, const struct ticket *t)
{
    struct ticket *copy = arena_alloc(arena, sizeof *copy);
    if (copy != NULL)
        *copy = *t;
    const char **const texts[] = {&copy->department, &copy->lang, &copy->question, &copy->why,
                                  &copy->corrected,  &copy->page, &copy->tried,    &copy->name,
                                  &copy->contact,    &copy->text, &copy->cause,    &copy->owner_name};
    for (size_t i = 0; copy != NULL && i < sizeof texts / sizeof *texts; i++)
        *texts[i] = *texts[i] != NULL ? arena_strdup(arena, *texts[i]) : "";
    return copy;
}

/* --- an answer that will not arrive ---------------------------------------------------------------------- */

int mail_reply_give_up(struct mail_reply *r, const struct outlet_dead *dead)
{
    if (strcmp(dead->kind, MAIL_KIND) != 0 || strncmp(dead->ref, ref_begins, strlen(ref_begins)) != 0)
        return 0;
    const struct hall_undelivered u = {.delivery = dead->id, .to = dead->target, .why = dead->why};
    return r->config.undelivered(r->config.context, &u) == 0 ? 1 : -1;
}

void mail_reply_told(void *reply, int64_t delivery, bool kept)
{
    const struct mail_reply *r = reply;
    outlet_given_up(r->config.outlet, delivery, kept);
}

int mail_reply_begin(void *reply, const struct hall_reply *h)
{
    struct mail_reply *r = reply;
    struct answer *a = store_job_new(&store_reply_kind, sizeof *a, stored, r);
    if (a == NULL)
        return -1;
    struct arena *arena = a->row.job.arena;
    a->home = r;
    a->client = h->client;
    a->cid = arena_strdup(arena, h->cid);
    a->ticket = copy_ticket(arena, h->ticket);
    a->why = word_letter(a, h, arena);
    if (a->cid == NULL || a->ticket == NULL || !word_event(a, h, arena) || arena_failed(arena)) {
        store_job_free(&a->row.job);
        return -1;
    }
    a->row.ticket_id = h->ticket->id;
    a->row.from = a->why == NULL ? 1u << TICKET_MESSAGE : 0;
    a->row.owner_is = h->user;
    a->row.owner = h->user;
    a->row.events = &a->event;
    a->row.event_count = 1;
    a->row.delivery = a->why == NULL ? &a->delivery : NULL;
    if (store_submit(r->config.store, &a->row.job) == 0)
        return 0;
    store_job_free(&a->row.job);
    return -1;
}
