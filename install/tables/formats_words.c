/* Readers of thesauri: see formats.h. */
#include "tables/formats.h"

#include "base/hash.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MOST = 64 };

static const char *line_end(const char *line)
{
    return line + strcspn(line, "\n");
}

static const char *next_line(const char *end)
{
    return *end == '\n' ? end + 1 : end;
}

/* The next of a line's fields, which are parted by one character; false at the end of the line. */
static bool next_field(const char **at, const char *end, char parted, const char **ret_field, size_t *ret_size)
{
    while (*at < end && **at == parted)
        ++*at;
    const char *field = *at;
    while (*at < end && **at != parted)
        ++*at;
    *ret_field = field;
    *ret_size = (size_t)(*at - field);
    return *ret_size > 0;
}

/* WordNet's name of a set is its part of speech and its place in data.POS. */
static uint64_t source_of(char part, const char *place)
{
    return (uint64_t)(part == 's' ? 'a' : part) << 32 | (uint32_t)strtoul(place, NULL, 10);
}

static uint64_t use_of(const char *word, size_t size, char part, unsigned number)
{
    return hash_mix(hash_bytes(word, size) + ((uint64_t)part << 32 | number)) | 1;
}

/* What a line of data.POS begins with; at the pointers afterwards. */
struct data_head {
    uint64_t source;
    const char *words, *end; /* of the words: `word lex` each */
    unsigned long count;
};

/* `place lexfile part count(hex) word lex … pointers symbol place part ….` */
static struct data_head data_head(const char **at, const char *end)
{
    struct data_head head = {0};
    const char *field, *place = *at;
    size_t size;
    char part = '\0';
    for (int i = 0; i < 3 && next_field(at, end, ' ', &field, &size); i++)
        part = *field;
    head.source = source_of(part, place);
    head.count = next_field(at, end, ' ', &field, &size) ? strtoul(field, NULL, 16) : 0;
    head.words = *at;
    for (unsigned long i = 0; i < 2 * head.count && next_field(at, end, ' ', &field, &size); i++)
        continue;
    head.end = *at;
    next_field(at, end, ' ', &field, &size);
    return head;
}

/* The next pointer of the line: its symbol and the set it leads to. */
static bool next_pointer(const char **at, const char *end, const char **ret_symbol, size_t *ret_size, uint64_t *ret_to)
{
    const char *place, *part;
    size_t size;
    if (!next_field(at, end, ' ', ret_symbol, ret_size) || !next_field(at, end, ' ', &place, &size) ||
        !next_field(at, end, ' ', &part, &size))
        return false;
    *ret_to = source_of(*part, place);
    next_field(at, end, ' ', &part, &size);
    return true;
}

/* `@` is broader, its first counts. */
static void data_line(struct synonyms *s, const char *line, const char *end)
{
    const char *symbol, *bar = memchr(line, '|', (size_t)(end - line));
    size_t size;
    uint64_t to;
    end = bar != NULL ? bar : end;
    struct data_head head = data_head(&line, end);
    while (next_pointer(&line, end, &symbol, &size, &to))
        if (size == 1 && *symbol == '@') {
            synonyms_broader(s, head.source, to);
            return;
        }
}

/* What is broader (`@`, of an instance `@i`); of the same root, entailed, caused, of the same group of verbs;
 * similar, an attribute. */
static bool ties(const char *symbol, size_t size)
{
    return size == 1 ? strchr("@+*>$&=", *symbol) != NULL : size == 2 && memcmp(symbol, "@i", 2) == 0;
}

/* A word may have a mark behind where it stands: `galore(ip)`. */
static void gloss_line(struct glosses *g, const char *line, const char *end)
{
    const char *field, *symbol, *bar = memchr(line, '|', (size_t)(end - line));
    size_t size;
    uint64_t to;
    if (bar == NULL)
        return;
    struct data_head head = data_head(&line, bar);
    glosses_set(g, head.source);
    for (unsigned long i = 0; i < 2 * head.count && next_field(&head.words, head.end, ' ', &field, &size); i++)
        if (i % 2 == 0) {
            const char *mark = memchr(field, '(', size);
            glosses_word(g, field, mark != NULL ? (size_t)(mark - field) : size);
        }
    glosses_text(g, bar + 1, (size_t)(end - bar - 1));
    while (next_pointer(&line, bar, &symbol, &size, &to))
        if (ties(symbol, size))
            glosses_tied(g, to);
}

/* `word part senses pointers symbol… senses tagged place…`, the most frequent sense first. */
static void index_line(struct synonyms *s, const char *line, const char *end)
{
    const char *word, *field;
    size_t word_size, size;
    if (!next_field(&line, end, ' ', &word, &word_size) || memchr(word, '_', word_size) != NULL ||
        !next_field(&line, end, ' ', &field, &size))
        return;
    char part = *field;
    if (!next_field(&line, end, ' ', &field, &size) || !next_field(&line, end, ' ', &field, &size))
        return;
    unsigned long pointers = strtoul(field, NULL, 10);
    for (unsigned long i = 0; i < pointers + 2; i++)
        if (!next_field(&line, end, ' ', &field, &size))
            return;
    for (unsigned number = 1; next_field(&line, end, ' ', &field, &size); number++)
        synonyms_sense(s, word, word_size, source_of(part, field), number, use_of(word, word_size, part, number));
}

/* `word%part:…: number times`, the part of speech as a digit. */
static void count_line(struct synonyms *s, const char *line, const char *end)
{
    static const char parts[] = " nvara";
    const char *key, *number, *times;
    size_t key_size, size;
    if (!next_field(&line, end, ' ', &key, &key_size) || !next_field(&line, end, ' ', &number, &size) ||
        !next_field(&line, end, ' ', &times, &size))
        return;
    const char *percent = memchr(key, '%', key_size);
    if (percent == NULL || percent[1] < '1' || percent[1] > '5')
        return;
    unsigned sense = (unsigned)strtoul(number, NULL, 10);
    synonyms_used(s, use_of(key, (size_t)(percent - key), parts[percent[1] - '0'], sense),
                  (unsigned)strtoul(times, NULL, 10));
}

/* A licence stands above, indented. */
static bool is_data(const char *line, const char *end)
{
    return *line != ' ' && line < end;
}

static void each_line(struct synonyms *s, const char *bytes,
                      void (*line_read)(struct synonyms *, const char *line, const char *end))
{
    for (const char *line = bytes, *end; *line != '\0'; line = next_line(end)) {
        end = line_end(line);
        if (is_data(line, end))
            line_read(s, line, end);
    }
}

void format_wordnet_data(struct synonyms *s, const char *bytes, size_t size)
{
    each_line(s, bytes, data_line);
    (void)size;
}

void format_wordnet_glosses(struct glosses *g, const char *bytes, size_t size)
{
    for (const char *line = bytes, *end; *line != '\0'; line = next_line(end)) {
        end = line_end(line);
        if (is_data(line, end))
            gloss_line(g, line, end);
    }
    (void)size;
}

void format_wordnet_index(struct synonyms *s, const char *bytes, size_t size)
{
    each_line(s, bytes, index_line);
    (void)size;
}

void format_wordnet_count(struct synonyms *s, const char *bytes, size_t size)
{
    each_line(s, bytes, count_line);
    (void)size;
}

/* `(kind)|synonym|…` of a word: one group. */
static void mythes_line(struct synonyms *s, const char *head, size_t head_size, const char *line, const char *end,
                        unsigned number)
{
    const char *words[WORDS_MOST] = {head};
    size_t sizes[WORDS_MOST] = {head_size}, count = 1;
    const char *kind;
    size_t size;
    if (!next_field(&line, end, '|', &kind, &size))
        return;
    while (count < WORDS_MOST && next_field(&line, end, '|', &words[count], &sizes[count]))
        count++;
    synonyms_group(s, words, sizes, count, number);
}

void format_mythes(struct synonyms *s, const char *bytes, size_t size)
{
    const char *head = "";
    size_t head_size = 0;
    unsigned number = 0;
    for (const char *line = bytes, *end; *line != '\0'; line = next_line(end)) {
        end = line_end(line);
        if (*line == '(' || *line == '-') {
            mythes_line(s, head, head_size, line, end, ++number);
            continue;
        }
        head = line;
        head_size = strcspn(line, "|\n");
        number = 0;
    }
    (void)size;
}
