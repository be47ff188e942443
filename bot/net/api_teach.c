/* POST teach {ticket, seq}: the visitor's question and the agent's reply become a draft of a new entry.
 * POST confirm {ticket, entry, seq?}: the question becomes a proposed wording of the entry whose answer was sent.
 * Both join what `sportello learn` lists; an editor decides. What may point at the visitor is masked first. */
#include "net/api_knowledge.h"
#include "net/api_talk.h"

#include "conversation/kept.h"
#include "store/taught.h"
#include "wire/json.h"
#include "wire/message.h"

#include <stdlib.h>
#include <string.h>

/* What the body asks for. */
struct lesson {
    int64_t seq;       /* of the reply; 0 = after all there is */
    const char *entry; /* NULL = a draft */
};

static void taught(struct store_job *job)
{
    struct api_call *call = job->context;
    enum store_result result = job->result;
    int64_t question = ((const struct store_teach *)job)->ret_question;
    store_job_free(job);
    if (result != STORE_OK)
        api_refuse_result(call, result);
    else if (question == 0)
        api_refuse(call, 409, "full");
    else
        api_answer_number(call, "question", question);
}

/* The draft's answer, masked and within its ceiling; NULL = there is none. */
static const char *draft(const struct api_call *call, const struct api_talk *talk, int64_t seq, struct arena *arena)
{
    const char *reply = api_talk_reply(call, talk, seq);
    const char *kept = reply != NULL ? kept_text(arena, reply, talk->ticket->name) : NULL;
    return kept != NULL && strlen(kept) <= LEARN_ANSWER_BYTES ? kept : NULL;
}

static void submit(struct api_call *call, const struct api_talk *talk, const char *question, const char *entry,
                   int64_t seq)
{
    struct store_teach *job = api_job(call, &store_teach_kind, sizeof *job, taught);
    if (job == NULL)
        return;
    struct arena *arena = job->job.arena;
    const char *line = kept_line(arena, question, talk->ticket->name);
    job->user = call->user.id;
    job->answer = entry == NULL ? draft(call, talk, seq, arena) : NULL;
    job->note = (struct learn_note){.text = line,
                                    .fold = line != NULL ? kept_fold(arena, line) : NULL,
                                    .lang = arena_strdup(arena, talk->ticket->lang),
                                    .entry = entry != NULL ? arena_printf(arena, "entry:%s", entry) : "",
                                    .confidence = 1,
                                    .edition = edition_number(hall_edition(call->server->hall))};
    bool empty = job->note.fold == NULL || job->note.fold[0] == '\0' || (entry == NULL && job->answer == NULL);
    if (empty && !arena_failed(arena)) {
        store_job_free(&job->job);
        api_refuse(call, 404, "not_found");
        return;
    }
    api_submit(call, &job->job);
}

static void teach_from(struct api_call *call, const struct api_talk *talk)
{
    const struct lesson *lesson = talk->context;
    const struct view *view = edition_view(hall_edition(call->server->hall));
    const char *question = api_talk_question(call, talk, lesson->seq);
    if (question == NULL ||
        (lesson->entry != NULL && view_find(view, VIEW_ARTICLE, talk->ticket->lang, lesson->entry) == VIEW_NONE))
        api_refuse(call, 404, "not_found");
    else
        submit(call, talk, question, lesson->entry, lesson->seq);
}

static void begin(struct api_call *call, bool confirms)
{
    static const char *const names[] = {"ticket", "seq", "entry"};
    const char *values[3];
    struct lesson *lesson = arena_alloc(call->arena, sizeof *lesson);
    bool read = lesson != NULL && message_fields(call->body, call->body_size, names, 3, call->arena, values) == 0;
    int64_t ticket = read && values[0] != NULL ? strtoll(values[0], NULL, 10) : 0;
    if (read) {
        lesson->seq = values[1] != NULL ? strtoll(values[1], NULL, 10) : 0;
        lesson->entry = confirms ? values[2] : NULL;
    }
    if (ticket <= 0 || lesson->seq < 0 || (confirms ? lesson->entry == NULL : lesson->seq == 0))
        api_refuse(call, 400, "bad_field");
    else
        api_talk_read(call, ticket, lesson->seq, teach_from, lesson);
}

void api_teach(struct api_call *call)
{
    begin(call, false);
}

void api_confirm(struct api_call *call)
{
    begin(call, true);
}
