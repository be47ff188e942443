/* Any message, cut into questions: the parts lie in the text, in order, and each has a word. */
#include "dialogue/split.h"
#include "text/token.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void must(int holds)
{
    if (!holds)
        abort();
}

static void check(const char *lang, const char *text, bool sentences_only)
{
    struct split_part parts[SPLIT_PARTS_MAX];
    bool joined;
    size_t count = split_text(lang, text, sentences_only, parts, &joined), end = 0;
    must(count != 1 && count <= SPLIT_PARTS_MAX);
    must(!joined || !sentences_only);
    for (size_t i = 0; i < count; i++) {
        struct token_reader reader = token_reader(text + parts[i].at, parts[i].size);
        struct token word;
        must(parts[i].at >= end && parts[i].at + parts[i].size <= strlen(text));
        must(token_next(&reader, &word));
        end = parts[i].at + parts[i].size;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const langs[] = {"it", "en", "de"};
    char *text = malloc(size + 1);
    must(text != NULL);
    memcpy(text, bytes, size);
    text[size] = '\0';
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++) {
        check(langs[i], text, false);
        check(langs[i], text, true);
    }
    free(text);
    return 0;
}
