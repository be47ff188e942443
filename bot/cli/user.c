/* sportello user: the people behind the counter. One row a deed. */
#include "cli/command.h"
#include "cli/user_site.h"
#include "net/password.h"
#include "net/person.h"
#include "wire/json.h"

#include "base/file.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* A line from the terminal without echo, or from a pipe. */
static int read_secret_line(const char *prompt, char *ret, size_t room)
{
    struct termios before;
    bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;
    if (terminal) {
        struct termios silent = before;
        silent.c_lflag &= (tcflag_t)~ECHO;
        fputs(prompt, stderr);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    char *got = fgets(ret, (int)room, stdin);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        fputc('\n', stderr);
    }
    if (got == NULL) {
        fputs("sportello user: no password was given\n", stderr);
        return -1;
    }
    ret[strcspn(ret, "\r\n")] = '\0';
    return 0;
}

static int password_from_file(struct call *call, char *ret, size_t room)
{
    char *bytes = file_read(call->password_file, PASSWORD_MOST + 2, NULL);
    if (bytes == NULL) {
        fprintf(call->err, "sportello user: %s: %s\n", call->password_file, strerror(errno));
        return -1;
    }
    snprintf(ret, room, "%.*s", (int)strcspn(bytes, "\r\n"), bytes);
    sodium_memzero(bytes, strlen(bytes));
    free(bytes);
    return 0;
}

static int password_from_terminal(struct call *call, char *ret, size_t room)
{
    char again[PASSWORD_MOST + 2];
    if (read_secret_line("Password: ", ret, room) < 0)
        return -1;
    if (isatty(STDIN_FILENO)) {
        if (read_secret_line("Again: ", again, sizeof again) < 0 || strcmp(ret, again) != 0) {
            fputs("sportello user: the two are not the same\n", call->err);
            return -1;
        }
        sodium_memzero(again, sizeof again);
    }
    return 0;
}

/* The password becomes a hash before anything leaves this process. */
static int hash_password(struct call *call)
{
    static char hash[PASSWORD_HASH_BYTES];
    char password[PASSWORD_MOST + 2] = "";
    int got = 0;
    if (call->random_password)
        password_random(password);
    else
        got = call->password_file != NULL ? password_from_file(call, password, sizeof password)
                                          : password_from_terminal(call, password, sizeof password);
    if (got < 0)
        return EXIT_SHORT;
    if (strlen(password) < PASSWORD_LEAST) {
        fprintf(call->err, "sportello user: a password has at least %d characters\n", PASSWORD_LEAST);
        return EXIT_SHORT;
    }
    if (password_hash(password, hash) < 0) {
        fputs("sportello user: no memory for the password\n", call->err);
        return EXIT_SHORT;
    }
    if (call->random_password)
        fprintf(call->out, "%s\n", password);
    sodium_memzero(password, sizeof password);
    call->hash = hash;
    call->password_file = NULL;
    call->random_password = false;
    return EXIT_GOOD;
}

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
    bool password;                                            /* asks for one */
    const char *(*wrong)(const char *value);                  /* of argv[2]: NULL, or what it should be */
    void (*fill)(struct store_user_set *, const char *value); /* NULL = `run` does it all */
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
    if (deed->fill != NULL)
        deed->fill(job, call->argc > 2 ? call->argv[2] : "");
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

static void fill_disable(struct store_user_set *set, const char *value)
{
    (void)value;
    set->disabled = 1;
}

static void fill_enable(struct store_user_set *set, const char *value)
{
    (void)value;
    set->disabled = 0;
}

static void fill_totp_off(struct store_user_set *set, const char *value)
{
    (void)value;
    set->totp_off = true;
}

static void fill_role(struct store_user_set *set, const char *value)
{
    set->role = value;
}

/* "all" is written as nothing. */
static const char *all(const char *value)
{
    return strcmp(value, "all") == 0 ? "" : value;
}

static void fill_departments(struct store_user_set *set, const char *value)
{
    set->departments = all(value);
}

static void fill_languages(struct store_user_set *set, const char *value)
{
    set->languages = all(value);
}

static void fill_capacity(struct store_user_set *set, const char *value)
{
    if (strcmp(value, "default") == 0 || !person_capacity(value, &set->capacity))
        set->capacity = 0;
}

static void fill_email(struct store_user_set *set, const char *value)
{
    set->email = strcmp(value, "none") == 0 ? "" : value;
}

/* --- what values should be ----------------------------------------------------------------------------------- */

static const char *wrong_role(const char *value)
{
    return person_role(value) ? NULL : "the role is agent, editor or admin";
}

static const char *wrong_departments(const char *value)
{
    return person_ids(all(value)) ? NULL : "departments are ids of sportello.yaml with commas between, or all";
}

static const char *wrong_languages(const char *value)
{
    return person_languages(all(value)) ? NULL : "languages are codes such as it,en, or all";
}

static const char *wrong_capacity(const char *value)
{
    int number;
    return strcmp(value, "default") == 0 || (person_capacity(value, &number) && number > 0)
               ? NULL
               : "the capacity is a number of chats from 1 to 20, or default (desk.agent_capacity)";
}

static const char *wrong_email(const char *value)
{
    return strcmp(value, "none") == 0 || (*value != '\0' && person_email(value))
               ? NULL
               : "this is no e-mail address; none takes it away";
}

/* --- add ------------------------------------------------------------------------------------------------- */

/* NULL, or what is wrong with the options of `add`. */
static const char *wrong_new(const struct call *call)
{
    const struct {
        const char *value;
        const char *(*wrong)(const char *);
    } options[] = {{call->departments, wrong_departments},
                   {call->languages, wrong_languages},
                   {call->capacity, wrong_capacity},
                   {call->email, wrong_email}};
    if (call->role == NULL || !person_role(call->role))
        return "--role agent, editor or admin is needed";
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        const char *why = options[i].value != NULL ? options[i].wrong(options[i].value) : NULL;
        if (why != NULL)
            return why;
    }
    return NULL;
}

static int add(struct call *call)
{
    struct store_user_add *job = data_job(&store_user_add_kind, sizeof *job);
    struct store_user_set filled = {.capacity = 0, .departments = "", .languages = "", .email = ""};
    if (job == NULL)
        return EXIT_SHORT;
    if (call->departments != NULL)
        fill_departments(&filled, call->departments);
    if (call->languages != NULL)
        fill_languages(&filled, call->languages);
    if (call->capacity != NULL)
        fill_capacity(&filled, call->capacity);
    if (call->email != NULL)
        fill_email(&filled, call->email);
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
    {"add", 2, "add NAME --role ROLE", true, NULL, NULL, add, NULL},
    {"list", 1, "list", false, NULL, NULL, list, NULL},
    {"show", 2, "show NAME", false, NULL, NULL, show, NULL},
    {"disable", 2, "disable NAME", false, NULL, fill_disable, change,
     "can log in no more and is logged out everywhere"},
    {"enable", 2, "enable NAME", false, NULL, fill_enable, change, "can log in again"},
    {"password", 2, "password NAME", true, NULL, NULL, change, "has a new password and is logged out everywhere"},
    {"role", 3, "role NAME agent|editor|admin", false, wrong_role, fill_role, change, "has another role now"},
    {"departments", 3, "departments NAME a,b|all", false, wrong_departments, fill_departments, change,
     "has other departments now"},
    {"languages", 3, "languages NAME it,en|all", false, wrong_languages, fill_languages, change,
     "has other languages now"},
    {"capacity", 3, "capacity NAME N|default", false, wrong_capacity, fill_capacity, change,
     "has another capacity now"},
    {"email", 3, "email NAME ADDRESS|none", false, wrong_email, fill_email, change, "has another e-mail address now"},
    {"totp-off", 2, "totp-off NAME", false, NULL, fill_totp_off, change, "logs in without one-time codes now"},
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
    if (strcmp(deed->name, "add") == 0)
        why = !person_name(call->argv[1]) ? "a name has 1 to 60 letters, digits, spaces or . _ - '" : wrong_new(call);
    else if (deed->wrong != NULL)
        why = deed->wrong(call->argv[2]);
    char unlike[1024];
    if (why == NULL)
        why = user_site_wrong(call->site, deed->fill == fill_departments ? call->argv[2] : call->departments, unlike,
                              sizeof unlike);
    if (why != NULL) {
        fprintf(call->err, "sportello user: %s\n", why);
        return EXIT_USAGE;
    }
    return deed->password ? hash_password(call) : EXIT_GOOD;
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
