/* Notes to those who are not online: see duty.h. */
#include "hooks/duty.h"

#include "dialogue/dialogue.h"
#include "hooks/letter.h"
#include "wire/ticket_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char kind_name[] = "duty", source_name[] = "mail:duty";

struct duty {
    struct duty_config config;
    const struct settings *settings;
};

/* A delivery on its way to becoming letters. */
struct telling {
    struct store_duty asked;
    struct duty *home;
    int64_t delivery;
    char uid[64];
};

struct posting {
    struct store_post post;
    struct duty *home;
    int64_t delivery;
};

/* --- what makes it ------------------------------------------------------------------------------------- */

static int make(void *context, const struct outlet_source *source, const struct ticket_step *step, struct arena *arena,
                struct delivery_new ret[OUTLET_MAKE_MAX])
{
    const char *event = ticket_event_of(step);
    (void)context, (void)source;
    if (event == NULL || (strcmp(event, "message") != 0 && strcmp(event, "callback") != 0))
        return 0;
    ret[0] = (struct delivery_new){.kind = kind_name,
                                   .target = arena_strdup(arena, step->department),
                                   .ref = arena_printf(arena, "step:%" PRId64, step->id),
                                   .ticket = step->ticket.id,
                                   .body = ""};
    return arena_failed(arena) ? -1 : 1;
}

size_t duty_settings(struct duty *d, const struct settings *settings, struct outlet_source *ret, size_t room)
{
    d->settings = settings;
    if (room == 0 || strcmp(settings->mail_duty, "off") == 0)
        return 0;
    ret[0] = (struct outlet_source){.name = source_name, .make = make, .context = d};
    return 1;
}

/* --- the letter ---------------------------------------------------------------------------------------- */

/* At most so many bytes, on one line. */
static void put_line(struct buf *out, const char *text, size_t most)
{
    size_t size = strlen(text), shown = size < most ? size : most;
    while (shown < size && shown > 0 && ((unsigned char)text[shown] & 0xc0) == 0x80)
        shown--;
    for (size_t i = 0; i < shown; i++)
        buf_putc(out, text[i] == '\n' || text[i] == '\r' ? ' ' : text[i]);
    buf_puts(out, shown < size ? " …" : "");
}

static void put_ticket(const struct duty *d, struct buf *out, const struct ticket *t)
{
    const char *how = d->settings->mail_duty;
    bool all = strcmp(how, "text") == 0;
    buf_printf(out, "- %" PRId64, t->id);
    if (all && t->name[0] != '\0') {
        buf_puts(out, " ");
        put_line(out, t->name, DUTY_QUESTION_BYTES);
    }
    if (all || strcmp(how, "question") == 0) {
        buf_puts(out, ": ");
        put_line(out, t->question[0] != '\0' || !all ? t->question : t->text, DUTY_QUESTION_BYTES);
    }
    buf_puts(out, "\n");
    if (all && t->text[0] != '\0')
        buf_printf(out, "%s\n\n", t->text);
}

static const char *words_of(const struct duty *d, const struct store_duty *j, const char *lang, struct arena *arena)
{
    struct buf out;
    buf_init(&out, LETTER_BODY_BYTES);
    const char *page = d->config.page(d->config.context, "/desk", arena);
    buf_printf(&out, "%s\n\n", dialogue_text("mail_duty_words", lang));
    /* What does not fit is at the desk anyway. */
    for (size_t i = 0; i < j->ticket_count && out.size < LETTER_BODY_BYTES / 2; i++)
        put_ticket(d, &out, &j->tickets[i]);
    buf_printf(&out, "%s\n%s\n%s\n", j->ret_more ? "…\n" : "", dialogue_text("mail_duty_desk", lang),
               page != NULL ? page : "");
    const char *words = out.failed ? NULL : arena_strndup(arena, out.data, out.size);
    buf_free(&out);
    return words;
}

static const char *subject_of(const struct duty *d, const char *department, const char *lang, struct arena *arena)
{
    static const char mark[] = "{name}";
    const struct department *row = settings_department(d->settings, department);
    const char *name = row != NULL ? settings_text(d->settings, &row->name, lang) : department;
    const char *text = dialogue_text("mail_duty_subject", lang), *at = strstr(text, mark);
    return at == NULL ? text : arena_printf(arena, "%.*s%s%s", (int)(at - text), text, name, at + strlen(mark));
}

/* --- telling --------------------------------------------------------------------------------------------- */

static void end(struct duty *d, int64_t delivery, const struct outlet_result *r)
{
    outlet_ended(d->config.outlet, delivery, r);
}

static void posted(struct store_job *job)
{
    struct posting *p = (struct posting *)job;
    bool good = job->result == STORE_OK;
    end(p->home, p->delivery,
        &(struct outlet_result){.end = good ? OUTLET_SENT : OUTLET_AGAIN,
                                .answer = good ? "mailed" : NULL,
                                .why = "the letters could not be stored"});
    outlet_look(p->home->config.outlet);
    store_job_free(job);
}

/* One letter to each. -1 with why. */
static int write_letters(const struct telling *t, struct posting *p, const char **ret_why)
{
    const struct duty *d = t->home;
    const struct store_duty *j = &t->asked;
    struct arena *arena = p->post.job.arena;
    const char *lang = d->settings->languages.items[0];
    struct delivery_new *all = arena_array(arena, j->address_count + 1, sizeof *all);
    const struct mail_words words = {
        .subject = subject_of(d, j->department, lang, arena),
        .words = words_of(d, j, lang, arena),
        .id = arena_printf(arena, "sportello.duty.%s", t->uid),
        .ref = arena_printf(arena, "duty:%s", t->uid),
        .automatic = true,
    };
    size_t count = 0;
    *ret_why = "there is not enough memory";
    if (all == NULL || words.words == NULL || arena_failed(arena))
        return -1;
    for (size_t i = 0; i < j->address_count; i++) {
        struct mail_words one = words;
        one.to = j->addresses[i];
        count += mail_letter(d->config.mail, &one, arena, &all[count], ret_why) == 0;
    }
    p->post.deliveries = all;
    p->post.count = count;
    return count > 0 ? 0 : -1;
}

static void write_all(struct telling *t)
{
    struct duty *d = t->home;
    const char *why = "there is not enough memory";
    struct posting *p = store_job_new(&store_post_kind, sizeof *p, posted, d);
    if (p != NULL) {
        p->home = d;
        p->delivery = t->delivery;
        if (write_letters(t, p, &why) == 0 && store_submit(d->config.store, &p->post.job) == 0)
            return;
        store_job_free(&p->post.job);
    }
    end(d, t->delivery, &(struct outlet_result){.end = OUTLET_AGAIN, .why = why});
}

static void asked(struct store_job *job)
{
    struct telling *t = (struct telling *)job;
    struct duty *d = t->home;
    const struct store_duty *j = &t->asked;
    int64_t left = j->ret_last_ms + DUTY_PAUSE_MS - clock_wall_ms(d->config.clock);
    if (job->result != STORE_OK)
        end(d, t->delivery, &(struct outlet_result){.end = OUTLET_AGAIN, .why = "the store did not say whom to tell"});
    else if (d->config.on_duty(d->config.context, j->department))
        end(d, t->delivery, &(struct outlet_result){.end = OUTLET_SENT, .answer = "somebody is online"});
    else if (j->ticket_count == 0)
        end(d, t->delivery, &(struct outlet_result){.end = OUTLET_SENT, .answer = "told already, or answered"});
    else if (j->address_count == 0)
        end(d, t->delivery, &(struct outlet_result){.end = OUTLET_SENT, .answer = "nobody has an e-mail address"});
    else if (left > 0 && left <= DUTY_PAUSE_MS)
        end(d, t->delivery,
            &(struct outlet_result){.end = OUTLET_AGAIN, .retry_after_ms = left, .why = "one was mailed just before"});
    else
        write_all(t);
    store_job_free(job);
}

static int begin(void *context, const struct delivery *delivery, struct outlet_result *ret)
{
    struct duty *d = context;
    *ret = (struct outlet_result){.end = OUTLET_AGAIN, .why = "the settings name no mail server (mail.url)"};
    if (!mail_ready(d->config.mail))
        return -1;
    if (d->settings == NULL || strcmp(d->settings->mail_duty, "off") == 0) {
        *ret = (struct outlet_result){.end = OUTLET_SENT, .answer = "mail.duty is off"};
        return -1;
    }
    struct telling *t = store_job_new(&store_duty_kind, sizeof *t, asked, d);
    *ret = (struct outlet_result){.end = OUTLET_AGAIN, .why = "there is not enough memory"};
    if (t == NULL)
        return -1;
    t->home = d;
    t->delivery = delivery->id;
    snprintf(t->uid, sizeof t->uid, "%s", delivery->uid);
    t->asked.kind = kind_name;
    t->asked.department = arena_strdup(t->asked.job.arena, delivery->target);
    if (t->asked.department != NULL && store_submit(d->config.store, &t->asked.job) == 0)
        return 0;
    store_job_free(&t->asked.job);
    return -1;
}

/* --- life ------------------------------------------------------------------------------------------------ */

struct duty *duty_new(const struct duty_config *config)
{
    struct duty *d = calloc(1, sizeof *d);
    const struct outlet_kind kind = {.name = kind_name, .at_once = 1, .begin = begin, .context = d};
    if (d == NULL)
        return NULL;
    d->config = *config;
    if (outlet_add_kind(config->outlet, &kind) == 0)
        return d;
    duty_free(d);
    return NULL;
}

void duty_free(struct duty *d)
{
    free(d);
}
