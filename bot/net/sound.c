/* What was said, as sound: see sound.h. */
#include "net/sound.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *suffix, *type;
    bool track;
} kinds[] = {{".wav", "audio/wav", false}, {".track", "text/plain; charset=utf-8", true}};
enum { KINDS = sizeof kinds / sizeof *kinds, ID_DIGITS = 32 };

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
    config->sound(config->context, number, id, kinds[kind_of(turn->rest)].track); /* server_sound ends it */
    return 0;
}

void server_sound(struct server *server, uint64_t number, const char *bytes, size_t size, bool busy)
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
                                 .type = kinds[kind_of(turn->rest)].type,
                                 .body = copy,
                                 .owned = copy,
                                 .size = size,
                                 .cache = "private, max-age=31536000, immutable"};
    }
    answer.cross_origin = true;
    http_answer_later(turn, &answer);
}
