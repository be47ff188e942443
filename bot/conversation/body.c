/* What goes into the store: bodies of events, made by the codec, and texts that are never NULL. */
#include "conversation/internal.h"

/* What nearly every body fits into, so that it need not grow. */
enum { BODY_USUAL_BYTES = 1000 };

int body_message(const struct hall *h, struct arena *arena, const struct said *said, struct event *ret)
{
    struct buf body;
    buf_init(&body, BODY_BYTES);
    buf_reserve(&body, BODY_USUAL_BYTES);
    char *bytes = h->codec->message(said, &body) == 0 ? arena_strndup(arena, body.data, body.size) : NULL;
    if (bytes != NULL)
        *ret = (struct event){
            .kind = EVENT_MESSAGE, .from = said->from, .cid = said->cid, .body = bytes, .body_size = body.size};
    buf_free(&body);
    return bytes != NULL ? 0 : -1;
}

int body_state(const struct hall *h, struct arena *arena, enum who who, const char *agent_name, struct event *ret)
{
    struct buf body;
    char path[PORTRAIT_PATH_BYTES];
    buf_init(&body, BODY_BYTES);
    char *bytes =
        h->codec->state(who, agent_name, counter_portrait(h, who == WHO_AGENT ? agent_name : NULL, path), &body) == 0
            ? arena_strndup(arena, body.data, body.size)
            : NULL;
    if (bytes != NULL)
        *ret = (struct event){.kind = EVENT_STATE, .from = FROM_SYSTEM, .body = bytes, .body_size = body.size};
    buf_free(&body);
    return bytes != NULL ? 0 : -1;
}

const char *body_text(struct arena *arena, const char *text)
{
    const char *copy = text != NULL ? arena_strdup(arena, text) : "";
    return copy != NULL ? copy : "";
}
