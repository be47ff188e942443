/* GET snippets: the agent's own canned replies. POST snippets {id?, name, text} or {id, remove: 1}. */
#include "net/api_knowledge.h"
#include "net/api_talk.h"

#include "store/snippet.h"
#include "wire/json.h"
#include "wire/message.h"

#include <stdlib.h>
#include <string.h>

enum { JSON_BYTES = SNIPPETS_MAX * (SNIPPET_TEXT_BYTES + SNIPPET_NAME_BYTES) * 2 };

static void listed(struct store_job *job)
{
    const struct store_snippets *mine = (const struct store_snippets *)job;
    struct buf json;
    if (!api_begin(job, &json, JSON_BYTES))
        return;
    json_number(&json, "most", SNIPPETS_MAX);
    json_open(&json, "snippets", '[');
    for (size_t i = 0; i < mine->count; i++) {
        json_open(&json, NULL, '{');
        json_number(&json, "id", mine->rows[i].id);
        json_text(&json, "name", mine->rows[i].name);
        json_text(&json, "text", mine->rows[i].text);
        json_number(&json, "changed", mine->rows[i].changed_ms);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    api_end(job, &json);
}

static void saved(struct store_job *job)
{
    struct api_call *call = job->context;
    enum store_result result = job->result;
    int64_t id = ((const struct store_snippet_save *)job)->snippet.id;
    store_job_free(job);
    if (result == STORE_OK)
        api_answer_number(call, "id", id);
    else
        api_refuse_result(call, result);
}

/* Without blanks around; NULL without memory. */
static const char *trimmed(const struct api_call *call, const char *text)
{
    static const char blanks[] = " \t\n";
    text += strspn(text, blanks);
    size_t size = strlen(text);
    while (size > 0 && strchr(blanks, text[size - 1]) != NULL)
        size--;
    return arena_strndup(call->arena, text, size);
}

static void save(struct api_call *call)
{
    static const char *const names[] = {"id", "name", "text", "remove"};
    const char *values[4];
    if (message_fields(call->body, call->body_size, names, 4, call->arena, values) < 0) {
        api_refuse(call, 400, "bad_field");
        return;
    }
    struct store_snippet_save *job = api_job(call, &store_snippet_save_kind, sizeof *job, saved);
    if (job == NULL)
        return;
    job->user = call->user.id;
    job->remove = values[3] != NULL;
    job->snippet = (struct snippet){.id = values[0] != NULL ? strtoll(values[0], NULL, 10) : 0,
                                    .name = values[1] != NULL ? trimmed(call, values[1]) : "",
                                    .text = values[2] != NULL ? trimmed(call, values[2]) : ""};
    /* A name is one line. */
    if (!job->remove && job->snippet.name != NULL && strpbrk(job->snippet.name, "\n\t") != NULL)
        job->snippet.name = "";
    api_submit(call, &job->job);
}

void api_snippets(struct api_call *call)
{
    if (call->body_size > 0) {
        save(call);
        return;
    }
    struct store_snippets *job = api_job(call, &store_snippets_kind, sizeof *job, listed);
    if (job == NULL)
        return;
    job->user = call->user.id;
    api_submit(call, &job->job);
}
