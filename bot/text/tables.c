/* All files of a language: see tables.h. */
#include "text/tables.h"

#include "text/background.h"
#include "text/kinship.h"
#include "text/negatives.h"
#include "text/stop.h"
#include "text/table.h"
#include "text/thesaurus.h"

#include <stdio.h>
#include <string.h>

const char tables_remedy[] = "understanding works less well without; `make` in the sources makes them and "
                             "`make install` brings them along, or SPORTELLO_SHARE names their folder";

/* What is made, for every language with function words or for one alone. */
static const struct {
    const struct table_kind *kind;
    const char *only; /* or NULL */
} kinds[] = {{&background_kind, NULL}, {&negatives_kind, NULL}, {&thesaurus_kind, NULL}, {&kinship_kind, "en"}};

size_t tables_missing(const char *lang, char *ret, size_t room)
{
    size_t missing = 0, used = 0;
    ret[0] = '\0';
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && stop_of(lang) != NULL; i++) {
        if (kinds[i].only != NULL && strcmp(kinds[i].only, lang) != 0)
            continue;
        const struct table_kind *kind = kinds[i].kind;
        enum table_state state = table_state(kind, lang);
        if (state == TABLE_GOOD)
            continue;
        int size = snprintf(ret + used, room - used, "%s%s.%s.%s (%s)", missing++ > 0 ? ", " : "", kind->name, lang,
                            kind->ending, state == TABLE_ABSENT ? "absent" : "damaged");
        used += (size_t)size < room - used ? (size_t)size : room - used - 1;
    }
    return missing;
}
