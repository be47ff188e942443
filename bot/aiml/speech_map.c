/* Maps, those of files and those built in. See speech.h. */
#include "aiml/build_sets.h"
#include "aiml/speech.h"
#include "aiml/words.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { KEY_BYTES = 1024, NUMBER_DIGITS = 15 };

static bool ends_in(const char *word, size_t size, const char *end)
{
    size_t n = strlen(end);
    return size > n && strncasecmp(word + size - n, end, n) == 0;
}

static void say_plural(struct speech *t, const char *word)
{
    size_t n = strlen(word);
    bool vowel = n > 1 && strchr("aeiouAEIOU", word[n - 2]) != NULL;
    if (ends_in(word, n, "y") && !vowel) {
        speech_say(t, word, n - 1);
        speech_puts(t, "ies");
    } else {
        speech_say(t, word, n);
        bool hiss = ends_in(word, n, "s") || ends_in(word, n, "x") || ends_in(word, n, "ch") || ends_in(word, n, "sh");
        speech_puts(t, hiss ? "es" : "s");
    }
}

static void say_singular(struct speech *t, const char *word)
{
    size_t n = strlen(word);
    if (ends_in(word, n, "ies") && n > 4) {
        speech_say(t, word, n - 3);
        speech_puts(t, "y");
    } else if (ends_in(word, n, "ches") || ends_in(word, n, "shes") || ends_in(word, n, "xes") ||
               ends_in(word, n, "sses")) {
        speech_say(t, word, n - 2);
    } else if (ends_in(word, n, "s") && !ends_in(word, n, "ss")) {
        speech_say(t, word, n - 1);
    } else {
        speech_say(t, word, n);
    }
}

static void say_neighbour(struct speech *t, const char *number, int step)
{
    char *end, text[32];
    long long n = strtoll(number, &end, 10);
    if (end == number || *end != '\0' || end - number > NUMBER_DIGITS) {
        speech_puts(t, speech_instead(t, "default-map", "default_map"));
        return;
    }
    snprintf(text, sizeof text, "%lld", n + step);
    speech_puts(t, text);
}

void speech_map(struct speech *t, struct scene *s, const struct image_op *op)
{
    const char *name = speech_param(t, s, op, PARAM_NAME), *key = speech_content(t, s, op);
    const struct aiml *a = t->a;
    const struct image_table *map = NULL;
    for (size_t i = 0; name != NULL && i < image_count(a, SECTION_MAPS) && map == NULL; i++)
        if (strcasecmp(a->text + a->maps[i].name, name) == 0)
            map = &a->maps[i];
    switch (map != NULL ? map->built_in : BUILT_NONE) {
    case BUILT_SUCCESSOR:
        say_neighbour(t, key, 1);
        return;
    case BUILT_PREDECESSOR:
        say_neighbour(t, key, -1);
        return;
    case BUILT_PLURAL:
        say_plural(t, key);
        return;
    case BUILT_SINGULAR:
        say_singular(t, key);
        return;
    default:
        break;
    }
    char folded[KEY_BYTES];
    words_key(key, strlen(key), folded, sizeof folded);
    const char *value = map != NULL ? image_find(a, map, folded) : NULL;
    speech_puts(t, value != NULL ? value : speech_instead(t, "default-map", "default_map"));
}
