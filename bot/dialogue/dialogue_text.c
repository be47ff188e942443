/* The assistant's own sentences, read once from dialogue/data/texts.txt: see dialogue.h. */
#include "base/embed.h"
#include "base/map.h"
#include "dialogue/dialogue.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXTS_MAX = 1000, KEY_BYTES = 80 };

static struct map *texts; /* "key/lang" to the text, within `bytes` */
static char *bytes;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* One line, its end already cut: a key in brackets, or "lang = text". */
static void read_line(char *line, const char **key)
{
    char name[KEY_BYTES], *equals = strstr(line, " = ");
    if (*line == '[' && strchr(line, ']') != NULL) {
        *strchr(line, ']') = '\0';
        *key = line + 1;
    } else if (*line != '#' && equals != NULL && *key != NULL) {
        *equals = '\0';
        snprintf(name, sizeof name, "%s/%s", *key, line);
        map_put_str(texts, name, equals + strlen(" = "));
    }
}

static void read_all(void)
{
    const struct embedded *file = embed_find("dialogue/data/texts.txt");
    const char *key = NULL;
    texts = map_new(TEXTS_MAX);
    bytes = file != NULL ? malloc(file->size + 1) : NULL;
    if (texts == NULL || bytes == NULL)
        return;
    memcpy(bytes, file->data, file->size + 1);
    for (char *line = bytes, *end; *line != '\0'; line = end) {
        end = line + strcspn(line, "\n");
        if (*end != '\0')
            *end++ = '\0';
        read_line(line, &key);
    }
}

const char *dialogue_text(const char *key, const char *lang)
{
    char name[KEY_BYTES];
    pthread_once(&once, read_all);
    if (texts == NULL)
        return "";
    snprintf(name, sizeof name, "%s/%s", key, lang);
    const char *text = map_get_str(texts, name);
    if (text == NULL) {
        snprintf(name, sizeof name, "%s/en", key);
        text = map_get_str(texts, name);
    }
    return text != NULL ? text : "";
}

__attribute__((destructor)) static void free_texts(void)
{
    map_free(texts);
    free(bytes);
    texts = NULL;
    bytes = NULL;
}
