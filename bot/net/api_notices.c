/* GET notices: the notice board, with the site's languages and departments. POST notices {id?, department, from, until,
 * line.LANG, text.LANG, wordings.LANG …} saves one, {id, remove} takes it off. What was saved holds at once. */
#include "net/api_knowledge.h"
#include "net/api_site.h"
#include "net/api_talk.h"

#include "store/notice.h"
#include "wire/json.h"
#include "wire/message.h"

#include <stdlib.h>
#include <string.h>

enum { OWN_FIELDS = 5, JSON_BYTES = 16 << 20 };
#define YEAR_MS (INT64_C(366) * 24 * 3600 * 1000)

static const struct settings *settings_of(const struct api_call *call)
{
    return view_settings(edition_view(hall_edition(call->server->hall)));
}

static size_t languages(const struct settings *s)
{
    return s->languages.count < NOTICE_LANGS_MAX ? s->languages.count : NOTICE_LANGS_MAX;
}

/* --- listing ------------------------------------------------------------------------------------------- */

static void put_notice(struct buf *json, const struct api_call *call, const struct notice_row *n)
{
    json_open(json, NULL, '{');
    json_number(json, "id", n->id);
    json_number(json, "from", n->from_ms);
    json_number(json, "until", n->until_ms);
    json_number(json, "changed", n->changed_ms);
    json_text(json, "by", n->user_name);
    json_text(json, "department", n->department);
    json_bool(json, "mine", n->department[0] == '\0' || api_serves(call, n->department));
    json_open(json, "texts", '[');
    for (size_t i = 0; i < n->text_count; i++) {
        json_open(json, NULL, '{');
        json_text(json, "lang", n->texts[i].lang);
        json_text(json, "line", n->texts[i].line);
        json_text(json, "text", n->texts[i].text);
        json_text(json, "wordings", n->texts[i].wordings);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}

static void put_site(struct buf *json, const struct api_call *call)
{
    const struct settings *s = settings_of(call);
    json_open(json, "languages", '[');
    for (size_t i = 0; i < languages(s); i++)
        json_text(json, NULL, s->languages.items[i]);
    json_close(json, ']');
    api_site_departments(call, json);
}

static void listed(struct store_job *job)
{
    const struct store_notices *all = (const struct store_notices *)job;
    struct api_call *call = job->context;
    struct buf json;
    if (!api_begin(job, &json, JSON_BYTES))
        return;
    json_number(&json, "now", clock_wall_ms(call->server->config.clock));
    put_site(&json, call);
    json_open(&json, "notices", '[');
    for (size_t i = 0; i < all->count; i++)
        put_notice(&json, call, &all->rows[i]);
    json_close(&json, ']');
    api_end(job, &json);
}

/* --- saving -------------------------------------------------------------------------------------------- */

static void noted(struct store_job *job)
{
    struct api_call *call = job->context;
    const int64_t *id = call->context;
    store_job_free(job);
    api_answer_number(call, "id", *id);
}

static void saved(struct store_job *job)
{
    const struct store_notice_save *save = (const struct store_notice_save *)job;
    struct api_call *call = job->context;
    enum store_result result = job->result;
    int64_t *id = call->context;
    bool removed = save->remove;
    *id = save->row.id;
    store_job_free(job);
    if (result == STORE_OK)
        hall_notices_changed(call->server->hall);
    struct store_audit *audit =
        result == STORE_OK ? store_job_new(&store_audit_kind, sizeof *audit, noted, call) : NULL;
    if (audit == NULL) {
        api_refuse_result(call, result == STORE_OK ? STORE_UNAVAILABLE : result);
        return;
    }
    audit->user = call->user.id;
    audit->act = removed ? "notice_remove" : "notice_save";
    audit->detail = arena_printf(audit->job.arena, "notice %lld", (long long)*id);
    api_submit(call, &audit->job);
}

/* One wording a line, without blanks around and empty ones; the line of a notice is one line anyway. */
static const char *tidy(struct arena *arena, const char *text, bool one_line)
{
    char *out = arena_alloc(arena, strlen(text) + 1), *to = out;
    for (const char *at = text; out != NULL && *at != '\0';) {
        size_t size = strcspn(at, "\n"), skip = strspn(at, " \t");
        size_t end = size;
        while (end > skip && strchr(" \t", at[end - 1]) != NULL)
            end--;
        if (end > skip) {
            if (to != out)
                *to++ = one_line ? ' ' : '\n';
            memcpy(to, at + skip, end - skip);
            to += end - skip;
        }
        at += size + (at[size] == '\n');
    }
    return out;
}

struct form {
    const char *values[OWN_FIELDS + 3 * NOTICE_LANGS_MAX];
};

/* -1 = it is no form of this page, or without memory. */
static int read_form(struct api_call *call, const struct settings *s, struct form *ret)
{
    static const char *const own[OWN_FIELDS] = {"id", "department", "from", "until", "remove"};
    static const char *const parts[] = {"line", "text", "wordings"};
    const char *names[OWN_FIELDS + 3 * NOTICE_LANGS_MAX];
    size_t count = OWN_FIELDS;
    memcpy(names, own, sizeof own);
    for (size_t i = 0; i < languages(s); i++) {
        for (size_t k = 0; k < 3; k++, count++) {
            names[count] = arena_printf(call->arena, "%s.%s", parts[k], s->languages.items[i]);
            if (names[count] == NULL)
                return -1;
        }
    }
    return message_fields(call->body, call->body_size, names, count, call->arena, ret->values);
}

static const char *or_empty(const char *value)
{
    return value != NULL ? value : "";
}

/* The languages in which something was written. NULL without memory. */
static const struct notice_text *read_texts(struct arena *arena, const struct settings *s, const struct form *form,
                                            size_t *ret_count)
{
    struct notice_text *texts = arena_array(arena, NOTICE_LANGS_MAX, sizeof *texts);
    for (size_t i = 0; texts != NULL && i < languages(s); i++) {
        const char *const *at = &form->values[OWN_FIELDS + 3 * i];
        struct notice_text t = {.lang = arena_strdup(arena, s->languages.items[i]),
                                .line = tidy(arena, or_empty(at[0]), true),
                                .text = tidy(arena, or_empty(at[1]), false),
                                .wordings = tidy(arena, or_empty(at[2]), false)};
        if (t.lang == NULL || t.line == NULL || t.text == NULL || t.wordings == NULL)
            return NULL;
        if (t.line[0] != '\0' || t.text[0] != '\0' || t.wordings[0] != '\0')
            texts[(*ret_count)++] = t;
    }
    return texts;
}

static int64_t number_or(const char *text, int64_t absent)
{
    return text != NULL && *text != '\0' ? strtoll(text, NULL, 10) : absent;
}

/* NULL = it may be saved; else the code to refuse with. */
static const char *check(const struct api_call *call, const struct settings *s, const struct notice_row *n, int64_t now)
{
    bool known = n->department[0] == '\0';
    for (size_t i = 0; i < s->department_count; i++)
        known = known || strcmp(s->departments[i].id, n->department) == 0;
    if (!known || n->until_ms <= now || n->until_ms <= n->from_ms || n->until_ms > now + YEAR_MS || n->text_count == 0)
        return "bad_field";
    return n->department[0] == '\0' || api_serves(call, n->department) ? NULL : "forbidden";
}

static void save(struct api_call *call)
{
    const struct settings *s = settings_of(call);
    int64_t now = clock_wall_ms(call->server->config.clock);
    struct form form;
    int64_t *id = arena_alloc(call->arena, sizeof *id);
    struct store_notice_save *job =
        id != NULL ? store_job_new(&store_notice_save_kind, sizeof *job, saved, call) : NULL;
    if (job == NULL || read_form(call, s, &form) < 0) {
        if (job != NULL)
            store_job_free(&job->job);
        api_refuse(call, job != NULL ? 400 : 503, job != NULL ? "bad_field" : "busy");
        return;
    }
    struct notice_row *n = &job->row;
    *n = (struct notice_row){.id = number_or(form.values[0], 0),
                             .user = call->user.id,
                             .department = or_empty(form.values[1]),
                             .from_ms = number_or(form.values[2], now),
                             .until_ms = number_or(form.values[3], 0)};
    n->texts = read_texts(job->job.arena, s, &form, &n->text_count);
    job->remove = form.values[4] != NULL;
    job->departments = api_departments(call);
    call->context = id;
    const char *code = job->remove ? NULL : check(call, s, n, now);
    if (code != NULL) {
        store_job_free(&job->job);
        api_refuse(call, strcmp(code, "forbidden") == 0 ? 403 : 400, code);
        return;
    }
    api_submit(call, &job->job);
}

void api_notices(struct api_call *call)
{
    if (call->body_size > 0) {
        save(call);
        return;
    }
    struct store_notices *job = api_job(call, &store_notices_kind, sizeof *job, listed);
    if (job != NULL)
        api_submit(call, &job->job);
}
