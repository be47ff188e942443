/* Everybody's accounts over HTTP, for admins: see api_people.h. */
#include "net/api_people.h"

#include "net/api_site.h"
#include "net/password.h"
#include "net/person.h"
#include "store/people.h"
#include "wire/json.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_BYTES = 4 << 20, AUDIT_PAGE = 50 };

/* --- the list ------------------------------------------------------------------------------------------- */

static void put_person(struct buf *json, const struct user *user)
{
    json_open(json, NULL, '{');
    json_number(json, "id", user->id);
    json_text(json, "name", user->name);
    json_text(json, "role", user->role);
    json_text(json, "departments", user->departments);
    json_text(json, "languages", user->languages);
    json_number(json, "capacity", user->capacity);
    json_text(json, "email", user->email);
    json_number(json, "picture", user->picture_version);
    json_bool(json, "totp", user->totp);
    json_bool(json, "disabled", user->disabled);
    json_close(json, '}');
}

/* What the admin may choose from, in the words of the site. */
static void put_choices(const struct api_call *call, struct buf *json)
{
    const struct settings *settings = call->server->settings;
    api_site_departments(call, json);
    json_open(json, "languages", '[');
    for (size_t i = 0; i < settings->languages.count; i++)
        json_text(json, NULL, settings->languages.items[i]);
    json_close(json, ']');
    json_number(json, "capacity", settings->agent_capacity);
}

static void listed(struct store_job *job)
{
    const struct store_user_get *got = (const struct store_user_get *)job;
    struct api_call *call = job->context;
    struct buf json;
    if (!api_begin(job, &json, LIST_BYTES))
        return;
    json_open(&json, "people", '[');
    for (size_t i = 0; i < got->count; i++)
        put_person(&json, &got->users[i]);
    json_close(&json, ']');
    put_choices(call, &json);
    api_end(job, &json);
}

static void list(struct api_call *call)
{
    struct store_user_get *job = api_job(call, &store_user_get_kind, sizeof *job, listed);
    if (job == NULL)
        return;
    job->list = true;
    api_submit(call, &job->job);
}

/* --- what an admin does ------------------------------------------------------------------------------------ */

enum { ACT, ID, NAME, ROLE, DEPARTMENTS, LANGUAGES, CAPACITY, EMAIL, FIELDS };
static const char *const field_names[FIELDS] = {"act",         "id",        "name",     "role",
                                                "departments", "languages", "capacity", "email"};

/* One POST, until it is answered. */
struct deed {
    struct job job; /* the hash of a new password */
    struct api_call *call;
    const struct people_act *act;
    const char *values[FIELDS];
    int64_t id;
    int capacity; /* -1 = as it is */
    char password[32], hash[PASSWORD_HASH_BYTES];
    bool hashed;
};

struct people_act {
    const char *name;
    bool makes; /* somebody new, who has no number yet */
    bool password;
    int disabled; /* -1 = as it is */
    bool totp_off;
};

static const struct people_act people_acts[] = {
    {"add", true, true, -1, false},      {"change", false, false, -1, false}, {"password", false, true, -1, false},
    {"disable", false, false, 1, false}, {"enable", false, false, 0, false},  {"totp_off", false, false, -1, true},
};

static void deed_end(struct deed *deed, int64_t id)
{
    struct api_call *call = deed->call;
    struct buf json;
    buf_init(&json, 256);
    json_open(&json, NULL, '{');
    json_number(&json, "id", id);
    json_text_if(&json, "password", deed->password);
    json_close(&json, '}');
    sodium_memzero(deed->password, sizeof deed->password);
    api_answer(call, &json);
}

static void added(struct store_job *job)
{
    struct api_call *call = job->context;
    enum store_result result = job->result;
    int64_t id = ((const struct store_user_add *)job)->user.id;
    store_job_free(job);
    if (result == STORE_OK)
        deed_end(call->context, id);
    else if (result == STORE_REFUSED)
        api_refuse(call, 409, "name_taken");
    else
        api_refuse_result(call, result);
}

static void changed(struct store_job *job)
{
    struct api_call *call = job->context;
    struct deed *deed = call->context;
    bool last_admin = ((const struct store_user_set *)job)->ret_last_admin;
    enum store_result result = job->result;
    store_job_free(job);
    if (result == STORE_OK) {
        server_user_changed(call->server, deed->id);
        deed_end(deed, deed->id);
    } else if (last_admin) {
        api_refuse(call, 409, "last_admin");
    } else {
        api_refuse_result(call, result);
    }
}

static const char *or_none(const char *text)
{
    return text != NULL ? text : "";
}

static void submit_add(struct deed *deed)
{
    struct api_call *call = deed->call;
    const char *const *v = deed->values;
    struct store_user_add *job = api_job(call, &store_user_add_kind, sizeof *job, added);
    if (job == NULL)
        return;
    job->user = (struct user){.name = v[NAME],
                              .role = v[ROLE],
                              .password_hash = deed->hash,
                              .departments = or_none(v[DEPARTMENTS]),
                              .languages = or_none(v[LANGUAGES]),
                              .email = or_none(v[EMAIL]),
                              .capacity = deed->capacity > 0 ? deed->capacity : 0};
    job->by = api_by(call);
    api_submit(call, &job->job);
}

static void submit_change(struct deed *deed)
{
    struct api_call *call = deed->call;
    const char *const *v = deed->values;
    struct store_user_set *job = api_job(call, &store_user_set_kind, sizeof *job, changed);
    if (job == NULL)
        return;
    job->id = deed->id;
    job->password_hash = deed->act->password ? deed->hash : NULL;
    job->disabled = deed->act->disabled;
    job->totp_off = deed->act->totp_off;
    job->capacity = -1;
    job->by = api_by(call);
    /* An admin who gives themselves a new password stays where they are. */
    job->keep = deed->id == call->user.id ? call->session : NULL;
    if (strcmp(deed->act->name, "change") == 0) {
        job->role = v[ROLE];
        job->departments = v[DEPARTMENTS];
        job->languages = v[LANGUAGES];
        job->email = v[EMAIL];
        job->capacity = deed->capacity;
    }
    api_submit(call, &job->job);
}

static void submit(struct deed *deed)
{
    if (deed->act->makes)
        submit_add(deed);
    else
        submit_change(deed);
}

static void hash_it(struct job *job)
{
    struct deed *deed = (struct deed *)job;
    deed->hashed = password_hash(deed->password, deed->hash) == 0;
}

static void hashed(struct job *job)
{
    struct deed *deed = (struct deed *)job;
    if (job->ran && deed->hashed)
        submit(deed);
    else
        api_refuse(deed->call, 503, "busy");
}

/* NULL, or the code of what does not fit. */
static const char *misfit(struct deed *deed)
{
    const char *const *v = deed->values;
    char *end = NULL;
    deed->capacity = -1;
    if (deed->act->makes ? v[NAME] == NULL || !person_name(v[NAME]) : v[ID] == NULL)
        return deed->act->makes ? "bad_name" : "bad_field";
    if (v[ID] != NULL) {
        deed->id = strtoll(v[ID], &end, 10);
        if (*end != '\0' || deed->id <= 0)
            return "bad_field";
    }
    if (v[ROLE] != NULL ? !person_role(v[ROLE]) : deed->act->makes)
        return "bad_field";
    if (v[EMAIL] != NULL && !person_email(v[EMAIL]))
        return "bad_email";
    if ((v[DEPARTMENTS] != NULL && !person_ids(v[DEPARTMENTS])) ||
        (v[LANGUAGES] != NULL && !person_languages(v[LANGUAGES])) ||
        (v[CAPACITY] != NULL && !person_capacity(v[CAPACITY], &deed->capacity)))
        return "bad_field";
    return NULL;
}

static const struct people_act *act_of(const char *name)
{
    for (size_t i = 0; name != NULL && i < sizeof people_acts / sizeof *people_acts; i++) {
        if (strcmp(people_acts[i].name, name) == 0)
            return &people_acts[i];
    }
    return NULL;
}

static void act(struct api_call *call)
{
    struct deed *deed = arena_alloc(call->arena, sizeof *deed);
    if (deed == NULL) {
        api_refuse(call, 503, "busy");
        return;
    }
    *deed = (struct deed){.job = {.run = hash_it, .done = hashed}, .call = call};
    call->context = deed;
    if (message_form(call->body, call->body_size, field_names, FIELDS, call->arena, deed->values) < 0 ||
        (deed->act = act_of(deed->values[ACT])) == NULL) {
        api_refuse(call, 400, "bad_field");
        return;
    }
    const char *wrong = misfit(deed);
    if (wrong != NULL) {
        api_refuse(call, 422, wrong);
        return;
    }
    if (!deed->act->password) {
        submit(deed);
        return;
    }
    password_random(deed->password);
    if (workers_submit(call->server->workers, WORK_PASSWORD_KNOWN, &deed->job) < 0)
        api_refuse(call, 503, "busy");
}

void people_serve(struct api_call *call)
{
    if (call->body_size > 0)
        act(call);
    else
        list(call);
}

/* --- the audit log ------------------------------------------------------------------------------------------- */

static void put_line(struct buf *json, const struct audit_row *row)
{
    json_open(json, NULL, '{');
    json_number(json, "id", row->id);
    json_number(json, "at", row->at_ms);
    json_text_if(json, "name", row->name);
    json_text(json, "act", row->act);
    json_text_if(json, "detail", row->detail);
    json_text_if(json, "address", row->address);
    json_close(json, '}');
}

static void audit_read(struct store_job *job)
{
    const struct store_audit_list *got = (const struct store_audit_list *)job;
    struct buf json;
    if (!api_begin(job, &json, LIST_BYTES))
        return;
    json_open(&json, "lines", '[');
    for (size_t i = 0; i < got->count; i++)
        put_line(&json, &got->rows[i]);
    json_close(&json, ']');
    json_bool(&json, "more", got->ret_more);
    api_end(job, &json);
}

void people_audit(struct api_call *call)
{
    int64_t before;
    if (!api_number(call, "before", 1, INT64_MAX, 0, &before)) {
        api_refuse(call, 400, "bad_field");
        return;
    }
    struct store_audit_list *job = api_job(call, &store_audit_list_kind, sizeof *job, audit_read);
    if (job == NULL)
        return;
    job->before = before;
    job->limit = AUDIT_PAGE;
    api_submit(call, &job->job);
}
