/* A file of cases from anywhere is read whole or refused with a reason. */
#include "wire/aiml_cases.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
    struct arena *arena = arena_new((size_t)16 << 20);
    const struct aiml_case *cases = NULL;
    const char *why = NULL;
    size_t count = 0, length = 0;
    if (aiml_cases_read((const char *)bytes, size, arena, &cases, &count, &why) == 0) {
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; k < cases[i].step_count; k++) {
                length += strlen(cases[i].steps[k].in) + strlen(cases[i].steps[k].outs[0]);
                if (cases[i].steps[k].out_count == 0)
                    abort();
            }
    } else if (why == NULL || *why == '\0') {
        abort();
    }
    arena_free(arena);
    return length == (size_t)-1;
}
