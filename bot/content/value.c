/* Values and their order: see value.h. */
#include "content/value.h"

#include "content/blind.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- values from texts --------------------------------------------------------------------- */

/* Digits only, `count` of them. */
static bool digits(const char *text, size_t count, int *ret)
{
    int n = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        n = n * 10 + (text[i] - '0');
    }
    *ret = n;
    return true;
}

/* "15:00" or "9:30". */
static bool read_time(const char *text, int *ret)
{
    const char *colon = strchr(text, ':');
    size_t size = colon != NULL ? (size_t)(colon - text) : 0;
    int hour, minute;
    if (size < 1 || size > 2 || strlen(colon) != 3 || !digits(text, size, &hour) || !digits(colon + 1, 2, &minute) ||
        hour > 23 || minute > 59)
        return false;
    *ret = hour * 60 + minute;
    return true;
}

/* "2026-12-24", "2026-12-24T15:00". */
static bool read_day(const char *text, struct value *v)
{
    int year, month, day, minutes = 0;
    size_t size = strlen(text);
    if (size < 10 || text[4] != '-' || text[7] != '-' || !digits(text, 4, &year) || !digits(text + 5, 2, &month) ||
        !digits(text + 8, 2, &day))
        return false;
    bool moment = size == 16 && text[10] == 'T' && read_time(text + 11, &minutes);
    if (size != 10 && !moment)
        return false;
    v->kind = moment ? VALUE_MOMENT : VALUE_DAY;
    v->number = (double)(year * 10000 + month * 100 + day) * 1440 + minutes;
    return true;
}

/* "12.5", "-3", "12.50 EUR". */
static bool read_number(const char *text, struct value *v)
{
    bool negative = *text == '-', point = false;
    const char *p = text + negative;
    double number = 0, scale = 1;
    size_t count = 0;
    for (; (*p >= '0' && *p <= '9') || (*p == '.' && !point && count > 0); p++) {
        if (*p == '.') {
            point = true;
            continue;
        }
        number = number * 10 + (*p - '0');
        scale *= point ? 10 : 1;
        count++;
    }
    if (count == 0 || count > 30 || p[-1] == '.')
        return false;
    bool sum = strlen(p) == 4 && p[0] == ' ' && strspn(p + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
    if (*p != '\0' && !sum)
        return false;
    v->kind = VALUE_NUMBER;
    v->number = (negative ? -number : number) / scale;
    memcpy(v->currency, sum ? p + 1 : "\0\0\0", 4);
    return true;
}

struct value value_of_text(const char *text)
{
    struct value v = {.kind = VALUE_EMPTY, .text = text != NULL ? text : ""};
    int minutes;
    if (*v.text == '\0' || read_number(v.text, &v) || read_day(v.text, &v))
        return v;
    v.kind = VALUE_TEXT;
    if (read_time(v.text, &minutes)) {
        v.kind = VALUE_TIME;
        v.number = minutes;
    } else if (strcmp(v.text, "true") == 0 || strcmp(v.text, "false") == 0) {
        v.kind = VALUE_TRUTH;
        v.number = v.text[0] == 't';
    }
    return v;
}

struct value value_of_number(double number)
{
    return isfinite(number) ? (struct value){.kind = VALUE_NUMBER, .number = number} : (struct value){0};
}

struct value value_of_truth(bool truth)
{
    return (struct value){.kind = VALUE_TRUTH, .number = truth};
}

/* As one would write it: at most six decimals, none that are 0. */
static void write_number(double number, char *out, size_t room)
{
    int size = snprintf(out, room, "%.6f", number);
    if (size < 0 || (size_t)size >= room)
        return;
    char *point = strpbrk(out, ".,");
    while (point != NULL && size > 0 && out[size - 1] == '0')
        out[--size] = '\0';
    if (point == NULL)
        return;
    *point = point[1] != '\0' ? '.' : '\0';
    if (strcmp(out, "-0") == 0)
        snprintf(out, room, "0");
}

/* The value as text; `room` holds what was computed. */
const char *value_text(const struct value *v, char room[VALUE_ROOM])
{
    if (v->text != NULL)
        return v->text;
    room[0] = '\0';
    if (v->kind == VALUE_TRUTH)
        return v->number != 0 ? "true" : "false";
    else if (v->kind == VALUE_NUMBER)
        write_number(v->number, room, VALUE_ROOM);
    return room;
}

bool value_holds(const struct value *v)
{
    switch (v->kind) {
    case VALUE_EMPTY:
        return false;
    case VALUE_TRUTH:
    case VALUE_NUMBER:
        return v->number != 0;
    case VALUE_TEXT:
        return blind_compare(v->text, "no") != 0 && blind_compare(v->text, "false") != 0;
    default:
        return true;
    }
}

/* --- comparing ------------------------------------------------------------------------------ */

static int sign_of(double difference)
{
    return difference < 0 ? -1 : difference > 0;
}

/* *ret_known false where the two have no order: sums of different currencies. */
static int compare(const struct value *a, const struct value *b, bool *ret_known)
{
    char x[VALUE_ROOM], y[VALUE_ROOM];
    bool days = (a->kind == VALUE_DAY || a->kind == VALUE_MOMENT) && (b->kind == VALUE_DAY || b->kind == VALUE_MOMENT);
    *ret_known = true;
    if (days && a->kind != b->kind)
        return sign_of(floor(a->number / 1440) - floor(b->number / 1440));
    if (a->kind != b->kind || a->kind == VALUE_TEXT || a->kind == VALUE_EMPTY)
        return blind_compare(value_text(a, x), value_text(b, y));
    if (a->kind == VALUE_NUMBER && a->currency[0] != '\0' && b->currency[0] != '\0')
        *ret_known = strcmp(a->currency, b->currency) == 0;
    return sign_of(a->number - b->number);
}

bool value_equal(const struct value *a, const struct value *b)
{
    bool known;
    return compare(a, b, &known) == 0 && known;
}

bool value_compares(enum expression_kind kind, const struct value *a, const struct value *b)
{
    bool known, either = a->kind == VALUE_EMPTY || b->kind == VALUE_EMPTY;
    int order = compare(a, b, &known);
    if (kind == NODE_EQUAL)
        return order == 0 && known;
    if (kind == NODE_UNEQUAL)
        /* Of a name that nobody set nothing holds; `x != ""` asks whether it was. */
        return b->kind == VALUE_EMPTY ? a->kind != VALUE_EMPTY : a->kind != VALUE_EMPTY && (order != 0 || !known);
    if (either || !known || (a->kind != b->kind && (a->kind < VALUE_DAY || b->kind < VALUE_DAY)))
        return false;
    switch (kind) {
    case NODE_LESS:
        return order < 0;
    case NODE_LESS_EQUAL:
        return order <= 0;
    case NODE_MORE:
        return order > 0;
    default:
        return order >= 0;
    }
}
