/* All files of a language: see tables.h. */
#include "text/tables.h"

#include "text/background.h"
#include "text/negatives.h"
#include "text/stop.h"
#include "text/table.h"
#include "text/thesaurus.h"

#include <stdio.h>

const char tables_remedy[] = "understanding works less well without; `make` in the sources makes them and "
                             "`make install` brings them along, or SPORTELLO_SHARE names their folder";

static const struct table_kind *const kinds[] = {&background_kind, &negatives_kind, &thesaurus_kind};

size_t tables_missing(const char *lang, char *ret, size_t room)
{
    size_t missing = 0, used = 0;
    ret[0] = '\0';
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && stop_of(lang) != NULL; i++) {
        enum table_state state = table_state(kinds[i], lang);
        if (state == TABLE_GOOD)
            continue;
        int size = snprintf(ret + used, room - used, "%s%s.%s.%s (%s)", missing++ > 0 ? ", " : "", kinds[i]->name, lang,
                            kinds[i]->ending, state == TABLE_ABSENT ? "absent" : "damaged");
        used += (size_t)size < room - used ? (size_t)size : room - used - 1;
    }
    return missing;
}
