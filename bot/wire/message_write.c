/* Frames that go out: one writer a kind, in a table. Bodies of events are spliced in as the store kept
 * them: they are never parsed again. */
#include "wire/json.h"
#include "wire/message.h"
#include "wire/message_card.h"

#include "content/media.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A range in whole minutes that is never narrower than what it stands for. */
static int minutes_low(int seconds)
{
    return seconds > 0 ? seconds / 60 : 0;
}

static int minutes_high(int seconds)
{
    return seconds > 60 ? (seconds + 59) / 60 : 1;
}

static void put_consent(const struct outgoing *o, struct buf *out)
{
    const char *text = settings_text(o->settings, &o->settings->consent, o->lang);
    if (text[0] == '\0')
        return;
    json_open(out, "consent", '{');
    json_text(out, "version", o->settings->consent_version);
    json_text(out, "text", text);
    json_close(out, '}');
}

/* What may be sent beside words: media types, and the bytes of one file. */
static void put_files(const struct settings *settings, struct buf *out)
{
    if (settings->file_types.count == 0)
        return;
    json_open(out, "files", '{');
    json_open(out, "types", '[');
    for (size_t i = 0; i < settings->file_types.count; i++) {
        int kind = media_of_name(settings->file_types.items[i]);
        if (kind >= 0)
            json_text(out, NULL, media_type((enum media_kind)kind));
    }
    json_close(out, ']');
    json_number(out, "bytes", (int64_t)settings->file_megabytes << 20);
    json_close(out, '}');
}

static void put_avatars(const struct settings *settings, struct buf *out)
{
    if (settings->avatars.count == 0)
        return;
    json_open(out, "avatars", '[');
    for (size_t i = 0; i < settings->avatars.count; i++)
        json_text(out, NULL, settings->avatars.items[i]);
    json_close(out, ']');
}

static void put_site(const struct outgoing *o, struct buf *out, bool visitor)
{
    const struct settings *settings = o->settings;
    json_open(out, "site", '{');
    json_text(out, "name", settings->name);
    json_text(out, "assistant", settings_text(settings, &settings->assistant, o->lang));
    json_text(out, "lang", o->lang);
    put_files(settings, out);
    if (!visitor) {
        json_true_if(out, "mail", settings->mail_url[0] != '\0');
    } else {
        json_text(out, "greeting", settings_text(settings, &settings->greeting, o->lang));
        json_text_if(out, "privacy", settings_text(settings, &settings->privacy_url, o->lang));
        put_consent(o, out);
        json_true_if(out, "satisfaction", !settings->satisfaction_off);
        json_true_if(out, "voice", settings->voice_sound);
        json_text_if(out, "avatar", settings->avatar);
        put_avatars(settings, out);
        json_open(out, "starters", '[');
        for (size_t i = 0; i < o->starter_count; i++) {
            json_open(out, NULL, '{');
            json_text(out, "id", o->starters[i].id);
            json_text(out, "title", o->starters[i].title);
            json_close(out, '}');
        }
        json_close(out, ']');
    }
    json_close(out, '}');
}

static void put_notices(const struct outgoing *o, struct buf *out)
{
    json_open(out, "notices", '[');
    for (size_t i = 0; i < o->notice_count; i++) {
        json_open(out, NULL, '{');
        json_number(out, "id", o->notices[i].id);
        json_text(out, "text", o->notices[i].text);
        json_number(out, "until", o->notices[i].until_ms);
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void write_welcome(const struct outgoing *o, struct buf *out)
{
    json_text_if(out, "token", o->token);
    json_number(out, "seq", o->seq);
    json_open(out, "state", '{');
    json_text(out, "who", who_name(o->who));
    json_number_if(out, "ticket", o->ticket);
    json_text_if(out, "name", o->agent_name);
    json_text_if(out, "picture", o->agent_picture);
    json_close(out, '}');
    put_site(o, out, true);
    if (o->notice_count > 0)
        put_notices(o, out);
    json_true_if(out, "more", o->more);
    json_true_if(out, "erased", o->erased);
}

static void write_ack(const struct outgoing *o, struct buf *out)
{
    json_text(out, "cid", o->cid);
    json_number(out, "seq", o->seq);
}

/* What agents see of how the assistant came to a message. */
static void put_provenance(const struct event *event, struct buf *out)
{
    json_share(out, "confidence", event->confidence);
    json_text_if(out, "source", event->source);
    json_number_if(out, "edition", event->edition);
}

static void write_event(const struct outgoing *o, struct buf *out)
{
    const struct event *event = o->event;
    bool to_agent = o->ticket != 0;
    json_number(out, "seq", event->seq);
    json_number(out, "at", event->at_ms);
    if (to_agent)
        json_number(out, "ticket", o->ticket);
    else if (event->kind == EVENT_STATE)
        json_number_if(out, "ticket", event->ticket);
    if (o->cid != NULL) {
        json_open(out, "ack", '{');
        json_text(out, "cid", o->cid);
        json_number(out, "seq", o->seq != 0 ? o->seq : event->seq);
        json_close(out, '}');
    }
    if (to_agent && event->kind == EVENT_MESSAGE && event->from == FROM_BOT)
        put_provenance(event, out);
    if (!to_agent) {
        json_text_if(out, "track", event->track);
        json_text_if(out, "voice", event->voice);
    }
    json_splice(out, event->body, event->body_size);
}

static void write_position(const struct outgoing *o, struct buf *out)
{
    json_number(out, "ticket", o->ticket);
    json_number(out, "position", o->position);
    if (o->ranged) {
        int low = minutes_low(o->wait_low), high = minutes_high(o->wait_high);
        json_number(out, "wait_low", low);
        json_number(out, "wait_high", high > low ? high : low + 1);
    }
    json_bool(out, "open", o->open);
    json_true_if(out, "beyond", o->beyond);
    json_number(out, "online", o->online);
}

static void write_typing(const struct outgoing *o, struct buf *out)
{
    json_number_if(out, "ticket", o->ticket);
    json_text(out, "from", event_from_name(o->from));
}

static void write_error(const struct outgoing *o, struct buf *out)
{
    json_text(out, "code", o->code);
    json_text(out, "message", o->message);
    json_text_if(out, "cid", o->cid);
    json_number_if(out, "ticket", o->ticket);
    json_number_if(out, "retry_ms", o->retry_ms);
}

/* Where a chat may go: all of them, for one may give a chat to a department whose tickets one does not see. */
static void put_departments(const struct outgoing *o, struct buf *out)
{
    json_open(out, "departments", '[');
    for (size_t i = 0; i < o->settings->department_count; i++) {
        const struct department *d = &o->settings->departments[i];
        json_open(out, NULL, '{');
        json_text(out, "id", d->id);
        json_text(out, "name", settings_text(o->settings, &d->name, o->lang));
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void write_desk_welcome(const struct outgoing *o, struct buf *out)
{
    json_text(out, "user", o->user->name);
    json_text(out, "role", o->user->role);
    json_text(out, "presence", presence_name(o->presence));
    json_number(out, "capacity", o->capacity);
    json_number(out, "event", o->newest_event);
    put_site(o, out, false);
    put_departments(o, out);
}

static void put_picture(const struct desk_agent *agent, struct buf *out)
{
    char path[64];
    snprintf(path, sizeof path, "agents/%lld?v=%lld", (long long)agent->id, (long long)agent->picture);
    if (agent->picture != 0)
        json_text(out, "picture", path);
}

static void write_desk_agents(const struct outgoing *o, struct buf *out)
{
    json_open(out, "agents", '[');
    for (size_t i = 0; i < o->agent_count; i++) {
        const struct desk_agent *agent = &o->agents[i];
        json_open(out, NULL, '{');
        json_number(out, "id", agent->id);
        json_text(out, "name", agent->name);
        json_text(out, "presence", presence_name(agent->presence));
        json_number(out, "chats", agent->chats);
        json_number(out, "capacity", agent->capacity);
        put_picture(agent, out);
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void write_desk_queue(const struct outgoing *o, struct buf *out)
{
    json_open(out, "tickets", '[');
    for (size_t i = 0; i < o->card_count; i++)
        card_write(NULL, &o->cards[i], out);
    json_close(out, ']');
    write_desk_agents(o, out);
}

static void write_desk_ticket(const struct outgoing *o, struct buf *out)
{
    card_write("ticket", &o->cards[0], out);
}

static void write_desk_offer(const struct outgoing *o, struct buf *out)
{
    json_number(out, "ticket", o->ticket);
    json_number(out, "seconds", o->seconds);
}

static void write_desk_note(const struct outgoing *o, struct buf *out)
{
    json_number(out, "ticket", o->ticket);
    json_number(out, "id", o->note->id);
    json_number(out, "at", o->note->at_ms);
    json_text(out, "name", o->note->name);
    json_text(out, "text", o->note->text);
    json_text_if(out, "cid", o->cid);
}

static void write_transfer_offer(const struct outgoing *o, struct buf *out)
{
    json_number(out, "ticket", o->ticket);
    json_text(out, "name", o->name);
    json_text_if(out, "text", o->text);
    json_number(out, "seconds", o->seconds);
}

static void write_transferred(const struct outgoing *o, struct buf *out)
{
    json_number(out, "ticket", o->ticket);
    json_text(out, "name", o->name);
    json_number(out, "value", o->value);
}

static void write_invited(const struct outgoing *o, struct buf *out)
{
    json_number(out, "ticket", o->ticket);
    json_text(out, "name", o->name);
}

static void write_lookers(const struct outgoing *o, struct buf *out)
{
    json_number(out, "ticket", o->ticket);
    card_names("names", o->names, o->name_count, out);
    card_names("typing", o->typing, o->typing_count, out);
}

static void write_missed(const struct outgoing *o, struct buf *out)
{
    json_number(out, "ticket", o->ticket);
    json_text(out, "cause", o->cause);
    json_text_if(out, "name", o->name);
}

static void write_erased(const struct outgoing *o, struct buf *out)
{
    json_text_if(out, "cid", o->cid);
    json_number_if(out, "ticket", o->ticket);
}

static const struct {
    const char *type;
    void (*write)(const struct outgoing *, struct buf *);
} kinds[OUT_KINDS] = {
    [OUT_WELCOME] = {"welcome", write_welcome},
    [OUT_ACK] = {"ack", write_ack},
    [OUT_EVENT] = {NULL, write_event},
    [OUT_POSITION] = {"position", write_position},
    [OUT_TYPING] = {"typing", write_typing},
    [OUT_ERROR] = {"error", write_error},
    [OUT_NOTICE] = {"notice", put_notices},
    [OUT_ERASED] = {"erased", write_erased},
    [OUT_DESK_WELCOME] = {"welcome", write_desk_welcome},
    [OUT_DESK_QUEUE] = {"queue", write_desk_queue},
    [OUT_DESK_TICKET] = {"ticket", write_desk_ticket},
    [OUT_DESK_AGENTS] = {"agents", write_desk_agents},
    [OUT_DESK_OFFER] = {"offer", write_desk_offer},
    [OUT_DESK_NOTE] = {"note", write_desk_note},
    [OUT_DESK_TRANSFER_OFFER] = {"transfer_offer", write_transfer_offer},
    [OUT_DESK_TRANSFERRED] = {"transferred", write_transferred},
    [OUT_DESK_INVITED] = {"invited", write_invited},
    [OUT_DESK_LOOKERS] = {"lookers", write_lookers},
    [OUT_DESK_MISSED] = {"missed", write_missed},
};

const char *message_type(const struct outgoing *o)
{
    if (o->kind != OUT_EVENT)
        return kinds[o->kind].type;
    return o->event->kind == EVENT_STATE ? "state" : "message";
}

int message_write(const struct outgoing *o, struct buf *out)
{
    /* A frame begins where the buffer stands: the bytes before it are none of ours. */
    buf_puts(out, "{\"type\":\"");
    buf_puts(out, message_type(o));
    buf_putc(out, '"');
    kinds[o->kind].write(o, out);
    json_close(out, '}');
    return out->failed ? -1 : 0;
}
