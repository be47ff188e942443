/* customer: what the company's service knows of a ticket's visitor. */
#include "net/api_customer.h"

#include "wire/json.h"

#include <stdio.h>
#include <string.h>

enum { JSON_BYTES = 512 << 10 };

static void answer(struct api_call *call, const char *card, size_t size, const char *why)
{
    struct buf json;
    buf_init(&json, JSON_BYTES);
    json_open(&json, NULL, '{');
    if (card != NULL) {
        json_open(&json, "customer", '{');
        json_splice(&json, card, size);
        json_close(&json, '}');
    } else {
        json_nothing(&json, "customer");
    }
    json_text(&json, "why", why);
    json_close(&json, '}');
    api_answer(call, &json);
}

static void read_ticket(struct store_job *job)
{
    const struct store_ticket *got = (const struct store_ticket *)job;
    struct api_call *call = job->context;
    const struct server_config *config = &call->server->config;
    const struct ticket *t = got->count > 0 ? &got->tickets[0] : NULL;
    if (job->result != STORE_OK && job->result != STORE_MISSING)
        api_refuse_result(call, job->result);
    else if (t == NULL || !api_sees(call, t))
        api_refuse(call, 404, "not_found");
    else if (config->customer == NULL || call->server->stopping)
        answer(call, NULL, 0, "not_asked");
    else
        config->customer(config->context, (uintptr_t)call, t); /* server_customer ends it */
    store_job_free(job);
}

void server_customer(uint64_t number, const char *card, size_t size, const char *why)
{
    answer((struct api_call *)(uintptr_t)number, card, size, why);
}

void api_customer(struct api_call *call)
{
    int64_t ticket;
    if (!api_number(call, "ticket", 1, INT64_MAX, 0, &ticket) || ticket == 0) {
        api_refuse(call, 400, "bad_field");
        return;
    }
    struct store_ticket *job = api_job(call, &store_ticket_kind, sizeof *job, read_ticket);
    if (job == NULL)
        return;
    job->id = ticket;
    api_submit(call, &job->job);
}
