/* Whatever arrives as a frame, the reader gives a frame within its limits or a code, and touches nothing else. */
// needs: bot/wire/message.c bot/wire/flat.c bot/wire/scan.c bot/wire/message_form.c bot/base/arena.c
#include "wire/message.h"

#include <stdlib.h>
#include <string.h>

static void must(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static void check_field(const struct message_field *field, const struct frame *frame)
{
    const void *place = (const char *)frame + field->offset;
    if (field->type == FIELD_INTEGER) {
        int64_t number = *(const int64_t *)place;
        must((number == 0 && !field->required) || (number >= field->low && number <= field->high));
    } else if (field->type == FIELD_SIGN) {
        int sign = *(const int *)place;
        must(sign == 1 || sign == -1);
    } else if (field->type != FIELD_RESERVED) {
        const char *text = *(const char *const *)place;
        must(text != NULL || !field->required);
        must(text == NULL || strlen(text) <= field->most);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"name", "password"};
    const char *values[2];
    for (enum message_role role = ROLE_VISITOR; role <= ROLE_AGENT; role++) {
        struct arena *arena = arena_new(1 << 20);
        struct frame frame;
        const struct message_row *row;
        const char *detail = NULL;
        const char *code = message_read(role, (const char *)data, size, arena, &frame, &row, &detail);
        must(code == NULL || detail != NULL);
        if (code == NULL) {
            must(row != NULL && row->role == role && frame.kind == row->kind);
            for (const struct message_field *field = row->fields; field->name != NULL; field++)
                check_field(field, &frame);
        }
        message_form((const char *)data, size, names, 2, arena, values);
        arena_free(arena);
    }
    return 0;
}
