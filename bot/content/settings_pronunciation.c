/* `pronunciation`: words by language, and how each is said. */
#include "content/settings_value.h"

#include <string.h>

/* Of a word as it is written. */
enum { WORD_BYTES = 60 };

static void complain(const struct settings_reader *r, const struct yaml_value *v, const char *what)
{
    problem_add(r->problems, SEVERITY_ERROR, r->file, v->key_line, v->key_column, "“%.80s” %s", v->key, what);
}

static bool is_plain(const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++)
        if (*p < ' ' || *p == 0x7F)
            return false;
    return true;
}

static bool good_pair(const struct settings_reader *r, const struct setting_row *row, const struct yaml_value *v)
{
    size_t word = strlen(v->key);
    if (word == 0 || word > WORD_BYTES || !is_plain(v->key) || strpbrk(v->key, " \t") != NULL) {
        complain(r, v, "is not one word; write each word alone, at most 60 bytes long");
        return false;
    }
    if (v->kind != YAML_TEXT || v->text[0] == '\0' || strlen(v->text) > (size_t)row->high || !is_plain(v->text)) {
        complain(r, v, "needs a text: how one would write what is heard, such as “ci i e”, at most 200 bytes");
        return false;
    }
    return yaml_text_uncut(r->file, v, r->problems);
}

static void read_words(const struct settings_reader *r, const struct setting_row *row, const struct yaml_value *map,
                       struct pronunciations *ret)
{
    if (map->kind != YAML_MAP) {
        complain(r, map, "must be a map of words, such as {PIN: pin}");
        return;
    }
    if (map->count > SETTINGS_PRONUNCIATIONS_MAX) {
        complain(r, map, "has too many words: there may be 300");
        return;
    }
    struct pronunciation *items = arena_array(r->arena, map->count + 1, sizeof *items);
    size_t count = 0;
    for (const struct yaml_value *v = map->child; v != NULL && items != NULL; v = v->next)
        if (good_pair(r, row, v))
            items[count++] = (struct pronunciation){v->key, v->text};
    *ret = (struct pronunciations){items, count};
}

void settings_pronunciation(const struct settings_reader *r, const struct setting_row *row, const struct yaml_value *v,
                            struct pronunciations *field)
{
    if (v->kind == YAML_TEXT && v->text[0] == '\0')
        return; /* the default: none */
    if (v->kind != YAML_MAP) {
        problem_add(r->problems, SEVERITY_ERROR, r->file, v->line, v->column,
                    "“pronunciation” must be a map of words by language, such as {it: {PIN: pin}}");
        return;
    }
    for (const struct yaml_value *map = v->child; map != NULL; map = map->next) {
        int lang = settings_language(r->settings, map->key);
        if (lang >= 0)
            read_words(r, row, map, &field[lang]);
        else
            complain(r, map, "is no language of this site; write the words by language: {it: {PIN: pin}}");
    }
}
