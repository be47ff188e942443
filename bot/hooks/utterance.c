/* Plans of what is spoken, and the files of DATA/voice: see utterance.h. */
#include "hooks/utterance.h"

#include "base/file.h"
#include "content/pronounce.h"
#include "text/viseme.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, ID_HASH_BYTES = UTTERANCE_ID_BYTES / 2, TEXT_BYTES = HELPER_TEXT_BYTES + 1 };

static const struct {
    const char *suffix;
    const char *begin; /* of the bytes */
    size_t least;      /* fewer are none */
    enum helper_wish wish;
} kinds[] = {
    [UTTERANCE_TRACK] = {".track", "", 0, HELPER_EVENTS},
    [UTTERANCE_WAV] = {".wav", "RIFF", 45, HELPER_WAV},
    [UTTERANCE_OPUS] = {".opus", "OggS", 45, HELPER_OPUS},
};

/* --- plans ------------------------------------------------------------------------------------- */

int utterance_key(const char *folder, unsigned char ret_key[UTTERANCE_KEY_BYTES])
{
    char path[PATH_BYTES];
    size_t size = 0;
    if (snprintf(path, sizeof path, "%s/key", folder) >= (int)sizeof path || file_make_folders(folder, 0700) < 0)
        return -1;
    char *kept = file_read(path, UTTERANCE_KEY_BYTES, &size);
    bool good = kept != NULL && size == UTTERANCE_KEY_BYTES;
    if (good)
        memcpy(ret_key, kept, UTTERANCE_KEY_BYTES);
    free(kept);
    if (good)
        return 0;
    unsigned char key[UTTERANCE_KEY_BYTES];
    randombytes_buf(key, sizeof key);
    if (file_write_atomic(path, key, sizeof key, 0600) < 0)
        return -1;
    memcpy(ret_key, key, sizeof key);
    return 0;
}

static int set_voice(const struct settings *settings, const char *lang, char ret[HELPER_VOICE_BYTES + 1])
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-_";
    int index = settings_language(settings, lang);
    const char *voice = index >= 0 ? settings->voice_voices.in[index] : NULL;
    if (voice == NULL || voice[0] == '\0')
        voice = lang;
    size_t size = strlen(voice);
    if (size == 0 || size > HELPER_VOICE_BYTES || strspn(voice, allowed) != size)
        return -1;
    memcpy(ret, voice, size + 1);
    return 0;
}

static void set_id(struct utterance_plan *plan, const unsigned char key[UTTERANCE_KEY_BYTES])
{
    unsigned char hash[ID_HASH_BYTES];
    char head[HELPER_VOICE_BYTES + 32];
    crypto_generichash_state state;
    int size = snprintf(head, sizeof head, "1 %s %d %d\n", plan->voice, plan->rate, plan->pitch);
    crypto_generichash_init(&state, key, UTTERANCE_KEY_BYTES, sizeof hash);
    crypto_generichash_update(&state, (const unsigned char *)head, (unsigned long long)size);
    crypto_generichash_update(&state, (const unsigned char *)plan->text, strlen(plan->text));
    crypto_generichash_final(&state, hash, sizeof hash);
    sodium_bin2hex(plan->id, sizeof plan->id, hash, sizeof hash);
}

int utterance_plan(const struct settings *settings, const unsigned char key[UTTERANCE_KEY_BYTES], const char *lang,
                   const struct block *blocks, struct arena *arena, struct utterance_plan *ret)
{
    struct buf written, read;
    int result = -1;
    struct utterance_plan plan = {.rate = settings->voice_rate, .pitch = settings->voice_pitch};
    buf_init(&written, TEXT_BYTES);
    buf_init(&read, TEXT_BYTES);
    if (blocks == NULL || set_voice(settings, lang, plan.voice) < 0)
        goto done;
    block_to_text(blocks, &written);
    if (written.failed || written.size == 0 || pronounce(settings, lang, written.data, &read) < 0 || read.size == 0)
        goto done;
    plan.text = arena_strndup(arena, read.data, read.size);
    if (plan.text == NULL)
        goto done;
    set_id(&plan, key);
    *ret = plan;
    result = 0;
done:
    buf_free(&written);
    buf_free(&read);
    return result;
}

bool utterance_is_id(const char *text)
{
    return strlen(text) == UTTERANCE_ID_BYTES && strspn(text, "0123456789abcdef") == UTTERANCE_ID_BYTES;
}

/* --- files ------------------------------------------------------------------------------------- */

static int path_of(const char *folder, const char *id, enum utterance_kind kind, char ret[PATH_BYTES])
{
    return snprintf(ret, PATH_BYTES, "%s/%s%s", folder, id, kinds[kind].suffix) < PATH_BYTES ? 0 : -1;
}

/* Whether a file says what its name promises: a disk may have been full, or somebody tidy. */
static bool is_whole(enum utterance_kind kind, const char *bytes, size_t size)
{
    if (kind == UTTERANCE_TRACK)
        return size % 2 == 0 && size <= VISEME_TRACK_BYTES;
    return size >= kinds[kind].least && memcmp(bytes, kinds[kind].begin, strlen(kinds[kind].begin)) == 0;
}

int utterance_kept(const char *folder, const char *id, enum utterance_kind kind, struct buf *out)
{
    char path[PATH_BYTES];
    size_t size = 0;
    char *bytes = path_of(folder, id, kind, path) == 0 ? file_read(path, UTTERANCE_SOUND_BYTES, &size) : NULL;
    if (bytes == NULL)
        return -1;
    int result = is_whole(kind, bytes, size) ? buf_add(out, bytes, size) : -1;
    free(bytes);
    utimensat(AT_FDCWD, path, NULL, 0); /* asked for just now */
    return result;
}

/* What cannot be kept is made again the next time. */
static void keep(const char *folder, const char *id, enum utterance_kind kind, const struct buf *bytes)
{
    char path[PATH_BYTES];
    if (path_of(folder, id, kind, path) == 0)
        file_write_atomic(path, bytes->data, bytes->size, 0600);
}

int utterance_get(const char *folder, struct helper *helper, const struct utterance_plan *plan,
                  enum utterance_kind kind, struct buf *out, const char **ret_why)
{
    struct buf events, sound, track;
    int result = -1, length;
    bool own;
    if (utterance_kept(folder, plan->id, kind, out) == 0)
        return 0;
    const struct helper_request request = {plan->voice, plan->rate, plan->pitch, plan->text, kinds[kind].wish};
    buf_init(&events, UTTERANCE_EVENT_BYTES);
    buf_init(&sound, UTTERANCE_SOUND_BYTES);
    buf_init(&track, VISEME_TRACK_BYTES + 1);
    if (helper_ask(helper, &request, &events, &sound, &length, &own, ret_why) < 0)
        goto done;
    if (viseme_track(events.data, events.size, length, &track) < 0) {
        *ret_why = "it answers what is no answer";
        goto done;
    }
    if (kind != UTTERANCE_TRACK && !is_whole(kind, sound.data, sound.size)) {
        *ret_why = "it answers what is no sound";
        goto done;
    }
    keep(folder, plan->id, UTTERANCE_TRACK, &track);
    if (kind != UTTERANCE_TRACK)
        keep(folder, plan->id, kind, &sound);
    const struct buf *wanted = kind == UTTERANCE_TRACK ? &track : &sound;
    result = buf_add(out, wanted->data, wanted->size);
    if (result < 0)
        *ret_why = "there is not enough memory";
done:
    buf_free(&events);
    buf_free(&sound);
    buf_free(&track);
    return result;
}

/* --- the ceiling ------------------------------------------------------------------------------- */

struct kept {
    char name[UTTERANCE_ID_BYTES + 8];
    int64_t used_s;
    uint64_t bytes;
};

static int by_use(const void *a, const void *b)
{
    const struct kept *x = a, *y = b;
    return x->used_s < y->used_s ? -1 : x->used_s > y->used_s;
}

/* All the files with a suffix, added to the list; their bytes are added to *total. */
static struct kept *add_files(const char *folder, const char *suffix, struct kept *list, size_t *count, uint64_t *total)
{
    char **names, path[PATH_BYTES];
    size_t found;
    struct stat file;
    if (file_list(folder, suffix, &names, &found) < 0)
        return list;
    struct kept *more = realloc(list, (*count + found + 1) * sizeof *list);
    for (size_t i = 0; more != NULL && i < found; i++) {
        struct kept *k = &more[*count];
        if (strlen(names[i]) >= sizeof k->name ||
            snprintf(path, sizeof path, "%s/%s", folder, names[i]) >= (int)sizeof path || stat(path, &file) < 0)
            continue;
        snprintf(k->name, sizeof k->name, "%s", names[i]);
        k->used_s = file.st_mtim.tv_sec;
        k->bytes = (uint64_t)file.st_size;
        *total += k->bytes;
        ++*count;
    }
    file_list_free(names, found);
    return more != NULL ? more : list;
}

uint64_t utterance_prune(const char *folder, uint64_t bytes)
{
    struct kept *list = NULL;
    size_t count = 0;
    uint64_t total = 0;
    char path[PATH_BYTES];
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        list = add_files(folder, kinds[i].suffix, list, &count, &total);
    if (list != NULL)
        qsort(list, count, sizeof *list, by_use);
    for (size_t i = 0; i < count && total > bytes; i++) {
        if (snprintf(path, sizeof path, "%s/%s", folder, list[i].name) < (int)sizeof path && unlink(path) == 0)
            total -= list[i].bytes;
    }
    free(list);
    return total;
}
