/* Mail_reply: an agent's answer to a message goes into the conversation and, by e-mail, to whoever left the message
 * (struct hall_replier is mail_reply_begin).
 *
 * One transaction (store_reply) keeps the agent's words in the conversation, the letter for the outlet and the hash of
 * the link's secret. The link leads back to the page on which the message was left, where that may open the chat, else
 * to `public_url`; its secret stands behind "#sportello=", so that neither servers nor referrers see it; it is good for
 * RETURN_LINK_DAYS and lets whoever has it into that visitor's chat, which the letter says.
 * The ticket becomes the agent's and stays open. When the letter is given up (refused for good, or after the last try)
 * the desk is told of it: the ticket is a message again where it was closed, with a note that says why. Errors come by
 * `replied`, as codes of docs/protocol.md: "no_mail", "no_address", "not_yours", "not_saved". Threads: the loop. */
#ifndef HOOKS_MAIL_REPLY_H
#define HOOKS_MAIL_REPLY_H

#include "conversation/hall.h"
#include "hooks/mail.h"

struct mail_reply;

struct mail_reply_config {
    struct store *store;
    struct outlet *outlet;
    struct mail *mail;
    void *context;
    /* Whether pages of an origin may open the chat. */
    bool (*allows)(void *context, const char *origin);
    void (*replied)(void *context, const struct hall_replied *);
    /* An answer is given up: hall_undelivered. */
    int (*undelivered)(void *context, const struct hall_undelivered *);
};

/* NULL without memory. */
struct mail_reply *mail_reply_new(const struct mail_reply_config *);
/* After store_close. */
void mail_reply_free(struct mail_reply *);
/* The settings must stay until the next call. */
void mail_reply_settings(struct mail_reply *, const struct settings *);
/* For struct hall_replier; `reply` is the context. */
int mail_reply_begin(void *reply, const struct hall_reply *);

/* For struct outlet_config: tells the desk of an answer that will not arrive, and of nothing else. */
int mail_reply_give_up(struct mail_reply *, const struct outlet_dead *);
/* For struct hall_replier: the desk was told. */
void mail_reply_told(void *reply, int64_t delivery, bool kept);

/* The address of the link, in the arena: NULL = there is no page for it to lead to. */
const char *mail_reply_link(const struct mail_reply *, const char *page, const char *secret, struct arena *);

#endif
