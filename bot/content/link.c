/* Kinds of links: see link.h. */
#include "content/link.h"

#include "content/ident.h"

#include <string.h>
#include <strings.h>

/* Length of the scheme with its colon, or 0. One letter is a drive, not a scheme. */
static size_t scheme_size(const char *url)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (url[0] == '\0' || strchr(letters, url[0]) == NULL)
        return 0;
    size_t size = strspn(url, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");
    return size > 1 && url[size] == ':' ? size + 1 : 0;
}

static bool clean(const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++)
        if (*p <= ' ' || *p == 0x7F || strchr("<>\"`\\", *p) != NULL)
            return false;
    return true;
}

static bool is_host_start(const char *text)
{
    return text[0] == '/' && text[1] == '/' && text[2] != '\0' && strchr("/?#:", text[2]) == NULL;
}

static enum link_kind inner(enum option_kind kind, const char *target, enum option_kind *ret_kind,
                            const char **ret_target)
{
    bool any = kind == OPTION_AGENT && target[0] == '\0';
    if (!any && !ident_valid(target, strlen(target)))
        return LINK_DEAD;
    *ret_kind = kind;
    *ret_target = target;
    return LINK_INNER;
}

/* What a button says for the visitor: any words on one line. */
static enum link_kind said(const char *words, enum option_kind *ret_kind, const char **ret_target)
{
    words += strspn(words, " ");
    if (*words == '\0' || strpbrk(words, "\r\n\t") != NULL)
        return LINK_DEAD;
    *ret_kind = OPTION_SAY;
    *ret_target = words;
    return LINK_INNER;
}

enum link_kind link_kind(const char *url, enum option_kind *ret_kind, const char **ret_target)
{
    static const struct {
        const char *scheme;
        enum link_kind kind;
        enum option_kind option;
    } schemes[] = {
        {"http:", LINK_WEB, OPTION_URL},        {"https:", LINK_WEB, OPTION_URL},
        {"mailto:", LINK_CONTACT, OPTION_URL},  {"tel:", LINK_CONTACT, OPTION_URL},
        {"intent:", LINK_INNER, OPTION_INTENT}, {"agent:", LINK_INNER, OPTION_AGENT},
    };
    if (url[0] == '#')
        return inner(OPTION_ENTRY, url + 1, ret_kind, ret_target);
    size_t size = scheme_size(url);
    if (size == 4 && strncasecmp(url, "say:", 4) == 0)
        return said(url + 4, ret_kind, ret_target);
    if (size == 0 || !clean(url))
        return LINK_DEAD;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (strlen(schemes[i].scheme) != size || strncasecmp(url, schemes[i].scheme, size) != 0)
            continue;
        if (schemes[i].kind == LINK_INNER)
            return inner(schemes[i].option, url + size, ret_kind, ret_target);
        if (url[size] == '\0' || (schemes[i].kind == LINK_WEB && !is_host_start(url + size)))
            return LINK_DEAD;
        return schemes[i].kind;
    }
    return url[size] != '\0' ? LINK_OTHER : LINK_DEAD;
}
