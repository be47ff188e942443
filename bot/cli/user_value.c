/* What can be said of a user: see user_value.h. */
#include "cli/user_value.h"

#include "net/person.h"

#include <string.h>

/* "all" is written as nothing. */
static const char *all(const char *value)
{
    return strcmp(value, "all") == 0 ? "" : value;
}

static void fill_role(struct store_user_set *set, const char *value)
{
    set->role = value;
}

static bool departments_fit(const char *value)
{
    return person_ids(all(value));
}

static void fill_departments(struct store_user_set *set, const char *value)
{
    set->departments = all(value);
}

static bool languages_fit(const char *value)
{
    return person_languages(all(value));
}

static void fill_languages(struct store_user_set *set, const char *value)
{
    set->languages = all(value);
}

static bool capacity_fits(const char *value)
{
    int number;
    return strcmp(value, "default") == 0 || (person_capacity(value, &number) && number > 0);
}

static void fill_capacity(struct store_user_set *set, const char *value)
{
    if (strcmp(value, "default") == 0 || !person_capacity(value, &set->capacity))
        set->capacity = 0;
}

static bool email_fits(const char *value)
{
    return strcmp(value, "none") == 0 || (*value != '\0' && person_email(value));
}

static void fill_email(struct store_user_set *set, const char *value)
{
    set->email = strcmp(value, "none") == 0 ? "" : value;
}

static const struct user_value user_values[] = {
    {"role", person_role, "the role is agent, editor or admin", fill_role},
    {"departments", departments_fit, "departments are ids of sportello.yaml with commas between, or all",
     fill_departments},
    {"languages", languages_fit, "languages are codes such as it,en, or all", fill_languages},
    {"capacity", capacity_fits, "the capacity is a number of chats from 1 to 20, or default (desk.agent_capacity)",
     fill_capacity},
    {"email", email_fits, "this is no e-mail address; none takes it away", fill_email},
};

const struct user_value *user_value(const char *name)
{
    for (size_t i = 0; i < sizeof user_values / sizeof *user_values; i++) {
        if (strcmp(user_values[i].name, name) == 0)
            return &user_values[i];
    }
    return NULL;
}
