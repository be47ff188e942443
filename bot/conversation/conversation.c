/* The conversations in memory and how they are found: see conversation.h. */
#include "conversation/conversation.h"

#include "base/fields.h"
#include "conversation/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct conversation *make(struct hall *h)
{
    struct conversation *c = calloc(1, sizeof *c);
    if (c == NULL)
        return NULL;
    c->key = ++h->next_key;
    c->items_end = &c->items;
    if (map_put(h->by_key, &c->key, sizeof c->key, c) < 0) {
        free(c);
        return NULL;
    }
    return c;
}

static bool has_token(const struct conversation *c)
{
    static const unsigned char none[TOKEN_HASH_BYTES];
    return memcmp(c->token_hash, none, sizeof none) != 0;
}

int conversation_set_token(struct hall *h, struct conversation *c, const unsigned char hash[TOKEN_HASH_BYTES])
{
    if (has_token(c) && map_get(h->by_token, c->token_hash, TOKEN_HASH_BYTES) == c)
        map_remove(h->by_token, c->token_hash, TOKEN_HASH_BYTES);
    memcpy(c->token_hash, hash, TOKEN_HASH_BYTES);
    return map_put(h->by_token, c->token_hash, TOKEN_HASH_BYTES, c);
}

struct conversation *conversation_of_token(struct hall *h, const unsigned char hash[TOKEN_HASH_BYTES])
{
    struct conversation *c = map_get(h->by_token, hash, TOKEN_HASH_BYTES);
    if (c != NULL)
        return c;
    c = make(h);
    if (c != NULL && conversation_set_token(h, c, hash) < 0) {
        conversation_release(h, c);
        return NULL;
    }
    return c;
}

struct conversation *conversation_of_id(struct hall *h, int64_t id)
{
    return map_get(h->by_id, &id, sizeof id);
}

struct conversation *conversation_want(struct hall *h, int64_t id)
{
    struct conversation *c = conversation_of_id(h, id);
    if (c != NULL)
        return c;
    c = make(h);
    if (c != NULL && conversation_set_id(h, c, id) < 0) {
        conversation_release(h, c);
        return NULL;
    }
    return c;
}

struct conversation *conversation_of_key(struct hall *h, uint64_t key)
{
    return map_get(h->by_key, &key, sizeof key);
}

int conversation_set_text(char **field, const char *text)
{
    char *copy = NULL;
    if (text != NULL && text[0] != '\0') {
        copy = strdup(text);
        if (copy == NULL)
            return -1;
    }
    free(*field);
    *field = copy;
    return 0;
}

/* The value of a name among the new ones, NULL = it is not among them. */
static bool is_among(const struct visitor_value *values, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(values[i].name, name) == 0)
            return true;
    return false;
}

void conversation_add_values(struct conversation *c, const struct visitor_value *values, size_t count)
{
    enum { VALUES_BYTES = 256 << 10 };
    struct arena *arena = count > 0 ? arena_new(VALUES_BYTES) : NULL;
    struct buf out;
    if (arena == NULL)
        return; /* they are read again with the conversation */
    buf_init(&out, VALUES_BYTES);
    for (const char *at = c->values != NULL ? c->values : "", *name; (name = fields_next(&at, arena)) != NULL;) {
        const char *value = fields_next(&at, arena);
        if (value == NULL || is_among(values, count, name))
            continue;
        fields_put(&out, name);
        fields_put(&out, value);
    }
    for (size_t i = 0; i < count; i++) {
        fields_put(&out, values[i].name);
        fields_put(&out, values[i].value);
    }
    if (!out.failed)
        conversation_set_text(&c->values, out.data);
    buf_free(&out);
    arena_free(arena);
}

void conversation_set_values(struct conversation *c, const struct visitor_value *values, size_t count)
{
    conversation_set_text(&c->values, NULL);
    conversation_add_values(c, values, count);
}

void conversation_set_who(struct conversation *c, enum who who, const char *agent_name)
{
    c->who = who;
    /* A name that does not fit into memory is left out of a welcome; the stored event has it. */
    if (conversation_set_text(&c->agent_name, who == WHO_AGENT ? agent_name : NULL) < 0)
        conversation_set_text(&c->agent_name, NULL);
}

int conversation_set_id(struct hall *h, struct conversation *c, int64_t id)
{
    if (c->id == id)
        return 0;
    if (c->id != 0)
        map_remove(h->by_id, &c->id, sizeof c->id);
    c->id = id;
    c->erased = false;
    return id == 0 ? 0 : map_put(h->by_id, &c->id, sizeof c->id, c);
}

void conversation_join(struct hall *h, struct conversation *c, struct conversation *second)
{
    for (uint16_t i = 0; i < second->client_count; i++) {
        struct visitor *v = map_get(h->visitors, &second->clients[i], sizeof second->clients[i]);
        if (v == NULL)
            continue;
        if (client_list_add(&c->clients, &c->client_count, v->client, CONVERSATION_CLIENTS) == 0)
            v->conversation = c;
        else
            hall_error(h, v->client, "busy", "error_busy", v->lang, NULL);
    }
    for (uint16_t i = 0; i < second->watcher_count; i++)
        client_list_add(&c->watchers, &c->watcher_count, second->watchers[i], CONVERSATION_WATCHERS);
    second->watcher_count = 0;
    if (second->client_count > 0) {
        memcpy(c->lang, second->lang, sizeof c->lang);
        conversation_set_text(&c->page, second->page);
        conversation_set_text(&c->page_title, second->page_title);
        conversation_set_text(&c->identity, second->identity);
        c->identity_until = second->identity_until;
    }
    uint16_t kept = 0;
    for (uint16_t i = 0; i < second->client_count; i++) {
        const struct visitor *v = map_get(h->visitors, &second->clients[i], sizeof second->clients[i]);
        if (v != NULL && v->conversation == second)
            second->clients[kept++] = v->client;
    }
    second->client_count = kept;
    if (has_token(second) && conversation_set_token(h, c, second->token_hash) < 0)
        memset(c->token_hash, 0, sizeof c->token_hash); /* found again by its number */
    *c->items_end = second->items;
    c->items_end = second->items != NULL ? second->items_end : c->items_end;
    c->item_count += second->item_count;
    second->items = NULL;
    second->items_end = &second->items;
    second->item_count = 0;
    second->wanted = false;
}

/* Somebody may have asked for a conversation by its number while its visitor came by token, and neither is loaded: the
 * first to be loaded takes over those who watch. */
static void take_over(struct hall *h, struct conversation *c, int64_t id)
{
    struct conversation *other = conversation_of_id(h, id);
    if (other == NULL || other == c)
        return;
    for (uint16_t i = 0; i < other->watcher_count; i++)
        client_list_add(&c->watchers, &c->watcher_count, other->watchers[i], CONVERSATION_WATCHERS);
    other->watcher_count = 0;
    other->wanted = false;
    conversation_set_id(h, other, 0);
    conversation_release(h, other);
}

int conversation_set_row(struct hall *h, struct conversation *c, const struct conversation_row *row)
{
    take_over(h, c, row->id);
    if (conversation_set_id(h, c, row->id) < 0 || conversation_set_text(&c->memory, row->memory) < 0)
        return -1;
    if (!has_token(c) && map_get(h->by_token, row->token_hash, TOKEN_HASH_BYTES) == NULL &&
        conversation_set_token(h, c, row->token_hash) < 0)
        return -1;
    c->last_seq = row->last_seq;
    c->ticket = row->ticket;
    if (c->lang[0] == '\0')
        snprintf(c->lang, sizeof c->lang, "%s", row->lang);
    conversation_set_who(c, (enum who)row->who, row->owner_name);
    return 0;
}

void conversation_forget(struct hall *h, struct conversation *c)
{
    conversation_set_id(h, c, 0);
    conversation_set_text(&c->memory, NULL);
    conversation_set_who(c, WHO_BOT, NULL);
    edition_unpin(c->edition); /* its flow is over, too */
    c->edition = NULL;
    c->last_seq = 0;
    c->ticket = 0;
}

void conversation_free(struct conversation *c)
{
    struct heard_item *item;
    while ((item = conversation_next(c)) != NULL)
        free(item);
    free(c->page);
    free(c->page_title);
    free(c->memory);
    free(c->agent_name);
    free(c->values);
    free(c->identity);
    edition_unpin(c->edition);
    free(c->clients);
    free(c->watchers);
    free(c);
}

void conversation_release(struct hall *h, struct conversation *c)
{
    if (c->client_count > 0 || c->watcher_count > 0 || c->jobs > 0 || c->items != NULL)
        return;
    map_remove(h->by_key, &c->key, sizeof c->key);
    if (has_token(c) && map_get(h->by_token, c->token_hash, TOKEN_HASH_BYTES) == c)
        map_remove(h->by_token, c->token_hash, TOKEN_HASH_BYTES);
    if (c->id != 0 && conversation_of_id(h, c->id) == c)
        map_remove(h->by_id, &c->id, sizeof c->id);
    conversation_free(c);
}

int client_list_add(uint64_t **list, uint16_t *count, uint64_t client, uint16_t most)
{
    for (uint16_t i = 0; i < *count; i++) {
        if ((*list)[i] == client)
            return 0;
    }
    if (*count >= most)
        return -1;
    uint64_t *grown = realloc(*list, (*count + 1u) * sizeof **list);
    if (grown == NULL)
        return -1;
    grown[(*count)++] = client;
    *list = grown;
    return 0;
}

bool client_list_remove(uint64_t *list, uint16_t *count, uint64_t client)
{
    for (uint16_t i = 0; i < *count; i++) {
        if (list[i] != client)
            continue;
        list[i] = list[--*count];
        return true;
    }
    return false;
}

static size_t room_of(const char *text)
{
    return text == NULL ? 0 : strlen(text) + 1;
}

const char *conversation_put(char **at, const char *text)
{
    if (text == NULL)
        return NULL;
    char *copy = *at;
    size_t size = strlen(text) + 1;
    memcpy(copy, text, size);
    *at += size;
    return copy;
}

int conversation_queue(struct conversation *c, uint64_t client, const struct frame *f)
{
    if (c->item_count >= HALL_WAITING)
        return -1;
    const char *strings[] = {f->cid, f->text, f->option, f->title, f->contact, f->name, f->consent, f->files};
    size_t size = sizeof(struct heard_item);
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        size += room_of(strings[i]);
    struct heard_item *item = malloc(size);
    if (item == NULL)
        return -1;
    char *at = (char *)(item + 1);
    *item = (struct heard_item){.kind = f->kind, .client = client, .seq = f->seq};
    item->cid = conversation_put(&at, f->cid);
    item->text = conversation_put(&at, f->text);
    item->option = conversation_put(&at, f->option);
    item->title = conversation_put(&at, f->title);
    item->contact = conversation_put(&at, f->contact);
    item->name = conversation_put(&at, f->name);
    item->consent = conversation_put(&at, f->consent);
    item->files = conversation_put(&at, f->files);
    *c->items_end = item;
    c->items_end = &item->next;
    c->item_count++;
    return 0;
}

struct heard_item *conversation_next(struct conversation *c)
{
    struct heard_item *item = c->items;
    if (item == NULL)
        return NULL;
    c->items = item->next;
    if (c->items == NULL)
        c->items_end = &c->items;
    item->next = NULL;
    c->item_count--;
    return item;
}
