/* A ticket as an agent sees it: see message_card.h. */
#include "wire/message_card.h"

#include "wire/json.h"

#include <stdlib.h>
#include <string.h>

/* `tried` is kept as lines of id TAB confidence TAB title TAB source; the source may be absent. */
static void put_tried(const char *lines, struct buf *out)
{
    char line[1024];
    json_open(out, "tried", '[');
    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");
        const char *next = lines + length + (lines[length] == '\n');
        if (length < sizeof line) {
            memcpy(line, lines, length);
            line[length] = '\0';
            char *rest = line;
            const char *id = strsep(&rest, "\t"), *confidence = strsep(&rest, "\t");
            json_open(out, NULL, '{');
            json_text(out, "id", id);
            const char *title = strsep(&rest, "\t");
            json_text(out, "title", title != NULL ? title : id);
            json_share(out, "confidence", confidence != NULL ? strtod(confidence, NULL) : 0);
            json_text_if(out, "source", rest);
            json_close(out, '}');
        }
        lines = next;
    }
    json_close(out, ']');
}

void card_names(const char *name, const char *const *names, size_t count, struct buf *out)
{
    json_open(out, name, '[');
    for (size_t i = 0; i < count; i++)
        json_text(out, NULL, names[i]);
    json_close(out, ']');
}

/* The next line of a list of lines, in `line`; lines too long for it are left out. False at the end. */
static bool next_line(const char **lines, char *line, size_t room)
{
    while (**lines != '\0') {
        const char *at = *lines;
        size_t length = strcspn(at, "\n");
        *lines = at + length + (at[length] == '\n');
        if (length > 0 && length < room) {
            memcpy(line, at, length);
            line[length] = '\0';
            return true;
        }
    }
    return false;
}

/* `slots` are kept as lines of name TAB value. */
static void put_slots(const char *lines, struct buf *out)
{
    char line[2048];
    json_open(out, "slots", '[');
    while (next_line(&lines, line, sizeof line)) {
        char *value = line;
        const char *name = strsep(&value, "\t");
        json_open(out, NULL, '{');
        json_text(out, "name", name);
        json_text(out, "value", value != NULL ? value : "");
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void put_tags(const char *lines, struct buf *out)
{
    char line[WORK_TAG_BYTES + 1];
    json_open(out, "tags", '[');
    while (next_line(&lines, line, sizeof line))
        json_text(out, NULL, line);
    json_close(out, ']');
}

static void put_transfer(const struct desk_card *card, struct buf *out)
{
    json_open(out, "transfer", '{');
    json_number(out, "to", card->transfer_to);
    json_text(out, "name", card->transfer_name);
    json_number(out, "until", card->transfer_until_ms);
    json_close(out, '}');
}

/* What the people of the desk have put to a ticket. */
static void put_work(const struct desk_card *card, struct buf *out)
{
    const struct ticket *ticket = card->ticket;
    json_number_if(out, "owner_id", ticket->owner);
    json_number_if(out, "due", ticket->due_ms);
    json_number_if(out, "notes", ticket->notes);
    if (ticket->tags != NULL && *ticket->tags != '\0')
        put_tags(ticket->tags, out);
    if (ticket->slots != NULL && *ticket->slots != '\0')
        put_slots(ticket->slots, out);
    if (card->looker_count > 0)
        card_names("lookers", card->lookers, card->looker_count, out);
    if (card->transfer_to != 0)
        put_transfer(card, out);
    json_text_if(out, "outside", ticket->outside);
    json_number_if(out, "undelivered", ticket->undelivered);
}

/* Of a ticket that has gone out of an agent's sight nothing is told but that. */
static void put_gone(const struct desk_card *card, struct buf *out)
{
    json_number(out, "ticket", card->ticket->id);
    json_text(out, "state", ticket_state_name(TICKET_CLOSED));
    json_bool(out, "gone", true);
    json_number_if(out, "event", card->ticket->event);
}

void card_write(const char *name, const struct desk_card *card, struct buf *out)
{
    const struct ticket *ticket = card->ticket;
    json_open(out, name, '{');
    if (card->gone) {
        put_gone(card, out);
        json_close(out, '}');
        return;
    }
    json_number(out, "ticket", ticket->id);
    json_text(out, "state", ticket_state_name(ticket->state));
    json_number_if(out, "event", ticket->event);
    json_text(out, "department", ticket->department);
    json_text(out, "department_name", card->department_name);
    json_text(out, "lang", ticket->lang);
    json_number(out, "seq", ticket->enqueue_seq);
    json_number_if(out, "position", ticket->position);
    json_number(out, "since", ticket->created_ms);
    json_text(out, "question", ticket->question);
    json_text(out, "why", ticket->why);
    put_tried(ticket->tried, out);
    json_text_if(out, "corrected", ticket->corrected);
    json_text_if(out, "page", ticket->page);
    json_text_if(out, "page_title", ticket->page_title);
    json_text_if(out, "owner", ticket->owner_name);
    json_bool(out, "mine", card->mine);
    json_bool(out, "visitor_online", card->visitor_online);
    json_text_if(out, "contact", ticket->contact);
    json_text_if(out, "name", ticket->name);
    json_text_if(out, "text", ticket->text);
    json_number(out, "last_seq", ticket->last_seq);
    put_work(card, out);
    json_close(out, '}');
}
