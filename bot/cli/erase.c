/* sportello erase: all chats of one visitor go, for who asked for it by letter or telephone. */
#include "store/erase.h"
#include "cli/command.h"
#include "conversation/kept.h"
#include "store/file_bytes.h"
#include "store/search.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* 0 = it is none. */
static int64_t ticket_of(const char *text)
{
    char *end;
    long long number = strtoll(text, &end, 10);
    return end != text && *end == '\0' && number > 0 && number < INT64_MAX ? number : 0;
}

static bool said_yes(void)
{
    char line[16];
    return fgets(line, sizeof line, stdin) != NULL && strcmp(line, "yes\n") == 0;
}

/* In the asker's process: the number is looked at, and who is at a terminal is asked. */
static int prepare(struct call *call)
{
    int64_t ticket = ticket_of(call->argv[0]);
    if (ticket == 0) {
        fprintf(call->err, "sportello erase: %.40s is no number of a ticket\n", call->argv[0]);
        return EXIT_USAGE;
    }
    if (call->yes)
        return EXIT_GOOD;
    if (!isatty(STDIN_FILENO)) {
        fputs("sportello erase: there is nobody to ask; with --yes it goes without\n", call->err);
        return EXIT_USAGE;
    }
    fprintf(call->err,
            "All chats of the visitor of ticket %" PRId64 " go, files included. Nothing brings them back.\n"
            "Type yes to erase them: ",
            ticket);
    fflush(call->err);
    call->yes = said_yes();
    if (!call->yes)
        fputs("sportello erase: nothing was erased\n", call->err);
    return call->yes ? EXIT_GOOD : EXIT_SHORT;
}

static void say(struct call *call, const struct store_erase *job)
{
    if (call->json)
        fprintf(call->out, "{\"ticket\":%" PRId64 ",\"conversations\":%zu,\"tickets\":%zu}\n", job->ticket, job->count,
                job->ret_tickets);
    else
        fprintf(call->err, "%zu %s and the words of %zu %s are erased\n", job->count,
                job->count == 1 ? "conversation" : "conversations", job->ret_tickets,
                job->ret_tickets == 1 ? "ticket" : "tickets");
}

/* Without a server nobody else scrubs. What cannot be now the next start does: the store knows of it. */
static void scrub(struct call *call)
{
    const char *why = "";
    struct store_scrub *job = data_job(&store_scrub_kind, sizeof *job);
    if (job == NULL)
        return;
    data_do(call->owned, &job->job);
    if (job->job.result == STORE_OK && job->ret_wanted > job->ret_done) {
        if (store_search_scrub(call->owned->folder, &why) == 0) {
            job->done = job->ret_wanted;
            data_do(call->owned, &job->job);
        } else {
            fprintf(call->err, "sportello erase: traces in the files stay until the server starts: %s\n", why);
        }
    }
    store_job_free(&job->job);
}

/* The bytes of files whose rows are gone, as far as they can be removed: the next start does the rest. */
static void drop_files(struct call *call)
{
    bool more = true;
    while (more) {
        struct store_files_gone *gone = data_job(&store_files_gone_kind, sizeof *gone);
        if (gone == NULL)
            return;
        data_do(call->owned, &gone->job);
        more = gone->job.result == STORE_OK && gone->count > 0;
        for (size_t i = 0; more && i < gone->count; i++)
            more = file_bytes_drop(call->owned->folder, gone->rows[i]) == 0;
        if (more) {
            gone->ids = gone->rows;
            gone->id_count = gone->count;
            data_do(call->owned, &gone->job);
            more = gone->job.result == STORE_OK;
        }
        store_job_free(&gone->job);
    }
}

static int run(struct call *call)
{
    struct store_erase *job = call->yes ? data_job(&store_erase_kind, sizeof *job) : NULL;
    if (job == NULL) {
        fputs(call->yes ? "sportello erase: no memory\n" : "sportello erase: see sportello erase --help\n", call->err);
        return EXIT_SHORT;
    }
    job->ticket = ticket_of(call->argv[0]);
    job->fold = kept_fold_said;
    if (job->ticket != 0)
        data_do(call->owned, &job->job);
    else
        job->job.result = STORE_MISSING;
    if (job->job.result != STORE_OK) {
        if (job->job.result == STORE_MISSING)
            fprintf(call->err,
                    "sportello erase: there is no ticket %.40s, or the chats of its visitor are erased already\n",
                    call->argv[0]);
        else
            fprintf(call->err, "sportello erase: %s\n", data_result_text(job->job.result));
        store_job_free(&job->job);
        return EXIT_SHORT;
    }
    say(call, job);
    call->ret_erased = job;
    if (!call->owned->shared) {
        drop_files(call);
        scrub(call);
    }
    return EXIT_GOOD;
}

const struct command command_erase = {
    .name = "erase",
    .arguments = "TICKET [--yes]",
    .summary = "erases all chats of a ticket's visitor",
    .help = "For a visitor who has asked for it otherwise than with the button in the chat. What was said, files, what "
            "forms\n"
            "and flows asked for and what was noted goes for good; open tickets are closed. A ticket keeps its number, "
            "times\n"
            "and who served it. Backups and other systems are not reached. See docs/transparency.md.",
    .options = "yes json",
    .least = 1,
    .most = 1,
    .owns = true,
    .run = run,
    .prepare = prepare,
};
