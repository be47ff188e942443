/* sportello-voice: gives texts a voice and says which sound comes when. A program of its own, under the GPL
 * (LICENSE): Sportello starts it and talks to it over pipes, as PROTOCOL says. */
#include "ogg.h"
#include "request.h"
#include "speak.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char help[] =
    "usage: sportello-voice [--help | --version]\n"
    "Gives texts a voice (eSpeak NG) and says which sound comes when. Sportello starts it by itself where the\n"
    "setting voice.program names it; by hand one writes requests on stdin:\n"
    "  speak VOICE RATE PITCH BYTES, then the text   gives WAV and the times of the sounds\n"
    "  opus VOICE RATE PITCH BYTES, then the text    the same as Ogg Opus, where it was built with libopusenc\n"
    "  track VOICE RATE PITCH BYTES, then the text   gives the times only\n"
    "For example:  printf 'track it 175 50 4\\nCiao' | sportello-voice\n"
    "What is answered is described in voice/PROTOCOL. Free software under the GPL, version 3 or later.\n";

enum { MEMORY_BYTES = 512 * 1024 * 1024 };

/* Nothing here needs much memory, new rights or a core file; and it does not outlive who started it. */
static void confine(void)
{
    struct rlimit memory = {MEMORY_BYTES, MEMORY_BYTES}, core = {0, 0};
#ifndef __SANITIZE_ADDRESS__
    setrlimit(RLIMIT_AS, &memory);
#else
    (void)memory;
#endif
    setrlimit(RLIMIT_CORE, &core);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    signal(SIGPIPE, SIG_DFL);
}

static void number_put(unsigned char *at, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        at[i] = (unsigned char)(value >> (8 * i));
}

/* RIFF, 16 bit, mono. */
static void wav_head(unsigned char ret[44], uint32_t samples_a_second, uint32_t bytes)
{
    memcpy(ret, "RIFF....WAVEfmt ", 16);
    number_put(ret + 4, 36 + bytes, 4);
    number_put(ret + 16, 16, 4);
    number_put(ret + 20, 1, 2);
    number_put(ret + 22, 1, 2);
    number_put(ret + 24, samples_a_second, 4);
    number_put(ret + 28, samples_a_second * 2, 4);
    number_put(ret + 32, 2, 2);
    number_put(ret + 34, 16, 2);
    memcpy(ret + 36, "data", 4);
    number_put(ret + 40, bytes, 4);
}

static void head_write(const struct speech *s, size_t sound)
{
    printf("ok %d %zu %zu\n", s->length, s->events_size, sound);
    fwrite(s->events, 1, s->events_size, stdout);
}

/* NULL, or why not: then nothing is written. */
static const char *events_answer(const struct speech *s)
{
    head_write(s, 0);
    return NULL;
}

static const char *wav_answer(const struct speech *s)
{
    size_t bytes = s->samples_count * sizeof *s->samples;
    unsigned char head[44];
    wav_head(head, (uint32_t)s->samples_a_second, (uint32_t)bytes);
    head_write(s, sizeof head + bytes);
    fwrite(head, 1, sizeof head, stdout);
    fwrite(s->samples, 1, bytes, stdout);
    return NULL;
}

static const char *opus_answer(const struct speech *s)
{
    unsigned char *bytes;
    size_t size;
    if (ogg_write(s->samples, s->samples_count, s->samples_a_second, &bytes, &size) < 0)
        return "the sound could not be written as Opus";
    head_write(s, size);
    fwrite(bytes, 1, size, stdout);
    free(bytes);
    return NULL;
}

static const char *answer(const struct request *r, const struct speech *s)
{
    static const char *(*const answers[])(const struct speech *) = {
        [REQUEST_EVENTS] = events_answer, [REQUEST_WAV] = wav_answer, [REQUEST_OPUS] = opus_answer};
    return answers[r->wish](s);
}

/* In a process of its own: eSpeak NG remembers something of each text, so that the next would sound a little different
 * and a track would not fit its sound; and what might fall over a text falls alone. Nothing is written before all is
 * done. */
static _Noreturn void speak_alone(const struct request *r, struct speech *s)
{
    const char *why = speak(r, s);
    if (!why)
        why = answer(r, s);
    if (why)
        printf("error %s\n", why);
    _exit(fflush(stdout) != 0);
}

static void speak_in_child(const struct request *r, struct speech *s)
{
    int status = -1;
    pid_t child = fork();
    if (child == 0)
        speak_alone(r, s);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (child < 0 || WIFSIGNALED(status))
        printf("error the text could not be spoken\n");
}

static int serve(void)
{
    static struct request r;
    struct speech s;
    const char *why = NULL;
    enum request_end end;
    if (speak_begin(&s) < 0) {
        printf("error eSpeak NG's data is not installed (package espeak-ng-data)\n");
        return 1;
    }
    while ((end = request_read(stdin, &r, &why)) == REQUEST_READ) {
        if (r.wish == REQUEST_OPUS && !ogg_is_there())
            printf("error this helper was built without Opus\n");
        else
            speak_in_child(&r, &s);
        if (fflush(stdout) != 0)
            break;
    }
    if (end == REQUEST_BROKEN)
        printf("error %s\n", why);
    speak_end(&s);
    return end == REQUEST_OVER ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return fputs(help, stdout) < 0;
    if (argc == 2 && strcmp(argv[1], "--version") == 0)
        return puts(ogg_is_there() ? "sportello-voice 2 (protocol 2, with Opus)" : "sportello-voice 2 (protocol 2)") <
               0;
    if (argc > 1) {
        fputs(help, stderr);
        return 2;
    }
    confine();
    return serve();
}
