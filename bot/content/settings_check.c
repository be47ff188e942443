/* What a text must be to be an address, a language, a day: see settings_check.h. */
#include "content/settings_check.h"

#include "content/dates.h"
#include "content/ident.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool settings_check_secret_name(const char *text, const char **ret_remedy)
{
    *ret_remedy = "it names a secret (small letters, digits, “_” and “-”), whose value stands in DATA/secrets/NAME or "
                  "SPORTELLO_SECRET_NAME";
    return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen(text) &&
           (text[0] == '\0' || (text[0] >= 'a' && text[0] <= 'z'));
}

bool settings_check_timezone(const char *text, const char **ret_remedy)
{
    *ret_remedy = "write the IANA name of a time zone, such as Europe/Rome";
    if (strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") != strlen(text) ||
        text[0] == '/' || text[0] == '\0')
        return false;
    char path[128];
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", text);
    /* A machine without the database cannot say what exists. */
    return access("/usr/share/zoneinfo/Europe", F_OK) != 0 || access(path, R_OK) == 0;
}

/* Length of "http://" or "https://" at the start, or 0. */
static size_t web_scheme(const char *text)
{
    return strncmp(text, "https://", 8) == 0 ? 8 : strncmp(text, "http://", 7) == 0 ? 7 : 0;
}

static bool is_host(const char *text, size_t size)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";
    for (size_t i = 0; i < size; i++)
        if (strchr(allowed, text[i]) == NULL)
            return false;
    return size > 0 && size < 260;
}

bool settings_check_mail_url(const char *text, const char **ret_remedy)
{
    *ret_remedy = "write smtp://mail.example.com:587 or smtps://mail.example.com:465, without a user, “/” or “?”";
    size_t scheme = strncmp(text, "smtp://", 7) == 0 ? 7 : strncmp(text, "smtps://", 8) == 0 ? 8 : 0;
    return text[0] == '\0' || (scheme > 0 && is_host(text + scheme, strlen(text + scheme)));
}

bool settings_check_mail_sender(const char *text, const char **ret_remedy)
{
    *ret_remedy = "write an address such as help@example.com, or “Name <help@example.com>”";
    size_t size = strlen(text);
    const char *open = strrchr(text, '<'), *address = open != NULL ? open + 1 : text;
    size_t length = open != NULL ? size - (size_t)(address - text) - 1 : size;
    const char *at = size > 0 ? memchr(address, '@', length) : NULL;
    for (const char *p = text; *p != '\0'; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            return false;
    if (size == 0)
        return true;
    return (open == NULL || text[size - 1] == '>') && at != NULL && at > address && at < address + length - 1 &&
           strcspn(address, " <,;") >= length;
}

bool settings_check_site_address(const char *text, const char **ret_remedy)
{
    *ret_remedy = "write an address such as https://www.example.com/assistant, without “?” and “#”";
    size_t scheme = web_scheme(text);
    size_t host = scheme + strcspn(text + scheme, "/");
    return text[0] == '\0' || (scheme > 0 && is_host(text + scheme, host - scheme) && strpbrk(text, "?# \"<>") == NULL);
}

bool settings_check_page(const char *text, const char **ret_remedy)
{
    *ret_remedy = "write an address that begins with https://, or a path that begins with /";
    size_t scheme = web_scheme(text);
    bool path = text[0] == '/' && text[1] != '/';
    return strpbrk(text, " \"<>\\") == NULL && (path || (scheme > 0 && text[scheme] != '\0'));
}

bool settings_check_origin(const char *text, const char **ret_remedy)
{
    *ret_remedy = "write scheme, host and port only, such as https://www.example.com or http://127.0.0.1:8080";
    size_t scheme = web_scheme(text);
    return scheme > 0 && is_host(text + scheme, strlen(text + scheme));
}

bool settings_check_host(const char *text, const char **ret_remedy)
{
    *ret_remedy = "write a host, with its port where there is one, such as 127.0.0.1:8091 or erp.example";
    const char *last = strrchr(text, ':'), *bracket = strrchr(text, ']');
    const char *port = last != NULL && (bracket == NULL || last > bracket) ? last + 1 : NULL;
    /* An address of IP version 6 stands in brackets, as in an URL. */
    bool whole = text[0] == '[' ? bracket != NULL : bracket == NULL && strchr(text, '[') == NULL;
    bool good = port == NULL || (strlen(port) <= 5 && strspn(port, "0123456789") == strlen(port) &&
                                 strtol(port, NULL, 10) >= 1 && strtol(port, NULL, 10) <= 65535);
    return whole && good && is_host(text, strlen(text));
}

bool settings_check_network(const char *text, const char **ret_remedy)
{
    *ret_remedy = "write an address such as 127.0.0.1 or ::1, or a network such as 10.0.0.0/8";
    char address[64], bytes[16];
    size_t size = strcspn(text, "/");
    if (size >= sizeof address)
        return false;
    memcpy(address, text, size);
    address[size] = '\0';
    int bits = inet_pton(AF_INET, address, bytes) == 1 ? 32 : inet_pton(AF_INET6, address, bytes) == 1 ? 128 : -1;
    if (bits < 0 || text[size] == '\0')
        return bits > 0;
    char *end;
    long prefix = strtol(text + size + 1, &end, 10);
    return text[size + 1] >= '0' && text[size + 1] <= '9' && *end == '\0' && prefix <= bits;
}

bool settings_check_mail(const char *text, const char **ret_remedy)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&*+/=?^_{|}~-@";
    *ret_remedy = "write an e-mail address such as desk@example.com";
    const char *at = strchr(text, '@');
    return text[0] == '\0' || (strspn(text, allowed) == strlen(text) && at != NULL && at > text &&
                               strchr(at + 1, '@') == NULL && is_host(at + 1, strlen(at + 1)));
}

bool settings_check_holiday(const char *text, const char **ret_remedy)
{
    *ret_remedy = "write a day that exists, such as 2027-01-01, or 12-25 for every year";
    return dates_valid(text) || dates_valid_yearly(text);
}

bool settings_check_id(const char *text, const char **ret_remedy)
{
    *ret_remedy = "an id has " IDENT_RULE;
    return ident_valid(text, strlen(text));
}

bool settings_check_language(const char *text, const char **ret_remedy)
{
    static const char codes[] =
        " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee "
        "el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is "
        "it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms "
        "mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk "
        "sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi "
        "yo za zh zu ";
    *ret_remedy = "write the two small letters of ISO 639-1, such as it, en, de, fr";
    char spaced[8];
    return strlen(text) == 2 && snprintf(spaced, sizeof spaced, " %s ", text) == 4 && strstr(codes, spaced) != NULL;
}
