/* Person: what may stand in the fields of somebody who works at the desk, for the command and the pages alike.
 *
 * Pure. Errors: false. Threads: any. */
#ifndef NET_PERSON_H
#define NET_PERSON_H

#include <stdbool.h>
#include <stddef.h>

enum { PERSON_NAME_MOST = 60, PERSON_EMAIL_MOST = 200, PERSON_LIST_MOST = 1000, PERSON_CAPACITY_MOST = 20 };

/* Names are shown to visitors: letters of any language, digits, spaces and . _ - ' within bounds. */
bool person_name(const char *);
/* agent, editor or admin. */
bool person_role(const char *);
/* "" or one address as people write it. */
bool person_email(const char *);
/* "" (all) or ids with commas between ("garden,tools"): small letters, digits, - and _, each once. */
bool person_ids(const char *);
/* "" (all) or language codes of two letters ("it,en"), each once. */
bool person_languages(const char *);
/* 0 to PERSON_CAPACITY_MOST in digits. */
bool person_capacity(const char *, int *ret);

#endif
