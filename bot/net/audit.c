/* Lines of the audit log: see audit.h. */
#include "net/audit.h"

#include "base/log.h"

#include <stdio.h>

enum { MINUTE_MS = 60000 };

void audit_note(struct server *server, int64_t user, const struct address *address, const char *act, const char *detail)
{
    char from[ADDRESS_TEXT_BYTES];
    struct store_audit *job = store_job_new(&store_audit_kind, sizeof *job, store_job_free, NULL);
    if (job != NULL) {
        from[0] = '\0';
        if (address != NULL)
            address_text(address, from);
        job->user = user;
        job->act = arena_strdup(job->job.arena, act);
        job->detail = detail != NULL ? arena_strdup(job->job.arena, detail) : NULL;
        job->address = arena_strdup(job->job.arena, from);
        if (!arena_failed(job->job.arena) && store_submit(server->config.store, &job->job) == 0)
            return;
        store_job_free(&job->job);
    }
    log_line(LOG_LEVEL_WARNING, "audit_missed", "act", act, NULL);
}

void audit_wrong(struct server *server, const struct address *address, const char *act, const char *detail)
{
    struct wrong_logins *wrong = &server->wrong_logins;
    int64_t minute = clock_mono_ms(server->config.clock) / MINUTE_MS;
    if (minute != wrong->minute) {
        wrong->minute = minute;
        wrong->noted = 0;
    }
    if (wrong->noted == AUDIT_WRONG_MOST) {
        wrong->missed++;
        return;
    }
    if (wrong->missed > 0) {
        char missed[40];
        snprintf(missed, sizeof missed, "%lld", (long long)wrong->missed);
        audit_note(server, 0, address, "login_wrong_more", missed);
        wrong->missed = 0;
    }
    wrong->noted++;
    audit_note(server, 0, address, act, detail);
}
