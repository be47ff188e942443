/* What people at the desk write and post: words to be marked, words that are kept, bodies and forms. Whatever comes in,
 * marks lie within the text and in order, and what is kept is text. */
#include "base/utf8.h"
#include "conversation/kept.h"
#include "store/learn.h"
#include "text/misspelt.h"
#include "wire/message.h"
#include "wire/spoken.h"

#include <stdlib.h>
#include <string.h>

enum { MARKS = 8, SAID_MOST = 4096 };

static void must(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static bool never_known(void *context, const char *word, size_t size)
{
    (void)context;
    must(size > 0 && word != NULL);
    return false;
}

static void marks_are_orderly(const char *text)
{
    struct misspelt marks[MARKS];
    size_t count = misspelt_words("it", text, never_known, NULL, marks, MARKS), length = strlen(text), end = 0,
           units = 0;
    must(count <= MARKS);
    for (size_t i = 0; i < count; i++) {
        must(marks[i].size > 0 && marks[i].at >= end && marks[i].at + marks[i].size <= length);
        must(marks[i].size_units > 0 && marks[i].at_units >= units && marks[i].size_units <= marks[i].size);
        end = marks[i].at + marks[i].size;
        units = marks[i].at_units + marks[i].size_units;
    }
}

static void is_text(const char *kept)
{
    for (size_t at = 0, left = kept != NULL ? strlen(kept) : 0; left > 0;) {
        size_t length = utf8_length(kept + at, left);
        must(length > 0);
        at += length;
        left -= length;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"id", "text", "remove"};
    const char *values[3];
    struct arena *arena = arena_new(4 << 20);
    const char *text = size <= SAID_MOST ? utf8_mend(arena, (const char *)data, size) : NULL;
    if (text != NULL) {
        marks_are_orderly(text);
        is_text(kept_text(arena, text, "Mario Rossi"));
        const char *line = kept_line(arena, text, text);
        must(line == NULL || (strlen(line) <= LEARN_TEXT_BYTES && strchr(line, '\n') == NULL));
        is_text(line);
    }
    spoken_text((const char *)data, size, arena);
    if (message_fields((const char *)data, size, names, 3, arena, values) == 0)
        is_text(values[1]);
    arena_free(arena);
    return 0;
}
