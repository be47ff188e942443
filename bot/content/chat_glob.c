/* Texts against patterns with `*`: see chat.h. */
#include "content/chat.h"

#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Steps over one character; a run of spaces is one. */
static const char *step(const char *p)
{
    if (!is_space(*p))
        return p + 1;
    while (is_space(*p))
        p++;
    return p;
}

static bool same(char a, char b)
{
    return a == b || (is_space(a) && is_space(b));
}

static const char *skip_spaces(const char *p)
{
    while (is_space(*p))
        p++;
    return p;
}

/* Greedy with one point of return: the last `*`. Time is at most the product of both lengths. */
bool chat_glob(const char *glob, const char *text)
{
    const char *star = NULL, *tried = NULL;
    glob = skip_spaces(glob);
    text = skip_spaces(text);
    while (*text != '\0') {
        if (*glob == '*') {
            star = ++glob;
            tried = text;
        } else if (*glob != '\0' && same(*glob, *text)) {
            glob = step(glob);
            text = step(text);
        } else if (is_space(*text) && *skip_spaces(text) == '\0' && *glob == '\0') {
            return true;
        } else if (star != NULL) {
            glob = star;
            text = ++tried;
        } else {
            return false;
        }
    }
    while (*glob == '*' || is_space(*glob))
        glob++;
    return *glob == '\0';
}
