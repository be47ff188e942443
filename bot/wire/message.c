/* What may be said over the wire, and its reader: see message.h. */
#include "wire/message.h"

#include "wire/flat.h"
#include "wire/scan.h"

#include <jansson.h>
#include <stdint.h>
#include <string.h>

/* JSON numbers are exact up to 2^53 in a browser. */
#define NUMBER_MOST (INT64_C(1) << 53)

#define TEXT(field, needed, bytes)                                                                                     \
    {                                                                                                                  \
        .name = #field, .type = FIELD_TEXT, .required = needed, .offset = offsetof(struct frame, field), .most = bytes \
    }
#define WORD(field, needed, bytes)                                                                                     \
    {                                                                                                                  \
        .name = #field, .type = FIELD_WORD, .required = needed, .offset = offsetof(struct frame, field), .most = bytes \
    }
#define NUMBER(field, needed, least)                                                                                   \
    {                                                                                                                  \
        .name = #field, .type = FIELD_INTEGER, .required = needed, .offset = offsetof(struct frame, field),            \
        .low = least, .high = NUMBER_MOST                                                                              \
    }
#define GRADE(key, field, most_value)                                                                                  \
    {                                                                                                                  \
        .name = #key, .type = FIELD_INTEGER, .required = true, .offset = offsetof(struct frame, field), .low = 1,      \
        .high = most_value                                                                                             \
    }
#define CID                                                                                                            \
    {                                                                                                                  \
        .name = "cid", .type = FIELD_CID, .required = true, .offset = offsetof(struct frame, cid),                     \
        .most = FRAME_CID_BYTES                                                                                        \
    }
#define SIGN(field)                                                                                                    \
    {                                                                                                                  \
        .name = #field, .type = FIELD_SIGN, .required = true, .offset = offsetof(struct frame, field)                  \
    }
#define FILES                                                                                                          \
    {                                                                                                                  \
        .name = "files", .type = FIELD_FILES, .offset = offsetof(struct frame, files), .most = FRAME_FILES             \
    }
/* What is said beside files may be nothing. */
#define WORDS                                                                                                          \
    {                                                                                                                  \
        .name = "text", .type = FIELD_TEXT, .required = true, .offset = offsetof(struct frame, text),                  \
        .most = FRAME_TEXT_BYTES, .unless = offsetof(struct frame, files)                                              \
    }
#define RESERVED(field)                                                                                                \
    {                                                                                                                  \
        .name = #field, .type = FIELD_RESERVED                                                                         \
    }

enum { STATE_BYTES = 32 };

/* Costs are tokens of limits.messages_*; what costs nothing still counts as a frame of its connection. */
const struct message_row message_table[] = {
    {"hello", FRAME_HELLO, ROLE_VISITOR, .first = true, .cost = 0,
     .fields = {WORD(lang, true, FRAME_LANG_BYTES), WORD(token, false, FRAME_TOKEN_BYTES), NUMBER(after, false, 0),
                WORD(page, false, FRAME_PAGE_BYTES), TEXT(title, false, FRAME_TITLE_BYTES),
                WORD(identity, false, FRAME_IDENTITY_BYTES), WORD(back, false, FRAME_BACK_BYTES), RESERVED(consent)}},
    {"say", FRAME_SAY, ROLE_VISITOR, .cost = 1, .fields = {CID, FILES, WORDS}},
    {"pick", FRAME_PICK, ROLE_VISITOR, .cost = 1,
     .fields = {CID, WORD(option, true, FRAME_OPTION_BYTES), TEXT(title, false, FRAME_TEXT_BYTES)}},
    {"human", FRAME_HUMAN, ROLE_VISITOR, .cost = 1, .fields = {CID}},
    {"message", FRAME_MESSAGE, ROLE_VISITOR, .cost = 2,
     .fields = {CID, TEXT(text, true, FRAME_TEXT_BYTES), TEXT(contact, true, FRAME_CONTACT_BYTES),
                TEXT(name, false, FRAME_NAME_BYTES), WORD(consent, false, FRAME_CONSENT_BYTES)}},
    {"callback", FRAME_CALLBACK, ROLE_VISITOR, .cost = 2,
     .fields = {CID, TEXT(contact, true, FRAME_CONTACT_BYTES), TEXT(text, false, FRAME_TEXT_BYTES),
                TEXT(name, false, FRAME_NAME_BYTES), WORD(consent, false, FRAME_CONSENT_BYTES)}},
    {"rate", FRAME_RATE, ROLE_VISITOR, .cost = 1, .fields = {CID, NUMBER(seq, true, 1), SIGN(value)}},
    {"satisfied", FRAME_SATISFIED, ROLE_VISITOR, .cost = 1,
     .fields = {CID, GRADE(value, grade, 5), TEXT(text, false, FRAME_TEXT_BYTES)}},
    {"typing", FRAME_TYPING, ROLE_VISITOR, .cost = 0},
    {"resume", FRAME_RESUME, ROLE_VISITOR, .cost = 0, .fields = {NUMBER(after, true, 0)}},
    {"bye", FRAME_BYE, ROLE_VISITOR, .cost = 1, .fields = {CID}},
    {"erase", FRAME_ERASE, ROLE_VISITOR, .cost = 2, .fields = {CID}},

    {"hello", FRAME_DESK_HELLO, ROLE_AGENT, .first = true, .cost = 0,
     .fields = {WORD(lang, true, FRAME_LANG_BYTES), NUMBER(after_event, false, 0)}},
    {"presence", FRAME_DESK_PRESENCE, ROLE_AGENT, .cost = 0, .fields = {WORD(state, true, STATE_BYTES)}},
    {"next", FRAME_DESK_NEXT, ROLE_AGENT, .cost = 0},
    {"accept", FRAME_DESK_ACCEPT, ROLE_AGENT, .cost = 0, .fields = {NUMBER(ticket, true, 1)}},
    {"decline", FRAME_DESK_DECLINE, ROLE_AGENT, .cost = 0, .fields = {NUMBER(ticket, true, 1)}},
    {"open", FRAME_DESK_OPEN, ROLE_AGENT, .cost = 0, .fields = {NUMBER(ticket, true, 1), NUMBER(after, false, 0)}},
    {"say", FRAME_DESK_SAY, ROLE_AGENT, .cost = 0, .fields = {CID, NUMBER(ticket, true, 1), FILES, WORDS}},
    {"typing", FRAME_DESK_TYPING, ROLE_AGENT, .cost = 0, .fields = {NUMBER(ticket, true, 1)}},
    {"back", FRAME_DESK_BACK, ROLE_AGENT, .cost = 0,
     .fields = {CID, NUMBER(ticket, true, 1), TEXT(note, false, FRAME_TEXT_BYTES)}},
    {"close", FRAME_DESK_CLOSE, ROLE_AGENT, .cost = 0,
     .fields = {CID, NUMBER(ticket, true, 1), WORD(cause, false, STATE_BYTES), NUMBER(undelivered, false, 1)}},
    {"note", FRAME_DESK_NOTE, ROLE_AGENT, .cost = 0,
     .fields = {CID, NUMBER(ticket, true, 1), TEXT(text, true, FRAME_TEXT_BYTES)}},
    {"tags", FRAME_DESK_TAGS, ROLE_AGENT, .cost = 0,
     .fields = {CID, NUMBER(ticket, true, 1), TEXT(text, false, FRAME_TAGS_BYTES)}},
    {"transfer", FRAME_DESK_TRANSFER, ROLE_AGENT, .cost = 0,
     .fields = {CID, NUMBER(ticket, true, 1), NUMBER(user, false, 1), WORD(department, false, FRAME_DEPARTMENT_BYTES),
                TEXT(text, false, FRAME_TEXT_BYTES)}},
    {"transfer_answer", FRAME_DESK_TRANSFER_ANSWER, ROLE_AGENT, .cost = 0,
     .fields = {NUMBER(ticket, true, 1), SIGN(value)}},
    {"invite", FRAME_DESK_INVITE, ROLE_AGENT, .cost = 0, .fields = {NUMBER(ticket, true, 1), NUMBER(user, true, 1)}},
    {"own", FRAME_DESK_OWN, ROLE_AGENT, .cost = 0, .fields = {NUMBER(ticket, true, 1), SIGN(value)}},
    {"due", FRAME_DESK_DUE, ROLE_AGENT, .cost = 0, .fields = {NUMBER(ticket, true, 1), NUMBER(at, true, 0)}},
    {"reply", FRAME_DESK_REPLY, ROLE_AGENT, .cost = 0,
     .fields = {CID, NUMBER(ticket, true, 1), TEXT(text, true, FRAME_TEXT_BYTES)}},
    {"look", FRAME_DESK_LOOK, ROLE_AGENT, .cost = 0, .fields = {NUMBER(ticket, true, 0)}},
};

const size_t message_count = sizeof message_table / sizeof *message_table;

static const struct message_row *find_row(enum message_role role, const char *name)
{
    for (size_t i = 0; i < message_count; i++) {
        if (message_table[i].role == role && strcmp(message_table[i].name, name) == 0)
            return &message_table[i];
    }
    return NULL;
}

/* --- fields --------------------------------------------------------------------------------------- */

/* Bytes of the control character at `at` (C0, DEL, C1), 0 where there is none. */
static size_t control_at(const char *at)
{
    unsigned char c = (unsigned char)at[0];
    if (c == 0xc2 && (unsigned char)at[1] < 0xa0)
        return 2;
    return c < 0x20 || c == 0x7f ? 1 : 0;
}

/* A copy without control characters but tab and newline; "\r\n" so becomes "\n". */
static const char *clean_copy(const char *text, size_t size, struct arena *arena)
{
    char *copy = arena_alloc(arena, size + 1);
    if (copy == NULL)
        return NULL;
    size_t used = 0;
    for (const char *at = text; at < text + size;) {
        size_t control = *at == '\n' || *at == '\t' ? 0 : control_at(at);
        if (control == 0)
            copy[used++] = *at++;
        at += control;
    }
    return copy;
}

static bool blank(const char *text)
{
    return text[strspn(text, " \t\n")] == '\0';
}

static bool has_control(const char *text)
{
    while (*text != '\0' && control_at(text) == 0)
        text++;
    return *text != '\0';
}

static const char *read_text(const struct message_field *field, const struct flat_value *value, struct arena *arena,
                             const char **ret_text)
{
    if (value->type != FLAT_TEXT)
        return "bad_field";
    const char *text = value->text;
    size_t size = value->size;
    if (size > field->most)
        return "too_long";
    bool words = field->type == FIELD_TEXT;
    const char *copy = words ? clean_copy(text, size, arena) : arena_strndup(arena, text, size);
    if (copy == NULL)
        return "busy";
    if (!words && has_control(copy))
        return "bad_field";
    if (field->required && blank(copy))
        return "bad_field";
    *ret_text = copy;
    return NULL;
}

static bool in_cid(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static const char *read_cid(const struct message_field *field, const struct flat_value *value, struct arena *arena,
                            const char **ret_cid)
{
    size_t good = 0;
    while (value->type == FLAT_TEXT && good < value->size && in_cid(value->text[good]))
        good++;
    if (good == 0 || good < value->size)
        return "bad_field";
    if (value->size > field->most)
        return "too_long";
    *ret_cid = arena_strndup(arena, value->text, value->size);
    return *ret_cid != NULL ? NULL : "busy";
}

static const char *read_integer(int64_t low, int64_t high, const struct flat_value *value, int64_t *ret)
{
    if (value->type != FLAT_INTEGER || value->integer < low || value->integer > high)
        return "bad_field";
    *ret = value->integer;
    return NULL;
}

static const char *read_field(const struct message_field *field, const struct flat_value *value, struct arena *arena,
                              struct frame *frame)
{
    void *place = (char *)frame + field->offset;
    int64_t sign;
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_WORD:
        return read_text(field, value, arena, place);
    case FIELD_CID:
        return read_cid(field, value, arena, place);
    case FIELD_INTEGER:
        return read_integer(field->low, field->high, value, place);
    case FIELD_SIGN:
        if (read_integer(-1, 1, value, &sign) != NULL || sign == 0)
            return "bad_field";
        *(int *)place = (int)sign;
        return NULL;
    case FIELD_FILES: /* a list: read_files */
    case FIELD_RESERVED:
        return NULL;
    }
    return "bad_field";
}

/* A frame as it was read: flat, or as the library's tree. */
struct object {
    bool is_flat;
    struct flat flat;
    json_t *tree;
};

/* False = there is no such member. */
static bool member(const struct object *object, const char *name, struct flat_value *ret)
{
    if (object->is_flat) {
        const struct flat_value *found = flat_get(&object->flat, name);
        if (found != NULL)
            *ret = *found;
        return found != NULL;
    }
    const json_t *found = json_object_get(object->tree, name);
    *ret = (struct flat_value){.type = FLAT_OTHER};
    if (json_is_null(found))
        ret->type = FLAT_NULL;
    else if (json_is_string(found))
        *ret =
            (struct flat_value){.type = FLAT_TEXT, .text = json_string_value(found), .size = json_string_length(found)};
    else if (json_is_integer(found))
        *ret = (struct flat_value){.type = FLAT_INTEGER, .integer = json_integer_value(found)};
    return found != NULL;
}

/* Ids with a blank between; each may stand there once. */
static const char *read_files(const struct message_field *field, const struct object *object, struct arena *arena,
                              struct frame *frame)
{
    const json_t *list = object->is_flat ? NULL : json_object_get(object->tree, field->name);
    size_t count = json_array_size(list);
    char *ids = arena_alloc(arena, count * (FRAME_FILE_BYTES + 1) + 1), *to = ids;
    if (!json_is_array(list))
        return "bad_field";
    if (count > field->most)
        return "too_long";
    if (ids == NULL)
        return "busy";
    for (size_t i = 0; i < count; i++) {
        const char *id = json_string_value(json_array_get(list, i));
        if (id == NULL || strlen(id) != FRAME_FILE_BYTES || strspn(id, "0123456789abcdef") != FRAME_FILE_BYTES)
            return "bad_field";
        *to = '\0';
        if (strstr(ids, id) != NULL)
            return "bad_field";
        if (i > 0)
            *to++ = ' ';
        memcpy(to, id, FRAME_FILE_BYTES);
        to += FRAME_FILE_BYTES;
    }
    *to = '\0';
    if (count > 0)
        *(const char **)((char *)frame + field->offset) = ids;
    return NULL;
}

/* Whether the field may be left out because of another one that is there. */
static bool excused(const struct message_field *field, const struct frame *frame)
{
    return field->unless != 0 && *(const char *const *)((const char *)frame + field->unless) != NULL;
}

static const char *read_fields(const struct message_row *row, const struct object *object, struct arena *arena,
                               struct frame *frame, const char **ret_detail)
{
    const char *code = NULL;
    const struct message_field *field = row->fields;
    for (; code == NULL && field < row->fields + MESSAGE_FIELDS_MAX && field->name != NULL; field++) {
        struct flat_value value;
        *ret_detail = field->name;
        if (member(object, field->name, &value) && value.type != FLAT_NULL)
            code = field->type == FIELD_FILES ? read_files(field, object, arena, frame)
                                              : read_field(field, &value, arena, frame);
        else if (field->required && !excused(field, frame))
            code = "bad_field";
    }
    return code;
}

/* --- frames --------------------------------------------------------------------------------------- */

static const char *why_not_json(const json_error_t *error)
{
    if (json_error_code(error) == json_error_duplicate_key)
        return "a key stands twice";
    return "not JSON";
}

/* -1 with the reason. Then release. */
static int parse(const char *bytes, size_t size, struct object *ret, const char **ret_detail)
{
    ret->tree = NULL;
    *ret_detail = scan_frame(bytes, size, MESSAGE_DEPTH);
    if (*ret_detail != NULL)
        return -1;
    ret->is_flat = flat_read(bytes, size, &ret->flat);
    if (ret->is_flat)
        return 0;
    json_error_t error;
    ret->tree = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &error);
    if (json_is_object(ret->tree))
        return 0;
    *ret_detail = ret->tree == NULL ? why_not_json(&error) : "not an object";
    json_decref(ret->tree);
    return -1;
}

static const struct message_row *row_of(enum message_role role, const struct object *object, const char **ret_code)
{
    struct flat_value type;
    char name[STATE_BYTES] = "";
    *ret_code = "bad_field";
    if (!member(object, "type", &type) || type.type != FLAT_TEXT)
        return NULL;
    *ret_code = "unknown_type";
    if (type.size >= sizeof name)
        return NULL;
    memcpy(name, type.text, type.size);
    return find_row(role, name);
}

const char *message_read(enum message_role role, const char *bytes, size_t size, struct arena *arena,
                         struct frame *ret_frame, const struct message_row **ret_row, const char **ret_detail)
{
    struct object object;
    *ret_row = NULL;
    *ret_frame = (struct frame){.cid = NULL};
    *ret_detail = "the frame";
    if (size > MESSAGE_FRAME_BYTES)
        return "too_long";
    if (parse(bytes, size, &object, ret_detail) < 0)
        return "bad_frame";
    const char *code;
    const struct message_row *row = row_of(role, &object, &code);
    struct frame frame = {0};
    *ret_detail = "type";
    if (row != NULL) {
        *ret_row = row;
        frame.kind = row->kind;
        code = read_fields(row, &object, arena, &frame, ret_detail);
    }
    *ret_frame = code == NULL ? frame : (struct frame){.cid = frame.cid};
    json_decref(object.tree);
    return code;
}
