/* Calling webhooks from the command line: see realcalls.h. */
#include "cli/realcalls.h"

#include "hooks/webhook.h"
#include "net/server.h"

#include <sodium.h>
#include <time.h>

void realcalls_open(struct realcalls *c, const struct call *call, const struct settings *settings)
{
    *c = (struct realcalls){.settings = settings, .data = call->data, .fetcher = call->fetcher, .out = call->out};
}

void realcalls_close(struct realcalls *c)
{
    fetcher_free(c->own);
}

/* The thread begins with the first call. */
static struct fetcher *fetcher_of(struct realcalls *c)
{
    if (c->fetcher == NULL)
        c->fetcher = c->own = fetcher_new();
    return c->fetcher;
}

static void new_id(char ret[WEBHOOK_ID_BYTES])
{
    unsigned char random[16];
    char hex[2 * sizeof random + 1];
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(hex, sizeof hex, random, sizeof random);
    snprintf(ret, WEBHOOK_ID_BYTES, "call_%s", hex);
}

static bool call_now(struct realcalls *c, const struct wanted_call *wanted, const char *lang, struct arena *arena,
                     const struct variable **ret, size_t *ret_count, char ret_why[WEBHOOK_WHY_BYTES])
{
    char id[WEBHOOK_ID_BYTES];
    const struct webhook *w = settings_webhook(c->settings, wanted->webhook);
    const char *secret = w != NULL ? server_secret(c->data, w->secret, arena) : NULL;
    snprintf(ret_why, WEBHOOK_WHY_BYTES, "%s", "no such webhook in sportello.yaml");
    if (w == NULL)
        return false;
    snprintf(ret_why, WEBHOOK_WHY_BYTES,
             "its secret “%s” is nowhere: put it into %s/secrets/%s, or into the environment", w->secret, c->data,
             w->secret);
    if (secret == NULL)
        return false;
    snprintf(ret_why, WEBHOOK_WHY_BYTES, "%s", "no memory");
    if (fetcher_of(c) == NULL)
        return false;
    new_id(id);
    const struct webhook_call one = {.id = id,
                                     .said = {.type = wanted->webhook,
                                              .intent = wanted->intent,
                                              .lang = lang,
                                              .visitor = c->visitor,
                                              .at_seconds = (int64_t)time(NULL),
                                              .sends = wanted->sends,
                                              .send_count = wanted->send_count},
                                     .timeout_ms = wanted->timeout_ms > 0 ? wanted->timeout_ms : w->timeout_ms};
    return webhook_wait(c->fetcher, c->settings, w, secret, &one, wanted->safe, arena, ret, ret_count, ret_why);
}

bool realcalls_call(void *context, const struct wanted_call *wanted, const char *lang, struct arena *arena,
                    const struct variable **ret, size_t *ret_count)
{
    struct realcalls *c = context;
    char why[WEBHOOK_WHY_BYTES] = "";
    fprintf(c->out, "(calling %s …)\n", wanted->webhook);
    fflush(c->out);
    bool good = call_now(c, wanted, lang, arena, ret, ret_count, why);
    if (!good)
        fprintf(c->out, "(%s did not answer: %s)\n", wanted->webhook, why);
    return good;
}
