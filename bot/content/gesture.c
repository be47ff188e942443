/* The table of gestures: see gesture.h. */
#include "content/gesture.h"

#include "content/blind.h"

#include <string.h>

enum { NAME_BYTES = 16 };

static const struct {
    const char *written, *name;
} names[] = {
    {"nod", "nod"},      {"annuisci", "nod"}, {"sì", "nod"},      {"shake", "shake"},
    {"scuoti", "shake"}, {"no", "shake"},     {"wave", "wave"},   {"saluta", "wave"},
    {"look", "look"},    {"guarda", "look"},  {"pause", "pause"}, {"pausa", "pause"},
};

const char *gesture_named(const char *name, size_t size)
{
    char word[NAME_BYTES];
    if (size == 0 || size >= sizeof word)
        return NULL;
    memcpy(word, name, size);
    word[size] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (blind_compare(names[i].written, word) == 0)
            return names[i].name;
    return NULL;
}

void gesture_suggest(struct suggest *s)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        suggest_offer(s, names[i].written);
}
