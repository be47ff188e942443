/* What a site has of departments: see user_site.h. */
#include "cli/user_site.h"

#include "base/file.h"
#include "content/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SETTINGS_BYTES = 1 << 20, ARENA_BYTES = 16 << 20, PATH_BYTES = 4096 };

static bool has_department(const struct settings *s, const char *id)
{
    for (size_t i = 0; i < s->department_count; i++) {
        if (strcmp(s->departments[i].id, id) == 0)
            return true;
    }
    return false;
}

static void list_departments(const struct settings *s, char *why, size_t room)
{
    for (size_t i = 0; i < s->department_count; i++)
        snprintf(why + strlen(why), room - strlen(why), "%s%s", i > 0 ? ", " : "", s->departments[i].id);
}

/* Whether an item of the list is missing; *why then tells which. */
static bool lacks(const struct settings *s, const char *list, char *why, size_t room)
{
    char *copy = strdup(list), *rest = copy;
    const char *item;
    bool missing = false;
    while (!missing && copy != NULL && (item = strsep(&rest, ", ")) != NULL) {
        missing = *item != '\0' && !has_department(s, item);
        if (missing) {
            snprintf(why, room, "the site has no department “%s”; it has ", item);
            list_departments(s, why, room);
        }
    }
    free(copy);
    return missing;
}

const char *user_site_wrong(const char *site, const char *departments, char *why, size_t room)
{
    if (departments == NULL || strcmp(departments, "all") == 0)
        return NULL;
    char path[PATH_BYTES];
    size_t size;
    snprintf(path, sizeof path, "%s/sportello.yaml", site != NULL ? site : ".");
    char *bytes = file_read(path, SETTINGS_BYTES, &size);
    struct arena *arena = arena_new(ARENA_BYTES);
    struct problems *problems = problems_new();
    const struct settings *s =
        bytes != NULL && arena != NULL && problems != NULL ? settings_read(arena, path, bytes, size, problems) : NULL;
    bool wrong = s != NULL && lacks(s, departments, why, room);
    if (problems != NULL)
        problems_free(problems);
    arena_free(arena);
    free(bytes);
    return wrong ? why : NULL;
}
