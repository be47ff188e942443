/* Sets on their way into the image: see build_sets.h. */
#include "aiml/build_sets.h"
#include "aiml/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { INLINE_MAX = 200, MEMBER_WORDS_MAX = 32 };

bool sets_foreign(const char *name)
{
    static const char *const names[] = {"roman",  "stopword",   "synset",     "person",  "place",
                                        "gender", "dectoroman", "romantodec", "stemmer", "lemmatize"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(name, names[i]) == 0)
            return true;
    return false;
}

/* By first word, then the longest first, then as they stood. */
static int by_words(const void *a, const void *b, void *words)
{
    const struct image_member *x = a, *y = b;
    const uint32_t *w = words;
    if (w[x->words] != w[y->words])
        return w[x->words] < w[y->words] ? -1 : 1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return x->text < y->text ? -1 : x->text > y->text;
}

static int add_member(struct build *b, const char *entry)
{
    struct words_reader r = {entry, strlen(entry), 0};
    struct word w;
    struct image_member m = {.words = (uint32_t)build_count(b, SECTION_MEMBER_WORDS)};
    while (m.count < MEMBER_WORDS_MAX && words_next(&r, &w)) {
        uint32_t id = build_word(b, w.key, w.length, true);
        if (id == 0 || build_add(b, SECTION_MEMBER_WORDS, &id) == NULL)
            return -1;
        m.count++;
    }
    if (m.count == 0)
        return 0;
    m.text = build_text(b, entry, strlen(entry));
    return build_add(b, SECTION_MEMBERS, &m) != NULL ? 0 : -1;
}

uint32_t sets_add(struct build *b, const char *name, const char *const *entries, size_t count)
{
    struct image_table t = {.first = (uint32_t)build_count(b, SECTION_MEMBERS)};
    if (strcasecmp(name, "number") == 0)
        t.built_in = BUILT_NUMBER;
    t.name = build_text(b, name, strlen(name));
    for (size_t i = 0; i < count; i++)
        if (add_member(b, entries[i]) < 0)
            return 0;
    t.count = (uint32_t)build_count(b, SECTION_MEMBERS) - t.first;
    if (t.count > 1)
        qsort_r((struct image_member *)(void *)b->section[SECTION_MEMBERS].data + t.first, t.count,
                sizeof(struct image_member), by_words, b->section[SECTION_MEMBER_WORDS].data);
    if (build_add(b, SECTION_SETS, &t) == NULL)
        return 0;
    uint32_t index = (uint32_t)build_count(b, SECTION_SETS);
    char *key = strdup(name);
    if (key == NULL)
        return 0;
    for (char *c = key; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    int result = *key == '\0' ? 0 : map_put_str(b->sets, key, (void *)(uintptr_t)index);
    free(key);
    return result == 0 ? index : 0;
}

uint32_t sets_inline(struct build *b, const char *text, size_t size)
{
    const char *entries[INLINE_MAX];
    size_t count = 0;
    char *copy = strndup(text, size), *rest = copy;
    if (copy == NULL)
        return 0;
    for (char *entry; count < INLINE_MAX && (entry = strsep(&rest, ",")) != NULL;) {
        entry += strspn(entry, " \t\r\n");
        if (*entry != '\0')
            entries[count++] = entry;
    }
    uint32_t set = sets_add(b, "", entries, count);
    free(copy);
    return set;
}
