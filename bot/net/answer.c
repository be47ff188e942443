/* HTTP responses: see answer.h. */
#include "net/answer.h"

#include "net/origins.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_BYTES = 4096 + ORIGINS_ANCESTORS_BYTES, PART_BYTES = 32768, JSON_BYTES = 96, KNOWN_BYTES = 1024 };

struct head {
    struct lws *wsi;
    unsigned char *at, *end;
    bool failed;
};

static void put(struct head *head, const char *name, const char *value)
{
    size_t size = strlen(value);
    if (head->failed || size == 0)
        return;
    head->failed = lws_add_http_header_by_name(head->wsi, (const unsigned char *)name, (const unsigned char *)value,
                                               (int)size, &head->at, head->end) != 0;
}

static void put_number(struct head *head, const char *name, size_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", number);
    put(head, name, text);
}

static void put_headers(struct head *head, const struct answer *answer)
{
    bool body = answer->type != NULL;
    put(head, "content-type:", body ? answer->type : "");
    if (answer->status != 204 && answer->status != 304)
        put_number(head, "content-length:", body ? answer->size : 0);
    put(head, "cache-control:",
        answer->cache != NULL    ? answer->cache
        : answer->tag[0] != '\0' ? "no-cache"
                                 : "no-store");
    put(head, "etag:", answer->tag);
    put(head, "content-encoding:", body && answer->encoding != NULL ? answer->encoding : "");
    put(head, "vary:", answer->varies != NULL ? answer->varies : "");
    put(head, "x-content-type-options:", "nosniff");
    put(head, "referrer-policy:", "no-referrer");
    put(head, "content-security-policy:",
        answer->policy[0] != '\0' ? answer->policy : "default-src 'none'; frame-ancestors 'none'");
    put(head, "content-security-policy:", answer->ancestors != NULL ? answer->ancestors : "");
    put(head, "cross-origin-resource-policy:",
        answer->cross_origin || answer->shown || answer->origin[0] != '\0' ? "cross-origin" : "same-origin");
    put(head, "access-control-allow-origin:", answer->cross_origin ? "*" : answer->origin);
    put(head, "vary:", answer->by_origin ? "Origin" : "");
    put(head, "access-control-allow-methods:", answer->preflight ? "POST" : "");
    put(head, "access-control-allow-headers:", answer->preflight ? "content-type" : "");
    put(head, "access-control-max-age:", answer->preflight ? "7200" : "");
    put(head, "content-disposition:", answer->disposition != NULL ? answer->disposition : "");
    put(head, "location:", answer->location);
    put(head, "set-cookie:", answer->cookie);
    put(head, "set-cookie:", answer->second_cookie);
    put(head, "allow:", answer->allow);
    if (answer->retry_seconds > 0)
        put_number(head, "retry-after:", (size_t)answer->retry_seconds);
    put(head, "connection:", answer->close ? "close" : "");
}

struct answer answer_plain(int status, const char *json)
{
    return (struct answer){
        .status = status,
        .type = json != NULL ? "application/json" : NULL,
        .body = json,
        .size = json != NULL ? strlen(json) : 0,
    };
}

static struct answer own_json(int status, char *json)
{
    struct answer answer = answer_plain(status, json);
    answer.owned = json;
    return answer;
}

struct answer answer_code(int status, const char *code)
{
    char json[JSON_BYTES];
    snprintf(json, sizeof json, "{\"code\":\"%s\"}", code);
    return own_json(status, strdup(json));
}

struct answer answer_slow(int wait_ms)
{
    char json[JSON_BYTES];
    snprintf(json, sizeof json, "{\"code\":\"slow_down\",\"retry_ms\":%d}", wait_ms);
    struct answer answer = own_json(429, strdup(json));
    answer.retry_seconds = wait_ms / 1000 + 1;
    return answer;
}

void answer_if_new(struct lws *wsi, struct answer *answer)
{
    char known[KNOWN_BYTES];
    if (answer->tag[0] == '\0' || lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_IF_NONE_MATCH) <= 0 ||
        lws_hdr_copy(wsi, known, sizeof known, WSI_TOKEN_HTTP_IF_NONE_MATCH) < 0)
        return;
    if (strcmp(known, "*") != 0 && strstr(known, answer->tag) == NULL)
        return;
    answer->status = 304;
    answer->type = NULL;
}

static int finish(struct lws *wsi, struct sending *sending)
{
    bool close = sending->close;
    sending_clear(sending);
    if (close)
        return -1;
    return lws_http_transaction_completed(wsi) ? -1 : 0;
}

int answer_begin(struct lws *wsi, const struct answer *answer, struct sending *sending)
{
    unsigned char bytes[LWS_PRE + HEAD_BYTES];
    struct head head = {.wsi = wsi, .at = bytes + LWS_PRE, .end = bytes + sizeof bytes - 1};
    sending_clear(sending);
    *sending = (struct sending){.owned = answer->owned, .close = answer->close};
    head.failed = lws_add_http_header_status(wsi, (unsigned)answer->status, &head.at, head.end) != 0;
    put_headers(&head, answer);
    if (head.failed || lws_finalize_write_http_header(wsi, bytes + LWS_PRE, &head.at, head.end) != 0) {
        sending_clear(sending);
        return -1;
    }
    if (answer->type == NULL || answer->size == 0 || answer->head_only)
        return finish(wsi, sending);
    if (answer->streamed) {
        sending->more = true;
        lws_callback_on_writable(wsi);
        return 0;
    }
    sending->at = answer->body;
    sending->left = answer->size;
    lws_callback_on_writable(wsi);
    return 0;
}

int answer_continue(struct lws *wsi, struct sending *sending)
{
    size_t part = sending->left < PART_BYTES ? sending->left : PART_BYTES;
    bool last = part == sending->left && !sending->more;
    /* The library does not change what it writes as HTTP/1; its parameter is not const. */
    unsigned char *at = (unsigned char *)(uintptr_t)sending->at;
    if (lws_write(wsi, at, part, last ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP) < (int)part) {
        sending_clear(sending);
        return -1;
    }
    sending->at += part;
    sending->left -= part;
    if (last)
        return finish(wsi, sending);
    if (sending->left > 0)
        lws_callback_on_writable(wsi);
    return 0;
}

void sending_clear(struct sending *sending)
{
    free(sending->owned);
    *sending = (struct sending){.at = NULL};
}
