/* Greetings against a list of words: see honest.h. */
#include "content/honest.h"

#include "base/embed.h"
#include "content/ident.h"
#include "content/lines.h"

#include <string.h>

enum { GREETING_BYTES = 4096, WORD_BYTES = 64 };

/* " folded words " */
static void fold_around(const char *text, char *ret, size_t room)
{
    ret[0] = ' ';
    ident_fold(text, ret + 1, room - 2);
    size_t size = strlen(ret);
    ret[size] = ' ';
    ret[size + 1] = '\0';
}

static bool says(const char *folded, struct span word)
{
    char looked_for[WORD_BYTES] = " ";
    bool open = word.size > 0 && word.text[word.size - 1] == '*';
    word.size -= open;
    if (word.size == 0 || word.size > sizeof looked_for - 3)
        return false;
    memcpy(looked_for + 1, word.text, word.size);
    if (!open)
        looked_for[word.size + 1] = ' ';
    return strstr(folded, looked_for) != NULL;
}

/* One of "it: a, b*". */
static bool says_any(const char *folded, struct span words)
{
    for (const char *end; words.size > 0;) {
        end = memchr(words.text, ',', words.size);
        size_t size = end != NULL ? (size_t)(end - words.text) : words.size;
        if (says(folded, lines_trim((struct span){words.text, size})))
            return true;
        size += end != NULL;
        words = (struct span){words.text + size, words.size - size};
    }
    return false;
}

bool honest_greeting(const char *lang, const char *greeting)
{
    const struct embedded *file = embed_find("content/data/honest.txt");
    struct span rest = {file != NULL ? file->data : "", file != NULL ? file->size : 0}, line;
    size_t size = strlen(lang);
    char folded[GREETING_BYTES];
    fold_around(greeting, folded, sizeof folded);
    while (lines_next(&rest, &line))
        if (line.size > size && memcmp(line.text, lang, size) == 0 && line.text[size] == ':')
            return says_any(folded, (struct span){line.text + size + 1, line.size - size - 1});
    return true;
}
