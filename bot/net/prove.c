/* Passwords and codes, one after the other: see prove.h. */
#include "net/prove.h"

#include <string.h>

static void end(struct proof *p, enum proof_result result)
{
    p->done(p, result);
}

/* --- the code ------------------------------------------------------------------------------------------ */

enum guard_proof proof_counts(const struct proof *p, int64_t *ret_id)
{
    *ret_id = p->device != 0 ? p->device : p->user;
    return p->device != 0 ? GUARD_DEVICE_CODE : GUARD_CODE;
}

static void code_used(struct store_job *job)
{
    struct proof *p = job->context;
    enum store_result result = job->result;
    int64_t id;
    store_job_free(job);
    enum guard_proof counts = proof_counts(p, &id);
    if (result == STORE_OK)
        guard_try_good(p->server->guard, counts, id);
    end(p, result == STORE_OK ? PROOF_GOOD : result == STORE_REFUSED ? PROOF_WRONG_CODE : PROOF_BUSY);
}

static void use_code(struct proof *p)
{
    struct store_totp *job = store_job_new(&store_totp_kind, sizeof *job, code_used, p);
    if (job == NULL) {
        end(p, PROOF_BUSY);
        return;
    }
    job->user = p->user;
    job->by = (struct audit_by){p->user, p->address};
    job->act = TOTP_USE;
    if (totp_match(p->secret, clock_wall_ms(p->server->config.clock) / 1000, p->code, &job->step) < 0) {
        job->act = TOTP_RECOVER;
        if (recovery_hash(p->user, p->code, job->codes[0]) < 0) {
            store_job_free(&job->job);
            end(p, PROOF_WRONG_CODE);
            return;
        }
    }
    if (store_submit(p->server->config.store, &job->job) == 0)
        return;
    store_job_free(&job->job);
    end(p, PROOF_BUSY);
}

static void look_at_code(struct proof *p)
{
    int64_t id;
    enum guard_proof counts = proof_counts(p, &id);
    p->wait_ms = guard_try(p->server->guard, counts, id);
    if (p->wait_ms > 0)
        end(p, PROOF_SLOW);
    else
        use_code(p);
}

/* --- the password -------------------------------------------------------------------------------------- */

static void check(struct job *job)
{
    struct proof *p = (struct proof *)job;
    p->matches = password_matches(p->exists ? p->hash : NULL, p->password) && p->exists;
    if (p->matches && p->next[0] != '\0')
        p->matches = password_hash(p->next, p->next_hash) == 0;
}

static void checked(struct job *job)
{
    struct proof *p = (struct proof *)job;
    if (!job->ran)
        end(p, PROOF_BUSY);
    else if (!p->matches)
        end(p, PROOF_WRONG);
    else if (!p->totp)
        end(p, PROOF_GOOD);
    else if (p->code[0] == '\0')
        end(p, PROOF_CODE_NEEDED);
    else
        look_at_code(p);
}

void prove(struct proof *p)
{
    p->job = (struct job){.run = check, .done = checked};
    size_t kind = p->known ? WORK_PASSWORD_KNOWN : WORK_PASSWORD;
    if (p->server->stopping || workers_submit(p->server->workers, kind, &p->job) < 0)
        end(p, PROOF_BUSY);
}
