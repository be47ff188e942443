/* From sportello.yaml to struct settings, along settings_table: see settings.h. */
#include "content/ident.h"
#include "content/lines.h"
#include "content/settings_value.h"
#include "content/suggest.h"

#include <string.h>

enum { PATH_BYTES = 256 };

static const char default_departments[] = "departments: {team: {name: {it: assistenza, en: support}}}";

/* Compares a dotted path with a row's key, in which `*` stands for any one name. Returns true
 * for the whole key (a last `.*` may be missing), and sets *ret_group if the key goes on. */
static bool matches(const char *key, const char *path, bool *ret_group)
{
    for (;;) {
        size_t k = strcspn(key, "."), p = strcspn(path, ".");
        bool any = k == 1 && key[0] == '*';
        if (!any && (k != p || strncmp(key, path, k) != 0))
            return false;
        if (path[p] == '\0') {
            bool whole = key[k] == '\0' || strcmp(key + k, ".*") == 0;
            *ret_group = !whole;
            return whole;
        }
        if (key[k] == '\0')
            return false;
        key += k + 1;
        path += p + 1;
    }
}

static const struct setting_row *find_row(const char *path, bool *ret_group)
{
    *ret_group = false;
    for (size_t i = 0; i < settings_count; i++) {
        bool group = false;
        if (matches(settings_table[i].key, path, &group))
            return &settings_table[i];
        *ret_group |= group;
    }
    return NULL;
}

/* Offers every key that may stand where `path` stands, by its last name. */
static const char *did_you_mean(struct arena *arena, const char *path)
{
    const char *last = strrchr(path, '.');
    size_t parent = last != NULL ? (size_t)(last - path) + 1 : 0;
    struct suggest near = suggest_start(path + parent);
    for (size_t i = 0; i < settings_count; i++) {
        const char *key = settings_table[i].key, *p = path;
        while (p < path + parent) { /* skips the names that both have */
            size_t k = strcspn(key, "."), n = strcspn(p, ".");
            if (key[k] == '\0' || !((k == 1 && *key == '*') || (k == n && strncmp(key, p, k) == 0)))
                break;
            key += k + 1;
            p += n + 1;
        }
        size_t size = strcspn(key, ".");
        const char *name = p == path + parent && *key != '*' ? arena_strndup(arena, key, size) : NULL;
        if (name != NULL)
            suggest_offer(&near, name);
    }
    return suggest_phrase(&near, arena);
}

/* What a site has several of, each under a name that it chooses. */
struct named_group {
    const char *key, *one; /* "departments", "a department" */
    size_t least, most;
    void (*read)(const struct settings_reader *, const struct yaml_value *map, const struct named_group *);
};

static const struct named_group *find_named_group(const char *path);

static void read_group(const struct settings_reader *r, const struct yaml_value *map, const char *prefix, void *base)
{
    for (const struct yaml_value *v = map->child; v != NULL; v = v->next) {
        const char *path = *prefix != '\0' ? arena_printf(r->arena, "%s.%s", prefix, v->key) : v->key;
        if (path == NULL || strcmp(path, "languages") == 0)
            continue; /* languages were read before all else */
        bool group;
        const struct setting_row *row = strlen(path) < PATH_BYTES ? find_row(path, &group) : NULL;
        if (row != NULL)
            settings_value(r, row, v, base);
        else if (strlen(path) < PATH_BYTES && group && v->kind != YAML_MAP)
            problem_add(r->problems, SEVERITY_ERROR, r->file, v->line, v->column,
                        "“%s” is %s here, but it must be a map of settings", path, yaml_kind_name(v->kind));
        else if (find_named_group(path) != NULL)
            find_named_group(path)->read(r, v, find_named_group(path));
        else if (strlen(path) < PATH_BYTES && group)
            read_group(r, v, path, base);
        else if (!yaml_is_secret(r->file, v, r->problems))
            problem_add(r->problems, SEVERITY_ERROR, r->file, v->key_line, v->key_column, "unknown setting “%.80s”%s",
                        path, did_you_mean(r->arena, path));
    }
}

static void read_department(const struct settings_reader *r, const struct yaml_value *v, struct department *d)
{
    d->id = v->key;
    d->rt_queue = "";
    if (v->kind == YAML_MAP) {
        const char *prefix = arena_printf(r->arena, "departments.%s", v->key);
        if (prefix != NULL)
            read_group(r, v, prefix, d);
    } else if (v->kind != YAML_TEXT || v->text[0] != '\0') {
        problem_add(r->problems, SEVERITY_ERROR, r->file, v->line, v->column,
                    "the department “%s” must be a map with name, hours or holidays", v->key);
    }
    for (size_t i = 0; i < r->settings->languages.count; i++)
        if (d->name.in[i] == NULL)
            d->name.in[i] = d->name.in[0] != NULL ? d->name.in[0] : d->id;
}

/* Whether the map may have so many, and which of its names are ones. */
static bool is_good_count(const struct settings_reader *r, const struct yaml_value *map, const struct named_group *g)
{
    if (map->count >= g->least && map->count <= g->most)
        return true;
    problem_add(r->problems, SEVERITY_ERROR, r->file, map->line, map->column,
                "%zu %s; there may be %zu to %zu (leave “%s” out for the default)", map->count, g->key, g->least,
                g->most, g->key);
    return false;
}

static bool is_good_name(const struct settings_reader *r, const struct yaml_value *v, const struct named_group *g)
{
    /* A dot would read as a step of the path. */
    if (ident_valid(v->key, strlen(v->key)) && strchr(v->key, '.') == NULL)
        return true;
    problem_add(r->problems, SEVERITY_ERROR, r->file, v->key_line, v->key_column,
                "“%s” is no id of %s: letters a-z, digits, “_” and “-”", v->key, g->one);
    return false;
}

static void read_departments(const struct settings_reader *r, const struct yaml_value *map, const struct named_group *g)
{
    struct department *list = is_good_count(r, map, g) ? arena_array(r->arena, map->count + 1, sizeof *list) : NULL;
    size_t count = 0;
    for (const struct yaml_value *v = map->child; v != NULL && list != NULL; v = v->next)
        if (is_good_name(r, v, g))
            read_department(r, v, &list[count++]);
    if (count == 0)
        return;
    r->settings->departments = list;
    r->settings->department_count = count;
}

/* What a row of the table says for a thing of a named group before the site does. */
static void set_defaults(const struct settings_reader *r, const char *prefix, void *base);

static bool has_key(const struct yaml_value *map, const char *key)
{
    for (const struct yaml_value *v = map->kind == YAML_MAP ? map->child : NULL; v != NULL; v = v->next)
        if (strcmp(v->key, key) == 0)
            return true;
    return false;
}

static bool read_webhook(const struct settings_reader *r, const struct yaml_value *v, struct webhook *w)
{
    const char *prefix = arena_printf(r->arena, "webhooks.%s", v->key);
    *w = (struct webhook){.name = v->key, .url = "", .secret = "", .line = v->key_line, .column = v->key_column};
    if (prefix == NULL)
        return false;
    set_defaults(r, "webhooks.*.", w);
    if (v->kind == YAML_MAP)
        read_group(r, v, prefix, w);
    const char *missing = !has_key(v, "url") ? "url" : !has_key(v, "secret") ? "secret" : NULL;
    if (missing != NULL)
        problem_add(r->problems, SEVERITY_ERROR, r->file, v->key_line, v->key_column,
                    "the webhook “%s” has no “%s”; write for example {url: \"https://www.example.com/hook\", secret: "
                    "NAME}",
                    v->key, missing);
    return w->url[0] != '\0' && w->secret[0] != '\0';
}

static bool read_ticket_hook(const struct settings_reader *r, const struct yaml_value *v, struct ticket_hook *w)
{
    const char *prefix = arena_printf(r->arena, "ticket_hooks.%s", v->key);
    *w = (struct ticket_hook){.name = v->key, .url = "", .secret = "", .line = v->key_line, .column = v->key_column};
    if (prefix == NULL)
        return false;
    set_defaults(r, "ticket_hooks.*.", w);
    if (v->kind == YAML_MAP)
        read_group(r, v, prefix, w);
    const char *missing = !has_key(v, "url") ? "url" : !has_key(v, "secret") ? "secret" : NULL;
    if (missing != NULL)
        problem_add(
            r->problems, SEVERITY_ERROR, r->file, v->key_line, v->key_column,
            "the ticket hook “%s” has no “%s”; write for example {url: \"https://www.example.com/hook\", secret: "
            "NAME}",
            v->key, missing);
    return w->url[0] != '\0' && w->secret[0] != '\0';
}

static void read_ticket_hooks(const struct settings_reader *r, const struct yaml_value *map,
                              const struct named_group *g)
{
    struct ticket_hook *list = is_good_count(r, map, g) ? arena_array(r->arena, map->count + 1, sizeof *list) : NULL;
    size_t count = 0;
    for (const struct yaml_value *v = map->child; v != NULL && list != NULL; v = v->next)
        if (is_good_name(r, v, g))
            count += read_ticket_hook(r, v, &list[count]);
    r->settings->ticket_hooks = list;
    r->settings->ticket_hook_count = count;
}

static void read_webhooks(const struct settings_reader *r, const struct yaml_value *map, const struct named_group *g)
{
    struct webhook *list = is_good_count(r, map, g) ? arena_array(r->arena, map->count + 1, sizeof *list) : NULL;
    size_t count = 0;
    for (const struct yaml_value *v = map->child; v != NULL && list != NULL; v = v->next)
        if (is_good_name(r, v, g))
            count += read_webhook(r, v, &list[count]);
    r->settings->webhooks = list;
    r->settings->webhook_count = count;
}

static const struct named_group named_groups[] = {
    {"departments", "a department", 1, SETTINGS_DEPARTMENTS_MAX, read_departments},
    {"webhooks", "a webhook", 0, SETTINGS_WEBHOOKS_MAX, read_webhooks},
    {"ticket_hooks", "a ticket hook", 0, SETTINGS_TICKET_HOOKS_MAX, read_ticket_hooks},
};
enum { NAMED_GROUPS = sizeof named_groups / sizeof *named_groups };

static const struct named_group *find_named_group(const char *path)
{
    for (size_t i = 0; i < NAMED_GROUPS; i++)
        if (strcmp(named_groups[i].key, path) == 0)
            return &named_groups[i];
    return NULL;
}

/* Whether a row is about each thing of a named group. */
static bool is_of_named(const struct setting_row *row)
{
    for (size_t i = 0; i < NAMED_GROUPS; i++) {
        size_t size = strlen(named_groups[i].key);
        if (strncmp(row->key, named_groups[i].key, size) == 0 && row->key[size] == '.')
            return true;
    }
    return false;
}

static const struct yaml_value *tree_of(const struct settings_reader *r, const char *text)
{
    return yaml_tree(r->arena, r->file, 1, text, strlen(text), r->problems);
}

static void read_default(const struct settings_reader *r, const struct setting_row *row, void *base)
{
    const struct yaml_value *v = tree_of(r, row->fallback);
    if (v != NULL && v->kind == YAML_MAP && v->count == 0) { /* "" is an empty document */
        struct yaml_value *none = arena_alloc(r->arena, sizeof *none);
        if (none != NULL)
            *none = (struct yaml_value){.kind = YAML_TEXT, .text = ""};
        v = none;
    }
    if (v != NULL)
        settings_value(r, row, v, base);
}

static void set_defaults(const struct settings_reader *r, const char *prefix, void *base)
{
    for (size_t i = 0; i < settings_count; i++)
        if (strncmp(settings_table[i].key, prefix, strlen(prefix)) == 0 && settings_table[i].fallback[0] != '\0')
            read_default(r, &settings_table[i], base);
}

/* The defaults go through the same readers as what a site says. Texts in languages that the
 * site has not are dropped here, so their complaints go to a list of their own. */
static int read_defaults(const struct settings_reader *r)
{
    struct problems *dropped = problems_new();
    if (dropped == NULL)
        return -1;
    struct settings_reader quiet = *r;
    quiet.problems = dropped;
    for (size_t i = 0; i < settings_count; i++) {
        const struct setting_row *row = &settings_table[i];
        if (!is_of_named(row) && row->type != SETTING_LANGUAGES)
            read_default(&quiet, row, r->settings);
    }
    const struct yaml_value *departments = tree_of(&quiet, default_departments);
    if (departments != NULL)
        read_departments(&quiet, departments->child, find_named_group("departments"));
    problems_free(dropped);
    return arena_failed(r->arena) ? -1 : 0;
}

static void read_languages(const struct settings_reader *r, const struct yaml_value *root)
{
    bool group;
    const struct setting_row *row = find_row("languages", &group);
    const struct yaml_value *fallback = tree_of(r, row->fallback);
    if (fallback != NULL)
        settings_value(r, row, fallback, r->settings);
    const struct yaml_value *given = root != NULL ? yaml_find(root, "languages") : NULL;
    if (given != NULL)
        settings_value(r, row, given, r->settings);
}

/* Whether a mail server's address is this machine's own. */
static bool is_this_machine(const char *url)
{
    static const char *const hosts[] = {"127.0.0.1", "localhost", "[::1]"};
    const char *host = strstr(url, "://");
    for (size_t i = 0; host != NULL && i < sizeof hosts / sizeof *hosts; i++) {
        size_t size = strlen(hosts[i]);
        if (strncmp(host + 3, hosts[i], size) == 0 && (host[3 + size] == ':' || host[3 + size] == '\0'))
            return true;
    }
    return false;
}

/* Settings that must agree with one another: the place is that of the group. */
static void check_together(const struct settings_reader *r, const struct yaml_value *root)
{
    const struct settings *s = r->settings;
    bool plain = strcmp(s->mail_starttls, "required") != 0 && strncmp(s->mail_url, "smtps:", 6) != 0;
    const struct {
        bool wrong;
        const char *group, *message;
    } rules[] = {
        {s->offer > s->answer, "policy", "“policy.offer” must not be greater than “policy.answer”"},
        {s->silent_ask_seconds >= s->silent_park_seconds, "desk",
         "“desk.silent_ask_seconds” must be less than “desk.silent_park_seconds”"},
        {s->embeddings_url[0] != '\0' && s->embeddings_model[0] == '\0', "understanding",
         "“understanding.embeddings.url” needs “understanding.embeddings.model”: the name of the model, as the server "
         "knows it"},
        {s->mail_url[0] != '\0' && s->mail_from[0] == '\0', "mail",
         "“mail.url” needs “mail.from”: who the mail is from"},
        {s->mail_user[0] != '\0' && plain && !is_this_machine(s->mail_url), "mail",
         "“mail.user” needs “mail.starttls: required”, so that the password does not travel in plain text"},
        {(s->mail_user[0] != '\0') != (s->mail_secret[0] != '\0'), "mail",
         "“mail.user” and “mail.secret” go together: the name, and the name of the secret that is its password"},
        {s->customer_card[0] != '\0' && settings_webhook(s, s->customer_card) == NULL, "customer_card",
         "“customer_card” names no entry of “webhooks”"},
        {s->rt_url[0] != '\0' && s->rt_secret[0] == '\0', "rt",
         "“rt.url” needs “rt.secret”: the name of the secret with which Request Tracker is asked"},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const struct yaml_value *v = yaml_find(root, rules[i].group);
        if (rules[i].wrong && v != NULL)
            problem_add(r->problems, SEVERITY_ERROR, r->file, v->key_line, v->key_column, "%s", rules[i].message);
    }
}

/* Where a later complaint about the embeddings server is to point. */
static void note_lines(const struct settings_reader *r, const struct yaml_value *root)
{
    const struct yaml_value *group = yaml_find(root, "understanding");
    const struct yaml_value *v = group != NULL && group->kind == YAML_MAP ? yaml_find(group, "embeddings") : NULL;
    r->settings->embeddings_line = v != NULL ? v->key_line : 0;
}

struct settings *settings_read(struct arena *arena, const char *name, const char *bytes, size_t size,
                               struct problems *problems)
{
    struct settings *settings = arena_alloc(arena, sizeof *settings);
    if (settings == NULL)
        return NULL;
    struct settings_reader r = {arena, name, problems, settings};
    struct span text;
    const struct yaml_value *root = NULL;
    if (lines_check(name, bytes, size, problems, &text) == 0)
        root = yaml_tree(arena, name, 1, text.text, text.size, problems);
    if (root != NULL && root->kind != YAML_MAP) {
        problem_add(problems, SEVERITY_ERROR, name, root->line, root->column, "%s; write settings as “key: value”",
                    yaml_kind_name(root->kind));
        root = NULL;
    }
    read_languages(&r, root);
    if (read_defaults(&r) < 0)
        return NULL;
    if (root != NULL) {
        read_group(&r, root, "", settings);
        check_together(&r, root);
        note_lines(&r, root);
    }
    return arena_failed(arena) ? NULL : settings;
}

struct settings *settings_default(struct arena *arena)
{
    struct problems *none = problems_new();
    struct settings *settings = none != NULL ? settings_read(arena, "sportello.yaml", "", 0, none) : NULL;
    problems_free(none);
    return settings;
}
