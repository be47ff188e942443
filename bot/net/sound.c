/* What was said, as sound: see sound.h. */
#include "net/sound.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *suffix;
    enum server_sound sound;
    bool negotiated; /* Accept says whether it may be Opus */
} kinds[] = {{".wav", SOUND_WAV, false}, {".track", SOUND_TRACK, false}, {"", SOUND_WAV, true}};
enum { KINDS = sizeof kinds / sizeof *kinds, ID_DIGITS = 32, ACCEPT_BYTES = 512 };

static const char *const types[] = {
    [SOUND_TRACK] = "text/plain; charset=utf-8", [SOUND_WAV] = "audio/wav", [SOUND_OPUS] = "audio/ogg; codecs=opus"};

static int kind_of(const char *rest)
{
    for (int i = 0; i < KINDS; i++)
        if (strspn(rest, "0123456789abcdef") == ID_DIGITS && strcmp(rest + ID_DIGITS, kinds[i].suffix) == 0)
            return i;
    return -1;
}

bool sound_is(const char *rest)
{
    return kind_of(rest) >= 0;
}

static enum server_sound wished(const struct turn *turn)
{
    char accept[ACCEPT_BYTES];
    int kind = kind_of(turn->rest);
    const char *wish =
        kinds[kind].negotiated ? http_header(turn->wsi, WSI_TOKEN_HTTP_ACCEPT, accept, sizeof accept) : NULL;
    return wish != NULL && strstr(wish, "audio/ogg") != NULL ? SOUND_OPUS : kinds[kind].sound;
}

int sound_serve(struct turn *turn)
{
    const struct server_config *config = &turn->server->config;
    char id[ID_DIGITS + 1];
    if (config->sound == NULL || turn->server->stopping)
        return http_send_status(turn, 404, "{\"code\":\"not_found\"}");
    uint64_t number = http_wait(turn);
    if (number == 0)
        return http_send_status(turn, 503, "{\"code\":\"busy\"}");
    memcpy(id, turn->rest, ID_DIGITS);
    id[ID_DIGITS] = '\0';
    config->sound(config->context, number, id, wished(turn)); /* server_sound ends it */
    return 0;
}

void server_sound(struct server *server, uint64_t number, enum server_sound sound, const char *bytes, size_t size,
                  bool busy)
{
    struct turn *turn = http_waiting(server, number);
    if (turn == NULL)
        return;
    struct answer answer = answer_plain(busy ? 503 : 404, busy ? "{\"code\":\"busy\"}" : "{\"code\":\"not_found\"}");
    char *copy = bytes != NULL ? malloc(size > 0 ? size : 1) : NULL;
    if (copy != NULL) {
        memcpy(copy, bytes, size);
        /* An id says what is heard: it never changes. */
        answer = (struct answer){.status = 200,
                                 .type = types[sound],
                                 .body = copy,
                                 .owned = copy,
                                 .size = size,
                                 .cache = "private, max-age=31536000, immutable"};
    }
    answer.cross_origin = true;
    answer.varies = kinds[kind_of(turn->rest)].negotiated ? "accept" : NULL;
    http_answer_later(turn, &answer);
}
