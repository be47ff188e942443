/* What everybody may see and change of themselves: routes of net/api.h. Private to net/. Threads: the loop. */
#ifndef NET_API_ACCOUNT_H
#define NET_API_ACCOUNT_H

#include "net/api.h"

void account_me(struct api_call *);
/* Codes, sessions. */
void account_show(struct api_call *);
/* {old, password, code?}; ends all other sessions. */
void account_password(struct api_call *);
void account_email(struct api_call *);
/* The body is the picture; an empty one takes it away. */
void account_picture(struct api_call *);
void account_end_others(struct api_call *);
/* {password, code?} → secret and QR code; {code} → recovery codes; {password, code}. `code` is needed where one-time
 * codes are on already. */
void account_totp_begin(struct api_call *);
void account_totp_confirm(struct api_call *);
void account_totp_off(struct api_call *);

#endif
