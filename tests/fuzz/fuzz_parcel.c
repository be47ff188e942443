/* Whatever arrives as a poll's body is refused or cut: its frames lie within it, in order, and the hello that it makes
 * is one that the reader of frames can judge. */
// needs: bot/wire/parcel.c bot/wire/json.c bot/wire/message.c bot/wire/flat.c bot/wire/scan.c bot/base/arena.c
// bot/base/buf.c
#include "wire/parcel.h"

#include <stdlib.h>
#include <string.h>

static void must(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static void judge(const char *bytes, size_t size)
{
    struct arena *arena = arena_new(1 << 20);
    struct frame frame;
    const struct message_row *row;
    const char *detail = NULL;
    (void)message_read(ROLE_VISITOR, bytes, size, arena, &frame, &row, &detail);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *body = (const char *)data, *frame, *last = body;
    struct parcel parcel;
    size_t frame_size;
    if (parcel_read(body, size, &parcel) != NULL)
        return 0;
    must(strlen(parcel.line) < PARCEL_LINE_BYTES && parcel.got >= 0 && parcel.sent >= 0);
    while (parcel_next(&parcel, &frame, &frame_size)) {
        must(frame >= last && frame_size > 0 && frame + frame_size <= body + size);
        last = frame + frame_size;
        judge(frame, frame_size);
    }
    must(parcel.next == NULL || parcel.next <= parcel.stop);
    for (const char *at = parcel.next; at != NULL && at < parcel.stop; at++)
        must(strchr(" \t\n\r", *at) != NULL); /* nothing was passed over */
    struct buf hello;
    buf_init(&hello, PARCEL_BODY_BYTES + 64);
    must(parcel_hello(&parcel, &hello) == 0);
    must(hello.size <= size + 64);
    judge(hello.data, hello.size);
    buf_free(&hello);
    return 0;
}
