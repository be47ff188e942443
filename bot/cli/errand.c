/* Commands on behalf of others: see errand.h. */
#include "cli/errand.h"

#include "base/log.h"
#include "base/mailbox.h"
#include "cli/progress.h"
#include "net/server.h"

#include <stdlib.h>
#include <string.h>

enum { TOLD_MAX = 64 };

int errands_init(struct errands *home, void (*wake)(void *context), void *context)
{
    home->told = mailbox_new(TOLD_MAX, wake, context);
    return home->told != NULL ? 0 : -1;
}

void errands_end(struct errands *home)
{
    if (home->told == NULL)
        return;
    errands_pump(home);
    mailbox_free(home->told);
    home->told = NULL;
}

struct errand {
    struct job job;
    struct errands *home;
    struct server_reply *reply; /* NULL = nobody asked: SIGHUP */
    struct call call;
    int argc;
    char **argv, **words; /* words: what argv was made of, to free */
    char *out, *err;
    size_t out_size, err_size;
    int code;
    char told[PROGRESS_BYTES]; /* the last line of progress; the worker's */
};

/* A line of progress on its way from the worker to the one who asked. */
struct progress_note {
    struct errand *errand;
    char line[PROGRESS_BYTES];
};

/* On the worker. What is no news is not sent, nor is what nobody has yet taken the like of: there will be more. */
static void tell(void *context, const char *line)
{
    struct errand *e = context;
    struct progress_note *note = strcmp(e->told, line) != 0 ? calloc(1, sizeof *note) : NULL;
    if (note == NULL)
        return;
    note->errand = e;
    snprintf(note->line, sizeof note->line, "%s", line);
    snprintf(e->told, sizeof e->told, "%s", line);
    if (mailbox_put(e->home->told, note) < 0)
        free(note);
}

/* Passes on what was told. Before an errand's end: all that it told lies here by then. */
void errands_pump(struct errands *home)
{
    void *notes[TOLD_MAX];
    size_t count = mailbox_take(home->told, notes, TOLD_MAX);
    for (size_t i = 0; i < count; i++) {
        struct progress_note *note = notes[i];
        server_reply_err(note->errand->reply, note->line, strlen(note->line));
        free(note);
    }
}

static void errand_free(struct errand *e)
{
    for (int i = 0; e->words != NULL && i < e->argc; i++)
        free(e->words[i]);
    free(e->words);
    free(e->argv);
    free(e->out);
    free(e->err);
    free(e);
}

static void errand_run(struct job *job)
{
    struct errand *e = (struct errand *)job;
    e->code = e->call.command->run(&e->call);
}

static void log_lines(const char *text)
{
    char *copy = strdup(text), *save = NULL;
    for (char *line = copy != NULL ? strtok_r(copy, "\n", &save) : NULL; line != NULL;
         line = strtok_r(NULL, "\n", &save))
        log_line(LOG_LEVEL_INFO, "publish", "says", line, NULL);
    free(copy);
}

static void errand_done(struct job *job)
{
    struct errand *e = (struct errand *)job;
    struct errands *home = e->home;
    errands_pump(home);
    fclose(e->call.out);
    fclose(e->call.err);
    if (e->call.ret_user != 0 && home->user_changed != NULL)
        home->user_changed(home->context, e->call.ret_user);
    if (e->call.ret_erased != NULL && home->erased != NULL)
        home->erased(home->context, e->call.ret_erased);
    store_job_free((struct store_job *)e->call.ret_erased);
    if (e->call.ret_edition != NULL) {
        home->published(home->context, e->call.ret_edition);
        log_line(LOG_LEVEL_INFO, "published", "edition", log_number(edition_number(e->call.ret_edition)), NULL);
        edition_unpin(e->call.ret_edition);
    }
    if (e->reply != NULL) {
        server_reply_out(e->reply, e->out, e->out_size);
        server_reply_err(e->reply, e->err, e->err_size);
        if (!job->ran)
            server_reply_err(e->reply, "sportello: the server is stopping\n", 34);
        server_reply_end(e->reply, job->ran ? e->code : EXIT_SHORT);
    } else {
        home->publishing = false;
        log_lines(e->err);
        log_lines(e->out);
    }
    home->under_way--;
    if (home->ended != NULL)
        home->ended(home->context);
    errand_free(e);
}

static void refuse(struct server_reply *reply, const char *why, int code)
{
    if (reply == NULL)
        return;
    server_reply_err(reply, why, strlen(why));
    server_reply_end(reply, code);
}

static struct errand *errand_new(struct errands *home, int argc, char **argv, struct server_reply *reply)
{
    struct errand *e = calloc(1, sizeof *e);
    if (e == NULL)
        return NULL;
    *e = (struct errand){.job = {.run = errand_run, .done = errand_done}, .home = home, .reply = reply, .argc = argc};
    e->argv = calloc((size_t)argc + 1, sizeof *e->argv);
    e->words = calloc((size_t)argc + 1, sizeof *e->words);
    for (int i = 0; e->argv != NULL && e->words != NULL && i < argc; i++) {
        e->words[i] = e->argv[i] = strdup(argv[i]);
        if (e->words[i] == NULL)
            break;
    }
    if (e->argv != NULL && e->words != NULL && e->words[argc - 1] != NULL)
        return e;
    errand_free(e);
    return NULL;
}

/* Parses on the loop, runs on the worker for long jobs, one at a time. */
void errands_start(struct errands *home, int argc, char **argv, struct server_reply *reply)
{
    const struct command *command = argc > 0 ? command_find(argv[0]) : NULL;
    if (command == NULL || !command->owns) {
        refuse(reply, "sportello: the server does not know this command; is it of another version?\n", EXIT_USAGE);
        return;
    }
    struct errand *e = errand_new(home, argc, argv, reply);
    if (e == NULL) {
        refuse(reply, "sportello: no memory\n", EXIT_SHORT);
        return;
    }
    FILE *out = open_memstream(&e->out, &e->out_size), *err = open_memstream(&e->err, &e->err_size);
    if (out == NULL || err == NULL || command_parse(command, argc - 1, e->argv + 1, err, &e->call) != 0) {
        if (out != NULL)
            fclose(out);
        if (err != NULL)
            fclose(err);
        refuse(reply, e->err != NULL ? e->err : "sportello: no memory\n", EXIT_USAGE);
        errand_free(e);
        return;
    }
    e->call.out = out;
    e->call.err = err;
    e->call.data = home->data->folder;
    e->call.owned = home->data;
    e->call.fetcher = home->fetcher;
    if (reply != NULL && command_takes(command, "quiet") && !e->call.quiet) {
        e->call.tell = tell;
        e->call.teller = e;
    }
    e->call.quiet = true;
    if (workers_submit(home->workers, home->work, &e->job) == 0) {
        home->under_way++;
        return;
    }
    fclose(out);
    fclose(err);
    refuse(reply, "sportello: the server is busy with other commands; try again\n", EXIT_SHORT);
    errand_free(e);
}

void errands_publish(struct errands *home, const char *site)
{
    char option[4200];
    if (home->publishing)
        return;
    snprintf(option, sizeof option, "--site=%s", site);
    char *words[] = {(char *)"publish", option};
    size_t before = home->under_way;
    errands_start(home, 2, words, NULL);
    home->publishing = home->under_way > before;
}
