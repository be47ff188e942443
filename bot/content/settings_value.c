/* One reader for each type of setting: see settings_value.h. */
#include "content/settings_value.h"

#include "content/settings_check.h"
#include "content/settings_hours.h"
#include "content/suggest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct one {
    const struct settings_reader *reader;
    const struct setting_row *row;
    const struct yaml_value *value;
    void *field;
};

#define COMPLAIN(one, value_, ...)                                                                                     \
    problem_add((one)->reader->problems, SEVERITY_ERROR, (one)->reader->file, (value_)->line, (value_)->column,        \
                __VA_ARGS__)

static bool expect(const struct one *o, const struct yaml_value *v, enum yaml_kind kind)
{
    if (v->kind == kind)
        return true;
    COMPLAIN(o, v, "“%s” is %s here, but it must be %s", o->row->key, yaml_kind_name(v->kind),
             settings_type_name(o->row->type));
    return false;
}

static bool within_size(const struct one *o, const struct yaml_value *v)
{
    size_t size = strlen(v->text);
    if (size >= o->row->low && size <= o->row->high)
        return true;
    if (size == 0)
        COMPLAIN(o, v, "“%s” is empty; give it a text or leave the line out", o->row->key);
    else
        COMPLAIN(o, v, "“%s” has %zu bytes; at most %.0f", o->row->key, size, o->row->high);
    return false;
}

static bool checked(const struct one *o, const struct yaml_value *v, settings_check *is_good)
{
    const char *remedy = "";
    if (!expect(o, v, YAML_TEXT))
        return false;
    if (is_good == NULL || is_good(v->text, &remedy))
        return true;
    /* What stands where the name of a secret is due may be the secret. */
    if (o->row->type == SETTING_SECRET)
        COMPLAIN(o, v, "this is no value for “%s”: %s", o->row->key, remedy);
    else
        COMPLAIN(o, v, "“%s” is no value for “%s”: %s", v->text, o->row->key, remedy);
    return false;
}

static void read_text(const struct one *o)
{
    static settings_check *const checks[SETTING_TYPES] = {
        [SETTING_URL] = settings_check_site_address,   [SETTING_TIMEZONE] = settings_check_timezone,
        [SETTING_MAIL_URL] = settings_check_mail_url,  [SETTING_MAIL_SENDER] = settings_check_mail_sender,
        [SETTING_SECRET] = settings_check_secret_name, [SETTING_MAIL] = settings_check_mail};
    const struct yaml_value *v = o->value;
    if (!checked(o, v, checks[o->row->type]) || !within_size(o, v))
        return;
    if (o->row->type == SETTING_TEXT && !yaml_text_uncut(o->reader->file, v, o->reader->problems))
        return;
    char *copy = arena_strdup(o->reader->arena, v->text);
    if (copy == NULL)
        return;
    size_t size = strlen(copy);
    if (o->row->type == SETTING_URL && size > 0 && copy[size - 1] == '/')
        copy[size - 1] = '\0';
    *(const char **)o->field = copy;
}

static bool good_text_in_language(const struct one *o, const struct yaml_value *v)
{
    bool urls = o->row->type == SETTING_URLS;
    return checked(o, v, urls ? settings_check_page : NULL) && within_size(o, v) &&
           (urls || yaml_text_uncut(o->reader->file, v, o->reader->problems));
}

/* The language that a key names, or -1 with a problem; `what` is said for it. */
static int language_of(const struct one *o, const struct yaml_value *v, const char *what)
{
    int lang = settings_language(o->reader->settings, v->key);
    if (lang < 0)
        problem_add(o->reader->problems, SEVERITY_ERROR, o->reader->file, v->key_line, v->key_column,
                    "“%s” is no language of this site; add it to “languages” or leave the %s out", v->key, what);
    return lang;
}

static void read_texts(const struct one *o)
{
    struct texts *texts = o->field;
    const struct settings *settings = o->reader->settings;
    if (o->value->kind == YAML_TEXT) {
        if (!good_text_in_language(o, o->value))
            return;
        for (size_t i = 0; i < settings->languages.count; i++)
            texts->in[i] = o->value->text;
        return;
    }
    if (!expect(o, o->value, YAML_MAP))
        return;
    for (const struct yaml_value *v = o->value->child; v != NULL; v = v->next) {
        int lang = language_of(o, v, "text");
        if (lang >= 0 && good_text_in_language(o, v))
            texts->in[lang] = v->text;
    }
}

static void read_file(const struct one *o, const struct yaml_value *v, struct setting_file *ret)
{
    if (checked(o, v, NULL) && within_size(o, v) && yaml_text_uncut(o->reader->file, v, o->reader->problems))
        *ret = (struct setting_file){v->text, v->line, v->column};
}

static void read_one_file(const struct one *o)
{
    if (o->value->kind == YAML_TEXT && o->value->text[0] == '\0')
        *(struct setting_file *)o->field = (struct setting_file){0};
    else
        read_file(o, o->value, o->field);
}

static void read_files(const struct one *o)
{
    struct setting_file *files = o->field, all = {0};
    const struct settings *settings = o->reader->settings;
    if (o->value->kind == YAML_TEXT) {
        read_file(o, o->value, &all);
        for (size_t i = 0; all.path != NULL && i < settings->languages.count; i++)
            files[i] = all;
        return;
    }
    if (!expect(o, o->value, YAML_MAP))
        return;
    for (const struct yaml_value *v = o->value->child; v != NULL; v = v->next) {
        int lang = language_of(o, v, "file");
        if (lang >= 0)
            read_file(o, v, &files[lang]);
    }
}

static bool listed(const struct string_list *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], text) == 0)
            return true;
    return false;
}

static void read_list(const struct one *o)
{
    static settings_check *const checks[SETTING_TYPES] = {
        [SETTING_LIST] = settings_check_id,           [SETTING_LANGUAGES] = settings_check_language,
        [SETTING_ORIGINS] = settings_check_origin,    [SETTING_HOSTS] = settings_check_host,
        [SETTING_ADDRESSES] = settings_check_network, [SETTING_DATES] = settings_check_holiday};
    if (!expect(o, o->value, YAML_LIST))
        return;
    size_t count = o->value->count;
    bool none = count == 0 && o->row->type != SETTING_LANGUAGES;
    if (!none && (count < o->row->low || count > o->row->high)) {
        COMPLAIN(o, o->value, "“%s” lists %zu; it takes %.0f to %.0f", o->row->key, count, o->row->low, o->row->high);
        return;
    }
    struct string_list list = {arena_array(o->reader->arena, count + 1, sizeof *list.items), 0};
    for (const struct yaml_value *v = o->value->child; v != NULL && list.items != NULL; v = v->next) {
        if (!checked(o, v, checks[o->row->type]))
            continue;
        if (listed(&list, v->text))
            COMPLAIN(o, v, "“%s” is listed twice in “%s”; keep one", v->text, o->row->key);
        else
            list.items[list.count++] = v->text;
    }
    if (list.items != NULL && (list.count > 0 || none))
        *(struct string_list *)o->field = list;
}

/* A decimal number and nothing else: no hexadecimal, no infinity, no spaces. */
static bool to_number(const char *text, double *ret)
{
    char *end;
    if (text[0] == '\0' || strspn(text, "0123456789.+-") != strlen(text))
        return false;
    *ret = strtod(text, &end);
    return *end == '\0' && isfinite(*ret);
}

static void read_number(const struct one *o)
{
    double number = 0;
    const struct yaml_value *v = o->value;
    if (!expect(o, v, YAML_TEXT))
        return;
    if (v->quoted || !to_number(v->text, &number) || number != floor(number)) {
        COMPLAIN(o, v, "“%s” is no value for “%s”: write %s, without quotes", v->text, o->row->key,
                 settings_type_name(o->row->type));
    } else if (number < o->row->low || number > o->row->high) {
        COMPLAIN(o, v, "%s is out of range for “%s”: %g to %g", v->text, o->row->key, o->row->low, o->row->high);
    } else {
        *(int *)o->field = (int)number;
    }
}

/* A share as people write it: 70 %, 70% or 0.7. False where it is none. */
static bool to_share(const char *text, double *ret)
{
    char digits[32];
    size_t size = strlen(text);
    bool percent = size > 0 && text[size - 1] == '%';
    size -= percent;
    while (percent && size > 0 && text[size - 1] == ' ')
        size--;
    if (size >= sizeof digits)
        return false;
    memcpy(digits, text, size);
    digits[size] = '\0';
    if (!to_number(digits, ret))
        return false;
    if (percent)
        *ret /= 100;
    return true;
}

/* "70" is what somebody writes who means 70 %. */
static void complain_of_share(const struct one *o, const struct yaml_value *v, double share)
{
    bool percent = strchr(v->text, '%') == NULL && share >= 10 && share <= o->row->high * 100;
    COMPLAIN(o, v, "%s is out of range for “%s”: %g to %g, or %g %% to %g %%%s%s%s", v->text, o->row->key, o->row->low,
             o->row->high, o->row->low * 100, o->row->high * 100, percent ? "; did you mean " : "",
             percent ? v->text : "", percent ? " %?" : "");
}

static void read_share(const struct one *o)
{
    double share = 0;
    const struct yaml_value *v = o->value;
    if (!expect(o, v, YAML_TEXT))
        return;
    if (!to_share(v->text, &share))
        COMPLAIN(o, v, "“%s” is no value for “%s”: write %s", v->text, o->row->key, settings_type_name(o->row->type));
    else if (share < o->row->low || share > o->row->high)
        complain_of_share(o, v, share);
    else
        *(double *)o->field = share;
}

/* Number of the choice among "a|b|c", or -1; offers each to the suggestion. */
static int find_choice(struct arena *arena, const char *choices, const char *text, struct suggest *near)
{
    int found = -1, number = 0;
    for (const char *p = choices; *p != '\0'; number++) {
        size_t size = strcspn(p, "|");
        const char *name = arena_strndup(arena, p, size);
        if (name != NULL) {
            suggest_offer(near, name);
            found = strcmp(name, text) == 0 ? number : found;
        }
        p += size + (p[size] == '|');
    }
    return found;
}

static void read_choice(const struct one *o)
{
    const struct yaml_value *v = o->value;
    if (!expect(o, v, YAML_TEXT))
        return;
    struct suggest near = suggest_start(v->text);
    int number = find_choice(o->reader->arena, o->row->choices, v->text, &near);
    if (number < 0)
        COMPLAIN(o, v, "“%s” is no value for “%s”: one of %s%s", v->text, o->row->key, o->row->choices,
                 suggest_phrase(&near, o->reader->arena));
    else if (o->row->type == SETTING_EITHER)
        *(bool *)o->field = number == 1;
    else
        *(const char **)o->field = v->text;
}

/* Each of the list is one of the choices, and none is given twice. */
static void read_choices(const struct one *o)
{
    if (!expect(o, o->value, YAML_LIST))
        return;
    struct string_list list = {arena_array(o->reader->arena, o->value->count + 1, sizeof *list.items), 0};
    for (const struct yaml_value *v = o->value->child; v != NULL && list.items != NULL; v = v->next) {
        struct suggest near = suggest_start(v->kind == YAML_TEXT ? v->text : "");
        if (!expect(o, v, YAML_TEXT))
            continue;
        if (find_choice(o->reader->arena, o->row->choices, v->text, &near) < 0)
            COMPLAIN(o, v, "“%s” is no value for “%s”: some of %s%s", v->text, o->row->key, o->row->choices,
                     suggest_phrase(&near, o->reader->arena));
        else if (listed(&list, v->text))
            COMPLAIN(o, v, "“%s” is listed twice in “%s”; keep one", v->text, o->row->key);
        else
            list.items[list.count++] = v->text;
    }
    if (o->value->count < o->row->low)
        COMPLAIN(o, o->value, "“%s” is empty; name at least %.0f of %s", o->row->key, o->row->low, o->row->choices);
    else if (list.items != NULL && list.count > 0)
        *(struct string_list *)o->field = list;
}

static void read_hours(const struct one *o)
{
    struct department *department = (struct department *)((char *)o->field - o->row->offset);
    if (expect(o, o->value, YAML_MAP))
        settings_hours(o->reader, o->value, department);
}

static void read_pronunciation(const struct one *o)
{
    settings_pronunciation(o->reader, o->row, o->value, o->field);
}

static const struct {
    void (*read)(const struct one *);
    const char *name;
} types[SETTING_TYPES] = {
    [SETTING_TEXT] = {read_text, "a text"},
    [SETTING_TEXTS] = {read_texts, "a text, or a map of texts by language"},
    [SETTING_FILES] = {read_files, "a path, or a map of paths by language"},
    [SETTING_URLS] = {read_texts, "an address, or a map of addresses by language"},
    [SETTING_LANGUAGES] = {read_list, "a list of languages"},
    [SETTING_LIST] = {read_list, "a list of ids"},
    [SETTING_NUMBER] = {read_number, "a whole number"},
    [SETTING_SHARE] = {read_share, "a share such as 70 % or 0.7"},
    [SETTING_CHOICE] = {read_choice, "a choice"},
    [SETTING_CHOICES] = {read_choices, "a list of choices"},
    [SETTING_EITHER] = {read_choice, "a choice"},
    [SETTING_HOURS] = {read_hours, "a map of hours by weekday"},
    [SETTING_URL] = {read_text, "an address"},
    [SETTING_MAIL_URL] = {read_text, "an address of a mail server"},
    [SETTING_MAIL_SENDER] = {read_text, "an e-mail address, with or without a name"},
    [SETTING_FILE] = {read_one_file, "a path"},
    [SETTING_ORIGINS] = {read_list, "a list of origins"},
    [SETTING_HOSTS] = {read_list, "a list of hosts"},
    [SETTING_ADDRESSES] = {read_list, "a list of addresses"},
    [SETTING_DATES] = {read_list, "a list of dates"},
    [SETTING_TIMEZONE] = {read_text, "a time zone"},
    [SETTING_MAIL] = {read_text, "an e-mail address"},
    [SETTING_PRONUNCIATION] = {read_pronunciation, "a map of words by language"},
    [SETTING_SECRET] = {read_text, "the name of a secret"},
};

const char *settings_type_name(enum setting_type type)
{
    return types[type].name;
}

void settings_value(const struct settings_reader *reader, const struct setting_row *row, const struct yaml_value *value,
                    void *base)
{
    struct one o = {reader, row, value, (char *)base + row->offset};
    types[row->type].read(&o);
}
