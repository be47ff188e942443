/* Letters and words of what is said: see speech.h. Marks of links and the like pass through untouched. */
#include "aiml/change.h"
#include "aiml/speech.h"

#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

enum letter_case { CASE_KEEP, CASE_UPPER, CASE_LOWER };

/* The content, still with its marks, copied away; what was said of it is gone. */
static const char *lift(struct speech *t, struct scene *s, const struct image_op *op, size_t *ret_size)
{
    size_t mark = t->used;
    speech_inner(t, s, op);
    *ret_size = t->used > mark ? t->used - mark : 0;
    t->used = mark < t->used ? mark : t->used;
    if (!speech_spend(t, *ret_size)) {
        *ret_size = 0;
        return "";
    }
    char *copy = arena_strndup(t->arena, t->text + mark, *ret_size);
    t->no_memory = t->no_memory || copy == NULL;
    *ret_size = copy != NULL ? *ret_size : 0;
    return copy != NULL ? copy : "";
}

/* Bytes of the mark at `at`, 0 where there is none. */
static size_t mark_size(const char *text, size_t size, size_t at)
{
    size_t end = at;
    if (text[at] != MARK_OPEN)
        return 0;
    while (end < size && text[end] != MARK_CLOSE)
        end++;
    return end < size ? end + 1 - at : 1;
}

/* Marks are put back as they are: speech_say would make spaces of them. */
static void put_back(struct speech *t, const char *bytes, size_t size)
{
    if (t->fault != AIML_FAULT_NONE || t->no_memory || size >= SPEECH_ROOM - t->used)
        return;
    memcpy(t->text + t->used, bytes, size);
    t->used += size;
}

static size_t say_letter(struct speech *t, const char *at, size_t left, enum letter_case how)
{
    utf8proc_int32_t c;
    utf8proc_ssize_t taken = utf8proc_iterate((const utf8proc_uint8_t *)at, (utf8proc_ssize_t)left, &c);
    if (taken <= 0 || how == CASE_KEEP) {
        put_back(t, at, taken > 0 ? (size_t)taken : 1);
        return taken > 0 ? (size_t)taken : 1;
    }
    utf8proc_uint8_t out[4];
    utf8proc_ssize_t made = utf8proc_encode_char(how == CASE_UPPER ? utf8proc_toupper(c) : utf8proc_tolower(c), out);
    put_back(t, (const char *)out, (size_t)made);
    return (size_t)taken;
}

static bool is_letter(const char *at)
{
    return isalnum((unsigned char)*at) || (unsigned char)*at >= 0x80;
}

/* `first`: of a word's first letter (`each`: of every word, else of the text), `others`: of the rest. */
static void say_cased(struct speech *t, struct scene *s, const struct image_op *op, enum letter_case first, bool each,
                      enum letter_case others)
{
    size_t size;
    const char *text = lift(t, s, op, &size);
    bool begin = true;
    for (size_t at = 0; at < size;) {
        size_t mark = mark_size(text, size, at);
        if (mark > 0) {
            put_back(t, text + at, mark);
            at += mark;
        } else if (is_letter(text + at)) {
            at += say_letter(t, text + at, size - at, begin ? first : others);
            begin = false;
        } else {
            begin = begin || (each && text[at] != '\'');
            put_back(t, text + at++, 1);
        }
    }
}

void speech_uppercase(struct speech *t, struct scene *s, const struct image_op *op)
{
    say_cased(t, s, op, CASE_UPPER, true, CASE_UPPER);
}

void speech_lowercase(struct speech *t, struct scene *s, const struct image_op *op)
{
    say_cased(t, s, op, CASE_LOWER, true, CASE_LOWER);
}

void speech_formal(struct speech *t, struct scene *s, const struct image_op *op)
{
    say_cased(t, s, op, CASE_UPPER, true, CASE_LOWER);
}

void speech_sentence(struct speech *t, struct scene *s, const struct image_op *op)
{
    say_cased(t, s, op, CASE_UPPER, false, CASE_KEEP);
}

void speech_explode(struct speech *t, struct scene *s, const struct image_op *op)
{
    const char *text = speech_content(t, s, op);
    for (size_t left = strlen(text), at = 0; text[at] != '\0' && t->fault == AIML_FAULT_NONE;) {
        if (text[at] == ' ') {
            at++;
            continue;
        }
        if (at > 0)
            speech_puts(t, " ");
        at += say_letter(t, text + at, left - at, CASE_KEEP);
    }
}

void speech_implode(struct speech *t, struct scene *s, const struct image_op *op)
{
    const char *text = speech_content(t, s, op);
    for (; *text != '\0'; text++)
        if (*text != ' ')
            speech_say(t, text, 1);
}

void speech_first(struct speech *t, struct scene *s, const struct image_op *op)
{
    const char *text = speech_content(t, s, op);
    speech_say(t, text, strcspn(text, " "));
}

void speech_rest(struct speech *t, struct scene *s, const struct image_op *op)
{
    const char *text = speech_content(t, s, op), *space = strchr(text, ' ');
    if (space != NULL)
        speech_puts(t, space + 1);
}

/* Content through a substitution; an element without content (`<person/>`) speaks of the first star. */
static void say_changed(struct speech *t, struct scene *s, const struct image_op *op, int which)
{
    const char *text = op->child != 0 ? speech_content(t, s, op) : speech_star(t, s);
    size_t size = strlen(text);
    if (!speech_spend(t, CHANGE_PASSES * (size * CHANGE_GROWS + CHANGE_MORE)))
        return;
    const char *changed = change_text(t->a, which, text, size, SPEECH_ROOM, t->arena, &size);
    if (changed == NULL)
        t->no_memory = true;
    else
        speech_say(t, changed, size);
}

void speech_person(struct speech *t, struct scene *s, const struct image_op *op)
{
    say_changed(t, s, op, CHANGE_PERSON);
}

void speech_person2(struct speech *t, struct scene *s, const struct image_op *op)
{
    say_changed(t, s, op, CHANGE_PERSON2);
}

void speech_gender(struct speech *t, struct scene *s, const struct image_op *op)
{
    say_changed(t, s, op, CHANGE_GENDER);
}

void speech_normalize(struct speech *t, struct scene *s, const struct image_op *op)
{
    say_changed(t, s, op, CHANGE_NORMAL);
}

void speech_denormalize(struct speech *t, struct scene *s, const struct image_op *op)
{
    say_changed(t, s, op, CHANGE_DENORMAL);
}
