/* What a conversation is told when its ticket moves: one row a cause. */
#include "conversation/internal.h"

#include <stdio.h>
#include <string.h>

struct telling {
    int who; /* state event: the state from now on; -1 = none */
    enum event_from from;
    const char *key; /* message event; NULL = none */
    bool chats_only; /* not for tickets that are messages or calls: nobody is in that chat */
};

static const struct telling tellings[CAUSE_COUNT] = {
    [CAUSE_TAKEN] = {WHO_AGENT, FROM_SYSTEM, "person_joined", false},
    [CAUSE_OFFERED] = {-1, FROM_SYSTEM, NULL, false},
    [CAUSE_ACCEPTED] = {WHO_AGENT, FROM_SYSTEM, "person_joined", false},
    [CAUSE_DECLINED] = {-1, FROM_SYSTEM, NULL, false},
    [CAUSE_VISITOR_GONE] = {WHO_WAITING, FROM_SYSTEM, "parked", false},
    [CAUSE_VISITOR_SILENT] = {WHO_WAITING, FROM_SYSTEM, "parked", false},
    [CAUSE_VISITOR_BACK] = {WHO_WAITING, FROM_SYSTEM, "welcome_back", false},
    [CAUSE_LEASE_LOST] = {WHO_WAITING, FROM_SYSTEM, "agent_lost_queue", false},
    [CAUSE_HANDED_BACK] = {WHO_BOT, FROM_BOT, "back_with_assistant", false},
    [CAUSE_CLOSED] = {WHO_CLOSED, FROM_SYSTEM, "chat_closed", true},
    [CAUSE_LEFT] = {-1, FROM_SYSTEM, NULL, false},
    [CAUSE_NIGHT] = {WHO_BOT, FROM_SYSTEM, "parked_to_message", false},
    [CAUSE_TRANSFERRED] = {WHO_AGENT, FROM_SYSTEM, "person_joined", false},
    [CAUSE_REROUTED] = {WHO_WAITING, FROM_SYSTEM, "rerouted", false},
    [CAUSE_OWNED] = {-1, FROM_SYSTEM, NULL, false},
    [CAUSE_RELEASED] = {-1, FROM_SYSTEM, NULL, false},
    [CAUSE_UNDELIVERED] = {-1, FROM_SYSTEM, NULL, false},
};

int words_who(enum desk_cause cause, enum ticket_state before)
{
    const struct telling *t = &tellings[cause];
    return t->chats_only && before != TICKET_CLAIMED ? -1 : t->who;
}

const char *words_put(struct arena *arena, const char *text, const char *name, const char *value)
{
    const char *at = strstr(text, name);
    if (at == NULL)
        return text;
    return arena_printf(arena, "%.*s%s%s", (int)(at - text), text, value != NULL ? value : "", at + strlen(name));
}

size_t words_events(void *context, enum desk_cause cause, const struct ticket *before, const char *lang,
                    const char *agent_name, const char *note, struct arena *arena, struct event ret_events[2])
{
    const struct hall *h = context;
    const struct telling *t = &tellings[cause];
    (void)note; /* for the agents' transcript only: the audit log and the ticket keep it */
    size_t count = 0;
    if (t->chats_only && before->state != TICKET_CLAIMED)
        return 0;
    if (t->who >= 0 && body_state(h, arena, (enum who)t->who, agent_name, &ret_events[count]) == 0)
        count++;
    if (t->key == NULL)
        return count;
    const char *text = words_put(arena, dialogue_text(t->key, lang), "{name}", agent_name);
    struct said said = {.from = t->from, .name = agent_name};
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)before->id);
    text = text != NULL ? words_put(arena, text, "{ticket}", number) : NULL;
    said.blocks = text != NULL ? block_paragraph(arena, text) : NULL;
    if (said.blocks != NULL && body_message(h, arena, &said, &ret_events[count]) == 0)
        count++;
    return count;
}
