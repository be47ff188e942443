/* Ogg Opus by libopusenc: see ogg.h. */
#include "ogg.h"

#ifndef WITH_OPUS

int ogg_is_there(void)
{
    return 0;
}

int ogg_write(const int16_t *samples, size_t count, int samples_a_second, unsigned char **ret_bytes, size_t *ret_size)
{
    (void)samples, (void)count, (void)samples_a_second, (void)ret_bytes, (void)ret_size;
    return -1;
}

#else

#include <opusenc.h>
#include <stdlib.h>
#include <string.h>

/* Of one stream in a file that is never joined to another, any number will do; libopusenc would draw one. */
enum { SERIAL = 1, FIRST_ROOM = 64 * 1024 };

struct bytes {
    unsigned char *data;
    size_t size, room;
};

/* The library's callbacks: not 0 = it cannot be written. */
static int bytes_add(void *to, const unsigned char *more, opus_int32 size)
{
    struct bytes *b = to;
    if (b->size + (size_t)size > OGG_BYTES_MOST)
        return 1;
    if (b->size + (size_t)size > b->room) {
        size_t room = b->room ? b->room * 2 : FIRST_ROOM;
        while (room < b->size + (size_t)size)
            room *= 2;
        unsigned char *data = realloc(b->data, room);
        if (!data)
            return 1;
        b->data = data;
        b->room = room;
    }
    memcpy(b->data + b->size, more, (size_t)size);
    b->size += (size_t)size;
    return 0;
}

static int bytes_end(void *to)
{
    (void)to;
    return 0;
}

static int encode(OggOpusEnc *encoder, const int16_t *samples, size_t count)
{
    return ope_encoder_ctl(encoder, OPE_SET_SERIALNO(SERIAL)) == OPE_OK &&
                   ope_encoder_ctl(encoder, OPUS_SET_BITRATE(OGG_BITS_A_SECOND)) == OPE_OK &&
                   ope_encoder_ctl(encoder, OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE)) == OPE_OK &&
                   ope_encoder_write(encoder, samples, (int)count) == OPE_OK && ope_encoder_drain(encoder) == OPE_OK
               ? 0
               : -1;
}

int ogg_is_there(void)
{
    return 1;
}

int ogg_write(const int16_t *samples, size_t count, int samples_a_second, unsigned char **ret_bytes, size_t *ret_size)
{
    static const OpusEncCallbacks callbacks = {bytes_add, bytes_end};
    struct bytes bytes = {0};
    int wrong = OPE_OK, result = -1;
    OggOpusComments *comments = ope_comments_create();
    if (!comments)
        return -1;
    OggOpusEnc *encoder = ope_encoder_create_callbacks(&callbacks, &bytes, comments, samples_a_second, 1, 0, &wrong);
    if (encoder && wrong == OPE_OK)
        result = encode(encoder, samples, count);
    if (encoder)
        ope_encoder_destroy(encoder);
    ope_comments_destroy(comments);
    if (result == 0) {
        *ret_bytes = bytes.data;
        *ret_size = bytes.size;
    } else {
        free(bytes.data);
    }
    return result;
}

#endif
