/* Who sees which ticket: one's own departments, what one has, is offered or was invited to; an admin all. */
#include "conversation/counter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a ticket's being seen hangs on, as it was when the agents were told last. Invitations only grow. */
struct told {
    char department[FRAME_DEPARTMENT_BYTES + 1];
    int64_t owner, offered_to;
};

static bool invited(const struct ticket *t, int64_t user)
{
    char needle[32];
    snprintf(needle, sizeof needle, ",%lld,", (long long)user);
    return t->invited != NULL && strstr(t->invited, needle) != NULL;
}

static bool sees(const struct agent *a, const char *department, int64_t owner, int64_t offered_to)
{
    return a->admin || ticket_in_departments(a->departments, department) || owner == a->user || offered_to == a->user;
}

static int64_t offered_to(const struct hall *h, int64_t ticket)
{
    struct desk_handover handover;
    return desk_handover_of(h->desk, ticket, &handover) ? handover.to : 0;
}

bool counter_sees(const struct hall *h, const struct agent *a, const struct ticket *t)
{
    return !a->editor && (sees(a, t->department, t->owner, offered_to(h, t->id)) || invited(t, a->user));
}

bool counter_saw(const struct hall *h, const struct agent *a, const struct ticket *t)
{
    const struct told *told = map_get(h->told, &t->id, sizeof t->id);
    return !a->editor && told != NULL && sees(a, told->department, told->owner, told->offered_to);
}

void counter_remember(struct hall *h, const struct ticket *t)
{
    struct told *told = map_get(h->told, &t->id, sizeof t->id);
    if (told == NULL) {
        told = calloc(1, sizeof *told);
        if (told == NULL || map_put(h->told, &t->id, sizeof t->id, told) < 0) {
            free(told);
            return;
        }
    }
    snprintf(told->department, sizeof told->department, "%s", t->department);
    told->owner = t->owner;
    told->offered_to = offered_to(h, t->id);
}

void counter_forget(struct hall *h, const struct ticket *t)
{
    free(map_remove(h->told, &t->id, sizeof t->id));
}
