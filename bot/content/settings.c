/* The table of settings and the questions one asks of them: see settings.h. */
#include "content/settings.h"

#include <string.h>

#define AT(field)             offsetof(struct settings, field)
#define OF_DEPARTMENT(field)  offsetof(struct department, field)
#define OF_WEBHOOK(field)     offsetof(struct webhook, field)
#define OF_TICKET_HOOK(field) offsetof(struct ticket_hook, field)

const struct setting_row settings_table[] = {
    /* site */
    {"name", SETTING_TEXT, 0, 200, "", NULL, AT(name), "Name of the company, as visitors know it."},
    {"assistant.*", SETTING_TEXTS, 1, 60, "Sportello", NULL, AT(assistant),
     "Name of the assistant. It always says that it is automatic."},
    {"languages", SETTING_LANGUAGES, 1, SETTINGS_LANGUAGES_MAX, "[it, en]", NULL, AT(languages),
     "Languages of the site as ISO 639-1 codes. The first is the default one."},
    {"timezone", SETTING_TIMEZONE, 1, 64, "Europe/Rome", NULL, AT(timezone),
     "IANA name of the time zone of opening hours and review dates."},
    {"greeting.*", SETTING_TEXTS, 1, 1000,
     "{it: \"Ciao! Sono l'assistente automatico. Come posso aiutarti?\", "
     "en: \"Hello! I am the automatic assistant. How can I help you?\"}",
     NULL, AT(greeting), "What the assistant says when the chat is opened."},
    {"privacy_url.*", SETTING_URLS, 1, 1000, "", NULL, AT(privacy_url),
     "Page about privacy, linked in the chat: an http(s) address or a path such as `/privacy`."},
    {"consent.text.*", SETTING_TEXTS, 1, 1000, "", NULL, AT(consent),
     "What a visitor must agree to before leaving an address or a telephone number; none by default."},
    {"consent.version", SETTING_TEXT, 1, 64, "1", NULL, AT(consent_version),
     "Version of that text, kept with what was left: change it with the text."},
    {"satisfaction", SETTING_EITHER, 0, 0, "ask", "ask|off", AT(satisfaction_off),
     "Whether visitors are asked, once a chat is over, how content they are with it."},
    {"starters", SETTING_LIST, 3, 6, "[]", NULL, AT(starters),
     "Ids of three to six entries or intents offered when the chat is opened; none by default."},
    {"avatar", SETTING_CHOICE, 0, 0, "olma", "olma|leo|dado|segno", AT(avatar),
     "Face of the assistant: a woman, a man, a small robot, or a mark without a face. A page's own tag may name "
     "another."},
    {"avatars", SETTING_CHOICES, 0, 4, "[]", "olma|leo|dado|segno", AT(avatars),
     "Faces among which visitors may choose; none by default: then there is no choice."},
    /* network */
    {"public_url", SETTING_URL, 0, 1000, "", NULL, AT(public_url),
     "Address under which visitors reach the server through the reverse proxy, with the path prefix. "
     "With https, cookies are secure ones."},
    {"trusted_proxies", SETTING_ADDRESSES, 0, SETTINGS_LIST_MAX, "[]", NULL, AT(trusted_proxies),
     "Addresses or networks (`10.0.0.0/8`) of the proxies whose X-Forwarded-For and -Proto are believed."},
    {"allowed_origins", SETTING_ORIGINS, 0, SETTINGS_LIST_MAX, "[]", NULL, AT(allowed_origins),
     "Origins of the pages that may open the chat, such as `https://www.example.com`. By default those of "
     "`public_url` and of the listening address."},
    /* policy */
    {"policy.answer", SETTING_SHARE, 0, 1, "70 %", NULL, AT(answer),
     "Answer when at least this sure. Of the answers that it is 80 % sure of, about 80 % are right. "
     "`sportello evaluate --site` shows what each setting would do on this site."},
    {"policy.offer", SETTING_SHARE, 0, 1, "30 %", NULL, AT(offer),
     "Ask “did you mean …?” when at least this sure; below, ask to rephrase. At most `policy.answer`."},
    {"policy.close", SETTING_SHARE, 0, 1, "10 %", NULL, AT(close),
     "Two entries are too close to choose when it is less than this surer of one than of the other: it asks."},
    {"policy.handoff", SETTING_EITHER, 0, 0, "offer", "offer|auto", AT(handoff_auto),
     "Whether a person is offered when the assistant gives up, or the visitor is put into the queue at once."},
    /* understanding */
    {"understanding.embeddings.url", SETTING_URL, 0, 1000, "", NULL, AT(embeddings_url),
     "Address of an embeddings server of yours (llama.cpp, Ollama, TEI or another that speaks as OpenAI's does), such "
     "as `http://127.0.0.1:8081`; `/v1/embeddings` is added where it is missing. It is asked when an edition is made "
     "and when the words alone do not give an answer. Without TLS only on this machine or a private network."},
    {"understanding.embeddings.model", SETTING_TEXT, 0, 200, "", NULL, AT(embeddings_model),
     "Name of the model, as the server knows it. Another model needs a new edition."},
    {"understanding.embeddings.timeout_ms", SETTING_NUMBER, 50, 10000, "800", NULL, AT(embeddings_timeout_ms),
     "Milliseconds that a visitor's question may take there; then it is answered without."},
    {"understanding.embeddings.secret", SETTING_SECRET, 0, 64, "", NULL, AT(embeddings_secret),
     "Name of the secret that is sent to it as bearer token; none by default."},
    {"understanding.vectors.*", SETTING_FILES, 1, 4000, "", NULL, AT(vectors),
     "File of word vectors in fastText's text format (`.vec`), one for all languages or one a language; a path "
     "relative to the site's folder, or an absolute one. With it a question is understood that shares no word with "
     "its entry."},
    {"understanding.aiml_language", SETTING_TEXT, 0, 8, "", NULL, AT(aiml_language),
     "Language of the files in `aiml/`; without one the first of `languages`."},
    /* voice */
    {"voice.sound", SETTING_EITHER, 0, 0, "off", "off|on", AT(voice_sound),
     "Whether visitors may listen to answers, spoken by the helper. Only on their wish: sound is off when a page "
     "opens."},
    {"voice.format", SETTING_EITHER, 0, 0, "opus", "opus|wav", AT(voice_wav),
     "As what answers are heard. `opus`: Ogg Opus, a twelfth of the bytes, where the helper was built with "
     "libopusenc and the browser can play it, WAV elsewhere; `wav`: always WAV."},
    {"voice.program", SETTING_TEXT, 0, 1000, "sportello-voice", NULL, AT(voice_program),
     "The voice helper, a program of its own (`make voice install-voice`): a name, looked for beside `sportello` and "
     "in `/usr/local/bin` and `/usr/bin`, or an absolute path. Where it is, the avatar's mouth follows the phonemes; "
     "where it is not, or with `\"\"`, the letters."},
    {"voice.voices.*", SETTING_TEXTS, 1, 40, "", NULL, AT(voice_voices),
     "The helper's voice for each language, such as `{en: en-us}`; without one the language's code. "
     "`espeak-ng --voices` lists them."},
    {"voice.rate", SETTING_NUMBER, 80, 450, "165", NULL, AT(voice_rate), "Words a minute."},
    {"voice.pitch", SETTING_NUMBER, 0, 99, "50", NULL, AT(voice_pitch), "How high it speaks; 50 is the voice's own."},
    {"voice.cache_mb", SETTING_NUMBER, 1, 100000, "200", NULL, AT(voice_cache_mb),
     "Megabytes of speech kept in `DATA/voice`; what was not asked for the longest goes first."},
    {"pronunciation.*", SETTING_PRONUNCIATION, 1, 200, "", NULL, AT(pronunciation),
     "Words that the voice says wrong, by language, and how one would write what is heard: `{it: {PIN: pin, CIE: ci i "
     "e}}`. Telephone numbers, e-mail and web addresses are spelt out by themselves."},
    /* desk */
    {"desk.assign", SETTING_EITHER, 0, 0, "pull", "pull|push", AT(push),
     "Whether agents take the next visitor themselves, or visitors are offered to them."},
    {"desk.offer_seconds", SETTING_NUMBER, 5, 600, "30", NULL, AT(offer_seconds),
     "Seconds an agent has to accept an offered visitor."},
    {"desk.lease_seconds", SETTING_NUMBER, 10, 300, "15", NULL, AT(lease_seconds),
     "Seconds without any sign from an agent's browser after which the connection counts as lost."},
    {"desk.grace_seconds", SETTING_NUMBER, 0, 3600, "120", NULL, AT(grace_seconds),
     "Seconds for which a lost agent's chats are kept before they return to the queue."},
    {"desk.offline_park_seconds", SETTING_NUMBER, 10, 3600, "120", NULL, AT(offline_park_seconds),
     "Seconds after which a waiting visitor who is offline is passed over until the return."},
    {"desk.silent_ask_seconds", SETTING_NUMBER, 30, 3600, "180", NULL, AT(silent_ask_seconds),
     "Seconds after which a silent visitor is asked whether anybody is there."},
    {"desk.silent_park_seconds", SETTING_NUMBER, 60, 7200, "480", NULL, AT(silent_park_seconds),
     "Seconds after which a silent visitor's chat frees the agent. More than `desk.silent_ask_seconds`."},
    {"desk.agent_capacity", SETTING_NUMBER, 1, 20, "3", NULL, AT(agent_capacity),
     "Chats that an agent holds at a time, where the agent has no number of their own."},
    {"desk.totp", SETTING_CHOICE, 0, 0, "optional", "optional|required_for_admins|required", AT(totp),
     "Who must prove a log-in with a telephone's code (TOTP) beside the password. Who must and has not set it up yet "
     "is "
     "let in to do that, and to nothing else."},
    {"desk.idle_minutes", SETTING_NUMBER, 5, 720, "60", NULL, AT(idle_minutes),
     "Minutes after which somebody is logged out who has no page of the desk open. Twelve hours after the log-in "
     "everybody is."},
    {"departments.*.name.*", SETTING_TEXTS, 1, 60, "", NULL, OF_DEPARTMENT(name),
     "Name of the department as visitors see it; without one its id. The first department is the default one."},
    {"departments.*.hours.*", SETTING_HOURS, 0, 0, "", NULL, OF_DEPARTMENT(hours),
     "Opening hours by weekday (`mon`, `mon-fri`, …): `09:00-13:00, 15:00-19:00`. Without any it is always open."},
    {"departments.*.holidays", SETTING_DATES, 0, SETTINGS_LIST_MAX, "[]", NULL, OF_DEPARTMENT(holidays),
     "Days on which it is closed: `2027-01-01`, or `12-25` for every year."},
    {"departments.*.assign", SETTING_CHOICE, 0, 0, "", "pull|push", OF_DEPARTMENT(assign),
     "Whether the department's agents take the next visitor themselves, or are offered one; by default as "
     "`desk.assign` says. Who works for departments of both kinds is never offered somebody out of turn: the earlier "
     "visitor of the other kind is offered first."},
    /* webhooks */
    {"webhooks.*.url", SETTING_URL, 1, 1000, "", NULL, OF_WEBHOOK(url),
     "Address of a service of yours that flows may call (`call: {webhook: NAME}`). Https, and not within a private "
     "network, unless its host is listed under `webhook_hosts`."},
    {"webhooks.*.secret", SETTING_SECRET, 1, 64, "", NULL, OF_WEBHOOK(secret),
     "Name of the secret that calls are signed with, after Standard Webhooks; the secret's value is `whsec_` and "
     "base64, or any text."},
    {"webhooks.*.timeout_ms", SETTING_NUMBER, 100, 15000, "3000", NULL, OF_WEBHOOK(timeout_ms),
     "Milliseconds that a call may take, tries that follow included, where the flow does not say."},
    {"ticket_hooks.*.url", SETTING_URL, 1, 1000, "", NULL, OF_TICKET_HOOK(url),
     "Address of a service of yours that is told of tickets (docs/webhooks.md), with tries that go on for a day and a "
     "half. Https, and not within a private network, unless its host is listed under `webhook_hosts`."},
    {"ticket_hooks.*.secret", SETTING_SECRET, 1, 64, "", NULL, OF_TICKET_HOOK(secret),
     "Name of the secret that it is signed with, after Standard Webhooks."},
    {"ticket_hooks.*.events", SETTING_CHOICES, 1, 5, "[handed_off, claimed, closed, message, callback]",
     "handed_off|claimed|closed|message|callback", OF_TICKET_HOOK(events),
     "Which steps it is told of: a visitor was put into the queue, an agent has taken the chat, it is over, a message "
     "was left, a call was asked for."},
    {"webhook_hosts", SETTING_HOSTS, 0, SETTINGS_LIST_MAX, "[]", NULL, AT(webhook_hosts),
     "Hosts (`127.0.0.1:8091`, `erp.example`) that webhooks and ticket hooks may reach without TLS and within a "
     "private network or on "
     "this machine. All others must be public, with https."},
    {"identity_secret", SETTING_SECRET, 0, 64, "", NULL, AT(identity_secret),
     "Name of the secret with which your site signs the visitors that are signed in there (docs/webhooks.md); without "
     "one nobody is."},
    /* mail */
    {"mail.url", SETTING_MAIL_URL, 0, 300, "", NULL, AT(mail_url),
     "Your mail server: `smtp://mail.example.com:587`, or `smtps://mail.example.com:465` for TLS from the first byte. "
     "With it agents answer messages by e-mail. Without one nothing is mailed."},
    {"mail.user", SETTING_TEXT, 0, 200, "", NULL, AT(mail_user),
     "Name to log in with there; none by default. It needs TLS, but on this machine."},
    {"mail.secret", SETTING_SECRET, 0, 64, "", NULL, AT(mail_secret), "Name of the secret that is the password there."},
    {"mail.from", SETTING_MAIL_SENDER, 0, 300, "", NULL, AT(mail_from),
     "Who the mail is from, such as `Ferramenta Olmo <assistenza@example.com>`: visitors' answers go there."},
    {"mail.starttls", SETTING_CHOICE, 0, 0, "required", "required|optional|none", AT(mail_starttls),
     "Whether a connection that begins in plain text must become TLS. `optional` and `none` are for servers on this "
     "machine or in a private network only."},
    {"mail.ca", SETTING_FILE, 0, 4000, "", NULL, AT(mail_ca),
     "File of certificates (PEM) to trust instead of the system's, for a mail server with one of your own; a path "
     "relative to the site's folder, or an absolute one."},
    {"mail.duty", SETTING_CHOICE, 0, 0, "off", "off|number|question|text", AT(mail_duty),
     "Whether the agents of a department get an e-mail when a message or a wish for a call comes and nobody of them is "
     "online, at most one in ten minutes: with the ticket's number, with the beginning of the question too, or with "
     "the whole "
     "message."},
    {"customer_card", SETTING_TEXT, 0, 64, "", NULL, AT(customer_card),
     "Name of the entry of `webhooks` that is asked what there is to know of a customer when an agent opens the chat "
     "(docs/webhooks.md); none by default."},
    {"customer_card_timeout_ms", SETTING_NUMBER, 100, 10000, "1500", NULL, AT(customer_card_timeout_ms),
     "Milliseconds that it may take; then the card says that it is not available. The chat never waits for it."},
    /* push */
    {"push.contact", SETTING_MAIL, 0, 150, "", NULL, AT(push_contact),
     "E-mail address at which push services reach you when something is wrong with the notifications that agents get "
     "while the desk is closed. Without one they are given `public_url`; some services insist on either."},
    {"push.per_minute", SETTING_NUMBER, 1, 120, "10", NULL, AT(push_per_minute),
     "Times a minute that an agent is told by such a notification, at most."},
    /* rt */
    {"rt.url", SETTING_URL, 0, 1000, "", NULL, AT(rt_url),
     "Address of your Request Tracker 5, such as `https://rt.example.com`: visitors who are handed off, and messages, "
     "become tickets there (docs/operators.en.md). Https and public, unless its host is listed under `webhook_hosts`."},
    {"rt.secret", SETTING_SECRET, 0, 64, "", NULL, AT(rt_secret),
     "Name of the secret with which it is asked: a token (`1-14-…`), or `user:password`."},
    {"rt.queue", SETTING_TEXT, 1, 200, "General", NULL, AT(rt_queue), "Queue in which tickets are made there."},
    {"departments.*.rt_queue", SETTING_TEXT, 0, 200, "", NULL, OF_DEPARTMENT(rt_queue),
     "Queue in Request Tracker for this department, in place of `rt.queue`."},
    /* files */
    {"files.types", SETTING_CHOICES, 0, 5, "[]", "png|jpeg|webp|gif|pdf", AT(file_types),
     "Kinds of files that visitors and agents may send each other, decided by their content; none by default."},
    {"files.megabytes", SETTING_NUMBER, 1, 50, "10", NULL, AT(file_megabytes),
     "Megabytes (of 1,048,576 bytes) of one file. The proxy must let as much through (docs/operators.en.md)."},
    {"files.megapixels", SETTING_NUMBER, 1, 200, "30", NULL, AT(file_megapixels), "Millions of pixels of one picture."},
    {"files.chat_megabytes", SETTING_NUMBER, 1, 10000, "50", NULL, AT(file_chat_megabytes),
     "Megabytes of all files of one chat."},
    {"files.total_gigabytes", SETTING_NUMBER, 1, 100000, "10", NULL, AT(file_total_gigabytes),
     "Gigabytes of all files of all chats; beyond them none is accepted until others have gone."},
    {"files.keep_days", SETTING_NUMBER, 1, 36500, "365", NULL, AT(file_keep_days),
     "Days after which a file is removed; the message that it came with stays. One that was uploaded and not sent goes "
     "after an hour."},
    /* limits */
    {"limits.messages_per_minute", SETTING_NUMBER, 1, 1000, "20", NULL, AT(messages_per_minute),
     "Messages a minute that a visitor may send."},
    {"limits.messages_burst", SETTING_NUMBER, 1, 100, "6", NULL, AT(messages_burst),
     "Messages that a visitor may send at once before the rate counts."},
    {"limits.address_messages_per_minute", SETTING_NUMBER, 1, 1000000, "600", NULL, AT(address_messages_per_minute),
     "Messages a minute from one address. Many phones may stand behind one."},
    {"limits.files_per_minute", SETTING_NUMBER, 1, 100000, "30", NULL, AT(files_per_minute),
     "Files a minute that may be uploaded from one address. Many phones may stand behind one."},
    {"limits.address_connections", SETTING_NUMBER, 1, 100000, "200", NULL, AT(address_connections),
     "Connections at a time from one address (IPv6: from one /64)."},
    {"limits.visitor_connections", SETTING_NUMBER, 1, 100, "8", NULL, AT(visitor_connections),
     "Connections (tabs) at a time of one visitor."},
    {"limits.connections", SETTING_NUMBER, 10, 100000, "12000", NULL, AT(connections), "Connections at a time in all."},
    {"limits.half_frame_seconds", SETTING_NUMBER, 1, 300, "10", NULL, AT(half_frame_seconds),
     "Seconds within which a message that has begun must be complete."},
    {"limits.slow_reader_seconds", SETTING_NUMBER, 1, 300, "30", NULL, AT(slow_reader_seconds),
     "Seconds after which a connection that reads nothing is cut."},
    {"limits.idle_hello_seconds", SETTING_NUMBER, 1, 300, "10", NULL, AT(idle_hello_seconds),
     "Seconds within which a new connection must say hello."},
    {"limits.logins_per_minute", SETTING_NUMBER, 1, 1000, "10", NULL, AT(logins_per_minute),
     "Wrong passwords a minute from one address."},
    /* operation */
    {"log_level", SETTING_CHOICE, 0, 0, "info", "error|warning|info|debug", AT(log_level),
     "The least important lines that are logged."},
    {"metrics_secret", SETTING_SECRET, 0, 64, "", NULL, AT(metrics_secret),
     "Name of the secret that must be presented as bearer token at /metrics; without one /metrics answers "
     "this machine only."},
    {"keep_editions", SETTING_NUMBER, 1, 1000, "20", NULL, AT(keep_editions),
     "Editions that are kept besides those in use."},
};

const size_t settings_count = sizeof settings_table / sizeof *settings_table;

int settings_language(const struct settings *settings, const char *lang)
{
    for (size_t i = 0; i < settings->languages.count; i++)
        if (strcmp(settings->languages.items[i], lang) == 0)
            return (int)i;
    return -1;
}

const char *settings_text(const struct settings *settings, const struct texts *texts, const char *lang)
{
    int i = settings_language(settings, lang);
    if (i >= 0 && texts->in[i] != NULL)
        return texts->in[i];
    return texts->in[0] != NULL ? texts->in[0] : "";
}

const struct webhook *settings_webhook(const struct settings *settings, const char *name)
{
    for (size_t i = 0; i < settings->webhook_count; i++)
        if (strcmp(settings->webhooks[i].name, name) == 0)
            return &settings->webhooks[i];
    return NULL;
}

const struct department *settings_department(const struct settings *settings, const char *id)
{
    if (id[0] == '\0')
        return settings->department_count > 0 ? &settings->departments[0] : NULL;
    for (size_t i = 0; i < settings->department_count; i++)
        if (strcmp(settings->departments[i].id, id) == 0)
            return &settings->departments[i];
    return NULL;
}

const struct ticket_hook *settings_ticket_hook(const struct settings *settings, const char *name)
{
    for (size_t i = 0; i < settings->ticket_hook_count; i++)
        if (strcmp(settings->ticket_hooks[i].name, name) == 0)
            return &settings->ticket_hooks[i];
    return NULL;
}

bool settings_pushes(const struct settings *settings, const struct department *department)
{
    return department->assign != NULL ? strcmp(department->assign, "push") == 0 : settings->push;
}
