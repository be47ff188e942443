/* What a visitor says of the help: kept beside the conversation, not a part of it. */
#include "conversation/internal.h"

#include "store/satisfaction.h"
#include "text/mask.h"

#include <string.h>

struct verdict {
    struct store_satisfy row;
    uint64_t client;
    char cid[FRAME_CID_BYTES + 1];
};

static void kept(struct store_job *job)
{
    struct verdict *v = (struct verdict *)job;
    struct hall *h = job->context;
    struct conversation *c = hall_answered(job);
    bool lost = job->result == STORE_UNAVAILABLE;
    if (c != NULL && job->result == STORE_OK)
        hall_send(h, v->client, &(struct outgoing){.kind = OUT_ACK, .cid = v->cid});
    else if (c != NULL)
        hall_error(h, v->client, lost ? "not_saved" : "not_found", lost ? "error_not_saved" : "error_not_found",
                   c->lang, v->cid);
    store_job_free(job);
    if (c != NULL)
        conversation_release(h, c);
}

/* The words without the card numbers and their like, in the arena. */
static const char *masked(struct arena *arena, const char *text)
{
    struct buf out;
    buf_init(&out, 4 * FRAME_TEXT_BYTES);
    const char *copy =
        text != NULL && mask_secrets(text, NULL, 0, &out) == 0 && out.size > 0 ? arena_strdup(arena, out.data) : "";
    buf_free(&out);
    return copy != NULL ? copy : "";
}

void visitor_satisfied(struct hall *h, struct visitor *v, const struct frame *f)
{
    struct conversation *c = v->conversation;
    struct verdict *verdict = hall_job(h, &store_satisfy_kind, sizeof *verdict, kept, c);
    if (verdict == NULL) {
        hall_error(h, v->client, "busy", "error_busy", v->lang, f->cid);
        return;
    }
    memcpy(verdict->row.token_hash, c->token_hash, sizeof verdict->row.token_hash);
    verdict->row.value = (int)f->grade;
    verdict->row.text = masked(verdict->row.job.arena, f->text);
    verdict->client = v->client;
    strncat(verdict->cid, f->cid, sizeof verdict->cid - 1);
    if (hall_submit(h, &verdict->row.job) < 0)
        hall_error(h, v->client, "busy", "error_busy", v->lang, f->cid);
}
