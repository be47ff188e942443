/* Letters over the operator's mail server: see mail.h. */
#include "hooks/mail.h"

#include "hooks/letter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECRET_BYTES = 64 << 10, PATH_BYTES = 8192 };

struct mail {
    struct mail_config config;
    const struct settings *settings;
    struct mailbox *answers;
    char from[LETTER_ADDRESS_BYTES + 1], from_name[LETTER_NAME_BYTES + 1];
    char why[OUTLET_WHY_BYTES]; /* of a begin that failed */
};

/* --- sending -------------------------------------------------------------------------------------------- */

static int refuse(struct mail *m, struct outlet_result *ret, enum outlet_end end, const char *why)
{
    snprintf(m->why, sizeof m->why, "%s", why);
    *ret = (struct outlet_result){.end = end, .down = end == OUTLET_AGAIN, .why = m->why};
    return -1;
}

static enum fetch_tls tls_of(const struct settings *s)
{
    static const char *const names[] = {
        [FETCH_TLS_REQUIRED] = "required", [FETCH_TLS_TRY] = "optional", [FETCH_TLS_NONE] = "none"};
    enum fetch_tls tls = FETCH_TLS_NONE;
    while (tls > FETCH_TLS_REQUIRED && strcmp(names[tls], s->mail_starttls) != 0)
        tls--;
    return tls;
}

static struct fetch *request(const struct mail *m, const struct delivery *d, const char *password, struct arena *arena)
{
    const struct settings *s = m->settings;
    const char *ca = s->mail_ca.path;
    if (ca != NULL && ca[0] != '/')
        ca = arena_printf(arena, "%s/%s", m->config.site, ca);
    const unsigned anywhere = REACH_LOOPBACK | REACH_PRIVATE | REACH_PUBLIC;
    const struct fetch_mail mail = {.from = m->from,
                                    .to = d->target,
                                    .user = s->mail_user[0] != '\0' ? s->mail_user : NULL,
                                    .password = password,
                                    .tls = tls_of(s),
                                    .ca = ca};
    const struct fetch_request r = {.mail = &mail,
                                    .url = s->mail_url,
                                    .body = d->body,
                                    .body_size = d->body_size,
                                    .timeout_ms = MAIL_TIMEOUT_MS,
                                    .answer_bytes = 64 << 10,
                                    .reach = anywhere,
                                    .plain = REACH_LOOPBACK | REACH_PRIVATE};
    return fetch_new(&r);
}

static int begin(void *context, const struct delivery *d, struct outlet_result *ret)
{
    struct mail *m = context;
    if (!mail_ready(m))
        return refuse(m, ret, OUTLET_AGAIN, "the settings name no mail server (mail.url)");
    if (!letter_is_address(d->target))
        return refuse(m, ret, OUTLET_DEAD, "that is no e-mail address");
    const char *name = m->settings->mail_secret, *password = NULL;
    struct arena *arena = arena_new(SECRET_BYTES);
    if (arena != NULL && name[0] != '\0')
        password = m->config.secret(m->config.context, name, arena);
    if (arena == NULL || (name[0] != '\0' && password == NULL)) {
        arena_free(arena);
        return refuse(m, ret, OUTLET_AGAIN, "the secret that mail.secret names is missing");
    }
    struct fetch *f = request(m, d, password, arena);
    uintptr_t number;
    arena_free(arena);
    if (f != NULL) {
        f->id = (uint64_t)d->id;
        if (fetch_send(m->config.fetcher, f, m->answers, &number) == 0)
            return 0;
    }
    fetch_free(f);
    return refuse(m, ret, OUTLET_AGAIN, "too many requests are under way");
}

/* Codes that are about the server or its password, not about the letter. */
static bool is_operators(int status)
{
    return status == 421 || status == 454 || status == 530 || status == 534 || status == 535 || status == 538;
}

static void came_back(struct mail *m, const struct fetch *f)
{
    char why[OUTLET_WHY_BYTES];
    struct outlet_result r = {.end = OUTLET_AGAIN, .why = why};
    bool refused = f->status >= 400;
    if (f->result == FETCH_OK)
        r.end = OUTLET_SENT;
    else if (f->result == FETCH_WRONG || (refused && f->status >= 500 && !is_operators(f->status)))
        r.end = OUTLET_DEAD;
    /* A refused letter says that the server is up. */
    r.down = f->result != FETCH_OK && f->result != FETCH_CANCELLED && (!refused || is_operators(f->status));
    if (refused)
        snprintf(why, sizeof why, "the mail server answers %d%s", f->status,
                 is_operators(f->status) && f->status >= 500 ? ": see to mail.user and its secret" : "");
    else
        snprintf(why, sizeof why, "%s", f->why);
    outlet_ended(m->config.outlet, (int64_t)f->id, &r);
}

void mail_pump(struct mail *m)
{
    void *item;
    while (mailbox_take(m->answers, &item, 1) == 1) {
        came_back(m, item);
        fetch_free(item);
    }
}

/* --- wording -------------------------------------------------------------------------------------------- */

int mail_letter(const struct mail *m, const struct mail_words *w, struct arena *arena, struct delivery_new *ret,
                const char **ret_why)
{
    *ret_why = "the settings name no mail server (mail.url)";
    if (!mail_ready(m))
        return -1;
    const char *domain = strrchr(m->from, '@');
    const struct letter l = {
        .from = m->from,
        .from_name = m->from_name,
        .to = w->to,
        .subject = w->subject,
        .words = w->words,
        .id = arena_printf(arena, "%s%s", w->id, domain),
        .in_reply_to = w->in_reply_to != NULL ? arena_printf(arena, "%s%s", w->in_reply_to, domain) : NULL,
        .at_seconds = clock_wall_ms(m->config.clock) / 1000,
        .automatic = w->automatic,
    };
    struct buf out;
    *ret_why = "there is not enough memory";
    if (arena_failed(arena))
        return -1;
    buf_init(&out, LETTER_BYTES);
    int result = letter_write(&l, &out, ret_why);
    const char *body = result == 0 ? arena_strndup(arena, out.data, out.size) : NULL;
    *ret = (struct delivery_new){.kind = MAIL_KIND,
                                 .target = arena_strdup(arena, w->to),
                                 .ref = arena_strdup(arena, w->ref),
                                 .ticket = w->ticket,
                                 .body = body,
                                 .body_size = out.size};
    buf_free(&out);
    return result == 0 && !arena_failed(arena) ? 0 : -1;
}

/* --- life ------------------------------------------------------------------------------------------------ */

struct mail *mail_new(const struct mail_config *config)
{
    struct mail *m = calloc(1, sizeof *m);
    if (m == NULL)
        return NULL;
    m->config = *config;
    m->answers = mailbox_new(OUTLET_MOST, config->wake, config->context);
    const struct outlet_kind kind = {
        .name = MAIL_KIND, .one_lane = true, .at_once = MAIL_AT_ONCE, .begin = begin, .context = m};
    if (m->answers != NULL && outlet_add_kind(config->outlet, &kind) == 0)
        return m;
    mail_free(m);
    return NULL;
}

void mail_free(struct mail *m)
{
    void *item;
    if (m == NULL)
        return;
    while (m->answers != NULL && mailbox_take(m->answers, &item, 1) == 1)
        fetch_free(item);
    mailbox_free(m->answers);
    free(m);
}

void mail_settings(struct mail *m, const struct settings *settings)
{
    m->settings = settings;
    m->from[0] = '\0';
    if (settings->mail_from[0] != '\0' && letter_split(settings->mail_from, m->from_name, m->from) < 0)
        m->from[0] = '\0';
}

bool mail_ready(const struct mail *m)
{
    return m->settings != NULL && m->settings->mail_url[0] != '\0' && m->from[0] != '\0';
}
