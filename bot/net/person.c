/* Fields of a person: see person.h. */
#include "net/person.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool person_name(const char *name)
{
    size_t length = strlen(name);
    if (length == 0 || length > PERSON_NAME_MOST || name[0] == ' ' || name[length - 1] == ' ')
        return false;
    for (const unsigned char *p = (const unsigned char *)name; *p != '\0'; p++) {
        if (*p < 0x80 && !isalnum(*p) && strchr(" ._-'", *p) == NULL)
            return false;
    }
    return true;
}

bool person_role(const char *role)
{
    static const char *const roles[] = {"agent", "editor", "admin"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (strcmp(roles[i], role) == 0)
            return true;
    }
    return false;
}

/* Whether mail arrives is for mail to say; here only what would break a header or a list is refused. */
bool person_email(const char *email)
{
    const char *at = strchr(email, '@');
    if (*email == '\0')
        return true;
    if (strlen(email) > PERSON_EMAIL_MOST || at == NULL || at == email || strchr(at + 1, '@') != NULL)
        return false;
    for (const unsigned char *p = (const unsigned char *)email; *p != '\0'; p++) {
        if (*p <= ' ' || *p == 0x7f || strchr(",;:<>()[]\\\"", *p) != NULL)
            return false;
    }
    return at[1] != '\0' && at[1] != '.' && email[strlen(email) - 1] != '.';
}

static bool stands_in(const char *list, const char *end, const char *item, size_t size)
{
    while (list < end) {
        size_t length = strcspn(list, ",");
        if (length == size && strncmp(list, item, size) == 0)
            return true;
        list += length + 1;
    }
    return false;
}

/* Items of `least` to `most` of the signs, none twice. */
static bool list_of(const char *list, const char *signs, size_t least, size_t most)
{
    if (*list == '\0')
        return true;
    if (strlen(list) > PERSON_LIST_MOST)
        return false;
    for (const char *at = list;; at++) {
        size_t length = strcspn(at, ",");
        if (length < least || length > most || strspn(at, signs) != length || stands_in(list, at, at, length))
            return false;
        at += length;
        if (*at == '\0')
            return true;
    }
}

bool person_ids(const char *list)
{
    return list_of(list, "abcdefghijklmnopqrstuvwxyz0123456789-_", 1, 60);
}

bool person_languages(const char *list)
{
    return list_of(list, "abcdefghijklmnopqrstuvwxyz", 2, 2);
}

bool person_capacity(const char *text, int *ret)
{
    size_t length = strlen(text);
    if (length == 0 || length > 2 || strspn(text, "0123456789") != length)
        return false;
    long number = strtol(text, NULL, 10);
    if (number > PERSON_CAPACITY_MOST)
        return false;
    *ret = (int)number;
    return true;
}
