/* Any bytes as sportello.yaml and as an intent: no crash, no overrun, settings within their range. */
#include "content/intent.h"
#include "content/settings.h"

#include <stdint.h>
#include <stdlib.h>

static void check_settings(const struct settings *s)
{
    if (s->languages.count < 1 || s->languages.count > SETTINGS_LANGUAGES_MAX || s->department_count < 1)
        abort();
    if (!(s->answer >= 0 && s->answer <= 1) || s->agent_capacity < 1 || s->agent_capacity > 20)
        abort();
    for (size_t i = 0; i < s->department_count; i++)
        for (size_t k = 0; k < s->departments[i].hour_count; k++)
            if (s->departments[i].hours[k].from >= s->departments[i].hours[k].to)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new((size_t)256 << 20);
    struct problems *problems = problems_new();
    struct settings *settings = settings_read(arena, "sportello.yaml", (const char *)bytes, size, problems);
    if (settings != NULL)
        check_settings(settings);
    struct collect c = {.arena = arena, .problems = problems};
    struct span text;
    if (lines_check("fuzz.yaml", (const char *)bytes, size, problems, &text) == 0)
        intent_read(&c, "fuzz.yaml", "it", text);
    for (size_t i = 0; i < c.intent_count; i++)
        if ((c.intents[i].example_count == 0 && c.intents[i].flow == NULL) || c.intents[i].title == NULL)
            abort();
    problems_free(problems);
    arena_free(arena);
    return 0;
}
