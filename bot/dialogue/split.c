/* Cutting a message into what may be questions of their own: see split.h. */
#include "dialogue/split.h"

#include "base/embed.h"
#include "base/hash.h"
#include "text/token.h"

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { LANGS_MAX = 8, SLOTS = 512, WORDS_MAX = SPLIT_TEXT_BYTES / 2, SENTENCE_WORD = 3 };

/* What a word may be, as bits: a row of joints.LANG.txt's sections. */
enum { ROLE_JOINT = 1, ROLE_AFTER = 2, ROLE_BEFORE = 4, ROLE_OPENER = 8, ROLE_SPEAKER = 16 };
static const struct {
    const char *name;
    uint8_t role;
} sections[] = {{"[joints]", ROLE_JOINT},
                {"[after]", ROLE_AFTER},
                {"[before]", ROLE_BEFORE},
                {"[openers]", ROLE_OPENER},
                {"[speakers]", ROLE_SPEAKER}};

struct joints {
    char lang[4];
    size_t count;
    uint64_t words[SLOTS]; /* hash of a word, 0 = free */
    uint8_t roles[SLOTS];
};

static struct joints lists[LANGS_MAX];
static size_t list_count;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* --- the words of a language ------------------------------------------------------------------- */

static size_t slot_of(const struct joints *j, uint64_t hash)
{
    size_t i = hash % SLOTS;
    while (j->words[i] != 0 && j->words[i] != hash)
        i = (i + 1) % SLOTS;
    return i;
}

static uint8_t roles_of(const struct joints *j, const char *word, size_t size)
{
    return j != NULL ? j->roles[slot_of(j, hash_bytes(word, size))] : 0;
}

static void add_words(struct joints *j, uint8_t role, const char *line, size_t size)
{
    struct token_reader reader = token_reader(line, size);
    for (struct token t; token_next(&reader, &t) && j->count < SLOTS / 2;) {
        uint64_t hash = hash_bytes(t.word, t.length);
        size_t i = slot_of(j, hash);
        j->count += j->words[i] == 0;
        j->words[i] = hash;
        j->roles[i] |= role;
    }
}

static void add_file(const struct embedded *file, const char *lang)
{
    struct joints *j = &lists[list_count];
    uint8_t role = 0;
    size_t size = strcspn(lang, ".");
    if (list_count == LANGS_MAX || size >= sizeof j->lang)
        return;
    memcpy(j->lang, lang, size);
    list_count++;
    for (const char *line = file->data, *end; *line != '\0'; line = *end != '\0' ? end + 1 : end) {
        end = line + strcspn(line, "\n");
        if (*line == '[')
            for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
                role = strncmp(line, sections[i].name, strlen(sections[i].name)) == 0 ? sections[i].role : role;
        else if (*line != '#')
            add_words(j, role, line, (size_t)(end - line));
    }
}

static void read_all(void)
{
    static const char prefix[] = "dialogue/data/joints.";
    for (size_t i = 0; embed_at(i) != NULL; i++)
        if (strncmp(embed_at(i)->path, prefix, sizeof prefix - 1) == 0)
            add_file(embed_at(i), embed_at(i)->path + sizeof prefix - 1);
}

static const struct joints *joints_of(const char *lang)
{
    pthread_once(&once, read_all);
    for (size_t i = 0; i < list_count; i++)
        if (strcmp(lists[i].lang, lang) == 0)
            return &lists[i];
    return NULL;
}

/* --- a glance at the bytes ---------------------------------------------------------------------- */

static bool is_word_byte(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Whether there may be a place to cut at all: so that a plain question costs next to nothing. */
static bool may_be_cut(const struct joints *j, const char *text, size_t size)
{
    bool parted = false, begun = false;
    for (size_t i = 0; i < size;) {
        char word[16];
        size_t length = 0, from = i;
        for (; i < size && is_word_byte((unsigned char)text[i]); i++)
            if (length < sizeof word)
                word[length++] = (char)((unsigned char)text[i] >= 'A' && text[i] <= 'Z' ? text[i] | 0x20 : text[i]);
        if (i > from) {
            if (begun && (parted || (roles_of(j, word, length) & ROLE_JOINT) != 0))
                return true;
            /* An ellipsis counts as a word's byte here. */
            begun = true;
            parted = memmem(text + from, i - from, "\xe2\x80\xa6", 3) != NULL;
        } else {
            parted = parted || strchr("?!;.,:\n", text[i]) != NULL;
            i++;
        }
    }
    return false;
}

/* --- cutting ------------------------------------------------------------------------------------ */

struct word {
    uint16_t at, size;
    uint8_t roles;
};

static size_t read_words(const struct joints *j, const char *text, size_t size, struct word words[WORDS_MAX])
{
    struct token_reader reader = token_reader(text, size);
    size_t count = 0;
    for (struct token t; count < WORDS_MAX && token_next(&reader, &t); count++) {
        words[count] = (struct word){(uint16_t)t.at, (uint16_t)t.size, roles_of(j, t.word, t.length)};
        /* "è" is no "e", and neither is that of "c'e". */
        if (t.size != t.length || (t.at > 0 && text[t.at - 1] != ' '))
            words[count].roles &= (uint8_t)~ROLE_JOINT;
    }
    return count;
}

/* What stands between two words. */
enum gap { GAP_PLAIN, GAP_COMMA, GAP_SENTENCE };

static enum gap gap_between(const char *text, const struct word *before, const struct word *after)
{
    enum gap gap = GAP_PLAIN;
    for (size_t i = (size_t)before->at + before->size; i < after->at; i++) {
        if (strchr("?!;\n", text[i]) != NULL || strncmp(text + i, "\xe2\x80\xa6", 3) == 0)
            return GAP_SENTENCE;
        /* Neither an abbreviation nor a number ends in a full stop. */
        if (text[i] == '.' && before->size >= SENTENCE_WORD && (text[i + 1] == ' ' || text[i + 1] == '.'))
            return GAP_SENTENCE;
        if (text[i] == ',')
            gap = GAP_COMMA;
    }
    return gap;
}

/* The first word behind a joint and what belongs to it. */
static size_t behind_joint(const struct word *words, size_t count, size_t i)
{
    if (i < count && (words[i].roles & ROLE_JOINT) != 0)
        for (i++; i < count && (words[i].roles & ROLE_AFTER) != 0;)
            i++;
    return i;
}

/* Whether the i-th word begins a clause of one of these roles, by itself or behind a small word. */
static bool opens(const struct word *words, size_t count, size_t i, int roles)
{
    if (i >= count)
        return false;
    bool behind = (words[i].roles & ROLE_BEFORE) != 0 && i + 1 < count;
    return (words[i].roles & roles) != 0 || (behind && (words[i + 1].roles & roles) != 0);
}

/* Whether the words from `next` on are a question beside the one that began at `first`. */
static bool is_another(const struct word *words, size_t count, size_t first, size_t next, bool comma_alone)
{
    if (comma_alone)
        return opens(words, count, first, ROLE_OPENER) && opens(words, count, next, ROLE_OPENER);
    return opens(words, count, next, ROLE_OPENER | ROLE_SPEAKER);
}

static void part_of(const struct word *words, size_t first, size_t end, struct split_part *ret)
{
    ret->at = words[first].at;
    ret->size = (size_t)words[end - 1].at + words[end - 1].size - ret->at;
}

size_t split_text(const char *lang, const char *text, bool sentences_only, struct split_part ret[SPLIT_PARTS_MAX],
                  bool *ret_joined)
{
    struct word words[WORDS_MAX];
    const struct joints *j = joints_of(lang);
    size_t size = strlen(text), parts = 0;
    *ret_joined = false;
    if (size > SPLIT_TEXT_BYTES || !may_be_cut(j, text, size))
        return 0;
    size_t count = read_words(j, text, size, words), first = behind_joint(words, count, 0);
    for (size_t i = first + 1; i < count; i++) {
        enum gap gap = gap_between(text, &words[i - 1], &words[i]);
        size_t next = behind_joint(words, count, i);
        bool joined = gap != GAP_SENTENCE && (gap == GAP_COMMA || next > i);
        if (gap != GAP_SENTENCE && (!joined || sentences_only || !is_another(words, count, first, next, next == i)))
            continue;
        if (next >= count) {
            count = i; /* a joint with nothing behind it */
            break;
        }
        *ret_joined = *ret_joined || joined;
        if (parts + 1 == SPLIT_PARTS_MAX)
            return 0;
        part_of(words, first, i, &ret[parts++]);
        first = i = next;
    }
    if (parts == 0)
        return 0;
    part_of(words, first, count, &ret[parts++]);
    return parts;
}
