/* sportello user: the people behind the counter. One row a deed. */
#include "cli/command.h"
#include "cli/user_password.h"
#include "cli/user_site.h"
#include "cli/user_value.h"
#include "net/person.h"
#include "wire/json.h"

#include <string.h>

/* --- what is done with a user that there is --------------------------------------------------------------- */

static int say_result(struct call *call, enum store_result result)
{
    if (result == STORE_MISSING)
        fprintf(call->err, "sportello user: there is nobody called %s; `sportello user list` shows all\n",
                call->argv[1]);
    else
        fprintf(call->err, "sportello user: %s\n", data_result_text(result));
    return EXIT_SHORT;
}

/* The user called argv[1] in a job to be freed, NULL after saying why not. */
static struct store_user_get *find(struct call *call)
{
    struct store_user_get *job = data_job(&store_user_get_kind, sizeof *job);
    if (job == NULL) {
        fputs("sportello user: no memory\n", call->err);
        return NULL;
    }
    job->name = call->argv[1];
    data_do(call->owned, &job->job);
    if (job->job.result == STORE_OK)
        return job;
    say_result(call, job->job.result);
    store_job_free(&job->job);
    return NULL;
}

/* One deed: what its words must be, and what it changes. */
struct deed {
    const char *name;
    int words; /* with its own name */
    const char *usage;
    bool password; /* asks for one */
    void (*fill)(
        struct store_user_set *); /* NULL = it is the user_value of its name that it changes, or `run` does it all */
    int (*run)(struct call *);
    const char *said; /* afterwards, with the name */
};

static const struct deed *deed_of(const char *name);

static int change(struct call *call)
{
    const struct deed *deed = deed_of(call->argv[0]);
    struct store_user_get *got = find(call);
    struct store_user_set *job = got != NULL ? data_job(&store_user_set_kind, sizeof *job) : NULL;
    if (job == NULL) {
        if (got != NULL)
            store_job_free(&got->job);
        return EXIT_SHORT;
    }
    job->id = got->user.id;
    job->disabled = job->capacity = -1;
    job->password_hash = call->hash;
    const struct user_value *value = user_value(deed->name);
    if (deed->fill != NULL)
        deed->fill(job);
    else if (value != NULL)
        value->fill(job, call->argv[2]);
    data_do(call->owned, &job->job);
    enum store_result result = job->job.result;
    bool last_admin = job->ret_last_admin;
    if (result == STORE_OK) {
        call->ret_user = job->id;
        fprintf(call->err, "%s %s\n", got->user.name, deed->said);
    } else if (last_admin) {
        fprintf(call->err, "sportello user: %s is the last admin who can log in; make somebody else an admin first\n",
                got->user.name);
    }
    store_job_free(&job->job);
    store_job_free(&got->job);
    return result == STORE_OK ? EXIT_GOOD : last_admin ? EXIT_SHORT : say_result(call, result);
}

static void fill_disable(struct store_user_set *set)
{
    set->disabled = 1;
}

static void fill_enable(struct store_user_set *set)
{
    set->disabled = 0;
}

static void fill_totp_off(struct store_user_set *set)
{
    set->totp_off = true;
}

/* --- add ------------------------------------------------------------------------------------------------- */

/* What was said of somebody new, by the options of `add`. */
struct said {
    const char *name, *value; /* NULL = not said */
};

enum { SAID = 4 };

static void read_said(const struct call *call, struct said ret[SAID])
{
    ret[0] = (struct said){"departments", call->departments};
    ret[1] = (struct said){"languages", call->languages};
    ret[2] = (struct said){"capacity", call->capacity};
    ret[3] = (struct said){"email", call->email};
}

/* NULL, or what is wrong with the options of `add`. */
static const char *wrong_new(const struct call *call)
{
    struct said said[SAID];
    read_said(call, said);
    if (call->role == NULL || !person_role(call->role))
        return "--role agent, editor or admin is needed";
    for (size_t i = 0; i < SAID; i++) {
        const struct user_value *value = user_value(said[i].name);
        if (said[i].value != NULL && !value->fits(said[i].value))
            return value->should;
    }
    return NULL;
}

static int add(struct call *call)
{
    struct said said[SAID];
    struct store_user_add *job = data_job(&store_user_add_kind, sizeof *job);
    struct store_user_set filled = {.capacity = 0, .departments = "", .languages = "", .email = ""};
    if (job == NULL)
        return EXIT_SHORT;
    read_said(call, said);
    for (size_t i = 0; i < SAID; i++) {
        if (said[i].value != NULL)
            user_value(said[i].name)->fill(&filled, said[i].value);
    }
    job->user = (struct user){.name = call->argv[1],
                              .role = call->role,
                              .password_hash = call->hash,
                              .departments = filled.departments,
                              .languages = filled.languages,
                              .capacity = filled.capacity,
                              .email = filled.email};
    data_do(call->owned, &job->job);
    enum store_result result = job->job.result;
    store_job_free(&job->job);
    if (result == STORE_OK)
        fprintf(call->err, "%s can log in at /desk as %s\n", call->argv[1], call->role);
    else if (result == STORE_REFUSED)
        fprintf(call->err, "sportello user: the name %s is taken\n", call->argv[1]);
    else
        fprintf(call->err, "sportello user: %s\n", data_result_text(result));
    return result == STORE_OK ? EXIT_GOOD : EXIT_SHORT;
}

/* --- list -------------------------------------------------------------------------------------------------- */

static void print_json(struct call *call, const struct user *u)
{
    struct buf line;
    buf_init(&line, 1 << 16);
    json_open(&line, NULL, '{');
    json_number(&line, "id", u->id);
    json_text(&line, "name", u->name);
    json_text(&line, "role", u->role);
    json_text(&line, "departments", u->departments);
    json_text(&line, "languages", u->languages);
    json_number(&line, "capacity", u->capacity);
    json_text(&line, "email", u->email);
    json_bool(&line, "totp", u->totp);
    json_bool(&line, "disabled", u->disabled);
    json_number(&line, "created", u->created_ms);
    json_close(&line, '}');
    fprintf(call->out, "%s\n", line.data);
    buf_free(&line);
}

static void print_user(struct call *call, const struct user *u)
{
    char capacity[16] = "default";
    if (call->json) {
        print_json(call, u);
        return;
    }
    if (u->capacity > 0)
        snprintf(capacity, sizeof capacity, "%d", u->capacity);
    fprintf(call->out, "%-20s %-7s departments %s, languages %s, capacity %s%s%s%s%s\n", u->name, u->role,
            u->departments[0] != '\0' ? u->departments : "all", u->languages[0] != '\0' ? u->languages : "all",
            capacity, u->email[0] != '\0' ? ", " : "", u->email, u->totp ? ", one-time codes" : "",
            u->disabled ? ", disabled" : "");
}

static int list(struct call *call)
{
    struct store_user_get *job = data_job(&store_user_get_kind, sizeof *job);
    if (job == NULL)
        return EXIT_SHORT;
    job->list = true;
    data_do(call->owned, &job->job);
    enum store_result result = job->job.result;
    for (size_t i = 0; result == STORE_OK && i < job->count; i++)
        print_user(call, &job->users[i]);
    if (result != STORE_OK)
        fprintf(call->err, "sportello user: %s\n", data_result_text(result));
    else if (job->count == 0)
        fputs("there is nobody yet: sportello user add NAME --role admin\n", call->err);
    store_job_free(&job->job);
    return result == STORE_OK ? EXIT_GOOD : EXIT_SHORT;
}

static int show(struct call *call)
{
    struct store_user_get *got = find(call);
    if (got == NULL)
        return EXIT_SHORT;
    print_user(call, &got->user);
    store_job_free(&got->job);
    return EXIT_GOOD;
}

/* --- the table ---------------------------------------------------------------------------------------------- */

static const struct deed deeds[] = {
    {"add", 2, "add NAME --role ROLE", true, NULL, add, NULL},
    {"list", 1, "list", false, NULL, list, NULL},
    {"show", 2, "show NAME", false, NULL, show, NULL},
    {"disable", 2, "disable NAME", false, fill_disable, change, "can log in no more and is logged out everywhere"},
    {"enable", 2, "enable NAME", false, fill_enable, change, "can log in again"},
    {"password", 2, "password NAME", true, NULL, change, "has a new password and is logged out everywhere"},
    {"role", 3, "role NAME agent|editor|admin", false, NULL, change, "has another role now"},
    {"departments", 3, "departments NAME a,b|all", false, NULL, change, "has other departments now"},
    {"languages", 3, "languages NAME it,en|all", false, NULL, change, "has other languages now"},
    {"capacity", 3, "capacity NAME N|default", false, NULL, change, "has another capacity now"},
    {"email", 3, "email NAME ADDRESS|none", false, NULL, change, "has another e-mail address now"},
    {"totp-off", 2, "totp-off NAME", false, fill_totp_off, change, "logs in without one-time codes now"},
};

static const struct deed *deed_of(const char *name)
{
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        if (strcmp(deeds[i].name, name) == 0)
            return &deeds[i];
    }
    return NULL;
}

/* In the asker's process: the words are looked at, and a password becomes its hash. */
static int prepare(struct call *call)
{
    const struct deed *deed = deed_of(call->argv[0]);
    if (deed == NULL) {
        fprintf(call->err, "sportello user: there is no `user %s`; see sportello user --help\n", call->argv[0]);
        return EXIT_USAGE;
    }
    if (call->argc != deed->words) {
        fprintf(call->err, "usage: sportello user %s\n", deed->usage);
        return EXIT_USAGE;
    }
    const char *why = NULL;
    const struct user_value *value = user_value(deed->name);
    if (strcmp(deed->name, "add") == 0)
        why = !person_name(call->argv[1]) ? "a name has 1 to 60 letters, digits, spaces or . _ - '" : wrong_new(call);
    else if (value != NULL && !value->fits(call->argv[2]))
        why = value->should;
    char unlike[1024];
    if (why == NULL)
        why = user_site_wrong(call->site, strcmp(deed->name, "departments") == 0 ? call->argv[2] : call->departments,
                              unlike, sizeof unlike);
    if (why != NULL) {
        fprintf(call->err, "sportello user: %s\n", why);
        return EXIT_USAGE;
    }
    return deed->password ? user_password_hash(call) : EXIT_GOOD;
}

static int run(struct call *call)
{
    const struct deed *deed = deed_of(call->argv[0]);
    if (deed != NULL && call->argc == deed->words && (!deed->password || call->hash != NULL))
        return deed->run(call);
    fputs("sportello user: see sportello user --help\n", call->err);
    return EXIT_USAGE;
}

const struct command command_user = {
    .name = "user",
    .arguments = "add|list|show|disable|enable|password|role|departments|languages|capacity|email|totp-off …",
    .summary = "the people who work at the desk",
    .help = "  add NAME --role agent|editor|admin [--departments a,b] [--languages it,en] [--capacity N]\n"
            "           [--email ADDRESS] [--password-file FILE | --random-password]\n"
            "  list [--json]                    everybody; show NAME one of them\n"
            "  disable NAME | enable NAME       ends what they have open at once, and lets them in again\n"
            "  password NAME [--password-file FILE | --random-password]\n"
            "  role NAME agent|editor|admin\n"
            "  departments NAME a,b|all         whose visitors they serve\n"
            "  languages NAME it,en|all\n"
            "  capacity NAME N|default          chats at a time\n"
            "  email NAME ADDRESS|none\n"
            "  totp-off NAME                    for who has lost telephone and recovery codes\n"
            "\n"
            "A password is asked for, or read from a file or a pipe. Only its argon2id hash is kept.",
    .options = "role departments languages capacity email password-file random-password hash json",
    .least = 1,
    .most = 3,
    .owns = true,
    .run = run,
    .prepare = prepare,
};
