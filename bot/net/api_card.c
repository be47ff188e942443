/* GET card?ticket=: what stands on the hand-off card beside the ticket: the visitor's earlier tickets. */
#include "net/api_card.h"

#include "store/work.h"
#include "wire/json.h"

enum { CARD_BYTES = 256 << 10 };

static void put_earlier(const struct store_earlier *got, struct buf *json)
{
    json_open(json, "earlier", '[');
    for (size_t i = 0; i < got->count; i++) {
        const struct work_earlier *e = &got->rows[i];
        json_open(json, NULL, '{');
        json_number(json, "ticket", e->ticket);
        json_number(json, "at", e->at_ms);
        json_text(json, "question", e->question);
        json_text(json, "state", ticket_state_name(e->state));
        json_text_if(json, "cause", e->cause);
        json_text_if(json, "owner", e->owner);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void earlier_known(struct store_job *job)
{
    const struct store_earlier *got = (const struct store_earlier *)job;
    struct buf json;
    if (!api_begin(job, &json, CARD_BYTES))
        return;
    put_earlier(got, &json);
    json_bool(&json, "signed_in", got->identity[0] != '\0');
    api_end(job, &json);
}

void api_card(struct api_call *call)
{
    int64_t ticket;
    if (!api_number(call, "ticket", 1, INT64_C(1) << 53, 0, &ticket) || ticket == 0) {
        api_refuse(call, 400, "bad_field");
        return;
    }
    struct store_earlier *job = api_job(call, &store_earlier_kind, sizeof *job, earlier_known);
    if (job == NULL)
        return;
    job->ticket = ticket;
    job->sight = (struct work_sight){call->user.id, api_departments(call)};
    api_submit(call, &job->job);
}
