/* Settings: everything `sportello.yaml` may say, in one table.
 *
 * settings_table[] holds key, type, range, default and help of each setting; the reader, the
 * checker and the reference page of the docs all walk it. A missing file means all defaults.
 * Keys are dotted paths; `*` stands for a name that the site chooses (a language, a
 * department). A text that may differ by language is either one text for all or a map by
 * language. Every mistake becomes a problem with its place; libyaml's own silences (a key given
 * twice, a text cut by ` #`) are errors.
 * Memory: a struct settings lies in the arena it was read into. Threads: read-only once made. */
#ifndef CONTENT_SETTINGS_H
#define CONTENT_SETTINGS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/problem.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    SETTINGS_LANGUAGES_MAX = 8,
    SETTINGS_DEPARTMENTS_MAX = 64,
    SETTINGS_LIST_MAX = 64,
    SETTINGS_WEBHOOKS_MAX = 64,
    SETTINGS_TICKET_HOOKS_MAX = 16,
    SETTINGS_PRONUNCIATIONS_MAX = 300 /* in one language */
};

struct string_list {
    const char **items;
    size_t count;
};

/* A text in each language of the site, at the index of settings.languages; NULL = not given. */
struct texts {
    const char *in[SETTINGS_LANGUAGES_MAX];
};

/* A file beside the site, as it is written there: relative to the site's folder, or absolute. NULL = none. */
struct setting_file {
    const char *path;
    int line, column; /* in sportello.yaml; 0 = a default */
};

/* How a word is said: `word` as it is written, `said` as one would write what is heard. */
struct pronunciation {
    const char *word, *said;
};

struct pronunciations {
    const struct pronunciation *items;
    size_t count;
};

/* Minutes after midnight, `from` < `to` ≤ 1440, local time of settings.timezone. */
struct opening {
    int weekday; /* 0 = Monday */
    int from, to;
};

struct department {
    const char *id;
    struct texts name;
    const struct opening *hours; /* none = always open */
    size_t hour_count;
    const char *rt_queue;        /* "" = that of all */
    struct string_list holidays; /* "2027-01-01", or "12-25" for every year */
    const char *assign;          /* "pull", "push"; NULL = as desk.assign says */
};

/* A service of the company's that flows may call. */
struct webhook {
    const char *name, *url;
    const char *secret; /* the name of the secret its calls are signed with */
    int timeout_ms;
    int line, column; /* where it stands in sportello.yaml */
};

/* Who is told when tickets take a step. */
struct ticket_hook {
    const char *name, *url;
    const char *secret;        /* the name of the secret that it is signed with */
    struct string_list events; /* which steps */
    int line, column;          /* where it stands in sportello.yaml */
};

struct settings {
    /* site */
    const char *name;             /* of the company */
    struct texts assistant;       /* the avatar's name */
    struct string_list languages; /* ISO 639-1, the first is the default */
    const char *timezone;         /* IANA name */
    struct texts greeting;
    struct texts privacy_url;
    struct texts consent; /* of the forms; none = nothing is asked */
    const char *consent_version;
    bool satisfaction_off;
    struct string_list starters; /* ids of three to six entries or intents */
    const char *avatar;          /* "olma", "leo", "dado", "segno" */
    struct string_list avatars;  /* of which visitors may choose; none = there is no choice */
    /* network */
    const char *public_url; /* "" = none given */
    struct string_list trusted_proxies;
    struct string_list allowed_origins;
    /* policy: probabilities */
    double answer, offer, close;
    bool handoff_auto; /* enqueue at once where a person would be offered */
    /* understanding */
    const char *embeddings_url; /* of the server, "" = none */
    const char *embeddings_model, *embeddings_secret;
    int embeddings_timeout_ms;
    int embeddings_line;                                 /* where they stand in sportello.yaml, 0 = they do not */
    struct setting_file vectors[SETTINGS_LANGUAGES_MAX]; /* word vectors by language; one file = the same path in all */
    const char *aiml_language;                           /* of the files in aiml/, "" = the site's first */
    /* voice */
    bool voice_sound;          /* answers may be heard */
    bool voice_wav;            /* as WAV only */
    const char *voice_program; /* the helper: a name, or an absolute path; "" = none */
    struct texts voice_voices; /* the helper's voice; NULL = the language's code */
    int voice_rate, voice_pitch, voice_cache_mb;
    struct pronunciations pronunciation[SETTINGS_LANGUAGES_MAX]; /* by language */
    /* webhooks */
    const struct webhook *webhooks;
    size_t webhook_count;
    struct string_list webhook_hosts; /* of webhooks that need not be public, nor speak TLS: "127.0.0.1:8091" */
    const struct ticket_hook *ticket_hooks;
    size_t ticket_hook_count;
    const char *identity_secret; /* the name of the secret that signs visitors in; "" = none */
    /* mail */
    const char *mail_url; /* of the mail server, "" = none */
    const char *mail_user, *mail_secret, *mail_from;
    const char *mail_starttls;   /* "required", "optional", "none" */
    struct setting_file mail_ca; /* certificates to trust */
    const char *mail_duty;       /* "off", "number", "question", "text" */
    /* desk: seconds */
    bool push; /* tickets are offered to agents rather than taken by them, where the department does not say */
    int offer_seconds, lease_seconds, grace_seconds;
    int offline_park_seconds, silent_ask_seconds, silent_park_seconds;
    int agent_capacity;
    const char *totp;                     /* "optional", "required_for_admins", "required" */
    int idle_minutes;                     /* after which the desk logs out where no page of it is open */
    const struct department *departments; /* at least one; the first is the default */
    size_t department_count;
    const char *customer_card; /* the webhook that tells of a customer, "" = none */
    int customer_card_timeout_ms;
    /* push */
    const char *push_contact; /* e-mail address, "" = none given */
    int push_per_minute;      /* to one agent */
    /* rt: Request Tracker */
    const char *rt_url; /* "" = none */
    const char *rt_secret, *rt_queue;
    /* files */
    struct string_list file_types; /* "png", "jpeg", "webp", "gif", "pdf"; none = nobody sends files */
    int file_megabytes, file_megapixels, file_chat_megabytes, file_total_gigabytes, file_keep_days;
    /* limits */
    int messages_per_minute, messages_burst;      /* per visitor */
    int address_messages_per_minute;              /* per address */
    int files_per_minute;                         /* per address */
    int address_connections, visitor_connections; /* at a time */
    int connections;                              /* in all */
    int half_frame_seconds, slow_reader_seconds, idle_hello_seconds;
    int logins_per_minute; /* wrong passwords per address */
    /* operation */
    const char *log_level;
    const char *metrics_secret; /* name of the secret that is the bearer token; "" = loopback only */
    int keep_editions;
};

enum setting_type {
    SETTING_TEXT,
    SETTING_TEXTS,
    SETTING_FILES, /* a path, or paths by language */
    SETTING_URLS,  /* texts that are addresses of pages */
    SETTING_LANGUAGES,
    SETTING_LIST, /* of ids */
    SETTING_NUMBER,
    SETTING_SHARE,   /* 0–1, written 70 %, 70% or 0.7 */
    SETTING_CHOICE,  /* one of `choices`, kept as text */
    SETTING_CHOICES, /* some of `choices`, kept as a list */
    SETTING_EITHER,  /* the same of two, kept as bool: false = the first */
    SETTING_HOURS,
    SETTING_URL,
    SETTING_MAIL_URL,    /* smtp://host:587 or smtps://host:465 */
    SETTING_MAIL_SENDER, /* "Name <address>" or an address */
    SETTING_FILE,        /* a path */
    SETTING_ORIGINS,
    SETTING_HOSTS, /* names or addresses, with a port where it matters */
    SETTING_ADDRESSES,
    SETTING_DATES,
    SETTING_TIMEZONE,
    SETTING_MAIL,          /* an e-mail address */
    SETTING_PRONUNCIATION, /* words by language, and how each is said */
    SETTING_SECRET,        /* the name of a secret, never the secret */
    SETTING_TYPES
};

struct setting_row {
    const char *key; /* "policy.answer", "greeting.*", "departments.*.hours.*" */
    enum setting_type type;
    double low, high;     /* numbers and shares: the range; texts and lists: sizes */
    const char *fallback; /* the default as one would write it */
    const char *choices;  /* SETTING_CHOICE, SETTING_CHOICES and SETTING_EITHER: "pull|push" */
    size_t offset;        /* of the field in struct settings, or in the struct of the group */
    const char *help;     /* one or two sentences */
};

extern const struct setting_row settings_table[];
extern const size_t settings_count;

/* All defaults, in the arena. NULL without memory. */
struct settings *settings_default(struct arena *);
/* Reads `bytes` of the file called `name` over the defaults. NULL only without memory: mistakes
 * become problems, and the setting in question keeps its default. */
struct settings *settings_read(struct arena *, const char *name, const char *bytes, size_t size, struct problems *);
/* Index of a language, or -1. */
int settings_language(const struct settings *, const char *lang);
/* The text in a language, else in the default language, else "". */
const char *settings_text(const struct settings *, const struct texts *, const char *lang);
/* The department, or NULL. An empty id is the default one. */
const struct department *settings_department(const struct settings *, const char *id);
/* Whether tickets of the department are offered to agents, rather than taken by them. */
bool settings_pushes(const struct settings *, const struct department *);
/* The webhook, or NULL. */
const struct webhook *settings_webhook(const struct settings *, const char *name);
/* The ticket hook, or NULL. */
const struct ticket_hook *settings_ticket_hook(const struct settings *, const char *name);
/* The reference page of the docs. */
void settings_markdown(struct buf *out);

#endif
