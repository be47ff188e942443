/* The people of the counter: their connections, and what changes of them meanwhile. */
#include "conversation/counter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct agent *counter_agent(const struct hall *h, uint64_t client)
{
    return map_get(h->agents, &client, sizeof client);
}

void counter_agent_free(void *one)
{
    struct agent *a = one;
    if (a == NULL)
        return;
    free(a->name);
    free(a->role);
    free(a->departments);
    free(a->languages);
    free(a);
}

/* What may change while the connection is open. */
static int learn(struct agent *a, const struct user *user)
{
    char *departments = strdup(user->departments), *languages = strdup(user->languages);
    if (departments == NULL || languages == NULL) {
        free(departments);
        free(languages);
        return -1;
    }
    free(a->departments);
    free(a->languages);
    a->departments = departments;
    a->languages = languages;
    a->picture = user->picture_version;
    a->capacity = user->capacity;
    return 0;
}

static struct agent *agent_new(uint64_t client, const struct user *user)
{
    struct agent *a = calloc(1, sizeof *a);
    if (a == NULL)
        return NULL;
    a->client = client;
    a->user = user->id;
    a->name = strdup(user->name);
    a->role = strdup(user->role);
    a->editor = strcmp(user->role, "editor") == 0;
    a->admin = strcmp(user->role, "admin") == 0;
    if (a->name != NULL && a->role != NULL && learn(a, user) == 0)
        return a;
    counter_agent_free(a);
    return NULL;
}

/* Editors are no people of the counter: the desk does not know them. */
void hall_agent_in(struct hall *h, uint64_t client, const struct user *user)
{
    struct agent *a = agent_new(client, user);
    if (a == NULL || map_put(h->agents, &client, sizeof client, a) < 0) {
        counter_agent_free(a);
        return;
    }
    snprintf(a->lang, sizeof a->lang, "%s", hall_settings(h)->languages.items[0]);
    if (!a->editor)
        desk_agent_in(h->desk, user);
}

void hall_agent_alive(struct hall *h, uint64_t client)
{
    const struct agent *a = counter_agent(h, client);
    if (a != NULL)
        desk_agent_alive(h->desk, a->user);
}

static bool sees_chat(const struct hall *h, const struct agent *a, const struct conversation *c)
{
    const struct ticket *t = desk_ticket_of(h->desk, c->id);
    return t != NULL && counter_sees(h, a, t);
}

/* Takes the agent off all it looks at, or off what it does not see any more. A release would disturb the walk, so it
 * comes after it; what is left over when the list is full is released when its next job or client ends. */
static void stop_watching(struct hall *h, const struct agent *a, bool all)
{
    struct conversation *idle[AGENT_WATCHES];
    size_t at = 0, count = 0;
    struct conversation *c;
    while ((c = map_next(h->by_id, &at, NULL, NULL)) != NULL) {
        if (!all && sees_chat(h, a, c))
            continue;
        if (client_list_remove(c->watchers, &c->watcher_count, a->client) && count < AGENT_WATCHES)
            idle[count++] = c;
    }
    for (size_t i = 0; i < count; i++)
        conversation_release(h, idle[i]);
}

int hall_agent_changed(struct hall *h, uint64_t client, const struct user *user)
{
    struct agent *a = counter_agent(h, client);
    if (a == NULL || strcmp(a->role, user->role) != 0)
        return -1;
    bool moved = strcmp(a->departments, user->departments) != 0;
    if (!moved && strcmp(a->languages, user->languages) == 0 && a->picture == user->picture_version &&
        a->capacity == user->capacity)
        return 0;
    if (learn(a, user) < 0 || a->editor)
        return 0;
    desk_agent_changed(h->desk, user);
    if (moved) {
        stop_watching(h, a, false);
        counter_look_away(h, a);
        if (a->greeted)
            counter_tell_queue(h, a);
    }
    return 0;
}

void hall_agent_gone(struct hall *h, uint64_t client)
{
    struct agent *a = map_remove(h->agents, &client, sizeof client);
    if (a == NULL)
        return;
    stop_watching(h, a, true);
    counter_look_away(h, a);
    if (!a->editor)
        desk_agent_out(h->desk, a->user);
    counter_agent_free(a);
}
