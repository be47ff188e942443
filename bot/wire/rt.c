/* Request Tracker's JSON: see rt.h. */
#include "wire/rt.h"

#include "wire/json.h"
#include "wire/scan.h"

#include <inttypes.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 8, ID_DIGITS = 15 };

void rt_mark(int64_t ticket, char ret[RT_MARK_BYTES])
{
    snprintf(ret, RT_MARK_BYTES, "[sportello %" PRId64 "]", ticket);
}

void rt_file(int64_t ticket, char ret[RT_FILE_BYTES])
{
    snprintf(ret, RT_FILE_BYTES, "sportello-%" PRId64 ".txt", ticket);
}

/* Mark and words in one line, without half a character at its end. */
static void make_subject(const struct rt_ticket *t, char ret[RT_SUBJECT_BYTES])
{
    char mark[RT_MARK_BYTES];
    rt_mark(t->ticket, mark);
    int length = snprintf(ret, RT_SUBJECT_BYTES, "%s %s", mark, t->subject);
    size_t size = strlen(ret);
    if (length >= RT_SUBJECT_BYTES) {
        while (size > 0 && ((unsigned char)t->subject[size - strlen(mark) - 1] & 0xc0) == 0x80)
            size--;
        ret[size] = '\0';
    }
    for (char *at = ret; *at != '\0'; at++)
        if ((unsigned char)*at < ' ')
            *at = ' ';
}

int rt_write_ticket(const struct rt_ticket *t, struct buf *out)
{
    char subject[RT_SUBJECT_BYTES];
    make_subject(t, subject);
    json_open(out, NULL, '{');
    json_text(out, "Queue", t->queue);
    json_text(out, "Subject", subject);
    json_text_if(out, "Requestor", t->requestor);
    json_text(out, "Content", t->content);
    json_text(out, "ContentType", "text/plain");
    json_close(out, '}');
    return out->failed ? -1 : 0;
}

int rt_write_comment(const char *words, int64_t ticket, const char *text, size_t size, struct buf *out)
{
    char name[RT_FILE_BYTES];
    size_t room = sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_ORIGINAL);
    char *encoded = malloc(room);
    if (encoded == NULL)
        return -1;
    rt_file(ticket, name);
    sodium_bin2base64(encoded, room, (const unsigned char *)text, size, sodium_base64_VARIANT_ORIGINAL);
    json_open(out, NULL, '{');
    json_text(out, "Content", words);
    json_text(out, "ContentType", "text/plain");
    json_open(out, "Attachments", '[');
    json_open(out, NULL, '{');
    json_text(out, "FileName", name);
    json_text(out, "FileType", "text/plain");
    json_text(out, "FileContent", encoded);
    json_close(out, '}');
    json_close(out, ']');
    json_close(out, '}');
    free(encoded);
    return out->failed ? -1 : 0;
}

/* Numbers come as numbers or as texts of digits. 0 = it is none. */
static int64_t id_of(const json_t *value)
{
    const char *text = json_string_value(value);
    int64_t id = json_is_integer(value) ? json_integer_value(value) : 0;
    if (text != NULL && text[0] != '\0' && strlen(text) <= ID_DIGITS && strspn(text, "0123456789") == strlen(text))
        id = strtoll(text, NULL, 10);
    return id > 0 ? id : 0;
}

static json_t *read_object(const char *bytes, size_t size)
{
    if (size > RT_ANSWER_BYTES || scan_frame(bytes, size, DEPTH_MAX) != NULL)
        return NULL;
    json_t *root = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(root))
        return root;
    json_decref(root);
    return NULL;
}

int rt_read_made(const char *bytes, size_t size, int64_t *ret_id)
{
    json_t *root = read_object(bytes, size);
    int64_t id = id_of(json_object_get(root, "id"));
    json_decref(root);
    if (id == 0)
        return -1;
    *ret_id = id;
    return 0;
}

int rt_read_found(const char *bytes, size_t size, const char *subject, int64_t *ret_id)
{
    json_t *root = read_object(bytes, size);
    const json_t *items = json_object_get(root, "items");
    bool good = json_is_array(items);
    int64_t id = 0;
    for (size_t i = 0; good && id == 0 && i < json_array_size(items); i++) {
        const json_t *one = json_array_get(items, i);
        const char *has = json_string_value(json_object_get(one, "Subject"));
        if (subject[0] == '\0' || (has != NULL && strncmp(has, subject, strlen(subject)) == 0))
            id = id_of(json_object_get(one, "id"));
    }
    json_decref(root);
    if (!good)
        return -1;
    *ret_id = id;
    return 0;
}
