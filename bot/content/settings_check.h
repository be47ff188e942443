/* Settings_check: whether a text is what a type of setting asks for. Threads: any. */
#ifndef CONTENT_SETTINGS_CHECK_H
#define CONTENT_SETTINGS_CHECK_H

#include <stdbool.h>

/* True, or false; *ret_remedy says in words what to write (set in both cases). */
typedef bool settings_check(const char *text, const char **ret_remedy);

settings_check settings_check_secret_name;
settings_check settings_check_timezone;     /* of the IANA list, where this machine has one */
settings_check settings_check_site_address; /* "" too */
settings_check settings_check_mail_url;     /* "" too */
settings_check settings_check_mail_sender;  /* "" too */
settings_check settings_check_page;         /* an address or a path */
settings_check settings_check_origin;
settings_check settings_check_host;    /* a name or address, with or without a port */
settings_check settings_check_network; /* an IP address, with or without a prefix length */
settings_check settings_check_mail;    /* "" too */
settings_check settings_check_holiday;
settings_check settings_check_id;
settings_check settings_check_language;

#endif
