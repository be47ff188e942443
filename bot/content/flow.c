/* What can be asked of a flow: see flow.h. */
#include "content/flow.h"

#include <string.h>

bool flow_has_steps(const struct flow *flow)
{
    return flow->steps != NULL || flow->slot_count > 0;
}

int flow_slot(const struct flow *flow, const char *name)
{
    for (size_t i = 0; i < flow->slot_count; i++)
        if (strcmp(flow->slots[i].name, name) == 0)
            return (int)i;
    return -1;
}
