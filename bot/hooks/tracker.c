/* Tickets in Request Tracker: see tracker.h. */
#include "hooks/tracker.h"

#include "dialogue/dialogue.h"
#include "hooks/letter.h"
#include "hooks/tracker_words.h"
#include "hooks/webhook.h"
#include "wire/rt.h"
#include "wire/ticket_json.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORK_BYTES = 4 << 20, URL_BYTES = FETCH_URL_BYTES, HEADER_BYTES = 1024, LANG_BYTES = 16, WHY_BYTES = 300 };

static const char name[] = "rt";

/* The requests of a delivery, one after another. */
enum tracker_step {
    STEP_FIND,    /* our ticket, by its mark */
    STEP_MAKE,    /* where it is not there */
    STEP_NUMBER,  /* no request: its number is being kept */
    STEP_LOOK,    /* whether the transcript is attached already */
    STEP_ATTACH,  /* where it is not */
    STEP_RESOLVE, /* the last of a closed one */
    STEP_REOPEN,  /* of one that is open again */
};

/* The delivery under way: one at a time. */
struct work {
    struct arena *arena; /* NULL = none is */
    int64_t delivery, ticket, theirs;
    bool closing, again; /* again: it is open once more */
    const char *body;
    size_t body_size;
    char lang[LANG_BYTES];
    enum tracker_step step;
};

struct tracker {
    struct tracker_config config;
    const struct settings *settings;
    struct mailbox *answers;
    struct work work;
    char why[WHY_BYTES];
};

/* --- wording ------------------------------------------------------------------------------------------- */

static int word_opening(const struct settings *s, const struct ticket_step *step, struct buf *out)
{
    const struct ticket *t = &step->ticket;
    const struct department *d = settings_department(s, step->department);
    struct buf content;
    buf_init(&content, TRACKER_CONTENT_BYTES);
    int result = tracker_content(s, t, &content);
    const struct rt_ticket rt = {.queue = d != NULL && d->rt_queue != NULL && d->rt_queue[0] != '\0' ? d->rt_queue
                                                                                                     : s->rt_queue,
                                 .requestor = letter_is_address(t->contact) ? t->contact : "",
                                 .ticket = t->id,
                                 .subject = t->question[0] != '\0' ? t->question : t->text,
                                 .content = content.data};
    if (result == 0)
        result = rt_write_ticket(&rt, out);
    buf_free(&content);
    return result;
}

static int word_closing(const struct settings *s, const struct ticket_step *step, struct buf *out)
{
    struct buf text;
    buf_init(&text, TRACKER_TRANSCRIPT_BYTES + 64);
    const char *words = dialogue_text("rt_closed", s->languages.items[0]);
    int result = tracker_transcript(s, step, &text);
    if (result == 0)
        result = rt_write_comment(words, step->ticket.id, text.data, text.size, out);
    buf_free(&text);
    return result;
}

/* One delivery for the first step that makes it somebody's work: later ones with the same ref are not made. One for
 * each of its ends, and for each time that it is open again after one. The end of a ticket that was never work of
 * anybody's is none. */
static int make(void *context, const struct outlet_source *source, const struct ticket_step *step, struct arena *arena,
                struct delivery_new ret[OUTLET_MAKE_MAX])
{
    const struct tracker *t = context;
    const char *event = ticket_event_of(step);
    struct buf body;
    (void)source;
    if (event == NULL || strcmp(event, "claimed") == 0 || t->settings == NULL)
        return 0;
    bool closing = strcmp(event, "closed") == 0, again = strcmp(step->before, "closed") == 0;
    buf_init(&body, DELIVERY_BODY_BYTES);
    int result = closing ? word_closing(t->settings, step, &body) : word_opening(t->settings, step, &body);
    ret[0] = (struct delivery_new){
        .kind = name,
        .target = name,
        .ref = closing || again ? arena_printf(arena, "%s:%" PRId64 ":%s:%" PRId64, closing ? "close" : "again",
                                               step->ticket.id, step->ticket.lang, step->id)
                                : arena_printf(arena, "open:%" PRId64 ":%s", step->ticket.id, step->ticket.lang),
        .ticket = step->ticket.id,
        .body = result == 0 ? arena_strndup(arena, body.data, body.size) : NULL,
        .body_size = body.size};
    buf_free(&body);
    return result == 0 && !arena_failed(arena) ? 1 : -1;
}

size_t tracker_settings(struct tracker *t, const struct settings *settings, struct outlet_source *ret, size_t room)
{
    t->settings = settings;
    if (settings->rt_url[0] == '\0' || room == 0)
        return 0;
    ret[0] = (struct outlet_source){.name = name, .with_said = true, .make = make, .context = t};
    return 1;
}

/* --- requests ------------------------------------------------------------------------------------------ */

/* The path behind /REST/2.0/ of the step, and its method. The searches hold nothing that a visitor wrote. */
static const char *request_of(const struct work *w, char ret_path[URL_BYTES])
{
    char mark[RT_MARK_BYTES], file[RT_FILE_BYTES];
    rt_mark(w->ticket, mark);
    rt_file(w->ticket, file);
    switch (w->step) {
    case STEP_FIND: /* Subject STARTSWITH '[sportello 1007]' AND Creator = '__CurrentUser__' */
        snprintf(ret_path, URL_BYTES,
                 "tickets?query=Subject%%20STARTSWITH%%20%%27%%5Bsportello%%20%" PRId64
                 "%%5D%%27%%20AND%%20Creator%%20%%3D%%20%%27__CurrentUser__%%27&fields=Subject&per_page=20&orderby=id",
                 w->ticket);
        return "GET";
    case STEP_MAKE:
        snprintf(ret_path, URL_BYTES, "ticket");
        return "POST";
    case STEP_LOOK: /* id = 12 AND Filename = 'sportello-1007.txt' */
        snprintf(ret_path, URL_BYTES,
                 "tickets?query=id%%20%%3D%%20%" PRId64 "%%20AND%%20Filename%%20%%3D%%20%%27%s%%27", w->theirs, file);
        return "GET";
    case STEP_ATTACH:
        snprintf(ret_path, URL_BYTES, "ticket/%" PRId64 "/comment", w->theirs);
        return "POST";
    case STEP_RESOLVE:
    case STEP_REOPEN:
        snprintf(ret_path, URL_BYTES, "ticket/%" PRId64, w->theirs);
        return "PUT";
    default:
        return NULL;
    }
}

/* A token, or user and password. -1 where there is none. */
static int authorization(struct tracker *t, char ret[HEADER_BYTES])
{
    struct arena *arena = arena_new(WORK_BYTES);
    const char *secret = arena != NULL ? t->config.secret(t->config.context, t->settings->rt_secret, arena) : NULL;
    size_t size = secret != NULL ? strlen(secret) : 0;
    char encoded[HEADER_BYTES - 64];
    int result = size > 0 && size < sizeof encoded / 2 ? 0 : -1;
    if (result == 0 && strchr(secret, ':') != NULL) {
        sodium_bin2base64(encoded, sizeof encoded, (const unsigned char *)secret, size, sodium_base64_VARIANT_ORIGINAL);
        snprintf(ret, HEADER_BYTES, "Authorization: Basic %s", encoded);
    } else if (result == 0) {
        snprintf(ret, HEADER_BYTES, "Authorization: token %s", secret);
    } else {
        snprintf(t->why, sizeof t->why, "its secret “%s” is missing or too long", t->settings->rt_secret);
    }
    arena_free(arena);
    return result;
}

static int send_step(struct tracker *t)
{
    static const char resolved[] = "{\"Status\":\"resolved\"}", reopened[] = "{\"Status\":\"open\"}";
    struct work *w = &t->work;
    char path[URL_BYTES], url[URL_BYTES], header[HEADER_BYTES];
    uintptr_t number;
    const char *method = request_of(w, path),
               *headers[] = {header, "Content-Type: application/json", "Accept: application/json"};
    bool listed = webhook_listed(&t->settings->webhook_hosts, t->settings->rt_url);
    unsigned anywhere = REACH_LOOPBACK | REACH_PRIVATE | REACH_PUBLIC;
    bool posts = w->step == STEP_MAKE || w->step == STEP_ATTACH;
    const char *status = w->step == STEP_RESOLVE ? resolved : w->step == STEP_REOPEN ? reopened : NULL;
    if (authorization(t, header) < 0)
        return -1;
    snprintf(url, sizeof url, "%s/REST/2.0/%.1000s", t->settings->rt_url, path);
    const struct fetch_request r = {.method = method,
                                    .url = url,
                                    .headers = headers,
                                    .header_count = sizeof headers / sizeof *headers,
                                    .body = posts ? w->body : status,
                                    .body_size = posts            ? w->body_size
                                                 : status != NULL ? strlen(status)
                                                                  : 0,
                                    .timeout_ms = TRACKER_MS,
                                    .answer_bytes = RT_ANSWER_BYTES,
                                    .once = true,
                                    .reach = listed ? anywhere : REACH_PUBLIC,
                                    .plain = listed ? anywhere : 0};
    struct fetch *f = fetch_new(&r);
    if (f != NULL) {
        f->id = (uint64_t)w->delivery;
        if (fetch_send(t->config.fetcher, f, t->answers, &number) == 0)
            return 0;
        fetch_free(f);
    }
    snprintf(t->why, sizeof t->why, "too many requests are under way");
    return -1;
}

/* --- a delivery ------------------------------------------------------------------------------------------- */

static void end_work(struct tracker *t, const struct outlet_result *r)
{
    int64_t delivery = t->work.delivery;
    arena_free(t->work.arena);
    t->work = (struct work){.arena = NULL};
    outlet_ended(t->config.outlet, delivery, r);
}

static void sent(struct tracker *t)
{
    char answer[32];
    snprintf(answer, sizeof answer, "RT-%" PRId64, t->work.theirs);
    end_work(t, &(struct outlet_result){.end = OUTLET_SENT, .answer = answer});
}

/* Trying again may help; `down` = the server is to blame. */
static void put_off(struct tracker *t, bool down, const char *why)
{
    end_work(t, &(struct outlet_result){.end = OUTLET_AGAIN, .down = down, .why = why});
}

static void go_to(struct tracker *t, enum tracker_step step)
{
    t->work.step = step;
    if (send_step(t) < 0)
        put_off(t, true, t->why);
}

/* It is there: its number is kept first, so that a crash before that is made good by the next try. */
static void found(struct tracker *t, int64_t theirs)
{
    struct work *w = &t->work;
    char outside[32];
    w->theirs = theirs;
    if (w->closing || (w->again && w->step == STEP_FIND)) {
        go_to(t, w->closing ? STEP_LOOK : STEP_REOPEN);
        return;
    }
    w->step = STEP_NUMBER;
    snprintf(outside, sizeof outside, "RT-%" PRId64, theirs);
    if (t->config.number(t->config.context, w->delivery, w->ticket, w->lang, outside) < 0)
        put_off(t, false, "its number cannot be kept now");
}

void tracker_numbered(struct tracker *t, int64_t delivery, bool kept)
{
    if (t->work.arena == NULL || t->work.delivery != delivery || t->work.step != STEP_NUMBER)
        return;
    if (kept)
        sent(t);
    else
        put_off(t, false, "its number could not be kept");
}

/* What a good answer leads to. */
static void heard(struct tracker *t, const struct fetch *f)
{
    char mark[RT_MARK_BYTES];
    int64_t id = 0;
    struct work *w = &t->work;
    const char *bytes = f->body.data;
    rt_mark(w->ticket, mark);
    int read = w->step == STEP_FIND   ? rt_read_found(bytes, f->body.size, mark, &id)
               : w->step == STEP_MAKE ? rt_read_made(bytes, f->body.size, &id)
               : w->step == STEP_LOOK ? rt_read_found(bytes, f->body.size, "", &id)
                                      : 0;
    if (read < 0)
        put_off(t, true, "its answer is not Request Tracker's");
    else if ((w->step == STEP_FIND && id != 0) || w->step == STEP_MAKE)
        found(t, id);
    else if (w->step == STEP_FIND && w->closing)
        put_off(t, false, "the ticket is not there yet");
    else if (w->step == STEP_FIND)
        go_to(t, STEP_MAKE);
    else if (w->step == STEP_LOOK)
        go_to(t, id != 0 ? STEP_RESOLVE : STEP_ATTACH);
    else if (w->step == STEP_ATTACH)
        go_to(t, STEP_RESOLVE);
    else
        sent(t);
}

static void came_back(struct tracker *t, const struct fetch *f)
{
    char why[WHY_BYTES];
    bool good = f->result == FETCH_OK && f->status >= 200 && f->status <= 299;
    bool locked = f->result == FETCH_OK && (f->status == 401 || f->status == 403);
    bool again = locked || f->result == FETCH_CANCELLED || webhook_may_help(f);
    if (good) {
        heard(t, f);
        return;
    }
    if (f->result == FETCH_OK)
        snprintf(why, sizeof why, "it answers %d%s", f->status,
                 f->status == 401   ? ": see to the secret of rt.secret"
                 : f->status == 403 ? ": its user may not do this in that queue, or there is no such queue"
                                    : "");
    else
        snprintf(why, sizeof why, "%s", f->why);
    end_work(t, &(struct outlet_result){.end = again ? OUTLET_AGAIN : OUTLET_DEAD,
                                        .down = again && f->result != FETCH_CANCELLED,
                                        .retry_after_ms = f->retry_after_s < OUTLET_WAIT_MOST_MS / 1000
                                                              ? f->retry_after_s * 1000
                                                              : OUTLET_WAIT_MOST_MS,
                                        .why = why});
}

void tracker_pump(struct tracker *t)
{
    void *item;
    while (mailbox_take(t->answers, &item, 1) == 1) {
        struct fetch *f = item;
        if (t->work.arena != NULL && (uint64_t)t->work.delivery == f->id)
            came_back(t, f);
        fetch_free(f);
    }
}

/* "open:1007:it", "close:1007:it:55", "again:1007:it:56": the last is the step's number. */
static bool read_ref(const char *ref, struct work *w)
{
    const char *number = strchr(ref, ':'), *lang = number != NULL ? strchr(number + 1, ':') : NULL;
    if (lang == NULL)
        return false;
    w->closing = strncmp(ref, "close:", 6) == 0;
    w->again = strncmp(ref, "again:", 6) == 0;
    snprintf(w->lang, sizeof w->lang, "%.*s", (int)strcspn(lang + 1, ":"), lang + 1);
    return true;
}

static int refuse(struct tracker *t, struct outlet_result *ret, enum outlet_end end, const char *why)
{
    if (why != t->why)
        snprintf(t->why, sizeof t->why, "%s", why);
    arena_free(t->work.arena);
    t->work = (struct work){.arena = NULL};
    *ret = (struct outlet_result){.end = end, .down = end == OUTLET_AGAIN, .why = t->why};
    return -1;
}

static int begin(void *context, const struct delivery *d, struct outlet_result *ret)
{
    struct tracker *t = context;
    struct work *w = &t->work;
    if (t->settings == NULL || t->settings->rt_url[0] == '\0')
        return refuse(t, ret, OUTLET_DEAD, "the settings name no Request Tracker any more");
    *w = (struct work){
        .arena = arena_new(WORK_BYTES), .delivery = d->id, .ticket = d->ticket, .body_size = d->body_size};
    w->body = w->arena != NULL ? arena_strndup(w->arena, d->body, d->body_size) : NULL;
    if (w->body == NULL)
        return refuse(t, ret, OUTLET_AGAIN, "there is not enough memory");
    if (!read_ref(d->ref, w))
        return refuse(t, ret, OUTLET_DEAD, "it is none of Request Tracker's");
    w->step = STEP_FIND;
    return send_step(t) == 0 ? 0 : refuse(t, ret, OUTLET_AGAIN, t->why);
}

/* --- life ---------------------------------------------------------------------------------------------- */

struct tracker *tracker_new(const struct tracker_config *config)
{
    struct tracker *t = calloc(1, sizeof *t);
    if (t == NULL)
        return NULL;
    t->config = *config;
    t->answers = mailbox_new(OUTLET_MOST, config->wake, config->context);
    const struct outlet_kind kind = {.name = name, .one_lane = true, .at_once = 1, .begin = begin, .context = t};
    if (t->answers != NULL && outlet_add_kind(config->outlet, &kind) == 0)
        return t;
    tracker_free(t);
    return NULL;
}

void tracker_free(struct tracker *t)
{
    void *item;
    if (t == NULL)
        return;
    while (t->answers != NULL && mailbox_take(t->answers, &item, 1) == 1)
        fetch_free(item);
    mailbox_free(t->answers);
    arena_free(t->work.arena);
    free(t);
}
