/* What was said before, by the visitor and by the bot. See speech.h. */
#include "aiml/speech.h"
#include "aiml/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Two numbers `nx,ny`; what is missing is 1. */
static void indexes(struct speech *t, struct scene *s, const struct image_op *op, long *ret_x, long *ret_y)
{
    const char *index = speech_param(t, s, op, PARAM_INDEX), *comma = index != NULL ? strchr(index, ',') : NULL;
    *ret_x = index != NULL ? strtol(index, NULL, 10) : 1;
    *ret_y = comma != NULL ? strtol(comma + 1, NULL, 10) : 1;
}

/* The n-th sentence of a text from its end; false where it has fewer. *n is counted down by those passed. */
static bool say_from_end(struct speech *t, const char *text, long *n)
{
    size_t starts[AIML_SENTENCES * 4], count = 0, size = strlen(text);
    for (size_t at = 0; at < size && count < sizeof starts / sizeof *starts;) {
        struct words_reader r = {text, words_sentence(text, size, at), at};
        struct word w;
        if (words_next(&r, &w))
            starts[count++] = at;
        at = r.size;
    }
    if (*n < 1 || (size_t)*n > count) {
        *n -= (long)count;
        return false;
    }
    size_t from = starts[count - (size_t)*n], end = words_sentence(text, size, from);
    while (isspace((unsigned char)text[from]))
        from++;
    speech_say(t, text + from, end - from);
    return true;
}

void speech_that(struct speech *t, struct scene *s, const struct image_op *op)
{
    long x, y;
    indexes(t, s, op, &x, &y);
    if (x >= 1 && (size_t)x <= t->past_count)
        say_from_end(t, t->past[x - 1].response, &y);
}

/* Without an index the sentence that is being answered, else the n-th before it. */
void speech_input(struct speech *t, struct scene *s, const struct image_op *op)
{
    const char *index = speech_param(t, s, op, PARAM_INDEX);
    long n = index != NULL ? strtol(index, NULL, 10) : 0;
    if (n == 0)
        speech_puts(t, t->sentence);
    if (n <= 0 || say_from_end(t, t->earlier, &n))
        return;
    for (size_t i = 0; i < t->past_count; i++)
        if (say_from_end(t, t->past[i].request, &n))
            return;
}

void speech_request(struct speech *t, struct scene *s, const struct image_op *op)
{
    long x, y;
    indexes(t, s, op, &x, &y);
    if (x >= 1 && (size_t)x <= t->past_count)
        speech_puts(t, t->past[x - 1].request);
}

void speech_response(struct speech *t, struct scene *s, const struct image_op *op)
{
    long x, y;
    indexes(t, s, op, &x, &y);
    if (x >= 1 && (size_t)x <= t->past_count)
        speech_puts(t, t->past[x - 1].response);
}
