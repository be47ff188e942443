/* eSpeak NG, called with a ceiling for the sound and one for the events. */
#include "speak.h"

#include <espeak-ng/speak_lib.h>
#include <stdlib.h>
#include <string.h>

/* The library hands pieces of this length to the callback; nothing depends on it. */
enum { PIECE_MS = 200 };

static void event_add(struct speech *s, const espeak_EVENT *e)
{
    char line[64];
    int size = 0;
    if (e->type == espeakEVENT_PHONEME)
        size = snprintf(line, sizeof line, "%d p %.8s\n", e->audio_position, e->id.string);
    else if (e->type == espeakEVENT_WORD && e->length > 0)
        size = snprintf(line, sizeof line, "%d w %d %d\n", e->audio_position, e->text_position - 1, e->length);
    if (size <= 0 || s->events_size + (size_t)size > SPEECH_EVENT_BYTES)
        return;
    memcpy(s->events + s->events_size, line, (size_t)size);
    s->events_size += (size_t)size;
}

static int samples_add(struct speech *s, const short *samples, size_t count)
{
    if (s->samples_count + count > s->samples_room) {
        size_t room = s->samples_room ? s->samples_room * 2 : (size_t)s->samples_a_second * 10;
        while (room < s->samples_count + count)
            room *= 2;
        int16_t *more = realloc(s->samples, room * sizeof *more);
        if (!more)
            return -1;
        s->samples = more;
        s->samples_room = room;
    }
    memcpy(s->samples + s->samples_count, samples, count * sizeof *samples);
    return 0;
}

/* The library's callback: 0 = go on, 1 = it is enough. The speech comes with the events, as their user data. */
static int piece_come(short *samples, int count, espeak_EVENT *events)
{
    struct speech *s = events->user_data;
    if (!samples || !s)
        return 0;
    for (; events->type != espeakEVENT_LIST_TERMINATED; events++)
        event_add(s, events);
    size_t ceiling = (size_t)s->samples_a_second * SPEECH_SECONDS;
    size_t more = (size_t)count < ceiling - s->samples_count ? (size_t)count : ceiling - s->samples_count;
    if (s->sound && more > 0 && samples_add(s, samples, more) < 0) {
        s->failed = true;
        return 1;
    }
    s->samples_count += more;
    return s->samples_count >= ceiling;
}

int speak_begin(struct speech *ret)
{
    *ret = (struct speech){.events = malloc(SPEECH_EVENT_BYTES)};
    if (!ret->events)
        return -1;
    ret->samples_a_second = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, PIECE_MS, NULL,
                                              espeakINITIALIZE_PHONEME_EVENTS | espeakINITIALIZE_DONT_EXIT);
    if (ret->samples_a_second <= 0) {
        free(ret->events);
        return -1;
    }
    espeak_SetSynthCallback(piece_come);
    return 0;
}

const char *speak(const struct request *r, struct speech *s)
{
    s->events_size = 0;
    s->samples_count = 0;
    s->failed = false;
    s->sound = r->wish != REQUEST_EVENTS;
    if (espeak_SetVoiceByName(r->voice) != EE_OK)
        return "there is no such voice";
    espeak_SetParameter(espeakRATE, r->rate, 0);
    espeak_SetParameter(espeakPITCH, r->pitch, 0);
    /* Neither espeakSSML nor espeakPHONEMES: the text is nothing but text. */
    espeak_ERROR said = espeak_Synth(r->text, r->size + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, s);
    if (said != EE_OK || s->failed)
        return "the text could not be spoken";
    s->length = (int)(s->samples_count * 1000 / (size_t)s->samples_a_second);
    return NULL;
}

void speak_end(struct speech *s)
{
    espeak_Terminate();
    free(s->events);
    free(s->samples);
}
